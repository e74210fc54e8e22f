// error: a stage of this chain cannot return `u32`
// here: the stage that returns `u32`
// note: return `Ok(..)`, a Deferred or (); for a plain value use `.map(..)`
// note: the errors of a chain are of one type, here `Failure`: `.map_err(..)` and `.then(..)` change it
// note: a type that names none has `Failure`: write `Deferred<T, E>`, `DeferredSemaphore<E>`

use deferred_snmp::deferred::Deferred;

fn main() {
    let answer = Deferred::<u32>::succeed(1);
    answer.add_callback(|n| n + 1);
}

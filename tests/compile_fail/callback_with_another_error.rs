// error: a stage of this chain cannot return `Result<u32, ParseIntError>`
// here: the stage that returns `Result<u32, ParseIntError>`
// note: return `Ok(..)`, a Deferred or (); for a plain value use `.map(..)`
// note: the errors of a chain are of one type, here `Failure`: `.map_err(..)` and `.then(..)` change it
// note: a type that names none has `Failure`: write `Deferred<T, E>`, `DeferredSemaphore<E>`

use deferred_snmp::deferred::Deferred;
use std::num::ParseIntError;

fn parse(text: &str) -> Result<u32, ParseIntError> {
    text.parse()
}

fn main() {
    let answer = Deferred::<&str>::succeed("1");
    answer.add_callback(|text| parse(text));
}

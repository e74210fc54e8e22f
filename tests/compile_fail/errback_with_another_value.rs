// error: an errback of this chain cannot return `Result<&str, _>`: what comes after it expects `u32`
// here: the errback that returns `Result<&str, _>`
// note: to be done with the chain and its error use `.handle(..)`, which ends in `()`
// note: to go on return `Ok(..)` with a `u32`, `Err(..)` with a `Failure`, or a Deferred of these; for a `Result` of a Deferred use `.try_errback(..)`

use deferred_snmp::deferred::Deferred;

fn main() {
    let answer = Deferred::<u32>::succeed(1);
    answer.add_errback(|_| Ok("nothing"));
}

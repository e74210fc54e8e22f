// error: an errback of this chain cannot return `Result<Deferred<u32>, _>`: what comes after it expects `u32`
// here: the errback that returns `Result<Deferred<u32>, _>`
// note: to be done with the chain and its error use `.handle(..)`, which ends in `()`
// note: to go on return `Ok(..)` with a `u32`, `Err(..)` with a `Failure`, or a Deferred of these; for a `Result` of a Deferred use `.try_errback(..)`

use deferred_snmp::deferred::Deferred;
use std::num::ParseIntError;

fn ask() -> Deferred<u32> {
    Deferred::succeed(1)
}

fn main() {
    ask().add_errback(|failure| {
        failure.trap::<ParseIntError>()?;
        Ok(ask())
    });
}

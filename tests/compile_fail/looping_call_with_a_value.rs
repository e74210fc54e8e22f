// error: `{integer}` cannot be waited for
// here: the function that returns `{integer}`
// note: return nothing, a Deferred whose error turns into a `Failure`, or a `Result` of these whose error is one

use deferred_snmp::task::{Clock, LoopingCall};

fn main() {
    let clock = Clock::new();
    LoopingCall::new(&clock, || 7);
}

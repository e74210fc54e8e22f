// error: `u32` cannot be waited for
// here: the function that returns `u32`
// note: return nothing, a Deferred whose error turns into a `Failure`, or a `Result` of these whose error is one
// note: required for `Result<u32, Failure>` to implement `IntoCompletion`

use deferred_snmp::task::{Clock, LoopingCall};

fn main() {
    let clock = Clock::new();
    LoopingCall::new(&clock, || {
        let number: u32 = "7".parse()?;
        Ok(number)
    });
}

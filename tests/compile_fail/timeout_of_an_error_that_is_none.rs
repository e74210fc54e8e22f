// error: a time-out cannot look into the error `Mine`
// here: on a chain with this error
// note: implement `std::error::Error` for `Mine`, with the `source` of what it holds
// note: required for `Mine` to implement `AsInterrupt`

use deferred_snmp::deferred::{Deferred, Interrupt};
use deferred_snmp::task::Clock;
use std::fmt;
use std::time::Duration;

#[derive(Debug)]
struct Mine(Interrupt);

impl From<Interrupt> for Mine {
    fn from(interrupt: Interrupt) -> Self {
        Self(interrupt)
    }
}

impl fmt::Display for Mine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn main() {
    let answer = Deferred::<u32, Mine>::succeed(1);
    let _ = answer.add_timeout(Duration::from_secs(1), &Clock::new());
}

//! A timed call among a thousand: set, moved and cancelled.

use std::time::Duration;

use deferred_snmp::reactor::{DelayedCall, Reactor};

use crate::Cases;

/// A few classes of equal time-outs, as requests have them.
fn delay(number: u64) -> Duration {
    Duration::from_secs(1_000 + number % 5)
}

pub(crate) fn cases(cases: &Cases) {
    let mut reactor = Reactor::new().expect("a reactor");
    reactor.turn().expect("a pass");
    let handle = reactor.handle();
    let others: Vec<DelayedCall> = (0..1_000)
        .map(|number| handle.call_later(delay(number), || ()))
        .collect();
    let mut number = 0;
    cases.whole("timed call, set, moved and cancelled", || {
        number += 1;
        let call = handle.call_later(delay(number), || ());
        call.reset(delay(number + 2)).expect("pending");
        call.cancel().expect("pending");
    });
    drop(others);
}

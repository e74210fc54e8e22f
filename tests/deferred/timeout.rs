//! Time-outs as stages: rules D-090 to D-096.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use deferred_snmp::deferred::{ScheduledCall, TimeSource};
use deferred_snmp::task::Clock;

use crate::journal::{D, Journal, Oops, report_to};

/// A clock that is moved by hand.
#[derive(Clone, Default)]
struct HandClock(Rc<Calls>);

/// When a call is due, and its number among those due then.
type Due = (Duration, u32);

#[derive(Default)]
struct Calls {
    base: Clock,
    now: Cell<Duration>,
    number: Cell<u32>,
    pending: RefCell<BTreeMap<Due, Box<dyn FnOnce()>>>,
}

impl HandClock {
    fn advance(&self, seconds: u64) {
        self.0
            .now
            .set(self.0.now.get() + Duration::from_secs(seconds));
        loop {
            let mut pending = self.0.pending.borrow_mut();
            let Some(first) = pending.first_entry() else {
                return;
            };
            if first.key().0 > self.0.now.get() {
                return;
            }
            let call = first.remove();
            drop(pending);
            call();
        }
    }

    fn pending(&self) -> usize {
        self.0.pending.borrow().len()
    }
}

struct HandCall(HandClock, Due);

impl TimeSource for HandClock {
    type Call = HandCall;

    fn now(&self) -> Instant {
        self.0.base.now() + self.0.now.get()
    }

    fn call_later(&self, delay: Duration, call: impl FnOnce() + 'static) -> HandCall {
        self.0.number.set(self.0.number.get() + 1);
        let key = (self.0.now.get() + delay, self.0.number.get());
        self.0.pending.borrow_mut().insert(key, Box::new(call));
        HandCall(self.clone(), key)
    }
}

impl ScheduledCall for HandCall {
    fn unschedule(self) {
        let call = self.0.0.pending.borrow_mut().remove(&self.1);
        drop(call);
    }
}

const ONE: Duration = Duration::from_secs(1);
const TWO: Duration = Duration::from_secs(2);

#[test]
fn d_090_it_cancels_after_its_time_and_covers_what_the_stages_before_it_wait_on() {
    let journal = Journal::default();
    let clock = HandClock::default();
    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| inner).add_timeout(TWO, &clock);
    journal.end("d", d);
    clock.advance(1);
    resolver.callback(0);
    assert!(journal.take().is_empty());
    clock.advance(1);
    assert!(inner_resolver.is_cancelled());
    assert_eq!(journal.take(), ["d: !timed out after 2s"]);
}

#[test]
fn d_091_when_a_result_passes_the_timer_is_removed_and_nothing_later_is_cancelled() {
    let clock = HandClock::default();
    let (resolver, d) = D::<u8>::pair();
    let (later_resolver, later) = D::<u8>::pair();
    let d = d.add_timeout(ONE, &clock).add_callback(move |_| later);
    resolver.callback(0);
    assert_eq!(clock.pending(), 0);
    clock.advance(5);
    assert!(d.is_waiting() && !later_resolver.is_cancelled());

    let (resolver, d) = D::<u8>::pair();
    let d = d.add_timeout(ONE, &clock).add_errback(|_| Ok(0));
    resolver.errback(Oops::Said("no"));
    assert_eq!(clock.pending(), 0, "whatever the result");
    drop(d);
}

#[test]
fn d_092_a_success_or_another_error_after_expiry_passes_as_it_is() {
    let journal = Journal::default();
    let clock = HandClock::default();
    let (_resolver, d) = D::<u8>::with_canceller(|| Some(Ok(3)));
    journal.end("success", d.add_timeout(ONE, &clock));
    let (_resolver, d) = D::<u8>::with_canceller(|| Some(Err(Oops::Said("other"))));
    journal.end("error", d.add_timeout(ONE, &clock));
    clock.advance(1);
    assert_eq!(journal.take(), ["success: 3", "error: !other"]);
}

#[test]
fn d_093_on_timeout_replaces_the_translation_and_is_called_only_on_expiry() {
    let journal = Journal::default();
    let clock = HandClock::default();
    let note = journal.clone();
    let (_resolver, d) = D::<u8>::with_canceller(|| Some(Ok(3)));
    let d = d.add_timeout_with(ONE, &clock, move |result, after| {
        note.note(format_args!("{result:?} after {after:?}"));
        Ok(9)
    });
    journal.end("expired", d);
    clock.advance(1);
    assert_eq!(journal.take(), ["Ok(3) after 1s", "expired: 9"]);

    let (resolver, d) = D::<u8>::pair();
    let d = d.add_timeout_with(ONE, &clock, |_, _| -> Result<u8, Oops> {
        unreachable!("it is in time")
    });
    journal.end("in time", d);
    resolver.callback(1);
    clock.advance(5);
    assert_eq!(journal.take(), ["in time: 1"]);
}

#[test]
fn d_094_a_manual_cancel_stays_cancelled_and_removes_the_timer() {
    let journal = Journal::default();
    let clock = HandClock::default();
    let (_resolver, d) = D::<u8>::pair();
    let d = d.add_timeout(ONE, &clock);
    assert!(d.cancel());
    assert_eq!(clock.pending(), 0);
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: !cancelled"]);
}

#[test]
fn d_095_the_translation_waits_for_the_result() {
    let journal = Journal::default();
    let clock = HandClock::default();
    let (second_resolver, second) = D::<u8>::pair();
    let (_resolver, d) = D::<u8>::pair();
    let d = d.add_errback(move |_| second).add_timeout(ONE, &clock);
    journal.end("d", d);
    clock.advance(1);
    assert!(journal.take().is_empty(), "it waits on something new");
    second_resolver.callback(6);
    assert_eq!(journal.take(), ["d: 6"]);
}

#[test]
fn d_096_several_compose_a_settled_chain_keeps_no_timer_and_zero_needs_a_turn() {
    let journal = Journal::default();
    let clock = HandClock::default();
    let (resolver, d) = D::<u8>::pair();
    let d = d
        .add_timeout(TWO, &clock)
        .map(|n| n + 1)
        .add_timeout(ONE, &clock);
    assert_eq!(clock.pending(), 2);
    journal.end("in time", d);
    resolver.callback(1);
    assert_eq!(clock.pending(), 0, "each removes its own");

    let (_resolver, d) = D::<u8>::pair();
    let d = d.add_timeout(TWO, &clock).add_timeout(ONE, &clock);
    journal.end("the shorter one", d);
    clock.advance(1);
    assert_eq!(clock.pending(), 0);
    assert_eq!(
        journal.take(),
        ["in time: 2", "the shorter one: !timed out after 1s"]
    );

    let scheduled = clock.0.number.get();
    drop(D::<u8>::succeed(1).add_timeout(ONE, &clock));
    assert_eq!(clock.0.number.get(), scheduled, "it needs none");

    let (_resolver, d) = D::<u8>::pair();
    let d = d.add_timeout(Duration::ZERO, &clock);
    assert!(!d.is_fired());
    clock.advance(0);
    journal.end("zero", d);
    assert_eq!(journal.take(), ["zero: !timed out after 0ns"]);
}

#[test]
fn d_096_a_chain_that_vanishes_takes_its_timer_along() {
    let journal = Journal::default();
    report_to(&journal);
    let clock = HandClock::default();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_timeout(ONE, &clock);
    resolver.forget();
    drop(d);
    assert_eq!(clock.pending(), 0);
    assert!(journal.take().is_empty());
}

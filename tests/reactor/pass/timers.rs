//! Timed calls: rules.

use std::cell::{Cell, RefCell};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::reactor::{NotPending, Phase};
use util::loops::{Log, ms, reactor, reports, run, turn_until};

use super::stream::*;

#[test]
fn r_001_never_inside_call_later_and_never_after_the_end() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    handle.call_later(Duration::ZERO, log.noting("zero"));
    assert_eq!(log.len(), 0);
    let stop = handle.clone();
    handle.call_later(Duration::ZERO, move || stop.stop().expect("running"));
    handle.call_later(Duration::from_secs(1000), log.noting("never"));
    run(&mut reactor);
    drop(reactor);
    assert_eq!(log.events(), ["zero"]);
}

#[test]
fn r_002_in_order_of_deadline_and_never_early() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    for delay in [5, 1, 3] {
        let (log, inside) = (log.clone(), handle.clone());
        let due = handle.now() + ms(delay);
        handle.call_later(ms(delay), move || {
            assert!(inside.now() >= due, "early");
            log.note(delay.to_string());
        });
    }
    turn_until(&mut reactor, || log.len() == 3);
    assert_eq!(log.events(), ["1", "3", "5"]);
}

#[test]
fn r_002_now_stands_still_inside_a_pass() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let times = Rc::new(RefCell::new(Vec::new()));
    for _ in 0..3 {
        let (times, inside) = (times.clone(), handle.clone());
        handle.call_later(Duration::ZERO, move || {
            times.borrow_mut().push(inside.now())
        });
    }
    reactor.turn().expect("a pass");
    let times = times.borrow();
    assert_eq!(times.len(), 3);
    assert!(times.iter().all(|time| *time == times[0]));
}

#[test]
fn r_003_equal_deadlines_in_the_order_scheduled() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (inside, notes) = (handle.clone(), log.clone());
    // Inside a pass the time stands still, so these deadlines are equal.
    handle.call_later(Duration::ZERO, move || {
        for number in 0..50 {
            inside.call_later(ms(1), notes.noting(&number.to_string()));
        }
    });
    turn_until(&mut reactor, || log.len() == 50);
    let expected: Vec<String> = (0..50).map(|number: i32| number.to_string()).collect();
    assert_eq!(log.events(), expected);
}

#[test]
fn r_004_a_call_scheduled_by_a_call_waits_for_a_later_pass() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (inside, notes) = (handle.clone(), log.clone());
    handle.call_later(Duration::ZERO, move || {
        notes.note("first");
        inside.call_later(Duration::ZERO, notes.noting("second"));
    });
    let (ours, mut other) = UnixStream::pair().expect("a pair");
    other.write_all(b"x").expect("written");
    let stream = Stream::new(ours, &log);
    handle.add_reader(&stream.dynamic()).expect("watched");
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["first", "read 1"], "input comes between");
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["first", "read 1", "second"]);
}

#[test]
fn r_005_calls_that_ran_or_were_cancelled_cannot_be_changed() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let slot = Rc::new(RefCell::new(None));
    let own: Rc<RefCell<Option<deferred_snmp::reactor::DelayedCall>>> = slot.clone();
    let checked = Rc::new(Cell::new(false));
    let flag = checked.clone();
    let call = handle.call_later(Duration::ZERO, move || {
        let running = own.take().expect("itself");
        assert!(!running.active());
        assert_eq!(running.cancel(), Err(NotPending::AlreadyCalled));
        assert_eq!(running.reset(ms(1)), Err(NotPending::AlreadyCalled));
        flag.set(true);
    });
    *slot.borrow_mut() = Some(call.clone());
    assert!(call.active());
    reactor.turn().expect("a pass");
    assert!(checked.get());
    assert_eq!(call.delay(ms(1)), Err(NotPending::AlreadyCalled));
    let call = handle.call_later(ms(1), || ());
    assert_eq!(call.cancel(), Ok(()));
    assert!(!call.active());
    assert_eq!(call.cancel(), Err(NotPending::AlreadyCancelled));
    assert_eq!(call.reset(ms(1)), Err(NotPending::AlreadyCancelled));
}

#[test]
fn r_006_moving_shows_at_once_and_keeps_the_order() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let one = handle.call_later(ms(1), log.noting("one"));
    let two = handle.call_later(ms(2), log.noting("two"));
    let before = one.time();
    one.delay(ms(4)).expect("pending");
    assert_eq!(one.time(), before + ms(4));
    one.advance(ms(1)).expect("pending");
    assert_eq!(one.time(), before + ms(3));
    let floor = handle.now();
    two.reset(ms(1)).expect("pending");
    assert!(two.time() >= floor + ms(1));
    let mut times: Vec<_> = handle
        .delayed_calls()
        .iter()
        .map(|call| call.time())
        .collect();
    times.sort();
    assert_eq!(times, [two.time(), one.time()]);
    turn_until(&mut reactor, || log.len() == 2);
    assert_eq!(log.events(), ["two", "one"]);
    assert!(handle.delayed_calls().is_empty());
}

#[test]
fn r_007_cancelled_by_an_earlier_call_of_the_same_pass() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let later = Rc::new(RefCell::new(None::<deferred_snmp::reactor::DelayedCall>));
    let (victim, witness) = (later.clone(), Rc::new(()));
    let alive = Rc::downgrade(&witness);
    let seen = alive.clone();
    handle.call_later(Duration::ZERO, move || {
        victim.take().expect("a call").cancel().expect("pending");
        assert!(seen.upgrade().is_none(), "the closure is released at once");
    });
    let notes = log.clone();
    let call = handle.call_later(Duration::ZERO, move || {
        let _kept = &witness;
        notes.note("ran");
    });
    *later.borrow_mut() = Some(call);
    // And one that is moved by an earlier call of the pass runs at its new time only.
    let moved = Rc::new(RefCell::new(None::<deferred_snmp::reactor::DelayedCall>));
    let mover = moved.clone();
    handle.call_later(Duration::ZERO, move || {
        let call = mover.borrow().clone().expect("a call");
        call.reset(ms(2)).expect("pending");
    });
    *moved.borrow_mut() = Some(handle.call_later(Duration::ZERO, log.noting("moved")));
    reactor.turn().expect("a pass");
    assert_eq!(log.len(), 0);
    turn_until(&mut reactor, || log.len() == 1);
    assert_eq!(log.events(), ["moved"]);
    assert!(alive.upgrade().is_none());
}

#[test]
fn r_009_delayed_calls_use_the_clock_of_the_handle() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (inside, notes) = (handle.clone(), log.clone());
    handle.call_later(ms(1), move || {
        // The clock stands still inside a pass, so that this is exact.
        let call = inside.call_later(ms(7), || ());
        notes.note((call.time() == inside.now() + ms(7)).to_string());
        call.cancel().expect("pending");
    });
    let first = handle.delayed_calls().remove(0);
    let due = first.time();
    assert!(
        due <= handle.now() + ms(1),
        "outside, the clock goes on and never back"
    );
    let (inside, notes) = (handle.clone(), log.clone());
    handle.call_later(ms(1), move || {
        notes.note((inside.now() >= due).to_string());
    });
    turn_until(&mut reactor, || log.len() == 2);
    assert_eq!(log.events(), ["true", "true"]);
}

#[test]
fn r_010_distant_deadlines_work_and_cancelled_calls_leave_nothing() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let far = handle.call_later(Duration::MAX, || ());
    far.delay(Duration::MAX).expect("pending");
    let turn = reactor.iterate(Some(ms(1))).expect("a pass");
    assert_eq!(turn.phase, Phase::Running);
    far.cancel().expect("pending");
    let calls: Vec<_> = (0..10_000u64)
        .map(|number| handle.call_later(Duration::from_secs(1 + number % 7), || ()))
        .collect();
    for call in &calls {
        call.cancel().expect("pending");
    }
    assert!(handle.delayed_calls().is_empty());
    assert_eq!(reactor.next_deadline(), None);
}

#[test]
fn r_011_an_error_in_a_call_is_reported_and_the_others_run() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    handle.call_later(Duration::ZERO, || panic!("asked to fail"));
    handle.call_later(Duration::ZERO, log.noting("other"));
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["other"]);
    assert_eq!(
        reported.events(),
        ["unhandled error in a delayed call: panicked: asked to fail"]
    );
}

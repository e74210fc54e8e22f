//! Timed calls: rules.

use std::cell::{Cell, RefCell};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::rc::Rc;
use std::time::Duration;

use crossbeam_channel::bounded;
use deferred_snmp::reactor::{DelayedCall, Handle, NotPending, Phase, Reactor};
use deferred_snmp::task::Clock;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
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
    let own: Rc<RefCell<Option<DelayedCall>>> = slot.clone();
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
    let later = Rc::new(RefCell::new(None::<DelayedCall>));
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
    let moved = Rc::new(RefCell::new(None::<DelayedCall>));
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

/// A call that schedules the next one, so many times.
fn chain(handle: &Handle, log: &Log, left: usize) {
    let (inside, notes) = (handle.clone(), log.clone());
    handle.call_later(ms(1), move || {
        notes.note("tick");
        if left > 1 {
            chain(&inside, &notes, left - 1);
        }
    });
}

/// Whether the host is told of something by the descriptor.
fn is_readable(reactor: &Reactor) -> bool {
    let now = Timespec::default();
    poll(&mut [PollFd::new(reactor, PollFlags::IN)], Some(&now)) == Ok(1)
}

#[test]
fn a_pass_that_slept_does_what_it_was_woken_for() {
    const TICKS: usize = 10;
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    reactor.turn().expect("a pass");
    chain(&handle, &log, TICKS);
    // What the call above told the descriptor, which could not know that `iterate` comes next.
    reactor.turn().expect("a pass");
    let mut passes = 0;
    while log.len() < TICKS {
        let turn = reactor.iterate(None).expect("a pass");
        assert!(turn.progressed, "none is empty");
        assert!(!turn.more && !is_readable(&reactor), "nothing is left");
        passes += 1;
        assert!(passes <= TICKS);
    }
    // The same of calls from threads, one of which the pass sleeps for.
    let (remote, (asks, asked)) = (reactor.remote(), bounded::<()>(1));
    let sender = std::thread::Builder::new().spawn(move || {
        while asked.recv().is_ok() {
            remote.call_from_thread(|| ());
        }
    });
    for _ in 0..TICKS {
        asks.send(()).expect("a thread");
        // A call may be run before its thread comes to wake the reactor, which then wakes the next pass for nothing.
        let mut progresses = || reactor.iterate(None).expect("a pass").progressed;
        assert!(progresses() || progresses(), "none else is empty");
    }
    drop(asks);
    sender.expect("a thread").join().expect("joined");
}

#[test]
fn what_has_come_in_while_a_pass_slept_comes_before_timed_calls() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (ours, mut other) = UnixStream::pair().expect("a pair");
    handle
        .add_reader(&Stream::new(ours, &log).dynamic())
        .expect("watched");
    reactor.turn().expect("a pass");
    let (inside, notes) = (handle.clone(), log.clone());
    let writing = other.try_clone().expect("a clone");
    handle.call_later(Duration::ZERO, move || {
        (&writing).write_all(b"x").expect("written");
        // Not due in this pass, which may sleep until then; and due whenever it wakes.
        inside.call_later(Duration::from_nanos(1), notes.noting("timed"));
    });
    turn_until(&mut reactor, || log.len() == 2);
    assert_eq!(log.take(), ["read 1", "timed"]);
    other.flush().expect("open");
}

#[test]
fn r_003_a_reset_to_the_same_time_keeps_the_order() {
    let clock = Clock::new();
    let log = Log::default();
    let calls = ["a", "b", "c"].map(|name| clock.call_later(ms(2), log.noting(name)));
    calls[0].reset(ms(2)).expect("pending");
    calls[1].delay(Duration::ZERO).expect("pending");
    calls[0].advance(Duration::ZERO).expect("pending");
    clock.advance(ms(2)).expect("calms down");
    assert_eq!(log.take(), ["a", "b", "c"]);
    // One that comes to the time of others comes after them.
    let moved = clock.call_later(ms(1), log.noting("moved"));
    clock.call_later(ms(2), log.noting("there"));
    moved.reset(ms(2)).expect("pending");
    clock.advance(ms(2)).expect("calms down");
    assert_eq!(log.take(), ["there", "moved"]);
    // So does one that is due in the present pass.
    let mut reactor = reactor();
    let handle = reactor.handle();
    let second: Rc<RefCell<Option<DelayedCall>>> = Rc::default();
    let (slot, first) = (second.clone(), log.noting("first"));
    handle.call_later(Duration::ZERO, move || {
        first();
        let second = slot.take().expect("a call");
        let early = second.time();
        second.delay(Duration::ZERO).expect("pending");
        assert_eq!(second.time(), early);
    });
    *second.borrow_mut() = Some(handle.call_later(Duration::ZERO, log.noting("second")));
    handle.call_later(Duration::ZERO, log.noting("third"));
    turn_until(&mut reactor, || log.len() == 3);
    assert_eq!(log.take(), ["first", "second", "third"]);
}

//! Passes, timed calls, life cycle, system events and descriptors: rules.

mod loops;

use std::cell::{Cell, RefCell};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::reactor::{
    FileDescriptor, NotPending, Phase, Reactor, ReactorNotRestartable, SystemEvent, TriggerPhase,
};
use loops::{Log, ms, reactor, reports, run, turn_until};

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

#[test]
fn r_015_thread_calls_then_timed_calls_then_input_then_tasks() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (ours, mut other) = UnixStream::pair().expect("a pair");
    other.write_all(b"x").expect("written");
    handle
        .add_reader(&Stream::new(ours, &log).dynamic())
        .expect("watched");
    let task = handle.task({
        let log = log.clone();
        move || log.note("task")
    });
    task.schedule();
    task.schedule();
    handle.call_later(Duration::ZERO, log.noting("timed"));
    // The log is not Send; the call finds it through a thread-local.
    THREAD_LOG.with(|slot| *slot.borrow_mut() = Some(log.clone()));
    reactor.remote().call_from_thread(|| {
        THREAD_LOG.with(|slot| slot.borrow().as_ref().expect("a log").note("thread"));
    });
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["thread", "timed", "read 1", "task"]);
}

thread_local! {
    static THREAD_LOG: RefCell<Option<Log>> = const { RefCell::new(None) };
}

#[test]
fn a_task_runs_once_however_often_it_is_scheduled_and_not_after_it_was_dropped() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let again = Rc::new(RefCell::new(None::<deferred_snmp::reactor::Task>));
    let (own, notes) = (again.clone(), log.clone());
    let task = handle.task(move || {
        notes.note("run");
        if notes.len() < 3 {
            own.borrow().as_ref().expect("itself").schedule();
        }
    });
    task.schedule();
    task.schedule();
    *again.borrow_mut() = Some(task);
    assert_eq!(reactor.next_timeout(handle.now()), Some(Duration::ZERO));
    reactor.turn().expect("a pass");
    assert_eq!(
        log.len(),
        1,
        "a task scheduled by itself waits for the next pass"
    );
    reactor.turn().expect("a pass");
    assert_eq!(log.len(), 2);
    let task = again.take();
    drop(task);
    reactor.turn().expect("a pass");
    assert_eq!(log.len(), 2, "dropped while scheduled");
}

#[test]
fn r_016_run_starts_and_ends_with_the_events() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    for (event, name) in [
        (SystemEvent::Startup, "startup"),
        (SystemEvent::Shutdown, "shutdown"),
    ] {
        for phase in [
            TriggerPhase::After,
            TriggerPhase::During,
            TriggerPhase::Before,
        ] {
            let note = log.noting(&format!("{phase:?} {name}"));
            handle.add_system_event_trigger(phase, event, note);
        }
    }
    let (inside, notes) = (handle.clone(), log.clone());
    handle.call_later(Duration::ZERO, move || {
        notes.note("running");
        inside.stop().expect("running");
    });
    run(&mut reactor);
    let expected = [
        "Before startup",
        "During startup",
        "After startup",
        "running",
        "Before shutdown",
        "During shutdown",
        "After shutdown",
    ];
    assert_eq!(log.events(), expected);
}

#[test]
fn r_017_no_second_run_after_a_stop_but_after_a_crash() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.crash());
    run(&mut reactor);
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.stop().expect("running"));
    run(&mut reactor);
    let error = reactor.run().expect_err("stopped");
    let inner = error.get_ref().expect("an inner error");
    assert!(inner.is::<ReactorNotRestartable>(), "{inner}");
}

#[test]
fn r_018_stop_is_an_error_unless_running() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    assert!(handle.stop().is_err());
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || {
        inside.stop().expect("running");
        assert!(inside.stop().is_err(), "stopping");
    });
    run(&mut reactor);
    assert!(handle.stop().is_err(), "stopped");
}

#[test]
fn r_019_stop_only_marks() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let note = log.noting("shutdown");
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, note);
    let (inside, notes) = (handle.clone(), log.clone());
    handle.call_later(Duration::ZERO, move || {
        inside.stop().expect("running");
        notes.note("caller goes on");
    });
    handle.call_later(Duration::ZERO, log.noting("other call"));
    run(&mut reactor);
    assert_eq!(log.events(), ["caller goes on", "other call", "shutdown"]);
}

#[test]
fn r_020_the_loop_lives_while_before_shutdown_waits() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (inside, notes) = (handle.clone(), log.clone());
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, move || {
        let (resolver, wait) = Deferred::<()>::pair();
        inside.call_later(ms(1), move || {
            notes.note("timer while stopping");
            resolver.callback(());
        });
        wait
    });
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.stop().expect("running"));
    assert_eq!(reactor.turn().expect("a pass").phase, Phase::Stopping);
    turn_until(&mut reactor, || log.len() == 1);
    assert!(!handle.is_running());
    assert_eq!(reactor.turn().expect("a pass").phase, Phase::Stopped);
}

#[test]
fn r_021_descriptors_are_told_before_the_users_own_during_triggers() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (ours, _other) = UnixStream::pair().expect("a pair");
    handle
        .add_reader(&Stream::new(ours, &log).dynamic())
        .expect("watched");
    let (inside, notes) = (handle.clone(), log.clone());
    handle.add_system_event_trigger(TriggerPhase::During, SystemEvent::Shutdown, move || {
        notes.note(format!("during, running {}", inside.is_running()));
    });
    let note = log.noting("after");
    handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Shutdown, note);
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.stop().expect("running"));
    run(&mut reactor);
    assert_eq!(
        log.events(),
        ["lost: clean", "during, running false", "after"]
    );
}

#[test]
fn r_022_crash_ends_after_the_pass_with_no_shutdown() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let note = log.noting("shutdown");
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, note);
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.crash());
    handle.call_later(Duration::ZERO, log.noting("same pass"));
    run(&mut reactor);
    assert_eq!(log.events(), ["same pass"]);
}

#[test]
fn r_023_iterate_does_one_pass_and_sleeps_no_longer_than_told() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    // A pass that slept until it would not end in this test: nothing else wakes this reactor.
    let distant = handle.call_later(Duration::from_secs(600), log.noting("distant"));
    let (inside, notes) = (handle.clone(), log.clone());
    handle.call_later(Duration::ZERO, move || {
        notes.note("first pass");
        inside.call_later(Duration::ZERO, notes.noting("second pass"));
    });
    turn_until(&mut reactor, || log.len() == 1);
    assert_eq!(log.take(), ["first pass"]);
    reactor.iterate(Some(ms(1))).expect("a pass");
    assert_eq!(log.take(), ["second pass"]);
    for limit in [Duration::ZERO, ms(1)] {
        reactor.iterate(Some(limit)).expect("a pass");
    }
    assert_eq!(log.len(), 0);
    assert!(distant.active());
}

#[test]
fn r_024_running_is_false_before_and_true_from_during_startup_on() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    for phase in [
        TriggerPhase::Before,
        TriggerPhase::During,
        TriggerPhase::After,
    ] {
        let (inside, notes) = (handle.clone(), log.clone());
        handle.add_system_event_trigger(phase, SystemEvent::Startup, move || {
            notes.note(inside.is_running().to_string());
        });
    }
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["false", "true", "true"]);
}

#[test]
fn r_025_call_when_running_waits_for_startup_or_calls_at_once() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    assert!(handle.call_when_running(log.noting("queued")).is_some());
    assert_eq!(log.len(), 0);
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["queued"]);
    assert!(handle.call_when_running(log.noting("at once")).is_none());
    assert_eq!(log.events(), ["at once"]);
}

#[test]
fn r_026_timers_and_input_work_while_before_startup_waits() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (inside, notes) = (handle.clone(), log.clone());
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Startup, move || {
        let (resolver, wait) = Deferred::<()>::pair();
        inside.call_later(ms(2), move || {
            notes.note("timer");
            resolver.callback(());
        });
        wait
    });
    handle.call_when_running(log.noting("running"));
    let mut passes = 0;
    while log.len() < 2 {
        reactor.iterate(None).expect("a pass");
        passes += 1;
        assert!(passes < 50, "it sleeps, rather than spins");
    }
    assert_eq!(log.events(), ["timer", "running"]);
}

#[test]
fn r_027_nothing_raised_by_user_code_ends_the_loop() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Startup, fail);
    handle.add_system_event_trigger(TriggerPhase::During, SystemEvent::Startup, fail);
    handle.call_later(Duration::ZERO, fail);
    let task = handle.task(fail);
    task.schedule();
    reactor.remote().call_from_thread(fail);
    reactor.turn().expect("a pass");
    assert_eq!(reported.len(), 5);
    task.schedule();
    reactor.turn().expect("a pass");
    assert_eq!(reported.len(), 6, "a task that panicked may run again");
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.stop().expect("running"));
    run(&mut reactor);
}

#[test]
fn r_027_a_panic_can_be_raised_again_once_the_loop_has_ended() {
    let reported = reports();
    let mut reactor = Reactor::builder()
        .resume_panics(true)
        .build()
        .expect("a reactor");
    let handle = reactor.handle();
    let log = Log::default();
    for text in ["the first", "the second"] {
        handle.call_later(Duration::ZERO, move || panic!("{text}"));
    }
    let inside = handle.clone();
    handle.call_later(ms(1), move || inside.stop().expect("running"));
    let note = log.noting("shutdown");
    handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Shutdown, note);
    let raised = catch_unwind(AssertUnwindSafe(|| run(&mut reactor)));
    let payload = raised.expect_err("raised again");
    assert_eq!(
        payload.downcast_ref::<String>().map(String::as_str),
        Some("the first")
    );
    assert_eq!(log.events(), ["shutdown"], "nothing was cut short");
    assert_eq!(reported.len(), 2, "and both were reported");
}

#[test]
fn r_030_triggers_run_in_the_order_added_for_events_of_any_name() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let event = SystemEvent::Named("harvest");
    for name in ["one", "two"] {
        handle.add_system_event_trigger(TriggerPhase::During, event, log.noting(name));
    }
    handle.fire_system_event(event);
    assert_eq!(log.take(), ["one", "two"]);
    handle.fire_system_event(event);
    assert_eq!(log.len(), 0, "R-034: a trigger runs once");
    reactor.turn().expect("a pass");
}

#[test]
fn r_031_all_before_triggers_run_and_then_all_their_deferreds_are_awaited() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let event = SystemEvent::Named("harvest");
    let resolvers: Rc<RefCell<Vec<Resolver<()>>>> = Rc::default();
    for name in ["one", "two"] {
        let (list, note) = (resolvers.clone(), log.noting(name));
        handle.add_system_event_trigger(TriggerPhase::Before, event, move || {
            note();
            // Fires that of the first while the second runs: nothing goes on.
            if let Some(earlier) = list.borrow_mut().pop() {
                earlier.errback(Failure::message("asked to fail"));
            }
            let (resolver, wait) = Deferred::<()>::pair();
            list.borrow_mut().push(resolver);
            wait
        });
    }
    handle.add_system_event_trigger(TriggerPhase::During, event, log.noting("during"));
    handle.fire_system_event(event);
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["one", "two"]);
    let last = resolvers.borrow_mut().pop().expect("a resolver");
    last.callback(());
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["one", "two", "during"]);
    assert_eq!(
        reported.events(),
        ["unhandled error in Deferred: asked to fail"]
    );
}

#[test]
fn r_033_an_error_in_a_trigger_is_reported_and_the_others_run() {
    let reported = reports();
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let event = SystemEvent::Named("harvest");
    for phase in [
        TriggerPhase::Before,
        TriggerPhase::During,
        TriggerPhase::After,
    ] {
        handle.add_system_event_trigger(phase, event, fail);
        handle.add_system_event_trigger(phase, event, log.noting(&format!("{phase:?}")));
    }
    handle.fire_system_event(event);
    assert_eq!(log.events(), ["Before", "During", "After"]);
    assert_eq!(reported.len(), 3);
}

#[test]
fn r_034_events_in_the_middle_of_waiting_are_independent() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let mut resolvers = Vec::new();
    for name in ["left", "right"] {
        let event = SystemEvent::Named(name);
        let (resolver, wait) = Deferred::<()>::pair();
        handle.add_system_event_trigger(TriggerPhase::Before, event, move || wait);
        handle.add_system_event_trigger(TriggerPhase::After, event, log.noting(name));
        handle.fire_system_event(event);
        resolvers.push(resolver);
    }
    for (resolver, expected) in resolvers.into_iter().rev().zip(["right", "left"]) {
        resolver.callback(());
        reactor.turn().expect("a pass");
        assert_eq!(log.take(), [expected]);
    }
}

#[test]
fn r_035_a_pending_trigger_can_be_removed_once_also_from_an_earlier_one() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let event = SystemEvent::Named("harvest");
    let victims = Rc::new(RefCell::new(Vec::new()));
    let (inside, list) = (handle.clone(), victims.clone());
    let (resolver, wait) = Deferred::<()>::pair();
    let first = handle.add_system_event_trigger(TriggerPhase::Before, event, move || {
        for id in list.take() {
            inside.remove_system_event_trigger(id).expect("pending");
        }
        wait
    });
    for phase in [TriggerPhase::Before, TriggerPhase::During] {
        let id = handle.add_system_event_trigger(phase, event, log.noting("removed"));
        victims.borrow_mut().push(id);
    }
    let while_waiting = handle.add_system_event_trigger(
        TriggerPhase::After,
        event,
        log.noting("removed while waiting"),
    );
    handle.add_system_event_trigger(TriggerPhase::After, event, log.noting("kept"));
    handle.fire_system_event(event);
    // It has run, for the event that still waits: only a warning.
    assert!(handle.remove_system_event_trigger(first).is_ok());
    handle
        .remove_system_event_trigger(while_waiting)
        .expect("pending");
    resolver.callback(());
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["kept"]);
    let id = handle.add_system_event_trigger(TriggerPhase::After, event, || ());
    handle.fire_system_event(event);
    assert!(
        handle.remove_system_event_trigger(id).is_err(),
        "it has run"
    );
}

fn fail() {
    panic!("asked to fail");
}

type Act = Box<dyn FnMut(&Stream)>;

/// One end of a pair of streams, watched.
struct Stream {
    stream: UnixStream,
    log: Log,
    act: RefCell<Act>,
    fail: Cell<bool>,
    take: Cell<usize>,
}

impl Stream {
    fn new(stream: UnixStream, log: &Log) -> Rc<Self> {
        stream.set_nonblocking(true).expect("non-blocking");
        Rc::new(Self {
            stream,
            log: log.clone(),
            act: RefCell::new(Box::new(|_| ())),
            fail: Cell::new(false),
            take: Cell::new(1024),
        })
    }

    fn dynamic(self: &Rc<Self>) -> Rc<dyn FileDescriptor> {
        self.clone()
    }

    fn acting(self: &Rc<Self>, act: impl FnMut(&Self) + 'static) {
        *self.act.borrow_mut() = Box::new(act);
    }

    fn act(&self) {
        let mut act = self.act.replace(Box::new(|_| ()));
        act(self);
        *self.act.borrow_mut() = act;
    }
}

impl AsFd for Stream {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

impl FileDescriptor for Stream {
    fn do_read(&self) -> io::Result<()> {
        if self.fail.get() {
            return Err(io::Error::other("asked to fail"));
        }
        let mut buffer = vec![0; self.take.get()];
        let count = (&self.stream).read(&mut buffer)?;
        self.log.note(format!("read {count}"));
        self.act();
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(())
    }

    fn do_write(&self) -> io::Result<()> {
        self.log.note("write");
        self.act();
        Ok(())
    }

    fn connection_lost(&self, reason: Option<io::Error>) {
        let reason = reason.map_or_else(|| "clean".to_owned(), |error| error.to_string());
        self.log.note(format!("lost: {reason}"));
        assert!(!self.fail.get() || reason != "clean", "asked to fail");
    }
}

fn pair(log: &Log) -> (Rc<Stream>, UnixStream) {
    let (ours, other) = UnixStream::pair().expect("a pair");
    (Stream::new(ours, log), other)
}

#[test]
fn r_040_adding_is_idempotent_and_removing_the_unknown_is_nothing() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    let descriptor = stream.dynamic();
    handle.remove_reader(&descriptor);
    handle.remove_writer(&descriptor);
    handle.add_reader(&descriptor).expect("watched");
    handle.add_reader(&descriptor).expect("watched");
    assert_eq!((handle.readers().len(), handle.writers().len()), (1, 0));
    handle.add_writer(&descriptor).expect("watched");
    assert_eq!((handle.readers().len(), handle.writers().len()), (1, 1));
    handle.remove_reader(&descriptor);
    assert_eq!((handle.readers().len(), handle.writers().len()), (0, 1));
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["write"]);
    handle.remove_writer(&descriptor);
    assert_eq!((handle.readers().len(), handle.writers().len()), (0, 0));
    reactor.turn().expect("a pass");
    assert_eq!(log.len(), 0);
    handle.add_reader(&descriptor).expect("watched again");
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["read 1"]);
}

#[test]
fn r_041_remove_all_gives_each_once_and_the_waker_stays() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    handle.add_reader(&stream.dynamic()).expect("watched");
    handle.add_writer(&stream.dynamic()).expect("watched");
    let removed = handle.remove_all();
    assert_eq!(removed.len(), 1);
    assert!(handle.remove_all().is_empty());
    other.write_all(b"x").expect("written");
    let remote = reactor.remote();
    let thread = std::thread::Builder::new().spawn(move || {
        remote.call_with_handle(|handle| handle.stop().expect("running"));
    });
    run(&mut reactor);
    thread.expect("a thread").join().expect("joined");
    assert_eq!(log.len(), 0, "not touched again");
}

#[test]
fn r_042_removed_by_an_earlier_handler_of_the_same_batch() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (one, mut to_one) = pair(&log);
    let (two, mut to_two) = pair(&log);
    for (stream, victim) in [(&one, &two), (&two, &one)] {
        let (inside, victim) = (handle.clone(), Rc::downgrade(victim));
        stream.acting(move |_| {
            if let Some(victim) = victim.upgrade() {
                inside.remove_reader(&victim.dynamic());
            }
        });
        handle.add_reader(&stream.dynamic()).expect("watched");
    }
    to_one.write_all(b"x").expect("written");
    to_two.write_all(b"x").expect("written");
    for _ in 0..3 {
        reactor.turn().expect("a pass");
    }
    assert_eq!(
        log.events(),
        ["read 1"],
        "whichever was first removed the other"
    );
}

#[test]
fn r_043_reading_comes_before_writing() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    handle.add_writer(&stream.dynamic()).expect("watched");
    handle.add_reader(&stream.dynamic()).expect("watched");
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["read 1", "write"]);
    stream.fail.set(true);
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(
        log.events(),
        ["lost: asked to fail"],
        "no write after the end"
    );
}

#[test]
fn r_044_an_error_removes_and_tells_and_a_closed_peer_is_seen() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    handle.add_reader(&stream.dynamic()).expect("watched");
    handle.add_writer(&stream.dynamic()).expect("watched");
    stream.fail.set(true);
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["lost: asked to fail"]);
    assert!(handle.readers().is_empty() && handle.writers().is_empty());
    // What was written before the peer closed is read first.
    let (stream, mut other) = pair(&log);
    handle.add_reader(&stream.dynamic()).expect("watched");
    other.write_all(b"xyz").expect("written");
    drop(other);
    stream.take.set(2);
    turn_until(&mut reactor, || log.len() == 4);
    assert_eq!(log.events()[..3], ["read 2", "read 1", "read 0"]);
    assert!(log.events()[3].starts_with("lost: "), "{:?}", log.events());
}

#[test]
fn r_044_a_hang_up_with_no_data_is_clean_only_if_it_was_being_read() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (reader, writer) = io::pipe().expect("a pipe");
    let reading = Pipe(reader.into(), log.clone());
    let descriptor: Rc<dyn FileDescriptor> = Rc::new(reading);
    handle.add_reader(&descriptor).expect("watched");
    drop(writer);
    turn_until(&mut reactor, || log.len() == 1);
    assert_eq!(log.take(), ["lost: clean"]);
    let (stream, other) = pair(&log);
    handle.add_writer(&stream.dynamic()).expect("watched");
    reactor.turn().expect("a pass");
    drop(other);
    // It is ready to be written for as long as nobody tells that it has ended.
    turn_until(&mut reactor, || {
        log.events().iter().any(|event| event.starts_with("lost"))
    });
    assert_ne!(log.events().last().map(String::as_str), Some("lost: clean"));
    assert!(handle.readers().is_empty() && handle.writers().is_empty());
}

/// The reading end of a pipe, that never reads.
struct Pipe(std::os::fd::OwnedFd, Log);

impl AsFd for Pipe {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl FileDescriptor for Pipe {
    fn connection_lost(&self, reason: Option<io::Error>) {
        let reason = reason.map_or_else(|| "clean".to_owned(), |error| error.to_string());
        self.1.note(format!("lost: {reason}"));
    }
}

#[test]
fn r_045_one_failing_connection_lost_keeps_nobody_from_theirs() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let streams: Vec<_> = (0..3).map(|_| pair(&log)).collect();
    for (stream, _) in &streams {
        stream.fail.set(true);
        handle.add_reader(&stream.dynamic()).expect("watched");
    }
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.stop().expect("running"));
    run(&mut reactor);
    assert_eq!(log.events(), ["lost: clean"; 3]);
    assert_eq!(reported.len(), 3);
}

#[test]
fn r_046_a_handler_need_not_drain() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    stream.take.set(1);
    handle.add_reader(&stream.dynamic()).expect("watched");
    other.write_all(b"four").expect("written");
    turn_until(&mut reactor, || log.len() == 4);
    assert_eq!(log.events(), ["read 1"; 4]);
    let turn = reactor.turn().expect("a pass");
    assert!(!turn.more && log.len() == 4, "and then it is quiet");
}

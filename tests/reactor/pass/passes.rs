//! Passes and life cycle: rules.

use std::cell::RefCell;
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Interrupt};
use deferred_snmp::reactor::{Phase, Reactor, ReactorNotRestartable, SystemEvent, TriggerPhase};
use util::loops::{Log, ms, reactor, reports, run, turn_until};

use super::stream::*;

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
fn r_023_a_pass_that_has_run_something_does_not_sleep_over_it() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (inside, second) = (handle.clone(), log.noting("second"));
    let note = log.noting("first");
    handle.call_later(Duration::ZERO, move || {
        note();
        // Scheduled inside a pass, so that the descriptor tells nothing; due when the next one begins.
        inside.call_later(Duration::from_nanos(1), second);
    });
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["first"]);
    while handle.now() <= handle.delayed_calls()[0].time() {}
    // Nothing else would ever wake it.
    let turn = reactor.iterate(None).expect("a pass");
    assert!(turn.progressed);
    assert_eq!(log.take(), ["second"]);
}

#[test]
fn r_023_with_the_least_budgets_there_is_an_end_of_the_work() {
    let builder = Reactor::builder().event_capacity(1).event_budget(1);
    let builder = builder.datagram_budget(1).timed_call_budget(1);
    let mut reactor = builder.timer_fd(true).build().expect("a reactor");
    let handle = reactor.handle();
    let log = Log::default();
    for name in ["one", "two"] {
        handle.call_later(Duration::ZERO, log.noting(name));
    }
    let (stream, mut other) = pair(&log);
    let descriptor = stream.dynamic();
    handle.add_reader(&descriptor).expect("watched");
    other.write_all(b"x").expect("written");
    let mut turns = 1;
    while reactor.turn().expect("a pass").more {
        turns += 1;
        assert!(turns < 10, "it has nothing to do");
    }
    let mut done = log.take();
    done.sort();
    assert_eq!(done, ["one", "read 1", "two"], "in whatever order");
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

/// What a panic carries, and panics in turn when it is dropped.
struct Payload;

impl Drop for Payload {
    fn drop(&mut self) {
        panic!("the payload panics");
    }
}

fn fail_badly() {
    panic_any(Payload);
}

#[test]
fn r_027_nor_does_a_panic_that_panics_when_it_is_dropped() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    for phase in [TriggerPhase::Before, TriggerPhase::During] {
        handle.add_system_event_trigger(phase, SystemEvent::Startup, fail_badly);
    }
    handle.call_later(Duration::ZERO, fail_badly);
    handle.call_later(Duration::ZERO, log.noting("timed"));
    let task = handle.task(fail_badly);
    task.schedule();
    reactor.remote().call_from_thread(fail_badly);
    turn_until(&mut reactor, || log.len() == 1);
    assert_eq!(reported.len(), 2 * 5, "each of them, and what came of it");
    let outcomes = log.clone();
    let told = move |outcome: Result<(), Interrupt>| outcomes.note(format!("{outcome:?}"));
    let spawned = handle.spawn(async {
        fail_badly();
        Ok::<_, Interrupt>(())
    });
    drop(spawned.add_both(told.clone()));
    let work = handle.defer_to_thread(|| {
        fail_badly();
        Ok::<_, Interrupt>(())
    });
    drop(work.add_both(told));
    turn_until(&mut reactor, || log.len() == 3);
    let panicked = "Err(Panicked(\"no message\"))";
    assert_eq!(log.events(), ["timed", panicked, panicked]);
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

//! Programs around the reactor: the rules of chapter T.

use std::cell::{Cell, RefCell};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::reactor::{NotPending, SystemEvent, TriggerPhase};
use deferred_snmp::task::{
    Clock, ClockSpins, Exit, LoopError, LoopingCall, TimeSource, defer_later, react,
};
use util::loops::{Log, ms, reactor, reports, turn_until};
use util::result_of::result_of;

fn same(left: ExitCode, right: ExitCode) -> bool {
    format!("{left:?}") == format!("{right:?}")
}

#[test]
fn t_001_the_code_tells_how_main_ended() {
    let code = react(|reactor| {
        let (resolver, later) = Deferred::<()>::pair();
        reactor.call_later(Duration::from_millis(1), || resolver.callback(()));
        later
    });
    assert!(same(code, ExitCode::SUCCESS));
    let code = react(|_| Deferred::<()>::fail(Failure::message("as expected by a test")));
    assert!(same(code, ExitCode::FAILURE));
    let code = react(|_| Deferred::<()>::fail(Exit(7).into()));
    assert!(same(code, ExitCode::from(7)));
    // `?` in the closure, with no annotation.
    let code = react(|_| {
        let number: u8 = "9".parse()?;
        Ok(Deferred::<()>::fail(Exit(number).into()))
    });
    assert!(same(code, ExitCode::from(9)));
}

#[test]
fn t_001_a_looping_call_is_a_program() {
    let code = react(|reactor| {
        let mut left = 3;
        LoopingCall::new(reactor, move || {
            left -= 1;
            match left {
                0 => Err(Exit(7).into()),
                _ => Ok(()),
            }
        })
        .start(Duration::from_millis(1), true)
    });
    assert!(same(code, ExitCode::from(7)));
}

#[test]
fn t_001_a_coroutine_needs_no_annotation() {
    let code = react(|reactor| {
        let clock = reactor.clone();
        reactor.inline_callbacks(async move {
            let number: u8 = "9".parse()?;
            let exit = defer_later(&clock, Duration::from_millis(1), move || Ok(Exit(number)));
            let exit: Result<Exit, Failure> = exit.await;
            Err::<(), _>(exit?.into())
        })
    });
    assert!(same(code, ExitCode::from(9)));
}

#[test]
fn t_002_a_settled_main_still_sees_startup_and_shutdown() {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let events = seen.clone();
    let code = react(move |reactor| {
        for event in [SystemEvent::Startup, SystemEvent::Shutdown] {
            let events = events.clone();
            let note = move || events.borrow_mut().push(event);
            reactor.add_system_event_trigger(TriggerPhase::During, event, note);
        }
        Deferred::<()>::succeed(())
    });
    assert!(same(code, ExitCode::SUCCESS));
    assert_eq!(
        *seen.borrow(),
        [SystemEvent::Startup, SystemEvent::Shutdown]
    );
}

#[test]
fn t_003_a_result_during_shutdown_counts_and_none_is_success() {
    let code = react(|reactor| {
        let (resolver, main) = Deferred::<()>::pair();
        let resolver = RefCell::new(Some(resolver));
        let handle = reactor.clone();
        reactor.call_later(Duration::ZERO, move || handle.stop().expect("running"));
        let fail = move || {
            let resolver: Option<Resolver<()>> = resolver.take();
            resolver.expect("once").errback(Exit(3).into());
        };
        reactor.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, fail);
        main
    });
    assert!(same(code, ExitCode::from(3)));

    let code = react(|reactor| {
        let (resolver, main) = Deferred::<()>::pair();
        resolver.forget();
        let handle = reactor.clone();
        reactor.call_later(Duration::ZERO, move || handle.stop().expect("running"));
        main
    });
    assert!(same(code, ExitCode::SUCCESS));
}

/// Notes how a Deferred ends.
fn watch<T: std::fmt::Debug + 'static>(log: &Log, name: &str, deferred: Deferred<T>) {
    let (log, name) = (log.clone(), name.to_owned());
    drop(deferred.add_both(move |result| match result {
        Ok(_) => log.note(format!("{name} ok")),
        Err(error) => log.note(format!("{name}: {error}")),
    }));
}

/// Why a loop was not started.
fn refusal(started: Deferred<LoopingCall<Clock>>) -> Option<LoopError> {
    let failure = result_of(started)?.err()?;
    failure.check().copied()
}

fn counting(log: &Log, clock: &Clock) -> LoopingCall<Clock> {
    let (notes, time) = (log.clone(), clock.clone());
    LoopingCall::new(clock, move || {
        notes.note(time.elapsed().as_millis().to_string())
    })
}

#[test]
fn t_010_now_runs_inside_start_and_misuse_is_an_error() {
    let (clock, log) = (Clock::new(), Log::default());
    let looping = counting(&log, &clock);
    assert_eq!(looping.stop(), Err(LoopError::NotRunning));
    assert_eq!(looping.reset(), Err(LoopError::NotRunning));
    drop(looping.start(ms(10), true));
    assert_eq!(log.take(), ["0"]);
    assert_eq!(
        refusal(looping.start(ms(10), true)),
        Some(LoopError::Running)
    );
    looping.stop().expect("running");
    drop(looping.start(ms(10), false));
    assert_eq!(log.len(), 0);
    clock.advance(ms(10)).expect("advanced");
    assert_eq!(log.take(), ["10"]);
}

#[test]
fn t_011_ticks_lie_on_the_grid_and_missed_ones_are_skipped() {
    let (clock, log) = (Clock::new(), Log::default());
    let looping = counting(&log, &clock);
    drop(looping.start(ms(10), true));
    clock.advance(ms(10)).expect("advanced");
    clock.advance(ms(25)).expect("advanced");
    clock.advance(ms(4)).expect("advanced");
    clock.advance(ms(1)).expect("advanced");
    // Late at 35, then on the grid again, strictly in the future.
    assert_eq!(log.events(), ["0", "10", "35", "40"]);
}

#[test]
fn t_012_nothing_is_scheduled_while_a_deferred_is_pending() {
    let clock = Clock::new();
    let calls = Rc::new(RefCell::new(Vec::new()));
    let list = calls.clone();
    let looping = LoopingCall::new(&clock, move || {
        let (resolver, deferred) = Deferred::<()>::pair();
        list.borrow_mut().push(resolver);
        deferred
    });
    drop(looping.start(ms(10), true));
    clock.advance(ms(33)).expect("advanced");
    assert_eq!(calls.borrow().len(), 1);
    assert!(clock.delayed_calls().is_empty());
    let first = calls.borrow_mut().pop().expect("a call");
    first.callback(());
    clock.advance(ms(6)).expect("advanced");
    assert_eq!(calls.borrow().len(), 0);
    clock.advance(ms(1)).expect("advanced");
    assert_eq!(calls.borrow().len(), 1, "at 40");
}

#[test]
fn t_013_a_failure_ends_the_loop_and_fails_its_deferred() {
    for panics in [false, true] {
        let (clock, log) = (Clock::new(), Log::default());
        let count = Cell::new(0);
        let looping = LoopingCall::new(&clock, move || {
            count.set(count.get() + 1);
            assert!(!panics || count.get() < 2, "asked to fail");
            match count.get() {
                2 => Err(Failure::message("asked to fail")),
                _ => Ok(()),
            }
        });
        watch(&log, "loop", looping.start(ms(10), true));
        clock.advance(ms(10)).expect("advanced");
        assert_eq!(log.len(), 1);
        assert!(log.events()[0].contains("asked to fail"));
        assert!(!looping.is_running() && clock.delayed_calls().is_empty());
    }
}

#[test]
fn t_014_stop_fires_at_once_or_when_the_call_under_way_ends() {
    let (clock, log) = (Clock::new(), Log::default());
    let looping = counting(&log, &clock);
    watch(&log, "loop", looping.start(ms(10), false));
    looping.stop().expect("running");
    assert_eq!(log.take(), ["loop ok"]);
    assert!(clock.delayed_calls().is_empty());
    // While the Deferred of a call is pending; a failure of that call takes precedence.
    for failing in [false, true] {
        let slot = Rc::new(RefCell::new(None));
        let place = slot.clone();
        let looping = LoopingCall::new(&clock, move || {
            let (resolver, deferred) = Deferred::<()>::pair();
            *place.borrow_mut() = Some(resolver);
            deferred
        });
        watch(&log, "loop", looping.start(ms(10), true));
        looping.stop().expect("running");
        assert!(!looping.is_running());
        assert_eq!(log.len(), 0);
        // T-015: not before that call has ended.
        assert_eq!(
            refusal(looping.start(ms(10), true)),
            Some(LoopError::Running)
        );
        let resolver: Resolver<()> = slot.take().expect("a call");
        match failing {
            true => resolver.errback(Failure::message("asked to fail")),
            false => resolver.callback(()),
        }
        let expected = if failing {
            "loop: asked to fail"
        } else {
            "loop ok"
        };
        assert_eq!(log.take(), [expected]);
    }
}

#[test]
fn t_014_stop_from_inside_the_function() {
    let (clock, log) = (Clock::new(), Log::default());
    let slot: Rc<RefCell<Option<LoopingCall<Clock>>>> = Rc::default();
    let own = slot.clone();
    let looping = LoopingCall::new(&clock, move || {
        let looping = own.borrow().clone().expect("itself");
        looping.stop().expect("running");
    });
    *slot.borrow_mut() = Some(looping.clone());
    watch(&log, "loop", looping.start(ms(10), true));
    assert_eq!(log.events(), ["loop ok"]);
    assert!(clock.delayed_calls().is_empty());
    slot.take();
}

#[test]
fn t_015_it_may_be_started_again_from_its_own_deferred() {
    let (clock, log) = (Clock::new(), Log::default());
    let looping = counting(&log, &clock);
    let done = looping.start(ms(10), false);
    let notes = log.clone();
    drop(done.map(move |looping| {
        notes.note(format!("running {}", looping.is_running()));
        drop(looping.start(ms(3), false));
    }));
    looping.stop().expect("running");
    assert_eq!(log.take(), ["running false"]);
    clock.advance(ms(3)).expect("advanced");
    assert_eq!(log.events(), ["3"]);
}

#[test]
fn t_016_reset_begins_a_new_grid() {
    let (clock, log) = (Clock::new(), Log::default());
    let looping = counting(&log, &clock);
    drop(looping.start(ms(10), false));
    clock.advance(ms(7)).expect("advanced");
    looping.reset().expect("running");
    clock.pump([ms(9), ms(1), ms(10)]).expect("advanced");
    assert_eq!(log.events(), ["17", "27"]);
}

#[test]
fn t_017_interval_zero_is_one_call_a_pass() {
    let mut reactor = reactor();
    let count = Rc::new(Cell::new(0));
    let counter = count.clone();
    let looping = LoopingCall::new(&reactor.handle(), move || counter.set(counter.get() + 1));
    drop(looping.start(Duration::ZERO, false));
    for passes in 1..=5 {
        reactor.turn().expect("a pass");
        assert_eq!(count.get(), passes);
    }
}

#[test]
fn t_018_counts_add_up_to_the_grid_points() {
    let (clock, log) = (Clock::new(), Log::default());
    let notes = log.clone();
    let looping = LoopingCall::with_count(&clock, move |count| notes.note(count.to_string()));
    drop(looping.start(ms(10), true));
    clock
        .pump([ms(10), ms(35), ms(5), ms(10)])
        .expect("advanced");
    // 0; 10; 20, 30 and 40 at 45; 50; 60.
    assert_eq!(log.take(), ["1", "1", "3", "1", "1"]);
    looping.stop().expect("running");
    drop(looping.start(ms(10), false));
    clock.advance(ms(20)).expect("advanced");
    assert_eq!(log.events(), ["2"]);
}

#[test]
fn t_019_cancelling_stops_the_loop_and_stop_can_cancel_the_call() {
    let (clock, log) = (Clock::new(), Log::default());
    let looping = counting(&log, &clock);
    let done = looping.start(ms(10), false);
    assert!(done.cancel());
    watch(&log, "loop", done);
    assert_eq!(log.take(), ["loop: cancelled"]);
    assert!(!looping.is_running() && clock.delayed_calls().is_empty());
    let notes = log.clone();
    let looping = LoopingCall::new(&clock, move || {
        let notes = notes.clone();
        Deferred::<()>::with_canceller(move || {
            notes.note("cancelled");
            Some(Ok(()))
        })
        .1
    });
    // The resolver was dropped, so the call is over at once, and abandoned.
    watch(&log, "loop", looping.start(ms(10), true));
    assert_eq!(log.take().len(), 1);
    let kept: Rc<RefCell<Vec<Resolver<()>>>> = Rc::default();
    let (notes, list) = (log.clone(), kept);
    let looping = LoopingCall::new(&clock, move || {
        let notes = notes.clone();
        let (resolver, deferred) = Deferred::<()>::with_canceller(move || {
            notes.note("cancelled");
            Some(Ok(()))
        });
        list.borrow_mut().push(resolver);
        deferred
    });
    watch(&log, "loop", looping.start(ms(10), true));
    looping.stop_and_cancel().expect("running");
    assert_eq!(log.events(), ["cancelled", "loop ok"]);
}

#[test]
fn t_020_the_clock_is_the_reactor_or_any_other() {
    fn thrice<C: TimeSource>(clock: &C, log: &Log) -> LoopingCall<C> {
        let (notes, slot) = (log.clone(), Rc::new(RefCell::new(None)));
        let own: Rc<RefCell<Option<LoopingCall<C>>>> = slot.clone();
        let looping = LoopingCall::new(clock, move || {
            notes.note("call");
            if notes.len() == 3 {
                let own = own.take().expect("once");
                own.stop().expect("running");
            }
        });
        *slot.borrow_mut() = Some(looping.clone());
        looping
    }
    let (clock, log) = (Clock::new(), Log::default());
    let virtual_loop = thrice(&clock, &log);
    drop(virtual_loop.start(ms(1000), true));
    clock
        .pump([ms(1000), ms(1000), ms(1000)])
        .expect("advanced");
    assert_eq!(log.take(), ["call"; 3]);

    let mut reactor = reactor();
    // With no type argument the clock is the reactor.
    let real: LoopingCall = thrice(&reactor.handle(), &log);
    let done = Rc::new(Cell::new(false));
    let flag = done.clone();
    let ended = real.start(ms(1), false);
    drop(ended.add_callback(move |_| flag.set(true)));
    assert_eq!(log.len(), 0, "the reactor has not run");
    turn_until(&mut reactor, || done.get());
    assert_eq!(log.events(), ["call"; 3]);
}

#[test]
fn t_025_defer_later_settles_with_the_outcome_and_can_be_cancelled() {
    let (clock, log) = (Clock::new(), Log::default());
    let notes = log.clone();
    watch(
        &log,
        "plain",
        defer_later(&clock, ms(5), move || notes.note("called")),
    );
    clock.advance(ms(4)).expect("advanced");
    assert_eq!(log.len(), 0);
    clock.advance(ms(1)).expect("advanced");
    assert_eq!(log.take(), ["called", "plain ok"]);
    let notes = log.clone();
    let never = defer_later(&clock, ms(5), move || notes.note("called"));
    assert!(never.cancel());
    watch(&log, "early", never);
    assert!(clock.delayed_calls().is_empty());
    assert_eq!(log.take(), ["early: cancelled"]);
    // While what the function returned is pending.
    let kept: Rc<RefCell<Vec<Resolver<()>>>> = Rc::default();
    let (notes, list) = (log.clone(), kept.clone());
    let waiting = defer_later(&clock, ms(5), move || {
        let (resolver, inner) = Deferred::<()>::with_canceller(move || {
            notes.note("inner cancelled");
            None
        });
        list.borrow_mut().push(resolver);
        inner
    });
    clock.advance(ms(5)).expect("advanced");
    assert!(waiting.cancel());
    watch(&log, "late", waiting);
    assert_eq!(log.events(), ["inner cancelled", "late: cancelled"]);
    drop(kept);
}

#[test]
fn t_026_the_clock_moves_first_and_all_calls_see_the_final_time() {
    let (clock, log) = (Clock::new(), Log::default());
    assert_eq!(clock.elapsed(), Duration::ZERO);
    for delay in [3, 1, 2, 9] {
        let (notes, time) = (log.clone(), clock.clone());
        clock.call_later(ms(delay), move || {
            notes.note(format!("{delay} at {}", time.elapsed().as_millis()));
        });
    }
    clock.advance(ms(5)).expect("advanced");
    assert_eq!(log.take(), ["1 at 5", "2 at 5", "3 at 5"]);
    clock.pump([ms(1), ms(3)]).expect("advanced");
    assert_eq!(log.events(), ["9 at 9"]);
}

#[test]
fn t_026_however_far_it_is_moved_time_does_not_go_back() {
    let (clock, log) = (Clock::new(), Log::default());
    clock.advance(ms(5)).expect("advanced");
    let looping = counting(&log, &clock);
    drop(looping.start(ms(1), false));
    clock.call_later(Duration::from_secs(3600), log.noting("an hour"));
    clock.call_later(Duration::MAX, log.noting("the longest delay"));
    for _ in 0..2 {
        let before = (clock.now(), clock.elapsed());
        clock.advance(Duration::MAX).expect("advanced");
        assert!((clock.now(), clock.elapsed()) >= before);
        assert_eq!(clock.now() - before.0, clock.elapsed() - before.1);
    }
    let hour = log.events();
    assert!(hour.contains(&"an hour".into()) && hour.contains(&"the longest delay".into()));
    // At its end time stands still.
    log.take();
    clock.call_later(Duration::ZERO, log.noting("now"));
    clock.call_later(ms(1), log.noting("never"));
    clock.advance(ms(1)).expect("advanced");
    assert_eq!(log.take(), ["now"]);
}

#[test]
fn t_027_calls_that_become_due_run_in_the_same_advance_and_spinning_is_an_error() {
    let (clock, log) = (Clock::new(), Log::default());
    let (inside, notes) = (clock.clone(), log.clone());
    clock.call_later(ms(1), move || {
        inside.call_later(Duration::ZERO, notes.noting("zero"));
        inside.call_later(ms(1), notes.noting("later"));
    });
    clock.advance(ms(5)).expect("advanced");
    assert_eq!(log.events(), ["zero"]);
    clock.advance(ms(1)).expect("advanced");
    assert_eq!(log.events(), ["zero", "later"]);
    let looping = LoopingCall::new(&clock, || ());
    drop(looping.start(Duration::ZERO, false));
    assert!(matches!(clock.advance(ms(1)), Err(ClockSpins { .. })));
    looping.stop().expect("running");
    assert_eq!(clock.advance(ms(1)), Ok(()));
}

#[test]
fn t_028_an_error_is_reported_or_leaves_advance_with_the_rest_pending() {
    let reported = reports();
    let (clock, log) = (Clock::new(), Log::default());
    let schedule = || {
        clock.call_later(ms(1), || panic!("asked to fail"));
        clock.call_later(ms(1), log.noting("second"));
    };
    schedule();
    clock.advance(ms(1)).expect("advanced");
    assert_eq!((log.take().len(), reported.len()), (1, 1));
    clock.propagate_panics(true);
    schedule();
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| clock.advance(ms(1))));
    assert!(caught.is_err());
    assert_eq!(log.len(), 0);
    clock.advance(Duration::ZERO).expect("advanced");
    assert_eq!(log.events(), ["second"]);
}

#[test]
fn t_029_the_rules_of_delayed_calls_hold() {
    let (clock, log) = (Clock::new(), Log::default());
    let one = clock.call_later(ms(1), log.noting("one"));
    let two = clock.call_later(ms(2), log.noting("two"));
    clock.call_later(ms(3), log.noting("three"));
    one.delay(ms(2)).expect("pending");
    two.reset(ms(3)).expect("pending");
    clock.advance(ms(3)).expect("advanced");
    assert_eq!(
        log.events(),
        ["three", "one", "two"],
        "in the order they were set"
    );
    assert_eq!(one.cancel(), Err(NotPending::AlreadyCalled));
}

//! Signals: rule R-059. Each case runs in a process of its own, since a signal is for all of it.
#![cfg(feature = "signals")]

use std::ffi::c_int;
use std::os::unix::process::ExitStatusExt;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deferred_snmp::deferred::Deferred;
use deferred_snmp::reactor::{Reactor, SystemEvent, TriggerPhase};
use deferred_snmp::task::{Exit, react};
use signal_hook::consts::{SIGINT, SIGTERM};
use util::loops::{Log, reactor, run};
use util::process::in_a_child;

/// Whether SIGINT does nothing, as in the background jobs of a shell; tests with it are left out.
fn is_interrupt_ignored(test: &str) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    let ignored = mask.is_some_and(|mask| mask & 1 << (SIGINT - 1) != 0);
    if ignored {
        util::left_out(test, "SIGINT is ignored here");
    }
    ignored
}

fn raise(signal: c_int) {
    signal_hook::low_level::raise(signal).expect("raised");
}

fn raise_when_running(reactor: &Reactor, signal: c_int) {
    reactor.handle().call_when_running(move || raise(signal));
}

#[test]
fn r_059_sigterm_stops_the_reactor_and_is_remembered() {
    stops("r_059_sigterm_stops_the_reactor_and_is_remembered", SIGTERM);
}

#[test]
fn r_059_sigint_stops_the_reactor_and_is_remembered() {
    let name = "r_059_sigint_stops_the_reactor_and_is_remembered";
    if !is_interrupt_ignored(name) {
        stops(name, SIGINT);
    }
}

fn stops(name: &str, signal: c_int) {
    let status = in_a_child(module_path!(), name, || {
        // A second reactor is told as the first was.
        for _ in 0..2 {
            let mut reactor = reactor();
            let handle = reactor.handle();
            let log = Log::default();
            raise_when_running(&reactor, signal);
            let (notes, inside) = (log.clone(), handle.clone());
            handle.call_when_running(move || {
                assert!(inside.is_running(), "it only asks to stop");
                notes.note("running");
            });
            let note = log.noting("shutdown");
            handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, note);
            assert_eq!(reactor.exit_signal(), None);
            run(&mut reactor);
            assert_eq!(log.events(), ["running", "shutdown"]);
            assert_eq!(reactor.exit_signal(), Some(signal));
        }
    });
    assert!(status.is_none_or(|status| status.success()), "{status:?}");
}

#[test]
fn r_059_the_loop_lives_while_shutdown_waits_and_more_signals_are_harmless() {
    let name = "r_059_the_loop_lives_while_shutdown_waits_and_more_signals_are_harmless";
    let status = in_a_child(module_path!(), name, || {
        let mut reactor = reactor();
        let handle = reactor.handle();
        raise_when_running(&reactor, SIGTERM);
        let inside = handle.clone();
        handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, move || {
            raise(SIGTERM);
            let (resolver, wait) = Deferred::<()>::pair();
            inside.call_later(Duration::from_millis(2), || resolver.callback(()));
            wait
        });
        run(&mut reactor);
        assert_eq!(reactor.exit_signal(), Some(SIGTERM));
    });
    assert!(status.is_none_or(|status| status.success()), "{status:?}");
}

#[test]
fn r_059_sigterm_ends_the_process_once_run_has_returned() {
    let name = "r_059_sigterm_ends_the_process_once_run_has_returned";
    ends_the_process_afterwards(name, SIGTERM);
}

#[test]
fn r_059_sigint_ends_the_process_once_run_has_returned() {
    let name = "r_059_sigint_ends_the_process_once_run_has_returned";
    if !is_interrupt_ignored(name) {
        ends_the_process_afterwards(name, SIGINT);
    }
}

fn ends_the_process_afterwards(name: &str, signal: c_int) {
    let status = in_a_child(module_path!(), name, || {
        let mut reactor = reactor();
        raise_when_running(&reactor, SIGTERM);
        run(&mut reactor);
        raise(signal);
    });
    let status = status.expect("the child survived");
    assert_eq!(status.signal(), Some(signal));
}

#[test]
fn r_059_signals_are_left_alone_before_startup_is_over() {
    let name = "r_059_signals_are_left_alone_before_startup_is_over";
    let status = in_a_child(module_path!(), name, || {
        let mut reactor = reactor();
        reactor.handle().add_system_event_trigger(
            TriggerPhase::Before,
            SystemEvent::Startup,
            || raise(SIGTERM),
        );
        run(&mut reactor);
    });
    let status = status.expect("the child survived");
    assert_eq!(status.signal(), Some(SIGTERM));
}

#[test]
fn r_059_an_interrupt_that_the_program_catches_is_left_to_it() {
    let name = "r_059_an_interrupt_that_the_program_catches_is_left_to_it";
    let status = in_a_child(module_path!(), name, || {
        let caught = Arc::new(AtomicBool::new(false));
        signal_hook::flag::register(SIGINT, caught.clone()).expect("registered");
        let mut reactor = reactor();
        let handle = reactor.handle();
        raise_when_running(&reactor, SIGINT);
        let inside = handle.clone();
        handle.call_later(Duration::from_millis(2), move || {
            inside.stop().expect("nothing else has stopped it");
        });
        run(&mut reactor);
        assert!(caught.load(Ordering::SeqCst));
        assert_eq!(reactor.exit_signal(), None);
        raise(SIGINT);
    });
    assert!(status.is_none_or(|status| status.success()), "{status:?}");
}

#[test]
fn r_059_it_can_be_switched_off() {
    let status = in_a_child(module_path!(), "r_059_it_can_be_switched_off", || {
        let mut reactor = Reactor::builder()
            .signals(false)
            .build()
            .expect("a reactor");
        raise_when_running(&reactor, SIGTERM);
        run(&mut reactor);
    });
    let status = status.expect("the child survived");
    assert_eq!(status.signal(), Some(SIGTERM));
}

#[test]
fn r_059_the_code_of_a_program_tells_the_signal_unless_its_result_came() {
    let name = "r_059_the_code_of_a_program_tells_the_signal_unless_its_result_came";
    let status = in_a_child(module_path!(), name, || {
        let same = |code: ExitCode, other: u8| {
            assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(other)));
        };
        let code = react(|reactor| {
            let (resolver, main) = Deferred::<()>::pair();
            resolver.forget();
            reactor.call_when_running(|| raise(SIGTERM));
            main
        });
        same(code, 128 + 15);
        let code = react(|reactor| {
            let (resolver, main) = Deferred::<()>::pair();
            reactor.call_when_running(|| raise(SIGTERM));
            reactor.add_system_event_trigger(
                TriggerPhase::Before,
                SystemEvent::Shutdown,
                move || resolver.errback(Exit(3).into()),
            );
            main
        });
        same(code, 3);
    });
    assert!(status.is_none_or(|status| status.success()), "{status:?}");
}

#[test]
fn r_059_with_two_reactors_signals_stop_both() {
    let status = in_a_child(
        module_path!(),
        "r_059_with_two_reactors_signals_stop_both",
        || {
            let mut outer = reactor();
            let inner_ran = Rc::new(std::cell::Cell::new(false));
            let ran = inner_ran.clone();
            outer.handle().call_when_running(move || {
                let mut inner = reactor();
                raise_when_running(&inner, SIGTERM);
                run(&mut inner);
                ran.set(true);
            });
            run(&mut outer);
            assert!(inner_ran.get());
            assert_eq!(outer.exit_signal(), Some(SIGTERM));
        },
    );
    assert!(status.is_none_or(|status| status.success()), "{status:?}");
}

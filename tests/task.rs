//! Programs around the reactor: the rules of chapter T.

use std::cell::RefCell;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::reactor::{SystemEvent, TriggerPhase};
use deferred_snmp::task::{Exit, react};

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

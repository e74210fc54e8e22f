//! Operations as the work of looping calls, cooperators and triggers: as they are, with their own error.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{SystemEvent, TriggerPhase};
use deferred_snmp::task::{Clock, Cooperator, LoopingCall, TaskError};
use util::agent;
use util::manager::{Pair, settle, turn_until};

const NAME: &str = "1.3.6.1.2.1.1.5.0";
const SECOND: Duration = Duration::from_secs(1);

/// Begins a GET with each call; the name is none after `good` of them.
fn gets(pair: &Pair, good: u64) -> impl FnMut() -> Deferred<Response, SnmpError> + 'static {
    let (engine, target) = (pair.manager.engine.clone(), pair.target.clone());
    let mut made = 0;
    move || {
        made += 1;
        let name = if made > good { "no OID" } else { NAME };
        let auth = CommunityData::new("public");
        get_cmd(&engine, &auth, &target, &ContextData::default(), [name])
    }
}

fn is_oid_error(failure: &Failure) -> bool {
    matches!(
        failure.check(),
        Some(SnmpError::Oid { .. } | SnmpError::Name(_))
    )
}

#[test]
fn a_looping_call_makes_an_operation_each_time_and_ends_with_its_error() {
    let mut pair = Pair::new(agent::tree());
    let clock = Clock::new();
    let looping = LoopingCall::new(&clock, gets(&pair, 2));
    let done = looping.start(SECOND, true);
    for answers in 1..=2 {
        let engine = pair.manager.engine.clone();
        turn_until(&mut pair.manager.reactor, || {
            engine.statistics().responses == answers
        });
        assert!(looping.is_running());
        clock.advance(SECOND).expect("it does not spin");
    }
    assert!(!looping.is_running());
    let failure = settle(&mut pair.manager.reactor, done).expect_err("no name");
    assert!(is_oid_error(&failure), "{failure:?}");
    let wrapped_in = failure.origin().file();
    assert!(wrapped_in.starts_with("src/"), "{wrapped_in}");
}

#[test]
fn a_deferred_in_a_result_is_waited_for() {
    let clock = Clock::new();
    let resolvers = Rc::new(RefCell::new(Vec::new()));
    let list = Rc::clone(&resolvers);
    let looping = LoopingCall::new(&clock, move || {
        let number: u32 = "7".parse()?;
        let (resolver, deferred) = Deferred::<u32>::pair();
        list.borrow_mut().push((resolver, number));
        Ok(deferred)
    });
    let done = looping.start(SECOND, true);
    for _ in 0..3 {
        clock.advance(SECOND).expect("it does not spin");
        assert_eq!(resolvers.borrow().len(), 1, "the first has not ended");
    }
    let (resolver, number) = resolvers.borrow_mut().remove(0);
    resolver.callback(number);
    clock.advance(SECOND).expect("it does not spin");
    let (resolver, _) = resolvers.borrow_mut().remove(0);
    resolver.errback(Failure::message("enough"));
    assert!(!looping.is_running());
    let ended = Rc::new(Cell::new(None));
    let end = Rc::clone(&ended);
    done.add_both(move |result| end.set(result.err()));
    let failure = ended.take().expect("the error of the second");
    assert_eq!(failure.to_string(), "enough");
}

#[test]
fn a_cooperator_takes_operations_one_after_the_other() {
    let mut pair = Pair::new(agent::tree());
    let cooperator = Cooperator::new(&pair.manager.reactor.handle());
    let mut get = gets(&pair, 3);
    let done = cooperator.coiterate((0..3).map(move |_| get()));
    settle(&mut pair.manager.reactor, done).expect("all are answered");
    assert_eq!(pair.manager.engine.statistics().responses, 3);

    let mut get = gets(&pair, 1);
    let done = cooperator.coiterate(std::iter::from_fn(move || Some(get())));
    let error = settle(&mut pair.manager.reactor, done).expect_err("no name");
    assert!(matches!(error, TaskError::Failed(failure) if is_oid_error(&failure)));
}

#[test]
fn shutdown_waits_for_an_operation() {
    let mut pair = Pair::new(agent::tree());
    let reactor = pair.manager.reactor.handle();
    let answered = Rc::new(Cell::new(false));
    let (mut get, seen) = (gets(&pair, 1), answered.clone());
    let (before, shutdown) = (TriggerPhase::Before, SystemEvent::Shutdown);
    reactor.add_system_event_trigger(before, shutdown, move || get().map(move |_| seen.set(true)));
    let stopping = reactor.clone();
    reactor.call_when_running(move || stopping.stop().expect("it runs"));
    pair.manager.reactor.run().expect("it has not run");
    assert!(answered.get());
}

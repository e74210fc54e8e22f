//! System events and their triggers: rules.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::reactor::{Reactor, SystemEvent, TriggerPhase};
use util::loops::{Log, reactor, reports};

use super::stream::*;

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

/// So many that this test would take many times as long if what each one costs grew with their number.
const MANY: usize = 50_000;

#[test]
fn r_030_a_trigger_costs_the_same_among_many() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let count = Rc::new(Cell::new(0));
    let counting = || {
        let count = count.clone();
        move || count.set(count.get() + 1)
    };
    let waits = Rc::new(RefCell::new(None));
    let slot = waits.clone();
    let ids: Vec<_> = (0..MANY)
        .map(|_| {
            handle.call_when_running(counting());
            handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, counting())
        })
        .collect();
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, move || {
        let (resolver, wait) = Deferred::<()>::pair();
        *slot.borrow_mut() = Some(resolver);
        wait
    });
    reactor.turn().expect("a pass");
    assert_eq!(count.get(), MANY);
    handle.stop().expect("running");
    reactor.turn().expect("a pass");
    assert_eq!(count.get(), 2 * MANY);
    // It is too late for each of them, which is no error while the event waits.
    for id in ids.into_iter().rev() {
        handle.remove_system_event_trigger(id).expect("known");
    }
    drop(waits.take());
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

#[test]
fn r_035_a_trigger_of_another_reactor_is_none_of_this_one() {
    let (mut one, other) = (reactor(), reactor());
    let log = Log::default();
    let event = SystemEvent::Named("harvest");
    let add = |reactor: &Reactor, name: &str| {
        let handle = reactor.handle();
        handle.add_system_event_trigger(TriggerPhase::Before, event, log.noting(name))
    };
    let (_own, foreign) = (add(&one, "own"), add(&other, "foreign"));
    let removed = one.handle().remove_system_event_trigger(foreign);
    assert!(removed.is_err(), "it is not pending here");
    one.handle().fire_system_event(event);
    other.handle().fire_system_event(event);
    assert_eq!(log.take(), ["own", "foreign"]);
    // Nor has it run here, where an event still waits.
    let (resolver, wait) = Deferred::<()>::pair();
    one.handle()
        .add_system_event_trigger(TriggerPhase::Before, event, move || wait);
    one.handle().fire_system_event(event);
    let foreign = add(&other, "foreign");
    assert!(one.handle().remove_system_event_trigger(foreign).is_err());
    resolver.callback(());
    one.turn().expect("a pass");
}

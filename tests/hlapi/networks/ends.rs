//! How operations end other than by an answer or by silence, and what may be called meanwhile.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::Interrupt;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::sleep;
use util::agent;

use super::asking::{public, text};
use super::place::{Place, hasty};

const NAME: &str = "1.3.6.1.2.1.1.5.0";
const LONG: Duration = Duration::from_secs(3_600);

fn interrupt<T>(outcome: Result<T, SnmpError>) -> Interrupt {
    match outcome {
        Err(SnmpError::Interrupt(interrupt)) => interrupt,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("an answer"),
    }
}

pub(super) fn a_cancelled_request_and_one_with_a_limit<P: Place>() {
    let mut place = P::new();
    let silent = UdpTransportTarget::from(place.nobody()).timeout(LONG);
    let remote = place.engine().remote(&public(), &silent);
    let get = remote.get([NAME]);
    let cancel = get.cancel_handle();
    place
        .reactor()
        .call_later(Duration::from_millis(5), move || {
            cancel.cancel();
        });
    assert_eq!(interrupt(place.settle(get)), Interrupt::Cancelled);
    let limit = Duration::from_millis(50);
    let get = remote.get([NAME]).add_timeout(limit, &place.reactor());
    assert_eq!(interrupt(place.settle(get)), Interrupt::TimedOut(limit));
}

pub(super) fn an_engine_that_closes_abandons_its_requests<P: Place>() {
    let mut place = P::new();
    let silent = UdpTransportTarget::from(place.nobody()).timeout(LONG);
    let (agent, target) = place.agent(agent::tree());
    let engine = place.engine();
    let get = engine.remote(&public(), &silent).get([NAME]);
    let closing = engine.clone();
    place
        .reactor()
        .call_later(Duration::from_millis(5), move || closing.close());
    assert_eq!(interrupt(place.settle(get)), Interrupt::Abandoned);
    // It opens again what it needs.
    let response = place.succeed(engine.remote(&public(), &target).get([NAME]));
    assert_eq!(text(&response), "example");
    drop(agent);
}

pub(super) fn an_agent_that_was_away<P: Place>() {
    let mut place = P::new();
    let (agent, target) = place.agent(agent::tree());
    let address = target.to_string().parse().unwrap();
    let engine = place.engine();
    let remote = engine.remote(&public(), &target);
    place.succeed(remote.get([NAME]));
    agent.close();
    let away = engine.remote(&public(), &hasty(target));
    let error = place.settle(away.get([NAME])).expect_err("it is away");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(agent.listen_udp(address).unwrap(), address);
    let response = place.succeed(remote.get([NAME]));
    assert_eq!(text(&response), "example");
}

pub(super) fn a_reactor_that_stops_abandons_its_requests<P: Place>() {
    let mut place = P::new();
    let (_agent, target) = place.agent(agent::tree());
    let silent = UdpTransportTarget::from(place.nobody()).timeout(LONG);
    let engine = place.engine();
    let remote = engine.remote(&public(), &target);
    place.succeed(remote.get([NAME]));
    let told = Rc::new(RefCell::new(None));
    let telling = Rc::clone(&told);
    let get = engine.remote(&public(), &silent).get([NAME]);
    get.add_both(move |outcome| {
        telling.replace(Some(interrupt(outcome)));
    });
    place.reactor().stop().expect("it runs");
    place.turn_until(|| told.borrow().is_some());
    assert_eq!(told.take(), Some(Interrupt::Abandoned));
}

/// A program that asks again whatever came of it ends with its reactor nevertheless.
pub(super) fn what_is_asked_once_the_reactor_has_ended_fails<P: Place>() {
    for stops in [true, false] {
        let mut place = P::new();
        let silent = UdpTransportTarget::from(place.nobody()).timeout(LONG);
        let remote = place.engine().remote(&public(), &silent);
        let again = remote.clone();
        let told = Rc::new(RefCell::new(Vec::new()));
        let (telling, at_last) = (Rc::clone(&told), Rc::clone(&told));
        remote
            .get([NAME])
            .add_errback(move |error: SnmpError| {
                telling.borrow_mut().push(error.to_string());
                again.get([NAME])
            })
            .add_errback(move |error: SnmpError| {
                at_last.borrow_mut().push(error.to_string());
                Err(error)
            })
            .add_both(|outcome| assert!(outcome.is_err()));
        let pause = sleep(&place.reactor(), Duration::from_millis(1));
        place.succeed(pause);
        if stops {
            place.reactor().stop().expect("it runs");
            place.turn_until(|| told.borrow().len() == 2);
        }
        drop(place);
        let told = told.take();
        assert_eq!(told.len(), 2, "{told:?}");
    }
}

/// From within `received` and `sent`: other requests, settings, and the end of an engine.
pub(super) fn an_observer_may_call_anything<P: Place>() {
    let mut place = P::new();
    let (agent, target) = place.agent(agent::tree());
    let engine = place.engine();
    let asked = Rc::new(Cell::new(0));
    let answered = Rc::new(Cell::new(0));
    let (asking, answering) = (Rc::clone(&asked), Rc::clone(&answered));
    let (own, remote) = (engine.clone(), engine.remote(&public(), &target));
    let inner = remote.clone();
    engine.observe(move |_| {
        own.set_send_buffer(1 << 16);
        assert!(own.statistics().requests > 0);
        if asking.get() < 5 {
            asking.set(asking.get() + 1);
            let answering = Rc::clone(&answering);
            inner.get([NAME]).add_callback(move |_| {
                answering.set(answering.get() + 1);
            });
        }
    });
    place.succeed(remote.get([NAME]));
    place.turn_until(|| answered.get() == 5);
    // The agent closes with what it hears in its hands.
    let closing = agent.clone();
    agent.observe(move |message| {
        if message.direction() == Direction::Received {
            closing.close();
        }
    });
    let error = place
        .settle(engine.remote(&public(), &hasty(target)).get([NAME]))
        .expect_err("it has closed");
    assert!(error.is_timeout(), "{error}");
}

pub(super) fn a_callback_may_ask_and_close<P: Place>() {
    let mut place = P::new();
    let (_agent, target) = place.agent(agent::tree());
    let engine = place.engine();
    let remote = engine.remote(&public(), &target);
    let again = remote.clone();
    let chain = remote
        .get([NAME])
        .add_callback(move |_| again.next([NAME]))
        .add_callback(move |response| {
            engine.close();
            assert_eq!(text(&response), "rack 12");
            engine.remote(&public(), &target).get([NAME])
        });
    let response = place.succeed(chain);
    assert_eq!(text(&response), "example");
}

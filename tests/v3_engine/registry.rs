//! Who takes what is said of the contexts of other engines, in SNMPv3: see `tests/engine/registry.rs` for the rest.

use deferred_snmp::engine::{
    Context, ContextScope, EngineConfig, ErrorIndication, Event, PduClass, Refusal, Request,
    UsmCredentials,
};
use deferred_snmp::pdu::PduKind;

use crate::pair::{Pair, agent_config, auth_user, both, engine_id, plain_user, request};

/// A GET in a context of the engine of that number, by the agent 7.
fn about(number: u8, context: &str, credentials: UsmCredentials) -> Request {
    request(credentials).context(Context::named(context).at_engine(engine_id(number)))
}

fn refused() -> Result<(), String> {
    Err(ErrorIndication::UnknownPduHandler.to_string())
}

#[test]
fn a_context_of_another_engine_is_served_by_who_has_registered_for_it() {
    for credentials in [
        both(),
        UsmCredentials::new(auth_user("auth")),
        UsmCredentials::new(plain_user("plain")),
    ] {
        let mut pair = Pair::new();
        let device = ContextScope::engine(engine_id(9));
        let id = pair.agent.register(device, &PduClass::REQUESTS).unwrap();
        let east = ContextScope::engine(engine_id(9)).named("east");
        let east = pair.agent.register(east, &[PduClass::Read]).unwrap();
        pair.ask(credentials.clone()).1.unwrap();
        for (context, expected) in [("", id), ("east", east), ("west", id)] {
            let asked = pair.submit_request(about(9, context, credentials.clone()));
            for datagram in pair.asked() {
                pair.give_agent(&datagram);
            }
            let Some(Event::Request(request)) = pair.agent.poll_event() else {
                panic!("no request");
            };
            assert_eq!(request.registration, expected);
            assert_eq!(request.context_engine_id, engine_id(9));
            assert_eq!(&*request.context_name, context.as_bytes());
            let mut pdu = request.pdu;
            pdu.kind = PduKind::Response;
            let now = pair.now();
            assert!(pair.agent.respond(now, request.state, pdu));
            for answer in pair.answered() {
                pair.give_manager(&answer);
            }
            assert_eq!(pair.outcomes(), [(asked, Ok(()))]);
        }
        assert_eq!(pair.agent.statistics().unknown_pdu_handlers, 0);
    }
}

#[test]
fn what_nobody_has_registered_for_is_counted_and_reported() {
    let with = |requests| {
        Pair::with(
            EngineConfig::with_seed(1),
            agent_config(7).requests(requests),
        )
    };
    // Whose context, whether the owner takes requests, and whether it is served.
    for (number, requests, is_served) in [
        (7, true, true),
        (7, false, false),
        (9, true, false),
        (9, false, false),
    ] {
        for credentials in [both(), UsmCredentials::new(plain_user("plain"))] {
            let mut pair = with(requests);
            let (_, outcome) = pair.ask_request(about(number, "", credentials));
            assert_eq!(outcome.is_ok(), is_served, "{number}, {requests}");
            if !is_served {
                assert_eq!(outcome, refused());
            }
            let counted = pair.agent.statistics().unknown_pdu_handlers;
            assert_eq!(counted, u64::from(!is_served));
        }
    }
}

#[test]
fn a_registration_that_has_ended_serves_no_more() {
    let mut pair = Pair::new();
    let device = ContextScope::engine(engine_id(9));
    let id = pair.agent.register(device, &PduClass::REQUESTS).unwrap();
    assert_eq!(pair.ask_request(about(9, "", both())).1, Ok(()));
    let late = pair.submit_request(about(9, "", both()));
    for datagram in pair.asked() {
        pair.give_agent(&datagram);
    }
    assert!(pair.agent.unregister(id));
    // What was received before can still be refused in the same words.
    let Some(Event::Request(request)) = pair.agent.poll_event() else {
        panic!("no request");
    };
    let now = pair.now();
    let refusal = Refusal::UnknownPduHandler;
    assert!(pair.agent.refuse_request(now, request.state, refusal));
    for report in pair.answered() {
        pair.give_manager(&report);
    }
    assert_eq!(pair.outcomes(), [(late, refused())]);
    assert_eq!(pair.ask_request(about(9, "", both())).1, refused());
    assert_eq!(pair.agent.statistics().unknown_pdu_handlers, 2);
}

#[test]
fn who_takes_any_engine_takes_one_with_the_shortest_name_and_with_the_longest() {
    let mut pair = Pair::new();
    let any = ContextScope::any_engine();
    let id = pair.agent.register(any, &PduClass::REQUESTS).unwrap();
    pair.ask(both()).1.unwrap();
    for octets in [&[1][..], &[7; 32]] {
        let engine_id = octets.try_into().unwrap();
        let context = Context::default().at_engine(engine_id);
        pair.submit_request(request(both()).context(context));
        for datagram in pair.asked() {
            pair.give_agent(&datagram);
        }
        let Some(Event::Request(request)) = pair.agent.poll_event() else {
            panic!("no request");
        };
        assert_eq!(
            (request.registration, request.context_engine_id),
            (id, engine_id)
        );
    }
}

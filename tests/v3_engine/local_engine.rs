//! The engine id 8000000006: whichever engine is asked, as the engine of a context; the name of none. RFC 5343.

use deferred_snmp::engine::{
    Context, EngineConfig, Event, Refusal, Request, SubmitError, UsmCredentials,
};
use deferred_snmp::message::{ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{OutgoingMessage, Protection, UserEntry, UserTable};
use deferred_snmp::security::{EngineId, SecurityLevel};
use deferred_snmp::smi::VarBindList;

use crate::pair::{
    Forged, Pair, agent_config, auth_user, decoded, engine_id, of_kind, plain_user, reported,
    request, user,
};

const LOCAL: &[u8] = &[0x80, 0, 0, 0, 6];

fn local(request: Request) -> Request {
    request.context(Context::default().at_engine(EngineId::LOCAL))
}

#[test]
fn it_is_a_name_like_others_to_look_at() {
    assert_eq!(EngineId::LOCAL.octets(), LOCAL);
    assert_eq!(EngineId::LOCAL, "8000000006".parse().unwrap());
}

#[test]
fn every_request_in_its_context_is_served_as_one_in_the_engines_own() {
    for kind in [
        PduKind::GetRequest,
        PduKind::GetNextRequest,
        PduKind::GetBulkRequest,
        PduKind::SetRequest,
    ] {
        let mut pair = Pair::new();
        let mut request = local(request(UsmCredentials::new(auth_user("auth"))));
        request.pdu.kind = kind;
        let id = pair.submit_request(request);
        let mut answers = Vec::new();
        loop {
            let asked = pair.asked();
            if asked.is_empty() {
                break;
            }
            for datagram in asked {
                pair.give_agent(&datagram);
            }
            while let Some(event) = pair.agent.poll_event() {
                let Event::Request(request) = event else {
                    panic!("{event:?}");
                };
                assert_eq!(request.context_engine_id, engine_id(7), "{kind}");
                assert!(request.context_name.is_empty());
                let pdu = Pdu {
                    kind: PduKind::Response,
                    ..request.pdu
                };
                let now = pair.now();
                assert!(pair.agent.respond(now, request.state, pdu));
            }
            for answer in pair.answered() {
                pair.give_manager(&answer);
                answers.push(answer);
            }
        }
        assert_eq!(pair.outcomes(), [(id, Ok(()))], "{kind}");
        // The answer names the context as the request did.
        let last = answers.last().unwrap();
        let message = V3Message::decode(last).unwrap();
        let ScopedPduData::Plaintext(data) = message.data else {
            panic!("encrypted: {message}");
        };
        let scoped_pdu = ScopedPdu::decode_padded(data, 0).unwrap();
        assert_eq!(scoped_pdu.context_engine_id, LOCAL, "{kind}");
        assert_eq!(decoded(last).1.engine_id, engine_id(7).octets());
    }
}

#[test]
fn an_inform_in_its_context_is_taken_as_one_of_the_engines_own() {
    let mut pair = Pair::with(
        EngineConfig::with_seed(1),
        agent_config(7).notifications(true),
    );
    pair.ask(crate::pair::both()).1.unwrap();
    pair.submit_request(local(of_kind(PduKind::InformRequest)));
    let mut taken = None;
    while taken.is_none() {
        let asked = pair.asked();
        assert!(!asked.is_empty());
        for datagram in asked {
            pair.give_agent(&datagram);
        }
        taken = match pair.agent.poll_event() {
            // The question whether the engine knows the user.
            Some(Event::Request(request)) => {
                let pdu = Pdu {
                    kind: PduKind::Response,
                    ..request.pdu
                };
                let now = pair.now();
                pair.agent.respond(now, request.state, pdu);
                None
            }
            Some(Event::Notification(notification)) => Some(notification),
            other => panic!("{other:?}"),
        };
        for answer in pair.answered() {
            pair.give_manager(&answer);
        }
    }
    assert_eq!(taken.unwrap().context_engine_id, Some(engine_id(7)));
}

#[test]
fn a_report_about_a_request_in_its_context_names_the_engine_itself() {
    let mut pair = Pair::new();
    let credentials = || UsmCredentials::new(auth_user("auth"));
    pair.ask(credentials()).1.unwrap();
    let id = pair.submit_request(local(request(credentials())));
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    let Some(Event::Request(request)) = pair.agent.poll_event() else {
        panic!("no request");
    };
    let now = pair.now();
    let refusal = Refusal::UnknownContext;
    assert!(pair.agent.refuse_request(now, request.state, refusal));
    let report = pair.answered().remove(0);
    let message = V3Message::decode(&report).unwrap();
    let ScopedPduData::Plaintext(data) = message.data else {
        panic!("encrypted: {message}");
    };
    let scoped_pdu = ScopedPdu::decode_padded(data, 0).unwrap();
    assert_eq!(scoped_pdu.pdu.kind, PduKind::Report);
    assert_eq!(scoped_pdu.context_engine_id, engine_id(7).octets());
    pair.give_manager(&report);
    let expected = Err("SNMP context not found".to_owned());
    assert_eq!(pair.outcomes(), [(id, expected)]);
}

#[test]
fn an_answer_that_names_the_engine_itself_is_taken() {
    let mut pair = Pair::new();
    pair.ask(crate::pair::both()).1.unwrap();
    let id = pair.submit_request(local(request(crate::pair::both())));
    let asked = pair.asked().remove(0);
    let keys = user("both").localize(&engine_id(7)).unwrap();
    let answer = Forged::answer(&asked).seal(&keys, SecurityLevel::AuthPriv);
    pair.give_manager(&answer);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
}

/// A message in its authority.
fn in_its_authority(kind: PduKind, user_name: &[u8]) -> Vec<u8> {
    let pdu = Pdu::new(kind, 9, VarBindList::new());
    let mut out = Vec::new();
    OutgoingMessage {
        message_id: 9,
        max_size: 65_507,
        reportable: kind.is_confirmed(),
        engine_id: LOCAL,
        boots: 0,
        time: 0,
        user_name,
        scoped_pdu: ScopedPdu {
            context_engine_id: LOCAL,
            context_name: b"",
            pdu: pdu.as_ref(),
        },
    }
    .encode(Protection::NoAuthNoPriv, &mut out);
    out
}

#[test]
fn nothing_is_taken_in_its_authority() {
    let mut users = UserTable::default();
    let entry = UserEntry::new(plain_user("plain"));
    users.insert(entry.clone()).unwrap();
    users.insert(entry.clone().at_any_engine()).unwrap();
    users.insert(entry.at_engine(EngineId::LOCAL)).unwrap();
    let agent = agent_config(7).users(users).notifications(true);
    let mut pair = Pair::with(EngineConfig::with_seed(1), agent);
    for kind in [PduKind::GetRequest, PduKind::InformRequest, PduKind::TrapV2] {
        let before = pair.agent.statistics().unknown_engine_ids;
        pair.give_agent(&in_its_authority(kind, b"plain"));
        assert!(pair.agent.poll_event().is_none(), "{kind}");
        assert_eq!(
            pair.agent.statistics().unknown_engine_ids,
            before + 1,
            "{kind}"
        );
        for report in pair.answered() {
            assert_eq!(reported(&report).0, "1.3.6.1.6.3.15.1.1.4.0");
            assert_eq!(decoded(&report).1.engine_id, engine_id(7).octets());
        }
    }
}

#[test]
fn no_engine_is_believed_to_have_it_for_a_name() {
    let mut pair = Pair::new();
    let id = pair.submit(crate::pair::both());
    let question = pair.asked().remove(0);
    let mut report = Forged::report(&question, oid!(1.3.6.1.6.3.15.1.1.4.0));
    report.engine_id = LOCAL;
    pair.give_manager(&report.plain());
    assert!(pair.asked().is_empty(), "no request goes to such an engine");
    pair.give_agent(&question);
    let answer = pair.answered().remove(0);
    pair.give_manager(&answer);
    // Nor does a report to the request make it the engine's name.
    let asked = pair.asked().remove(0);
    let mut report = Forged::report(&asked, oid!(1.3.6.1.6.3.15.1.1.4.0));
    report.engine_id = LOCAL;
    pair.give_manager(&report.plain());
    let named = |datagram: &Vec<u8>| decoded(datagram).1.engine_id == LOCAL;
    let asked = pair.asked();
    assert!(!asked.iter().any(named));
    for datagram in asked {
        pair.exchange(&datagram);
    }
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
}

#[test]
fn it_can_be_given_to_no_engine() {
    let config = EngineConfig::with_seed(1);
    #[cfg(feature = "log")]
    {
        let (_, records) = util::records::during(|| agent_config(7).engine_id(EngineId::LOCAL));
        let expected = "warn: the engine id 8000000006 is refused: it is the name of no engine";
        assert_eq!(records, [expected]);
    }
    let mut pair = Pair::with(config.engine_id(EngineId::LOCAL), agent_config(7));
    assert_ne!(pair.manager.engine_id(), EngineId::LOCAL);
    let credentials = UsmCredentials::new(user("both")).at_engine(EngineId::LOCAL);
    let now = pair.now();
    let refused = pair.manager.submit(now, request(credentials));
    assert_eq!(refused, Err(SubmitError::LocalEngineId));
}

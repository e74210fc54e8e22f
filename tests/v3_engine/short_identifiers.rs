//! MsgIDs for agents that keep 16 bits of them, and what these cost.

use std::collections::HashSet;
use std::time::Duration;

use deferred_snmp::engine::{Endpoint, EngineConfig, Peer, Request};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::SecurityLevel;

use crate::pair::{
    Forged, Pair, agent_config, both, decoded, engine_id, is_question, of_kind, request, user,
};

fn short() -> EngineConfig {
    EngineConfig::with_seed(3).short_identifiers(true)
}

#[test]
fn questions_probes_requests_and_informs_have_short_ones() {
    let mut questions = 0;
    for kind in [
        PduKind::GetRequest,
        PduKind::SetRequest,
        PduKind::InformRequest,
    ] {
        for _ in 0..10 {
            let agent = agent_config(7).notifications(true);
            let mut pair = Pair::with(short(), agent);
            pair.submit_request(of_kind(kind));
            let mut numbers = HashSet::new();
            loop {
                let asked = pair.asked();
                if asked.is_empty() {
                    break;
                }
                for datagram in asked {
                    let number = decoded(&datagram).0.message_id;
                    assert!((0..=0x7fff).contains(&number), "{kind}: {number}");
                    assert!(numbers.insert(number), "{number} came twice");
                    questions += usize::from(is_question(&datagram));
                    pair.give_agent(&datagram);
                }
                if kind != PduKind::InformRequest {
                    pair.serve();
                }
                for answer in pair.answered() {
                    pair.give_manager(&answer);
                }
            }
            assert!(numbers.len() >= 2, "{kind}: a question and a request");
        }
    }
    assert_eq!(questions, 30);
}

#[test]
fn questions_to_many_silent_agents_use_up_no_numbers() {
    let mut pair = Pair::with(short(), agent_config(7));
    for number in 0..40_000_u32 {
        let address = std::net::Ipv4Addr::from(0x0a00_0000 + number);
        let peer = Peer::udp(Endpoint(0), (address, 161).into());
        let mut request: Request = request(both()).patience(Duration::from_secs(1), 0);
        request.peer = peer;
        let id = pair.submit_request(request);
        let asked = pair.asked();
        assert_eq!(asked.len(), 1, "{number}: the question is sent");
        let now = pair.now();
        assert!(pair.manager.cancel(now, id));
    }
}

#[test]
fn ten_thousand_requests_to_as_many_engines_ask_each_under_its_own_number() {
    let mut pair = Pair::with(short(), agent_config(7));
    for number in 0..10_000_u32 {
        let address = std::net::Ipv4Addr::from(0x0a00_0000 + number);
        let mut request: Request = request(both());
        request.peer = Peer::udp(Endpoint(0), (address, 161).into());
        pair.submit_request(request);
    }
    let asked = pair.asked();
    let numbers: HashSet<_> = asked.iter().map(|it| decoded(it).0.message_id).collect();
    assert_eq!((asked.len(), numbers.len()), (10_000, 10_000));
}

#[test]
fn an_agent_that_restarts_is_followed_forward_only() {
    for (boots, is_followed) in [(11, true), (10, false), (9, false)] {
        let mut pair = Pair::with(short(), agent_config(7).boots(10));
        pair.ask(both()).1.unwrap();
        pair.pass(3_600_000);
        assert_eq!(pair.ask(both()), (1, Ok(())));
        pair.replace_agent(agent_config(7).boots(boots));
        let id = pair.submit(both());
        let outcome = pair.finish(id);
        match is_followed {
            true => assert_eq!(outcome, Ok(())),
            false => {
                let expected = "SNMP message timing parameters not in windows of trust";
                assert_eq!(outcome, Err(expected.into()), "boots {boots}");
            }
        }
    }
}

#[test]
fn an_old_answer_that_bears_the_number_of_a_new_request_is_not_taken() {
    let mut pair = Pair::with(short(), agent_config(7));
    pair.ask(both()).1.unwrap();
    pair.pass(600_000);
    pair.ask(both()).1.unwrap();
    pair.submit(both());
    let asked = pair.asked().remove(0);
    // As an answer of ten minutes ago to a request under the same number.
    let keys = user("both").localize(&engine_id(7)).unwrap();
    let old = Forged::answer(&asked).seal(&keys, SecurityLevel::AuthPriv);
    pair.give_manager(&old);
    assert!(pair.outcomes().is_empty());
    assert_eq!(pair.manager.statistics().stale_messages, 1);
    // The same for a report that would turn the clock back.
    let mut report = Forged::report(&asked, oid!(1.3.6.1.6.3.15.1.1.2.0));
    report.user_name = "both";
    pair.give_manager(&report.seal(&keys, SecurityLevel::AuthNoPriv));
    assert_eq!(pair.manager.statistics().stale_messages, 2);
    pair.exchange(&asked);
    assert_eq!(pair.outcomes().len(), 1, "the right answer is still taken");
}

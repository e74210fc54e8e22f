//! Messages that are forged, changed, shortened, repeated or withheld never give a wrong answer and
//! never end a request in a user's name.

use deferred_snmp::engine::{EngineConfig, Event, UsmCredentials};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::SecurityLevel;

use crate::pair::{Forged, Pair, agent_config, auth_user, decoded, engine_id, plain_user, user};

/// A request that is under way in a pair that know each other, and its answer.
fn under_way(credentials: &UsmCredentials) -> (Pair, Vec<u8>, Vec<u8>) {
    let mut pair = Pair::new();
    pair.ask(credentials.clone()).1.unwrap();
    pair.submit(credentials.clone());
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    pair.serve();
    let answer = pair.answered().remove(0);
    (pair, asked, answer)
}

fn protected() -> [UsmCredentials; 2] {
    [
        UsmCredentials::new(auth_user("auth")),
        UsmCredentials::new(user("both")),
    ]
}

#[test]
fn an_answer_with_any_bit_changed_is_no_answer() {
    for credentials in protected() {
        let (mut pair, _, answer) = under_way(&credentials);
        for at in 0..answer.len() {
            for bit in 0..8 {
                let mut changed = answer.clone();
                changed[at] ^= 1 << bit;
                pair.give_manager(&changed);
                let outcomes = pair.outcomes();
                assert!(outcomes.is_empty(), "octet {at} bit {bit}: {outcomes:?}");
            }
        }
        assert!(pair.manager.statistics().wrong_digests > 100);
        pair.give_manager(&answer);
        assert!(
            pair.outcomes()[0].1.is_ok(),
            "the right one is still waited for"
        );
    }
}

#[test]
fn an_answer_cut_short_or_made_longer_is_no_answer() {
    for credentials in protected() {
        let (mut pair, _, answer) = under_way(&credentials);
        for len in 0..answer.len() {
            pair.give_manager(&answer[..len]);
        }
        pair.give_manager(&[&answer[..], &[0]].concat());
        assert!(pair.outcomes().is_empty());
        pair.give_manager(&answer);
        assert!(pair.outcomes()[0].1.is_ok());
    }
}

#[test]
fn a_request_with_any_bit_changed_is_not_served_in_the_users_name() {
    for credentials in protected() {
        let (mut pair, asked, _) = under_way(&credentials);
        for at in 0..asked.len() {
            for bit in 0..8 {
                let mut changed = asked.clone();
                changed[at] ^= 1 << bit;
                pair.give_agent(&changed);
                // Without the authFlag it claims nothing, and access control is told so.
                match pair.agent.poll_event() {
                    None => {}
                    Some(Event::Request(request)) => {
                        assert_eq!(request.security_level, SecurityLevel::NoAuthNoPriv);
                        pair.agent.discard(request.state);
                    }
                    Some(other) => panic!("octet {at} bit {bit}: {other:?}"),
                }
                drop(pair.answered());
            }
        }
    }
}

#[test]
fn the_answer_to_an_earlier_request_is_no_answer() {
    for credentials in protected() {
        let (mut pair, _, answer) = under_way(&credentials);
        pair.give_manager(&answer);
        pair.outcomes();
        pair.submit(credentials);
        let asked = pair.asked().remove(0);
        pair.give_manager(&answer);
        assert_eq!(pair.manager.statistics().duplicate_responses, 1);
        // Under the number of the new request, the digest is wrong.
        let mut renumbered = answer.clone();
        let (old, new) = (decoded(&answer).0.message_id, decoded(&asked).0.message_id);
        let at = answer.windows(4).position(|w| w == old.to_be_bytes());
        if let Some(at) = at.filter(|_| new.to_be_bytes()[0] > 0) {
            renumbered[at..at + 4].copy_from_slice(&new.to_be_bytes());
            pair.give_manager(&renumbered);
            assert_eq!(pair.manager.statistics().wrong_digests, 1);
        }
        assert!(pair.outcomes().is_empty());
    }
}

#[test]
fn an_answer_that_was_withheld_for_too_long_is_no_answer() {
    // The request waits for 300 seconds, and the agent's clock is followed meanwhile.
    let credentials = UsmCredentials::new(user("both"));
    let mut pair = Pair::new();
    pair.ask(credentials.clone()).1.unwrap();
    let patience = std::time::Duration::from_secs(1000);
    let request = crate::pair::request(credentials.clone()).patience(patience, 0);
    let id = pair.submit_request(request);
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    pair.serve();
    let answer = pair.answered().remove(0);
    pair.pass(300_000);
    pair.ask(credentials).1.unwrap();
    pair.give_manager(&answer);
    assert_eq!(pair.manager.statistics().stale_messages, 1);
    assert!(pair.outcomes().is_empty());
    pair.pass(700_000);
    let (of, outcome) = pair.outcomes().remove(0);
    assert_eq!(of, id);
    let words = outcome.unwrap_err();
    let expected =
        "too old to be believed: boots 1 and time 0, where the engine is at boots 1 and time 300";
    assert!(words.ends_with(expected), "{words}");
}

#[test]
fn an_answer_at_a_lower_level_or_in_another_name_is_no_answer() {
    let (mut pair, asked, answer) = under_way(&UsmCredentials::new(user("both")));
    let (header, _) = decoded(&asked);
    let get = util::rig::get_pdu(Vec::new());
    let forged = |user_name, pdu_id, context_name| {
        let mut pdu = get.clone();
        pdu.kind = PduKind::Response;
        pdu.request_id = pdu_id;
        Forged {
            message_id: header.message_id,
            engine_id: b"\x80\0\x4f\xb8\x05\x07\x07\x07\x07\x07\x07\x07\x07",
            clock: (1, 0),
            user_name,
            pdu,
            context_name,
        }
    };
    let id = header.message_id;
    let keys = user("both").localize(&engine_id(7)).unwrap();
    let (none, auth, both) = (
        SecurityLevel::NoAuthNoPriv,
        SecurityLevel::AuthNoPriv,
        SecurityLevel::AuthPriv,
    );
    let strange = [
        forged("both", id, "").seal(&keys, none),
        forged("both", id, "").seal(&keys, auth),
        forged("plain", id, "").seal(&keys, none),
        forged("auth", id, "").seal(&keys, both),
        forged("both", id ^ 1, "").seal(&keys, both),
        forged("both", id, "elsewhere").seal(&keys, both),
    ];
    for (number, datagram) in strange.iter().enumerate() {
        pair.give_manager(datagram);
        assert!(pair.outcomes().is_empty(), "{number}");
    }
    let counted = pair.manager.statistics().mismatched_responses;
    assert_eq!(counted, strange.len() as u64);
    pair.give_manager(&answer);
    assert!(pair.outcomes()[0].1.is_ok());
}

#[test]
fn a_forged_report_about_the_time_costs_a_repeat_and_no_more() {
    let (mut pair, asked, _) = under_way(&UsmCredentials::new(user("both")));
    let mut report = Forged::report(&asked, oid!(1.3.6.1.6.3.15.1.1.2.0));
    report.clock = (999, 999_999);
    pair.give_manager(&report.plain());
    let repeated = pair.asked().remove(0);
    assert_eq!(decoded(&repeated).1.boots, 999);
    // A second one does nothing more in this try, nor does one that names a time within the window.
    for clock in [(1_000, 999_999), (1, 10)] {
        let mut report = Forged::report(&repeated, oid!(1.3.6.1.6.3.15.1.1.2.0));
        report.clock = clock;
        pair.give_manager(&report.plain());
        assert!(pair.asked().is_empty());
    }
    pair.give_agent(&repeated);
    for datagram in pair.answered() {
        pair.give_manager(&datagram);
    }
    // The clock that was proven has not moved.
    assert_eq!(pair.run(), 1);
    assert!(pair.outcomes()[0].1.is_ok());
    assert_eq!(pair.ask(UsmCredentials::new(user("both"))), (1, Ok(())));
}

#[test]
fn a_forged_clock_in_the_discovery_costs_a_round_trip_and_no_more() {
    let mut pair = Pair::new();
    let id = pair.submit(UsmCredentials::new(user("both")));
    let question = pair.asked().remove(0);
    let mut report = Forged::report(&question, oid!(1.3.6.1.6.3.15.1.1.4.0));
    report.clock = (2_000_000_000, 2_000_000_000);
    pair.give_manager(&report.plain());
    assert_eq!(pair.run(), 2);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
    assert_eq!(pair.ask(UsmCredentials::new(user("both"))), (1, Ok(())));
}

#[test]
fn a_request_that_is_repeated_later_is_not_served() {
    let (mut pair, asked, _) = under_way(&UsmCredentials::new(user("both")));
    pair.pass(150_000);
    pair.give_agent(&asked);
    pair.serve();
    assert_eq!(pair.answered().len(), 1, "within the window it is");
    assert_eq!(pair.agent.statistics().not_in_time_windows, 0);
    pair.pass(1_000);
    pair.give_agent(&asked);
    assert!(pair.agent.poll_event().is_none());
    assert_eq!(pair.agent.statistics().not_in_time_windows, 1);
    // Nor after a restart.
    pair.replace_agent(agent_config(7).boots(2));
    pair.give_agent(&asked);
    assert!(pair.agent.poll_event().is_none());
    assert_eq!(pair.agent.statistics().not_in_time_windows, 1);
}

#[test]
fn answers_from_elsewhere_are_not_taken() {
    for credentials in [
        UsmCredentials::new(plain_user("plain")),
        UsmCredentials::new(user("both")),
    ] {
        let (mut pair, _, answer) = under_way(&credentials);
        let now = pair.now();
        let stranger = util::rig::agent(200);
        pair.manager.handle_message(now, &stranger, &answer);
        assert!(pair.outcomes().is_empty());
        assert_eq!(pair.manager.statistics().foreign_responses, 1);
    }
    // Nor is the answer to a discovery.
    let mut pair = Pair::new();
    pair.submit(UsmCredentials::new(user("both")));
    let question = pair.asked().remove(0);
    pair.give_agent(&question);
    let report = pair.answered().remove(0);
    let now = pair.now();
    let stranger = util::rig::agent(200);
    pair.manager.handle_message(now, &stranger, &report);
    assert!(pair.asked().is_empty());
    assert_eq!(pair.manager.statistics().foreign_responses, 1);
}

#[test]
fn from_anywhere_is_an_option() {
    let manager = EngineConfig::with_seed(1).accept_any_source(true);
    let mut pair = Pair::with(manager, agent_config(7));
    let id = pair.submit(UsmCredentials::new(user("both")));
    let elsewhere = util::rig::agent(200);
    for _ in 0..2 {
        for datagram in pair.asked() {
            pair.give_agent(&datagram);
        }
        pair.serve();
        let now = pair.now();
        for datagram in pair.answered() {
            pair.manager.handle_message(now, &elsewhere, &datagram);
        }
    }
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
}

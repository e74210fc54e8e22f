//! What somebody between manager and agent tries, and what a manager meets that has many users, no retries or
//! all the time of the world.

use std::time::Duration;

use deferred_snmp::engine::{EngineConfig, Event, UsmCredentials};
use deferred_snmp::message::{MessageFlags, ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::SecurityLevel;
use deferred_snmp::security::usm::{UserEntry, UserTable};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

use crate::pair::{
    Forged, Pair, agent_config, agent_peer, auth_user, both, decoded, engine_id, is_question,
    of_kind, other_engine, plain_user, request, user,
};

const NOT_IN_TIME_WINDOWS: ObjectIdentifier = oid!(1.3.6.1.6.3.15.1.1.2.0);
const WRONG_DIGESTS: ObjectIdentifier = oid!(1.3.6.1.6.3.15.1.1.5.0);
const UNKNOWN_ENGINE_IDS: ObjectIdentifier = oid!(1.3.6.1.6.3.15.1.1.4.0);

#[test]
fn a_request_that_comes_back_proves_no_clock() {
    // Somebody names a future clock, which a GET goes by (or the empty one before a SET), and gives that
    // message back. Its digest is right: both sides have the same key.
    let future = (12, 5_000);
    for kind in [PduKind::GetRequest, PduKind::SetRequest] {
        let mut pair = Pair::with(EngineConfig::with_seed(1), agent_config(7).boots(10));
        pair.submit_request(of_kind(kind));
        let mut asked = pair.asked().remove(0);
        while decoded(&asked).1.boots != future.0 {
            let counter = match is_question(&asked) {
                true => UNKNOWN_ENGINE_IDS,
                false => NOT_IN_TIME_WINDOWS,
            };
            let mut report = Forged::report(&asked, counter);
            report.clock = future;
            pair.give_manager(&report.plain());
            asked = pair.asked().remove(0);
        }
        pair.give_manager(&asked);
        assert_eq!(pair.outcomes(), []);
        assert_eq!(pair.manager.statistics().mismatched_responses, 1);
        pair.submit_request(of_kind(PduKind::SetRequest));
        let asked = pair.asked().remove(0);
        assert_eq!(decoded(&asked).1.boots, 0, "{kind}");
    }
}

#[test]
fn an_engine_asks_itself_through_one_port() {
    let mut pair = Pair::with(agent_config(7), agent_config(8));
    let id = pair.submit(both());
    for _ in 0..10 {
        for datagram in pair.asked() {
            pair.give_manager(&datagram);
        }
        match pair.manager.poll_event() {
            Some(Event::Request(request)) => {
                let mut pdu = request.pdu;
                pdu.kind = PduKind::Response;
                let now = pair.now();
                pair.manager.respond(now, request.state, pdu);
            }
            Some(Event::Response { id: of, .. }) => return assert_eq!(of, id),
            None => {}
            other => panic!("{other:?}"),
        }
    }
    panic!("not answered");
}

#[test]
fn more_users_than_keys_are_kept_for_are_answered_all_at_once() {
    let users: Vec<_> = (0..200).map(|n| auth_user(&format!("user {n}"))).collect();
    let mut table = UserTable::default();
    for user in &users {
        table.insert(UserEntry::new(user.clone())).unwrap();
    }
    let manager = EngineConfig::with_seed(1).window(200);
    let mut pair = Pair::with(manager, agent_config(7).users(table));
    pair.ask(UsmCredentials::new(users[0].clone())).1.unwrap();
    for user in users {
        pair.submit(UsmCredentials::new(user));
    }
    assert_eq!(pair.run(), 1);
    let outcomes = pair.outcomes();
    assert_eq!(outcomes.len(), 200);
    assert!(outcomes.iter().all(|(_, outcome)| outcome.is_ok()));
}

#[test]
fn an_answer_without_a_digest_does_not_say_how_long_signed_requests_may_be() {
    for is_proven in [false, true] {
        let mut pair = Pair::new();
        if is_proven {
            pair.ask(both()).1.unwrap();
        }
        let id = pair.submit(UsmCredentials::new(plain_user("plain")));
        let mut asked = pair.asked().remove(0);
        if is_question(&asked) {
            pair.give_agent(&asked);
            let report = pair.answered().remove(0);
            pair.give_manager(&report);
            asked = pair.asked().remove(0);
        }
        let mut answer = Forged::answer(&asked);
        answer.user_name = "plain";
        let mut answer = answer.plain();
        // msgMaxSize 65507 becomes 484.
        let max_size = |octets: &[u8]| octets == [0, 0xff, 0xe3];
        let at = answer.windows(3).position(max_size).unwrap();
        answer[at..at + 3].copy_from_slice(&[0, 1, 0xe4]);
        pair.give_manager(&answer);
        assert_eq!(pair.outcomes(), [(id, Ok(()))]);
        let long = || {
            let mut long = request(both());
            long.pdu.var_binds = VarBindList::new();
            for number in 0..100 {
                let name = oid!(1.3.6.1.4.1.32473).extend([number, 0]).unwrap();
                long.pdu.var_binds.push(name.as_ref(), ValueRef::Null);
            }
            long
        };
        if !is_proven {
            // Nothing better is known: one request fails, and the next one tells.
            let (_, outcome) = pair.ask_request(long());
            assert!(outcome.unwrap_err().ends_with("at most 484 are taken"));
        }
        assert_eq!(pair.ask_request(long()).1, Ok(()), "{is_proven}");
    }
}

#[test]
fn without_retries_the_request_after_a_time_out_finds_the_engine_again() {
    // It has restarted, has lost its boots, or another one has its address; all are silent about what they
    // do not take.
    let changed = Err(other_engine(7, 8));
    for (number, boots, outcome) in [(7, 11, Ok(())), (7, 1, Ok(())), (8, 1, changed)] {
        for kind in [PduKind::GetRequest, PduKind::SetRequest] {
            let mut pair = Pair::with(EngineConfig::with_seed(1), agent_config(7).boots(10));
            let one = || of_kind(kind).patience(Duration::from_secs(1), 0);
            pair.ask_request(one()).1.unwrap();
            pair.pass(400_000);
            pair.replace_agent(agent_config(number).boots(boots));
            pair.pass(10_000);
            let mut outcomes = Vec::new();
            for _ in 0..3 {
                pair.submit_request(one());
                let asked = run_silently(&mut pair);
                assert!(asked <= 4, "{asked} messages");
                pair.pass(1_000);
                outcomes.extend(pair.outcomes().into_iter().map(|(_, outcome)| outcome));
            }
            assert_eq!(outcomes.len(), 3);
            let words = outcomes[0].clone().unwrap_err();
            assert!(words.starts_with("No SNMP response received"), "{words}");
            assert_eq!(outcomes[1], outcome, "{kind} {number} {boots}");
            assert_eq!(outcomes[2], outcome, "{kind} {number} {boots}");
        }
    }
}

/// Takes messages on, less the reports to anything but the question for a name. Gives the number of those to
/// the agent.
fn run_silently(pair: &mut Pair) -> usize {
    let mut messages = 0;
    loop {
        let asked = pair.asked();
        if asked.is_empty() {
            return messages;
        }
        for datagram in asked {
            messages += 1;
            pair.give_agent(&datagram);
            pair.serve();
            for answer in pair.answered() {
                let is_answer = decoded(&answer).0.flags == MessageFlags::AUTH_PRIV;
                if is_answer || is_question(&datagram) {
                    pair.give_manager(&answer);
                }
            }
        }
    }
}

#[test]
fn forged_reports_about_the_time_end_no_request_whose_answers_are_lost() {
    let mut pair = Pair::with(EngineConfig::with_seed(1), agent_config(7).boots(10));
    pair.ask(both()).1.unwrap();
    let id = pair.submit(both());
    for _ in 0..6 {
        assert_eq!(pair.outcomes(), []);
        let asked = pair.asked();
        let asked = asked.iter().find(|datagram| !is_question(datagram));
        let mut report = Forged::report(asked.unwrap(), NOT_IN_TIME_WINDOWS);
        report.clock = (12, 77);
        pair.give_manager(&report.plain());
        // The agent says that it is not so late; its answer to what comes then is lost.
        for _ in 0..2 {
            for asked in pair.asked() {
                pair.give_agent(&asked);
            }
            while let Some(Event::Request(request)) = pair.agent.poll_event() {
                pair.agent.discard(request.state);
            }
            for report in pair.answered() {
                pair.give_manager(&report);
            }
        }
        pair.pass(1_000);
    }
    let outcomes = pair.outcomes();
    assert!(matches!(outcomes[..], [(of, Err(_))] if of == id));
}

#[test]
fn a_patience_beyond_all_measure_asks_for_the_name_once() {
    let patiences = [
        Duration::MAX,
        Duration::from_secs(u64::MAX / 2),
        Duration::from_secs(1 << 60),
    ];
    for patience in patiences {
        let mut pair = Pair::new();
        let mut asked = request(both()).patience(patience, 3);
        asked.peer = agent_peer();
        pair.submit_request(asked);
        assert_eq!(pair.asked().len(), 1);
        assert!(pair.manager.next_deadline().unwrap() > pair.now());
        pair.pass(0);
        pair.pass(1_000_000);
        assert!(pair.asked().is_empty());
        assert_eq!(pair.outcomes(), []);
    }
}

#[test]
fn a_forged_report_does_not_have_a_set_carried_out_twice() {
    // To a user who has been answered, and to one of an engine that another user has proven.
    let auth = || UsmCredentials::new(auth_user("auth"));
    for counter in [NOT_IN_TIME_WINDOWS, WRONG_DIGESTS, UNKNOWN_ENGINE_IDS] {
        for credentials in [both(), auth()] {
            let mut pair = Pair::with(EngineConfig::with_seed(1), agent_config(7).boots(10));
            pair.ask(both()).1.unwrap();
            let mut set = request(credentials);
            set.pdu.kind = PduKind::SetRequest;
            let id = pair.submit_request(set);
            let mut carried_out = 0;
            while let Some(asked) = pair.asked().pop() {
                // Somebody is faster than the agent each time.
                let mut report = Forged::report(&asked, counter.clone());
                report.clock = (12, 77);
                pair.give_manager(&report.plain());
                pair.give_agent(&asked);
                while let Some(Event::Request(request)) = pair.agent.poll_event() {
                    carried_out += u32::from(request.pdu.kind == PduKind::SetRequest);
                    let mut pdu = request.pdu;
                    pdu.kind = PduKind::Response;
                    pair.agent.respond(pair.now(), request.state, pdu);
                }
                for answer in pair.answered() {
                    pair.give_manager(&answer);
                }
            }
            assert_eq!(pair.outcomes(), [(id, Ok(()))], "{counter}");
            assert_eq!(carried_out, 1, "{counter}");
        }
    }
}

#[test]
fn a_set_is_not_sent_again_on_the_word_of_a_report_before_its_user_was_answered() {
    let mut pair = Pair::with(EngineConfig::with_seed(1), agent_config(7).boots(10));
    pair.ask(both()).1.unwrap();
    let mut set = request(UsmCredentials::new(auth_user("auth")));
    set.pdu.kind = PduKind::SetRequest;
    let id = pair.submit_request(set);
    // The request is damaged on its way, and reported about; what asks for the user is as well.
    let kinds = [
        PduKind::SetRequest,
        PduKind::GetRequest,
        PduKind::GetRequest,
    ];
    for (number, kind) in kinds.into_iter().enumerate() {
        let mut asked = pair.asked().remove(0);
        assert_eq!(kind_in_the_clear(&asked), kind, "{number}");
        if number < 2 {
            *asked.last_mut().unwrap() ^= 1;
        }
        pair.exchange(&asked);
    }
    assert_eq!(pair.run(), 1);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
}

fn kind_in_the_clear(datagram: &[u8]) -> PduKind {
    let message = V3Message::decode(datagram).unwrap();
    let ScopedPduData::Plaintext(data) = message.data else {
        panic!("encrypted: {message}");
    };
    ScopedPdu::decode_padded(data, 0).unwrap().pdu.kind
}

#[test]
fn a_message_by_a_claimed_clock_that_could_not_be_sent_goes_by_it_later() {
    let mut pair = Pair::with(EngineConfig::with_seed(1), agent_config(7).boots(10));
    pair.ask(both()).1.unwrap();
    pair.submit(both());
    let asked = pair.asked().remove(0);
    let mut report = Forged::report(&asked, NOT_IN_TIME_WINDOWS);
    report.clock = (12, 77);
    pair.give_manager(&report.plain());
    let (now, mut message) = (pair.now(), Vec::new());
    let transmit = pair.manager.poll_transmit(now, &mut message).unwrap();
    assert_eq!(decoded(&message).1.boots, 12);
    pair.manager.take_back(now, &transmit, &message);
    pair.manager.unblock(agent_peer().endpoint);
    let asked = pair.asked().remove(0);
    assert_eq!(decoded(&asked).1.boots, 12);
}

#[test]
fn reports_in_one_try_are_believed_and_those_of_several_only_told_at_the_end() {
    for (in_each, tries) in [(3, 1), (2, 6), (1, 6)] {
        let mut pair = Pair::new();
        let start = pair.now();
        let id = pair.submit(both());
        let question = pair.asked().remove(0);
        pair.give_agent(&question);
        let report = pair.answered().remove(0);
        pair.give_manager(&report);
        let mut outcomes = Vec::new();
        while outcomes.is_empty() {
            for _ in 0..in_each {
                let asked = pair.asked();
                let asked = asked.iter().find(|datagram| !is_question(datagram));
                pair.give_manager(&Forged::report(asked.unwrap(), WRONG_DIGESTS).plain());
            }
            pair.asked();
            pair.pass(1_000);
            outcomes = pair.outcomes();
        }
        assert_eq!(outcomes, [(id, Err("Wrong SNMP PDU digest".into()))]);
        assert_eq!((pair.now() - start).as_secs(), tries, "{in_each}");
    }
}

#[test]
fn a_trap_that_is_sent_back_to_its_sender_is_taken_once() {
    let mut users = UserTable::default();
    users.insert(UserEntry::new(user("both"))).unwrap();
    let both_ends = agent_config(7).users(users).notifications(true);
    let mut pair = Pair::with(both_ends, agent_config(8));
    for _ in 0..2 {
        pair.submit_request(of_kind(PduKind::TrapV2));
        let trap = pair.asked().remove(0);
        assert!(matches!(
            pair.manager.poll_event(),
            Some(Event::Sent { .. })
        ));
        for _ in 0..3 {
            pair.give_manager(&trap);
            pair.pass(1_000);
        }
        let taken = std::iter::from_fn(|| pair.manager.poll_event()).count();
        assert_eq!(taken, 1);
    }
    assert_eq!(pair.manager.statistics().stale_messages, 4);
}

#[test]
fn any_number_of_reports_about_the_name_can_come_to_one_message() {
    let follow = EngineConfig::with_seed(1).follow_engine_changes(true);
    let mut pair = Pair::with(follow, agent_config(7));
    let named = |asked: &[u8], number: u8| {
        let name = engine_id(number);
        let mut report = Forged::report(asked, UNKNOWN_ENGINE_IDS);
        report.engine_id = name.octets();
        report.plain()
    };
    let id = pair.submit(both());
    let mut asked = pair.asked().remove(0);
    for number in 100..104 {
        pair.give_manager(&named(&asked, number));
        asked = pair.asked().remove(0);
    }
    // Another request finds one more name, which is the right one.
    let other = pair.submit(both());
    let first = pair.asked().remove(0);
    pair.give_manager(&named(&first, 104));
    let second = pair.asked().remove(0);
    let name = engine_id(104);
    let mut answer = Forged::answer(&second);
    answer.engine_id = name.octets();
    let keys = user("both").localize(&name).unwrap();
    pair.give_manager(&answer.seal(&keys, SecurityLevel::AuthPriv));
    assert_eq!(pair.outcomes(), [(other, Ok(()))]);
    for _ in 0..300 {
        pair.give_manager(&named(&asked, 104));
    }
    assert_eq!(pair.outcomes(), []);
    pair.pass(6_000);
    let words = "Unknown SNMP engine ID encountered";
    assert_eq!(pair.outcomes(), [(id, Err(words.into()))]);
}

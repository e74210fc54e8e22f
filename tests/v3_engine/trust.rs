//! What changes what is known of an engine: nothing that is not authenticated takes away what was proven,
//! and what was learnt is doubted where no answer comes.

use std::time::Duration;

use deferred_snmp::engine::{EngineConfig, Event, RequestId, UsmCredentials};
use deferred_snmp::message::{MessageFlags, ScopedPdu, ScopedPduData, V3Message};
use deferred_snmp::oid;
use deferred_snmp::pdu::PduKind;
use deferred_snmp::security::SecurityLevel;
use deferred_snmp::security::usm::{User, UserEntry, UserTable};
use deferred_snmp::smi::ObjectIdentifier;

use crate::pair::{
    Forged, Pair, agent_config, auth_user, both, decoded, engine_id, is_question, of_kind,
    other_engine, plain_user, request, user,
};

const NOT_IN_TIME_WINDOWS: ObjectIdentifier = oid!(1.3.6.1.6.3.15.1.1.2.0);
const UNKNOWN_ENGINE_IDS: ObjectIdentifier = oid!(1.3.6.1.6.3.15.1.1.4.0);

/// A report of usmStatsUnknownEngineIDs without a digest, by which engine 8 claims to be there: version 3, msgID
/// (octets 9 to 12), msgMaxSize 65507, no flags, USM; its name, boots 1, time 0, no user; its context and the PDU.
const FORGED_NAME: [u8; 104] = hex_literal::hex!(
    "3066020103 3011 020400000000 020300ffe3 040100 020103"
    "041d301b 040d80004fb8050808080808080808 020101 020100 0400 0400 0400"
    "302f 040d80004fb8050808080808080808 0400"
    "a81c 020100 020100 020100 3011300f 060a2b060106030f01010400 410101"
);

/// A manager that has been answered three times by agent 7, in its boot 10.
fn proven(manager: EngineConfig) -> Pair {
    let mut pair = Pair::with(manager, agent_config(7).boots(10));
    for _ in 0..3 {
        pair.ask(both()).1.unwrap();
    }
    pair
}

fn manager() -> EngineConfig {
    EngineConfig::with_seed(1)
}

fn following() -> EngineConfig {
    manager().follow_engine_changes(true)
}

/// What a message in the name of `both` to or from agent 7 says.
fn kind(datagram: &[u8]) -> PduKind {
    let message = V3Message::decode(datagram).unwrap();
    match message.data {
        ScopedPduData::Plaintext(data) => ScopedPdu::decode_padded(data, 0).unwrap().pdu.kind,
        ScopedPduData::Encrypted(data) => {
            let (_, parameters) = decoded(datagram);
            let keys = user("both").localize(&engine_id(7)).unwrap();
            let mut plain = data.rest().to_vec();
            let (boots, time) = (parameters.boots, parameters.time);
            let key = keys.privacy().unwrap();
            key.decrypt(boots, time, parameters.privacy, &mut plain)
                .unwrap();
            let reader = deferred_snmp::asn1::Reader::new(&plain);
            ScopedPdu::decode_padded(reader, 0).unwrap().pdu.kind
        }
    }
}

/// Takes requests to the agent and its answers on, through `change`, until nothing is left or one waits for
/// a time-out.
fn run_through(pair: &mut Pair, mut change: impl FnMut(&[u8], Vec<u8>) -> Option<Vec<u8>>) {
    for _ in 0..20 {
        let asked = pair.asked();
        if asked.is_empty() {
            return;
        }
        for datagram in asked {
            pair.give_agent(&datagram);
            pair.serve();
            pair.to_agent.push(datagram.clone());
            for answer in pair.answered() {
                if let Some(answer) = change(&datagram, answer) {
                    pair.give_manager(&answer);
                }
            }
        }
    }
    panic!("they never end");
}

/// The same, and lets time pass until `id` is over.
fn finish_through(
    pair: &mut Pair,
    id: RequestId,
    mut change: impl FnMut(&[u8], Vec<u8>) -> Option<Vec<u8>>,
) -> Result<(), String> {
    for _ in 0..20 {
        run_through(pair, &mut change);
        if let Some((of, outcome)) = pair.outcomes().pop() {
            assert_eq!(of, id);
            return outcome;
        }
        pair.pass(1_000);
    }
    panic!("it never ends");
}

/// An agent that shows no clock when it is asked for its name, and authenticates no report.
fn without_digest(_: &[u8], answer: Vec<u8>) -> Option<Vec<u8>> {
    let (header, parameters) = decoded(&answer);
    if header.flags.is_authenticated() && kind(&answer) != PduKind::Report {
        return Some(answer);
    }
    let is_name = !header.flags.is_authenticated();
    let counter = match is_name {
        true => UNKNOWN_ENGINE_IDS,
        false => NOT_IN_TIME_WINDOWS,
    };
    let mut report = Forged::report(&answer, counter);
    if !is_name {
        report.clock = (parameters.boots, parameters.time);
    } else {
        report.clock = (0, 0);
    }
    Some(report.plain())
}

/// An agent that is silent about what it does not take, but says its name and the time when asked for it.
fn silent(asked: &[u8], answer: Vec<u8>) -> Option<Vec<u8>> {
    let is_report = kind_of_report(&answer);
    (is_question(asked) || !is_report).then_some(answer)
}

/// Whether a message in the clear, or one that only agent 8 could write, is a report.
fn kind_of_report(answer: &[u8]) -> bool {
    let message = V3Message::decode(answer).unwrap();
    match message.data {
        ScopedPduData::Plaintext(data) => {
            let scoped_pdu = ScopedPdu::decode_padded(data, 0).unwrap();
            scoped_pdu.pdu.kind == PduKind::Report
        }
        ScopedPduData::Encrypted(_) => false,
    }
}

fn report_of_name(asked: &[u8], name: u8) -> Vec<u8> {
    let name = engine_id(name);
    let mut report = Forged::report(asked, UNKNOWN_ENGINE_IDS);
    report.engine_id = name.octets();
    report.plain()
}

#[test]
fn a_forged_report_gives_a_proven_engine_no_other_name() {
    let mut pair = proven(manager());
    let mut right = 0;
    for _ in 0..6 {
        let id = pair.submit(both());
        let asked = pair.asked().remove(0);
        let message_id = decoded(&asked).0.message_id.to_be_bytes();
        let mut report = FORGED_NAME.to_vec();
        report[9..13].copy_from_slice(&message_id);
        assert_eq!(report, report_of_name(&asked, 8));
        pair.give_manager(&report);
        assert!(pair.asked().is_empty(), "nothing is asked of anybody else");
        // Engine 8 knows its own key of the user, and answers with a right digest.
        let keys = user("both").localize(&engine_id(8)).unwrap();
        let name = engine_id(8);
        let mut answer = Forged::answer(&asked);
        answer.engine_id = name.octets();
        pair.give_manager(&answer.seal(&keys, SecurityLevel::AuthPriv));
        assert_eq!(pair.outcomes(), [], "an answer of another engine");
        pair.exchange(&asked);
        assert_eq!(pair.outcomes(), [(id, Ok(()))]);
        right += 1;
    }
    assert_eq!(right, 6);
    assert_eq!(
        pair.manager.engine_id_of(&crate::pair::agent_peer()),
        Some(engine_id(7))
    );
    assert_eq!(pair.manager.statistics().mismatched_responses, 6);
    assert_eq!(pair.manager.statistics().engine_changes, 0);
}

#[test]
fn another_engine_in_the_place_of_a_proven_one_ends_the_request_at_its_last_try() {
    // One that reports foreign names, and one that is silent about them.
    for is_silent in [false, true] {
        let mut pair = proven(manager());
        pair.replace_agent(agent_config(8));
        let start = pair.now();
        let id = pair.submit(both());
        let outcome = finish_through(&mut pair, id, |asked, answer| match is_silent {
            true => silent(asked, answer),
            false => Some(answer),
        });
        assert_eq!(outcome, Err(other_engine(7, 8)));
        assert_eq!(pair.now() - start, Duration::from_secs(6), "its last try");
        // Who signs nothing in that user's name learns as little.
        let id = pair.submit(UsmCredentials::new(plain_user("plain")));
        assert_eq!(pair.finish(id), Err(other_engine(7, 8)));
        // The one that was proven is believed when it is back.
        pair.replace_agent(agent_config(7).boots(11));
        assert_eq!(pair.ask(both()), (2, Ok(())));
    }
}

#[test]
fn a_change_of_engines_is_followed_where_that_is_wanted() {
    for is_silent in [false, true] {
        let mut pair = proven(following());
        pair.replace_agent(agent_config(8));
        let id = pair.submit(both());
        let outcome = finish_through(&mut pair, id, |asked, answer| match is_silent {
            true => silent(asked, answer),
            false => Some(answer),
        });
        assert_eq!(outcome, Ok(()));
        assert_eq!(pair.manager.statistics().engine_changes, 1);
        assert_eq!(pair.ask(both()), (1, Ok(())));
    }
}

#[test]
fn who_follows_decides_for_nobody_else() {
    let mut pair = proven(manager());
    let mut follow = request(both());
    follow.follow_engine_changes = Some(true);
    pair.ask_request(follow.clone()).1.unwrap();
    pair.replace_agent(agent_config(8));
    assert_eq!(pair.ask_request(follow.clone()), (2, Ok(())));
    assert_eq!(pair.manager.statistics().engine_changes, 1);
    let id = pair.submit(both());
    assert_eq!(pair.finish(id), Err(other_engine(7, 8)));
    assert_eq!(pair.ask_request(follow), (1, Ok(())));
    // And the other way round.
    let mut pair = proven(following());
    let mut stay = request(both());
    stay.follow_engine_changes = Some(false);
    pair.ask_request(stay.clone()).1.unwrap();
    pair.replace_agent(agent_config(8));
    let id = pair.submit_request(stay);
    assert_eq!(pair.finish(id), Err(other_engine(7, 8)));
    assert_eq!(pair.ask(both()), (2, Ok(())));
}

#[test]
fn a_given_engine_is_never_left_for_another_one() {
    for follow in [false, true] {
        let mut pair = proven(manager().follow_engine_changes(follow));
        pair.ask(both().at_engine(engine_id(7))).1.unwrap();
        pair.replace_agent(agent_config(8));
        let id = pair.submit(both().at_engine(engine_id(7)));
        let outcome = finish_through(&mut pair, id, silent);
        assert_eq!(outcome, Err(other_engine(7, 8)));
        assert_eq!(pair.manager.statistics().engine_changes, 0);
    }
}

#[test]
fn an_engine_that_was_never_proven_is_found_again_after_a_time_out() {
    let mut pair = Pair::new();
    let plain = UsmCredentials::new(plain_user("plain"));
    pair.ask(plain.clone()).1.unwrap();
    pair.replace_agent(agent_config(8));
    let start = pair.now();
    let id = pair.submit(plain);
    assert_eq!(finish_through(&mut pair, id, silent), Ok(()));
    assert_eq!(pair.now() - start, Duration::from_secs(1));
    assert_eq!(pair.manager.statistics().discoveries, 2);
}

#[test]
fn agents_that_authenticate_no_report_about_the_time_can_be_asked() {
    for (kind, messages) in [
        // The name, the request by no clock, the request by the one that is claimed.
        (PduKind::GetRequest, 3),
        (PduKind::GetNextRequest, 3),
        (PduKind::GetBulkRequest, 3),
        // What changes something goes by a clock that is proven.
        (PduKind::SetRequest, 4),
    ] {
        let mut pair = Pair::with(manager(), agent_config(7).boots(10));
        pair.pass(500_000);
        let id = pair.submit_request(of_kind(kind));
        run_through(&mut pair, without_digest);
        assert_eq!(pair.outcomes(), [(id, Ok(()))], "{kind}");
        assert_eq!(pair.to_agent.len(), messages, "{kind}");
        // From then on it is known.
        pair.to_agent.clear();
        pair.pass(500_000);
        let id = pair.submit_request(of_kind(kind));
        run_through(&mut pair, without_digest);
        assert_eq!(pair.outcomes(), [(id, Ok(()))]);
        assert_eq!(pair.to_agent.len(), 1);
        // After a restart as well, and when it has lost its boots.
        for boots in [11, 3, 3] {
            pair.pass(200_000);
            pair.replace_agent(agent_config(7).boots(boots));
            pair.to_agent.clear();
            let id = pair.submit_request(of_kind(kind));
            run_through(&mut pair, without_digest);
            assert_eq!(pair.outcomes(), [(id, Ok(()))], "{kind} {boots}");
            let sets = usize::from(kind == PduKind::SetRequest);
            assert_eq!(pair.to_agent.len(), 2 + sets, "{kind} {boots}");
        }
    }
}

#[test]
fn agents_that_say_nothing_of_the_time_are_found_again_after_a_time_out() {
    for kind in [PduKind::GetRequest, PduKind::SetRequest] {
        for boots in [11, 1] {
            let mut pair = proven(manager());
            pair.pass(400_000);
            pair.replace_agent(agent_config(7).boots(boots));
            pair.pass(10_000);
            let start = pair.now();
            let id = pair.submit_request(of_kind(kind));
            assert_eq!(
                finish_through(&mut pair, id, silent),
                Ok(()),
                "{kind} {boots}"
            );
            assert_eq!(pair.now() - start, Duration::from_secs(1));
            assert_eq!(pair.ask(both()), (1, Ok(())));
        }
    }
}

#[test]
fn a_signed_set_or_inform_cannot_be_held_back_and_played_later() {
    // Somebody names a future clock in the discovery, in reports about the time, or in both.
    let future = (12, 5_000);
    let takes_informs = || {
        let mut users = UserTable::default();
        users.insert(UserEntry::new(user("both"))).unwrap();
        agent_config(7).users(users).notifications(true)
    };
    for kind in [PduKind::SetRequest, PduKind::InformRequest] {
        for (is_known, in_discovery) in [(true, false), (false, true), (false, false)] {
            let mut pair = Pair::with(manager(), takes_informs().boots(10));
            if is_known {
                pair.ask(both()).1.unwrap();
            }
            pair.submit_request(of_kind(kind));
            let mut held = Vec::new();
            for _ in 0..60 {
                for asked in pair.asked() {
                    if is_question(&asked) {
                        let mut report = Forged::report(&asked, UNKNOWN_ENGINE_IDS);
                        report.clock = if in_discovery { future } else { (0, 0) };
                        pair.give_manager(&report.plain());
                        continue;
                    }
                    held.push(asked.clone());
                    let mut report = Forged::report(&asked, NOT_IN_TIME_WINDOWS);
                    report.clock = future;
                    pair.give_manager(&report.plain());
                }
                pair.pass(200);
            }
            assert!(held.len() > 2, "{kind}: {}", held.len());
            let by_future = |datagram: &&Vec<u8>| decoded(datagram).1.boots == future.0;
            assert!(held.iter().any(|datagram| by_future(&datagram)), "{kind}");
            for datagram in held.iter().filter(by_future) {
                assert_eq!(super::trust::kind(datagram), PduKind::GetRequest, "{kind}");
            }
            // The agent comes to that time.
            pair.replace_agent(takes_informs().boots(future.0));
            pair.pass(u64::from(future.1) * 1_000);
            for datagram in &held {
                pair.give_agent(datagram);
                while let Some(event) = pair.agent.poll_event() {
                    match event {
                        Event::Request(request) => {
                            assert_eq!(request.pdu.kind, PduKind::GetRequest);
                            assert!(request.pdu.var_binds.is_empty());
                        }
                        other => panic!("{other:?}"),
                    }
                }
            }
        }
    }
}

#[test]
fn a_probe_and_the_request_behind_it_have_numbers_of_their_own() {
    // The answer to the empty GET comes late, when the SET itself is under way.
    let mut pair = Pair::with(manager(), agent_config(7).boots(10));
    let set = pair.submit_request(of_kind(PduKind::SetRequest));
    let question = pair.asked().remove(0);
    pair.give_agent(&question);
    let report = pair.answered().remove(0);
    pair.give_manager(&report);
    let probe = pair.asked().remove(0);
    assert_eq!(kind(&probe), PduKind::GetRequest);
    assert_eq!((decoded(&probe).1.boots, decoded(&probe).1.time), (0, 0));
    // Another request proves the clock meanwhile.
    let get = pair.submit(both());
    let asked = pair.asked().remove(0);
    pair.exchange(&asked);
    assert_eq!(pair.outcomes(), [(get, Ok(()))]);
    pair.pass(1_000);
    let asked = pair.asked();
    let sent = asked
        .iter()
        .find(|datagram| !is_question(datagram))
        .unwrap();
    assert_eq!(kind(sent), PduKind::SetRequest);
    assert_ne!(decoded(sent).0.message_id, decoded(&probe).0.message_id);
    // An agent that does not look at the time answers the probe.
    let keys = user("both").localize(&engine_id(7)).unwrap();
    let mut answer = Forged::answer(&probe);
    answer.clock = (10, 1);
    pair.give_manager(&answer.seal(&keys, SecurityLevel::AuthPriv));
    assert_eq!(pair.outcomes(), [], "that is no answer to a SET");
    pair.exchange(sent);
    assert_eq!(pair.outcomes(), [(set, Ok(()))]);
}

#[test]
fn an_application_that_refuses_the_probe_has_shown_the_clock() {
    // A receiver of notifications need not answer a GET; it does by a report that is authenticated.
    let mut users = UserTable::default();
    users.insert(UserEntry::new(user("both"))).unwrap();
    let receiver = agent_config(7).users(users).notifications(true).boots(10);
    let mut pair = Pair::with(manager(), receiver);
    let id = pair.submit_request(of_kind(PduKind::InformRequest));
    let mut outcome = None;
    for _ in 0..10 {
        for asked in pair.asked() {
            pair.give_agent(&asked);
            while let Some(event) = pair.agent.poll_event() {
                match event {
                    Event::Request(request) => {
                        let refusal = deferred_snmp::engine::Refusal::UnknownPduHandler;
                        pair.agent
                            .refuse_request(pair.now(), request.state, refusal);
                    }
                    Event::Notification(inform) => {
                        let mut pdu = inform.pdu;
                        pdu.kind = PduKind::Response;
                        pair.agent.respond(pair.now(), inform.state.unwrap(), pdu);
                    }
                    other => panic!("{other:?}"),
                }
            }
            for answer in pair.answered() {
                let answer = without_digest_of_time(answer);
                pair.give_manager(&answer);
            }
        }
        outcome = outcome.or_else(|| pair.outcomes().pop());
    }
    assert_eq!(outcome, Some((id, Ok(()))));
}

/// Reports about the time lose their digest; all else stays.
fn without_digest_of_time(answer: Vec<u8>) -> Vec<u8> {
    let (header, parameters) = decoded(&answer);
    let is_signed_only = header.flags.is_authenticated() && header.flags != MessageFlags::AUTH_PRIV;
    if !is_signed_only {
        return answer;
    }
    let mut report = Forged::report(&answer, NOT_IN_TIME_WINDOWS);
    report.clock = (parameters.boots, parameters.time);
    report.plain()
}

#[test]
fn a_claimed_clock_of_used_up_boots_is_no_clock() {
    let mut pair = proven(manager());
    let id = pair.submit(both());
    let asked = pair.asked().remove(0);
    let mut report = Forged::report(&asked, NOT_IN_TIME_WINDOWS);
    report.clock = (2_147_483_647, 17);
    pair.give_manager(&report.plain());
    assert!(pair.asked().is_empty());
    pair.exchange(&asked);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
    // Nor in a discovery: the first message asks for the time by 0 and 0.
    let mut pair = Pair::new();
    pair.submit(both());
    let question = pair.asked().remove(0);
    let mut report = Forged::report(&question, UNKNOWN_ENGINE_IDS);
    report.clock = (2_147_483_647, 17);
    pair.give_manager(&report.plain());
    let asked = pair.asked().remove(0);
    assert_eq!((decoded(&asked).1.boots, decoded(&asked).1.time), (0, 0));
}

#[test]
fn a_report_about_the_time_in_the_name_of_another_engine_changes_nothing() {
    let mut pair = proven(manager());
    let id = pair.submit(both());
    let asked = pair.asked().remove(0);
    let name = engine_id(8);
    let mut report = Forged::report(&asked, NOT_IN_TIME_WINDOWS);
    report.engine_id = name.octets();
    report.clock = (99, 0);
    pair.give_manager(&report.plain());
    assert!(pair.asked().is_empty());
    pair.exchange(&asked);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
}

#[test]
fn what_an_answer_said_of_the_message_size_outlives_a_forged_discovery() {
    let mut pair = proven(manager());
    pair.submit(both());
    pair.asked();
    pair.pass(1_000);
    let question = pair.asked();
    let question = question.iter().find(|datagram| is_question(datagram));
    let mut report = Forged::report(question.unwrap(), UNKNOWN_ENGINE_IDS).plain();
    // msgMaxSize 65507 becomes 484.
    let at = report
        .windows(3)
        .position(|w| w == [0, 0xff, 0xe3])
        .unwrap();
    report[at..at + 3].copy_from_slice(&[0, 1, 0xe4]);
    pair.give_manager(&report);
    pair.pass(10_000);
    pair.outcomes();
    let mut long = request(both());
    for number in 0..100 {
        let name = oid!(1.3.6.1.4.1.32473).extend([number, 0]).unwrap();
        let null = deferred_snmp::smi::ValueRef::Null;
        long.pdu.var_binds.push(name.as_ref(), null);
    }
    assert_eq!(pair.ask_request(long), (1, Ok(())));
}

#[test]
fn a_silent_agent_is_asked_for_its_name_once_for_each_try_however_many_wait() {
    let mut pair = proven(manager());
    for _ in 0..50 {
        pair.submit(both());
    }
    assert_eq!(pair.asked().len(), 50);
    for _ in 0..5 {
        pair.pass(1_000);
        let asked = pair.asked();
        let questions = asked.iter().filter(|datagram| is_question(datagram));
        assert_eq!((questions.count(), asked.len()), (1, 51));
    }
    pair.pass(1_000);
    let outcomes = pair.outcomes();
    assert_eq!(outcomes.len(), 50);
    for (_, outcome) in outcomes {
        let words = outcome.unwrap_err();
        assert!(words.starts_with("No SNMP response received"), "{words}");
    }
    // What was known is still known.
    assert_eq!(pair.ask(both()), (1, Ok(())));
}

#[test]
fn an_answer_shows_the_clock_as_it_is_within_the_window_and_not_after_that() {
    // An agent that does not look at the time of requests, and has lost its boots.
    let keys = user("both").localize(&engine_id(7)).unwrap();
    for (waited, is_taken) in [(149_000, true), (151_000, false)] {
        let mut pair = proven(manager());
        let patience = Duration::from_secs(1_000);
        let id = pair.submit_request(request(both()).patience(patience, 0));
        let asked = pair.asked().remove(0);
        pair.pass(waited);
        let mut answer = Forged::answer(&asked);
        answer.clock = (2, 20);
        pair.give_manager(&answer.seal(&keys, SecurityLevel::AuthPriv));
        let outcomes = pair.outcomes();
        assert_eq!(outcomes.len(), usize::from(is_taken), "{waited}");
        if is_taken {
            assert_eq!(outcomes, [(id, Ok(()))]);
            pair.submit(both());
            let next = pair.asked().remove(0);
            assert_eq!((decoded(&next).1.boots, decoded(&next).1.time), (2, 20));
        }
    }
}

#[test]
fn a_user_without_keys_takes_reports_at_their_word() {
    let user: User = auth_user("nobody");
    for (level, messages) in [
        (SecurityLevel::NoAuthNoPriv, 2),
        (SecurityLevel::AuthNoPriv, 4),
    ] {
        let mut pair = Pair::new();
        let (rounds, outcome) = pair.ask(UsmCredentials::new(user.clone()).at_level(level));
        assert_eq!(outcome, Err("Unknown USM user".into()));
        assert_eq!(rounds, messages, "the name, and the request");
    }
}

//! Agents that restart, lose their boots, move their clock or are replaced.

use deferred_snmp::engine::{EngineConfig, UsmCredentials};
use deferred_snmp::message::V3Message;
use deferred_snmp::oid;
use deferred_snmp::security::usm::{AuthProtocol, PrivProtocol, UsmUser};

use crate::pair::{
    AUTH_PHRASE, Forged, Pair, agent_config, both, decoded, engine_id, other_engine, plain_user,
};

/// A pair that know each other for an hour, with an agent in its tenth boot.
fn acquainted() -> Pair {
    acquainted_with(EngineConfig::with_seed(1))
}

fn acquainted_with(manager: EngineConfig) -> Pair {
    let mut pair = Pair::with(manager, agent_config(7).boots(10));
    pair.ask(both()).1.unwrap();
    pair.pass(3_600_000);
    assert_eq!(pair.ask(both()), (1, Ok(())));
    pair
}

#[test]
fn a_restart_costs_one_round_trip_more() {
    let mut pair = acquainted();
    pair.replace_agent(agent_config(7).boots(11));
    assert_eq!(pair.ask(both()), (2, Ok(())));
    assert_eq!(pair.ask(both()), (1, Ok(())));
    assert_eq!(pair.manager.statistics().resynchronisations, 1);
    assert_eq!(pair.manager.statistics().discoveries, 1);
}

#[test]
fn an_agent_that_has_lost_its_boots_can_be_spoken_to() {
    for boots in [10, 9, 1, 0] {
        let mut pair = acquainted();
        pair.replace_agent(agent_config(7).boots(boots));
        assert_eq!(pair.ask(both()), (2, Ok(())), "boots {boots}");
        assert_eq!(pair.ask(both()), (1, Ok(())), "boots {boots}");
    }
}

#[test]
fn a_restart_with_many_requests_under_way_repeats_each_of_them_once() {
    let mut pair = acquainted();
    pair.replace_agent(agent_config(7).boots(11));
    for _ in 0..100 {
        pair.submit(both());
    }
    assert_eq!(pair.run(), 2);
    let outcomes = pair.outcomes();
    assert_eq!(outcomes.len(), 100);
    assert!(outcomes.iter().all(|(_, outcome)| outcome.is_ok()));
}

#[test]
fn another_engine_at_the_address_is_found_out_where_nothing_was_proven() {
    let plain = UsmCredentials::new(plain_user("plain"));
    let mut pair = Pair::new();
    pair.ask(plain.clone()).1.unwrap();
    pair.replace_agent(agent_config(8));
    // Its report names it: nothing else has to be asked.
    assert_eq!(pair.ask(plain.clone()), (2, Ok(())));
    assert_eq!(pair.ask(plain.clone()), (1, Ok(())));
    assert_eq!(pair.manager.statistics().discoveries, 1);
    assert_eq!(pair.manager.statistics().engine_changes, 0);
    // With the engine named, that is an error.
    let (rounds, outcome) = pair.ask(plain.at_engine(engine_id(7)));
    assert_eq!((rounds, outcome), (1, Err(other_engine(7, 8))));
}

#[test]
fn many_requests_under_way_find_another_engine_out_together() {
    let follow = EngineConfig::with_seed(1).follow_engine_changes(true);
    let mut pair = acquainted_with(follow);
    pair.replace_agent(agent_config(8));
    for _ in 0..100 {
        pair.submit(both());
    }
    assert_eq!(pair.run(), 2);
    assert!(pair.outcomes().iter().all(|(_, outcome)| outcome.is_ok()));
    assert_eq!(pair.manager.statistics().engine_changes, 1);
}

#[test]
fn an_engine_that_changes_its_name_at_every_answer_is_given_up() {
    let follow = EngineConfig::with_seed(1).follow_engine_changes(true);
    let mut pair = acquainted_with(follow);
    let id = pair.submit(both());
    let mut messages = 0;
    loop {
        let asked = pair.asked();
        let Some(datagram) = asked.first() else {
            break;
        };
        messages += 1;
        let mut report = Forged::report(datagram, oid!(1.3.6.1.6.3.15.1.1.4.0));
        let name = engine_id(100 + messages);
        report.engine_id = name.octets();
        pair.give_manager(&report.plain());
        assert!(messages < 10, "it goes on for ever");
    }
    assert_eq!(messages, 5);
    let words = "Unknown SNMP engine ID encountered";
    assert_eq!(pair.outcomes(), [(id, Err(words.into()))]);
}

#[test]
fn an_engine_that_does_not_know_the_name_it_gives_itself_is_given_up() {
    let mut pair = acquainted();
    let id = pair.submit(both());
    // It has answered under that name: the request has its time.
    for _ in 0..6 {
        assert_eq!(pair.outcomes(), []);
        let datagram = pair.asked().remove(0);
        let report = Forged::report(&datagram, oid!(1.3.6.1.6.3.15.1.1.4.0));
        pair.give_manager(&report.plain());
        pair.pass(1_000);
    }
    let words = "Unknown SNMP engine ID encountered";
    assert_eq!(pair.outcomes(), [(id, Err(words.into()))]);
}

#[test]
fn a_repeated_request_has_another_number_so_that_a_second_report_does_nothing() {
    let mut pair = acquainted();
    pair.replace_agent(agent_config(7).boots(11));
    let id = pair.submit(both());
    let first = pair.asked().remove(0);
    pair.give_agent(&first);
    let report = pair.answered().remove(0);
    pair.give_manager(&report);
    let second = pair.asked().remove(0);
    assert_ne!(decoded(&first).0.message_id, decoded(&second).0.message_id);
    for _ in 0..5 {
        pair.give_manager(&report);
    }
    assert!(pair.asked().is_empty());
    assert_eq!(pair.manager.statistics().duplicate_responses, 5);
    pair.exchange(&second);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
}

#[test]
fn a_corrected_phrase_is_used_at_once() {
    let mut pair = acquainted();
    let mistyped = UsmUser::new("both").unwrap();
    let mistyped = mistyped.auth(AuthProtocol::Sha1, "athentication phrase");
    let (_, outcome) = pair.ask(UsmCredentials::new(mistyped.unwrap()));
    assert_eq!(outcome, Err("Wrong SNMP PDU digest".into()));
    let corrected = UsmUser::new("both").unwrap();
    let corrected = corrected.auth(AuthProtocol::Sha1, AUTH_PHRASE);
    assert_eq!(
        pair.ask(UsmCredentials::new(corrected.unwrap())),
        (1, Ok(()))
    );
}

#[test]
fn a_lost_discovery_is_repeated_by_who_waits_for_it() {
    let mut pair = Pair::new();
    let first = pair.submit(both());
    pair.pass(400);
    let second = pair.submit(both());
    assert_eq!(pair.asked().len(), 1, "one question for both");
    pair.pass(600);
    let questions = pair.asked();
    assert_eq!(questions.len(), 1, "one question a second");
    assert!(decoded(&questions[0]).1.engine_id.is_empty());
    assert!(pair.manager.cancel(pair.now(), first));
    pair.pass(1000);
    let questions = pair.asked();
    assert_eq!(questions.len(), 1, "the one that is left goes on asking");
    // The answer to an earlier question is as good.
    pair.give_agent(&questions[0]);
    let report = pair.answered().remove(0);
    pair.give_manager(&report);
    pair.run();
    assert_eq!(pair.outcomes(), [(second, Ok(()))]);
}

#[test]
fn a_silent_agent_times_out_in_the_time_it_is_given() {
    let mut pair = Pair::new();
    let id = pair.submit(both());
    for _ in 0..5 {
        assert_eq!(pair.asked().len(), 1);
        pair.pass(1000);
        assert!(pair.outcomes().is_empty());
    }
    assert_eq!(pair.asked().len(), 1);
    pair.pass(1000);
    let words = "No SNMP response received before timeout: 192.0.2.1:161, 6 tries of 1s";
    assert_eq!(pair.outcomes(), [(id, Err(words.into()))]);
    // The next one asks at once.
    pair.submit(both());
    assert_eq!(pair.asked().len(), 1);
}

#[test]
fn every_try_has_a_salt_of_its_own_and_the_time_of_its_sending() {
    let mut pair = acquainted();
    pair.submit(both());
    let first = pair.asked().remove(0);
    pair.pass(1000);
    let second = pair.asked().remove(0);
    let (one, two) = (decoded(&first), decoded(&second));
    assert_eq!(one.0.message_id, two.0.message_id);
    assert_eq!(one.1.time + 1, two.1.time);
    assert_ne!(one.1.privacy, two.1.privacy);
    assert_ne!(V3Message::decode(&first).unwrap().to_string(), "");
}

#[test]
fn no_two_messages_have_one_salt_whoever_sends_them() {
    let of = |name: &str, privacy| {
        let user = UsmUser::new(name).unwrap();
        let user = user.auth(AuthProtocol::Sha1, AUTH_PHRASE).unwrap();
        let user = user.privacy(privacy, "privacy phrase").unwrap();
        UsmCredentials::new(user).at_engine(engine_id(7))
    };
    let users: Vec<_> = ["one", "two", "three"]
        .into_iter()
        .flat_map(|name| PrivProtocol::ALL.map(|privacy| of(name, privacy)))
        .collect();
    let mut pair = Pair::with(EngineConfig::with_seed(1).boots(9), agent_config(7));
    let mut salts = std::collections::HashSet::new();
    for _ in 0..5 {
        for user in &users {
            pair.submit(user.clone());
        }
        for _ in 0..3 {
            for message in pair.asked() {
                // The question whether the engine is still there has none.
                if decoded(&message).1.engine_id.is_empty() {
                    continue;
                }
                let salt = decoded(&message).1.privacy.to_vec();
                assert_eq!(salt.len(), 8);
                assert!(salts.insert(salt.clone()), "{salt:?} comes twice");
            }
            pair.pass(1_000);
        }
    }
    assert!(salts.len() >= 5 * 3 * users.len(), "{}", salts.len());
}

#[test]
fn a_clock_that_jumps_is_followed_without_another_boot() {
    // The agent's clock, one hour ahead of where it was.
    let ahead = |pair: &Pair| {
        let start = pair.now() - std::time::Duration::from_secs(3_600);
        deferred_snmp::engine::Engine::new(agent_config(7).boots(11), start)
    };
    for seconds in [0, 10, 3_000] {
        let mut pair = acquainted();
        pair.replace_agent(agent_config(7).boots(11));
        assert_eq!(pair.ask(both()), (2, Ok(())));
        pair.pass(seconds * 1_000);
        pair.agent = ahead(&pair);
        let is_far = 3_600 - seconds > 150;
        assert_eq!(pair.ask(both()), (1 + usize::from(is_far), Ok(())));
        assert_eq!(pair.ask(both()), (1, Ok(())));
        // And back: from an hour to nothing.
        pair.replace_agent(agent_config(7).boots(11));
        assert_eq!(pair.ask(both()), (2, Ok(())));
        assert_eq!(pair.ask(both()), (1, Ok(())));
        assert_eq!(pair.manager.statistics().discoveries, 1);
    }
}

//! The question for the name of an engine, by itself. RFC 3414 section 4.

use std::time::Duration;

use deferred_snmp::engine::{
    Discovery, Endpoint, EngineConfig, Event, Peer, RequestId, SendFailure, SubmitError,
    SystemError, UsmCredentials,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::UserKeys;
use deferred_snmp::security::{EngineId, SecurityLevel};
use deferred_snmp::smi::VarBindList;

use crate::pair::{
    Forged, Pair, agent_config, agent_peer, both, decoded, engine_id, is_question, plain_user,
};

/// Asks for the name with three tries of a second.
fn discover(pair: &mut Pair) -> RequestId {
    let discovery = Discovery::new(agent_peer()).patience(Duration::from_secs(1), 2);
    pair.manager.discover(pair.now(), discovery).unwrap()
}

/// The names that have been found, and the words of those that have not.
fn told(pair: &mut Pair) -> Vec<(RequestId, Result<EngineId, String>)> {
    let events = std::iter::from_fn(|| pair.manager.poll_event());
    let outcomes = events.map(|event| match event {
        Event::Discovered { id, engine_id } => (id, Ok(engine_id)),
        Event::Failed { id, error } => (id, Err(error.to_string())),
        other => panic!("{other:?}"),
    });
    outcomes.collect()
}

#[test]
fn one_empty_question_in_nobodys_name_finds_the_name() {
    let mut pair = Pair::new();
    let id = discover(&mut pair);
    assert_eq!(pair.manager.engine_id_of(&agent_peer()), None);
    assert_eq!(pair.run(), 1);
    let (header, parameters) = decoded(&pair.to_agent[0]);
    assert_eq!(
        SecurityLevel::from(header.flags),
        SecurityLevel::NoAuthNoPriv
    );
    assert!(header.flags.is_reportable());
    assert!(parameters.engine_id.is_empty() && parameters.user_name.is_empty());
    assert_eq!(told(&mut pair), [(id, Ok(engine_id(7)))]);
    assert_eq!(pair.manager.engine_id_of(&agent_peer()), Some(engine_id(7)));
    assert_eq!(pair.manager.outstanding(), 0);
    let counted = *pair.manager.statistics();
    assert_eq!((counted.requests, counted.responses), (1, 1));
    assert_eq!((counted.discoveries, counted.timeouts), (1, 0));
    // Requests need not ask any more.
    pair.to_agent.clear();
    pair.ask(both()).1.unwrap();
    assert!(!pair.to_agent.iter().any(|it| is_question(it)));
}

#[test]
fn an_engine_that_is_known_is_asked_again() {
    for credentials in [both(), UsmCredentials::new(plain_user("plain"))] {
        let mut pair = Pair::new();
        pair.ask(credentials.clone()).1.unwrap();
        for _ in 0..2 {
            pair.to_agent.clear();
            let id = discover(&mut pair);
            assert_eq!(pair.run(), 1);
            assert!(is_question(&pair.to_agent[0]));
            assert_eq!(told(&mut pair), [(id, Ok(engine_id(7)))]);
        }
        assert_eq!(pair.ask(credentials), (1, Ok(())));
    }
}

/// What is said there now is told, and takes nothing away from what was proven.
#[test]
fn another_engine_in_the_place_of_a_proven_one_is_told_and_not_followed() {
    let mut pair = Pair::new();
    pair.ask(both()).1.unwrap();
    pair.replace_agent(agent_config(8));
    let id = discover(&mut pair);
    pair.run();
    assert_eq!(told(&mut pair), [(id, Ok(engine_id(8)))]);
    assert_eq!(pair.manager.engine_id_of(&agent_peer()), Some(engine_id(7)));
    pair.replace_agent(agent_config(7));
    assert_eq!(pair.ask(both()).1, Ok(()));

    // One that has proven nothing is taken for the new one; or one that is followed.
    for (config, credentials) in [
        (
            EngineConfig::with_seed(1),
            UsmCredentials::new(plain_user("plain")),
        ),
        (
            EngineConfig::with_seed(1).follow_engine_changes(true),
            both(),
        ),
    ] {
        let mut pair = Pair::with(config, agent_config(7));
        pair.ask(credentials.clone()).1.unwrap();
        pair.replace_agent(agent_config(8));
        let id = discover(&mut pair);
        pair.run();
        assert_eq!(told(&mut pair), [(id, Ok(engine_id(8)))]);
        assert_eq!(pair.manager.engine_id_of(&agent_peer()), Some(engine_id(8)));
        assert_eq!(pair.ask(credentials).1, Ok(()));
    }
}

#[test]
fn several_who_ask_are_told_by_one_answer() {
    let mut pair = Pair::new();
    let first = discover(&mut pair);
    let request = pair.submit(both());
    let second = discover(&mut pair);
    let questions = pair.asked();
    assert_eq!(questions.len(), 1);
    pair.exchange(&questions[0]);
    assert_eq!(
        told(&mut pair),
        [(first, Ok(engine_id(7))), (second, Ok(engine_id(7)))]
    );
    pair.finish(request).unwrap();
    assert_eq!(pair.manager.statistics().discoveries, 1);
}

#[test]
fn where_nobody_answers_it_is_over_after_all_tries() {
    let mut pair = Pair::new();
    let id = discover(&mut pair);
    for _ in 0..3 {
        assert_eq!(pair.asked().len(), 1);
        pair.pass(999);
        assert!(pair.asked().is_empty());
        assert_eq!(told(&mut pair), []);
        pair.pass(1);
    }
    assert!(pair.asked().is_empty());
    let words = "No SNMP response received before timeout: 192.0.2.1:161, 3 tries of 1s".to_owned();
    assert_eq!(told(&mut pair), [(id, Err(words))]);
    assert_eq!(pair.manager.statistics().timeouts, 1);
    assert_eq!(pair.manager.engine_id_of(&agent_peer()), None);
    assert_eq!(pair.manager.next_deadline(), None);
}

#[test]
fn what_does_not_tell_a_name_is_no_answer_and_told_at_the_end() {
    let counter = oid!(1.3.6.1.6.3.15.1.1.4.0);
    let nobody = UserKeys::none();
    let report = |question: &[u8], engine_id: &[u8]| {
        let forged = Forged {
            engine_id,
            ..Forged::report(question, counter.clone())
        };
        forged.seal(&nobody, SecurityLevel::NoAuthNoPriv)
    };
    let response = |question: &[u8]| {
        let forged = Forged {
            user_name: "",
            pdu: Pdu::new(PduKind::Response, 0, VarBindList::new()),
            ..Forged::report(question, counter.clone())
        };
        forged.seal(&nobody, SecurityLevel::NoAuthNoPriv)
    };
    type Answer<'a> = &'a dyn Fn(&[u8]) -> Vec<u8>;
    let cases: [(Answer<'_>, &str); 4] = [
        (&|it| report(it, &[7; 33]), "33 octets"),
        (
            &|it| report(it, EngineId::LOCAL.octets()),
            "no engine's name",
        ),
        (&response, "Response"),
        (&|_| b"\x30\x03\x02\x01\x03".to_vec(), "truncated element"),
    ];
    for (answer, word) in cases {
        let mut pair = Pair::new();
        let id = discover(&mut pair);
        for _ in 0..3 {
            let question = pair.asked().remove(0);
            pair.give_manager(&answer(&question));
            assert_eq!(told(&mut pair), []);
            pair.pass(1_000);
        }
        let outcomes = told(&mut pair);
        let [(of, Err(words))] = &outcomes[..] else {
            panic!("{outcomes:?}");
        };
        assert_eq!(*of, id);
        assert!(words.contains("3 tries of 1s; "), "{words}");
        assert!(words.contains(word), "{words}");
    }
    // From somebody else.
    let mut pair = Pair::new();
    let id = discover(&mut pair);
    let question = pair.asked().remove(0);
    let elsewhere = Peer::udp(Endpoint(0), ([192, 0, 2, 66], 161).into());
    let answer = report(&question, engine_id(7).octets());
    let now = pair.now();
    pair.manager.handle_message(now, &elsewhere, &answer);
    assert_eq!(told(&mut pair), []);
    pair.give_manager(&answer);
    assert_eq!(told(&mut pair), [(id, Ok(engine_id(7)))]);
}

#[test]
fn one_that_is_cancelled_tells_nothing() {
    let mut pair = Pair::new();
    let id = discover(&mut pair);
    let question = pair.asked().remove(0);
    let now = pair.now();
    assert!(pair.manager.cancel(now, id));
    assert!(!pair.manager.cancel(now, id));
    pair.exchange(&question);
    assert_eq!(told(&mut pair), []);
    assert_eq!(pair.manager.outstanding(), 0);
    pair.pass(10_000);
    assert!(pair.asked().is_empty());
    // Nor does it ask, if it is cancelled before.
    let id = discover(&mut pair);
    let now = pair.now();
    assert!(pair.manager.cancel(now, id));
    assert!(pair.asked().is_empty());
    // The next one asks at once.
    let id = discover(&mut pair);
    pair.run();
    assert_eq!(told(&mut pair), [(id, Ok(engine_id(7)))]);
}

#[test]
fn without_time_or_room_nothing_is_asked() {
    let config = EngineConfig::with_seed(1).max_outstanding(1);
    let mut pair = Pair::with(config, agent_config(7));
    let hasty = Discovery::new(agent_peer()).patience(Duration::ZERO, 2);
    let now = pair.now();
    let refused = pair.manager.discover(now, hasty);
    assert_eq!(refused, Err(SubmitError::ZeroTimeout));
    discover(&mut pair);
    let refused = pair.manager.discover(now, Discovery::new(agent_peer()));
    assert_eq!(refused, Err(SubmitError::TooManyRequests { limit: 1 }));
    assert_eq!(pair.asked().len(), 1);
    // A look-up may have used up the time.
    let mut pair = Pair::new();
    let mut late = Discovery::new(agent_peer());
    late.at_most = Some(Duration::from_millis(1_500));
    let id = pair.manager.discover(now, late).unwrap();
    pair.pass(1_499);
    assert_eq!(told(&mut pair), []);
    pair.pass(1);
    assert_eq!(told(&mut pair)[0].0, id);
}

/// A peer's window holds for the question as for requests.
#[test]
fn it_waits_for_the_window_of_its_peer() {
    let config = EngineConfig::with_seed(1).window(1);
    let mut pair = Pair::with(config, agent_config(7));
    let first = pair.submit(UsmCredentials::new(plain_user("plain")));
    let id = discover(&mut pair);
    for _ in 0..2 {
        let asked = pair.asked();
        assert_eq!(asked.len(), 1);
        pair.exchange(&asked[0]);
    }
    assert_eq!(pair.outcomes(), [(first, Ok(()))]);
    let asked = pair.asked();
    assert!(is_question(&asked[0]));
    pair.exchange(&asked[0]);
    assert_eq!(told(&mut pair), [(id, Ok(engine_id(7)))]);
}

/// The place of what is forgotten goes to another peer, whose question is none of the former one's.
#[test]
fn a_question_that_comes_back_after_its_peer_was_forgotten_asks_nobody() {
    let config = EngineConfig::with_seed(1).max_peers(0);
    let mut pair = Pair::with(config, agent_config(7));
    let now = pair.now();
    let mut message = Vec::new();
    let mut ask = |pair: &mut Pair, endpoint: u16| {
        let peer = Peer::udp(Endpoint(endpoint), ([192, 0, 2, 1], 161).into());
        let id = pair.manager.discover(now, Discovery::new(peer)).unwrap();
        (id, pair.manager.poll_transmit(now, &mut message).unwrap())
    };
    let (first, of_first) = ask(&mut pair, 0);
    assert!(pair.manager.cancel(now, first));
    let (second, _) = ask(&mut pair, 1);
    let mut octets = Vec::new();
    pair.manager.take_back(now, &of_first, b"the question");
    pair.manager.unblock(Endpoint(0));
    let again = pair.manager.poll_transmit(now, &mut octets);
    assert!(again.is_none(), "{again:?}");

    // Nor does what the system refuses to send to the one end the other.
    let error = SystemError::from(std::io::ErrorKind::PermissionDenied);
    let refused = SendFailure::Refused(error);
    (pair.manager).handle_send_failure(now, &of_first, refused);
    assert_eq!(told(&mut pair), []);
    assert!(pair.manager.cancel(now, second), "it goes on");
}

//! What waits to be sent in SNMPv3: the time that it shows, and reports where there is no room.

use std::time::Duration;

use deferred_snmp::engine::{
    EngineConfig, Event, Refusal, StateReference, Transmit, UsmCredentials,
};
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::VarBindList;

use crate::pair::{Pair, agent_config, agent_peer, decoded, manager_peer, reported, request, user};
use util::rig::{Rig, agent};

fn both() -> UsmCredentials {
    UsmCredentials::new(user("both"))
}

fn poll(pair: &mut Pair) -> Option<(Transmit, Vec<u8>)> {
    let mut message = Vec::new();
    let now = pair.now();
    let transmit = pair.agent.poll_transmit(now, &mut message)?;
    Some((transmit, message))
}

/// A request that the agent has taken in a second ago, from a manager that knows it.
fn taken(pair: &mut Pair) -> StateReference {
    pair.ask(both()).1.unwrap();
    pair.submit(both());
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    match pair.agent.poll_event() {
        Some(Event::Request(request)) => request.state,
        other => panic!("{other:?}"),
    }
}

fn empty() -> Pdu {
    Pdu::new(PduKind::Response, 0, VarBindList::new())
}

#[test]
fn a_late_answer_shows_the_time_of_its_sealing() {
    for late in [1, 59] {
        let mut pair = Pair::new();
        let state = taken(&mut pair);
        // Nobody has told the agent what time it is.
        let now = pair.now() + Duration::from_secs(late);
        assert!(pair.agent.respond(now, state, empty()));
        let answer = pair.answered().remove(0);
        assert_eq!(u64::from(decoded(&answer).1.time), late);
    }
}

#[test]
fn a_late_answer_is_taken_although_the_clock_has_gone_on_for_longer_than_the_window() {
    let config = agent_config(7).answer_within(Duration::from_secs(400));
    let mut pair = Pair::with(EngineConfig::with_seed(1), config);
    pair.ask(both()).1.unwrap();
    let patient = request(both()).patience(Duration::from_secs(500), 0);
    let id = pair.submit_request(patient);
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    let Some(Event::Request(incoming)) = pair.agent.poll_event() else {
        panic!("no request");
    };
    let now = pair.now() + Duration::from_secs(300);
    pair.manager.handle_timeout(now);
    assert!(pair.agent.respond(now, incoming.state, empty()));
    let answer = pair.answered().remove(0);
    pair.manager.handle_message(now, &agent_peer(), &answer);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
}

#[test]
fn a_late_refusal_shows_the_time_of_its_sealing() {
    let mut pair = Pair::new();
    let state = taken(&mut pair);
    let now = pair.now() + Duration::from_secs(40);
    let refusal = Refusal::UnknownContext;
    assert!(pair.agent.refuse_request(now, state, refusal));
    assert_eq!(decoded(&pair.answered()[0]).1.time, 40);
}

#[test]
fn a_message_shows_the_time_at_which_it_is_given_out() {
    let mut pair = Pair::new();
    pair.ask(both()).1.unwrap();
    for kind in [PduKind::GetRequest, PduKind::TrapV2] {
        let mut request = request(both()).patience(Duration::from_secs(1000), 0);
        request.pdu.kind = kind;
        let now = pair.now();
        pair.submit_request(request);
        let mut message = Vec::new();
        let later = now + Duration::from_secs(200);
        let given = pair.manager.poll_transmit(later, &mut message);
        assert!(given.is_some());
        assert_eq!(decoded(&message).1.time, 200, "{kind:?}");
    }
}

/// The questions of three strangers, and a request of a user.
fn reports_and_an_answer(pair: &mut Pair) -> Vec<u8> {
    let state = taken(pair);
    let mut stranger = Rig::seeded();
    let credentials = deferred_snmp::engine::Credentials::Usm(both());
    let asked = deferred_snmp::engine::Request::new(agent(1), credentials, empty_get());
    stranger.submit(0, asked);
    let question = stranger.sent_one().data;
    let now = pair.now();
    for number in 1..=3 {
        pair.agent.handle_message(now, &agent(number), &question);
    }
    assert!(pair.agent.respond(now, state, empty()));
    question
}

fn empty_get() -> Pdu {
    Pdu::new(PduKind::GetRequest, 0, VarBindList::new())
}

#[test]
fn reports_are_told_from_answers() {
    let mut pair = Pair::new();
    reports_and_an_answer(&mut pair);
    let sent: Vec<_> = std::iter::from_fn(|| poll(&mut pair)).collect();
    let kinds: Vec<_> = sent
        .iter()
        .map(|(it, _)| (it.is_report(), it.is_response()))
        .collect();
    let (report, answer) = ((true, true), (false, true));
    assert_eq!(kinds, [report, report, report, answer]);
    // One that is authenticated may be played by anybody who has seen it.
    let request = pair.to_agent[0].clone();
    pair.pass(200_000);
    pair.submit(both());
    let played = pair.asked().remove(0);
    pair.pass(200_000);
    for datagram in [request, played] {
        pair.give_agent(&datagram);
        let (transmit, report) = poll(&mut pair).expect("a report");
        assert!(transmit.is_report(), "{:?}", reported(&report));
    }
}

#[test]
fn a_full_port_drops_reports_and_keeps_answers() {
    let mut pair = Pair::new();
    let question = reports_and_an_answer(&mut pair);
    let dropped = |pair: &Pair| pair.agent.statistics().dropped_reports;
    let now = pair.now();
    let (report, message) = poll(&mut pair).expect("a report");
    assert!(report.is_report());
    pair.agent.take_back(now, &report, &message);
    assert_eq!(dropped(&pair), 1, "at once");
    assert!(poll(&mut pair).is_none(), "the endpoint is blocked");
    // Those that come while it is full, and those that were there.
    pair.agent.handle_message(now, &agent(4), &question);
    assert_eq!(dropped(&pair), 2);
    assert!(!pair.agent.has_output());
    pair.agent.unblock(manager_peer().endpoint);
    let (answer, _) = poll(&mut pair).expect("the answer");
    assert!(answer.is_response() && !answer.is_report());
    assert_eq!(dropped(&pair), 4);
    assert!(poll(&mut pair).is_none());
    pair.agent.handle_message(now, &agent(4), &question);
    assert!(poll(&mut pair).is_some(), "and then it goes on");
    assert_eq!(
        pair.agent.statistics().unknown_engine_ids,
        6,
        "all are counted"
    );
}

#[test]
fn a_storm_of_questions_leaves_room_for_answers() {
    let mut pair = Pair::with(
        EngineConfig::with_seed(1),
        agent_config(7).max_unanswered(8),
    );
    let question = reports_and_an_answer(&mut pair);
    let now = pair.now();
    for number in 0..100 {
        pair.agent.handle_message(now, &agent(number), &question);
    }
    pair.submit(both());
    let asked = pair.asked().remove(0);
    pair.give_agent(&asked);
    let event = pair.agent.poll_event();
    assert!(matches!(event, Some(Event::Request(_))), "{event:?}");
}

#[test]
fn a_question_for_a_name_that_could_not_be_sent_is_asked_later() {
    let mut pair = Pair::new();
    let id = pair.submit(both());
    let mut question = Vec::new();
    let now = pair.now();
    for _ in 0..3 {
        let transmit = pair.manager.poll_transmit(now, &mut question).unwrap();
        pair.manager.take_back(now, &transmit, &question);
        assert!(!pair.manager.has_output());
        pair.manager.unblock(agent_peer().endpoint);
        assert!(pair.manager.has_output());
    }
    assert_eq!(pair.run(), 2);
    assert_eq!(pair.outcomes(), [(id, Ok(()))]);
    assert_eq!(pair.manager.statistics().discoveries, 1);
    // Nor does it stay behind when its port is closed.
    let mut pair = Pair::new();
    pair.submit(both());
    pair.manager.block(agent_peer().endpoint);
    assert_eq!(pair.manager.cancel_through(agent_peer().endpoint).len(), 1);
    assert_eq!(pair.ask(both()), (2, Ok(())));
}

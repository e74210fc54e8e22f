//! What waits to be sent: apart for each endpoint, and what comes back from a full port.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;

use deferred_snmp::engine::{
    Endpoint, EngineConfig, Event, Peer, Request, RequestId, SendFailure, StateReference, Transmit,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{ValueRef, VarBindList};
use deferred_snmp::testing::Random;

use util::rig::{Rig, SYS_DESCR, answer, get, get_pdu, request_id};

const ONE: Endpoint = Endpoint(1);
const TWO: Endpoint = Endpoint(2);

fn through(endpoint: Endpoint, number: u8) -> Peer {
    Peer::udp(endpoint, ([192, 0, 2, number], 161).into())
}

fn trap(peer: Peer) -> Request {
    let mut request = get(peer);
    request.pdu.kind = PduKind::TrapV2;
    request
}

fn serving() -> EngineConfig {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    EngineConfig::with_seed(1).communities(communities)
}

/// The next message and what it is.
fn poll(rig: &mut Rig) -> Option<(Transmit, Vec<u8>)> {
    let mut message = Vec::new();
    let transmit = rig.engine.poll_transmit(rig.now, &mut message)?;
    Some((transmit, message))
}

fn take_back(rig: &mut Rig, (transmit, message): &(Transmit, Vec<u8>)) {
    rig.engine.take_back(rig.now, transmit, message);
}

/// Gives the engine a GET from `peer` at `milliseconds`.
fn ask(rig: &mut Rig, milliseconds: u64, peer: Peer, number: i32) -> Option<StateReference> {
    let mut pdu = get_pdu(Vec::new());
    pdu.request_id = number;
    let mut datagram = Vec::new();
    CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut datagram);
    rig.receive(milliseconds, &peer, &datagram);
    match rig.engine.poll_event()? {
        Event::Request(request) => Some(request.state),
        other => panic!("{other:?}"),
    }
}

/// The same, and answers it with so many octets.
fn ask_and_answer(rig: &mut Rig, milliseconds: u64, peer: Peer, number: i32, octets: usize) {
    let state = ask(rig, milliseconds, peer, number).expect("a request");
    let mut var_binds = VarBindList::new();
    var_binds.push(
        SYS_DESCR.as_ref(),
        ValueRef::OctetString(&vec![b'x'; octets]),
    );
    let pdu = Pdu::new(PduKind::Response, 0, var_binds);
    rig.engine.respond(rig.now, state, pdu);
}

#[test]
fn endpoints_take_turns() {
    let mut rig = Rig::seeded();
    for endpoint in [ONE, ONE, ONE, TWO, TWO, Endpoint(3)] {
        rig.submit(0, get(through(endpoint, 1)));
    }
    let order: Vec<u16> = rig.sent().iter().map(|it| it.peer.endpoint.0).collect();
    assert_eq!(order, [1, 2, 3, 1, 2, 1]);
}

#[test]
fn a_blocked_endpoint_keeps_nobody_else_waiting() {
    let mut rig = Rig::seeded();
    rig.engine.block(ONE);
    let held = [1, 2, 3].map(|number| rig.submit(0, get(through(ONE, number))));
    assert!(!rig.engine.has_output(), "nothing can be given out");
    let free = rig.submit(0, get(through(TWO, 1)));
    assert!(rig.engine.has_output());
    assert_eq!(rig.sent_one().request, Some(free));
    assert!(!rig.engine.has_output());
    // Tries that wait serve for the ones that become due meanwhile.
    for at in [1000, 2000, 3000] {
        rig.timeout(at);
        assert_eq!(rig.sent_one().request, Some(free));
    }
    rig.engine.unblock(ONE);
    assert!(rig.engine.has_output());
    let sent: Vec<_> = rig.sent().iter().map(|it| it.request).collect();
    assert_eq!(sent, held.map(Some));
}

#[test]
fn what_is_over_does_not_count_as_output() {
    let mut rig = Rig::seeded();
    let ids = [ONE, ONE, TWO].map(|endpoint| rig.submit(0, get(through(endpoint, 1))));
    rig.engine.block(ONE);
    assert!(rig.engine.cancel(rig.now, ids[2]));
    assert!(!rig.engine.has_output(), "only a blocked endpoint has some");
    assert!(rig.engine.cancel(rig.now, ids[0]));
    rig.engine.unblock(ONE);
    assert!(rig.engine.has_output());
    assert!(rig.engine.cancel(rig.now, ids[1]));
    assert!(!rig.engine.has_output());
    assert!(poll(&mut rig).is_none());
}

#[test]
fn a_request_that_could_not_be_sent_goes_later_as_if_nothing_had_been() {
    let mut rig = Rig::seeded();
    let ids = [1, 2, 3].map(|number| rig.submit(0, get(through(ONE, number))));
    let first = poll(&mut rig).unwrap();
    let second = poll(&mut rig).unwrap();
    take_back(&mut rig, &second);
    take_back(&mut rig, &first);
    assert!(!rig.engine.has_output(), "the endpoint is blocked");
    rig.timeout(1000);
    rig.engine.unblock(ONE);
    let sent = rig.sent();
    let order: Vec<_> = sent.iter().map(|it| it.request).collect();
    assert_eq!(order, ids.map(Some));
    assert_eq!(sent[0].data, first.1, "under the same request-id");
    let counted = *rig.engine.statistics();
    assert_eq!((counted.out_pkts, counted.retransmissions), (3, 0));
    // They have all their tries left, and an answer is taken.
    rig.receive(1001, &through(ONE, 1), &answer(&first.1, 1));
    assert!(matches!(rig.events()[..], [Event::Response { id, .. }] if id == ids[0]));
    while let Some(at) = rig.deadline() {
        rig.timeout(at);
        rig.sent();
        for event in rig.events() {
            let Event::Failed { error, .. } = event else {
                panic!("{event:?}");
            };
            // The first try was due with the second one.
            assert!(error.to_string().contains("5 tries"), "{error}");
        }
    }
}

#[test]
fn a_request_that_ends_while_it_waits_again_is_not_sent() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(through(ONE, 1)));
    let request = poll(&mut rig).unwrap();
    take_back(&mut rig, &request);
    // From a copy that did go out, or by chance: nothing has been sent that could be answered.
    rig.receive(1, &through(ONE, 1), &answer(&request.1, 1));
    assert!(rig.events().is_empty());
    assert!(rig.engine.cancel(rig.now, id));
    take_back(&mut rig, &request);
    rig.engine.unblock(ONE);
    assert!(!rig.engine.has_output());
    assert!(poll(&mut rig).is_none());
}

#[test]
fn a_trap_that_came_back_goes_later_and_is_sent_only_then() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, trap(through(ONE, 1)));
    let mut message = poll(&mut rig).unwrap();
    for at in [10, 5_999] {
        take_back(&mut rig, &message);
        rig.timeout(at);
        assert!(!rig.engine.has_output());
        assert!(rig.events().is_empty());
        rig.engine.unblock(ONE);
        let (transmit, again) = poll(&mut rig).expect("it has waited");
        assert_eq!((&again, transmit.request), (&message.1, Some(id)));
        assert!(!transmit.is_response());
        message = (transmit, again);
    }
    assert!(matches!(rig.events()[..], [Event::Sent { id: of }] if of == id));
    assert_eq!(rig.engine.statistics().out_pkts, 1);
    // It is too late for that now.
    take_back(&mut rig, &message);
    rig.engine.unblock(ONE);
    assert!(!rig.engine.has_output());
}

#[test]
fn a_trap_that_has_no_port_to_go_through_in_time_fails() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, trap(through(ONE, 1)));
    let message = poll(&mut rig).unwrap();
    take_back(&mut rig, &message);
    assert_eq!(rig.deadline(), Some(6000));
    rig.timeout(6000);
    assert!(matches!(rig.events()[..], [Event::Failed { id: of, .. }] if of == id));
    rig.engine.unblock(ONE);
    assert!(poll(&mut rig).is_none());
}

#[test]
fn an_answer_is_sent_once_more_and_then_dropped() {
    let mut rig = Rig::new(serving());
    for number in 1..=3 {
        ask_and_answer(&mut rig, 0, through(ONE, 9), number, 1);
    }
    let answers = [(); 3].map(|()| poll(&mut rig).unwrap());
    assert!(
        answers
            .iter()
            .all(|(it, _)| it.is_response() && !it.is_report())
    );
    for answer in answers[1..].iter().rev() {
        take_back(&mut rig, answer);
    }
    assert_eq!(rig.engine.statistics().dropped_responses, 0);
    assert!(!rig.engine.has_output());
    ask_and_answer(&mut rig, 10, through(ONE, 9), 4, 1);
    rig.engine.unblock(ONE);
    let again = [(); 3].map(|()| poll(&mut rig).unwrap());
    let numbers = [&again[0], &again[1], &again[2]].map(|(_, data)| request_id(data));
    assert_eq!(numbers, [2, 3, 4]);
    for answer in again.iter().rev() {
        take_back(&mut rig, answer);
    }
    assert_eq!(rig.engine.statistics().dropped_responses, 2);
    rig.engine.unblock(ONE);
    let last = poll(&mut rig).unwrap();
    assert_eq!(request_id(&last.1), 4);
    assert!(poll(&mut rig).is_none());
    assert_eq!(rig.engine.statistics().out_pkts, 2);
}

#[test]
fn an_answer_that_has_waited_for_five_seconds_is_not_sent() {
    for (at, is_sent) in [(5099, true), (5100, false)] {
        let mut rig = Rig::new(serving());
        ask_and_answer(&mut rig, 100, through(ONE, 9), 1, 1);
        let first = poll(&mut rig).unwrap();
        // Coming back does not make it younger.
        rig.timeout(3000);
        take_back(&mut rig, &first);
        rig.timeout(at);
        rig.engine.unblock(ONE);
        assert_eq!(poll(&mut rig).is_some(), is_sent, "{at} ms");
        let dropped = rig.engine.statistics().dropped_responses;
        assert_eq!(dropped, u64::from(!is_sent), "{at} ms");
        assert!(!rig.engine.has_output());
    }
}

#[test]
fn answers_that_wait_for_one_port_leave_room_for_requests_at_others() {
    let mut rig = Rig::new(serving().max_unanswered(3));
    rig.engine.block(ONE);
    for number in 1..=3 {
        ask_and_answer(&mut rig, 0, through(ONE, 9), number, 1);
    }
    assert!(ask(&mut rig, 0, through(ONE, 9), 4).is_none());
    assert_eq!(rig.engine.statistics().silent_drops, 1);
    assert!(ask(&mut rig, 0, through(TWO, 9), 5).is_some());
}

#[test]
fn answers_that_wait_are_bounded_in_octets() {
    let mut rig = Rig::new(serving());
    rig.engine.block(ONE);
    for number in 0..400 {
        ask_and_answer(&mut rig, 0, through(ONE, 9), number, 60_000);
    }
    rig.engine.unblock(ONE);
    let waited: Vec<_> = std::iter::from_fn(|| poll(&mut rig)).collect();
    let octets: usize = waited.iter().map(|(_, data)| data.len()).sum();
    assert!(octets <= 16 << 20, "{octets} octets");
    assert!(octets > 15 << 20, "{octets} octets");
    let dropped = rig.engine.statistics().dropped_responses;
    assert_eq!(waited.len() as u64 + dropped, 400);
    ask_and_answer(&mut rig, 0, through(ONE, 9), 400, 60_000);
    assert!(poll(&mut rig).is_some(), "and then there is room again");
}

#[test]
fn a_closed_endpoint_takes_its_queue_along() {
    let mut rig = Rig::new(serving());
    let unanswered = ask(&mut rig, 0, through(ONE, 9), 1).unwrap();
    ask_and_answer(&mut rig, 0, through(ONE, 9), 2, 1);
    rig.submit(0, trap(through(ONE, 1)));
    let closed = rig.submit(0, get(through(ONE, 1)));
    let open = rig.submit(0, get(through(TWO, 1)));
    let other = ask(&mut rig, 0, through(TWO, 9), 3).unwrap();
    rig.engine.block(ONE);
    let mut gone = rig.engine.cancel_through(ONE);
    gone.sort();
    assert_eq!(gone.len(), 2, "the trap and the request");
    assert!(gone.contains(&closed));
    let late = Pdu::new(PduKind::Response, 0, VarBindList::new());
    assert!(!rig.engine.respond(rig.now, unanswered, late.clone()));
    assert_eq!(rig.sent_one().request, Some(open));
    assert!(rig.engine.respond(rig.now, other, late));
    assert_eq!(rig.sent().len(), 1);
    // Another port under the same number is not blocked.
    let again = rig.submit(0, get(through(ONE, 1)));
    assert_eq!(rig.sent_one().request, Some(again));
}

/// Whatever comes in which order: what is given out is of an open endpoint, `has_output` tells the truth,
/// and each request has one outcome.
#[test]
fn every_order_of_blocking_giving_back_failing_and_ending_keeps_the_books() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let mut rig = Rig::seeded();
        let (mut at, mut blocked) = (0, BTreeSet::new());
        let mut open: BTreeMap<RequestId, bool> = BTreeMap::new();
        let mut out: Vec<(Transmit, Vec<u8>)> = Vec::new();
        for _ in 0..400 {
            let endpoint = Endpoint(random.below(3) as u16);
            match random.below(10) {
                0..=2 => {
                    let peer = through(endpoint, random.below(3) as u8);
                    let is_trap = random.chance(0.2);
                    let request = if is_trap { trap(peer) } else { get(peer) };
                    open.insert(rig.submit(at, request), is_trap);
                }
                3 => {
                    rig.engine.block(endpoint);
                    blocked.insert(endpoint);
                }
                4 => {
                    rig.engine.unblock(endpoint);
                    blocked.remove(&endpoint);
                }
                5 => {
                    for message in out.drain(..).rev() {
                        let error = ErrorKind::NetworkUnreachable.into();
                        let failure = match random.below(4) {
                            0 => SendFailure::Refused(error),
                            1 => SendFailure::Passing(error),
                            _ => {
                                take_back(&mut rig, &message);
                                blocked.insert(message.0.peer.endpoint);
                                continue;
                            }
                        };
                        let now = rig.now;
                        rig.engine.handle_send_failure(now, &message.0, failure);
                    }
                }
                6 => {
                    let place = random.below(open.len().max(1) as u64) as usize;
                    if let Some(id) = open.keys().copied().nth(place)
                        && rig.engine.cancel(rig.now, id)
                    {
                        open.remove(&id);
                    }
                }
                7 => {
                    at += random.below(1500);
                    rig.timeout(at);
                }
                _ => {
                    out.clear();
                    let has_output = rig.engine.has_output();
                    let had_events = !take_outcomes(&mut rig, &mut open).is_empty();
                    let sent: Vec<_> = std::iter::from_fn(|| poll(&mut rig)).take(5).collect();
                    let given = !sent.is_empty() || had_events;
                    assert_eq!(has_output, given, "seed {seed}");
                    for message in sent {
                        assert!(!blocked.contains(&message.0.peer.endpoint), "seed {seed}");
                        out.push(message);
                    }
                }
            }
        }
        (0..3).for_each(|number| rig.engine.unblock(Endpoint(number)));
        while let Some(due) = rig.deadline() {
            rig.sent();
            at = at.max(due);
            rig.timeout(at);
            take_outcomes(&mut rig, &mut open);
        }
        rig.sent();
        take_outcomes(&mut rig, &mut open);
        assert!(open.is_empty(), "seed {seed}: {open:?}");
        assert_eq!(rig.engine.outstanding(), 0);
        assert!(!rig.engine.has_output());
    }
}

/// Takes the outcomes, each of which is that of an open request.
fn take_outcomes(rig: &mut Rig, open: &mut BTreeMap<RequestId, bool>) -> Vec<RequestId> {
    let events = rig.events().into_iter();
    let ids = events.map(|event| match event {
        Event::Sent { id } | Event::Failed { id, .. } => id,
        other => panic!("{other:?}"),
    });
    let ids: Vec<_> = ids.collect();
    for id in &ids {
        assert!(open.remove(id).is_some(), "a second outcome of {id:?}");
    }
    ids
}

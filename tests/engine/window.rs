//! How many requests one peer is sent at the same time.

use std::collections::VecDeque;
use std::time::Duration;

use deferred_snmp::engine::{EngineConfig, Event};

use util::rig::{Rig, Sent, agent, answer, get, only_failure};

const WINDOW: usize = 128;

#[test]
fn ten_thousand_requests_to_a_silent_peer_are_over_in_time_and_few_are_sent() {
    let mut rig = Rig::seeded();
    for _ in 0..10_000 {
        rig.submit(0, get(agent(1)));
    }
    assert_eq!(rig.sent().len(), WINDOW);
    let mut messages = WINDOW;
    while let Some(at) = rig.deadline() {
        assert!(at <= 6000, "a deadline at {at} ms");
        rig.timeout(at);
        let sent = rig.sent().len();
        assert!(sent <= WINDOW, "{sent} at once");
        messages += sent;
        let events = rig.events();
        assert!(at == 6000 || events.is_empty());
        if at == 6000 {
            assert_eq!(events.len(), 10_000);
            assert!(
                events
                    .iter()
                    .all(|event| matches!(event, Event::Failed { .. }))
            );
        }
    }
    assert_eq!(rig.engine.outstanding(), 0);
    assert_eq!(messages, 6 * WINDOW);
    assert_eq!(rig.engine.statistics().timeouts, 10_000);
}

#[test]
fn ten_thousand_requests_to_a_peer_that_answers_succeed_within_its_window() {
    let mut rig = Rig::seeded();
    for _ in 0..10_000 {
        rig.submit(0, get(agent(1)));
    }
    let mut unanswered: VecDeque<Sent> = VecDeque::new();
    let mut answered = 0;
    loop {
        unanswered.extend(rig.sent());
        assert!(unanswered.len() <= WINDOW);
        let Some(next) = unanswered.pop_front() else {
            break;
        };
        rig.receive(1, &agent(1), &answer(&next.data, 1));
        answered += rig.events().len();
    }
    assert_eq!(answered, 10_000);
    assert_eq!(rig.engine.statistics().out_pkts, 10_000);
    assert_eq!(rig.engine.statistics().responses, 10_000);
    assert_eq!(rig.deadline(), None);
}

#[test]
fn one_silent_peer_does_not_hold_up_another() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(2));
    for _ in 0..10 {
        rig.submit(0, get(agent(1)));
    }
    assert_eq!(rig.sent().len(), 2);
    rig.submit(0, get(agent(2)));
    assert!(rig.sent_one().peer.is(&agent(2)));
}

#[test]
fn waiting_requests_are_sent_in_order_when_others_end() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(2));
    let ids: Vec<_> = (0..6).map(|_| rig.submit(0, get(agent(1)))).collect();
    let in_flight = rig.sent();
    // By an answer,
    rig.receive(1, &agent(1), &answer(&in_flight[0].data, 1));
    assert_eq!(rig.sent_one().request, Some(ids[2]));
    // by a cancellation of one that is in flight,
    assert!(rig.engine.cancel(rig.now, ids[1]));
    assert_eq!(rig.sent_one().request, Some(ids[3]));
    // but not by one of what only waits, which is never sent;
    assert!(rig.engine.cancel(rig.now, ids[4]));
    assert!(rig.sent().is_empty());
    assert!(rig.engine.cancel(rig.now, ids[2]));
    assert_eq!(rig.sent_one().request, Some(ids[5]));
    assert_eq!(rig.engine.outstanding(), 2);
}

#[test]
fn a_time_out_opens_the_window() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(1));
    let patience = |seconds| get(agent(1)).patience(Duration::from_secs(seconds), 0);
    let first = rig.submit(0, patience(1));
    let second = rig.submit(0, patience(3));
    assert_eq!(rig.sent_one().request, Some(first));
    rig.timeout(1000);
    only_failure(rig.events(), first);
    assert_eq!(rig.sent_one().request, Some(second));
    assert_eq!(rig.deadline(), Some(3000), "counted from submission");
}

#[test]
fn what_was_never_sent_says_so() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(1));
    rig.submit(0, get(agent(1)));
    let waiting = rig.submit(0, get(agent(1)).patience(Duration::from_secs(2), 0));
    rig.timeout(2000);
    assert_eq!(
        only_failure(rig.events(), waiting),
        "No SNMP response received before timeout: 192.0.2.1:161, 0 tries of 2s"
    );
}

#[test]
fn starting_and_cancelling_leaves_nothing_behind() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(4));
    for full in [false, true] {
        let held: Vec<_> = (0..4 * usize::from(full))
            .map(|_| rig.submit(0, get(agent(1))))
            .collect();
        drop(rig.sent());
        for round in 0..20_000 {
            let id = rig.submit(0, get(agent(1)));
            assert!(id.index() < 8, "place {} in round {round}", id.index());
            assert!(rig.engine.cancel(rig.now, id));
            assert!(!rig.engine.has_output());
        }
        for id in held {
            assert!(rig.engine.cancel(rig.now, id));
        }
    }
    assert!(rig.sent().is_empty());
    assert_eq!(rig.deadline(), None);
}

#[test]
fn a_peer_may_be_asked_again_after_it_has_been_forgotten() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(1));
    for round in 0..100 {
        let peers = [agent(1), agent(2), agent(1)];
        for peer in peers {
            rig.submit(round, get(peer));
        }
        let mut answered = 0;
        loop {
            let sent = rig.sent();
            if sent.is_empty() {
                break;
            }
            for sent in sent {
                rig.receive(round, &sent.peer, &answer(&sent.data, 1));
                answered += rig.events().len();
            }
        }
        assert_eq!(answered, 3);
        assert_eq!(rig.engine.outstanding(), 0);
    }
}

//! When a request ends, and how often.

use std::time::Duration;

use deferred_snmp::engine::{EngineConfig, Event, Request};
use deferred_snmp::pdu::ErrorStatus;

use util::rig::{Rig, agent, answer, answer_by, get, only_failure, only_response, request_id};

#[test]
fn an_answer_ends_its_request_and_nothing_comes_after_it() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    assert_eq!(sent.request, Some(id));
    assert!(sent.peer.is(&agent(1)));
    rig.receive(20, &agent(1), &answer(&sent.data, "a router"));
    let response = only_response(rig.events(), id);
    assert_eq!(
        response.pdu.var_binds.get(0).unwrap().to_string(),
        "1.3.6.1.2.1.1.1.0 = a router"
    );
    assert_eq!(rig.deadline(), None);
    assert_eq!(rig.engine.outstanding(), 0);
    rig.timeout(100_000);
    assert!(rig.events().is_empty());
    assert!(rig.sent().is_empty());
    assert!(!rig.engine.has_output());
}

/// Of a program that has stood still, and hands in what has arrived before it tells the time.
#[test]
fn an_answer_that_is_handed_in_before_the_time_counts_however_late() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    assert!(rig.deadline().is_some_and(|at| at < 100_000));
    rig.receive(100_000, &agent(1), &answer(&sent.data, "a router"));
    rig.timeout(100_000);
    only_response(rig.events(), id);
    assert_eq!(rig.engine.statistics().late_responses, 0);
}

#[test]
fn an_error_status_is_an_answer() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    let datagram = answer_by(&answer(&sent.data, ()), |pdu| {
        pdu.error_status = ErrorStatus::GEN_ERR;
        pdu.error_index = 1;
    });
    rig.receive(1, &agent(1), &datagram);
    let response = only_response(rig.events(), id);
    assert_eq!(response.pdu.error_status, ErrorStatus::GEN_ERR);
    assert_eq!(response.pdu.error_index, 1);
}

#[test]
fn a_silent_peer_is_asked_six_times_a_second_apart_and_given_up_after_six() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let first = rig.sent_one();
    for second in 1..6 {
        assert_eq!(rig.deadline(), Some(second * 1000));
        rig.timeout(second * 1000 - 1);
        assert!(rig.sent().is_empty(), "too early at {second}");
        rig.timeout(second * 1000);
        let again = rig.sent_one();
        assert_eq!(again.data, first.data, "a try is the same message again");
        assert!(rig.events().is_empty());
    }
    assert_eq!(rig.deadline(), Some(6000));
    rig.timeout(5999);
    assert!(!rig.engine.has_output());
    rig.timeout(6000);
    assert_eq!(
        only_failure(rig.events(), id),
        "No SNMP response received before timeout: 192.0.2.1:161, 6 tries of 1s"
    );
    assert!(rig.sent().is_empty());
    assert_eq!(rig.deadline(), None);
    let statistics = rig.engine.statistics();
    assert_eq!(statistics.out_pkts, 6);
    assert_eq!(statistics.retransmissions, 5);
    assert_eq!(statistics.timeouts, 1);
    assert_eq!(statistics.responses, 0);
}

#[test]
fn an_answer_to_the_last_try_counts() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    for second in 0..6 {
        rig.timeout(second * 1000);
        drop(rig.sent_one());
    }
    rig.timeout(5999);
    let data = {
        // The request-id is the same in every try; a fresh engine with the seed makes it again.
        let mut twin = Rig::seeded();
        twin.submit(0, get(agent(1)));
        twin.sent_one().data
    };
    rig.receive(5999, &agent(1), &answer(&data, 1));
    only_response(rig.events(), id);
}

#[test]
fn late_calls_retry_less_often_but_end_in_time() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    drop(rig.sent_one());
    rig.timeout(3500);
    drop(rig.sent_one());
    assert_eq!(rig.deadline(), Some(4500));
    rig.timeout(5700);
    drop(rig.sent_one());
    // The last try is cut short: no request outlives (retries + 1) times its time-out.
    assert_eq!(rig.deadline(), Some(6000));
    rig.timeout(60_000);
    assert!(only_failure(rig.events(), id).ends_with("3 tries of 1s"));
}

#[test]
fn a_very_late_call_ends_everything_that_is_due_in_order() {
    let mut rig = Rig::seeded();
    let patience = |seconds| get(agent(1)).patience(Duration::from_secs(seconds), 0);
    let slow = rig.submit(0, patience(3));
    let fast = rig.submit(0, patience(1));
    let later = rig.submit(500, patience(1));
    let alive = rig.submit(500, patience(100));
    rig.timeout(50_000);
    let failed: Vec<_> = rig
        .events()
        .into_iter()
        .map(|event| match event {
            Event::Failed { id, .. } => id,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(failed, [fast, later, slow]);
    assert!(rig.engine.cancel(rig.now, alive));
}

#[test]
fn time_that_goes_backwards_stands_still() {
    let mut rig = Rig::seeded();
    rig.timeout(10_000);
    let id = rig.submit(2_000, get(agent(1)));
    assert_eq!(rig.deadline(), Some(11_000));
    rig.timeout(0);
    drop(rig.sent_one());
    rig.timeout(5_000);
    assert!(!rig.engine.has_output());
    rig.timeout(16_000);
    only_failure(rig.events(), id);
}

#[test]
fn a_retry_that_nobody_has_fetched_is_sent_once() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    for second in 1..4 {
        rig.timeout(second * 1000);
    }
    drop(rig.sent_one());
    assert_eq!(rig.engine.statistics().retransmissions, 0);
    rig.timeout(6000);
    assert!(only_failure(rig.events(), id).ends_with("1 try of 1s"));
}

#[test]
fn no_retries_means_one_try() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)).patience(Duration::from_millis(250), 0));
    drop(rig.sent_one());
    assert_eq!(rig.deadline(), Some(250));
    rig.timeout(250);
    assert!(only_failure(rig.events(), id).ends_with("1 try of 250ms"));
}

#[test]
fn a_time_out_of_next_to_nothing_still_sends_and_ends_with_the_next_look() {
    let mut rig = Rig::seeded();
    let id = rig.submit(7, get(agent(1)).patience(Duration::from_nanos(1), 1_000));
    assert_eq!(rig.deadline(), Some(7));
    drop(rig.sent_one());
    rig.timeout(8);
    assert!(only_failure(rig.events(), id).ends_with("1 try of 1ns"));
    assert_eq!(rig.deadline(), None);
}

#[test]
fn as_many_retries_as_there_are_numbers_do_not_overflow() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)).patience(Duration::MAX, u32::MAX));
    let other = rig.submit(0, get(agent(1)).patience(Duration::from_secs(1), u32::MAX));
    assert_eq!(rig.sent().len(), 2);
    assert_eq!(rig.deadline(), Some(1000));
    for second in 1..100 {
        rig.timeout(second * 1000);
        assert_eq!(rig.sent_one().request, Some(other));
    }
    // A thousand years later both are over.
    rig.timeout(1000 * 366 * 86_400_000);
    assert_eq!(rig.events().len(), 2);
    assert!(!rig.engine.cancel(rig.now, id));
}

#[test]
fn cancelled_requests_have_no_outcome() {
    let mut rig = Rig::seeded();
    let before_sending = rig.submit(0, get(agent(1)));
    assert!(rig.engine.has_output());
    assert!(rig.engine.cancel(rig.now, before_sending));
    assert!(!rig.engine.has_output(), "nothing is left to send");
    assert!(rig.sent().is_empty());

    let after_sending = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    assert!(rig.engine.cancel(rig.now, after_sending));
    rig.receive(1, &agent(1), &answer(&sent.data, 1));
    rig.timeout(100_000);
    assert!(rig.events().is_empty());
    assert_eq!(rig.deadline(), None);
    assert_eq!(rig.engine.statistics().late_responses, 1);
}

#[test]
fn a_stale_identifier_names_nothing() {
    let mut rig = Rig::seeded();
    let old = rig.submit(0, get(agent(1)));
    assert!(rig.engine.cancel(rig.now, old));
    assert!(!rig.engine.cancel(rig.now, old));
    let new = rig.submit(0, get(agent(1)));
    assert_eq!(old.index(), new.index(), "the place is used again");
    assert_ne!(old, new);
    assert!(
        !rig.engine.cancel(rig.now, old),
        "it is not the new request's name"
    );
    let sent = rig.sent_one();
    rig.receive(1, &agent(1), &answer(&sent.data, 1));
    only_response(rig.events(), new);
}

#[test]
fn a_request_that_is_over_cannot_be_cancelled_and_its_outcome_still_comes() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    rig.receive(1, &agent(1), &answer(&sent.data, 1));
    assert!(!rig.engine.cancel(rig.now, id));
    only_response(rig.events(), id);
}

#[test]
fn the_place_of_a_request_is_its_own_until_its_outcome_has_been_fetched() {
    let mut rig = Rig::seeded();
    let first = rig.submit(0, get(agent(1)));
    let second = rig.submit(0, get(agent(1)));
    for sent in rig.sent() {
        rig.receive(1, &agent(1), &answer(&sent.data, 1));
    }
    // What a callback of the first answer starts must not take the place of the second.
    assert!(matches!(rig.engine.poll_event(), Some(Event::Response { id, .. }) if id == first));
    let third = rig.submit(2, get(agent(1)));
    let fourth = rig.submit(2, get(agent(1)));
    assert_ne!(third.index(), second.index());
    assert_ne!(fourth.index(), second.index());
    assert_ne!(third.index(), fourth.index());
    assert!(matches!(rig.engine.poll_event(), Some(Event::Response { id, .. }) if id == second));
    assert_eq!(rig.submit(3, get(agent(1))).index(), second.index());
}

#[test]
fn the_same_seed_gives_the_same_octets_and_another_gives_others() {
    let run = |seed| {
        let mut rig = Rig::new(EngineConfig::with_seed(seed));
        let mut octets = Vec::new();
        for number in 0..50 {
            let request: Request = get(agent(number % 7));
            rig.submit(u64::from(number), request);
            for sent in rig.sent() {
                if number % 3 == 0 {
                    let datagram = answer(&sent.data, i32::from(number));
                    rig.receive(u64::from(number), &sent.peer, &datagram);
                }
                octets.push((sent.peer.to_string(), sent.data));
            }
        }
        while let Some(at) = rig.deadline() {
            rig.timeout(at);
            octets.extend(rig.sent().into_iter().map(|s| (s.peer.to_string(), s.data)));
        }
        (octets, format!("{:?}", rig.events()))
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1).0, run(2).0);
}

#[test]
fn request_ids_differ_and_are_not_negative() {
    let mut rig = Rig::seeded();
    let mut ids = std::collections::BTreeSet::new();
    for number in 0..100 {
        rig.submit(0, get(agent(number)));
        let id = request_id(&rig.sent_one().data);
        assert!(id >= 0);
        assert!(ids.insert(id), "{id} came twice");
    }
}

//! Limits: rows, requests, and what fits into one answer.

use deferred_snmp::applications::{WalkError, WalkOptions};
use deferred_snmp::message::Version::{V1, V2c};
use deferred_snmp::pdu::{ErrorStatus, Pdu};

use crate::script::{agent, refusal, walk};

fn variables(count: u32) -> Vec<String> {
    (1..=count).map(|row| format!("1.3.6.1.{row}")).collect()
}

/// An agent with a hundred variables, that says `tooBig` to more repetitions than `most`.
fn small_agent(most: u32) -> impl FnMut(&Pdu) -> Pdu {
    let names = variables(100);
    let table: Vec<(&str, i32)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    let mut agent = agent(V2c, &table);
    move |request| match request.bulk() {
        Some(bulk) if bulk.max_repetitions > most => refusal(request, ErrorStatus::TOO_BIG, 0),
        None if most == 0 => refusal(request, ErrorStatus::TOO_BIG, 0),
        _ => agent(request),
    }
}

fn bulk(repetitions: u32) -> WalkOptions {
    WalkOptions::default().max_repetitions(repetitions)
}

/// The repetitions that were asked for, one after the other.
fn repetitions(asked: &[String]) -> Vec<u32> {
    asked
        .iter()
        .map(|pdu| {
            let after = pdu.split("max-repetitions ").nth(1).expect("a GetBulk");
            after.split(' ').next().unwrap().parse().unwrap()
        })
        .collect()
}

#[test]
fn max_rows_is_exact_and_asks_for_no_more_than_is_wanted() {
    for rows in [1, 2, 9, 10, 11, 25] {
        let walked = walk(V2c, &["1.3"], bulk(10).max_rows(rows), small_agent(1000));
        assert_eq!(walked.rows.len(), rows);
        let asked = repetitions(&walked.asked);
        assert_eq!(asked.iter().sum::<u32>() as usize, rows);
        assert_eq!(walked.outcome.unwrap().rows, rows);

        let walked = walk(
            V2c,
            &["1.3"],
            WalkOptions::default().max_rows(rows),
            small_agent(1000),
        );
        assert_eq!(walked.rows.len(), rows);
        assert_eq!(walked.asked.len(), rows);
    }
}

#[test]
fn more_rows_than_asked_for_are_not_handed_out_beyond_the_limit() {
    let mut generous = small_agent(1000);
    let walked = walk(V2c, &["1.3"], bulk(3).max_rows(3), |request| {
        let mut request = request.clone();
        request.error_index = 50;
        generous(&request)
    });
    assert_eq!(walked.rows.len(), 3);
}

#[test]
fn limits_of_nothing_ask_nothing() {
    for options in [bulk(10).max_rows(0), bulk(10).max_calls(0)] {
        let walked = walk(V2c, &["1.3"], options, |_| panic!("a request"));
        assert!(walked.rows.is_empty());
    }
}

#[test]
fn max_calls_counts_requests() {
    let walked = walk(V2c, &["1.3"], bulk(10).max_calls(3), small_agent(1000));
    assert_eq!(walked.rows.len(), 30);
    assert_eq!(walked.outcome.unwrap().calls, 3);
    // Refused ones as well.
    let walked = walk(V2c, &["1.3"], bulk(64).max_calls(3), small_agent(10));
    assert_eq!(repetitions(&walked.asked), [64, 32, 16]);
    assert!(walked.rows.is_empty());
}

#[test]
fn repetitions_shrink_on_too_big_and_stay_small() {
    let walked = walk(V2c, &["1.3"], bulk(50), small_agent(10));
    assert_eq!(walked.rows.len(), 100);
    let asked = repetitions(&walked.asked);
    assert_eq!(asked[..4], [50, 25, 12, 6]);
    assert!(asked[4..].iter().all(|&repetitions| repetitions == 6));
}

#[test]
fn shrinking_begins_at_what_was_asked_for() {
    let options = bulk(50).max_rows(3);
    let walked = walk(V2c, &["1.3"], options, small_agent(1));
    assert_eq!(repetitions(&walked.asked), [3, 1, 1, 1]);
    assert_eq!(walked.rows.len(), 3);
}

#[test]
fn too_big_for_one_row_is_an_error() {
    let too_big = WalkError::ErrorStatus {
        status: ErrorStatus::TOO_BIG,
        index: 0,
        name: None,
    };
    let walked = walk(V2c, &["1.3"], bulk(4), small_agent(0));
    assert_eq!(repetitions(&walked.asked), [4, 2, 1]);
    assert_eq!(walked.outcome, Err(too_big.clone()));
    let walked = walk(V2c, &["1.3"], WalkOptions::default(), small_agent(0));
    assert_eq!(walked.asked.len(), 1);
    assert_eq!(walked.outcome, Err(too_big.clone()));
    // GETNEXT of version 1 cannot be made smaller, whatever the repetitions.
    let walked = walk(V1, &["1.3"], bulk(50), small_agent(0));
    assert_eq!(walked.asked.len(), 1);
    assert_eq!(walked.outcome, Err(too_big));
}

#[test]
fn repetitions_stay_within_what_the_protocol_can_say() {
    let walked = walk(V2c, &["1.3"], bulk(0).max_calls(1), small_agent(1000));
    assert_eq!(repetitions(&walked.asked), [1]);
    let walked = walk(V2c, &["1.3"], bulk(u32::MAX).max_calls(1), |request| {
        refusal(request, ErrorStatus::TOO_BIG, 0)
    });
    assert_eq!(repetitions(&walked.asked), [i32::MAX as u32]);
}

//! Limits: rows, requests, and what fits into one answer.

use deferred_snmp::applications::{WalkError, WalkOptions};
use deferred_snmp::message::Version::{V1, V2c};
use deferred_snmp::pdu::{ErrorStatus, Pdu};
use deferred_snmp::smi::{OidRef, VarBindList};

use super::script::{agent, oid, refusal, walk};

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
fn a_row_too_big_even_for_get_next_is_an_error_that_says_how_much_is_taken() {
    let too_big = WalkError::TooBig {
        asked: vec![oid("1.3")],
        limit: 65_507,
    };
    let walked = walk(V2c, &["1.3"], bulk(4), small_agent(0));
    assert_eq!(repetitions(&walked.asked[..3]), [4, 2, 1]);
    assert_eq!(walked.asked[3..], ["GetNextRequest-PDU [1.3 = ]"]);
    assert_eq!(walked.outcome, Err(too_big.clone()));
    let walked = walk(V2c, &["1.3"], WalkOptions::default(), small_agent(0));
    assert_eq!(walked.asked.len(), 1);
    assert_eq!(walked.outcome, Err(too_big.clone()));
    // Version 1 has no GETBULK to make smaller.
    let walked = walk(V1, &["1.3"], bulk(50), small_agent(0));
    assert_eq!(walked.asked.len(), 1);
    assert_eq!(walked.outcome, Err(too_big));

    let options = bulk(1).max_message_size(484);
    let walked = walk(V2c, &["1.3.6", "1.3.7"], options, small_agent(0));
    assert_eq!(
        walked.outcome.unwrap_err().to_string(),
        "tooBig: what follows 1.3.6 does not fit into one message of the agent; \
         up to 484 octets are taken"
    );
}

/// Has a hundred variables. Of those that `is_long` says by number, GETBULK finds no room for the first, and ends before
/// a later one; GETNEXT has room.
fn agent_with_long_rows(is_long: impl Fn(u32) -> bool) -> impl FnMut(&Pdu) -> Pdu {
    let mut agent = small_agent(1000);
    let number = |name: OidRef<'_>| name.arcs().nth(4).expect("a row");
    move |request| {
        let mut answer = agent(request);
        if request.bulk().is_some() {
            let whole = std::mem::replace(&mut answer.var_binds, VarBindList::new());
            for binding in whole.iter().take_while(|b| !is_long(number(b.name))) {
                answer.var_binds.push(binding.name, binding.value);
            }
            if answer.var_binds.is_empty() {
                return refusal(request, ErrorStatus::TOO_BIG, 0);
            }
        }
        answer
    }
}

#[test]
fn one_long_row_is_asked_for_with_get_next_and_repetitions_grow_again() {
    let agent = agent_with_long_rows(|row| row == 11);
    let walked = walk(V2c, &["1.3"], bulk(10).max_rows(60), agent);
    assert_eq!(walked.rows.len(), 60);
    let get_nexts = ["GetNextRequest-PDU [1.3.6.1.10 = ]"];
    assert_eq!(walked.asked[5..6], get_nexts);
    assert_eq!(repetitions(&walked.asked[..5]), [10, 10, 5, 2, 1]);
    // Refused for its long row, the agent is trusted with as many as before.
    assert_eq!(repetitions(&walked.asked[6..]), [1, 2, 4, 8, 10, 10, 10, 4]);
}

#[test]
fn nothing_but_long_rows_is_walked_with_little_more_than_get_next() {
    for refuse_by in [ErrorStatus::TOO_BIG, ErrorStatus::NO_ERROR] {
        let mut agent = agent_with_long_rows(|_| true);
        let walked = walk(V2c, &["1.3"], bulk(1).max_rows(100), |request| {
            let mut answer = agent(request);
            if answer.error_status.is_error() {
                // RFC 3416 lets an agent say nothing at all.
                answer.error_status = refuse_by;
                answer.var_binds = VarBindList::new();
            }
            answer
        });
        assert_eq!(walked.rows.len(), 100);
        // Before the rows 1, 2, 4, 8, 16, 32 and 64, GETBULK is tried.
        assert_eq!(walked.outcome.unwrap().calls, 100 + 7);
    }
}

#[test]
fn a_first_row_that_is_cut_off_is_asked_for_with_get_next() {
    let variables: Vec<String> = (1..=3)
        .flat_map(|column| (1..=2).map(move |row| format!("1.3.6.{column}.{row}")))
        .collect();
    let table: Vec<(&str, i32)> = variables.iter().map(|name| (name.as_str(), 1)).collect();
    let roots = ["1.3.6.1", "1.3.6.2", "1.3.6.3"];
    let mut agent = agent(V2c, &table);
    let options = bulk(10).lexicographic_mode(false);
    let walked = walk(V2c, &roots, options, |request| {
        let mut answer = agent(request);
        if request.bulk().is_some() {
            let whole = std::mem::replace(&mut answer.var_binds, VarBindList::new());
            for binding in whole.iter().take(2) {
                answer.var_binds.push(binding.name, binding.value);
            }
        }
        answer
    });
    let expected: Vec<Vec<String>> = (1..=2)
        .map(|row| (1..=3).map(|c| format!("1.3.6.{c}.{row} = 1")).collect())
        .collect();
    assert_eq!(walked.rows, expected);
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

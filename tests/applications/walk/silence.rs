//! Requests that are not answered: less is asked for once, before the walk is given up.

use std::ops::ControlFlow;

use deferred_snmp::applications::{Progress, Walk, WalkOptions};
use deferred_snmp::message::Version::{self, V1, V2c};
use deferred_snmp::pdu::{ErrorStatus, Pdu};

use super::script::{agent, oid, refusal};

/// What was asked for, as the repetitions of each GETBULK (0 for a GETNEXT), the rows that came, and whether the walk was
/// given up for want of an answer.
struct Told {
    asked: Vec<u32>,
    rows: usize,
    gave_up: bool,
}

/// Walks 200 rows; `agent` answers what `answers` lets it answer, by the number of the request and its repetitions.
fn walk(
    version: Version,
    options: WalkOptions,
    mut answers: impl FnMut(usize, u32) -> bool,
) -> Told {
    let names: Vec<String> = (1..=200).map(|row| format!("1.3.6.1.{row}")).collect();
    let variables: Vec<(&str, i32)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    let mut agent = agent(version, &variables);
    let mut walk = Walk::new(version, [oid("1.3")], options);
    let (mut asked, mut rows, mut gave_up) = (Vec::new(), 0, false);
    while let Some(request) = walk.next_request(Vec::new()) {
        assert!(asked.len() < 1_000, "a walk without end");
        let repetitions = request.bulk().map_or(0, |bulk| bulk.max_repetitions);
        asked.push(repetitions);
        if !answers(asked.len(), repetitions) {
            gave_up = walk.handle_timeout() == Progress::Done;
            continue;
        }
        let progress = walk.handle_response(&agent(&request), |_| {
            rows += 1;
            ControlFlow::Continue(())
        });
        progress.expect("a sound agent");
    }
    Told {
        asked,
        rows,
        gave_up,
    }
}

fn bulk(repetitions: u32) -> WalkOptions {
    WalkOptions::default().max_repetitions(repetitions)
}

#[test]
fn after_a_time_out_one_repetition_is_tried_and_a_quarter_after_it() {
    let told = walk(V2c, bulk(40), |number, _| number != 1);
    assert_eq!(told.asked[..6], [40, 1, 10, 20, 20, 20]);
    assert_eq!((told.rows, told.gave_up), (200, false));
    // In the middle of a walk as well.
    let told = walk(V2c, bulk(40), |number, _| number != 3);
    assert_eq!(told.asked[..7], [40, 40, 40, 1, 10, 20, 20]);
    assert_eq!((told.rows, told.gave_up), (200, false));
}

#[test]
fn silence_after_one_repetition_is_the_end() {
    let told = walk(V2c, bulk(40), |_, _| false);
    assert_eq!(told.asked, [40, 1]);
    assert!(told.gave_up);
    let told = walk(V2c, bulk(40), |number, _| number <= 2);
    assert_eq!(told.asked, [40, 40, 40, 1]);
    assert_eq!((told.rows, told.gave_up), (80, true));
}

#[test]
fn an_agent_that_is_silent_about_long_answers_is_walked_to_its_end() {
    for most in [1, 2, 3, 5, 10, 30] {
        let mut silences = 0;
        let told = walk(V2c, bulk(64), |_, repetitions| {
            silences += usize::from(repetitions > most);
            repetitions <= most
        });
        assert_eq!((told.rows, told.gave_up), (200, false), "{most}");
        // Each silence at least halves what is asked for.
        assert!(silences <= 6, "{most}: {silences} silences");
    }
}

#[test]
fn there_is_nothing_less_to_ask_for_than_one_row() {
    for (version, options) in [
        (V1, bulk(40)),
        (V1, WalkOptions::default()),
        (V2c, WalkOptions::default()),
        (V2c, bulk(1)),
        (V2c, bulk(40).max_rows(1)),
    ] {
        let told = walk(version, options, |_, _| false);
        assert_eq!(told.asked.len(), 1, "{version}");
        assert!(told.gave_up);
    }
}

#[test]
fn a_time_out_after_the_end_changes_nothing() {
    let mut walk = Walk::new(V2c, [oid("1.3")], bulk(40).max_calls(0));
    assert_eq!(walk.handle_timeout(), Progress::Done);
    assert!(walk.next_request(Vec::new()).is_none());
}

#[test]
fn a_refusal_after_silence_is_taken_like_any_other() {
    // Nothing to 8 repetitions, tooBig to every GETBULK, and an answer to GETNEXT.
    let mut rows = agent(V2c, &[("1.3.6.1", 1), ("1.3.6.2", 2), ("1.3.6.3", 3)]);
    let mut walk = Walk::new(V2c, [oid("1.3")], bulk(8));
    let mut asked = Vec::new();
    let mut found = 0;
    while let Some(request) = walk.next_request(Vec::new()) {
        assert!(asked.len() < 100, "a walk without end");
        let repetitions = request.bulk().map(|bulk| bulk.max_repetitions);
        asked.push(repetitions);
        let answer: Pdu = match repetitions {
            Some(8) => {
                assert_eq!(walk.handle_timeout(), Progress::More);
                continue;
            }
            Some(_) => refusal(&request, ErrorStatus::TOO_BIG, 0),
            None => rows(&request),
        };
        let progress = walk.handle_response(&answer, |_| {
            found += 1;
            ControlFlow::Continue(())
        });
        progress.expect("a sound agent");
    }
    assert_eq!(asked[..3], [Some(8), Some(1), None]);
    assert_eq!(found, 3);
}

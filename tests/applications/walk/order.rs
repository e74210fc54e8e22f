//! Rows out of order: inside an answer they are handed out as they came; what moves on is the next request.

use std::ops::ControlFlow;

use deferred_snmp::applications::{Walk, WalkError, WalkOptions};
use deferred_snmp::message::Version::V2c;
use deferred_snmp::pdu::Pdu;
use deferred_snmp::smi::{ObjectIdentifier, ValueRef};
use deferred_snmp::testing::Random;

use super::script::{Walked, drive, oid, response, walk};

fn bulk(repetitions: u32) -> WalkOptions {
    WalkOptions::default().max_repetitions(repetitions)
}

/// An answer with one column of Integers.
fn column(names: &[&str]) -> Pdu {
    let bindings: Vec<_> = names.iter().map(|name| (*name, Some(1))).collect();
    response(&bindings)
}

/// A walk of one column below 1.3.6 that gets these answers, and then the end.
fn answered(options: WalkOptions, answers: &[&[&str]]) -> Walked {
    let mut answers = answers.iter();
    walk(V2c, &["1.3.6"], options, |request| match answers.next() {
        Some(names) => column(names),
        None => {
            let asked = request.var_binds.get(0).unwrap().name.to_string();
            response(&[(&asked, None)])
        }
    })
}

/// The names of the rows of one column, less `1.3.6.`.
fn last_arcs(walked: &Walked) -> Vec<&str> {
    let rows = walked.rows.iter();
    rows.map(|row| &row[0]["1.3.6.".len()..row[0].len() - " = 1".len()])
        .collect()
}

/// The names that were asked for in a walk of one column.
fn asked(walked: &Walked) -> Vec<&str> {
    let asked = walked.asked.iter();
    asked
        .map(|pdu| pdu.split(['[', ' ']).rev().nth(2).unwrap())
        .collect()
}

fn not_increasing(asked: &str, answered: &str) -> WalkError {
    WalkError::OidNotIncreasing {
        asked: oid(asked),
        answered: oid(answered),
    }
}

#[test]
fn rows_are_handed_out_in_the_order_in_which_they_came() {
    let walked = answered(
        bulk(4),
        &[
            &["1.3.6.5", "1.3.6.3", "1.3.6.4", "1.3.6.7"],
            &["1.3.6.9", "1.3.6.8"],
        ],
    );
    assert_eq!(last_arcs(&walked), ["5", "3", "4", "7", "9", "8"]);
    // What comes last is what the next request asks to follow, even where a higher name came before it.
    assert_eq!(asked(&walked), ["1.3.6", "1.3.6.7", "1.3.6.8"]);
    let summary = walked.outcome.unwrap();
    assert_eq!((summary.rows, summary.left_out), (6, 0));
}

#[test]
fn a_row_that_comes_twice_is_handed_out_twice() {
    let walked = answered(
        bulk(4),
        &[&["1.3.6.1", "1.3.6.2", "1.3.6.2", "1.3.6.3"], &["1.3.6.4"]],
    );
    assert_eq!(last_arcs(&walked), ["1", "2", "2", "3", "4"]);
    assert_eq!(walked.outcome.unwrap().rows, 5);
}

#[test]
fn repeated_rows_count_as_often_as_they_come() {
    let answer: &[&[&str]] = &[&["1.3.6.1", "1.3.6.1", "1.3.6.1", "1.3.6.2"]];
    let walked = answered(bulk(4).max_rows(2), answer);
    assert_eq!(last_arcs(&walked), ["1", "1"]);
    assert_eq!(walked.outcome.unwrap().rows, 2);
}

#[test]
fn a_row_at_or_below_the_name_asked_for_is_left_out_and_counted() {
    let answers: &[&[&str]] = &[
        &["1.3.6.1", "1.3.6.5"],
        &["1.3.6.6", "1.3.6.4", "1.3.6.5", "1.3.6.7"],
    ];
    let walked = answered(bulk(4), answers);
    assert_eq!(last_arcs(&walked), ["1", "5", "6", "7"]);
    assert_eq!(asked(&walked), ["1.3.6", "1.3.6.5", "1.3.6.7"]);
    let summary = walked.outcome.unwrap();
    assert_eq!((summary.rows, summary.left_out), (4, 2));
    // Asked for, such rows are handed out, but for one that only repeats the name.
    let walked = answered(bulk(4).ignore_non_increasing_oid(true), answers);
    assert_eq!(last_arcs(&walked), ["1", "5", "6", "4", "7"]);
    assert_eq!(walked.outcome.unwrap().left_out, 1);
}

#[test]
fn an_answer_whose_last_name_does_not_move_on_is_an_error_behind_its_rows() {
    for (last, repetitions) in [("1.3.6.4", 4), ("1.3.6.5", 4), ("1.3.6.3.9", 2)] {
        let second: &[&str] = &["1.3.6.6", "1.3.6.7", last];
        let walked = answered(bulk(repetitions), &[&["1.3.6.5"], second]);
        assert_eq!(last_arcs(&walked), ["5", "6", "7"]);
        assert_eq!(walked.outcome, Err(not_increasing("1.3.6.5", last)));
        assert_eq!(walked.asked.len(), 2, "it does not go on");
    }
}

#[test]
fn limits_that_are_reached_before_the_fault_are_no_error() {
    let answers: &[&[&str]] = &[&["1.3.6.5"], &["1.3.6.6", "1.3.6.7", "1.3.6.4"]];
    let walked = answered(bulk(9).max_rows(3), answers);
    assert_eq!(last_arcs(&walked), ["5", "6", "7"]);
    assert_eq!(walked.outcome.unwrap().rows, 3);
}

#[test]
fn one_column_that_does_not_increase_ends_alone() {
    // The second column stands still after its second row; the others have four.
    let rows = |row: i32| {
        let names = [
            format!("1.3.6.1.{row}"),
            format!("1.3.6.2.{}", row.min(2)),
            format!("1.3.6.3.{row}"),
        ];
        names.map(|name| (name, Some(row)))
    };
    for options in [WalkOptions::default(), bulk(1), bulk(2)] {
        let options = options.lexicographic_mode(false);
        let roots = ["1.3.6.1", "1.3.6.2", "1.3.6.3"];
        let walked = walk(V2c, &roots, options.clone(), |request| {
            let repetitions = request.bulk().map_or(1, |bulk| bulk.max_repetitions as i32);
            let first = request.var_binds.get(0).unwrap().name;
            let row = first.arcs().nth(4).unwrap_or(0) as i32;
            let mut bindings = Vec::new();
            for row in row + 1..=row + repetitions {
                for (name, value) in rows(row) {
                    let root = oid(&name[..7]);
                    if request.var_binds.iter().any(|v| v.name.starts_with(&root)) {
                        // Behind the fourth row lies something else.
                        let end = (format!("1.3.7.{name}"), value);
                        bindings.push(if row > 4 { end } else { (name, value) });
                    }
                }
            }
            let bindings: Vec<_> = bindings.iter().map(|(n, v)| (n.as_str(), *v)).collect();
            response(&bindings)
        });
        let value = |column: u32, row: u32| match (column, row) {
            (2, 3..) => "1.3.6.2.2 = No more variables left in this MIB View".to_owned(),
            _ => format!("1.3.6.{column}.{row} = {row}"),
        };
        let expected: Vec<_> = (1..=4)
            .map(|row| [1, 2, 3].map(|c| value(c, row)))
            .collect();
        assert_eq!(walked.rows, expected, "{options:?}");
        // Told when the others have ended.
        let fault = not_increasing("1.3.6.2.2", "1.3.6.2.2");
        assert_eq!(walked.outcome, Err(fault), "{options:?}");
        let last = walked.asked.last().unwrap();
        assert!(!last.contains("1.3.6.2"), "{last}");
    }
}

#[test]
fn a_binding_that_is_left_out_of_a_row_reads_as_the_end_in_that_row_alone() {
    let mut answers = [
        response(&[("1.3.6.1.5", Some(1)), ("1.3.6.2.5", Some(1))]),
        response(&[
            ("1.3.6.1.6", Some(1)),
            ("1.3.6.2.4", Some(1)),
            ("1.3.6.1.7", Some(1)),
            ("1.3.6.2.6", Some(1)),
        ]),
    ]
    .into_iter();
    let options = bulk(2).max_calls(2);
    let mut walking = Walk::new(V2c, [oid("1.3.6.1"), oid("1.3.6.2")], options);
    let walked = drive(&mut walking, |_| answers.next().unwrap());
    let expected = [
        ["1.3.6.1.5 = 1", "1.3.6.2.5 = 1"],
        [
            "1.3.6.1.6 = 1",
            "1.3.6.2.5 = No more variables left in this MIB View",
        ],
        ["1.3.6.1.7 = 1", "1.3.6.2.6 = 1"],
    ];
    assert_eq!(walked.rows, expected);
    assert_eq!(walked.outcome.unwrap().left_out, 1);
}

#[test]
fn a_circle_ends_wherever_answers_cut_it() {
    let circle = ["1.3.6.1", "1.3.6.2"];
    for repetitions in 1..=7 {
        let mut at = 0;
        let walked = walk(V2c, &["1.3.6"], bulk(repetitions), |request| {
            let wanted = request.bulk().unwrap().max_repetitions as usize;
            let names: Vec<&str> = (at..at + wanted).map(|at| circle[at % 2]).collect();
            at += wanted;
            column(&names)
        });
        let fault = matches!(walked.outcome, Err(WalkError::OidNotIncreasing { .. }));
        assert!(fault, "{repetitions}: {:?}", walked.outcome);
        assert!(walked.asked.len() <= 3, "{repetitions}: {walked:?}");
    }
}

#[test]
fn answers_that_go_up_and_come_back_end_the_walk_at_the_first_that_does_not_move_on() {
    // Names just above the one that was asked for, and a last one below it.
    let walked = walk(V2c, &["1.3.6.5"], bulk(3), |_| {
        column(&["1.3.6.5.1", "1.3.6.5.2", "1.3.6.4"])
    });
    assert_eq!(walked.rows.len(), 2);
    assert_eq!(walked.outcome, Err(not_increasing("1.3.6.5", "1.3.6.4")));
    assert_eq!(walked.asked.len(), 1);
}

/// As `snmpbulkwalk` prints it: out of order, rows of a subtree may stand behind those of the next one.
#[test]
fn a_column_that_leaves_its_subtree_ends_with_that_answer_and_not_inside_it() {
    let options = || bulk(4).lexicographic_mode(false);
    let answer: &[&[&str]] = &[&["1.3.7.1", "1.3.6.1", "1.3.7.1", "1.3.6.2"]];
    let walked = answered(options(), answer);
    assert_eq!(last_arcs(&walked), ["1", "2"]);
    let summary = walked.outcome.unwrap();
    assert_eq!((summary.rows, summary.calls, summary.left_out), (2, 1, 0));
    // A last row that does not move on is no fault then; a limit ends it amid the answer.
    let answer: &[&[&str]] = &[&["1.3.6.1", "1.3.7.1", "1.3.6.2", "1.3.6"]];
    let walked = answered(options(), answer);
    assert_eq!(last_arcs(&walked), ["1", "2"]);
    assert_eq!(walked.outcome.unwrap().left_out, 1);
    let walked = answered(options().max_rows(1), answer);
    assert_eq!(last_arcs(&walked), ["1"]);
}

#[test]
fn rows_behind_an_exception_are_handed_out() {
    for value in [
        ValueRef::NoSuchObject,
        ValueRef::NoSuchInstance,
        ValueRef::EndOfMibView,
    ] {
        let walked = walk(V2c, &["1.3.6", "1.3.7"], bulk(2), |_| {
            let mut answer = column(&["1.3.6.1"]);
            answer.var_binds.push(oid("1.3.7.1").as_ref(), value);
            answer
                .var_binds
                .push(oid("1.3.6.2").as_ref(), ValueRef::EndOfMibView);
            let seven = ValueRef::Integer(7);
            answer.var_binds.push(oid("1.3.7.2").as_ref(), seven);
            answer
        });
        assert_eq!(walked.rows.len(), 2, "{:?}", walked.rows);
        assert_eq!(walked.rows[1][1], "1.3.7.2 = 7");
        assert_eq!(walked.asked.len(), 1, "both columns have ended");
        walked.outcome.unwrap();
    }
}

#[test]
fn whatever_an_agent_answers_the_names_that_are_asked_for_go_up() {
    // 24 names; each request moves a column up or ends it, or brings a part of a row, or is followed by a smaller one.
    let universe: Vec<ObjectIdentifier> = (1..=3)
        .flat_map(|a| (1..=8).map(move |b| oid(&format!("1.3.6.{a}.{b}"))))
        .collect();
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let columns = 1 + random.below(3) as usize;
        let roots = ["1.3.6.1", "1.3.6.2", "1.3.6.3"].map(oid);
        let options = bulk(1 + random.below(6) as u32).lexicographic_mode(random.chance(0.5));
        let mut walking = Walk::new(V2c, roots.into_iter().take(columns), options);
        let mut before = None;
        let mut requests = 0;
        while let Some(request) = walking.next_request(Vec::new()) {
            requests += 1;
            assert!(requests < 300, "seed {seed}");
            if columns == 1 {
                // It goes up with every answer that has a row.
                let asked = (
                    request.var_binds.get(0).unwrap().name.into(),
                    walking.summary().rows,
                );
                if let Some((name, rows)) = before.replace(asked.clone()) {
                    let (next, so_far): (ObjectIdentifier, usize) = asked;
                    assert!(
                        next > name || (next == name && so_far == rows),
                        "seed {seed}"
                    );
                }
            }
            if random.chance(0.1) {
                let _ = walking.handle_timeout();
                continue;
            }
            let mut answer = response(&[]);
            for _ in 0..random.below(13) {
                let name = universe[random.below(24) as usize].as_ref();
                let ends = random.chance(0.02);
                let value = if ends {
                    ValueRef::EndOfMibView
                } else {
                    ValueRef::Integer(1)
                };
                answer.var_binds.push(name, value);
            }
            if walking
                .handle_response(&answer, |_| ControlFlow::Continue(()))
                .is_err()
            {
                break;
            }
        }
        assert!(walking.next_request(Vec::new()).is_none(), "seed {seed}");
    }
}

//! Answers that end inside a row: what came is taken, the rest is asked for.

use deferred_snmp::applications::{WalkError, WalkOptions};
use deferred_snmp::message::Version::{self, V1, V2c};
use deferred_snmp::pdu::{ErrorStatus, Pdu};
use deferred_snmp::smi::{ValueRef, VarBindList};

use super::script::{Walked, agent, oid, refusal, response, walk};

const ROOTS: [&str; 5] = ["1.3.6.1", "1.3.6.2", "1.3.6.3", "1.3.6.4", "1.3.6.5"];

fn options(repetitions: Option<u32>) -> WalkOptions {
    let options = WalkOptions::default().lexicographic_mode(false);
    match repetitions {
        Some(repetitions) => options.max_repetitions(repetitions),
        None => options,
    }
}

/// Five columns of `rows` rows.
fn table(rows: u32) -> Vec<String> {
    (1..=5)
        .flat_map(|column| (1..=rows).map(move |row| format!("1.3.6.{column}.{row}")))
        .chain(["1.3.7.1".to_owned()])
        .collect()
}

fn expected(rows: u32) -> Vec<Vec<String>> {
    (1..=rows)
        .map(|row| (1..=5).map(|c| format!("1.3.6.{c}.{row} = 1")).collect())
        .collect()
}

/// An agent with such a table, whose answers have `most` bindings at most.
fn cutting(version: Version, rows: u32, most: usize) -> impl FnMut(&Pdu) -> Pdu {
    let names = table(rows);
    let variables: Vec<(&str, i32)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    let mut agent = agent(version, &variables);
    move |request| cut(agent(request), most)
}

fn cut(mut answer: Pdu, most: usize) -> Pdu {
    let whole = std::mem::replace(&mut answer.var_binds, VarBindList::new());
    for binding in whole.iter().take(most) {
        answer.var_binds.push(binding.name, binding.value);
    }
    answer
}

#[test]
fn a_table_is_whole_wherever_answers_are_cut() {
    for (version, repetitions) in [
        (V1, None),
        (V2c, None),
        (V2c, Some(1)),
        (V2c, Some(2)),
        (V2c, Some(10)),
    ] {
        for most in 1..=23 {
            let agent = cutting(version, 7, most);
            let walked = walk(version, &ROOTS, options(repetitions), agent);
            assert_eq!(walked.rows, expected(7), "{version} {repetitions:?} {most}");
            let summary = walked.outcome.unwrap();
            assert_eq!((summary.rows, summary.left_out), (7, 0));
            // No more than one request for each binding, and a GETBULK that is tried again now and then.
            assert!(summary.calls <= 5 * 8 + 8, "{most}: {}", summary.calls);
        }
    }
}

#[test]
fn what_came_of_the_first_row_is_not_asked_for_again() {
    let walked = walk(V2c, &ROOTS, options(Some(10)), cutting(V2c, 1, 3));
    assert_eq!(
        walked.asked[..2],
        [
            "GetBulkRequest-PDU non-repeaters 0 max-repetitions 10 \
             [1.3.6.1 = , 1.3.6.2 = , 1.3.6.3 = , 1.3.6.4 = , 1.3.6.5 = ]",
            "GetNextRequest-PDU [1.3.6.4 = , 1.3.6.5 = ]",
        ]
    );
    assert_eq!(walked.rows, expected(1));
}

#[test]
fn an_answer_to_get_next_with_fewer_bindings_is_completed() {
    let walked = walk(V2c, &ROOTS, options(None), cutting(V2c, 1, 2));
    assert_eq!(
        walked.asked[..3],
        [
            "GetNextRequest-PDU [1.3.6.1 = , 1.3.6.2 = , 1.3.6.3 = , 1.3.6.4 = , 1.3.6.5 = ]",
            "GetNextRequest-PDU [1.3.6.3 = , 1.3.6.4 = , 1.3.6.5 = ]",
            "GetNextRequest-PDU [1.3.6.5 = ]",
        ]
    );
    assert_eq!(walked.rows, expected(1));
}

/// Answers the first request with the first two of five columns, and everything else by `then`.
fn after_two_columns(then: impl Fn(&Pdu) -> Pdu) -> Walked {
    let mut first = true;
    walk(V2c, &ROOTS, options(Some(4)).max_calls(20), |request| {
        if std::mem::take(&mut first) {
            return response(&[("1.3.6.1.1", Some(1)), ("1.3.6.2.1", Some(1))]);
        }
        then(request)
    })
}

#[test]
fn a_column_that_ends_in_the_rest_of_a_row_leaves_the_others() {
    let end = "No more variables left in this MIB View";
    let row = [
        "1.3.6.1.1 = 1".to_owned(),
        "1.3.6.2.1 = 1".to_owned(),
        "1.3.6.3.1 = 1".to_owned(),
        format!("1.3.6.4 = {end}"),
        "1.3.6.5.1 = 1".to_owned(),
    ];
    // The end as an exception, then as SNMPv1 says it, whose index counts what this request asked for.
    let as_exception = |request: &Pdu| match request.var_binds.len() {
        3 => response(&[
            ("1.3.6.3.1", Some(1)),
            ("1.3.6.4", None),
            ("1.3.6.5.1", Some(1)),
        ]),
        _ => refusal(request, ErrorStatus::NO_SUCH_NAME, 0),
    };
    let as_error = |request: &Pdu| match request.var_binds.len() {
        3 => refusal(request, ErrorStatus::NO_SUCH_NAME, 2),
        2 => response(&[("1.3.6.3.1", Some(1)), ("1.3.6.5.1", Some(1))]),
        _ => refusal(request, ErrorStatus::NO_SUCH_NAME, 0),
    };
    for walked in [after_two_columns(as_exception), after_two_columns(as_error)] {
        assert_eq!(walked.rows, std::slice::from_ref(&row));
        walked.outcome.unwrap();
    }
}

#[test]
fn what_came_is_handed_out_when_the_rest_of_the_row_does_not_exist() {
    for index in [0, 1, 2, 3, 4, -1] {
        let walked =
            after_two_columns(|request| refusal(request, ErrorStatus::NO_SUCH_NAME, index));
        assert_eq!(walked.rows.len(), 1, "{index}");
        assert_eq!(walked.rows[0][..2], ["1.3.6.1.1 = 1", "1.3.6.2.1 = 1"]);
        assert!(
            walked.rows[0][2..]
                .iter()
                .all(|cell| cell.contains("No more"))
        );
        walked.outcome.unwrap();
    }
}

#[test]
fn a_rest_that_never_comes_is_an_error_in_bounded_time() {
    // Three columns are asked for, and then one by itself.
    let walked = after_two_columns(|_| response(&[]));
    assert_eq!(walked.outcome, Err(WalkError::EmptyResponse));
    assert_eq!(walked.asked.len(), 3);
    let walked = after_two_columns(|request| refusal(request, ErrorStatus::TOO_BIG, 0));
    let error = WalkError::TooBig {
        asked: vec![oid("1.3.6.3")],
        limit: 65_507,
    };
    assert_eq!(walked.outcome, Err(error));
    assert_eq!(walked.asked.len(), 3);
    let walked = after_two_columns(|request| refusal(request, ErrorStatus::GEN_ERR, 2));
    let error = walked.outcome.unwrap_err();
    assert_eq!(error.to_string(), "genErr at 1.3.6.4");
}

/// An agent that has room for `most` columns of a row, and says the status where more are asked for. Whatever it is asked,
/// it answers five bindings at least: those that were asked for, and then others.
#[test]
fn a_row_that_is_too_long_for_one_answer_comes_in_parts() {
    let names: Vec<String> = (1..=5)
        .flat_map(|column| (1..=3).map(move |row| format!("1.3.6.{column}.{row}")))
        .collect();
    let table: Vec<_> = names.iter().map(|name| (name.as_str(), 1)).collect();
    for most in 1..5 {
        for (version, repetitions) in [(V1, None), (V2c, None), (V2c, Some(4))] {
            for status in [ErrorStatus::TOO_BIG, ErrorStatus::NO_ERROR] {
                let mut sound = agent(version, &table);
                let options = options(repetitions).max_calls(100);
                let walked = walk(version, &ROOTS, options, |request| {
                    if request.var_binds.len() > most {
                        let mut refusal = refusal(request, status, 0);
                        refusal.var_binds.clear();
                        return refusal;
                    }
                    let mut answer = sound(request);
                    while answer.var_binds.len() < 5 && !answer.error_status.is_error() {
                        answer.var_binds.push(oid("1.3.9").as_ref(), ValueRef::Null);
                    }
                    answer
                });
                let what = format!("{version} {repetitions:?} {most} {status}: {walked:?}");
                assert!(walked.rows.len() >= 3, "{what}");
                for (row, cells) in (1..).zip(&walked.rows[..3]) {
                    let expected = (1..=5).map(|column| format!("1.3.6.{column}.{row} = 1"));
                    assert!(cells.iter().cloned().eq(expected), "{what}");
                }
                assert!(walked.outcome.is_ok(), "{what}");
            }
        }
    }
}

#[test]
fn bindings_beyond_those_that_were_asked_for_are_further_rows_or_left_alone() {
    // Every answer has two rows and a part of a third, whatever was asked for; of the rest of a row, what is wanted is
    // taken.
    let names = table(6);
    let variables: Vec<(&str, i32)> = names.iter().map(|name| (name.as_str(), 1)).collect();
    for (repetitions, most) in [(None, usize::MAX), (Some(3), usize::MAX), (Some(2), 3)] {
        let mut full = agent(V2c, &variables);
        let mut first = true;
        let walked = walk(V2c, &ROOTS, options(repetitions), |request| {
            let bulk = deferred_snmp::pdu::Bulk {
                non_repeaters: 0,
                max_repetitions: 3,
            };
            let more = Pdu::bulk_request(0, bulk, request.var_binds.clone());
            let most = if std::mem::take(&mut first) {
                most
            } else {
                usize::MAX
            };
            let width = request.var_binds.len();
            cut(full(&more), most.min(3 * width - 1))
        });
        assert_eq!(walked.rows, expected(6), "{repetitions:?} {most}");
        walked.outcome.unwrap();
    }
}

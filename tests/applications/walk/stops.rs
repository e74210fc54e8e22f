//! Where a walk ends, and what it takes for an error.

use std::ops::ControlFlow;

use deferred_snmp::applications::{Progress, Walk, WalkError, WalkOptions};
use deferred_snmp::message::Version::{self, V1, V2c};
use deferred_snmp::pdu::{ErrorStatus, PduKind};
use deferred_snmp::smi::{ValueRef, VarBindList};

use super::script::{agent, drive, oid, refusal, response, walk};

const TABLE: &[(&str, i32)] = &[
    ("1.3.6.1.2.1", 1),
    ("1.3.6.1.2.2", 2),
    ("1.3.6.1.3.1", 3),
    ("1.3.6.1.3.2", 4),
    ("1.3.6.1.3.3", 5),
    ("1.3.6.1.4.1", 6),
];

fn bulk(repetitions: u32) -> WalkOptions {
    WalkOptions::default().max_repetitions(repetitions)
}

fn in_subtree() -> WalkOptions {
    WalkOptions::default().lexicographic_mode(false)
}

#[test]
fn getnext_goes_to_the_end_of_the_mib() {
    for version in [V1, V2c] {
        let walked = walk(
            version,
            &["1.3.6.1.3"],
            WalkOptions::default(),
            agent(version, TABLE),
        );
        let rows = [
            ["1.3.6.1.3.1 = 3"],
            ["1.3.6.1.3.2 = 4"],
            ["1.3.6.1.3.3 = 5"],
            ["1.3.6.1.4.1 = 6"],
        ];
        assert_eq!(walked.rows, rows, "{version}");
        let summary = walked.outcome.unwrap();
        assert_eq!((summary.rows, summary.calls), (4, 5));
        assert_eq!(
            walked.asked[..2],
            [
                "GetNextRequest-PDU [1.3.6.1.3 = ]",
                "GetNextRequest-PDU [1.3.6.1.3.1 = ]"
            ]
        );
    }
}

#[test]
fn getbulk_finds_the_same_whatever_the_repetitions() {
    let expected = walk(V2c, &["1.3"], WalkOptions::default(), agent(V2c, TABLE)).rows;
    assert_eq!(expected.len(), 6);
    for repetitions in 1..10 {
        let walked = walk(V2c, &["1.3"], bulk(repetitions), agent(V2c, TABLE));
        assert_eq!(walked.rows, expected, "{repetitions} repetitions");
        let calls = 6 / repetitions as usize + 1;
        assert_eq!(walked.outcome.unwrap().calls, calls);
        let first =
            format!("GetBulkRequest-PDU non-repeaters 0 max-repetitions {repetitions} [1.3 = ]");
        assert_eq!(walked.asked[0], first);
    }
}

#[test]
fn version_1_has_no_getbulk() {
    let walked = walk(V1, &["1.3"], bulk(10), agent(V1, TABLE));
    assert_eq!(walked.rows.len(), 6);
    assert!(walked.asked.iter().all(|pdu| pdu.starts_with("GetNext")));
}

#[test]
fn a_subtree_ends_where_the_next_begins() {
    let rows = [
        ["1.3.6.1.3.1 = 3"],
        ["1.3.6.1.3.2 = 4"],
        ["1.3.6.1.3.3 = 5"],
    ];
    for version in [V1, V2c] {
        for options in [in_subtree(), in_subtree().max_repetitions(10)] {
            let walked = walk(version, &["1.3.6.1.3"], options, agent(version, TABLE));
            assert_eq!(walked.rows, rows);
            walked.outcome.unwrap();
        }
    }
}

#[test]
fn a_subtree_may_be_empty_or_hold_only_what_it_is_named_by() {
    for root in ["1.3.6.1.3.4", "1.3.6.1.3.1", "2.1"] {
        let walked = walk(V2c, &[root], in_subtree(), agent(V2c, TABLE));
        assert!(walked.rows.is_empty(), "{root}");
        assert_eq!(walked.outcome.unwrap().calls, 1);
    }
}

#[test]
fn columns_end_one_by_one() {
    let expected = [
        ["1.3.6.1.2.1 = 1", "1.3.6.1.3.1 = 3"],
        ["1.3.6.1.2.2 = 2", "1.3.6.1.3.2 = 4"],
        [
            "1.3.6.1.2.2 = No more variables left in this MIB View",
            "1.3.6.1.3.3 = 5",
        ],
    ];
    let roots = ["1.3.6.1.2", "1.3.6.1.3"];
    for version in [V1, V2c] {
        for options in [in_subtree(), in_subtree().max_repetitions(2)] {
            let walked = walk(version, &roots, options, agent(version, TABLE));
            assert_eq!(walked.rows, expected, "{version}");
            walked.outcome.unwrap();
            if walked.asked.len() > 2 {
                // A column that has ended is not asked for again.
                let last = walked.asked.last().unwrap();
                assert!(last.ends_with("[1.3.6.1.3.3 = ]"), "{last}");
            }
        }
    }
}

#[test]
fn the_end_of_the_mib_in_one_column_leaves_the_others() {
    for version in [V1, V2c] {
        let roots = ["1.3.6.1.3.3", "1.3.6.1.4.1", "1.3.6.1.3.2"];
        let walked = walk(
            version,
            &roots,
            WalkOptions::default(),
            agent(version, TABLE),
        );
        let end = "1.3.6.1.4.1 = No more variables left in this MIB View";
        let expected = [
            ["1.3.6.1.4.1 = 6", end, "1.3.6.1.3.3 = 5"],
            [end, end, "1.3.6.1.4.1 = 6"],
        ];
        assert_eq!(walked.rows, expected, "{version}");
    }
}

#[test]
fn no_such_name_without_an_index_ends_the_columns_of_which_it_is_true() {
    for (version, index) in [(V1, 0), (V1, 3), (V1, -1), (V1, i32::MIN), (V2c, 0)] {
        let walked = walk(
            version,
            &["1.3.6.1.2", "1.3.6.1.3"],
            WalkOptions::default(),
            |request| refusal(request, ErrorStatus::NO_SUCH_NAME, index),
        );
        assert!(walked.rows.is_empty());
        assert_eq!(walked.outcome.unwrap().calls, 3);
        // The first column ends two rows before the second.
        for options in [WalkOptions::default(), in_subtree().max_repetitions(2)] {
            let variables = &[("1.3.6.1.1", 1), ("1.3.6.1.2", 2), ("1.3.6.1.3", 3)];
            let mut agent = agent(V1, variables);
            let roots = ["1.3.6.1.2", "1.3.6.1"];
            let walked = walk(version, &roots, options, |request| {
                let mut request = request.clone();
                request.kind = PduKind::GetNextRequest;
                let mut answer = agent(&request);
                if answer.error_status.is_error() {
                    answer.error_index = index;
                }
                answer
            });
            let ends: Vec<_> = walked.rows.iter().map(|row| row[1].as_str()).collect();
            let expected = ["1.3.6.1.1 = 1", "1.3.6.1.2 = 2", "1.3.6.1.3 = 3"];
            assert_eq!(ends, expected, "{version} {index}");
            walked.outcome.unwrap();
        }
    }
}

#[test]
fn every_exception_ends_its_column() {
    for exception in [
        ValueRef::NoSuchObject,
        ValueRef::NoSuchInstance,
        ValueRef::EndOfMibView,
    ] {
        let walked = walk(V2c, &["1.3"], WalkOptions::default(), |_| {
            let mut answer = response(&[]);
            answer.var_binds.push(oid("1.3.6").as_ref(), exception);
            answer
        });
        assert!(walked.rows.is_empty());
        walked.outcome.unwrap();
    }
}

#[test]
fn names_that_do_not_increase_are_an_error() {
    for answered in ["1.3.6.1.3", "1.3.6.1.2.9", "1.3"] {
        let walked = walk(V2c, &["1.3.6.1.3"], WalkOptions::default(), |_| {
            response(&[(answered, Some(1))])
        });
        assert!(walked.rows.is_empty());
        let error = walked.outcome.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("OIDs are not increasing: {answered} follows 1.3.6.1.3")
        );
        assert_eq!(walked.asked.len(), 1, "it does not go on");
    }
}

#[test]
fn leaving_the_subtree_backwards_ends_it_as_well() {
    // Some agents begin anew after their last variable.
    let walked = walk(V2c, &["1.3.6.1.3"], in_subtree(), |_| {
        response(&[("1.3.6.1.1.1", Some(1))])
    });
    assert!(walked.rows.is_empty());
    walked.outcome.unwrap();
}

#[test]
fn non_increasing_names_can_be_let_pass() {
    let names = ["1.3.6.5", "1.3.6.3", "1.3.6.4", "1.3.6.9", "1.3.6.9"];
    let options = WalkOptions::default().ignore_non_increasing_oid(true);
    let mut next = names.iter();
    let walked = walk(V2c, &["1.3.6"], options, |_| {
        response(&[(next.next().unwrap(), Some(1))])
    });
    // The last one repeats what was asked for: it would repeat for ever.
    assert_eq!(walked.rows.len(), 4);
    assert_eq!(walked.outcome.unwrap().calls, 5);
}

#[test]
fn an_error_status_ends_the_walk_and_says_where() {
    let mut walk = Walk::new(
        V2c,
        [oid("1.3.6.1"), oid("1.3.6.2")],
        WalkOptions::default(),
    );
    let walked = drive(&mut walk, |request| {
        refusal(request, ErrorStatus::AUTHORIZATION_ERROR, 2)
    });
    let error = walked.outcome.unwrap_err();
    assert_eq!(error.to_string(), "authorizationError at 1.3.6.2");
    let expected = WalkError::ErrorStatus {
        status: ErrorStatus::AUTHORIZATION_ERROR,
        index: 2,
        name: Some(oid("1.3.6.2")),
    };
    assert_eq!(error, expected);
    assert!(walk.next_request(Vec::new()).is_none());
}

#[test]
fn an_error_index_that_points_nowhere_names_nothing() {
    for index in [0, 2, -5, i32::MIN, i32::MAX] {
        let walked = walk(V2c, &["1.3"], WalkOptions::default(), |request| {
            refusal(request, ErrorStatus::GEN_ERR, index)
        });
        assert_eq!(walked.outcome.unwrap_err().to_string(), "genErr");
    }
}

#[test]
fn no_roots_are_no_walk() {
    let mut walk = Walk::new(V2c, [], bulk(10));
    assert!(walk.next_request(Vec::new()).is_none());
    let outcome = walk.handle_response(&response(&[("1.3", Some(1))]), |_| {
        panic!("a row of no columns")
    });
    assert_eq!(outcome, Ok(Progress::Done));
}

#[test]
fn an_answer_after_the_end_is_not_taken() {
    let mut walk = Walk::new(V2c, [oid("1.3")], WalkOptions::default());
    let end = drive(&mut walk, |_| response(&[("1.3", None)]));
    assert_eq!(end.outcome.unwrap().calls, 1);
    let outcome = walk.handle_response(&response(&[("1.4", Some(1))]), |_| panic!("a row"));
    assert_eq!(outcome, Ok(Progress::Done));
    assert_eq!(walk.summary().calls, 1);
}

#[test]
fn an_answer_without_a_binding_is_an_error() {
    let roots = ["1.3.6.1", "1.3.6.2"];
    let walked = walk(V2c, &roots, bulk(3), |_| response(&[]));
    assert_eq!(walked.outcome, Err(WalkError::EmptyResponse));
    assert_eq!(
        walked.asked[1..],
        [
            "GetNextRequest-PDU [1.3.6.1 = , 1.3.6.2 = ]",
            "GetNextRequest-PDU [1.3.6.1 = ]"
        ]
    );
    let walked = walk(V2c, &roots, WalkOptions::default(), |_| response(&[]));
    assert_eq!(walked.outcome, Err(WalkError::EmptyResponse));
    assert_eq!(walked.asked.len(), 2);
    assert_eq!(
        WalkError::EmptyResponse.to_string(),
        "Empty SNMP response message"
    );
}

#[test]
fn a_last_row_that_is_not_complete_is_asked_for_again() {
    // Three columns of five rows; the agent's message has room for seven bindings.
    let variables: Vec<String> = (1..=3)
        .flat_map(|column| (1..=5).map(move |row| format!("1.3.6.{column}.{row}")))
        .collect();
    let table: Vec<(&str, i32)> = variables.iter().map(|name| (name.as_str(), 1)).collect();
    let roots = ["1.3.6.1", "1.3.6.2", "1.3.6.3"];
    let mut full = agent(V2c, &table);
    let walked = walk(V2c, &roots, in_subtree().max_repetitions(10), |request| {
        let mut answer = full(request);
        let whole = std::mem::replace(&mut answer.var_binds, VarBindList::new());
        for var_bind in whole.iter().take(7) {
            answer.var_binds.push(var_bind.name, var_bind.value);
        }
        answer
    });
    let expected: Vec<Vec<String>> = (1..=5)
        .map(|row| (1..=3).map(|c| format!("1.3.6.{c}.{row} = 1")).collect())
        .collect();
    assert_eq!(walked.rows, expected);
    assert_eq!(walked.outcome.unwrap().calls, 3);
}

#[test]
fn the_receiver_of_rows_can_stop() {
    for options in [WalkOptions::default(), bulk(5)] {
        let mut walk = Walk::new(V2c, [oid("1.3")], options);
        let mut agent = agent(V2c, TABLE);
        let mut rows = 0;
        while let Some(request) = walk.next_request(Vec::new()) {
            let _ = walk.handle_response(&agent(&request), |_| {
                rows += 1;
                if rows == 3 {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            });
        }
        assert_eq!(rows, 3);
        assert_eq!(walk.summary().rows, 3);
    }
}

#[test]
fn the_version_decides_the_request_alone() {
    // What is asked in version 1 and 2 differs in nothing but the PDU type.
    let ask = |version: Version| {
        let mut walk = Walk::new(version, [oid("1.3.6")], bulk(2));
        walk.next_request(Vec::new()).unwrap().to_string()
    };
    assert_eq!(ask(V1), "GetNextRequest-PDU id 0 [1.3.6 = ]");
    assert_eq!(
        ask(V2c),
        "GetBulkRequest-PDU id 0 non-repeaters 0 max-repetitions 2 [1.3.6 = ]"
    );
}

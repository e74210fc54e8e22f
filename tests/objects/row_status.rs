//! RowStatus by SET: each value in each state, with and without columns, in any order. RFC 2579, RowStatus.

use deferred_snmp::message::Version;
use deferred_snmp::names::BaseType;
use deferred_snmp::objects::{Column, SetError, Table, TableHandle};
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::Value;

use super::bench::{Bench, number_index, syntax};

/// A table whose column 2 is required and fixed while a row is active, 3 has a default, 4 is the RowStatus.
fn table() -> Table {
    let command = syntax("DisplayString", BaseType::OctetString, (1, 20));
    let priority = syntax("Integer32", BaseType::Integer32, (1, 10));
    Table::new([
        Column::new(2)
            .syntax(command)
            .writable()
            .fixed_while_active(),
        Column::new(3).syntax(priority).writable().default(5),
        Column::new(4).row_status(),
    ])
    .index(number_index((1, 9)))
}

/// `s=4 c=x p=7` as bindings of the row 1: status, column 2, column 3.
fn bindings(text: &str, row: u32) -> Vec<(Vec<u32>, Value)> {
    let words = text.split_whitespace();
    words
        .map(|word| {
            let (column, value) = word.split_once('=').expect("a cell");
            match column {
                "c" => (vec![2, row], value.into()),
                "p" => (vec![3, row], value.parse::<i32>().expect("a number").into()),
                _ => (vec![4, row], value.parse::<i32>().expect("a number").into()),
            }
        })
        .collect()
}

/// The row 1 as text: `-` if there is none.
fn row(bench: &Bench, number: u32) -> String {
    let cell = |column| bench.get(&[column, number]);
    let cells = [("c", cell(2)), ("p", cell(3)), ("s", cell(4))];
    let there = cells
        .iter()
        .filter(|(_, value)| *value != Value::NoSuchInstance);
    let words: Vec<String> = there
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    match words.is_empty() {
        true => "-".to_owned(),
        false => words.join(" "),
    }
}

/// A row in state A, B, C or D: RFC 2579.
fn in_state(state: char) -> (Bench, String) {
    let bench = Bench::new(table());
    let (create, row_is) = match state {
        'A' => ("", "-"),
        'B' => ("s=5", "p=5 s=3"),
        'C' => ("c=old s=5", "c=old p=5 s=2"),
        _ => ("c=old s=4", "c=old p=5 s=1"),
    };
    if !create.is_empty() {
        let outcome = bench.set(&bindings(create, 1));
        assert_eq!(outcome, (ErrorStatus::NO_ERROR, 0));
    }
    assert_eq!(row(&bench, 1), row_is);
    (bench, row_is.to_owned())
}

/// The row after a SET that was carried out: the state, with the cells of `asked` and of `former`.
fn expected_row(state: char, asked: &[(Vec<u32>, Value)], former: &str) -> String {
    let status = match state {
        'A' => return "-".to_owned(),
        'B' => 3,
        'C' => 2,
        _ => 1,
    };
    let cell = |column: u32, name: &str, default: &str| {
        let given = asked.iter().rfind(|(instance, _)| instance[0] == column);
        let had = former
            .split(' ')
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        let value = given.map(|(_, value)| value.to_string());
        value.unwrap_or_else(|| had.unwrap_or(default).to_owned())
    };
    let command = match cell(2, "c", "") {
        empty if empty.is_empty() => empty,
        command => format!("c={command} "),
    };
    format!("{command}p={} s={status}", cell(3, "p", "5"))
}

const INC: ErrorStatus = ErrorStatus::INCONSISTENT_VALUE;
const WRONG: ErrorStatus = ErrorStatus::WRONG_VALUE;
const NAME: ErrorStatus = ErrorStatus::INCONSISTENT_NAME;

/// What comes of a SET: a state, or an error at the first binding of this column ('1': at the first of all, '2': at the second
/// of its column).
#[derive(Clone, Copy)]
enum End {
    To(char),
    Error(ErrorStatus, char),
}
use End::{Error, To};

/// For each SET, what comes of it in the states A, B, C and D. RFC 2579, the table of RowStatus and the text before it.
const ENDS: &[(&str, [End; 4])] = &[
    // createAndGo
    ("s=4", [Error(INC, 's'); 4]),
    ("s=4 p=7", [Error(INC, 's'); 4]),
    (
        "s=4 c=x",
        [To('D'), Error(INC, 's'), Error(INC, 's'), Error(INC, 's')],
    ),
    (
        "p=7 s=4 c=x",
        [To('D'), Error(INC, 's'), Error(INC, 's'), Error(INC, 's')],
    ),
    // createAndWait
    (
        "s=5",
        [To('B'), Error(INC, 's'), Error(INC, 's'), Error(INC, 's')],
    ),
    (
        "s=5 p=7",
        [To('B'), Error(INC, 's'), Error(INC, 's'), Error(INC, 's')],
    ),
    (
        "s=5 c=x",
        [To('C'), Error(INC, 's'), Error(INC, 's'), Error(INC, 's')],
    ),
    (
        "c=x s=5 p=7",
        [To('C'), Error(INC, 's'), Error(INC, 's'), Error(INC, 's')],
    ),
    // active; a column that is fixed while the row is active may not change in a SET that leaves it so
    ("s=1", [Error(INC, 's'), Error(INC, 's'), To('D'), To('D')]),
    (
        "s=1 p=7",
        [Error(INC, 's'), Error(INC, 's'), To('D'), To('D')],
    ),
    (
        "s=1 c=x",
        [Error(INC, 's'), To('D'), To('D'), Error(INC, 'c')],
    ),
    (
        "p=7 c=x s=1",
        [Error(INC, 's'), To('D'), To('D'), Error(INC, 'c')],
    ),
    // notInService
    ("s=2", [Error(INC, 's'), Error(INC, 's'), To('C'), To('C')]),
    (
        "s=2 p=7",
        [Error(INC, 's'), Error(INC, 's'), To('C'), To('C')],
    ),
    ("s=2 c=x", [Error(INC, 's'), To('C'), To('C'), To('C')]),
    ("p=7 s=2 c=x", [Error(INC, 's'), To('C'), To('C'), To('C')]),
    // destroy, with columns that are of no interest then
    ("s=6", [To('A'), To('A'), To('A'), To('A')]),
    ("s=6 c=x p=7", [To('A'), To('A'), To('A'), To('A')]),
    // what nobody may ask for
    ("s=3", [Error(WRONG, 's'); 4]),
    ("c=x s=3", [Error(WRONG, 's'); 4]),
    ("s=0", [Error(WRONG, 's'); 4]),
    ("s=7 c=x", [Error(WRONG, 's'); 4]),
    ("s=-1", [Error(WRONG, 's'); 4]),
    ("s=2147483647", [Error(WRONG, 's'); 4]),
    // columns without a status
    ("c=x", [Error(NAME, '1'), To('C'), To('C'), Error(INC, 'c')]),
    ("p=7", [Error(NAME, '1'), To('B'), To('C'), To('D')]),
    (
        "p=7 c=x",
        [Error(NAME, '1'), To('C'), To('C'), Error(INC, 'c')],
    ),
    // a bad cell is an error of that cell, whatever the status
    ("s=4 c=x p=11", [Error(WRONG, 'p'); 4]),
    ("s=6 p=0", [Error(WRONG, 'p'); 4]),
    // the status twice
    ("s=6 s=6", [Error(INC, '2'); 4]),
    ("s=5 c=x s=1", [Error(INC, '2'); 4]),
    ("c=x s=4 p=7 s=6", [Error(INC, '2'); 4]),
];

fn place_of(blamed: char, asked: &[(Vec<u32>, Value)]) -> i32 {
    let (column, nth) = match blamed {
        '1' => return 1,
        '2' => (4, 1),
        's' => (4, 0),
        'c' => (2, 0),
        _ => (3, 0),
    };
    let places = asked.iter().enumerate().filter(|(_, it)| it.0[0] == column);
    let (place, _) = places.into_iter().nth(nth).expect("it is there");
    place as i32 + 1
}

/// Every order of these bindings.
fn orders(asked: &[(Vec<u32>, Value)]) -> Vec<Vec<(Vec<u32>, Value)>> {
    let Some((first, rest)) = asked.split_first() else {
        return vec![vec![]];
    };
    let orders = orders(rest);
    let insert = |order: Vec<_>| {
        (0..=order.len()).map(move |place| {
            let mut order: Vec<(Vec<u32>, Value)> = order.clone();
            order.insert(place, first.clone());
            order
        })
    };
    orders.into_iter().flat_map(insert).collect()
}

#[test]
fn each_value_in_each_state_with_columns_in_any_order() {
    let mut sets = 0;
    for (text, ends) in ENDS {
        for (state, end) in "ABCD".chars().zip(ends) {
            for asked in orders(&bindings(text, 1)) {
                let (bench, former) = in_state(state);
                let what = format!("{text} in {state}: {asked:?}");
                let outcome = bench.set(&asked);
                sets += 1;
                match end {
                    To(next) => {
                        assert_eq!(outcome, (ErrorStatus::NO_ERROR, 0), "{what}");
                        let expected = expected_row(*next, &asked, &former);
                        assert_eq!(row(&bench, 1), expected, "{what}");
                    }
                    Error(status, blamed) => {
                        let place = place_of(*blamed, &asked);
                        assert_eq!(outcome, (*status, place), "{what}");
                        assert_eq!(row(&bench, 1), former, "{what}");
                    }
                }
                // No ghost: the walk has what GET has.
                let cells = row(&bench, 1);
                let there = cells.split(' ').filter(|it| *it != "-").count();
                assert_eq!(bench.walk().len(), there, "{what}");
            }
        }
    }
    assert!(sets > 400, "{sets}");
}

#[test]
fn a_set_that_fails_elsewhere_leaves_every_state_as_it_was() {
    for (text, ends) in ENDS {
        for (state, end) in "ABCD".chars().zip(ends) {
            let (bench, former) = in_state(state);
            let asked = bindings(text, 1);
            let outcome = bench.set_in_vain(&asked);
            let expected = match end {
                To(_) => (ErrorStatus::COMMIT_FAILED, asked.len() as i32 + 1),
                Error(status, blamed) => (*status, place_of(*blamed, &asked)),
            };
            assert_eq!(outcome, expected, "{text} in {state}");
            assert_eq!(row(&bench, 1), former, "{text} in {state}");
            let cells = former.split(' ').filter(|it| *it != "-").count();
            assert_eq!(bench.walk().len(), cells, "{text} in {state}");
        }
    }
}

/// RFC 3584 section 4.4, by which SNMPv1 has other words.
#[test]
fn version_1_has_its_own_words() {
    let (no_such_name, bad_value) = (ErrorStatus::NO_SUCH_NAME, ErrorStatus::BAD_VALUE);
    for (text, ends) in ENDS {
        for (state, end) in "ABCD".chars().zip(ends) {
            let (bench, _) = in_state(state);
            let asked = bindings(text, 1);
            let expected = match end {
                To(_) => (ErrorStatus::NO_ERROR, 0),
                Error(NAME, blamed) => (no_such_name, place_of(*blamed, &asked)),
                Error(_, blamed) => (bad_value, place_of(*blamed, &asked)),
            };
            let outcome = bench.set_as(Version::V1, &asked, false);
            assert_eq!(outcome, expected, "{text} in {state}");
        }
    }
    let bench = Bench::new(table().max_rows(0));
    let create = bindings("s=5", 1);
    let outcome = bench.set_as(Version::V1, &create, false);
    assert_eq!(outcome, (ErrorStatus::GEN_ERR, 1));
    let (bench, _) = in_state('D');
    let outcome = bench.set_as(Version::V1, &bindings("p=7", 1), true);
    assert_eq!(outcome, (ErrorStatus::GEN_ERR, 2));
}

/// Rows in one PDU, their bindings mixed, are judged each by its own; one that fails keeps the others from happening.
#[test]
fn rows_of_one_pdu_are_judged_each_by_its_own_and_happen_together() {
    let mixed = |first: &str, second: &str| {
        let (first, second) = (bindings(first, 3), bindings(second, 1));
        let mut mixed = Vec::new();
        for place in 0..first.len().max(second.len()) {
            mixed.extend(first.get(place).cloned());
            mixed.extend(second.get(place).cloned());
        }
        mixed
    };
    let bench = Bench::new(table());
    let created = bench.set(&mixed("s=4 c=x p=2", "c=y s=5"));
    assert_eq!(created, (ErrorStatus::NO_ERROR, 0));
    assert_eq!(row(&bench, 3), "c=x p=2 s=1");
    assert_eq!(row(&bench, 1), "c=y p=5 s=2");
    // The first row in the PDU that cannot be so is to blame, not the first in the table.
    let outcome = bench.set(&mixed("s=4", "s=4"));
    assert_eq!(outcome, (INC, 1));
    let outcome = bench.set(&mixed("s=6", "s=4"));
    assert_eq!(outcome, (INC, 2));
    assert_eq!(row(&bench, 3), "c=x p=2 s=1");
    let outcome = bench.set(&mixed("s=6", "s=1"));
    assert_eq!(outcome, (ErrorStatus::NO_ERROR, 0));
    assert_eq!(
        (row(&bench, 3), row(&bench, 1)),
        ("-".into(), "c=y p=5 s=1".into())
    );
}

#[test]
fn so_many_rows_there_may_be() {
    let bench = Bench::new(table().max_rows(2));
    let no_error = (ErrorStatus::NO_ERROR, 0);
    let set = |cells: &str, row| bench.set(&bindings(cells, row));
    assert_eq!(set("s=5", 1), no_error);
    // All or nothing: two are one too many.
    let two = [bindings("s=5", 2), bindings("s=4 c=x", 3)].concat();
    assert_eq!(bench.set(&two), (ErrorStatus::RESOURCE_UNAVAILABLE, 2));
    assert_eq!(row(&bench, 2), "-");
    assert_eq!(set("c=x s=4", 2), no_error);
    assert_eq!(set("c=x s=4", 3), (ErrorStatus::RESOURCE_UNAVAILABLE, 2));
    assert_eq!(set("s=6", 3), no_error);
    // As if simultaneously: a row that goes makes room, wherever it stands.
    for (gone, new) in [(1, 3), (3, 1)] {
        let both = [bindings("s=5", new), bindings("s=6", gone)].concat();
        assert_eq!(bench.set(&both), no_error);
        assert_eq!(
            (row(&bench, gone), row(&bench, new)),
            ("-".into(), "p=5 s=3".into())
        );
    }
    // Rows that are there may change, and be put in service.
    assert_eq!(set("c=x s=1", 1), no_error);
    assert_eq!(set("s=6", 1), no_error);
    assert_eq!(set("s=5", 4), no_error);
}

#[test]
fn columns_may_be_required_or_not_against_the_rule() {
    let build = || {
        Table::new([2, 3, 5].map(|number| Column::new(number).writable()))
            .column(Column::new(4).row_status())
            .default(3, 5)
            .optional(2)
            .required(5)
    };
    let cell = |column, value: i32| (vec![column, 1], Value::from(value));
    let bench = Bench::new(build());
    let outcome = bench.set(&[cell(4, 4), cell(2, 1)]);
    assert_eq!(outcome, (INC, 1), "5 is missing");
    let outcome = bench.set(&[cell(4, 4), cell(5, 1)]);
    assert_eq!(outcome, (ErrorStatus::NO_ERROR, 0));
    assert_eq!(bench.get(&[2, 1]), Value::NoSuchInstance);
    assert_eq!(bench.get(&[3, 1]), Value::from(5));
    // A required column with a default has a value.
    let bench = Bench::new(build().required(3));
    let outcome = bench.set(&[cell(5, 1), cell(4, 4)]);
    assert_eq!(outcome, (ErrorStatus::NO_ERROR, 0));
}

/// Where no syntax is declared, a value of no type is none for a cell that is not there yet, and one with a default has its type.
#[test]
fn new_cells_without_a_syntax_have_a_type() {
    let table = || {
        Table::new([Column::new(2).writable(), Column::new(4).row_status()])
            .column(Column::new(3).writable().default(5))
    };
    let (wrong_type, no_error) = (ErrorStatus::WRONG_TYPE, ErrorStatus::NO_ERROR);
    let cases: [(u32, Value, ErrorStatus, i32); 6] = [
        (2, ().into(), wrong_type, 2),
        (2, Value::NoSuchInstance, wrong_type, 2),
        (2, Value::EndOfMibView, wrong_type, 2),
        (3, "text".into(), wrong_type, 2),
        (3, 7.into(), no_error, 0),
        (2, "text".into(), no_error, 0),
    ];
    for (column, value, status, index) in cases {
        let bench = Bench::new(table());
        let create = (vec![4, 1], Value::from(5));
        let cell = (vec![column, 1], value.clone());
        assert_eq!(
            bench.set(&[create.clone(), cell.clone()]),
            (status, index),
            "{value}"
        );
        assert_eq!(bench.set(&[(vec![4, 1], 6.into())]), (no_error, 0));
        // The same in a row that lacks the cell.
        assert_eq!(bench.set(&[create]), (no_error, 0));
        let index = if status == no_error { 0 } else { 1 };
        assert_eq!(bench.set(&[cell]), (status, index), "{value}");
    }
}

/// Whoever has made a row, the same rules hold for it.
#[test]
fn rows_of_the_program_obey_managers_and_those_of_managers_the_program() {
    let table = table();
    let rows: TableHandle = table.handle();
    let bench = Bench::new(table);
    let no_error = (ErrorStatus::NO_ERROR, 0);
    rows.insert(1, [(2, "mine")]).expect("a row");
    assert_eq!(row(&bench, 1), "c=mine p=5 s=1");
    assert_eq!(bench.set(&bindings("c=x", 1)), (INC, 1));
    assert_eq!(bench.set(&bindings("s=2 c=x", 1)), no_error);
    rows.set(1, 3, 9).expect("a cell");
    assert_eq!(row(&bench, 1), "c=x p=9 s=2");
    assert_eq!(bench.set(&bindings("s=5", 2)), no_error);
    rows.set(2, 2, "filled").expect("a cell");
    assert_eq!(bench.set(&bindings("s=1", 2)), no_error);
    assert_eq!(row(&bench, 2), "c=filled p=5 s=1");
    assert!(rows.remove(1) && !rows.remove(1));
    assert_eq!(bench.set(&bindings("s=1", 1)), (INC, 1));
}

/// What the program refuses when it is asked about a row, in each state and for each value.
#[test]
fn whoever_may_object_is_asked() {
    use deferred_snmp::objects::RowChange::{self, Complete, Destroy, Withdraw};
    let no_error = (ErrorStatus::NO_ERROR, 0);
    type Case = (
        RowChange,
        char,
        &'static str,
        (ErrorStatus, i32),
        &'static str,
    );
    let cases: &[Case] = &[
        (Complete, 'A', "c=x s=4", (INC, 2), "-"),
        (Complete, 'A', "c=x s=5", no_error, "c=x p=5 s=3"),
        (Complete, 'B', "c=x", no_error, "c=x p=5 s=3"),
        (Complete, 'B', "c=x s=1", (INC, 2), "p=5 s=3"),
        (Complete, 'B', "c=x s=2", (INC, 2), "p=5 s=3"),
        (Complete, 'C', "s=1", (INC, 1), "c=old p=5 s=2"),
        (Complete, 'C', "p=7", no_error, "c=old p=7 s=3"),
        (Complete, 'C', "s=2", no_error, "c=old p=5 s=2"),
        (Complete, 'C', "s=6", no_error, "-"),
        (Complete, 'D', "p=7", (INC, 1), "c=old p=5 s=1"),
        (Complete, 'D', "s=1", no_error, "c=old p=5 s=1"),
        (Complete, 'D', "s=2", no_error, "c=old p=5 s=2"),
        (Withdraw, 'D', "s=2", (INC, 1), "c=old p=5 s=1"),
        (Withdraw, 'D', "p=7 s=2", (INC, 2), "c=old p=5 s=1"),
        (Withdraw, 'D', "p=7", no_error, "c=old p=7 s=1"),
        (Withdraw, 'D', "s=6", no_error, "-"),
        (Withdraw, 'C', "s=2", no_error, "c=old p=5 s=2"),
        (Destroy, 'A', "s=6", no_error, "-"),
        (Destroy, 'B', "s=6", (INC, 1), "p=5 s=3"),
        (Destroy, 'C', "c=x s=6", (INC, 2), "c=old p=5 s=2"),
        (Destroy, 'D', "s=6", (INC, 1), "c=old p=5 s=1"),
        (Destroy, 'D', "s=2", no_error, "c=old p=5 s=2"),
    ];
    for (refused, state, text, outcome, after) in cases {
        let is_on = std::rc::Rc::new(std::cell::Cell::new(false));
        let objects = std::rc::Rc::clone(&is_on);
        let refused = *refused;
        let table = table().validate(move |_, change| match objects.get() && change == refused {
            true => Err(SetError::InconsistentValue),
            false => Ok(()),
        });
        let bench = Bench::new(table);
        let create = match state {
            'A' => "",
            'B' => "s=5",
            'C' => "c=old s=5",
            _ => "c=old s=4",
        };
        if !create.is_empty() {
            assert_eq!(bench.set(&bindings(create, 1)), no_error);
        }
        is_on.set(true);
        let what = format!("{refused:?} refused: {text} in {state}");
        assert_eq!(bench.set(&bindings(text, 1)), *outcome, "{what}");
        assert_eq!(row(&bench, 1), *after, "{what}");
    }
}

/// The error is the one that the program gives.
#[test]
fn an_objection_has_the_words_of_the_program() {
    for (error, status) in [
        (
            SetError::ResourceUnavailable,
            ErrorStatus::RESOURCE_UNAVAILABLE,
        ),
        (SetError::NoAccess, ErrorStatus::NO_ACCESS),
        (SetError::GenErr, ErrorStatus::GEN_ERR),
    ] {
        let bench = Bench::new(table().validate(move |_, _| Err(error)));
        assert_eq!(bench.set(&bindings("c=x s=4", 1)), (status, 2));
        assert_eq!(row(&bench, 1), "-");
    }
}

/// What the program gets wrong when it is asked is an error of that SET alone: where it panics, and where it changes the row
/// that it is asked about.
#[test]
fn an_objection_that_goes_wrong_fails_its_set_alone() {
    use std::cell::{Cell, RefCell};
    use std::rc::Rc;
    let place: Rc<RefCell<Option<TableHandle>>> = Rc::default();
    let turn = Rc::new(Cell::new(0));
    let (rows, turns) = (Rc::clone(&place), Rc::clone(&turn));
    let table = table().validate(move |_, _| {
        turns.set(turns.get() + 1);
        match turns.get() {
            1 => panic!("a test"),
            2 => {
                let rows = rows.borrow();
                let rows = rows.as_ref().expect("it is served");
                rows.insert(1, [(2, "mine")]).expect("a row");
            }
            _ => {}
        }
        Ok(())
    });
    *place.borrow_mut() = Some(table.handle());
    let bench = Bench::new(table);
    let create = bindings("c=x s=4", 1);
    assert_eq!(bench.set(&create), (ErrorStatus::GEN_ERR, 1));
    assert_eq!(row(&bench, 1), "-");
    // The row is there when it is to be created.
    assert_eq!(bench.set(&create), (ErrorStatus::COMMIT_FAILED, 2));
    assert_eq!(row(&bench, 1), "c=mine p=5 s=1");
    assert_eq!(bench.set(&bindings("p=7", 1)), (ErrorStatus::NO_ERROR, 0));
    assert_eq!(row(&bench, 1), "c=mine p=7 s=1");
    place.take();
}

//! What the program is told of rows, by whomever they change.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use deferred_snmp::objects::{
    Column, ConceptualRow, NewRow, RowStatus, SetError, Table, TableHandle,
};
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::Value;

use super::bench::Bench;

type Log = Rc<RefCell<Vec<String>>>;

fn take(log: &Log) -> Vec<String> {
    log.take()
}

/// A row as `index: column 2, status`.
fn line(what: &str, row: &ConceptualRow) -> String {
    let text = row.get(2).map(|value| value.to_string());
    let status = row.status().map(|status| status as i32);
    let text = text.unwrap_or_default();
    format!("{what} {}: {text} {}", row.index()[0], status.unwrap_or(0))
}

/// Column 2 is a text that is needed, 3 the RowStatus; each change is noted.
fn table() -> (Table, Log) {
    let log = Log::default();
    let note = |what: &'static str| {
        let log = Rc::clone(&log);
        move |row: &ConceptualRow| log.borrow_mut().push(line(what, row))
    };
    let table = Table::new([Column::new(2).writable(), Column::new(3).row_status()])
        .on_activate(note("activated"))
        .on_change(note("changed"))
        .on_deactivate(note("deactivated"))
        .on_destroy(note("destroyed"));
    (table, log)
}

fn start() -> (Bench, TableHandle, Log) {
    let (table, log) = table();
    let rows = table.handle();
    (Bench::new(table), rows, log)
}

fn text(row: u32, text: &str) -> (Vec<u32>, Value) {
    (vec![2, row], text.into())
}

fn status(row: u32, status: i32) -> (Vec<u32>, Value) {
    (vec![3, row], status.into())
}

const FINE: (ErrorStatus, i32) = (ErrorStatus::NO_ERROR, 0);

/// One row through all its states: each SET, and what is told of it. Each SET is tried in vain first, of which nothing is told.
#[test]
fn of_each_change_by_a_manager_and_of_none_that_does_not_happen() {
    let (bench, _, log) = start();
    type Step<'s> = (Vec<(Vec<u32>, Value)>, &'s [&'s str]);
    let steps: [Step<'_>; 15] = [
        (vec![status(1, 5)], &[]),
        (vec![text(1, "a")], &[]),
        (vec![status(1, 1)], &["activated 1: a 1"]),
        (vec![status(1, 1)], &[]),
        (vec![text(1, "b")], &["changed 1: b 1"]),
        (vec![text(1, "b")], &[]),
        (vec![text(1, "c"), status(1, 2)], &["deactivated 1: c 2"]),
        (vec![text(1, "d")], &[]),
        (vec![text(1, "e"), status(1, 1)], &["activated 1: e 1"]),
        (
            vec![text(1, "f"), status(1, 6)],
            &["deactivated 1: e 1", "destroyed 1: e 1"],
        ),
        (vec![status(1, 6)], &[]),
        (vec![status(1, 4), text(1, "g")], &["activated 1: g 1"]),
        (vec![status(1, 2)], &["deactivated 1: g 2"]),
        (vec![status(1, 6)], &["destroyed 1: g 2"]),
        (vec![status(1, 1)], &[]),
    ];
    for (set, told) in steps {
        bench.set_in_vain(&set);
        assert_eq!(take(&log), [""; 0], "{set:?}, in vain");
        bench.set(&set);
        assert_eq!(take(&log), told, "{set:?}");
    }
    // Rows of one SET are told of in the order in which they stand there.
    let both = [text(7, "x"), text(2, "y"), status(2, 4), status(7, 4)];
    assert_eq!(bench.set(&both), FINE);
    assert_eq!(take(&log), ["activated 7: x 1", "activated 2: y 1"]);
}

#[test]
fn of_each_change_by_the_program() {
    let (bench, rows, log) = start();
    rows.insert(1, [(2, "a")]).expect("a row");
    assert_eq!(take(&log), ["activated 1: a 1"]);
    rows.insert(1, [(2, "a")]).expect("a row");
    assert_eq!(take(&log), [""; 0], "it is the same row");
    rows.insert(1, [(2, "b")]).expect("a row");
    assert_eq!(take(&log), ["changed 1: b 1"]);
    rows.set(1, 2, "c").expect("a cell");
    assert_eq!(take(&log), ["changed 1: c 1"]);
    rows.set(1, 3, RowStatus::NotInService).expect("a status");
    assert_eq!(take(&log), ["deactivated 1: c 2"]);
    rows.set(1, 3, RowStatus::Active).expect("a status");
    assert_eq!(take(&log), ["activated 1: c 1"]);
    assert!(rows.remove(1));
    assert_eq!(take(&log), ["deactivated 1: c 1", "destroyed 1: c 1"]);
    assert!(!rows.remove(1));
    let waits = NewRow::new().set(3, RowStatus::NotReady);
    rows.insert(2, waits).expect("a row");
    assert_eq!(take(&log), [""; 0]);
    assert_eq!(bench.set(&[text(2, "z"), status(2, 1)]), FINE);
    assert_eq!(take(&log), ["activated 2: z 1"]);
    // Before the table is served as well.
    let (mut table, log) = table();
    table.insert(&[3], [(2, "early")]);
    table.set(2, &[3], "later");
    table.remove(&[3]);
    let told = ["activated 3: early 1", "changed 3: later 1"];
    let gone = ["deactivated 3: later 1", "destroyed 3: later 1"];
    assert_eq!(take(&log), [told, gone].concat());
}

/// What a hook changes itself is told when it has returned, also when it takes out the row that it is told of.
#[test]
fn a_hook_may_change_its_table() {
    let log = Log::default();
    let place: Rc<RefCell<Option<TableHandle>>> = Rc::default();
    let rows = Rc::clone(&place);
    let notes = Rc::clone(&log);
    let note = Rc::clone(&log);
    let gone = Rc::clone(&log);
    let table = Table::new([Column::new(2).writable(), Column::new(3).row_status()])
        .on_activate(move |row| {
            notes.borrow_mut().push(line("activated", row));
            let rows = rows.borrow();
            let rows = rows.as_ref().expect("it is served");
            let number = row.index()[0];
            match number {
                1..=3 => rows.insert(number + 1, [(2, "next")]).expect("a row"),
                4 => rows.set(1, 2, "told").expect("it is there"),
                _ => assert!(rows.remove(number)),
            }
            notes.borrow_mut().push(format!("{number} has run"));
        })
        .on_change(move |row| note.borrow_mut().push(line("changed", row)))
        .on_destroy(move |row| gone.borrow_mut().push(line("destroyed", row)));
    *place.borrow_mut() = Some(table.handle());
    let bench = Bench::new(table);
    assert_eq!(bench.set(&[text(1, "first"), status(1, 4)]), FINE);
    let expected = [
        "activated 1: first 1",
        "1 has run",
        "activated 2: next 1",
        "2 has run",
        "activated 3: next 1",
        "3 has run",
        "activated 4: next 1",
        "4 has run",
        "changed 1: told 1",
    ];
    assert_eq!(take(&log), expected);
    assert_eq!(bench.set(&[text(9, "short"), status(9, 4)]), FINE);
    let expected = ["activated 9: short 1", "9 has run", "destroyed 9: short 1"];
    assert_eq!(take(&log), expected);
    assert_eq!(bench.walk().len(), 8);
    place.take();
}

/// The SET has happened, and the program is told of the rest all the same.
#[test]
fn a_hook_that_panics_keeps_nobody_from_being_told() {
    let log = Log::default();
    let notes = Rc::clone(&log);
    let gone = Rc::clone(&log);
    let table = Table::new([Column::new(2).writable(), Column::new(3).row_status()])
        .on_activate(move |row| {
            notes.borrow_mut().push(line("activated", row));
            assert_ne!(row.index(), [1], "of this row it does not want to hear");
        })
        .on_destroy(move |row| gone.borrow_mut().push(line("destroyed", row)));
    let rows = table.handle();
    let bench = Bench::new(table);
    let both = [text(1, "a"), status(1, 4), text(2, "b"), status(2, 4)];
    assert_eq!(bench.set(&both), FINE);
    assert_eq!(take(&log), ["activated 1: a 1", "activated 2: b 1"]);
    assert_eq!(bench.set(&[status(1, 6)]), FINE);
    assert_eq!(take(&log), ["destroyed 1: a 1"]);
    // A panic in the program's own call is the program's; the row is there.
    let insert = || rows.insert(1, [(2, "again")]);
    assert!(catch_unwind(AssertUnwindSafe(insert)).is_err());
    assert_eq!(take(&log), ["activated 1: again 1"]);
    assert_eq!(bench.get(&[2, 1]), "again".into());
    rows.insert(3, [(2, "c")]).expect("a row");
    assert_eq!(take(&log), ["activated 3: c 1"]);
}

/// In a table without a RowStatus all rows are in service.
#[test]
fn rows_without_a_status_are_in_service() {
    let log = Log::default();
    let note = |what: &'static str| {
        let log = Rc::clone(&log);
        move |row: &ConceptualRow| log.borrow_mut().push(line(what, row))
    };
    let table = Table::new([Column::new(2).writable()])
        .on_activate(note("activated"))
        .on_change(note("changed"))
        .on_deactivate(note("deactivated"))
        .on_destroy(note("destroyed"));
    let rows = table.handle();
    let bench = Bench::new(table);
    rows.insert(1, [(2, "a")]).expect("a row");
    assert_eq!(bench.set(&[text(1, "b")]), FINE);
    let no_creation = (ErrorStatus::NO_CREATION, 1);
    assert_eq!(bench.set(&[text(2, "b")]), no_creation);
    assert!(rows.remove(1));
    let expected = [
        "activated 1: a 0",
        "changed 1: b 0",
        "deactivated 1: b 0",
        "destroyed 1: b 0",
    ];
    assert_eq!(take(&log), expected);
}

/// Hooks end with their table, be it while one of them runs, though they own a handle and the handle goes on.
#[test]
fn a_hook_that_owns_a_handle_keeps_nothing_alive() {
    let token = Rc::new(());
    let place: Rc<RefCell<Option<Table>>> = Rc::default();
    let table = || {
        let table = Table::new([Column::new(2)]);
        let (rows, kept) = (table.handle(), Rc::clone(&token));
        let place = Rc::clone(&place);
        let table = table.on_activate(move |row| {
            let _ = &kept;
            if row.index() == [7] {
                assert!(rows.remove(8));
                drop(place.take());
            }
        });
        let rows = table.handle();
        rows.insert(8, [(2, "another")]).unwrap();
        (table, rows)
    };
    let (first, rows) = table();
    drop(first);
    assert_eq!(Rc::strong_count(&token), 1);
    rows.insert(7, [(2, "of nobody")]).unwrap();
    assert_eq!(rows.len(), 2);

    let (second, rows) = table();
    place.replace(Some(second));
    rows.insert(7, [(2, "the last")]).unwrap();
    assert_eq!(Rc::strong_count(&token), 1);
    assert_eq!(rows.len(), 1);
}

/// Who asks decides as well.
#[test]
fn an_objection_may_depend_on_who_asks() {
    let table = Table::new([Column::new(4).row_status()]).validate_for(|asker, _, _| {
        match asker.security_name {
            b"public" => Err(SetError::NoAccess),
            _ => Ok(()),
        }
    });
    let rows = table.handle();
    let bench = Bench::new(table);
    let create = [(vec![4, 1], Value::from(4))];
    assert_eq!(bench.set(&create), (ErrorStatus::NO_ACCESS, 1));
    assert!(rows.is_empty());
}

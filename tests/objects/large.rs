//! Many rows, and many cells in one SET.

use deferred_snmp::objects::{Column, Table};
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::Value;

use super::bench::Bench;

fn table() -> Table {
    Table::new([
        Column::new(2).writable().default(0),
        Column::new(3).writable().default("text"),
        Column::new(4).row_status(),
    ])
}

/// 4,000 cells in rows that are changed, created and destroyed, and then another object that cannot: all of it is taken back.
#[test]
fn four_thousand_cells_are_taken_back() {
    let table = table();
    let rows = table.handle();
    let bench = Bench::new(table);
    for number in 1..=1_500_u32 {
        let cell = [(2, number.cast_signed())];
        rows.insert(number, cell).expect("a row");
    }
    let before = format!("{rows:?}");
    let mut set: Vec<(Vec<u32>, Value)> = Vec::new();
    for number in 1..=1_000 {
        set.push((vec![2, number], (-1).into()));
        set.push((vec![3, number], "changed".into()));
    }
    for number in 1_001..=1_500 {
        set.push((vec![4, number], 6.into()));
    }
    for number in 2_001..=2_500 {
        set.push((vec![3, number], "new".into()));
        set.push((vec![4, number], 4.into()));
        set.push((vec![2, number], 7.into()));
    }
    assert_eq!(set.len(), 4_000);
    let failed = (ErrorStatus::COMMIT_FAILED, 4_001);
    assert_eq!(bench.set_in_vain(&set), failed);
    assert!(format!("{rows:?}") == before, "something has changed");
    assert_eq!(bench.walk().len(), 3 * 1_500);
    // And without that object, all of it happens.
    assert_eq!(bench.set(&set), (ErrorStatus::NO_ERROR, 0));
    assert_eq!(rows.len(), 1_500);
    assert_eq!(bench.get(&[2, 1]), (-1).into());
    assert_eq!(bench.get(&[4, 1_001]), Value::NoSuchInstance);
    assert_eq!(bench.get(&[3, 2_500]), "new".into());
}

/// 65,536 rows, of which managers may make no more; the program may.
#[test]
fn so_many_rows_as_nobody_should_need() {
    let table = table();
    let rows = table.handle();
    let bench = Bench::new(table);
    for number in 1..=65_535 {
        rows.insert(number, [(2, 1)]).expect("a row");
    }
    let create = |number| bench.set(&[(vec![4, number], 5.into())]);
    assert_eq!(create(65_536), (ErrorStatus::NO_ERROR, 0));
    let full = (ErrorStatus::RESOURCE_UNAVAILABLE, 1);
    assert_eq!(create(65_537), full);
    assert_eq!(rows.len(), 65_536);
    let destroy = bench.set(&[(vec![4, 7], 6.into())]);
    assert_eq!(destroy, (ErrorStatus::NO_ERROR, 0));
    assert_eq!(create(65_537), (ErrorStatus::NO_ERROR, 0));
    assert_eq!(create(65_538), full);
    rows.insert(65_538, [(2, 1)]).expect("a row");
    rows.insert(65_539, [(2, 1)]).expect("a row");
    assert_eq!(create(65_540), full);
    // One that goes is not enough now.
    assert!(rows.remove(1));
    assert_eq!(create(65_540), full);
    assert_eq!(rows.len(), 65_537);
}

/// A row that a manager has just been given goes, and the one before it is asked for the next again: the rows behind are still
/// found, wherever those lie that are kept side by side.
#[test]
fn rows_behind_one_that_has_gone_are_found_again() {
    let table = table();
    let rows = table.handle();
    let bench = Bench::new(table);
    for number in 1..=600 {
        rows.insert(number, [(2, 1)]).expect("a row");
    }
    for number in 1..=598 {
        let next = || bench.next(&[2, number]).map(|(instance, _)| instance);
        assert_eq!(next(), Some(vec![2, number + 1]));
        assert!(rows.remove(number + 1));
        assert_eq!(next(), Some(vec![2, number + 2]));
        rows.insert(number + 1, [(2, 1)]).expect("a row");
    }
}

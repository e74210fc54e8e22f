//! StorageType by SET. RFC 2579, StorageType.

use deferred_snmp::objects::{Column, StorageType, Table, TableHandle};
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::Value;

use super::bench::Bench;

/// Column 2 is a text, 3 the StorageType, 4 the RowStatus; and a row by the program.
fn start(kept: Option<StorageType>) -> (Bench, TableHandle) {
    let table = Table::new([
        Column::new(2).writable().default("text"),
        Column::new(3).storage_type(),
        Column::new(4).row_status(),
    ]);
    let rows = table.handle();
    let bench = Bench::new(table);
    if let Some(kept) = kept {
        rows.insert(1, [(3, kept)]).expect("a row");
    }
    (bench, rows)
}

fn number(column: u32, value: i32) -> (Vec<u32>, Value) {
    (vec![column, 1], value.into())
}

fn text() -> (Vec<u32>, Value) {
    (vec![2, 1], "changed".into())
}

const FINE: (ErrorStatus, i32) = (ErrorStatus::NO_ERROR, 0);
const WRONG: ErrorStatus = ErrorStatus::WRONG_VALUE;
const INC: ErrorStatus = ErrorStatus::INCONSISTENT_VALUE;

#[test]
fn at_creation() {
    let (bench, rows) = start(None);
    assert_eq!(bench.set(&[number(4, 4)]), FINE);
    assert_eq!(bench.get(&[3, 1]), 3.into(), "nonVolatile");
    rows.insert(2, [(2, "mine")]).expect("a row");
    assert_eq!(bench.get(&[3, 2]), 2.into(), "volatile");
    for (kept, outcome) in [
        (0, (WRONG, 2)),
        (1, FINE),
        (2, FINE),
        (3, FINE),
        (4, (WRONG, 2)),
        (5, (WRONG, 2)),
        (6, (WRONG, 2)),
    ] {
        for create in [4, 5] {
            let (bench, _) = start(None);
            assert_eq!(bench.set(&[number(4, create), number(3, kept)]), outcome);
            let expected = if outcome == FINE {
                kept.into()
            } else {
                Value::NoSuchInstance
            };
            assert_eq!(bench.get(&[3, 1]), expected);
        }
    }
    let table = Table::new([
        Column::new(3).storage_type().default(StorageType::Volatile),
        Column::new(4).row_status(),
    ]);
    let bench = Bench::new(table);
    assert_eq!(bench.set(&[number(4, 4)]), FINE);
    assert_eq!(bench.get(&[3, 1]), 2.into(), "the program's default");
}

#[test]
fn from_each_to_each() {
    use StorageType::{NonVolatile, Other, Permanent, ReadOnly, Volatile};
    for former in [Other, Volatile, NonVolatile, Permanent, ReadOnly] {
        for next in 0..=6 {
            let (bench, _) = start(Some(former));
            let is_free = (1..=3).contains(&(former as i32)) && (1..=3).contains(&next);
            let outcome = if is_free { FINE } else { (WRONG, 1) };
            assert_eq!(
                bench.set(&[number(3, next)]),
                outcome,
                "{former:?} to {next}"
            );
            let kept = if is_free { next } else { former as i32 };
            assert_eq!(bench.get(&[3, 1]), kept.into(), "{former:?} to {next}");
        }
    }
}

/// The row of a storage type, a SET, what comes of it, and the text and the status afterwards.
#[test]
fn rows_that_are_permanent_or_read_only() {
    use StorageType::{NonVolatile, Permanent, ReadOnly};
    let not_writable = ErrorStatus::NOT_WRITABLE;
    let cases = [
        (
            NonVolatile,
            vec![text(), number(4, 2)],
            FINE,
            Some(("changed", 2)),
        ),
        (NonVolatile, vec![number(4, 6)], FINE, None),
        (Permanent, vec![text()], FINE, Some(("changed", 1))),
        (
            Permanent,
            vec![number(4, 2), text()],
            FINE,
            Some(("changed", 2)),
        ),
        (Permanent, vec![number(4, 1)], FINE, Some(("text", 1))),
        (Permanent, vec![number(4, 6)], (INC, 1), Some(("text", 1))),
        (
            Permanent,
            vec![text(), number(4, 6)],
            (INC, 2),
            Some(("text", 1)),
        ),
        (ReadOnly, vec![text()], (not_writable, 1), Some(("text", 1))),
        (
            ReadOnly,
            vec![number(4, 2), text()],
            (not_writable, 2),
            Some(("text", 1)),
        ),
        (ReadOnly, vec![number(4, 1)], (INC, 1), Some(("text", 1))),
        (ReadOnly, vec![number(4, 2)], (INC, 1), Some(("text", 1))),
        (ReadOnly, vec![number(4, 6)], (INC, 1), Some(("text", 1))),
        (ReadOnly, vec![number(4, 4)], (INC, 1), Some(("text", 1))),
        (ReadOnly, vec![number(4, 3)], (WRONG, 1), Some(("text", 1))),
        (
            ReadOnly,
            vec![number(3, 2), number(4, 6)],
            (WRONG, 1),
            Some(("text", 1)),
        ),
    ];
    for (kept, set, outcome, after) in cases {
        let (bench, rows) = start(Some(kept));
        assert_eq!(bench.set(&set), outcome, "{kept:?}: {set:?}");
        let row = match after {
            Some((text, status)) => (Value::from(text), Value::from(status)),
            None => (Value::NoSuchInstance, Value::NoSuchInstance),
        };
        assert_eq!(
            (bench.get(&[2, 1]), bench.get(&[4, 1])),
            row,
            "{kept:?}: {set:?}"
        );
        // The program may do with it what it likes.
        assert_eq!(rows.remove(1), after.is_some());
    }
}

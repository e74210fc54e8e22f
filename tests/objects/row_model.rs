//! SETs at random of a table that managers make rows in, beside a model of what RFC 2579 and RFC 3416 say.

use std::collections::BTreeMap;

use deferred_snmp::names::BaseType;
use deferred_snmp::objects::{Column, Table};
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::Value;
use deferred_snmp::testing::Random;

use super::bench::{Bench, number_index, syntax};

/// Of the four rows that the INDEX allows there may be three.
const MOST_ROWS: usize = 3;

/// Column 2 is needed, and fixed in a row that is active; 3 is 5 unless somebody says otherwise; 4 is the RowStatus.
fn table() -> Table {
    let name = syntax("DisplayString", BaseType::OctetString, (1, 20));
    let number = syntax("Integer32", BaseType::Integer32, (1, 10));
    Table::new([
        Column::new(2).syntax(name).writable().fixed_while_active(),
        Column::new(3).syntax(number).writable().default(5),
        Column::new(4).row_status(),
    ])
    .index(number_index((1, 4)))
    .max_rows(MOST_ROWS)
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    name: Option<Value>,
    number: Value,
    status: i32,
}

type Rows = BTreeMap<u32, Row>;

/// One binding: column, row and value.
type Binding = (u32, u32, Value);
type Failure = (ErrorStatus, usize);

const ACTIVE: i32 = 1;
const NOT_IN_SERVICE: i32 = 2;
const NOT_READY: i32 = 3;
const CREATE_AND_GO: i32 = 4;
const CREATE_AND_WAIT: i32 = 5;
const DESTROY: i32 = 6;

/// RFC 3416 section 4.2.5, (3) to (7), for one binding.
fn judge_binding((column, row, value): &Binding) -> Result<(), ErrorStatus> {
    match (column, value) {
        (2, Value::OctetString(octets)) if octets.as_ref().is_empty() => {
            return Err(ErrorStatus::WRONG_LENGTH);
        }
        (2, Value::OctetString(_)) => {}
        (3, Value::Integer(1..=10)) => {}
        // "notReady" is a state that is read, and never written.
        (4, Value::Integer(1 | 2 | 4..=6)) => {}
        (3 | 4, Value::Integer(_)) => return Err(ErrorStatus::WRONG_VALUE),
        _ => return Err(ErrorStatus::WRONG_TYPE),
    }
    match row {
        1..=4 => Ok(()),
        _ => Err(ErrorStatus::NO_CREATION),
    }
}

/// What becomes of one row: RFC 2579, the table of RowStatus.
fn next_row(present: Option<&Row>, assigned: &[(usize, &Binding)]) -> Result<Option<Row>, Failure> {
    let mut asked = None;
    for (place, (column, _, value)) in assigned {
        if let (4, Value::Integer(status)) = (column, value) {
            if asked.is_some() {
                return Err((ErrorStatus::INCONSISTENT_VALUE, *place));
            }
            asked = Some((*status, *place));
        }
    }
    let mut row = present.cloned().unwrap_or_else(|| Row {
        name: None,
        number: 5.into(),
        status: NOT_READY,
    });
    let mut fixed = None;
    for (place, (column, _, value)) in assigned {
        match column {
            2 => {
                row.name = Some(value.clone());
                fixed.get_or_insert(*place);
            }
            3 => row.number = value.clone(),
            _ => {}
        }
    }
    let ready = |row: &Row| match row.name {
        Some(_) => NOT_IN_SERVICE,
        None => NOT_READY,
    };
    let Some((status, place)) = asked else {
        let Some(present) = present else {
            return Err((ErrorStatus::INCONSISTENT_NAME, assigned[0].0));
        };
        if present.status != ACTIVE {
            row.status = ready(&row);
        } else if let Some(place) = fixed {
            return Err((ErrorStatus::INCONSISTENT_VALUE, place));
        }
        return Ok(Some(row));
    };
    let refused = Err((ErrorStatus::INCONSISTENT_VALUE, place));
    let is_there = present.is_some();
    row.status = match status {
        DESTROY => return Ok(None),
        CREATE_AND_GO | CREATE_AND_WAIT if is_there => return refused,
        CREATE_AND_GO if row.name.is_none() => return refused,
        CREATE_AND_GO => ACTIVE,
        CREATE_AND_WAIT => ready(&row),
        _ if !is_there || row.name.is_none() => return refused,
        other => other,
    };
    let was_active = present.is_some_and(|row| row.status == ACTIVE);
    match fixed {
        Some(place) if was_active && row.status == ACTIVE => {
            Err((ErrorStatus::INCONSISTENT_VALUE, place))
        }
        _ => Ok(Some(row)),
    }
}

/// What becomes of all rows, or what the SET is refused with: RFC 3416, "as if simultaneously".
fn next_rows(rows: &Rows, set: &[Binding]) -> Result<Rows, Failure> {
    for (place, binding) in set.iter().enumerate() {
        judge_binding(binding).map_err(|status| (status, place))?;
    }
    let mut next = rows.clone();
    // The new rows, and which binding makes them.
    let mut created = Vec::new();
    let mut done = Vec::new();
    for (_, index, _) in set {
        if done.contains(index) {
            continue;
        }
        done.push(*index);
        let of_row = set.iter().enumerate();
        let of_row: Vec<_> = of_row.filter(|(_, it)| it.1 == *index).collect();
        match next_row(rows.get(index), &of_row)? {
            None => _ = next.remove(index),
            Some(row) => {
                if next.insert(*index, row).is_none() {
                    let status = of_row.iter().find(|(_, it)| it.0 == 4);
                    created.push(status.expect("rows are made by it").0);
                }
            }
        }
    }
    match next.len().checked_sub(MOST_ROWS) {
        Some(over @ 1..) if !created.is_empty() => {
            let place = created.len().saturating_sub(over);
            Err((ErrorStatus::RESOURCE_UNAVAILABLE, created[place]))
        }
        _ => Ok(next),
    }
}

fn binding(random: &mut Random) -> Binding {
    let row = match random.below(40) {
        0 => 0,
        1 => 5,
        other => 1 + other as u32 % 4,
    };
    let value = |random: &mut Random, usual: Value| match random.below(60) {
        0 => Value::from(()),
        1 => "text".into(),
        2 => 11.into(),
        3 => "".into(),
        _ => usual,
    };
    match random.below(10) {
        0..=2 => {
            let name = format!("name {}", random.below(3));
            (2, row, value(random, name.into()))
        }
        3..=4 => {
            let number = 1 + random.below(10) as i32;
            (3, row, value(random, number.into()))
        }
        _ => {
            let status = match random.below(30) {
                0 => random.next_u64() as i32,
                other => [1, 2, 4, 5, 6, 1, 2, 4, 5, 4, 3][other as usize % 11],
            };
            (4, row, value(random, status.into()))
        }
    }
}

/// What a manager sees of the model by a walk.
fn cells(rows: &Rows) -> Vec<(Vec<u32>, Value)> {
    let mut cells = Vec::new();
    for column in 2..=4 {
        for (index, row) in rows {
            let value = match column {
                2 => row.name.clone(),
                3 => Some(row.number.clone()),
                _ => Some(row.status.into()),
            };
            cells.extend(value.map(|value| (vec![column, *index], value)));
        }
    }
    cells
}

#[test]
fn thousands_of_sets_end_as_the_model_says() {
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    for seed in 0..20 {
        let mut random = Random::new(seed);
        let bench = Bench::new(table());
        let mut rows = Rows::new();
        for round in 0..500 {
            let set: Vec<_> = (0..1 + random.below(6))
                .map(|_| binding(&mut random))
                .collect();
            let bindings: Vec<_> = set
                .iter()
                .map(|(column, row, value)| (vec![*column, *row], value.clone()))
                .collect();
            let what = format!("seed {seed}, round {round}: {set:?} of {rows:?}");
            let (expected, next) = match next_rows(&rows, &set) {
                Ok(next) => ((ErrorStatus::NO_ERROR, 0), next),
                Err((status, place)) => ((status, place as i32 + 1), rows.clone()),
            };
            // Before each that succeeds, the same is undone.
            if expected.1 == 0 && random.chance(0.3) {
                let failed = (ErrorStatus::COMMIT_FAILED, set.len() as i32 + 1);
                assert_eq!(bench.set_in_vain(&bindings), failed, "{what}");
                assert_eq!(bench.walk(), cells(&rows), "{what}");
            }
            assert_eq!(bench.set(&bindings), expected, "{what}");
            rows = next;
            assert_eq!(bench.walk(), cells(&rows), "{what}");
            *ends.entry(expected.0.to_string()).or_default() += 1;
        }
    }
    // All of it has been met.
    for status in [
        ErrorStatus::NO_ERROR,
        ErrorStatus::WRONG_TYPE,
        ErrorStatus::WRONG_LENGTH,
        ErrorStatus::WRONG_VALUE,
        ErrorStatus::NO_CREATION,
        ErrorStatus::INCONSISTENT_NAME,
        ErrorStatus::INCONSISTENT_VALUE,
        ErrorStatus::RESOURCE_UNAVAILABLE,
    ] {
        let met = ends.get(&status.to_string()).copied().unwrap_or(0);
        assert!(met > 20, "{status}: {met} of {ends:?}");
    }
}

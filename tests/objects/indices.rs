//! Names that are none: what lies below a table and is no index of it. RFC 3416 sections 4.2.1, 4.2.2 and 4.2.5.

use deferred_snmp::names::{BaseType, Builtin, IndexPart};
use deferred_snmp::objects::{Column, MibTree, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::{ObjectIdentifier, Value};

use super::bench::{Bench, OBJECT, number_index, syntax};

const MOST: u32 = u32::MAX;

fn columns() -> [Column; 2] {
    [
        Column::new(2).writable().default(0),
        Column::new(3).row_status(),
    ]
}

/// A number of 1 to 9, then a string of 1 to 4 octets with its length before it.
fn pairs() -> Table {
    let string = syntax("DisplayString", BaseType::OctetString, (1, 4));
    let mut index = number_index((1, 9));
    index.push(IndexPart::owned("string".to_owned(), string, false));
    Table::new(columns()).index(index)
}

const NO_ERROR: ErrorStatus = ErrorStatus::NO_ERROR;
const NO_CREATION: ErrorStatus = ErrorStatus::NO_CREATION;

/// Behind the RowStatus column of the table: whether a manager can make a row of that name.
const TRICKS: &[(&[u32], ErrorStatus)] = &[
    (&[], NO_CREATION),
    (&[0], NO_CREATION),
    (&[1], NO_CREATION),
    (&[MOST], NO_CREATION),
    (&[1, 0], NO_CREATION),
    (&[1, 1], NO_CREATION),
    (&[1, 1, 97], NO_ERROR),
    (&[1, 1, 97, 0], NO_CREATION),
    (&[1, 1, 97, 1, 97], NO_CREATION),
    (&[1, 1, 255], NO_ERROR),
    (&[1, 1, 256], NO_CREATION),
    (&[1, 1, MOST], NO_CREATION),
    (&[0, 1, 97], NO_CREATION),
    (&[10, 1, 97], NO_CREATION),
    (&[MOST, 1, 97], NO_CREATION),
    (&[9, 4, 0, 0, 0, 0], NO_ERROR),
    (&[9, 5, 0, 0, 0, 0, 0], NO_CREATION),
    (&[9, 4, 0, 0, 0], NO_CREATION),
    (&[9, MOST, 0], NO_CREATION),
    (&[1, 2, 97], NO_CREATION),
];

fn below(column: u32, index: &[u32]) -> Vec<u32> {
    let column = std::iter::once(column);
    column.chain(index.iter().copied()).collect()
}

#[test]
fn a_row_has_a_name_of_its_index_clause() {
    for (index, status) in TRICKS {
        let bench = Bench::new(pairs());
        let place = i32::from(*status != NO_ERROR);
        for (column, value) in [(3, 5), (3, 4), (2, 7)] {
            // Without a row and its status a cell has no place either; where none can ever be, that is noCreation.
            let status = match (column, *status) {
                (2, NO_ERROR) => ErrorStatus::INCONSISTENT_NAME,
                (_, status) => status,
            };
            let place = if column == 2 { 1 } else { place };
            let instance = below(column, index);
            let outcome = bench.set(&[(instance, value.into())]);
            assert_eq!(outcome, (status, place), "{column} {index:?}");
            bench.set(&[(below(3, index), 6.into())]);
        }
        let outcome = bench.set(&[(below(3, index), 4.into()), (below(2, index), 7.into())]);
        assert_eq!(outcome, (*status, place), "{index:?}");
        let there = bench.walk().len();
        assert_eq!(there, if *status == NO_ERROR { 2 } else { 0 }, "{index:?}");
    }
}

#[test]
fn what_is_no_row_is_none_and_the_next_one_lies_behind() {
    let bench = Bench::new(pairs());
    let rows: [&[u32]; 3] = [&[1, 1, 97], &[5, 2, 0, 255], &[9, 4, 255, 255, 255, 255]];
    for row in rows {
        let outcome = bench.set(&[(below(3, row), 4.into())]);
        assert_eq!(outcome, (NO_ERROR, 0));
    }
    let all: Vec<Vec<u32>> = [2, 3]
        .iter()
        .flat_map(|column| rows.map(|row| below(*column, row)))
        .collect();
    let walked: Vec<_> = bench.walk().into_iter().map(|it| it.0).collect();
    assert_eq!(walked, all);
    let long = vec![1; 128 - OBJECT.len()];
    let mut asked: Vec<Vec<u32>> = vec![vec![], vec![0], vec![MOST], long.clone()];
    asked.push(vec![MOST; 128 - OBJECT.len()]);
    for column in [1, 2, 3, 4, MOST] {
        let tricks = TRICKS.iter().map(|(index, _)| below(column, index));
        asked.extend(tricks);
        for row in rows {
            asked.push(below(column, &[row, &[0]].concat()));
            asked.push(below(column, &row[..row.len() - 1]));
        }
        asked.push(below(column, &long[1..]));
        asked.push(below(column, &vec![MOST; 127 - OBJECT.len()]));
    }
    for instance in asked {
        // GET knows the rows that are there alone.
        let value = bench.get(&instance);
        let missing = match instance.first() {
            Some(2 | 3) if all.contains(&instance) => None,
            Some(2 | 3) => Some(Value::NoSuchInstance),
            _ => Some(Value::NoSuchObject),
        };
        match missing {
            Some(missing) => assert_eq!(value, missing, "{instance:?}"),
            None => assert!(matches!(value, Value::Integer(_)), "{instance:?}"),
        }
        let next = all.iter().find(|name| **name > instance);
        let found = bench.next(&instance).map(|(instance, _)| instance);
        assert_eq!(found.as_ref(), next, "{instance:?}");
        // And no SET of a cell that is not there makes it.
        if !all.contains(&instance) {
            let (status, index) = bench.set(&[(instance.clone(), 1.into())]);
            assert_ne!(status, NO_ERROR, "{instance:?}");
            assert_eq!(index, 1, "{instance:?}");
        }
    }
    assert_eq!(bench.walk().len(), all.len());
}

/// Where nobody has said what names a row, any name of one sub-identifier at least does.
#[test]
fn without_a_clause_any_index_does() {
    let bench = Bench::new(Table::new(columns()));
    let longest = vec![MOST; 127 - OBJECT.len()];
    let names: [&[u32]; 4] = [&[0], &[MOST], &[1, 2, 3], &longest];
    for name in names {
        let outcome = bench.set(&[(below(3, name), 4.into())]);
        assert_eq!(outcome, (NO_ERROR, 0), "{name:?}");
        assert_eq!(bench.get(&below(2, name)), 0.into());
    }
    let outcome = bench.set(&[(vec![3], 4.into())]);
    assert_eq!(outcome, (NO_CREATION, 1));
    assert_eq!(bench.walk().len(), 2 * names.len());
}

/// The INDEX of a table by its name: snmpTargetParamsTable, IMPLIED SnmpAdminString (1..32).
#[test]
fn the_index_of_a_table_by_its_name_is_that_of_its_module() {
    const STATUS: ObjectIdentifier = oid!(1.3.6.1.6.3.12.1.3.1.7);
    let mut tree = MibTree::new();
    let name = "SNMP-TARGET-MIB::snmpTargetParamsTable";
    let table = Table::managed();
    let rows = table.handle();
    tree.define(&Builtin, name, table).expect("free");
    let responder =
        deferred_snmp::applications::CommandResponder::new(tree, deferred_snmp::access::OpenAccess);
    let asker = deferred_snmp::objects::Asker::new(
        deferred_snmp::message::Version::V2c,
        deferred_snmp::security::SecurityModel::V2C,
        b"public",
        deferred_snmp::security::SecurityLevel::NoAuthNoPriv,
        b"",
    );
    let cases: [(Vec<u32>, ErrorStatus); 7] = [
        (vec![], NO_CREATION),
        (vec![97], NO_ERROR),
        (vec![0], NO_ERROR),
        (vec![97; 32], NO_ERROR),
        (vec![97; 33], NO_CREATION),
        (vec![97, 256], NO_CREATION),
        (vec![97, MOST], NO_CREATION),
    ];
    let mut made = 0;
    for (index, status) in cases {
        let variable = STATUS.extend(index.iter().copied()).expect("short");
        let binding = deferred_snmp::smi::VarBind::new(variable, 5);
        let set = deferred_snmp::pdu::Pdu::new(
            deferred_snmp::pdu::PduKind::SetRequest,
            7,
            std::iter::once(binding).collect(),
        );
        let response = responder.process(&asker, set.as_ref(), 65_000);
        assert_eq!(response.expect("one").error_status, status, "{index:?}");
        made += usize::from(status == NO_ERROR);
        assert_eq!(rows.len(), made);
    }
}

//! Rows whose names would have more than 128 sub-identifiers: RFC 2578 section 3.5 knows no such names.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use deferred_snmp::hlapi::Rows;
use deferred_snmp::objects::{Column, IndexString, ManagedObject, MibTree, Table};
use deferred_snmp::smi::MAX_ARCS;

use super::bench::{Bench, OBJECT};

/// The longest index that a row may have here, behind the number of its column.
const LONGEST: usize = MAX_ARCS - OBJECT_ARCS - 1;
const OBJECT_ARCS: usize = 8;

/// Indices in their order; which of them can be told is seen by their lengths.
fn indices() -> Vec<Vec<u32>> {
    let with_end = |len: usize, end: &[u32]| {
        let mut index = vec![7; len - 1];
        index.extend(end);
        index
    };
    let mut indices = vec![
        vec![1],
        with_end(LONGEST, &[5]),
        with_end(LONGEST, &[5, 1]),
        with_end(LONGEST, &[5, 2, 2]),
        with_end(LONGEST, &[6]),
        with_end(LONGEST, &[6, 0]),
        with_end(LONGEST, &[8, 0]),
        with_end(LONGEST, &[u32::MAX]),
        with_end(LONGEST, &[u32::MAX, 1]),
        vec![8],
        // Nothing can be told behind it in its column.
        vec![u32::MAX; LONGEST + 1],
    ];
    indices.sort();
    indices
}

fn all(column: u32) -> impl Iterator<Item = Vec<u32>> {
    let told = indices().into_iter().filter(|it| it.len() <= LONGEST);
    told.map(move |index| [vec![column], index].concat())
}

fn expected() -> Vec<Vec<u32>> {
    all(2).chain(all(3)).collect()
}

fn walked(object: impl ManagedObject) -> Vec<Vec<u32>> {
    assert_eq!(OBJECT.len(), OBJECT_ARCS);
    let cells = Bench::new(object).walk();
    cells.into_iter().map(|(instance, _)| instance).collect()
}

fn table() -> Table {
    let mut table = Table::new([2, 3].map(Column::new));
    for index in indices() {
        table.insert(&index, [(2, 1), (3, 1)]);
    }
    table
}

#[test]
fn they_are_left_out_of_walks() {
    assert_eq!(walked(table()), expected());
    // Rows in the order of an INDEX: the long one is the last.
    let rows: BTreeMap<IndexString, i32> = ["a", &"b".repeat(200), "c"]
        .map(|name| (name.into(), 1))
        .into();
    let rows = Rows::of(Rc::new(RefCell::new(rows)))
        .column(2, |row| *row)
        .column(3, |row| *row);
    let short = [[2, 1, 97], [2, 1, 99], [3, 1, 97], [3, 1, 99]];
    assert_eq!(walked(rows), short);
}

#[test]
fn the_program_that_reads_a_tree_does_not_see_them_either() {
    let mut tree = MibTree::new();
    tree.register(OBJECT, table()).expect("free");
    let (mut name, mut walked) = (OBJECT, Vec::new());
    while let Some((next, _)) = tree.get_next(&name).expect("readable") {
        let instance = next.strip_prefix(&OBJECT).expect("below it");
        walked.push(instance.collect::<Vec<_>>());
        name = next;
    }
    assert_eq!(walked, expected());
}

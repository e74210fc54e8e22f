//! A tree of managed objects agrees with a sorted map, through all changes.

use std::collections::BTreeMap;

use deferred_snmp::message::Version;
use deferred_snmp::names::{BaseType, Syntax};
use deferred_snmp::objects::{
    Advance, Asker, Assignment, Assignments, Column, ManagedObject, MibTree, Table,
};
use deferred_snmp::smi::{ObjectIdentifier, Value};
use proptest::prelude::*;

/// Where the objects of the model below stand.
const PLACES: [&str; 4] = [
    "1.3.6.1.4.1.1",
    "1.3.6.1.4.1.2.5",
    "1.3.6.1.4.1.128",
    "1.3.6.1.4.1.16384.1",
];

fn index() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(prop_oneof![0..3_u32, 126..130_u32, Just(u32::MAX)], 1..4)
}

proptest! {
    #[test]
    fn get_and_get_next_agree_with_a_sorted_map(
        rows in prop::collection::vec((0..PLACES.len(), 1..3_u32, index()), 0..40),
        probes in prop::collection::vec((0..PLACES.len(), prop::collection::vec(0..130_u32, 0..5)), 1..20),
    ) {
        let mut model: BTreeMap<Vec<u32>, i32> = BTreeMap::new();
        let mut tables: Vec<Table> =
            PLACES.iter().map(|_| Table::new([Column::new(1), Column::new(2)])).collect();
        let place = |at: usize| -> ObjectIdentifier { PLACES[at].parse().expect("an OID") };
        for (number, (at, column, index)) in (0..).zip(&rows) {
            if !tables[*at].set(*column, index, number) {
                tables[*at].insert(index, [(*column, number)]);
            }
            let arcs = place(*at).arcs().chain([*column]).chain(index.iter().copied()).collect();
            model.insert(arcs, number);
        }
        let mut tree = MibTree::new();
        for (at, table) in tables.into_iter().enumerate() {
            tree.register(place(at), table).expect("apart");
        }
        let names = probes
            .iter()
            .map(|(at, tail)| place(*at).arcs().chain(tail.iter().copied()).collect::<Vec<_>>())
            .chain(model.keys().cloned());
        for arcs in names.collect::<Vec<_>>() {
            let name = ObjectIdentifier::from_arcs(&arcs).expect("short");
            let found = tree.get(name.as_ref()).ok().map(|answer| answer.as_ref().to_owned());
            prop_assert_eq!(found, model.get(&arcs).map(|&value| Value::Integer(value)));
            let next = tree
                .get_next(name.as_ref())
                .expect("nothing fails here")
                .map(|(name, answer)| (name.arcs().collect::<Vec<_>>(), answer.as_ref().to_owned()));
            let expected = model
                .range((std::ops::Bound::Excluded(arcs), std::ops::Bound::Unbounded))
                .next()
                .map(|(arcs, &value)| (arcs.clone(), Value::Integer(value)));
            prop_assert_eq!(next, expected);
        }
    }
}

/// What happens to a table with the stored columns 1, 2 and 3, and 4 computed.
#[derive(Clone, Debug)]
enum Change {
    /// A row with some cells: none, a number or a Counter64 for each column.
    Insert(u32, [Option<bool>; 3]),
    Remove(u32),
    Set(u32, u32, bool),
    Commit(u32, u32, bool),
    /// Commits and takes that back.
    Undo(u32, u32, bool),
}

fn change() -> impl Strategy<Value = Change> {
    let cell = || prop_oneof![Just(None), any::<bool>().prop_map(Some)];
    prop_oneof![
        4 => (0..6_u32, [cell(), cell(), cell()]).prop_map(|(row, cells)| Change::Insert(row, cells)),
        2 => (0..6_u32).prop_map(Change::Remove),
        1 => (1..4_u32, 0..6_u32, any::<bool>()).prop_map(|(c, r, v)| Change::Set(c, r, v)),
        1 => (1..4_u32, 0..6_u32, any::<bool>()).prop_map(|(c, r, v)| Change::Commit(c, r, v)),
        1 => (1..4_u32, 0..6_u32, any::<bool>()).prop_map(|(c, r, v)| Change::Undo(c, r, v)),
    ]
}

fn cell_value(is_counter64: bool) -> Value {
    if is_counter64 {
        Value::Counter64(1)
    } else {
        Value::Integer(1)
    }
}

proptest! {
    #[test]
    fn the_next_cell_is_right_through_all_changes_and_in_version_1(
        changes in prop::collection::vec(change(), 0..30),
    ) {
        let syntax = Syntax::new("Counter64", BaseType::Counter64);
        let computed = Column::new(4).dynamic(|_| Some(Value::Counter64(1))).syntax(syntax);
        let stored = [1, 2, 3].map(Column::new);
        let mut table = Table::new(stored.into_iter().chain([computed]));
        // By column and row: whether the cell is a Counter64.
        let mut model: BTreeMap<[u32; 2], bool> = BTreeMap::new();
        for change in changes {
            match change {
                Change::Insert(row, cells) => {
                    let cells = (1..4).zip(cells);
                    let values = cells.clone().filter_map(|(c, v)| Some((c, cell_value(v?))));
                    table.insert(&[row], values);
                    model.retain(|&[_, other], _| other != row);
                    model.extend(cells.filter_map(|(c, v)| Some(([c, row], v?))));
                    model.insert([4, row], true);
                }
                Change::Remove(row) => {
                    let existed = table.remove(&[row]);
                    prop_assert_eq!(existed, model.remove(&[4, row]).is_some());
                    model.retain(|&[_, other], _| other != row);
                }
                Change::Set(column, row, value) => {
                    let existed = table.set(column, &[row], cell_value(value));
                    prop_assert_eq!(existed, model.contains_key(&[4, row]));
                    if existed {
                        model.insert([column, row], value);
                    }
                }
                Change::Commit(column, row, value) => {
                    let cell = [column, row];
                    let value_of_cell = cell_value(value);
                    let set = [Assignment::new(&cell, value_of_cell.as_ref())];
                    let outcome = table.commit(&PROGRAM, Assignments::from(&set));
                    prop_assert_eq!(outcome.is_ok(), model.contains_key(&cell));
                    table.cleanup(Assignments::from(&set));
                    model.entry(cell).and_modify(|present| *present = value);
                }
                Change::Undo(column, row, value) => {
                    let cell = [column, row];
                    let value = cell_value(value);
                    let set = [Assignment::new(&cell, value.as_ref())];
                    let committed = table.commit(&PROGRAM, Assignments::from(&set)).is_ok();
                    prop_assert_eq!(committed, model.contains_key(&cell));
                    prop_assert!(!committed || table.undo(&PROGRAM, Assignments::from(&set)).is_ok());
                }
            }
            let all = model.keys().map(|cell| cell.to_vec()).collect::<Vec<_>>();
            prop_assert_eq!(walk(&mut table, Version::V2c), all);
            // In SNMPv1 no column is left out but those of Counter64s alone.
            let is_left = |column| model.iter().any(|(cell, is)| cell[0] == column && !is);
            let rest = model.keys().filter(|cell| is_left(cell[0])).map(|cell| cell.to_vec());
            prop_assert_eq!(walk(&mut table, Version::V1), rest.collect::<Vec<_>>());
            // From anywhere, also where nothing is.
            for from in (0..6).flat_map(|column| (0..7).map(move |row| [column, row])) {
                let mut next = from.to_vec();
                let is_found = table.advance(&PROGRAM, &mut next) == Advance::Found;
                let expected = model.range((std::ops::Bound::Excluded(from), std::ops::Bound::Unbounded)).next();
                prop_assert_eq!(is_found.then_some(&next[..]), expected.map(|(cell, _)| &cell[..]));
            }
        }
    }
}

const PROGRAM: Asker<'static> = Asker::program();

fn walk(table: &mut Table, version: Version) -> Vec<Vec<u32>> {
    let mut asker = PROGRAM;
    asker.version = version;
    let mut instance = Vec::new();
    std::iter::from_fn(|| {
        let found = table.advance(&asker, &mut instance) == Advance::Found;
        found.then(|| instance.clone())
    })
    .collect()
}

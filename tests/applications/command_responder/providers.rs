//! Tables whose rows the program has: against a plain list, and by hand.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::oracle::{Seen, behind, bulk_by_list};
use super::*;
use deferred_snmp::objects::{
    Answer, ImpliedString, IndexString, ProviderTable, ReadError, TableIndex, TableProvider,
};
use deferred_snmp::testing::Random;

const ENTRY: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1.1);

const COUNTER64: Syntax = Syntax::from_static("Counter64", BaseType::Counter64, &[], &[], None);

/// A row's cells, by column.
type Row = BTreeMap<u32, Value>;

type Shared<K> = Rc<RefCell<BTreeMap<K, Row>>>;

/// Rows that the test changes, and how often they have been asked for.
struct Provider<K> {
    rows: Shared<K>,
    /// What is read is copied here, and lent.
    cell: Value,
    asked: Rc<Cell<u32>>,
    /// Which value cannot be set.
    refused: Value,
}

impl<K: TableIndex> TableProvider for Provider<K> {
    type Index = K;

    fn first_from(&mut self, _: &Asker<'_>, from: &K) -> Result<Option<K>, ReadError> {
        self.asked.set(self.asked.get() + 1);
        let rows = self.rows.borrow();
        Ok(rows.range(from..).next().map(|(index, _)| index.clone()))
    }

    fn cell(&mut self, _: &Asker<'_>, index: &K, column: u32) -> Result<Answer<'_>, ReadError> {
        self.asked.set(self.asked.get() + 1);
        let rows = self.rows.borrow();
        let cell = rows.get(index).and_then(|row| row.get(&column));
        self.cell = cell.ok_or(ReadError::NoSuchInstance)?.clone();
        Ok(Answer::Borrowed(self.cell.as_ref()))
    }

    fn check(&mut self, _: &Asker<'_>, _: &K, _: u32, value: ValueRef<'_>) -> Result<(), SetError> {
        match value {
            ValueRef::Integer(..0) => Err(SetError::WrongValue),
            _ => Ok(()),
        }
    }

    fn set(
        &mut self,
        _: &Asker<'_>,
        index: &K,
        column: u32,
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        if value == self.refused.as_ref() {
            return Err(SetError::ResourceUnavailable);
        }
        let mut rows = self.rows.borrow_mut();
        let cell = rows.get_mut(index).and_then(|row| row.get_mut(&column));
        *cell.ok_or(SetError::GenErr)? = value.to_owned();
        Ok(())
    }
}

/// The columns that the table has. Column 6 holds nothing but Counter64s, and says so.
fn columns() -> [Column; 4] {
    [
        Column::new(9).writable(),
        Column::new(2).writable(),
        Column::new(6).syntax(COUNTER64),
        Column::new(4).writable(),
    ]
}

/// A responder with one table, its rows, and how often these have been asked for.
fn served<K: TableIndex>() -> (CommandResponder, Shared<K>, Rc<Cell<u32>>) {
    let (rows, asked): (Shared<K>, Rc<Cell<u32>>) = Default::default();
    let provider = Provider {
        rows: Rc::clone(&rows),
        cell: Value::Null,
        asked: Rc::clone(&asked),
        refused: Value::from(666),
    };
    let mut tree = MibTree::new();
    let table = ProviderTable::new(provider, columns());
    tree.register(ENTRY, table).expect("free");
    let behind = oid!(1.3.6.1.4.1.99.2);
    tree.register(behind, Scalar::constant(7)).expect("free");
    (CommandResponder::new(tree, OpenAccess), rows, asked)
}

fn cell(column: u32, index: &[u32]) -> ObjectIdentifier {
    ENTRY
        .extend([&[column], index].concat())
        .expect("short enough")
}

fn arcs<K: TableIndex>(index: &K) -> Vec<u32> {
    let mut arcs = Vec::new();
    index.write(&mut arcs);
    arcs
}

/// What can be seen, in order.
fn list<K: TableIndex>(rows: &Shared<K>) -> Seen {
    let mut seen = Seen::new();
    for (index, row) in rows.borrow().iter() {
        let cells = row.iter().filter(|cell| [2, 4, 6, 9].contains(cell.0));
        seen.extend(cells.map(|(column, value)| (cell(*column, &arcs(index)), value.clone())));
    }
    seen.push((oid!(1.3.6.1.4.1.99.2.0), 7.into()));
    seen.sort_by(|one, other| one.0.cmp(&other.0));
    seen
}

struct Trial<K> {
    random: Random,
    rows: Shared<K>,
}

impl<K: TableIndex> Trial<K> {
    fn below(&mut self, bound: u32) -> u32 {
        self.random.below(bound.into()) as u32
    }

    /// Sub-identifiers of an index of the type, or near to one.
    fn arcs(&mut self) -> Vec<u32> {
        const ARCS: [u32; 10] = [0, 1, 2, 3, 97, 255, 256, 65_535, 65_536, u32::MAX];
        let len = self.below(5) + 1;
        let arcs = (0..len).map(|_| match self.random.below(3) {
            0 => ARCS[self.random.below(10) as usize],
            _ => self.random.below(4) as u32,
        });
        arcs.collect()
    }

    fn index(&mut self) -> K {
        loop {
            if let Some(index) = K::read(&self.arcs()) {
                return index;
            }
        }
    }

    fn row(&mut self) -> Row {
        let mut row = Row::new();
        for column in 1..=9 {
            let value = match self.random.below(4) {
                0 => continue,
                _ if column == 6 => Counter64(self.random.next_u64()).into(),
                1 => Counter64(3).into(),
                2 => Value::from("some text"),
                _ => Value::from(self.random.below(100) as i32),
            };
            row.insert(column, value);
        }
        row
    }

    /// Rows come, change and go.
    fn change(&mut self) {
        for _ in 0..self.below(6) {
            let index = self.index();
            let row = self.row();
            self.rows.borrow_mut().insert(index, row);
        }
        for _ in 0..self.below(6) {
            let place = self.below(30) as usize;
            let index = self.rows.borrow().keys().nth(place).cloned();
            index.and_then(|index| self.rows.borrow_mut().remove(&index));
        }
    }

    /// A name that is there, next to one, or anywhere.
    fn name(&mut self) -> ObjectIdentifier {
        let place = self.below(30) as usize;
        let index = self.rows.borrow().keys().nth(place).map(arcs);
        let mut index = match index {
            Some(index) if self.random.below(3) > 0 => index,
            _ => self.arcs(),
        };
        match self.below(6) {
            0 => drop(index.pop()),
            1 => index.push(0),
            2 => index.clear(),
            3 => *index.last_mut().expect("one at least") ^= 1,
            _ => {}
        }
        match self.below(12) {
            0 => oid!(1.3.6.1),
            1 => ENTRY,
            _ => cell(self.below(11), &index),
        }
    }
}

/// Compares with the list, of which the collection that is served becomes another between any two requests.
fn agrees<K: TableIndex + Debug>() {
    for seed in 0..15 {
        let (responder, rows, _) = served::<K>();
        let mut trial = Trial {
            random: Random::new(seed),
            rows,
        };
        for round in 0..40 {
            trial.change();
            let seen = list(&trial.rows);
            let names: Vec<_> = (0..1 + trial.below(12)).map(|_| trial.name()).collect();
            let case = format!("{seed}/{round}");

            let response = v2(&responder, &named(Get, names.clone()));
            for (name, binding) in names.iter().zip(&response.var_binds) {
                let found = seen.iter().find(|(other, _)| other == name);
                match found {
                    Some((_, value)) => assert_eq!(binding.value, value.as_ref(), "{case}"),
                    None => assert!(binding.value.is_exception(), "{case}"),
                }
            }

            let request = named(GetNext, names.clone());
            let response = v2(&responder, &request);
            let expected = bulk_by_list(&seen, &names, names.len(), 0);
            assert_eq!(response.var_binds, expected, "{case}");

            let is_of_v1 = |(_, value): &&(_, Value)| !matches!(value, Value::Counter64(_));
            let seen_in_v1: Seen = seen.iter().filter(is_of_v1).cloned().collect();
            let response = v1(&responder, &request);
            let is_last = |name| behind(&seen_in_v1, name).is_none();
            let expected = match names.iter().any(is_last) {
                true => request.var_binds.clone(),
                false => bulk_by_list(&seen_in_v1, &names, names.len(), 0),
            };
            assert_eq!(response.var_binds, expected, "{case}");

            let (singles, most) = (trial.below(names.len() as u32 + 1), trial.below(30));
            let response = v2(&responder, &bulk(singles, most, names.clone()));
            let expected = bulk_by_list(&seen, &names, singles as usize, most);
            assert_eq!(response.var_binds, expected, "{case}");
        }
    }
}

#[test]
fn tables_of_numbers_agree_with_the_list() {
    agrees::<u32>();
    agrees::<u8>();
    agrees::<[u32; 2]>();
}

#[test]
fn tables_of_strings_agree_with_the_list() {
    agrees::<IndexString>();
    agrees::<ImpliedString>();
    agrees::<Vec<u32>>();
}

#[test]
fn tables_of_several_objects_agree_with_the_list() {
    agrees::<(u8, u16)>();
    agrees::<(IndexString, u8)>();
    agrees::<(u8, u8, ImpliedString)>();
}

/// A walk by GETBULK while rows come and go: those that stay are found, each once and in order.
#[test]
fn a_walk_goes_on_by_name_whatever_the_collection_becomes() {
    let (responder, rows, _) = served::<u32>();
    let row = |index: u32| Row::from([(2, Gauge32(index).into())]);
    let all = (0..1_000).map(|index| (index, row(index)));
    rows.borrow_mut().extend(all);
    let mut random = Random::new(5);
    let mut name = ENTRY.child(2).expect("short");
    let mut found = Vec::new();
    'walk: loop {
        let response = v2(&responder, &bulk(0, 7, [name.clone()]));
        for binding in &response.var_binds {
            if !binding.name.starts_with(&ENTRY) {
                break 'walk;
            }
            let index = binding.name.arcs().last().expect("an index");
            assert_eq!(binding.value, ValueRef::Gauge32(index));
            found.push(index);
            name = binding.name.to_owned();
        }
        // Every third row stays; the others come and go.
        for _ in 0..20 {
            let index = random.below(1_000) as u32;
            let mut rows = rows.borrow_mut();
            if !index.is_multiple_of(3) && rows.remove(&index).is_none() {
                rows.insert(index, row(index));
            }
        }
    }
    assert!(found.is_sorted_by(|one, other| one < other));
    let stayed = found.iter().copied().filter(|index| index % 3 == 0);
    assert!(stayed.eq((0..1_000).step_by(3)));
}

#[test]
fn a_declared_column_of_counter64_is_one_jump_in_version_1() {
    let (responder, rows, asked) = served::<u32>();
    let cells = [(6, Counter64(1).into()), (9, Value::from(1))];
    let all = (1..=100_000).map(|index| (index, Row::from(cells.clone())));
    rows.borrow_mut().extend(all);
    let request = named(GetNext, [cell(6, &[])]);
    let response = v1(&responder, &request);
    assert_eq!(lines(&response), ["1.3.6.1.4.1.99.1.1.9.1 = 1"]);
    assert_eq!(asked.take(), 2, "for the first row and its cell");
    let request = named(GetNext, [cell(6, &[500])]);
    assert_eq!(lines(&v1(&responder, &request)).len(), 1);
    assert_eq!(asked.take(), 2);
    // And without a column behind it.
    rows.borrow_mut()
        .values_mut()
        .for_each(|row| _ = row.remove(&9));
    rows.borrow_mut().retain(|index, _| *index < 10);
    let response = v1(&responder, &request);
    assert_eq!(lines(&response), ["1.3.6.1.4.1.99.2.0 = 7"]);
}

#[test]
fn names_that_are_none_find_nothing_and_go_on_behind() {
    let (responder, rows, _) = served::<(IndexString, u8)>();
    for name in ["", "a", "lo", "eth0"] {
        let row = Row::from([(2, Value::from(name))]);
        rows.borrow_mut().insert((IndexString::from(name), 5), row);
    }
    // 128 sub-identifiers in all.
    let long = vec![1; 118];
    let cases: [(&[u32], &str); 13] = [
        (&[], ".0.5 = "),
        (&[0], ".0.5 = "),
        (&[0, 5], ".1.97.5 = a"),
        (&[0, 5, 0], ".1.97.5 = a"),
        (&[0, 256], ".1.97.5 = a"),
        (&[1, 97, 5, 1], ".2.108.111.5 = lo"),
        (&[1, 256], ".2.108.111.5 = lo"),
        (&[2, 108], ".2.108.111.5 = lo"),
        (&[2, 108, u32::MAX], ".4.101.116.104.48.5 = eth0"),
        (&[3], ".4.101.116.104.48.5 = eth0"),
        (&[u32::MAX], "end"),
        (&[129, 97], "end"),
        (&long, ".1.97.5 = a"),
    ];
    for (index, next) in cases {
        let name = cell(2, index);
        let response = v2(&responder, &named(Get, [name.clone()]));
        let is_there = index == [0, 5];
        let exception = lines(&response)[0].ends_with("noSuchInstance");
        assert_eq!(exception, !is_there, "{name}");
        let response = v2(&responder, &named(GetNext, [name.clone()]));
        let expected = match next {
            "end" => "1.3.6.1.4.1.99.2.0 = 7".to_owned(),
            next => format!("{ENTRY}.2{next}"),
        };
        assert_eq!(lines(&response), [expected], "{name}");
        if !is_there {
            let request = request(Set, [(name, "x")]);
            let response = v2(&responder, &request);
            assert_refused(&request, &response, ErrorStatus::NO_CREATION, 1);
        }
    }
    // Columns that the table does not have, and the entry itself.
    for name in [cell(3, &[0, 5]), cell(u32::MAX, &[0, 5]), ENTRY] {
        let response = v2(&responder, &named(Get, [name.clone()]));
        assert_eq!(lines(&response), [format!("{name} noSuchObject")]);
        let request = request(Set, [(name, "x")]);
        let response = v2(&responder, &request);
        assert_refused(&request, &response, ErrorStatus::NOT_WRITABLE, 1);
    }
}

fn three_rows() -> (CommandResponder, Shared<u32>) {
    let (responder, rows, _) = served::<u32>();
    let row = |index| {
        Row::from([
            (2, Value::from(index)),
            (4, Value::from("text")),
            (6, Counter64(1).into()),
        ])
    };
    rows.borrow_mut()
        .extend((1..=3).map(|at| (at, row(at as i32))));
    (responder, rows)
}

#[test]
fn set_changes_cells_that_are_there_all_or_none() {
    let (responder, rows) = three_rows();
    let cells = [
        (cell(2, &[1]), Value::from(11)),
        (cell(4, &[3]), Value::from("other")),
        (cell(2, &[1]), Value::from(12)),
    ];
    let assigned = request(Set, cells);
    let response = v2(&responder, &assigned);
    assert_eq!(response.error_status, ErrorStatus::NO_ERROR);
    assert_eq!(rows.borrow()[&1][&2], 12.into());
    assert_eq!(rows.borrow()[&3][&4], "other".into());

    let before = list(&rows);
    let refused = [
        (cell(2, &[1]), "text".into(), ErrorStatus::WRONG_TYPE),
        (cell(2, &[1]), Value::from(-1), ErrorStatus::WRONG_VALUE),
        (cell(2, &[4]), 1.into(), ErrorStatus::NO_CREATION),
        (cell(9, &[1]), 1.into(), ErrorStatus::NO_CREATION),
        (
            cell(6, &[1]),
            Counter64(2).into(),
            ErrorStatus::NOT_WRITABLE,
        ),
        (cell(3, &[1]), 1.into(), ErrorStatus::NOT_WRITABLE),
        (cell(2, &[3]), 666.into(), ErrorStatus::COMMIT_FAILED),
    ];
    for (name, value, status) in refused {
        let cells = [
            (cell(2, &[1]), 91.into()),
            (cell(2, &[1]), 92.into()),
            (cell(4, &[2]), "new".into()),
            (name, value),
        ];
        let request = request(Set, cells);
        assert_refused(&request, &v2(&responder, &request), status, 4);
        assert_eq!(list(&rows), before, "{status}");
    }
}

#[test]
fn a_set_is_undone_when_another_object_fails() {
    let (mut responder, rows) = three_rows();
    let failing = Scalar::constant(1).writable(|_| Err(SetError::GenErr));
    let last = oid!(1.3.6.1.4.1.99.3);
    register(&mut responder, last.clone(), failing);
    let before = list(&rows);
    let cells = [
        (cell(2, &[1]), 91.into()),
        (last.child(0).expect("short"), Value::from(1)),
        (cell(2, &[1]), 92.into()),
        (cell(4, &[2]), "new".into()),
    ];
    let request = request(Set, cells);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::COMMIT_FAILED, 2);
    assert_eq!(list(&rows), before);
}

/// Reads only, and answers for rows as it is told to.
struct Odd(FirstFrom);

type FirstFrom = fn(u32) -> Result<Option<u32>, ReadError>;

impl TableProvider for Odd {
    type Index = u32;

    fn first_from(&mut self, _: &Asker<'_>, from: &u32) -> Result<Option<u32>, ReadError> {
        self.0(*from)
    }

    fn cell(&mut self, _: &Asker<'_>, index: &u32, _: u32) -> Result<Answer<'_>, ReadError> {
        Ok(ValueRef::Gauge32(*index).into())
    }
}

fn odd(first_from: FirstFrom) -> CommandResponder {
    let mut tree = MibTree::new();
    let columns = [
        Column::new(1).writable(),
        Column::new(2).dynamic(|index| Some(Gauge32(100 * index[0]).into())),
    ];
    let table = ProviderTable::new(Odd(first_from), columns);
    tree.register(ENTRY, table).expect("free");
    CommandResponder::new(tree, OpenAccess)
}

#[test]
fn what_a_provider_does_wrong_is_an_error_of_the_request() {
    let cases: [FirstFrom; 3] = [
        |_| Err(ReadError::Failed),
        |from| Ok(Some(from.saturating_sub(10))),
        |_| panic!("no rows today"),
    ];
    for first_from in cases {
        let request = named(GetNext, [cell(1, &[20])]);
        let response = v2(&odd(first_from), &request);
        assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
    }
}

#[test]
fn a_provider_that_says_nothing_of_set_refuses_it() {
    let responder = odd(|from| Ok(Some(from)));
    let request = request(Set, [(cell(1, &[5]), Gauge32(1))]);
    let response = v2(&responder, &request);
    assert_refused(&request, &response, ErrorStatus::NOT_WRITABLE, 1);
}

#[test]
fn a_computed_column_has_a_cell_for_each_row() {
    let even = |from: u32| Ok((from <= 6).then(|| from.next_multiple_of(2)));
    let responder = odd(even);
    let names = [cell(2, &[4]), cell(2, &[5]), cell(2, &[7])];
    let response = v2(&responder, &named(Get, names));
    let expected = [
        "1.3.6.1.4.1.99.1.1.2.4 = 400",
        "1.3.6.1.4.1.99.1.1.2.5 noSuchInstance",
        "1.3.6.1.4.1.99.1.1.2.7 noSuchInstance",
    ];
    assert_eq!(lines(&response), expected);
    let response = v2(&responder, &bulk(0, 5, [cell(1, &[5])]));
    let expected = [
        "1.3.6.1.4.1.99.1.1.1.6 = 6",
        "1.3.6.1.4.1.99.1.1.2.0 = 0",
        "1.3.6.1.4.1.99.1.1.2.2 = 200",
        "1.3.6.1.4.1.99.1.1.2.4 = 400",
        "1.3.6.1.4.1.99.1.1.2.6 = 600",
    ];
    assert_eq!(lines(&response), expected);
}

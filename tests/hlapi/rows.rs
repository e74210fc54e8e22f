//! Collections of the program, served as tables while it changes them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::rc::Rc;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Asker, Column, ImpliedString, IndexString, ManagedObject, MibTree, Scalar, SetError, TableIndex,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::ValueRef;
use deferred_snmp::testing::{Simulation, Wire};

const ENTRY: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1.1);

struct Interface {
    name: String,
    octets: u64,
    speed: Option<u32>,
    status: i32,
}

impl Interface {
    fn new(index: u32) -> Self {
        Self {
            name: format!("eth{index}"),
            octets: u64::from(index) << 32,
            speed: index.is_multiple_of(2).then_some(index),
            status: 1,
        }
    }
}

type Interfaces = Rc<RefCell<BTreeMap<u32, Interface>>>;

fn interfaces(count: u32) -> Interfaces {
    let rows = (1..=count).map(|index| (index, Interface::new(index)));
    Rc::new(RefCell::new(rows.collect()))
}

fn status(row: &mut Interface, value: ValueRef<'_>) -> Result<(), SetError> {
    let status = value.as_i64().and_then(|it| i32::try_from(it).ok());
    row.status = status
        .filter(|it| *it != 9)
        .ok_or(SetError::ResourceUnavailable)?;
    Ok(())
}

fn rows(interfaces: &Interfaces) -> Rows<BTreeMap<u32, Interface>> {
    Rows::of(Rc::clone(interfaces))
        .octets(2, |row| &row.name)
        .column(5, |row| row.speed.map(|speed| Gauge32(speed).into()))
        .writable(7, |row| row.status, status)
        .column(10, |row| Counter64(row.octets))
}

/// A manager, and an agent that serves this table.
struct Served {
    simulation: Simulation,
    remote: RemoteEngine,
}

impl Served {
    fn new(table: impl ManagedObject) -> Self {
        let mut tree = MibTree::new();
        tree.register(ENTRY, table).unwrap();
        let behind = Scalar::constant("behind").writable(|_| Err(SetError::GenErr));
        tree.register(oid!(1.3.6.1.4.1.99.2), behind).unwrap();
        let mut simulation = Simulation::new(Wire::new(1));
        let agent = simulation.engine([192, 0, 2, 1]);
        agent.add_v1_system("reader", "public");
        let responder = CommandResponder::new(tree, OpenAccess);
        agent.register_responder(responder).unwrap();
        agent.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap();
        let target = UdpTransportTarget::new(("192.0.2.1", 161));
        let engine = simulation.engine([198, 51, 100, 1]);
        let remote = engine.remote(&CommunityData::new("public"), &target);
        Self { simulation, remote }
    }

    /// The instance behind each of these, below the entry, and its value.
    fn next(&mut self, index: &[u32]) -> Option<(Vec<u32>, Value)> {
        let response = self.remote.next([ENTRY.extend(index.to_vec()).unwrap()]);
        let response = self.simulation.block_on(response).unwrap();
        let found = response.var_binds().get(0).unwrap();
        let instance = found.name.starts_with(&ENTRY);
        instance.then(|| {
            let arcs = found.name.arcs().skip(ENTRY.len());
            (arcs.collect(), found.value.to_owned())
        })
    }

    fn get(&mut self, instance: &[u32]) -> Response {
        let get = self.remote.get([ENTRY.extend(instance.to_vec()).unwrap()]);
        self.simulation.block_on(get).unwrap()
    }

    fn value(&mut self, instance: &[u32]) -> Value {
        let response = self.get(instance);
        response.var_binds().get(0).unwrap().value.to_owned()
    }

    /// All instances of the table, by GETNEXT.
    fn walk(&mut self) -> Vec<Vec<u32>> {
        let mut found: Vec<Vec<u32>> = Vec::new();
        while let Some((name, _)) = self.next(found.last().map_or(&[][..], Vec::as_slice)) {
            found.push(name);
        }
        found
    }
}

#[test]
fn a_hundred_thousand_rows_are_walked_by_bulk() {
    let interfaces = interfaces(100_000);
    let mut served = Served::new(rows(&interfaces));
    let walk = served.remote.bulk_walk(50, [ENTRY.child(2).unwrap()]);
    let next = Cell::new(1);
    let walk = walk.lexicographic_mode(false).for_each(move |row| {
        for found in row.iter() {
            let index = next.replace(next.get() + 1);
            assert_eq!(found.name().arcs().last(), Some(index));
            assert_eq!(found.value().as_str(), Some(&*format!("eth{index}")));
        }
    });
    let summary = served.simulation.block_on(walk).unwrap();
    assert_eq!(summary.rows, 100_000);
}

#[test]
fn the_table_is_what_the_collection_is_at_that_moment() {
    let interfaces = interfaces(3);
    let mut served = Served::new(rows(&interfaces));
    let expected: [&[u32]; 10] = [
        &[2, 1],
        &[2, 2],
        &[2, 3],
        &[5, 2],
        &[7, 1],
        &[7, 2],
        &[7, 3],
        &[10, 1],
        &[10, 2],
        &[10, 3],
    ];
    assert_eq!(served.walk(), expected);
    assert_eq!(served.value(&[5, 1]), Value::NoSuchInstance);
    assert_eq!(served.value(&[5, 2]), Gauge32(2).into());
    assert_eq!(served.value(&[10, 3]), Counter64(3 << 32).into());
    assert_eq!(served.value(&[3, 3]), Value::NoSuchObject);
    interfaces.borrow_mut().get_mut(&3).unwrap().name = "wan".to_owned();
    assert_eq!(served.value(&[2, 3]), "wan".into());
    interfaces.borrow_mut().remove(&3);
    assert_eq!(served.value(&[2, 3]), Value::NoSuchInstance);
    interfaces.borrow_mut().clear();
    assert_eq!(served.walk(), [[0; 0]; 0]);
}

#[test]
fn a_collection_that_changes_while_it_is_walked_shows_what_stayed_and_nothing_twice() {
    let interfaces = interfaces(2_000);
    let mut served = Served::new(rows(&interfaces));
    let changing = Rc::clone(&interfaces);
    let found = Rc::new(RefCell::new(Vec::new()));
    let noting = Rc::clone(&found);
    let walk = served.remote.bulk_walk(10, [ENTRY.child(2).unwrap()]);
    let walk = walk.lexicographic_mode(false).for_each(move |row| {
        for found in row.iter() {
            let index = found.name().arcs().last().unwrap();
            assert_eq!(found.value().as_str(), Some(&*format!("eth{index}")));
            noting.borrow_mut().push(index);
            // This row goes, as do some before it and behind it, and new ones come on both sides.
            let mut rows = changing.borrow_mut();
            rows.remove(&index);
            rows.retain(|row, _| row % 7 > 0 || row.abs_diff(index) > 30);
            if index <= 2_000 {
                for new in [index / 2, index + 10_000] {
                    rows.insert(new, Interface::new(new));
                }
            }
        }
    });
    let summary = served.simulation.block_on(walk).unwrap();
    let found = found.take();
    assert_eq!(summary.rows, found.len());
    assert!(found.len() > 3_000, "{}", found.len());
    assert!(found.is_sorted_by(|one, other| one < other));
    let stayed = (1..=2_000_u32).filter(|index| index % 7 > 0);
    assert!(
        stayed.eq(found
            .iter()
            .copied()
            .filter(|it| *it <= 2_000 && it % 7 > 0))
    );
}

#[test]
fn a_collection_that_is_borrowed_fails_the_request_and_is_told_once() {
    let interfaces = interfaces(3);
    let mut served = Served::new(rows(&interfaces));
    let ask = || {
        let held = interfaces.borrow_mut();
        let get = served.get(&[2, 1]);
        assert_eq!(get.error_status(), ErrorStatus::GEN_ERR);
        let name = ENTRY.child(2).unwrap();
        let next = served.simulation.block_on(served.remote.next([name]));
        assert_eq!(next.unwrap().error_status(), ErrorStatus::GEN_ERR);
        let set = served.remote.set([(ENTRY.extend([7, 1]).unwrap(), 2)]);
        let set = served.simulation.block_on(set).unwrap();
        assert_eq!(set.error_status(), ErrorStatus::GEN_ERR);
        drop(held);
    };
    #[cfg(not(feature = "log"))]
    {
        let mut ask = ask;
        ask();
    }
    #[cfg(feature = "log")]
    {
        let ((), records) = util::records::during(ask);
        let expected = "error: a collection that is served as a table is borrowed by the program";
        let object = "debug: managed object 1.3.6.1.4.1.99.1.1: the value cannot be retrieved";
        assert_eq!(records, [expected, object]);
    }
    assert_eq!(served.value(&[2, 1]), "eth1".into());
    // Who reads it does not disturb.
    let _held = interfaces.borrow();
    assert_eq!(served.value(&[2, 1]), "eth1".into());
}

#[test]
fn a_closure_that_looks_at_the_collection_may_and_one_that_changes_it_fails_alone() {
    let numbers = Rc::new(RefCell::new(vec![10, 20, 30]));
    let [looking, changing] = [(); 2].map(|()| Rc::clone(&numbers));
    let table = Rows::of(Rc::clone(&numbers))
        .column(1, move |row| {
            row * 100 / looking.borrow().iter().sum::<i32>()
        })
        .column(2, move |row| {
            changing.borrow_mut().clear();
            *row
        });
    let mut served = Served::new(table);
    assert_eq!(served.value(&[1, 2]), 33.into());
    assert_eq!(served.get(&[2, 2]).error_status(), ErrorStatus::GEN_ERR);
    assert_eq!(served.value(&[1, 3]), 50.into());
}

/// A closure may take its own table out of the tree that is being read.
#[test]
fn nothing_of_the_responder_is_borrowed_while_a_closure_runs() {
    let responder = Rc::new(CommandResponder::new(MibTree::new(), OpenAccess));
    let reaching = Rc::downgrade(&responder);
    let numbers = Rc::new(RefCell::new(vec![10, 20, 30]));
    let table = Rows::of(numbers).column(1, move |row| {
        let responder = reaching.upgrade().unwrap();
        let context = responder.contexts().get(b"").unwrap();
        assert!(context.unregister(ENTRY.as_ref()));
        let other = Scalar::constant("in its place");
        context.register(ENTRY, other).unwrap();
        *row
    });
    let context = responder.contexts().get(b"").unwrap();
    context.register(ENTRY, table).unwrap();
    let ask = |kind, instance: &[u32]| {
        let name = ENTRY.extend(instance.to_vec()).unwrap();
        let pdu = Pdu::new(kind, 1, [VarBind::new(name, ())].into_iter().collect());
        let response = responder
            .process(&Asker::program(), pdu.as_ref(), 1_000)
            .unwrap();
        response.var_binds.get(0).unwrap().value.to_owned()
    };
    assert_eq!(ask(PduKind::GetNextRequest, &[1, 1]), 20.into());
    assert_eq!(ask(PduKind::GetRequest, &[0]), "in its place".into());
}

#[test]
fn set_changes_the_row_of_the_program_and_is_undone_by_the_former_value() {
    let interfaces = interfaces(3);
    let mut served = Served::new(rows(&interfaces));
    let statuses = || -> Vec<i32> {
        let rows = interfaces.borrow();
        rows.values().map(|row| row.status).collect()
    };
    let cell = |index: u32| ENTRY.extend([7, index]).unwrap();
    let mut set = |values: Vec<(ObjectIdentifier, Value)>| {
        let set = served.remote.set(values);
        let response = served.simulation.block_on(set).unwrap();
        (response.error_status(), response.error_index())
    };
    let answer = set(vec![(cell(1), 2.into()), (cell(3), 3.into())]);
    assert_eq!(answer, (ErrorStatus::NO_ERROR, 0));
    assert_eq!(statuses(), [2, 1, 3]);
    let other = oid!(1.3.6.1.4.1.99.2.0);
    let failing = [
        (cell(2), 9.into(), ErrorStatus::COMMIT_FAILED),
        (other, "other".into(), ErrorStatus::COMMIT_FAILED),
        (cell(2), "up".into(), ErrorStatus::WRONG_TYPE),
        (cell(4), 1.into(), ErrorStatus::NO_CREATION),
        (
            ENTRY.extend([2, 1]).unwrap(),
            "x".into(),
            ErrorStatus::NOT_WRITABLE,
        ),
    ];
    for (name, value, status) in failing {
        let answer = set(vec![
            (cell(1), 5.into()),
            (cell(1), 6.into()),
            (name, value),
        ]);
        assert_eq!(answer, (status, 3));
        assert_eq!(statuses(), [2, 1, 3]);
    }
}

#[test]
fn a_column_can_have_a_syntax_and_a_validator() {
    let numbers = Rc::new(RefCell::new(vec![1, 2]));
    let column = Column::new(1).validate(|index, value| match value {
        ValueRef::Integer(3) if index == [2] => Err(SetError::InconsistentValue),
        _ => Ok(()),
    });
    let set = |row: &mut i32, value: ValueRef<'_>| match value {
        ValueRef::Integer(value) => {
            *row = value;
            Ok(())
        }
        _ => Err(SetError::WrongType),
    };
    let table = Rows::of(Rc::clone(&numbers)).writable(column, |row| *row, set);
    let mut served = Served::new(table);
    for (index, status) in [
        (1, ErrorStatus::NO_ERROR),
        (2, ErrorStatus::INCONSISTENT_VALUE),
    ] {
        let set = served.remote.set([(ENTRY.extend([1, index]).unwrap(), 3)]);
        let response = served.simulation.block_on(set).unwrap();
        assert_eq!(response.error_status(), status);
    }
    assert_eq!(numbers.take(), [3, 2]);
}

/// The indices of a table of one column, as GETNEXT comes to them.
fn order<K: TableIndex>(keys: impl IntoIterator<Item = K>) -> Vec<Vec<u32>> {
    let keys = keys.into_iter().map(|key| (key, 1));
    let rows: BTreeMap<K, i32> = keys.collect();
    let count = rows.len();
    let table = Rows::of(Rc::new(RefCell::new(rows))).column(1, |row| *row);
    let mut served = Served::new(table);
    let walked = served.walk();
    assert_eq!(walked.len(), count);
    for instance in &walked {
        assert_eq!(served.value(instance), 1.into());
    }
    walked.into_iter().map(|name| name[1..].to_vec()).collect()
}

#[test]
fn keys_are_indices_in_the_order_of_the_tree() {
    let addresses = [[10, 0, 0, 2], [9, 255, 0, 1], [10, 0, 0, 1]].map(Ipv4Addr::from);
    let expected = [[9, 255, 0, 1], [10, 0, 0, 1], [10, 0, 0, 2]];
    assert_eq!(order(addresses), expected);
    let names = ["wan", "eth10", "eth9", ""];
    let expected: [&[u32]; 4] = [
        &[0],
        &[3, 119, 97, 110],
        &[4, 101, 116, 104, 57],
        &[5, 101, 116, 104, 49, 48],
    ];
    assert_eq!(order(names.map(IndexString::from)), expected);
    let expected: [&[u32]; 3] = [
        &[101, 116, 104, 49, 48],
        &[101, 116, 104, 57],
        &[119, 97, 110],
    ];
    let names = ["wan", "eth10", "eth9"];
    assert_eq!(order(names.map(ImpliedString::from)), expected);
    let sockets = [
        (Ipv4Addr::LOCALHOST, 443_u16),
        (Ipv4Addr::UNSPECIFIED, 80),
        (Ipv4Addr::LOCALHOST, 80),
    ];
    let expected = [[0, 0, 0, 0, 80], [127, 0, 0, 1, 80], [127, 0, 0, 1, 443]];
    assert_eq!(order(sockets), expected);
    let paths: [Vec<u32>; 3] = [vec![1, 3], vec![1], vec![u32::MAX]];
    let expected: [&[u32]; 3] = [&[1], &[1, 3], &[u32::MAX]];
    assert_eq!(order(paths), expected);
}

#[test]
fn the_rows_of_a_vector_are_named_from_one_on() {
    let numbers = Rc::new(RefCell::new(vec![10, 20]));
    let table = Rows::of(Rc::clone(&numbers)).column(3, |row| *row);
    let mut served = Served::new(table);
    assert_eq!(served.walk(), [[3, 1], [3, 2]]);
    for missing in [0, 3, u32::MAX] {
        assert_eq!(served.value(&[3, missing]), Value::NoSuchInstance);
    }
    assert_eq!(served.next(&[3, 0]).unwrap().1, 10.into());
    assert_eq!(served.next(&[3, u32::MAX]), None);
    numbers.borrow_mut().remove(0);
    assert_eq!(served.value(&[3, 1]), 20.into());
}

/// What SNMPv1 has no type for is left out, by the closure's type or row by row.
#[test]
fn version_1_passes_counter64_over() {
    let interfaces = interfaces(50);
    let read = Rc::new(Cell::new(0));
    let reading = Rc::clone(&read);
    let table = Rows::of(Rc::clone(&interfaces))
        .column(10, move |row| {
            reading.set(reading.get() + 1);
            Counter64(row.octets)
        })
        .column(11, |row| match row.speed {
            Some(speed) => Value::from(Gauge32(speed)),
            None => Counter64(row.octets).into(),
        });
    let mut served = Served::new(table);
    let target = UdpTransportTarget::new(("192.0.2.1", 161));
    let engine = served.simulation.engine([198, 51, 100, 2]);
    let remote = engine.remote(&CommunityData::v1("public"), &target);
    let walk = remote.walk([ENTRY]).lexicographic_mode(false).collect();
    let found = served.simulation.block_on(walk).unwrap();
    let found = found.into_iter().flatten();
    let expected = (2..=50_u32).step_by(2);
    assert!(
        found
            .map(|it| it.value)
            .eq(expected.map(|it| Gauge32(it).into()))
    );
    assert_eq!(read.get(), 0);
}

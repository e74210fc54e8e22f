//! The tree of managed objects: registration, order, and tables that change.

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Column, ManagedObject, MibTree, ReadError, Scalar, SetError, Table,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu};
use deferred_snmp::smi::{Gauge32, ObjectIdentifier, Value, ValueRef, VarBindList};

#[test]
fn objects_do_not_overlap() {
    let mut tree = MibTree::new();
    tree.register(oid!(1.3.6.1.2.1.1.1), Scalar::constant("a"))
        .expect("free");
    tree.register(oid!(1.3.6.1.2.1.1.10), Scalar::constant("b"))
        .expect("free");
    for name in [
        oid!(1.3.6.1.2.1.1.1),
        oid!(1.3.6.1.2.1.1.1.0),
        oid!(1.3.6.1.2.1.1.10.5.5),
        oid!(1.3.6.1.2.1.1),
        oid!(1.3),
    ] {
        let error = tree
            .register(name.clone(), Scalar::constant("c"))
            .expect_err("taken");
        assert_eq!(error.name(), &name);
        assert!(error.other().starts_with(&name) || name.starts_with(error.other()));
    }
    tree.register(oid!(1.3.6.1.2.1.1.2), Scalar::constant("d"))
        .expect("free");
    tree.register(oid!(1.3.6.1.2.1.1.100), Scalar::constant("e"))
        .expect("free");
    let names: Vec<String> = tree.names().map(|name| name.to_string()).collect();
    assert_eq!(
        names,
        [
            "1.3.6.1.2.1.1.1",
            "1.3.6.1.2.1.1.2",
            "1.3.6.1.2.1.1.10",
            "1.3.6.1.2.1.1.100"
        ]
    );
    let error = tree
        .register(oid!(1.3.6.1.2.1.1), Scalar::constant("f"))
        .expect_err("taken");
    assert_eq!(
        error.to_string(),
        "1.3.6.1.2.1.1 cannot be registered: it overlaps with 1.3.6.1.2.1.1.1"
    );
    let error = tree
        .register(oid!(1.3.6.1.2.1.1.10), Scalar::constant("g"))
        .expect_err("taken");
    assert_eq!(error.to_string(), "1.3.6.1.2.1.1.10 is registered already");
}

/// So many that they do not lie in one piece, with a column of 3 rows among them.
const MANY: u32 = 600;

fn number(arc: u32) -> ObjectIdentifier {
    oid!(1.3.6.1.4.1.99.1).child(arc).expect("few arcs")
}

/// Registered in an order that follows no rule: the step and their number share no factor.
fn many() -> MibTree {
    let mut tree = MibTree::new();
    for place in 0..MANY {
        let arc = 1 + place * 407 % MANY;
        if arc == MANY / 2 {
            let mut table = Table::new([1].map(Column::new));
            for row in 1..=3 {
                table.insert(&[row], [(1, Gauge32(row))]);
            }
            tree.register(number(arc), table).expect("free");
        } else {
            let scalar = Scalar::constant(Gauge32(arc));
            tree.register(number(arc), scalar).expect("free");
        }
    }
    tree
}

fn instances(arc: u32) -> Vec<ObjectIdentifier> {
    match arc == MANY / 2 {
        true => (1..=3)
            .map(|row| number(arc).extend([1, row]).expect("few arcs"))
            .collect(),
        false => vec![number(arc).child(0).expect("few arcs")],
    }
}

#[test]
fn many_objects_come_in_any_order_and_go() {
    let mut tree = many();
    for arc in 1..=MANY {
        let above = number(arc);
        for name in [&above, &above.child(7).expect("few arcs")] {
            let error = tree
                .register(name.clone(), Scalar::constant(1))
                .expect_err("taken");
            assert_eq!(error.other(), &above);
        }
    }
    assert!(tree.names().eq((1..=MANY).map(number)));
    for arc in (1..=MANY).filter(|arc| arc % 3 != 0) {
        assert!(tree.unregister(number(arc).as_ref()).is_some());
        assert!(tree.unregister(number(arc).as_ref()).is_none());
    }
    let left = (1..=MANY).filter(|arc| arc % 3 == 0);
    assert!(tree.names().eq(left.map(number)));
    for arc in 1..=MANY {
        let name = instances(arc).remove(0);
        assert_eq!(tree.get(name.as_ref()).is_ok(), arc % 3 == 0, "{name}");
    }
}

#[test]
fn walks_pass_through_many_objects() {
    let expected: Vec<ObjectIdentifier> = (1..=MANY).flat_map(instances).collect();
    let mut tree = many();
    let mut name = oid!(1.3);
    let mut walked = Vec::new();
    while let Some((next, _)) = tree.get_next(name.as_ref()).expect("values") {
        name = next.clone();
        walked.push(next);
    }
    assert_eq!(walked, expected);

    let responder = CommandResponder::new(tree, OpenAccess);
    let bulk = Bulk {
        non_repeaters: 0,
        max_repetitions: 2 * MANY,
    };
    let mut var_binds = VarBindList::new();
    var_binds.push(oid!(1.3).as_ref(), ValueRef::Null);
    let request = Pdu::bulk_request(1, bulk, var_binds);
    let answer = responder.process(&Asker::program(), request.as_ref(), 1_000_000);
    let answer = answer.expect("an answer");
    let names = answer.var_binds.iter().map(|binding| binding.name);
    assert!(
        names
            .take(expected.len())
            .eq(expected.iter().map(|name| name.as_ref()))
    );
    // The first row in which nothing is found is the last.
    assert_eq!(answer.var_binds.len(), expected.len() + 1);
    let last = answer.var_binds.iter().last().expect("bindings");
    assert_eq!(last.value, ValueRef::EndOfMibView);
}

#[test]
fn an_object_that_was_taken_out_is_gone() {
    let mut tree = MibTree::new();
    let name = oid!(1.3.6.1.2.1.1.1);
    tree.register(name.clone(), Scalar::constant("a"))
        .expect("free");
    assert!(tree.unregister(oid!(1.3.6.1.2.1.1).as_ref()).is_none());
    assert!(tree.unregister(oid!(1.3.6.1.2.1.1.1.0).as_ref()).is_none());
    assert!(tree.unregister(name.as_ref()).is_some());
    assert!(tree.unregister(name.as_ref()).is_none());
    assert_eq!(
        tree.get(oid!(1.3.6.1.2.1.1.1.0).as_ref()).err(),
        Some(ReadError::NoSuchObject)
    );
    tree.register(oid!(1.3.6.1.2.1.1), Scalar::constant("b"))
        .expect("free again");
}

#[test]
fn a_program_reaches_its_objects_by_name_and_type() {
    let mut tree = MibTree::new();
    let name = oid!(1.3.6.1.2.1.1.5);
    tree.register(name.clone(), Scalar::variable("old"))
        .expect("free");
    assert!(tree.object_mut::<Table>(name.as_ref()).is_none());
    assert!(
        tree.object_mut::<Scalar>(oid!(1.3.6.1.2.1.1.5.0).as_ref())
            .is_none()
    );
    let scalar: &mut Scalar = tree.object_mut(name.as_ref()).expect("registered");
    assert_eq!(scalar.value(), Ok(Value::from("old")));
    scalar.set("new");
    let answer = tree.get(oid!(1.3.6.1.2.1.1.5.0).as_ref()).expect("a value");
    assert_eq!(answer.as_ref(), ValueRef::OctetString(b"new"));
}

#[test]
fn rows_come_and_go() {
    let mut table = Table::new([Column::new(2), Column::new(1)]);
    assert!(table.is_empty());
    table.insert(&[7], [(1, "a"), (2, "b"), (3, "no such column")]);
    table.insert(&[3], [(2, "c")]);
    assert_eq!(table.len(), 2);
    assert_eq!(table.indices(), [[3].into(), [7].into()]);
    assert!(table.set(1, &[3], "d"));
    assert!(!table.set(1, &[4], "no such row"));
    assert!(!table.set(9, &[3], "no such column"));
    assert_eq!(table.value(1, &[3]), Some(Value::from("d")));
    assert_eq!(table.value(2, &[4]), None);
    let mut instance = Vec::new();
    let mut cells = Vec::new();
    while table.advance(&Asker::program(), &mut instance) == Advance::Found {
        cells.push(instance.clone());
    }
    assert_eq!(cells, [[1, 3], [1, 7], [2, 3], [2, 7]]);
    assert!(table.remove(&[7]));
    assert!(!table.remove(&[7]));
    assert_eq!(
        table.get(&Asker::program(), &[1, 7]).err(),
        Some(ReadError::NoSuchInstance)
    );
    assert_eq!(
        table.get(&Asker::program(), &[3, 3]).err(),
        Some(ReadError::NoSuchObject)
    );
    assert_eq!(
        table.get(&Asker::program(), &[]).err(),
        Some(ReadError::NoSuchObject)
    );
}

#[test]
fn a_missing_cell_is_passed_over() {
    let mut table = Table::new([Column::new(1), Column::new(2)]);
    table.insert(&[1], [(2, 10)]);
    table.insert(&[2], [(1, 20)]);
    let mut instance = Vec::new();
    let mut cells = Vec::new();
    while table.advance(&Asker::program(), &mut instance) == Advance::Found {
        cells.push(instance.clone());
    }
    assert_eq!(cells, [[1, 2], [2, 1]]);
    assert_eq!(
        table.get(&Asker::program(), &[1, 1]).err(),
        Some(ReadError::NoSuchInstance)
    );
}

#[test]
fn a_subtree_may_be_an_object_of_its_own() {
    /// Squares of the numbers up to 9, computed.
    struct Squares;

    impl ManagedObject for Squares {
        fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
            match instance {
                [number @ 0..10] => Ok(Value::from(Gauge32(number * number)).into()),
                _ => Err(ReadError::NoSuchInstance),
            }
        }

        fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
            let next = instance
                .first()
                .map_or(0, |number| number.saturating_add(1));
            *instance = vec![next];
            (next < 10).into()
        }
    }

    let mut tree = MibTree::new();
    tree.register(oid!(1.3.6.1.4.1.99), Squares).expect("free");
    tree.register(oid!(1.3.6.1.4.1.100), Scalar::constant("end"))
        .expect("free");
    let (name, answer) = tree
        .get_next(oid!(1.3.6.1.4.1.99.6).as_ref())
        .expect("no failure")
        .expect("a successor");
    assert_eq!(name, oid!(1.3.6.1.4.1.99.7));
    assert_eq!(answer.as_ref(), ValueRef::Gauge32(49));
    let (name, _) = tree
        .get_next(oid!(1.3.6.1.4.1.99.9).as_ref())
        .expect("no failure")
        .expect("a successor");
    assert_eq!(name, oid!(1.3.6.1.4.1.100.0));
    assert_eq!(
        Squares.check(&Asker::program(), &[1], ValueRef::Null),
        Err(SetError::NotWritable)
    );
}

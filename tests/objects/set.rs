//! SET by the program: all or nothing, by the phases of a request.

use std::cell::Cell;
use std::rc::Rc;

use deferred_snmp::names::{Builtin, NamesExt};
use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, ManagedObject, MibTree, ReadError, Refused, RowStatus,
    Scalar, SetError, SetPhase, Table,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::ErrorStatus;
use deferred_snmp::smi::{ObjectIdentifier, Value, ValueRef, VarBind};

const FIRST: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.1);
const SECOND: ObjectIdentifier = oid!(1.3.6.1.4.1.99999.2);

fn value(tree: &mut MibTree, object: &ObjectIdentifier) -> Value {
    let name = object.child(0).expect("a name");
    match tree.get(&name).expect("a value") {
        Answer::Borrowed(value) => value.to_owned(),
        Answer::Owned(value) => value,
        Answer::Later(_) => panic!("it is there at once"),
    }
}

fn instance(object: &ObjectIdentifier, value: impl Into<Value>) -> VarBind {
    VarBind::new(object.child(0).expect("a name"), value)
}

#[test]
fn one_binding_that_is_refused_keeps_all_of_them_out() {
    let mut tree = MibTree::new();
    tree.register(&FIRST, Scalar::variable(1)).expect("free");
    tree.register(&SECOND, Scalar::variable(2)).expect("free");
    let both = [instance(&FIRST, 5), instance(&SECOND, 6)];
    tree.set(both).expect("both are numbers");
    assert_eq!(value(&mut tree, &FIRST), Value::from(5));
    assert_eq!(value(&mut tree, &SECOND), Value::from(6));

    let wrong = [instance(&FIRST, 7), instance(&SECOND, "text")];
    let refused = tree.set(wrong).expect_err("one is a text");
    assert_eq!(refused.error_status, ErrorStatus::WRONG_TYPE);
    let name = SECOND.child(0).expect("a name");
    assert_eq!(refused.at_fault, Some((2, name)));
    assert_eq!(refused.to_string(), "wrongType at 1.3.6.1.4.1.99999.2.0");
    assert_eq!(value(&mut tree, &FIRST), Value::from(5));

    let nobody = tree.set([instance(&oid!(1.3.6.1.4.1.99999.3), 1)]);
    let refused = nobody.expect_err("there is no such object");
    assert_eq!(refused.error_status, ErrorStatus::NOT_WRITABLE);
    tree.set([] as [VarBind; 0]).expect("nothing is asked for");
}

/// What the second does when it is to commit, and the first when it is to undo.
#[derive(Clone, Copy)]
enum Mood {
    Fails,
    Panics,
    Later,
}

struct Moody(Mood);

impl ManagedObject for Moody {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Borrowed(ValueRef::Integer(0)))
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn commit(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        match self.0 {
            Mood::Fails => Err(SetError::GenErr.into()),
            Mood::Panics => panic!("as it was told to"),
            Mood::Later => Ok(SetPhase::Later(asker.ticket())),
        }
    }
}

#[test]
fn a_commit_that_fails_is_undone_and_the_tree_is_whole() {
    for mood in [Mood::Fails, Mood::Panics, Mood::Later] {
        let mut tree = MibTree::new();
        tree.register(&FIRST, Scalar::variable(1)).expect("free");
        tree.register(&SECOND, Moody(mood)).expect("free");
        let set = tree.set([instance(&FIRST, 5), instance(&SECOND, 6)]);
        let failed = set.expect_err("it cannot commit");
        assert_eq!(failed.error_status, ErrorStatus::COMMIT_FAILED);
        assert_eq!(failed.at_fault.map(|(index, _)| index), Some(2));
        assert_eq!(value(&mut tree, &FIRST), Value::from(1));
        assert_eq!(tree.names().count(), 2);
        tree.set([instance(&FIRST, 5)]).expect("it goes on");
    }
}

#[test]
fn an_undo_that_fails_blames_nobody() {
    let calls = Rc::new(Cell::new(0));
    let count = Rc::clone(&calls);
    let once = Scalar::variable(1).writable(move |_| {
        calls.set(calls.get() + 1);
        match calls.get() {
            1 => Ok(()),
            _ => Err(SetError::GenErr),
        }
    });
    let mut tree = MibTree::new();
    tree.register(&FIRST, once).expect("free");
    tree.register(&SECOND, Moody(Mood::Fails)).expect("free");
    let set = tree.set([instance(&FIRST, 5), instance(&SECOND, 6)]);
    let failed = set.expect_err("it cannot be undone");
    assert_eq!(count.get(), 2);
    assert_eq!(failed.error_status, ErrorStatus::UNDO_FAILED);
    assert_eq!(failed.at_fault, None);
    assert_eq!(failed.to_string(), "undoFailed");
}

#[test]
fn rows_come_and_go_by_their_status() {
    let cell = |column: &str| {
        let name = format!("SNMP-TARGET-MIB::snmpTargetParams{column}.\"traps\"");
        Builtin.parse(&name).expect("a name")
    };
    let table = Table::managed();
    let rows = table.handle();
    let mut tree = MibTree::new();
    let name = "SNMP-TARGET-MIB::snmpTargetParamsTable";
    tree.define(&Builtin, name, table).expect("free");
    let row = |status: RowStatus| {
        [
            VarBind::new(cell("SecurityLevel"), 3),
            VarBind::new(cell("RowStatus"), status),
            VarBind::new(cell("MPModel"), 3),
            VarBind::new(cell("SecurityName"), "operator"),
            VarBind::new(cell("SecurityModel"), 3),
        ]
    };
    let incomplete = row(RowStatus::CreateAndGo).into_iter().take(3);
    let refused = tree.set(incomplete).expect_err("it lacks a name");
    assert_eq!(refused.error_status, ErrorStatus::INCONSISTENT_VALUE);
    assert!(rows.is_empty());

    tree.set(row(RowStatus::CreateAndGo)).expect("complete");
    let made = rows.row("traps").expect("a row");
    assert_eq!(made.status(), Some(RowStatus::Active));
    tree.set([(cell("RowStatus"), RowStatus::Destroy)])
        .expect("it may go");
    assert!(rows.is_empty());
}

//! Subtrees that coroutines answer for.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};
use std::rc::Rc;

use deferred_snmp::access::{OpenAccess, SubtreeAccess, Views};
use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, ReadError, Scalar, SetError};
use deferred_snmp::smi::ValueRef;

use super::by_deferred::{about, leaving};
use super::{Journal, Rig, after, at, millis, object, told};

type Hash = Rc<RefCell<BTreeMap<Vec<u32>, Value>>>;

/// A store, which takes 10 ms for anything. 666 cannot be set, though that shows when it is.
fn store(rig: &Rig, journal: &Journal) -> (Hash, Handler) {
    let hash = Hash::default();
    for (row, value) in [(1, 10), (2, 20), (5, 50)] {
        hash.borrow_mut()
            .insert(vec![1, row], Value::Integer(value));
        hash.borrow_mut()
            .insert(vec![2, row], format!("row {row}").into());
    }
    let (own, reactor, journal) = (Rc::clone(&hash), rig.reactor(), journal.clone());
    let handler = handler(move |ask| {
        let (hash, reactor) = (Rc::clone(&own), reactor.clone());
        journal.note(format!("{:?} {:?}", ask.kind, ask.instance));
        async move {
            after(&reactor, 10, ()).await?;
            let mut hash = hash.borrow_mut();
            Ok(match ask.kind {
                AskKind::Get => hash.get(&ask.instance).cloned().into(),
                AskKind::Next => {
                    let next = hash.range((Excluded(ask.instance), Unbounded)).next();
                    next.map(|(name, value)| (name.clone(), value.clone()))
                        .into()
                }
                AskKind::Check(Value::Integer(..0)) => return Err(SetError::WrongValue.into()),
                AskKind::Check(Value::Integer(999)) => return Err(Failure::message("no 999")),
                AskKind::Check(_) => Reply::Done,
                AskKind::Set(Some(Value::Integer(666))) => {
                    return Err(Failure::message("no 666"));
                }
                AskKind::Set(Some(value)) => {
                    hash.insert(ask.instance, value);
                    Reply::Done
                }
                AskKind::Set(None) => {
                    hash.remove(&ask.instance);
                    Reply::Done
                }
            })
        }
    });
    (hash, handler)
}

fn cell(column: u32, row: u32) -> ObjectIdentifier {
    object(5).extend([column, row]).expect("a name")
}

impl Rig {
    fn handler(&self, number: u32, handler: Handler) {
        let registered = self.responder.register(object(number), handler);
        registered.expect("free");
    }

    fn get_of(&mut self, names: impl IntoIterator<Item = ObjectIdentifier>) -> (String, u128) {
        let asked = told(self.manager.get(names));
        self.wait(asked)
    }

    fn set_of<const N: usize>(&mut self, values: [(ObjectIdentifier, Value); N]) -> (String, u128) {
        let asked = told(self.manager.set(values));
        self.wait(asked)
    }
}

#[test]
fn a_store_is_read_and_walked_and_asked_once_for_each_variable() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (_, handler) = store(&rig, &journal);
    rig.handler(5, handler);
    let none = "No Such Instance currently exists at this OID";
    let asked = [cell(1, 1), cell(2, 5), cell(1, 9), object(5)];
    assert_eq!(
        rig.get_of(asked),
        at(&format!("10, row 5, {none}, {none}"), 10)
    );
    assert_eq!(journal.take(), ["Get [1, 1]", "Get [2, 5]", "Get [1, 9]"]);
    let walk = rig.manager.walk([object(5)]).collect();
    let found = rig.simulation.block_on(walk).expect("all");
    let texts: Vec<_> = found.iter().map(|row| row[0].text()).collect();
    assert_eq!(texts, ["10", "20", "50", "row 1", "row 2", "row 5"]);
    let mut names = vec!["Next []".to_owned()];
    names.extend([[1, 1], [1, 2], [1, 5], [2, 1], [2, 2], [2, 5]].map(|it| format!("Next {it:?}")));
    assert_eq!(journal.take(), names);
    // Both columns side by side.
    let columns = [1, 2].map(|column| object(5).extend([column]).expect("a name"));
    let bulk = told(rig.manager.bulk(0, 3, columns));
    let expected = "10, row 1, 20, row 2, 50, row 5";
    assert_eq!(rig.wait(bulk), at(expected, 30));
    assert_eq!(journal.take().len(), 6);
    // What came with a name is for the request that has asked for it.
    let next = told(rig.manager.next([cell(1, 1)]));
    assert_eq!(rig.wait(next), at("20", 10));
    assert_eq!(rig.get_of([cell(1, 2)]), at("20", 10));
    assert_eq!(journal.take(), ["Next [1, 1]", "Get [1, 2]"]);
    let set = rig.set_of([(cell(1, 1), Value::Integer(1))]);
    assert_eq!(set, at("notWritable 1", 0));
    assert_eq!(journal.take(), [""; 0]);
}

#[test]
fn a_value_that_its_request_may_not_see_is_kept_for_no_other() {
    let mut rig = Rig::new();
    let (hash, handler) = store(&rig, &Journal::default());
    rig.handler(5, handler);
    let mut access = SubtreeAccess::new();
    access.set("somebody", Views::new().read(cell(1, 5)));
    rig.responder.set_access(access);
    // What comes with the name of the next one is hidden from it.
    let next = told(rig.manager.next([cell(1, 5)]));
    rig.wait(next);
    rig.responder.set_access(OpenAccess);
    hash.borrow_mut().insert(vec![2, 1], "changed".into());
    assert_eq!(rig.get_of([cell(2, 1)]), at("changed", 10));
}

#[test]
fn a_handler_knows_its_name_and_who_asks() {
    let mut rig = Rig::new();
    let asks: Rc<RefCell<Vec<Ask>>> = Rc::default();
    let noting = Rc::clone(&asks);
    rig.handler(
        5,
        handler(move |ask: Ask| {
            noting.borrow_mut().push(ask);
            async { Ok(Reply::Value(Value::Integer(7))) }
        }),
    );
    assert_eq!(rig.get_of([cell(3, 4)]), at("7", 0));
    let plain = UsmUserData::new("plain");
    let other = rig.simulation.engine([198, 51, 100, 9]);
    let remote = other.remote(&plain, &rig.target);
    let asked = told(remote.get([cell(3, 4)]));
    rig.wait(asked);
    let asks = asks.take();
    for ask in &asks {
        assert_eq!((&ask.name, &ask.instance[..]), (&cell(3, 4), &[3, 4][..]));
        assert_eq!(ask.kind, AskKind::Get);
        assert!(ask.peer.is_some() && ask.now.is_some());
        assert!(ask.context_name.is_empty());
    }
    let names: Vec<_> = asks.iter().map(|it| &it.security_name[..]).collect();
    assert_eq!(names, [&b"somebody"[..], b"plain"]);
    let levels: Vec<_> = asks.iter().map(|it| it.security_level).collect();
    assert_eq!(levels, [SecurityLevel::NoAuthNoPriv; 2]);
}

#[test]
fn values_are_set_and_taken_back() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (hash, handler) = store(&rig, &journal);
    let before = hash.borrow().clone();
    rig.handler(5, handler.writable());
    let failing = Scalar::variable(1).writable(|_| Err(SetError::GenErr));
    rig.responder.register(object(6), failing).expect("free");
    let number = |value: i32| Value::Integer(value);
    // Both are looked at side by side, and set one after the other.
    let set = rig.set_of([(cell(1, 1), number(11)), (cell(1, 3), number(33))]);
    assert_eq!(set, at("11, 33", 30));
    let noted = [
        "Check(Integer(11)) [1, 1]",
        "Get [1, 1]",
        "Check(Integer(33)) [1, 3]",
        "Get [1, 3]",
        "Set(Some(Integer(11))) [1, 1]",
        "Set(Some(Integer(33))) [1, 3]",
    ];
    assert_eq!(journal.take(), noted);
    assert_eq!(rig.get_of([cell(1, 1), cell(1, 3)]).0, "11, 33");
    hash.replace(before.clone());
    for (values, expected) in [
        (
            [(cell(1, 1), number(1)), (cell(1, 2), number(-1))],
            "wrongValue 2",
        ),
        (
            [(cell(1, 1), number(1)), (cell(2, 2), number(1))],
            "wrongType 2",
        ),
        (
            [(cell(1, 1), number(1)), (object(5), number(1))],
            "notWritable 2",
        ),
        (
            [(cell(1, 9), number(1)), (cell(1, 1), number(666))],
            "commitFailed 2",
        ),
        (
            [
                (cell(1, 9), number(1)),
                (object(6).child(0).expect("a name"), number(2)),
            ],
            "commitFailed 2",
        ),
        (
            [
                (cell(1, 1), number(1)),
                (object(6).child(0).expect("a name"), number(2)),
            ],
            "commitFailed 2",
        ),
    ] {
        let (outcome, _) = rig.set_of(values);
        assert_eq!(outcome, expected);
        assert_eq!(*hash.borrow(), before, "{expected}");
    }
    // The same variable twice.
    let set = rig.set_of([(cell(1, 1), number(1)), (cell(1, 1), number(666))]);
    assert_eq!(set.0, "commitFailed 2");
    assert_eq!(*hash.borrow(), before);
    rig.run(1_000);
    leaving(&about(5, ": no 999; and 1 more of this kind"), || {
        let set = rig.set_of([(cell(1, 1), number(1)), (cell(1, 2), number(999))]);
        assert_eq!(set.0, "genErr 2");
    });
    assert_eq!(rig.responder.responder().waiting(), 0);
}

#[test]
fn a_store_that_cannot_take_back_a_value_is_told_of() {
    let mut rig = Rig::new();
    rig.handler(
        5,
        handler(|ask: Ask| async move {
            Ok(match (ask.kind, ask.instance[0]) {
                (AskKind::Get, _) => Reply::Value(Value::Integer(1)),
                (AskKind::Check(_), _) | (AskKind::Set(Some(Value::Integer(2))), 1) => Reply::Done,
                (_, 1) => return Err(Failure::message("no way back")),
                _ => return Err(SetError::ResourceUnavailable.into()),
            })
        })
        .writable(),
    );
    let values = [1, 2].map(|index| (object(5).child(index).expect("a name"), Value::Integer(2)));
    let words = ": resourceUnavailable, and former values are not set again: no way back";
    leaving(&about(5, words), || {
        assert_eq!(rig.set_of(values), at("commitFailed 2", 0));
    });
}

/// Tells when it is dropped.
struct Dropped(Rc<Cell<i32>>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn handlers_that_fail_or_never_answer() {
    let mut rig = Rig::new();
    let (dropped, reactor) = (Rc::new(Cell::new(0)), rig.reactor());
    let counting = Rc::clone(&dropped);
    let odd = handler(move |ask: Ask| {
        let (reactor, counted) = (reactor.clone(), Dropped(Rc::clone(&counting)));
        let which = ask.instance.first().copied();
        assert!(which != Some(3), "at once");
        async move {
            match which {
                Some(1) => {
                    let (resolver, never) = Deferred::<()>::pair();
                    resolver.forget();
                    never.await?;
                }
                Some(2) => std::future::pending().await,
                Some(4) => {
                    after(&reactor, 1, ()).await?;
                    panic!("later");
                }
                Some(5) => return Ok(Reply::Next(vec![5], None)),
                Some(6) => return Ok(Reply::Done),
                Some(7) => return Err(ReadError::NoSuchObject.into()),
                Some(8) => return Err(ReadError::Failed.into()),
                Some(9) => return Err(Failure::message("no store")),
                Some(10) => return Ok(Reply::Value(Value::Null)),
                _ => {}
            }
            drop(counted);
            Ok(Reply::None)
        }
    });
    rig.handler(5, odd);
    let instance = |number: u32| object(5).child(number).expect("a name");
    for (number, took, words) in [
        (1, 5_000, Some(": it has not answered in time")),
        (2, 5_000, Some(": it has not answered in time")),
        (3, 0, Some(" panicked: at once")),
        (4, 1, Some(": panicked: later")),
        (5, 0, Some(": Next is no reply to what it was asked")),
        (6, 0, Some(": Done is no reply to what it was asked")),
        (8, 0, None),
        (9, 0, Some(": no store")),
        (
            10,
            0,
            Some(": the value of 1.3.6.1.4.1.20408.9.5.10 is Null, which is no value"),
        ),
    ] {
        rig.run(1_000);
        let records: Vec<_> = words.into_iter().flat_map(|it| about(5, it)).collect();
        let outcome = leaving(&records, || rig.get_of([instance(number)]));
        assert_eq!(outcome, at("genErr 1", took), "{number}");
    }
    let no_object = "No Such Object currently exists at this OID";
    assert_eq!(rig.get_of([instance(7)]), at(no_object, 0));
    assert_eq!(dropped.get(), 10, "nothing is left of any of them");
    rig.register(6, Scalar::constant("behind"));
    let next = told(rig.manager.next([instance(11)]));
    assert_eq!(rig.wait(next), at("behind", 0));
    rig.run(1_000);
    let stuck = ": [5] does not come after [5]";
    leaving(&about(5, stuck), || {
        let next = told(rig.manager.next([instance(5)]));
        assert_eq!(rig.wait(next), at("genErr 1", 0));
    });
}

#[test]
fn a_handler_of_an_engine_that_is_closed() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (hash, handler) = store(&rig, &journal);
    rig.handler(5, handler.writable());
    let before = hash.borrow().clone();
    let quick = rig.manager.clone().timeout(millis(200));
    let get = told(quick.get([cell(1, 1)]));
    let values = [(cell(1, 1), 1), (cell(1, 2), 2), (cell(1, 5), 3)];
    let set = told(quick.set(values));
    // The first has been set, and the second is under way.
    rig.run(25);
    assert_ne!(*hash.borrow(), before);
    rig.agent.close();
    assert_eq!(rig.responder.responder().waiting(), 0);
    rig.run(100);
    assert_eq!(*hash.borrow(), before);
    drop((get, set));
}

#[test]
fn a_handler_that_is_removed_while_it_is_asked() {
    let mut rig = Rig::new();
    let (_, handler) = store(&rig, &Journal::default());
    rig.handler(5, handler);
    rig.register(6, Scalar::constant("behind"));
    let get = told(rig.manager.get([cell(1, 1)]));
    let next = told(rig.manager.next([cell(1, 1)]));
    rig.run(5);
    rig.responder.unregister(&object(5));
    assert_eq!(rig.wait(get), at("10", 5));
    assert_eq!(rig.wait(next), at("behind", 0));
}

#[test]
fn without_a_reactor_only_what_is_there_at_once_is_read() {
    let squares = |ask: Ask| match (ask.kind, &ask.instance[..]) {
        (AskKind::Get, &[8]) => Deferred::pair().1,
        (AskKind::Get, &[index @ 1..=9]) => {
            Deferred::<i32>::succeed(index as i32).map(|it| Value::from(it * it).into())
        }
        (AskKind::Next, &[] | &[0, ..]) => Deferred::succeed(Reply::Next(vec![1], None)),
        (AskKind::Next, &[index @ 1..=8, ..]) => Deferred::succeed(Some(vec![index + 1]).into()),
        _ => Deferred::succeed(Reply::None),
    };
    let mut tree = MibTree::new();
    tree.register(object(5), handler(squares)).expect("free");
    let names = [3, 8, 10].map(|index| object(5).child(index).expect("a name"));
    let value = tree.get(&names[0]).expect("a value");
    assert_eq!(value.as_ref(), ValueRef::Integer(9));
    assert_eq!(tree.get(&names[1]).unwrap_err(), ReadError::Failed);
    assert_eq!(tree.get(&names[2]).unwrap_err(), ReadError::NoSuchInstance);
    let (name, value) = tree.get_next(&names[0]).expect("no error").expect("one");
    assert_eq!(value.as_ref(), ValueRef::Integer(16));
    assert_eq!(name, object(5).child(4).expect("a name"));
    let last = object(5).child(9).expect("a name");
    assert!(tree.get_next(&last).expect("no error").is_none());
    // The same, served.
    let mut rig = Rig::new();
    rig.handler(5, handler(squares));
    let walk = rig.manager.bulk_walk(3, [object(5)]).collect();
    let failed = rig.simulation.block_on(walk);
    assert!(failed.is_err(), "the eighth is never there");
    let bulk = told(rig.manager.bulk(0, 5, [object(5)]));
    assert_eq!(rig.wait(bulk), at("1, 4, 9, 16, 25", 0));
}

/// A name has at most 128 sub-identifiers: what is too long for one is passed over.
#[test]
fn an_instance_that_is_too_long_is_passed_over() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (hash, handler) = store(&rig, &journal);
    rig.handler(5, handler);
    hash.borrow_mut().insert(vec![1; 200], Value::Integer(1));
    hash.borrow_mut().insert(vec![3; 200], Value::Integer(1));
    hash.borrow_mut().insert(vec![4], Value::Integer(30));
    let next = |rig: &mut Rig, name| {
        let asked = told(rig.manager.next([name]));
        rig.wait(asked).0
    };
    assert_eq!(next(&mut rig, cell(1, 0)), "10");
    assert_eq!(next(&mut rig, cell(2, 5)), "30");
}

/// A store that takes anything would have what makes each walk fail.
#[test]
fn what_is_no_value_of_an_object_is_not_set() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (hash, handler) = store(&rig, &journal);
    rig.handler(5, handler.writable());
    let before = hash.borrow().clone();
    for value in [Value::Null, Value::NoSuchInstance] {
        let (outcome, _) = rig.set_of([(cell(1, 7), value)]);
        assert_eq!(outcome, "wrongType 1");
    }
    assert_eq!(*hash.borrow(), before);
}

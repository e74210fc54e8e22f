//! Objects that are slow, silent, wrong or endless, and who is served beside them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, Column, ManagedObject, ReadError, Refused, Scalar,
    SetError, SetPhase, Table,
};
use deferred_snmp::smi::ValueRef;
use deferred_snmp::task::LoopingCall;

use super::by_deferred::{about, leaving};
use super::reach::Phantoms;
use super::{Journal, Rig, after, at, millis, name, object, told};

/// Somebody else, who asks for number 1.
fn other(rig: &mut Rig, host: u8) -> RemoteEngine {
    let engine = rig.simulation.engine([198, 51, 100, host]);
    engine.remote(&CommunityData::new("public"), &rig.target)
}

#[test]
fn slow_silent_and_panicking_objects_hold_nobody_up() {
    let mut rig = Rig::new();
    rig.later(2, 300, 42);
    rig.register(
        3,
        Scalar::later(|_| {
            let (resolver, never) = Deferred::<i32>::pair();
            resolver.forget();
            never
        }),
    );
    rig.register(4, Scalar::dynamic(|| -> i32 { panic!("no sensor") }));
    let slow = rig.ask(&[2, 1, 2]);
    let silent = rig.ask(&[1, 3]);
    let other = other(&mut rig, 2);
    for _ in 0..29 {
        assert_eq!(rig.get(&[1, 4]), at("genErr 2", 0));
        let get = told(other.get([name(1)]));
        assert_eq!(rig.wait(get), at("at once", 0));
        assert!(!slow.is_fired() && !silent.is_fired());
        rig.run(10);
    }
    assert_eq!(rig.wait(slow), at("42, at once, 42", 10));
    assert_eq!(rig.wait(silent), at("genErr 2", 4_700));
    assert_eq!(rig.responder.responder().waiting(), 0);
}

/// Comes to the same instance again and again.
struct Stuck;

impl ManagedObject for Stuck {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Borrowed(ValueRef::Integer(1)))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        *instance = vec![7];
        Advance::Found
    }
}

#[test]
fn an_object_that_does_not_go_forward_is_an_error_and_a_record() {
    let mut rig = Rig::new();
    rig.responder.register(object(2), Stuck).expect("free");
    let instance = || format!("{}.7", object(2));
    let next = told(rig.manager.next([name(1)]));
    assert_eq!(rig.wait(next), at("1", 0));
    let record = about(2, ": [7] does not come after [7]");
    leaving(&record, || {
        let next = told(rig.manager.next([name(1), instance()]));
        assert_eq!(rig.wait(next), at("genErr 2", 0));
    });
    // A later repetition is left out.
    rig.run(1_000);
    leaving(&record, || {
        let bulk = told(rig.manager.bulk(0, 10, [name(1)]));
        assert_eq!(rig.wait(bulk), at("1", 0));
    });
    assert_eq!(rig.get(&[1]), at("at once", 0));
}

#[test]
fn a_million_names_without_a_variable_are_passed_over_beside_others() {
    let mut rig = Rig::new();
    let phantoms = Phantoms(1_000_000);
    rig.responder.register(object(2), phantoms).expect("free");
    rig.register(3, Scalar::constant("behind"));
    let journal = Journal::default();
    let noting = journal.clone();
    let search = told(rig.manager.next([name(1)]));
    let search = search.map(move |text| noting.note(text));
    let others = (1..=50).map(|host| {
        let get = told(other(&mut rig, 100 + host).get([name(1)]));
        let noting = journal.clone();
        get.map(move |text| noting.note(text))
    });
    let others: Vec<_> = others.collect();
    rig.wait(search);
    for other in others {
        rig.wait(other);
    }
    let noted = journal.take();
    assert_eq!(noted.iter().position(|it| it == "behind"), Some(50));
    let bulk = told(rig.manager.bulk(0, 5, [object(2).to_string()]));
    let (texts, _) = rig.wait(bulk);
    assert_eq!(texts.split(", ").next(), Some("behind"));
    assert_eq!(rig.responder.responder().waiting(), 0);
}

/// Agrees to anything, and cannot take it back.
struct NoWayBack;

impl ManagedObject for NoWayBack {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match instance {
            [0] => Ok(Answer::Borrowed(ValueRef::Integer(1))),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn commit(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        panic!("no way back")
    }
}

#[test]
fn a_panic_in_undo_is_undo_failed_and_the_others_are_undone() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let noting = journal.clone();
    let device = Scalar::variable(1).writable_later(move |value, _| {
        noting.note(format!("set {value}"));
        Deferred::<()>::succeed(())
    });
    rig.register(2, device);
    rig.responder.register(object(3), NoWayBack).expect("free");
    let fails = |_, _: &Asker<'_>| Deferred::<()>::fail(Failure::message("jammed"));
    rig.register(4, Scalar::variable(1).writable_later(fails));
    let set = rig.set(&[(2, 5), (3, 5), (4, 5)]);
    assert_eq!(set, at("undoFailed 0", 0));
    assert_eq!(journal.take(), ["set 5", "set 1"]);
    assert_eq!(rig.set(&[(2, 6)]), at("6", 0), "the next one has its turn");
}

#[test]
fn rows_come_and_go_under_a_walk() {
    for bulk in [false, true] {
        let mut rig = Rig::new();
        let reactor = rig.reactor();
        // Each cell takes its time, and so a walk does.
        let later = move |_: &Asker<'_>, index: &[u32]| after(&reactor, 10, index[0] as i32);
        let mut table = Table::new([Column::new(3).later(later), Column::new(4)]);
        (1..=60).for_each(|n| table.insert(&[10 * n], [(4, 0)]));
        rig.responder.register(object(2), table).expect("free");
        // One after the other every second row goes, from both ends; rows come ahead of the walk, and before all others.
        let responder = rig.responder.clone();
        let mut turns = 0;
        let changes = LoopingCall::new(&rig.reactor(), move || {
            let change = |table: &mut Table| {
                table.remove(&[20 * turns + 10]);
                table.remove(&[590 - 20 * turns]);
                table.insert(&[turns + 1], [(4, 0)]);
                table.insert(&[20 * turns + 5], [(4, 0)]);
            };
            if turns < 30 {
                let changed = responder.with(object(2).as_ref(), change);
                changed.expect("a table that does not run");
                turns += 1;
            }
        });
        let _changing = changes.start(millis(7), false);
        let root = [format!("{}.3", object(2))];
        let walk = match bulk {
            false => rig.manager.walk(root),
            true => rig.manager.bulk_walk(8, root),
        };
        let walk = walk.lexicographic_mode(false);
        let (rows, _) = rig.wait(walk.collect().map_err(Failure::from));
        let texts = rows.iter().flatten().map(|it| it.text());
        let walked: Vec<u32> = texts.map(|it| it.parse().expect("a number")).collect();
        assert!(walked.is_sorted_by(|one, next| one < next), "{walked:?}");
        let stayed = walked.iter().copied().filter(|it| it % 20 == 0);
        assert!(stayed.eq((1..=30).map(|n| 20 * n)), "{walked:?}");
        assert!(
            walked.iter().any(|it| it % 20 == 5),
            "some came: {walked:?}"
        );
        assert!(!walked.contains(&590), "some had gone: {walked:?}");
    }
}

/// Whole numbers by their indices.
type Numbers = Rc<RefCell<BTreeMap<u32, i32>>>;

#[test]
fn all_repetitions_that_can_be_asked_for_of_a_hundred_columns() {
    let mut rig = Rig::new();
    let numbers: Numbers = Rc::default();
    numbers
        .borrow_mut()
        .extend((1..=100_000).map(|n| (n, n as i32)));
    let columns = (1..=100).fold(Rows::of(numbers), |table, column| {
        table.column(column, move |number| *number)
    });
    rig.responder.register(object(2), columns).expect("free");
    let names = (1..=100).map(|column| format!("{}.{column}", object(2)));
    let bulk = told(rig.manager.bulk(0, 2_147_483_647, names));
    let (texts, _) = rig.wait(bulk);
    let texts: Vec<&str> = texts.split(", ").collect();
    // As far as a datagram goes: the first of the 100 columns.
    assert!((60..100).contains(&texts.len()), "{}", texts.len());
    assert!(texts.iter().all(|text| *text == "1"));
    assert_eq!(rig.get(&[1]), at("at once", 0));
}

#[test]
fn five_thousand_sets_at_once_while_one_waits() {
    let mut rig = Rig::new();
    let count = Rc::new(Cell::new(0));
    let (counting, reactor) = (Rc::clone(&count), rig.reactor());
    let slow = move |_, _: &Asker<'_>| {
        counting.set(counting.get() + 1);
        after(&reactor, 300, ())
    };
    rig.register(2, Scalar::variable(0).writable_later(slow));
    let counting = Rc::clone(&count);
    let quick = Scalar::variable(0).writable(move |_| {
        counting.set(counting.get() + 1);
        Ok(())
    });
    rig.register(3, quick);
    let first = told(rig.manager.set([(name(2), 1)]));
    rig.run(10);
    let others: Vec<_> = (1..=100).map(|host| other(&mut rig, 100 + host)).collect();
    let mut sets = Vec::new();
    for value in 0..50 {
        for other in &others {
            sets.push(told(other.set([(name(3), value)])));
        }
        // A hundred datagrams at a time, which the agent's socket has room for.
        rig.run(1);
    }
    assert_eq!(sets.len(), 5_000);
    let refused = sets.iter().filter(|it| it.is_fired()).count();
    assert_eq!(refused, 5_000 - 64, "at once");
    assert_eq!(rig.get(&[1]), at("at once", 0), "reads do not wait");
    assert_eq!(rig.wait(first), at("1", 240));
    let mut outcomes = BTreeMap::<String, u32>::new();
    for set in sets {
        let (outcome, _) = rig.wait(set);
        let kind = if outcome.parse::<u32>().is_ok() {
            "set"
        } else {
            &outcome
        };
        *outcomes.entry(kind.to_owned()).or_default() += 1;
    }
    let expected = [("resourceUnavailable 0", 4_936), ("set", 64)];
    assert!(
        outcomes
            .iter()
            .map(|(kind, times)| (kind.as_str(), *times))
            .eq(expected),
        "{outcomes:?}"
    );
    assert_eq!(count.get(), 65, "each is carried out once");
}

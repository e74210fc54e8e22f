//! `close`, at every moment.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Column, MibTree, Scalar, Table};

use super::{Rig, after, free, is_unanswered, told};

fn name(number: u32) -> String {
    free(number).child(0).expect("short").to_string()
}

/// Notes that a Deferred has fired.
fn noted(closed: Deferred<()>) -> Rc<Cell<bool>> {
    let has_fired = Rc::new(Cell::new(false));
    let noting = Rc::clone(&has_fired);
    closed.add_callback(move |()| noting.set(true));
    has_fired
}

fn slow(rig: &Rig, agent: &Agent) {
    let reactor = rig.reactor();
    let slow = Scalar::later(move |_| after(&reactor, 100, "slow"));
    agent.scalar(free(1), slow).expect("free");
}

#[test]
fn what_waits_is_answered_first_and_nothing_else_is() {
    let (mut rig, agent) = Rig::open();
    slow(&rig, &agent);
    let waits = told(rig.public().get([name(1)]));
    rig.run(50);
    let has_fired = noted(agent.close());
    let late = told(
        rig.public()
            .timeout(std::time::Duration::from_secs(1))
            .get([name(1)]),
    );
    rig.run(20);
    assert!(!has_fired.get(), "a read waits");
    assert_eq!(rig.wait(waits), "slow");
    rig.run(50);
    assert!(has_fired.get());
    let late = rig.wait(late);
    assert!(is_unanswered(&late), "{late}");
}

/// More answers at once than are sent in a pass.
#[test]
fn many_that_wait_are_all_answered() {
    let (mut rig, agent) = Rig::open();
    let kept: Rc<RefCell<Vec<Resolver<i32, Failure>>>> = Rc::default();
    let keeping = Rc::clone(&kept);
    let owed = Scalar::later(move |_| {
        let (resolver, deferred) = Deferred::pair();
        keeping.borrow_mut().push(resolver);
        deferred
    });
    agent.scalar(free(1), owed).expect("free");
    let asked: Vec<_> = (0..64).map(|_| told(rig.public().get([name(1)]))).collect();
    rig.run(50);
    assert_eq!(kept.borrow().len(), 64);
    let has_fired = noted(agent.close());
    for resolver in kept.take() {
        resolver.callback(42);
    }
    for waits in asked {
        assert_eq!(rig.wait(waits), "42");
    }
    rig.run(0);
    assert!(has_fired.get());
}

#[test]
fn to_close_twice_cuts_nothing_off() {
    let (mut rig, agent) = Rig::open();
    slow(&rig, &agent);
    let waits = told(rig.public().get([name(1)]));
    rig.run(50);
    let first = noted(agent.close());
    let second = noted(agent.close());
    assert!(!first.get() && !second.get(), "a read waits");
    assert_eq!(rig.wait(waits), "slow");
    rig.run(50);
    assert!(first.get() && second.get());
    let third = noted(agent.close());
    rig.run(0);
    assert!(third.get(), "there is nothing left to wait for");
    let again = Agent::on(agent.engine()).start();
    again.expect("its place is free");
}

/// A SET that has been committed is not taken back.
#[test]
fn a_set_that_is_under_way_ends() {
    let (mut rig, agent) = Rig::open();
    let value = Rc::new(RefCell::new(Vec::new()));
    let (setting, reactor) = (Rc::clone(&value), rig.reactor());
    let slow = Scalar::variable(1).writable_later(move |value, _| {
        let setting = Rc::clone(&setting);
        after(&reactor, 100, ()).map(move |()| setting.borrow_mut().push(value.to_string()))
    });
    agent.scalar(free(1), slow).expect("free");
    agent.scalar(free(2), Scalar::variable(1)).expect("free");
    let waits = told(rig.public().set([(name(1), 2), (name(2), 2)]));
    rig.run(50);
    let has_fired = noted(agent.close());
    assert!(!has_fired.get());
    assert_eq!(rig.wait(waits), "2, 2");
    rig.run(0);
    assert!(has_fired.get());
    assert_eq!(value.take(), ["2"]);
}

/// An object that never answers holds the end up no longer than its time-out.
#[test]
fn an_object_that_owes_an_answer_has_until_its_time_out() {
    let (mut rig, agent) = Rig::open();
    let forgetful = Scalar::later(|_| {
        let (resolver, deferred) = Deferred::<i32>::pair();
        std::mem::forget(resolver);
        deferred
    });
    agent.scalar(free(1), forgetful).expect("free");
    let waits = told(rig.public().get([name(1)]));
    rig.run(50);
    let closed = agent.close();
    rig.wait(closed);
    assert_eq!(rig.wait(waits), "genErr 1");
}

#[test]
fn an_object_closes_its_agent() {
    let (mut rig, agent) = Rig::open();
    let (closing, fired) = (agent.clone(), Rc::new(RefCell::new(Vec::new())));
    let keeping = Rc::clone(&fired);
    let last = Scalar::dynamic(move || {
        keeping.borrow_mut().push(noted(closing.close()));
        "the last"
    });
    agent.scalar(free(1), last).expect("free");
    assert_eq!(rig.get([name(1), name(1)]), "the last, the last");
    rig.run(0);
    let fired = fired.take();
    assert_eq!(fired.len(), 2);
    assert!(fired.iter().all(|it| it.get()));
    let context = agent.context("").expect("it is always there");
    assert!(!context.remove(free(1)), "its objects have gone");
}

#[test]
fn a_hook_of_a_table_closes_its_agent() {
    let (mut rig, agent) = Rig::open();
    let closing = agent.clone();
    let table = Table::new([Column::new(2).writable(), Column::new(3).row_status()]).on_activate(
        move |_| {
            noted(closing.close());
        },
    );
    let rows = agent.table(free(1), table).expect("free");
    let cell = |column: u32| free(1).extend([column, 7]).expect("short");
    assert_eq!(
        rig.set([(cell(2), ObjectValue::from(5)), (cell(3), 4.into())]),
        "5, 4"
    );
    rig.run(0);
    // The handle is the program's own.
    assert_eq!(rows.len(), 1);
    let context = agent.context("").expect("it is always there");
    assert!(!context.remove(free(1)), "its objects have gone");
}

/// An engine that its program closes first takes the answers with it.
#[test]
fn an_engine_that_is_closed_first() {
    let (mut rig, agent) = Rig::open();
    slow(&rig, &agent);
    let waits = told(
        rig.public()
            .timeout(std::time::Duration::from_secs(1))
            .get([name(1)]),
    );
    rig.run(50);
    let before = noted(agent.close());
    agent.engine().close();
    let after = noted(agent.close());
    rig.run(0);
    assert!(before.get() && after.get());
    let waits = rig.wait(waits);
    assert!(is_unanswered(&waits), "{waits}");
    let next = CommandResponder::new(MibTree::new(), OpenAccess);
    agent.engine().register_responder(next).expect("free");
}

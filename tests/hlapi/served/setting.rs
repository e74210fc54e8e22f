//! SETs that end later.

use std::cell::Cell;
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::objects::{Scalar, SetError};
use deferred_snmp::reactor::Handle;
use deferred_snmp::smi::Value;

use super::{Journal, Rig, after, at, name, told};

/// The device behind a writable scalar, which takes its time.
#[derive(Clone)]
struct Device {
    reactor: Handle,
    value: Rc<Cell<i32>>,
    journal: Journal,
}

impl Device {
    fn new(rig: &Rig, journal: &Journal) -> Self {
        Self {
            reactor: rig.reactor(),
            value: Rc::new(Cell::new(1)),
            journal: journal.clone(),
        }
    }

    fn read(&self) -> Deferred<i32> {
        let device = self.clone();
        after(&self.reactor, 100, ()).map(move |()| device.value.get())
    }

    fn write(&self, value: &Value) -> Deferred<()> {
        let device = self.clone();
        device.journal.note(format!("set {value}"));
        let Value::Integer(value) = *value else {
            return Deferred::fail(SetError::WrongType.into());
        };
        after(&self.reactor, 300, ()).map(move |()| device.value.set(value))
    }

    fn scalar(&self) -> Scalar {
        let (reading, writing) = (self.clone(), self.clone());
        Scalar::later(move |_| reading.read()).writable_later(move |value, _| writing.write(&value))
    }
}

/// Takes values, and fails to set them.
fn failing(error: impl Fn() -> Failure + 'static) -> Scalar {
    Scalar::variable(1).writable_later(move |_, _| Deferred::<(), Failure>::fail(error()))
}

#[test]
fn a_device_is_set_and_others_are_served_meanwhile() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let device = Device::new(&rig, &journal);
    rig.register(2, device.scalar());
    let set = told(rig.manager.set([(name(2), 5)]));
    rig.run(200);
    assert_eq!(rig.get(&[1]), at("at once", 0));
    assert_eq!(
        rig.wait(set),
        at("5", 200),
        "it is read for 100 ms, and set for 300"
    );
    assert_eq!(journal.take(), ["set 5"]);
    assert_eq!(rig.get(&[2]), at("5", 100));
    assert_eq!(rig.set(&[(2, 6), (2, 7)]).0, "6, 7", "the last counts");
    assert_eq!(journal.take(), ["set 7"]);
}

#[test]
fn a_set_that_fails_elsewhere_is_undone_with_the_former_value() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let device = Device::new(&rig, &journal);
    rig.register(2, device.scalar());
    rig.register(3, failing(|| Failure::message("it is jammed")));
    let (outcome, took) = rig.set(&[(2, 5), (3, 2)]);
    assert_eq!((&*outcome, took), ("commitFailed 2", 700));
    assert_eq!(journal.take(), ["set 5", "set 1"]);
    assert_eq!(rig.get(&[2, 3]).0, "1, 1");
}

#[test]
fn where_the_former_value_cannot_be_read_nothing_is_set() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let device = Device::new(&rig, &journal);
    let scalar = Scalar::later(|_| Deferred::<i32>::fail(Failure::message("no answer")));
    rig.register(
        2,
        scalar.writable_later(move |value, _| device.write(&value)),
    );
    assert_eq!(rig.set(&[(2, 5)]).0, "genErr 1");
    assert!(journal.take().is_empty());
}

#[test]
fn an_undo_that_fails_is_undo_failed() {
    let mut rig = Rig::new();
    let count = Rc::new(Cell::new(0));
    let (counting, reactor) = (Rc::clone(&count), rig.reactor());
    let once = Scalar::variable(1).writable_later(move |_, _| {
        counting.set(counting.get() + 1);
        match counting.get() {
            1 => after(&reactor, 10, ()),
            _ => Deferred::fail(Failure::message("no way back")),
        }
    });
    rig.register(2, once);
    rig.register(3, failing(|| SetError::ResourceUnavailable.into()));
    assert_eq!(rig.set(&[(2, 5), (3, 2)]), at("undoFailed 0", 10));
    assert_eq!(count.get(), 2);
    // What is set stays so: that is the truth about the device.
    assert_eq!(rig.get(&[2, 3]).0, "5, 1");
}

#[test]
fn a_stored_value_changes_once_the_device_has_taken_it() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let device = Device::new(&rig, &journal);
    let writing = device.clone();
    rig.register(
        2,
        Scalar::variable(1).writable_later(move |value, _| writing.write(&value)),
    );
    let set = told(rig.manager.set([(name(2), 5)]));
    rig.run(200);
    assert_eq!(rig.get(&[2]), at("1", 0), "not yet");
    assert_eq!(rig.wait(set), at("5", 100));
    assert_eq!(rig.get(&[2]), at("5", 0));
    // One that fails, and one that takes too long, leave what was there.
    rig.register(3, failing(|| Failure::message("jammed")));
    assert_eq!(rig.set(&[(3, 2)]).0, "commitFailed 1");
    assert_eq!(rig.get(&[3]).0, "1");
    rig.responder
        .responder()
        .set_set_timeout(super::millis(200));
    assert_eq!(rig.set(&[(2, 6)]), at("commitFailed 1", 200));
    rig.run(1_000);
    assert_eq!(rig.get(&[2]), at("5", 0));
    assert_eq!(device.value.get(), 5, "its work has been cancelled");
}

#[test]
fn the_errors_of_a_device_are_those_of_set_while_nothing_is_committed() {
    use deferred_snmp::objects::{
        Advance, Answer, Asker, Assignments, ManagedObject, ReadError, Refused, SetPhase,
    };

    /// Finds out later that a value is none for it.
    struct Choosy(Handle);

    impl ManagedObject for Choosy {
        fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
            match instance {
                [0] => Ok(Value::Integer(1).into()),
                _ => Err(ReadError::NoSuchInstance),
            }
        }

        fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
            Advance::End
        }

        fn check(
            &mut self,
            _: &Asker<'_>,
            _: &[u32],
            _: deferred_snmp::smi::ValueRef<'_>,
        ) -> Result<(), SetError> {
            Ok(())
        }

        fn reserve(
            &mut self,
            asker: &Asker<'_>,
            assignments: Assignments<'_>,
        ) -> Result<SetPhase, Refused> {
            let last = assignments.len() - 1;
            let outcome = after(&self.0, 20, ()).try_callback(move |()| {
                Err::<Deferred<()>, Failure>(Failure::new(Refused {
                    error: SetError::InconsistentValue,
                    assignment: last,
                }))
            });
            Ok(asker.phase_later(outcome))
        }
    }

    let mut rig = Rig::new();
    let choosy = Choosy(rig.reactor());
    rig.responder
        .register(super::object(2), choosy)
        .expect("free");
    rig.register(3, Scalar::variable(1));
    assert_eq!(
        rig.set(&[(2, 1), (3, 2), (2, 3)]),
        at("inconsistentValue 3", 20)
    );
    assert_eq!(rig.get(&[3]).0, "1");
}

#[test]
fn one_set_at_a_time_and_reads_are_not_held_up() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let device = Device::new(&rig, &journal);
    rig.register(2, device.scalar());
    rig.register(3, Scalar::variable(1));
    let begin = rig.simulation.elapsed();
    let first = told(rig.manager.set([(name(2), 5)]));
    let second = told(rig.manager.set([(name(3), 9)]));
    let third = told(rig.manager.set([(name(2), 6)]));
    rig.run(100);
    assert_eq!(rig.get(&[3]), at("1", 0), "the second waits for the first");
    assert_eq!(rig.wait(first).0, "5");
    assert_eq!(rig.wait(second).0, "9");
    assert_eq!(rig.wait(third).0, "6");
    assert_eq!((rig.simulation.elapsed() - begin).as_millis(), 800);
    assert_eq!(journal.take(), ["set 5", "set 6"]);
}

#[test]
fn a_copy_of_a_set_that_waits_starts_nothing_and_its_answer_is_repeated() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let device = Device::new(&rig, &journal);
    rig.register(2, device.scalar());
    // It asks again every 150 ms; the answer to the first is there after 400.
    let impatient = rig.manager.clone().timeout(super::millis(150)).retries(5);
    let sent = rig.simulation.wire().statistics().sent;
    let set = told(impatient.set([(name(2), 5)]));
    assert_eq!(rig.wait(set), at("5", 400));
    assert_eq!(journal.take(), ["set 5"]);
    let messages = rig.simulation.wire().statistics().sent - sent;
    assert_eq!(messages, 4, "three requests and one answer");
    assert_eq!(rig.agent.statistics().in_pkts, 3);
}

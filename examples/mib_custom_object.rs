//! A managed object of one's own, tried without a network.
//!
//!     cargo run --example mib_custom_object
//!
//! * no agent is asked: the tree of objects is read and written directly
//! * SNMPv2-MIB::sysDescr.0 tells the time of each reading, exampleMode.0 takes some values and refuses others
//!
//! There is no command that does this.

mod common;

use std::process::ExitCode;

use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignment, Assignments, ManagedObject, MibTree, ReadError, Refused,
    SetError, SetPhase,
};
use deferred_snmp::oid;
use deferred_snmp::smi::{Value, ValueRef};

/// Counts how often it was read.
#[derive(Default)]
struct Description {
    readings: u32,
}

impl ManagedObject for Description {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        if instance != [0] {
            return Err(ReadError::NoSuchInstance);
        }
        self.readings += 1;
        let text = format!("read {} times", self.readings);
        Ok(Answer::Owned(Value::from(text)))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let before = instance.is_empty();
        *instance = vec![0];
        Advance::from(before)
    }
}

/// cooling(1), heating(2) or off(3).
struct Mode {
    now: i32,
    before: i32,
}

impl ManagedObject for Mode {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match instance {
            [0] => Ok(Answer::Borrowed(ValueRef::Integer(self.now))),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let before = instance.is_empty();
        *instance = vec![0];
        Advance::from(before)
    }

    fn check(
        &mut self,
        _: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        match (instance, value) {
            ([0], ValueRef::Integer(1..=3)) => Ok(()),
            ([0], ValueRef::Integer(_)) => Err(SetError::WrongValue),
            ([0], _) => Err(SetError::WrongType),
            _ => Err(SetError::NoCreation),
        }
    }

    fn commit(&mut self, _: &Asker<'_>, assignments: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.before = self.now;
        for assignment in assignments.iter() {
            if let ValueRef::Integer(mode) = assignment.value {
                self.now = mode;
            }
        }
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.now = self.before;
        Ok(SetPhase::Done)
    }
}

fn main() -> ExitCode {
    common::no_arguments();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let description = oid!(1.3.6.1.2.1.1.1);
    let mode = oid!(1.3.6.1.4.1.8072.9999.9999.1.1.2);
    let mut tree = MibTree::new();
    tree.register(description, Description::default())?;
    tree.register(mode.clone(), Mode { now: 1, before: 1 })?;

    for _ in 0..2 {
        let answer = tree.get(oid!(1.3.6.1.2.1.1.1.0).as_ref())?;
        println!("1.3.6.1.2.1.1.1.0 = {}", answer.as_ref());
    }
    // What a SET of the values does, phase by phase.
    for value in [
        ValueRef::Integer(3),
        ValueRef::Integer(4),
        ValueRef::OctetString(b"off"),
    ] {
        let Some(object) = tree.object_mut::<Mode>(mode.as_ref()) else {
            return Err("the object is gone".into());
        };
        let (asker, assignments) = (Asker::program(), [Assignment::new(&[0], value)]);
        let assignments = Assignments::from(&assignments);
        if let Err(error) = object.check(&asker, &[0], value) {
            println!("{value} is refused: {error}");
            continue;
        }
        object.reserve(&asker, assignments)?;
        object.commit(&asker, assignments)?;
        object.cleanup(assignments);
        println!("{value} is taken");
    }
    let mut name = oid!(1.3);
    while let Some((next, value)) = tree.get_next(name.as_ref())? {
        println!("{next} = {}", value.as_ref());
        name = next;
    }
    Ok(())
}

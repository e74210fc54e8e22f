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

use deferred_snmp::objects::{Answer, ManagedObject, MibTree, ReadError, SetError};
use deferred_snmp::oid;
use deferred_snmp::smi::{Value, ValueRef};

/// Counts how often it was read.
#[derive(Default)]
struct Description {
    readings: u32,
}

impl ManagedObject for Description {
    fn get(&mut self, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        if instance != [0] {
            return Err(ReadError::NoSuchInstance);
        }
        self.readings += 1;
        let text = format!("read {} times", self.readings);
        Ok(Answer::Owned(Value::from(text)))
    }

    fn advance(&mut self, instance: &mut Vec<u32>) -> bool {
        let before = instance.is_empty();
        *instance = vec![0];
        before
    }
}

/// cooling(1), heating(2) or off(3).
struct Mode {
    now: i32,
    before: i32,
}

impl ManagedObject for Mode {
    fn get(&mut self, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match instance {
            [0] => Ok(Answer::Borrowed(ValueRef::Integer(self.now))),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, instance: &mut Vec<u32>) -> bool {
        let before = instance.is_empty();
        *instance = vec![0];
        before
    }

    fn test(&mut self, instance: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        match (instance, value) {
            ([0], ValueRef::Integer(1..=3)) => Ok(()),
            ([0], ValueRef::Integer(_)) => Err(SetError::WrongValue),
            ([0], _) => Err(SetError::WrongType),
            _ => Err(SetError::NoCreation),
        }
    }

    fn commit(&mut self, _: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        if let ValueRef::Integer(mode) = value {
            self.before = std::mem::replace(&mut self.now, mode);
        }
        Ok(())
    }

    fn undo(&mut self, _: &[u32]) -> Result<(), SetError> {
        self.now = self.before;
        Ok(())
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
        let outcome = object
            .test(&[0], value)
            .and_then(|()| object.commit(&[0], value));
        match outcome {
            Ok(()) => println!("{value} is taken"),
            Err(error) => println!("{value} is refused: {error}"),
        }
        object.cleanup(&[0]);
    }
    let mut name = oid!(1.3);
    while let Some((next, value)) = tree.get_next(name.as_ref())? {
        println!("{next} = {}", value.as_ref());
        name = next;
    }
    Ok(())
}

//! Managed objects of one's own, tried without a network.
//!
//!     cargo run --example mib_custom_object
//!
//! * no agent is asked: the tree of objects is read and written directly
//! * SNMPv2-MIB::sysDescr.0, whose value a closure makes for each reading; 1.3.6.1.4.1.8072.9999.9999.1.1.2.0, an object with
//!   code for each phase of a SET, which takes some values and refuses others
//!
//! There is no command that does this.

mod common;

use std::error::Error;
use std::process::ExitCode;

use deferred_snmp::names::{Builtin, NamesExt};
use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, ManagedObject, MibTree, ReadError, Refused, Scalar,
    SetError, SetPhase,
};
use deferred_snmp::oid;
use deferred_snmp::smi::{Value, ValueRef};

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

fn run() -> Result<(), Box<dyn Error>> {
    let mut tree = MibTree::new();
    let mut readings = 0;
    let description = Scalar::dynamic(move || {
        readings += 1;
        format!("read {readings} times")
    });
    tree.define(&Builtin, "SNMPv2-MIB::sysDescr", description)?;
    let mode = oid!(1.3.6.1.4.1.8072.9999.9999.1.1.2);
    tree.register(&mode, Mode { now: 1, before: 1 })?;

    let description = Builtin.parse("SNMPv2-MIB::sysDescr.0")?;
    for _ in 0..2 {
        println!("sysDescr.0 = {}", tree.get(&description)?.as_ref());
    }
    for value in [Value::from(3), 4.into(), "off".into()] {
        match tree.set([(mode.child(0)?, value.clone())]) {
            Ok(()) => println!("{value} is taken"),
            Err(refused) => println!("{value} is refused: {refused}"),
        }
    }
    let mut name = oid!(1.3);
    while let Some((next, value)) = tree.get_next(&name)? {
        println!("{next} = {}", value.as_ref());
        name = next;
    }
    Ok(())
}

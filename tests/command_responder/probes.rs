//! Managed objects that fail, or record what happens to them.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::mib::{Answer, ManagedObject, ReadError, SetError};
use deferred_snmp::smi::{Value, ValueRef};

/// One instance whose value cannot be retrieved.
pub(crate) struct Broken;

impl ManagedObject for Broken {
    fn get(&mut self, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::Failed)
    }

    fn advance(&mut self, instance: &mut Vec<u32>) -> bool {
        let first = instance.is_empty();
        instance.push(0);
        first
    }
}

/// An object whose next instance is always the same.
pub(crate) struct Stuck;

impl ManagedObject for Stuck {
    fn get(&mut self, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Owned(Value::Integer(0)))
    }

    fn advance(&mut self, instance: &mut Vec<u32>) -> bool {
        *instance = vec![5];
        true
    }
}

/// A record of the phases of a SET over several objects.
#[derive(Clone, Default)]
pub(crate) struct Phases(Rc<RefCell<Vec<String>>>);

impl Phases {
    pub(crate) fn probe(&self, number: u32, failing: Option<&'static str>) -> Probe {
        Probe {
            phases: self.clone(),
            number,
            failing,
        }
    }

    pub(crate) fn take(&self) -> String {
        self.0.take().join(", ")
    }
}

pub(crate) struct Probe {
    phases: Phases,
    number: u32,
    failing: Option<&'static str>,
}

impl Probe {
    fn enter(&self, phase: &str) -> Result<(), SetError> {
        self.phases
            .0
            .borrow_mut()
            .push(format!("{phase} {}", self.number));
        if self.failing == Some(phase) {
            Err(SetError::ResourceUnavailable)
        } else {
            Ok(())
        }
    }
}

impl ManagedObject for Probe {
    fn get(&mut self, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, _: &mut Vec<u32>) -> bool {
        false
    }

    fn test(&mut self, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        self.enter("test")
    }

    fn commit(&mut self, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        self.enter("commit")
    }

    fn undo(&mut self, _: &[u32]) -> Result<(), SetError> {
        self.enter("undo")
    }

    fn cleanup(&mut self, _: &[u32]) {
        let _ = self.enter("cleanup");
    }
}

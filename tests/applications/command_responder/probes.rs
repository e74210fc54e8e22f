//! Managed objects that fail, or record what happens to them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, ManagedObject, ReadError, Refused, SetError, SetPhase,
};
use deferred_snmp::smi::{Value, ValueRef};

/// One instance whose value cannot be retrieved.
pub(crate) struct Broken;

impl ManagedObject for Broken {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::Failed)
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let first = instance.is_empty();
        instance.push(0);
        first.into()
    }
}

/// An object whose next instance is always the same.
pub(crate) struct Stuck;

impl ManagedObject for Stuck {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Owned(Value::Integer(0)))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        *instance = vec![5];
        Advance::Found
    }
}

/// Instances `[0]`, `[1]` and so on that are there and have nothing to show, or a value; counts how often one is read.
#[derive(Clone)]
pub(crate) struct Gap {
    len: u32,
    value: Option<Value>,
    /// Every so many instances one has a number.
    islands: Option<u32>,
    reads: Rc<Cell<u32>>,
}

impl Gap {
    pub(crate) fn new(len: u32, value: Option<Value>) -> Self {
        Self {
            len,
            value,
            islands: None,
            reads: Rc::default(),
        }
    }

    pub(crate) fn with_islands(self, distance: u32) -> Self {
        Self {
            islands: Some(distance),
            ..self
        }
    }

    /// How often an instance was read since this was asked last.
    pub(crate) fn take_reads(&self) -> u32 {
        self.reads.take()
    }
}

impl ManagedObject for Gap {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        self.reads.set(self.reads.get() + 1);
        let is_island = self
            .islands
            .is_some_and(|distance| instance[0].is_multiple_of(distance));
        match &self.value {
            _ if is_island => Ok(Answer::Owned(Value::Integer(1))),
            Some(value) => Ok(Answer::Borrowed(value.as_ref())),
            None => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let next = match instance.first() {
            Some(number) => number.checked_add(1),
            None => Some(0),
        };
        instance.clear();
        instance.extend(next.filter(|&next| next < self.len));
        (!instance.is_empty()).into()
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
    /// Takes note of a phase, and of how many assignments there are if there are several.
    fn enter(&self, phase: &str, assignments: usize) -> Result<(), SetError> {
        let number = self.number;
        let mut entry = format!("{phase} {number}");
        if assignments > 1 {
            entry += &format!(" of {assignments}");
        }
        self.phases.0.borrow_mut().push(entry);
        if self.failing == Some(phase) {
            Err(SetError::ResourceUnavailable)
        } else {
            Ok(())
        }
    }
}

impl ManagedObject for Probe {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        self.enter("check", 1)
    }

    fn reserve(&mut self, _: &Asker<'_>, set: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.enter("reserve", set.len())?;
        Ok(SetPhase::Done)
    }

    fn commit(&mut self, _: &Asker<'_>, set: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.enter("commit", set.len())?;
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, _: &Asker<'_>, set: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.enter("undo", set.len())?;
        Ok(SetPhase::Done)
    }

    fn cleanup(&mut self, set: Assignments<'_>) {
        let _ = self.enter("cleanup", set.len());
    }
}

//! Advisory locks: TestAndIncr (RFC 2579).

use super::asker::Asker;
use super::definition::{Defined, DefinitionError, ObjectDefinition};
use super::object::{Advance, Answer, ManagedObject, ReadError};
use super::phases::{Assignments, Refused, SetError, SetPhase};
use crate::names::{BaseType, Syntax};
use crate::smi::ValueRef;

/// A scalar of the syntax TestAndIncr (RFC 2579): managers that work together set it to the value that they have read, together with what they
/// want to change. It is one more then, and whoever has read the same value before finds it changed: inconsistentValue.
///
/// After 2147483647 comes 0.
///
/// ```
/// use deferred_snmp::names::Builtin;
/// use deferred_snmp::objects::{MibTree, TestAndIncr};
///
/// let mut tree = MibTree::new();
/// tree.define(&Builtin, "SNMP-TARGET-MIB::snmpTargetSpinLock", TestAndIncr::new(4711))?;
/// # Ok::<(), deferred_snmp::objects::DefinitionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct TestAndIncr {
    value: i32,
    /// Before the SET under way.
    former: Option<i32>,
}

/// What SET may assign.
const SYNTAX: &Syntax = &Syntax::from_static(
    "TestAndIncr",
    BaseType::Integer32,
    &[(0, i32::MAX as i64)],
    &[],
    None,
);

impl TestAndIncr {
    /// A lock with this value at first; a negative one counts as 0. RFC 2579 advises one that is not the same at each start, where it is
    /// not kept over that.
    pub fn new(value: i32) -> Self {
        Self {
            value: value.max(0),
            former: None,
        }
    }

    /// The present value.
    pub fn value(&self) -> i32 {
        self.value
    }
}

impl ManagedObject for TestAndIncr {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match instance {
            [0] => Ok(Answer::Borrowed(ValueRef::Integer(self.value))),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let is_before = instance.is_empty();
        if is_before {
            instance.push(0);
        }
        is_before.into()
    }

    fn check(
        &mut self,
        _: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        SYNTAX.check(value)?;
        match instance {
            [0] => Ok(()),
            _ => Err(SetError::NoCreation),
        }
    }

    fn reserve(
        &mut self,
        _: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        // As if one after the other: a second test finds what the first has made of it.
        let mut value = self.value;
        for (assignment, it) in assignments.iter().enumerate() {
            if it.value.as_i64() != Some(value.into()) {
                let error = SetError::InconsistentValue;
                return Err(Refused { error, assignment });
            }
            value = after(value);
        }
        Ok(SetPhase::Done)
    }

    fn commit(&mut self, _: &Asker<'_>, assignments: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.former = Some(self.value);
        for _ in assignments {
            self.value = after(self.value);
        }
        Ok(SetPhase::Done)
    }

    fn undo(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        if let Some(former) = self.former.take() {
            self.value = former;
        }
        Ok(SetPhase::Done)
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.former = None;
    }
}

fn after(value: i32) -> i32 {
    value.checked_add(1).unwrap_or(0)
}

impl Defined for TestAndIncr {
    type Handle = ();

    fn handle(&self) {}

    fn define(&mut self, definition: &ObjectDefinition) -> Result<(), DefinitionError> {
        let syntax = definition.syntax();
        if definition.is_known() && syntax.is_none_or(|it| it.name() != SYNTAX.name()) {
            return Err(definition.contradiction("a TestAndIncr has that syntax"));
        }
        Ok(())
    }
}

//! The calls of a managed object: guarded, and their answers checked.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::asker::Asker;
use super::object::{Advance, Answer, ManagedObject, ReadError};
use super::records::Records;
use crate::smi::{ObjectIdentifier, ValueRef};

/// An object, the name that it is registered at, who asks it, and where it is told when it does wrong.
pub(crate) struct Call<'c> {
    pub(crate) name: &'c ObjectIdentifier,
    pub(crate) object: &'c mut dyn ManagedObject,
    pub(crate) asker: &'c Asker<'c>,
    pub(crate) records: &'c Records,
}

impl<'c> Call<'c> {
    /// Runs its code; `None`, and a record, when it panics. The object stays registered: a handler that fails for one
    /// request may well answer the next.
    pub(crate) fn run<R>(
        self,
        call: impl FnOnce(&'c mut dyn ManagedObject, &Asker<'c>) -> R,
    ) -> Option<R> {
        let Self { object, asker, .. } = self;
        match catch_unwind(AssertUnwindSafe(|| call(object, asker))) {
            Ok(result) => Some(result),
            Err(panic) => {
                let message = panic
                    .downcast_ref::<&str>()
                    .copied()
                    .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
                    .unwrap_or("no message");
                self.records.panicked(self.name, message, asker.now);
                None
            }
        }
    }

    /// The value of an instance.
    pub(crate) fn read(self, instance: &[u32]) -> Result<Answer<'c>, ReadError> {
        let (name, records, now) = (self.name, self.records, self.asker.now);
        let answer = self.run(|object, asker| object.get(asker, instance));
        let answer = answer.unwrap_or(Err(ReadError::Failed))?;
        if let Answer::Later(_) = answer {
            return Ok(answer);
        }
        judge(answer.as_ref(), name, instance, records, now)?;
        Ok(answer)
    }

    /// Moves `instance` on, where it was at `previous`.
    pub(crate) fn advance(self, instance: &mut Vec<u32>, previous: &[u32]) -> Advance {
        let (name, records, now) = (self.name, self.records, self.asker.now);
        let advance = self.run(|object, asker| object.advance(asker, instance));
        let advance = advance.unwrap_or(Advance::Failed);
        if advance == Advance::Found && **instance <= *previous {
            records.disorder(name, instance, previous, now);
            return Advance::Failed;
        }
        advance
    }
}

/// What is no value of a variable.
#[inline]
pub(crate) fn judge(
    value: ValueRef<'_>,
    name: &ObjectIdentifier,
    instance: &[u32],
    records: &Records,
    now: Option<std::time::Instant>,
) -> Result<(), ReadError> {
    match value {
        ValueRef::NoSuchObject => Err(ReadError::NoSuchObject),
        ValueRef::NoSuchInstance | ValueRef::EndOfMibView => Err(ReadError::NoSuchInstance),
        ValueRef::Null => {
            records.null(name, instance, now);
            Err(ReadError::Failed)
        }
        _ => Ok(()),
    }
}

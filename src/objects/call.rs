//! The calls of a managed object: guarded, and their answers checked.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::asker::Asker;
use super::object::{Advance, Answer, ManagedObject, ReadError};
use super::records::Records;
use crate::smi::{ObjectIdentifier, ValueRef};

/// Runs the code of the object `name`; `None`, and a record, when it panics. The object stays registered: a handler that
/// fails for one request may well answer the next.
#[inline(always)]
pub(super) fn guard<R>(
    name: &ObjectIdentifier,
    asker: &Asker<'_>,
    records: &Records,
    call: impl FnOnce() -> R,
) -> Option<R> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => Some(result),
        Err(panic) => {
            tell(name, asker, records, &*panic);
            None
        }
    }
}

#[cold]
fn tell(name: &ObjectIdentifier, asker: &Asker<'_>, records: &Records, panic: &(dyn Any + Send)) {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    records.panicked(name, message, asker.now);
}

/// The value of an instance.
#[inline(always)]
pub(super) fn read<'o>(
    name: &ObjectIdentifier,
    object: &'o mut dyn ManagedObject,
    asker: &Asker<'_>,
    records: &Records,
    instance: &[u32],
) -> Result<Answer<'o>, ReadError> {
    let answer = guard(name, asker, records, || object.get(asker, instance));
    let answer = match answer {
        Some(Ok(answer)) => answer,
        Some(Err(error)) => {
            if error == ReadError::Failed {
                records.failed(name, "the value cannot be retrieved", asker.now);
            }
            return Err(error);
        }
        None => return Err(ReadError::Failed),
    };
    if let Answer::Later(_) = answer {
        return Ok(answer);
    }
    match judge(answer.as_ref()) {
        None => Ok(answer),
        Some(ReadError::Failed) => {
            records.null(name, instance, asker.now);
            Err(ReadError::Failed)
        }
        Some(missing) => Err(missing),
    }
}

/// Moves `instance` on, where it was at `previous`.
#[inline(always)]
pub(super) fn advance(
    name: &ObjectIdentifier,
    object: &mut dyn ManagedObject,
    asker: &Asker<'_>,
    records: &Records,
    instance: &mut Vec<u32>,
    previous: &[u32],
) -> Advance {
    let advance = guard(name, asker, records, || object.advance(asker, instance));
    let Some(advance) = advance else {
        return Advance::Failed;
    };
    if advance == Advance::Failed {
        records.failed(name, "the next instance cannot be found", asker.now);
    }
    if advance == Advance::Found && **instance <= *previous {
        records.disorder(name, instance, previous, asker.now);
        return Advance::Failed;
    }
    advance
}

/// What is no value of a variable: an exception, or a Null, with which reading has failed.
#[inline]
pub(crate) fn judge(value: ValueRef<'_>) -> Option<ReadError> {
    match value {
        ValueRef::NoSuchObject => Some(ReadError::NoSuchObject),
        ValueRef::NoSuchInstance | ValueRef::EndOfMibView => Some(ReadError::NoSuchInstance),
        ValueRef::Null => Some(ReadError::Failed),
        _ => None,
    }
}

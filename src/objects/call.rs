//! The calls of a managed object: guarded, and their answers checked.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::asker::Asker;
use super::object::{Advance, Answer, ManagedObject, ReadError};
use super::records::Records;
use crate::smi::{MAX_ARCS, ObjectIdentifier, ValueRef};

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

/// What `take` makes of the value of an instance. It is called where the answer is: that is long, and slow to move.
#[inline(always)]
pub(super) fn read<'o, R>(
    name: &ObjectIdentifier,
    object: &'o mut dyn ManagedObject,
    asker: &Asker<'_>,
    records: &Records,
    instance: &[u32],
    take: impl FnOnce(Answer<'o>) -> R,
) -> Result<R, ReadError> {
    let mut is_null = false;
    let taken = guard(name, asker, records, || {
        let answer = object.get(asker, instance)?;
        if let Answer::Later(_) = answer {
            return Ok(take(answer));
        }
        match judge(answer.as_ref()) {
            None => Ok(take(answer)),
            Some(error) => {
                is_null = error == ReadError::Failed;
                Err(error)
            }
        }
    });
    match taken {
        Some(Ok(taken)) => Ok(taken),
        Some(Err(error)) => {
            if is_null {
                records.null(name, instance, asker.now);
            } else if error == ReadError::Failed {
                records.failed(name, "the value cannot be retrieved", asker.now);
            }
            Err(error)
        }
        None => Err(ReadError::Failed),
    }
}

/// Moves `instance` on, where it was at `previous`. `arcs` is the number of sub-identifiers in `name`.
#[inline(always)]
pub(super) fn advance(
    name: &ObjectIdentifier,
    arcs: usize,
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
    if advance == Advance::Found && arcs + instance.len() > MAX_ARCS {
        records.too_long(name, instance, asker.now);
        return leave_out(instance, arcs).into();
    }
    advance
}

/// Replaces an instance that is too long for a name below one of `arcs` sub-identifiers by the first one behind it that is
/// not, which need not exist: what lies between has no names either. False if there is none.
pub(crate) fn leave_out(instance: &mut Vec<u32>, arcs: usize) -> bool {
    instance.truncate(MAX_ARCS.saturating_sub(arcs));
    while let Some(last) = instance.pop() {
        if let Some(next) = last.checked_add(1) {
            instance.push(next);
            return true;
        }
    }
    false
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

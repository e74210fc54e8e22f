//! What a managed object is to the agent.

use std::any::Any;
use std::fmt;

use super::asker::Asker;
use super::later::Ticket;
use super::phases::{Assignments, Refused, SetError, SetPhase};
use crate::names::{BaseType, Misfit, Syntax};
use crate::smi::{ObjectIdentifier, Value, ValueRef};

/// A value on its way into a response: lent by the object that keeps it, or made for this request.
#[derive(Clone, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "lent or owned, as with Cow, or later"
)]
pub enum Answer<'a> {
    /// Lent; nothing is copied before it is encoded.
    Borrowed(ValueRef<'a>),
    /// Made for this request.
    Owned(Value),
    /// It comes later, by [`Completion::Value`](super::Completion::Value) under this ticket.
    Later(Ticket),
}

impl Answer<'_> {
    /// The value as one of the syntax's type: a number of another kind as one of its kind, a text as what it is called by. What
    /// can be made none is no value of the object; what is out of range remains as the program has it.
    #[inline]
    pub(super) fn of_syntax(self, syntax: Option<&Syntax>) -> Result<Self, ReadError> {
        let Some(syntax) = syntax else {
            return Ok(self);
        };
        match BaseType::of(self.as_ref()) {
            Some(base) if base == syntax.base() => Ok(self),
            // An exception, or it comes later.
            None => Ok(self),
            Some(_) => self.cast(syntax),
        }
    }

    #[cold]
    fn cast(self, syntax: &Syntax) -> Result<Self, ReadError> {
        let value = self.as_ref();
        if let Some(number) = syntax.recast(value) {
            return Ok(Self::Owned(number));
        }
        // BITS are octets.
        if !matches!(syntax.check(value), Err(Misfit::Type)) {
            return Ok(self);
        }
        let cast = syntax.cast(value.to_owned()).ok();
        let fitting = cast.filter(|cast| BaseType::of(cast.as_ref()) == Some(syntax.base()));
        fitting.map(Self::Owned).ok_or_else(|| {
            debug!("managed object: {value:?} is no {}", syntax.name());
            ReadError::Failed
        })
    }

    /// The value, wherever it is kept; Null for one that comes later.
    #[inline]
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Self::Borrowed(value) => *value,
            Self::Owned(value) => value.as_ref(),
            Self::Later(_) => ValueRef::Null,
        }
    }
}

impl<'a> From<ValueRef<'a>> for Answer<'a> {
    fn from(value: ValueRef<'a>) -> Self {
        Self::Borrowed(value)
    }
}

impl From<Value> for Answer<'_> {
    fn from(value: Value) -> Self {
        Self::Owned(value)
    }
}

/// Why an instance has no value to read (RFC 3416 section 4.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3416 section 4.2.1 knows these outcomes and no others"
)]
pub enum ReadError {
    /// No variable could ever have this prefix.
    NoSuchObject,
    /// The object exists and has no such instance.
    NoSuchInstance,
    /// The value cannot be retrieved; the response says genErr.
    Failed,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchObject => "no such object",
            Self::NoSuchInstance => "no such instance",
            Self::Failed => "the value cannot be retrieved",
        })
    }
}

impl std::error::Error for ReadError {}

/// What the closure of a computed object may return: a value, `Option<Value>`, where `None` says that there is no such
/// instance, or `Result<Value, ReadError>`, where [`ReadError::Failed`] is the error genErr for the request.
///
/// A [`Value::Null`] is no value of an object: the request gets genErr, and the log a record.
///
/// # Examples
///
/// ```
/// use deferred_snmp::objects::{Column, ReadError, Scalar};
/// use deferred_snmp::smi::{Gauge32, TimeTicks};
///
/// # fn temperature() -> std::io::Result<i32> { Ok(21) }
/// # fn speed(_: u32) -> Option<u32> { Some(7) }
/// let a_value = Scalar::dynamic(|| TimeTicks(4711));
/// let at_times_none = Scalar::dynamic(|| speed(1).map(|speed| Gauge32(speed).into()));
/// let may_fail = Scalar::dynamic(|| match temperature() {
///     Ok(celsius) => Ok(celsius.into()),
///     Err(_) => Err(ReadError::Failed),
/// });
/// let of_rows = Column::new(5).dynamic(|index| {
///     let speed = speed(index[0]).ok_or(ReadError::NoSuchInstance)?;
///     Ok(Gauge32(speed).into())
/// });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that the closure of a managed object may return",
    note = "it returns a value, `Option<Value>` or `Result<Value, ReadError>`; `.into()` makes a `Value` of others",
    note = "a `u64` is wrapped in `Counter64`, a `u32` in `Gauge32`, `Counter32` or `TimeTicks`"
)]
pub trait Computed {
    /// The value, or why there is none.
    ///
    /// # Errors
    ///
    /// Says why there is none.
    fn into_result(self) -> Result<Value, ReadError>;
}

impl<V: Into<Value>> Computed for V {
    fn into_result(self) -> Result<Value, ReadError> {
        Ok(self.into())
    }
}

impl Computed for Option<Value> {
    fn into_result(self) -> Result<Value, ReadError> {
        self.ok_or(ReadError::NoSuchInstance)
    }
}

impl Computed for Result<Value, ReadError> {
    fn into_result(self) -> Result<Value, ReadError> {
        self
    }
}

/// Where the first instance is that follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "there is one, there is none, or that is not known now or ever"
)]
pub enum Advance {
    /// At the name that was written.
    Found,
    /// There is none.
    End,
    /// It cannot be found out; the response says genErr.
    Failed,
    /// That shows later, by [`Completion::Instance`](super::Completion::Instance) under this ticket.
    Later(Ticket),
}

impl From<bool> for Advance {
    fn from(found: bool) -> Self {
        if found { Self::Found } else { Self::End }
    }
}

/// Something that answers for the variables below one OBJECT IDENTIFIER: a scalar, a table, a whole subtree.
///
/// An instance is named by the sub-identifiers that follow the object's own name: `[0]` for a scalar, column and index
/// for a table registered at its entry. Requests may name anything, the object itself with no sub-identifier too, but
/// no instance has an empty name. A panic in any of these methods ends in genErr or
/// commitFailed for the request at hand and a record in the log, nowhere else.
///
/// Each is told who asks. An answer that is not there yet is given [later](Asker::ticket), and other requests are served
/// meanwhile. Nothing of the responder is borrowed while one of these methods runs: it may change the tree, its own place
/// in it too.
///
/// A SET happens completely or not at all (RFC 3416 section 4.2.5), in phases over all its objects:
///
/// | phase | called | when |
/// |---|---|---|
/// | [`check`](Self::check) | for each variable | first, at once |
/// | [`reserve`](Self::reserve) | once for each object, with all its variables | when each check has passed |
/// | [`commit`](Self::commit) | once for each object | when each has reserved |
/// | [`undo`](Self::undo) | once for each that has committed, last first | when a commit has failed |
/// | [`cleanup`](Self::cleanup) | for each that has reserved | in the end |
///
/// One SET at a time runs in a context. What is read meanwhile sees what was there before until `commit` has changed it.
pub trait ManagedObject: Any {
    /// The object is about to be registered at `name`. The default does not care.
    fn registered_at(&mut self, name: &ObjectIdentifier) {
        let _ = name;
    }

    /// The value of an instance. A [`Value::Null`] is none: the request gets genErr, and the log a record.
    ///
    /// # Errors
    ///
    /// Says why there is none.
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError>;

    /// Replaces `instance` by the name of the first instance after it.
    ///
    /// `instance` is empty to begin with and may be of any length, a prefix of an instance for one. An instance named
    /// here and found missing by [`get`](Self::get) is passed over. So is one that is too long for a name, which has 128
    /// sub-identifiers at most, with a record in the log.
    ///
    /// SNMPv1 has no Counter64. Where [`Asker::version`] says that, instances whose value is one may be left out here, and are
    /// passed over when they are not (RFC 3584 section 4.2.2.1). An object with many of them in a row saves
    /// [steps](crate::applications::CommandResponder::set_max_steps) when it does.
    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance;

    /// Whether `value` could ever be assigned to `instance`; changes nothing.
    ///
    /// # Errors
    ///
    /// Says why not; the default is [`SetError::NotWritable`].
    fn check(
        &mut self,
        asker: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        let _ = (asker, instance, value);
        Err(SetError::NotWritable)
    }

    /// Whether all these values can be assigned together; reserves what that needs, and changes nothing that can be read.
    /// The default needs nothing.
    ///
    /// # Errors
    ///
    /// Says why not, and which of them is to blame. After [`SetError::InconsistentName`] it is asked once more if there are other
    /// objects in the SET: one of them may be about to make the name.
    fn reserve(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        let _ = (asker, assignments);
        Ok(SetPhase::Done)
    }

    /// Assigns the values, and keeps what is needed to undo all of them.
    ///
    /// # Errors
    ///
    /// The assignment failed after all. The response says commitFailed, whatever the error; the log has it at level debug.
    /// It must have changed nothing: an object that fails at its second assignment takes back the first itself;
    /// [`undo`](Self::undo) is not called for it.
    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        let _ = (asker, assignments);
        Err(SetError::NotWritable.into())
    }

    /// Takes back the latest commit, which was of these: all of them.
    ///
    /// # Errors
    ///
    /// It could not be taken back; the response says undoFailed.
    fn undo(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        let _ = (asker, assignments);
        Ok(SetPhase::Done)
    }

    /// The SET is over: releases what [`reserve`](Self::reserve) and [`commit`](Self::commit) kept. An object whose answer to
    /// a phase has not come in time is called too, and may be so while it is still at work.
    fn cleanup(&mut self, assignments: Assignments<'_>) {
        let _ = assignments;
    }
}

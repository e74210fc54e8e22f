//! What a managed object is to the agent.

use std::any::Any;
use std::fmt;

use crate::names::Misfit;
use crate::smi::{Value, ValueRef};

/// A value on its way into a response: lent by the object that keeps it, or made for this request.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "lent or owned, as with Cow")]
pub enum Answer<'a> {
    /// Lent; nothing is copied before it is encoded.
    Borrowed(ValueRef<'a>),
    /// Made for this request.
    Owned(Value),
}

impl Answer<'_> {
    /// The value, wherever it is kept.
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Self::Borrowed(value) => *value,
            Self::Owned(value) => value.as_ref(),
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
    note = "it returns a value, `Option<Value>` or `Result<Value, ReadError>`; `.into()` makes a `Value` of others"
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

/// Why a value cannot be set, in the words and the order of RFC 3416 section 4.2.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3416 section 4.2.5 lists these outcomes and no others"
)]
pub enum SetError {
    /// No variable with this prefix can be created or modified, or this one cannot.
    NotWritable,
    /// The value is of another type than the object.
    WrongType,
    /// The value is longer or shorter than the object allows.
    WrongLength,
    /// The encoding of the value does not agree with its type.
    WrongEncoding,
    /// The value can under no circumstances be assigned.
    WrongValue,
    /// The variable does not exist and could never be created.
    NoCreation,
    /// The variable does not exist and cannot be created now.
    InconsistentName,
    /// The value could be assigned under other circumstances.
    InconsistentValue,
    /// Something that the assignment needs is not available.
    ResourceUnavailable,
    /// Any other reason.
    GenErr,
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotWritable => "notWritable",
            Self::WrongType => "wrongType",
            Self::WrongLength => "wrongLength",
            Self::WrongEncoding => "wrongEncoding",
            Self::WrongValue => "wrongValue",
            Self::NoCreation => "noCreation",
            Self::InconsistentName => "inconsistentName",
            Self::InconsistentValue => "inconsistentValue",
            Self::ResourceUnavailable => "resourceUnavailable",
            Self::GenErr => "genErr",
        })
    }
}

impl std::error::Error for SetError {}

impl From<Misfit> for SetError {
    fn from(misfit: Misfit) -> Self {
        match misfit {
            Misfit::Type => Self::WrongType,
            Misfit::Length => Self::WrongLength,
            Misfit::Encoding => Self::WrongEncoding,
            Misfit::Value => Self::WrongValue,
        }
    }
}

/// Something that answers for the variables below one OBJECT IDENTIFIER: a scalar, a table, a whole subtree.
///
/// An instance is named by the sub-identifiers that follow the object's own name: `[0]` for a scalar, column and index
/// for a table registered at its entry. Requests may name anything, the object itself with no sub-identifier too, but
/// no instance has an empty name. A panic in any of these methods ends in genErr or
/// commitFailed for the request at hand and a record in the log, nowhere else.
///
/// A SET runs in phases over all its bindings, so that it happens completely or not at all (RFC 3416 section 4.2.5):
/// [`test`](Self::test) each; when all passed, [`commit`](Self::commit) each; when one of those failed,
/// [`undo`](Self::undo) those done, last first; then, in every case, [`cleanup`](Self::cleanup) each that was tested
/// with success.
pub trait ManagedObject: Any {
    /// The value of an instance. A [`Value::Null`] is none: the request gets genErr, and the log a record.
    ///
    /// # Errors
    ///
    /// Says why there is none.
    fn get(&mut self, instance: &[u32]) -> Result<Answer<'_>, ReadError>;

    /// Replaces `instance` by the name of the first instance after it; false when there is none.
    ///
    /// `instance` is empty to begin with and may be of any length, a prefix of an instance for one. An instance named
    /// here and found missing by [`get`](Self::get) is passed over.
    fn advance(&mut self, instance: &mut Vec<u32>) -> bool;

    /// Does what [`advance`](Self::advance) does for a request of SNMPv1, which has no Counter64: instances whose value
    /// is one may be left out here, and are passed over when they are not (RFC 3584 section 4.2.2.1).
    ///
    /// The default leaves out nothing. An object with many of them in a row saves steps of the request's bound
    /// ([`CommandResponder::set_max_steps`](crate::applications::CommandResponder::set_max_steps)) when it does.
    fn advance_v1(&mut self, instance: &mut Vec<u32>) -> bool {
        self.advance(instance)
    }

    /// Whether `value` could be assigned; reserves what the assignment needs, and changes nothing that can be read.
    ///
    /// # Errors
    ///
    /// Says why not; the default is [`SetError::NotWritable`].
    fn test(&mut self, instance: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        let _ = (instance, value);
        Err(SetError::NotWritable)
    }

    /// Assigns the value, and keeps what is needed to undo that.
    ///
    /// # Errors
    ///
    /// The assignment failed after all, and nothing has changed.
    fn commit(&mut self, instance: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
        let _ = (instance, value);
        Err(SetError::NotWritable)
    }

    /// Takes back the latest commit to this instance.
    ///
    /// # Errors
    ///
    /// It could not be taken back; the response says undoFailed.
    fn undo(&mut self, instance: &[u32]) -> Result<(), SetError> {
        let _ = instance;
        Ok(())
    }

    /// The request is over: releases what [`test`](Self::test) reserved and [`commit`](Self::commit) kept.
    fn cleanup(&mut self, instance: &[u32]) {
        let _ = instance;
    }
}

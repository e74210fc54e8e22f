//! The phases of a SET, as an object sees them.

use std::fmt;
use std::ops::Range;

use super::later::Ticket;
use crate::names::Misfit;
use crate::smi::ValueRef;

/// Why a value cannot be set, in the words and the order of RFC 3416 section 4.2.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3416 section 4.2.5 lists these outcomes and no others"
)]
pub enum SetError {
    /// The variable is not one that this asker may change. The policy says so mostly; an object may for reasons of its own
    /// (RFC 3414 section 5: usmUserOwnAuthKeyChange).
    NoAccess,
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
            Self::NoAccess => "noAccess",
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

/// A phase of a SET that an object could not carry out: why, and which of its [`Assignments`] is to blame.
///
/// A [`SetError`] becomes one that blames the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_structs, reason = "an error and a place")]
pub struct Refused {
    /// Why.
    pub error: SetError,
    /// Which of the object's assignments, counted from 0.
    pub assignment: usize,
}

impl From<SetError> for Refused {
    fn from(error: SetError) -> Self {
        Self {
            error,
            assignment: 0,
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "assignment {}: {}", self.assignment, self.error)
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// How far a phase of a SET has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "now or later")]
pub enum SetPhase {
    /// It is done.
    Done,
    /// It ends later, by [`Completion::SetPhase`](super::Completion::SetPhase) under this ticket.
    Later(Ticket),
}

/// What one SET assigns to one object: all its variables of the PDU, in the order in which they stand there.
#[derive(Clone, Copy)]
pub struct Assignments<'a> {
    source: &'a dyn Source,
    len: usize,
}

/// Where assignments come from.
pub(crate) trait Source {
    /// Those of an object, by their place among them.
    fn assignment(&self, place: usize) -> Assignment<'_>;
}

/// One variable and its value.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Assignment<'a> {
    /// The instance: the sub-identifiers that follow the object's own name.
    pub instance: &'a [u32],
    /// The value that it is to have.
    pub value: ValueRef<'a>,
}

impl<'a> Assignment<'a> {
    /// The variable `instance`, which is to have this value.
    pub fn new(instance: &'a [u32], value: ValueRef<'a>) -> Self {
        Self { instance, value }
    }
}

impl<'a> Assignments<'a> {
    pub(crate) fn new(source: &'a dyn Source, len: usize) -> Self {
        Self { source, len }
    }

    /// Their number, which is one at least.
    pub fn len(self) -> usize {
        self.len
    }

    /// Whether there are none: never so in a SET.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// The one at `place`, counted from 0.
    pub fn get(self, place: usize) -> Option<Assignment<'a>> {
        (place < self.len).then(|| self.source.assignment(place))
    }

    /// All of them.
    pub fn iter(self) -> AssignmentsIter<'a> {
        AssignmentsIter {
            source: self.source,
            places: 0..self.len,
        }
    }
}

/// Goes through [`Assignments`].
#[derive(Clone)]
pub struct AssignmentsIter<'a> {
    source: &'a dyn Source,
    places: Range<usize>,
}

impl<'a> Iterator for AssignmentsIter<'a> {
    type Item = Assignment<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let place = self.places.next()?;
        Some(self.source.assignment(place))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.places.size_hint()
    }
}

impl DoubleEndedIterator for AssignmentsIter<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let place = self.places.next_back()?;
        Some(self.source.assignment(place))
    }
}

impl ExactSizeIterator for AssignmentsIter<'_> {}

impl fmt::Debug for AssignmentsIter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<'a> IntoIterator for Assignments<'a> {
    type Item = Assignment<'a>;
    type IntoIter = AssignmentsIter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, const N: usize> From<&'a [Assignment<'a>; N]> for Assignments<'a> {
    fn from(list: &'a [Assignment<'a>; N]) -> Self {
        Self::new(list, N)
    }
}

/// Of the program's own, to try an object with.
impl<const N: usize> Source for [Assignment<'_>; N] {
    fn assignment(&self, place: usize) -> Assignment<'_> {
        self[place]
    }
}

impl fmt::Debug for Assignments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

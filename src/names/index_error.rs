//! Why values are no index.

use std::fmt;

use super::input::CastError;
use crate::smi::escaped;

/// Why an index does not fit an object.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexError {
    /// There are more values than the object takes.
    TooMany {
        /// How many were given.
        given: usize,
        /// How many it takes.
        taken: usize,
    },
    /// There are fewer values than the INDEX clause has objects.
    TooFew {
        /// How many were given.
        given: usize,
        /// How many objects the clause has.
        wanted: usize,
    },
    /// The values fit, and yet are the index of no row: they have no sub-identifiers, or the one with IMPLIED has none or
    /// is not the last. RFC 2578 section 7.7.
    NoRow,
    /// A value is not of the type that the INDEX clause asks for.
    Mismatch {
        /// The object of the INDEX clause.
        part: String,
        /// Its syntax.
        syntax: String,
        /// The value.
        given: String,
    },
    /// A text is no value of the type that the INDEX clause asks for.
    Cast {
        /// The object of the INDEX clause.
        part: String,
        /// What is wrong.
        reason: CastError,
    },
    /// A text goes on where every object of the INDEX clause has its value.
    LeftOver {
        /// What is left.
        text: String,
    },
    /// The object takes plain sub-identifiers only, and the value is none.
    NoNumber {
        /// The value.
        given: String,
    },
}

impl fmt::Display for IndexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl IndexError {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooMany { given, taken } => write!(f, "{given} values given, {taken} taken"),
            Self::TooFew { given, wanted } => write!(f, "{given} values given, {wanted} wanted"),
            Self::NoRow => {
                f.write_str("an IMPLIED value is empty or not the last, or no value is given")
            }
            Self::Mismatch {
                part,
                syntax,
                given,
            } => {
                write!(f, "{given} does not fit {part} of type {syntax}")
            }
            Self::Cast { part, reason } => write!(f, "{part}: {reason}"),
            Self::LeftOver { text } => write!(f, "{text:?} is left over behind the last value"),
            Self::NoNumber { given } => write!(f, "{given} is not a sub-identifier"),
        }
    }
}

impl std::error::Error for IndexError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Cast { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

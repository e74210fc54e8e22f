//! Why a text is no value.

use std::fmt;

use crate::mib::NameError;

/// Why a text is no value; `Display` gives the words of Net-SNMP's tools.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InputError {
    /// The text has not the form of its type.
    Notation {
        /// The text.
        text: String,
    },
    /// The value is none that the object can have.
    Range {
        /// The text, or what is wrong with it.
        text: String,
        /// What is allowed, where it is ranges.
        ranges: Vec<(i64, i64)>,
    },
    /// The type is not the object's.
    Type {
        /// The object's type.
        object: &'static str,
        /// The type that was asked for.
        given: &'static str,
    },
    /// The letter stands for no type, or is `=` and the MIB says nothing of a type.
    Tag {
        /// The letter.
        tag: char,
    },
    /// The text names no OBJECT IDENTIFIER.
    Oid {
        /// The text.
        text: String,
        /// What is wrong with it.
        reason: Box<NameError>,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Notation { text } => write!(f, "Bad value notation ({text})"),
            Self::Range { text, ranges } => {
                write!(f, "Value out of range ({text}")?;
                for (place, (low, high)) in ranges.iter().enumerate() {
                    f.write_str(if place == 0 { " :: {" } else { ", " })?;
                    if low == high {
                        write!(f, "({low})")?;
                    } else {
                        write!(f, "({low}..{high})")?;
                    }
                }
                f.write_str(if ranges.is_empty() { ")" } else { "})" })
            }
            Self::Type { object, given } => {
                write!(
                    f,
                    "Bad variable type (Type of attribute is {object}, not {given})"
                )
            }
            Self::Tag { tag } => write!(f, "Bad variable type (\"{tag}\")"),
            Self::Oid { text, .. } => {
                write!(
                    f,
                    "Unknown Object Identifier (Sub-id not found: (top) -> {text})"
                )
            }
        }
    }
}

impl std::error::Error for InputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Oid { reason, .. } => Some(&**reason),
            _ => None,
        }
    }
}

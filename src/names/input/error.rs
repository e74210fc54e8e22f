//! Why a text is no value or no name.

use std::fmt;

use crate::smi::escaped;

/// Why a text is no value or no name; `Display` gives the words of Net-SNMP's tools.
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
    /// Module or symbol are not known.
    Unknown,
    /// Nothing of this name is known there.
    SubId {
        /// The label above, where there is one.
        below: Option<String>,
        /// The text.
        text: String,
    },
    /// A part of an index is none that the object can have.
    Index {
        /// The text.
        text: String,
        /// The object of the INDEX clause.
        object: String,
    },
    /// A string of variable length in `'`, or of fixed length in `"`.
    Quote {
        /// The quote that was used.
        quote: char,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl InputError {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
            Self::Unknown => f.write_str("Unknown Object Identifier"),
            Self::SubId { below, text } => {
                f.write_str("Unknown Object Identifier (")?;
                if let Some(below) = below {
                    write!(f, "Sub-id not found: {below} -> ")?;
                }
                write!(f, "{text})")
            }
            Self::Index { text, object } => write!(
                f,
                "Unknown Object Identifier (Index out of range: {text} ({object}))"
            ),
            Self::Quote { quote } => {
                let length = if *quote == '"' { "variable" } else { "fixed" };
                write!(
                    f,
                    "Unknown Object Identifier ({quote}-quote is for {length} length strings)"
                )
            }
        }
    }
}

impl std::error::Error for InputError {}

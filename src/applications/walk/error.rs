//! How a walk fails.

use std::fmt;

use crate::pdu::ErrorStatus;
use crate::smi::ObjectIdentifier;

/// Why a walk cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WalkError {
    /// The agent reports an error that does not mean the end.
    ErrorStatus {
        /// Which.
        status: ErrorStatus,
        /// Which binding it is about, counted from 1; 0 if none, or if no binding has the index that the agent tells.
        index: usize,
        /// The name at the error-index, where that points to one.
        name: Option<ObjectIdentifier>,
    },
    /// The last name of an answer does not follow the one that was asked for; going on could loop for ever.
    OidNotIncreasing {
        /// What was asked for.
        asked: ObjectIdentifier,
        /// The last name that came.
        answered: ObjectIdentifier,
    },
    /// A row does not fit into a message, even if it is asked for column by column.
    TooBig {
        /// What was asked for.
        asked: Vec<ObjectIdentifier>,
        /// How many octets the asker takes; the agent sends no more than that, and may send less.
        limit: usize,
    },
    /// The answer holds no binding, though the least was asked for.
    EmptyResponse,
}

impl fmt::Display for WalkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ErrorStatus { status, name, .. } => {
                write!(f, "{status}")?;
                name.iter().try_for_each(|name| write!(f, " at {name}"))
            }
            Self::OidNotIncreasing { asked, answered } => {
                write!(f, "OIDs are not increasing: {answered} follows {asked}")
            }
            Self::TooBig { asked, limit } => {
                f.write_str("tooBig: what follows ")?;
                for (place, name) in asked.iter().enumerate() {
                    let comma = if place > 0 { ", " } else { "" };
                    write!(f, "{comma}{name}")?;
                }
                write!(
                    f,
                    " does not fit into one message of the agent; up to {limit} octets are taken"
                )
            }
            Self::EmptyResponse => f.write_str("Empty SNMP response message"),
        }
    }
}

impl std::error::Error for WalkError {}

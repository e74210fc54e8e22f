//! Why a name leads nowhere.

use std::fmt;

use super::index_error::IndexError;
use crate::smi::{OidError, escaped};

/// Why a name leads to no OBJECT IDENTIFIER.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NameError {
    /// No module of this name is known.
    UnknownModule {
        /// The module asked for.
        module: String,
    },
    /// The module has no such symbol, or no module has.
    UnknownSymbol {
        /// The module asked for, if any.
        module: Option<String>,
        /// The symbol.
        symbol: String,
    },
    /// A path names something that does not exist there.
    UnknownLabel {
        /// The label that is not known.
        label: String,
        /// The whole path.
        path: String,
    },
    /// The index does not fit the object.
    Index {
        /// The object, as `MODULE::name`.
        node: String,
        /// What is wrong.
        reason: IndexError,
    },
    /// The numbers make no OBJECT IDENTIFIER.
    Oid(OidError),
}

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escaped(f, |f| self.write(f))
    }
}

impl NameError {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownModule { module } => write!(f, "MIB module {module} is not known"),
            Self::UnknownSymbol {
                module: Some(module),
                symbol,
            } => {
                write!(f, "no symbol {symbol} in MIB module {module}")
            }
            Self::UnknownSymbol {
                module: None,
                symbol,
            } => {
                write!(f, "no symbol {symbol} in any MIB module that is known")
            }
            Self::UnknownLabel { label, path } => {
                write!(f, "unknown object name component {label:?} in {path:?}")
            }
            Self::Index { node, reason } => write!(f, "index of {node}: {reason}"),
            Self::Oid(error) => fmt::Display::fmt(error, f),
        }
    }
}

impl std::error::Error for NameError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Index { reason, .. } => Some(reason),
            Self::Oid(error) => Some(error),
            _ => None,
        }
    }
}

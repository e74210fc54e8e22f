//! Index values, as a program writes them.

use std::fmt;
use std::net::Ipv4Addr;

use super::index_error::IndexError;
use crate::smi::{ObjectIdentifier, ValueRef};

/// One value of an index, as a program writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexValue {
    /// A number.
    Number(i64),
    /// Text: of a string, or of whatever the object's syntax reads from text.
    Text(String),
    /// The octets of a string.
    Octets(Vec<u8>),
    /// An address.
    Address(Ipv4Addr),
    /// An OBJECT IDENTIFIER.
    Oid(ObjectIdentifier),
}

impl IndexValue {
    /// The value as one sub-identifier, where no INDEX clause says more.
    pub(super) fn as_arc(&self) -> Result<u32, IndexError> {
        let arc = match self {
            Self::Number(number) => u32::try_from(*number).ok(),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        };
        arc.ok_or_else(|| IndexError::NoNumber {
            given: self.to_string(),
        })
    }
}

impl fmt::Display for IndexValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Octets(octets) => write!(f, "\"{}\"", ValueRef::OctetString(octets)),
            Self::Address(address) => address.fmt(f),
            Self::Oid(oid) => oid.fmt(f),
        }
    }
}

impl From<i32> for IndexValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for IndexValue {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for IndexValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for IndexValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&[u8]> for IndexValue {
    fn from(octets: &[u8]) -> Self {
        Self::Octets(octets.to_vec())
    }
}

impl From<Vec<u8>> for IndexValue {
    fn from(octets: Vec<u8>) -> Self {
        Self::Octets(octets)
    }
}

impl From<Ipv4Addr> for IndexValue {
    fn from(address: Ipv4Addr) -> Self {
        Self::Address(address)
    }
}

impl From<ObjectIdentifier> for IndexValue {
    fn from(oid: ObjectIdentifier) -> Self {
        Self::Oid(oid)
    }
}

/// Which instance of an object: one value for each object in the INDEX clause of its table, or `0`
/// for a scalar. `()` is none at all, for walks.
///
/// It comes from one value, an array or a tuple of values, or from sub-identifiers, which are numbers as they stand.
///
/// # Examples
///
/// ```
/// use deferred_snmp::names::{Builtin, Index, NamesExt};
///
/// let group = Builtin.node(Some("SNMP-VIEW-BASED-ACM-MIB"), "vacmGroupName")?;
/// let index = Index::from((3, "alice"));
/// let arcs = index.encode(group.index()).unwrap();
/// assert_eq!(arcs, [3, 5, 97, 108, 105, 99, 101]);
/// assert!(Index::fits(group.index(), &arcs));
/// assert_eq!(index.to_string(), r#"3."alice""#);
/// # Ok::<(), deferred_snmp::names::NameError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index(Vec<IndexValue>);

impl Index {
    /// The values, in the order of the INDEX clause.
    pub fn values(&self) -> &[IndexValue] {
        &self.0
    }

    /// The values as sub-identifiers as they stand, for a table whose INDEX clause is not known.
    ///
    /// # Errors
    ///
    /// [`IndexError::NoNumber`] for the first value that is neither a number from 0 to 4294967295 nor the text of one.
    pub fn plain_arcs(&self) -> Result<Vec<u32>, IndexError> {
        self.0.iter().map(IndexValue::as_arc).collect()
    }
}

/// The values as they stand behind a name, with dots between: `3."alice"`.
impl fmt::Display for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, value) in self.0.iter().enumerate() {
            let dot = if place == 0 { "" } else { "." };
            write!(f, "{dot}{value}")?;
        }
        Ok(())
    }
}

impl From<()> for Index {
    fn from((): ()) -> Self {
        Self::default()
    }
}

impl<V: Into<IndexValue>, const N: usize> From<[V; N]> for Index {
    fn from(values: [V; N]) -> Self {
        Self(values.into_iter().map(Into::into).collect())
    }
}

impl From<Vec<IndexValue>> for Index {
    fn from(values: Vec<IndexValue>) -> Self {
        Self(values)
    }
}

/// Sub-identifiers, as they stand.
impl From<&[u32]> for Index {
    fn from(arcs: &[u32]) -> Self {
        Self(arcs.iter().map(|&arc| arc.into()).collect())
    }
}

macro_rules! one_value {
    ($($value:ty),+) => {$(
        impl From<$value> for Index {
            fn from(value: $value) -> Self {
                Self(vec![value.into()])
            }
        }
    )+};
}

one_value!(i32, u32, &str, String, Ipv4Addr, ObjectIdentifier);

macro_rules! several_values {
    ($($value:ident $type:ident),+) => {
        impl<$($type: Into<IndexValue>),+> From<($($type,)+)> for Index {
            fn from(($($value,)+): ($($type,)+)) -> Self {
                Self(vec![$($value.into()),+])
            }
        }
    };
}

several_values!(a A, b B);
several_values!(a A, b B, c C);
several_values!(a A, b B, c C, d D);
several_values!(a A, b B, c C, d D, e E);
// As long as those of the tables of TCP connections (RFC 4022).
several_values!(a A, b B, c C, d D, e E, f F);

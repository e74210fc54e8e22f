//! Index values and the sub-identifiers they become (RFC 2578 section 7.7).

use std::borrow::Cow;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::definition::Lent;
use super::input::CastError;
use super::syntax::{BaseType, Syntax};
use crate::smi::{ObjectIdentifier, ValueRef, escaped};

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

/// One object of an INDEX clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPart {
    name: Cow<'static, str>,
    syntax: Lent<Syntax>,
    implied: bool,
}

impl IndexPart {
    /// An object of a compiled-in module, not IMPLIED.
    pub const fn new(name: &'static str, syntax: &'static Syntax) -> Self {
        Self {
            name: Cow::Borrowed(name),
            syntax: Lent::Static(syntax),
            implied: false,
        }
    }

    /// An object of a compiled-in module, with IMPLIED.
    pub const fn implied(name: &'static str, syntax: &'static Syntax) -> Self {
        Self {
            name: Cow::Borrowed(name),
            syntax: Lent::Static(syntax),
            implied: true,
        }
    }

    /// An object of a module read at run time, which shares its syntax with others.
    #[cfg(feature = "mib")]
    pub(super) const fn shared(name: String, syntax: Lent<Syntax>, implied: bool) -> Self {
        Self {
            name: Cow::Owned(name),
            syntax,
            implied,
        }
    }

    /// An object of a module read at run time; `implied` when the clause says IMPLIED.
    pub fn owned(name: String, syntax: Syntax, implied: bool) -> Self {
        Self {
            name: Cow::Owned(name),
            syntax: syntax.into(),
            implied,
        }
    }

    /// The name of the object.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its syntax.
    pub fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// Whether the clause says IMPLIED.
    pub const fn is_implied(&self) -> bool {
        self.implied
    }

    /// Whether the length is left out before octets or sub-identifiers.
    pub(super) fn has_length(&self) -> bool {
        !self.implied && self.syntax.fixed_size().is_none()
    }

    /// Appends the sub-identifiers of `value`. `address_type` is the InetAddressType that stands before it, if one does:
    /// what an InetAddress written as text is read by (RFC 4001).
    pub(super) fn encode(
        &self,
        value: &IndexValue,
        address_type: Option<u32>,
        arcs: &mut Vec<u32>,
    ) -> Result<(), IndexError> {
        let mismatch = || IndexError::Mismatch {
            part: self.name.clone().into_owned(),
            syntax: self.syntax.name().to_owned(),
            given: value.to_string(),
        };
        let cast = |text: &str| {
            self.syntax.parse(text).map_err(|reason| IndexError::Cast {
                part: self.name.clone().into_owned(),
                reason,
            })
        };
        let address_type = address_type.filter(|_| self.syntax.name() == "InetAddress");
        match (self.syntax.base(), value) {
            (_, IndexValue::Text(text)) if matches!(address_type, Some(1..=4)) => {
                let octets = address_octets(address_type, text).ok_or_else(mismatch)?;
                self.encode_octets(&octets, arcs);
            }
            (_, IndexValue::Address(address)) if address_type == Some(1) => {
                self.encode_octets(&address.octets(), arcs);
            }
            (
                BaseType::OctetString | BaseType::Bits | BaseType::Opaque,
                IndexValue::Octets(octets),
            ) => {
                if !self.syntax.allows_size(octets.len()) {
                    return Err(mismatch());
                }
                self.encode_octets(octets, arcs);
            }
            (BaseType::OctetString | BaseType::Bits | BaseType::Opaque, IndexValue::Text(text)) => {
                let value = cast(text)?;
                self.encode_octets(value.as_bytes().ok_or_else(mismatch)?, arcs);
            }
            (BaseType::ObjectIdentifier, IndexValue::Oid(oid)) => self.encode_oid(oid, arcs),
            (BaseType::ObjectIdentifier, IndexValue::Text(text)) => {
                let value = cast(text)?;
                self.encode_oid(&value.as_oid().ok_or_else(mismatch)?.into(), arcs);
            }
            (BaseType::IpAddress, IndexValue::Address(address)) => {
                arcs.extend(address.octets().map(u32::from));
            }
            (BaseType::IpAddress, IndexValue::Text(text)) => {
                let address: Ipv4Addr = text.trim().parse().map_err(|_| mismatch())?;
                arcs.extend(address.octets().map(u32::from));
            }
            (BaseType::IpAddress, _) => return Err(mismatch()),
            (BaseType::Integer32, IndexValue::Number(number)) => {
                let number = i32::try_from(*number).map_err(|_| mismatch())?;
                self.syntax
                    .check(ValueRef::Integer(number))
                    .map_err(|_| mismatch())?;
                arcs.push(u32::try_from(number).map_err(|_| mismatch())?);
            }
            (
                BaseType::Gauge32 | BaseType::Counter32 | BaseType::TimeTicks,
                IndexValue::Number(number),
            ) => {
                arcs.push(u32::try_from(*number).map_err(|_| mismatch())?);
            }
            (
                BaseType::Integer32 | BaseType::Gauge32 | BaseType::Counter32 | BaseType::TimeTicks,
                IndexValue::Text(text),
            ) => {
                let number = cast(text)?
                    .as_u64()
                    .and_then(|number| u32::try_from(number).ok());
                arcs.push(number.ok_or_else(mismatch)?);
            }
            _ => return Err(mismatch()),
        }
        Ok(())
    }

    /// Takes one value off the front of an index. RFC 2578 section 7.7.
    pub(super) fn decode(&self, arcs: &mut &[u32]) -> Option<IndexValue> {
        let len = arcs.len();
        let mut take = |count: usize| {
            let (taken, rest) = arcs.split_at_checked(count)?;
            *arcs = rest;
            Some(taken)
        };
        let mut rest = |fixed: Option<usize>| match fixed {
            Some(size) => take(size),
            None if self.implied => take(len),
            None => {
                let &[length] = take(1)? else { return None };
                take(usize::try_from(length).ok()?)
            }
        };
        let octets = |arcs: &[u32]| arcs.iter().map(|&arc| u8::try_from(arc).ok()).collect();
        Some(match self.syntax.base() {
            BaseType::IpAddress => {
                let octets: Option<Vec<u8>> = octets(rest(Some(4))?);
                let octets: [u8; 4] = octets?.try_into().ok()?;
                IndexValue::Address(octets.into())
            }
            BaseType::ObjectIdentifier => {
                IndexValue::Oid(ObjectIdentifier::from_arcs(rest(None)?).ok()?)
            }
            BaseType::OctetString | BaseType::Bits | BaseType::Opaque => {
                IndexValue::Octets(octets(rest(self.syntax.fixed_size())?)?)
            }
            BaseType::Integer32
            | BaseType::Counter32
            | BaseType::Gauge32
            | BaseType::TimeTicks
            | BaseType::Counter64 => {
                let &[number] = rest(Some(1))? else {
                    return None;
                };
                IndexValue::Number(number.into())
            }
        })
    }

    fn encode_octets(&self, octets: &[u8], arcs: &mut Vec<u32>) {
        if self.has_length() {
            arcs.push(octets.len() as u32);
        }
        arcs.extend(octets.iter().map(|&octet| u32::from(octet)));
    }

    fn encode_oid(&self, oid: &ObjectIdentifier, arcs: &mut Vec<u32>) {
        if self.has_length() {
            arcs.push(oid.len() as u32);
        }
        arcs.extend(oid.arcs());
    }
}

/// The octets of an address of the types ipv4(1), ipv6(2), ipv4z(3) and ipv6z(4). RFC 4001 section 3.
fn address_octets(address_type: Option<u32>, text: &str) -> Option<Vec<u8>> {
    let (address, zone) = match address_type? {
        3 | 4 => {
            let (address, zone) = text.split_once('%')?;
            (address, Some(zone.parse::<u32>().ok()?))
        }
        _ => (text, None),
    };
    let mut octets = match address_type? {
        1 | 3 => address.parse::<Ipv4Addr>().ok()?.octets().to_vec(),
        _ => address.parse::<Ipv6Addr>().ok()?.octets().to_vec(),
    };
    octets.extend(zone.into_iter().flat_map(u32::to_be_bytes));
    Some(octets)
}

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

//! The owned value of a variable.

use core::fmt;
use core::net::Ipv4Addr;

use super::{
    Counter32, Counter64, Gauge32, Integer32, ObjectIdentifier, OctetString, OidRef, Opaque,
    TimeTicks, Unsigned32, ValueRef,
};
use crate::asn1::Tag;

/// The value of a variable. RFC 3416 section 3.
///
/// Rust's own types convert where they leave no doubt (`i32`, text and octets, identifiers,
/// addresses, `()` for Null); the other integers go through the types named by the standard.
/// Prints what PySNMP's `prettyPrint` prints.
///
/// ```
/// use deferred_snmp::smi::{Counter64, Value};
///
/// assert_eq!(Value::from("text").to_string(), "text");
/// assert_eq!(Value::from(b"a\tb\n").to_string(), "0x6109620a");
/// assert_eq!(Value::from(Counter64(7)).as_u64(), Some(7));
/// ```
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3416 closes the set, and Other is all else"
)]
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub enum Value {
    /// Integer32 or INTEGER.
    Integer(i32),
    /// OCTET STRING.
    OctetString(OctetString),
    /// NULL: "unSpecified" in requests.
    #[default]
    Null,
    /// OBJECT IDENTIFIER.
    ObjectIdentifier(ObjectIdentifier),
    /// IpAddress.
    IpAddress(Ipv4Addr),
    /// Counter32.
    Counter32(u32),
    /// Gauge32 or Unsigned32.
    Gauge32(u32),
    /// TimeTicks, in hundredths of a second.
    TimeTicks(u32),
    /// Opaque.
    Opaque(Opaque),
    /// Counter64.
    Counter64(u64),
    /// The agent has no such object.
    NoSuchObject,
    /// The agent has the object, but no such instance of it.
    NoSuchInstance,
    /// Nothing follows in the agent's view.
    EndOfMibView,
    /// What none of the others can hold, as devices send it nevertheless: an INTEGER beyond 32 bits,
    /// a NULL with contents, a type that SNMP has no more or never had
    /// ([leniency](crate::manual::leniency) has the whole list). Kept as it is encoded, so that the rest
    /// of the answer is of use, and sent so. Numbers in it: [`as_i64`](Self::as_i64),
    /// [`as_u64`](Self::as_u64).
    ///
    /// One made by hand goes out as it is; if another variant can hold it, it is read back as that.
    Other {
        /// The identifier.
        tag: Tag,
        /// The contents, as they are encoded.
        contents: Box<[u8]>,
    },
}

impl Value {
    /// The borrowed form.
    #[inline]
    pub fn as_ref(&self) -> ValueRef<'_> {
        match self {
            Self::Integer(value) => ValueRef::Integer(*value),
            Self::OctetString(octets) => ValueRef::OctetString(octets),
            Self::Null => ValueRef::Null,
            Self::ObjectIdentifier(oid) => ValueRef::ObjectIdentifier(oid.as_ref()),
            Self::IpAddress(address) => ValueRef::IpAddress(*address),
            Self::Counter32(value) => ValueRef::Counter32(*value),
            Self::Gauge32(value) => ValueRef::Gauge32(*value),
            Self::TimeTicks(value) => ValueRef::TimeTicks(*value),
            Self::Opaque(octets) => ValueRef::Opaque(octets),
            Self::Counter64(value) => ValueRef::Counter64(*value),
            Self::NoSuchObject => ValueRef::NoSuchObject,
            Self::NoSuchInstance => ValueRef::NoSuchInstance,
            Self::EndOfMibView => ValueRef::EndOfMibView,
            Self::Other { tag, contents } => ValueRef::Other {
                tag: *tag,
                contents,
            },
        }
    }

    /// The identifier of the encoding.
    pub fn tag(&self) -> Tag {
        self.as_ref().tag()
    }

    /// Whether this is noSuchObject, noSuchInstance or endOfMibView instead of a value.
    pub fn is_exception(&self) -> bool {
        self.as_ref().is_exception()
    }

    /// The number, if this is one and fits. Of [`Other`](Self::Other) those of INTEGER and of
    /// UInteger32 are read, of an Opaque the integers of 64 bits that Net-SNMP wraps so.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_ref().as_i64()
    }

    /// The number, if this is one and not negative. Of [`Other`](Self::Other) those of INTEGER and
    /// of UInteger32 are read, of an Opaque the integers of 64 bits that Net-SNMP wraps so.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_ref().as_u64()
    }

    /// The number, if this is one, or a float, a double or an integer of 64 bits in an Opaque, as Net-SNMP
    /// wraps them ([`Opaque::float`], [`Opaque::double`]). Of an integer beyond 2^53, which has more digits
    /// than a double, the nearest.
    pub fn as_f64(&self) -> Option<f64> {
        self.as_ref().as_f64()
    }

    /// The octets, if this is an OCTET STRING or an Opaque.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        self.as_ref().as_bytes()
    }

    /// The text, if this is an OCTET STRING of UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        self.as_ref().as_str()
    }

    /// The identifier, if this is one.
    pub fn as_oid(&self) -> Option<OidRef<'_>> {
        self.as_ref().as_oid()
    }

    /// The address, if this is an IpAddress.
    pub fn as_ip(&self) -> Option<Ipv4Addr> {
        self.as_ref().as_ip()
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_ref(), f)
    }
}

impl From<ValueRef<'_>> for Value {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Integer(value) => Self::Integer(value),
            ValueRef::OctetString(octets) => Self::OctetString(octets.into()),
            ValueRef::Null => Self::Null,
            ValueRef::ObjectIdentifier(oid) => Self::ObjectIdentifier(oid.into()),
            ValueRef::IpAddress(address) => Self::IpAddress(address),
            ValueRef::Counter32(value) => Self::Counter32(value),
            ValueRef::Gauge32(value) => Self::Gauge32(value),
            ValueRef::TimeTicks(value) => Self::TimeTicks(value),
            ValueRef::Opaque(octets) => Self::Opaque(octets.into()),
            ValueRef::Counter64(value) => Self::Counter64(value),
            ValueRef::NoSuchObject => Self::NoSuchObject,
            ValueRef::NoSuchInstance => Self::NoSuchInstance,
            ValueRef::EndOfMibView => Self::EndOfMibView,
            ValueRef::Other { tag, contents } => Self::Other {
                tag,
                contents: contents.into(),
            },
        }
    }
}

macro_rules! from {
    ($($source:ty: $value:ident => $variant:expr;)+) => {
        $(impl From<$source> for Value {
            fn from($value: $source) -> Self {
                $variant
            }
        })+
    };
}

from! {
    (): _unspecified => Self::Null;
    i32: value => Self::Integer(value);
    Integer32: value => Self::Integer(value.0);
    Unsigned32: value => Self::Gauge32(value.0);
    Gauge32: value => Self::Gauge32(value.0);
    Counter32: value => Self::Counter32(value.0);
    TimeTicks: value => Self::TimeTicks(value.0);
    Counter64: value => Self::Counter64(value.0);
    Ipv4Addr: address => Self::IpAddress(address);
    ObjectIdentifier: oid => Self::ObjectIdentifier(oid);
    &ObjectIdentifier: oid => Self::ObjectIdentifier(oid.clone());
    OidRef<'_>: oid => Self::ObjectIdentifier(oid.into());
    OctetString: octets => Self::OctetString(octets);
    Opaque: octets => Self::Opaque(octets);
    &str: text => Self::OctetString(text.into());
    String: text => Self::OctetString(text.into());
    &[u8]: octets => Self::OctetString(octets.into());
    Vec<u8>: octets => Self::OctetString(octets.into());
}

impl<const N: usize> From<&[u8; N]> for Value {
    fn from(octets: &[u8; N]) -> Self {
        Self::OctetString(octets.into())
    }
}

impl<'a> From<&'a Value> for ValueRef<'a> {
    fn from(value: &'a Value) -> Self {
        value.as_ref()
    }
}

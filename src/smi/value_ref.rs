//! The borrowed value of a variable.

use core::fmt;
use core::net::Ipv4Addr;

use super::octets::{fmt_hex, fmt_octets};
use super::{OidRef, Value};
use crate::asn1::{BerError, BerErrorKind, Element, IntegerElement, Reader, Tag};

/// The value of a variable, borrowed from the message or from a [`Value`]. RFC 3416 section 3.
///
/// Prints what PySNMP's `prettyPrint` prints.
#[expect(clippy::exhaustive_enums, reason = "RFC 3416 closes the set")]
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ValueRef<'a> {
    /// Integer32 or INTEGER.
    Integer(i32),
    /// OCTET STRING.
    OctetString(&'a [u8]),
    /// NULL: "unSpecified" in requests.
    Null,
    /// OBJECT IDENTIFIER.
    ObjectIdentifier(OidRef<'a>),
    /// IpAddress.
    IpAddress(Ipv4Addr),
    /// Counter32.
    Counter32(u32),
    /// Gauge32 or Unsigned32.
    Gauge32(u32),
    /// TimeTicks, in hundredths of a second.
    TimeTicks(u32),
    /// Opaque.
    Opaque(&'a [u8]),
    /// Counter64.
    Counter64(u64),
    /// The agent has no such object.
    NoSuchObject,
    /// The agent has the object, but no such instance of it.
    NoSuchInstance,
    /// Nothing follows in the agent's view.
    EndOfMibView,
}

impl<'a> ValueRef<'a> {
    /// The next element of `reader`.
    #[inline]
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        Self::read(reader.read()?, Element::oid_contents)
    }

    /// The value in `element`, an identifier in it read by `oid`.
    #[inline]
    pub(super) fn read(
        element: Element<'a>,
        oid: impl FnOnce(&Element<'a>) -> Result<&'a [u8], BerError>,
    ) -> Result<Self, BerError> {
        Ok(match element.tag {
            Tag::INTEGER => Self::Integer(element.integer()?),
            Tag::OCTET_STRING => Self::OctetString(element.contents.rest()),
            Tag::NULL => element.null().map(|()| Self::Null)?,
            Tag::OBJECT_IDENTIFIER => Self::ObjectIdentifier(OidRef::checked(oid(&element)?)),
            Tag::IP_ADDRESS => Self::IpAddress(element.ip_address()?.into()),
            Tag::COUNTER32 => Self::Counter32(element.unsigned()?),
            Tag::GAUGE32 => Self::Gauge32(element.unsigned()?),
            Tag::TIME_TICKS => Self::TimeTicks(element.unsigned()?),
            Tag::OPAQUE => Self::Opaque(element.contents.rest()),
            Tag::COUNTER64 => Self::Counter64(element.unsigned64()?),
            Tag::NO_SUCH_OBJECT => element.null().map(|()| Self::NoSuchObject)?,
            Tag::NO_SUCH_INSTANCE => element.null().map(|()| Self::NoSuchInstance)?,
            Tag::END_OF_MIB_VIEW => element.null().map(|()| Self::EndOfMibView)?,
            tag => return Err(element.error(BerErrorKind::UnknownValueType(tag))),
        })
    }

    /// Hands the tag and the contents octets of the encoding to `take`.
    #[inline]
    pub(super) fn with_contents<T>(self, take: impl FnOnce(Tag, &[u8]) -> T) -> T {
        let unsigned = |tag, value| (tag, IntegerElement::unsigned(tag, value));
        let (tag, number) = match self {
            Self::Integer(value) => (Tag::INTEGER, IntegerElement::signed(value)),
            Self::Counter32(value) => unsigned(Tag::COUNTER32, value.into()),
            Self::Gauge32(value) => unsigned(Tag::GAUGE32, value.into()),
            Self::TimeTicks(value) => unsigned(Tag::TIME_TICKS, value.into()),
            Self::Counter64(value) => unsigned(Tag::COUNTER64, value),
            Self::IpAddress(address) => return take(Tag::IP_ADDRESS, &address.octets()),
            Self::OctetString(octets) => return take(Tag::OCTET_STRING, octets),
            Self::ObjectIdentifier(oid) => return take(Tag::OBJECT_IDENTIFIER, oid.contents()),
            Self::Opaque(octets) => return take(Tag::OPAQUE, octets),
            Self::Null => return take(Tag::NULL, &[]),
            Self::NoSuchObject => return take(Tag::NO_SUCH_OBJECT, &[]),
            Self::NoSuchInstance => return take(Tag::NO_SUCH_INSTANCE, &[]),
            Self::EndOfMibView => return take(Tag::END_OF_MIB_VIEW, &[]),
        };
        take(tag, number.contents())
    }

    /// A value of its own. Octets and long identifiers allocate.
    pub fn to_owned(self) -> Value {
        Value::from(self)
    }

    /// Whether this is noSuchObject, noSuchInstance or endOfMibView instead of a value.
    pub const fn is_exception(self) -> bool {
        matches!(
            self,
            Self::NoSuchObject | Self::NoSuchInstance | Self::EndOfMibView
        )
    }

    /// The number, if this is one and fits.
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value.into()),
            other => other.as_u64()?.try_into().ok(),
        }
    }

    /// The number, if this is one and not negative.
    pub fn as_u64(self) -> Option<u64> {
        match self {
            Self::Integer(value) => value.try_into().ok(),
            Self::Counter32(value) | Self::Gauge32(value) | Self::TimeTicks(value) => {
                Some(value.into())
            }
            Self::Counter64(value) => Some(value),
            _ => None,
        }
    }

    /// The octets, if this is an OCTET STRING or an Opaque.
    pub const fn as_bytes(self) -> Option<&'a [u8]> {
        match self {
            Self::OctetString(octets) | Self::Opaque(octets) => Some(octets),
            _ => None,
        }
    }

    /// The text, if this is an OCTET STRING of UTF-8.
    pub fn as_str(self) -> Option<&'a str> {
        match self {
            Self::OctetString(octets) => core::str::from_utf8(octets).ok(),
            _ => None,
        }
    }

    /// The identifier, if this is one.
    pub const fn as_oid(self) -> Option<OidRef<'a>> {
        match self {
            Self::ObjectIdentifier(oid) => Some(oid),
            _ => None,
        }
    }
}

impl fmt::Display for ValueRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => fmt::Display::fmt(value, f),
            Self::OctetString(octets) => fmt_octets(octets, f),
            Self::Null => Ok(()),
            Self::ObjectIdentifier(oid) => fmt::Display::fmt(oid, f),
            Self::IpAddress(address) => fmt::Display::fmt(address, f),
            Self::Counter32(value) | Self::Gauge32(value) | Self::TimeTicks(value) => {
                fmt::Display::fmt(value, f)
            }
            Self::Opaque(octets) => fmt_hex(octets, f),
            Self::Counter64(value) => fmt::Display::fmt(value, f),
            Self::NoSuchObject => f.write_str("No Such Object currently exists at this OID"),
            Self::NoSuchInstance => f.write_str("No Such Instance currently exists at this OID"),
            Self::EndOfMibView => f.write_str("No more variables left in this MIB View"),
        }
    }
}

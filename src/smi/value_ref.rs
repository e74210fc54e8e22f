//! The borrowed value of a variable.

use core::fmt;
use core::net::Ipv4Addr;

use super::octets::{fmt_hex, fmt_octets};
use super::{OidRef, Value, Wrapped};
use crate::asn1::{
    self, BerError, Element, Header, IntegerElement, Reader, Tag, is_sound_but_padded,
};

/// The value of a variable, borrowed from the message or from a [`Value`]. RFC 3416 section 3.
///
/// Prints what PySNMP's `prettyPrint` prints.
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3416 closes the set, and Other is all else"
)]
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
    /// What none of the others can hold: see [`Value::Other`].
    Other {
        /// The identifier.
        tag: Tag,
        /// The contents, as they are encoded.
        contents: &'a [u8],
    },
}

impl<'a> ValueRef<'a> {
    /// The next element of `reader`. What is no value of its type, or of a type that SNMP does not
    /// have, is [`Other`](Self::Other).
    ///
    /// Fails if there is no whole element, and with
    /// [`PaddedSubidentifier`](crate::asn1::BerErrorKind::PaddedSubidentifier) for an
    /// object identifier that is sound but for padding.
    #[inline]
    pub fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        Self::read(reader.read()?, Self::unpadded)
    }

    /// The next element of `reader`, which has been decoded before.
    #[inline]
    pub(super) fn decode_again(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        Self::read(reader.read()?, |element, _| Ok(Self::other(element)))
    }

    /// The value in `element`, an unsound identifier in it read by `unsound`.
    #[inline]
    fn read(
        element: Element<'a>,
        unsound: impl FnOnce(&Element<'a>, BerError) -> Result<Self, BerError>,
    ) -> Result<Self, BerError> {
        let other = |_| Self::other(&element);
        Ok(match element.tag {
            Tag::INTEGER => element.integer().map_or_else(other, Self::Integer),
            Tag::OCTET_STRING => Self::OctetString(element.contents.rest()),
            Tag::NULL => element.null().map_or_else(other, |()| Self::Null),
            Tag::OBJECT_IDENTIFIER => match element.oid_contents() {
                Ok(contents) => Self::ObjectIdentifier(OidRef::checked(contents)),
                Err(error) => unsound(&element, error)?,
            },
            Tag::IP_ADDRESS => element
                .ip_address()
                .map_or_else(other, |address| Self::IpAddress(address.into())),
            Tag::COUNTER32 => element.unsigned().map_or_else(other, Self::Counter32),
            Tag::GAUGE32 => element.unsigned().map_or_else(other, Self::Gauge32),
            Tag::TIME_TICKS => element.unsigned().map_or_else(other, Self::TimeTicks),
            Tag::OPAQUE => Self::Opaque(element.contents.rest()),
            Tag::COUNTER64 => element.unsigned64().map_or_else(other, Self::Counter64),
            // What an exception may contain means nothing.
            Tag::NO_SUCH_OBJECT => Self::NoSuchObject,
            Tag::NO_SUCH_INSTANCE => Self::NoSuchInstance,
            Tag::END_OF_MIB_VIEW => Self::EndOfMibView,
            _ => Self::other(&element),
        })
    }

    #[cold]
    const fn other(element: &Element<'a>) -> Self {
        Self::Other {
            tag: element.tag,
            contents: element.contents.rest(),
        }
    }

    /// The value in `element`, an object identifier with the fault `error`.
    #[cold]
    fn unpadded(element: &Element<'a>, error: BerError) -> Result<Self, BerError> {
        if is_sound_but_padded(element.contents.rest()) {
            Err(error)
        } else {
            Ok(Self::other(element))
        }
    }

    /// Appends the encoding.
    #[inline]
    pub(super) fn append_to(self, out: &mut Vec<u8>) {
        let (tag, number) = match self {
            Self::Integer(value) => return IntegerElement::signed(value).append(out),
            Self::Counter32(value) => (Tag::COUNTER32, value.into()),
            Self::Gauge32(value) => (Tag::GAUGE32, value.into()),
            Self::TimeTicks(value) => (Tag::TIME_TICKS, value.into()),
            Self::Counter64(value) => (Tag::COUNTER64, value),
            other => return other.append_octets_to(out),
        };
        IntegerElement::unsigned(tag, number).append(out);
    }

    /// The same where it is no number.
    fn append_octets_to(self, out: &mut Vec<u8>) {
        let address;
        let (tag, contents) = match self {
            Self::IpAddress(it) => {
                address = it.octets();
                (Tag::IP_ADDRESS, &address[..])
            }
            Self::OctetString(octets) => (Tag::OCTET_STRING, octets),
            Self::ObjectIdentifier(oid) => (Tag::OBJECT_IDENTIFIER, oid.contents()),
            Self::Opaque(octets) => (Tag::OPAQUE, octets),
            Self::Other { tag, contents } => {
                Header::append_any(out, tag, contents.len());
                return out.extend_from_slice(contents);
            }
            other => (other.tag(), &[][..]),
        };
        Header::append(out, tag, contents.len());
        out.extend_from_slice(contents);
    }

    /// The identifier of the encoding.
    pub const fn tag(self) -> Tag {
        match self {
            Self::Integer(_) => Tag::INTEGER,
            Self::OctetString(_) => Tag::OCTET_STRING,
            Self::Null => Tag::NULL,
            Self::ObjectIdentifier(_) => Tag::OBJECT_IDENTIFIER,
            Self::IpAddress(_) => Tag::IP_ADDRESS,
            Self::Counter32(_) => Tag::COUNTER32,
            Self::Gauge32(_) => Tag::GAUGE32,
            Self::TimeTicks(_) => Tag::TIME_TICKS,
            Self::Opaque(_) => Tag::OPAQUE,
            Self::Counter64(_) => Tag::COUNTER64,
            Self::NoSuchObject => Tag::NO_SUCH_OBJECT,
            Self::NoSuchInstance => Tag::NO_SUCH_INSTANCE,
            Self::EndOfMibView => Tag::END_OF_MIB_VIEW,
            Self::Other { tag, .. } => tag,
        }
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

    /// The number, if this is one and fits. Of [`Other`](Self::Other) those of INTEGER and of
    /// UInteger32 are read, of an Opaque the integers of 64 bits that Net-SNMP wraps so.
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Integer(value) => Some(value.into()),
            Self::Other {
                tag: Tag::INTEGER,
                contents,
            } => asn1::read_i64(contents).ok(),
            Self::Opaque(octets) => Wrapped::read(octets)?.as_i64(),
            other => other.as_u64()?.try_into().ok(),
        }
    }

    /// The number, if this is one and not negative. Of [`Other`](Self::Other) those of INTEGER and
    /// of UInteger32 are read, of an Opaque the integers of 64 bits that Net-SNMP wraps so.
    pub fn as_u64(self) -> Option<u64> {
        match self {
            Self::Integer(value) => value.try_into().ok(),
            Self::Counter32(value) | Self::Gauge32(value) | Self::TimeTicks(value) => {
                Some(value.into())
            }
            Self::Counter64(value) => Some(value),
            Self::Other {
                tag: Tag::INTEGER,
                contents,
            } => asn1::read_positive(contents).ok(),
            Self::Other {
                tag: Tag::UINTEGER32,
                contents,
            } => asn1::read_u32(contents).map(u64::from).ok(),
            Self::Opaque(octets) => Wrapped::read(octets)?.as_u64(),
            _ => None,
        }
    }

    /// The number, if this is one, or a float, a double or an integer of 64 bits in an Opaque, as Net-SNMP
    /// wraps them. Of an integer beyond 2^53, which has more digits than a double, the nearest.
    pub fn as_f64(self) -> Option<f64> {
        match self {
            Self::Opaque(octets) => Wrapped::read(octets).map(Wrapped::as_f64),
            other => match other.as_u64() {
                Some(number) => Some(number as f64),
                None => other.as_i64().map(|number| number as f64),
            },
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

    /// The address, if this is an IpAddress.
    pub const fn as_ip(self) -> Option<Ipv4Addr> {
        match self {
            Self::IpAddress(address) => Some(address),
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
            Self::Other { tag, contents } => match (self.as_u64(), self.as_i64()) {
                (Some(number), _) => fmt::Display::fmt(&number, f),
                (None, Some(number)) => fmt::Display::fmt(&number, f),
                (None, None) => {
                    write!(f, "tag {tag}: ")?;
                    fmt_hex(contents, f)
                }
            },
        }
    }
}

//! What a message can be refused for.

use core::fmt;

use super::Tag;

/// Why and where octets could not be decoded: small, `Copy`, made without allocating.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BerError {
    kind: BerErrorKind,
    offset: usize,
}

impl BerError {
    /// An error of `kind` at octet `offset` of the message.
    pub const fn new(kind: BerErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What was wrong.
    pub const fn kind(&self) -> BerErrorKind {
        self.kind
    }

    /// Where: the octet, counted from the beginning of the message, at which the offending element
    /// (or, for an object identifier, sub-identifier) begins.
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for BerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at octet {}", self.kind, self.offset)
    }
}

impl core::error::Error for BerError {}

/// What was wrong with the octets.
#[non_exhaustive]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BerErrorKind {
    /// The element ends beyond what encloses it. In a stream: more octets are needed.
    Truncated,
    /// Octets are left over behind the last element.
    TrailingOctets,
    /// Another element belongs here.
    UnexpectedTag {
        /// The tag that belongs here.
        expected: Tag,
        /// The tag that is here.
        found: Tag,
    },
    /// The tag is none of a PDU, or of a PDU that does not exist in this version of SNMP.
    UnexpectedPdu(Tag),
    /// The version number is not that of a message that is decoded here.
    UnexpectedVersion(i32),
    /// The flags of an SNMPv3 message ask for privacy without authentication.
    PrivacyWithoutAuthentication,
    /// An OCTET STRING of a length that this field does not have.
    StringLength,
    /// The identifier has more octets than any tag of 24 bits, or is cut off.
    InvalidTag,
    /// An indefinite length, which SNMP forbids. RFC 3417 section 8.
    IndefiniteLength,
    /// A length field of more than four octets.
    LengthTooLong,
    /// An integer without contents.
    EmptyInteger,
    /// An integer outside the range of its type.
    IntegerOutOfRange,
    /// A NULL or an exception with contents.
    NullWithContents,
    /// An IpAddress that is not of four octets.
    IpAddressLength,
    /// A sub-identifier that begins with 0x80.
    PaddedSubidentifier,
    /// A sub-identifier that is cut off.
    TruncatedSubidentifier,
    /// A sub-identifier above 4294967295.
    SubidentifierTooLarge,
    /// An object identifier of more than 128 arcs.
    TooManySubidentifiers,
}

impl fmt::Display for BerErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::Truncated => "truncated element",
            Self::TrailingOctets => "trailing octets",
            Self::UnexpectedTag { expected, found } => {
                return write!(f, "unexpected tag {found} instead of {expected}");
            }
            Self::UnexpectedPdu(tag) => return write!(f, "unexpected PDU {tag}"),
            Self::UnexpectedVersion(number) => return write!(f, "unexpected version {number}"),
            Self::PrivacyWithoutAuthentication => "privacy without authentication",
            Self::StringLength => "string of a wrong length",
            Self::InvalidTag => "invalid tag",
            Self::IndefiniteLength => "indefinite length",
            Self::LengthTooLong => "length of more than four octets",
            Self::EmptyInteger => "integer without contents",
            Self::IntegerOutOfRange => "integer out of range",
            Self::NullWithContents => "null with contents",
            Self::IpAddressLength => "IP address not of four octets",
            Self::PaddedSubidentifier => "padded sub-identifier",
            Self::TruncatedSubidentifier => "truncated sub-identifier",
            Self::SubidentifierTooLarge => "sub-identifier too large",
            Self::TooManySubidentifiers => "too many sub-identifiers",
        };
        f.write_str(text)
    }
}

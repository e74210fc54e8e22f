//! The message of SNMPv3.

use core::fmt;

use super::peek::{read_at_least, read_version};
use super::{ScopedPdu, Version};
use crate::asn1::{BerError, BerErrorKind, Reader, Tag, Writer};

/// A message of SNMPv3 as it stands in a datagram: header, security parameters and data. RFC 3412
/// section 6.
///
/// The parts that a security model has to look at first are readers that know their place in the
/// datagram, so that a digest can be checked where it is. Prints on one line.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 3412 closes the set of fields"
)]
#[derive(Clone, Copy, Debug)]
pub struct V3Message<'a> {
    /// The fields that every security model shares: msgGlobalData.
    pub header: HeaderData,
    /// The contents of msgSecurityParameters, which the security model understands.
    pub security_parameters: Reader<'a>,
    /// The scoped PDU, which may be encrypted: msgData.
    pub data: ScopedPduData<'a>,
}

impl<'a> V3Message<'a> {
    /// The message that fills `datagram` from end to end. Allocates nothing.
    ///
    /// The header is checked, and that the flags say what `data` is. What the security parameters and
    /// the data contain is not looked at: that comes after the digest. Flags that ask for privacy
    /// without authentication are refused with [`BerErrorKind::PrivacyWithoutAuthentication`], after
    /// everything else was found sound; other bits of the flags are ignored.
    pub fn decode(datagram: &'a [u8]) -> Result<Self, BerError> {
        let mut outer = Reader::new(datagram);
        let mut fields = outer.sub(Tag::SEQUENCE)?;
        outer.finish()?;
        let start = fields;
        let version = read_version(&mut fields)?;
        if version != Version::V3 {
            return Err(start.error(BerErrorKind::UnexpectedVersion(version.number())));
        }
        let header = RawHeader::decode(&mut fields)?;
        let security_parameters = fields.sub(Tag::OCTET_STRING)?;
        let place = fields;
        let element = fields.read()?;
        fields.finish()?;
        let flags = header.flags()?;
        let expected = if flags.is_encrypted() {
            Tag::OCTET_STRING
        } else {
            Tag::SEQUENCE
        };
        if element.tag != expected {
            return Err(place.error(BerErrorKind::UnexpectedTag {
                expected,
                found: element.tag,
            }));
        }
        Ok(Self {
            header: HeaderData {
                message_id: header.message_id,
                max_size: header.max_size,
                flags,
                security_model: header.security_model,
            },
            security_parameters,
            data: if flags.is_encrypted() {
                ScopedPduData::Encrypted(element.contents)
            } else {
                ScopedPduData::Plaintext(place)
            },
        })
    }

    /// Makes the encoded message the contents of `out`. Allocates only while `out` has less room
    /// than the message needs.
    pub fn encode(&self, out: &mut Vec<u8>) {
        Self::encode_parts(
            self.header,
            out,
            |writer| match self.data {
                ScopedPduData::Plaintext(element) => writer.octets(element.rest()),
                ScopedPduData::Encrypted(contents) => {
                    writer.octet_string(Tag::OCTET_STRING, contents.rest());
                }
            },
            |writer| writer.octets(self.security_parameters.rest()),
        );
    }

    /// Makes the message of `header` and of what the two functions write the contents of `out`:
    /// `data` writes the last element, a scoped PDU or an OCTET STRING, after which
    /// `security_parameters` writes the contents of that field.
    pub fn encode_parts(
        header: HeaderData,
        out: &mut Vec<u8>,
        data: impl FnOnce(&mut Writer<'_>),
        security_parameters: impl FnOnce(&mut Writer<'_>),
    ) {
        let mut writer = Writer::new(out);
        writer.constructed(Tag::SEQUENCE, |writer| {
            data(writer);
            writer.constructed(Tag::OCTET_STRING, security_parameters);
            header.encode(writer);
            writer.integer(Version::V3.number());
        });
        writer.finish();
    }
}

impl fmt::Display for V3Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", Version::V3, self.header)?;
        match self.data {
            ScopedPduData::Plaintext(element) => match ScopedPdu::decode_padded(element, 0) {
                Ok(scoped_pdu) => fmt::Display::fmt(&scoped_pdu, f),
                Err(error) => write!(f, "({error})"),
            },
            ScopedPduData::Encrypted(contents) => {
                write!(f, "({} octets encrypted)", contents.rest().len())
            }
        }
    }
}

/// The data of a message, of which the flags of its header say whether it is encrypted. RFC 3412
/// section 6.7.
#[expect(clippy::exhaustive_enums, reason = "RFC 3412 has these two choices")]
#[derive(Clone, Copy, Debug)]
pub enum ScopedPduData<'a> {
    /// The element that is the scoped PDU, and nothing else.
    Plaintext(Reader<'a>),
    /// The octets that the cipher made of it: the contents of the OCTET STRING encryptedPDU.
    Encrypted(Reader<'a>),
}

/// The header of a message of SNMPv3. RFC 3412 section 6.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 3412 closes the set of fields"
)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HeaderData {
    /// Pairs a response with its request, encrypted or not: msgID, 0 to 2147483647.
    pub message_id: i32,
    /// The longest message that its sender takes, in octets: msgMaxSize, 484 to 2147483647.
    pub max_size: i32,
    /// How the message is protected, and whether a report may answer it: msgFlags.
    pub flags: MessageFlags,
    /// The number of the security model: msgSecurityModel, 1 to 2147483647.
    pub security_model: i32,
}

impl HeaderData {
    /// The least msgMaxSize there is, in octets.
    pub const MIN_MAX_SIZE: i32 = 484;

    fn encode(self, writer: &mut Writer<'_>) {
        writer.constructed(Tag::SEQUENCE, |writer| {
            writer.integer(self.security_model);
            writer.octet_string(Tag::OCTET_STRING, &[self.flags.octet()]);
            writer.integer(self.max_size);
            writer.integer(self.message_id);
        });
    }
}

impl fmt::Display for HeaderData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            message_id,
            max_size,
            flags,
            security_model,
        } = self;
        write!(
            f,
            "message {message_id} max {max_size} {flags} model {security_model}"
        )
    }
}

/// How a message is protected, and whether a report may answer it. Never privacy without
/// authentication. RFC 3412 section 6.4.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MessageFlags(u8);

impl MessageFlags {
    /// Neither authenticated nor encrypted.
    pub const NO_AUTH_NO_PRIV: Self = Self(0);
    /// Authenticated.
    pub const AUTH_NO_PRIV: Self = Self(AUTH);
    /// Authenticated and encrypted.
    pub const AUTH_PRIV: Self = Self(AUTH | PRIV);

    /// The flags in `octet`, or nothing if it has the privFlag without the authFlag. Other bits than
    /// the three are ignored.
    pub const fn from_octet(octet: u8) -> Option<Self> {
        if octet & (AUTH | PRIV) == PRIV {
            None
        } else {
            Some(Self(octet & (AUTH | PRIV | REPORTABLE)))
        }
    }

    /// The octet on the wire.
    pub const fn octet(self) -> u8 {
        self.0
    }

    /// The same protection, with or without the reportableFlag.
    #[must_use]
    pub const fn reportable(self, reportable: bool) -> Self {
        if reportable {
            Self(self.0 | REPORTABLE)
        } else {
            Self(self.0 & !REPORTABLE)
        }
    }

    /// Whether the message is authenticated.
    pub const fn is_authenticated(self) -> bool {
        self.0 & AUTH != 0
    }

    /// Whether the message is encrypted, and so authenticated too.
    pub const fn is_encrypted(self) -> bool {
        self.0 & PRIV != 0
    }

    /// Whether a report may answer, as far as the PDU cannot be read.
    pub const fn is_reportable(self) -> bool {
        self.0 & REPORTABLE != 0
    }
}

impl fmt::Display for MessageFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.is_authenticated(), self.is_encrypted()) {
            (false, _) => "noAuthNoPriv",
            (true, false) => "authNoPriv",
            (true, true) => "authPriv",
        })?;
        f.write_str(if self.is_reportable() {
            " reportable"
        } else {
            ""
        })
    }
}

impl fmt::Debug for MessageFlags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MessageFlags({self})")
    }
}

const AUTH: u8 = 1;
const PRIV: u8 = 2;
const REPORTABLE: u8 = 4;

/// A header whose flags are not checked yet.
struct RawHeader<'a> {
    message_id: i32,
    max_size: i32,
    place_of_flags: Reader<'a>,
    flags: u8,
    security_model: i32,
}

impl<'a> RawHeader<'a> {
    fn decode(reader: &mut Reader<'a>) -> Result<Self, BerError> {
        let mut fields = reader.sub(Tag::SEQUENCE)?;
        let message_id = read_at_least(&mut fields, 0)?;
        let max_size = read_at_least(&mut fields, HeaderData::MIN_MAX_SIZE)?;
        let place_of_flags = fields;
        let &[flags] = fields.octets(Tag::OCTET_STRING)? else {
            return Err(place_of_flags.error(BerErrorKind::StringLength));
        };
        let security_model = read_at_least(&mut fields, 1)?;
        fields.finish()?;
        Ok(Self {
            message_id,
            max_size,
            place_of_flags,
            flags,
            security_model,
        })
    }

    fn flags(&self) -> Result<MessageFlags, BerError> {
        MessageFlags::from_octet(self.flags).ok_or_else(|| {
            self.place_of_flags
                .error(BerErrorKind::PrivacyWithoutAuthentication)
        })
    }
}

/// Decodes `data`; a message that is accepted must survive re-encoding: an entry point for fuzzing.
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub fn fuzz_v3_message(data: &[u8]) {
    let peeked = super::peek::message_id(data);
    let Ok(message) = V3Message::decode(data) else {
        return;
    };
    assert_eq!(peeked, Ok(message.header.message_id));
    let model = super::peek::security_model(data);
    assert_eq!(model, Ok(message.header.security_model));
    let parameters = message.security_parameters;
    let end = parameters.offset().saturating_add(parameters.rest().len());
    assert_eq!(
        data.get(parameters.offset()..end),
        Some(parameters.rest()),
        "the security parameters are where they say"
    );
    let mut encoded = Vec::new();
    message.encode(&mut encoded);
    let again = V3Message::decode(&encoded).ok();
    assert_eq!(
        again.map(|again| (
            again.header,
            again.security_parameters.rest(),
            octets(again.data)
        )),
        Some((message.header, parameters.rest(), octets(message.data)))
    );
    if let ScopedPduData::Plaintext(element) = message.data
        && let Ok(scoped_pdu) = ScopedPdu::decode_padded(element, 0)
    {
        let mut writer = Writer::new(&mut encoded);
        scoped_pdu.encode(&mut writer);
        writer.finish();
        let again = ScopedPdu::decode_padded(Reader::new(&encoded), 0);
        assert_eq!(again, Ok(scoped_pdu));
    }
    assert!(!message.to_string().contains(char::is_control));
}

#[cfg(any(fuzzing, feature = "testing"))]
fn octets(data: ScopedPduData<'_>) -> &[u8] {
    match data {
        ScopedPduData::Plaintext(octets) | ScopedPduData::Encrypted(octets) => octets.rest(),
    }
}

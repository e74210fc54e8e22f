//! The message of SNMPv1 and SNMPv2c.

use core::fmt;

use super::Version;
use super::peek::read_version;
use crate::asn1::{BerError, BerErrorKind, Reader, Tag, Writer};
use crate::pdu::{PduBody, PduKind};

/// A message of SNMPv1 or SNMPv2c: a community string and a PDU. RFC 1157 section 4, RFC 1901
/// section 3.
///
/// Prints on one line, without the community, which serves as a password.
///
/// ```
/// use deferred_snmp::message::{CommunityMessage, Version};
/// use deferred_snmp::oid;
/// use deferred_snmp::pdu::{Pdu, PduKind};
/// use deferred_snmp::smi::VarBind;
///
/// let names = [VarBind::new(oid!(1.3.6.1.2.1.1.5.0), ())];
/// let pdu = Pdu::new(PduKind::GetRequest, 7, names.into_iter().collect());
/// let mut datagram = Vec::new();
/// CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut datagram);
///
/// let message = CommunityMessage::decode(&datagram)?;
/// assert_eq!(message.community, b"public");
/// assert_eq!(message.to_string(), "v2c GetRequest-PDU id 7 [1.3.6.1.2.1.1.5.0 = ]");
/// # Ok::<(), deferred_snmp::asn1::BerError>(())
/// ```
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 1901 closes the set of fields"
)]
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct CommunityMessage<'a> {
    /// SNMPv1 or SNMPv2c. With SNMPv3 the message encodes, but into one that no receiver takes.
    pub version: Version,
    /// The community string.
    pub community: &'a [u8],
    /// The PDU.
    pub pdu: PduBody<'a>,
}

impl<'a> CommunityMessage<'a> {
    /// A message of the given parts.
    pub fn new(version: Version, community: &'a [u8], pdu: impl Into<PduBody<'a>>) -> Self {
        Self {
            version,
            community,
            pdu: pdu.into(),
        }
    }

    /// The message at the beginning of `datagram`. Everything in it is checked; nothing is allocated.
    /// Octets behind the last element of the message or of what is in it are passed over:
    /// [`left_over`](super::left_over) counts them.
    ///
    /// Of the PDUs those are accepted that the version has: the Trap-PDU and the first four in
    /// SNMPv1, all but the Trap-PDU in SNMPv2c; and notifications of the other version, which devices
    /// send. Types of values are not held against the version.
    pub fn decode(datagram: &'a [u8]) -> Result<Self, BerError> {
        let mut fields = Reader::new(datagram).sub(Tag::SEQUENCE)?;
        let start = fields;
        let version = read_version(&mut fields)?;
        if version == Version::V3 {
            return Err(start.error(BerErrorKind::UnexpectedVersion(version.number())));
        }
        let community = fields.octets(Tag::OCTET_STRING)?;
        let place = fields;
        let pdu = PduBody::decode(&mut fields)?;
        let allowed = match pdu {
            PduBody::Trap(_) => true,
            PduBody::Pdu(pdu) => version != Version::V1 || is_in_v1(pdu.kind),
        };
        if !allowed {
            let tag = place.peek_tag()?;
            return Err(place.error(BerErrorKind::UnexpectedPdu(tag)));
        }
        Ok(Self {
            version,
            community,
            pdu,
        })
    }

    /// Makes the encoded message the contents of `out`. Allocates only while `out` has less room
    /// than the message needs.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let mut writer = Writer::new(out);
        writer.constructed(Tag::SEQUENCE, |writer| {
            self.pdu.encode(writer);
            writer.element(Tag::OCTET_STRING, self.community);
            writer.integer(self.version.number());
        });
        writer.finish();
    }
}

/// RFC 1157 section 4.1, and notifications.
const fn is_in_v1(kind: PduKind) -> bool {
    matches!(
        kind,
        PduKind::GetRequest
            | PduKind::GetNextRequest
            | PduKind::Response
            | PduKind::SetRequest
            | PduKind::TrapV2
            | PduKind::InformRequest
    )
}

impl fmt::Display for CommunityMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.version, self.pdu)
    }
}

impl fmt::Debug for CommunityMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            version,
            community: _,
            pdu,
        } = self;
        f.debug_struct("CommunityMessage")
            .field("version", version)
            .field("pdu", pdu)
            .finish_non_exhaustive()
    }
}

/// Decodes `data`, mended if need be; a message that is accepted must survive re-encoding: an entry point for
/// fuzzing. Values are what they were; padding, octets left over, and what the header of a trap does not say
/// are gone.
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub fn fuzz_message(data: &[u8]) {
    let peeked = super::peek::version(data);
    let mended;
    let message = match CommunityMessage::decode(data) {
        Ok(message) => message,
        Err(error) if super::can_be_mended(&error) => {
            mended = super::mended(data);
            let Ok(message) = CommunityMessage::decode(&mended) else {
                return;
            };
            message
        }
        Err(_) => return,
    };
    assert_eq!(peeked, Ok(message.version));
    let mut encoded = Vec::new();
    message.encode(&mut encoded);
    assert_eq!(CommunityMessage::decode(&encoded), Ok(message));
    assert!(!message.to_string().contains(char::is_control));
}

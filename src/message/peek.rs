//! What can be known of a datagram without decoding it.

use super::Version;
use crate::asn1::{BerError, BerErrorKind, Reader, Tag};

/// The version that the message in `datagram` claims. RFC 3412 section 7.2.
///
/// Fails with [`BerErrorKind::UnexpectedVersion`] for a well-formed number that is no version, and
/// with another kind if the datagram does not begin like a message.
pub fn version(datagram: &[u8]) -> Result<Version, BerError> {
    let mut fields = Reader::new(datagram).sub(Tag::SEQUENCE)?;
    read_version(&mut fields)
}

/// The msgID of the SNMPv3 message in `datagram`. RFC 3412 section 6.2.
///
/// Says nothing of the rest of the message; fails if the datagram does not begin like one of SNMPv3.
pub fn message_id(datagram: &[u8]) -> Result<i32, BerError> {
    read_at_least(&mut header(datagram)?, 0)
}

/// The number of the security model of the SNMPv3 message in `datagram`. RFC 3412 section 6.5.
///
/// Says nothing of the rest of the message; fails if the datagram does not begin like one of SNMPv3.
pub fn security_model(datagram: &[u8]) -> Result<i32, BerError> {
    let mut fields = header(datagram)?;
    read_at_least(&mut fields, 0)?;
    read_at_least(&mut fields, 0)?;
    fields.octets(Tag::OCTET_STRING)?;
    read_at_least(&mut fields, 1)
}

/// The fields of msgGlobalData.
fn header(datagram: &[u8]) -> Result<Reader<'_>, BerError> {
    let mut fields = Reader::new(datagram).sub(Tag::SEQUENCE)?;
    let start = fields;
    let version = read_version(&mut fields)?;
    if version != Version::V3 {
        return Err(start.error(BerErrorKind::UnexpectedVersion(version.number())));
    }
    fields.sub(Tag::SEQUENCE)
}

/// The next of `fields`, an INTEGER from `least` to 2147483647.
pub(super) fn read_at_least(fields: &mut Reader<'_>, least: i32) -> Result<i32, BerError> {
    let before = *fields;
    let number = fields.integer()?;
    if number < least {
        return Err(before.error(BerErrorKind::IntegerOutOfRange));
    }
    Ok(number)
}

/// The version field, the next of `fields`.
#[inline]
pub(super) fn read_version(fields: &mut Reader<'_>) -> Result<Version, BerError> {
    let before = *fields;
    let number = fields.integer()?;
    Version::from_number(number)
        .ok_or_else(|| before.error(BerErrorKind::UnexpectedVersion(number)))
}

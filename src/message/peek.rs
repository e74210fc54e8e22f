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

/// The version field, the next of `fields`.
#[inline]
pub(super) fn read_version(fields: &mut Reader<'_>) -> Result<Version, BerError> {
    let before = *fields;
    let number = fields.integer()?;
    Version::from_number(number)
        .ok_or_else(|| before.error(BerErrorKind::UnexpectedVersion(number)))
}

//! What an SNMPv3 message says of its security.

use std::fmt;
use std::ops::Range;

use crate::asn1::{BerError, BerErrorKind, Reader, Tag, Writer};

/// The security parameters of a message in the user-based model. Borrows from the datagram.
/// RFC 3414 section 2.4.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 3414 closes the set of fields"
)]
#[derive(Clone, Copy, Debug)]
pub struct SecurityParameters<'a> {
    /// The engine whose clock and keys count: msgAuthoritativeEngineID. Of any length here; empty
    /// where it has to be discovered.
    pub engine_id: &'a [u8],
    /// How often that engine was booted: msgAuthoritativeEngineBoots, 0 to 2147483647.
    pub boots: u32,
    /// The seconds since: msgAuthoritativeEngineTime, 0 to 2147483647.
    pub time: u32,
    /// The user: msgUserName, at most 32 octets.
    pub user_name: &'a [u8],
    /// The digest: msgAuthenticationParameters.
    pub authentication: Reader<'a>,
    /// The salt: msgPrivacyParameters.
    pub privacy: &'a [u8],
}

impl<'a> SecurityParameters<'a> {
    /// What `field`, the contents of msgSecurityParameters, says from end to end.
    pub fn decode(field: Reader<'a>) -> Result<Self, BerError> {
        let mut outer = field;
        let mut fields = outer.sub(Tag::SEQUENCE)?;
        outer.finish()?;
        let engine_id = fields.octets(Tag::OCTET_STRING)?;
        let boots = read_natural(&mut fields)?;
        let time = read_natural(&mut fields)?;
        let before_name = fields;
        let user_name = fields.octets(Tag::OCTET_STRING)?;
        if user_name.len() > MAX_USER_NAME {
            return Err(before_name.error(BerErrorKind::StringLength));
        }
        let authentication = fields.sub(Tag::OCTET_STRING)?;
        let privacy = fields.octets(Tag::OCTET_STRING)?;
        fields.finish()?;
        Ok(Self {
            engine_id,
            boots,
            time,
            user_name,
            authentication,
            privacy,
        })
    }

    /// Writes the parameters as the contents of msgSecurityParameters. Gives back the number of octets
    /// from the beginning of the digest to the end of what is written, later the end of the message.
    pub fn encode(&self, writer: &mut Writer<'_>) -> usize {
        let mut from_end = 0;
        writer.constructed(Tag::SEQUENCE, |writer| {
            writer.octet_string(Tag::OCTET_STRING, self.privacy);
            writer.constructed(Tag::OCTET_STRING, |writer| {
                writer.octets(self.authentication.rest());
                from_end = writer.written();
            });
            writer.octet_string(Tag::OCTET_STRING, self.user_name);
            writer.unsigned(Tag::INTEGER, self.time.into());
            writer.unsigned(Tag::INTEGER, self.boots.into());
            writer.octet_string(Tag::OCTET_STRING, self.engine_id);
        });
        from_end
    }

    /// The place of the digest in the datagram.
    pub fn digest_field(&self) -> Range<usize> {
        let start = self.authentication.offset();
        start..start.saturating_add(self.authentication.rest().len())
    }
}

impl fmt::Display for SecurityParameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, boots, time) = (self.user_name.escape_ascii(), self.boots, self.time);
        write!(f, "{name}@")?;
        for octet in self.engine_id {
            write!(f, "{octet:02x}")?;
        }
        write!(f, " boots {boots} time {time}")
    }
}

/// RFC 3414 section 2.4.
pub(super) const MAX_USER_NAME: usize = 32;

/// The next of `fields`, an INTEGER from 0 to 2147483647.
fn read_natural(fields: &mut Reader<'_>) -> Result<u32, BerError> {
    let before = *fields;
    u32::try_from(fields.integer()?).map_err(|_| before.error(BerErrorKind::IntegerOutOfRange))
}

/// Decodes `data`; what is accepted must survive re-encoding: an entry point for fuzzing.
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub fn fuzz_security_parameters(data: &[u8]) {
    let Ok(parameters) = SecurityParameters::decode(Reader::new(data)) else {
        return;
    };
    let field = parameters.digest_field();
    assert_eq!(data.get(field), Some(parameters.authentication.rest()));
    let mut encoded = Vec::new();
    let mut writer = Writer::new(&mut encoded);
    let from_end = parameters.encode(&mut writer);
    writer.finish();
    let again = SecurityParameters::decode(Reader::new(&encoded)).ok();
    assert_eq!(
        again.map(|again| again.digest_field().start),
        encoded.len().checked_sub(from_end)
    );
    assert!(!parameters.to_string().contains(char::is_control));
    assert_eq!(
        again.map(|again| again.to_string()),
        Some(parameters.to_string())
    );
}

//! Writing a protected message.

use super::{AuthKey, PrivacyKey, SecurityParameters};
use crate::asn1::{Reader, Tag, Writer};
use crate::message::{HeaderData, ScopedPdu, V3Message};
use crate::security::{SecurityLevel, SecurityModel};

/// A message of SNMPv3 before it is protected. RFC 3414 section 3.1.
#[expect(
    clippy::exhaustive_structs,
    reason = "RFC 3414 closes the set of fields"
)]
#[derive(Clone, Copy, Debug)]
pub struct OutgoingMessage<'a> {
    /// msgID, 0 to 2147483647.
    pub message_id: i32,
    /// msgMaxSize, 484 to 2147483647.
    pub max_size: i32,
    /// Whether a report may answer: so for PDUs of the confirmed class, and for no others.
    pub reportable: bool,
    /// The authoritative engine, or nothing where it has to be discovered.
    pub engine_id: &'a [u8],
    /// The boots of that engine.
    pub boots: u32,
    /// The time of that engine, in seconds.
    pub time: u32,
    /// The user.
    pub user_name: &'a [u8],
    /// What the message says.
    pub scoped_pdu: ScopedPdu<'a>,
}

/// How a message is to be protected. Has the keys that it takes, and no more.
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3411 has these three levels and no room for others"
)]
#[derive(Clone, Copy, Debug)]
pub enum Protection<'a> {
    /// Neither authenticated nor encrypted.
    NoAuthNoPriv,
    /// Authenticated.
    AuthNoPriv(&'a AuthKey),
    /// Authenticated and encrypted.
    AuthPriv {
        /// The key of the digest.
        authentication: &'a AuthKey,
        /// The key of the cipher.
        privacy: &'a PrivacyKey,
        /// A salt that was never used with this key.
        salt: [u8; 8],
    },
}

impl<'a> Protection<'a> {
    /// The level.
    pub const fn level(self) -> SecurityLevel {
        match self {
            Self::NoAuthNoPriv => SecurityLevel::NoAuthNoPriv,
            Self::AuthNoPriv(_) => SecurityLevel::AuthNoPriv,
            Self::AuthPriv { .. } => SecurityLevel::AuthPriv,
        }
    }

    const fn authentication(self) -> Option<&'a AuthKey> {
        match self {
            Self::NoAuthNoPriv => None,
            Self::AuthNoPriv(authentication) | Self::AuthPriv { authentication, .. } => {
                Some(authentication)
            }
        }
    }
}

impl OutgoingMessage<'_> {
    /// Makes the protected message the contents of `out`: encoded, encrypted and signed where it is.
    /// Allocates only while `out` has less room than the message needs.
    pub fn encode(&self, protection: Protection<'_>, out: &mut Vec<u8>) {
        let header = HeaderData {
            message_id: self.message_id,
            max_size: self.max_size,
            flags: protection.level().flags().reportable(self.reportable),
            security_model: SecurityModel::USM.number(),
        };
        let padding = self.padding(protection, out);
        let mut encrypted_len = 0;
        let mut digest_from_end = 0;
        let salt = match &protection {
            Protection::AuthPriv { salt, .. } => &salt[..],
            _ => &[],
        };
        let digest_len = protection
            .authentication()
            .map_or(0, |key| key.protocol().digest_len());
        V3Message::encode_parts(
            header,
            out,
            |writer| match protection {
                Protection::AuthPriv { .. } => {
                    writer.constructed(Tag::OCTET_STRING, |writer| {
                        writer.octets(padding);
                        self.scoped_pdu.encode(writer);
                        encrypted_len = writer.written();
                    });
                }
                _ => self.scoped_pdu.encode(writer),
            },
            |writer| {
                let parameters = SecurityParameters {
                    engine_id: self.engine_id,
                    boots: self.boots,
                    time: self.time,
                    user_name: self.user_name,
                    authentication: Reader::new(ZEROS.get(..digest_len).unwrap_or_default()),
                    privacy: salt,
                };
                digest_from_end = parameters.encode(writer);
            },
        );
        self.protect(protection, out, encrypted_len, digest_from_end);
    }

    /// The octets that the cipher wants behind the scoped PDU. Any would do; these are Net-SNMP's, each
    /// of them their number.
    fn padding(&self, protection: Protection<'_>, scratch: &mut Vec<u8>) -> &'static [u8] {
        let Protection::AuthPriv { privacy, .. } = protection else {
            return &[];
        };
        if privacy.protocol().max_padding() == 0 {
            return &[];
        }
        // The end is written first, so the length has to be known before: beside DES this is nothing.
        let mut writer = Writer::new(scratch);
        self.scoped_pdu.encode(&mut writer);
        match privacy.padding(writer.written()) {
            1 => &[1],
            2 => &[2; 2],
            3 => &[3; 3],
            4 => &[4; 4],
            5 => &[5; 5],
            6 => &[6; 6],
            7 => &[7; 7],
            _ => &[],
        }
    }

    fn protect(
        &self,
        protection: Protection<'_>,
        out: &mut [u8],
        encrypted_len: usize,
        digest_from_end: usize,
    ) {
        if let Protection::AuthPriv { privacy, salt, .. } = protection {
            let start = out.len().saturating_sub(encrypted_len);
            let data = out.get_mut(start..).unwrap_or_default();
            let encrypted = privacy.encrypt(self.boots, self.time, salt, data);
            debug_assert_eq!(encrypted, Ok(()), "the data is padded");
        }
        if let Some(authentication) = protection.authentication() {
            let start = out.len().saturating_sub(digest_from_end);
            let end = start.saturating_add(authentication.protocol().digest_len());
            let signed = authentication.sign(out, start..end);
            debug_assert_eq!(signed, Ok(()), "the digest has its place");
        }
    }
}

/// What stands in the place of the digest.
const ZEROS: [u8; 48] = [0; 48];

//! The protocols a user can be given.

use std::fmt;
use std::str::FromStr;

use super::UnknownProtocol;
use crate::oid;
use crate::smi::{ObjectIdentifier, OidRef};

/// How messages are authenticated. RFC 3414 sections 6 and 7, RFC 7860.
///
/// Prints as Net-SNMP's option `-a` names it, and is parsed from that without regard to case and
/// hyphens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum AuthProtocol {
    /// HMAC-MD5-96: for devices that have nothing better.
    Md5,
    /// HMAC-SHA-96, with SHA-1.
    Sha1,
    /// HMAC-SHA-224, 128 bits of it.
    Sha224,
    /// HMAC-SHA-256, 192 bits of it.
    Sha256,
    /// HMAC-SHA-384, 256 bits of it.
    Sha384,
    /// HMAC-SHA-512, 384 bits of it.
    Sha512,
}

impl AuthProtocol {
    /// All of them, weakest first.
    pub const ALL: [Self; 6] = [
        Self::Md5,
        Self::Sha1,
        Self::Sha224,
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
    ];

    /// The octets of the hash, which are those of a master key and of a localized key.
    pub const fn key_len(self) -> usize {
        match self {
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The octets of the digest in a message: msgAuthenticationParameters.
    pub const fn digest_len(self) -> usize {
        match self {
            Self::Md5 | Self::Sha1 => 12,
            Self::Sha224 => 16,
            Self::Sha256 => 24,
            Self::Sha384 => 32,
            Self::Sha512 => 48,
        }
    }

    /// The name that the MIB modules give it.
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Md5 => oid!(1.3.6.1.6.3.10.1.1.2),
            Self::Sha1 => oid!(1.3.6.1.6.3.10.1.1.3),
            Self::Sha224 => oid!(1.3.6.1.6.3.10.1.1.4),
            Self::Sha256 => oid!(1.3.6.1.6.3.10.1.1.5),
            Self::Sha384 => oid!(1.3.6.1.6.3.10.1.1.6),
            Self::Sha512 => oid!(1.3.6.1.6.3.10.1.1.7),
        }
    }

    /// The protocol of that name.
    pub fn from_oid(oid: OidRef<'_>) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.oid().as_ref() == oid)
    }
}

impl fmt::Display for AuthProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        })
    }
}

impl FromStr for AuthProtocol {
    type Err = UnknownProtocol;

    fn from_str(name: &str) -> Result<Self, UnknownProtocol> {
        if is_named(name, "SHA1") {
            return Ok(Self::Sha1);
        }
        Self::ALL
            .into_iter()
            .find(|protocol| is_named(name, &protocol.to_string()))
            .ok_or(UnknownProtocol)
    }
}

/// How messages are encrypted. RFC 3414 section 8, RFC 3826.
///
/// Where the cipher wants more key than the hash of the authentication protocol yields, two ways to
/// extend it are in use for AES, and both ends have to take the same one: see
/// [`Aes192Blumenthal`](Self::Aes192Blumenthal) and [`Aes192Reeder`](Self::Aes192Reeder).
///
/// Prints as Net-SNMP's option `-x` names it, and is parsed from that without regard to case and
/// hyphens.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum PrivProtocol {
    /// CBC-DES: 56 bits, for devices that have nothing better, and thirty times slower than AES.
    Des,
    /// 3DES-EDE in outer CBC mode (draft-reeder-snmpv3-usm-3desede). Its key is extended in Reeder's
    /// way.
    TripleDes,
    /// CFB128-AES-128. The only AES that is standardized; no extension is ever needed.
    Aes128,
    /// AES-192 with the key extended by hashing it (draft-blumenthal-aes-usm-04), as in Net-SNMP's
    /// `AES-192`.
    Aes192Blumenthal,
    /// AES-256 with the key extended by hashing it (draft-blumenthal-aes-usm-04), as in Net-SNMP's
    /// `AES-256`.
    Aes256Blumenthal,
    /// AES-192 with the key extended by taking it for another pass phrase
    /// (draft-reeder-snmpv3-usm-3desede), as in Cisco devices, PySNMP's plain names and Net-SNMP's
    /// `AES-192-C`. With a hash shorter than the key, localizing costs as much as a pass phrase does.
    Aes192Reeder,
    /// AES-256 with the key extended by taking it for another pass phrase; see
    /// [`Aes192Reeder`](Self::Aes192Reeder).
    Aes256Reeder,
}

impl PrivProtocol {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Des,
        Self::TripleDes,
        Self::Aes128,
        Self::Aes192Blumenthal,
        Self::Aes256Blumenthal,
        Self::Aes192Reeder,
        Self::Aes256Reeder,
    ];

    /// The octets of the localized privacy key: the cipher's key, and for DES and 3DES 8 octets from
    /// which initialization vectors are made.
    pub const fn key_len(self) -> usize {
        match self {
            Self::Des | Self::Aes128 => 16,
            Self::Aes192Blumenthal | Self::Aes192Reeder => 24,
            Self::TripleDes | Self::Aes256Blumenthal | Self::Aes256Reeder => 32,
        }
    }

    /// How many octets may follow the scoped PDU in what was decrypted: for DES and 3DES a whole block,
    /// which PySNMP adds where nothing is missing.
    pub const fn max_padding(self) -> usize {
        if self.is_block_mode() { 8 } else { 0 }
    }

    /// The name that the MIB modules give it; for AES-192 and AES-256, which no standard names, the
    /// one of Cisco's module for Reeder's extension, and PySNMP's for Blumenthal's.
    pub const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::Des => oid!(1.3.6.1.6.3.10.1.2.2),
            Self::TripleDes => oid!(1.3.6.1.6.3.10.1.2.3),
            Self::Aes128 => oid!(1.3.6.1.6.3.10.1.2.4),
            Self::Aes192Blumenthal => oid!(1.3.6.1.4.1.9.12.6.1.1),
            Self::Aes256Blumenthal => oid!(1.3.6.1.4.1.9.12.6.1.2),
            Self::Aes192Reeder => oid!(1.3.6.1.4.1.9.12.6.1.101),
            Self::Aes256Reeder => oid!(1.3.6.1.4.1.9.12.6.1.102),
        }
    }

    /// The protocol of that name.
    pub fn from_oid(oid: OidRef<'_>) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|protocol| protocol.oid().as_ref() == oid)
    }

    /// Whether it encrypts whole blocks only.
    pub(super) const fn is_block_mode(self) -> bool {
        matches!(self, Self::Des | Self::TripleDes)
    }

    /// Whether a short key is extended by taking it for another pass phrase.
    pub(super) const fn is_extended_by_reeder(self) -> bool {
        matches!(
            self,
            Self::TripleDes | Self::Aes192Reeder | Self::Aes256Reeder
        )
    }
}

impl fmt::Display for PrivProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Des => "DES",
            Self::TripleDes => "3DES",
            Self::Aes128 => "AES",
            Self::Aes192Blumenthal => "AES-192",
            Self::Aes256Blumenthal => "AES-256",
            Self::Aes192Reeder => "AES-192-C",
            Self::Aes256Reeder => "AES-256-C",
        })
    }
}

impl FromStr for PrivProtocol {
    type Err = UnknownProtocol;

    fn from_str(name: &str) -> Result<Self, UnknownProtocol> {
        if is_named(name, "AES128") {
            return Ok(Self::Aes128);
        }
        Self::ALL
            .into_iter()
            .find(|protocol| is_named(name, &protocol.to_string()))
            .ok_or(UnknownProtocol)
    }
}

/// Whether both are the same but for case and hyphens.
fn is_named(name: &str, known: &str) -> bool {
    let significant = |name: &str| {
        name.chars()
            .filter(|&character| character != '-')
            .map(|character| character.to_ascii_uppercase())
            .collect::<String>()
    };
    significant(name) == significant(known)
}

//! From pass phrases to keys: RFC 3414 section 2.6 and appendix A.

use std::fmt;

use hmac::KeyInit;
use hmac::digest::common::Key as KeyArray;
use md5::Md5;
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroize;

use super::{AuthKey, AuthProtocol, PrivProtocol, PrivacyKey, Secret, UserError};
use crate::security::EngineId;

#[cfg(test)]
std::thread_local! {
    /// How many pass phrases, or keys to be extended like them, were hashed on this thread.
    pub(crate) static DERIVATIONS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// A user's master key Ku, from which a localized key is made for every engine. RFC 3414 section 2.6.
#[derive(Clone)]
pub struct MasterKey {
    protocol: AuthProtocol,
    key: Secret,
}

impl MasterKey {
    /// The key that `passphrase` yields. Costs a mebibyte of hashing, a millisecond or several: once
    /// per pass phrase, never per message. RFC 3414 appendix A.2.
    ///
    /// Fails if the pass phrase is shorter than 8 octets.
    pub fn from_passphrase(protocol: AuthProtocol, passphrase: &[u8]) -> Result<Self, UserError> {
        check_passphrase(passphrase)?;
        Ok(Self {
            protocol,
            key: hash_repeated(protocol, passphrase),
        })
    }

    /// The key of these octets, as many as the hash of `protocol` has.
    pub fn new(protocol: AuthProtocol, octets: &[u8]) -> Result<Self, UserError> {
        check_length(octets, protocol.key_len())?;
        Ok(Self {
            protocol,
            key: Secret::new(octets),
        })
    }

    /// The user's key at one engine. Costs a hash of some 100 octets.
    pub fn localize(&self, engine_id: &EngineId) -> LocalizedKey {
        LocalizedKey {
            protocol: self.protocol,
            engine_id: *engine_id,
            key: localized(self.protocol, &self.key, engine_id),
        }
    }

    /// The octets, which are as secret as the pass phrase.
    pub const fn secret(&self) -> &Secret {
        &self.key
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({}, ..)", self.protocol)
    }
}

/// A user's key at one engine: Kul. RFC 3414 section 2.6.
#[derive(Clone)]
pub struct LocalizedKey {
    protocol: AuthProtocol,
    engine_id: EngineId,
    key: Secret,
}

impl LocalizedKey {
    /// The key of these octets at `engine_id`, as many as the hash of `protocol` has.
    pub fn new(
        protocol: AuthProtocol,
        engine_id: &EngineId,
        octets: &[u8],
    ) -> Result<Self, UserError> {
        check_length(octets, protocol.key_len())?;
        Ok(Self {
            protocol,
            engine_id: *engine_id,
            key: Secret::new(octets),
        })
    }

    /// The octets.
    pub const fn secret(&self) -> &Secret {
        &self.key
    }

    /// The keyed state that signs messages and checks them.
    pub fn authentication(&self) -> AuthKey {
        AuthKey::new(self.protocol, self.key.expose())
    }

    /// The keyed state that encrypts messages and decrypts them.
    pub fn privacy(&self, protocol: PrivProtocol) -> PrivacyKey {
        PrivacyKey::of_secret(protocol, self.privacy_secret(protocol).expose())
    }

    /// The key in the length that `protocol` uses: cut off, or extended in that protocol's way. With
    /// Reeder's extension a mebibyte is hashed for every piece that is missing.
    pub fn privacy_secret(&self, protocol: PrivProtocol) -> Secret {
        let wanted = protocol.key_len();
        // The key and its extensions, one after the other.
        let mut pieces = vec![self.key.clone()];
        let total = |pieces: &[Secret]| pieces.len().saturating_mul(self.protocol.key_len());
        while total(&pieces) < wanted {
            let next = if protocol.is_extended_by_reeder() {
                let last = pieces.last().map(Secret::expose).unwrap_or_default();
                let master = hash_repeated(self.protocol, last);
                localized(self.protocol, &master, &self.engine_id)
            } else {
                hash(self.protocol, pieces.iter().map(Secret::expose))
            };
            pieces.push(next);
        }
        Secret::filled(wanted, |octets| {
            let pieces = pieces.iter().flat_map(|piece| piece.expose());
            for (to, from) in octets.iter_mut().zip(pieces) {
                *to = *from;
            }
        })
    }
}

impl fmt::Debug for LocalizedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalizedKey({}, {}, ..)", self.protocol, self.engine_id)
    }
}

/// RFC 3414 section 11.2.
pub(super) const fn check_passphrase(passphrase: &[u8]) -> Result<(), UserError> {
    if passphrase.len() < 8 {
        return Err(UserError::PassphraseTooShort);
    }
    Ok(())
}

pub(super) const fn check_length(octets: &[u8], expected: usize) -> Result<(), UserError> {
    if octets.len() != expected {
        return Err(UserError::KeyLength {
            expected,
            found: octets.len(),
        });
    }
    Ok(())
}

/// The hash of `parts`, one after the other.
pub(super) fn hash<'a>(
    protocol: AuthProtocol,
    parts: impl IntoIterator<Item = &'a [u8]>,
) -> Secret {
    match protocol {
        AuthProtocol::Md5 => hash_with::<Md5>(parts),
        AuthProtocol::Sha1 => hash_with::<Sha1>(parts),
        AuthProtocol::Sha224 => hash_with::<Sha224>(parts),
        AuthProtocol::Sha256 => hash_with::<Sha256>(parts),
        AuthProtocol::Sha384 => hash_with::<Sha384>(parts),
        AuthProtocol::Sha512 => hash_with::<Sha512>(parts),
    }
}

fn hash_with<'a, D: Digest>(parts: impl IntoIterator<Item = &'a [u8]>) -> Secret {
    let mut digest = D::new();
    for part in parts {
        digest.update(part);
    }
    let mut output = digest.finalize();
    let secret = Secret::new(&output);
    output.as_mut_slice().zeroize();
    secret
}

/// The keyed state of `key`. Zeros stand behind a shorter key, as HMAC wants it; ciphers are given
/// keys of their own length.
pub(super) fn keyed<K: KeyInit>(key: &[u8]) -> K {
    let mut array = KeyArray::<K>::default();
    for (to, from) in array.iter_mut().zip(key) {
        *to = *from;
    }
    let keyed = K::new(&array);
    array.as_mut_slice().zeroize();
    keyed
}

/// RFC 3414 section 2.6: the key, the engine and the key again.
fn localized(protocol: AuthProtocol, master: &Secret, engine_id: &EngineId) -> Secret {
    let key = master.expose();
    hash(protocol, [key, engine_id.octets(), key])
}

/// The number of octets that a pass phrase is repeated to.
const REPEATED: usize = 1 << 20;

/// The hash of a mebibyte of `passphrase`, repeated and cut off.
fn hash_repeated(protocol: AuthProtocol, passphrase: &[u8]) -> Secret {
    #[cfg(test)]
    DERIVATIONS.with(|count| count.set(count.get() + 1));
    // Repeated up to a few kibibytes first, so that the hash is not fed in crumbs.
    const CHUNK: usize = 4096;
    let times = CHUNK.div_ceil(passphrase.len().max(1));
    let len = passphrase.len().saturating_mul(times);
    let chunk = Secret::filled(len, |octets| {
        for (to, from) in octets.iter_mut().zip(passphrase.iter().cycle()) {
            *to = *from;
        }
    });
    let whole = REPEATED.checked_div(len).unwrap_or(0);
    let rest = REPEATED.checked_rem(len).unwrap_or(0);
    let whole_chunks = std::iter::repeat_n(chunk.expose(), whole);
    hash(protocol, whole_chunks.chain(chunk.expose().get(..rest)))
}

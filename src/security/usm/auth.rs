//! Signing messages and checking their digests. RFC 3414 sections 6 and 7, RFC 7860 section 4.

use std::fmt;
use std::ops::Range;

use hmac::block_api::HmacCore;
use hmac::digest::block_api::{Buffer, CoreProxy};
use hmac::{EagerHash, Hmac, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::Zeroize;

use super::keys::keyed;
use super::{AuthProtocol, AuthenticationError};

/// What stands in the place of the digest while it is computed.
const ZEROS: [u8; 48] = [0; 48];

/// A localized authentication key as the state of its hash after the key: to be kept per user and
/// engine, so that a message costs no more than its own digest.
#[derive(Clone)]
pub struct AuthKey {
    protocol: AuthProtocol,
    keyed: Keyed,
}

/// Without the buffer that each digest needs: what is read for each message fits a line or two of the cache.
#[derive(Clone)]
enum Keyed {
    Md5(HmacCore<Md5>),
    Sha1(HmacCore<Sha1>),
    Sha224(HmacCore<Sha224>),
    Sha256(HmacCore<Sha256>),
    Sha384(HmacCore<Sha384>),
    Sha512(HmacCore<Sha512>),
}

impl AuthKey {
    /// The state for the localized key `key`.
    pub(super) fn new(protocol: AuthProtocol, key: &[u8]) -> Self {
        let keyed = match protocol {
            AuthProtocol::Md5 => Keyed::Md5(keyed(key)),
            AuthProtocol::Sha1 => Keyed::Sha1(keyed(key)),
            AuthProtocol::Sha224 => Keyed::Sha224(keyed(key)),
            AuthProtocol::Sha256 => Keyed::Sha256(keyed(key)),
            AuthProtocol::Sha384 => Keyed::Sha384(keyed(key)),
            AuthProtocol::Sha512 => Keyed::Sha512(keyed(key)),
        };
        Self { protocol, keyed }
    }

    /// The protocol.
    pub const fn protocol(&self) -> AuthProtocol {
        self.protocol
    }

    /// Writes the digest of `message` to its place in it, `field`, which has to be of
    /// [`digest_len`](AuthProtocol::digest_len) octets. RFC 3414 section 6.3.1.
    ///
    /// Fails if there is no such place.
    pub fn sign(&self, message: &mut [u8], field: Range<usize>) -> Result<(), AuthenticationError> {
        if field.len() != self.protocol.digest_len() {
            return Err(AuthenticationError);
        }
        message
            .get_mut(field.clone())
            .ok_or(AuthenticationError)?
            .fill(0);
        match &self.keyed {
            Keyed::Md5(keyed) => sign(keyed, message, field),
            Keyed::Sha1(keyed) => sign(keyed, message, field),
            Keyed::Sha224(keyed) => sign(keyed, message, field),
            Keyed::Sha256(keyed) => sign(keyed, message, field),
            Keyed::Sha384(keyed) => sign(keyed, message, field),
            Keyed::Sha512(keyed) => sign(keyed, message, field),
        }
        Ok(())
    }

    /// Whether the digest in `message` at `field` is right, in a time that does not depend on how much
    /// of it is. The message stays as it is. RFC 3414 section 6.3.2.
    pub fn verify(&self, message: &[u8], field: Range<usize>) -> Result<(), AuthenticationError> {
        if field.len() != self.protocol.digest_len() {
            return Err(AuthenticationError);
        }
        let (before, rest) = message
            .split_at_checked(field.start)
            .ok_or(AuthenticationError)?;
        let (digest, after) = rest
            .split_at_checked(field.len())
            .ok_or(AuthenticationError)?;
        let parts = [before, ZEROS.get(..digest.len()).unwrap_or_default(), after];
        match &self.keyed {
            Keyed::Md5(keyed) => verify(keyed, parts, digest),
            Keyed::Sha1(keyed) => verify(keyed, parts, digest),
            Keyed::Sha224(keyed) => verify(keyed, parts, digest),
            Keyed::Sha256(keyed) => verify(keyed, parts, digest),
            Keyed::Sha384(keyed) => verify(keyed, parts, digest),
            Keyed::Sha512(keyed) => verify(keyed, parts, digest),
        }
    }
}

impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthKey({}, ..)", self.protocol)
    }
}

fn begin<D: EagerHash>(keyed: &HmacCore<D>) -> Hmac<D> {
    Hmac::compose(keyed.clone(), Buffer::<HmacCore<D>>::default())
}

fn sign<D: EagerHash>(keyed: &HmacCore<D>, message: &mut [u8], field: Range<usize>) {
    let mut mac = begin(keyed);
    mac.update(message);
    let mut digest = mac.finalize().into_bytes();
    if let Some(field) = message.get_mut(field) {
        for (to, from) in field.iter_mut().zip(&digest) {
            *to = *from;
        }
    }
    digest.as_mut_slice().zeroize();
}

fn verify<D: EagerHash>(
    keyed: &HmacCore<D>,
    parts: [&[u8]; 3],
    digest: &[u8],
) -> Result<(), AuthenticationError> {
    let mut mac = begin(keyed);
    for part in parts {
        mac.update(part);
    }
    mac.verify_truncated_left(digest)
        .map_err(|_| AuthenticationError)
}

//! What nobody may see.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::security::EngineId;

/// Secret octets: overwritten when dropped, without `==`, and not shown by `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(Box<[u8]>);

impl Secret {
    /// A secret of its own. The caller's octets stay what they are.
    pub fn new(octets: &[u8]) -> Self {
        Self(octets.into())
    }

    /// The octets: for those who need them and will not print them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Whether both are the same octets, in a time that depends on the lengths alone.
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    /// A secret of `len` octets, which `fill` writes over zeros.
    pub(super) fn filled(len: usize, fill: impl FnOnce(&mut [u8])) -> Self {
        let mut octets = vec![0; len].into_boxed_slice();
        fill(&mut octets);
        Self(octets)
    }
}

impl<T: AsRef<[u8]> + ?Sized> From<&T> for Secret {
    fn from(octets: &T) -> Self {
        Self::new(octets.as_ref())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The form in which somebody has a user's key. PySNMP's key types.
///
/// A string is a pass phrase: `"pass phrase".into()`.
#[expect(clippy::exhaustive_enums, reason = "these are the stages of a key")]
#[derive(Clone, Debug)]
pub enum Key {
    /// A pass phrase of at least 8 octets, from which the master key is derived. RFC 3414 section
    /// 11.2.
    Passphrase(Secret),
    /// The master key Ku, of the length that the authentication protocol's hash has; the same for
    /// every engine.
    Master(Secret),
    /// The localized key Kul, good for one engine only. A privacy key may be given in the length that
    /// its protocol uses or longer, or in the length of the hash and is then extended.
    Localized(EngineId, Secret),
}

impl Key {
    /// A pass phrase.
    pub fn passphrase(passphrase: impl AsRef<[u8]>) -> Self {
        Self::Passphrase(Secret::new(passphrase.as_ref()))
    }

    /// A master key.
    pub fn master(octets: impl AsRef<[u8]>) -> Self {
        Self::Master(Secret::new(octets.as_ref()))
    }

    /// A key that is localized to the engine `engine_id`.
    pub fn localized(engine_id: EngineId, octets: impl AsRef<[u8]>) -> Self {
        Self::Localized(engine_id, Secret::new(octets.as_ref()))
    }

    /// Whether both are the same key in the same form, in a time that does not depend on the secret.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Passphrase(a), Self::Passphrase(b)) | (Self::Master(a), Self::Master(b)) => {
                a.is_same(b)
            }
            (Self::Localized(engine, a), Self::Localized(other_engine, b)) => {
                engine == other_engine && a.is_same(b)
            }
            _ => false,
        }
    }
}

impl From<&str> for Key {
    fn from(passphrase: &str) -> Self {
        Self::passphrase(passphrase)
    }
}

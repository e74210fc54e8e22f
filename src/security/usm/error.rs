//! What goes wrong with users and keys.

use std::error::Error;
use std::fmt;

use crate::security::SecurityLevel;

/// Why there is no such user, or no key for that engine. Says nothing of what the secret is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum UserError {
    /// The name is not of 1 to 32 octets.
    NameLength,
    /// The pass phrase is shorter than 8 octets. RFC 3414 section 11.2.
    PassphraseTooShort,
    /// The key has another length than its protocol asks for.
    KeyLength {
        /// The octets asked for.
        expected: usize,
        /// The octets given.
        found: usize,
    },
    /// The key is localized to another engine.
    OtherEngine,
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NameLength => "user name not of 1 to 32 octets",
            Self::PassphraseTooShort => "pass phrase of fewer than 8 octets",
            Self::KeyLength { expected, found } => {
                return write!(f, "key of {found} octets instead of {expected}");
            }
            Self::OtherEngine => "key localized to another engine",
        })
    }
}

impl Error for UserError {}

/// The name is none of a protocol.
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct UnknownProtocol;

impl fmt::Display for UnknownProtocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown protocol")
    }
}

impl Error for UnknownProtocol {}

/// The digest of a message is wrong, or there is no room for one: authenticationFailure. RFC 3414
/// section 6.3.2.
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct AuthenticationError;

impl fmt::Display for AuthenticationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("wrong digest")
    }
}

impl Error for AuthenticationError {}

/// The octets cannot be encrypted or decrypted: a salt that is not of 8 octets, or a block that is
/// not whole. RFC 3414 section 8.3.2.
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PrivacyError;

impl fmt::Display for PrivacyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("wrong length of salt or encrypted data")
    }
}

impl Error for PrivacyError {}

/// Why a message cannot be protected as asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum SealError {
    /// The user has no keys for this level: unsupportedSecurityLevel.
    UnsupportedLevel(SecurityLevel),
    /// No salt is left for this cipher before the next boot: encryptionError.
    SaltsExhausted,
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnsupportedLevel(level) => write!(f, "user has no keys for {level}"),
            Self::SaltsExhausted => f.write_str("no salt left in this boot"),
        }
    }
}

impl Error for SealError {}

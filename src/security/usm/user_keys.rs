//! A user's keys at one engine.

use super::{AuthKey, PrivacyKey, Protection, Salts, SealError};
use crate::security::SecurityLevel;

/// The keys of a user at one engine, ready for use: to be kept as long as the engine is spoken to.
#[derive(Clone, Debug)]
pub struct UserKeys(Keys);

#[derive(Clone, Debug)]
enum Keys {
    None,
    Auth(AuthKey),
    AuthPriv(AuthKey, PrivacyKey),
}

impl UserKeys {
    /// No keys: a user who is not authenticated.
    pub const fn none() -> Self {
        Self(Keys::None)
    }

    /// For a user who is authenticated.
    pub const fn auth(authentication: AuthKey) -> Self {
        Self(Keys::Auth(authentication))
    }

    /// For a user whose messages are encrypted too.
    pub const fn auth_priv(authentication: AuthKey, privacy: PrivacyKey) -> Self {
        Self(Keys::AuthPriv(authentication, privacy))
    }

    /// The highest level that the keys are good for.
    pub const fn level(&self) -> SecurityLevel {
        match self.0 {
            Keys::None => SecurityLevel::NoAuthNoPriv,
            Keys::Auth(_) => SecurityLevel::AuthNoPriv,
            Keys::AuthPriv(..) => SecurityLevel::AuthPriv,
        }
    }

    /// The key of the digest.
    pub const fn authentication(&self) -> Option<&AuthKey> {
        match &self.0 {
            Keys::None => None,
            Keys::Auth(authentication) | Keys::AuthPriv(authentication, _) => Some(authentication),
        }
    }

    /// The key of the cipher.
    pub const fn privacy(&self) -> Option<&PrivacyKey> {
        match &self.0 {
            Keys::AuthPriv(_, privacy) => Some(privacy),
            Keys::None | Keys::Auth(_) => None,
        }
    }

    /// The protection of one message at `level`, which may be lower than the keys allow. Takes a salt
    /// if it is encrypted.
    pub fn protection(
        &self,
        level: SecurityLevel,
        salts: &mut Salts,
    ) -> Result<Protection<'_>, SealError> {
        match (level, &self.0) {
            (SecurityLevel::NoAuthNoPriv, _) => Ok(Protection::NoAuthNoPriv),
            (
                SecurityLevel::AuthNoPriv,
                Keys::Auth(authentication) | Keys::AuthPriv(authentication, _),
            ) => Ok(Protection::AuthNoPriv(authentication)),
            (SecurityLevel::AuthPriv, Keys::AuthPriv(authentication, privacy)) => {
                Ok(Protection::AuthPriv {
                    authentication,
                    privacy,
                    salt: salts
                        .next(privacy.protocol())
                        .ok_or(SealError::SaltsExhausted)?,
                })
            }
            _ => Err(SealError::UnsupportedLevel(level)),
        }
    }
}

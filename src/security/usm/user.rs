//! Users.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::keys::{check_length, check_passphrase};
use super::parameters::MAX_USER_NAME;
use super::{
    AuthProtocol, Key, LocalizedKey, MasterKey, PrivProtocol, PrivacyKey, UserError, UserKeys,
};
use crate::security::{EngineId, SecurityLevel};

/// A user, built up step by step: a name, then authentication, then privacy.
///
/// Each step checks what it is given and computes nothing. A privacy key without an authentication
/// key does not compile, as RFC 3411 has no such level:
///
/// ```compile_fail,E0599
/// use deferred_snmp::security::usm::{PrivProtocol, UsmUser};
///
/// let user = UsmUser::new("joe")?.privacy(PrivProtocol::Aes128, "privacy phrase")?;
/// # Ok::<(), deferred_snmp::security::usm::UserError>(())
/// ```
///
/// ```
/// use deferred_snmp::security::SecurityLevel;
/// use deferred_snmp::security::usm::{AuthProtocol, PrivProtocol, User, UserError, UsmUser};
///
/// let user: User = UsmUser::new("joe")?
///     .auth(AuthProtocol::Sha256, "authentication phrase")?
///     .privacy(PrivProtocol::Aes128, "privacy phrase")?
///     .into();
/// assert_eq!(user.level(), SecurityLevel::AuthPriv);
///
/// let refused = UsmUser::new("joe")?.auth(AuthProtocol::Sha256, "short");
/// assert_eq!(refused.err(), Some(UserError::PassphraseTooShort));
/// # Ok::<(), UserError>(())
/// ```
#[derive(Clone, Debug)]
pub struct UsmUser<S = NoAuth> {
    name: Box<[u8]>,
    step: S,
}

/// A [`UsmUser`] with a name only.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NoAuth;

/// A [`UsmUser`] with an authentication key.
#[derive(Clone, Debug)]
pub struct Auth(Authentication);

/// A [`UsmUser`] with an authentication key and a privacy key.
#[derive(Clone, Debug)]
pub struct AuthPriv(Authentication, Privacy);

impl UsmUser {
    /// A user with a name of 1 to 32 octets, whose messages anybody could have sent.
    pub fn new(name: impl AsRef<[u8]>) -> Result<Self, UserError> {
        let name = name.as_ref();
        if name.is_empty() || name.len() > MAX_USER_NAME {
            return Err(UserError::NameLength);
        }
        Ok(Self {
            name: name.into(),
            step: NoAuth,
        })
    }

    /// The same user, authenticated.
    pub fn auth(
        self,
        protocol: AuthProtocol,
        key: impl Into<Key>,
    ) -> Result<UsmUser<Auth>, UserError> {
        Ok(UsmUser {
            name: self.name,
            step: Auth(Authentication::new(protocol, key.into())?),
        })
    }
}

impl UsmUser<Auth> {
    /// The same user, whose messages are encrypted too.
    pub fn privacy(
        self,
        protocol: PrivProtocol,
        key: impl Into<Key>,
    ) -> Result<UsmUser<AuthPriv>, UserError> {
        let Auth(authentication) = self.step;
        let privacy = Privacy::new(protocol, key.into(), authentication.protocol)?;
        Ok(UsmUser {
            name: self.name,
            step: AuthPriv(authentication, privacy),
        })
    }
}

/// A user of any level. Cheap to clone, and shared by all clones: what is derived from pass phrases is
/// derived once.
#[derive(Clone)]
pub struct User(Arc<Inner>);

struct Inner {
    name: Box<[u8]>,
    secrets: Secrets,
    masters: OnceLock<Masters>,
}

enum Secrets {
    None,
    Auth(Authentication),
    AuthPriv(Authentication, Privacy),
}

/// The master keys, where there is one behind the key that was given.
struct Masters {
    authentication: Option<MasterKey>,
    privacy: Option<MasterKey>,
}

impl User {
    /// Who has no name, and asks for that of an engine. RFC 3414 section 4.
    pub(crate) fn nobody() -> Self {
        Self(Arc::new(Inner {
            name: Box::default(),
            secrets: Secrets::None,
            masters: OnceLock::new(),
        }))
    }

    /// The name on the wire.
    pub fn name(&self) -> &[u8] {
        &self.0.name
    }

    /// The highest level that the user can speak at.
    pub fn level(&self) -> SecurityLevel {
        match self.0.secrets {
            Secrets::None => SecurityLevel::NoAuthNoPriv,
            Secrets::Auth(_) => SecurityLevel::AuthNoPriv,
            Secrets::AuthPriv(..) => SecurityLevel::AuthPriv,
        }
    }

    /// How the user is authenticated.
    pub fn auth_protocol(&self) -> Option<AuthProtocol> {
        self.authentication().map(|secret| secret.protocol)
    }

    /// How the user's messages are encrypted.
    pub fn priv_protocol(&self) -> Option<PrivProtocol> {
        self.privacy().map(|secret| secret.protocol)
    }

    /// Whether both are the same user with the same keys in the same form. Takes a time that does not
    /// depend on the secrets.
    pub fn is_same(&self, other: &Self) -> bool {
        if self.is_clone_of(other) {
            return true;
        }
        let same_authentication = match (self.authentication(), other.authentication()) {
            (Some(a), Some(b)) => a.protocol == b.protocol && a.key.is_same(&b.key),
            (a, b) => a.is_none() && b.is_none(),
        };
        let same_privacy = match (self.privacy(), other.privacy()) {
            (Some(a), Some(b)) => a.protocol == b.protocol && a.key.is_same(&b.key),
            (a, b) => a.is_none() && b.is_none(),
        };
        self.name() == other.name() && same_authentication & same_privacy
    }

    /// Whether one is a clone of the other: what [`User::is_same`] finds out without a comparison.
    pub(crate) fn is_clone_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The user's keys at the engine `engine_id`.
    ///
    /// The first call on a user or one of its clones turns pass phrases into master keys, which takes
    /// milliseconds; if both phrases are the same, once. Apart from that it takes microseconds, or
    /// milliseconds again for a key in need of Reeder's extension.
    ///
    /// Fails if a key is localized to another engine.
    pub fn localize(&self, engine_id: &EngineId) -> Result<UserKeys, UserError> {
        let masters = self.0.masters.get_or_init(|| self.derive(master));
        match &self.0.secrets {
            Secrets::None => Ok(UserKeys::none()),
            Secrets::Auth(authentication) => {
                let key = authentication.localize(masters, engine_id)?;
                Ok(UserKeys::auth(key.authentication()))
            }
            Secrets::AuthPriv(authentication, privacy) => {
                let key = authentication.localize(masters, engine_id)?;
                let privacy = privacy.localize(masters, authentication.protocol, engine_id)?;
                Ok(UserKeys::auth_priv(key.authentication(), privacy))
            }
        }
    }

    /// The user's authentication key at the engine `engine_id`, which never costs more than a short hash
    /// once the master keys are there.
    pub(crate) fn localize_authentication(
        &self,
        engine_id: &EngineId,
    ) -> Result<UserKeys, UserError> {
        let masters = self.0.masters.get_or_init(|| self.derive(master));
        match self.authentication() {
            None => Ok(UserKeys::none()),
            Some(authentication) => {
                let key = authentication.localize(masters, engine_id)?;
                Ok(UserKeys::auth(key.authentication()))
            }
        }
    }

    /// Turns pass phrases into master keys, less those that one of `others` has turned already.
    pub(crate) fn derive_beside(&self, others: &[Self]) {
        self.0.masters.get_or_init(|| {
            self.derive(|protocol, key| {
                let made = others.iter().find_map(|other| other.made(protocol, key));
                made.or_else(|| master(protocol, key))
            })
        });
    }

    /// The master key that this user's secrets have yielded for `key`.
    fn made(&self, protocol: AuthProtocol, key: &Key) -> Option<MasterKey> {
        let masters = self.0.masters.get()?;
        let authentication = self.authentication()?;
        if authentication.protocol != protocol {
            return None;
        }
        if authentication.key.is_same(key) {
            return masters.authentication.clone();
        }
        let privacy = self.privacy()?;
        privacy.key.is_same(key).then(|| masters.privacy.clone())?
    }

    fn derive(&self, master: impl Fn(AuthProtocol, &Key) -> Option<MasterKey>) -> Masters {
        let authentication = self
            .authentication()
            .and_then(|secret| master(secret.protocol, &secret.key));
        let privacy = match (self.authentication(), self.privacy()) {
            (Some(authentication_secret), Some(secret)) => {
                if secret.key.is_same(&authentication_secret.key) {
                    authentication.clone()
                } else {
                    master(authentication_secret.protocol, &secret.key)
                }
            }
            _ => None,
        };
        Masters {
            authentication,
            privacy,
        }
    }

    fn authentication(&self) -> Option<&Authentication> {
        match &self.0.secrets {
            Secrets::None => None,
            Secrets::Auth(authentication) | Secrets::AuthPriv(authentication, _) => {
                Some(authentication)
            }
        }
    }

    fn privacy(&self) -> Option<&Privacy> {
        match &self.0.secrets {
            Secrets::AuthPriv(_, privacy) => Some(privacy),
            Secrets::None | Secrets::Auth(_) => None,
        }
    }

    fn with(name: Box<[u8]>, secrets: Secrets) -> Self {
        Self(Arc::new(Inner {
            name,
            secrets,
            masters: OnceLock::new(),
        }))
    }
}

impl From<UsmUser<NoAuth>> for User {
    fn from(user: UsmUser<NoAuth>) -> Self {
        Self::with(user.name, Secrets::None)
    }
}

impl From<UsmUser<Auth>> for User {
    fn from(user: UsmUser<Auth>) -> Self {
        let Auth(authentication) = user.step;
        Self::with(user.name, Secrets::Auth(authentication))
    }
}

impl From<UsmUser<AuthPriv>> for User {
    fn from(user: UsmUser<AuthPriv>) -> Self {
        let AuthPriv(authentication, privacy) = user.step;
        Self::with(user.name, Secrets::AuthPriv(authentication, privacy))
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("name", &format_args!("{}", self.name().escape_ascii()))
            .field("auth", &self.auth_protocol())
            .field("privacy", &self.priv_protocol())
            .finish_non_exhaustive()
    }
}

/// A protocol and a key in the form that it was given.
#[derive(Clone, Debug)]
struct Authentication {
    protocol: AuthProtocol,
    key: Key,
}

impl Authentication {
    fn new(protocol: AuthProtocol, key: Key) -> Result<Self, UserError> {
        match &key {
            Key::Passphrase(secret) => check_passphrase(secret.expose())?,
            Key::Master(secret) | Key::Localized(_, secret) => {
                check_length(secret.expose(), protocol.key_len())?;
            }
        }
        Ok(Self { protocol, key })
    }

    fn localize(&self, masters: &Masters, engine_id: &EngineId) -> Result<LocalizedKey, UserError> {
        match (&self.key, &masters.authentication) {
            (Key::Localized(at, secret), _) if at == engine_id => {
                LocalizedKey::new(self.protocol, engine_id, secret.expose())
            }
            (_, Some(master)) => Ok(master.localize(engine_id)),
            _ => Err(UserError::OtherEngine),
        }
    }
}

/// A protocol and a key in the form that it was given.
#[derive(Clone, Debug)]
struct Privacy {
    protocol: PrivProtocol,
    key: Key,
}

impl Privacy {
    fn new(protocol: PrivProtocol, key: Key, hash: AuthProtocol) -> Result<Self, UserError> {
        match &key {
            Key::Passphrase(secret) => check_passphrase(secret.expose())?,
            Key::Master(secret) => check_length(secret.expose(), hash.key_len())?,
            Key::Localized(_, secret) => {
                let length = secret.expose().len();
                if length < protocol.key_len() && length != hash.key_len() {
                    return Err(UserError::KeyLength {
                        expected: protocol.key_len(),
                        found: length,
                    });
                }
            }
        }
        Ok(Self { protocol, key })
    }

    fn localize(
        &self,
        masters: &Masters,
        hash: AuthProtocol,
        engine_id: &EngineId,
    ) -> Result<PrivacyKey, UserError> {
        match (&self.key, &masters.privacy) {
            (Key::Localized(at, secret), _) if at == engine_id => {
                match secret.expose().get(..self.protocol.key_len()) {
                    Some(octets) => PrivacyKey::new(self.protocol, octets),
                    None => {
                        Ok(LocalizedKey::new(hash, engine_id, secret.expose())?
                            .privacy(self.protocol))
                    }
                }
            }
            (_, Some(master)) => Ok(master.localize(engine_id).privacy(self.protocol)),
            _ => Err(UserError::OtherEngine),
        }
    }
}

/// The master key behind `key`, which has been checked.
fn master(protocol: AuthProtocol, key: &Key) -> Option<MasterKey> {
    match key {
        Key::Passphrase(secret) => MasterKey::from_passphrase(protocol, secret.expose()).ok(),
        Key::Master(secret) => MasterKey::new(protocol, secret.expose()).ok(),
        Key::Localized(..) => None,
    }
}

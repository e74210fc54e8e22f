//! A user of SNMPv3.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::engine::{Credentials, UsmCredentials};
use crate::security::usm::{
    Auth, AuthPriv, AuthProtocol, Key, NoAuth, PrivProtocol, User, UserEntry, UserError, UsmUser,
};
use crate::security::{EngineId, SecurityLevel};

use super::auth::AuthData;
use super::error::SnmpError;

/// A user of SNMPv3 and the keys (PySNMP's `UsmUserData`).
///
/// A value to keep and share: cloning it copies nothing, and what is derived from its pass phrases is
/// derived once for all its clones. Messages go at the highest level that the user has keys for. What
/// is wrong with a name or a key (a pass phrase that is too short, for example) is an error of the
/// operation that the value is used for.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::{AuthProtocol, PrivProtocol, UsmUserData};
///
/// let user = UsmUserData::new("usr-sha-aes")
///     .auth(AuthProtocol::Sha1, "authkey1")
///     .privacy(PrivProtocol::Aes128, "privkey1");
/// let nobody_in_particular = UsmUserData::new("usr-none-none");
/// ```
///
/// A privacy key without an authentication key does not compile:
///
/// ```compile_fail,E0599
/// use deferred_snmp::hlapi::{PrivProtocol, UsmUserData};
///
/// let user = UsmUserData::new("joe").privacy(PrivProtocol::Aes128, "privkey1");
/// ```
pub struct UsmUserData<S = NoAuth>(Arc<Inner<S>>);

struct Inner<S> {
    user: Result<UsmUser<S>, UserError>,
    options: Options,
    /// Made when it is first used.
    credentials: OnceLock<Result<UsmCredentials, UserError>>,
}

#[derive(Clone, Default)]
struct Options {
    level: Option<SecurityLevel>,
    at: At,
    security_name: Option<Box<[u8]>>,
}

/// PySNMP's `securityEngineId`.
#[derive(Clone, Copy, Default)]
enum At {
    #[default]
    Discovered,
    Engine(EngineId),
    Any,
}

impl UsmUserData {
    /// The user `name`, without keys: whose messages anybody could have sent.
    pub fn new(name: impl AsRef<[u8]>) -> Self {
        Self::with(UsmUser::new(name), Options::default())
    }

    /// The same user, authenticated. A string is a pass phrase of at least 8 characters.
    #[must_use]
    pub fn auth(self, protocol: AuthProtocol, key: impl Into<Key>) -> UsmUserData<Auth> {
        let Inner { user, options, .. } = Arc::unwrap_or_clone(self.0);
        UsmUserData::with(user.and_then(|user| user.auth(protocol, key)), options)
    }
}

impl UsmUserData<Auth> {
    /// The same user, whose messages are encrypted too.
    #[must_use]
    pub fn privacy(self, protocol: PrivProtocol, key: impl Into<Key>) -> UsmUserData<AuthPriv> {
        let Inner { user, options, .. } = Arc::unwrap_or_clone(self.0);
        UsmUserData::with(user.and_then(|user| user.privacy(protocol, key)), options)
    }
}

impl<S: Clone> UsmUserData<S>
where
    User: From<UsmUser<S>>,
{
    /// Messages at `level`, where it is not the highest one that the user has keys for.
    #[must_use]
    pub fn level(self, level: SecurityLevel) -> Self {
        self.change(|options| options.level = Some(level))
    }

    /// The engine that the user belongs to (PySNMP's `securityEngineId`). A request is for this engine
    /// then, which is not asked for its name; in [`SnmpEngine::add_v3_user`], it is the sender of
    /// traps. Default the engine that is asked, or the one that the user is added to.
    ///
    /// [`SnmpEngine::add_v3_user`]: super::SnmpEngine::add_v3_user
    #[must_use]
    pub fn security_engine_id(self, engine_id: EngineId) -> Self {
        self.change(|options| options.at = At::Engine(engine_id))
    }

    /// The user belongs to every engine (PySNMP's `securityEngineId` 0x0000000000): added once, it sends a
    /// receiver both traps, from whatever engine, and informs, if it has the keys. Requests to this engine are
    /// served as well, as access control permits.
    ///
    /// A trap that claims to be from an engine not heard of before costs a hash of some 100 octets, whoever
    /// has sent it.
    #[must_use]
    pub fn any_engine(self) -> Self {
        self.change(|options| options.at = At::Any)
    }

    /// The name by which access control knows the user; the user's own unless given.
    #[must_use]
    pub fn security_name(self, name: impl AsRef<[u8]>) -> Self {
        self.change(|options| options.security_name = Some(name.as_ref().into()))
    }

    fn with(user: Result<UsmUser<S>, UserError>, options: Options) -> Self {
        Self(Arc::new(Inner {
            user,
            options,
            credentials: OnceLock::new(),
        }))
    }

    fn change(self, change: impl FnOnce(&mut Options)) -> Self {
        let Inner {
            user, mut options, ..
        } = Arc::unwrap_or_clone(self.0);
        change(&mut options);
        Self::with(user, options)
    }

    fn usm(&self) -> Result<&UsmCredentials, SnmpError> {
        let Inner { user, options, .. } = &*self.0;
        let make = || {
            let mut credentials = UsmCredentials::new(user.clone()?);
            if let Some(level) = options.level {
                credentials = credentials.at_level(level);
            }
            if let At::Engine(engine_id) = options.at {
                credentials = credentials.at_engine(engine_id);
            }
            Ok(credentials)
        };
        let made = self.0.credentials.get_or_init(make);
        made.as_ref().map_err(|error| SnmpError::User(*error))
    }

    /// The row of the user table.
    pub(super) fn entry(&self) -> Result<UserEntry, SnmpError> {
        let mut entry = UserEntry::new(self.usm()?.user().clone());
        if let Some(name) = &self.0.options.security_name {
            entry = entry.security_name(name);
        }
        Ok(match self.0.options.at {
            At::Discovered => entry,
            At::Engine(engine_id) => entry.at_engine(engine_id),
            At::Any => entry.at_any_engine(),
        })
    }
}

impl<S: Clone> AuthData for UsmUserData<S>
where
    User: From<UsmUser<S>>,
{
    fn credentials(&self) -> Result<Credentials, SnmpError> {
        Ok(Credentials::Usm(self.usm()?.clone()))
    }
}

impl<S> Clone for UsmUserData<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S: Clone> Clone for Inner<S> {
    fn clone(&self) -> Self {
        Self {
            user: self.user.clone(),
            options: self.options.clone(),
            // It is cloned to be changed.
            credentials: OnceLock::new(),
        }
    }
}

impl<S: fmt::Debug> fmt::Debug for UsmUserData<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UsmUserData").field(&self.0.user).finish()
    }
}

//! In whose name a request of SNMPv3 is sent.

use std::fmt;
use std::sync::Arc;

use crate::security::usm::User;
use crate::security::{EngineId, SecurityLevel};

/// A user, the security level of the messages, and possibly the engine that they are for.
///
/// Cheap to clone: a hundred thousand requests share one, and the keys are kept per user and engine.
/// Two are equal if user, keys, level and engine are.
#[derive(Clone)]
pub struct UsmCredentials(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    user: User,
    level: SecurityLevel,
    engine_id: Option<EngineId>,
}

impl UsmCredentials {
    /// `user` at the highest level that it has keys for, at the engine that answers when it is asked
    /// for its name.
    pub fn new(user: impl Into<User>) -> Self {
        let user = user.into();
        Self(Arc::new(Inner {
            level: user.level(),
            user,
            engine_id: None,
        }))
    }

    /// The same user at `level`. A level above the user's is an error of the request.
    #[must_use]
    pub fn at_level(mut self, level: SecurityLevel) -> Self {
        Arc::make_mut(&mut self.0).level = level;
        self
    }

    /// The same user at the engine `engine_id`, which is then not asked for its name. Any other engine
    /// at the address is an error of the request.
    #[must_use]
    pub fn at_engine(mut self, engine_id: EngineId) -> Self {
        Arc::make_mut(&mut self.0).engine_id = Some(engine_id);
        self
    }

    /// The user.
    pub fn user(&self) -> &User {
        &self.0.user
    }

    /// The security level of the messages.
    pub fn level(&self) -> SecurityLevel {
        self.0.level
    }

    /// The authoritative engine, unless it is to be discovered. RFC 3414 section 4.
    pub fn engine_id(&self) -> Option<EngineId> {
        self.0.engine_id
    }
}

impl PartialEq for UsmCredentials {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || self.0.level == other.0.level
                && self.0.engine_id == other.0.engine_id
                && self.0.user.is_same(&other.0.user)
    }
}

impl Eq for UsmCredentials {}

impl fmt::Debug for UsmCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UsmCredentials")
            .field("user", &self.0.user)
            .field("level", &self.0.level)
            .field("engine_id", &self.0.engine_id)
            .finish()
    }
}

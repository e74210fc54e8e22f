//! The users that an engine takes messages from.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::sync::{Arc, OnceLock};

use super::{User, UserError, UserKeys};
use crate::security::EngineId;

/// A user and what is believed in that name: a row of usmUserTable. RFC 3414 section 5.
#[derive(Clone, Debug)]
pub struct UserEntry {
    user: User,
    security_name: Arc<[u8]>,
    scope: Scope,
    /// At the one engine that the user belongs to. Made with the first message, and not at all of a key
    /// that is localized to another engine.
    keys: OnceLock<Option<Arc<UserKeys>>>,
}

/// The authoritative engines whose messages a user may sign.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Scope {
    /// The engine that has the table: who asks it, and who sends it informs.
    Own,
    /// Another one: who sends traps.
    At(EngineId),
    /// Every one.
    Any,
}

impl UserEntry {
    /// `user` as one who may ask this engine and send it informs; access control knows the user by the
    /// name on the wire.
    pub fn new(user: impl Into<User>) -> Self {
        let user = user.into();
        Self {
            security_name: user.name().into(),
            user,
            scope: Scope::Own,
            keys: OnceLock::new(),
        }
    }

    /// The name by which access control knows the user.
    #[must_use]
    pub fn security_name(mut self, name: impl AsRef<[u8]>) -> Self {
        self.security_name = name.as_ref().into();
        self
    }

    /// The user as one who sends traps from the engine `engine_id`, and not as one who asks this one.
    #[must_use]
    pub fn at_engine(mut self, engine_id: EngineId) -> Self {
        self.scope = Scope::At(engine_id);
        self.keys = OnceLock::new();
        self
    }

    /// The user at every engine, this one included: PySNMP's engine 0x0000000000. Each message of an
    /// engine that anybody claims to be costs a localization of the authentication key, a hash of some 100
    /// octets, so prefer the engines by name.
    #[must_use]
    pub fn at_any_engine(mut self) -> Self {
        self.scope = Scope::Any;
        self.keys = OnceLock::new();
        self
    }

    /// The user.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The name by which access control knows the user.
    pub fn name(&self) -> &Arc<[u8]> {
        &self.security_name
    }

    /// The user's keys at the engine that the entry is for: the one that has the table, or another one.
    /// They are made by `localize` at the first call. None if a key is localized elsewhere.
    pub(crate) fn keys(
        &self,
        localize: impl FnOnce(&User) -> Result<UserKeys, UserError>,
    ) -> Option<&Arc<UserKeys>> {
        let keys = || localize(&self.user).ok().map(Arc::new);
        self.keys.get_or_init(keys).as_ref()
    }

    /// Whether the user belongs to every engine, so that there are many keys.
    pub(crate) fn is_anywhere(&self) -> bool {
        self.scope == Scope::Any
    }
}

/// The users of an engine, by name and authoritative engine. Empty by default: nobody is served by
/// SNMPv3. RFC 3414 section 5.
#[derive(Debug)]
pub struct UserTable {
    rows: HashMap<Box<[u8]>, Vec<UserEntry>>,
    /// How many users there are at each engine.
    scopes: HashMap<Scope, usize>,
    len: usize,
    capacity: usize,
}

impl Default for UserTable {
    /// No users, and room for 65,536.
    fn default() -> Self {
        Self::with_capacity(1 << 16)
    }
}

impl UserTable {
    /// No users, and room for `capacity`.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            rows: HashMap::new(),
            scopes: HashMap::new(),
            len: 0,
            capacity,
        }
    }

    /// Accepts messages of a user, in place of one with the same name at the same engine.
    ///
    /// # Errors
    ///
    /// [`TableFull`] if there are as many users as the table has room for.
    pub fn insert(&mut self, entry: UserEntry) -> Result<(), TableFull> {
        let rows = self.rows.get_mut(entry.user.name());
        let same = rows.and_then(|rows| rows.iter_mut().find(|row| row.scope == entry.scope));
        if let Some(row) = same {
            *row = entry;
            return Ok(());
        }
        if self.len >= self.capacity {
            return Err(TableFull);
        }
        self.len = self.len.saturating_add(1);
        let users = self.scopes.entry(entry.scope).or_default();
        *users = users.saturating_add(1);
        let rows = self.rows.entry(entry.user.name().into()).or_default();
        rows.push(entry);
        Ok(())
    }

    /// Accepts nothing more in the name `user_name`, at whatever engine. True if there was such a user.
    pub fn remove(&mut self, user_name: impl AsRef<[u8]>) -> bool {
        let Some(removed) = self.rows.remove(user_name.as_ref()) else {
            return false;
        };
        self.len = self.len.saturating_sub(removed.len());
        for row in removed {
            let users = self.scopes.entry(row.scope).or_default();
            *users = users.saturating_sub(1);
            if *users == 0 {
                self.scopes.remove(&row.scope);
            }
        }
        true
    }

    /// How many users there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no user.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The user of that name as one who asks this engine.
    pub(crate) fn own(&self, user_name: &[u8]) -> Option<&UserEntry> {
        self.row(user_name, Scope::Own)
            .or_else(|| self.row(user_name, Scope::Any))
    }

    /// The user of that name as one who sends traps from `engine_id`.
    pub(crate) fn at(&self, user_name: &[u8], engine_id: EngineId) -> Option<&UserEntry> {
        self.row(user_name, Scope::At(engine_id))
            .or_else(|| self.row(user_name, Scope::Any))
    }

    /// Whether anybody could send traps from `engine_id`.
    pub(crate) fn knows(&self, engine_id: EngineId) -> bool {
        self.scopes.contains_key(&Scope::At(engine_id)) || self.scopes.contains_key(&Scope::Any)
    }

    fn row(&self, user_name: &[u8], scope: Scope) -> Option<&UserEntry> {
        let rows = self.rows.get(user_name)?;
        rows.iter().find(|row| row.scope == scope)
    }
}

/// A table of users has no room for another one.
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TableFull;

impl fmt::Display for TableFull {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no room for another user")
    }
}

impl Error for TableFull {}

//! What the engine keeps for SNMPv3.

use std::sync::Arc;
use std::time::Instant;

use crate::engine::config::EngineConfig;
use crate::security::usm::{Salts, UserTable};

use super::associations::AssociationTable;
use super::incoming::Plain;
use super::key_ring::{KeyRing, KnownUsers};
use super::remotes::RemoteTable;

/// The state of the user-based security model.
#[derive(Debug)]
pub(in crate::engine) struct Usm {
    pub(in crate::engine) users: UserTable,
    pub(in crate::engine) associations: AssociationTable,
    /// Whether another engine in the place of a proven one is followed, unless the request says.
    pub(in crate::engine) follows_changes: bool,
    pub(super) remotes: RemoteTable,
    pub(super) salts: Salts,
    /// Those who send traps from here.
    pub(super) senders: KeyRing,
    pub(super) known: KnownUsers,
    /// Where messages are decrypted.
    pub(super) plain: Plain,
    /// The name of the context that was asked for last: mostly the next one asks for it too.
    context_name: Arc<[u8]>,
}

impl Usm {
    /// In an engine that has been started so many times.
    pub(in crate::engine) fn new(config: &mut EngineConfig, boots: u32) -> Self {
        Self {
            users: std::mem::take(&mut config.users),
            associations: AssociationTable::new(config.max_peers),
            follows_changes: config.follow_engine_changes,
            remotes: RemoteTable::new(config.max_peers),
            salts: Salts::new(boots, config.salt),
            senders: KeyRing::default(),
            known: KnownUsers::default(),
            plain: Plain::default(),
            context_name: Arc::default(),
        }
    }

    /// A context's name to keep.
    pub(super) fn context_name(&mut self, name: &[u8]) -> Arc<[u8]> {
        if *self.context_name != *name {
            self.context_name = name.into();
        }
        Arc::clone(&self.context_name)
    }
}

/// How far a request in a user's name has come.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Progress {
    /// The number of the association with the engine that is asked.
    pub(in crate::engine) association: usize,
    /// The association's when the request was sent.
    pub(super) generation: u32,
    /// How many times the engine's name was asked for.
    pub(in crate::engine) asked: u32,
    /// When it got the msgID under which it goes.
    pub(super) numbered_at: Instant,
    /// In the queue of those that wait for the engine's name.
    pub(super) waits: bool,
    /// The name is all that is asked for.
    pub(in crate::engine) discovers: bool,
    /// A message has been written under its msgID.
    pub(super) is_sent: bool,
    /// What was sent last only asks for the engine's clock, or whether it knows the user.
    pub(super) is_probe: bool,
    /// It has to be asked whether the engine knows the user.
    pub(super) wants_proof: bool,
    /// The next message goes by the clock that the engine claims.
    pub(in crate::engine) by_claim: bool,
    /// The last one went by it.
    pub(in crate::engine) went_by_claim: bool,
    /// One has, in this try.
    pub(super) has_tried_claim: bool,
    /// How many times it was sent again for the engine's clock in this try.
    pub(super) clocks: u8,
    /// How many times it was sent again for the engine's name.
    pub(super) names: u8,
    /// How many times it was sent again for a report without a digest in this try.
    pub(super) doubts: u8,
}

impl Progress {
    pub(in crate::engine) fn new(association: usize, now: Instant) -> Self {
        Self {
            association,
            generation: 0,
            asked: 0,
            numbered_at: now,
            waits: false,
            discovers: false,
            is_sent: false,
            is_probe: false,
            wants_proof: false,
            by_claim: false,
            went_by_claim: false,
            has_tried_claim: false,
            clocks: 0,
            names: 0,
            doubts: 0,
        }
    }
}

//! What the engine keeps for SNMPv3.

use std::sync::Arc;
use std::time::Instant;

use crate::engine::config::EngineConfig;
use crate::engine::event::Credentials;
use crate::engine::pending::Pending;
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
    follows_changes: bool,
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

    /// Remembers what is known of the engine that a request in a user's name is for. `latest` is what was known last
    /// at its peer.
    #[inline]
    pub(in crate::engine) fn associate(
        &mut self,
        pending: &mut Pending,
        latest: &mut Option<u32>,
        now: Instant,
    ) {
        let request = &pending.request;
        if let Credentials::Usm(credentials) = &request.credentials {
            let follows = request.follow_engine_changes;
            let follows = follows.unwrap_or(self.follows_changes);
            let association = self
                .associations
                .enter(&request.peer, credentials, follows, latest);
            pending.usm = Some(Progress::new(association, request.discovers, now));
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
#[derive(Debug)]
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
    pub(super) discovers: bool,
    /// A message has been written under its msgID.
    pub(super) is_sent: bool,
    /// What was sent last only asks for the engine's clock, or whether it knows the user.
    pub(super) is_probe: bool,
    /// It has to be asked whether the engine knows the user.
    pub(super) wants_proof: bool,
    /// The next message goes by the clock that the engine claims.
    pub(super) by_claim: bool,
    /// The last one went by it.
    pub(super) went_by_claim: bool,
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
    pub(in crate::engine) fn new(association: usize, discovers: bool, now: Instant) -> Self {
        Self {
            association,
            generation: 0,
            asked: 0,
            numbered_at: now,
            waits: false,
            discovers,
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

    /// It gets another msgID. True if an answer to the one before would be the answer to the request.
    pub(in crate::engine) fn is_numbered_anew(&mut self, now: Instant) -> bool {
        self.numbered_at = now;
        std::mem::take(&mut self.is_sent) && !self.is_probe
    }

    /// Its message was not sent after all.
    pub(in crate::engine) fn was_not_sent(&mut self) {
        self.by_claim |= self.went_by_claim;
    }
}

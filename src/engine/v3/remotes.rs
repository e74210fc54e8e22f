//! Other engines that send messages in their own authority: traps.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use slab::Slab;

use crate::security::EngineId;
use crate::security::usm::{User, UserKeys};

use super::clock::Clock;
use super::key_ring::KeyRing;
use super::order::UseOrder;

/// Clocks and keys of engines that have sent an authenticated message. Bounded: the longest unheard of
/// is forgotten.
#[derive(Debug)]
pub(super) struct RemoteTable {
    by_id: HashMap<EngineId, usize>,
    remotes: Slab<Remote>,
    order: UseOrder,
    capacity: usize,
}

#[derive(Debug)]
struct Remote {
    id: EngineId,
    clock: Clock,
    keys: KeyRing,
}

impl RemoteTable {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            by_id: HashMap::new(),
            remotes: Slab::new(),
            order: UseOrder::default(),
            capacity: capacity.max(1),
        }
    }

    /// The keys of `user` at `engine_id`, if the user has sent an authenticated message from there.
    pub(super) fn keys(&mut self, engine_id: &EngineId, user: &User) -> Option<Arc<UserKeys>> {
        let number = *self.by_id.get(engine_id)?;
        self.remotes[number].keys.find(user).cloned()
    }

    /// Takes note of an authenticated message. False if it is too old to be believed, or a replay of
    /// one from before an engine's last boot.
    pub(super) fn accept(
        &mut self,
        engine_id: EngineId,
        (boots, time): (u32, u32),
        user: &User,
        keys: &Arc<UserKeys>,
        now: Instant,
    ) -> bool {
        let number = match self.by_id.get(&engine_id) {
            Some(&number) => number,
            None => self.insert(engine_id, Clock::proven(boots, time, now)),
        };
        self.order.push(number);
        let remote = &mut self.remotes[number];
        if remote.keys.find(user).is_none() {
            remote.keys.insert(user.clone(), Arc::clone(keys));
        }
        remote.clock.accept(boots, time, now)
    }

    fn insert(&mut self, id: EngineId, clock: Clock) -> usize {
        if self.remotes.len() >= self.capacity
            && let Some(oldest) = self.order.first()
        {
            self.order.remove(oldest);
            let gone = self.remotes.remove(oldest);
            self.by_id.remove(&gone.id);
        }
        let number = self.remotes.insert(Remote {
            id,
            clock,
            keys: KeyRing::default(),
        });
        self.by_id.insert(id, number);
        number
    }
}

//! Other engines that send messages in their own authority: traps.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use slab::Slab;

use crate::security::EngineId;
use crate::security::usm::{SecurityParameters, User, UserKeys};

use super::clock::Clock;
use super::key_ring::KeyRing;
use crate::slot_list::UseOrder;

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
    latest: LatestDigests,
}

/// What tells a message from its replay within the window: the digests of the last ones. A sender of
/// more than that in 150 seconds could have an older one repeated.
#[derive(Debug, Default)]
struct LatestDigests {
    digests: [u64; 32],
    next: usize,
}

impl LatestDigests {
    /// Takes note of a digest. False if it was among the last ones.
    fn is_new(&mut self, digest: &[u8]) -> bool {
        let Some(&first) = digest.first_chunk() else {
            return true;
        };
        let digest = u64::from_be_bytes(first);
        if self.digests.contains(&digest) {
            return false;
        }
        if let Some(place) = self.digests.get_mut(self.next) {
            *place = digest;
        }
        self.next = (self.next + 1) % self.digests.len();
        true
    }
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

    /// Takes note of an authenticated message. False if it is too old to be believed, or has come
    /// before.
    pub(super) fn accept(
        &mut self,
        engine_id: EngineId,
        parameters: &SecurityParameters<'_>,
        user: &User,
        keys: &Arc<UserKeys>,
        now: Instant,
    ) -> bool {
        let SecurityParameters { boots, time, .. } = *parameters;
        let number = match self.by_id.get(&engine_id) {
            Some(&number) => number,
            None => self.insert(engine_id, Clock::new(boots, time, now)),
        };
        self.order.push(number);
        let remote = &mut self.remotes[number];
        if remote.keys.find(user).is_none() {
            remote.keys.insert(user.clone(), Arc::clone(keys));
        }
        remote.clock.accept(boots, time, now)
            && remote.latest.is_new(parameters.authentication.rest())
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
            latest: LatestDigests::default(),
        });
        self.by_id.insert(id, number);
        number
    }
}

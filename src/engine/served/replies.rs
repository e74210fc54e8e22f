//! Received requests that wait for their answer.

use std::time::{Duration, Instant};

use slab::Slab;

use crate::engine::address::{Endpoint, Peer};
use crate::engine::engine::later;
use crate::engine::event::StateReference;
use crate::slot_list::{SlotLinks, SlotList};

use super::informs::InformReference;
use super::reply_security::ReplySecurity;

/// What an answer needs that the application does not know.
#[derive(Debug)]
pub(super) struct ReplyState {
    serial: u64,
    /// Until when it may be answered.
    until: Instant,
    pub(super) peer: Peer,
    pub(super) security: ReplySecurity,
    pub(super) request_id: i32,
    /// Of an inform.
    pub(super) inform: Option<InformReference>,
}

/// The received requests that may be answered. Each has a deadline: whoever leaves one unanswered gives its
/// place back so.
#[derive(Debug)]
pub(super) struct ReplyTable {
    states: Slab<ReplyState>,
    /// In the order in which they came, which is that of their deadlines.
    order: SlotList,
    links: SlotLinks,
    lifetime: Duration,
    serial: u64,
}

impl ReplyTable {
    pub(super) fn new(lifetime: Duration) -> Self {
        Self {
            states: Slab::new(),
            order: SlotList::default(),
            links: SlotLinks::default(),
            lifetime,
            serial: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.states.len()
    }

    /// The name that the next one gets.
    pub(super) fn vacant(&self) -> StateReference {
        StateReference {
            slot: self.states.vacant_key() as u32,
            serial: self.serial + 1,
        }
    }

    /// `now` never goes back.
    #[inline(always)]
    pub(super) fn insert(
        &mut self,
        now: Instant,
        peer: Peer,
        security: ReplySecurity,
        request_id: i32,
        inform: Option<InformReference>,
    ) {
        self.serial += 1;
        let slot = self.states.insert(ReplyState {
            serial: self.serial,
            until: later(now, self.lifetime),
            peer,
            security,
            request_id,
            inform,
        });
        self.order.push(&mut self.links, slot);
    }

    /// Lets the answer go to a later copy of the request, if that comes from the same peer. Gives what
    /// is not needed any more.
    pub(super) fn renew(
        &mut self,
        reference: StateReference,
        peer: &Peer,
        security: ReplySecurity,
    ) -> ReplySecurity {
        match self.get_mut(reference) {
            Some(reply) if reply.peer.is(peer) => std::mem::replace(&mut reply.security, security),
            _ => security,
        }
    }

    fn get_mut(&mut self, reference: StateReference) -> Option<&mut ReplyState> {
        let reply = self.states.get_mut(reference.slot as usize)?;
        (reply.serial == reference.serial).then_some(reply)
    }

    #[inline(always)]
    pub(super) fn remove(&mut self, reference: StateReference) -> Option<ReplyState> {
        if !self.contains(reference) {
            return None;
        }
        Some(self.take(reference.slot as usize))
    }

    pub(super) fn contains(&self, reference: StateReference) -> bool {
        let state = self.states.get(reference.slot as usize);
        state.is_some_and(|state| state.serial == reference.serial)
    }

    pub(super) fn peer_of(&self, reference: StateReference) -> Option<&Peer> {
        let state = self.states.get(reference.slot as usize)?;
        (state.serial == reference.serial).then_some(&state.peer)
    }

    /// Takes out one whose deadline has come.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<(StateReference, ReplyState)> {
        let is_due = self.next_deadline()? <= now;
        let first = self.order.first().filter(|_| is_due)?;
        let reply = self.take(first);
        let state = StateReference {
            slot: first as u32,
            serial: reply.serial,
        };
        Some((state, reply))
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        Some(self.states.get(self.order.first()?)?.until)
    }

    /// Takes out those that came through `endpoint`; looks at all.
    pub(super) fn remove_through(&mut self, endpoint: Endpoint) -> Vec<ReplyState> {
        let states = self.states.iter();
        let through = states.filter(|(_, state)| state.peer.endpoint == endpoint);
        let slots: Vec<usize> = through.map(|(slot, _)| slot).collect();
        slots.into_iter().map(|slot| self.take(slot)).collect()
    }

    #[inline]
    fn take(&mut self, slot: usize) -> ReplyState {
        self.order.remove(&mut self.links, slot);
        self.states.remove(slot)
    }
}

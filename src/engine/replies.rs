//! Received requests that wait for their answer.

use std::fmt;

use slab::Slab;

use crate::message::Version;

use super::event::{Peer, StateReference};
use super::informs::InformReference;
use super::v3::UsmReply;

/// What an answer needs that the application does not know.
#[derive(Debug)]
pub(super) struct ReplyState {
    serial: u64,
    pub(super) peer: Peer,
    pub(super) security: ReplySecurity,
    pub(super) request_id: i32,
    /// Of an inform.
    pub(super) inform: Option<InformReference>,
}

/// In which version, and in whose name, a request was made.
pub(super) enum ReplySecurity {
    Community {
        version: Version,
        community: Vec<u8>,
    },
    Usm(UsmReply),
}

/// Without the community.
impl fmt::Debug for ReplySecurity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Community { version, .. } => write!(f, "Community({version}, ..)"),
            Self::Usm(reply) => fmt::Debug::fmt(reply, f),
        }
    }
}

/// Bounded: a request that finds no room is dropped. Answers that wait to be sent count as well, so
/// that a port which takes nothing for a while does not pile them up.
#[derive(Debug)]
pub(super) struct ReplyTable {
    states: Slab<ReplyState>,
    queued: usize,
    capacity: usize,
    serial: u64,
}

impl ReplyTable {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            states: Slab::new(),
            queued: 0,
            capacity,
            serial: 0,
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.states.len() + self.queued >= self.capacity
    }

    /// Counts an answer that waits to be sent.
    pub(super) fn queue(&mut self) {
        self.queued += 1;
    }

    /// Counts an answer that has been sent.
    pub(super) fn unqueue(&mut self) {
        self.queued -= 1;
    }

    pub(super) fn insert(
        &mut self,
        peer: Peer,
        security: ReplySecurity,
        request_id: i32,
    ) -> StateReference {
        self.serial += 1;
        let slot = self.states.insert(ReplyState {
            serial: self.serial,
            peer,
            security,
            request_id,
            inform: None,
        });
        StateReference {
            slot: slot as u32,
            serial: self.serial,
        }
    }

    pub(super) fn set_inform(&mut self, reference: StateReference, inform: InformReference) {
        if let Some(reply) = self.get_mut(reference) {
            reply.inform = Some(inform);
        }
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

    pub(super) fn remove(&mut self, reference: StateReference) -> Option<ReplyState> {
        let slot = reference.slot as usize;
        if self.states.get(slot)?.serial != reference.serial {
            return None;
        }
        Some(self.states.remove(slot))
    }
}

//! What all parts of an engine work with.

use std::collections::VecDeque;
use std::time::Instant;

use crate::pdu::{Pdu, PduKind};
use crate::security::SecurityLevel;

use super::address::Peer;
use super::buffers::BufferPool;
use super::config::EngineConfig;
use super::event::{Event, Origin};
use super::local::LocalEngine;
use super::records::{About, Kind, Records};
use super::send_queues::{Message, MessageKind, SendQueues};
use super::stats::Statistics;

/// The time, the name of this engine and its limits; where messages, events and counts go.
#[derive(Debug)]
pub(super) struct Common {
    pub(super) now: Instant,
    pub(super) local: LocalEngine,
    pub(super) max_message_size: usize,
    pub(super) max_unauthenticated_bulk_size: usize,
    pub(super) out: SendQueues,
    pub(super) events: VecDeque<Event>,
    pub(super) buffers: BufferPool,
    pub(super) stats: Statistics,
    records: Records,
}

impl Common {
    pub(super) fn new(config: &EngineConfig, now: Instant) -> Self {
        Self {
            now,
            local: LocalEngine::new(config.engine_id, config.boots, now),
            max_message_size: config.max_message_size,
            max_unauthenticated_bulk_size: config.max_unauthenticated_bulk_size,
            out: SendQueues::default(),
            events: VecDeque::new(),
            buffers: BufferPool::default(),
            stats: Statistics::default(),
            records: Records::default(),
        }
    }

    /// Takes note of the time, which never goes back.
    pub(super) fn advance(&mut self, now: Instant) {
        self.now = self.now.max(now);
    }

    /// Keeps the buffer of a PDU that is no longer needed.
    #[inline]
    pub(super) fn recycle(&mut self, pdu: Pdu) {
        self.buffers.give(pdu.var_binds.into_buffer());
    }

    /// Counts what is dropped, or taken nevertheless, and leaves a record of it: one a second for each kind. Gives
    /// the count.
    #[cold]
    pub(super) fn record<'a>(&mut self, kind: Kind, about: impl Into<About<'a>>) -> u64 {
        let count = kind.count(&mut self.stats);
        self.records.leave(kind, &about.into(), self.now);
        count
    }

    /// The longest message that answers a request from `peer`.
    pub(super) fn longest_answer(&self, peer: &Peer, kind: PduKind, level: SecurityLevel) -> usize {
        let may_be_forged =
            level == SecurityLevel::NoAuthNoPriv && peer.address.domain().may_be_forged();
        if may_be_forged && kind == PduKind::GetBulkRequest {
            self.max_unauthenticated_bulk_size
                .min(self.max_message_size)
        } else {
            self.max_message_size
        }
    }

    /// Queues an answer or a report. False if too much waits for its port already.
    pub(super) fn queue_message(&mut self, peer: Peer, octets: Vec<u8>, kind: MessageKind) -> bool {
        self.queue(Message::new(peer, octets, kind, self.now))
    }

    /// The same, of a message that may have been given out before.
    pub(super) fn queue(&mut self, message: Message) -> bool {
        match self.out.push_message(message) {
            Ok(()) => true,
            Err(refused) => {
                self.count_dropped(&refused.peer, refused.kind);
                self.buffers.give(refused.octets);
                false
            }
        }
    }

    /// Queues an answer once more, which its port had no room for.
    pub(super) fn try_again(&mut self, peer: &Peer, message: &[u8], since: Instant) {
        let mut octets = self.buffers.take();
        octets.extend_from_slice(message);
        let mut message = Message::new(peer.clone(), octets, MessageKind::Answer, since);
        message.tried = true;
        self.queue(message);
    }

    /// Hands out a message that is written already. None if it is not worth sending any more.
    pub(super) fn give_out(
        &mut self,
        number: usize,
        buffer: &mut Vec<u8>,
    ) -> Option<(Peer, Origin)> {
        let (message, is_wanted) = self.out.take_message(number);
        let is_sent = is_wanted && !message.is_stale(self.now);
        if is_sent {
            buffer.clear();
            buffer.extend_from_slice(&message.octets);
        } else {
            self.count_dropped(&message.peer, message.kind);
        }
        let origin = message.origin();
        self.buffers.give(message.octets);
        is_sent.then_some((message.peer, origin))
    }

    #[cold]
    pub(super) fn count_dropped(&mut self, peer: &Peer, kind: MessageKind) {
        let kind = match kind {
            MessageKind::Report => Kind::DroppedReport,
            MessageKind::Answer => Kind::DroppedResponse,
        };
        self.record(kind, peer);
    }
}

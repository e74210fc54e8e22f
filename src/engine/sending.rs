//! What goes out, and when.

use std::time::Instant;

use super::address::{Endpoint, Peer};
use super::engine::{Engine, later};
use super::event::{Credentials, Event, Origin, RequestId, Transmit};
use super::processing;
use super::send_queues::{Message, MessageKind, Outgoing};

impl Engine {
    /// Puts the next message to send into `buffer`, which is cleared first. Call until `None`. Endpoints
    /// take turns; those that are [blocked](Engine::block) are passed over.
    ///
    /// The message is written now: `now` is the time that one of SNMPv3 shows. Allocates nothing once
    /// `buffer` is large enough.
    pub fn poll_transmit(&mut self, now: Instant, buffer: &mut Vec<u8>) -> Option<Transmit> {
        self.common.advance(now);
        loop {
            let pending = &self.outstanding.table;
            let written = match self.common.out.pop(|id| pending.get(id).is_none())? {
                Outgoing::Request(id) => self.transmit(id, buffer),
                Outgoing::Discovery(number) => {
                    let peer = self.prepare_discovery(number, buffer);
                    peer.map(|peer| (peer, Origin::Discovery(number)))
                }
                Outgoing::Message(number) => self.give_out(number, buffer),
            };
            let Some((peer, origin)) = written else {
                continue;
            };
            self.common.stats.out_pkts += 1;
            return Some(Transmit {
                peer,
                len: buffer.len(),
                request: match origin {
                    Origin::Request(id) => Some(id),
                    _ => None,
                },
                origin,
            });
        }
    }

    /// Writes the message of a request. None if it fails now.
    fn transmit(&mut self, id: RequestId, buffer: &mut Vec<u8>) -> Option<(Peer, Origin)> {
        let pending = self.outstanding.table.get_mut(id)?;
        pending.queued = false;
        self.common.stats.retransmissions += u64::from(pending.tries > 0);
        pending.tries = pending.tries.saturating_add(1);
        let request = &pending.request;
        let (peer, is_confirmed) = (request.peer.clone(), request.pdu.kind.is_confirmed());
        // A trap that SNMPv1 cannot say was refused when it was submitted.
        let mut is_encoded = true;
        if let Credentials::Usm(_) = request.credentials {
            if let Err(error) = self.prepare_usm_message(id, buffer) {
                self.fail(id, error);
                return None;
            }
        } else {
            is_encoded = processing::prepare_outgoing_message(request, buffer).is_ok();
        }
        if !is_confirmed {
            self.outstanding.given_out.push(id);
        }
        is_encoded.then_some((peer, Origin::Request(id)))
    }

    /// Hands out a message that is written already. None if it is not worth sending any more.
    fn give_out(&mut self, number: usize, buffer: &mut Vec<u8>) -> Option<(Peer, Origin)> {
        let now = self.common.now;
        let ((is_sent, peer, kind, origin), octets) =
            self.common.out.take_message(number, |message, is_wanted| {
                let is_sent = is_wanted && !message.is_stale(now);
                if is_sent {
                    buffer.clear();
                    buffer.extend_from_slice(&message.octets);
                }
                let (since, tried) = (message.since, message.tried);
                let origin = match message.kind {
                    MessageKind::Report => Origin::Report,
                    MessageKind::Answer => Origin::Answer { since, tried },
                };
                (is_sent, message.peer.clone(), message.kind, origin)
            })?;
        self.common.buffers.give(octets);
        if !is_sent {
            self.common.count_dropped(&peer, kind);
        }
        is_sent.then_some((peer, origin))
    }

    /// Takes note that the port of `endpoint` is full: [`Engine::poll_transmit`] gives nothing for it
    /// until [`Engine::unblock`]. Others go on.
    ///
    /// Requests wait meanwhile, and so do answers, for 5 seconds. Reports do not: those that are there,
    /// and those that would come, are dropped and counted in
    /// [`Statistics::dropped_reports`](super::Statistics::dropped_reports).
    pub fn block(&mut self, endpoint: Endpoint) {
        self.common.out.block(endpoint);
    }

    /// Takes note that the port of `endpoint` takes messages again.
    pub fn unblock(&mut self, endpoint: Endpoint) {
        self.common.out.unblock(endpoint);
    }

    /// Takes back a message that its port had no room for, and [blocks](Engine::block) the endpoint. Of
    /// several, the last comes first: they keep their order so.
    ///
    /// A request is sent later, as if nothing had been, and so is a trap that comes back before the next
    /// [`Engine::poll_event`]; an answer is sent once more, and the second time
    /// that it comes back dropped; a report is dropped at once. What is dropped is counted.
    pub fn take_back(&mut self, now: Instant, transmit: &Transmit, message: &[u8]) {
        self.common.advance(now);
        let Transmit { peer, .. } = transmit;
        let stats = &mut self.common.stats;
        stats.out_pkts = stats.out_pkts.saturating_sub(1);
        self.common.out.block(peer.endpoint);
        let since = match transmit.origin {
            Origin::Request(id) => return self.request_came_back(id),
            Origin::Discovery(number) => {
                stats.discoveries = stats.discoveries.saturating_sub(1);
                if self.usm.associations.asks_again(number) {
                    let again = Outgoing::Discovery(number);
                    self.common.out.push_again(peer.endpoint, again);
                }
                return;
            }
            Origin::Report => return self.common.count_dropped(peer, MessageKind::Report),
            Origin::Answer { tried: true, .. } => {
                return self.common.count_dropped(peer, MessageKind::Answer);
            }
            Origin::Answer { since, .. } => since,
        };
        let mut octets = self.common.buffers.take();
        octets.extend_from_slice(message);
        let mut message = Message::new(peer.clone(), octets, MessageKind::Answer, since);
        message.tried = true;
        self.common.queue(message);
    }

    /// The try has not taken place.
    fn request_came_back(&mut self, id: RequestId) {
        self.was_given_out(id);
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        pending.tries = pending.tries.saturating_sub(1);
        if let Some(progress) = &mut pending.usm {
            progress.by_claim |= progress.went_by_claim;
        }
        let again = u64::from(pending.tries > 0);
        self.common.stats.retransmissions = self.common.stats.retransmissions.saturating_sub(again);
        if !std::mem::replace(&mut pending.queued, true) {
            let endpoint = pending.request.peer.endpoint;
            self.common.out.push_again(endpoint, Outgoing::Request(id));
        }
    }

    pub(super) fn queue(&mut self, id: RequestId) {
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        // A try that is still waiting to be sent serves for the next one as well.
        if !std::mem::replace(&mut pending.queued, true) {
            let endpoint = pending.request.peer.endpoint;
            self.common.out.push(endpoint, Outgoing::Request(id));
        }
    }

    /// A trap is over once its message has gone out: nobody will answer.
    #[inline]
    pub(super) fn settle_traps(&mut self) {
        if !self.outstanding.given_out.is_empty() {
            self.traps_are_sent();
        }
    }

    #[cold]
    #[inline(never)]
    fn traps_are_sent(&mut self) {
        let mut sent = std::mem::take(&mut self.outstanding.given_out);
        for id in sent.drain(..) {
            if let Some(pdu) = self.finish(id) {
                self.recycle(pdu);
                self.common.events.push_back(Event::Sent { id });
            }
        }
        self.outstanding.given_out = sent;
    }

    /// Takes a trap out of those that were given out and may still fail. False if it is none of them.
    pub(super) fn was_given_out(&mut self, id: RequestId) -> bool {
        // One that comes back is among the last.
        let place = self.outstanding.given_out.iter().rposition(|it| *it == id);
        place
            .map(|place| self.outstanding.given_out.remove(place))
            .is_some()
    }

    /// A trap could not be sent before.
    #[cold]
    pub(super) fn send_trap_again(&mut self, id: RequestId) {
        let timeout = self.outstanding.table.get(id).map(|it| it.request.timeout);
        self.outstanding
            .table
            .wake_at(id, later(self.common.now, timeout.unwrap_or_default()));
        self.queue(id);
    }
}

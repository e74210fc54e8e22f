//! What goes out, and when.

use std::fmt;

use super::engine::{Engine, next};
use super::event::{Credentials, Event, Peer, RequestId, Transmit};
use super::processing;

/// What waits to be sent. Requests are encoded when their turn comes.
pub(super) enum Outgoing {
    Request(RequestId),
    /// The question for an engine's name, by the number of the association.
    Discovery(usize),
    Reply {
        peer: Peer,
        message: Vec<u8>,
    },
}

/// Without what a message says, its community among that.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(id) => f.debug_tuple("Request").field(id).finish(),
            Self::Discovery(number) => f.debug_tuple("Discovery").field(number).finish(),
            Self::Reply { peer, message } => {
                write!(f, "Reply({peer}, {} octets)", message.len())
            }
        }
    }
}

impl Engine {
    /// Puts the next message to send into `buffer`, which is cleared first. Call until `None`.
    /// Allocates nothing once `buffer` is large enough.
    pub fn poll_transmit(&mut self, buffer: &mut Vec<u8>) -> Option<Transmit> {
        loop {
            let (peer, request) = match next(&mut self.out)? {
                Outgoing::Request(id) => {
                    let Some(peer) = self.transmit(id, buffer) else {
                        continue;
                    };
                    (peer, Some(id))
                }
                Outgoing::Discovery(association) => {
                    match self.prepare_discovery(association, buffer) {
                        Some(peer) => (peer, None),
                        None => continue,
                    }
                }
                Outgoing::Reply { peer, message } => {
                    buffer.clear();
                    buffer.extend_from_slice(&message);
                    self.buffers.give(message);
                    self.replies.unqueue();
                    (peer, None)
                }
            };
            self.stats.out_pkts += 1;
            return Some(Transmit {
                peer,
                len: buffer.len(),
                request,
            });
        }
    }

    /// Writes the message of a request. None if it is over, or fails now.
    fn transmit(&mut self, id: RequestId, buffer: &mut Vec<u8>) -> Option<Peer> {
        // Answered or cancelled meanwhile: not worth sending.
        let Some(pending) = self.pending.get_mut(id) else {
            self.stale -= 1;
            return None;
        };
        pending.queued = false;
        self.stats.retransmissions += u64::from(pending.tries > 0);
        pending.tries = pending.tries.saturating_add(1);
        let request = &pending.request;
        let (peer, is_confirmed) = (request.peer, request.pdu.kind.is_confirmed());
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
            self.sent(id);
        }
        is_encoded.then_some(peer)
    }

    pub(super) fn queue(&mut self, id: RequestId) {
        let Some(pending) = self.pending.get_mut(id) else {
            return;
        };
        // A try that is still waiting to be sent serves for the next one as well.
        if !std::mem::replace(&mut pending.queued, true) {
            self.out.push_back(Outgoing::Request(id));
        }
    }

    /// A trap is over once its message is given out: nobody will answer.
    fn sent(&mut self, id: RequestId) {
        if let Some(pdu) = self.finish(id) {
            self.recycle(pdu);
            self.events.push_back(Event::Sent { id });
        }
    }

    /// Drops what is over from the queue once most of it is: starting and cancelling without ever
    /// draining must not grow it.
    pub(super) fn tidy_queue(&mut self) {
        if self.stale > 256 && self.stale > self.out.len() / 2 {
            let pending = &self.pending;
            self.out.retain(|outgoing| match outgoing {
                Outgoing::Request(id) => pending.get(*id).is_some(),
                Outgoing::Discovery(_) | Outgoing::Reply { .. } => true,
            });
            self.stale = 0;
        }
    }
}

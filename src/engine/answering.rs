//! Answers to received requests (RFC 3412 section 4.3).

use crate::message::Version;
use crate::pdu::Pdu;

use super::engine::Engine;
use super::event::{Peer, StateReference};
use super::processing;
use super::replies::{ReplySecurity, ReplyState};
use super::sending::Outgoing;

impl Engine {
    /// Answers a received request (`returnResponsePdu` of RFC 3412 section 4.3). False if it has
    /// been answered or discarded already, or if the answer is longer than the largest message.
    pub fn respond(&mut self, state: StateReference, mut pdu: Pdu) -> bool {
        let Some(reply) = self.replies.remove(state) else {
            return false;
        };
        pdu.request_id = reply.request_id;
        let is_queued = match &reply.security {
            ReplySecurity::Community { version, community } => {
                self.answer_community(reply.peer, *version, community, &pdu)
            }
            ReplySecurity::Usm(usm) => self.answer_usm(&reply, usm, &pdu),
        };
        self.recycle(pdu);
        self.forget(reply);
        is_queued
    }

    fn answer_community(
        &mut self,
        peer: Peer,
        version: Version,
        community: &[u8],
        pdu: &Pdu,
    ) -> bool {
        let mut message = self.buffers.take();
        processing::prepare_response_message(version, community, pdu, &mut message);
        if message.len() > self.max_message_size {
            self.stats.silent_drops += 1;
            self.buffers.give(message);
            return false;
        }
        self.replies.queue();
        self.out.push_back(Outgoing::Reply { peer, message });
        true
    }

    /// Keeps the buffer of a request that is answered.
    pub(super) fn forget(&mut self, reply: ReplyState) {
        if let ReplySecurity::Community { community, .. } = reply.security {
            self.buffers.give(community);
        }
    }

    /// Leaves a received request unanswered. False if it has been answered or discarded already.
    pub fn discard(&mut self, state: StateReference) -> bool {
        let reply = self.replies.remove(state);
        let was_there = reply.is_some();
        if let Some(reply) = reply {
            self.forget(reply);
        }
        was_there
    }
}

//! Answers to received requests (RFC 3412 section 4.3).

use std::time::Instant;

use crate::message::Version;
use crate::pdu::{Pdu, PduKind};
use crate::smi::VarBindListRef;

use super::address::Peer;
use super::engine::Engine;
use super::event::{Event, IncomingRequest, StateReference};
use super::processing;
use super::records::{About, Kind};
use super::replies::{ReplySecurity, ReplyState};
use super::send_queues::MessageKind;
use super::trouble::Trouble;

/// What is said of an answer that is dropped for its length.
pub(super) const TOO_LONG: &str = "the answer is longer than is taken";

impl Engine {
    /// Answers a received request (`returnResponsePdu` of RFC 3412 section 4.3). False if it has
    /// been answered or discarded already, if its time is over (see
    /// [`EngineConfig::answer_within`](super::EngineConfig::answer_within)), or if the answer is longer
    /// than the largest message.
    ///
    /// An answer of SNMPv3 is sealed now: `now` is the time that it shows.
    pub fn respond(&mut self, now: Instant, state: StateReference, mut pdu: Pdu) -> bool {
        self.common.advance(now);
        self.drop_unanswered();
        let Some(reply) = self.served.replies.remove(state) else {
            self.recycle(pdu);
            return false;
        };
        pdu.request_id = reply.request_id;
        let is_queued = match &reply.security {
            ReplySecurity::Community { version, community } => {
                self.answer_community(&reply.peer, *version, community, &pdu)
            }
            ReplySecurity::Usm(usm) => self.answer_usm(&reply, usm, &pdu),
        };
        if is_queued && let Some(inform) = reply.inform {
            self.served.informs.answered(self.common.now, inform, &pdu);
        }
        self.recycle(pdu);
        self.forget(reply);
        is_queued
    }

    fn answer_community(
        &mut self,
        peer: &Peer,
        version: Version,
        community: &[u8],
        pdu: &Pdu,
    ) -> bool {
        let mut message = self.common.buffers.take();
        processing::prepare_response_message(version, community, pdu, &mut message);
        if message.len() > self.common.max_message_size {
            self.common
                .record(Kind::SilentDrop, About::from(peer).detail(&TOO_LONG));
            self.common.buffers.give(message);
            return false;
        }
        self.common
            .queue_message(peer, message, MessageKind::Answer)
    }

    /// Leaves a received request unanswered. False if it has been answered or discarded already.
    pub fn discard(&mut self, state: StateReference) -> bool {
        let reply = self.served.replies.remove(state);
        let was_there = reply.is_some();
        if let Some(reply) = reply {
            self.forget(reply);
        }
        was_there
    }

    /// Keeps the buffer of a request that is answered.
    pub(super) fn forget(&mut self, reply: ReplyState) {
        if let Some(inform) = reply.inform {
            self.served.informs.dropped(inform);
        }
        self.forget_security(reply.security);
    }

    pub(super) fn forget_security(&mut self, security: ReplySecurity) {
        if let ReplySecurity::Community { community, .. } = security {
            self.common.buffers.give(community);
        }
    }

    /// Forgets the requests whose time to be answered is over.
    pub(super) fn drop_unanswered(&mut self) {
        while let Some((state, reply)) = self.served.replies.pop_due(self.common.now) {
            self.common.record(Kind::Unanswered, &reply.peer);
            if reply.inform.is_some() {
                self.common.events.push_back(Event::InformExpired { state });
            }
            self.forget(reply);
        }
    }

    /// Whether one more request may wait for its answer. Answers that wait for the same port count as well:
    /// one that takes nothing for a while does not pile them up.
    pub(super) fn has_room_for_request(&mut self, peer: &Peer) -> bool {
        self.drop_unanswered();
        // Those whose time is over are not gone until they have been fetched.
        let waiting = self
            .served
            .replies
            .len()
            .max(self.served.unfetched.requests());
        let has_room =
            waiting + self.common.out.messages(peer.endpoint) < self.served.max_unanswered;
        if !has_room {
            self.refuse_for_room(peer);
        }
        has_room
    }

    /// Whether a report may wait to be sent. Half of the room is left to answers.
    pub(super) fn has_room_for_report(&mut self, peer: &Peer) -> bool {
        let endpoint = peer.endpoint;
        let has_room = !self.common.out.is_blocked(endpoint)
            && self.common.out.messages(endpoint) < self.served.max_unanswered.div_ceil(2);
        if !has_room {
            self.common.record(Kind::DroppedReport, peer);
        }
        has_room
    }

    /// Drops a request, since as many wait for being fetched or answered as may.
    #[cold]
    pub(super) fn refuse_for_room<'a>(&mut self, about: impl Into<About<'a>>) {
        let about = about.into();
        self.common
            .record(Kind::SilentDrop, about.detail(&"too many are waiting"));
    }

    /// Nobody answers for what an unfetched trap costs, so their number is bounded.
    pub(super) fn has_room_for_notification<'a>(
        &mut self,
        about: impl Into<About<'a>>,
        kind: PduKind,
        var_binds: VarBindListRef<'_>,
    ) -> bool {
        let has_room = self.served.unfetched.has_room_for_notification(var_binds);
        if !has_room {
            self.outstanding.refuse_by(
                &mut self.common,
                Kind::DroppedNotification,
                about,
                Trouble::NoAnswer(kind),
            );
        }
        has_room
    }

    #[inline]
    pub(super) fn hand_out_request(&mut self, request: IncomingRequest) {
        self.served.unfetched.add_request(&request.pdu);
        self.common.events.push_back(Event::Request(request));
    }
}

//! What becomes of received requests: answered, refused, left unanswered, or forgotten. RFC 3412 section 4.1.2.

use crate::engine::address::{Endpoint, Peer};
use crate::engine::common::Common;
use crate::engine::event::{Event, StateReference};
use crate::engine::models;
use crate::engine::records::Kind;
use crate::engine::send_queues::MessageKind;
use crate::engine::v3::{Counter, Refusal, Report, Usm};
use crate::pdu::Pdu;

use super::replies::ReplyState;
use super::reply_security::ReplySecurity;
use super::served::Served;

/// What is said of an answer that is dropped for its length.
pub(in crate::engine) const TOO_LONG: &str = "the answer is longer than is taken";

impl Served {
    /// Answers a request. False if nobody waits for it any more, or if the answer is too long.
    pub(in crate::engine) fn respond(
        &mut self,
        state: StateReference,
        mut pdu: Pdu,
        usm: &mut Usm,
        common: &mut Common,
    ) -> bool {
        self.drop_unanswered(common);
        let Some(reply) = self.replies.remove(state) else {
            common.recycle(pdu);
            return false;
        };
        pdu.request_id = reply.request_id;
        let is_queued = Self::answer(reply.peer, &reply.security, &pdu, usm, common);
        match reply.inform {
            Some(inform) if is_queued => self.informs.answered(common.now, inform, &pdu),
            Some(inform) => self.informs.dropped(inform),
            None => {}
        }
        common.recycle(pdu);
        reply.security.recycle(&mut common.buffers);
        is_queued
    }

    /// Queues an answer to who has asked from `peer`. False if it is too long, or too much waits for its port.
    #[inline(always)]
    pub(super) fn answer(
        peer: Peer,
        security: &ReplySecurity,
        pdu: &Pdu,
        usm: &mut Usm,
        common: &mut Common,
    ) -> bool {
        let mut message = common.buffers.take();
        if models::prepare_response(security, pdu, usm, common, &mut message) {
            return common.queue_message(peer, message, MessageKind::Answer);
        }
        let about = security.about(&peer);
        common.record(Kind::SilentDrop, about.detail(&TOO_LONG));
        common.buffers.give(message);
        false
    }

    /// Refuses a request: counted, and reported if the version has reports. False if nobody waits for its answer.
    pub(in crate::engine) fn refuse(
        &mut self,
        state: StateReference,
        refusal: Refusal,
        usm: &mut Usm,
        common: &mut Common,
    ) -> bool {
        self.drop_unanswered(common);
        let Some(reply) = self.replies.remove(state) else {
            return false;
        };
        let about = reply.security.about(&reply.peer);
        let counter = Counter::from(refusal);
        let count = common.record(counter.kind(), about);
        if let ReplySecurity::Usm(security) = &reply.security {
            let report = Report {
                counter,
                count,
                request_id: reply.request_id,
            };
            usm.report_refusal(about, security, report, common);
        }
        self.forget(reply, common);
        true
    }

    /// Leaves a request unanswered. False if nobody waits for its answer.
    pub(in crate::engine) fn discard(
        &mut self,
        state: StateReference,
        common: &mut Common,
    ) -> bool {
        let reply = self.replies.remove(state);
        let was_there = reply.is_some();
        if let Some(reply) = reply {
            self.forget(reply, common);
        }
        was_there
    }

    /// Where a request came from.
    pub(in crate::engine) fn peer_of(&self, state: StateReference) -> Option<&Peer> {
        self.replies.peer_of(state)
    }

    /// Forgets the requests whose time to be answered is over.
    #[inline]
    pub(in crate::engine) fn drop_unanswered(&mut self, common: &mut Common) {
        if self
            .replies
            .next_deadline()
            .is_some_and(|it| it <= common.now)
        {
            self.drop_due(common);
        }
    }

    #[cold]
    #[inline(never)]
    fn drop_due(&mut self, common: &mut Common) {
        while let Some((state, reply)) = self.replies.pop_due(common.now) {
            common.record(Kind::Unanswered, &reply.peer);
            if reply.inform.is_some() {
                common.events.push_back(Event::InformExpired { state });
            }
            self.forget(reply, common);
        }
    }

    /// Forgets the requests that came through an endpoint which is closed; looks at all.
    pub(in crate::engine) fn discard_through(&mut self, endpoint: Endpoint, common: &mut Common) {
        for reply in self.replies.remove_through(endpoint) {
            self.forget(reply, common);
        }
    }

    /// An inform that has not been answered is handed out when it comes again.
    fn forget(&mut self, reply: ReplyState, common: &mut Common) {
        if let Some(inform) = reply.inform {
            self.informs.dropped(inform);
        }
        reply.security.recycle(&mut common.buffers);
    }
}

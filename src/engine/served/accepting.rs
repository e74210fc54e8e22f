//! The way in: what is let in gets its place among what waits, and becomes an event.

use crate::engine::common::Common;
use crate::engine::event::{Event, IncomingNotification, IncomingRequest, StateReference};
use crate::engine::outstanding::Outstanding;
use crate::engine::records::{About, Kind};
use crate::engine::trouble::Trouble;
use crate::engine::v3::Usm;
use crate::pdu::{Pdu, PduKind, PduRef};
use crate::smi::{VarBindList, VarBindListRef};

use super::informs::{InformState, Marks};
use super::received::{Received, ReceivedPdu};
use super::reply_security::ReplySecurity;
use super::served::Served;

impl Served {
    /// Takes what a message processing model has let in. What has no room is dropped and counted; an inform that has
    /// come before is acknowledged as before, or waits for that.
    pub(in crate::engine) fn accept(
        &mut self,
        received: Received<'_>,
        usm: &mut Usm,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        let Received {
            about,
            version,
            security_model,
            security_name,
            security_level,
            community,
            context_engine_id,
            context_name,
            registration,
            room,
            pdu,
        } = received;
        let (state, pdu) = match pdu {
            ReceivedPdu::Request(pdu, security) => {
                let Some(state) = self.expect_response(about, pdu, security, common) else {
                    return;
                };
                let pdu = owned(pdu, common);
                self.unfetched.add_request(&pdu);
                return common.events.push_back(Event::Request(IncomingRequest {
                    state,
                    registration,
                    peer: about.peer().clone(),
                    version,
                    security_model,
                    security_name,
                    security_level,
                    context_engine_id: context_engine_id.unwrap_or_else(|| common.local.id()),
                    context_name,
                    pdu,
                    room,
                }));
            }
            ReceivedPdu::Inform(pdu, security, marks) => {
                let sender = (about, security);
                let state =
                    self.expect_acknowledgement(sender, pdu, marks, usm, outstanding, common);
                if state.is_none() {
                    return;
                }
                (state, owned(pdu, common))
            }
            ReceivedPdu::Trap(pdu) => {
                if !self.has_room_for_notification(
                    about,
                    pdu.kind,
                    pdu.var_binds,
                    outstanding,
                    common,
                ) {
                    return;
                }
                (None, owned(pdu, common))
            }
            ReceivedPdu::TrapV1(trap, community) => {
                let kind = PduKind::TrapV2;
                if !self.has_room_for_notification(about, kind, trap.var_binds, outstanding, common)
                {
                    return;
                }
                let mut var_binds = VarBindList::from_buffer(common.buffers.take());
                if let Err(error) = trap.append_received(community, &mut var_binds) {
                    common.record(Kind::OddTrap, about.detail(&error));
                }
                (None, Pdu::new(kind, 0, var_binds))
            }
        };
        common.stats.notifications += 1;
        self.unfetched.add_notification(&pdu);
        common
            .events
            .push_back(Event::Notification(IncomingNotification {
                state,
                registration,
                peer: about.peer().clone(),
                version,
                security_model,
                security_name,
                security_level,
                community,
                context_engine_id,
                context_name,
                pdu,
                room,
            }));
    }

    /// Keeps what the answer to a request will need, if there is room for it.
    fn expect_response(
        &mut self,
        about: About<'_>,
        pdu: PduRef<'_>,
        security: ReplySecurity,
        common: &mut Common,
    ) -> Option<StateReference> {
        let has_room = self.unfetched.has_room(pdu.var_binds);
        if !has_room {
            refuse_for_room(about, common);
        }
        if !has_room || !self.has_room_for_request(about, common) {
            security.recycle(&mut common.buffers);
            return None;
        }
        let peer = about.peer().clone();
        let (state, _) = self
            .replies
            .insert(common.now, peer, security, pdu.request_id);
        Some(state)
    }

    /// Lets an inform in: gives the name under which it is to be handed out. None if there is no room for it, or if it
    /// has come before: it is acknowledged as before, or waits for that.
    fn expect_acknowledgement(
        &mut self,
        (about, security): (About<'_>, ReplySecurity),
        pdu: PduRef<'_>,
        marks: Marks,
        usm: &mut Usm,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) -> Option<StateReference> {
        let peer = about.peer();
        let Some(state) = self.informs.find(common.now, marks) else {
            let (kind, var_binds) = (pdu.kind, pdu.var_binds);
            if !self.has_room_for_notification(about, kind, var_binds, outstanding, common)
                || !self.has_room_for_request(about, common)
            {
                security.recycle(&mut common.buffers);
                return None;
            }
            let (state, reply) =
                self.replies
                    .insert(common.now, peer.clone(), security, pdu.request_id);
            reply.inform = Some(self.informs.insert(marks, state));
            return Some(state);
        };
        match state {
            InformState::UnderWay(state) => {
                // The sender may wait for an answer to its latest try only.
                let former = self.replies.renew(*state, peer, security);
                former.recycle(&mut common.buffers);
            }
            InformState::Answered {
                error_status,
                error_index,
                var_binds,
                ..
            } => {
                let mut answer = Pdu::new(
                    PduKind::Response,
                    pdu.request_id,
                    VarBindList::from_buffer(common.buffers.take()),
                );
                answer.error_status = *error_status;
                answer.error_index = *error_index;
                let kept = var_binds.as_ref().map(VarBindList::as_ref);
                answer.var_binds.assign(kept.unwrap_or(pdu.var_binds));
                if self.has_room_for_request(about, common) {
                    Self::answer(peer, &security, &answer, usm, common);
                }
                common.recycle(answer);
                security.recycle(&mut common.buffers);
            }
        }
        common.record(Kind::RepeatedInform, peer);
        None
    }

    /// Whether one more request may wait for its answer. Answers that wait for the same port count as well:
    /// one that takes nothing for a while does not pile them up.
    fn has_room_for_request(&mut self, about: About<'_>, common: &mut Common) -> bool {
        self.drop_unanswered(common);
        // Those whose time is over are not gone until they have been fetched.
        let waiting = self.replies.len().max(self.unfetched.requests());
        let endpoint = about.peer().endpoint;
        let has_room = waiting + common.out.messages(endpoint) < self.max_unanswered;
        if !has_room {
            refuse_for_room(about, common);
        }
        has_room
    }

    /// Nobody answers for what an unfetched trap costs, so their number is bounded.
    fn has_room_for_notification(
        &self,
        about: About<'_>,
        kind: PduKind,
        var_binds: VarBindListRef<'_>,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) -> bool {
        let has_room = self.unfetched.has_room_for_notification(var_binds);
        if !has_room {
            let trouble = Trouble::NoAnswer(kind);
            outstanding.refuse_by(common, Kind::DroppedNotification, about, trouble);
        }
        has_room
    }

    /// Whether a report may wait to be sent; counted if not. Half of the room is left to answers.
    pub(in crate::engine) fn has_room_for_report(
        &self,
        about: About<'_>,
        common: &mut Common,
    ) -> bool {
        let endpoint = about.peer().endpoint;
        let has_room = !common.out.is_blocked(endpoint)
            && common.out.messages(endpoint) < self.max_unanswered.div_ceil(2);
        if !has_room {
            common.record(Kind::DroppedReport, about);
        }
        has_room
    }
}

/// Drops a request, since as many wait for being fetched or answered as may.
#[cold]
fn refuse_for_room(about: About<'_>, common: &mut Common) {
    common.record(Kind::SilentDrop, about.detail(&"too many are waiting"));
}

/// A copy of a received PDU, in a buffer that an earlier message has left.
#[inline]
fn owned(pdu: PduRef<'_>, common: &mut Common) -> Pdu {
    let mut owned = Pdu::new(pdu.kind, 0, VarBindList::from_buffer(common.buffers.take()));
    owned.assign(pdu);
    owned
}

//! The way in: what is let in gets its place among what waits, and becomes an event.

use crate::engine::common::Common;
use crate::engine::event::{Event, IncomingNotification, IncomingRequest, StateReference};
use crate::engine::outstanding::Outstanding;
use crate::engine::records::{About, Kind};
use crate::engine::trouble::Trouble;
use crate::engine::v3::Usm;
use crate::pdu::{Pdu, PduKind, PduRef};
use crate::smi::{VarBindList, VarBindListRef};

use super::informs::{FormerInform, Marks};
use super::received::{Received, ReceivedPdu};
use super::registry::ContextEngine;
use super::reply_security::ReplySecurity;
use super::served::Served;

impl Served {
    /// Takes what a message processing model has let in. What has no room is dropped and counted; an inform that has
    /// come before is acknowledged as before, or waits for that. `security` is what an answer will need.
    // This, and what it calls for every request, is inlined into each model: called, it copies what is received twice
    // more, which is 3 % of an agent's GET.
    #[inline(always)]
    pub(in crate::engine) fn accept(
        &mut self,
        received: Received<'_>,
        security: impl FnOnce(&mut Common) -> ReplySecurity,
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
            context_engine,
            context_name,
            registration,
            room,
            pdu,
        } = received;
        let about = &about;
        let (state, pdu) = match pdu {
            ReceivedPdu::Request(pdu) => {
                if !self.has_room_for_request(about, Some(pdu.var_binds), common) {
                    return;
                }
                let state = self.keep(about, pdu, security(common), None, common);
                (Some(state), owned(pdu, common))
            }
            ReceivedPdu::Inform(pdu, marks) => {
                let security = security(common);
                if let Some(former) = self.informs.find(pdu, marks, common) {
                    return self.answer_again(about, former, security, usm, common);
                }
                let var_binds = pdu.var_binds;
                if !self.has_room_for_notification(about, pdu.kind, var_binds, outstanding, common)
                    || !self.has_room_for_request(about, None, common)
                {
                    return security.recycle(&mut common.buffers);
                }
                let state = self.keep(about, pdu, security, Some(marks), common);
                (Some(state), owned(pdu, common))
            }
            ReceivedPdu::Trap(pdu) => {
                let (kind, var_binds) = (pdu.kind, pdu.var_binds);
                if !self.has_room_for_notification(about, kind, var_binds, outstanding, common) {
                    return;
                }
                (None, owned(pdu, common))
            }
            ReceivedPdu::TrapV1(trap, community) => {
                let (kind, var_binds) = (PduKind::TrapV2, trap.var_binds);
                if !self.has_room_for_notification(about, kind, var_binds, outstanding, common) {
                    return;
                }
                let mut var_binds = VarBindList::from_buffer(common.buffers.take());
                if let Err(error) = trap.append_received(community, &mut var_binds) {
                    common.record(Kind::OddTrap, about.detail(&error));
                }
                (None, Pdu::new(kind, 0, var_binds))
            }
        };
        let peer = about.peer().clone();
        match state {
            Some(state) if !pdu.kind.is_notification() => {
                self.unfetched.add_request(&pdu);
                common.events.push_back(Event::Request(IncomingRequest {
                    state,
                    registration,
                    peer,
                    version,
                    security_model,
                    security_name,
                    security_level,
                    context_engine_id: match context_engine {
                        ContextEngine::Given(engine_id) => engine_id,
                        ContextEngine::This | ContextEngine::Any => common.local.id(),
                    },
                    context_name,
                    pdu,
                    room,
                }));
            }
            state => {
                common.stats.notifications += 1;
                self.unfetched.add_notification(&pdu);
                let notification = IncomingNotification {
                    state,
                    registration,
                    peer,
                    version,
                    security_model,
                    security_name,
                    security_level,
                    community,
                    context_engine_id: match context_engine {
                        ContextEngine::Given(engine_id) => Some(engine_id),
                        ContextEngine::This => Some(common.local.id()),
                        ContextEngine::Any => None,
                    },
                    context_name,
                    pdu,
                    room,
                };
                let event = Event::Notification(notification);
                common.events.push_back(event);
            }
        }
    }

    /// Keeps what the answer to a request or an inform will need.
    #[inline(always)]
    fn keep(
        &mut self,
        about: &About<'_>,
        pdu: PduRef<'_>,
        security: ReplySecurity,
        marks: Option<Marks>,
        common: &Common,
    ) -> StateReference {
        let state = self.replies.vacant();
        let inform = marks.map(|marks| self.informs.insert(marks, state));
        let peer = about.peer().clone();
        self.replies
            .insert(common.now, peer, security, pdu.request_id, inform);
        state
    }

    /// An inform has come before: it is acknowledged as before, or waits for that.
    fn answer_again(
        &mut self,
        about: &About<'_>,
        former: FormerInform,
        security: ReplySecurity,
        usm: &mut Usm,
        common: &mut Common,
    ) {
        let peer = about.peer();
        let unused = match former {
            // The sender may wait for an answer to its latest try only.
            FormerInform::UnderWay(state) => self.replies.renew(state, peer, security),
            FormerInform::Answered(answer) => {
                if self.has_room_for_request(about, None, common) {
                    Self::answer(peer.clone(), &security, &answer, usm, common);
                }
                common.recycle(answer);
                security
            }
        };
        unused.recycle(&mut common.buffers);
        common.record(Kind::RepeatedInform, *about);
    }

    /// Whether one more request may wait for its answer, and for being fetched if it has bindings to keep. Answers that
    /// wait for the same port count as well: one that takes nothing for a while does not pile them up.
    fn has_room_for_request(
        &mut self,
        about: &About<'_>,
        kept: Option<VarBindListRef<'_>>,
        common: &mut Common,
    ) -> bool {
        if kept.is_some_and(|var_binds| !self.unfetched.has_room(var_binds)) {
            refuse_for_room(about, common);
            return false;
        }
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
        about: &About<'_>,
        kind: PduKind,
        var_binds: VarBindListRef<'_>,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) -> bool {
        let has_room = self.unfetched.has_room_for_notification(var_binds);
        if !has_room {
            let trouble = Trouble::NoAnswer(kind);
            outstanding.refuse_by(common, Kind::DroppedNotification, *about, trouble);
        }
        has_room
    }

    /// Whether a report may wait to be sent; counted if not. Half of the room is left to answers.
    pub(in crate::engine) fn has_room_for_report(
        &self,
        about: &About<'_>,
        common: &mut Common,
    ) -> bool {
        let endpoint = about.peer().endpoint;
        let has_room = !common.out.is_blocked(endpoint)
            && common.out.messages(endpoint) < self.max_unanswered.div_ceil(2);
        if !has_room {
            common.record(Kind::DroppedReport, *about);
        }
        has_room
    }
}

/// Drops a request, since as many wait for being fetched or answered as may.
#[cold]
fn refuse_for_room(about: &About<'_>, common: &mut Common) {
    common.record(Kind::SilentDrop, about.detail(&"too many are waiting"));
}

/// A copy of a received PDU, in a buffer that an earlier message has left.
#[inline(always)]
fn owned(pdu: PduRef<'_>, common: &mut Common) -> Pdu {
    let mut owned = Pdu::new(pdu.kind, 0, VarBindList::from_buffer(common.buffers.take()));
    owned.assign(pdu);
    owned
}

//! Answers to received requests of SNMPv3, and refusals. RFC 3412 section 7.1.

use std::time::Instant;

use crate::engine::answering::TOO_LONG;
use crate::engine::engine::Engine;
use crate::engine::event::StateReference;
use crate::engine::records::{About, Kind};
use crate::engine::replies::{ReplySecurity, ReplyState};
use crate::engine::send_queues::MessageKind;
use crate::message::ScopedPdu;
use crate::pdu::{Pdu, PduKind};
use crate::smi::{ValueRef, VarBindList};

use super::Refusal;
use super::authoritative::UsmReply;
use super::report::Counter;

impl Engine {
    /// Leaves a received request unanswered, and lets the asker know why: counted, and reported if the
    /// version has reports. False if it has been answered or discarded already. RFC 3413 section 3.2.
    ///
    /// A report is sealed now: `now` is the time that it shows.
    pub fn refuse_request(
        &mut self,
        now: Instant,
        state: StateReference,
        refusal: Refusal,
    ) -> bool {
        self.common.advance(now);
        self.drop_unanswered();
        let Some(reply) = self.served.replies.remove(state) else {
            return false;
        };
        let counter = Counter::from(refusal);
        let mut about = About::from(&reply.peer);
        if let ReplySecurity::Usm(usm) = &reply.security {
            about = about.user(usm.user.name());
        }
        let count = self.common.record(counter.kind(), about) as u32;
        match &reply.security {
            ReplySecurity::Usm(usm) => {
                let mut var_binds = VarBindList::from_buffer(self.common.buffers.take());
                var_binds.push(counter.oid().as_ref(), ValueRef::Counter32(count));
                let pdu = Pdu::new(PduKind::Report, reply.request_id, var_binds);
                self.answer_usm(&reply, usm, &pdu);
                self.recycle(pdu);
            }
            ReplySecurity::Community { .. } => {}
        }
        self.forget(reply);
        true
    }

    /// Queues an answer or a report. False if it is too long for the asker, or no salt is left.
    pub(in crate::engine) fn answer_usm(
        &mut self,
        reply: &ReplyState,
        usm: &UsmReply,
        pdu: &Pdu,
    ) -> bool {
        let own = self.common.local.id();
        // Net-SNMP takes all but a Response for the question of RFC 5343 where the context is of the engine 8000000006.
        let context_engine_id = match pdu.kind {
            PduKind::Report => &own,
            _ => &usm.context_engine_id,
        };
        let scoped_pdu = ScopedPdu {
            context_engine_id: context_engine_id.octets(),
            context_name: &usm.context_name,
            pdu: pdu.as_ref(),
        };
        let mut message = self.common.buffers.take();
        let name = usm.user.name();
        let is_sealed = self.seal(
            usm.message_id,
            name,
            usm.level,
            &usm.keys,
            scoped_pdu,
            &mut message,
        );
        if !is_sealed || message.len() > usm.max_size {
            let about = About::from(&reply.peer).user(name).detail(&TOO_LONG);
            self.common.record(Kind::SilentDrop, about);
            self.common.buffers.give(message);
            return false;
        }
        self.common
            .queue_message(&reply.peer, message, MessageKind::Answer)
    }
}

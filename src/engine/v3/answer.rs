//! Answers and reports in the authority of this engine. RFC 3412 section 7.1.

use std::sync::Arc;

use crate::engine::common::Common;
use crate::engine::records::{About, Kind};
use crate::engine::send_queues::MessageKind;
use crate::engine::served::TOO_LONG;
use crate::message::ScopedPdu;
use crate::pdu::{Pdu, PduKind, PduRef};
use crate::security::usm::{OutgoingMessage, User, UserKeys};
use crate::security::{EngineId, SecurityLevel};
use crate::smi::{ValueRef, VarBindList};

use super::Usm;
use super::outgoing::max_size;
use super::report::Counter;

/// What an answer or a report to a received message needs.
#[derive(Debug)]
pub(in crate::engine) struct UsmReply {
    pub(super) message_id: i32,
    pub(super) level: SecurityLevel,
    pub(super) user: User,
    pub(super) keys: Arc<UserKeys>,
    pub(super) context_engine_id: EngineId,
    pub(super) context_name: Arc<[u8]>,
    /// The longest message that the asker takes.
    pub(super) max_size: usize,
}

impl UsmReply {
    pub(in crate::engine) fn user_name(&self) -> &[u8] {
        self.user.name()
    }

    fn addressee(&self) -> Addressee<'_> {
        Addressee {
            message_id: self.message_id,
            user_name: self.user.name(),
            level: self.level,
            keys: &self.keys,
            context_name: &self.context_name,
            max_size: self.max_size,
        }
    }
}

/// To whom a message goes, and how it is protected.
pub(super) struct Addressee<'a> {
    pub(super) message_id: i32,
    pub(super) user_name: &'a [u8],
    pub(super) level: SecurityLevel,
    pub(super) keys: &'a UserKeys,
    pub(super) context_name: &'a [u8],
    /// The longest message that is taken.
    pub(super) max_size: usize,
}

/// What a report says.
pub(in crate::engine) struct Report {
    pub(in crate::engine) counter: Counter,
    /// What the counter has come to.
    pub(in crate::engine) count: u64,
    /// Of the message that is reported; zero if it cannot be read.
    pub(in crate::engine) request_id: i32,
}

impl Usm {
    /// Writes an answer. False if it is too long for the asker, or no salt is left.
    pub(in crate::engine) fn prepare_response(
        &mut self,
        reply: &UsmReply,
        pdu: &Pdu,
        common: &Common,
        out: &mut Vec<u8>,
    ) -> bool {
        let context_engine_id = &reply.context_engine_id;
        let to = reply.addressee();
        self.seal(&to, context_engine_id, pdu.as_ref(), common, out)
    }

    /// Reports why a request is refused that has been let in. It goes as an answer: its asker is known.
    pub(in crate::engine) fn report_refusal(
        &mut self,
        about: About<'_>,
        reply: &UsmReply,
        report: Report,
        common: &mut Common,
    ) {
        let to = reply.addressee();
        self.report(about, &to, report, MessageKind::Answer, common);
    }

    /// Writes a report and queues it, as what `kind` says.
    pub(super) fn report(
        &mut self,
        about: About<'_>,
        to: &Addressee<'_>,
        report: Report,
        kind: MessageKind,
        common: &mut Common,
    ) {
        let mut var_binds = VarBindList::from_buffer(common.buffers.take());
        // Counters of SNMP begin again after 2^32.
        let count = ValueRef::Counter32(report.count as u32);
        var_binds.push(report.counter.oid().as_ref(), count);
        let pdu = Pdu::new(PduKind::Report, report.request_id, var_binds);
        let mut message = common.buffers.take();
        // Its context is this engine's, whatever was asked: Net-SNMP takes all but a Response for the question of RFC
        // 5343 where the context is of the engine 8000000006.
        let own = common.local.id();
        // With a long contextName, a report is long too.
        if self.seal(to, &own, pdu.as_ref(), common, &mut message) {
            common.queue_message(about.peer().clone(), message, kind);
        } else {
            common.record(Kind::SilentDrop, about.detail(&TOO_LONG));
            common.buffers.give(message);
        }
        common.recycle(pdu);
    }

    /// Writes a message in the authority of this engine. False if it is too long, or there is no salt for it.
    fn seal(
        &mut self,
        to: &Addressee<'_>,
        context_engine_id: &EngineId,
        pdu: PduRef<'_>,
        common: &Common,
        out: &mut Vec<u8>,
    ) -> bool {
        let Ok(protection) = to.keys.protection(to.level, &mut self.salts) else {
            return false;
        };
        let (boots, time) = common.local.clock(common.now);
        OutgoingMessage {
            message_id: to.message_id,
            max_size: max_size(common.max_message_size),
            reportable: false,
            engine_id: common.local.id().octets(),
            boots,
            time,
            user_name: to.user_name,
            scoped_pdu: ScopedPdu {
                context_engine_id: context_engine_id.octets(),
                context_name: to.context_name,
                pdu,
            },
        }
        .encode(protection, out);
        out.len() <= to.max_size
    }
}

//! Messages of SNMPv3 that ask or notify this engine. RFC 3412 section 7.2, RFC 3414 section 3.2.

use std::fmt;
use std::sync::Arc;

use crate::engine::answering::TOO_LONG;
use crate::engine::engine::Engine;
use crate::engine::event::{IncomingNotification, IncomingRequest};
use crate::engine::informs::Marks;
use crate::engine::records::Kind;
use crate::engine::replies::ReplySecurity;
use crate::engine::send_queues::MessageKind;
use crate::engine::trouble::Trouble;
use crate::message::{ScopedPdu, Version};
use crate::pdu::{Pdu, PduKind};
use crate::security::usm::{OutgoingMessage, User, UserKeys};
use crate::security::{EngineId, SecurityLevel, SecurityModel};
use crate::smi::{ValueRef, VarBindList};

use super::incoming::{Envelope, Plain, Unreadable};
use super::outgoing::{NO_KEYS, max_size};
use super::report::Counter;
use super::room::room_for_bindings;
use crate::engine::local::LATCH;

/// No context has a longer name, which is an SnmpAdminString (RFC 3411 section 5). It is kept for as long as a request
/// waits for its answer, or a notification for being taken.
const LONGEST_CONTEXT_NAME: usize = 255;

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

/// In whose name a message came.
struct Sender {
    user: User,
    security_name: Arc<[u8]>,
    keys: Arc<UserKeys>,
}

impl Engine {
    /// A message that answers no request of this engine.
    pub(super) fn accept_message(&mut self, envelope: &Envelope<'_>, plain: &mut Plain) {
        let own = self.common.local.id();
        if envelope.parameters.engine_id == own.octets() {
            return self.accept_own(envelope, own, plain);
        }
        // Who wants an answer has to address this engine. RFC 3412 section 7.2, step 13.
        match EngineId::new(envelope.parameters.engine_id) {
            Ok(engine_id) if engine_id != EngineId::LOCAL && !envelope.is_reportable() => {
                self.accept_foreign(envelope, engine_id, plain);
            }
            _ => self.refuse(envelope, Counter::UnknownEngineIds),
        }
    }

    /// Drops what answers a request of this engine, but not one that waits for it. False if there was
    /// no such request: its msgID alone does not tell an answer from a trap.
    fn is_stray_answer(&mut self, envelope: &Envelope<'_>) -> bool {
        let message_id = envelope.message.header.message_id;
        if let Some((place, pending)) = self.outstanding.table.find(message_id) {
            let expected = pending.request.credentials.version();
            if pending.request.peer.is(envelope.peer) && expected != Version::V3 {
                let found = Version::V3;
                let trouble = Trouble::OtherVersion { expected, found };
                let (kind, about) = (Kind::Mismatched, envelope.about());
                (self.outstanding).refuse_by(&mut self.common, kind, about, trouble);
            } else {
                (self.outstanding).refuse_foreign(&mut self.common, envelope.about(), place);
            }
        } else if self.outstanding.table.was_just_answered(message_id) {
            self.outstanding
                .refuse_unasked(&mut self.common, envelope.about(), message_id);
        } else {
            return false;
        }
        true
    }

    /// Drops a message that has nothing to do with what was asked.
    #[cold]
    fn refuse_stray(&mut self, envelope: &Envelope<'_>, kind: Kind) {
        let trouble = self.stray(envelope, None);
        self.outstanding
            .refuse_by(&mut self.common, kind, envelope.about(), trouble);
    }

    /// What such a message is to who waits for an answer from there.
    fn stray(&self, envelope: &Envelope<'_>, decrypted: Option<ScopedPdu<'_>>) -> Trouble {
        let message_id = envelope.message.header.message_id;
        match envelope.readable(decrypted).map(|it| it.pdu.kind) {
            Some(PduKind::Response) => self.outstanding.unasked(message_id),
            // It may be a trap, which some number from 1.
            None if !self.is_of_asked(envelope) => Trouble::Unasked(message_id),
            None => self.outstanding.unasked(message_id),
            // Whoever cannot read a message may report that under the msgID 0.
            Some(PduKind::Report) if message_id != 0 => {
                match self.outstanding.unasked(message_id) {
                    Trouble::Unasked(_) => Trouble::NoAnswer(PduKind::Report),
                    cut_off => cut_off,
                }
            }
            // The question for an engine's name.
            Some(PduKind::GetRequest)
                if self.usm.associations.find_discovery(message_id).is_some() =>
            {
                Trouble::Echo
            }
            Some(kind) => self.outstanding.no_answer(envelope.peer, message_id, kind),
        }
    }

    /// Whether it comes in the name of the engine that is asked there.
    fn is_of_asked(&self, envelope: &Envelope<'_>) -> bool {
        let name = EngineId::new(envelope.parameters.engine_id);
        name.is_ok_and(|name| self.usm.associations.is_known(envelope.peer, &name))
    }

    /// A message in the authority of this engine: a request or an inform.
    fn accept_own(&mut self, envelope: &Envelope<'_>, own: EngineId, plain: &mut Plain) {
        let usm = &mut self.usm;
        let Some(entry) = usm.users.own(envelope.parameters.user_name) else {
            return self.refuse(envelope, Counter::UnknownUserNames);
        };
        if envelope.level() > entry.user().level() {
            return self.refuse(envelope, Counter::UnsupportedSecLevels);
        }
        let known = &mut usm.known;
        let Some(keys) = entry.keys(|user| known.first_of(user).localize(&own)) else {
            return self.refuse(envelope, Counter::UnknownUserNames);
        };
        if envelope.authenticate(keys).is_err() {
            return self.refuse(envelope, Counter::WrongDigests);
        }
        let sender = Sender {
            user: entry.user().clone(),
            security_name: Arc::clone(entry.name()),
            keys: Arc::clone(keys),
        };
        let (boots, time) = (envelope.parameters.boots, envelope.parameters.time);
        let is_in_window = self.common.local.is_in_window(boots, time, self.common.now);
        if envelope.is_authenticated() && !is_in_window {
            // The only report that is authenticated: it shows this engine's clock.
            let (level, counter) = (SecurityLevel::AuthNoPriv, Counter::NotInTimeWindows);
            return self.refuse_at(envelope, None, counter, level, &sender.keys);
        }
        match envelope.open(&sender.keys, plain) {
            Ok(scoped_pdu) => self.accept_scoped(envelope, &scoped_pdu, sender, own),
            Err(error) => self.refuse_data(envelope, error),
        }
    }

    /// A message in the authority of another engine, which wants no answer: a trap.
    fn accept_foreign(&mut self, envelope: &Envelope<'_>, engine_id: EngineId, plain: &mut Plain) {
        let usm = &mut self.usm;
        let Some(entry) = usm.users.at(envelope.parameters.user_name, engine_id) else {
            if self.is_stray_answer(envelope) {
                return;
            }
            let usm = &self.usm;
            let is_asked = usm.associations.is_known(envelope.peer, &engine_id);
            let kind = match is_asked {
                true => Kind::Late,
                false if usm.users.knows(engine_id) => Kind::UnknownUser,
                false => Kind::UnknownEngine,
            };
            return self.refuse_stray(envelope, kind);
        };
        let user = entry.user().clone();
        if envelope.level() > user.level() {
            return self.refuse_stray(envelope, Kind::UnsupportedLevel);
        }
        let security_name = Arc::clone(entry.name());
        let keys = if !entry.is_anywhere() {
            let known = &mut usm.known;
            let keys = entry.keys(|user| known.first_of(user).localize(&engine_id));
            keys.cloned()
        } else if let Some(keys) = usm.remotes.keys(&engine_id, &user) {
            Some(keys)
        } else if envelope.is_authenticated() {
            // Anybody can claim to be an engine, and some privacy keys cost a mebibyte of hashing: the
            // digest comes first. Kept if the message turns out to be the user's.
            let known = usm.known.first_of(&user);
            let signing = known.localize_authentication(&engine_id);
            if signing.is_ok_and(|signing| envelope.authenticate(&signing).is_err()) {
                return self.refuse_stray(envelope, Kind::WrongDigest);
            }
            known.localize(&engine_id).ok().map(Arc::new)
        } else {
            Some(Arc::new(UserKeys::none()))
        };
        let Some(keys) = keys else {
            return self.refuse_stray(envelope, Kind::UnknownUser);
        };
        if envelope.authenticate(&keys).is_err() {
            return self.refuse_stray(envelope, Kind::WrongDigest);
        }
        if envelope.is_authenticated() {
            let parameters = &envelope.parameters;
            let is_new = usm
                .remotes
                .accept(engine_id, parameters, &user, &keys, self.common.now);
            if !is_new && parameters.boots == LATCH {
                let trouble = Trouble::BootsExhausted;
                return self.outstanding.refuse_by(
                    &mut self.common,
                    Kind::Stale,
                    envelope.about(),
                    trouble,
                );
            }
            if !is_new {
                return self.refuse_stray(envelope, Kind::Stale);
            }
        }
        let sender = Sender {
            user,
            security_name,
            keys,
        };
        match envelope.open(&sender.keys, plain) {
            Ok(scoped_pdu) => self.accept_scoped(envelope, &scoped_pdu, sender, engine_id),
            Err(error) => self.refuse_data(envelope, error),
        }
    }

    /// A message that is what it claims to be. RFC 3412 section 7.2, steps 8 to 14.
    fn accept_scoped(
        &mut self,
        envelope: &Envelope<'_>,
        scoped_pdu: &ScopedPdu<'_>,
        sender: Sender,
        engine_id: EngineId,
    ) {
        let own = self.common.local.id();
        let kind = scoped_pdu.pdu.kind;
        let is_taken = match kind {
            PduKind::Response | PduKind::Report => {
                if !self.is_stray_answer(envelope) {
                    self.refuse_stray(envelope, Kind::Late);
                }
                return;
            }
            PduKind::TrapV2 => self.served.takes_notifications,
            // Not even reportable: nobody could answer it.
            _ if engine_id != own => return self.refuse_stray(envelope, Kind::UnknownEngine),
            PduKind::InformRequest => self.served.takes_notifications,
            // Nobody here speaks for another engine.
            _ => {
                let asked = scoped_pdu.context_engine_id;
                asked == own.octets() || asked == EngineId::LOCAL.octets()
            }
        };
        if !is_taken {
            let (level, counter) = (envelope.level(), Counter::UnknownPduHandlers);
            return self.refuse_at(envelope, Some(*scoped_pdu), counter, level, &sender.keys);
        }
        if scoped_pdu.context_name.len() > LONGEST_CONTEXT_NAME {
            let (level, counter) = (envelope.level(), Counter::UnknownContexts);
            return self.refuse_at(envelope, Some(*scoped_pdu), counter, level, &sender.keys);
        }
        if kind == PduKind::TrapV2 && engine_id == own && !self.is_new_trap(envelope, &sender) {
            return self.refuse_stray(envelope, Kind::Stale);
        }
        if kind.is_notification() {
            // Requests are subject to access control; nothing else asks whether a notification was
            // signed by the user whom it names.
            let has_keys = sender.user.level() > SecurityLevel::NoAuthNoPriv;
            if has_keys && !envelope.is_authenticated() {
                return self.refuse(envelope, Counter::UnsupportedSecLevels);
            }
            let is_inform = kind.is_confirmed();
            let (about, var_binds) = (envelope.about(), scoped_pdu.pdu.var_binds);
            if !is_inform && !self.has_room_for_notification(about, kind, var_binds) {
                return;
            }
        } else if !self.served.unfetched.has_room(scoped_pdu.pdu.var_binds) {
            return self.refuse_for_room(envelope.about());
        }
        let Sender {
            user,
            security_name,
            keys,
        } = sender;
        let limit = self.longest_answer(envelope.peer, kind, envelope.level());
        let reply = UsmReply {
            message_id: envelope.message.header.message_id,
            level: envelope.level(),
            user,
            keys,
            context_engine_id: EngineId::new(scoped_pdu.context_engine_id).unwrap_or(engine_id),
            context_name: self.usm.context_name(scoped_pdu.context_name),
            max_size: envelope.asker_takes().min(limit),
        };
        let room = room_for_bindings(&reply, &own);
        // The answer repeats what was asked; whoever makes it is told whose context it is. RFC 5343.
        let context_engine_id = match reply.context_engine_id == EngineId::LOCAL {
            true => engine_id,
            false => reply.context_engine_id,
        };
        let context_name = Arc::clone(&reply.context_name);
        let state = if kind.is_confirmed() {
            let (peer, pdu) = (envelope.peer, scoped_pdu.pdu);
            let state = if kind.is_notification() {
                let marks = self.inform_marks(envelope, scoped_pdu, &reply);
                self.expect_acknowledgement(peer, ReplySecurity::Usm(reply), marks, pdu)
            } else {
                self.expect_reply(peer, ReplySecurity::Usm(reply), pdu.request_id)
            };
            if state.is_none() {
                return;
            }
            state
        } else {
            None
        };
        let mut pdu = Pdu::new(
            kind,
            0,
            VarBindList::from_buffer(self.common.buffers.take()),
        );
        pdu.assign(scoped_pdu.pdu);
        match state {
            Some(state) if !kind.is_notification() => {
                self.hand_out_request(IncomingRequest {
                    state,
                    peer: envelope.peer.clone(),
                    version: Version::V3,
                    security_model: SecurityModel::USM,
                    security_name,
                    security_level: envelope.level(),
                    context_engine_id,
                    context_name,
                    pdu,
                    room,
                });
            }
            state => self.hand_out(IncomingNotification {
                state,
                peer: envelope.peer.clone(),
                version: Version::V3,
                security_model: SecurityModel::USM,
                security_name,
                security_level: envelope.level(),
                community: None,
                context_engine_id: Some(context_engine_id),
                context_name,
                pdu,
                room,
            }),
        }
    }

    /// Whether a trap of this engine itself comes for the first time: it would be taken as often as somebody
    /// sends it back.
    fn is_new_trap(&mut self, envelope: &Envelope<'_>, sender: &Sender) -> bool {
        let (own, now) = (self.common.local.id(), self.common.now);
        let Sender { user, keys, .. } = sender;
        let remotes = &mut self.usm.remotes;
        !envelope.is_authenticated() || remotes.accept(own, &envelope.parameters, user, keys, now)
    }

    /// What tells an inform from others: only one that has passed all tests is looked for among those
    /// that came before.
    fn inform_marks(
        &self,
        envelope: &Envelope<'_>,
        scoped_pdu: &ScopedPdu<'_>,
        reply: &UsmReply,
    ) -> Marks {
        let sender = (
            (Version::V3, reply.level, reply.user.name()),
            (scoped_pdu.context_engine_id, scoped_pdu.context_name),
        );
        let signed = envelope.is_authenticated().then_some(envelope.datagram);
        let informs = &self.served.informs;
        informs.marks(envelope.peer, sender, scoped_pdu.pdu, signed)
    }

    fn refuse_data(&mut self, envelope: &Envelope<'_>, error: Unreadable) {
        match error {
            Unreadable::Undecryptable => self.refuse(envelope, Counter::DecryptionErrors),
            Unreadable::Malformed(error) => {
                self.outstanding
                    .refuse_malformed(&mut self.common, envelope.peer, error)
            }
        }
    }

    /// Counts a message that is not processed, and reports that without protection.
    fn refuse(&mut self, envelope: &Envelope<'_>, counter: Counter) {
        self.refuse_at(
            envelope,
            None,
            counter,
            SecurityLevel::NoAuthNoPriv,
            &NO_KEYS,
        );
    }

    /// Counts a message that is not processed, and reports that if its sender wants to know. Never for
    /// a message that is itself an answer or a report. `decrypted` is what it says, where that is known.
    /// RFC 3412 section 7.1, step 3.
    fn refuse_at(
        &mut self,
        envelope: &Envelope<'_>,
        decrypted: Option<ScopedPdu<'_>>,
        counter: Counter,
        level: SecurityLevel,
        keys: &UserKeys,
    ) {
        let ((boots, time), parameters) = (
            self.common.local.clock(self.common.now),
            envelope.parameters,
        );
        let clocks = Clocks {
            found: (parameters.boots, parameters.time),
            own: (boots, time),
        };
        let about = match counter {
            Counter::NotInTimeWindows if boots == LATCH => envelope
                .about()
                .detail(&"this engine has used up its boots"),
            Counter::NotInTimeWindows => envelope.about().detail(&clocks),
            _ => envelope.about(),
        };
        let count = self.common.record(counter.kind(), about);
        if self.outstanding.peers.is_known(envelope.peer) {
            let trouble = self.stray(envelope, decrypted);
            self.outstanding.note(envelope.peer, &trouble);
        }
        if !envelope.is_reportable() {
            return;
        }
        if !self.has_room_for_report(envelope.peer) {
            return;
        }
        let scoped_pdu = envelope.readable(decrypted);
        let (mut request_id, mut context_name) = (0, &[][..]);
        if let Some(scoped_pdu) = scoped_pdu {
            if !scoped_pdu.pdu.kind.is_confirmed() {
                return;
            }
            request_id = scoped_pdu.pdu.request_id;
            context_name = scoped_pdu.context_name;
        }
        let mut var_binds = VarBindList::from_buffer(self.common.buffers.take());
        // Counters of SNMP begin again after 2^32.
        var_binds.push(counter.oid().as_ref(), ValueRef::Counter32(count as u32));
        let pdu = Pdu::new(PduKind::Report, request_id, var_binds);
        let own = self.common.local.id();
        let scoped_pdu = ScopedPdu {
            context_engine_id: own.octets(),
            context_name,
            pdu: pdu.as_ref(),
        };
        let (message_id, user_name) = (
            envelope.message.header.message_id,
            envelope.parameters.user_name,
        );
        let mut message = self.common.buffers.take();
        let is_sealed = self.seal(message_id, user_name, level, keys, scoped_pdu, &mut message);
        // With a long contextName, a report is long too.
        if is_sealed && message.len() <= envelope.asker_takes().min(self.common.max_message_size) {
            self.common
                .queue_message(envelope.peer, message, MessageKind::Report);
        } else {
            self.common
                .record(Kind::SilentDrop, envelope.about().detail(&TOO_LONG));
            self.common.buffers.give(message);
        }
        self.recycle(pdu);
    }

    /// Writes an answer or a report in the authority of this engine. False if there is no salt for it.
    pub(super) fn seal(
        &mut self,
        message_id: i32,
        user_name: &[u8],
        level: SecurityLevel,
        keys: &UserKeys,
        scoped_pdu: ScopedPdu<'_>,
        out: &mut Vec<u8>,
    ) -> bool {
        let Ok(protection) = keys.protection(level, &mut self.usm.salts) else {
            return false;
        };
        let (boots, time) = self.common.local.clock(self.common.now);
        OutgoingMessage {
            message_id,
            max_size: max_size(self.common.max_message_size),
            reportable: false,
            engine_id: self.common.local.id().octets(),
            boots,
            time,
            user_name,
            scoped_pdu,
        }
        .encode(protection, out);
        true
    }
}

/// The clock that a message shows, beside the one of this engine: boots and time of each.
struct Clocks {
    found: (u32, u32),
    own: (u32, u32),
}

impl fmt::Display for Clocks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ((found_boots, found_time), (boots, time)) = (self.found, self.own);
        write!(
            f,
            "boots {found_boots} and time {found_time}, where this engine is at boots {boots} and time {time}"
        )
    }
}

#[cfg(test)]
mod tests;

//! Messages of SNMPv3 that ask or notify this engine. RFC 3412 section 7.2, RFC 3414 section 3.2.

use std::sync::Arc;

use crate::engine::common::Common;
use crate::engine::local::LATCH;
use crate::engine::outstanding::Outstanding;
use crate::engine::records::Kind;
use crate::engine::served::{
    ContextEngine, PduClass, Received, ReceivedPdu, ReplySecurity, Served,
};
use crate::message::{ScopedPdu, Version};
use crate::pdu::PduKind;
use crate::security::usm::{User, UserKeys};
use crate::security::{EngineId, SecurityLevel, SecurityModel};

use super::Usm;
use super::answer::UsmReply;
use super::incoming::{Envelope, Plain};
use super::refusing::Refused;
use super::report::Counter;
use super::room::room_for_bindings;

/// No context has a longer name, which is an SnmpAdminString (RFC 3411 section 5). It is kept for as long as a request
/// waits for its answer, or a notification for being taken.
const LONGEST_CONTEXT_NAME: usize = 255;

/// In whose name a message came.
struct Sender {
    user: User,
    security_name: Arc<[u8]>,
    keys: Arc<UserKeys>,
}

impl Usm {
    /// Takes a message that answers no request of this engine.
    pub(super) fn accept_message(
        &mut self,
        envelope: &Envelope<'_>,
        plain: &mut Plain,
        served: &mut Served,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        match self.let_in(envelope, plain, served, common) {
            Ok((received, reply)) => {
                let security = |_: &mut Common| ReplySecurity::Usm(reply);
                served.accept(received, security, self, outstanding, common);
            }
            Err(refused) => self.refuse(envelope, refused, served, outstanding, common),
        }
    }

    /// Whose message it is, what it says, and who takes it.
    fn let_in<'p>(
        &mut self,
        envelope: &Envelope<'p>,
        plain: &'p mut Plain,
        served: &Served,
        common: &Common,
    ) -> Result<(Received<'p>, UsmReply), Refused<'p>> {
        let own = common.local.id();
        let (sender, engine_id) = if envelope.parameters.engine_id == own.octets() {
            (self.sender_to_this(envelope, own, common)?, own)
        } else {
            // Who wants an answer has to address this engine. RFC 3412 section 7.2, step 13.
            match EngineId::new(envelope.parameters.engine_id) {
                Ok(engine_id) if engine_id != EngineId::LOCAL && !envelope.is_reportable() => {
                    (self.sender_at(envelope, engine_id, common)?, engine_id)
                }
                _ => return Err(Refused::reported(Counter::UnknownEngineIds)),
            }
        };
        let scoped_pdu = envelope.open(&sender.keys, plain)?;
        self.admit(envelope, scoped_pdu, sender, engine_id, served, common)
    }

    /// Who sends a message in the authority of this engine: a request or an inform.
    fn sender_to_this(
        &mut self,
        envelope: &Envelope<'_>,
        own: EngineId,
        common: &Common,
    ) -> Result<Sender, Refused<'static>> {
        let Some(entry) = self.users.own(envelope.parameters.user_name) else {
            return Err(Refused::reported(Counter::UnknownUserNames));
        };
        if envelope.level() > entry.user().level() {
            return Err(Refused::reported(Counter::UnsupportedSecLevels));
        }
        let known = &mut self.known;
        let Some(keys) = entry.keys(|user| known.first_of(user).localize(&own)) else {
            return Err(Refused::reported(Counter::UnknownUserNames));
        };
        if envelope.authenticate(keys).is_err() {
            return Err(Refused::reported(Counter::WrongDigests));
        }
        let keys = Arc::clone(keys);
        let (boots, time) = (envelope.parameters.boots, envelope.parameters.time);
        let is_in_window = common.local.is_in_window(boots, time, common.now);
        if envelope.is_authenticated() && !is_in_window {
            return Err(Refused::not_in_time_window(keys));
        }
        Ok(Sender {
            user: entry.user().clone(),
            security_name: Arc::clone(entry.name()),
            keys,
        })
    }

    /// Who sends a message in the authority of another engine, which wants no answer: a trap.
    fn sender_at(
        &mut self,
        envelope: &Envelope<'_>,
        engine_id: EngineId,
        common: &Common,
    ) -> Result<Sender, Refused<'static>> {
        let Some(entry) = self.users.at(envelope.parameters.user_name, engine_id) else {
            let is_asked = self.associations.is_known(envelope.peer, &engine_id);
            return Err(Refused::Stray(match is_asked {
                true => Kind::Late,
                false if self.users.knows(engine_id) => Kind::UnknownUser,
                false => Kind::UnknownEngine,
            }));
        };
        let user = entry.user().clone();
        if envelope.level() > user.level() {
            return Err(Refused::Dropped(Kind::UnsupportedLevel));
        }
        let security_name = Arc::clone(entry.name());
        let keys = if !entry.is_anywhere() {
            let known = &mut self.known;
            let keys = entry.keys(|user| known.first_of(user).localize(&engine_id));
            keys.cloned()
        } else if let Some(keys) = self.remotes.keys(&engine_id, &user) {
            Some(keys)
        } else if envelope.is_authenticated() {
            // Anybody can claim to be an engine, and some privacy keys cost a mebibyte of hashing: the
            // digest comes first. Kept if the message turns out to be the user's.
            let known = self.known.first_of(&user);
            let signing = known.localize_authentication(&engine_id);
            if signing.is_ok_and(|signing| envelope.authenticate(&signing).is_err()) {
                return Err(Refused::Dropped(Kind::WrongDigest));
            }
            known.localize(&engine_id).ok().map(Arc::new)
        } else {
            Some(Arc::new(UserKeys::none()))
        };
        let Some(keys) = keys else {
            return Err(Refused::Dropped(Kind::UnknownUser));
        };
        if envelope.authenticate(&keys).is_err() {
            return Err(Refused::Dropped(Kind::WrongDigest));
        }
        let parameters = &envelope.parameters;
        if envelope.is_authenticated()
            && !self
                .remotes
                .accept(engine_id, parameters, &user, &keys, common.now)
        {
            return Err(match parameters.boots {
                LATCH => Refused::BootsExhausted,
                _ => Refused::Dropped(Kind::Stale),
            });
        }
        Ok(Sender {
            user,
            security_name,
            keys,
        })
    }

    /// Lets a message in that is what it claims to be, if somebody takes it. RFC 3412 section 7.2, steps 8 to 14, and
    /// section 4.2.2.1.
    fn admit<'p>(
        &mut self,
        envelope: &Envelope<'p>,
        scoped_pdu: ScopedPdu<'p>,
        sender: Sender,
        engine_id: EngineId,
        served: &Served,
        common: &Common,
    ) -> Result<(Received<'p>, UsmReply), Refused<'p>> {
        let own = common.local.id();
        let ScopedPdu {
            context_name, pdu, ..
        } = scoped_pdu;
        let Some(class) = PduClass::of(pdu.kind) else {
            return Err(Refused::Stray(Kind::Late));
        };
        let is_trap = pdu.kind == PduKind::TrapV2;
        if !is_trap && engine_id != own {
            // Not even reportable: nobody could answer it.
            return Err(Refused::Dropped(Kind::UnknownEngine));
        }
        let (said, is_notification) = (
            EngineId::new(scoped_pdu.context_engine_id),
            class == PduClass::Notification,
        );
        // A notification is not lost for what is no name. The answer repeats what was asked; whoever makes it is told whose
        // context it is (RFC 5343).
        let whose = match said {
            Ok(said) if said != EngineId::LOCAL => Some(said),
            Err(_) if !is_notification => None,
            _ => Some(engine_id),
        };
        let taker = whose.and_then(|whose| {
            let engine = match whose == own {
                true => ContextEngine::This,
                false => ContextEngine::Given(whose),
            };
            Some((engine, served.registration(class, &engine, context_name)?))
        });
        let level = envelope.level();
        let Some((context_engine, registration)) = taker else {
            let counter = Counter::UnknownPduHandlers;
            return Err(Refused::reported_at(
                level,
                sender.keys,
                counter,
                scoped_pdu,
            ));
        };
        if context_name.len() > LONGEST_CONTEXT_NAME {
            let counter = Counter::UnknownContexts;
            return Err(Refused::reported_at(
                level,
                sender.keys,
                counter,
                scoped_pdu,
            ));
        }
        if is_trap && engine_id == own && !self.is_new_trap(envelope, &sender, common) {
            return Err(Refused::Dropped(Kind::Stale));
        }
        // Requests are subject to access control; nothing else asks whether a notification was
        // signed by the user whom it names.
        let has_keys = sender.user.level() > SecurityLevel::NoAuthNoPriv;
        if is_notification && has_keys && !envelope.is_authenticated() {
            return Err(Refused::reported(Counter::UnsupportedSecLevels));
        }
        let limit = common.longest_answer(envelope.peer, pdu.kind, level);
        let reply = UsmReply {
            message_id: envelope.message.header.message_id,
            level,
            user: sender.user,
            keys: sender.keys,
            context_engine_id: said.unwrap_or(engine_id),
            context_name: self.context_name(context_name),
            max_size: envelope.asker_takes().min(limit),
        };
        let pdu = match class {
            PduClass::Read | PduClass::Write => ReceivedPdu::Request(pdu),
            PduClass::Notification if is_trap => ReceivedPdu::Trap(pdu),
            PduClass::Notification => {
                // Only one that has passed all tests is looked for among those that came before.
                let sender = (
                    (Version::V3, level, reply.user_name()),
                    (scoped_pdu.context_engine_id, context_name),
                );
                let signed = envelope.is_authenticated().then_some(envelope.datagram);
                let marks = served.inform_marks(envelope.peer, sender, pdu, signed);
                ReceivedPdu::Inform(pdu, marks)
            }
        };
        let received = Received {
            about: envelope.about(),
            version: Version::V3,
            security_model: SecurityModel::USM,
            security_name: sender.security_name,
            security_level: level,
            community: None,
            context_engine,
            context_name: Arc::clone(&reply.context_name),
            registration,
            room: room_for_bindings(&reply, &own),
            pdu,
        };
        Ok((received, reply))
    }

    /// Whether a trap of this engine itself comes for the first time: it would be taken as often as somebody
    /// sends it back.
    fn is_new_trap(&mut self, envelope: &Envelope<'_>, sender: &Sender, common: &Common) -> bool {
        let Sender { user, keys, .. } = sender;
        let (own, parameters) = (common.local.id(), &envelope.parameters);
        !envelope.is_authenticated() || self.remotes.accept(own, parameters, user, keys, common.now)
    }
}

#[cfg(test)]
mod tests;

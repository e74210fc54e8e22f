//! Messages of SNMPv3 that begin here. RFC 3414 section 3.1.

use crate::engine::engine::Engine;
use crate::engine::error::ErrorIndication;
use crate::engine::event::{Credentials, Peer, RequestId};
use crate::engine::send_queues::Outgoing;
use crate::message::ScopedPdu;
use crate::pdu::{Pdu, PduKind};
use crate::security::SecurityLevel;
use crate::security::usm::{OutgoingMessage, SealError, UserKeys};
use crate::smi::VarBindList;

use super::local::LATCH;

/// The keys of a message that needs none.
pub(super) static NO_KEYS: UserKeys = UserKeys::none();

impl Engine {
    /// Writes the message of a request or a trap in a user's name, with the time of now and a salt of
    /// its own.
    pub(in crate::engine) fn prepare_usm_message(
        &mut self,
        id: RequestId,
        out: &mut Vec<u8>,
    ) -> Result<(), ErrorIndication> {
        let Some(pending) = self.pending.get_mut(id) else {
            return Ok(());
        };
        let request = &pending.request;
        let Credentials::Usm(credentials) = &request.credentials else {
            return Ok(());
        };
        let (user, level) = (credentials.user(), credentials.level());
        let is_authenticated = level > SecurityLevel::NoAuthNoPriv;
        let usm = &mut self.usm;
        let (mut limit, mut clock) = (self.max_message_size, (0, 0));
        let (engine_id, ring) = match &mut pending.usm {
            Some(progress) => {
                let association = usm.associations.get_mut(progress.association);
                let association = association.ok_or(ErrorIndication::UnknownEngineId)?;
                progress.generation = association.generation;
                limit = limit.min(association.max_size);
                let engine = association.engine.as_mut();
                let engine = engine.ok_or(ErrorIndication::UnknownEngineId)?;
                if let Some(known) = &engine.clock
                    && is_authenticated
                {
                    clock = known.read(self.now);
                }
                (engine.id, &mut engine.keys)
            }
            None => {
                clock = usm.local.clock(self.now);
                if is_authenticated && clock.0 == LATCH {
                    return Err(ErrorIndication::BootsExhausted);
                }
                (usm.local.id(), &mut usm.senders)
            }
        };
        let keys = if is_authenticated {
            ring.keys(user, &engine_id, &mut usm.known)
                .map_err(|_| ErrorIndication::UnknownSecurityName)?
        } else {
            &NO_KEYS
        };
        let protection = keys.protection(level, &mut usm.salts);
        let protection = protection.map_err(|error| match error {
            SealError::UnsupportedLevel(_) => ErrorIndication::UnsupportedSecurityLevel,
            _ => ErrorIndication::EncryptionError,
        })?;
        let context = &request.context;
        let context_engine_id = context.engine_id().unwrap_or(&engine_id);
        OutgoingMessage {
            message_id: request.pdu.request_id,
            max_size: max_size(self.max_message_size),
            reportable: request.pdu.kind.is_confirmed(),
            engine_id: engine_id.octets(),
            boots: clock.0,
            time: clock.1,
            user_name: user.name(),
            scoped_pdu: ScopedPdu {
                context_engine_id: context_engine_id.octets(),
                context_name: context.name(),
                pdu: request.pdu.as_ref(),
            },
        }
        .encode(protection, out);
        if out.len() > limit {
            let len = out.len();
            let progress = pending.usm;
            if let Some(asked) = progress.and_then(|it| usm.associations.get_mut(it.association)) {
                asked.was_too_big();
            }
            return Err(ErrorIndication::TooBig { len, limit });
        }
        Ok(())
    }

    /// Writes the message that asks for an engine's name. None if it is not needed any more. RFC 3414
    /// section 4.
    pub(in crate::engine) fn prepare_discovery(
        &mut self,
        association: usize,
        out: &mut Vec<u8>,
    ) -> Option<Peer> {
        let (peer, id) = self.usm.associations.question(association)?;
        let pdu = Pdu::new(PduKind::GetRequest, id, VarBindList::new());
        OutgoingMessage {
            message_id: id,
            max_size: max_size(self.max_message_size),
            reportable: true,
            engine_id: &[],
            boots: 0,
            time: 0,
            user_name: &[],
            scoped_pdu: ScopedPdu {
                context_engine_id: &[],
                context_name: &[],
                pdu: pdu.as_ref(),
            },
        }
        .encode(crate::security::usm::Protection::NoAuthNoPriv, out);
        self.stats.discoveries += 1;
        Some(peer.into())
    }

    /// Lets a request wait for the name of the engine that it is for, and asks for that name unless
    /// somebody else does.
    pub(in crate::engine) fn await_discovery(&mut self, id: RequestId) {
        let Some(pending) = self.pending.get_mut(id) else {
            return;
        };
        let patience = pending.request.timeout;
        let endpoint = pending.request.peer.endpoint;
        let Some(progress) = &mut pending.usm else {
            return;
        };
        progress.asked = progress.asked.saturating_add(1);
        let number = progress.association;
        let is_new = !std::mem::replace(&mut progress.waits, true);
        let associations = &mut self.usm.associations;
        if is_new && let Some(association) = associations.get_mut(number) {
            association.await_name(id);
        }
        let pending = &mut self.pending;
        let (has_to_ask, again) =
            associations.ask(number, self.now, patience, || pending.fresh_identifier());
        pending.wake_at(id, again);
        if has_to_ask {
            self.out.push(endpoint, Outgoing::Discovery(number));
        }
    }
}

/// What this engine takes, for msgMaxSize.
pub(super) fn max_size(octets: usize) -> i32 {
    i32::try_from(octets).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Endpoint, EngineConfig, Event, Request, UsmCredentials};
    use crate::security::EngineId;
    use crate::security::usm::{AuthProtocol, PrivProtocol, Salts, User, UsmUser};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "only distances from it matter")]
    fn without_a_salt_nothing_is_sent() {
        for (privacy, is_sent) in [(PrivProtocol::Des, false), (PrivProtocol::Aes128, true)] {
            let now = std::time::Instant::now();
            let mut engine = Engine::new(EngineConfig::with_seed(1), now);
            engine.usm.salts = Salts::exhausted();
            let user = UsmUser::new("joe").unwrap();
            let user = user.auth(AuthProtocol::Md5, "authentication phrase");
            let user: User = user
                .and_then(|user| user.privacy(privacy, "privacy phrase"))
                .unwrap()
                .into();
            let engine_id = EngineId::generate(1, [1; 8]);
            let credentials = UsmCredentials::new(user).at_engine(engine_id);
            let peer = Peer::udp(Endpoint(0), ([192, 0, 2, 1], 161).into());
            let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
            let request = Request::new(peer, Credentials::Usm(credentials), pdu);
            let id = engine.submit(now, request).unwrap();
            let is_there = engine.poll_transmit(now, &mut Vec::new()).is_some();
            assert_eq!(is_there, is_sent, "{privacy}");
            match engine.poll_event() {
                Some(Event::Failed { id: of, error }) => {
                    assert_eq!((of, error), (id, ErrorIndication::EncryptionError));
                    assert!(!is_sent);
                }
                other => assert!(is_sent, "{other:?}"),
            }
        }
    }
}

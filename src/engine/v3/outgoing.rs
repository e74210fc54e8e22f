//! Messages of SNMPv3 that begin here. RFC 3414 section 3.1.

use crate::engine::engine::Engine;
use crate::engine::error::ErrorIndication;
use crate::engine::event::{Credentials, RequestId};
use crate::message::ScopedPdu;
use crate::pdu::{Pdu, PduKind};
use crate::security::SecurityLevel;
use crate::security::usm::{OutgoingMessage, SealError, UserKeys};
use crate::smi::VarBindList;

use super::associations::{RemoteEngine, TimeSource};
use crate::engine::local::LATCH;

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
        let by = self.choose_clock(id);
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return Ok(());
        };
        let request = &pending.request;
        let Credentials::Usm(credentials) = &request.credentials else {
            return Ok(());
        };
        let mut pdu = request.pdu.as_ref();
        let mut probe = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        let (user, level) = (credentials.user(), credentials.level());
        let is_authenticated = level > SecurityLevel::NoAuthNoPriv;
        let (usm, local) = (&mut self.usm, &self.common.local);
        let (mut limit, mut clock) = (self.common.max_message_size, (0, 0));
        let (engine_id, ring) = match &mut pending.usm {
            Some(progress) => {
                let association = usm.associations.get_mut(progress.association);
                let association = association.ok_or(ErrorIndication::UnknownEngineId)?;
                progress.generation = association.generation;
                limit = limit.min(association.max_size);
                let engine = association.engine.as_mut();
                let engine = engine.ok_or(ErrorIndication::UnknownEngineId)?;
                if is_authenticated {
                    clock = engine.time(by, self.common.now);
                }
                if progress.is_probe {
                    probe.request_id = pdu.request_id;
                    pdu = probe.as_ref();
                }
                (engine.id, &mut engine.keys)
            }
            None => {
                clock = local.clock(self.common.now);
                if is_authenticated && clock.0 == LATCH {
                    return Err(ErrorIndication::BootsExhausted);
                }
                (local.id(), &mut usm.senders)
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
            message_id: pdu.request_id,
            max_size: max_size(self.common.max_message_size),
            reportable: pdu.kind.is_confirmed(),
            engine_id: engine_id.octets(),
            boots: clock.0,
            time: clock.1,
            user_name: user.name(),
            scoped_pdu: ScopedPdu {
                context_engine_id: context_engine_id.octets(),
                context_name: context.name(),
                pdu,
            },
        }
        .encode(protection, out);
        if out.len() > limit {
            let len = out.len();
            let progress = pending.usm;
            if let Some(asked) = progress.and_then(|it| usm.associations.get_mut(it.association)) {
                asked.was_too_big(is_authenticated);
            }
            return Err(ErrorIndication::TooBig { len, limit });
        }
        Ok(())
    }

    /// By which clock the next message of a request goes, and whether that is the request itself.
    ///
    /// What changes something or notifies is signed by a clock that is proven only: signed by one that was
    /// forged, it could be held back until that time comes, and played then. Before it goes an empty GET,
    /// whose answer proves the clock.
    fn choose_clock(&mut self, id: RequestId) -> TimeSource {
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return TimeSource::Best;
        };
        let (Credentials::Usm(credentials), Some(progress)) =
            (&pending.request.credentials, &mut pending.usm)
        else {
            return TimeSource::Best;
        };
        let by_claim = std::mem::take(&mut progress.by_claim);
        progress.went_by_claim = by_claim;
        let engine = self.usm.associations.get(progress.association);
        let engine = engine.and_then(|known| known.engine.as_ref());
        let is_proven = engine.is_some_and(RemoteEngine::is_proven);
        let is_probe = credentials.level() > SecurityLevel::NoAuthNoPriv
            && !pending.request.pdu.kind.is_read()
            && (by_claim || !is_proven || progress.wants_proof);
        // The answer to one must not be taken for the answer to the other.
        if progress.is_sent && progress.is_probe != is_probe {
            self.renumber(id);
        }
        let pending = self.outstanding.table.get_mut(id);
        if let Some(progress) = pending.and_then(|found| found.usm.as_mut()) {
            progress.is_sent = true;
            progress.is_probe = is_probe;
        }
        match (by_claim, is_probe && !is_proven) {
            (true, _) => TimeSource::Claim,
            (false, true) => TimeSource::None,
            (false, false) => TimeSource::Best,
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
    use crate::engine::{Endpoint, EngineConfig, Event, Peer, Request, UsmCredentials};
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

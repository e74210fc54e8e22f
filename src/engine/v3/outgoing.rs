//! Messages of SNMPv3 that begin here. RFC 3414 section 3.1.

use std::time::Instant;

use crate::engine::common::Common;
use crate::engine::error::ErrorIndication;
use crate::engine::numbers::Numbers;
use crate::engine::pending::{Pending, PendingTable};
use crate::message::ScopedPdu;
use crate::pdu::{Pdu, PduKind};
use crate::security::SecurityLevel;
use crate::security::usm::{OutgoingMessage, SealError, UserKeys};
use crate::smi::VarBindList;

use super::Usm;
use super::UsmCredentials;
use super::associations::{RemoteEngine, TimeSource};
use crate::engine::local::LATCH;

/// The keys of a message that needs none.
pub(super) static NO_KEYS: UserKeys = UserKeys::none();

impl Usm {
    /// Writes the message of a request or a trap in a user's name, with the time of now and a salt of
    /// its own.
    pub(in crate::engine) fn prepare_outgoing(
        &mut self,
        credentials: &UsmCredentials,
        place: usize,
        table: &mut PendingTable,
        out: &mut Vec<u8>,
        common: &Common,
    ) -> Result<(), ErrorIndication> {
        let (pending, numbers) = table.at_with_numbers(place);
        let (user, level) = (credentials.user(), credentials.level());
        let is_authenticated = level > SecurityLevel::NoAuthNoPriv;
        let by = self.choose_clock(is_authenticated, place, pending, numbers, common.now);
        let request = &pending.request;
        let mut pdu = request.pdu.as_ref();
        let mut probe = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        let (mut limit, mut clock) = (common.max_message_size, (0, 0));
        let (engine_id, ring) = match &mut pending.usm {
            Some(progress) => {
                let association = self.associations.at(progress.association);
                progress.generation = association.generation;
                limit = limit.min(association.max_size);
                let engine = association.engine.as_mut();
                let engine = engine.ok_or(ErrorIndication::UnknownEngineId)?;
                if is_authenticated {
                    clock = engine.time(by, common.now);
                }
                if progress.is_probe {
                    probe.request_id = pdu.request_id;
                    pdu = probe.as_ref();
                }
                (engine.id, &mut engine.keys)
            }
            None => {
                clock = common.local.clock(common.now);
                if is_authenticated && clock.0 == LATCH {
                    return Err(ErrorIndication::BootsExhausted);
                }
                (common.local.id(), &mut self.senders)
            }
        };
        let keys = if is_authenticated {
            ring.keys(user, &engine_id, &mut self.known)
                .map_err(|_| ErrorIndication::UnknownSecurityName)?
        } else {
            &NO_KEYS
        };
        let protection = keys.protection(level, &mut self.salts);
        let protection = protection.map_err(|error| match error {
            SealError::UnsupportedLevel(_) => ErrorIndication::UnsupportedSecurityLevel,
            _ => ErrorIndication::EncryptionError,
        })?;
        let context = &request.context;
        let context_engine_id = context.engine_id().unwrap_or(&engine_id);
        OutgoingMessage {
            message_id: pdu.request_id,
            max_size: max_size(common.max_message_size),
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
            if let Some(progress) = &pending.usm {
                let association = self.associations.at(progress.association);
                association.was_too_big(is_authenticated);
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
    fn choose_clock(
        &mut self,
        is_authenticated: bool,
        place: usize,
        pending: &mut Pending,
        numbers: &mut Numbers,
        now: Instant,
    ) -> TimeSource {
        let is_read = pending.request.pdu.kind.is_read();
        // A trap goes by the clock of this engine.
        let Some(progress) = &mut pending.usm else {
            return TimeSource::Best;
        };
        let by_claim = std::mem::take(&mut progress.by_claim);
        progress.went_by_claim = by_claim;
        let engine = &self.associations.at(progress.association).engine;
        let is_proven = engine.as_ref().is_some_and(RemoteEngine::is_proven);
        let needs_proof = by_claim || !is_proven || progress.wants_proof;
        let is_probe = is_authenticated && !is_read && needs_proof;
        // The answer to one must not be taken for the answer to the other.
        if progress.is_sent && progress.is_probe != is_probe {
            pending.renumber(place, numbers, &mut self.associations, now);
        }
        if let Some(progress) = &mut pending.usm {
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
    use crate::engine::{Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request};
    use crate::security::EngineId;
    use crate::security::usm::{AuthProtocol, PrivProtocol, Salts, User, UsmUser};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "only distances from it matter")]
    fn without_a_salt_nothing_is_sent() {
        for (privacy, is_sent) in [(PrivProtocol::Des, false), (PrivProtocol::Aes128, true)] {
            let now = Instant::now();
            let mut engine = Engine::new(EngineConfig::with_seed(1), now);
            engine.models.usm.salts = Salts::exhausted();
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

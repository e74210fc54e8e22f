//! Messages of SNMPv3 that come in, and what answers our own. RFC 3412 section 7.2, RFC 3414 section
//! 3.2.

use std::time::Duration;

use crate::asn1::{BerError, BerErrorKind, Reader, Tag};
use crate::engine::dispatcher::log_left_over;
use crate::engine::engine::Engine;
use crate::engine::error::Trouble;
use crate::engine::event::{Credentials, Peer, RequestId};
use crate::message::{self, ScopedPdu, ScopedPduData, V3Message, peek};
use crate::pdu::PduKind;
use crate::security::usm::{AuthenticationError, SecurityParameters, UserKeys};
use crate::security::{SecurityLevel, SecurityModel};

use super::clock;
use super::outgoing::NO_KEYS;

/// A message whose security parameters are known, and nothing checked yet.
#[derive(Clone, Copy)]
pub(super) struct Envelope<'a> {
    pub(super) peer: &'a Peer,
    pub(super) datagram: &'a [u8],
    pub(super) message: V3Message<'a>,
    pub(super) parameters: SecurityParameters<'a>,
}

/// What the data of a message comes to be, while it is looked at.
#[derive(Default, Debug)]
pub(in crate::engine) struct Plain {
    decrypted: Vec<u8>,
    mended: Vec<u8>,
}

/// Why the data of a message cannot be read.
pub(super) enum Unreadable {
    Undecryptable,
    Malformed(BerError),
}

impl<'a> Envelope<'a> {
    pub(super) fn level(&self) -> SecurityLevel {
        self.message.header.flags.into()
    }

    pub(super) fn is_authenticated(&self) -> bool {
        self.message.header.flags.is_authenticated()
    }

    pub(super) fn is_reportable(&self) -> bool {
        self.message.header.flags.is_reportable()
    }

    /// msgMaxSize: the longest message that its sender takes.
    pub(super) fn asker_takes(&self) -> usize {
        usize::try_from(self.message.header.max_size).unwrap_or(usize::MAX)
    }

    /// Whether the digest is right, if there has to be one. RFC 3414 section 3.2, step 6.
    pub(super) fn authenticate(&self, keys: &UserKeys) -> Result<(), AuthenticationError> {
        if !self.is_authenticated() {
            return Ok(());
        }
        let key = keys.authentication().ok_or(AuthenticationError)?;
        key.verify(self.datagram, self.parameters.digest_field())
    }

    /// The data, decrypted into `plain` if need be. RFC 3414 section 3.2, step 8.
    pub(super) fn open<'p>(
        &self,
        keys: &UserKeys,
        plain: &'p mut Plain,
    ) -> Result<ScopedPdu<'p>, Unreadable>
    where
        'a: 'p,
    {
        let Plain { decrypted, mended } = plain;
        let (reader, padding) = match self.message.data {
            ScopedPduData::Plaintext(element) => (element, 0),
            ScopedPduData::Encrypted(contents) => {
                let key = keys.privacy().ok_or(Unreadable::Undecryptable)?;
                decrypted.clear();
                decrypted.extend_from_slice(contents.rest());
                let SecurityParameters {
                    boots,
                    time,
                    privacy,
                    ..
                } = self.parameters;
                key.decrypt(boots, time, privacy, decrypted)
                    .map_err(|_| Unreadable::Undecryptable)?;
                // With a wrong key the octets are not even one element.
                let padding = key.protocol().max_padding();
                let mut reader = Reader::new(decrypted);
                let is_element = reader.sub(Tag::SEQUENCE).is_ok();
                if !is_element || reader.rest().len() > padding {
                    return Err(Unreadable::Undecryptable);
                }
                (Reader::new(decrypted), padding)
            }
        };
        match ScopedPdu::decode_padded(reader, padding) {
            Ok(scoped_pdu) => {
                self.note_left_over(reader, &scoped_pdu);
                Ok(scoped_pdu)
            }
            Err(error) if message::can_be_mended(&error) => {
                *mended = message::mended(reader.rest());
                let reader = Reader::new(mended);
                let scoped_pdu = ScopedPdu::decode_padded(reader, padding);
                debug!("mended a message from {}: {error}", self.peer);
                scoped_pdu
            }
            Err(error) => Err(error),
        }
        .map_err(Unreadable::Malformed)
    }

    fn note_left_over(&self, mut reader: Reader<'_>, scoped_pdu: &ScopedPdu<'_>) {
        let contents = reader.octets(Tag::SEQUENCE).unwrap_or_default();
        let left_over = message::left_over(contents, scoped_pdu.pdu.var_binds);
        if left_over > 0 {
            log_left_over(self.peer, left_over);
        }
    }
}

impl Engine {
    /// Takes a message of SNMPv3. RFC 3412 section 7.2, steps 2 to 6.
    pub(in crate::engine) fn handle_v3(&mut self, peer: &Peer, datagram: &[u8]) {
        let message = match V3Message::decode(datagram) {
            Ok(message) => message,
            Err(error) if error.kind() == BerErrorKind::PrivacyWithoutAuthentication => {
                // The flags of another model than ours are nobody's business.
                match peek::security_model(datagram) {
                    Ok(USM) => self.stats.invalid_msgs += 1,
                    _ => self.stats.unknown_security_models += 1,
                }
                return self.note(peer, Trouble::OtherSecurity);
            }
            Err(error) => return self.refuse_malformed(peer, error),
        };
        if message.header.security_model != USM {
            self.stats.unknown_security_models += 1;
            return self.note(peer, Trouble::OtherSecurity);
        }
        let parameters = match SecurityParameters::decode(message.security_parameters) {
            Ok(parameters) => parameters,
            Err(error) => return self.refuse_malformed(peer, error),
        };
        let envelope = Envelope {
            peer,
            datagram,
            message,
            parameters,
        };
        let message_id = message.header.message_id;
        // The buffer is away while it is in use, so that what it holds borrows nothing of the engine.
        let mut plain = std::mem::take(&mut self.usm.plain);
        if let Some(id) = self.asked_by(&envelope) {
            self.accept_answer(&envelope, id, &mut plain);
        } else if let Some(number) = self.usm.associations.find_discovery(message_id)
            && !parameters.engine_id.is_empty()
        {
            self.accept_discovery(&envelope, number, &mut plain);
        } else {
            self.accept_message(&envelope, &mut plain);
        }
        plain.decrypted.clear();
        plain.mended.clear();
        self.usm.plain = plain;
    }

    /// The request that the message claims to answer, if it comes from where that was sent to.
    fn asked_by(&self, envelope: &Envelope<'_>) -> Option<RequestId> {
        let id = self.pending.find(envelope.message.header.message_id)?;
        let pending = self.pending.get(id)?;
        pending.usm.filter(|_| pending.tries > 0)?;
        // An engine that asks itself gets the request under the same msgID, maybe at the same port.
        let is_to_itself = envelope.is_reportable()
            && envelope.parameters.engine_id == self.usm.local.id().octets();
        let is_from_asked = pending.request.peer.is(envelope.peer) && !is_to_itself
            || self.any_source && !envelope.is_reportable();
        is_from_asked.then_some(id)
    }

    /// An answer to a request: from the engine that was asked, in the user's name, at the same level,
    /// in the same context, and of now. RFC 3412 section 7.2, steps 10 to 12.
    fn accept_answer(&mut self, envelope: &Envelope<'_>, id: RequestId, plain: &mut Plain) {
        let Envelope {
            message,
            parameters,
            ..
        } = envelope;
        let Some(pending) = self.pending.get(id) else {
            return;
        };
        let (Credentials::Usm(credentials), Some(progress)) =
            (&pending.request.credentials, pending.usm)
        else {
            return;
        };
        let associations = &mut self.usm.associations;
        let association = associations.get_mut(progress.association);
        let Some(engine) = association.and_then(|known| known.engine.as_mut()) else {
            return self.refuse_answer(envelope);
        };
        let user = credentials.user();
        let is_its =
            parameters.engine_id == engine.id.octets() && parameters.user_name == user.name();
        let keys = if !envelope.is_authenticated() {
            &NO_KEYS
        } else if is_its && user.level() >= envelope.level() {
            // Others may have taken the place of the user's keys meanwhile.
            match engine.keys.keys(user, &engine.id, &mut self.usm.known) {
                Ok(keys) => keys,
                Err(_) => return self.refuse_answer(envelope),
            }
        } else {
            return self.refuse_answer(envelope);
        };
        if envelope.authenticate(keys).is_err() {
            self.stats.wrong_digests += 1;
            return self.note(envelope.peer, Trouble::WrongDigest);
        }
        let scoped_pdu = match envelope.open(keys, plain) {
            Ok(scoped_pdu) => scoped_pdu,
            Err(Unreadable::Undecryptable) => {
                self.stats.decryption_errors += 1;
                return self.note(envelope.peer, Trouble::OtherSecurity);
            }
            Err(Unreadable::Malformed(error)) => {
                return self.refuse_malformed(envelope.peer, error);
            }
        };
        let pdu = scoped_pdu.pdu;
        let message_id = message.header.message_id;
        let is_former = pending.former == Some(message_id);
        if pdu.kind == PduKind::Report && is_former {
            self.stats.late_responses += 1;
            return;
        }
        if pdu.kind == PduKind::Report {
            return self.accept_report(envelope, id, pdu);
        }
        // The request itself may come back: its digest is right, and its clock whatever it went by.
        if pdu.kind != PduKind::Response {
            return self.refuse_answer(envelope);
        }
        if envelope.is_authenticated() {
            let clock = (parameters.boots, parameters.time);
            // A request-id that was drawn within the window: no older message can have it.
            let is_fresh = pdu.request_id == message_id
                && !is_former
                && self.now.saturating_duration_since(progress.numbered_at) <= WINDOW;
            if !engine.accept_clock(clock, is_fresh, self.now) {
                self.stats.stale_messages += 1;
                return self.note(envelope.peer, Trouble::Stale);
            }
            engine.keys.prove(user);
        }
        let context = &pending.request.context;
        let context_engine_id = context.engine_id().unwrap_or(&engine.id);
        let is_answer = is_its
            && envelope.level() == credentials.level()
            && pdu.request_id == message_id
            && scoped_pdu.context_engine_id == context_engine_id.octets()
            && scoped_pdu.context_name == context.name();
        if !is_answer {
            return self.refuse_answer(envelope);
        }
        if let Some(association) = associations.get_mut(progress.association) {
            let is_authenticated = envelope.is_authenticated();
            association.answered(message.header.max_size, is_authenticated, self.now);
        }
        if progress.is_probe && !is_former {
            return self.repeat_as_proven(id);
        }
        self.take_answer(id, pdu);
    }

    pub(super) fn refuse_answer(&mut self, envelope: &Envelope<'_>) {
        self.stats.mismatched_responses += 1;
        self.note(envelope.peer, Trouble::OtherSecurity);
    }
}

/// As long as a message may be late.
const WINDOW: Duration = Duration::from_secs(clock::WINDOW as u64);

const USM: i32 = SecurityModel::USM.number();

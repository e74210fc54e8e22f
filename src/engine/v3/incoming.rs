//! Messages of SNMPv3 that come in, and what answers our own. RFC 3412 section 7.2, RFC 3414 section
//! 3.2.

use std::time::Duration;

use crate::asn1::{BerError, BerErrorKind, Reader, Tag};
use crate::engine::address::Peer;
use crate::engine::engine::Engine;
use crate::engine::event::{Credentials, RequestId};
use crate::engine::local;
use crate::engine::records::{About, Kind};
use crate::engine::trouble::Trouble;
use crate::message::{self, ScopedPdu, ScopedPduData, V3Message, peek};
use crate::pdu::PduKind;
use crate::security::usm::{AuthenticationError, SecurityParameters, UserKeys};
use crate::security::{EngineId, SecurityLevel, SecurityModel};

use super::UsmCredentials;
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
    oddity: Option<Oddity>,
}

/// What is not as the standard has it, and read nevertheless.
#[derive(Clone, Copy, Debug)]
enum Oddity {
    LeftOver(usize),
    Mended(BerError),
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

    /// What a record says of its sender.
    pub(super) fn about(&self) -> About<'a> {
        About::from(self.peer)
            .user(self.parameters.user_name)
            .engine_id(self.parameters.engine_id)
    }

    /// By what it is not the answer of the engine `asked` to a request with `credentials`.
    #[cold]
    fn strangeness(&self, asked: EngineId, credentials: &UsmCredentials) -> Trouble {
        let octets = self.parameters.engine_id;
        if octets != asked.octets() {
            return match EngineId::new(octets) {
                Ok(found) => Trouble::OtherEngineId {
                    expected: asked,
                    found,
                },
                Err(_) => Trouble::engine_id_length(octets),
            };
        }
        match self.parameters.user_name == credentials.user().name() {
            true => Trouble::OtherLevel {
                expected: credentials.level(),
                found: self.level(),
            },
            false => Trouble::OtherUser,
        }
    }

    /// Whether the digest is right, if there has to be one. RFC 3414 section 3.2, step 6.
    pub(super) fn authenticate(&self, keys: &UserKeys) -> Result<(), AuthenticationError> {
        if !self.is_authenticated() {
            return Ok(());
        }
        let key = keys.authentication().ok_or(AuthenticationError)?;
        key.verify(self.datagram, self.parameters.digest_field())
    }

    /// The data as far as they are not encrypted, or have been decrypted.
    pub(super) fn readable<'p>(&self, decrypted: Option<ScopedPdu<'p>>) -> Option<ScopedPdu<'p>>
    where
        'a: 'p,
    {
        match self.message.data {
            ScopedPduData::Plaintext(element) => ScopedPdu::decode_padded(element, 0).ok(),
            ScopedPduData::Encrypted(_) => decrypted,
        }
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
        let Plain {
            decrypted,
            mended,
            oddity,
        } = plain;
        let (mut reader, padding) = match self.message.data {
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
                let contents = reader.octets(Tag::SEQUENCE).unwrap_or_default();
                let left_over = message::left_over(contents, scoped_pdu.pdu.var_binds);
                if left_over > 0 {
                    *oddity = Some(Oddity::LeftOver(left_over));
                }
                Ok(scoped_pdu)
            }
            Err(error) if message::can_be_mended(&error) => {
                *mended = message::mended(reader.rest());
                let reader = Reader::new(mended);
                *oddity = Some(Oddity::Mended(error));
                ScopedPdu::decode_padded(reader, padding)
            }
            Err(error) => Err(error),
        }
        .map_err(Unreadable::Malformed)
    }
}

impl Engine {
    /// Takes a message of SNMPv3. RFC 3412 section 7.2, steps 2 to 6.
    pub(in crate::engine) fn handle_v3(&mut self, peer: &Peer, datagram: &[u8]) {
        let message = match V3Message::decode(datagram) {
            Ok(message) => message,
            Err(error) if error.kind() == BerErrorKind::PrivacyWithoutAuthentication => {
                // The flags of another model than ours are nobody's business.
                return match peek::security_model(datagram) {
                    Ok(model) if model != USM => self.refuse_model(peer, model),
                    _ => {
                        let trouble = Trouble::PrivacyWithoutAuthentication;
                        self.outstanding.refuse_by(
                            &mut self.common,
                            Kind::InvalidMessage,
                            peer,
                            trouble,
                        );
                    }
                };
            }
            Err(error) => {
                return self
                    .outstanding
                    .refuse_malformed(&mut self.common, peer, error);
            }
        };
        if message.header.security_model != USM {
            return self.refuse_model(peer, message.header.security_model);
        }
        let parameters = match SecurityParameters::decode(message.security_parameters) {
            Ok(parameters) => parameters,
            Err(error) => {
                return self
                    .outstanding
                    .refuse_malformed(&mut self.common, peer, error);
            }
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
            self.usm.accept_message(
                &envelope,
                &mut plain,
                &mut self.served,
                &mut self.outstanding,
                &mut self.common,
            );
        }
        plain.decrypted.clear();
        plain.mended.clear();
        match plain.oddity.take() {
            Some(Oddity::LeftOver(octets)) => {
                self.common.record(
                    Kind::LeftOver,
                    envelope.about().detail(&format_args!("{octets} octets")),
                );
            }
            Some(Oddity::Mended(error)) => {
                self.common
                    .record(Kind::Mended, envelope.about().detail(&error));
            }
            None => {}
        }
        self.usm.plain = plain;
    }

    /// The request that the message claims to answer, if it comes from where that was sent to.
    fn asked_by(&self, envelope: &Envelope<'_>) -> Option<RequestId> {
        let id = self
            .outstanding
            .table
            .find(envelope.message.header.message_id)?;
        let pending = self.outstanding.table.get(id)?;
        pending.usm.filter(|_| pending.tries > 0)?;
        // An engine that asks itself gets the request under the same msgID, maybe at the same port.
        let is_to_itself = envelope.is_reportable()
            && envelope.parameters.engine_id == self.common.local.id().octets();
        let is_from_asked = pending.request.peer.is(envelope.peer) && !is_to_itself
            || self.outstanding.any_source && !envelope.is_reportable();
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
        let Some(pending) = self.outstanding.table.get(id) else {
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
            let trouble = Trouble::Unasked(message.header.message_id);
            return self.refuse_answer(envelope, trouble);
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
                Err(_) => return self.refuse_answer(envelope, Trouble::OtherUser),
            }
        } else {
            let trouble = envelope.strangeness(engine.id, credentials);
            return self.refuse_answer(envelope, trouble);
        };
        if envelope.authenticate(keys).is_err() {
            return self.outstanding.refuse_by(
                &mut self.common,
                Kind::WrongDigest,
                envelope.about(),
                Trouble::WrongDigest,
            );
        }
        let scoped_pdu = match envelope.open(keys, plain) {
            Ok(scoped_pdu) => scoped_pdu,
            Err(Unreadable::Undecryptable) => {
                let trouble = Trouble::Undecryptable;
                return self.outstanding.refuse_by(
                    &mut self.common,
                    Kind::Undecryptable,
                    envelope.about(),
                    trouble,
                );
            }
            Err(Unreadable::Malformed(error)) => {
                return self
                    .outstanding
                    .refuse_malformed(&mut self.common, envelope.peer, error);
            }
        };
        let pdu = scoped_pdu.pdu;
        let message_id = message.header.message_id;
        let is_former = pending.former == Some(message_id);
        if pdu.kind == PduKind::Report && is_former {
            return self.outstanding.refuse_by(
                &mut self.common,
                Kind::Late,
                envelope.about(),
                Trouble::Unasked(message_id),
            );
        }
        if pdu.kind == PduKind::Report {
            return self.accept_report(envelope, id, pdu);
        }
        // The request itself may come back: its digest is right, and its clock whatever it went by.
        if pdu.kind != PduKind::Response {
            let trouble = self
                .outstanding
                .no_answer(envelope.peer, message_id, pdu.kind);
            return self.refuse_answer(envelope, trouble);
        }
        if envelope.is_authenticated() {
            let clock = (parameters.boots, parameters.time);
            // A request-id that was drawn within the window: no older message can have it, unless it is short.
            let is_fresh = !self.outstanding.has_short_identifiers
                && pdu.request_id == message_id
                && !is_former
                && self
                    .common
                    .now
                    .saturating_duration_since(progress.numbered_at)
                    <= WINDOW;
            if let Err(trouble) = engine.accept_clock(clock, is_fresh, self.common.now) {
                return self.outstanding.refuse_by(
                    &mut self.common,
                    Kind::Stale,
                    envelope.about(),
                    trouble,
                );
            }
            engine.keys.prove(user);
        }
        let context = &pending.request.context;
        let context_engine_id = context.engine_id().unwrap_or(&engine.id);
        let is_answer = is_its
            && envelope.level() == credentials.level()
            && pdu.request_id == message_id
            && (scoped_pdu.context_engine_id == context_engine_id.octets()
                || *context_engine_id == EngineId::LOCAL
                    && scoped_pdu.context_engine_id == engine.id.octets())
            && scoped_pdu.context_name == context.name();
        if !is_answer {
            let trouble = match () {
                () if !is_its || envelope.level() != credentials.level() => {
                    envelope.strangeness(engine.id, credentials)
                }
                () if pdu.request_id != message_id => Trouble::Unasked(pdu.request_id),
                () => Trouble::OtherContext,
            };
            return self.refuse_answer(envelope, trouble);
        }
        if let Some(association) = associations.get_mut(progress.association) {
            let is_authenticated = envelope.is_authenticated();
            association.answered(message.header.max_size, is_authenticated, self.common.now);
        }
        if progress.is_probe && !is_former {
            return self.repeat_as_proven(id);
        }
        self.take_answer(id, pdu);
    }

    #[cold]
    pub(super) fn refuse_answer(&mut self, envelope: &Envelope<'_>, trouble: Trouble) {
        self.outstanding.refuse_by(
            &mut self.common,
            Kind::Mismatched,
            envelope.about(),
            trouble,
        );
    }

    #[cold]
    fn refuse_model(&mut self, peer: &Peer, model: i32) {
        let trouble = Trouble::UnknownSecurityModel(model);
        self.outstanding
            .refuse_by(&mut self.common, Kind::UnknownSecurityModel, peer, trouble);
    }
}

/// As long as a message may be late.
const WINDOW: Duration = Duration::from_secs(local::WINDOW as u64);

const USM: i32 = SecurityModel::USM.number();

//! Messages of SNMPv3 that come in, and what answers our own. RFC 3412 section 7.2, RFC 3414 section
//! 3.2.

use crate::asn1::{BerError, BerErrorKind, Reader, Tag};
use crate::engine::engine::Engine;
use crate::engine::error::{ErrorIndication, Trouble};
use crate::engine::event::{Credentials, Peer, RequestId};
use crate::message::{ScopedPdu, ScopedPduData, V3Message, peek};
use crate::pdu::{PduKind, PduRef};
use crate::security::usm::{AuthenticationError, SecurityParameters, UserKeys};
use crate::security::{EngineId, SecurityLevel, SecurityModel};
use crate::smi::ObjectIdentifier;

use super::clock::Clock;
use super::outgoing::NO_KEYS;
use super::report::Counter;

/// A message whose security parameters are known, and nothing checked yet.
#[derive(Clone, Copy)]
pub(super) struct Envelope<'a> {
    pub(super) peer: &'a Peer,
    pub(super) datagram: &'a [u8],
    pub(super) message: V3Message<'a>,
    pub(super) parameters: SecurityParameters<'a>,
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
        plain: &'p mut Vec<u8>,
    ) -> Result<ScopedPdu<'p>, Unreadable>
    where
        'a: 'p,
    {
        match self.message.data {
            ScopedPduData::Plaintext(element) => ScopedPdu::decode_padded(element, 0),
            ScopedPduData::Encrypted(contents) => {
                let key = keys.privacy().ok_or(Unreadable::Undecryptable)?;
                plain.clear();
                plain.extend_from_slice(contents.rest());
                let SecurityParameters {
                    boots,
                    time,
                    privacy,
                    ..
                } = self.parameters;
                key.decrypt(boots, time, privacy, plain)
                    .map_err(|_| Unreadable::Undecryptable)?;
                // With a wrong key the octets are not even one element.
                let padding = key.protocol().max_padding();
                let mut reader = Reader::new(plain);
                let is_element = reader.sub(Tag::SEQUENCE).is_ok();
                if !is_element || reader.rest().len() > padding {
                    return Err(Unreadable::Undecryptable);
                }
                ScopedPdu::decode_padded(Reader::new(plain), padding)
            }
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
        plain.clear();
        self.usm.plain = plain;
    }

    /// The request that the message claims to answer, if it comes from where that was sent to.
    fn asked_by(&self, envelope: &Envelope<'_>) -> Option<RequestId> {
        let id = self.pending.find(envelope.message.header.message_id)?;
        let pending = self.pending.get(id)?;
        pending.usm.filter(|_| pending.tries > 0)?;
        // An engine that asks itself gets the request under the same msgID, at another port.
        let is_from_asked =
            pending.request.peer.is(envelope.peer) || self.any_source && !envelope.is_reportable();
        is_from_asked.then_some(id)
    }

    /// An answer to a request: from the engine that was asked, in the user's name, at the same level,
    /// in the same context, and of now. RFC 3412 section 7.2, steps 10 to 12.
    fn accept_answer(&mut self, envelope: &Envelope<'_>, id: RequestId, plain: &mut Vec<u8>) {
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
        let keys = match engine.keys.find(user) {
            _ if !envelope.is_authenticated() => &NO_KEYS,
            Some(keys) if is_its && keys.level() >= envelope.level() => keys,
            _ => return self.refuse_answer(envelope),
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
        if pdu.kind == PduKind::Report {
            return self.accept_report(envelope, id, pdu);
        }
        if envelope.is_authenticated() {
            let (boots, time) = (parameters.boots, parameters.time);
            let clock = &mut engine.clock;
            let clock = clock.get_or_insert_with(|| Clock::claimed(boots, time, self.now));
            if !clock.accept(boots, time, self.now) {
                self.stats.stale_messages += 1;
                return self.note(envelope.peer, Trouble::Stale);
            }
            engine.keys.prove(user);
        }
        let context = &pending.request.context;
        let context_engine_id = context.engine_id().unwrap_or(&engine.id);
        let is_answer = pdu.kind == PduKind::Response
            && is_its
            && envelope.level() == credentials.level()
            && pdu.request_id == pending.request.pdu.request_id
            && scoped_pdu.context_engine_id == context_engine_id.octets()
            && scoped_pdu.context_name == context.name();
        if !is_answer {
            return self.refuse_answer(envelope);
        }
        if let Some(association) = associations.get_mut(progress.association) {
            association.takes(message.header.max_size, true);
        }
        self.take_answer(id, pdu);
    }

    fn refuse_answer(&mut self, envelope: &Envelope<'_>) {
        self.stats.mismatched_responses += 1;
        self.note(envelope.peer, Trouble::OtherSecurity);
    }

    /// A report to a request: the other engine's clock or name was not what it was thought to be, or
    /// the request has failed. RFC 3412 section 7.2, step 11.
    ///
    /// Reports that are not authenticated are believed but for the clock: they are what tells a wrong
    /// key from silence, and their msgID cannot be guessed by who does not see the request. From an engine
    /// that has just shown to have the user's keys, they are believed at the third time: the request may
    /// have been damaged on its way.
    fn accept_report(&mut self, envelope: &Envelope<'_>, id: RequestId, pdu: PduRef<'_>) {
        let name = pdu.var_binds.iter().next().map(|binding| binding.name);
        let Some(Credentials::Usm(credentials)) =
            self.pending.get(id).map(|found| &found.request.credentials)
        else {
            return;
        };
        let needs_proof = credentials.level() > SecurityLevel::NoAuthNoPriv;
        let error = match name.and_then(Counter::of) {
            Some(Counter::NotInTimeWindows) if envelope.is_authenticated() => {
                return self.follow_clock(envelope, id);
            }
            Some(Counter::NotInTimeWindows) if needs_proof => {
                return self.note(envelope.peer, Trouble::UnprovenReport);
            }
            Some(Counter::UnknownEngineIds) if credentials.engine_id().is_none() => {
                return self.follow_name(envelope, id);
            }
            Some(counter) => counter.indication(),
            None => ErrorIndication::ReportReceived {
                counter: name.map_or(ZERO_DOT_ZERO, |name| name.to_owned()),
            },
        };
        if envelope.is_authenticated() {
            self.fail(id, error);
        } else {
            self.doubt(id, error);
        }
    }

    /// Fails a request for an unauthenticated report, or sends it again if that is hard to believe.
    fn doubt(&mut self, id: RequestId, error: ErrorIndication) {
        if let Some(pending) = self.pending.get_mut(id)
            && let Credentials::Usm(credentials) = &pending.request.credentials
            && let Some(progress) = &mut pending.usm
            && let Some(association) = self.usm.associations.get(progress.association)
            && let Some(engine) = &association.engine
            && engine.keys.is_proven(credentials.user())
            && progress.doubts < MOST_REPEATS
        {
            progress.doubts += 1;
            return self.repeat(id);
        }
        self.fail(id, error);
    }

    /// The report is authenticated and answers a msgID that was drawn for this try: it shows the clock
    /// as it is, also if that went backwards. RFC 3414 section 3.2, step 7b knows no way back; an agent
    /// that has lost its boots could never be spoken to again.
    fn follow_clock(&mut self, envelope: &Envelope<'_>, id: RequestId) {
        let Some(progress) = self
            .pending
            .get_mut(id)
            .and_then(|found| found.usm.as_mut())
        else {
            return;
        };
        progress.clocks += 1;
        let is_too_often = progress.clocks > MOST_REPEATS;
        let association = self.usm.associations.get_mut(progress.association);
        if let Some(engine) = association.and_then(|known| known.engine.as_mut()) {
            let (boots, time) = (envelope.parameters.boots, envelope.parameters.time);
            engine.clock = Some(Clock::proven(boots, time, self.now));
        }
        if is_too_often {
            return self.fail(id, ErrorIndication::NotInTimeWindow);
        }
        self.repeat(id);
    }

    /// Another engine than before answers at the address.
    fn follow_name(&mut self, envelope: &Envelope<'_>, id: RequestId) {
        let Some(progress) = self
            .pending
            .get_mut(id)
            .and_then(|found| found.usm.as_mut())
        else {
            return;
        };
        progress.names += 1;
        let progress = *progress;
        let association = self.usm.associations.get_mut(progress.association);
        let (Some(association), Ok(name)) =
            (association, EngineId::new(envelope.parameters.engine_id))
        else {
            return self.fail(id, ErrorIndication::UnknownEngineId);
        };
        let known = association.engine.as_ref().map(|engine| engine.id);
        let is_news = known != Some(name);
        // Otherwise it does not know the name that it gives itself, unless the request was sent before
        // somebody else's report brought that name.
        let is_possible = is_news || progress.generation != association.generation;
        if !is_possible || progress.names > MOST_REPEATS {
            return self.doubt(id, ErrorIndication::UnknownEngineId);
        }
        if is_news {
            association.rename(name, envelope.claimed_clock(self.now));
        }
        self.repeat(id);
    }

    /// Sends a request again at once, which does not count as a try, under another msgID: further
    /// reports to the former one are late.
    fn repeat(&mut self, id: RequestId) {
        if let Some(former) = self.pending.renumber(id) {
            self.pending.remember_answered(former);
        }
        if let Some(pending) = self.pending.get_mut(id) {
            pending.repeats = pending.repeats.saturating_add(1);
        }
        self.stats.resynchronisations += 1;
        self.send(id);
    }

    /// The answer to the question for an engine's name, which is a report. RFC 3414 section 4.
    fn accept_discovery(&mut self, envelope: &Envelope<'_>, number: usize, plain: &mut Vec<u8>) {
        let association = self.usm.associations.get(number);
        if !self.any_source && !association.is_some_and(|known| known.is_to(envelope.peer)) {
            self.stats.foreign_responses += 1;
            return;
        }
        let report = match envelope.open(&NO_KEYS, plain) {
            Ok(scoped_pdu) => scoped_pdu.pdu.kind == PduKind::Report,
            Err(Unreadable::Undecryptable) => false,
            Err(Unreadable::Malformed(error)) => {
                return self.refuse_malformed(envelope.peer, error);
            }
        };
        let (true, Ok(name)) = (report, EngineId::new(envelope.parameters.engine_id)) else {
            return self.refuse_answer(envelope);
        };
        let clock = envelope.claimed_clock(self.now);
        let waiting = self.usm.associations.discovered(number, name, clock);
        if let Some(association) = self.usm.associations.get_mut(number) {
            association.takes(envelope.message.header.max_size, false);
        }
        for id in waiting {
            let progress = self
                .pending
                .get_mut(id)
                .and_then(|found| found.usm.as_mut());
            if let Some(progress) = progress {
                progress.waits = false;
                self.send(id);
            }
        }
    }
}

impl Envelope<'_> {
    fn claimed_clock(&self, now: std::time::Instant) -> Clock {
        Clock::claimed(self.parameters.boots, self.parameters.time, now)
    }
}

/// How often a request is sent again for the other engine's clock, for its name, and for reports that
/// are hard to believe.
const MOST_REPEATS: u8 = 2;

const USM: i32 = SecurityModel::USM.number();

const ZERO_DOT_ZERO: ObjectIdentifier = crate::oid!(0.0);

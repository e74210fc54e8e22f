//! Messages of SNMPv3 that come in, and what answers our own. RFC 3412 section 7.2, RFC 3414 section
//! 3.2.

use std::time::Duration;

use crate::asn1::{BerError, Reader, Tag};
use crate::engine::address::Peer;
use crate::engine::common::Common;
use crate::engine::local::{self, LocalEngine};
use crate::engine::outstanding::Outstanding;
use crate::engine::records::{About, Kind};
use crate::engine::responses::Verdict;
use crate::engine::served::Served;
use crate::engine::trouble::Trouble;
use crate::message::{self, ScopedPdu, ScopedPduData, V3Message};
use crate::pdu::PduKind;
use crate::security::usm::{AuthenticationError, SecurityParameters, UserKeys};
use crate::security::{EngineId, SecurityLevel};

use super::outgoing::NO_KEYS;
use super::reported::Asked;
use super::{Usm, UsmCredentials};

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

/// The place of the request that the message claims to answer, if it comes from where that was sent to.
#[inline]
fn asked_by(
    envelope: &Envelope<'_>,
    outstanding: &Outstanding,
    local: &LocalEngine,
) -> Option<usize> {
    let (place, pending) = (outstanding.table).find(envelope.message.header.message_id)?;
    if pending.tries == 0 {
        return None;
    }
    // An engine that asks itself gets the request under the same msgID, maybe at the same port.
    let is_to_itself =
        envelope.is_reportable() && envelope.parameters.engine_id == local.id().octets();
    let is_from_asked = pending.request.peer.is(envelope.peer) && !is_to_itself
        || outstanding.any_source && !envelope.is_reportable();
    is_from_asked.then_some(place)
}

impl Usm {
    /// Takes a message in this model. RFC 3412 section 7.2, step 6.
    pub(in crate::engine) fn incoming(
        &mut self,
        peer: &Peer,
        datagram: &[u8],
        message: V3Message<'_>,
        outstanding: &mut Outstanding,
        served: &mut Served,
        common: &mut Common,
    ) {
        let parameters = match SecurityParameters::decode(message.security_parameters) {
            Ok(parameters) => parameters,
            Err(error) => return outstanding.refuse_malformed(common, peer, error),
        };
        let envelope = Envelope {
            peer,
            datagram,
            message,
            parameters,
        };
        // The buffer is away while it is in use, so that what it holds borrows nothing of the model.
        let mut plain = std::mem::take(&mut self.plain);
        self.accept(&envelope, &mut plain, outstanding, served, common);
        plain.decrypted.clear();
        plain.mended.clear();
        match plain.oddity.take() {
            Some(Oddity::LeftOver(octets)) => {
                let about = envelope.about();
                common.record(
                    Kind::LeftOver,
                    about.detail(&format_args!("{octets} octets")),
                );
            }
            Some(Oddity::Mended(error)) => {
                common.record(Kind::Mended, envelope.about().detail(&error));
            }
            None => {}
        }
        self.plain = plain;
    }

    /// An answer to a request, the answer to the question for an engine's name, or something that others begin.
    fn accept(
        &mut self,
        envelope: &Envelope<'_>,
        plain: &mut Plain,
        outstanding: &mut Outstanding,
        served: &mut Served,
        common: &mut Common,
    ) {
        if let Some(place) = asked_by(envelope, outstanding, &common.local)
            && let Some(asked) = Asked::new(outstanding.table.at(place))
        {
            let are_short = outstanding.has_short_identifiers;
            let verdict = self.accept_answer(envelope, asked, plain, are_short, common);
            return outstanding.apply(place, verdict, envelope.about(), self, common);
        }
        let question = (self.associations).find_discovery(envelope.message.header.message_id);
        match question.filter(|_| !envelope.parameters.engine_id.is_empty()) {
            Some(question) => {
                self.accept_discovery(envelope, question, plain, outstanding, common);
            }
            None => self.accept_message(envelope, plain, served, outstanding, common),
        }
    }

    /// An answer to a request: from the engine that was asked, in the user's name, at the same level,
    /// in the same context, and of now. RFC 3412 section 7.2, steps 10 to 12.
    fn accept_answer<'p>(
        &mut self,
        envelope: &Envelope<'p>,
        mut asked: Asked<'_>,
        plain: &'p mut Plain,
        are_numbers_short: bool,
        common: &mut Common,
    ) -> Verdict<'p> {
        let Envelope {
            message,
            parameters,
            ..
        } = envelope;
        let message_id = message.header.message_id;
        let mismatched = |trouble| Verdict::Refused(Kind::Mismatched, trouble);
        let association = self.associations.at(asked.progress.association);
        let Some(engine) = &mut association.engine else {
            return mismatched(Trouble::Unasked(message_id));
        };
        let credentials = asked.credentials;
        let user = credentials.user();
        let is_its =
            parameters.engine_id == engine.id.octets() && parameters.user_name == user.name();
        let keys = if !envelope.is_authenticated() {
            &NO_KEYS
        } else if is_its && user.level() >= envelope.level() {
            // Others may have taken the place of the user's keys meanwhile.
            match engine.keys.keys(user, &engine.id, &mut self.known) {
                Ok(keys) => keys,
                Err(_) => return mismatched(Trouble::OtherUser),
            }
        } else {
            return mismatched(envelope.strangeness(engine.id, credentials));
        };
        if envelope.authenticate(keys).is_err() {
            return Verdict::Refused(Kind::WrongDigest, Trouble::WrongDigest);
        }
        let scoped_pdu = match envelope.open(keys, plain) {
            Ok(scoped_pdu) => scoped_pdu,
            Err(Unreadable::Undecryptable) => {
                return Verdict::Refused(Kind::Undecryptable, Trouble::Undecryptable);
            }
            Err(Unreadable::Malformed(error)) => return Verdict::Malformed(error),
        };
        let pdu = scoped_pdu.pdu;
        let is_former = asked.former == Some(message_id);
        match pdu.kind {
            PduKind::Response => {}
            PduKind::Report if is_former => {
                return Verdict::Refused(Kind::Late, Trouble::Unasked(message_id));
            }
            PduKind::Report => {
                return asked.accept_report(envelope, pdu, association, are_numbers_short, common);
            }
            // The request itself may come back: its digest is right, and its clock whatever it went by.
            kind if asked.request.is_echoed_by(envelope.peer, kind) => {
                return mismatched(Trouble::Echo);
            }
            kind => return mismatched(Trouble::NoAnswer(kind)),
        }
        if envelope.is_authenticated() {
            let clock = (parameters.boots, parameters.time);
            let numbered_at = asked.progress.numbered_at;
            // A request-id that was drawn within the window: no older message can have it, unless it is short.
            let is_fresh = !are_numbers_short
                && pdu.request_id == message_id
                && !is_former
                && common.now.saturating_duration_since(numbered_at) <= WINDOW;
            if let Err(trouble) = engine.accept_clock(clock, is_fresh, common.now) {
                return Verdict::Refused(Kind::Stale, trouble);
            }
            engine.keys.prove(user);
        }
        let context = &asked.request.context;
        let context_engine_id = context.engine_id().unwrap_or(&engine.id);
        let is_of_context = (scoped_pdu.context_engine_id == context_engine_id.octets()
            || *context_engine_id == EngineId::LOCAL
                && scoped_pdu.context_engine_id == engine.id.octets())
            && scoped_pdu.context_name == context.name();
        if !is_its || envelope.level() != credentials.level() {
            return mismatched(envelope.strangeness(engine.id, credentials));
        }
        if pdu.request_id != message_id {
            return mismatched(Trouble::Unasked(pdu.request_id));
        }
        if !is_of_context {
            return mismatched(Trouble::OtherContext);
        }
        let is_authenticated = envelope.is_authenticated();
        association.answered(message.header.max_size, is_authenticated, common.now);
        match asked.progress.is_probe && !is_former {
            true => asked.is_proven(),
            false => Verdict::Answered(pdu),
        }
    }
}

/// As long as a message may be late.
const WINDOW: Duration = Duration::from_secs(local::WINDOW as u64);

//! Messages of SNMPv3 that are not taken: counted, recorded, and reported where their sender wants to know. RFC 3412
//! section 7.1, step 3, and section 7.2.

use std::fmt;
use std::sync::Arc;

use crate::asn1::BerError;
use crate::engine::common::Common;
use crate::engine::local::LATCH;
use crate::engine::outstanding::Outstanding;
use crate::engine::records::Kind;
use crate::engine::send_queues::MessageKind;
use crate::engine::served::Served;
use crate::engine::trouble::Trouble;
use crate::message::{ScopedPdu, Version};
use crate::pdu::PduKind;
use crate::security::usm::UserKeys;
use crate::security::{EngineId, SecurityLevel};

use super::Usm;
use super::answer::{Addressee, Report};
use super::incoming::{Envelope, Unreadable};
use super::outgoing::NO_KEYS;
use super::report::Counter;

/// Why a message that asks or tells this engine something is not taken.
pub(super) enum Refused<'p> {
    /// Its sender is told if it wants to know.
    Reported(Objection<'p>),
    /// It has nothing to do with what was asked.
    Dropped(Kind),
    /// The same, unless it answers a request of this engine that does not wait for it.
    Stray(Kind),
    /// The engine that sent it has used up its boots.
    BootsExhausted,
    Malformed(BerError),
}

/// What is reported.
pub(super) struct Objection<'p> {
    counter: Counter,
    /// What the message says, where that has been looked at.
    scoped_pdu: Option<ScopedPdu<'p>>,
    /// How the report is protected, where its sender is known.
    protection: Option<(SecurityLevel, Arc<UserKeys>)>,
}

impl<'p> Refused<'p> {
    /// Reported without protection.
    pub(super) fn reported(counter: Counter) -> Self {
        Self::Reported(Objection {
            counter,
            scoped_pdu: None,
            protection: None,
        })
    }

    /// The only report that is authenticated where nothing else is right: it shows this engine's clock.
    pub(super) fn not_in_time_window(keys: Arc<UserKeys>) -> Self {
        Self::Reported(Objection {
            counter: Counter::NotInTimeWindows,
            scoped_pdu: None,
            protection: Some((SecurityLevel::AuthNoPriv, keys)),
        })
    }

    /// Reported at the level of the message, which is what it claims to be.
    pub(super) fn reported_at(
        level: SecurityLevel,
        keys: Arc<UserKeys>,
        counter: Counter,
        scoped_pdu: ScopedPdu<'p>,
    ) -> Self {
        Self::Reported(Objection {
            counter,
            scoped_pdu: Some(scoped_pdu),
            protection: Some((level, keys)),
        })
    }
}

impl From<Unreadable> for Refused<'_> {
    fn from(error: Unreadable) -> Self {
        match error {
            Unreadable::Undecryptable => Self::reported(Counter::DecryptionErrors),
            Unreadable::Malformed(error) => Self::Malformed(error),
        }
    }
}

impl Usm {
    /// Drops a message, and tells whom it concerns.
    pub(super) fn refuse(
        &mut self,
        envelope: &Envelope<'_>,
        refused: Refused<'_>,
        served: &Served,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        let (kind, trouble) = match refused {
            Refused::Reported(objection) => {
                return self.object(envelope, &objection, served, outstanding, common);
            }
            Refused::Malformed(error) => {
                return outstanding.refuse_malformed(common, envelope.peer, error);
            }
            Refused::Stray(_) if is_answer_of_others(envelope, outstanding, common) => return,
            Refused::Stray(kind) | Refused::Dropped(kind) => {
                (kind, self.stray(envelope, None, outstanding))
            }
            Refused::BootsExhausted => (Kind::Stale, Trouble::BootsExhausted),
        };
        outstanding.refuse_by(common, kind, envelope.about(), trouble);
    }

    /// What a message is to who waits for an answer from there.
    fn stray(
        &self,
        envelope: &Envelope<'_>,
        decrypted: Option<ScopedPdu<'_>>,
        outstanding: &Outstanding,
    ) -> Trouble {
        let message_id = envelope.message.header.message_id;
        match envelope.readable(decrypted).map(|it| it.pdu.kind) {
            Some(PduKind::Response) => outstanding.unasked(message_id),
            // It may be a trap, which some number from 1.
            None if !self.is_of_asked(envelope) => Trouble::Unasked(message_id),
            None => outstanding.unasked(message_id),
            // Whoever cannot read a message may report that under the msgID 0.
            Some(PduKind::Report) if message_id != 0 => match outstanding.unasked(message_id) {
                Trouble::Unasked(_) => Trouble::NoAnswer(PduKind::Report),
                cut_off => cut_off,
            },
            // The question for an engine's name.
            Some(PduKind::GetRequest) if self.associations.find_discovery(message_id).is_some() => {
                Trouble::Echo
            }
            Some(kind) => outstanding.no_answer(envelope.peer, message_id, kind),
        }
    }

    /// Whether it comes in the name of the engine that is asked there.
    fn is_of_asked(&self, envelope: &Envelope<'_>) -> bool {
        let name = EngineId::new(envelope.parameters.engine_id);
        name.is_ok_and(|name| self.associations.is_known(envelope.peer, &name))
    }

    /// Counts a message that is not processed, and reports that if its sender wants to know. Never for
    /// a message that is itself an answer or a report.
    fn object(
        &mut self,
        envelope: &Envelope<'_>,
        objection: &Objection<'_>,
        served: &Served,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        let Objection {
            counter,
            scoped_pdu: decrypted,
            protection,
        } = objection;
        let (boots, time) = common.local.clock(common.now);
        let parameters = envelope.parameters;
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
        let count = common.record(counter.kind(), about);
        if outstanding.peers.is_known(envelope.peer) {
            let trouble = self.stray(envelope, *decrypted, outstanding);
            outstanding.note(envelope.peer, &trouble);
        }
        let about = envelope.about();
        if !envelope.is_reportable() || !served.has_room_for_report(&about, common) {
            return;
        }
        let scoped_pdu = envelope.readable(*decrypted);
        if scoped_pdu.is_some_and(|it| !it.pdu.kind.is_confirmed()) {
            return;
        }
        let (level, keys) = match protection {
            Some((level, keys)) => (*level, &**keys),
            None => (SecurityLevel::NoAuthNoPriv, &NO_KEYS),
        };
        let to = Addressee {
            message_id: envelope.message.header.message_id,
            user_name: parameters.user_name,
            level,
            keys,
            context_name: scoped_pdu.map_or(&[], |it| it.context_name),
            max_size: envelope.asker_takes().min(common.max_message_size),
        };
        let report = Report {
            counter: *counter,
            count,
            request_id: scoped_pdu.map_or(0, |it| it.pdu.request_id),
        };
        self.report(about, &to, report, MessageKind::Report, common);
    }
}

/// Drops what answers a request of this engine, but not one that waits for it. False if there was
/// no such request: its msgID alone does not tell an answer from a trap.
fn is_answer_of_others(
    envelope: &Envelope<'_>,
    outstanding: &mut Outstanding,
    common: &mut Common,
) -> bool {
    let (about, message_id) = (envelope.about(), envelope.message.header.message_id);
    if let Some((place, pending)) = outstanding.table.find(message_id) {
        let (expected, found) = (pending.request.credentials.version(), Version::V3);
        if pending.request.peer.is(envelope.peer) && expected != found {
            let trouble = Trouble::OtherVersion { expected, found };
            outstanding.refuse_by(common, Kind::Mismatched, about, trouble);
        } else {
            outstanding.refuse_foreign(common, about, place);
        }
    } else if outstanding.table.was_just_answered(message_id) {
        outstanding.refuse_unasked(common, about, message_id);
    } else {
        return false;
    }
    true
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

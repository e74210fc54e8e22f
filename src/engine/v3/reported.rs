//! Reports to requests of this engine. RFC 3412 section 7.2, step 11.

use std::time::Instant;

use crate::engine::engine::Engine;
use crate::engine::error::ErrorIndication;
use crate::engine::event::{Credentials, RequestId};
use crate::engine::records::{About, Kind};
use crate::pdu::PduRef;
use crate::security::{EngineId, SecurityLevel};
use crate::smi::ObjectIdentifier;

use super::associations::Naming;
use super::clock::Clock;
use super::incoming::Envelope;
use super::report::Counter;
use crate::engine::local::LATCH;

impl Engine {
    /// A report to a request: the other engine's clock or name was not what it was thought to be, or
    /// the request has failed.
    ///
    /// Those that are authenticated are believed. The others are what tells a wrong key from silence, and
    /// their msgID cannot be guessed by who does not see the request; what they can do is in the table of
    /// design.md: nothing that takes away what was proven.
    pub(super) fn accept_report(
        &mut self,
        envelope: &Envelope<'_>,
        id: RequestId,
        pdu: PduRef<'_>,
    ) {
        let name = pdu.var_binds.iter().next().map(|binding| binding.name);
        let Some(pending) = self.outstanding.table.get(id) else {
            return;
        };
        let Credentials::Usm(credentials) = &pending.request.credentials else {
            return;
        };
        let needs_time = credentials.level() > SecurityLevel::NoAuthNoPriv;
        let is_probe = pending.usm.is_some_and(|progress| progress.is_probe);
        let error = match name.and_then(Counter::of) {
            Some(Counter::NotInTimeWindows) if envelope.is_authenticated() => {
                return self.follow_clock(envelope, id);
            }
            Some(Counter::NotInTimeWindows) if needs_time => {
                return self.try_claimed_clock(envelope, id);
            }
            Some(Counter::UnknownEngineIds) if !envelope.is_authenticated() => {
                return self.follow_name(envelope, id);
            }
            Some(counter) => counter.indication(),
            None => ErrorIndication::ReportReceived {
                counter: name.map_or(ZERO_DOT_ZERO, |name| name.to_owned()),
            },
        };
        match envelope.is_authenticated() {
            // It has shown the engine's clock, which is all that was asked for.
            true if is_probe => self.take_clock(envelope, id),
            true => self.fail(id, error),
            false => self.doubt(id, error),
        }
    }

    /// What becomes of a request that an unauthenticated report is against. Where the engine has answered
    /// to the user, the request was damaged on its way, or the report is forged, or the agent has changed:
    /// it goes on, and ends by these words if nothing better comes. Otherwise it is sent again at once,
    /// in case it was damaged, and then fails: that is how a wrong key is told from silence.
    fn doubt(&mut self, id: RequestId, error: ErrorIndication) {
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        let (Credentials::Usm(credentials), Some(progress)) =
            (&pending.request.credentials, &mut pending.usm)
        else {
            return;
        };
        let association = self.usm.associations.get_mut(progress.association);
        let engine = association.and_then(|known| known.engine.as_mut());
        if engine.is_some_and(|engine| engine.keys.is_proven(credentials.user())) {
            return self.object(id, error);
        }
        progress.doubts += 1;
        // What changes something is not sent again until the user has been answered.
        progress.wants_proof = true;
        // An answer to a request without a digest would have been no better proven.
        let is_believed = credentials.level() == SecurityLevel::NoAuthNoPriv;
        if is_believed || progress.doubts > MOST_REPEATS {
            return self.fail(id, error);
        }
        self.object(id, error);
        self.repeat(id);
    }

    /// Keeps the words that a request ends by if nothing better comes.
    pub(super) fn object(&mut self, id: RequestId, error: ErrorIndication) {
        if let Some(pending) = self.outstanding.table.get_mut(id) {
            pending.objection = Some(Box::new(error));
        }
    }

    /// The report is authenticated and answers a msgID that was drawn for this try: it shows the clock
    /// as it is, also if that went backwards. RFC 3414 section 3.2, step 7b knows no way back; an agent
    /// that has lost its boots could never be spoken to again.
    fn follow_clock(&mut self, envelope: &Envelope<'_>, id: RequestId) {
        let pending = self.outstanding.table.get_mut(id);
        let Some(progress) = pending.and_then(|found| found.usm.as_mut()) else {
            return;
        };
        progress.clocks += 1;
        if progress.clocks > MOST_REPEATS {
            return self.fail(id, ErrorIndication::NotInTimeWindow);
        }
        self.take_clock(envelope, id);
    }

    fn take_clock(&mut self, envelope: &Envelope<'_>, id: RequestId) {
        let Some(progress) = self.outstanding.table.get(id).and_then(|found| found.usm) else {
            return;
        };
        let association = self.usm.associations.get_mut(progress.association);
        if let Some(engine) = association.and_then(|known| known.engine.as_mut()) {
            let clock = (envelope.parameters.boots, envelope.parameters.time);
            // A report whose short msgID has been used before may be as old as that.
            if self.outstanding.has_short_identifiers && engine.clock.is_some() {
                if let Err(trouble) = engine.accept_clock(clock, false, self.common.now) {
                    self.outstanding.refuse_by(
                        &mut self.common,
                        Kind::Stale,
                        envelope.about(),
                        trouble,
                    );
                    return self.object(id, ErrorIndication::NotInTimeWindow);
                }
            } else {
                engine.clock = Some(Clock::new(clock.0, clock.1, self.common.now));
            }
        }
        self.repeat_as_proven(id);
    }

    /// A report about the time that anybody could have sent; some agents authenticate none. Its clock is
    /// good for one message that changes nothing, whose authenticated answer then shows the real one.
    fn try_claimed_clock(&mut self, envelope: &Envelope<'_>, id: RequestId) {
        let claim = envelope.claimed_clock(self.common.now);
        let Some(progress) = self.outstanding.table.get(id).and_then(|found| found.usm) else {
            return;
        };
        if let Some(association) = self.usm.associations.get_mut(progress.association)
            && let Some(name) = association.engine.as_ref().map(|engine| engine.id)
            && name.octets() == envelope.parameters.engine_id
        {
            let naming = association.claim(name, claim, self.common.now);
            // A clock by which the request was in the window is no news.
            let is_other = naming
                == (Naming::Same {
                    is_time_other: true,
                });
            let is_news = is_other || claim.is_some() && progress.is_probe;
            if is_news && self.repeat_as_claimed(id) {
                return;
            }
        }
        self.object(id, ErrorIndication::NotInTimeWindow);
    }

    /// Sends a request again by the clock that its engine claims, once for each try. False if that has
    /// been done.
    pub(super) fn repeat_as_claimed(&mut self, id: RequestId) -> bool {
        let pending = self.outstanding.table.get_mut(id);
        let Some(progress) = pending.and_then(|found| found.usm.as_mut()) else {
            return false;
        };
        if std::mem::replace(&mut progress.has_tried_claim, true) {
            return false;
        }
        progress.by_claim = true;
        self.repeat(id);
        true
    }

    /// The engine at the address says that its name is another one.
    fn follow_name(&mut self, envelope: &Envelope<'_>, id: RequestId) {
        let name = EngineId::new(envelope.parameters.engine_id);
        let Some(name) = name.ok().filter(|name| *name != EngineId::LOCAL) else {
            return self.doubt(id, ErrorIndication::UnknownEngineId);
        };
        let claim = envelope.claimed_clock(self.common.now);
        match self.take_name(id, name, claim) {
            None | Some(Naming::Refused) => {}
            Some(Naming::New | Naming::Followed) => self.repeat_for_name(id),
            // It does not know the name that it gives itself, unless the request was sent before somebody
            // else's report brought that name.
            Some(Naming::Same { .. }) => {
                let progress = self.outstanding.table.get(id).and_then(|found| found.usm);
                let is_sent_before = progress.is_some_and(|progress| {
                    let association = self.usm.associations.get(progress.association);
                    association.is_some_and(|known| known.generation != progress.generation)
                });
                match is_sent_before {
                    true => self.repeat_for_name(id),
                    false => self.doubt(id, ErrorIndication::UnknownEngineId),
                }
            }
        }
    }

    fn repeat_for_name(&mut self, id: RequestId) {
        let pending = self.outstanding.table.get_mut(id);
        let Some(progress) = pending.and_then(|found| found.usm.as_mut()) else {
            return;
        };
        // Reports about a name go on where they only leave words behind.
        progress.names = progress.names.saturating_add(1);
        match progress.names > MOST_REPEATS {
            true => self.doubt(id, ErrorIndication::UnknownEngineId),
            false => self.repeat(id),
        }
    }

    /// Takes note of the name that an unauthenticated message gives the engine that `id` asks. A request
    /// to an engine that was proven under another name, or whose name was given, goes on, and ends by an
    /// error that tells both names if nothing better comes.
    pub(super) fn take_name(
        &mut self,
        id: RequestId,
        name: EngineId,
        claim: Option<Clock>,
    ) -> Option<Naming> {
        let pending = self.outstanding.table.get(id)?;
        let progress = pending.usm?;
        let association = self.usm.associations.get_mut(progress.association)?;
        let known = association.engine.as_ref().map(|engine| engine.id);
        let is_proven = association.engine.as_ref().is_some_and(|it| it.is_proven());
        let naming = association.claim(name, claim, self.common.now);
        match (naming, known) {
            (Naming::Followed, Some(known)) => {
                let peer = pending.request.peer.clone();
                let about = About::from(&peer).engine_id(name.octets());
                self.common.record(
                    Kind::EngineChange,
                    about.detail(&format_args!("it was {known}")),
                );
            }
            (Naming::Refused, Some(expected)) => {
                let found = name;
                let error = ErrorIndication::OtherEngine { expected, found };
                // A name that was given may be wrong from the start, as a key may be.
                match is_proven {
                    true => self.object(id, error),
                    false => self.doubt(id, error),
                }
            }
            _ => {}
        }
        Some(naming)
    }

    /// The engine has shown its clock, and that it knows the user: now for the request itself.
    pub(super) fn repeat_as_proven(&mut self, id: RequestId) {
        let pending = self.outstanding.table.get_mut(id);
        if let Some(progress) = pending.and_then(|found| found.usm.as_mut()) {
            progress.wants_proof = false;
        }
        self.repeat(id);
    }

    /// Sends a request again at once, which does not count as a try, under another msgID: further
    /// reports to the former one are late.
    pub(super) fn repeat(&mut self, id: RequestId) {
        self.renumber(id);
        if let Some(pending) = self.outstanding.table.get_mut(id) {
            pending.repeats = pending.repeats.saturating_add(1);
        }
        self.common.stats.resynchronisations += 1;
        self.send(id);
    }

    /// Gives a request another msgID and request-id, and takes answers to the former ones no more. To
    /// what changes something or notifies they still count: it need not be done once more then, whoever
    /// wanted it sent again.
    pub(in crate::engine) fn renumber(&mut self, id: RequestId) {
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        let mut keeps_former = false;
        if let Some(progress) = &mut pending.usm {
            progress.numbered_at = self.common.now;
            let was_sent = std::mem::take(&mut progress.is_sent);
            keeps_former = was_sent && !progress.is_probe && !pending.request.pdu.kind.is_read();
        }
        let Some(fresh) = self.fresh_identifier() else {
            return;
        };
        if let Some(gone) = self.outstanding.table.renumber(id, fresh, keeps_former) {
            self.outstanding.table.remember_answered(gone);
        }
    }
}

impl Envelope<'_> {
    /// The clock that a message without a digest claims. None where nothing is ever in the window: that
    /// is no clock to go by.
    pub(super) fn claimed_clock(&self, now: Instant) -> Option<Clock> {
        let (boots, time) = (self.parameters.boots, self.parameters.time);
        (boots < LATCH).then(|| Clock::new(boots, time, now))
    }
}

/// How often a request is sent again for the other engine's name, and in each try for its clock and for
/// reports from an engine that has shown nothing yet.
const MOST_REPEATS: u8 = 2;

const ZERO_DOT_ZERO: ObjectIdentifier = crate::oid!(0.0);

//! What a report does to a request of this engine. RFC 3412 section 7.2, step 11.

use std::time::Instant;

use crate::engine::common::Common;
use crate::engine::error::ErrorIndication;
use crate::engine::event::{Credentials, Request};
use crate::engine::local::LATCH;
use crate::engine::pending::Pending;
use crate::engine::records::{About, Kind};
use crate::engine::responses::Verdict;
use crate::pdu::PduRef;
use crate::security::{EngineId, SecurityLevel};
use crate::smi::ObjectIdentifier;

use super::UsmCredentials;
use super::associations::{Association, Naming};
use super::clock::Clock;
use super::incoming::Envelope;
use super::report::Counter;
use super::state::Progress;

/// A request in a user's name, at hand.
pub(super) struct Asked<'a> {
    pub(super) request: &'a Request,
    pub(super) credentials: &'a UsmCredentials,
    pub(super) progress: &'a mut Progress,
    /// The number by which it went before, where an answer to that still counts.
    pub(super) former: Option<i32>,
    /// The words by which it ends if nothing better comes.
    objection: &'a mut Option<Box<ErrorIndication>>,
}

impl<'a> Asked<'a> {
    /// None of a request in the name of a community, and of a trap.
    #[inline]
    pub(super) fn new(pending: &'a mut Pending) -> Option<Self> {
        match (&pending.request.credentials, &mut pending.usm) {
            (Credentials::Usm(credentials), Some(progress)) => Some(Self {
                request: &pending.request,
                credentials,
                progress,
                former: pending.former,
                objection: &mut pending.objection,
            }),
            _ => None,
        }
    }

    /// A report to the request: the other engine's clock or name was not what it was thought to be, or
    /// the request has failed.
    ///
    /// Those that are authenticated are believed. The others are what tells a wrong key from silence, and
    /// their msgID cannot be guessed by who does not see the request; what they can do is in the table of
    /// design.md: nothing that takes away what was proven.
    pub(super) fn accept_report(
        &mut self,
        envelope: &Envelope<'_>,
        pdu: PduRef<'_>,
        association: &mut Association,
        are_numbers_short: bool,
        common: &mut Common,
    ) -> Verdict<'static> {
        let name = pdu.var_binds.iter().next().map(|binding| binding.name);
        let needs_time = self.credentials.level() > SecurityLevel::NoAuthNoPriv;
        let mut follows_clock = false;
        let error = match name.and_then(Counter::of) {
            Some(Counter::NotInTimeWindows) if envelope.is_authenticated() => {
                follows_clock = true;
                self.progress.clocks += 1;
                ErrorIndication::NotInTimeWindow
            }
            Some(Counter::NotInTimeWindows) if needs_time => {
                return self.try_claimed_clock(envelope, association, common.now);
            }
            Some(Counter::UnknownEngineIds) if !envelope.is_authenticated() => {
                return self.follow_name(envelope, association, common);
            }
            Some(counter) => counter.indication(),
            None => ErrorIndication::ReportReceived {
                counter: name.map_or(ZERO_DOT_ZERO, |name| name.to_owned()),
            },
        };
        if !envelope.is_authenticated() {
            return self.doubt(error, association);
        }
        // A probe asks for no more than the engine's clock.
        let shows_clock = match follows_clock {
            true => self.progress.clocks <= MOST_REPEATS,
            false => self.progress.is_probe,
        };
        match shows_clock {
            true => self.take_clock(envelope, association, are_numbers_short, common.now),
            false => Verdict::Failed(error),
        }
    }

    /// What becomes of a request that an unauthenticated report is against. Where the engine has answered
    /// to the user, the request was damaged on its way, or the report is forged, or the agent has changed:
    /// it goes on, and ends by these words if nothing better comes. Otherwise it is sent again at once,
    /// in case it was damaged, and then fails: that is how a wrong key is told from silence.
    fn doubt(&mut self, error: ErrorIndication, association: &mut Association) -> Verdict<'static> {
        let (user, progress) = (self.credentials.user(), &mut *self.progress);
        let engine = association.engine.as_mut();
        if engine.is_some_and(|engine| engine.keys.is_proven(user)) {
            return self.object(error);
        }
        progress.doubts += 1;
        // What changes something is not sent again until the user has been answered.
        progress.wants_proof = true;
        // An answer to a request without a digest would have been no better proven.
        let is_believed = self.credentials.level() == SecurityLevel::NoAuthNoPriv;
        if is_believed || progress.doubts > MOST_REPEATS {
            return Verdict::Failed(error);
        }
        *self.objection = Some(Box::new(error));
        Verdict::Repeat
    }

    /// Keeps the words that the request ends by if nothing better comes.
    fn object(&mut self, error: ErrorIndication) -> Verdict<'static> {
        *self.objection = Some(Box::new(error));
        Verdict::Waits
    }

    /// The report is authenticated and answers a msgID that was drawn for this try: it shows the clock
    /// as it is, also if that went backwards. RFC 3414 section 3.2, step 7b knows no way back; an agent
    /// that has lost its boots could never be spoken to again.
    fn take_clock(
        &mut self,
        envelope: &Envelope<'_>,
        association: &mut Association,
        are_numbers_short: bool,
        now: Instant,
    ) -> Verdict<'static> {
        if let Some(engine) = &mut association.engine {
            let clock = (envelope.parameters.boots, envelope.parameters.time);
            // A report whose short msgID has been used before may be as old as that.
            if are_numbers_short && engine.clock.is_some() {
                if let Err(trouble) = engine.accept_clock(clock, false, now) {
                    self.object(ErrorIndication::NotInTimeWindow);
                    return Verdict::Refused(Kind::Stale, trouble);
                }
            } else {
                engine.clock = Some(Clock::new(clock.0, clock.1, now));
            }
        }
        self.is_proven()
    }

    /// A report about the time that anybody could have sent; some agents authenticate none. Its clock is
    /// good for one message that changes nothing, whose authenticated answer then shows the real one.
    fn try_claimed_clock(
        &mut self,
        envelope: &Envelope<'_>,
        association: &mut Association,
        now: Instant,
    ) -> Verdict<'static> {
        let claim = envelope.claimed_clock(now);
        let name = association.engine.as_ref().map(|engine| engine.id);
        if let Some(name) = name.filter(|it| it.octets() == envelope.parameters.engine_id) {
            let naming = association.claim(name, claim, now);
            // A clock by which the request was in the window is no news.
            let is_time_other = true;
            let is_other = naming == Naming::Same { is_time_other };
            let is_news = is_other || claim.is_some() && self.progress.is_probe;
            if is_news && self.goes_by_claim() {
                return Verdict::Repeat;
            }
        }
        self.object(ErrorIndication::NotInTimeWindow)
    }

    /// Has the next message go by the clock that the engine claims, once in each try. False if one has.
    pub(super) fn goes_by_claim(&mut self) -> bool {
        if std::mem::replace(&mut self.progress.has_tried_claim, true) {
            return false;
        }
        self.progress.by_claim = true;
        true
    }

    /// The engine at the address says that its name is another one.
    fn follow_name(
        &mut self,
        envelope: &Envelope<'_>,
        association: &mut Association,
        common: &mut Common,
    ) -> Verdict<'static> {
        let name = EngineId::new(envelope.parameters.engine_id);
        let Some(name) = name.ok().filter(|name| *name != EngineId::LOCAL) else {
            return self.doubt(ErrorIndication::UnknownEngineId, association);
        };
        let claim = envelope.claimed_clock(common.now);
        let (naming, verdict) = self.take_name(name, claim, association, common);
        let is_news = match naming {
            Naming::Refused => return verdict,
            Naming::New | Naming::Followed => true,
            // It does not know the name that it gives itself, unless the request was sent before somebody
            // else's report brought that name.
            Naming::Same { .. } => association.generation != self.progress.generation,
        };
        if !is_news {
            return self.doubt(ErrorIndication::UnknownEngineId, association);
        }
        // Reports about a name go on where they only leave words behind.
        self.progress.names = self.progress.names.saturating_add(1);
        match self.progress.names > MOST_REPEATS {
            true => self.doubt(ErrorIndication::UnknownEngineId, association),
            false => Verdict::Repeat,
        }
    }

    /// Takes note of the name that an unauthenticated message gives the engine that is asked. A request
    /// to an engine that was proven under another name, or whose name was given, goes on, and ends by an
    /// error that tells both names if nothing better comes.
    pub(super) fn take_name(
        &mut self,
        name: EngineId,
        claim: Option<Clock>,
        association: &mut Association,
        common: &mut Common,
    ) -> (Naming, Verdict<'static>) {
        let known = association.engine.as_ref();
        let (known, is_proven) = (
            known.map(|it| it.id),
            known.is_some_and(|it| it.is_proven()),
        );
        let naming = association.claim(name, claim, common.now);
        let verdict = match (naming, known) {
            (Naming::Followed, Some(known)) => {
                let about = About::from(&self.request.peer).engine_id(name.octets());
                common.record(
                    Kind::EngineChange,
                    about.detail(&format_args!("it was {known}")),
                );
                Verdict::Waits
            }
            (Naming::Refused, Some(expected)) => {
                let found = name;
                let error = ErrorIndication::OtherEngine { expected, found };
                // A name that was given may be wrong from the start, as a key may be.
                match is_proven {
                    true => self.object(error),
                    false => self.doubt(error, association),
                }
            }
            _ => Verdict::Waits,
        };
        (naming, verdict)
    }

    /// The engine has shown its clock, and that it knows the user: now for the request itself.
    pub(super) fn is_proven(&mut self) -> Verdict<'static> {
        self.progress.wants_proof = false;
        Verdict::Repeat
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

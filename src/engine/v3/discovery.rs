//! The question for the name of an engine, and for a known one whether it is still there. RFC 3414
//! section 4.

use std::time::Instant;

use crate::engine::address::Peer;
use crate::engine::engine::Engine;
use crate::engine::error::SubmitError;
use crate::engine::event::{Discovery, Event, RequestId};
use crate::engine::records::{About, Kind};
use crate::engine::refusals::foreign;
use crate::engine::send_queues::Outgoing;
use crate::engine::trouble::Trouble;
use crate::message::{ScopedPdu, Version};
use crate::pdu::{Pdu, PduKind};
use crate::security::EngineId;
use crate::security::usm::{OutgoingMessage, Protection};
use crate::smi::VarBindList;

use super::associations::{Naming, Word};
use super::incoming::{Envelope, Plain, Unreadable};
use super::outgoing::{NO_KEYS, max_size};

impl Engine {
    /// Asks for the name of an engine, whether it is known or not: the outcome is [`Event::Discovered`] or
    /// [`Event::Failed`]. RFC 3414 section 4.
    ///
    /// Requests to that peer need not ask any more, unless an engine of another name has proven to be there: that one
    /// stays the one that they are for. It waits in the window of the peer as requests do, counts as one in
    /// [`Statistics`](crate::engine::Statistics), and is ended by [`Engine::cancel`].
    ///
    /// # Errors
    ///
    /// [`SubmitError`] if there is no room for it, or no time; it leaves no trace then.
    pub fn discover(
        &mut self,
        now: Instant,
        discovery: Discovery,
    ) -> Result<RequestId, SubmitError> {
        self.submit(now, discovery.into_request())
    }

    /// Lets a request wait for the name of the engine that it is for, and asks for that name unless
    /// somebody else does.
    pub(in crate::engine) fn await_discovery(&mut self, id: RequestId) {
        if let Some(again) = self.ask_for_name(id) {
            self.outstanding.table.wake_at(id, again);
        }
    }

    /// A try of a request was not answered in time: what is known of its engine may not hold any more,
    /// unless others have been answered meanwhile. Asks for the name again, beside the next try; if there
    /// is none, the next request does.
    pub(in crate::engine) fn reconsider(&mut self, id: RequestId, is_over: bool) {
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        let Some(progress) = pending.usm.as_mut().filter(|_| pending.tries > 0) else {
            return;
        };
        progress.has_tried_claim = false;
        (progress.clocks, progress.doubts) = (0, 0);
        let timeout = pending.request.timeout;
        let association = self.usm.associations.get_mut(progress.association);
        let silent =
            association.filter(|known| !known.has_answered_within(timeout, self.common.now));
        match silent {
            Some(association) if is_over => association.is_doubted = true,
            Some(_) => _ = self.ask_for_name(id),
            None => {}
        }
    }

    /// Asks for the engine's name beside the first try of a request, if the one before was not answered.
    pub(in crate::engine) fn ask_if_doubted(&mut self, id: RequestId) {
        let progress = self
            .outstanding
            .table
            .get(id)
            .and_then(|pending| pending.usm);
        let association = progress.and_then(|it| self.usm.associations.get(it.association));
        if association.is_some_and(|known| known.is_doubted) {
            self.ask_for_name(id);
        }
    }

    /// Puts a request among those that want to know the name of their engine, and asks, unless somebody
    /// did lately. Gives the time to ask again.
    fn ask_for_name(&mut self, id: RequestId) -> Option<Instant> {
        let pending = self.outstanding.table.get_mut(id)?;
        let patience = pending.request.timeout;
        let endpoint = pending.request.peer.endpoint;
        let progress = pending.usm.as_mut()?;
        progress.asked = progress.asked.saturating_add(1);
        let number = progress.association;
        let is_new = !std::mem::replace(&mut progress.waits, true);
        let associations = &mut self.usm.associations;
        if is_new && let Some(association) = associations.get_mut(number) {
            association.await_name(id);
        }
        let fresh = match associations.is_numbered(number) {
            true => None,
            false => self.fresh_identifier(),
        };
        let associations = &mut self.usm.associations;
        let (has_to_ask, again) = associations.ask(number, self.common.now, patience, fresh);
        if has_to_ask {
            self.common.out.push(endpoint, Outgoing::Discovery(number));
        }
        Some(again)
    }

    fn tell_name(&mut self, id: RequestId, engine_id: EngineId) {
        if let Some(pdu) = self.finish(id) {
            self.recycle(pdu);
            self.common.stats.responses += 1;
            self.common
                .events
                .push_back(Event::Discovered { id, engine_id });
        }
    }

    /// Writes the message that asks for an engine's name. None if nobody wants to know any more.
    pub(in crate::engine) fn prepare_discovery(
        &mut self,
        association: usize,
        out: &mut Vec<u8>,
    ) -> Option<Peer> {
        let (peer, id) = self.usm.associations.question(association)?;
        let pdu = Pdu::new(PduKind::GetRequest, id, VarBindList::new());
        OutgoingMessage {
            message_id: id,
            max_size: max_size(self.common.max_message_size),
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
        .encode(Protection::NoAuthNoPriv, out);
        self.common.stats.discoveries += 1;
        Some(peer)
    }

    /// Drops an answer in another version that names no outstanding request. It may name the question for an engine's
    /// name.
    #[cold]
    pub(in crate::engine) fn refuse_unnamed(&mut self, peer: &Peer, found: Version, number: i32) {
        let associations = &self.usm.associations;
        let asked = associations
            .find_discovery(number)
            .and_then(|number| associations.get(number));
        let Some(asked) = asked.map(|it| it.peer().clone()) else {
            return self
                .outstanding
                .refuse_unasked(&mut self.common, peer, number);
        };
        let expected = Version::V3;
        let (kind, trouble) = match self.outstanding.any_source || asked.is(peer) {
            true => (Kind::Mismatched, Trouble::OtherVersion { expected, found }),
            false => (Kind::Foreign, foreign(&asked, peer)),
        };
        self.outstanding.note(&asked, &trouble);
        self.common.record(kind, About::from(peer).detail(&trouble));
    }

    /// The answer to the question for an engine's name, which is a report.
    pub(super) fn accept_discovery(
        &mut self,
        envelope: &Envelope<'_>,
        number: usize,
        plain: &mut Plain,
    ) {
        let Some(asked) = self
            .usm
            .associations
            .get(number)
            .map(|it| it.peer().clone())
        else {
            return;
        };
        if !self.outstanding.any_source && !asked.is(envelope.peer) {
            let trouble = foreign(&asked, envelope.peer);
            self.outstanding.note(&asked, &trouble);
            self.common
                .record(Kind::Foreign, envelope.about().detail(&trouble));
            return;
        }
        match envelope.open(&NO_KEYS, plain).map(|it| it.pdu.kind) {
            Ok(PduKind::Report) => {}
            Ok(kind) => return self.refuse_answer(envelope, Trouble::NoAnswer(kind)),
            Err(Unreadable::Undecryptable) => {
                return self.refuse_answer(envelope, Trouble::Undecryptable);
            }
            Err(Unreadable::Malformed(error)) => {
                return self
                    .outstanding
                    .refuse_malformed(&mut self.common, envelope.peer, error);
            }
        }
        let octets = envelope.parameters.engine_id;
        let name = match EngineId::new(octets) {
            Ok(name) if name != EngineId::LOCAL => name,
            Ok(_) => return self.refuse_answer(envelope, Trouble::LocalEngineId),
            Err(_) => return self.refuse_answer(envelope, Trouble::engine_id_length(octets)),
        };
        let claim = envelope.claimed_clock(self.common.now);
        let waiting = self.usm.associations.discovered(number);
        // The first of them makes it known, and what it finds is so for all.
        let (mut is_new, mut is_time_other) = (false, false);
        for id in waiting {
            let pending = self.outstanding.table.get_mut(id);
            let Some(progress) = pending.and_then(|found| found.usm.as_mut()) else {
                continue;
            };
            progress.waits = false;
            let is_all = progress.discovers;
            let is_probe = progress.is_probe;
            let is_sent = self
                .outstanding
                .table
                .get(id)
                .is_some_and(|found| found.tries > 0);
            match self.take_name(id, name, claim) {
                Some(Naming::Same { is_time_other: it }) => is_time_other |= it,
                Some(Naming::New | Naming::Followed) => is_new = true,
                // Whoever wants no more than the name is told what is said there.
                Some(Naming::Refused) | None if is_all => {}
                Some(Naming::Refused) | None => continue,
            }
            if is_all {
                self.tell_name(id, name);
                continue;
            }
            if !is_sent {
                self.send(id);
            } else if is_new {
                self.repeat(id);
            } else if is_time_other || is_probe && claim.is_some() {
                self.repeat_as_claimed(id);
            }
        }
        if let Some(association) = self.usm.associations.get_mut(number)
            && association.engine.as_ref().is_some_and(|it| it.id == name)
        {
            association.takes(envelope.message.header.max_size, Word::Hearsay);
        }
    }
}

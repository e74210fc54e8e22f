//! The question for the name of an engine, and for a known one whether it is still there. RFC 3414
//! section 4.

use std::time::Instant;

use crate::asn1::BerError;
use crate::engine::address::Peer;
use crate::engine::common::Common;
use crate::engine::event::{Event, RequestId};
use crate::engine::outstanding::Outstanding;
use crate::engine::pending::{Pending, PendingTable};
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
use super::reported::Asked;
use super::state::Usm;

impl Usm {
    /// Lets a request wait for the name of the engine that it is for, and asks for that name unless
    /// somebody else does. Gives the time to ask again; none if the request need not wait.
    #[inline]
    pub(in crate::engine) fn ask_first(
        &mut self,
        place: usize,
        table: &mut PendingTable,
        common: &mut Common,
    ) -> Option<Instant> {
        let progress = table.at(place).usm.as_ref()?;
        let has_to_wait =
            progress.discovers || self.associations.at(progress.association).engine.is_none();
        match has_to_wait {
            true => self.ask_for_name(place, table, common),
            false => None,
        }
    }

    /// A try of a request was not answered in time: what is known of its engine may not hold any more,
    /// unless others have been answered meanwhile. Asks for the name again, beside the next try.
    pub(in crate::engine) fn reconsider(
        &mut self,
        place: usize,
        table: &mut PendingTable,
        common: &mut Common,
    ) {
        if self.was_silent(table.at(place), common.now) {
            self.ask_for_name(place, table, common);
        }
    }

    /// The last try was not answered in time: the next request asks for the engine's name from its first try on.
    pub(in crate::engine) fn doubt_engine(&mut self, pending: &mut Pending, now: Instant) {
        if self.was_silent(pending, now)
            && let Some(progress) = &pending.usm
        {
            self.associations.at(progress.association).is_doubted = true;
        }
    }

    /// Whether the engine that was asked in vain has not answered to anybody meanwhile. Begins a new try.
    fn was_silent(&mut self, pending: &mut Pending, now: Instant) -> bool {
        let timeout = pending.request.timeout;
        let tried = pending.usm.as_mut().filter(|_| pending.tries > 0);
        tried.is_some_and(|progress| {
            progress.has_tried_claim = false;
            (progress.clocks, progress.doubts) = (0, 0);
            let association = self.associations.at(progress.association);
            !association.has_answered_within(timeout, now)
        })
    }

    /// Asks for the engine's name beside the first try of a request, if the one before was not answered.
    #[inline]
    pub(in crate::engine) fn ask_if_doubted(
        &mut self,
        place: usize,
        table: &mut PendingTable,
        common: &mut Common,
    ) {
        if let Some(progress) = &table.at(place).usm
            && self.associations.at(progress.association).is_doubted
        {
            self.ask_for_name(place, table, common);
        }
    }

    /// Puts a request among those that want to know the name of their engine, and asks, unless somebody
    /// did lately. Gives the time to ask again; none of a request that is not in a user's name.
    fn ask_for_name(
        &mut self,
        place: usize,
        table: &mut PendingTable,
        common: &mut Common,
    ) -> Option<Instant> {
        let (pending, numbers) = table.at_with_numbers(place);
        let id = pending.id(place);
        let progress = pending.usm.as_mut()?;
        progress.asked = progress.asked.saturating_add(1);
        let number = progress.association;
        if !std::mem::replace(&mut progress.waits, true) {
            self.associations.at(number).await_name(id);
        }
        let fresh = match self.associations.is_numbered(number) {
            true => None,
            false => numbers.fresh(&mut self.associations),
        };
        let patience = pending.request.timeout;
        let associations = &mut self.associations;
        let (has_to_ask, again) = associations.ask(number, common.now, patience, fresh);
        if has_to_ask {
            let endpoint = pending.request.peer.endpoint;
            common.out.push(endpoint, Outgoing::Discovery(number));
        }
        Some(again)
    }

    /// Writes the message that asks for an engine's name. Gives where it goes and its msgID; none if nobody wants to know
    /// any more.
    pub(in crate::engine) fn prepare_discovery(
        &mut self,
        association: usize,
        out: &mut Vec<u8>,
        common: &mut Common,
    ) -> Option<(Peer, i32)> {
        let (peer, id) = self.associations.question(association)?;
        let pdu = Pdu::new(PduKind::GetRequest, id, VarBindList::new());
        OutgoingMessage {
            message_id: id,
            max_size: max_size(common.max_message_size),
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
        common.stats.discoveries += 1;
        Some((peer, id))
    }

    /// Drops an answer in another version that names no outstanding request. It may name the question for an engine's
    /// name.
    #[cold]
    pub(in crate::engine) fn refuse_unnamed(
        &self,
        peer: &Peer,
        found: Version,
        number: i32,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        let Some(asked) = self.associations.find_discovery(number) else {
            return outstanding.refuse_unasked(common, peer, number);
        };
        let asked = self.associations.peer_of(asked);
        let expected = Version::V3;
        let (kind, trouble) = match outstanding.any_source || asked.is(peer) {
            true => (Kind::Mismatched, Trouble::OtherVersion { expected, found }),
            false => (Kind::Foreign, foreign(asked, peer)),
        };
        outstanding.note(asked, &trouble);
        common.record(kind, About::from(peer).detail(&trouble));
    }

    /// The answer to the question for an engine's name, which is a report.
    pub(super) fn accept_discovery(
        &mut self,
        envelope: &Envelope<'_>,
        number: usize,
        plain: &mut Plain,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        let asked = self.associations.peer_of(number);
        if !outstanding.any_source && !asked.is(envelope.peer) {
            let trouble = foreign(asked, envelope.peer);
            outstanding.note(asked, &trouble);
            common.record(Kind::Foreign, envelope.about().detail(&trouble));
            return;
        }
        let name = match read_name(envelope, plain) {
            Ok(name) => name,
            Err(Refused::Malformed(error)) => {
                return outstanding.refuse_malformed(common, envelope.peer, error);
            }
            Err(Refused::For(trouble)) => {
                return outstanding.refuse_by(common, Kind::Mismatched, envelope.about(), trouble);
            }
        };
        let claim = envelope.claimed_clock(common.now);
        // The first of them makes it known, and what it finds is so for all.
        let (mut is_new, mut is_time_other) = (false, false);
        for id in self.associations.discovered(number) {
            let table = &mut outstanding.table;
            let waiting = table.place_of(id).map(|place| (place, table.at(place)));
            let waiting = waiting.map(|(place, it)| (place, it.tries > 0, Asked::new(it)));
            // Some may be over.
            let Some((place, is_sent, Some(mut asked))) = waiting else {
                continue;
            };
            asked.progress.waits = false;
            let wants_name_only = asked.progress.discovers;
            let association = self.associations.at(number);
            let (naming, verdict) = asked.take_name(name, claim, association, common);
            match naming {
                Naming::Same { is_time_other: it } => is_time_other |= it,
                Naming::New | Naming::Followed => is_new = true,
                Naming::Refused => {}
            }
            let goes_by_claim =
                is_sent && !is_new && (is_time_other || asked.progress.is_probe && claim.is_some());
            if wants_name_only {
                // Whoever wants no more than the name is told what is said there.
                tell_name(id, place, name, outstanding, self, common);
            } else if naming == Naming::Refused {
                outstanding.apply(place, verdict, envelope.about(), self, common);
            } else if !is_sent {
                outstanding.start(place, self, common);
            } else if is_new || goes_by_claim && asked.goes_by_claim() {
                outstanding.repeat(place, self, common);
            }
        }
        // With its last request it may have been forgotten.
        if let Some(association) = self.associations.get_mut(number)
            && association.engine.as_ref().is_some_and(|it| it.id == name)
        {
            association.takes(envelope.message.header.max_size, Word::Hearsay);
        }
    }
}

fn tell_name(
    id: RequestId,
    place: usize,
    engine_id: EngineId,
    outstanding: &mut Outstanding,
    usm: &mut Usm,
    common: &mut Common,
) {
    let (_, pdu) = outstanding.finish(place, usm, common);
    common.recycle(pdu);
    common.stats.responses += 1;
    common.events.push_back(Event::Discovered { id, engine_id });
}

/// Why a message tells no engine's name.
enum Refused {
    Malformed(BerError),
    For(Trouble),
}

/// The name that a report tells which answers the question for it.
fn read_name(envelope: &Envelope<'_>, plain: &mut Plain) -> Result<EngineId, Refused> {
    match envelope.open(&NO_KEYS, plain).map(|it| it.pdu.kind) {
        Ok(PduKind::Report) => {}
        Ok(kind) => return Err(Refused::For(Trouble::NoAnswer(kind))),
        Err(Unreadable::Undecryptable) => return Err(Refused::For(Trouble::Undecryptable)),
        Err(Unreadable::Malformed(error)) => return Err(Refused::Malformed(error)),
    }
    let octets = envelope.parameters.engine_id;
    match EngineId::new(octets) {
        Ok(name) if name != EngineId::LOCAL => Ok(name),
        Ok(_) => Err(Refused::For(Trouble::LocalEngineId)),
        Err(_) => Err(Refused::For(Trouble::engine_id_length(octets))),
    }
}

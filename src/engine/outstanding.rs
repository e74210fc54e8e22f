//! The life of a request of this engine, from its submission to its only outcome.

use crate::pdu::Pdu;

use super::address::Endpoint;
use super::common::Common;
use super::config::EngineConfig;
use super::engine::later;
use super::error::{ErrorIndication, SubmitError};
use super::event::{Event, Request, RequestId};
use super::peers::PeerTable;
use super::pending::PendingTable;
use super::processing;
use super::send_queues::Outgoing;
use super::trouble::Trouble;
use super::v3::Usm;

/// The requests of this engine that have no outcome yet, and the peers that they are for.
#[derive(Debug)]
pub(super) struct Outstanding {
    pub(super) table: PendingTable,
    pub(super) peers: PeerTable,
    /// Traps that were given out and have not failed: sent, unless the port says otherwise before the next
    /// event is fetched.
    pub(super) given_out: Vec<RequestId>,
    max_outstanding: usize,
    pub(super) has_short_identifiers: bool,
    /// Whether an answer may come from an address that was not asked.
    pub(super) any_source: bool,
}

/// Each of so many requests has room for three of the 32,768 short numbers: its own, the one before, and that of a
/// question for its engine's name.
const MOST_WITH_SHORT_IDENTIFIERS: usize = 10_000;

impl Outstanding {
    pub(super) fn new(config: &EngineConfig) -> Self {
        Self {
            table: PendingTable::new(config.seed, config.short_identifiers),
            peers: PeerTable::new(u32::try_from(config.window).unwrap_or(u32::MAX)),
            given_out: Vec::new(),
            max_outstanding: match config.short_identifiers {
                true => config.max_outstanding.min(MOST_WITH_SHORT_IDENTIFIERS),
                false => config.max_outstanding,
            },
            has_short_identifiers: config.short_identifiers,
            any_source: config.any_source,
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.table.len() - self.given_out.len()
    }

    /// Takes a request in. Its message is queued, or it waits for the window of its peer; a trap never waits.
    pub(super) fn submit(
        &mut self,
        request: Request,
        usm: &mut Usm,
        common: &mut Common,
    ) -> Result<RequestId, SubmitError> {
        let checked = self.check(&request, common).and_then(|written| {
            let number = self.table.numbers().fresh(&mut usm.associations);
            let limit = self.table.len();
            let none_is_free = SubmitError::TooManyRequests { limit };
            Ok((written, number.ok_or(none_is_free)?))
        });
        let (written, request_id) = match checked {
            Ok(checked) => checked,
            Err(error) => {
                common.recycle(request.pdu);
                return Err(error);
            }
        };
        let give_up = later(common.now, request.lifetime());
        let is_confirmed = request.pdu.kind.is_confirmed();
        let peer = self.peers.enter(&request.peer);
        let place = (self.table).insert(request, request_id, written, peer, give_up);
        common.stats.requests += 1;
        let pending = self.table.at(place);
        let id = pending.id(place);
        if !is_confirmed {
            self.table.wake_at(place, give_up);
            self.queue(place, common);
            return Ok(id);
        }
        usm.associate(pending, self.peers.association(peer), common.now);
        if self.peers.admit(peer, id) {
            self.start(place, usm, common);
        } else {
            self.table.wake_at(place, give_up);
        }
        Ok(id)
    }

    /// Whether a request can be sent as it is. Gives its message where that is written already.
    fn check(
        &self,
        request: &Request,
        common: &mut Common,
    ) -> Result<Option<Vec<u8>>, SubmitError> {
        processing::check(request)?;
        let limit = common.max_message_size;
        let written = processing::write_ahead(request, limit, &mut common.buffers)?;
        // Last: what can never be sent need not be tried again when there is room.
        let limit = self.max_outstanding;
        if self.table.occupied() >= limit {
            common.buffers.give(written.unwrap_or_default());
            return Err(SubmitError::TooManyRequests { limit });
        }
        Ok(written)
    }

    /// Sends a request whose turn it is in the window of its peer, for the first time or once more.
    pub(super) fn start(&mut self, place: usize, usm: &mut Usm, common: &mut Common) {
        let pending = self.table.at(place);
        pending.in_flight = true;
        if pending.usm.is_none() {
            return self.send(place, common);
        }
        let is_first = pending.tries == 0;
        if let Some(again) = usm.ask_first(place, &mut self.table, common) {
            return self.table.wake_at(place, again);
        }
        self.send(place, common);
        if is_first {
            usm.ask_if_doubted(place, &mut self.table, common);
        }
    }

    /// Begins a try.
    #[inline]
    fn send(&mut self, place: usize, common: &mut Common) {
        self.table.wake_after_try(place, common.now);
        self.queue(place, common);
    }

    /// Queues the message of a request. A try that is still waiting to be sent serves for the next one as well.
    #[inline]
    fn queue(&mut self, place: usize, common: &mut Common) {
        let pending = self.table.at(place);
        if !std::mem::replace(&mut pending.queued, true) {
            let endpoint = pending.request.peer.endpoint;
            let outgoing = Outgoing::Request(pending.id(place));
            common.out.push(endpoint, outgoing);
        }
    }

    /// Sends a request again at once, which does not count as a try, under another msgID: further
    /// reports to the former one are late.
    pub(super) fn repeat(&mut self, place: usize, usm: &mut Usm, common: &mut Common) {
        let (pending, numbers) = self.table.at_with_numbers(place);
        pending.renumber(place, numbers, &mut usm.associations, common.now);
        pending.repeats = pending.repeats.saturating_add(1);
        common.stats.resynchronisations += 1;
        self.start(place, usm, common);
    }

    /// Retries and gives up what is due.
    pub(super) fn expire(&mut self, usm: &mut Usm, common: &mut Common) {
        while let Some(place) = self.table.pop_due(common.now) {
            let pending = self.table.at(place);
            // One that waits for the window of its peer is called up to be given up only.
            if common.now >= pending.give_up || pending.is_last_try() {
                self.give_up(place, usm, common);
            } else if pending.is_confirmed() {
                self.start(place, usm, common);
                usm.reconsider(place, &mut self.table, common);
            } else {
                // A trap that could not be sent before.
                self.send(place, common);
            }
        }
    }

    fn give_up(&mut self, place: usize, usm: &mut Usm, common: &mut Common) {
        usm.doubt_engine(self.table.at(place), common.now);
        if self.answer_as_kept(place, usm, common) {
            return;
        }
        let pending = self.table.at(place);
        let id = pending.id(place);
        if let Some(objection) = pending.objection.take() {
            return self.fail(place, *objection, usm, common);
        }
        let address = pending.request.peer.address.clone();
        let trouble = self.peers.trouble(pending.peer, id);
        if let (Some(Trouble::NotSent(error)), false) = (&trouble, pending.is_confirmed()) {
            // Nobody answers a trap, so no answer has failed to come.
            let error = *error;
            let error = ErrorIndication::CannotSend { address, error };
            return self.fail(place, error, usm, common);
        }
        let error = ErrorIndication::RequestTimedOut {
            address,
            tries: match &pending.usm {
                // Nothing was sent but the question for the engine's name.
                Some(progress) if pending.tries == 0 => progress.asked,
                _ => pending.tries,
            },
            timeout: pending.request.timeout,
            trouble: trouble.map(Box::new),
        };
        common.stats.timeouts += 1;
        self.fail(place, error, usm, common);
    }

    pub(super) fn fail(
        &mut self,
        place: usize,
        error: ErrorIndication,
        usm: &mut Usm,
        common: &mut Common,
    ) {
        let (id, pdu) = self.finish(place, usm, common);
        common.recycle(pdu);
        common.events.push_back(Event::Failed { id, error });
    }

    /// Takes a request out, and lets the next one of its peer through. Gives its PDU.
    pub(super) fn finish(
        &mut self,
        place: usize,
        usm: &mut Usm,
        common: &mut Common,
    ) -> (RequestId, Pdu) {
        let gone = self.table.remove(place);
        self.peers.leave(gone.peer, gone.in_flight);
        let table = &self.table;
        let is_outstanding = |id| table.is_outstanding(id);
        if gone.queued {
            let is_over = |id| !table.is_outstanding(id);
            common.out.request_is_over(gone.endpoint, is_over);
        }
        if let Some(association) = gone.association {
            usm.associations.leave(association, is_outstanding);
        }
        match self.peers.admit_next(gone.peer, |id| table.place_of(id)) {
            Some(next) => self.start(next, usm, common),
            None => self.peers.tidy(gone.peer, is_outstanding),
        }
        if let Some(kept) = gone.kept {
            common.recycle(*kept);
        }
        if let Some(written) = gone.written {
            common.buffers.give(written);
        }
        (gone.id, gone.pdu)
    }

    /// Ends a request without an outcome. False if it is over already.
    pub(super) fn cancel(&mut self, id: RequestId, usm: &mut Usm, common: &mut Common) -> bool {
        let Some(place) = self.table.place_of(id) else {
            return false;
        };
        let (_, pdu) = self.finish(place, usm, common);
        self.table.release(id);
        common.recycle(pdu);
        true
    }

    /// Ends all requests that go through `endpoint`, and gives their names; looks at every request.
    pub(super) fn cancel_through(
        &mut self,
        endpoint: Endpoint,
        usm: &mut Usm,
        common: &mut Common,
    ) -> Vec<RequestId> {
        let goes_there = |request: &Request| request.peer.endpoint == endpoint;
        let requests = self.table.matching(goes_there);
        for id in &requests {
            self.cancel(*id, usm, common);
        }
        requests
    }
}

//! Outstanding requests.

use std::time::Instant;

use slab::Slab;

use crate::deadline_queue::DeadlineQueue;
use crate::pdu::{Pdu, PduKind};
use crate::smi::VarBindList;

use super::address::Endpoint;
use super::engine::later;
use super::error::ErrorIndication;
use super::event::{Request, RequestId};
use super::numbers::Numbers;
use super::v3::{AssociationTable, Progress};

/// A request between its submission and its only outcome.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) request: Request,
    serial: u64,
    /// The outcome has not been fetched yet. Until it is, no other request gets the place: the
    /// caller keeps what belongs to a request under its index.
    is_over: bool,
    /// The peer's number in the table of peers.
    pub(super) peer: usize,
    /// How many messages have been sent.
    pub(super) tries: u32,
    /// How many of them went out in addition to the tries that the request has.
    pub(super) repeats: u32,
    /// Counted in the window of its peer; until then it waits for that to open.
    pub(super) in_flight: bool,
    /// In the queue of what is to be sent next.
    pub(super) queued: bool,
    /// When it is over at the latest, whatever has been sent by then.
    pub(super) give_up: Instant,
    /// The message, where all that it says was known when the request was submitted: of a trap of SNMPv1.
    pub(super) written: Option<Vec<u8>>,
    /// Of a request in a user's name.
    pub(super) usm: Option<Progress>,
    /// The request-id by which it went before, where an answer to that still counts.
    pub(super) former: Option<i32>,
    /// The latest answer with other names than asked, in case that none with these comes.
    pub(super) kept: Option<Box<Pdu>>,
    /// How many such have come.
    pub(super) differing: u8,
    /// The words of an unauthenticated report, by which it ends if nothing better comes.
    pub(super) objection: Option<Box<ErrorIndication>>,
}

impl Pending {
    /// What the request at `place` is known by outside.
    pub(super) fn id(&self, place: usize) -> RequestId {
        RequestId {
            slot: place as u32,
            serial: self.serial,
        }
    }

    /// Whether no further try follows the one that is under way.
    pub(super) fn is_last_try(&self) -> bool {
        self.tries.saturating_sub(self.repeats) > self.request.retries
    }

    pub(super) fn is_confirmed(&self) -> bool {
        self.request.pdu.kind.is_confirmed()
    }

    /// Gives the request another msgID and request-id, and takes answers to the former ones no more. To
    /// what changes something or notifies they still count: it need not be done once more then, whoever
    /// wanted it sent again. Where all numbers are taken it keeps the ones it has.
    pub(super) fn renumber(
        &mut self,
        place: usize,
        numbers: &mut Numbers,
        questions: &mut AssociationTable,
        now: Instant,
    ) {
        let is_read = self.request.pdu.kind.is_read();
        let progress = self.usm.as_mut();
        let keeps_former = progress.is_some_and(|it| it.is_numbered_anew(now) && !is_read);
        let number = &mut self.request.pdu.request_id;
        numbers.renumber(place, number, &mut self.former, keeps_former, questions);
    }
}

/// What is left of a request that is over.
pub(super) struct Gone {
    pub(super) id: RequestId,
    pub(super) pdu: Pdu,
    pub(super) peer: usize,
    pub(super) endpoint: Endpoint,
    pub(super) in_flight: bool,
    pub(super) queued: bool,
    pub(super) association: Option<usize>,
    pub(super) kept: Option<Box<Pdu>>,
    pub(super) written: Option<Vec<u8>>,
}

/// The outstanding requests: a slab, found by request-id and ordered by deadline.
///
/// Who has found a request has its place, and goes on with that: a place is good until the request is taken out.
#[derive(Debug)]
pub(super) struct PendingTable {
    places: Slab<Pending>,
    numbers: Numbers,
    deadlines: DeadlineQueue,
    serial: u64,
}

impl PendingTable {
    pub(super) fn new(seed: u64, has_short_identifiers: bool) -> Self {
        Self {
            places: Slab::new(),
            numbers: Numbers::new(seed, has_short_identifiers),
            deadlines: DeadlineQueue::default(),
            serial: 0,
        }
    }

    /// How many requests are outstanding.
    pub(super) fn len(&self) -> usize {
        self.numbers.requests()
    }

    /// How many requests are outstanding or have an outcome that waits to be fetched.
    pub(super) fn occupied(&self) -> usize {
        self.places.len()
    }

    /// The serial number of the latest request.
    pub(super) fn latest(&self) -> u64 {
        self.serial
    }

    /// Takes a request in, under a request-id that is free. It has no deadline until [`PendingTable::wake_at`].
    pub(super) fn insert(
        &mut self,
        mut request: Request,
        request_id: i32,
        written: Option<Vec<u8>>,
        peer: usize,
        give_up: Instant,
    ) -> usize {
        let entry = self.places.vacant_entry();
        let place = entry.key();
        request.pdu.request_id = request_id;
        self.serial += 1;
        entry.insert(Pending {
            request,
            serial: self.serial,
            is_over: false,
            peer,
            tries: 0,
            repeats: 0,
            in_flight: false,
            queued: false,
            give_up,
            written,
            usm: None,
            former: None,
            kept: None,
            differing: 0,
            objection: None,
        });
        self.numbers.insert(request_id, place);
        place
    }

    /// The numbers by which the requests go.
    pub(super) fn numbers(&mut self) -> &mut Numbers {
        &mut self.numbers
    }

    /// The request at a place that has been found.
    #[inline]
    pub(super) fn at(&mut self, place: usize) -> &mut Pending {
        &mut self.places[place]
    }

    /// The same, and the numbers beside it.
    #[inline]
    pub(super) fn at_with_numbers(&mut self, place: usize) -> (&mut Pending, &mut Numbers) {
        (&mut self.places[place], &mut self.numbers)
    }

    /// The place of a request. None if that is over.
    #[inline]
    pub(super) fn place_of(&self, id: RequestId) -> Option<usize> {
        let pending = self.places.get(id.index())?;
        (pending.serial == id.serial && !pending.is_over).then_some(id.index())
    }

    pub(super) fn is_outstanding(&self, id: RequestId) -> bool {
        self.place_of(id).is_some()
    }

    /// The request that goes by this request-id on the wire, and its place.
    #[inline]
    pub(super) fn find(&self, request_id: i32) -> Option<(usize, &Pending)> {
        let place = self.numbers.find(request_id)?;
        Some((place, &self.places[place]))
    }

    /// The outstanding requests that match; looks at all of them.
    pub(super) fn matching(&self, wanted: impl Fn(&Request) -> bool) -> Vec<RequestId> {
        let outstanding = self.places.iter().filter(|(_, it)| !it.is_over);
        let matching = outstanding.filter(|(_, it)| wanted(&it.request));
        matching.map(|(place, it)| it.id(place)).collect()
    }

    /// Takes out a request that is over. Its place stays taken until [`PendingTable::release`].
    pub(super) fn remove(&mut self, place: usize) -> Gone {
        let pending = &mut self.places[place];
        let empty = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        pending.is_over = true;
        let gone = Gone {
            id: pending.id(place),
            pdu: std::mem::replace(&mut pending.request.pdu, empty),
            peer: pending.peer,
            endpoint: pending.request.peer.endpoint,
            in_flight: pending.in_flight,
            queued: pending.queued,
            association: pending.usm.as_ref().map(|progress| progress.association),
            kept: pending.kept.take(),
            written: pending.written.take(),
        };
        self.numbers.free(gone.pdu.request_id, pending.former);
        self.deadlines.remove(place);
        gone
    }

    /// Frees the place of a request that is over and has no outcome to be fetched any more.
    pub(super) fn release(&mut self, id: RequestId) {
        if self.places.get(id.index()).is_some_and(|it| it.is_over) {
            self.places.remove(id.index());
        }
    }

    /// Calls the request up at `at`, or when it is to be given up if that is earlier.
    #[inline]
    pub(super) fn wake_at(&mut self, place: usize, at: Instant) {
        let at = at.min(self.places[place].give_up);
        self.deadlines.set(place, at);
    }

    /// Calls the request up when its try is over that begins now.
    #[inline]
    pub(super) fn wake_after_try(&mut self, place: usize, now: Instant) {
        let pending = &self.places[place];
        let over = later(now, pending.request.timeout);
        self.deadlines.set(place, over.min(pending.give_up));
    }

    /// The place of a request whose deadline has come.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<usize> {
        self.deadlines.pop_due(now)
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.deadlines.next()
    }

    pub(super) fn was_just_answered(&self, number: i32) -> bool {
        self.numbers.was_just_answered(number)
    }
}

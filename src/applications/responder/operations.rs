//! The requests that wait, and what they wait for.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use slab::Slab;

use super::contexts::ContextId;
use super::failure::Unanswered;
use super::reading::Reading;
use super::repeats::is_repetition;
use super::transaction::Transaction;
use super::waiters::Waiters;
use crate::deadline_queue::DeadlineQueue;
use crate::engine::{IncomingRequest, StateReference, later};
use crate::pdu::Pdu;
use crate::smi::ObjectIdentifier;

/// How many requests may wait in all.
const MAX_WAITING: usize = 1_024;

/// How many of them may be of one asker: an address and a security name.
const MAX_OF_AN_ASKER: usize = 64;

/// How many variable bindings the requests that wait may have in all, and those of one asker: each takes some 300 octets
/// while it waits.
const MAX_BINDINGS: usize = 65_536;
const MAX_BINDINGS_OF_AN_ASKER: usize = 16_384;

/// How many requests may wait for another slice of steps, and how many of one asker.
const MAX_PAUSED: usize = 64;
const MAX_PAUSED_OF_AN_ASKER: usize = 16;

/// How many SETs may wait for their turn in one context, and how many of one asker.
const MAX_SETS: usize = 64;
const MAX_SETS_OF_AN_ASKER: usize = 16;

/// How long a request that reads may go on: nobody waits for its answer any more.
const LIFETIME: Duration = Duration::from_secs(60);

/// A request that is not answered yet.
pub(super) struct Operation {
    pub(super) serial: u64,
    pub(super) request: IncomingRequest,
    pub(super) context: ContextId,
    pub(super) work: Work,
    /// How many tickets it has been given.
    pub(super) given: u64,
    waits: Waits,
    /// Until when what it waits for may come.
    pub(super) deadline: Option<Instant>,
    /// When it began.
    since: Instant,
    /// When nobody waits for its answer any more.
    pub(super) until: Instant,
}

pub(super) enum Work {
    Reading(Box<Reading>),
    Transaction(Box<Transaction>),
}

/// What an operation waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waits {
    /// Another slice.
    Slice,
    /// Answers.
    Answers,
    /// The SETs before it.
    Turn,
    /// Nothing any more: it goes on as soon as others have.
    Nothing,
}

impl Operation {
    pub(super) fn is_set(&self) -> bool {
        self.work.is_set()
    }

    pub(super) fn new(
        now: Instant,
        serial: u64,
        request: IncomingRequest,
        context: ContextId,
        work: Work,
    ) -> Self {
        Self {
            serial,
            request,
            context,
            work,
            given: 0,
            waits: Waits::Slice,
            deadline: None,
            since: now,
            until: later(now, LIFETIME),
        }
    }

    /// Whether it has taken as long as this.
    pub(super) fn has_taken(&self, now: Instant, time: Duration) -> bool {
        now.saturating_duration_since(self.since) >= time
    }
}

impl Work {
    pub(super) fn is_set(&self) -> bool {
        matches!(self, Self::Transaction(_))
    }

    /// Nobody waits for the answers that have not come.
    pub(super) fn release(&mut self, context: ContextId, waiters: &Waiters) {
        match self {
            Self::Reading(reading) => reading.release(context, waiters),
            Self::Transaction(set) => set.release(context, waiters),
        }
    }

    /// Whether it waits for answers only.
    pub(super) fn is_awaiting(&self) -> bool {
        match self {
            Self::Reading(reading) => reading.is_awaiting(),
            Self::Transaction(set) => set.awaited().is_some(),
        }
    }

    /// Whether it is a SET that is being undone.
    pub(super) fn is_undoing(&self) -> bool {
        matches!(self, Self::Transaction(set) if set.is_undoing())
    }

    /// The object that owes the answer with this number. `None` if that is not waited for.
    pub(super) fn object_of(&self, number: u64) -> Option<&ObjectIdentifier> {
        let awaited = match self {
            Self::Reading(reading) => reading.awaited(number),
            Self::Transaction(set) => set.awaited().filter(|awaited| awaited.number == number),
        };
        awaited.map(|awaited| &awaited.name)
    }
}

/// A request that has waited, and what became of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Finished {
    /// Where the answer goes.
    pub state: StateReference,
    /// The response, or why there is none.
    pub answer: Result<Pdu, Unanswered>,
}

/// The operations that wait.
#[derive(Default)]
pub(super) struct Operations {
    slab: Slab<Option<Operation>>,
    serial: u64,
    /// Those that can go on.
    ready: VecDeque<(usize, u64)>,
    /// When those that wait for answers, or have waited long enough, are looked after.
    deadlines: DeadlineQueue,
    /// The SETs that are under way, and behind each those that wait for it.
    sets: Vec<(ContextId, VecDeque<usize>)>,
    pub(super) finished: VecDeque<Finished>,
}

impl Operations {
    /// The place that the next one gets, and what tells it from others there.
    pub(super) fn next(&mut self) -> (usize, u64) {
        self.serial += 1;
        (self.slab.vacant_key(), self.serial)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.slab.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.slab.len()
    }

    pub(super) fn has_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.deadlines.next()
    }

    fn all(&self) -> impl Iterator<Item = (usize, &Operation)> {
        let places = self.slab.iter();
        places.filter_map(|(place, operation)| Some((place, operation.as_ref()?)))
    }

    /// Those of the asker of this request.
    fn of_asker(&self, request: &IncomingRequest) -> impl Iterator<Item = &Operation> {
        let ip = |request: &IncomingRequest| Some(request.peer.address.socket_addr()?.ip());
        self.all()
            .map(|(_, operation)| operation)
            .filter(move |operation| {
                let other = &operation.request;
                other.security_name == request.security_name && ip(other) == ip(request)
            })
    }

    /// Whether this request may wait for that, in this place, which it may have already.
    pub(super) fn have_room(&self, place: usize, request: &IncomingRequest, waits: Waits) -> bool {
        if self.slab.is_empty() {
            return true;
        }
        let others = self.slab.len() - usize::from(self.slab.contains(place));
        let bindings = |operation: &Operation| operation.request.pdu.var_binds.len();
        let of_all: usize = self.all().map(|(_, it)| bindings(it)).sum();
        let of_asker: usize = self.of_asker(request).map(bindings).sum();
        let more = request.pdu.var_binds.len();
        let is_paused = |operation: &&Operation| operation.waits == Waits::Slice;
        let all_paused = || self.all().filter(|(_, it)| is_paused(it)).count();
        others < MAX_WAITING
            && self.of_asker(request).count() < MAX_OF_AN_ASKER
            && of_all + more <= MAX_BINDINGS
            && of_asker + more <= MAX_BINDINGS_OF_AN_ASKER
            && (waits != Waits::Slice
                || all_paused() < MAX_PAUSED
                    && self.of_asker(request).filter(is_paused).count() < MAX_PAUSED_OF_AN_ASKER)
    }

    /// Keeps an operation that begins to wait, in the place that it was promised.
    pub(super) fn insert(&mut self, operation: Operation, waits: Waits, deadline: Option<Instant>) {
        let place = self.slab.insert(None);
        self.put_back(place, operation, waits, deadline);
    }

    /// Takes an operation out for as long as it runs; its place stays its own.
    pub(super) fn take(&mut self, place: usize) -> Option<Operation> {
        self.slab.get_mut(place)?.take()
    }

    /// The next one that can go on.
    pub(super) fn take_ready(&mut self) -> Option<(usize, Operation)> {
        loop {
            let (place, serial) = self.ready.pop_front()?;
            // One that has been dropped meanwhile is passed over.
            if self.get_mut(place, serial).is_some() {
                return Some((place, self.take(place)?));
            }
        }
    }

    /// Puts an operation back that waits again, until `deadline` at most for what it waits for.
    pub(super) fn put_back(
        &mut self,
        place: usize,
        mut operation: Operation,
        waits: Waits,
        deadline: Option<Instant>,
    ) {
        operation.waits = waits;
        operation.deadline = deadline;
        let until = match operation.work {
            Work::Reading(_) => Some(operation.until),
            // What it has begun it ends, for whomever.
            Work::Transaction(_) => None,
        };
        match deadline.into_iter().chain(until).min() {
            Some(at) => self.deadlines.set(place, at),
            None => _ = self.deadlines.remove(place),
        }
        if waits == Waits::Slice {
            self.ready.push_back((place, operation.serial));
        }
        self.slab[place] = Some(operation);
    }

    /// An operation is over: its place is free, and, if it was the SET of a context, the next one's turn has come.
    pub(super) fn finish(&mut self, place: usize, set: Option<ContextId>, finished: Finished) {
        self.deadlines.remove(place);
        self.slab.remove(place);
        if let Some(context) = set {
            self.end_set(context);
        }
        self.finished.push_back(finished);
    }

    /// The operation at a place, if it is this one.
    pub(super) fn get(&self, place: usize, serial: u64) -> Option<&Operation> {
        let operation = self.slab.get(place)?.as_ref()?;
        (operation.serial == serial).then_some(operation)
    }

    /// The same, to change it.
    pub(super) fn get_mut(&mut self, place: usize, serial: u64) -> Option<&mut Operation> {
        let operation = self.slab.get_mut(place)?.as_mut()?;
        (operation.serial == serial).then_some(operation)
    }

    /// An operation has what it waited for.
    pub(super) fn make_ready(&mut self, place: usize) {
        let operation = self.slab.get_mut(place).and_then(Option::as_mut);
        let waits = |it: &&mut Operation| !matches!(it.waits, Waits::Slice | Waits::Nothing);
        if let Some(operation) = operation.filter(waits) {
            operation.waits = Waits::Nothing;
            self.ready.push_back((place, operation.serial));
        }
    }

    /// Puts one back that has been looked after in its place, and does not wait for answers any more.
    pub(super) fn put_back_ready(&mut self, place: usize, operation: Operation) {
        let waits = operation.waits;
        self.put_back(place, operation, Waits::Answers, None);
        match waits {
            // It stands in its queue already.
            Waits::Nothing => {
                if let Some(operation) = &mut self.slab[place] {
                    operation.waits = waits;
                }
            }
            Waits::Slice | Waits::Answers | Waits::Turn => self.make_ready(place),
        }
    }

    /// The place of one whose time is over.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<usize> {
        self.deadlines.pop_due(now)
    }

    /// All that wait, in no order.
    pub(super) fn places(&self) -> Vec<usize> {
        self.all().map(|(place, _)| place).collect()
    }

    /// The request that this one is a repetition of: the same asker, context, request-id and bindings.
    pub(super) fn repeated_by(
        &mut self,
        request: &IncomingRequest,
    ) -> Option<&mut IncomingRequest> {
        let all = self.slab.iter_mut();
        let mut all = all.filter_map(|(_, operation)| operation.as_mut());
        let operation = all.find(|operation| is_repetition(&operation.request, request))?;
        Some(&mut operation.request)
    }

    /// Whether a SET is under way in a context.
    pub(super) fn has_set(&self, context: ContextId) -> bool {
        self.sets.iter().any(|(its, _)| *its == context)
    }

    /// A SET is under way in a context, until it is [over](Self::finish).
    pub(super) fn begin_set(&mut self, context: ContextId) {
        if !self.has_set(context) {
            self.sets.push((context, VecDeque::new()));
        }
    }

    /// Whether one more SET may have, or wait for, its turn in a context.
    pub(super) fn has_turn(&self, context: ContextId, request: &IncomingRequest) -> bool {
        let mut sets = self.sets.iter();
        let its = sets.find(|(its, _)| *its == context);
        let is_in_line = |operation: &&Operation| operation.waits == Waits::Turn;
        its.is_none_or(|(_, waiting)| {
            waiting.len() < MAX_SETS
                && self.of_asker(request).filter(is_in_line).count() < MAX_SETS_OF_AN_ASKER
        })
    }

    /// A SET waits for its turn.
    pub(super) fn line_up(&mut self, operation: Operation) {
        let context = operation.context;
        let place = self.slab.vacant_key();
        self.insert(operation, Waits::Turn, None);
        let mut sets = self.sets.iter_mut();
        if let Some((_, waiting)) = sets.find(|(its, _)| *its == context) {
            waiting.push_back(place);
        }
    }

    /// The SET of a context is over: the next one's turn has come.
    fn end_set(&mut self, context: ContextId) {
        let Some(at) = self.sets.iter().position(|(its, _)| *its == context) else {
            return;
        };
        match self.sets[at].1.pop_front() {
            Some(next) => self.make_ready(next),
            None => _ = self.sets.swap_remove(at),
        }
    }
}

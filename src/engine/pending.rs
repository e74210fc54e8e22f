//! Outstanding requests.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::time::Instant;

use slab::Slab;

use crate::deadline_queue::DeadlineQueue;
use crate::pdu::{Pdu, PduKind};
use crate::smi::VarBindList;

use super::address::Endpoint;
use super::error::ErrorIndication;
use super::event::{Request, RequestId};
use super::identifiers::Identifiers;
use super::v3::Progress;

/// A request between its submission and its only outcome.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) request: Request,
    serial: u64,
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
    /// Whether no further try follows the one that is under way.
    pub(super) fn is_last_try(&self) -> bool {
        self.tries.saturating_sub(self.repeats) > self.request.retries
    }
}

/// What is left of a request that is over.
pub(super) struct Gone {
    pub(super) pdu: Pdu,
    pub(super) peer: usize,
    pub(super) endpoint: Endpoint,
    pub(super) in_flight: bool,
    pub(super) queued: bool,
    pub(super) usm: Option<Progress>,
    pub(super) kept: Option<Box<Pdu>>,
}

/// A place in the table.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "a box would be an allocation for each request; places are mostly outstanding"
)]
enum Slot {
    Outstanding(Pending),
    /// The outcome has not been fetched yet. Until it is, no other request gets the place: the
    /// caller keeps what belongs to a request under its index.
    Over,
}

impl Slot {
    fn pending(&self) -> Option<&Pending> {
        match self {
            Self::Outstanding(pending) => Some(pending),
            Self::Over => None,
        }
    }
}

type ByRequestId = HashMap<i32, u32, BuildHasherDefault<AsItIs>>;

/// The outstanding requests: a slab, found by request-id and ordered by deadline.
#[derive(Debug)]
pub(super) struct PendingTable {
    slots: Slab<Slot>,
    by_request_id: ByRequestId,
    /// How many of those are former ones.
    formers: usize,
    deadlines: DeadlineQueue,
    identifiers: Identifiers,
    serial: u64,
    answered: Recent,
}

impl PendingTable {
    pub(super) fn new(seed: u64, has_short_identifiers: bool) -> Self {
        Self {
            slots: Slab::new(),
            by_request_id: HashMap::default(),
            formers: 0,
            deadlines: DeadlineQueue::default(),
            identifiers: Identifiers::new(seed, has_short_identifiers),
            serial: 0,
            answered: Recent::default(),
        }
    }

    /// How many requests are outstanding.
    pub(super) fn len(&self) -> usize {
        self.by_request_id.len() - self.formers
    }

    /// How many requests are outstanding or have an outcome that waits to be fetched.
    pub(super) fn occupied(&self) -> usize {
        self.slots.len()
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
        peer: usize,
        give_up: Instant,
    ) -> RequestId {
        let entry = self.slots.vacant_entry();
        let slot = entry.key() as u32;
        request.pdu.request_id = request_id;
        self.serial += 1;
        entry.insert(Slot::Outstanding(Pending {
            request,
            serial: self.serial,
            peer,
            tries: 0,
            repeats: 0,
            in_flight: false,
            queued: false,
            give_up,
            usm: None,
            former: None,
            kept: None,
            differing: 0,
            objection: None,
        }));
        self.by_request_id.insert(request_id, slot);
        RequestId {
            slot,
            serial: self.serial,
        }
    }

    /// An identifier that no outstanding request has, and that `is_free` elsewhere. None if there is none.
    #[inline]
    pub(super) fn fresh_identifier(&mut self, is_free: impl Fn(i32) -> bool) -> Option<i32> {
        let taken = &self.by_request_id;
        self.identifiers
            .next(|identifier| !taken.contains_key(&identifier) && is_free(identifier))
    }

    /// Gives the request another request-id, which is free. Answers to the one it had still count if
    /// `keeps_former`; gives back the one to which they do no more.
    pub(super) fn renumber(
        &mut self,
        id: RequestId,
        request_id: i32,
        keeps_former: bool,
    ) -> Option<i32> {
        let pending = self.get_mut(id)?;
        let mut gone = Some(std::mem::replace(
            &mut pending.request.pdu.request_id,
            request_id,
        ));
        if keeps_former {
            gone = std::mem::replace(&mut pending.former, gone);
            self.formers += usize::from(gone.is_none());
        }
        if let Some(gone) = gone {
            self.by_request_id.remove(&gone);
        }
        self.by_request_id.insert(request_id, id.slot);
        gone
    }

    pub(super) fn get(&self, id: RequestId) -> Option<&Pending> {
        let pending = self.slots.get(id.index())?.pending()?;
        (pending.serial == id.serial).then_some(pending)
    }

    pub(super) fn get_mut(&mut self, id: RequestId) -> Option<&mut Pending> {
        match self.slots.get_mut(id.index())? {
            Slot::Outstanding(pending) if pending.serial == id.serial => Some(pending),
            Slot::Outstanding(_) | Slot::Over => None,
        }
    }

    /// The request that goes by this request-id on the wire.
    pub(super) fn find(&self, request_id: i32) -> Option<RequestId> {
        self.in_slot(*self.by_request_id.get(&request_id)?)
    }

    fn in_slot(&self, slot: u32) -> Option<RequestId> {
        let serial = self.slots.get(slot as usize)?.pending()?.serial;
        Some(RequestId { slot, serial })
    }

    /// The outstanding requests that match; looks at all of them.
    pub(super) fn matching(&self, wanted: impl Fn(&Request) -> bool) -> Vec<RequestId> {
        let slots = self.slots.iter();
        slots
            .filter_map(|(slot, entry)| {
                let pending = entry.pending().filter(|it| wanted(&it.request))?;
                Some(RequestId {
                    slot: slot as u32,
                    serial: pending.serial,
                })
            })
            .collect()
    }

    /// Takes out a request that is over. Its place stays taken until [`PendingTable::release`].
    pub(super) fn remove(&mut self, id: RequestId) -> Option<Gone> {
        let pending = self.get_mut(id)?;
        let empty = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        let gone = Gone {
            pdu: std::mem::replace(&mut pending.request.pdu, empty),
            peer: pending.peer,
            endpoint: pending.request.peer.endpoint,
            in_flight: pending.in_flight,
            queued: pending.queued,
            usm: pending.usm,
            kept: pending.kept.take(),
        };
        if let Some(former) = pending.former {
            self.by_request_id.remove(&former);
            self.formers -= 1;
        }
        self.by_request_id.remove(&gone.pdu.request_id);
        self.deadlines.remove(id.index());
        *self.slots.get_mut(id.index())? = Slot::Over;
        Some(gone)
    }

    /// Frees the place of a request that is over and has no outcome to be fetched any more.
    pub(super) fn release(&mut self, id: RequestId) {
        if let Some(Slot::Over) = self.slots.get(id.index()) {
            self.slots.remove(id.index());
        }
    }

    /// Calls the request up at `at`, or when it is to be given up if that is earlier.
    pub(super) fn wake_at(&mut self, id: RequestId, at: Instant) {
        if let Some(pending) = self.get(id) {
            self.deadlines.set(id.index(), at.min(pending.give_up));
        }
    }

    /// A request whose deadline has come.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<RequestId> {
        let slot = self.deadlines.pop_due(now)?;
        self.in_slot(slot as u32)
    }

    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.deadlines.next()
    }

    pub(super) fn remember_answered(&mut self, request_id: i32) {
        self.answered.push(request_id);
    }

    pub(super) fn was_just_answered(&self, request_id: i32) -> bool {
        self.answered.contains(request_id)
    }
}

/// The request-ids answered last, to tell a second answer from a late one.
#[derive(Debug)]
struct Recent {
    ids: [i32; 256],
    next: u8,
}

impl Default for Recent {
    fn default() -> Self {
        // No request-id is negative.
        Self {
            ids: [-1; 256],
            next: 0,
        }
    }
}

impl Recent {
    fn push(&mut self, id: i32) {
        self.ids[usize::from(self.next)] = id;
        self.next = self.next.wrapping_add(1);
    }

    fn contains(&self, id: i32) -> bool {
        self.ids.contains(&id)
    }
}

/// A hasher for keys that are random already: request-ids are, and nobody else chooses them.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, octets: &[u8]) {
        for &octet in octets {
            self.0 = (self.0 << 8) | u64::from(octet);
        }
    }

    fn write_i32(&mut self, number: i32) {
        // Tables take the place from the low bits and a tag from the high ones.
        self.0 = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

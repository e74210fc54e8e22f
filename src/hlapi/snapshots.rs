//! Which request goes by which snapshot.

use std::rc::{Rc, Weak};
use std::time::Instant;

use crate::objects::Asker;

use super::served::Served;

/// How many snapshots are kept that a later one has replaced, for requests that have begun with them.
const MAX_FORMER: usize = 4;

/// From so many on, those of requests that are over are looked for.
const MANY: usize = 64;

/// A request under way: its place and serial number at a responder, and that responder where it is one of an engine.
#[derive(Clone)]
pub(super) struct Operation {
    id: (u32, u64),
    served: Weak<Served>,
}

impl Operation {
    /// The one that asks. `None` where nobody can wait: then it is over before anything changes.
    pub(super) fn that_asks(asker: &Asker<'_>) -> Option<Self> {
        Some(Self {
            id: asker.operation()?,
            served: Served::driver_of(asker).cloned().unwrap_or_default(),
        })
    }

    /// Whether `asker` is this one.
    fn asks(&self, asker: &Asker<'_>) -> bool {
        asker.operation() == Some(self.id)
            && match Served::driver_of(asker) {
                Some(served) => self.served.ptr_eq(served),
                None => self.served.ptr_eq(&Weak::new()),
            }
    }

    /// Whether they are the same.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.id == other.id && self.served.ptr_eq(&other.served)
    }

    /// Whether both had the same place, which the earlier one has left then.
    fn has_place_of(&self, other: &Self) -> bool {
        self.id.0 == other.id.0 && self.served.ptr_eq(&other.served)
    }

    fn is_over(&self) -> bool {
        match self.served.upgrade() {
            Some(served) => !served.responder().is_under_way(self.id),
            // Of an engine that has gone; of a driver of another kind this is not known.
            None => !self.served.ptr_eq(&Weak::new()),
        }
    }

    /// The time, where it is known.
    pub(super) fn now(&self) -> Option<Instant> {
        self.served.upgrade()?.now()
    }
}

/// The snapshots that requests have begun with. What is taken out is given back, to be dropped where its code may run.
pub(super) struct Snapshots<C> {
    uses: Vec<Use<C>>,
    /// Of the latest snapshot.
    number: u64,
}

struct Use<C> {
    operation: Operation,
    number: u64,
    /// None once there have been too many.
    rows: Option<Rc<C>>,
}

impl<C> Default for Snapshots<C> {
    fn default() -> Self {
        Self {
            uses: Vec::new(),
            number: 0,
        }
    }
}

impl<C> Snapshots<C> {
    /// The snapshot that `asker` has begun with; `Some(None)` if it had to be given up.
    pub(super) fn of(&self, asker: &Asker<'_>) -> Option<Option<&Rc<C>>> {
        // The one that asks now is the one that began last, mostly.
        let its = self.uses.iter().rev().find(|it| it.operation.asks(asker))?;
        Some(its.rows.as_ref())
    }

    /// Has a request go by `rows`, which are the latest.
    pub(super) fn begin(&mut self, operation: Operation, rows: &Rc<C>) -> Vec<Rc<C>> {
        let mut dropped = Vec::new();
        if self.uses.len() >= MANY {
            dropped = self.forget_ended();
        }
        let is_former = |it: &Use<C>| operation.has_place_of(&it.operation);
        if let Some(place) = self.uses.iter().position(is_former) {
            dropped.extend(self.uses.swap_remove(place).rows);
        }
        self.uses.push(Use {
            operation,
            number: self.number,
            rows: Some(Rc::clone(rows)),
        });
        dropped
    }

    /// There is another snapshot. Of those before it, the latest ones stay for which there are requests.
    pub(super) fn renew(&mut self) -> Vec<Rc<C>> {
        let mut dropped = self.forget_ended();
        let kept = self.uses.iter().filter(|it| it.rows.is_some());
        let mut numbers: Vec<u64> = kept.map(|it| it.number).collect();
        numbers.sort_unstable_by(|one, other| other.cmp(one));
        numbers.dedup();
        if let Some(&oldest) = numbers.get(MAX_FORMER) {
            let too_old = self.uses.iter_mut().filter(|it| it.number <= oldest);
            dropped.extend(too_old.filter_map(|it| it.rows.take()));
        }
        self.number += 1;
        dropped
    }

    fn forget_ended(&mut self) -> Vec<Rc<C>> {
        let ended = self.uses.extract_if(.., |it| it.operation.is_over());
        ended.filter_map(|it| it.rows).collect()
    }
}

//! Rows that a manager has begun and not finished.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::shared::Shared;
use crate::objects::row_status::RowStatus;

/// The rows that SET has left out of service, and when they go. RFC 2579, RowStatus: an agent may remove them after some
/// minutes.
#[derive(Default)]
pub(super) struct Unfinished {
    /// None where they stay.
    pub(super) kept_for: Option<Duration>,
    due: BTreeMap<Rc<[u32]>, Instant>,
    /// The same in the order of the times.
    in_turn: BTreeSet<(Instant, Rc<[u32]>)>,
}

impl Unfinished {
    /// A SET has changed this row, or has been undone.
    pub(super) fn note(&mut self, shared: &Shared, index: &Rc<[u32]>, now: Option<Instant>) {
        let (Some(kept_for), Some(now)) = (self.kept_for, now) else {
            return;
        };
        let due = now.checked_add(kept_for);
        let due = due.filter(|_| is_unfinished(shared, index));
        let former = match due {
            Some(due) => {
                self.in_turn.insert((due, Rc::clone(index)));
                self.due.insert(Rc::clone(index), due)
            }
            None => self.due.remove(index),
        };
        if let Some(former) = former.filter(|former| Some(*former) != due) {
            self.in_turn.remove(&(former, Rc::clone(index)));
        }
    }

    /// Removes rows that have waited for too long.
    #[inline]
    pub(super) fn remove_old(&mut self, shared: &Shared, now: Option<Instant>) {
        if let (Some((first, _)), Some(now)) = (self.in_turn.first(), now)
            && *first <= now
        {
            self.remove(shared, now);
        }
    }

    #[cold]
    fn remove(&mut self, shared: &Shared, now: Instant) {
        while self.in_turn.first().is_some_and(|(due, _)| *due <= now) {
            let Some((_, index)) = self.in_turn.pop_first() else {
                return;
            };
            self.due.remove(&index);
            if is_unfinished(shared, &index) {
                shared.change(&index, None);
            }
        }
    }
}

fn is_unfinished(shared: &Shared, index: &[u32]) -> bool {
    let store = shared.store.borrow();
    let status = store
        .row(index)
        .map(|row| store.layout.status_of(&row.cells));
    status.is_some_and(|status| status != RowStatus::Active)
}

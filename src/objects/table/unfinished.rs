//! Rows that a manager has begun and not finished.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::shared::Shared;
use crate::objects::row_status::RowStatus;

/// The rows that SET has left out of service, and since when. RFC 2579, RowStatus: an agent may remove them after some minutes.
#[derive(Default)]
pub(super) struct Unfinished {
    /// None where they stay.
    pub(super) kept_for: Option<Duration>,
    since: BTreeMap<Rc<[u32]>, Instant>,
    /// When there may be something to remove.
    next: Option<Instant>,
}

impl Unfinished {
    /// A SET has changed this row.
    pub(super) fn note(&mut self, shared: &Shared, index: &Rc<[u32]>, now: Option<Instant>) {
        let (Some(kept_for), Some(now)) = (self.kept_for, now) else {
            return;
        };
        if !is_unfinished(shared, index) {
            self.since.remove(index);
        } else if let Some(due) = now.checked_add(kept_for) {
            self.since.insert(Rc::clone(index), now);
            self.next.get_or_insert(due);
        }
    }

    /// Removes rows that have waited for too long.
    #[inline]
    pub(super) fn remove_old(&mut self, shared: &Shared, now: Option<Instant>) {
        if let (Some(next), Some(now)) = (self.next, now)
            && next <= now
        {
            self.remove(shared, now);
        }
    }

    #[cold]
    fn remove(&mut self, shared: &Shared, now: Instant) {
        let kept_for = self.kept_for.unwrap_or(Duration::MAX);
        let mut old = Vec::new();
        self.since.retain(|index, since| {
            let is_old = since.checked_add(kept_for).is_some_and(|due| due <= now);
            if is_old {
                old.push(Rc::clone(index));
            }
            !is_old
        });
        let first = self.since.values().min();
        self.next = first.and_then(|first| first.checked_add(kept_for));
        for index in old {
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

//! A queue of deadlines with removal: what timed calls and outstanding requests share.

use std::time::Instant;

/// Deadlines of numbered slots, earliest first; equal deadlines in the order they were set.
///
/// Slots are the caller's (slab keys). Each slot has at most one deadline, and its place in the
/// heap is kept beside it, so that moving and cancelling search nothing and leave nothing behind.
/// `set` and `remove` cost O(log n); a deadline not earlier than all others, the usual case for
/// equal time-outs, costs O(1).
#[derive(Debug, Default)]
pub(crate) struct DeadlineHeap {
    heap: Vec<Entry>,
    /// Place in `heap` by slot, or `ABSENT`.
    places: Vec<u32>,
    sequence: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: Instant,
    sequence: u64,
    slot: u32,
}

const ABSENT: u32 = u32::MAX;
/// Children of a node. Four keep a parent and its children in two cache lines.
const ARITY: usize = 4;

impl DeadlineHeap {
    /// Gives `slot` the deadline `at`, in place of the one it had.
    pub(crate) fn set(&mut self, slot: usize, at: Instant) {
        let slot = u32::try_from(slot).expect("a slab of deadlines stays below 2^32 slots");
        self.sequence += 1;
        let entry = Entry {
            at,
            sequence: self.sequence,
            slot,
        };
        let index = slot as usize;
        if self.places.len() <= index {
            self.places.resize(index + 1, ABSENT);
        }
        let place = self.places[index];
        if place == ABSENT {
            self.heap.push(entry);
            self.sift_up(self.heap.len() - 1, entry);
        } else {
            let earlier = entry < self.heap[place as usize];
            self.settle(place as usize, entry, earlier);
        }
    }

    /// Takes away the deadline of `slot`; false if it had none.
    pub(crate) fn remove(&mut self, slot: usize) -> bool {
        let Some(place) = self.places.get_mut(slot) else {
            return false;
        };
        let hole = std::mem::replace(place, ABSENT);
        if hole == ABSENT {
            return false;
        }
        self.fill_hole(hole as usize);
        true
    }

    /// The earliest deadline.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.heap.first().map(|entry| entry.at)
    }

    /// Takes out the earliest slot whose deadline is not after `now`.
    pub(crate) fn pop_due(&mut self, now: Instant) -> Option<usize> {
        let first = self.heap.first()?;
        if first.at > now {
            return None;
        }
        let slot = first.slot as usize;
        self.places[slot] = ABSENT;
        self.fill_hole(0);
        Some(slot)
    }

    fn fill_hole(&mut self, hole: usize) {
        let Some(last) = self.heap.pop() else { return };
        if hole < self.heap.len() {
            let earlier = last < self.heap[hole];
            self.settle(hole, last, earlier);
        }
    }

    fn settle(&mut self, place: usize, entry: Entry, earlier: bool) {
        if earlier {
            self.sift_up(place, entry);
        } else {
            self.sift_down(place, entry);
        }
    }

    fn sift_up(&mut self, mut place: usize, entry: Entry) {
        while place > 0 {
            let parent = (place - 1) / ARITY;
            if self.heap[parent] <= entry {
                break;
            }
            self.put(place, self.heap[parent]);
            place = parent;
        }
        self.put(place, entry);
    }

    fn sift_down(&mut self, mut place: usize, entry: Entry) {
        loop {
            let first = place * ARITY + 1;
            let last = (first + ARITY).min(self.heap.len());
            let Some(child) = (first..last).min_by_key(|&child| self.heap[child]) else {
                break;
            };
            if entry <= self.heap[child] {
                break;
            }
            self.put(place, self.heap[child]);
            place = child;
        }
        self.put(place, entry);
    }

    fn put(&mut self, place: usize, entry: Entry) {
        self.heap[place] = entry;
        self.places[entry.slot as usize] = place as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::time::Duration;

    #[derive(Clone, Debug)]
    enum Step {
        Set(usize, u64),
        Remove(usize),
        Pop(u64),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0usize..40, 0u64..100).prop_map(|(slot, at)| Step::Set(slot, at)),
            (0usize..40).prop_map(Step::Remove),
            (0u64..100).prop_map(Step::Pop),
        ]
    }

    proptest! {
        #[test]
        fn agrees_with_a_sorted_map(steps in proptest::collection::vec(step(), 0..400)) {
            let base = base();
            let mut heap = DeadlineHeap::default();
            // slot -> (deadline, order of setting)
            let mut model: BTreeMap<usize, (u64, usize)> = BTreeMap::new();
            for (order, step) in steps.into_iter().enumerate() {
                match step {
                    Step::Set(slot, at) => {
                        heap.set(slot, base + Duration::from_millis(at));
                        model.insert(slot, (at, order));
                    }
                    Step::Remove(slot) => {
                        prop_assert_eq!(heap.remove(slot), model.remove(&slot).is_some());
                    }
                    Step::Pop(now) => {
                        let due = model
                            .iter()
                            .filter(|(_, (at, _))| *at <= now)
                            .min_by_key(|(_, key)| **key)
                            .map(|(slot, _)| *slot);
                        prop_assert_eq!(heap.pop_due(base + Duration::from_millis(now)), due);
                        if let Some(slot) = due {
                            model.remove(&slot);
                        }
                    }
                }
                let next = model.values().map(|(at, _)| *at).min();
                prop_assert_eq!(heap.next(), next.map(|at| base + Duration::from_millis(at)));
                prop_assert_eq!(heap.heap.len(), model.len());
            }
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way"
    )]
    fn base() -> Instant {
        Instant::now()
    }
}

//! A queue of deadlines with removal: what timed calls and outstanding requests share.

use std::time::Instant;

use crate::slot_list::{SlotLinks, SlotList};

/// Deadlines of numbered slots, earliest first; equal deadlines in the order they were set.
///
/// Slots are the caller's (slab keys). Each slot has at most one deadline, and its place is kept, so that moving and
/// cancelling search nothing and leave nothing behind. Deadlines that come in ascending order, as those of equal
/// time-outs do, stand in a list, where everything costs O(1); there are a few lists, for as many different
/// time-outs. What fits none of them stands in a heap, at O(log n).
#[derive(Debug, Default)]
pub(crate) struct DeadlineQueue {
    /// Each in ascending order.
    lists: [SlotList; LISTS],
    links: SlotLinks,
    heap: Vec<Entry>,
    places: Vec<Option<Deadline>>,
    sequence: u64,
}

#[derive(Clone, Copy, Debug)]
struct Deadline {
    at: Instant,
    sequence: u64,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    List(u8),
    Heap(u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    at: Instant,
    sequence: u64,
    slot: u32,
}

const LISTS: usize = 4;
/// Children of a node. Four keep a parent and its children in two cache lines.
const ARITY: usize = 4;

impl DeadlineQueue {
    /// Gives `slot` the deadline `at`, in place of the one it had.
    pub(crate) fn set(&mut self, slot: usize, at: Instant) {
        self.remove(slot);
        if self.places.len() <= slot {
            self.places.resize(slot + 1, None);
        }
        self.sequence += 1;
        let sequence = self.sequence;
        let place = match self.list_for(at) {
            Some(list) => {
                self.lists[list].push(&mut self.links, slot);
                Place::List(list as u8)
            }
            None => Place::Heap(self.heap.len() as u32),
        };
        self.places[slot] = Some(Deadline {
            at,
            sequence,
            place,
        });
        if let Place::Heap(_) = place {
            let slot = u32::try_from(slot).expect("a slab of deadlines stays below 2^32 slots");
            let entry = Entry { at, sequence, slot };
            self.heap.push(entry);
            self.sift_up(self.heap.len() - 1, entry);
        }
    }

    /// Takes away the deadline of `slot`; false if it had none.
    pub(crate) fn remove(&mut self, slot: usize) -> bool {
        let Some(deadline) = self.places.get_mut(slot).and_then(Option::take) else {
            return false;
        };
        match deadline.place {
            Place::List(list) => self.lists[usize::from(list)].remove(&mut self.links, slot),
            Place::Heap(place) => self.fill_hole(place as usize),
        }
        true
    }

    /// The earliest deadline.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.first().map(|first| first.at)
    }

    /// Takes out the earliest slot whose deadline is not after `now`.
    pub(crate) fn pop_due(&mut self, now: Instant) -> Option<usize> {
        let first = self.first().filter(|first| first.at <= now)?;
        let slot = first.slot as usize;
        self.remove(slot);
        Some(slot)
    }

    fn first(&self) -> Option<Entry> {
        let firsts = self.lists.iter().filter_map(|list| {
            let slot = list.first()?;
            let Deadline { at, sequence, .. } = self.places[slot]?;
            let slot = slot as u32;
            Some(Entry { at, sequence, slot })
        });
        firsts.chain(self.heap.first().copied()).min()
    }

    /// The list with the latest end that `at` can follow, or an empty one.
    fn list_for(&self, at: Instant) -> Option<usize> {
        let ends = self.lists.iter().enumerate().map(|(number, list)| {
            let last = list.last().and_then(|slot| self.places[slot]);
            (last.map(|last| last.at), number)
        });
        let (_, number) = ends.filter(|(last, _)| *last <= Some(at)).max()?;
        Some(number)
    }

    fn fill_hole(&mut self, hole: usize) {
        let Some(last) = self.heap.pop() else { return };
        if hole < self.heap.len() {
            if last < self.heap[hole] {
                self.sift_up(hole, last);
            } else {
                self.sift_down(hole, last);
            }
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
        if let Some(deadline) = &mut self.places[entry.slot as usize] {
            deadline.place = Place::Heap(place as u32);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Random;
    use std::collections::BTreeMap;
    use std::time::Duration;

    #[test]
    fn agrees_with_a_sorted_map() {
        for seed in 0..256 {
            let mut random = Random::new(seed);
            let base = base();
            let mut queue = DeadlineQueue::default();
            // slot -> (deadline, order of setting)
            let mut model: BTreeMap<usize, (u64, usize)> = BTreeMap::new();
            for order in 0..random.below(400) as usize {
                let slot = random.below(40) as usize;
                let at = random.below(100);
                match random.below(3) {
                    0 => {
                        queue.set(slot, base + Duration::from_millis(at));
                        model.insert(slot, (at, order));
                    }
                    1 => {
                        let was_there = model.remove(&slot).is_some();
                        assert_eq!(queue.remove(slot), was_there, "seed {seed}");
                    }
                    _ => {
                        let due = model
                            .iter()
                            .filter(|(_, (deadline, _))| *deadline <= at)
                            .min_by_key(|(_, key)| **key)
                            .map(|(slot, _)| *slot);
                        let popped = queue.pop_due(base + Duration::from_millis(at));
                        assert_eq!(popped, due, "seed {seed}");
                        if let Some(slot) = due {
                            model.remove(&slot);
                        }
                    }
                }
                let next = model
                    .values()
                    .map(|(at, _)| base + Duration::from_millis(*at));
                assert_eq!(queue.next(), next.min(), "seed {seed}");
                let held = queue.places.iter().flatten().count();
                assert_eq!(held, model.len(), "seed {seed}");
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

//! Elements in order, many of them, that come and go anywhere.

/// The most elements of a run: moving as many is cheaper than to find the place.
const MOST: usize = 128;

/// A list in ascending order, kept as runs of bounded length: an element is found by two binary searches, the next one is beside
/// it, and to insert or remove one moves no more than a run. A map of the standard library finds the next element
/// by another search from its root, and keeps its nodes half empty when it is filled in order.
#[derive(Clone, Debug)]
pub(super) struct Ordered<T> {
    /// None is empty.
    runs: Vec<Vec<T>>,
    len: usize,
}

/// Where an element is, until the next one is inserted or removed. Ordered as the elements are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    run: usize,
    offset: usize,
}

impl Place {
    /// Behind every element, however many there are.
    pub(crate) const END: Self = Self {
        run: usize::MAX,
        offset: 0,
    };
}

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            len: 0,
        }
    }
}

impl<T> Ordered<T> {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first place whose element is not `before` what is searched for; the end if all are.
    #[inline]
    pub(super) fn search(&self, mut before: impl FnMut(&T) -> bool) -> Place {
        let run = match &*self.runs {
            // Mostly it is all there is.
            [_] => 0,
            runs => runs.partition_point(|run| run.last().is_some_and(&mut before)),
        };
        let Some(elements) = self.runs.get(run) else {
            return Place { run, offset: 0 };
        };
        let offset = elements.partition_point(before);
        if offset == elements.len() {
            return Place {
                run: run + 1,
                offset: 0,
            };
        }
        Place { run, offset }
    }

    #[inline]
    pub(super) fn get(&self, place: Place) -> Option<&T> {
        self.runs.get(place.run)?.get(place.offset)
    }

    #[inline]
    pub(super) fn get_mut(&mut self, place: Place) -> Option<&mut T> {
        self.runs.get_mut(place.run)?.get_mut(place.offset)
    }

    /// The place behind one with an element.
    #[inline]
    pub(super) fn next(&self, place: Place) -> Place {
        let offset = place.offset + 1;
        match self.runs.get(place.run) {
            Some(run) if offset < run.len() => Place { offset, ..place },
            _ => Place {
                run: place.run.saturating_add(1),
                offset: 0,
            },
        }
    }

    /// The place before this one, which may be the end.
    #[inline]
    pub(super) fn previous(&self, place: Place) -> Option<Place> {
        if let Some(offset) = place.offset.checked_sub(1) {
            return Some(Place { offset, ..place });
        }
        let run = place.run.checked_sub(1)?;
        let offset = self.runs.get(run)?.len() - 1;
        Some(Place { run, offset })
    }

    /// Inserts an element before the one at `place`, or at the end.
    pub(super) fn insert(&mut self, place: Place, element: T) {
        self.len += 1;
        let Place {
            mut run,
            mut offset,
        } = place;
        if offset == 0
            && let Some(before) = run.checked_sub(1)
            && self.runs[before].len() < MOST
        {
            return self.runs[before].push(element);
        }
        match self.runs.get_mut(run) {
            None => return self.runs.push(vec![element]),
            Some(elements) if elements.len() == MOST => {
                let rest = elements.split_off(MOST / 2);
                self.runs.insert(run + 1, rest);
                if offset > MOST / 2 {
                    run += 1;
                    offset -= MOST / 2;
                }
            }
            Some(_) => {}
        }
        self.runs[run].insert(offset, element);
    }

    /// Takes the element out.
    pub(super) fn remove(&mut self, place: Place) -> Option<T> {
        let elements = self.runs.get_mut(place.run)?;
        if place.offset >= elements.len() {
            return None;
        }
        let element = elements.remove(place.offset);
        self.len -= 1;
        if elements.len() < MOST / 4 {
            self.join(place.run);
        }
        Some(element)
    }

    /// Joins a short run to a neighbour that has room.
    fn join(&mut self, run: usize) {
        let is_short = |run: usize| self.runs.get(run).is_none_or(|it| it.len() <= MOST / 2);
        if self.runs[run].is_empty() {
            self.runs.remove(run);
        } else if run > 0 && is_short(run - 1) {
            let mut elements = self.runs.remove(run);
            self.runs[run - 1].append(&mut elements);
        } else if run + 1 < self.runs.len() && is_short(run + 1) {
            let mut elements = self.runs.remove(run + 1);
            self.runs[run].append(&mut elements);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.runs.iter().flatten()
    }

    /// Keeps the elements for which `keep` is true.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        for run in &mut self.runs {
            run.retain(&mut keep);
        }
        self.runs.retain(|run| !run.is_empty());
        self.len = self.runs.iter().map(Vec::len).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(list: &Ordered<u32>, element: u32) -> Place {
        list.search(|other| *other < element)
    }

    /// Numbers from a generator of Lehmer's.
    fn numbers() -> impl Iterator<Item = u32> {
        std::iter::successors(Some(48_271_u64), |seed| Some(seed * 48_271 % 2_147_483_647))
            .map(|number| number as u32)
    }

    #[test]
    fn it_holds_what_a_set_holds() {
        let mut list = Ordered::default();
        let mut set = std::collections::BTreeSet::new();
        let mut numbers = numbers();
        for round in 0..40_000 {
            let number = numbers.next().expect("without end") % 5_000;
            let place = at(&list, number);
            let is_there = list.get(place) == Some(&number);
            assert_eq!(is_there, set.contains(&number));
            // It grows, and then shrinks.
            match (is_there, round < 20_000) {
                (false, true) => {
                    list.insert(place, number);
                    set.insert(number);
                }
                (true, false) => {
                    assert_eq!(list.remove(place), Some(number));
                    set.remove(&number);
                }
                _ => {}
            }
            assert_eq!(list.len(), set.len());
        }
        assert!(list.iter().eq(&set));
        let mut place = at(&list, 0);
        let mut walked = Vec::new();
        while let Some(element) = list.get(place) {
            walked.push(*element);
            place = list.next(place);
        }
        assert!(walked.iter().eq(&set));
        while let Some(before) = list.previous(place) {
            assert_eq!(list.get(before).copied(), walked.pop());
            place = before;
        }
        assert!(walked.is_empty());
    }

    #[test]
    fn runs_filled_in_order_are_full() {
        for descending in [false, true] {
            let mut list = Ordered::default();
            for number in 0..10_000 {
                let number = if descending { 10_000 - number } else { number };
                list.insert(at(&list, number), number);
            }
            assert!(list.iter().is_sorted());
            let most = if descending { 2 } else { 1 };
            assert!(list.runs.len() <= most * 10_000_usize.div_ceil(MOST));
        }
    }
}

//! Lists through the slots of a slab.

/// Links between numbered slots, each of which is in one list at most. Lists that share their links cost
/// nothing of their own. Everything in constant time.
#[derive(Debug, Default)]
pub(crate) struct SlotLinks(Vec<Link>);

#[derive(Clone, Copy, Debug)]
struct Link {
    previous: u32,
    next: u32,
}

/// No slot.
const NONE: u32 = u32::MAX;

/// The first and the last slot of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SlotList {
    first: u32,
    last: u32,
}

impl Default for SlotList {
    fn default() -> Self {
        Self {
            first: NONE,
            last: NONE,
        }
    }
}

impl SlotList {
    /// The first slot.
    pub(crate) fn first(&self) -> Option<usize> {
        (self.first != NONE).then_some(self.first as usize)
    }

    /// The last slot.
    pub(crate) fn last(&self) -> Option<usize> {
        (self.last != NONE).then_some(self.last as usize)
    }

    /// Appends `slot`, which is in no list.
    pub(crate) fn push(&mut self, links: &mut SlotLinks, slot: usize) {
        let place = u32::try_from(slot).expect("a slab stays below 2^32 slots");
        if links.0.len() <= slot {
            let link = Link {
                previous: NONE,
                next: NONE,
            };
            links.0.resize(slot + 1, link);
        }
        links.0[slot] = Link {
            previous: self.last,
            next: NONE,
        };
        match self.last {
            NONE => self.first = place,
            last => links.0[last as usize].next = place,
        }
        self.last = place;
    }

    /// Takes out `slot`, which is in this list.
    pub(crate) fn remove(&mut self, links: &mut SlotLinks, slot: usize) {
        let Link { previous, next } = links.0[slot];
        match previous {
            NONE => self.first = next,
            previous => links.0[previous as usize].next = next,
        }
        match next {
            NONE => self.last = previous,
            next => links.0[next as usize].previous = previous,
        }
    }
}

/// The order in which the slots of a table were used: the longest unused comes first.
#[derive(Debug, Default)]
pub(crate) struct UseOrder {
    links: SlotLinks,
    list: SlotList,
    is_in: Vec<bool>,
    len: usize,
}

impl UseOrder {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The longest unused.
    pub(crate) fn first(&self) -> Option<usize> {
        self.list.first()
    }

    /// Makes `slot` the last one, wherever it was.
    pub(crate) fn push(&mut self, slot: usize) {
        self.remove(slot);
        if self.is_in.len() <= slot {
            self.is_in.resize(slot + 1, false);
        }
        self.is_in[slot] = true;
        self.len += 1;
        self.list.push(&mut self.links, slot);
    }

    /// Takes `slot` out, if it is in.
    pub(crate) fn remove(&mut self, slot: usize) {
        if let Some(is_in) = self.is_in.get_mut(slot)
            && std::mem::replace(is_in, false)
        {
            self.len -= 1;
            self.list.remove(&mut self.links, slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unused_comes_first() {
        let mut order = UseOrder::default();
        for slot in [4, 0, 2] {
            order.push(slot);
        }
        order.push(4);
        order.remove(1);
        let mut found = Vec::new();
        while let Some(slot) = order.first() {
            order.remove(slot);
            found.push(slot);
        }
        assert_eq!(found, [0, 2, 4]);
        assert_eq!(order.len(), 0);
    }

    #[test]
    fn one_is_taken_out_of_the_middle_and_the_ends() {
        for gone in 0..3 {
            let mut order = UseOrder::default();
            (0..3).for_each(|slot| order.push(slot));
            order.remove(gone);
            let mut left: Vec<usize> = (0..3).filter(|slot| *slot != gone).collect();
            assert_eq!(order.first(), left.first().copied());
            order.remove(left.remove(0));
            assert_eq!(order.first(), left.first().copied());
            assert_eq!(order.len(), 1);
        }
    }
}

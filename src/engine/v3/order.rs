//! The order in which the entries of a table were used.

/// A list through the places of a slab: the longest unused comes first. Everything in constant time.
#[derive(Debug, Default)]
pub(super) struct UseOrder {
    links: Vec<Link>,
    first: Option<usize>,
    last: Option<usize>,
    len: usize,
}

#[derive(Clone, Copy, Debug, Default)]
struct Link {
    is_in: bool,
    previous: Option<usize>,
    next: Option<usize>,
}

impl UseOrder {
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The longest unused.
    pub(super) fn first(&self) -> Option<usize> {
        self.first
    }

    /// Makes `place` the last one, wherever it was.
    pub(super) fn push(&mut self, place: usize) {
        self.remove(place);
        if self.links.len() <= place {
            self.links.resize(place + 1, Link::default());
        }
        self.links[place] = Link {
            is_in: true,
            previous: self.last,
            next: None,
        };
        match self.last {
            Some(last) => self.links[last].next = Some(place),
            None => self.first = Some(place),
        }
        self.last = Some(place);
        self.len += 1;
    }

    /// Takes `place` out, if it is in.
    pub(super) fn remove(&mut self, place: usize) {
        let Some(link) = self.links.get(place).copied().filter(|link| link.is_in) else {
            return;
        };
        match link.previous {
            Some(previous) => self.links[previous].next = link.next,
            None => self.first = link.next,
        }
        match link.next {
            Some(next) => self.links[next].previous = link.previous,
            None => self.last = link.previous,
        }
        self.links[place] = Link::default();
        self.len -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unused_comes_first() {
        let mut order = UseOrder::default();
        for place in [4, 0, 2] {
            order.push(place);
        }
        order.push(4);
        order.remove(1);
        let mut found = Vec::new();
        while let Some(place) = order.first() {
            order.remove(place);
            found.push(place);
        }
        assert_eq!(found, [0, 2, 4]);
        assert_eq!(order.len(), 0);
    }

    #[test]
    fn one_is_taken_out_of_the_middle_and_the_ends() {
        for gone in 0..3 {
            let mut order = UseOrder::default();
            (0..3).for_each(|place| order.push(place));
            order.remove(gone);
            let mut left: Vec<usize> = (0..3).filter(|place| *place != gone).collect();
            assert_eq!(order.first(), left.first().copied());
            order.remove(left.remove(0));
            assert_eq!(order.first(), left.first().copied());
            assert_eq!(order.len(), 1);
        }
    }
}

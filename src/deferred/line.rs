//! Those who wait for something, in the order they came.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use super::deferred::Deferred;
use super::outcome::Fault;
use super::release::discard;
use super::resolver::Resolver;

pub(super) struct Line<T: 'static, E: Fault> {
    /// Places only grow from front to back; one that was given up is empty.
    places: RefCell<VecDeque<Place<T, E>>>,
    given_up: Cell<usize>,
    taken: Cell<u64>,
}

/// Its number, and whoever has it.
type Place<T, E> = (u64, Option<Resolver<T, E>>);

impl<T, E: Fault> Default for Line<T, E> {
    fn default() -> Self {
        Self {
            places: RefCell::new(VecDeque::new()),
            given_up: Cell::new(0),
            taken: Cell::new(0),
        }
    }
}

impl<T, E: Fault> Line<T, E> {
    /// Takes a place; `leave` is called with it when the Deferred is cancelled.
    pub(super) fn wait(&self, leave: impl FnOnce(u64) + 'static) -> Deferred<T, E> {
        let place = self.taken.get();
        self.taken.set(place + 1);
        let (resolver, deferred) = Deferred::with_canceller(move || {
            leave(place);
            None
        });
        self.places.borrow_mut().push_back((place, Some(resolver)));
        deferred
    }

    pub(super) fn leave(&self, place: u64) {
        let resolver = {
            let mut places = self.places.borrow_mut();
            let found = places.binary_search_by_key(&place, |(place, _)| *place);
            let found = found.ok().and_then(|index| places.get_mut(index));
            let resolver = found.and_then(|(_, resolver)| resolver.take());
            if resolver.is_some() {
                self.given_up.set(self.given_up.get() + 1);
            }
            // Those behind do not move up for each that leaves, but for all at once when half of
            // the line is empty.
            if self.given_up.get() > places.len() / 2 {
                places.retain(|(_, resolver)| resolver.is_some());
                self.given_up.set(0);
            }
            resolver
        };
        discard(resolver);
    }

    pub(super) fn next(&self) -> Option<Resolver<T, E>> {
        let mut places = self.places.borrow_mut();
        loop {
            if let (_, Some(resolver)) = places.pop_front()? {
                return Some(resolver);
            }
            self.given_up.set(self.given_up.get() - 1);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.places.borrow().len() - self.given_up.get()
    }
}

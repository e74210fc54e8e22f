//! Stages that pass their result to another chain.

use std::cell::Cell;
use std::rc::Rc;

use super::chain::{Chain, Cursor, Node, Sink, Source, deliver, resume};
use super::circle::{Ways, closes, place};
use super::control::Feed;
use super::deferred::Deferred;
use super::end::State;
use super::outcome::{Fault, Interrupt};
use super::port::Outlet;
use super::release::{discard, user_code};
use super::resolver::{SharedResolver, fire};

impl<T, E: Fault> Deferred<T, E> {
    /// Fires another Deferred with this result; this chain goes on with `()`.
    ///
    /// The other chain's stages run before this one's later stages. If the other was fired
    /// already, this chain goes on with
    /// [`Interrupt::AlreadyCalled`](super::Interrupt::AlreadyCalled). If this chain waits for the
    /// other, which nobody else can fire, the other is fired with
    /// [`Interrupt::Circular`](super::Interrupt::Circular), and its result goes no further than to
    /// this chain. Cancelling either leaves
    /// the other alone; to make one Deferred wait for another, see
    /// [`Resolver::follow`](super::Resolver::follow).
    pub fn forward_to(self, target: impl Into<SharedResolver<T, E>>) -> Deferred<(), E> {
        let target = target.into();
        if self.is_fired_by_itself_through(&target) {
            let this = self.map(drop);
            discard(target.resolve(Err(Interrupt::Circular.into())));
            return this;
        }
        self.split(target, |result| (result, Ok(())))
    }

    /// Whether nobody is left to fire this chain if it alone fires `target`.
    fn is_fired_by_itself_through(&self, target: &SharedResolver<T, E>) -> bool {
        let State::Pending { source, chain } = &self.state else {
            return false;
        };
        target.sole_way().is_some_and(|head| {
            let outer: Rc<dyn Chain> = head.clone();
            closes(&outer, || head.clone(), chain, place(source))
        })
    }

    /// This chain, and a copy that gets the same result.
    ///
    /// The copy's stages run before this chain's later ones. Cancelling the copy settles the copy
    /// alone; cancelling this chain stops the work both wait for.
    #[track_caller]
    pub fn fork(self) -> (Self, Self)
    where
        T: Clone,
        E: Clone,
    {
        let (resolver, copy) = Self::pair();
        let this = self.split(resolver.into_shared(), |result| (result.clone(), result));
        (this, copy)
    }

    fn split<U: 'static>(
        self,
        target: SharedResolver<T, E>,
        split: Split<T, U, E>,
    ) -> Deferred<U, E> {
        if let Some(head) = target.head() {
            head.control().fed_by(Feed::Forwarded);
        }
        self.add_node(Rc::new(Tee {
            target: Cell::new(Some(target)),
            split,
            input: Cell::new(None),
            own: Cell::new(None),
            port: Outlet::new(),
        }))
    }
}

/// Makes the result for the other chain, and that for one's own.
type Split<T, U, E> = fn(Result<T, E>) -> (Result<T, E>, Result<U, E>);

struct Tee<T: 'static, U: 'static, E: Fault> {
    target: Cell<Option<SharedResolver<T, E>>>,
    split: Split<T, U, E>,
    input: Cell<Option<Result<T, E>>>,
    /// What goes on here when the other chain has come to rest.
    own: Cell<Option<Result<U, E>>>,
    port: Outlet<U, E>,
}

impl<T, U, E: Fault> Node for Tee<T, U, E> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        if let Some(own) = self.own.take() {
            return deliver(self, own, cursor);
        }
        let Some(input) = self.input.take() else {
            return resume(self, cursor);
        };
        let (theirs, own) = match user_code(|| (self.split)(input)) {
            Ok(halves) => halves,
            Err(panic) => (Err(panic.clone().into()), Err(panic.into())),
        };
        self.own.set(Some(own));
        let target = self.target.take();
        let Some(head) = target.as_ref().and_then(SharedResolver::head) else {
            return Some(self);
        };
        cursor.detour(head.clone(), Some(self.clone()));
        match fire(head, theirs, cursor) {
            Ok(next) => next,
            Err(late) => {
                discard(late);
                let former = self.own.replace(Some(Err(Interrupt::AlreadyCalled.into())));
                discard(former);
                None
            }
        }
    }

    fn onward(&self, ways: &mut Ways) {
        let target = self.target.take();
        if let Some(head) = target.as_ref().and_then(SharedResolver::sole_way) {
            ways.join(head.clone());
        }
        self.target.set(target);
        self.port.onward(ways);
    }
}

impl<T, U, E: Fault> Sink<T, E> for Tee<T, U, E> {
    fn put(&self, input: Result<T, E>) {
        self.input.set(Some(input));
    }
}

impl<T, U, E: Fault> Source<U, E> for Tee<T, U, E> {
    fn port(&self) -> &Outlet<U, E> {
        &self.port
    }
}

impl<T, U, E: Fault> Drop for Tee<T, U, E> {
    fn drop(&mut self) {
        self.port.close();
        discard(self.target.take());
        discard(self.input.take());
        discard(self.own.take());
    }
}

//! Stages that pass their result to another chain.

use std::cell::Cell;
use std::rc::Rc;

use super::chain::{Cursor, Node, Sink, Source, deliver, resume};
use super::deferred::Deferred;
use super::outcome::{Fault, Interrupt};
use super::port::Outlet;
use super::release::{discard, user_code};
use super::resolver::{SharedResolver, fire};

impl<T, E: Fault> Deferred<T, E> {
    /// Fires another Deferred with this result; this chain goes on with `()`.
    ///
    /// The other chain's stages run before this one's later stages. If the other was fired
    /// already, this chain goes on with
    /// [`Interrupt::AlreadyCalled`](super::Interrupt::AlreadyCalled). Cancelling either leaves
    /// the other alone; to make one Deferred wait for another, see
    /// [`Resolver::follow`](super::Resolver::follow).
    pub fn forward_to(self, target: impl Into<SharedResolver<T, E>>) -> Deferred<(), E> {
        self.split(target.into(), |result| (result, Ok(())))
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

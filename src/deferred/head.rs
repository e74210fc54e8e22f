//! The head of a chain: what its producer fires.

use std::cell::Cell;
use std::panic::Location;
use std::rc::{Rc, Weak};

use super::chain::{CancelStep, Chain, Cursor, Node, Source, deliver, drive, link, resume};
use super::circle::Ways;
use super::control::{Control, Phase};
use super::deferred::Deferred;
use super::outcome::{Fault, Interrupt};
use super::port::Outlet;
use super::release::{discard, release, user_code};
use super::report;

/// The firing side of a head.
pub(super) trait Producer<T: 'static, E: Fault>: Chain {
    /// Puts the result in the head of an unfired chain, and yields what runs next.
    fn settle(
        self: Rc<Self>,
        phase: Phase,
        result: Result<T, E>,
        cursor: &mut Cursor,
    ) -> Option<Rc<dyn Node>>;

    /// Makes an unfired chain begin by waiting for `inner`.
    fn follow(self: Rc<Self>, inner: Deferred<T, E>, cursor: &mut Cursor) -> Option<Rc<dyn Node>>;
}

/// How a head that has not fired is cancelled.
pub(super) trait Canceller<T, E>: Sized {
    fn cancel(self) -> Verdict<T, E, Self>;

    /// Whether nothing is left that will fire this one, now that the members were cancelled.
    fn is_stuck(&self) -> bool {
        false
    }

    /// The chains that will fire this one.
    fn feeders(&self, _found: &mut Vec<Weak<dyn Chain>>) {}
}

pub(super) enum Verdict<T, E, C> {
    /// Code of the user's has run: its outcome, or `Cancelled`.
    Outcome(Result<Option<Result<T, E>>, Interrupt>),
    /// A list: cancel these, and put the canceller back for the next time.
    Members(Vec<Weak<dyn Chain>>, C),
}

/// The canceller of a chain that has none.
pub(super) enum NoCanceller {}

impl<T, E> Canceller<T, E> for NoCanceller {
    fn cancel(self) -> Verdict<T, E, Self> {
        match self {}
    }
}

/// A canceller of the user's.
pub(super) struct Call<F>(pub(super) F);

impl<T, E, F: FnOnce() -> Option<Result<T, E>>> Canceller<T, E> for Call<F> {
    fn cancel(self) -> Verdict<T, E, Self> {
        Verdict::Outcome(user_code(self.0))
    }
}

pub(super) struct Head<T: 'static, E: Fault, C> {
    control: Control,
    canceller: Cell<Option<C>>,
    port: Outlet<T, E>,
}

impl<T, E: Fault, C> Head<T, E, C> {
    /// The head of a chain that has fired, and waits.
    pub(super) fn fired(origin: &'static Location<'static>) -> Self {
        let head = Self::new(None, origin);
        head.control.phase.set(Phase::Fired);
        head
    }

    pub(super) fn new(canceller: Option<C>, origin: &'static Location<'static>) -> Self {
        Self {
            control: Control::new(Phase::Unfired, origin),
            canceller: Cell::new(canceller),
            port: Outlet::new(),
        }
    }
}

impl<T, E: Fault, C: Canceller<T, E> + 'static> Head<T, E, C> {
    fn settle_and_drive(self: Rc<Self>, phase: Phase, result: Result<T, E>) {
        let mut cursor = Cursor::new(self.clone());
        let next = self.settle(phase, result, &mut cursor);
        drive(cursor, next);
    }
}

impl<T, E: Fault, C: Canceller<T, E> + 'static> Producer<T, E> for Head<T, E, C> {
    fn settle(
        self: Rc<Self>,
        phase: Phase,
        result: Result<T, E>,
        cursor: &mut Cursor,
    ) -> Option<Rc<dyn Node>> {
        self.control.record_firing();
        self.control.phase.set(phase);
        discard(self.canceller.take());
        deliver(self, result, cursor)
    }

    fn follow(self: Rc<Self>, inner: Deferred<T, E>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        self.control.record_firing();
        self.control.phase.set(Phase::Fired);
        discard(self.canceller.take());
        link(self, inner, cursor)
    }
}

impl<T, E: Fault, C: Canceller<T, E> + 'static> Chain for Head<T, E, C> {
    fn control(&self) -> &Control {
        &self.control
    }

    fn cancel_unfired(self: Rc<Self>) -> CancelStep {
        let Some(canceller) = self.canceller.take() else {
            self.settle_and_drive(Phase::Swallowing, Err(Interrupt::Cancelled.into()));
            return CancelStep::Settled;
        };
        self.control.phase.set(Phase::Cancelling);
        let outcome = match canceller.cancel() {
            Verdict::Members(members, canceller) => {
                self.canceller.set(Some(canceller));
                self.control.phase.set(Phase::Unfired);
                return CancelStep::Members(members);
            }
            Verdict::Outcome(outcome) => outcome,
        };
        let outcome = outcome.unwrap_or_else(|panic| {
            report::panic_in("a canceller", &panic);
            None
        });
        if self.control.phase.get() == Phase::Cancelling {
            let result = outcome.unwrap_or_else(|| Err(Interrupt::Cancelled.into()));
            self.settle_and_drive(Phase::Cancelled, result);
        } else {
            // The canceller fired through the producer's own Resolver.
            discard(outcome);
        }
        CancelStep::Settled
    }

    fn settle_if_stuck(self: Rc<Self>) {
        if self.control.is_fired() {
            release(self);
            return;
        }
        let canceller = self.canceller.take();
        let stuck = canceller.as_ref().is_some_and(Canceller::is_stuck);
        self.canceller.set(canceller);
        if stuck {
            self.settle_and_drive(Phase::Swallowing, Err(Interrupt::Cancelled.into()));
        }
    }

    fn feeders(&self, found: &mut Vec<Weak<dyn Chain>>) {
        let canceller = self.canceller.take();
        if let Some(canceller) = &canceller {
            canceller.feeders(found);
        }
        self.canceller.set(canceller);
    }

    fn abandon(self: Rc<Self>) {
        if self.control.phase.get() == Phase::Unfired {
            self.settle_and_drive(Phase::Fired, Err(Interrupt::Abandoned.into()));
        }
    }
}

impl<T, E: Fault, C: 'static> Node for Head<T, E, C> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        resume(self, cursor)
    }

    fn onward(&self, ways: &mut Ways) {
        self.port.onward(ways);
    }
}

impl<T, E: Fault, C: 'static> Source<T, E> for Head<T, E, C> {
    fn port(&self) -> &Outlet<T, E> {
        &self.port
    }
}

impl<T, E: Fault, C> Drop for Head<T, E, C> {
    fn drop(&mut self) {
        self.port.close();
    }
}

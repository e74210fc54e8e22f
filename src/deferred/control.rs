//! The part of a chain that knows no types.

use std::cell::Cell;
use std::panic::Location;
use std::rc::{Rc, Weak};

use super::chain::{Chain, Node};
use super::debugging::{Traces, debugging};

/// How far the head of a chain has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Unfired,
    /// The canceller is running.
    Cancelling,
    Fired,
    /// Cancelled, and the canceller had its say.
    Cancelled,
    /// Cancelled without a canceller: one late firing is expected and ignored.
    Swallowing,
}

/// What fires the head of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feed {
    /// Whoever has its resolver.
    Producer,
    /// The chains that [`Chain::feeders`] names.
    Chains,
    /// Perhaps a chain that passes its result on to this one.
    Forwarded,
}

/// The part of a chain that knows no types.
pub(super) struct Control {
    pub(super) phase: Cell<Phase>,
    feed: Cell<Feed>,
    /// A chain that had fired has become part of this one.
    joined: Cell<bool>,
    /// What it waits for has gone, unfired.
    stranded: Cell<bool>,
    /// Resolvers that can still fire it; the last one to go abandons it.
    resolvers: Cell<u32>,
    pauses: Cell<u32>,
    /// Where the loop stopped because of a pause; or, when it is `stranded`, where it goes on if
    /// the chain is cancelled.
    parked: Cell<Option<Rc<dyn Node>>>,
    waiting: Cell<Option<Weak<dyn Chain>>>,
    pub(super) origin: &'static Location<'static>,
    traces: Cell<Option<Rc<Traces>>>,
}

impl Control {
    pub(super) fn new(phase: Phase, origin: &'static Location<'static>) -> Self {
        Self {
            phase: Cell::new(phase),
            feed: Cell::new(Feed::Producer),
            joined: Cell::new(false),
            stranded: Cell::new(false),
            resolvers: Cell::new(1),
            pauses: Cell::new(0),
            parked: Cell::new(None),
            waiting: Cell::new(None),
            origin,
            traces: Cell::new(debugging().then(|| Rc::new(Traces::of_creation()))),
        }
    }

    pub(super) fn record_firing(&self) {
        if debugging() {
            let traces = self.traces.take().unwrap_or_default();
            traces.record_firing();
            self.traces.set(Some(traces));
        }
    }

    pub(super) fn traces(&self) -> Option<Rc<Traces>> {
        let traces = self.traces.take();
        self.traces.set(traces.clone());
        traces
    }

    pub(super) fn is_fired(&self) -> bool {
        !matches!(self.phase.get(), Phase::Unfired | Phase::Cancelling)
    }

    pub(super) fn feed(&self) -> Feed {
        self.feed.get()
    }

    pub(super) fn fed_by(&self, feed: Feed) {
        self.feed.set(feed);
    }

    /// Whether it has not fired, and no other chain is known to fire it.
    pub(super) fn waits_for_producer(&self) -> bool {
        !self.is_fired() && self.feed.get() == Feed::Producer
    }

    /// Makes it stand for a chain that has fired, and waits for this one.
    pub(super) fn join(&self) {
        self.joined.set(true);
    }

    pub(super) fn is_joined(&self) -> bool {
        self.joined.get()
    }

    pub(super) fn is_cancelled(&self) -> bool {
        matches!(
            self.phase.get(),
            Phase::Cancelling | Phase::Cancelled | Phase::Swallowing
        )
    }

    pub(super) fn add_resolver(&self) {
        self.resolvers.set(self.resolvers.get() + 1);
    }

    /// Takes one resolver back; tells whether it was the last.
    pub(super) fn remove_resolver(&self) -> bool {
        self.resolvers.set(self.resolvers.get() - 1);
        self.resolvers.get() == 0
    }

    /// Whether one resolver alone can fire it.
    pub(super) fn has_one_resolver(&self) -> bool {
        self.resolvers.get() == 1
    }

    pub(super) fn is_paused(&self) -> bool {
        self.pauses.get() > 0
    }

    pub(super) fn pause(&self) {
        self.pauses.set(self.pauses.get() + 1);
    }

    /// Takes one pause back; yields what has to go on when it was the last.
    pub(super) fn unpause(&self) -> Option<Rc<dyn Node>> {
        self.pauses.set(self.pauses.get() - 1);
        if self.is_paused() || self.stranded.get() {
            return None;
        }
        self.parked.take()
    }

    pub(super) fn park(&self, node: Rc<dyn Node>) {
        self.parked.set(Some(node));
    }

    /// What it waits for has gone; if it is cancelled, it goes on with `node`.
    pub(super) fn strand(&self, node: Rc<dyn Node>) {
        self.stranded.set(true);
        self.parked.set(Some(node));
    }

    /// Where a chain goes on that is cancelled, but has nothing left to wait for.
    pub(super) fn take_stranded(&self) -> Option<Rc<dyn Node>> {
        if !self.stranded.replace(false) {
            return None;
        }
        self.resumes();
        self.parked.take()
    }

    pub(super) fn waits_for(&self, inner: &Rc<dyn Chain>) {
        self.waiting.set(Some(Rc::downgrade(inner)));
    }

    pub(super) fn resumes(&self) {
        self.waiting.set(None);
    }

    pub(super) fn waiting(&self) -> Option<Weak<dyn Chain>> {
        let waiting = self.waiting.take();
        self.waiting.set(waiting.clone());
        waiting
    }
}

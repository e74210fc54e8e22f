//! Storage of a chain, and the loop that settles it.
//!
//! A chain is one head and one node a stage; each owns the next through its [`Port`]. A firing
//! puts the result in the head's port, which yields the node to run; that one puts its outcome in
//! its own port, and so on until nothing is left ([`drive`]). While a chain waits for an inner
//! Deferred, the inner's last port owns what is left of the outer chain.
//!
//! Contents of ports are moved out before anything of the user's runs or is dropped; there is no
//! borrow that could be found taken.

use std::cell::Cell;
use std::panic::Location;
use std::rc::{Rc, Weak};

use super::debugging::{Traces, debugging};
use super::deferred::{Deferred, Waiting};
use super::outcome::Fault;
use super::release::{discard, release};
use super::report;

/// Anything with a turn in the settle loop.
pub(super) trait Node {
    /// Does this node's work and yields the node whose turn is next.
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>>;
}

/// A node that takes a result.
pub(super) trait Sink<T, E: Fault>: Node {
    fn put(&self, input: Result<T, E>);
}

/// A node that yields a result.
pub(super) trait Source<T, E: Fault>: Node {
    fn port(&self) -> &Cell<Port<T, E>>;
}

/// What all stages of one chain have in common.
pub(super) trait Chain: Node {
    fn control(&self) -> &Control;

    /// Cancels the head, which has not fired yet.
    fn cancel_unfired(self: Rc<Self>) -> CancelStep;

    /// Settles an unfired head whose producer is gone.
    fn abandon(self: Rc<Self>);
}

pub(super) enum CancelStep {
    /// It settled.
    Settled,
    /// It is a list: these are cancelled first, and then perhaps the list itself.
    Members {
        members: Vec<Weak<dyn Chain>>,
        then_itself: bool,
    },
}

/// Where the result of a node goes.
pub(super) enum Port<T, E: Fault> {
    /// A `Deferred` stands here; there is no result yet.
    Open,
    /// The `Deferred` that stood here was dropped.
    Detached,
    /// To the next stage of this chain.
    Next(Rc<dyn Sink<T, E>>),
    /// To a stage of another chain, which waits for this one.
    Outer {
        sink: Rc<dyn Sink<T, E>>,
        chain: Rc<dyn Chain>,
    },
    /// To wherever that node's result goes, in another chain, which waits for this one.
    Relay {
        source: Rc<dyn Source<T, E>>,
        chain: Rc<dyn Chain>,
    },
    /// A `Deferred` stands here and owns this result.
    Settled(Result<T, E>),
    /// A result on its way to another chain, held back because this one is paused.
    Held(Box<(Result<T, E>, Self)>),
    /// Passed on, or being worked on.
    Taken,
}

impl<T, E: Fault> Port<T, E> {
    /// Lets go of what hangs on a port whose node dies.
    pub(super) fn release(port: &mut Cell<Self>)
    where
        T: 'static,
    {
        match std::mem::replace(port.get_mut(), Self::Taken) {
            Self::Next(sink) => release(sink),
            Self::Outer { sink, chain } => {
                release(sink);
                release(chain);
            }
            Self::Relay { source, chain } => {
                release(source);
                release(chain);
            }
            Self::Settled(result) => discard(result),
            Self::Held(held) => discard(held.0),
            Self::Open | Self::Detached | Self::Taken => {}
        }
    }

    fn crosses(&self) -> bool {
        matches!(self, Self::Outer { .. } | Self::Relay { .. })
    }
}

/// Fills a port that is empty.
pub(super) fn restore<T, E: Fault>(place: &Cell<Port<T, E>>, port: Port<T, E>) {
    let empty = place.replace(port);
    debug_assert!(matches!(empty, Port::Open | Port::Taken));
    // Spares the look for something to drop.
    std::mem::forget(empty);
}

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

/// The part of a chain that knows no types.
pub(super) struct Control {
    pub(super) phase: Cell<Phase>,
    /// Resolvers that can still fire it; the last one to go abandons it.
    resolvers: Cell<u32>,
    pauses: Cell<u32>,
    /// Where the loop stopped because of a pause.
    parked: Cell<Option<Rc<dyn Node>>>,
    waiting: Cell<Option<Weak<dyn Chain>>>,
    pub(super) origin: &'static Location<'static>,
    traces: Cell<Option<Rc<Traces>>>,
}

impl Control {
    pub(super) fn new(phase: Phase, origin: &'static Location<'static>) -> Self {
        Self {
            phase: Cell::new(phase),
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

    pub(super) fn is_paused(&self) -> bool {
        self.pauses.get() > 0
    }

    pub(super) fn pause(&self) {
        self.pauses.set(self.pauses.get() + 1);
    }

    /// Takes one pause back; yields what has to go on when it was the last.
    pub(super) fn unpause(&self) -> Option<Rc<dyn Node>> {
        self.pauses.set(self.pauses.get() - 1);
        if self.is_paused() {
            return None;
        }
        self.parked.take()
    }

    pub(super) fn park(&self, node: Rc<dyn Node>) {
        self.parked.set(Some(node));
    }

    pub(super) fn waits_for(&self, inner: &Rc<dyn Chain>) {
        self.waiting.set(Some(Rc::downgrade(inner)));
    }

    fn resumes(&self) {
        self.waiting.set(None);
    }

    pub(super) fn waiting(&self) -> Option<Weak<dyn Chain>> {
        let waiting = self.waiting.take();
        self.waiting.set(waiting.clone());
        waiting
    }
}

/// A chain made for a settled Deferred when a handle on it is asked for.
impl Node for Control {
    fn run(self: Rc<Self>, _: &mut Cursor) -> Option<Rc<dyn Node>> {
        None
    }
}

impl Chain for Control {
    fn control(&self) -> &Control {
        self
    }

    fn cancel_unfired(self: Rc<Self>) -> CancelStep {
        CancelStep::Settled
    }

    fn abandon(self: Rc<Self>) {}
}

/// The last node of a chain that has no other: the result of an inner Deferred arrives here.
pub(super) struct Tail<T: 'static, E: Fault> {
    port: Cell<Port<T, E>>,
}

impl<T, E: Fault> Tail<T, E> {
    pub(super) fn new() -> Self {
        Self {
            port: Cell::new(Port::Open),
        }
    }
}

impl<T, E: Fault> Node for Tail<T, E> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        resume(self, cursor)
    }
}

impl<T, E: Fault> Source<T, E> for Tail<T, E> {
    fn port(&self) -> &Cell<Port<T, E>> {
        &self.port
    }
}

impl<T, E: Fault> Drop for Tail<T, E> {
    fn drop(&mut self) {
        Port::release(&mut self.port);
    }
}

/// Where the settle loop is.
pub(super) struct Cursor {
    pub(super) chain: Rc<dyn Chain>,
    /// What goes on when the present chain has come to rest.
    later: Vec<(Rc<dyn Chain>, Rc<dyn Node>)>,
}

impl Cursor {
    pub(super) fn new(chain: Rc<dyn Chain>) -> Self {
        Self {
            chain,
            later: Vec::new(),
        }
    }

    /// Turns to another chain; `rest` of the present one follows when that has come to rest.
    pub(super) fn detour(&mut self, chain: Rc<dyn Chain>, rest: Option<Rc<dyn Node>>) {
        let left = std::mem::replace(&mut self.chain, chain);
        if let Some(rest) = rest {
            self.later.push((left, rest));
        }
    }
}

/// Runs all that is able to run, beginning with `next`.
pub(super) fn drive(mut cursor: Cursor, mut next: Option<Rc<dyn Node>>) {
    loop {
        while let Some(node) = next {
            next = if cursor.chain.control().is_paused() {
                cursor.chain.control().park(node);
                None
            } else {
                node.run(&mut cursor)
            };
        }
        let Some((chain, rest)) = cursor.later.pop() else {
            return;
        };
        cursor.chain = chain;
        next = Some(rest);
    }
}

/// Passes the result of `source` on.
pub(super) fn deliver<T: 'static, E: Fault>(
    mut source: Rc<dyn Source<T, E>>,
    result: Result<T, E>,
    cursor: &mut Cursor,
) -> Option<Rc<dyn Node>> {
    loop {
        let port = source.port().replace(Port::Taken);
        if port.crosses() && cursor.chain.control().is_paused() {
            source.port().set(Port::Held(Box::new((result, port))));
            cursor.chain.control().park(source);
            return None;
        }
        match port {
            Port::Next(sink) => {
                sink.put(result);
                return Some(sink);
            }
            Port::Outer { sink, chain } => {
                chain.control().resumes();
                cursor.chain = chain;
                sink.put(result);
                return Some(sink);
            }
            Port::Relay { source: far, chain } => {
                chain.control().resumes();
                cursor.chain = chain;
                source = far;
            }
            Port::Open => {
                source.port().set(Port::Settled(result));
                return None;
            }
            Port::Detached | Port::Settled(_) | Port::Held(_) | Port::Taken => {
                report::dropped_by(result, cursor.chain.control());
                return None;
            }
        }
    }
}

/// Sends a held result on its way after the last pause is over.
pub(super) fn resume<T: 'static, E: Fault>(
    source: Rc<dyn Source<T, E>>,
    cursor: &mut Cursor,
) -> Option<Rc<dyn Node>> {
    match source.port().replace(Port::Taken) {
        Port::Held(held) => {
            let (result, port) = *held;
            source.port().set(port);
            deliver(source, result, cursor)
        }
        other => {
            source.port().set(other);
            None
        }
    }
}

/// Makes the result of `inner` that of `source`, now or when there is one.
pub(super) fn link<T: 'static, E: Fault>(
    source: Rc<dyn Source<T, E>>,
    inner: Deferred<T, E>,
    cursor: &mut Cursor,
) -> Option<Rc<dyn Node>> {
    let Waiting {
        source: inner,
        chain: inner_chain,
    } = match inner.into_ready() {
        Ok(result) => return deliver(source, result, cursor),
        Err(waiting) => waiting,
    };
    let (port, waiter) = destination(source, &cursor.chain);
    if let Some(waiter) = waiter {
        waiter.control().waits_for(&inner_chain);
    }
    match inner.port().replace(Port::Taken) {
        // Settled but paused.
        Port::Settled(result) => {
            inner.port().set(Port::Held(Box::new((result, port))));
            inner_chain.control().park(inner);
        }
        _ => restore(inner.port(), port),
    }
    release(inner_chain);
    None
}

/// The port that an inner Deferred needs so that its result comes to `source`'s place, and the
/// chain that waits.
///
/// Links with nothing left to do are taken out, so that a loop in which a stage returns the next
/// request's Deferred stays as small as one round of it. A chain that somebody holds a handle on
/// has to stay: the handle must still find what is waited for.
fn destination<T: 'static, E: Fault>(
    mut source: Rc<dyn Source<T, E>>,
    chain: &Rc<dyn Chain>,
) -> (Port<T, E>, Option<Rc<dyn Chain>>) {
    let mut chain = chain.clone();
    loop {
        let port = source.port().replace(Port::Taken);
        // The chain that waits for this one refers to it, and counts for one.
        let known = usize::from(port.crosses());
        let held = Rc::weak_count(&chain) > known || chain.control().is_paused();
        match port {
            Port::Next(sink) => {
                let waiter = Some(chain.clone());
                return (Port::Outer { sink, chain }, waiter);
            }
            Port::Outer { sink, chain: far } if !held => {
                let waiter = Some(far.clone());
                return (Port::Outer { sink, chain: far }, waiter);
            }
            Port::Relay {
                source: far_source,
                chain: far,
            } if !held => {
                source = far_source;
                chain = far;
            }
            Port::Detached if !held => return (Port::Detached, None),
            port => {
                source.port().set(port);
                let waiter = Some(chain.clone());
                return (Port::Relay { source, chain }, waiter);
            }
        }
    }
}

/// Makes `sink` the next stage of a chain that has no result yet.
pub(super) fn attach<T: 'static, E: Fault>(waiting: Waiting<T, E>, sink: Rc<dyn Sink<T, E>>) {
    let Waiting { source, chain } = waiting;
    match source.port().replace(Port::Taken) {
        // Settled but paused.
        Port::Settled(result) => {
            sink.put(result);
            chain.control().park(sink);
        }
        _ => restore(source.port(), Port::Next(sink)),
    }
    release(source);
    release(chain);
}

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
use std::rc::{Rc, Weak};

use super::circle::{Ways, last_seam, place};
use super::control::Control;
use super::deferred::Deferred;
use super::end::Waiting;
use super::outcome::{Fault, Interrupt};
use super::port::{Outlet, Port};
use super::release::{discard, release};
use super::report;

/// Anything with a turn in the settle loop.
pub(super) trait Node {
    /// Does this node's work and yields the node whose turn is next.
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>>;

    /// Says where its result goes.
    fn onward(&self, ways: &mut Ways);
}

/// A node that takes a result.
pub(super) trait Sink<T, E: Fault>: Node {
    fn put(&self, input: Result<T, E>);
}

/// A node that yields a result.
pub(super) trait Source<T, E: Fault>: Node {
    fn port(&self) -> &Outlet<T, E>;
}

/// What all stages of one chain have in common.
pub(super) trait Chain: Node {
    fn control(&self) -> &Control;

    /// Cancels the head, which has not fired yet.
    fn cancel_unfired(self: Rc<Self>) -> CancelStep;

    /// Settles a list of which no member has settled it, nor will.
    fn settle_if_stuck(self: Rc<Self>);

    /// The chains that an unfired head waits for, where it is fed by chains.
    fn feeders(&self, found: &mut Vec<Weak<dyn Chain>>);

    /// Settles an unfired head whose producer is gone.
    fn abandon(self: Rc<Self>);
}

pub(super) enum CancelStep {
    /// It settled.
    Settled,
    /// It is a list: these are cancelled first, and then [`Chain::settle_if_stuck`].
    Members(Vec<Weak<dyn Chain>>),
}

/// A chain made for a settled Deferred when a handle on it is asked for.
impl Node for Control {
    fn run(self: Rc<Self>, _: &mut Cursor) -> Option<Rc<dyn Node>> {
        None
    }

    fn onward(&self, _: &mut Ways) {}
}

impl Chain for Control {
    fn control(&self) -> &Control {
        self
    }

    fn cancel_unfired(self: Rc<Self>) -> CancelStep {
        CancelStep::Settled
    }

    fn settle_if_stuck(self: Rc<Self>) {}

    fn feeders(&self, _: &mut Vec<Weak<dyn Chain>>) {}

    fn abandon(self: Rc<Self>) {}
}

/// A node that passes on what it gets; the last one of a chain that has no other.
pub(super) struct Tail<T: 'static, E: Fault> {
    input: Cell<Option<Result<T, E>>>,
    port: Outlet<T, E>,
}

impl<T, E: Fault> Tail<T, E> {
    pub(super) fn new() -> Self {
        Self {
            input: Cell::new(None),
            port: Outlet::new(),
        }
    }
}

impl<T, E: Fault> Node for Tail<T, E> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        match self.input.take() {
            Some(result) => deliver(self, result, cursor),
            None => resume(self, cursor),
        }
    }

    fn onward(&self, ways: &mut Ways) {
        self.port.onward(ways);
    }
}

impl<T, E: Fault> Source<T, E> for Tail<T, E> {
    fn port(&self) -> &Outlet<T, E> {
        &self.port
    }
}

impl<T, E: Fault> Sink<T, E> for Tail<T, E> {
    fn put(&self, input: Result<T, E>) {
        self.input.set(Some(input));
    }
}

impl<T, E: Fault> Drop for Tail<T, E> {
    fn drop(&mut self) {
        self.port.close();
        discard(self.input.take());
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
                run_paused(node, &mut cursor)
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

/// Parks the node of a paused chain; before that, runs what is not held by a pause: the stages of
/// an inner chain that a settled one has gone on in.
#[cold]
fn run_paused(mut node: Rc<dyn Node>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
    let Some(seam) = last_seam(&node) else {
        cursor.chain.control().park(node);
        return None;
    };
    let chain = place(&cursor.chain);
    loop {
        let at_seam = place(&node) == seam;
        let next = node.run(cursor)?;
        let same = place(&cursor.chain) == chain && cursor.chain.control().is_paused();
        if at_seam || !same {
            return Some(next);
        }
        node = next;
    }
}

/// Passes the result of `source` on.
pub(super) fn deliver<T: 'static, E: Fault>(
    mut source: Rc<dyn Source<T, E>>,
    result: Result<T, E>,
    cursor: &mut Cursor,
) -> Option<Rc<dyn Node>> {
    loop {
        let port = source.port().take();
        if port.crosses() && cursor.chain.control().is_paused() {
            source.port().fill(Port::Held(Box::new((result, port))));
            cursor.chain.control().park(source);
            return None;
        }
        match port {
            Port::Next(Some(sink)) | Port::Across(sink) => {
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
            Port::Open | Port::Seam => {
                source.port().fill(Port::Settled(result));
                return None;
            }
            Port::Detached | Port::Settled(_) | Port::Held(_) | Port::Taken | Port::Next(None) => {
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
    match source.port().take() {
        Port::Held(held) => {
            let (result, port) = *held;
            source.port().fill(port);
            deliver(source, result, cursor)
        }
        other => {
            source.port().fill(other);
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
    let waiting = match inner.into_ready() {
        Ok(result) => return deliver(source, result, cursor),
        Err(waiting) => waiting,
    };
    if waiting.closes(&cursor.chain, || source.clone()) {
        waiting.let_go();
        return deliver(source, Err(Interrupt::Circular.into()), cursor);
    }
    let Waiting {
        source: inner,
        chain: inner_chain,
        ..
    } = past_seam(waiting);
    let (port, waiter) = destination(source, &cursor.chain);
    if let Some(waiter) = waiter {
        waiter.control().waits_for(&inner_chain);
    }
    match inner.port().take() {
        // Settled but paused.
        Port::Settled(result) => {
            inner.port().fill(Port::Held(Box::new((result, port))));
            inner_chain.control().park(inner);
        }
        _ => inner.port().fill(port),
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
        let port = source.port().take();
        // The chain that waits for this one refers to it, and counts for one.
        let known = usize::from(port.crosses());
        let held = Rc::weak_count(&chain) > known || chain.control().is_paused();
        match port {
            Port::Next(Some(sink)) | Port::Across(sink) => {
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
                source.port().fill(port);
                let waiter = Some(chain.clone());
                return (Port::Relay { source, chain }, waiter);
            }
        }
    }
}

/// Makes `sink` the next stage of a chain that has no result yet.
pub(super) fn attach<T: 'static, E: Fault>(waiting: Waiting<T, E>, sink: Rc<dyn Sink<T, E>>) {
    let Waiting {
        source,
        chain,
        seam,
    } = waiting;
    match source.port().take() {
        // Settled but paused.
        Port::Settled(result) => {
            sink.put(result);
            chain.control().park(sink);
        }
        _ if seam => source.port().fill(Port::Across(sink)),
        _ => source.port().fill(Port::Next(Some(sink))),
    }
    release(source);
    release(chain);
}

/// As `waiting`, with a node for the pause to hold if there is a seam at its end: whoever waits
/// belongs to a chain that this pause does not concern.
fn past_seam<T: 'static, E: Fault>(waiting: Waiting<T, E>) -> Waiting<T, E> {
    if !waiting.seam || !waiting.chain.control().is_paused() {
        return waiting;
    }
    let node = Rc::new(Tail::new());
    let chain = waiting.chain.clone();
    attach(waiting, node.clone());
    Waiting {
        source: node,
        chain,
        seam: false,
    }
}

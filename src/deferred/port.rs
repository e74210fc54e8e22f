//! The place of a node where its result, or the way to the next node, stands.

use std::cell::RefCell;
use std::rc::Rc;

use super::chain::{Chain, Sink, Source};
use super::outcome::Fault;
use super::release::{discard, release};

/// Where the result of a node goes.
pub(super) enum Port<T: 'static, E: Fault> {
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
    pub(super) fn crosses(&self) -> bool {
        matches!(self, Self::Outer { .. } | Self::Relay { .. })
    }
}

/// A port in its place. Nothing of the user's runs or is dropped while it is borrowed.
pub(super) struct Outlet<T: 'static, E: Fault>(RefCell<Port<T, E>>);

impl<T, E: Fault> Outlet<T, E> {
    pub(super) fn new() -> Self {
        Self(RefCell::new(Port::Open))
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(*self.0.borrow(), Port::Open)
    }

    pub(super) fn is_settled(&self) -> bool {
        matches!(*self.0.borrow(), Port::Settled(_))
    }

    pub(super) fn take(&self) -> Port<T, E> {
        self.0.replace(Port::Taken)
    }

    /// Fills it; it must be empty.
    pub(super) fn fill(&self, port: Port<T, E>) {
        let empty = self.0.replace(port);
        debug_assert!(matches!(empty, Port::Open | Port::Taken));
        // Spares the look for something to drop.
        std::mem::forget(empty);
    }

    /// Leads from the open end of a chain to the next stage.
    ///
    /// Done for every stage there is, so it is written in place, with no port made first and
    /// nothing dropped.
    #[inline]
    pub(super) fn lead_to(&self, sink: Rc<dyn Sink<T, E>>) {
        let mut place = self.0.borrow_mut();
        if let Port::Open = *place {
            *place = Port::Next(sink);
        } else {
            debug_assert!(false, "not an open end");
        }
    }

    /// Lets go of what hangs here, when the node dies.
    pub(super) fn close(&mut self) {
        let port = self.0.get_mut();
        if let Port::Open | Port::Detached | Port::Taken = port {
            return;
        }
        match std::mem::replace(port, Port::Taken) {
            Port::Open | Port::Detached | Port::Taken => {}
            Port::Next(sink) => release(sink),
            Port::Outer { sink, chain } => {
                release(sink);
                release(chain);
            }
            Port::Relay { source, chain } => {
                release(source);
                release(chain);
            }
            Port::Settled(result) => discard(result),
            Port::Held(held) => discard(held.0),
        }
    }
}

//! The place of a node where its result, or the way to the next node, stands.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::rc::Rc;

use super::chain::{Chain, Sink, Source};
use super::circle::Ways;
use super::outcome::Fault;
use super::release::{discard, release};
use super::stranded;

/// Where the result of a node goes.
pub(super) enum Port<T: 'static, E: Fault> {
    /// A `Deferred` stands here; there is no result yet.
    Open,
    /// As `Open`, where a chain that had settled goes on in this one. The stages before were never
    /// its own, so that a pause of it does not hold them.
    Seam,
    /// The `Deferred` that stood here was dropped.
    Detached,
    /// To the next stage of this chain; empty when it has been passed on.
    Next(Option<Rc<dyn Sink<T, E>>>),
    /// As `Next`, past a `Seam`.
    Across(Rc<dyn Sink<T, E>>),
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

    fn onward(&self, ways: &mut Ways) {
        match self {
            Self::Next(Some(sink)) => ways.lead_to(sink.clone()),
            Self::Across(sink) => {
                ways.note_seam();
                ways.lead_to(sink.clone());
            }
            Self::Seam => ways.note_seam(),
            Self::Outer { sink, .. } => ways.cross_to(sink.clone()),
            Self::Relay { source, .. } => ways.cross_to(source.clone()),
            Self::Held(held) => held.1.onward(ways),
            Self::Open | Self::Detached | Self::Next(None) | Self::Settled(_) | Self::Taken => {}
        }
    }
}

/// A port in its place. Nothing of the user's runs or is dropped while it is borrowed.
///
/// Whoever owns it closes it before it dies; dropping it does nothing, which spares every node the
/// second look.
pub(super) struct Outlet<T: 'static, E: Fault>(RefCell<ManuallyDrop<Port<T, E>>>);

impl<T, E: Fault> Outlet<T, E> {
    pub(super) fn new() -> Self {
        Self(RefCell::new(ManuallyDrop::new(Port::Open)))
    }

    pub(super) fn is_open(&self) -> bool {
        matches!(**self.0.borrow(), Port::Open)
    }

    pub(super) fn is_settled(&self) -> bool {
        matches!(**self.0.borrow(), Port::Settled(_))
    }

    pub(super) fn take(&self) -> Port<T, E> {
        std::mem::replace(&mut **self.0.borrow_mut(), Port::Taken)
    }

    /// Takes out the way to the next stage of this chain, if that is what stands here. Only a
    /// pointer moves, where [`Outlet::take`] moves the room of a result.
    #[inline]
    pub(super) fn take_next(&self) -> Option<Rc<dyn Sink<T, E>>> {
        match &mut **self.0.borrow_mut() {
            Port::Next(next) => next.take(),
            _ => None,
        }
    }

    /// Says where the result of its node goes.
    pub(super) fn onward(&self, ways: &mut Ways) {
        self.0.borrow().onward(ways);
    }

    /// What is added here from now on belongs to another chain than what is before.
    pub(super) fn mark_seam(&self) {
        let mut place = self.0.borrow_mut();
        if matches!(**place, Port::Open) {
            *place = ManuallyDrop::new(Port::Seam);
        }
    }

    /// Fills it; it must be empty.
    pub(super) fn fill(&self, port: Port<T, E>) {
        let mut place = self.0.borrow_mut();
        debug_assert!(matches!(**place, Port::Open | Port::Seam | Port::Taken));
        *place = ManuallyDrop::new(port);
    }

    /// Leads from the open end of a chain to the next stage.
    ///
    /// Done for every stage there is, so it is written in place, with no port made first and
    /// nothing dropped.
    #[inline]
    pub(super) fn lead_to(&self, sink: Rc<dyn Sink<T, E>>) {
        let mut place = self.0.borrow_mut();
        debug_assert!(matches!(**place, Port::Open));
        *place = ManuallyDrop::new(Port::Next(Some(sink)));
    }

    /// Lets go of what hangs here, when the node dies.
    #[inline]
    pub(super) fn close(&mut self) {
        match **self.0.get_mut() {
            Port::Open | Port::Seam | Port::Detached | Port::Taken | Port::Next(None) => {}
            _ => self.let_go(),
        }
    }

    fn let_go(&mut self) {
        match std::mem::replace(&mut **self.0.get_mut(), Port::Taken) {
            Port::Open | Port::Seam | Port::Detached | Port::Taken | Port::Next(None) => {}
            Port::Next(Some(sink)) | Port::Across(sink) => release(sink),
            Port::Outer { sink, chain } => stranded::at_sink(sink, chain),
            Port::Relay { source, chain } => stranded::at_source(source, chain),
            Port::Settled(result) => discard(result),
            Port::Held(held) => discard(held.0),
        }
    }
}

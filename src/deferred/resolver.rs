//! The firing side.

use std::fmt;
use std::rc::Rc;

use super::chain::{Cursor, Phase, drive};
use super::deferred::Deferred;
use super::failure::Failure;
use super::head::Producer;
use super::outcome::Fault;
use super::release::{abandon, discard, release};

/// Fires a [`Deferred`], once.
///
/// All stages that are able to run have run when a firing call returns. Dropping a Resolver that
/// has not fired settles the chain with [`Interrupt::Abandoned`](super::Interrupt::Abandoned).
///
/// A firing after the chain was cancelled changes nothing: its value is dropped.
/// [`is_cancelled`](Self::is_cancelled) lets the producer ask first.
pub struct Resolver<T: 'static, E: Fault = Failure> {
    head: Option<Rc<dyn Producer<T, E>>>,
}

impl<T, E: Fault> Resolver<T, E> {
    pub(super) fn new(head: Rc<dyn Producer<T, E>>) -> Self {
        Self { head: Some(head) }
    }

    /// Fires with a value.
    pub fn callback(self, value: T) {
        self.resolve(Ok(value));
    }

    /// Fires with an error.
    pub fn errback(self, error: E) {
        self.resolve(Err(error));
    }

    /// Fires with a value or an error.
    pub fn resolve(self, result: Result<T, E>) {
        if let Err(late) = self.try_resolve(result) {
            discard(late.into_inner());
        }
    }

    /// Fires with a value or an error.
    ///
    /// # Errors
    ///
    /// The result comes back if the chain has settled already, because a canceller said with
    /// what. (After a cancellation without a canceller a late result is expected, and ignored.)
    pub fn try_resolve(mut self, result: Result<T, E>) -> Result<(), AlreadyCalled<Result<T, E>>> {
        match self.head.take() {
            Some(head) => fire(&head, result).map_err(AlreadyCalled),
            None => Err(AlreadyCalled(result)),
        }
    }

    /// Fires with what another Deferred comes to: at once if that is settled, and otherwise the
    /// chain waits for it, and cancelling the chain cancels that one.
    pub fn follow(mut self, inner: Deferred<T, E>) {
        let Some(head) = self.head.take() else { return };
        match head.control().phase.get() {
            Phase::Unfired | Phase::Cancelling => {
                let mut cursor = Cursor::new(head.clone());
                let next = head.follow(inner, &mut cursor);
                drive(cursor, next);
            }
            _ => drop(inner.add_both(|_| ())),
        }
    }

    /// Whether the chain was cancelled, so that nobody waits for a result.
    pub fn is_cancelled(&self) -> bool {
        self.head.as_ref().is_some_and(|head| {
            matches!(
                head.control().phase.get(),
                Phase::Cancelling | Phase::Cancelled | Phase::Swallowing
            )
        })
    }

    /// Drops the firing side and leaves the chain unfired, for ever.
    pub fn forget(mut self) {
        if let Some(head) = self.head.take() {
            release(head);
        }
    }
}

fn fire<T: 'static, E: Fault>(
    head: &Rc<dyn Producer<T, E>>,
    result: Result<T, E>,
) -> Result<(), Result<T, E>> {
    let phase = &head.control().phase;
    match phase.get() {
        Phase::Unfired | Phase::Cancelling => {
            let mut cursor = Cursor::new(head.clone());
            let next = head.clone().settle(Phase::Fired, result, &mut cursor);
            drive(cursor, next);
            Ok(())
        }
        Phase::Swallowing => {
            phase.set(Phase::Cancelled);
            discard(result);
            Ok(())
        }
        Phase::Fired | Phase::Cancelled => Err(result),
    }
}

impl<T, E: Fault> Drop for Resolver<T, E> {
    fn drop(&mut self) {
        if let Some(head) = self.head.take() {
            if head.control().phase.get() == Phase::Unfired {
                abandon(head);
            } else {
                release(head);
            }
        }
    }
}

impl<T, E: Fault> fmt::Debug for Resolver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver")
            .field(
                "phase",
                &self.head.as_ref().map(|h| h.control().phase.get()),
            )
            .finish_non_exhaustive()
    }
}

/// A Deferred was fired a second time; this is what it was fired with.
#[derive(Clone, PartialEq, Eq)]
pub struct AlreadyCalled<V>(V);

impl<V> AlreadyCalled<V> {
    /// What the Deferred was not fired with.
    pub fn into_inner(self) -> V {
        self.0
    }
}

impl<V> fmt::Debug for AlreadyCalled<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlreadyCalled").finish_non_exhaustive()
    }
}

impl<V> fmt::Display for AlreadyCalled<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the Deferred was called already")
    }
}

impl<V> std::error::Error for AlreadyCalled<V> {}

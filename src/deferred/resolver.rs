//! The firing side.

use std::fmt;
use std::rc::Rc;

use super::chain::{Cursor, Node, drive};
use super::circle::returns;
use super::control::{Feed, Phase};
use super::debugging::Traces;
use super::deferred::Deferred;
use super::failure::Failure;
use super::head::Producer;
use super::outcome::Fault;
use super::release::{abandon, discard, release};

/// Fires a [`Deferred`], once.
///
/// All stages that are able to run have run when a firing call returns. Dropping a Resolver that
/// has not fired settles the chain with [`Interrupt::Abandoned`](super::Interrupt::Abandoned):
/// inside that drop where the program drops it, in its own code or that of its closures. Where it
/// goes with something that this library drops (a stage that is skipped or was never run, a
/// canceller, a value that nobody is left for), the chain settles when the outermost such drop is
/// over, after all else that went with it: still inside the call that led to the drop, but perhaps
/// not before the next stage of the chain that it was dropped from. Several settle in the order in
/// which they were dropped. So a million chains that own each other's resolvers need no stack.
///
/// A firing after the chain was cancelled changes nothing: its value is dropped.
/// [`is_cancelled`](Self::is_cancelled) lets the producer ask first.
pub struct Resolver<T: 'static, E: Fault = Failure> {
    shared: SharedResolver<T, E>,
}

impl<T, E: Fault> Resolver<T, E> {
    pub(super) fn new(head: Rc<dyn Producer<T, E>>) -> Self {
        Self {
            shared: SharedResolver { head: Some(head) },
        }
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
    pub fn try_resolve(self, result: Result<T, E>) -> Result<(), AlreadyCalled<Result<T, E>>> {
        self.shared.resolve(result)
    }

    /// Fires with what another Deferred comes to: at once if that is settled; otherwise the
    /// chain waits for it, and cancelling the chain cancels that one. A chain that would wait for
    /// itself goes on with [`Interrupt::Circular`](super::Interrupt::Circular).
    ///
    /// After a cancellation the other one is cancelled, and what it comes to is dropped.
    pub fn follow(self, inner: Deferred<T, E>) {
        let Some(head) = self.shared.head.clone() else {
            return;
        };
        match head.control().phase.get() {
            Phase::Unfired | Phase::Cancelling => {
                let mut cursor = Cursor::new(head.clone());
                let next = head.follow(inner, &mut cursor);
                drive(cursor, next);
            }
            Phase::Fired | Phase::Cancelled | Phase::Swallowing => {
                inner.cancel();
                inner.add_both(discard);
            }
        }
    }

    /// Whether the chain was cancelled, so that nobody waits for a result.
    pub fn is_cancelled(&self) -> bool {
        self.shared.is_cancelled()
    }

    /// Drops the firing side and leaves the chain unfired, for ever, or until it is cancelled.
    ///
    /// A chain that waits for this one can be cancelled, too, or time out, while its Deferred is kept
    /// or awaited: it goes on with [`Interrupt::Cancelled`](super::Interrupt::Cancelled) from where it
    /// waits. Stages of this one, and of chains in between whose Deferreds nobody keeps, are dropped.
    pub fn forget(mut self) {
        if let Some(head) = self.shared.head.take() {
            release(head);
        }
    }

    /// A form that can be cloned, where the second of two firings is an error at run time.
    pub fn into_shared(self) -> SharedResolver<T, E> {
        self.shared
    }
}

impl<T, E: Fault> fmt::Debug for Resolver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shared.describe("Resolver", f)
    }
}

/// Fires a [`Deferred`], from one of several places: the first to come decides.
///
/// When the last clone is dropped and none has fired, the chain settles with
/// [`Interrupt::Abandoned`](super::Interrupt::Abandoned); so it does if the only one left is where the
/// chain's own result is [forwarded to](Deferred::forward_to).
pub struct SharedResolver<T: 'static, E: Fault = Failure> {
    head: Option<Rc<dyn Producer<T, E>>>,
}

impl<T, E: Fault> SharedResolver<T, E> {
    /// Fires with a value.
    ///
    /// # Errors
    ///
    /// The value comes back if the chain has fired already.
    pub fn callback(&self, value: T) -> Result<(), AlreadyCalled<T>> {
        match self.resolve(Ok(value)).map_err(AlreadyCalled::split) {
            Err(Ok(late)) => Err(late),
            _ => Ok(()),
        }
    }

    /// Fires with an error.
    ///
    /// # Errors
    ///
    /// The error comes back if the chain has fired already.
    pub fn errback(&self, error: E) -> Result<(), AlreadyCalled<E>> {
        match self.resolve(Err(error)).map_err(AlreadyCalled::split) {
            Err(Err(late)) => Err(late),
            _ => Ok(()),
        }
    }

    /// Fires with a value or an error.
    ///
    /// # Errors
    ///
    /// The result comes back if the chain has fired already. (The first firing after a
    /// cancellation without a canceller is expected, and ignored.)
    pub fn resolve(&self, result: Result<T, E>) -> Result<(), AlreadyCalled<Result<T, E>>> {
        let Some(head) = &self.head else {
            return Err(AlreadyCalled {
                value: result,
                traces: None,
            });
        };
        let mut cursor = Cursor::new(head.clone());
        let next = fire(head, result, &mut cursor).map_err(|value| AlreadyCalled {
            value,
            traces: head.control().traces(),
        })?;
        drive(cursor, next);
        Ok(())
    }

    /// Whether the chain was cancelled, so that nobody waits for a result.
    pub fn is_cancelled(&self) -> bool {
        self.head
            .as_ref()
            .is_some_and(|head| head.control().is_cancelled())
    }

    pub(super) fn head(&self) -> Option<&Rc<dyn Producer<T, E>>> {
        self.head.as_ref()
    }

    /// The head that this resolver alone can fire, and will.
    pub(super) fn sole_way(&self) -> Option<&Rc<dyn Producer<T, E>>> {
        self.head.as_ref().filter(|head| {
            let control = head.control();
            !control.is_fired() && control.has_one_resolver()
        })
    }

    fn describe(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field(
                "phase",
                &self.head.as_ref().map(|head| head.control().phase.get()),
            )
            .finish_non_exhaustive()
    }
}

/// Whether the one resolver that is left of this head is where only the head's own result leads.
fn fires_itself<T: 'static, E: Fault>(head: &Rc<dyn Producer<T, E>>) -> bool {
    let control = head.control();
    control.has_one_resolver() && control.feed() == Feed::Forwarded && returns(head.clone())
}

/// Puts a result in a head that has not fired, and tells what runs next.
pub(super) fn fire<T: 'static, E: Fault>(
    head: &Rc<dyn Producer<T, E>>,
    result: Result<T, E>,
    cursor: &mut Cursor,
) -> Result<Option<Rc<dyn Node>>, Result<T, E>> {
    let phase = &head.control().phase;
    match phase.get() {
        Phase::Unfired | Phase::Cancelling => Ok(head.clone().settle(Phase::Fired, result, cursor)),
        Phase::Swallowing => {
            phase.set(Phase::Cancelled);
            discard(result);
            Ok(None)
        }
        Phase::Fired | Phase::Cancelled => Err(result),
    }
}

impl<T, E: Fault> From<Resolver<T, E>> for SharedResolver<T, E> {
    fn from(resolver: Resolver<T, E>) -> Self {
        resolver.into_shared()
    }
}

impl<T, E: Fault> Clone for SharedResolver<T, E> {
    fn clone(&self) -> Self {
        if let Some(head) = &self.head {
            head.control().add_resolver();
        }
        Self {
            head: self.head.clone(),
        }
    }
}

impl<T, E: Fault> Drop for SharedResolver<T, E> {
    fn drop(&mut self) {
        if let Some(head) = self.head.take() {
            let control = head.control();
            let last = control.remove_resolver();
            if control.phase.get() == Phase::Unfired && (last || fires_itself(&head)) {
                abandon(head);
            } else {
                release(head);
            }
        }
    }
}

impl<T, E: Fault> fmt::Debug for SharedResolver<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.describe("SharedResolver", f)
    }
}

/// A Deferred was fired a second time; this is what it was fired with.
#[derive(Clone)]
pub struct AlreadyCalled<V> {
    value: V,
    traces: Option<Rc<Traces>>,
}

impl<V> AlreadyCalled<V> {
    /// What the Deferred was not fired with.
    pub fn into_inner(self) -> V {
        self.value
    }
}

impl<T, E> AlreadyCalled<Result<T, E>> {
    fn split(self) -> Result<AlreadyCalled<T>, AlreadyCalled<E>> {
        let traces = self.traces;
        match self.value {
            Ok(value) => Ok(AlreadyCalled { value, traces }),
            Err(value) => Err(AlreadyCalled { value, traces }),
        }
    }
}

impl<V: PartialEq> PartialEq for AlreadyCalled<V> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<V: Eq> Eq for AlreadyCalled<V> {}

impl<V> fmt::Debug for AlreadyCalled<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AlreadyCalled").finish_non_exhaustive()
    }
}

impl<V> fmt::Display for AlreadyCalled<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the Deferred was called already")?;
        match &self.traces {
            Some(traces) => traces.fmt(f),
            None => Ok(()),
        }
    }
}

impl<V> std::error::Error for AlreadyCalled<V> {}

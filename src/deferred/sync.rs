//! Locks, semaphores and queues whose users wait with a Deferred.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use super::deferred::Deferred;
use super::failure::Failure;
use super::outcome::{Fault, IntoOutcome};
use super::release::discard;
use super::resolver::Resolver;
use super::stage::run;

/// Lets one user at a time have something; the others wait in the order they came.
///
/// A clone is the same lock.
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, DeferredLock};
///
/// let lock: DeferredLock = DeferredLock::new();
/// let (resolver, work) = Deferred::<()>::pair();
/// lock.run(|| work).add_callback(|()| println!("first"));
/// lock.run(|| Ok(())).add_callback(|()| println!("second"));
/// assert!(lock.is_locked());
/// resolver.callback(());
/// assert!(!lock.is_locked());
/// ```
pub struct DeferredLock<E: Fault = Failure>(DeferredSemaphore<E>);

impl<E: Fault> DeferredLock<E> {
    /// A lock that nobody holds.
    pub fn new() -> Self {
        Self(DeferredSemaphore::with_tokens(1))
    }

    /// Fires with the lock when it is this caller's turn; at once if it is free.
    ///
    /// Dropping the guard releases the lock, to the next in line inside that drop. Cancelling
    /// gives up the place in line.
    pub fn acquire(&self) -> Deferred<Token<E>, E> {
        self.0.acquire()
    }

    /// Runs `code` with the lock held, until what it returns has settled.
    pub fn run<R>(&self, code: impl FnOnce() -> R + 'static) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
    {
        self.0.run(code)
    }

    /// Whether somebody holds it.
    pub fn is_locked(&self) -> bool {
        self.0.available() == 0
    }

    /// How many wait for it.
    pub fn waiting(&self) -> usize {
        self.0.waiting()
    }
}

impl<E: Fault> Default for DeferredLock<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E: Fault> Clone for DeferredLock<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E: Fault> fmt::Debug for DeferredLock<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeferredLock")
            .field("locked", &self.is_locked())
            .field("waiting", &self.waiting())
            .finish()
    }
}

/// Lets a number of users at a time have something; the others wait in the order they came.
///
/// A clone is the same semaphore.
pub struct DeferredSemaphore<E: Fault = Failure> {
    shared: Rc<Tokens<E>>,
}

struct Tokens<E: Fault> {
    limit: usize,
    free: Cell<usize>,
    line: Line<Token<E>, E>,
    handing_over: Cell<bool>,
}

impl<E: Fault> DeferredSemaphore<E> {
    /// A semaphore with this many tokens.
    ///
    /// # Errors
    ///
    /// With none, nobody could ever have one.
    pub fn new(tokens: usize) -> Result<Self, NoTokens> {
        if tokens == 0 {
            return Err(NoTokens);
        }
        Ok(Self::with_tokens(tokens))
    }

    fn with_tokens(tokens: usize) -> Self {
        Self {
            shared: Rc::new(Tokens {
                limit: tokens,
                free: Cell::new(tokens),
                line: Line::default(),
                handing_over: Cell::new(false),
            }),
        }
    }

    /// Fires with a token when it is this caller's turn; at once if one is free.
    ///
    /// Dropping the token gives it back, to the next in line inside that drop. Cancelling gives
    /// up the place in line.
    pub fn acquire(&self) -> Deferred<Token<E>, E> {
        if self.available() > 0 {
            self.shared.free.set(self.shared.free.get() - 1);
            Deferred::succeed(Token {
                shared: self.shared.clone(),
            })
        } else {
            let shared = Rc::downgrade(&self.shared);
            self.shared.line.wait(move |place| {
                if let Some(shared) = shared.upgrade() {
                    shared.line.leave(place);
                }
            })
        }
    }

    /// Runs `code` with a token held, until what it returns has settled.
    pub fn run<R>(&self, code: impl FnOnce() -> R + 'static) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
    {
        self.acquire().add_callback(move |token| {
            run(code).into_deferred().add_both(move |outcome| {
                drop(token);
                outcome
            })
        })
    }

    /// How many tokens it has, free or not.
    pub fn limit(&self) -> usize {
        self.shared.limit
    }

    /// How many tokens can be had at once.
    pub fn available(&self) -> usize {
        if self.waiting() > 0 {
            // Any that is free is being handed over.
            0
        } else {
            self.shared.free.get()
        }
    }

    /// How many wait for a token.
    pub fn waiting(&self) -> usize {
        self.shared.line.len()
    }
}

impl<E: Fault> Clone for DeferredSemaphore<E> {
    fn clone(&self) -> Self {
        Self {
            shared: self.shared.clone(),
        }
    }
}

impl<E: Fault> fmt::Debug for DeferredSemaphore<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeferredSemaphore")
            .field("limit", &self.limit())
            .field("available", &self.available())
            .field("waiting", &self.waiting())
            .finish()
    }
}

/// The right to use what a [`DeferredLock`] or [`DeferredSemaphore`] guards, until it is dropped.
pub struct Token<E: Fault = Failure> {
    shared: Rc<Tokens<E>>,
}

impl<E: Fault> Token<E> {
    /// Gives it back; the same as dropping it.
    pub fn release(self) {
        drop(self);
    }
}

impl<E: Fault> Drop for Token<E> {
    fn drop(&mut self) {
        let shared = &self.shared;
        shared.free.set(shared.free.get() + 1);
        // One that gives its token back while it gets it leaves the next to the loop below.
        if shared.handing_over.replace(true) {
            return;
        }
        while shared.free.get() > 0
            && let Some(next) = shared.line.next()
        {
            shared.free.set(shared.free.get() - 1);
            next.callback(Self {
                shared: shared.clone(),
            });
        }
        shared.handing_over.set(false);
    }
}

impl<E: Fault> fmt::Debug for Token<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token").finish_non_exhaustive()
    }
}

/// A semaphore without tokens was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
pub struct NoTokens;

impl fmt::Display for NoTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a semaphore needs one token at least")
    }
}

impl std::error::Error for NoTokens {}

/// Those who wait, in the order they came.
pub(super) struct Line<T: 'static, E: Fault> {
    /// Places only grow from front to back.
    waiting: RefCell<VecDeque<(u64, Resolver<T, E>)>>,
    places: Cell<u64>,
}

impl<T, E: Fault> Default for Line<T, E> {
    fn default() -> Self {
        Self {
            waiting: RefCell::new(VecDeque::new()),
            places: Cell::new(0),
        }
    }
}

impl<T, E: Fault> Line<T, E> {
    /// Takes a place; `leave` is called with it when the Deferred is cancelled.
    pub(super) fn wait(&self, leave: impl FnOnce(u64) + 'static) -> Deferred<T, E> {
        let place = self.places.get();
        self.places.set(place + 1);
        let (resolver, deferred) = Deferred::with_canceller(move || {
            leave(place);
            None
        });
        self.waiting.borrow_mut().push_back((place, resolver));
        deferred
    }

    pub(super) fn leave(&self, place: u64) {
        let resolver = {
            let mut waiting = self.waiting.borrow_mut();
            let found = waiting.binary_search_by_key(&place, |(place, _)| *place);
            found.ok().and_then(|index| waiting.remove(index))
        };
        discard(resolver);
    }

    pub(super) fn next(&self) -> Option<Resolver<T, E>> {
        let (_, resolver) = self.waiting.borrow_mut().pop_front()?;
        Some(resolver)
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.borrow().len()
    }
}

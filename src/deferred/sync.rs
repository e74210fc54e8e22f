//! Locks, semaphores and queues whose users wait with a Deferred.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use super::deferred::Deferred;
use super::failure::Failure;
use super::line::Line;
use super::outcome::{Fault, IntoOutcome, Outcome};
use super::resolver::Resolver;
use super::stage::run;
use super::turn::{GiveBack, with_turn};

/// Lets one user at a time have something; the others wait in the order they came.
///
/// A clone is the same lock. `E` is the error type of what it runs.
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
    /// Dropping the token releases the lock, to the next in line inside that drop; where that one
    /// drops it in turn, the one after it follows when its stages have run. Cancelling gives up
    /// the place in line, at a cost that does not depend on how many are in line.
    pub fn acquire(&self) -> Deferred<Token<E>, E> {
        self.0.acquire()
    }

    /// Runs `code` with the lock held, until what it returns has settled.
    ///
    /// Then the next in line has its turn, before later stages of this one go on.
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
///
/// `E` is the error type of what it runs. A signature has to name it where that is not [`Failure`].
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, DeferredSemaphore, Interrupt, Resolver};
///
/// type Answer = Deferred<u32, Interrupt>;
///
/// fn ask_all(questions: Vec<Answer>, at_a_time: &DeferredSemaphore<Interrupt>) -> Vec<Answer> {
///     questions.into_iter().map(|question| at_a_time.run(|| question)).collect()
/// }
///
/// let (resolvers, questions): (Vec<Resolver<_, _>>, _) = (0..3).map(|_| Answer::pair()).unzip();
/// let at_a_time = DeferredSemaphore::new(2)?;
/// let answers = ask_all(questions, &at_a_time);
/// assert_eq!(at_a_time.waiting(), 1);
/// for resolver in resolvers {
///     resolver.callback(42);
/// }
/// assert_eq!(at_a_time.available(), 2);
/// # Ok::<(), deferred_snmp::deferred::NoTokens>(())
/// ```
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
    /// Dropping the token gives it back, to the next in line inside that drop; where that one
    /// drops it in turn, the one after it follows when its stages have run. Cancelling gives up
    /// the place in line, at a cost that does not depend on how many are in line.
    pub fn acquire(&self) -> Deferred<Token<E>, E> {
        if self.available() > 0 {
            Deferred::succeed(self.take())
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
    ///
    /// Then the next in line has its turn, before later stages of this one go on.
    pub fn run<R>(&self, code: impl FnOnce() -> R + 'static) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
    {
        if self.available() > 0 {
            let token = self.take();
            return run(code).into_deferred().add_both(move |outcome| {
                drop(token);
                outcome
            });
        }
        let after = Rc::new(GiveBack::new(None));
        let token_of_after = after.clone();
        self.acquire()
            .add_callback(move |token| match run(code) {
                Outcome::Wait(inner) => match inner.into_ready() {
                    Err(waiting) => Outcome::Wait(with_turn(waiting, token)),
                    Ok(result) => {
                        token_of_after.hold(token);
                        Outcome::Done(result)
                    }
                },
                done => {
                    token_of_after.hold(token);
                    done
                }
            })
            .add_node(after)
    }

    /// One that is free.
    fn take(&self) -> Token<E> {
        self.shared.free.set(self.shared.free.get() - 1);
        Token {
            shared: self.shared.clone(),
        }
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
    /// The first in line, with this token for it; given back if there is nobody.
    pub(super) fn pass_on(self) -> Option<(Resolver<Self, E>, Self)> {
        let next = self.shared.line.next()?;
        Some((next, self))
    }

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

//! What a stage may return, and the errors that the machinery itself puts on a chain.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use super::deferred::Deferred;

/// What a stage may return: a `Result`, a [`Deferred`], or nothing at all.
///
/// `Ok` is the type of the success that goes to the next stage. A stage that wants to return a
/// plain value uses [`Deferred::map`].
#[diagnostic::on_unimplemented(
    message = "a stage of this chain cannot return `{Self}`",
    label = "the stage that returns `{Self}`",
    note = "return `Ok(..)`, a Deferred or (); for a plain value use `.map(..)`",
    note = "the errors of a chain are of one type, here `{E}`: `.map_err(..)` and `.then(..)` change it",
    note = "a type that names none has `Failure`: write `Deferred<T, E>`, `DeferredSemaphore<E>`"
)]
pub trait IntoOutcome<E: Fault> {
    /// What the next stage gets on success.
    type Ok;

    /// The result, or the Deferred it will come from.
    fn into_outcome(self) -> Outcome<Self::Ok, E>;

    /// The outcome as a Deferred in any case.
    fn into_deferred(self) -> Deferred<Self::Ok, E>
    where
        Self: Sized,
    {
        match self.into_outcome() {
            Outcome::Done(result) => Deferred::settled(result),
            Outcome::Wait(deferred) => deferred,
        }
    }
}

/// What a stage has come to.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "there is no third thing")]
pub enum Outcome<T: 'static, E: Fault> {
    /// This, at once.
    Done(Result<T, E>),
    /// Whatever this comes to.
    Wait(Deferred<T, E>),
}

impl<T, E: Fault> From<Result<Deferred<T, E>, E>> for Outcome<T, E> {
    fn from(result: Result<Deferred<T, E>, E>) -> Self {
        match result {
            Ok(deferred) => Self::Wait(deferred),
            Err(error) => Self::Done(Err(error)),
        }
    }
}

impl<U, E: Fault> IntoOutcome<E> for Result<U, E> {
    type Ok = U;

    fn into_outcome(self) -> Outcome<U, E> {
        Outcome::Done(self)
    }
}

impl<U, E: Fault> IntoOutcome<E> for Deferred<U, E> {
    type Ok = U;

    fn into_outcome(self) -> Outcome<U, E> {
        Outcome::Wait(self)
    }
}

impl<U, E: Fault> IntoOutcome<E> for Outcome<U, E> {
    type Ok = U;

    fn into_outcome(self) -> Self {
        self
    }
}

impl<E: Fault> IntoOutcome<E> for () {
    type Ok = ();

    fn into_outcome(self) -> Outcome<(), E> {
        Outcome::Done(Ok(()))
    }
}

/// What an errback may return on a chain of `T`: a `Result` of it, a [`Deferred`] of it, or nothing
/// at all where `T` is `()`.
#[diagnostic::on_unimplemented(
    message = "an errback of this chain cannot return `{Self}`: what comes after it expects `{T}`",
    label = "the errback that returns `{Self}`",
    note = "to be done with the chain and its error use `.handle(..)`, which ends in `()`",
    note = "to go on return `Ok(..)` with a `{T}`, `Err(..)` with a `{E}`, or a Deferred of these; for a `Result` of a Deferred use `.try_errback(..)`"
)]
pub trait Recovery<T, E: Fault>: IntoOutcome<E, Ok = T> {}

impl<T, E: Fault> Recovery<T, E> for Result<T, E> {}
impl<T, E: Fault> Recovery<T, E> for Deferred<T, E> {}
impl<T, E: Fault> Recovery<T, E> for Outcome<T, E> {}
impl<E: Fault> Recovery<(), E> for () {}

/// What an error must be able to do to travel along a chain: hold an [`Interrupt`], and be
/// printed when nobody handles it.
///
/// Every type that has the three traits has this one.
pub trait Fault: From<Interrupt> + fmt::Display + fmt::Debug + 'static {}

impl<E: From<Interrupt> + fmt::Display + fmt::Debug + 'static> Fault for E {}

/// Tells which [`Interrupt`] is inside an error: time-outs need it to recognise `Cancelled`.
///
/// Every [`Error`] has it, and is looked through along its [`source`](Error::source)s. A type that
/// is no `Error` implements it by itself.
#[diagnostic::on_unimplemented(
    message = "a time-out cannot look into the error `{Self}`",
    label = "on a chain with this error",
    note = "implement `std::error::Error` for `{Self}`, with the `source` of what it holds"
)]
pub trait AsInterrupt {
    /// The interrupt that this error is, or that it comes from.
    fn interrupt(&self) -> Option<&Interrupt>;

    /// The same as an [`Error`], if it is one or holds one; `None` unless implemented.
    fn as_error(&self) -> Option<&(dyn Error + 'static)> {
        None
    }
}

impl<E: Error + 'static> AsInterrupt for E {
    fn interrupt(&self) -> Option<&Interrupt> {
        find(self)
    }

    fn as_error(&self) -> Option<&(dyn Error + 'static)> {
        Some(self)
    }
}

/// What an error holds, for the `source` of one that holds it.
pub(super) fn inside(error: &impl AsInterrupt) -> Option<&(dyn Error + 'static)> {
    let plain = || error.interrupt().map(|interrupt| interrupt as _);
    error.as_error().or_else(plain)
}

/// The first error of that type among this one and its sources.
pub(super) fn find<'a, X: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a X> {
    let mut chain = std::iter::successors(Some(error), |error| source(*error)).take(DEEPEST);
    chain.find_map(|error| error.downcast_ref())
}

/// A circle of sources ends somewhere, too.
const DEEPEST: usize = 64;

/// As [`Error::source`], which of an [`io::Error`] leaves out the error that it was made of.
fn source<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let made_of = error.downcast_ref().and_then(io::Error::get_ref);
    match made_of {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

/// An error that the machinery puts on a chain, rather than a stage or a producer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Interrupt {
    /// The chain was cancelled.
    Cancelled,
    /// The chain did not get past a time-out of this length.
    TimedOut(Duration),
    /// The firing side was dropped without firing.
    Abandoned,
    /// A stage panicked, with this message.
    Panicked(Box<str>),
    /// The chain would have waited for itself: it was to go on with the result of a Deferred that
    /// waits for this very chain, and would never have fired.
    Circular,
    /// A result was forwarded to a Deferred that had fired already.
    AlreadyCalled,
    /// The first of several was asked for, and there are none.
    EmptyList,
    /// The work needed a thread, and none could be started; what the system says.
    NoThread(Box<str>),
}

impl Interrupt {
    pub(super) fn panicked(payload: &(dyn Any + Send)) -> Self {
        let message = if let Some(text) = payload.downcast_ref::<&'static str>() {
            (*text).into()
        } else if let Some(text) = payload.downcast_ref::<String>() {
            text.as_str().into()
        } else {
            "no message".into()
        };
        Self::Panicked(message)
    }
}

impl fmt::Display for Interrupt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cancelled => f.write_str("cancelled"),
            Self::TimedOut(after) => write!(f, "timed out after {after:?}"),
            Self::Abandoned => f.write_str("abandoned: the firing side was dropped"),
            Self::Panicked(message) => write!(f, "panicked: {message}"),
            Self::Circular => f.write_str("waits for itself"),
            Self::AlreadyCalled => f.write_str("already called"),
            Self::EmptyList => f.write_str("there is nothing to wait for"),
            Self::NoThread(reason) => write!(f, "no thread could be started: {reason}"),
        }
    }
}

impl Error for Interrupt {}

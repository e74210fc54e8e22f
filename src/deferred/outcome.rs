//! What a stage may return, and the errors that the machinery itself puts on a chain.

use std::any::Any;
use std::fmt;
use std::time::Duration;

use super::deferred::Deferred;

/// What a stage may return: a `Result`, a [`Deferred`], or nothing at all.
///
/// `Ok` is the type of the success that goes to the next stage. A stage that wants to return a
/// plain value uses [`Deferred::map`].
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

/// What an error must be able to do to travel along a chain: hold an [`Interrupt`], and be
/// printed when nobody handles it.
///
/// Every type that has the three traits has this one.
pub trait Fault: From<Interrupt> + fmt::Display + fmt::Debug + 'static {}

impl<E: From<Interrupt> + fmt::Display + fmt::Debug + 'static> Fault for E {}

/// Tells whether an error is one of the machinery's; time-outs need it to recognise `Cancelled`.
pub trait AsInterrupt {
    /// The interrupt this error holds, if it is one.
    fn interrupt(&self) -> Option<&Interrupt>;
}

impl AsInterrupt for Interrupt {
    fn interrupt(&self) -> Option<&Interrupt> {
        Some(self)
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

impl std::error::Error for Interrupt {}

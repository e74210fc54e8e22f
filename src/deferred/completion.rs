//! What a function may return of which only the end matters.

use super::deferred::Deferred;
use super::failure::Failure;
use super::outcome::{Fault, Outcome};

/// What a function may return whose value is not used: that of a
/// [`LoopingCall`](crate::task::LoopingCall), the units of a
/// [`Cooperator`](crate::task::Cooperator), a trigger of a system event.
///
/// That is nothing at all, a [`Deferred`] with any error that turns into a [`Failure`], as every
/// [`std::error::Error`] does, or a `Result` of these whose error is a Failure. A Deferred is waited
/// for, also the one in an `Ok`: functions that use `?` end in `Ok(())` or in `Ok(deferred)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be waited for",
    label = "the function that returns `{Self}`",
    note = "return nothing, a Deferred whose error turns into a `Failure`, or a `Result` of these whose error is one"
)]
pub trait IntoCompletion {
    /// The same as a Deferred without a value.
    fn into_completion(self) -> Deferred<()>;
}

impl IntoCompletion for () {
    fn into_completion(self) -> Deferred<()> {
        Deferred::succeed(())
    }
}

/// Of this error alone, so that `?` and `Ok(())` need no annotation. And of no plain value, since that
/// could be a Deferred that is then not waited for.
impl<T: IntoCompletion> IntoCompletion for Result<T, Failure> {
    fn into_completion(self) -> Deferred<()> {
        match self {
            Ok(last) => last.into_completion(),
            Err(failure) => Deferred::fail(failure),
        }
    }
}

impl<T, E: Fault + Into<Failure>> IntoCompletion for Deferred<T, E> {
    fn into_completion(self) -> Deferred<()> {
        self.then(|result| wrapped(result))
    }
}

impl<T, E: Fault + Into<Failure>> IntoCompletion for Outcome<T, E> {
    fn into_completion(self) -> Deferred<()> {
        match self {
            Self::Done(result) => Deferred::settled(wrapped(result)),
            Self::Wait(deferred) => deferred.into_completion(),
        }
    }
}

/// By a call of our own, so that the place that the failure names is no function of the standard library.
fn wrapped<T, E: Into<Failure>>(result: Result<T, E>) -> Result<(), Failure> {
    match result {
        Ok(_) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

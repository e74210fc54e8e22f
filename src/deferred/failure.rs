//! An error of any type.

use std::error::Error;
use std::fmt;
use std::panic::Location;

use super::outcome::{AsInterrupt, Interrupt};

/// Any error, with where it was wrapped: the error type of chains that do not name one.
///
/// Every [`std::error::Error`] turns into a Failure by `?` or `into`.
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, Failure};
/// use std::num::ParseIntError;
///
/// let parsed: Deferred<u32> = Deferred::succeed("12x").add_callback(|text| Ok(text.parse()?));
/// parsed
///     .add_errback(|failure: Failure| {
///         let error: ParseIntError = failure.trap()?;
///         println!("not a number ({error}), taking 0");
///         Ok(0)
///     })
///     .add_callback(|n| assert_eq!(n, 0));
/// ```
pub struct Failure {
    error: Box<dyn Error>,
    origin: &'static Location<'static>,
}

impl Failure {
    /// Wraps an error. One allocation.
    #[track_caller]
    pub fn new(error: impl Error + 'static) -> Self {
        Self {
            error: Box::new(error),
            origin: Location::caller(),
        }
    }

    /// A failure that is nothing but a text.
    #[track_caller]
    pub fn message(text: impl Into<String>) -> Self {
        Self::new(Message(text.into()))
    }

    /// The error, if it is an `X`.
    pub fn check<X: Error + 'static>(&self) -> Option<&X> {
        self.error.downcast_ref()
    }

    /// Takes the error out if it is an `X`.
    ///
    /// # Errors
    ///
    /// The same Failure, if it is something else: `failure.trap::<X>()?` at the top of an errback
    /// passes on what it is not meant for.
    pub fn trap<X: Error + 'static>(self) -> Result<X, Self> {
        let origin = self.origin;
        match self.error.downcast() {
            Ok(error) => Ok(*error),
            Err(error) => Err(Self { error, origin }),
        }
    }

    /// The error.
    pub fn error(&self) -> &(dyn Error + 'static) {
        &*self.error
    }

    /// Where the error was wrapped.
    pub fn origin(&self) -> &'static Location<'static> {
        self.origin
    }
}

impl<X: Error + 'static> From<X> for Failure {
    #[track_caller]
    fn from(error: X) -> Self {
        Self::new(error)
    }
}

impl AsInterrupt for Failure {
    fn interrupt(&self) -> Option<&Interrupt> {
        self.check()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failure({:?}, from {})", self.error, self.origin)
    }
}

#[derive(Debug)]
struct Message(String);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Message {}

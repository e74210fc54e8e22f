//! An error of any type.

use std::error::Error;
use std::fmt;
use std::panic::Location;

use super::outcome::{AsInterrupt, Interrupt, find};

/// Any error, with where it was wrapped: the error type of chains that do not name one.
///
/// Every [`std::error::Error`] turns into a Failure by `?` or `into`, and a Failure in the same way into
/// the `Box<dyn Error>` of a `main`.
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

    /// The error, if it is an `X` itself; [`find`](Self::find) looks into it as well.
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

    /// The first `X` among the error and what it comes from, by [`Error::source`].
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::Failure;
    /// use std::io;
    ///
    /// let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
    /// let failure = Failure::from(io::Error::other(refused));
    /// let inner = failure.find::<io::Error>().map(io::Error::kind);
    /// assert_eq!(inner, Some(io::ErrorKind::Other), "the outermost comes first");
    /// ```
    pub fn find<X: Error + 'static>(&self) -> Option<&X> {
        find(self.error())
    }

    /// The interrupt that the error is or comes from: a cancellation, a time-out, a panic.
    pub fn interrupt(&self) -> Option<&Interrupt> {
        self.find()
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

/// The error itself, so that `?` takes it out of a chain into the `main` of a program.
impl From<Failure> for Box<dyn Error> {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

/// What is printed of the error, which itself may not leave its thread.
impl From<Failure> for Box<dyn Error + Send> {
    fn from(failure: Failure) -> Self {
        Box::new(Told::of(failure.error()))
    }
}

/// What is printed of the error, which itself may not leave its thread.
impl From<Failure> for Box<dyn Error + Send + Sync> {
    fn from(failure: Failure) -> Self {
        Box::new(Told::of(failure.error()))
    }
}

impl AsInterrupt for Failure {
    fn interrupt(&self) -> Option<&Interrupt> {
        self.find()
    }

    fn as_error(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.error())
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

/// How an error is printed, of one that may not leave its thread.
struct Told {
    display: String,
    debug: String,
}

impl Told {
    fn of(error: &dyn Error) -> Self {
        Self {
            display: error.to_string(),
            debug: format!("{error:?}"),
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display)
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.debug)
    }
}

impl Error for Told {}

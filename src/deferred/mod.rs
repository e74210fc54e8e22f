//! Results that come later: [`Deferred`] and what combines them.
//!
//! A [`Deferred`] is the end of a chain of stages; a [`Resolver`] fires its beginning. The same
//! words as in Twisted, with the types checked: a stage returns a `Result`, another Deferred, or
//! nothing ([`IntoOutcome`]), and errors that the machinery makes enter the chain's own error type
//! by `From<`[`Interrupt`]`>`.
//!
//! | to | use |
//! |---|---|
//! | make one | [`Deferred::pair`], [`with_canceller`](Deferred::with_canceller), [`succeed`], [`fail`], [`maybe_deferred`] |
//! | go on | [`add_callback`](Deferred::add_callback), [`add_errback`](Deferred::add_errback), [`add_both`](Deferred::add_both), [`add_callbacks`](Deferred::add_callbacks), [`map`](Deferred::map), `.await` |
//! | be done with it | [`handle`](Deferred::handle) |
//! | use `?` and end in a Deferred | [`try_callback`](Deferred::try_callback), [`try_errback`](Deferred::try_errback) |
//! | change the error type | [`map_err`](Deferred::map_err), [`then`](Deferred::then) |
//! | stop | [`cancel`](Deferred::cancel), [`CancelHandle`], [`add_timeout`](Deferred::add_timeout) |
//! | wait for many | [`DeferredList`], [`gather_results`], [`race`] |
//! | pass a result on | [`fork`](Deferred::fork), [`forward_to`](Deferred::forward_to), [`Resolver::follow`] |
//! | take turns | [`DeferredLock`], [`DeferredSemaphore`], [`DeferredQueue`] |
//! | see what went wrong | [`Failure`], [`set_reporter`], [`set_debugging`] |
//!
//! Nothing here does I/O, reads a clock or knows SNMP. Everything lives on one thread. Code of the
//! user's runs inside the calls that fire, add, cancel or drop, and may itself do any of these;
//! its panics stay on the chain. Nothing recurses, however long chains and waits are.
//!
//! # Examples
//!
//! A chain from beginning to end. Each request is a Deferred; a stage may return the next one.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Failure, gather_results};
//!
//! fn look_up(name: &str) -> Deferred<u32> {
//!     match name {
//!         "one" => Deferred::succeed(1),
//!         "two" => Deferred::succeed(2),
//!         _ => Deferred::fail(Failure::message(format!("no such name: {name}"))),
//!     }
//! }
//!
//! look_up("one")
//!     .add_callback(|one| look_up("two").map(move |two| one + two))
//!     .add_callback(|sum| {
//!         assert_eq!(sum, 3);
//!         look_up("three")
//!     })
//!     .add_errback(|failure| {
//!         eprintln!("{failure}");
//!         Ok(0)
//!     })
//!     .add_callback(|three| assert_eq!(three, 0));
//!
//! gather_results(["one", "two"].map(look_up))
//!     .add_callback(|numbers| println!("{numbers:?}"))
//!     .handle(|failure| eprintln!("{failure}"));
//! ```
//!
//! An error type of one's own has to take what the machinery adds, and to be printable. As an
//! [`Error`](std::error::Error) it turns into a [`Failure`], and a time-out recognises what it holds:
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Interrupt};
//! use std::error::Error;
//!
//! #[derive(Debug)]
//! enum LookupError {
//!     NoSuchName,
//!     Interrupted(Interrupt),
//! }
//!
//! impl From<Interrupt> for LookupError {
//!     fn from(interrupt: Interrupt) -> Self {
//!         Self::Interrupted(interrupt)
//!     }
//! }
//!
//! impl std::fmt::Display for LookupError {
//!     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
//!         match self {
//!             Self::NoSuchName => f.write_str("no such name"),
//!             Self::Interrupted(interrupt) => interrupt.fmt(f),
//!         }
//!     }
//! }
//!
//! impl Error for LookupError {
//!     fn source(&self) -> Option<&(dyn Error + 'static)> {
//!         match self {
//!             Self::NoSuchName => None,
//!             Self::Interrupted(interrupt) => Some(interrupt),
//!         }
//!     }
//! }
//!
//! let d: Deferred<u32, LookupError> = Deferred::fail(LookupError::NoSuchName);
//! d.add_errback(|error| match error {
//!     LookupError::NoSuchName => Ok(0),
//!     other => Err(other),
//! });
//! ```

mod adapt;
mod awaited;
mod cancel;
mod chain;
mod circle;
mod combine;
mod completion;
mod control;
mod debugging;
#[expect(clippy::module_inception, reason = "the file is named by its type")]
mod deferred;
mod end;
mod ending;
mod failure;
mod forward;
mod future;
mod gather;
mod head;
mod line;
mod outcome;
mod port;
mod queue;
mod release;
mod report;
mod resolver;
mod stage;
mod stranded;
mod sync;
mod timeout;
mod turn;

pub use adapt::{execute, maybe_deferred};
pub(crate) use awaited::{Awaited, noting_awaited};
pub use cancel::{CancelHandle, PauseGuard};
pub use combine::{DeferredList, FailureGroup, FirstError, gather_results, race};
pub use completion::IntoCompletion;
pub use debugging::{debugging, set_debugging};
pub use deferred::{Deferred, fail, succeed};
pub(crate) use ending::{Driver, is_of_the_end};
pub use failure::Failure;
pub use future::DeferredFuture;
pub(crate) use future::{is_firing, resume_by};
pub use gather::Rest;
pub use outcome::{AsInterrupt, Fault, Interrupt, IntoOutcome, Outcome, Recovery};
pub use queue::{DeferredQueue, QueueOverflow, QueueUnderflow};
pub(crate) use release::{discard, own_code};
pub(crate) use report::unhandled;
pub use report::{Unhandled, reset_reporter, set_reporter};
pub use resolver::{AlreadyCalled, Resolver, SharedResolver};
pub use sync::{DeferredLock, DeferredSemaphore, NoTokens, Token};
pub use timeout::{ScheduledCall, TimeSource};

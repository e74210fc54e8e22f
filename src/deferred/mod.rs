//! Results that come later: [`Deferred`] and what combines them.
//!
//! Nothing here does I/O, reads a clock or knows SNMP. Everything lives on one thread; code of the
//! user's runs inside the calls that fire, add, cancel or drop, and may itself do any of these.

mod adapt;
mod cancel;
mod chain;
mod combine;
mod control;
mod debugging;
#[expect(clippy::module_inception, reason = "the file is named by its type")]
mod deferred;
mod end;
mod failure;
mod forward;
mod future;
mod gather;
mod head;
mod outcome;
mod port;
mod queue;
mod release;
mod report;
mod resolver;
mod stage;
mod sync;
mod timeout;

pub use adapt::{execute, maybe_deferred};
pub use cancel::{CancelHandle, PauseGuard};
pub use combine::{DeferredList, FailureGroup, FirstError, gather_results, race};
pub use debugging::{debugging, set_debugging};
pub use deferred::{Deferred, fail, succeed};
pub use failure::Failure;
pub use future::DeferredFuture;
pub(crate) use future::{Awaited, is_firing, noting_awaited, resume_by};
pub use gather::Rest;
pub use outcome::{AsInterrupt, Fault, Interrupt, IntoOutcome, Outcome};
pub use queue::{DeferredQueue, QueueOverflow, QueueUnderflow};
pub(crate) use report::unhandled;
pub use report::{Unhandled, reset_reporter, set_reporter};
pub use resolver::{AlreadyCalled, Resolver, SharedResolver};
pub use sync::{DeferredLock, DeferredSemaphore, NoTokens, Token};
pub use timeout::{Clock, ScheduledCall};

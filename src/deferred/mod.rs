//! Results that come later: [`Deferred`] and what combines them.
//!
//! Nothing here does I/O, reads a clock or knows SNMP. Everything lives on one thread; code of the
//! user's runs inside the calls that fire, add, cancel or drop, and may itself do any of these.

mod cancel;
mod chain;
mod combine;
#[expect(clippy::module_inception, reason = "the file is named by its type")]
mod deferred;
mod failure;
mod head;
mod outcome;
mod release;
mod report;
mod resolver;
mod stage;

pub use cancel::{CancelHandle, PauseGuard};
pub use combine::{DeferredList, FirstError, gather_results};
pub use deferred::{Deferred, fail, succeed};
pub use failure::Failure;
pub use outcome::{AsInterrupt, Fault, Interrupt, IntoOutcome};
pub(crate) use report::unhandled;
pub use report::{Unhandled, reset_reporter, set_reporter};
pub use resolver::{AlreadyCalled, Resolver};

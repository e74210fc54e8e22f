//! The rules of Deferred, one test a rule; the number of the rule begins the test's name.

mod cancel;
mod chaining;
mod combine;
mod errors;
mod journal;
mod reentrancy;
#[path = "../util/result_of.rs"]
mod result_of;
mod stages;
mod sync;
mod timeout;

//! Programs around the reactor: [`react`], repeated and delayed calls, work in small units, and a
//! [`Clock`] for tests of all of them.

mod clock;
mod cooperator;
mod defer_later;
mod looping_call;
mod react;
#[cfg(test)]
mod virtual_time;

pub use crate::deferred::TimeSource;
pub use clock::{Clock, ClockSpins};
pub use cooperator::{CooperativeTask, Cooperator, TaskError};
pub use defer_later::{defer_later, sleep};
pub use looping_call::{LoopError, LoopingCall};
pub use react::{Exit, MainOutcome, ProgramEnd, react};

//! For tests of programs that use this crate (feature `testing`): what a Deferred has come to, and a network in
//! virtual time.
//!
//! [`success_result_of`], [`failure_result_of`] and [`assert_no_result`] are for whatever gives a Deferred; time moves by a
//! [`Clock`](crate::task::Clock), as the recipe [a test without waiting](crate::manual::recipes#a-test-without-waiting) shows.
//!
//! [`Simulation`] holds engines and the [`Wire`] between them. Nothing sleeps and no socket is
//! opened: time jumps from one thing that is due to the next. Same seed, same run. Its engines are those of
//! [`hlapi`](crate::hlapi), for programs as they stand, and those of [`engine`](crate::engine), without a reactor;
//! [`manual::virtual_time`](crate::manual::virtual_time) shows both sides.

mod medium;
mod random;
mod results;
mod simulation;
mod wire;

pub use random::Random;
pub use results::{assert_no_result, failure_result_of, success_result_of};
pub use simulation::{NodeId, Simulation};
pub use wire::{Delivery, Wire, WireStatistics};

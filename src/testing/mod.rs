//! A network in virtual time, for tests of programs that use this crate (feature `testing`).
//!
//! [`Simulation`] holds engines and the [`Wire`] between them. Nothing sleeps and no socket is
//! opened: time jumps from one thing that is due to the next. Same seed, same run.

mod random;
mod simulation;
mod wire;

pub use random::Random;
pub use simulation::{NodeId, Simulation};
pub use wire::{Delivery, Wire, WireStatistics};

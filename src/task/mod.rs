//! Programs around the reactor: [`react`].

mod react;

pub use react::{Exit, MainOutcome, Outcome, react};

//! What an engine keeps from one start to the next.

mod engine_state;
mod error;
mod file;
mod sys;

pub use engine_state::EngineState;
pub use error::StateError;

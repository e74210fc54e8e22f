//! Walks: against scripted answers, and against agents on a simulated wire.

mod limits;
mod script;
mod simulated;
mod stops;

//! Walks: against scripted answers, and against agents on a simulated wire.

mod cut;
mod limits;
mod order;
mod roots;
mod script;
mod silence;
mod simulated;
mod stops;

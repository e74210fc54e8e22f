//! Walks: against scripted answers, and against agents on a simulated wire.

mod util;

#[path = "walk/limits.rs"]
mod limits;
#[path = "walk/script.rs"]
mod script;
#[path = "walk/simulated.rs"]
mod simulated;
#[path = "walk/stops.rs"]
mod stops;

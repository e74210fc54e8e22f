//! The repository keeps its own rules.

mod errors;
mod layering;
mod manual;
mod mistakes;
mod names;

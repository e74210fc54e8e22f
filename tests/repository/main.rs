//! The repository keeps its own rules.

mod layering;
mod manual;

//! The rules of chapter R, but for threads and signals.

mod descriptors;
#[path = "../loops/mod.rs"]
mod loops;
mod passes;
mod stream;
mod timers;

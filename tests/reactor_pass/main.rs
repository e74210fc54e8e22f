//! The rules of chapter R, but for threads and signals.

mod descriptors;
#[path = "../loops/mod.rs"]
mod loops;
mod passes;
mod reentrancy;
mod stream;
mod timers;

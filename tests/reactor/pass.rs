//! The rules of chapter R, but for threads and signals.

mod descriptors;
mod events;
mod passes;
mod reentrancy;
mod stream;
mod timers;

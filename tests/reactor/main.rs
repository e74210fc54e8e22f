//! The reactor, its ports and streams, and the programs around it.

mod cooperator;
mod coroutines;
mod embedding;
mod pass;
mod signals;
mod task;
mod tcp;
mod threads;
mod udp;
mod unix;

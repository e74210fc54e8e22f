//! The engine without I/O: each request has one outcome, at the right instant, from the right peer.

#[path = "../util/mod.rs"]
mod util;

mod informs;
mod matching;
mod names;
mod notifications;
mod outcomes;
mod queues;
mod serving;
mod submitting;
mod window;

//! The engine without I/O: each request has one outcome, at the right instant, from the right peer.

mod crowded_informs;
mod failures;
mod faultproxy;
mod ill_formed;
mod informs;
mod leniency;
mod matching;
mod names;
mod notifications;
mod outcomes;
mod queues;
mod registry;
mod serving;
mod short_identifiers;
mod simulation;
mod state;
mod submitting;
mod troubles;
mod window;

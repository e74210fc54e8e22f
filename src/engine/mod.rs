//! The SNMP engine of RFC 3411 without sockets and without a clock.
//!
//! [`Engine`] takes commands ([`Engine::submit`]), datagrams ([`Engine::handle_message`]) and the
//! time ([`Engine::handle_timeout`]), and yields datagrams to send ([`Engine::poll_transmit`]),
//! events ([`Engine::poll_event`]) and the instant at which it wants to be called again
//! ([`Engine::next_deadline`]). Any interleaving of inputs is right: outputs are queued, for each endpoint on
//! its own; a port that is full gives back what it could not send ([`Engine::take_back`]), and tells what the system
//! refused ([`Engine::handle_send_failure`]).
//!
//! It speaks SNMPv1, SNMPv2c, and SNMPv3 with the user-based security model, as the side that asks
//! ([`Credentials`]) and as the one that is asked ([`EngineConfig::users`]). Engines of others are
//! discovered and their clocks followed without the program's doing.
//!
//! Same inputs and same seed give the same outputs, octet for octet.

mod address;
mod buffers;
mod common;
mod config;
#[expect(
    clippy::module_inception,
    reason = "the file holds the type of that name"
)]
mod engine;
mod error;
mod event;
mod failures;
#[cfg(any(fuzzing, feature = "testing"))]
mod fuzz;
mod identifiers;
mod local;
mod models;
mod numbers;
mod outstanding;
mod peers;
mod pending;
mod processing;
mod records;
mod refusals;
mod responses;
mod send_queues;
mod sending;
mod served;
mod stats;
mod trouble;
mod v3;

pub use address::{Address, Endpoint, Peer, TransportDomain};
pub use config::EngineConfig;
pub use engine::Engine;
pub(crate) use engine::later;
pub use error::{ErrorIndication, SubmitError};
pub use event::{
    Credentials, Discovery, Event, IncomingNotification, IncomingRequest, IncomingResponse,
    Request, RequestId, StateReference, Transmit,
};
pub use failures::{SendFailure, SystemError};
#[cfg(any(fuzzing, feature = "testing"))]
#[doc(hidden)]
pub use fuzz::{fuzz_config, fuzz_engine};
#[cfg(any(test, feature = "testing"))]
pub(crate) use identifiers::split_mix;
pub use served::{ContextScope, PduClass, RegistrationError, RegistrationId};
pub use stats::Statistics;
pub use trouble::Trouble;
pub use v3::{Context, Refusal, UsmCredentials};

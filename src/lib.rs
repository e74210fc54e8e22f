//! SNMP in the callback style of Twisted: every operation returns a [`Deferred`](deferred::Deferred).
//!
//! ```no_run
//! // Not run here: it asks an agent on port 161.
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::task::react;
//!
//! fn main() -> ExitCode {
//!     react(|reactor| {
//!         let target = UdpTransportTarget::new(("127.0.0.1", 161));
//!         SnmpEngine::new(reactor)
//!             .remote(&CommunityData::new("public"), &target)
//!             .get(["SNMPv2-MIB::sysDescr.0"])
//!             .add_callback(|response| response.iter().for_each(|var_bind| println!("{var_bind}")))
//!             .handle(|error| eprintln!("failure: {error}"))
//!     })
//! }
//! ```
//!
//! # Where to look
//!
//! | for | look at |
//! |---|---|
//! | asking, setting, walking, notifying and receiving: what most programs need | [`hlapi`], with PySNMP's nouns and verbs |
//! | an agent, with its objects by the names of MIB modules | [`hlapi::Agent`], [`objects`](mod@objects), [`manual::agent`] |
//! | a whole program as one Deferred, pauses, repeated calls, a clock moved by hand | [`task`] |
//! | results that come later, chained or side by side, and limits on how many at once | [`deferred`] |
//! | timed calls, sockets, threads, coroutines; a loop of its own or a guest in yours | [`reactor`] |
//! | recipes, and the way over from PySNMP and Twisted | [`manual`] |
//! | programs to run and to copy from | `examples/` |
//!
//! # The layers, from the bottom
//!
//! The protocol. None of these modules opens a socket, reads a clock or starts a thread; time and
//! chance are arguments.
//!
//! - [`asn1`]: BER, checked. No input makes it panic or allocate beyond its length.
//! - [`smi`]: object identifiers, values, variable bindings; views that borrow from a datagram, and
//!   owned values that can hold only what is valid.
//! - [`pdu`] and [`message`]: what is inside a message, and the message.
//! - [`security`]: who speaks, and how well that is known.
//! - [`engine`]: sends requests, matches answers, retries, gives up, counts. Each request ends exactly
//!   once.
//! - [`names`]: what the variables are called, and what their values look like.
//! - [`access`] and [`objects`](mod@objects): who may see what, and the managed objects.
//! - [`applications`]: commands, walks, and the agent that answers.
//!
//! The event loop, which knows nothing of SNMP: [`deferred`], [`reactor`] and [`task`]. No recursion, however long a
//! chain is.
//!
//! Both together.
//!
//! - [`transport`]: the seam between an engine and what carries its messages, such as the UDP ports of a reactor.
//! - [`hlapi`]: one call, one Deferred.
//! - `testing` (feature): a lossy network in virtual time, for engines and for whole programs.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[macro_use]
mod macros;

mod deadline_queue;
mod slot_list;
mod throttle;

pub mod access;
pub mod applications;
pub mod asn1;
pub mod engine;
pub mod message;
pub mod names;
pub mod objects;
pub mod pdu;
pub mod security;
pub mod smi;

pub mod deferred;
pub mod reactor;
pub mod task;

pub mod hlapi;
pub mod manual;

#[cfg(any(test, feature = "testing"))]
// Otherwise rustdoc names `test` too, which is no feature.
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
pub mod testing;
pub mod transport;

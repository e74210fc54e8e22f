//! SNMP in the callback style of Twisted: every operation returns a [`deferred::Deferred`].

#[macro_use]
mod macros;

mod deadline_heap;

pub mod access;
pub mod applications;
pub mod asn1;
pub mod engine;
pub mod message;
pub mod mib;
pub mod pdu;
pub mod security;
pub mod smi;

pub mod deferred;
pub mod reactor;
pub mod task;

pub mod hlapi;
pub mod manual;

#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;

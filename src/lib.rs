//! SNMP in the callback style of Twisted: every operation returns a [`deferred::Deferred`].

#[macro_use]
mod macros;

mod deadline_heap;

pub mod asn1;
pub mod smi;
pub mod pdu;
pub mod message;
pub mod security;
pub mod access;
pub mod mib;
pub mod engine;
pub mod applications;

pub mod deferred;
pub mod reactor;
pub mod task;

pub mod transport;
pub mod hlapi;


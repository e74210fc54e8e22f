//! SNMPv3 between engines, without sockets: discovery, clocks, reports, protection.

mod pair;

mod adversary;
mod attacks;
mod bounds;
mod discovery;
mod errors;
mod exchange;
mod hostile;
mod informs;
mod leniency;
mod local_engine;
mod names;
mod notifications;
mod queues;
#[cfg(feature = "log")]
mod records;
mod recovery;
mod registry;
mod short_identifiers;
mod simulation;
mod sizes;
mod traps_and_informs;
mod troubles;
mod trust;
mod vectors;

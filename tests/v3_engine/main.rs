//! SNMPv3 between engines, without sockets: discovery, clocks, reports, protection.

#[path = "../util/mod.rs"]
mod util;

mod pair;

mod adversary;
mod attacks;
mod bounds;
mod errors;
mod exchange;
mod hostile;
mod informs;
mod names;
mod notifications;
mod queues;
mod recovery;
mod sizes;
mod trust;
mod vectors;

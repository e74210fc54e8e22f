//! Guides. There is nothing to use in here; the code in them is compiled and run with the tests.
//!
//! | guide | for |
//! |---|---|
//! | [`recipes`] | short answers: poll, write traps to a file, set, tables, discover, many agents, a test without waiting |
//! | [`agent`] | writing an agent: objects by name, tables, rows that managers make, communities, users, contexts |
//! | [`agent_later`] | objects that answer later, and objects of one's own |
//! | [`deferred`] | thinking in chains: two tracks, waiting, errors, cancelling |
//! | [`coming_from_pysnmp`] | PySNMP's high-level API, name by name, and six programs ported |
//! | [`coming_from_pysnmp_agent`] | the agent's side of PySNMP, name by name, and an agent ported |
//! | [`coming_from_twisted`] | Twisted's names and ours, and five programs ported |
//! | [`embedding`] | running inside an event loop that you have already |
//! | [`leniency`] | what is read although the standards have it otherwise |
//! | [`security`] | what is protected, what is not, and what to do for it |
//! | [`threading`] | what may cross threads, and how |
//! | [`virtual_time`] | whole programs on a simulated network, without waiting |
//! | [`features`] | what can be switched on and off |
//!
//! The programs in `examples/` are the other half of the manual.

pub mod agent;
pub mod agent_later;
pub mod coming_from_pysnmp;
pub mod coming_from_pysnmp_agent;
pub mod coming_from_twisted;
pub mod deferred;
pub mod embedding;
pub mod features;
pub mod leniency;
#[cfg(doctest)]
pub mod readme;
pub mod recipes;
pub mod security;
pub mod threading;
pub mod virtual_time;

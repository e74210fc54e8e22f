//! Against Net-SNMP: its manager, its agent, its receiver of notifications.

mod agent;
mod agent_examples;
#[cfg(feature = "signals")]
mod daemons;
mod examples;
mod full_agent;
mod harness;
mod later_agent;
mod load;
mod manager;
mod notifications;
mod odd_agent;
mod packets;
mod v3;
mod v3_agent;
mod walks;

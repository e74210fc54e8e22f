//! The interface of programs: commands, notifications and walks, each a Deferred.

mod agent;
mod agents;
mod bad_input;
mod bindings;
mod commands;
mod ending;
#[cfg(unix)]
mod given_sockets;
mod globs;
mod lifetime;
mod mibs;
mod networks;
mod notification_objects;
mod notifications;
mod observer;
mod odd_agents;
mod odd_notifications;
mod parts;
mod pdu;
mod receiving;
#[cfg(feature = "log")]
mod records;
mod registered;
mod remote;
mod rows;
#[cfg(feature = "serde")]
mod serialize;
mod served;
mod simulated_hosts;
mod table;
mod tasks;
mod timeouts;
mod unreachable;
mod v3;
mod values;
mod virtual_time;
mod walk;
mod zones;

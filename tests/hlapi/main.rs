//! The interface of programs: commands, notifications and walks, each a Deferred.

mod bad_input;
mod commands;
mod lifetime;
mod mibs;
mod notifications;
mod observer;
mod pdu;
mod unreachable;
mod v3;
mod values;
mod walk;
mod zones;

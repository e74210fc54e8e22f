//! UDP ports: the rules of chapter U, on loopback.

#[cfg(target_os = "linux")]
mod fragments;
mod groups;
#[path = "../loops/mod.rs"]
mod loops;
mod ports;
mod recorder;

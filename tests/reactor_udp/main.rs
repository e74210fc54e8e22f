//! UDP ports: the rules of chapter U, on loopback.

#[cfg(target_os = "linux")]
mod fragments;
#[cfg(target_os = "linux")]
mod full;
mod groups;
#[path = "../loops/mod.rs"]
mod loops;
#[cfg(target_os = "linux")]
mod namespace;
mod ports;
mod recorder;
#[cfg(target_os = "linux")]
#[path = "../util/mod.rs"]
mod util;

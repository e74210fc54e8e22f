//! UDP ports: the rules of chapter U, on loopback.

#[cfg(target_os = "linux")]
mod forged;
#[cfg(target_os = "linux")]
mod fragments;
#[cfg(target_os = "linux")]
mod full;
mod groups;
#[cfg(target_os = "linux")]
mod injected;
#[cfg(target_os = "linux")]
mod namespace;
mod options;
mod ports;
mod recorder;
#[cfg(target_os = "linux")]
mod routes;

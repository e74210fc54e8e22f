//! UDP ports: the rules of chapter U, on loopback.

mod groups;
#[path = "../loops/mod.rs"]
mod loops;
mod ports;
mod recorder;

//! TCP connections on loopback: flow control, the ways to end, and what callbacks may do.

mod actor;
mod connecting;
mod ending;
mod flow;
mod reentrancy;

//! Where the two trunks meet: ports of the reactor feed an engine, and carry what it sends.

mod binding;
mod buffers;
mod failures;
mod link;
mod ports;
mod pump;
mod sent;
#[cfg(test)]
mod tests;

pub use binding::{Binding, Direction, EventSink};

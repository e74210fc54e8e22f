//! Where the two trunks meet: what the reactor carries feeds an engine, and carries what it sends.
//!
//! A [`Binding`] ties an engine to a reactor. It knows no transport: a [`Network`] opens a [`Carrier`] for each endpoint,
//! which takes whole messages, and hands in those that come by its [`Link`]. [`UdpNetwork`] is the network of UDP.

mod binding;
mod buffers;
mod carrier;
mod datagram;
mod failures;
mod link;
mod outbox;
mod pump;
mod sent;
#[cfg(test)]
mod tests;

pub use binding::{Binding, Direction, EventSink};
pub use buffers::Buffers;
pub use carrier::{Carrier, Network, OpenError, Opening};
pub use datagram::UdpNetwork;
pub use link::Link;

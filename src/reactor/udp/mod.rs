//! UDP ports: Twisted's `listenUDP`, with batches and the address a datagram was sent to.

mod batch;
mod error;
mod multicast;
mod news;
mod options;
mod port;
mod protocol;
mod sending;
mod sys;
mod udp_port;

pub use batch::{Route, SendBatch};
pub use error::{BatchError, CannotListenError, SendError};
pub use multicast::{Interface, MulticastJoinError};
pub use options::UdpOptions;
pub use protocol::{Datagram, DatagramProtocol};
pub(super) use sys::Inbox;
pub use udp_port::UdpPort;

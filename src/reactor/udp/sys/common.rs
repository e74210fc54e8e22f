//! What all systems share: limits, and a datagram as it lies in an `Inbox`.

use std::net::{IpAddr, SocketAddr};

/// Datagrams of one system call, where it takes several.
pub(in crate::reactor::udp) const BATCH: usize = 32;

/// The longest datagram.
pub(in crate::reactor::udp) const LONGEST: usize = 65_535;

/// From one buffer to the next. Not a power of two, which would put the beginnings of all
/// datagrams into the same few cache lines.
pub(super) const STRIDE: usize = 65_536 + 192;

/// One datagram in an `Inbox`.
pub(in crate::reactor::udp) struct Received<'a> {
    pub(in crate::reactor::udp) data: &'a [u8],
    pub(in crate::reactor::udp) from: SocketAddr,
    pub(in crate::reactor::udp) to: Option<IpAddr>,
    pub(in crate::reactor::udp) truncated: bool,
}

/// What is known of a datagram beside its octets.
pub(super) struct Envelope {
    pub(super) len: usize,
    pub(super) from: SocketAddr,
    pub(super) to: Option<IpAddr>,
    pub(super) truncated: bool,
}

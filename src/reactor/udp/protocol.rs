//! What a program implements to receive datagrams, and what it is given.

use std::io;
use std::net::{IpAddr, SocketAddr};

use super::UdpPort;

/// What a [`UdpPort`] tells about; the methods run inside passes of the reactor only.
pub trait DatagramProtocol {
    /// The port is bound; called inside `listen_udp`, before anything is read.
    fn start_protocol(&self, port: &UdpPort) {
        let _ = port;
    }

    /// A datagram has come: once for each, in order, empty ones included.
    fn datagram_received(&self, datagram: Datagram<'_>);

    /// The datagrams read in one go have all been delivered: the place to send what they caused.
    fn batch_received(&self) {}

    /// A send that would have blocked may be tried again.
    fn writable(&self) {}

    /// The peer's host says that nobody listens there; only on a connected port.
    fn connection_refused(&self) {}

    /// The network says that a datagram to `to` was not delivered: `ConnectionRefused` where nobody listens there,
    /// otherwise what the system makes of it, such as "no route to host". Anyone can forge that.
    ///
    /// Only where it is [asked for](super::UdpOptions::undelivered), and on Linux, where it comes soon after the send and for
    /// as many datagrams as the other side cares to tell of. Other systems tell nothing of a port that is not
    /// [connected](UdpPort::connect). On one that is, [`connection_refused`](Self::connection_refused) is called for a
    /// refusal as well.
    fn undelivered(&self, to: SocketAddr, error: &io::Error) {
        let _ = (to, error);
    }

    /// The port is closed; called once for each `start_protocol`, also at shutdown.
    fn stop_protocol(&self) {}
}

/// One datagram as received; the octets are lent for the call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Datagram<'a> {
    /// The payload.
    pub data: &'a [u8],
    /// Who sent it.
    pub from: SocketAddr,
    /// The address of this host it was sent to, where known: the one to answer from. For
    /// broadcasts the address of the interface; none for IPv6 multicast, and on a port for every address
    /// where it was not [asked for](super::UdpOptions::destination).
    pub to: Option<IpAddr>,
}

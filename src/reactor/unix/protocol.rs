//! What a program implements to receive datagrams of its host.

use std::path::Path;

use super::UnixDatagramPort;

/// What a [`UnixDatagramPort`] tells about; the methods run inside passes of the reactor only.
pub trait UnixDatagramProtocol {
    /// The port is open; called inside the call that opens it, before anything is read.
    fn start_protocol(&self, port: &UnixDatagramPort) {
        let _ = port;
    }

    /// A datagram has come: once for each, in order, empty ones included. `from` is the path of the
    /// sender's socket, if that has one.
    fn datagram_received(&self, data: &[u8], from: Option<&Path>);

    /// A send to the peer of a connected port, which would have blocked, may be tried again.
    fn writable(&self) {}

    /// The port is closed; called once for each `start_protocol`, also at shutdown.
    fn stop_protocol(&self) {}
}

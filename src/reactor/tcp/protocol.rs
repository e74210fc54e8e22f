//! What a program implements to serve a TCP connection.

use super::{ConnectionLost, Transport};

/// What a connection tells about; the methods run inside passes of the reactor only.
///
/// Each gets the connection's [`Transport`], so a protocol that serves one connection needs no
/// handle on it, and one without state can serve many. A method that panics is reported and ends
/// the connection.
pub trait Protocol {
    /// The connection stands; called once, before anything else.
    fn connection_made(&self, transport: &Transport) {
        let _ = transport;
    }

    /// Octets have come, as many as there were: their division means nothing.
    fn data_received(&self, transport: &Transport, data: &[u8]);

    /// The queue that was full, see [`Transport::write`], is empty: go on writing.
    fn writable(&self, transport: &Transport) {
        let _ = transport;
    }

    /// The peer has ended its sending; it may still receive.
    ///
    /// By default the connection is closed when what was written has gone.
    fn read_connection_lost(&self, transport: &Transport) {
        transport.lose_connection();
    }

    /// The end that [`Transport::lose_write_connection`] asked for has gone to the peer.
    fn write_connection_lost(&self, transport: &Transport) {
        let _ = transport;
    }

    /// The connection is over; called once for each `connection_made`, also at shutdown, and last.
    fn connection_lost(&self, reason: ConnectionLost);
}

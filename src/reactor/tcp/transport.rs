//! The handle of a TCP connection.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};

use super::WriteError;
use super::connection::Connection;

/// An established TCP connection; clones are handles of the same one.
///
/// Dropping all handles does not close it: it stays until either side closes it or the reactor
/// ends. Nothing here calls the protocol before it returns.
#[derive(Clone)]
pub struct Transport {
    pub(super) connection: Rc<Connection>,
}

impl Transport {
    /// The address of this side.
    pub fn local_addr(&self) -> SocketAddr {
        self.connection.local
    }

    /// The address of the other side.
    pub fn peer_addr(&self) -> SocketAddr {
        self.connection.peer
    }

    /// Queues octets for sending, all of them or none; they go out in the reactor's next pass,
    /// together with what else was written by then.
    ///
    /// # Errors
    ///
    /// [`WriteError::Full`] if the queue is not empty and would grow beyond
    /// [`Transport::set_write_limit`]: write again when the protocol's `writable` is called.
    /// [`WriteError::Closed`] after any of the methods that end sending.
    pub fn write(&self, data: &[u8]) -> Result<(), WriteError> {
        self.connection.write(data)
    }

    /// How many octets are queued and have not been taken by the system.
    pub fn unsent(&self) -> usize {
        self.connection.unsent()
    }

    /// Sets how many octets the queue holds before [`Transport::write`] refuses more; a single
    /// longer write is taken when it is empty. Default 64 KiB.
    pub fn set_write_limit(&self, octets: usize) {
        self.connection.limit.set(octets);
    }

    /// Stops reading: what comes stays with the system, which in the end holds up the peer.
    /// Idempotent.
    pub fn pause_producing(&self) {
        self.connection.paused.set(true);
    }

    /// Ends [`Transport::pause_producing`], however often that was called.
    pub fn resume_producing(&self) {
        self.connection.resume();
    }

    /// Closes the connection when what was written has gone; nothing is received any more.
    ///
    /// A peer that does not read can put that off for ever; [`Transport::abort_connection`] ends
    /// it. If octets of the peer's are left unread, its system may drop the last that it was sent.
    pub fn lose_connection(&self) {
        self.connection.lose();
    }

    /// Ends sending when what was written has gone; receiving goes on.
    pub fn lose_write_connection(&self) {
        self.connection.lose_write();
    }

    /// Ends the connection at once, as an error for the other side; what has not been sent is
    /// dropped. The protocol is told [`ConnectionLost::Aborted`](super::ConnectionLost::Aborted) in the next pass.
    pub fn abort_connection(&self) {
        self.connection.abort();
    }

    /// Whether the connection stands and nobody has asked for its end.
    pub fn is_connected(&self) -> bool {
        self.connection.is_connected()
    }

    /// Whether small writes go at once (TCP_NODELAY) and do not wait for an acknowledgement of
    /// earlier ones. Default: as the system has it, which is to wait.
    pub fn set_tcp_no_delay(&self, on: bool) -> io::Result<()> {
        self.connection.with_stream(|stream| stream.set_nodelay(on))
    }

    /// Whether the system asks after a peer that has been silent for so long; none turns it off,
    /// which is the default.
    pub fn set_tcp_keep_alive(&self, idle: Option<Duration>) -> io::Result<()> {
        self.connection.with_stream(|stream| {
            let socket = SockRef::from(stream);
            match idle {
                Some(idle) => socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(idle)),
                None => socket.set_keepalive(false),
            }
        })
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("local_addr", &self.local_addr())
            .field("peer_addr", &self.peer_addr())
            .field("connected", &self.is_connected())
            .finish_non_exhaustive()
    }
}

//! TCP: Twisted's `listenTCP` and `connectTCP`, byte streams with flow control and half close.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};

use super::core::Core;
use super::udp::CannotListenError;
use crate::deferred::Deferred;

mod connecting;
mod connection;
mod error;
mod listener;

use connection::Connection;
use listener::{Listener, MakeProtocol};

pub(super) use connecting::connect;
pub use error::{ConnectError, ConnectionLost, WriteError};

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

/// An established TCP connection; clones are handles of the same one.
///
/// Dropping all handles does not close it: it stays until either side closes it or the reactor
/// ends. Nothing here calls the protocol before it returns.
#[derive(Clone)]
pub struct Transport {
    connection: Rc<Connection>,
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
    /// dropped. The protocol is told [`ConnectionLost::Aborted`] in the next pass.
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

/// A socket that takes TCP connections; clones are handles of the same one.
///
/// Dropping all handles does not close it: it listens until [`TcpPort::stop_listening`] or the end
/// of the reactor.
#[derive(Clone)]
pub struct TcpPort {
    listener: Rc<Listener>,
}

impl TcpPort {
    pub(super) fn listen(
        core: &Rc<Core>,
        addr: SocketAddr,
        make: MakeProtocol,
    ) -> Result<Self, CannotListenError> {
        let listener = Listener::open(core, addr, make);
        let listener = listener.map_err(|error| CannotListenError { addr, error })?;
        Ok(Self { listener })
    }

    /// The address it is bound to, with the real port.
    pub fn local_addr(&self) -> SocketAddr {
        self.listener.local
    }

    /// Takes no more connections; the Deferred fires when the socket is closed, which is at the end
    /// of the present pass or in the next one. Connections that stand are not touched.
    pub fn stop_listening(&self) -> Deferred<()> {
        self.listener.stop()
    }

    /// Whether the port still listens.
    pub fn is_listening(&self) -> bool {
        !self.listener.closing.get()
    }
}

impl fmt::Debug for TcpPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TcpPort")
            .field("local_addr", &self.local_addr())
            .field("listening", &self.is_listening())
            .finish_non_exhaustive()
    }
}

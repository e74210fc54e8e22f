//! The handle of a UDP port.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
#[cfg(unix)]
use std::os::fd::BorrowedFd;
use std::rc::Rc;

use mio::net::UdpSocket;
use socket2::SockRef;

use super::options::{UdpOptions, set_receive_buffer, set_send_buffer};
use super::port::Port;
use super::{BatchError, CannotListenError, DatagramProtocol, SendBatch, SendError, sys};
use crate::deferred::Deferred;
use crate::reactor::addresses::canonical;
use crate::reactor::attempt::{Call, attempt};
use crate::reactor::core::Core;

/// A bound UDP socket; clones are handles of the same one.
///
/// Dropping all handles does not close it: it listens until [`UdpPort::stop_listening`] or the
/// end of the reactor.
#[derive(Clone)]
pub struct UdpPort {
    pub(super) port: Rc<Port>,
}

impl UdpPort {
    pub(in crate::reactor) fn listen(
        core: &Rc<Core>,
        addr: SocketAddr,
        options: &UdpOptions,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> Result<Self, CannotListenError> {
        let addr = canonical(addr);
        let bound = options
            .bind(addr)
            .and_then(|(socket, setup)| Port::open(core, socket, setup, protocol));
        bound.map_err(|error| CannotListenError { addr, error })
    }

    /// A port on a duplicate of a socket that is bound already.
    #[cfg(unix)]
    pub(in crate::reactor) fn adopt(
        core: &Rc<Core>,
        socket: BorrowedFd<'_>,
        options: &UdpOptions,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> io::Result<Self> {
        let (socket, setup) = options.adopt(socket)?;
        Port::open(core, socket, setup, protocol)
    }

    /// The address it is bound to, with the real port.
    pub fn local_addr(&self) -> SocketAddr {
        self.port.local
    }

    /// Sends one datagram at once; nothing is buffered.
    ///
    /// The address must be of the port's family. After [`SendError::WouldBlock`] the protocol's
    /// `writable` is called when it is worth trying again. What the system refuses is tried a second time, since
    /// the error may be that of an earlier datagram to somebody else.
    pub fn write(&self, data: &[u8], to: SocketAddr) -> Result<(), SendError> {
        self.write_from(data, to, None)
    }

    /// As [`UdpPort::write`], from the given address of this host: an answer's should be the
    /// [`Datagram::to`](super::Datagram::to) of the question.
    pub fn write_from(
        &self,
        data: &[u8],
        to: SocketAddr,
        from: Option<IpAddr>,
    ) -> Result<(), SendError> {
        let port = &self.port;
        let (to, from) = port.route(to, from)?;
        // Naming the peer of a connected socket is an error on some systems.
        let connected = port.peer.get().is_some();
        let send = |socket: &UdpSocket| match connected {
            true => socket.send(data).map(drop),
            false => sys::send(socket, data, to, from),
        };
        port.with_socket(|socket| attempt(Call::Send, || send(socket)))?
            .or_else(|error| port.send_again(error, send))
    }

    /// Ties the port to one peer: nobody else is heard, and nobody else can be written to.
    ///
    /// Only then does `connection_refused` tell that nobody listens there. Fails for an address of
    /// another family, and the second time.
    pub fn connect(&self, peer: SocketAddr) -> Result<(), SendError> {
        let port = &self.port;
        if port.peer.get().is_some() {
            return Err(SendError::InvalidAddress(peer));
        }
        let (to, _) = port.route(peer, None)?;
        port.with_socket(|socket| socket.connect(to))?
            .map_err(SendError::Io)?;
        port.peer.set(Some(canonical(peer)));
        Ok(())
    }

    /// The peer the port is tied to.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.port.peer.get()
    }

    /// Sends the datagrams of a batch in order, up to 32 with one system call where there is one.
    ///
    /// Gives how many went; less than all means that the next one would block, and `writable` of
    /// the protocol is called when it is worth trying again. [`SendBatch::discard`] removes what
    /// went. An error concerns the first datagram that did not go.
    pub fn write_batch(&self, batch: &SendBatch) -> Result<usize, BatchError> {
        let port = &self.port;
        let mut sent = 0;
        while sent < batch.len() {
            match port.send_some(batch, sent) {
                Ok(count) => sent += count,
                Err(SendError::WouldBlock) => break,
                Err(error) => return Err(BatchError { sent, error }),
            }
        }
        Ok(sent)
    }

    /// Stops reading at once; the Deferred fires when the socket is closed and `stop_protocol`
    /// has run, which is at the end of the present pass or in the next one.
    pub fn stop_listening(&self) -> Deferred<()> {
        self.port.registration.stop(self.port.clone())
    }

    /// Whether the port still listens.
    pub fn is_listening(&self) -> bool {
        !self.port.registration.is_closing()
    }

    /// Asks for a receive buffer of so many octets, in place of that of [`UdpOptions::receive_buffer`], and gives what the
    /// system granted.
    ///
    /// The usual default of 208 KiB holds 270 small datagrams; a program with thousands of
    /// outstanding requests wants 4 MiB.
    pub fn set_receive_buffer(&self, octets: usize) -> io::Result<usize> {
        self.option(|socket| set_receive_buffer(socket, octets))?;
        self.receive_buffer()
    }

    /// The receive buffer as the system counts it: Linux doubles the figure that was asked for, and caps it at
    /// `net.core.rmem_max` before.
    pub fn receive_buffer(&self) -> io::Result<usize> {
        self.option(|socket| socket.recv_buffer_size())
    }

    /// As [`UdpPort::set_receive_buffer`], for sending.
    pub fn set_send_buffer(&self, octets: usize) -> io::Result<usize> {
        self.option(|socket| set_send_buffer(socket, octets))?;
        self.send_buffer()
    }

    /// As [`UdpPort::receive_buffer`], for sending; the cap is `net.core.wmem_max`.
    pub fn send_buffer(&self) -> io::Result<usize> {
        self.option(|socket| socket.send_buffer_size())
    }

    pub(super) fn option<R>(&self, f: impl FnOnce(&SockRef<'_>) -> io::Result<R>) -> io::Result<R> {
        let outcome = self.port.with_socket(|socket| f(&SockRef::from(socket)));
        outcome.map_err(io::Error::other)?
    }

    /// Whether the send buffer is less than half full. True where the system does not tell that.
    pub(crate) fn has_room_to_spare(&self) -> bool {
        self.port
            .with_socket(sys::has_room_to_spare)
            .unwrap_or(true)
    }

    /// How many datagrams were dropped because they were longer than what is taken
    /// ([`UdpOptions::longest_datagram`](super::UdpOptions::longest_datagram)).
    pub fn truncated(&self) -> u64 {
        self.port.truncated.get()
    }
}

impl fmt::Debug for UdpPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UdpPort")
            .field("local_addr", &self.port.local)
            .field("listening", &self.is_listening())
            .finish_non_exhaustive()
    }
}

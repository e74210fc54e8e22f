//! How a UDP socket is set up.

use std::io;
use std::net::SocketAddr;
#[cfg(unix)]
use std::os::fd::BorrowedFd;

use mio::net::UdpSocket;
use socket2::{Domain, Protocol, Socket, Type};

use super::sys;

/// How a UDP socket is set up, before anything is received: for [`Handle::listen_udp_with`] and its like.
///
/// # Examples
///
/// ```
/// use std::rc::Rc;
/// use deferred_snmp::reactor::{Datagram, DatagramProtocol, Reactor, UdpOptions};
///
/// struct Counted;
///
/// impl DatagramProtocol for Counted {
///     fn datagram_received(&self, datagram: Datagram<'_>) {
///         println!("{} octets", datagram.data.len());
///     }
/// }
///
/// let reactor = Reactor::new()?;
/// let options = UdpOptions::new().destination(false).receive_buffer(1 << 20);
/// let local = ([127, 0, 0, 1], 0).into();
/// let port = reactor.handle().listen_udp_with(local, &options, Rc::new(Counted))?;
/// assert!(port.is_listening());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`Handle::listen_udp_with`]: crate::reactor::Handle::listen_udp_with
#[derive(Clone, Debug)]
#[must_use = "options do nothing until a socket is opened with them"]
pub struct UdpOptions {
    destination: bool,
    undelivered: bool,
    shared: bool,
    interface: Option<Box<str>>,
    receive_buffer: Option<usize>,
    send_buffer: Option<usize>,
    longest_datagram: usize,
}

impl Default for UdpOptions {
    fn default() -> Self {
        Self {
            destination: true,
            undelivered: false,
            shared: false,
            interface: None,
            receive_buffer: None,
            send_buffer: None,
            longest_datagram: sys::LONGEST,
        }
    }
}

impl UdpOptions {
    /// All options at their defaults.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether [`Datagram::to`](super::Datagram::to) is asked of the system where a port is bound to every address.
    /// Default `true`. Who answers wants it; who only asks saves some time with each datagram. Systems other than Linux
    /// do not tell it.
    pub fn destination(mut self, on: bool) -> Self {
        self.destination = on;
        self
    }

    /// Whether the protocol is told what the network says of datagrams that were sent
    /// ([`DatagramProtocol::undelivered`](super::DatagramProtocol::undelivered)). Default `false`: who answers strangers does
    /// well not to listen to what others say of that. Systems other than Linux do not tell it.
    pub fn undelivered(mut self, on: bool) -> Self {
        self.undelivered = on;
        self
    }

    /// Lets others bind the same address and port as well; all get what is sent to a group. Default `false`. Too late for
    /// a socket that is adopted, where it is an error.
    pub fn shared(mut self, on: bool) -> Self {
        self.shared = on;
        self
    }

    /// Ties the socket to a network interface: it hears what comes in there, and sends by no other. Default: to none.
    ///
    /// `name` is the system's, such as `eth0`, of 1 to 15 octets. One that does not exist is an error that names it, and any
    /// is an error on systems other than Linux. Linux below 5.7 wants privileges for it.
    pub fn interface(mut self, name: impl Into<Box<str>>) -> Self {
        self.interface = Some(name.into());
        self
    }

    /// Asks for a receive buffer of so many octets, as [`UdpPort::set_receive_buffer`](super::UdpPort::set_receive_buffer)
    /// does for a port that is open and tells what was granted. Default: the system's. A system that refuses the size keeps
    /// its own, of which the log has a record.
    pub fn receive_buffer(mut self, octets: usize) -> Self {
        self.receive_buffer = Some(octets);
        self
    }

    /// As [`receive_buffer`](Self::receive_buffer), for sending.
    pub fn send_buffer(mut self, octets: usize) -> Self {
        self.send_buffer = Some(octets);
        self
    }

    /// The longest datagram that is taken; longer ones are counted ([`UdpPort::truncated`](super::UdpPort::truncated)) and
    /// dropped. Default and maximum 65,535 octets.
    pub fn longest_datagram(mut self, octets: usize) -> Self {
        self.longest_datagram = octets.min(sys::LONGEST);
        self
    }

    /// A socket that is bound to `addr`.
    pub(super) fn bind(&self, addr: SocketAddr) -> io::Result<(UdpSocket, Setup)> {
        let socket = Socket::new(Domain::for_address(addr), Type::DGRAM, Some(Protocol::UDP))?;
        socket.set_nonblocking(true)?;
        if addr.is_ipv6() {
            socket.set_only_v6(true)?;
        }
        let setup = Setup {
            sends_whole: sys::send_whole(&socket, addr),
            ..self.apply(&socket, addr, false)?
        };
        if self.shared {
            sys::share(&socket)?;
        }
        socket.bind(&addr.into())?;
        Ok((UdpSocket::from_std(socket.into()), setup))
    }

    /// A duplicate of a socket that is bound already.
    #[cfg(unix)]
    pub(super) fn adopt(&self, socket: BorrowedFd<'_>) -> io::Result<(UdpSocket, Setup)> {
        let socket = Socket::from(socket.try_clone_to_owned()?);
        let wrong = |what| Err(io::Error::new(io::ErrorKind::InvalidInput, what));
        let local = socket.local_addr()?.as_socket();
        let Some(local) = local.filter(|_| is_udp(&socket).unwrap_or(false)) else {
            return wrong("it is no UDP socket");
        };
        if local.port() == 0 {
            return wrong("it is not bound");
        }
        if self.shared {
            return wrong("it is too late to share a socket that is bound");
        }
        let takes_v4 = local.is_ipv6() && !socket.only_v6()?;
        let setup = self.apply(&socket, local, takes_v4)?;
        // Last, for the caller's is not to block either.
        socket.set_nonblocking(true)?;
        Ok((UdpSocket::from_std(socket.into()), setup))
    }

    /// What can be asked of any socket; one of IPv6 may take IPv4 as well.
    fn apply(&self, socket: &Socket, addr: SocketAddr, takes_v4: bool) -> io::Result<Setup> {
        if let Some(name) = &self.interface {
            sys::bind_to_interface(socket, name).map_err(|error| {
                io::Error::new(error.kind(), format!("interface {name:?}: {error}"))
            })?;
        }
        let tells_destination = self.destination && addr.ip().is_unspecified();
        if tells_destination {
            sys::ask_for_destination(socket, addr)?;
        }
        if let Some(Err(error)) = self.receive_buffer.map(|o| set_receive_buffer(socket, o)) {
            debug!("receive buffer of {addr}: {error}");
        }
        if let Some(Err(error)) = self.send_buffer.map(|o| set_send_buffer(socket, o)) {
            debug!("send buffer of {addr}: {error}");
        }
        Ok(Setup {
            tells_destination,
            sends_whole: false,
            keeps_news: self.undelivered && sys::ask_for_news(socket, addr, takes_v4),
            takes_v4,
            longest: self.longest_datagram,
        })
    }
}

/// Sockets of ICMP have datagrams as well; only some systems tell them apart.
#[cfg(unix)]
fn is_udp(socket: &Socket) -> io::Result<bool> {
    #[cfg(target_os = "linux")]
    if socket.protocol()? != Some(Protocol::UDP) {
        return Ok(false);
    }
    Ok(socket.r#type()? == Type::DGRAM)
}

pub(super) fn set_receive_buffer(socket: &Socket, octets: usize) -> io::Result<()> {
    socket.set_recv_buffer_size(octets.min(LONGEST_BUFFER))
}

pub(super) fn set_send_buffer(socket: &Socket, octets: usize) -> io::Result<()> {
    socket.set_send_buffer_size(octets.min(LONGEST_BUFFER))
}

/// Systems take the size as an `int`, into which a greater one does not fit.
const LONGEST_BUFFER: usize = i32::MAX as usize;

/// What has come of the options.
#[derive(Clone, Copy)]
pub(super) struct Setup {
    /// The system may tell where datagrams were sent to.
    pub(super) tells_destination: bool,
    /// Datagrams go whole or not at all.
    pub(super) sends_whole: bool,
    /// The system keeps what the network says of datagrams that were sent.
    pub(super) keeps_news: bool,
    /// It is of IPv6 and takes IPv4 as well, by mapped addresses.
    pub(super) takes_v4: bool,
    /// Longer datagrams are dropped.
    pub(super) longest: usize,
}

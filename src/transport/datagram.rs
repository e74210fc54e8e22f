//! The carrier of UDP.

use std::cell::{Cell, OnceCell, RefCell};
use std::fmt;
use std::io;
use std::net::SocketAddr;
#[cfg(unix)]
use std::os::fd::BorrowedFd;
use std::rc::{Rc, Weak};

use crate::engine::{Address, SendFailure, SystemError, Transmit};
use crate::reactor::{CannotListenError, Datagram, DatagramProtocol, Handle, UdpOptions, UdpPort};

use super::buffers::Buffers;
use super::carrier::{Carrier, Network, OpenError, Opening};
use super::link::Link;
use super::outbox::Outbox;

/// The UDP ports of a reactor. What goes to addresses of IPv4 and of IPv6 has a carrier each.
///
/// Each port blocks for itself. While that of a client is full, because datagrams wait there for neighbours
/// that are silent, up to three further sockets send in its place, unless its own address was asked for
/// ([`Opening::ClientAt`]); answers to any of them count as the port's. A server port that is full drops reports at
/// once, and answers at the second try or after 5 seconds ([`Engine::take_back`](crate::engine::Engine::take_back)). Where
/// the system tells (Linux), reports go only while the send buffer is less than half full: the other half is for answers
/// and requests, so that forged messages from silent addresses cannot keep honest ones waiting.
#[derive(Clone)]
pub struct UdpNetwork {
    handle: Handle,
}

impl UdpNetwork {
    /// That of the reactor of `handle`. Opens nothing yet.
    pub fn new(handle: &Handle) -> Self {
        Self {
            handle: handle.clone(),
        }
    }

    pub(super) fn carrier(
        &self,
        opening: Opening<'_>,
        link: Link,
    ) -> Result<Rc<DatagramCarrier>, OpenError> {
        let Address::Udp(address) = opening.own_address() else {
            return Err(OpenError::Unsupported(opening.address().clone()));
        };
        let role = match opening {
            Opening::ClientFor(_) => Role::ClientAnywhere,
            Opening::ClientAt(_) => Role::Client,
            Opening::ServerAt(_) => Role::Server,
        };
        let carrier = DatagramCarrier::new(&self.handle, link, role);
        let first = carrier.socket(address)?;
        carrier.sockets.borrow_mut().push(first);
        Ok(carrier)
    }

    /// One for requests from others, on a duplicate of a socket that is bound already.
    #[cfg(unix)]
    pub(super) fn adopt(
        handle: &Handle,
        socket: BorrowedFd<'_>,
        link: Link,
    ) -> Result<Rc<dyn Carrier>, OpenError> {
        let carrier = DatagramCarrier::new(handle, link, Role::Server);
        let first = carrier.adopt(socket).map_err(OpenError::Socket)?;
        carrier.sockets.borrow_mut().push(first);
        Ok(carrier)
    }
}

impl Network for UdpNetwork {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        Ok(self.carrier(opening, link)?)
    }
}

impl fmt::Debug for UdpNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UdpNetwork").finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Sends requests, from an address that does not matter: it opens further sockets while it is full.
    ClientAnywhere,
    /// Sends requests from one address.
    Client,
    /// Serves requests.
    Server,
}

impl Role {
    /// An answer goes out from the address that was asked; where only answers come in, none does. Who asks is told where
    /// nobody listens, but an agent's answers go to whoever asked, or has been made out to.
    fn options(self) -> UdpOptions {
        let serves = self == Self::Server;
        UdpOptions::new().destination(serves).undelivered(!serves)
    }
}

/// One UDP port, and the sockets that stand in for it.
pub(super) struct DatagramCarrier {
    this: Weak<Self>,
    handle: Handle,
    link: Link,
    role: Role,
    next_socket: Cell<u64>,
    /// The first is the port. Further ones only send while those before them are full.
    pub(super) sockets: RefCell<Vec<Socket>>,
    /// All but reports.
    messages: RefCell<Outbox>,
    reports: RefCell<Outbox>,
}

pub(super) struct Socket {
    /// No other socket of the carrier has it.
    number: u64,
    pub(super) udp: UdpPort,
    /// The system takes no more.
    pub(super) blocked: bool,
}

/// Sockets of a port in all. Each has a send buffer of its own.
const MOST_SOCKETS: usize = 4;

/// Reports are sent together if they are no longer than this, so that they cannot fill much of the half of
/// the send buffer that is kept from them.
const REPORTS_TOGETHER: usize = 8192;

impl DatagramCarrier {
    /// One without a socket yet.
    fn new(handle: &Handle, link: Link, role: Role) -> Rc<Self> {
        Rc::new_cyclic(|weak| Self {
            this: weak.clone(),
            handle: handle.clone(),
            link,
            role,
            next_socket: Cell::new(0),
            sockets: RefCell::default(),
            messages: RefCell::default(),
            reports: RefCell::default(),
        })
    }

    fn socket(&self, address: SocketAddr) -> Result<Socket, CannotListenError> {
        let buffers = self.link.buffers();
        let options = self.role.options().receive_buffer(buffers.receive);
        let options = options.send_buffer(buffers.send);
        self.open(|protocol| self.handle.listen_udp_with(address, &options, protocol))
    }

    /// Buffers and the like are the program's, which has set them or not.
    #[cfg(unix)]
    fn adopt(&self, socket: BorrowedFd<'_>) -> io::Result<Socket> {
        let options = self.role.options();
        self.open(|protocol| self.handle.adopt_udp_with(socket, &options, protocol))
    }

    fn open<E>(
        &self,
        open: impl FnOnce(Rc<dyn DatagramProtocol>) -> Result<UdpPort, E>,
    ) -> Result<Socket, E> {
        let number = self.next_socket.get();
        self.next_socket.set(number + 1);
        let protocol = Rc::new(Receiver {
            carrier: self.this.clone(),
            link: self.link.clone(),
            number,
            local: OnceCell::new(),
        });
        Ok(Socket {
            number,
            udp: open(protocol)?,
            blocked: false,
        })
    }

    /// A socket takes messages again.
    pub(super) fn writable(&self, number: u64) {
        let mut sockets = self.sockets.borrow_mut();
        if let Some(socket) = sockets.iter_mut().find(|socket| socket.number == number) {
            socket.blocked = false;
        }
        drop(sockets);
        self.link.writable();
    }

    /// A socket has closed. If it was the port, its further ones close with it.
    fn forget(&self, number: u64) {
        let mut sockets = self.sockets.borrow_mut();
        let place = sockets.iter().position(|socket| socket.number == number);
        let Some(place) = place else { return };
        let gone = sockets.remove(place);
        drop(sockets);
        drop(gone);
        if place == 0 {
            self.close();
            self.link.closed();
        }
    }

    /// Sends what has been pushed. What the system does not take goes back to the engine, and the endpoint
    /// is blocked if no socket takes any more. True, with nothing given back, if it is worth while to open
    /// one more socket first; never with `as_it_is`.
    fn send(&self, as_it_is: bool) -> bool {
        let (mut messages, mut reports) = (self.messages.borrow_mut(), self.reports.borrow_mut());
        if messages.is_empty() && reports.is_empty() {
            return false;
        }
        let mut sockets = self.sockets.borrow_mut();
        if sockets.is_empty() {
            messages.clear();
            reports.clear();
            return false;
        }
        for socket in sockets.iter_mut() {
            messages.send(socket, &self.link);
        }
        let may_open = self.role == Role::ClientAnywhere && sockets.len() < MOST_SOCKETS;
        if !messages.is_empty() && may_open && !as_it_is {
            return true;
        }
        if let Some(port) = sockets.first_mut() {
            while !reports.is_empty() && !port.blocked && port.udp.has_room_to_spare() {
                match reports.octets() <= REPORTS_TOGETHER {
                    true => reports.send(port, &self.link),
                    false => reports.send_first(port, &self.link),
                }
            }
        }
        let is_full = sockets.iter().all(|socket| socket.blocked);
        let is_all_gone = messages.is_empty() && reports.is_empty();
        reports.give_back(&self.link);
        messages.give_back(&self.link);
        match is_full {
            true => self.link.block(),
            false if is_all_gone => {}
            false => self.link.unblock(),
        }
        false
    }
}

impl Carrier for DatagramCarrier {
    fn push(&self, message: Transmit, octets: &[u8]) {
        let outbox = match message.is_report() {
            true => &self.reports,
            false => &self.messages,
        };
        let pushed = outbox.borrow_mut().push(message, octets);
        if let Err(message) = pushed {
            let error = SystemError::from(io::ErrorKind::Unsupported);
            self.link.failed(&message, SendFailure::Refused(error));
        }
    }

    fn flush(&self) {
        let mut as_it_is = false;
        while self.send(as_it_is) {
            let Some(Address::Udp(beside)) = self.local_addr() else {
                return;
            };
            // With nothing borrowed: a socket that cannot be opened tells of its end.
            match self.socket(SocketAddr::new(beside.ip(), 0)) {
                Ok(socket) => self.sockets.borrow_mut().push(socket),
                Err(error) => {
                    debug!("a further socket beside {beside}: {error}");
                    as_it_is = true;
                }
            }
        }
    }

    fn local_addr(&self) -> Option<Address> {
        let sockets = self.sockets.borrow();
        Some(Address::Udp(sockets.first()?.udp.local_addr()))
    }

    fn set_buffers(&self, buffers: Buffers) {
        for Socket { udp, .. } in self.sockets.borrow().iter() {
            let local = udp.local_addr();
            if let Err(error) = udp.set_receive_buffer(buffers.receive) {
                debug!("receive buffer of {local}: {error}");
            }
            if let Err(error) = udp.set_send_buffer(buffers.send) {
                debug!("send buffer of {local}: {error}");
            }
        }
    }

    fn close(&self) {
        self.messages.borrow_mut().clear();
        self.reports.borrow_mut().clear();
        for socket in self.sockets.take() {
            // A reactor that ends first has closed it as well.
            socket.udp.stop_listening().add_errback(|_| ());
        }
    }
}

/// The receiving side of one socket.
struct Receiver {
    carrier: Weak<DatagramCarrier>,
    link: Link,
    number: u64,
    /// What the socket is bound to.
    local: OnceCell<Address>,
}

impl DatagramProtocol for Receiver {
    fn start_protocol(&self, port: &UdpPort) {
        self.local.get_or_init(|| Address::Udp(port.local_addr()));
    }

    fn datagram_received(&self, datagram: Datagram<'_>) {
        let peer = self.link.peer(Address::Udp(datagram.from));
        let peer = peer.to_local(datagram.to);
        self.link.received(&peer, self.local.get(), datagram.data);
    }

    fn batch_received(&self) {
        self.link.batch_received();
    }

    fn undelivered(&self, to: SocketAddr, error: &io::Error) {
        let peer = self.link.peer(Address::Udp(to));
        self.link.undelivered(&peer, error.into());
    }

    fn writable(&self) {
        if let Some(carrier) = self.carrier.upgrade() {
            carrier.writable(self.number);
        }
    }

    fn stop_protocol(&self) {
        if let Some(carrier) = self.carrier.upgrade() {
            carrier.forget(self.number);
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // A reactor that is dropped without having been shut down.
        self.stop_protocol();
    }
}

#[cfg(test)]
mod tests;

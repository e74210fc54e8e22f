//! The ports of an engine, as far as a program chooses them.

#[cfg(unix)]
use std::io;
use std::net::SocketAddr;
#[cfg(unix)]
use std::os::fd::AsFd;

use crate::engine::{Address, Endpoint};
#[cfg(unix)]
use crate::transport::OpenError;

use super::error::SnmpError;
use super::session::SnmpEngine;

impl SnmpEngine {
    /// Opens a UDP port for requests from outside and gives the address it is bound to (PySNMP's
    /// `addTransport` with `openServerMode`). Port 0 takes a free one. May be called as often as there are addresses.
    ///
    /// `0.0.0.0` takes what comes by IPv4, and `[::]` what comes by IPv6, each on all interfaces. An agent for both
    /// opens both, also on the same port. An address that counts on one link only has its interface with it, by number;
    /// [`socket_address`](crate::reactor::socket_address) reads names as well: `[fe80::1%eth0]:161`.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Transport`] names the address and the system's error.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::hlapi::SnmpEngine;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// let engine = SnmpEngine::new(&reactor.handle());
    /// let by_ipv4 = engine.listen_udp("0.0.0.0:0".parse()?)?;
    /// # if engine.listen_udp("[::1]:0".parse()?).is_ok() {
    /// engine.listen_udp(format!("[::]:{}", by_ipv4.port()).parse()?)?;
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn listen_udp(&self, address: SocketAddr) -> Result<SocketAddr, SnmpError> {
        let opened = self.session().binding().listen(&Address::Udp(address))?;
        Ok(self.bound(opened).unwrap_or(address))
    }

    /// Opens a port for requests from outside at an address of whatever transport that the
    /// [network](Self::with_network) of the engine has, and gives the address it is bound to; none if it has none.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Transport`] names the address and the system's error, [`SnmpError::UnsupportedTransport`] the address
    /// that nothing leads to.
    pub fn listen(&self, address: &Address) -> Result<Option<Address>, SnmpError> {
        let opened = self.session().binding().listen(address)?;
        Ok(self.session().binding().local_addr(opened))
    }

    /// Takes requests on a UDP socket that the program has made and bound itself, and gives the address it is bound to
    /// (PySNMP 7's `open_server_mode(sock=..)`): from a service manager that passes it on, of a port below 1024 that was bound before privileges were
    /// dropped, or with options that this library does not know.
    ///
    /// The engine works with a duplicate, so that the program may close its own; anything that it sets of the socket, before or
    /// later, holds for both. The size of its buffers stays as it is, until [`set_receive_buffer`](Self::set_receive_buffer) or
    /// [`set_send_buffer`](Self::set_send_buffer) is called afterwards. It does not block any more. A socket of IPv6 that takes IPv4 as well
    /// serves both. It is UDP, whatever [network](Self::with_network) the engine has.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Transport`]: it is no UDP socket of IPv4 or IPv6, or not bound.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::net::UdpSocket;
    ///
    /// use deferred_snmp::hlapi::SnmpEngine;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// let engine = SnmpEngine::new(&reactor.handle());
    /// let socket = UdpSocket::bind("127.0.0.1:0")?;
    /// assert_eq!(engine.listen_socket(&socket)?, socket.local_addr()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[cfg(unix)]
    pub fn listen_socket(&self, socket: impl AsFd) -> Result<SocketAddr, SnmpError> {
        let opened = self.session().binding().listen_socket(socket)?;
        let closed = || OpenError::Socket(io::ErrorKind::NotConnected.into());
        Ok(self.bound(opened).ok_or_else(closed)?)
    }

    /// Sends from `address` what goes to peers of its address family from now on, and gives the address
    /// that is bound (PySNMP's `openClientMode` with an interface). Port 0 takes a free one. Without
    /// this, the system chooses the address for each peer. An address of IPv6 that counts on one link only has its
    /// interface with it; see [`socket_address`](crate::reactor::socket_address).
    ///
    /// # Errors
    ///
    /// [`SnmpError::Transport`] names the address and the system's error.
    pub fn send_from(&self, address: SocketAddr) -> Result<SocketAddr, SnmpError> {
        let opened = self
            .session()
            .binding()
            .open_client(&Address::Udp(address))?;
        Ok(self.bound(opened).unwrap_or(address))
    }

    fn bound(&self, endpoint: Endpoint) -> Option<SocketAddr> {
        self.session().binding().local_addr(endpoint)?.socket_addr()
    }

    /// Asks the system for send buffers of so many octets, for the ports that are open and for those to
    /// come. Default 4 MiB, which Linux caps at `net.core.wmem_max` and then doubles.
    ///
    /// A datagram to a neighbour that does not answer stays in the buffer of its port for up to three
    /// seconds: [`manual::security`](crate::manual::security) tells what that means for an agent.
    pub fn set_send_buffer(&self, octets: usize) {
        self.session().binding().set_send_buffer(octets);
    }

    /// Asks the system for receive buffers of so many octets, for the ports that are open and for those to
    /// come. Default 4 MiB, which Linux caps at `net.core.rmem_max` and then doubles.
    pub fn set_receive_buffer(&self, octets: usize) {
        self.session().binding().set_receive_buffer(octets);
    }
}

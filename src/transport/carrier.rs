//! What an engine asks of a transport.

use std::error::Error;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::Rc;

use crate::engine::{Address, Transmit};
use crate::reactor::CannotListenError;

use super::buffers::Buffers;
use super::link::Link;

/// What carries the messages of one endpoint: a UDP port with its sockets, the connections of a client or of a
/// server.
///
/// A carrier takes and gives *whole messages*: where one begins and ends in a stream is its own business. It has a
/// [`Link`] to the engine, by which it hands in what has come, and says what has become of what was to go. The engine is
/// not borrowed while a method of a carrier runs, so that it may call its link from all of them. It should never block:
/// what cannot go at once goes [back](Link::take_back). A panic in `push`, `flush` or `close` is reported, and the engine
/// goes on.
///
/// A carrier is dropped after [`Carrier::close`], or after it has said by [`Link::closed`] that it has ended by itself.
pub trait Carrier {
    /// Takes a message to `message.peer`. It may be sent at once, or kept for [`Carrier::flush`].
    ///
    /// The engine has to be told of a message that cannot be sent, by [`Link::take_back`] if there is no room for it, else
    /// by [`Link::failed`]: before `flush` returns, or later where the carrier finds out later. It need not be told of one
    /// that is lost on the way, for which requests have their tries.
    fn push(&self, message: Transmit, octets: &[u8]);

    /// Sends what has been pushed: called once after one or several messages.
    fn flush(&self);

    /// The own address; none if it has none, or several that count alike.
    fn local_addr(&self) -> Option<Address>;

    /// Asks for buffers of another size than [`Link::buffers`] said. Does nothing unless a carrier has buffers of the
    /// system's.
    fn set_buffers(&self, _buffers: Buffers) {}

    /// Ends the carrier. The engine has forgotten it already: requests that went through it are over, and what is left to
    /// send is to be dropped.
    fn close(&self);
}

/// What opens the carriers of an engine.
///
/// [`UdpNetwork`](super::UdpNetwork) is that of the reactor's UDP ports. A program that brings another one makes its engine
/// by [`SnmpEngine::with_network`](crate::hlapi::SnmpEngine::with_network); the [module](super#a-network-of-your-own) has a
/// whole one.
///
/// # Examples
///
/// UDP, but for what goes to or comes from addresses of IPv6:
///
/// ```
/// use std::rc::Rc;
/// use deferred_snmp::engine::{Address, EngineConfig};
/// use deferred_snmp::hlapi::SnmpEngine;
/// use deferred_snmp::transport::{Carrier, Link, Network, OpenError, Opening, UdpNetwork};
/// # use deferred_snmp::reactor::Reactor;
///
/// struct Ipv4Only(UdpNetwork);
///
/// impl Network for Ipv4Only {
///     fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
///         match opening.address() {
///             Address::Udp(address) if address.is_ipv4() => self.0.open(opening, link),
///             other => Err(OpenError::Unsupported(other.clone())),
///         }
///     }
/// }
///
/// # let reactor = Reactor::new()?;
/// let handle = reactor.handle();
/// let network = Ipv4Only(UdpNetwork::new(&handle));
/// let engine = SnmpEngine::with_network(&handle, EngineConfig::default(), network);
/// assert!(engine.listen_udp("[::1]:0".parse()?).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Network {
    /// Opens a carrier. `link` is its side of the engine; there may be calls of it before this returns. Not called any more
    /// once the reactor has ended.
    ///
    /// # Errors
    ///
    /// [`OpenError::Unsupported`] for a kind of address that it has no carrier for.
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError>;
}

impl<N: Network + ?Sized> Network for Rc<N> {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        (**self).open(opening, link)
    }
}

/// Which carrier is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "one asks from anywhere or from somewhere, or is asked"
)]
pub enum Opening<'a> {
    /// One for requests to this address and to all others of its kind, from whichever own address: of the same
    /// transport domain and, where there are these, of the same version of IP.
    ClientFor(&'a Address),
    /// One for requests to others, from this own address. Port 0 stands for a free one.
    ClientAt(&'a Address),
    /// One for requests from others, to this own address. Port 0 stands for a free one.
    ServerAt(&'a Address),
}

impl<'a> Opening<'a> {
    /// The address that it is about.
    pub fn address(&self) -> &'a Address {
        match self {
            Self::ClientFor(address) | Self::ClientAt(address) | Self::ServerAt(address) => address,
        }
    }

    /// The own address that is wanted: for requests to a peer over IP, any of its family, with port 0.
    pub(crate) fn own_address(&self) -> Address {
        let any = |peer: &SocketAddr| match peer.ip().to_canonical() {
            IpAddr::V4(_) => SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)),
            IpAddr::V6(_) => SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0)),
        };
        match self {
            Self::ClientFor(Address::Udp(peer)) => Address::Udp(any(peer)),
            Self::ClientFor(Address::Tcp(peer)) => Address::Tcp(any(peer)),
            _ => self.address().clone(),
        }
    }

    /// Whether it sends requests.
    pub fn is_client(&self) -> bool {
        !matches!(self, Self::ServerAt(_))
    }
}

/// No carrier could be opened.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// Nothing carries messages to or from an address of this kind.
    Unsupported(Address),
    /// Something does, but not here and now.
    Refused {
        /// The own address that was asked for, or the one to ask.
        address: Address,
        /// What the system says.
        error: io::Error,
    },
    /// A socket that the program handed over cannot be used: it is of another kind, or not bound.
    Socket(io::Error),
}

impl OpenError {
    /// That `address` cannot be had because of `error`.
    pub fn refused(address: &Address, error: impl Into<io::Error>) -> Self {
        Self::Refused {
            address: address.clone(),
            error: error.into(),
        }
    }
}

impl From<CannotListenError> for OpenError {
    fn from(refused: CannotListenError) -> Self {
        let CannotListenError { addr, error } = refused;
        let address = Address::Udp(addr);
        Self::Refused { address, error }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported(address) => {
                let domain = address.domain();
                write!(f, "no transport here leads to {address} ({domain})")
            }
            Self::Refused { address, error } => write!(f, "cannot listen on {address}: {error}"),
            Self::Socket(error) => write!(f, "cannot listen on the socket that was given: {error}"),
        }
    }
}

impl Error for OpenError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unsupported(_) => None,
            Self::Refused { error, .. } | Self::Socket(error) => Some(error),
        }
    }
}

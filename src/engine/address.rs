//! Where the other side of an exchange is.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::{IpAddr, SocketAddr, SocketAddrV6};
use std::path::Path;
use std::sync::Arc;

/// One of the ports of the program, by the number its owner gave it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "a number and nothing else")]
pub struct Endpoint(pub u16);

/// A kind of transport: what an address of it looks like, and how messages go there (`transportDomain` of
/// RFC 3411 section 3.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum TransportDomain {
    /// Datagrams of UDP, over IPv4 or IPv6. RFC 3417 section 3.
    Udp,
    /// Streams of TCP, over IPv4 or IPv6. RFC 3430.
    Tcp,
    /// Streams of a Unix domain socket.
    Unix,
    /// Datagrams of a Unix domain socket.
    UnixDatagram,
}

impl TransportDomain {
    /// What stands before an address of it: the word of Net-SNMP's specifiers.
    const fn prefix(self) -> &'static str {
        match self {
            Self::Udp => "udp",
            Self::Tcp => "tcp",
            Self::Unix => "unix",
            Self::UnixDatagram => "unixdgram",
        }
    }

    /// Whether its addresses may be forged by who sends from them: no connection shows that somebody is there.
    pub(super) const fn may_be_forged(self) -> bool {
        match self {
            Self::Udp => true,
            Self::Tcp | Self::Unix | Self::UnixDatagram => false,
        }
    }
}

impl fmt::Display for TransportDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.prefix())
    }
}

/// The transport address of a peer. Cheap to clone.
#[derive(Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Address {
    /// UDP over IPv4 or IPv6.
    Udp(SocketAddr),
    /// TCP over IPv4 or IPv6.
    Tcp(SocketAddr),
    /// The path of a Unix stream socket.
    Unix(Arc<Path>),
    /// The path of a Unix datagram socket; empty for one that has none, which cannot be answered.
    UnixDatagram(Arc<Path>),
}

impl Address {
    /// The kind of transport.
    pub fn domain(&self) -> TransportDomain {
        match self {
            Self::Udp(_) => TransportDomain::Udp,
            Self::Tcp(_) => TransportDomain::Tcp,
            Self::Unix(_) => TransportDomain::Unix,
            Self::UnixDatagram(_) => TransportDomain::UnixDatagram,
        }
    }

    /// The address of IP and the port, of a transport that has these.
    pub fn socket_addr(&self) -> Option<SocketAddr> {
        match self {
            Self::Udp(address) | Self::Tcp(address) => Some(*address),
            Self::Unix(_) | Self::UnixDatagram(_) => None,
        }
    }

    /// The same address in the one form that tells parties apart: see [`Peer::new`].
    fn canonical(mut self) -> Self {
        if let Self::Udp(address) | Self::Tcp(address) = &mut self
            && let SocketAddr::V6(v6) = *address
        {
            *address = identity(v6);
        }
        self
    }

    fn v6(&self) -> Option<&SocketAddrV6> {
        match self {
            Self::Udp(SocketAddr::V6(v6)) | Self::Tcp(SocketAddr::V6(v6)) => Some(v6),
            _ => None,
        }
    }

    /// The same party for who has left its zone open.
    fn without_zone(&self) -> Self {
        let mut address = self.clone();
        if let Self::Udp(SocketAddr::V6(v6)) | Self::Tcp(SocketAddr::V6(v6)) = &mut address {
            v6.set_scope_id(0);
        }
        address
    }
}

/// By hand, since it is cloned with every message: nearly always it is of UDP.
impl Clone for Address {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Self::Udp(address) => Self::Udp(*address),
            Self::Tcp(address) => Self::Tcp(*address),
            Self::Unix(path) => Self::Unix(Arc::clone(path)),
            Self::UnixDatagram(path) => Self::UnixDatagram(Arc::clone(path)),
        }
    }
}

/// As Net-SNMP's specifiers: `192.0.2.1:161`, `tcp:192.0.2.1:161`, `unix:/run/agent`.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let domain = self.domain();
        match self {
            Self::Udp(address) => address.fmt(f),
            Self::Tcp(address) => write!(f, "{domain}:{address}"),
            Self::Unix(path) | Self::UnixDatagram(path) => {
                write!(f, "{domain}:{}", path.display())
            }
        }
    }
}

/// The other side of an exchange: its address, and through which port of ours it is reached.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Peer {
    /// The own port.
    pub endpoint: Endpoint,
    /// The address of the other side.
    pub address: Address,
    /// The own address that a datagram was sent to, where it is known: an agent with several
    /// addresses answers from the one that was asked. Not part of the peer's identity.
    pub local: Option<IpAddr>,
}

impl Peer {
    /// The peer at `address`, reached through `endpoint`.
    ///
    /// An address of IPv4 that is mapped into IPv6 is that of IPv4. An address of IPv6 has its zone where that is part
    /// of it, which it is on one link only: `fe80::1%2` is one, and `2001:db8::1%2` is `2001:db8::1`.
    pub fn new(endpoint: Endpoint, address: Address) -> Self {
        Self {
            endpoint,
            address: address.canonical(),
            local: None,
        }
    }

    /// The peer at `address`, reached by UDP through `endpoint`.
    pub fn udp(endpoint: Endpoint, address: SocketAddr) -> Self {
        Self::new(endpoint, Address::Udp(address))
    }

    /// The same peer, having written to `local`.
    #[must_use]
    pub fn to_local(mut self, local: Option<IpAddr>) -> Self {
        self.local = local;
        self
    }

    /// Whether both name the same party through the same port. One of them may leave the zone of an address of IPv6
    /// open.
    #[inline]
    pub fn is(&self, other: &Self) -> bool {
        self.key() == other.key() || self.is_in_any_zone(other)
    }

    #[cold]
    fn is_in_any_zone(&self, other: &Self) -> bool {
        let zone = |peer: &Self| peer.address.v6().map(SocketAddrV6::scope_id);
        (zone(self) == Some(0) || zone(other) == Some(0))
            && self.endpoint == other.endpoint
            && self.address.without_zone() == other.address.without_zone()
    }

    /// What tells it from others.
    pub(super) fn key(&self) -> PeerKey<'_> {
        PeerKey {
            endpoint: self.endpoint,
            address: &self.address,
        }
    }

    /// The same party for who has left its zone open; none if that is this one.
    pub(super) fn in_any_zone(&self) -> Option<Self> {
        let zone = self.address.v6()?.scope_id();
        (zone != 0).then(|| Self {
            endpoint: self.endpoint,
            address: self.address.without_zone(),
            local: None,
        })
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)
    }
}

/// What of a peer tells it from another.
#[derive(Clone, Copy, Debug)]
pub(super) struct PeerKey<'a> {
    endpoint: Endpoint,
    address: &'a Address,
}

impl PartialEq for PeerKey<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.endpoint == other.endpoint
            && match (self.address, other.address) {
                (Address::Udp(SocketAddr::V4(one)), Address::Udp(SocketAddr::V4(other))) => {
                    one == other
                }
                (one, other) => one == other,
            }
    }
}

impl Eq for PeerKey<'_> {}

/// In one or three pieces where it can, since hashing costs by the piece.
impl Hash for PeerKey<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let endpoint = u64::from(self.endpoint.0) << 16;
        match self.address {
            Address::Udp(address) | Address::Tcp(address) => {
                let ports = endpoint | u64::from(address.port());
                match address {
                    SocketAddr::V4(v4) => {
                        state.write_u64(ports << 32 | u64::from(u32::from(*v4.ip())));
                    }
                    SocketAddr::V6(v6) => {
                        state.write_u64(ports << 32 | u64::from(v6.scope_id()));
                        state.write_u128(u128::from(*v6.ip()));
                    }
                }
            }
            Address::Unix(path) | Address::UnixDatagram(path) => {
                state.write_u64(endpoint);
                path.hash(state);
            }
        }
    }
}

/// What of an address of IPv6 tells one peer from another.
fn identity(mut address: SocketAddrV6) -> SocketAddr {
    if let Some(v4) = address.ip().to_ipv4_mapped() {
        return (v4, address.port()).into();
    }
    // A flow label is a hint to routers: it differs from datagram to datagram.
    address.set_flowinfo(0);
    let ip = address.ip();
    // RFC 4291 section 2.7: groups on one interface, and on one link.
    let is_group_on_link = ip.is_multicast() && matches!(ip.octets()[1] & 0xf, 1 | 2);
    if !ip.is_unicast_link_local() && !is_group_on_link {
        address.set_scope_id(0);
    }
    address.into()
}

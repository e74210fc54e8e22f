//! Addresses at which nobody listens, and where nobody can begin to while a test needs them.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use socket2::{Domain, Socket, Type};

use super::ports::own_port;

/// A socket that holds a port, of 127.0.0.1 unless told otherwise, and takes nothing that comes.
#[derive(Debug)]
pub struct Nobody {
    pub address: SocketAddr,
    socket: Socket,
}

impl Nobody {
    /// The system refuses datagrams that are sent there: the socket takes those of one peer only, which
    /// is itself.
    pub fn udp() -> Self {
        Self::udp_at(Ipv4Addr::LOCALHOST.into())
    }

    /// The same at 127.0.0.1 or `::1`.
    pub fn udp_at(host: IpAddr) -> Self {
        let nobody = Self::bound(Type::DGRAM, host);
        let own = nobody.address.into();
        nobody.socket.connect(&own).expect("a peer");
        nobody
    }

    /// The system refuses connections: the socket does not listen.
    pub fn tcp() -> Self {
        Self::bound(Type::STREAM, Ipv4Addr::LOCALHOST.into())
    }

    fn bound(kind: Type, host: IpAddr) -> Self {
        let address = SocketAddr::new(host, own_port());
        let socket = Socket::new(Domain::for_address(address), kind, None).expect("a socket");
        socket.bind(&address.into()).expect("a free port");
        Self { address, socket }
    }
}

/// Whether the system tells of ports where nobody listens: Linux alone does.
pub const IS_TOLD: bool = cfg!(all(target_os = "linux", not(deferred_snmp_portable_udp)));

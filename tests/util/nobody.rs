//! Addresses at which nobody listens, and where nobody can begin to while a test needs them.

use std::net::{Ipv4Addr, SocketAddr};

use socket2::{Domain, Socket, Type};

/// A socket that holds a port of 127.0.0.1 and takes nothing that comes.
#[derive(Debug)]
pub struct Nobody {
    pub address: SocketAddr,
    socket: Socket,
}

impl Nobody {
    /// The system refuses datagrams that are sent there: the socket takes those of one peer only, which
    /// is itself.
    pub fn udp() -> Self {
        let nobody = Self::bound(Type::DGRAM);
        let own = nobody.address.into();
        nobody.socket.connect(&own).expect("a peer");
        nobody
    }

    /// The system refuses connections: the socket does not listen.
    pub fn tcp() -> Self {
        Self::bound(Type::STREAM)
    }

    fn bound(kind: Type) -> Self {
        let socket = Socket::new(Domain::IPV4, kind, None).expect("a socket");
        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        socket.bind(&any_port.into()).expect("a port");
        let address = socket.local_addr().expect("bound").as_socket();
        Self {
            address: address.expect("of IPv4"),
            socket,
        }
    }
}

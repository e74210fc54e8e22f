//! Addresses at which nobody listens, and where nobody can begin to while a test needs them.

use std::net::SocketAddr;

use socket2::{Domain, Socket, Type};

use super::ports::own_address;

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
        let address = own_address();
        socket.bind(&address.into()).expect("a free port");
        Self { address, socket }
    }
}

//! Ports for tests that have to name one before they bind it, or bind it a second time.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicU16, Ordering};

use socket2::{Domain, Socket, Type};

/// Below those that the system gives to whoever asks for any port (32,768 and up on Linux), so that a port
/// that is given back is not handed to somebody else.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

/// A free port of 127.0.0.1 and, where there is one, of `::1`, for UDP and TCP: nobody else gets it while
/// this program runs, whether it is bound or not.
pub fn own_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);

    // Programs that run at the same time begin at different places.
    let begin = std::process::id().wrapping_mul(101);
    for _ in 0..COUNT {
        let place = begin.wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed).into());
        let port = FIRST + (place % u32::from(COUNT)) as u16;
        if is_free(port) {
            return port;
        }
    }
    panic!("of {COUNT} ports none is free");
}

/// The same on 127.0.0.1.
pub fn own_address() -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, own_port()))
}

/// Whether this machine has `::1`.
pub fn has_ipv6() -> bool {
    is_bound_to(Ipv6Addr::LOCALHOST.into(), 0, Type::DGRAM)
}

fn is_free(port: u16) -> bool {
    let mut hosts = vec![IpAddr::from(Ipv4Addr::LOCALHOST)];
    hosts.extend(has_ipv6().then_some(IpAddr::from(Ipv6Addr::LOCALHOST)));
    hosts.iter().all(|&host| {
        [Type::DGRAM, Type::STREAM]
            .iter()
            .all(|&kind| is_bound_to(host, port, kind))
    })
}

/// Whether a socket can be bound there now.
fn is_bound_to(host: IpAddr, port: u16, kind: Type) -> bool {
    let address = SocketAddr::from((host, port));
    Socket::new(Domain::for_address(address), kind, None)
        .is_ok_and(|socket| socket.bind(&address.into()).is_ok())
}

//! Serve on a socket that the program has made itself.
//!
//!     cargo run --example agent_custom_socket [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`
//! * SNMPv2-MIB::sysName.0
//! * over UDP: on one socket at `[::]` that takes IPv4 as well, where the example asks at 127.0.0.1 and `::1`, or on each
//!   ADDRESS:PORT until it is interrupted; on Linux the socket is tied to the loopback interface, so that nobody else can ask
//!
//! A socket of the library's own takes one version of IP. Programs have sockets of their own for such options, or since a
//! service manager has bound them.
//!
//! With `-- [::]:1161`, each of these commands reads it:
//!
//!     snmpget -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.1.5.0
//!     snmpget -v2c -c public udp6:[::1]:1161 1.3.6.1.2.1.1.5.0

mod common;

use std::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use common::notifications;
use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};
use socket2::{Domain, Protocol, Socket, Type};

/// A socket that is bound to `address` and takes both versions of IP if that is of IPv6.
fn bound(address: SocketAddr) -> std::io::Result<Socket> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::DGRAM,
        Some(Protocol::UDP),
    )?;
    if address.is_ipv6() {
        socket.set_only_v6(false)?;
    }
    #[cfg(target_os = "linux")]
    socket.bind_device(Some(b"lo"))?;
    socket.set_recv_buffer_size(1 << 20)?;
    socket.bind(&address.into())?;
    Ok(socket)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .system(System::new("an agent on a given socket").name("given"))
        .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
        .start()?;
    // The agent has a duplicate: this one is closed when it has been given.
    let listen = |address| -> Result<SocketAddr, Box<dyn Error>> {
        Ok(agent.listen_socket(bound(address)?)?)
    };
    let own = match common::has_ipv6() {
        true => "[::]:0",
        false => "0.0.0.0:0",
    };
    notifications::serve_by(&reactor.handle(), listen, &[own], ask);
    Ok(reactor.run()?)
}

/// Asks by IPv4, and by IPv6 if the socket is of that.
fn ask(reactor: &Handle, address: SocketAddr) -> Deferred<(), SnmpError> {
    let engine = SnmpEngine::new(reactor);
    let by_ipv4 = (Ipv4Addr::LOCALHOST, address.port()).into();
    let by_ipv6 = (Ipv6Addr::LOCALHOST, address.port()).into();
    let asked = std::iter::once(by_ipv4).chain(address.is_ipv6().then_some(by_ipv6));
    let asked: Vec<SocketAddr> = asked.collect();
    reactor.spawn(async move {
        for address in asked {
            let target = UdpTransportTarget::from(address);
            let agent = engine.remote(&CommunityData::new("public"), &target);
            let answer = agent.get(["SNMPv2-MIB::sysName.0"]).await;
            common::report(&format!("at {address}:"), answer)?;
        }
        Ok(())
    })
}

//! Answer from the address that was asked, with a port that is bound to every address.
//!
//!     cargo run --example agent_pktinfo [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`
//! * SNMPv2-MIB::sysName.0, and for each request a line with the address that it came to
//! * over UDP: on `0.0.0.0` and, if there is any IPv6, on `[::]`, where the example asks at 127.0.0.1, 127.0.0.2 and `::1` and
//!   prints who has answered; or on each ADDRESS:PORT until it is interrupted
//!
//! A host with several addresses has to answer from the one that was asked: a manager whose socket is connected hears nobody
//! else, and others do well not to believe anybody else. The reactor has the system tell where each datagram was sent to
//! (IP_PKTINFO on Linux), without being asked for it.
//!
//! With `-- 0.0.0.0:1161 [::]:1161`, these commands are answered on Linux, where 127.0.0.2 is an address of every host:
//!
//!     snmpget -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.1.5.0
//!     snmpget -v2c -c public 127.0.0.2:1161 1.3.6.1.2.1.1.5.0
//!     snmpget -v2c -c public udp6:[::1]:1161 1.3.6.1.2.1.1.5.0

mod common;

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use common::notifications;
use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};

/// Addresses of IPv4 that every host has: on Linux each that begins with 127.
#[cfg(target_os = "linux")]
const OWN: [Ipv4Addr; 2] = [Ipv4Addr::LOCALHOST, Ipv4Addr::new(127, 0, 0, 2)];
#[cfg(not(target_os = "linux"))]
const OWN: [Ipv4Addr; 1] = [Ipv4Addr::LOCALHOST];

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .system(System::new("an agent at every address").name("everywhere"))
        .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
        .start()?;
    agent.engine().observe(|message| {
        if let (Direction::Received, Some(local)) = (message.direction(), message.local_addr()) {
            println!("asked at {local}");
        }
    });
    let everywhere: &[&str] = match common::has_ipv6() {
        true => &["0.0.0.0:0", "[::]:0"],
        false => &["0.0.0.0:0"],
    };
    let listen = |address| agent.listen_udp(address);
    notifications::serve_by(&reactor.handle(), listen, everywhere, ask);
    Ok(reactor.run()?)
}

/// Asks at the addresses of the loopback interface, one after the other.
fn ask(reactor: &Handle, everywhere: SocketAddr) -> Deferred<(), SnmpError> {
    let asked: Vec<IpAddr> = match everywhere {
        SocketAddr::V6(_) => vec![Ipv6Addr::LOCALHOST.into()],
        SocketAddr::V4(_) => OWN.map(IpAddr::from).into(),
    };
    let engine = SnmpEngine::new(reactor);
    engine.observe(|message| {
        if message.direction() == Direction::Received {
            println!("answered from {}", message.address());
        }
    });
    reactor.spawn(async move {
        for ip in asked {
            let target = UdpTransportTarget::from(SocketAddr::new(ip, everywhere.port()));
            let agent = engine.remote(&CommunityData::new("public"), &target);
            common::print(agent.get(["SNMPv2-MIB::sysName.0"]).await?)?;
        }
        Ok(())
    })
}

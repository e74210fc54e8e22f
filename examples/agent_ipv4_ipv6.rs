//! Serve the same objects over IPv4 and over IPv6.
//!
//!     cargo run --example agent_ipv4_ipv6 [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 and SNMPv2c, community `public`, which may read SNMPv2-SMI::mib-2
//! * the system group of SNMPv2-MIB
//! * over UDP: on 127.0.0.1 and, if there is any IPv6, on `::1`, where the example asks itself, or on each ADDRESS:PORT until
//!   it is interrupted; an IPv6 address stands in brackets
//!
//! With `-- 127.0.0.1:1161 [::1]:1161`, each of these commands reads all of it:
//!
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.1
//!     snmpwalk -v2c -c public udp6:[::1]:1161 1.3.6.1.2.1.1

mod common;

use std::error::Error;
use std::net::SocketAddr;

use common::notifications;
use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .system(System::new("an agent over IPv4 and IPv6").name("both"))
        .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
        .start()?;
    // A port for each address: `[::]` does not take IPv4, so that an agent for all of both opens `0.0.0.0` as well.
    let listen = |address| agent.listen_udp(address);
    notifications::serve_by(&reactor.handle(), listen, common::loopbacks(), ask);
    Ok(reactor.run()?)
}

/// Asks for the name of the system.
fn ask(reactor: &Handle, address: SocketAddr) -> Deferred<(), SnmpError> {
    let engine = SnmpEngine::new(reactor);
    let target = UdpTransportTarget::from(address);
    let agent = engine.remote(&CommunityData::new("public"), &target);
    let heading = format!("over {address}:");
    agent
        .get(["SNMPv2-MIB::sysDescr.0", "SNMPv2-MIB::sysName.0"])
        .add_both(move |outcome| common::report(&heading, outcome))
}

//! Watch the messages of an agent while it serves.
//!
//!     cargo run --example observe_agent [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read SNMPv2-SMI::mib-2
//! * over UDP: on a port of 127.0.0.1, where the example asks itself twice, or on each ADDRESS:PORT until
//!   it is interrupted
//! * every message is printed: its direction, both addresses, version, security level and its PDU; one
//!   with another community is received and not answered
//!
//! With `-- 127.0.0.1:1161`, this command asks for something:
//!
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.1

mod common;

use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .system(System::new("an agent of deferred-snmp").name("example"))
        .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
        .start()?;
    agent.engine().observe(common::observed);

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks for the name of the system, and for what comes after it.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let public = CommunityData::new("public");
    let agent = manager.remote(&public, &UdpTransportTarget::from(agent));
    let name = ["SNMPv2-MIB::sysName.0"];
    agent.get(name).await?;
    agent.next(name).await?;
    Ok(())
}

//! Serve the same objects on several interfaces.
//!
//!     cargo run --example agent_multiple_interfaces [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read and write SNMPv2-MIB::mib-2
//! * the group SNMPv2-MIB::system
//! * over UDP: on a port of 127.0.0.1 and one of 127.0.0.2, where what is set through one is read through the other, or on
//!   each ADDRESS:PORT until it is interrupted
//!
//! With `-- 127.0.0.1:1161 127.0.0.2:1161`, these commands ask the same:
//!
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.2.1.1.6.0 s "set at 127.0.0.1"
//!     snmpget -v2c -c public 127.0.0.2:1161 1.3.6.1.2.1.1.6.0
//!     snmpset -v2c -c public 127.0.0.2:1161 1.3.6.1.2.1.1.1.0 s "cannot be set"
//!     snmpwalk -v2c -c public 127.0.0.1:1161 .1.3.6
//!     snmpwalk -v2c -c public 127.0.0.2:1161 .1.3.6

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
        .system(System::new("an agent on two interfaces").location("nowhere yet"))
        .community("public", Views::new().read_write(oid!(1.3.6.1.2.1)))
        .start()?;

    agents::serve(&agent, &["127.0.0.1:0", "127.0.0.2:0"], ask);
    Ok(reactor.run()?)
}

/// Reads the location of the system, and sets it to where it has been asked.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let place = agent.ip();
    let public = CommunityData::new("public");
    let agent = manager.remote(&public, &UdpTransportTarget::from(agent));
    println!("at {place}");
    common::report("GET:", agent.get(["SNMPv2-MIB::sysLocation.0"]).await)?;
    let location = ("SNMPv2-MIB::sysLocation.0", format!("set at {place}"));
    common::report("SET:", agent.set([location]).await)?;
    let refused = agent.set([("SNMPv2-MIB::sysDescr.0", "another")]).await?;
    println!("sysDescr cannot be set: {}", refused.error_status());
    Ok(())
}

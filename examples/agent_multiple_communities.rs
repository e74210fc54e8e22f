//! Serve one community that reads, and one that writes as well.
//!
//!     cargo run --example agent_multiple_communities [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 (and SNMPv2c), community `public`, which may read SNMPv2-MIB::mib-2, and `private`, which may read and write it
//! * the group SNMPv2-MIB::system
//! * over UDP: on a port of 127.0.0.1, where both try to set the location of the system, or on each ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands ask the same:
//!
//!     snmpset -v1 -c public 127.0.0.1:1161 1.3.6.1.2.1.1.6.0 s "not here"
//!     snmpset -v1 -c private 127.0.0.1:1161 1.3.6.1.2.1.1.6.0 s "far away"
//!     snmpget -v1 -c public 127.0.0.1:1161 1.3.6.1.2.1.1.6.0

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
    let mib_2 = oid!(1.3.6.1.2.1);
    let agent = Agent::builder(&reactor.handle())
        .system(System::new("an agent with two communities"))
        .v1_system("my-read-area", "public")
        .v1_system("my-write-area", "private")
        .grant("my-read-area", Views::new().read(mib_2.clone()))
        .grant("my-write-area", Views::new().read_write(mib_2))
        .start()?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Each community tries to set the location of the system; then it is read.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let target = UdpTransportTarget::from(agent);
    let public = manager.remote(&CommunityData::v1("public"), &target);
    let private = manager.remote(&CommunityData::v1("private"), &target);
    let location = "SNMPv2-MIB::sysLocation.0";
    let refused = public.set([(location, "not here")]).await?;
    println!("SET by public: {}", refused.error_status());
    let set = private.set([(location, "far away")]).await;
    common::report("SET by private:", set)?;
    common::report("GET by public:", public.get([location]).await)
}

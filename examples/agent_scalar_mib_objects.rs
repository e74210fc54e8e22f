//! Serve a scalar of the program's own, and nothing else.
//!
//!     cargo run --example agent_scalar_mib_objects [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read 1.3.6.5
//! * 1.3.6.5.1.0, a text that is made for each request
//! * over UDP: on a port of 127.0.0.1, where it is asked by GET, GETNEXT and GETBULK, or on each ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, each of these commands reads it:
//!
//!     snmpget -v2c -c public 127.0.0.1:1161 1.3.6.5.1.0
//!     snmpwalk -v2c -c public 127.0.0.1:1161 .1.3.6
//!     snmpbulkwalk -v2c -c public 127.0.0.1:1161 .1.3.6

mod common;

use std::env::consts::{ARCH, OS};
use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::Scalar;
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .community("public", Views::new().read(oid!(1.3.6.5)))
        .start()?;
    agent.scalar(oid!(1.3.6.5.1), Scalar::dynamic(platform))?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// What the program runs on.
fn platform() -> String {
    let version = env!("CARGO_PKG_VERSION");
    format!("deferred-snmp {version} running on a {OS} {ARCH} platform")
}

/// Asks for the scalar in every way. The walk is over after it, since nothing else may be read.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let public = CommunityData::new("public");
    let agent = manager.remote(&public, &UdpTransportTarget::from(agent));
    common::report("GET:", agent.get(["1.3.6.5.1.0"]).await)?;
    common::report("GETNEXT:", agent.next(["1.3.6"]).await)?;
    common::report("GETBULK:", agent.bulk(0, 25, ["1.3.6"]).await)?;
    let rows = agent.walk(["1.3.6"]).collect().await?;
    println!("a walk finds {} variable", rows.len());
    Ok(())
}

//! Serve as several engines in one program.
//!
//!     cargo run --example agent_multiple_engines [-- ADDRESS:PORT ADDRESS:PORT]
//!
//! * SNMPv3, snmpEngineIDs 0x0102030405060708 and 0x0807060504030201, whose starts are counted in a file each of the temporary
//!   directory
//! * user `usr-md5-des` of each, MD5 with "authkey1", DES with "privkey1", which may read all and write SNMPv2-MIB::mib-2
//! * the group SNMPv2-MIB::system, and SNMP-FRAMEWORK-MIB::snmpEngineID.0
//! * over UDP: on a port of 127.0.0.1 the first and on one of 127.0.0.2 the second, where each is asked for its name, or on the
//!   ADDRESS:PORTs in that order until it is interrupted
//!
//! With `-- 127.0.0.1:1161 127.0.0.2:1161`, these commands ask the same:
//!
//!     snmpget -v3 -u usr-md5-des -l authPriv -a MD5 -A authkey1 -x DES -X privkey1 127.0.0.1:1161 1.3.6.1.6.3.10.2.1.1.0
//!     snmpget -v3 -u usr-md5-des -l authPriv -a MD5 -A authkey1 -x DES -X privkey1 127.0.0.2:1161 1.3.6.1.6.3.10.2.1.1.0

mod common;

use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::Scalar;
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::security::usm::AuthPriv;

fn user() -> UsmUserData<AuthPriv> {
    UsmUserData::new("usr-md5-des")
        .auth(AuthProtocol::Md5, "authkey1")
        .privacy(PrivProtocol::Des, "privkey1")
}

/// An agent with an engine of its own.
fn agent(reactor: &Handle, engine_id: EngineId) -> Result<Agent, SnmpError> {
    // A program that is installed has a place that is its own and lasts.
    let starts = std::env::temp_dir().join(format!("deferred-snmp-{engine_id}"));
    let views = Views::new().read(oid!(1.3.6)).write(oid!(1.3.6.1.2.1));
    let agent = Agent::builder(reactor)
        .engine_id(engine_id)
        .state_file(starts)
        .system(System::new("one of two agents"))
        .user(&user(), views)
        .start()?;
    let name = Scalar::constant(engine_id.octets());
    agent.scalar("SNMP-FRAMEWORK-MIB::snmpEngineID", name)?;
    Ok(agent)
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let agents = [
        agent(&handle, "0102030405060708".parse()?)?,
        agent(&handle, "0807060504030201".parse()?)?,
    ];

    agents::serve_each(&agents, &["127.0.0.1:0", "127.0.0.2:0"], ask);
    Ok(reactor.run()?)
}

/// Asks an engine for its name.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let heading = format!("at {}:", agent.ip());
    let agent = manager.remote(&user(), &UdpTransportTarget::from(agent));
    let name = agent.get(["SNMP-FRAMEWORK-MIB::snmpEngineID.0"]);
    common::report(&heading, name.await)
}

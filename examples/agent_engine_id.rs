//! Serve as an engine whose name is given.
//!
//!     cargo run --example agent_engine_id [-- ADDRESS:PORT ...]
//!
//! * SNMPv3, snmpEngineID 0x8000000004030201; its starts are counted in the file `deferred-snmp-8000000004030201` of the temporary
//!   directory
//! * user `usr-md5-des`, MD5 with "authkey1", DES with "privkey1", which may read and write SNMPv2-MIB::mib-2
//! * the group SNMPv2-MIB::system
//! * over UDP: on a port of 127.0.0.1, where it is asked by a manager who finds out its name, or on each ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, this command reads all of it, in messages to the engine of that name:
//!
//!     snmpwalk -v3 -u usr-md5-des -l authPriv -a MD5 -A authkey1 -x DES -X privkey1 -e 0x8000000004030201 127.0.0.1:1161 .1.3.6

mod common;

use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::security::usm::AuthPriv;

const ENGINE_ID: &str = "8000000004030201";

fn user() -> UsmUserData<AuthPriv> {
    UsmUserData::new("usr-md5-des")
        .auth(AuthProtocol::Md5, "authkey1")
        .privacy(PrivProtocol::Des, "privkey1")
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    // A program that is installed has a place that is its own and lasts.
    let starts = std::env::temp_dir().join(format!("deferred-snmp-{ENGINE_ID}"));
    let agent = Agent::builder(&reactor.handle())
        .engine_id(ENGINE_ID.parse()?)
        .state_file(starts)
        .system(System::new("an agent with a name of its own"))
        .user(&user(), Views::new().read_write(oid!(1.3.6.1.2.1)))
        .start()?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks, and tells whom.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let target = UdpTransportTarget::from(agent);
    let agent = manager.remote(&user(), &target);
    common::report("GET:", agent.get(["SNMPv2-MIB::sysDescr.0"]).await)?;
    if let Some(engine_id) = manager.engine_id_of(&target) {
        println!("answered by 0x{engine_id}");
    }
    Ok(())
}

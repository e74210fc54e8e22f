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

use std::error::Error;
use std::net::SocketAddr;

use common::notifications;
use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let engine = SnmpEngine::new(&handle);
    engine.add_v1_system("my-area", "public");
    let mut access = SubtreeAccess::new();
    access.set("my-area", Views::new().read(oid!(1.3.6.1.2.1)));
    engine.register_responder(CommandResponder::new(common::objects(&handle), access))?;
    engine.observe(common::observed);
    notifications::serve(&engine, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks for the name of the system, and for what comes after it.
fn ask(reactor: &Handle, address: SocketAddr) -> Deferred<Response, SnmpError> {
    let target = UdpTransportTarget::from(address);
    let agent = SnmpEngine::new(reactor).remote(&CommunityData::new("public"), &target);
    let name = ["SNMPv2-MIB::sysName.0"];
    agent.get(name).add_callback(move |_| agent.next(name))
}

//! Serve objects that take their time in three ways, while others are served.
//!
//!     cargo run --example agent_slow_objects [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`
//! * 1.3.6.1.4.1.8072.9999.9999.4.1.0, a temperature that is there after 300 ms; .4.2.1, a table of processes that takes
//!   500 ms to load and is kept for ten seconds; .4.3, a store over some network, for which a coroutine answers, and which
//!   SET changes; .4.4.0, how often the table has been loaded, which is there at once
//! * over UDP: on a port of 127.0.0.1, where two programs ask for them, one of which is answered at once meanwhile, or on each
//!   ADDRESS:PORT until it is interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands ask the same:
//!
//!     snmpget -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.1.0 1.3.6.1.4.1.8072.9999.9999.4.4.0
//!     snmpset -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4.3.7.1 s "a new key"
//!     snmpwalk -v2c -c public 127.0.0.1:1161 1.3.6.1.4.1.8072.9999.9999.4

#[path = "../common/mod.rs"]
mod common;
mod objects;

use std::cell::Cell;
use std::error::Error;
use std::net::SocketAddr;
use std::rc::Rc;

use common::notifications;
use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::reactor::{Handle, Reactor};

const OBJECTS: &str = "1.3.6.1.4.1.8072.9999.9999.4";

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let engine = SnmpEngine::new(&handle);
    engine.add_v1_system("reader", "public");

    let name = |below: &str| format!("{OBJECTS}.{below}").parse::<ObjectIdentifier>();
    let loads = Rc::new(Cell::new(0));
    let mut tree = MibTree::new();
    tree.register(name("1")?, objects::temperature(&handle))?;
    tree.register(name("2.1")?, objects::processes(&handle, &loads))?;
    tree.register(name("3")?, objects::store(&handle))?;
    tree.register(name("4")?, Scalar::dynamic(move || loads.get()))?;
    engine.register_responder(CommandResponder::new(tree, OpenAccess))?;

    notifications::serve(&engine, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks for what is slow, and as another program for what is there at once.
fn ask(reactor: &Handle, address: SocketAddr) -> Deferred<(), SnmpError> {
    let target = UdpTransportTarget::from(address);
    let remote = |engine: SnmpEngine| engine.remote(&CommunityData::new("public"), &target);
    let agent = remote(SnmpEngine::new(reactor));
    let other = remote(SnmpEngine::new(reactor));
    let name = |below: &str| format!("{OBJECTS}.{below}");
    reactor.spawn(async move {
        let slow = agent.get([name("1.0"), name("2.1.2.1"), name("3.1.1")]);
        common::report("another, at once:", other.get([name("4.0")]).await)?;
        common::report("all that is slow:", slow.await)?;
        let set = agent.set([(name("3.7.1"), "a new key")]).await;
        common::report("set:", set)?;
        let rows = agent.bulk_walk(10, [OBJECTS]).collect().await?;
        for row in rows {
            println!("{}", row[0]);
        }
        Ok(())
    })
}

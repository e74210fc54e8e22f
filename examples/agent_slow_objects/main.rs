//! Serve objects that take their time in three ways, while others are served.
//!
//!     cargo run --example agent_slow_objects [-- ADDRESS:PORT ...]
//!
//! * SNMPv2c, community `public`, which may read and write these objects
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
use std::net::SocketAddr;
use std::rc::Rc;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::Scalar;
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;

const OBJECTS: &str = "1.3.6.1.4.1.8072.9999.9999.4";

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let handle = reactor.handle();
    let views = Views::new().read_write(oid!(1.3.6.1.4.1.8072.9999.9999.4));
    let agent = Agent::builder(&handle).community("public", views).start()?;

    let name = |below: &str| format!("{OBJECTS}.{below}");
    let loads = Rc::new(Cell::new(0));
    agent.scalar(name("1"), objects::temperature(&handle))?;
    agent.table(name("2.1"), objects::processes(&handle, &loads))?;
    agent.subtree(name("3"), objects::store(&handle))?;
    agent.scalar(name("4"), Scalar::dynamic(move || loads.get()))?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks for what is slow, and as another program for what is there at once.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let target = UdpTransportTarget::from(agent);
    let public = CommunityData::new("public");
    let agent = manager.remote(&public, &target);
    let other = SnmpEngine::new(manager.reactor()).remote(&public, &target);
    let name = |below: &str| format!("{OBJECTS}.{below}");
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
}

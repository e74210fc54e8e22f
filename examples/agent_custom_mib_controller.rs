//! Serve everything in a context by an object of the program's own.
//!
//!     cargo run --example agent_custom_mib_controller [-- ADDRESS:PORT ...]
//!
//! * SNMPv3, user `usr-none-none`, which may read and write SNMPv2-MIB::mib-2
//! * in the context `my-context`, whatever is asked for by GET is there, and tells what has been asked for. Nothing follows
//!   anything there, and nothing can be set
//! * over UDP: on a port of 127.0.0.1, where a few names are asked for, or on each ADDRESS:PORT until it is interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands ask the same:
//!
//!     snmpget -v3 -u usr-none-none -l noAuthNoPriv -n my-context 127.0.0.1:1161 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.4711
//!     snmpgetnext -v3 -u usr-none-none -l noAuthNoPriv -n my-context 127.0.0.1:1161 1.3.6.1.2.1.1.1.0
//!     snmpset -v3 -u usr-none-none -l noAuthNoPriv -n my-context 127.0.0.1:1161 1.3.6.1.2.1.1.5.0 s "a name"
//!     snmpget -v3 -u usr-none-none -l noAuthNoPriv -n my-context 127.0.0.1:1161 1.3.6.1.4.1.1.0

mod common;

use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{Advance, Answer, Asker, ManagedObject, MibTree, ReadError};
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::security::usm::NoAuth;

/// In charge of all names below 1.3.
struct Echo;

impl ManagedObject for Echo {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        let asked = oid!(1.3).extend(instance.iter().copied());
        let asked = asked.map_err(|_| ReadError::Failed)?;
        Ok(Answer::Owned(format!("You queried OID {asked}").into()))
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }
}

fn user() -> UsmUserData<NoAuth> {
    UsmUserData::new("usr-none-none")
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let agent = Agent::builder(&reactor.handle())
        .user(&user(), Views::new().read_write(oid!(1.3.6.1.2.1)))
        .start()?;
    let context = agent.add_context("my-context", MibTree::new());
    context.subtree(oid!(1.3), Echo)?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks for some names, what follows them, and something that may not be read.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let target = UdpTransportTarget::from(agent);
    let context = ContextData::default().name("my-context");
    let agent = manager.remote(&user(), &target).context(&context);
    let names = ["SNMPv2-MIB::sysDescr.0", "1.3.6.1.2.1.4711"];
    common::report("GET:", agent.get(names).await)?;
    common::report("GETNEXT:", agent.next(["SNMPv2-MIB::sysDescr.0"]).await)?;
    let refused = agent.set([("SNMPv2-MIB::sysName.0", "a name")]).await?;
    println!("SET: {}", refused.error_status());
    common::report("not in view:", agent.get(["1.3.6.1.4.1.1.0"]).await)
}

//! Serve other objects in each context, of this engine and of another.
//!
//!     cargo run --example agent_contexts [-- ADDRESS:PORT ...]
//!
//! * SNMPv3, user `usr-md5-none`, MD5 with "authkey1", which may read and write SNMPv2-MIB::mib-2
//! * SNMPv2-MIB::sysDescr.0 in the contexts `context-a` and `context-b` of the agent's own engine, and in the default context and
//!   `my-context` of the engine 0x8000000001020304, which it speaks for; the default context of its own engine is empty
//! * over UDP: on a port of 127.0.0.1, where each context is asked, or on each ADDRESS:PORT until it is interrupted
//!
//! With `-- 127.0.0.1:1161`, each of these commands walks one of them:
//!
//!     snmpwalk -v3 -u usr-md5-none -l authNoPriv -a MD5 -A authkey1 -n context-a 127.0.0.1:1161 .1.3.6
//!     snmpwalk -v3 -u usr-md5-none -l authNoPriv -a MD5 -A authkey1 -n context-b 127.0.0.1:1161 .1.3.6
//!     snmpwalk -v3 -u usr-md5-none -l authNoPriv -a MD5 -A authkey1 -E 0x8000000001020304 127.0.0.1:1161 .1.3.6
//!     snmpwalk -v3 -u usr-md5-none -l authNoPriv -a MD5 -A authkey1 -E 0x8000000001020304 -n my-context 127.0.0.1:1161 .1.3.6

mod common;

use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::security::usm::Auth;

fn user() -> UsmUserData<Auth> {
    UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1")
}

/// The engine that the agent speaks for besides its own.
fn other_engine() -> EngineId {
    "8000000001020304".parse().expect("an engine id")
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let views = Views::new().read_write(oid!(1.3.6.1.2.1));
    let agent = Agent::builder(&reactor.handle())
        .user(&user(), views.clone())
        .start()?;
    for name in ["context-a", "context-b"] {
        let context = agent.add_context(name, MibTree::new());
        context.scalar("SNMPv2-MIB::sysDescr", Scalar::constant(name))?;
    }

    // A second agent on the same engine.
    let other = Agent::on(agent.engine())
        .context_engine_id(other_engine())
        .grant("usr-md5-none", views)
        .start()?;
    let descr = Scalar::constant("default context of the other engine");
    other.scalar("SNMPv2-MIB::sysDescr", descr)?;
    let context = other.add_context("my-context", MibTree::new());
    let descr = Scalar::constant("my-context of the other engine");
    context.scalar("SNMPv2-MIB::sysDescr", descr)?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks in each context.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let agent = manager.remote(&user(), &UdpTransportTarget::from(agent));
    let get = |context| {
        let agent = agent.clone().context(&context);
        agent.get(["SNMPv2-MIB::sysDescr.0"])
    };
    let own = ContextData::default();
    let other = ContextData::default().engine_id(other_engine());
    common::report("context-a:", get(own.clone().name("context-a")).await)?;
    common::report("context-b:", get(own.clone().name("context-b")).await)?;
    common::report("other engine:", get(other.clone()).await)?;
    common::report("its my-context:", get(other.name("my-context")).await)?;
    common::report("own default context:", get(own).await)
}

//! Serve objects of this engine, of another engine, and of one context beside those.
//!
//!     cargo run --example agent_of_other_engine [-- ADDRESS:PORT ...]
//!
//! * SNMPv3, user `usr-sha-none`, SHA-1 with "authkey1"
//! * SNMPv2-MIB::sysName.0 of the agent, of its context `card-7`, and of the engine 0x80000000010a0b0c0d, a device that the
//!   agent speaks for
//! * over UDP: on a port of 127.0.0.1, where each is asked once, or on each ADDRESS:PORT until it is interrupted
//!
//! With `-- 127.0.0.1:1161`, these commands ask the same:
//!
//!     snmpget -v3 -u usr-sha-none -l authNoPriv -a SHA -A authkey1 127.0.0.1:1161 1.3.6.1.2.1.1.5.0
//!     snmpget -v3 -u usr-sha-none -l authNoPriv -a SHA -A authkey1 -n card-7 127.0.0.1:1161 1.3.6.1.2.1.1.5.0
//!     snmpget -v3 -u usr-sha-none -l authNoPriv -a SHA -A authkey1 -E 0x80000000010a0b0c0d 127.0.0.1:1161 1.3.6.1.2.1.1.5.0

mod common;

use std::error::Error;
use std::net::SocketAddr;

use common::notifications;
use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, OverlapError, Scalar};
use deferred_snmp::oid;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::security::usm::Auth;

/// The name of the device.
fn device() -> EngineId {
    "80000000010a0b0c0d".parse().expect("an engine id")
}

fn user() -> UsmUserData<Auth> {
    UsmUserData::new("usr-sha-none").auth(AuthProtocol::Sha1, "authkey1")
}

fn named(name: &str) -> Result<MibTree, OverlapError> {
    let mut objects = MibTree::new();
    objects.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant(name))?;
    Ok(objects)
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let engine = SnmpEngine::new(&reactor.handle());
    engine.add_v3_user(&user())?;

    // The contexts of one responder, ..
    let mut own = CommandResponder::new(named("the agent")?, OpenAccess);
    own.contexts_mut().insert("card-7", named("line card 7")?);
    engine.register_responder(own)?;
    // .. and a responder for the contexts of another engine.
    let other = CommandResponder::new(named("the device")?, OpenAccess);
    engine.register_responder_within(ContextScope::engine(device()), other)?;

    notifications::serve(&engine, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Asks for each of the names.
fn ask(reactor: &Handle, address: SocketAddr) -> Deferred<(), SnmpError> {
    let engine = SnmpEngine::new(reactor);
    let agent = engine.remote(&user(), &UdpTransportTarget::from(address));
    reactor.spawn(async move {
        let get = |context| {
            agent
                .clone()
                .context(&context)
                .get(["SNMPv2-MIB::sysName.0"])
        };
        common::report("agent:", get(ContextData::default()).await)?;
        common::report("card-7:", get(ContextData::default().name("card-7")).await)?;
        common::report(
            "device:",
            get(ContextData::default().engine_id(device())).await,
        )
    })
}

//! A user whom access control knows by another name.
//!
//!     cargo run --example custom_security_name [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-none`, authentication MD5 with `authkey1`, security name `myuser`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * the agent lets `myuser` read, and nobody else
//! * 1.3.6.1.2.1.1.1.0
//!
//! The name is no part of a message, so that this command does the same:
//!
//!     snmpget -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 HOST 1.3.6.1.2.1.1.1.0

mod common;

use std::net::SocketAddr;

use deferred_snmp::access::{SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::Handle;
use deferred_snmp::security::usm::Auth;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let user = UsmUserData::new("usr-md5-none")
            .auth(AuthProtocol::Md5, "authkey1")
            .security_name("myuser");
        let target = common::target_or_else(|| agent(reactor, &user));
        SnmpEngine::new(reactor)
            .remote(&user, &target)
            .get(["1.3.6.1.2.1.1.1.0"])
            .add_callback(common::print)
    })
}

/// An agent that has this user.
fn agent(reactor: &Handle, user: &UsmUserData<Auth>) -> SocketAddr {
    let engine = SnmpEngine::new(reactor);
    engine.add_v3_user(user).expect("a name and a pass phrase");
    let mut access = SubtreeAccess::new();
    access.set("myuser", Views::new().read(oid!(1.3)));
    let responder = CommandResponder::new(common::objects(reactor), access);
    let registered = engine.register_responder(responder);
    registered.expect("the engine is new");
    common::listen(&engine, "127.0.0.1:0")
}

//! Serve several users of SNMPv3, each with other protocols.
//!
//!     cargo run --example agent_multiple_usm_users [-- ADDRESS:PORT ...]
//!
//! * SNMPv3, users `usr-md5-des`, MD5 with "authkey1", DES with "privkey1";
//!   `usr-sha-none`, SHA-1 with "authkey1";
//!   `usr-sha-aes128`, SHA-1 with "authkey1", AES-128 with "privkey1"
//! * each may read and write SNMPv2-SMI::mib-2, in messages as well protected as its keys allow
//! * over UDP: on a port of 127.0.0.1, where each user asks once, or on each ADDRESS:PORT until it is
//!   interrupted
//!
//! With `-- 127.0.0.1:1161`, each of these commands reads all of it:
//!
//!     snmpwalk -v3 -u usr-md5-des -l authPriv -a MD5 -A authkey1 -x DES -X privkey1 127.0.0.1:1161 1.3.6.1.2.1
//!     snmpwalk -v3 -u usr-sha-none -l authNoPriv -a SHA -A authkey1 127.0.0.1:1161 1.3.6.1.2.1
//!     snmpwalk -v3 -u usr-sha-aes128 -l authPriv -a SHA -A authkey1 -x AES -X privkey1 127.0.0.1:1161 1.3.6.1.2.1

mod common;

use std::net::SocketAddr;

use common::{Failed, agents};
use deferred_snmp::access::Views;
use deferred_snmp::applications::standard::System;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::reactor::Reactor;
use deferred_snmp::security::usm::{Auth, AuthPriv};

fn md5_des() -> UsmUserData<AuthPriv> {
    UsmUserData::new("usr-md5-des")
        .auth(AuthProtocol::Md5, "authkey1")
        .privacy(PrivProtocol::Des, "privkey1")
}

fn sha_none() -> UsmUserData<Auth> {
    UsmUserData::new("usr-sha-none").auth(AuthProtocol::Sha1, "authkey1")
}

fn sha_aes() -> UsmUserData<AuthPriv> {
    UsmUserData::new("usr-sha-aes128")
        .auth(AuthProtocol::Sha1, "authkey1")
        .privacy(PrivProtocol::Aes128, "privkey1")
}

fn main() -> Result<(), Failed> {
    let mut reactor = Reactor::new()?;
    let views = Views::new().read_write(oid!(1.3.6.1.2.1));
    let agent = Agent::builder(&reactor.handle())
        .system(System::new("an agent of deferred-snmp").name("example"))
        .user(&md5_des(), views.clone())
        .user(&sha_none(), views.clone())
        .user(&sha_aes(), views)
        .start()?;

    agents::serve(&agent, &["127.0.0.1:0"], ask);
    Ok(reactor.run()?)
}

/// Every user asks for the name of the system, one after the other.
async fn ask(manager: SnmpEngine, agent: SocketAddr) -> Result<(), SnmpError> {
    let target = UdpTransportTarget::from(agent);
    let get = |user: &dyn AuthData| {
        let agent = manager.remote(user, &target);
        agent.get(["SNMPv2-MIB::sysName.0"])
    };
    common::report("usr-md5-des:", get(&md5_des()).await)?;
    common::report("usr-sha-none:", get(&sha_none()).await)?;
    common::report("usr-sha-aes128:", get(&sha_aes()).await)
}

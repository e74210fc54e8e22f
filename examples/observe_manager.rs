//! Watch the messages of a manager while it asks.
//!
//!     cargo run --example observe_manager [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-none`, MD5 with "authkey1", no privacy: what is said can be watched
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * sysDescr.0, by module and name
//! * every message is printed: its direction, both addresses, version, security level, the user and the
//!   clock of the engine, and its PDU; the first two are the discovery of the agent's engine
//!
//! Does what this command does:
//!
//!     snmpget -d -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 HOST 1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let observer = engine.observe(common::observed);
        let user = UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1");
        engine
            .remote(&user, &common::target(reactor))
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(move |response| {
                observer.close();
                common::print(response)
            })
    })
}

//! Find out the name of an SNMPv3 agent, and speak to the agent of that name.
//!
//!     cargo run --example discover_engine_id [-- HOST[:PORT]]
//!
//! * SNMPv3: the agent is asked for its engine id without a user and without a key
//! * then user `usr-md5-none`, authentication MD5 with `authkey1`, at the agent of that name and at
//!   no other
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * 1.3.6.1.2.1.1.1.0
//!
//! The second part does what this command does:
//!
//!     snmpget -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 -e ENGINEID HOST \
//!         1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let target = common::target(reactor);
        discover(&engine, &target)
            .add_callback(move |engine_id| {
                println!("Remote securityEngineId = 0x{engine_id}");
                let user = UsmUserData::new("usr-md5-none")
                    .auth(AuthProtocol::Md5, "authkey1")
                    .security_engine_id(engine_id);
                engine.remote(&user, &target).get(["1.3.6.1.2.1.1.1.0"])
            })
            .add_callback(common::print)
    })
}

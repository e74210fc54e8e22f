//! Objects of another context than the default one.
//!
//!     cargo run --example custom_context [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-none`, authentication MD5 with `authkey1`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * contextEngineId 0x80004fb805636c6f75644dab22cc, which is the name of that agent, and contextName
//!   `my-context`
//! * SNMPv2-MIB::sysDescr.0
//!
//! Does what this command does:
//!
//!     snmpget -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 \
//!         -E 0x80004fb805636c6f75644dab22cc -n my-context HOST 1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine_id = common::ENGINE_ID.parse().expect("an engine id");
        let context = ContextData::default()
            .engine_id(engine_id)
            .name("my-context");
        let user = UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1");
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .context(&context)
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(common::print)
    })
}

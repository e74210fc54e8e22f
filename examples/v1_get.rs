//! Fetch one scalar with SNMPv1.
//!
//!     cargo run --example v1_get [-- HOST[:PORT]]
//!
//! * SNMPv1, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysDescr.0 by its name
//! * PySNMP's verb with PySNMP's arguments; in most examples `SnmpEngine::remote` stands for the first four
//!
//! Does what this command does:
//!
//!     snmpget -v1 -c public HOST 1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        get_cmd(
            &SnmpEngine::new(reactor),
            &CommunityData::v1("public"),
            &common::target(reactor),
            &ContextData::default(),
            [ObjectType::symbol("SNMPv2-MIB", "sysDescr", 0)],
        )
        .add_callback(common::print)
    })
}

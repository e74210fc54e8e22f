//! Fetch several scalars in one request, named in several ways.
//!
//!     cargo run --example v2c_get [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * sysDescr.0 by its numbers, sysObjectID.0 by module and name, sysUpTime.0 by a path of labels
//! * in halves, should the agent call the whole too big
//! * PySNMP's verb with PySNMP's arguments; in most examples `SnmpEngine::remote` stands for the first four
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.2.0 \
//!         .iso.org.dod.internet.mgmt.mib-2.system.sysUpTime.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        get_cmd(
            &SnmpEngine::new(reactor),
            &CommunityData::new("public"),
            &common::target(reactor).split_too_big(true),
            &ContextData::default(),
            [
                ObjectType::new(oid!(1.3.6.1.2.1.1.1.0)),
                ObjectType::new("SNMPv2-MIB::sysObjectID.0"),
                ObjectType::new("iso.org.dod.internet.mgmt.mib-2.system.sysUpTime.0"),
            ],
        )
        .add_callback(common::print)
    })
}

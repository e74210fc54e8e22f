//! Work with numbers: no name is looked up.
//!
//!     cargo run --example waive_mib_lookup [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * 1.3.6.1.2.1.1.1.0 and 1.3.6.1.2.1.1.2.0, printed as they come
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public -On HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.2.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .lookup_mib(false)
            .get([oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.2.1.1.2.0)])
            .add_callback(common::print)
    })
}

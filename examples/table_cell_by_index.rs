//! Read cells of a table by the index of their row.
//!
//!     cargo run --example table_cell_by_index [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * IF-MIB::ifInOctets and IF-MIB::ifOutOctets of interface 1
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.2.2.1.10.1 1.3.6.1.2.1.2.2.1.16.1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .get(["IF-MIB::ifInOctets.1", "IF-MIB::ifOutOctets.1"])
            .add_callback(common::print)
    })
}

//! Read a cell of a table whose rows have an index of several values.
//!
//!     cargo run --example table_cell_by_multiple_indices [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * TCP-MIB::tcpConnLocalAddress of the listener at port 22 of every address: the row is named by local address
//!   and port, remote address and port, and the INDEX clause says what these become
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.6.13.1.2.0.0.0.0.22.0.0.0.0.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::names::IndexValue;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let index: [IndexValue; 4] = ["0.0.0.0".into(), 22.into(), "0.0.0.0".into(), 0.into()];
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .get([ObjectType::symbol("TCP-MIB", "tcpConnLocalAddress", index)])
            .add_callback(common::print)
    })
}

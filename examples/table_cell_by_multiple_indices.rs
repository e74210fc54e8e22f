//! Read a cell of a table whose rows have an index of several values.
//!
//!     cargo run --example table_cell_by_multiple_indices [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * TCP-MIB::tcpConnState of the connection from port 22 of 127.0.0.1 to port 40000 of 127.0.0.1: the INDEX
//!   clause says what the values become
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public HOST TCP-MIB::tcpConnState.127.0.0.1.22.127.0.0.1.40000

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::mib::IndexValue;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let index: [IndexValue; 4] = [
            "127.0.0.1".into(),
            22.into(),
            "127.0.0.1".into(),
            40_000.into(),
        ];
        get_cmd(
            &SnmpEngine::new(reactor),
            &CommunityData::new("public"),
            &common::target(reactor),
            &ContextData::default(),
            [ObjectType::symbol("TCP-MIB", "tcpConnState", index)],
        )
        .add_callback(common::print)
    })
}

//! Read some columns of a table, row by row, to the end of the table.
//!
//!     cargo run --example pull_whole_table [-- HOST[:PORT]]
//!
//! * SNMPv1, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * five columns of IF-MIB::ifTable, in the order of its rows; each cell is printed with its name
//!
//! Does what this command does:
//!
//!     snmptable -v1 -c public HOST IF-MIB::ifTable

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

const COLUMNS: [&str; 5] = ["ifDescr", "ifType", "ifMtu", "ifSpeed", "ifPhysAddress"];

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::v1("public"), &common::target(reactor))
            .table(COLUMNS)
            .map(|table| {
                for row in &table {
                    row.iter().flatten().for_each(|cell| println!("{cell}"));
                }
                println!("{} rows in {} requests", table.len(), table.summary().calls);
            })
    })
}

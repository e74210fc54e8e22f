//! Read some columns of a table, row by row, to the end of the table.
//!
//!     cargo run --example pull_whole_table [-- HOST[:PORT]]
//!
//! * SNMPv1, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * five columns of IF-MIB::ifTable; what follows them is not wanted
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
        walk_cmd(
            &SnmpEngine::new(reactor),
            &CommunityData::v1("public"),
            &common::target(reactor),
            &ContextData::default(),
            COLUMNS.map(|name| ObjectType::symbol("IF-MIB", name, ())),
        )
        .lexicographic_mode(false)
        .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
        .map(|walk| println!("{} rows in {} requests", walk.rows, walk.calls))
    })
}

//! Walk, but not further than a number of rows.
//!
//!     cargo run --example walk_limit_rows [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * two columns of the interface table in step, at most 20 rows
//! * an agent whose answers do not advance is put up with
//!
//! Does what no single Net-SNMP command does; the nearest is
//!
//!     snmptable -v2c -c public HOST IF-MIB::ifTable

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .walk(["IF-MIB::ifDescr", "IF-MIB::ifOperStatus"])
            .lexicographic_mode(false)
            .max_rows(20)
            .ignore_non_increasing_oid(true)
            .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
            .map(|walk| println!("{} rows in {} requests", walk.rows, walk.calls))
    })
}

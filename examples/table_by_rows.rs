//! Read columns of a table and print them by rows.
//!
//!     cargo run --example table_by_rows [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * four columns of IF-MIB::ifTable, in the order of ifIndex; a cell that the agent does not have is a dash
//!
//! Does what this command does:
//!
//!     snmptable -v2c -c public -Ci HOST IF-MIB::ifTable

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

const COLUMNS: [&str; 4] = ["ifDescr", "ifOperStatus", "ifInOctets", "ifOutOctets"];

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .table(COLUMNS)
            .map(|table| {
                println!("index\t{}", COLUMNS.join("\t"));
                for row in &table {
                    let cells = row.iter().map(|cell| match cell {
                        Some(cell) => cell.text(),
                        None => "-".to_owned(),
                    });
                    println!("{}\t{}", row.index(), cells.collect::<Vec<_>>().join("\t"));
                }
                let octets = |name| {
                    let cells = table.iter().filter_map(move |row| row.get(name));
                    cells.filter_map(|cell| cell.as_u64()).sum::<u64>()
                };
                println!(
                    "{} octets in, {} out",
                    octets("ifInOctets"),
                    octets("ifOutOctets")
                );
            })
    })
}

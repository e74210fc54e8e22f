//! Fetch two columns by GETBULK, to the end of both.
//!
//!     cargo run --example v2c_getbulk [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * IF-MIB::ifDescr and IF-MIB::ifInOctets, 25 repetitions of both in each request
//!
//! Does what these commands do one after the other:
//!
//!     snmpbulkwalk -v2c -c public -Cr25 HOST 1.3.6.1.2.1.2.2.1.2
//!     snmpbulkwalk -v2c -c public -Cr25 HOST 1.3.6.1.2.1.2.2.1.10

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .bulk_walk(25, ["IF-MIB::ifDescr", "IF-MIB::ifInOctets"])
            .lexicographic_mode(false)
            .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
            .map(|walk| println!("{} rows in {} requests", walk.rows, walk.calls))
    })
}

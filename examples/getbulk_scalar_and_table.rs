//! One GETBULK for a scalar and a table.
//!
//!     cargo run --example getbulk_scalar_and_table [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * IF-MIB::ifNumber as non-repeater, once; ifDescr and ifType up to 25 times
//!
//! Does what this command does:
//!
//!     snmpbulkget -v2c -c public -Cn1 -Cr25 HOST 1.3.6.1.2.1.2.1 1.3.6.1.2.1.2.2.1.2 1.3.6.1.2.1.2.2.1.3

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .bulk(
                1,
                25,
                ["IF-MIB::ifNumber", "IF-MIB::ifDescr", "IF-MIB::ifType"],
            )
            .add_callback(Response::into_result)
            .add_callback(|response| {
                for row in response.rows() {
                    let cells: Vec<_> = row.iter().map(|var_bind| var_bind.to_string()).collect();
                    println!("{}", cells.join(", "));
                }
            })
    })
}

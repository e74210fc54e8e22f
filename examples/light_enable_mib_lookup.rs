//! Walk with names, and nothing configured.
//!
//!     cargo run --example light_enable_mib_lookup [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * everything below SNMPv2-MIB::system
//!
//! PySNMP's light API shows numbers unless it is told to look names up. There is one API here, which needs no
//! configuration and looks names up when they are printed, so there is nothing to be told.
//!
//! Does what this command does:
//!
//!     snmpbulkwalk -v2c -c public HOST 1.3.6.1.2.1.1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .bulk_walk(25, ["SNMPv2-MIB::system"])
            .lexicographic_mode(false)
            .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
            .map(|walk| println!("{} variables in {} requests", walk.rows, walk.calls))
    })
}

//! Walk with nothing but numbers, as with PySNMP's light API (`hlapi.v1arch`).
//!
//!     cargo run --example light_walk [-- HOST[:PORT]]
//!
//! * SNMPv1 with GETNEXT, then SNMPv2c with GETBULK, 25 repetitions; community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * everything under 1.3.6.1.2.1.1, named and printed by its numbers
//! * an engine has nothing to be configured: what is not used costs nothing
//!
//! Does what these commands do:
//!
//!     snmpwalk -v1 -c public -On HOST 1.3.6.1.2.1.1
//!     snmpbulkwalk -v2c -c public -On -Cr25 HOST 1.3.6.1.2.1.1

mod common;

use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

const SYSTEM: ObjectIdentifier = oid!(1.3.6.1.2.1.1);

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let target = common::target(reactor);
        let agent = move |auth: CommunityData| engine.remote(&auth, &target).lookup_mib(false);
        print(agent(CommunityData::v1("public")).walk([SYSTEM])).add_callback(move |()| {
            print(agent(CommunityData::new("public")).bulk_walk(25, [SYSTEM]))
        })
    })
}

/// Prints the bindings, by their numbers since names are not looked up.
fn print(walk: WalkCommand) -> Deferred<(), SnmpError> {
    walk.lexicographic_mode(false)
        .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
        .map(|walk| println!("{} variables in {} requests", walk.rows, walk.calls))
}

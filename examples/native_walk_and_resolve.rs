//! Walk by numbers, and look names up by hand.
//!
//!     cargo run --example native_walk_and_resolve [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * two columns of the interface table, each variable with its module, symbol, index and value
//!
//! Does what this command does:
//!
//!     snmpwalk -v2c -c public -On HOST 1.3.6.1.2.1.2.2.1.2

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::names::PrettyValue;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let names = engine.names();
        engine
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .walk([oid!(1.3.6.1.2.1.2.2.1.2), oid!(1.3.6.1.2.1.2.2.1.3)])
            .lexicographic_mode(false)
            .max_rows(5)
            .for_each(move |row| {
                for var_bind in row.iter() {
                    let Some((node, index)) = names.symbol_of(var_bind.name()) else {
                        println!("{} is in no module that is known", var_bind.name());
                        continue;
                    };
                    let index: Vec<String> = index.iter().map(ToString::to_string).collect();
                    println!(
                        "{} = {}::{} [{}] = {}",
                        var_bind.name(),
                        node.module(),
                        node.name(),
                        index.join(", "),
                        PrettyValue::new(&*names, var_bind.name(), var_bind.value()),
                    );
                }
            })
            .map(|walk| println!("{} rows in {} requests", walk.rows, walk.calls))
    })
}

//! Load every MIB module that can be found before the first request.
//!
//!     cargo run --example preload_all_mibs [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * everything below 1.3.6.1.4.1, with the names of all modules of `MIBDIRS` and `examples/mibs`
//!
//! Does what this command does:
//!
//!     snmpwalk -v2c -c public -M +examples/mibs -m ALL HOST 1.3.6.1.4.1

mod common;

use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::names::{LeniencyKind, Modules, Names, SearchPath};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let target = common::target(reactor);
        let engine = SnmpEngine::new(reactor);
        engine.set_names(Rc::new(modules()));
        engine
            .remote(&CommunityData::new("public"), &target)
            .walk(["SNMPv2-SMI::enterprises"])
            .lexicographic_mode(false)
            .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
            .map(|walk| println!("{} variables in {} requests", walk.rows, walk.calls))
    })
}

fn modules() -> Modules {
    let path = SearchPath::from_env().with_directories(&format!("+{}", common::MIBS));
    let (modules, errors) = Modules::from_path(&path.with_modules("ALL"));
    // What vendors publish is not always whole: the rest is loaded all the same.
    errors.iter().for_each(|error| eprintln!("{error}"));
    let count = modules.modules().len();
    println!("{count} modules, {} faults", errors.len());
    // What was overlooked. Nearly all of it are long names, which cost nothing.
    let mut leniencies = modules.leniencies();
    let all = leniencies.len();
    leniencies.retain(|leniency| leniency.kind() != LeniencyKind::LongName);
    println!(
        "{} leniencies, and {} long names",
        leniencies.len(),
        all - leniencies.len()
    );
    leniencies
        .iter()
        .take(10)
        .for_each(|leniency| println!("  {leniency}"));
    modules
}

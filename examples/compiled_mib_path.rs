//! Find MIB modules where Net-SNMP's tools find them, and in a directory of one's own.
//!
//!     cargo run --example compiled_mib_path [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * the directories of `MIBDIRS` and the modules of `MIBS`, as Net-SNMP reads these variables, and `examples/mibs`
//! * EXAMPLE-MIB::exampleMode.0
//!
//! PySNMP has compiled modules and their sources in different places. Here modules are either compiled into the
//! library or read as text when a name asks for them, so there is one search path.
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public -M +examples/mibs HOST EXAMPLE-MIB::exampleMode.0

mod common;

use std::rc::Rc;

use deferred_snmp::hlapi::*;
use deferred_snmp::names::{Modules, SearchPath};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    let path = SearchPath::from_env().with_directories(&format!("+{}", common::MIBS));
    let (modules, errors) = Modules::from_path(&path);
    errors.iter().for_each(|error| eprintln!("{error}"));
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        engine.set_names(Rc::new(modules));
        engine
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .get(["EXAMPLE-MIB::exampleMode.0"])
            .add_callback(common::print)
    })
}

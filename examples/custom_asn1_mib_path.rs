//! Name an object of a module that is read from a file.
//!
//!     cargo run --example custom_asn1_mib_path [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * EXAMPLE-MIB::exampleTemperature.0 and a row by a text, from `examples/mibs/EXAMPLE-MIB.txt`
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public -M +examples/mibs HOST EXAMPLE-MIB::exampleTemperature.0 \
//!         'EXAMPLE-MIB::exampleSensorValue."door"'

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let temperature = ObjectIdentity::symbol("EXAMPLE-MIB", "exampleTemperature", 0);
        let door = ObjectIdentity::symbol("EXAMPLE-MIB", "exampleSensorValue", "door");
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .get([temperature.add_asn1_mib_source(common::MIBS), door])
            .add_callback(common::print)
    })
}

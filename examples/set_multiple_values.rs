//! Write several scalars in one request: all of them or none.
//!
//!     cargo run --example set_multiple_values [-- HOST[:PORT]]
//!
//! * SNMPv1, community `private`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysContact.0 and sysLocation.0 by name, sysName.0 by numbers
//!
//! Does what this command does:
//!
//!     snmpset -v1 -c private HOST 1.3.6.1.2.1.1.4.0 s "noc@example.org" \
//!         1.3.6.1.2.1.1.6.0 s "rack 12" 1.3.6.1.2.1.1.5.0 s "gateway"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::v1("private"), &common::target(reactor))
            .set(objects![
                ("SNMPv2-MIB::sysContact.0", "noc@example.org"),
                ("SNMPv2-MIB::sysLocation.0", "rack 12"),
                ("1.3.6.1.2.1.1.5.0", OctetString::from("gateway")),
            ])
            .add_callback(common::print)
    })
}

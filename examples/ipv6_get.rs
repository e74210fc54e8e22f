//! Fetch scalars over IPv6.
//!
//!     cargo run --example ipv6_get [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP and IPv6, to an agent that the example starts itself, or to HOST:161; an address with a
//!   port stands in brackets: `[::1]:1161`
//! * SNMPv2-MIB::sysDescr.0 and SNMPv2-MIB::sysLocation.0
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public udp6:[::1]:161 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.6.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    if common::targets().is_empty() && !common::has_ipv6() {
        println!("this system has no IPv6");
        return ExitCode::SUCCESS;
    }
    react(|reactor| {
        let target = common::target_or(reactor, "[::1]:0");
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &target)
            .get(["SNMPv2-MIB::sysDescr.0", "SNMPv2-MIB::sysLocation.0"])
            .add_callback(common::print)
    })
}

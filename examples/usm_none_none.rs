//! SNMPv3 without keys: neither authenticated nor encrypted.
//!
//!     cargo run --example usm_none_none [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-none-none`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * IF-MIB::ifInOctets.1
//!
//! Does what this command does:
//!
//!     snmpget -v3 -l noAuthNoPriv -u usr-none-none HOST 1.3.6.1.2.1.2.2.1.10.1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let user = UsmUserData::new("usr-none-none");
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .get(["IF-MIB::ifInOctets.1"])
            .add_callback(common::print)
    })
}

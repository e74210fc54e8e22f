//! Fetch one scalar, with patience of one's own.
//!
//!     cargo run --example custom_timeout_and_retries [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * two seconds for the answer, and no second try
//! * SNMPv2-MIB::sysDescr.0
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public -t 2 -r 0 HOST 1.3.6.1.2.1.1.1.0

mod common;

use std::time::Duration;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .timeout(Duration::from_secs(2))
            .retries(0)
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(common::print)
    })
}

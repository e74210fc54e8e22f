//! Several requests at the same time, joined by a `DeferredList`.
//!
//!     cargo run --example multiple_concurrent_queries [-- HOST[:PORT]]
//!
//! * SNMPv1, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysDescr.0 and SNMPv2-MIB::sysLocation.0, in a request each
//! * the answers are printed when all are there, in the order of the requests
//!
//! Does what these commands do, side by side:
//!
//!     snmpget -v1 -c public HOST 1.3.6.1.2.1.1.1.0
//!     snmpget -v1 -c public HOST 1.3.6.1.2.1.1.6.0

mod common;

use deferred_snmp::deferred::DeferredList;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let (auth, target) = (CommunityData::v1("public"), common::target(reactor));
        let agent = SnmpEngine::new(reactor).remote(&auth, &target);
        let names = ["SNMPv2-MIB::sysDescr.0", "SNMPv2-MIB::sysLocation.0"];
        let queries = names.map(|name| agent.get([name]));
        DeferredList::new(queries).add_callback(|outcomes| {
            for outcome in outcomes {
                outcome.and_then(common::print)?;
            }
            Ok(())
        })
    })
}

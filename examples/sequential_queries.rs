//! Several requests, each sent when the one before it has been answered.
//!
//!     cargo run --example sequential_queries [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * sysDescr.0, sysContact.0, sysName.0 and sysLocation.0 of SNMPv2-MIB
//! * a callback that returns the Deferred of the next request makes the chain wait for it
//!
//! Does what these commands do, one after the other:
//!
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.1.1.0
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.1.4.0
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.1.5.0
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.1.6.0

mod common;

use deferred_snmp::deferred::{Deferred, succeed};
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let (auth, target) = (CommunityData::new("public"), common::target(reactor));
        let agent = SnmpEngine::new(reactor).remote(&auth, &target);
        let names = [
            "SNMPv2-MIB::sysDescr.0",
            "SNMPv2-MIB::sysContact.0",
            "SNMPv2-MIB::sysName.0",
            "SNMPv2-MIB::sysLocation.0",
        ];
        query(agent, names.into_iter())
    })
}

/// Asks for the first of `names`, and for the others when its answer is there.
fn query(
    agent: RemoteEngine,
    mut names: impl Iterator<Item = &'static str> + 'static,
) -> Deferred<(), SnmpError> {
    let Some(name) = names.next() else {
        return succeed(());
    };
    agent
        .get([name])
        .add_callback(common::print)
        .add_callback(move |()| query(agent, names))
}

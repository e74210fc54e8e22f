//! Send an inform with nothing but numbers, as with PySNMP's light API (`hlapi.v1arch`).
//!
//!     cargo run --example light_inform [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * coldStart with sysName.0, named and printed by their numbers
//! * an engine has nothing to be configured: what is not used costs nothing
//!
//! Does what this command does:
//!
//!     snmpinform -v2c -c public -On HOST "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s gateway

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &manager.target)
            .notify(
                NotifyType::Inform,
                NotificationType::new(oid!(1.3.6.1.6.3.1.1.5.1))
                    .add_var_binds([(oid!(1.3.6.1.2.1.1.5.0), "gateway")]),
            )
            .map(|response| response.lookup_mib(false))
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

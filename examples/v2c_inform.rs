//! Send a notification that is acknowledged.
//!
//!     cargo run --example v2c_inform [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * coldStart, with the object sysName.0
//! * sent again up to five times, until the receiver answers; its answer repeats the bindings, and is
//!   printed
//!
//! Does what this command does:
//!
//!     snmpinform -v2c -c public HOST "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s "system name"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &manager.target)
            .notify(
                NotifyType::Inform,
                NotificationType::symbol("SNMPv2-MIB", "coldStart").add_var_binds([
                    ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("system name"),
                ]),
            )
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

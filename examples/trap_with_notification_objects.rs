//! Send a trap with the objects that its definition names.
//!
//!     cargo run --example trap_with_notification_objects [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * IF-MIB::linkUp of interface 123: its OBJECTS clause asks for ifIndex, ifAdminStatus and
//!   ifOperStatus, in this order
//!
//! Does what this command does:
//!
//!     snmptrap -v2c -c public HOST "" 1.3.6.1.6.3.1.1.5.4 1.3.6.1.2.1.2.2.1.1.123 i 123 \
//!         1.3.6.1.2.1.2.2.1.7.123 i 1 1.3.6.1.2.1.2.2.1.8.123 i 1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        SnmpEngine::new(reactor)
            .remote(&CommunityData::new("public"), &manager.target)
            .notify(
                NotifyType::Trap,
                NotificationType::symbol("IF-MIB", "linkUp")
                    .instance_index(123)
                    .object("IF-MIB", "ifIndex", 123)
                    .object("IF-MIB", "ifAdminStatus", "up")
                    .object("IF-MIB", "ifOperStatus", "up"),
            )
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

//! Send a trap and an inform to several managers at the same time.
//!
//!     cargo run --example multiple_notifications_at_once [-- HOST[:PORT] ...]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to two receivers that the example starts itself, or to each HOST:162
//! * warmStart, with the objects snmpTrapEnterprise.0 and 1.3.6.1.2.1.1.1.0 = "my system"
//! * the answers to the informs are printed; a manager that does not answer does not keep the others
//!
//! Does what these commands do, side by side:
//!
//!     snmptrap -v2c -c public HOST 12345 1.3.6.1.6.3.1.1.5.2
//!     snmpinform -v2c -c public HOST 12345 1.3.6.1.6.3.1.1.5.2

mod common;

use deferred_snmp::deferred::{Deferred, DeferredList};
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn send_one(
    engine: &SnmpEngine,
    manager: &UdpTransportTarget,
    notify_type: NotifyType,
) -> Deferred<(), SnmpError> {
    let name = manager.to_string();
    engine
        .remote(&CommunityData::new("public"), manager)
        .notify(
            notify_type,
            NotificationType::new("1.3.6.1.6.3.1.1.5.2").add_var_binds([
                VarBind::new(oid!(1.3.6.1.6.3.1.1.4.3.0), oid!(1.3.6.1.4.1.20408.4.1.1.2)),
                VarBind::new(oid!(1.3.6.1.2.1.1.1.0), "my system"),
            ]),
        )
        .add_callback(common::print)
        .add_errback(move |error| {
            println!("{name} failure: {error}");
            Err(error)
        })
}

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let own = ["127.0.0.1:0", "127.0.0.2:0"];
        let managers = common::notifications::managers(reactor, &own);
        let sent: Vec<_> = managers
            .iter()
            .flat_map(|manager| {
                [NotifyType::Trap, NotifyType::Inform]
                    .map(|notify_type| send_one(&engine, &manager.target, notify_type))
            })
            .collect();
        DeferredList::new(sent).add_callback(move |outcomes| {
            // The receivers of our own are kept until all is done.
            drop(managers);
            outcomes.into_iter().collect::<Result<(), _>>()
        })
    })
}

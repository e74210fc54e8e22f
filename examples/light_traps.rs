//! Send traps with nothing but numbers, as with PySNMP's light API (`hlapi.v1arch`).
//!
//!     cargo run --example light_traps [-- HOST[:PORT]]
//!
//! * community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * SNMPv1: coldStart of the enterprise 1.3.6.1.4.1.20408.4.1.1.2, with sysName.0
//! * SNMPv2c: coldStart with sysName.0
//! * SNMPv2c: linkUp with the objects of its definition, ifIndex, ifAdminStatus and ifOperStatus of
//!   interface 123: the numbers of these are looked up
//! * an engine has nothing to be configured: what is not used costs nothing
//!
//! Does what these commands do:
//!
//!     snmptrap -v1 -c public HOST 1.3.6.1.4.1.20408.4.1.1.2 0.0.0.0 0 0 12345 1.3.6.1.2.1.1.5.0 s gateway
//!     snmptrap -v2c -c public HOST 12345 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s gateway
//!     snmptrap -v2c -c public HOST "" 1.3.6.1.6.3.1.1.5.4 1.3.6.1.2.1.2.2.1.1.123 i 123 \
//!         1.3.6.1.2.1.2.2.1.7.123 i 1 1.3.6.1.2.1.2.2.1.8.123 i 1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let manager = common::notifications::manager(reactor);
        let target = manager.target.clone();
        let send = move |auth: CommunityData, notification: NotificationType| {
            let manager = engine.remote(&auth, &target);
            manager.notify(NotifyType::Trap, notification)
        };
        let v2c = || CommunityData::new("public");
        let enterprise = (oid!(1.3.6.1.6.3.1.1.4.3.0), oid!(1.3.6.1.4.1.20408.4.1.1.2));
        let of_enterprise = cold_start().add_var_binds([enterprise]);
        send(CommunityData::v1("public"), of_enterprise)
            .add_callback(move |_| {
                let sent = send(v2c(), cold_start());
                sent.add_callback(move |_| send(v2c(), link_up()))
            })
            .add_callback(|_| manager.print(3))
    })
}

fn cold_start() -> NotificationType {
    NotificationType::new(oid!(1.3.6.1.6.3.1.1.5.1)).add_var_binds([
        ObjectType::from((oid!(1.3.6.1.2.1.1.3.0), TimeTicks(12_345))),
        ObjectType::from((oid!(1.3.6.1.2.1.1.5.0), "gateway")),
    ])
}

fn link_up() -> NotificationType {
    NotificationType::new(oid!(1.3.6.1.6.3.1.1.5.4))
        .instance_index(123)
        .object("IF-MIB", "ifIndex", 123)
        .object("IF-MIB", "ifAdminStatus", 1)
        .object("IF-MIB", "ifOperStatus", 1)
}

//! Send a trap with objects of one's own.
//!
//!     cargo run --example v2c_trap [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * coldStart, by module and name
//! * with the objects sysDescr.0 and 1.3.6.1.4.1.20408.4.1.1.2 (a Counter64)
//!
//! Does what this command does:
//!
//!     snmptrap -v2c -c public HOST "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.1.0 s "my system" \
//!         1.3.6.1.4.1.20408.4.1.1.2.0 C 4294967296

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
                NotifyType::Trap,
                NotificationType::symbol("SNMPv2-MIB", "coldStart").add_var_binds([
                    ObjectType::symbol("SNMPv2-MIB", "sysDescr", 0).value("my system"),
                    ObjectType::new(oid!(1.3.6.1.4.1.20408.4.1.1.2.0)).value(Counter64(1 << 32)),
                ]),
            )
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

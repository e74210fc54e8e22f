//! Send a trap of SNMPv1 with defaults.
//!
//!     cargo run --example default_v1_trap [-- HOST[:PORT]]
//!
//! * SNMPv1, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * generic trap 1 (warmStart), enterprise 1.3.6.1.4.1.20408.4.1.1.2
//! * agent address 0.0.0.0, and as time the age of the engine
//! * with the object 1.3.6.1.2.1.1.1.0 = "my system"
//!
//! Does what this command does:
//!
//!     snmptrap -v1 -c public HOST 1.3.6.1.4.1.20408.4.1.1.2 0.0.0.0 1 0 0 \
//!         1.3.6.1.2.1.1.1.0 s "my system"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        SnmpEngine::new(reactor)
            .remote(&CommunityData::v1("public"), &manager.target)
            .notify(
                NotifyType::Trap,
                NotificationType::new("1.3.6.1.6.3.1.1.5.2")
                    .add_var_binds([(
                        "1.3.6.1.6.3.1.1.4.3.0",
                        Value::from(oid!(1.3.6.1.4.1.20408.4.1.1.2)),
                    )])
                    .add_var_binds([("1.3.6.1.2.1.1.1.0", "my system")]),
            )
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

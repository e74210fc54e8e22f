//! Send a trap of SNMPv1 whose every field is chosen.
//!
//!     cargo run --example custom_v1_trap [-- HOST[:PORT]]
//!
//! * SNMPv1, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * the fields of the Trap-PDU are bindings here (RFC 3584 section 3): time 12345, agent address
//!   127.0.0.1; enterprise 1.3.6.1.4.1.20408.4.1.1.2 and specific trap 432 are the trap's name
//! * with the object 1.3.6.1.2.1.1.1.0 = "my system"
//!
//! Does what this command does:
//!
//!     snmptrap -v1 -c public HOST 1.3.6.1.4.1.20408.4.1.1.2 127.0.0.1 6 432 12345 \
//!         1.3.6.1.2.1.1.1.0 s "my system"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        let fields: [(&str, Value); 3] = [
            ("1.3.6.1.2.1.1.3.0", TimeTicks(12_345).into()),
            ("1.3.6.1.6.3.18.1.3.0", IpAddress::LOCALHOST.into()),
            ("1.3.6.1.2.1.1.1.0", "my system".into()),
        ];
        SnmpEngine::new(reactor)
            .remote(&CommunityData::v1("public"), &manager.target)
            .notify(
                NotifyType::Trap,
                NotificationType::new("1.3.6.1.4.1.20408.4.1.1.2.0.432").add_var_binds(fields),
            )
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

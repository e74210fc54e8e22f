//! Send a trap whose PDU is made by hand.
//!
//!     cargo run --example send_custom_pdu [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * an SNMPv2-Trap-PDU with every binding given, sysUpTime.0 and snmpTrapOID.0 (coldStart) among them;
//!   the engine adds its request-id and nothing else
//!
//! Does what this command does:
//!
//!     snmptrap -v2c -c public HOST 123 1.3.6.1.6.3.1.1.5.1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        let var_binds = [
            VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(123)),
            VarBind::new(oid!(1.3.6.1.6.3.1.1.4.1.0), oid!(1.3.6.1.6.3.1.1.5.1)),
        ];
        send_pdu(
            &SnmpEngine::new(reactor),
            &CommunityData::new("public"),
            &manager.target,
            &ContextData::default(),
            Pdu::new(PduKind::TrapV2, 0, var_binds.into_iter().collect()),
        )
        .add_callback(|_| println!("the notification is on its way"))
        .add_callback(|()| manager.print(1))
    })
}

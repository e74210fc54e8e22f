//! Write values with a PDU made by hand: nothing is looked up or converted.
//!
//!     cargo run --example native_v2c_set [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `private`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * a SetRequest-PDU with 1.3.6.1.2.1.1.4.0 and 1.3.6.1.2.1.1.5.0 (sysContact.0 and sysName.0), each an
//!   OCTET STRING because it says so
//!
//! Does what this command does:
//!
//!     snmpset -v2c -c private -On HOST 1.3.6.1.2.1.1.4.0 s "root@example.org" 1.3.6.1.2.1.1.5.0 s gateway

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let values = [
            VarBind::new(oid!(1.3.6.1.2.1.1.4.0), "root@example.org"),
            VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "gateway"),
        ];
        send_pdu(
            &SnmpEngine::new(reactor),
            &CommunityData::new("private"),
            &common::target(reactor),
            &ContextData::default(),
            Pdu::new(PduKind::SetRequest, 0, values.into_iter().collect()),
        )
        .map(|response| response.lookup_mib(false))
        .add_callback(common::print)
    })
}

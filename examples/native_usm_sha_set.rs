//! Write one value with SNMPv3, with a PDU made by hand.
//!
//!     cargo run --example native_usm_sha_set [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-sha-none`, authentication SHA with `authkey1`, not encrypted
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * a SetRequest-PDU with 1.3.6.1.2.1.1.6.0 (SNMPv2-MIB::sysLocation.0), an OCTET STRING because it says so
//!
//! Does what this command does:
//!
//!     snmpset -v3 -l authNoPriv -u usr-sha-none -a SHA -A authkey1 HOST \
//!         1.3.6.1.2.1.1.6.0 s "my new value"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let location = VarBind::new(oid!(1.3.6.1.2.1.1.6.0), "my new value");
        send_pdu(
            &SnmpEngine::new(reactor),
            &UsmUserData::new("usr-sha-none").auth(AuthProtocol::Sha1, "authkey1"),
            &common::target(reactor),
            &ContextData::default(),
            Pdu::new(PduKind::SetRequest, 0, [location].into_iter().collect()),
        )
        .add_callback(common::print)
    })
}

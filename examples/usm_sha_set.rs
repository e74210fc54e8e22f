//! Write one value with SNMPv3.
//!
//!     cargo run --example usm_sha_set [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-sha-none`, authentication SHA with `authkey1`, not encrypted
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * 1.3.6.1.2.1.1.6.0 (SNMPv2-MIB::sysLocation.0), an OCTET STRING
//!
//! Does what this command does:
//!
//!     snmpset -v3 -l authNoPriv -u usr-sha-none -a SHA -A authkey1 HOST \
//!         1.3.6.1.2.1.1.6.0 s "my new value"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        set_cmd(
            &SnmpEngine::new(reactor),
            &UsmUserData::new("usr-sha-none").auth(AuthProtocol::Sha1, "authkey1"),
            &common::target(reactor),
            &ContextData::default(),
            [("1.3.6.1.2.1.1.6.0", OctetString::from("my new value"))],
        )
        .add_callback(common::print)
    })
}

//! SNMPv3, authenticated with SHA-1 and encrypted with AES-128.
//!
//!     cargo run --example usm_sha_aes128 [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-sha-aes128`, authentication SHA with `authkey1`, privacy AES with `privkey1`;
//!   the other protocols are the variants of `AuthProtocol` and `PrivProtocol`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysDescr.0
//!
//! Does what this command does:
//!
//!     snmpget -v3 -l authPriv -u usr-sha-aes128 -a SHA -A authkey1 -x AES -X privkey1 HOST \
//!         1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let user = UsmUserData::new("usr-sha-aes128")
            .auth(AuthProtocol::Sha1, "authkey1")
            .privacy(PrivProtocol::Aes128, "privkey1");
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(common::print)
    })
}

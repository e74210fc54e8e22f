//! SNMPv3, authenticated with SHA-512 and encrypted with AES-256.
//!
//!     cargo run --example usm_sha512_aes256 [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-sha512-aes256`, authentication SHA-512 with `authkey1`, privacy AES-256 with
//!   `privkey1`
//! * a hash as long as this one is not extended to make the key: `Aes256Reeder` would do the same
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysDescr.0
//!
//! Does what this command does:
//!
//!     snmpget -v3 -l authPriv -u usr-sha512-aes256 -a SHA-512 -A authkey1 -x AES-256 -X privkey1 \
//!         HOST 1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let user = UsmUserData::new("usr-sha512-aes256")
            .auth(AuthProtocol::Sha512, "authkey1")
            .privacy(PrivProtocol::Aes256Blumenthal, "privkey1");
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(common::print)
    })
}

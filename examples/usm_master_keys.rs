//! SNMPv3 with master keys in place of pass phrases.
//!
//!     cargo run --example usm_master_keys [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-des`, authentication MD5, privacy DES
//! * the keys that `authkey1` and `privkey1` yield, the same for every agent (Ku of RFC 3414)
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysDescr.0
//!
//! Does what this command does:
//!
//!     snmpget -v3 -l authPriv -u usr-md5-des -a MD5 -3m 0x1dcf59e86553b3afa5d32fd5d61bf0cf \
//!         -x DES -3M 0xec5ab55e93e1d85cb6846d0f23e845e0 HOST 1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let auth_key = 0x1dcf59e86553b3afa5d32fd5d61bf0cf_u128.to_be_bytes();
        let priv_key = 0xec5ab55e93e1d85cb6846d0f23e845e0_u128.to_be_bytes();
        let user = UsmUserData::new("usr-md5-des")
            .auth(AuthProtocol::Md5, Key::master(auth_key))
            .privacy(PrivProtocol::Des, Key::master(priv_key));
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(common::print)
    })
}

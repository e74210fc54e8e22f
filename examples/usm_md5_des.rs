//! SNMPv3, authenticated with MD5 and encrypted with DES.
//!
//!     cargo run --example usm_md5_des [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-des`, authentication MD5 with `authkey1`, privacy DES with `privkey1`: for
//!   devices that have nothing better
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * IF-MIB::ifInOctets.1
//!
//! Does what this command does:
//!
//!     snmpget -v3 -l authPriv -u usr-md5-des -a MD5 -A authkey1 -x DES -X privkey1 HOST \
//!         1.3.6.1.2.1.2.2.1.10.1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let user = UsmUserData::new("usr-md5-des")
            .auth(AuthProtocol::Md5, "authkey1")
            .privacy(PrivProtocol::Des, "privkey1");
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .get(["IF-MIB::ifInOctets.1"])
            .add_callback(common::print)
    })
}

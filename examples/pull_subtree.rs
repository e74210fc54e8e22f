//! Read everything below one name.
//!
//!     cargo run --example pull_subtree [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-none`, authentication MD5 with `authkey1`, not encrypted
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * everything below 1.3.6.1.2.1.1, the system group
//!
//! Does what this command does:
//!
//!     snmpwalk -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 HOST 1.3.6.1.2.1.1

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let user = UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1");
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .walk(["1.3.6.1.2.1.1"])
            .lexicographic_mode(false)
            .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
            .map(|walk| println!("{} variables in {} requests", walk.rows, walk.calls))
    })
}

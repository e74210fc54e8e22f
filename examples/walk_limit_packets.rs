//! Walk, but not longer than a number of requests.
//!
//!     cargo run --example walk_limit_packets [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-sha-aes128`, authentication SHA with `authkey1`, AES-128 with `privkey1`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * from SNMPv2-MIB::system on, by GETBULK with 10 repetitions, and at most 10 requests
//!
//! Does what no single Net-SNMP command does; the nearest, without the limit, is
//!
//!     snmpbulkwalk -v3 -l authPriv -u usr-sha-aes128 -a SHA -A authkey1 -x AES -X privkey1 -Cr10 HOST system

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
            .bulk_walk(10, ["SNMPv2-MIB::system"])
            .max_calls(10)
            .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
            .map(|walk| println!("{} variables in {} requests", walk.rows, walk.calls))
    })
}

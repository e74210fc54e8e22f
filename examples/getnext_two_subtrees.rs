//! Walk two subtrees in step, each to its end.
//!
//!     cargo run --example getnext_two_subtrees [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-des`, authentication MD5 with `authkey1`, DES with `privkey1`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * by GETNEXT, with one variable of SNMPv2-MIB::system and one of IF-MIB::ifTable in each request; the
//!   walk ends with the longer one, and what lies outside is not printed
//!
//! Does what these commands do one after the other:
//!
//!     snmpwalk -v3 -l authPriv -u usr-md5-des -a MD5 -A authkey1 -x DES -X privkey1 HOST system
//!     snmpwalk -v3 -l authPriv -u usr-md5-des -a MD5 -A authkey1 -x DES -X privkey1 HOST ifTable

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

const SYSTEM: ObjectIdentifier = oid!(1.3.6.1.2.1.1);
const INTERFACES: ObjectIdentifier = oid!(1.3.6.1.2.1.2.2);

fn main() -> ExitCode {
    react(|reactor| {
        let user = UsmUserData::new("usr-md5-des")
            .auth(AuthProtocol::Md5, "authkey1")
            .privacy(PrivProtocol::Des, "privkey1");
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .walk([SYSTEM, INTERFACES])
            .lexicographic_mode(false)
            .for_each(|row| {
                for (var_bind, root) in row.iter().zip([SYSTEM, INTERFACES]) {
                    // A column that has ended repeats its last name, with endOfMibView for a value.
                    let is_over = var_bind.value().is_exception();
                    if !is_over && var_bind.name().starts_with(root.as_ref()) {
                        println!("{var_bind}");
                    }
                }
            })
            .map(|walk| println!("{} rows in {} requests", walk.rows, walk.calls))
    })
}

//! Fetch scalars with nothing but numbers, as with PySNMP's light API (`hlapi.v1arch`).
//!
//!     cargo run --example light_get [-- HOST[:PORT]]
//!
//! * SNMPv1 and SNMPv2c, community `public`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * sysDescr.0 and sysName.0, named and printed by their numbers
//! * an engine has nothing to be configured: what is not used costs nothing
//!
//! Does what these commands do:
//!
//!     snmpget -v1 -c public -On HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.5.0
//!     snmpget -v2c -c public -On HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.5.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let target = common::target(reactor);
        let get = move |auth: CommunityData| {
            let names = [oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.2.1.1.5.0)];
            engine
                .remote(&auth, &target)
                .lookup_mib(false)
                .get(names)
                .add_callback(common::print)
        };
        get(CommunityData::v1("public")).add_callback(move |()| get(CommunityData::new("public")))
    })
}

//! Several engines that know nothing of each other on one reactor.
//!
//!     cargo run --example multiple_engines_one_reactor [-- HOST[:PORT] ...]
//!
//! * two engines, with sockets, names and caches of their own, take turns
//! * SNMPv1 and SNMPv2c, community `public`; SNMPv3, user `usr-md5-des`, authentication MD5 with
//!   `authkey1`, privacy DES with `privkey1`
//! * over UDP, to three agents that the example starts itself, or to each HOST:161
//! * SNMPv2-MIB::sysDescr.0 and SNMPv2-MIB::sysLocation.0
//!
//! Does what these commands do, side by side:
//!
//!     snmpget -v1 -c public HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.6.0
//!     snmpget -v2c -c public HOST2 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.6.0
//!     snmpget -v3 -l authPriv -u usr-md5-des -a MD5 -A authkey1 -x DES -X privkey1 HOST3 \
//!         1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.6.0

mod common;

use deferred_snmp::deferred::DeferredList;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engines = [SnmpEngine::new(reactor), SnmpEngine::new(reactor)];
        let mut targets = common::targets();
        if targets.is_empty() {
            let hosts = ["127.0.0.1:0", "127.0.0.2:0", "127.0.0.3:0"];
            targets.extend(hosts.map(|host| common::agent(reactor, host).into()));
        }
        let user = UsmUserData::new("usr-md5-des")
            .auth(AuthProtocol::Md5, "authkey1")
            .privacy(PrivProtocol::Des, "privkey1");
        let versions: [(&str, &dyn AuthData); 3] = [
            ("SNMPv1, public", &CommunityData::v1("public")),
            ("SNMPv2c, public", &CommunityData::v2c("public")),
            ("SNMPv3, usr-md5-des", &user),
        ];
        let count = targets.len().max(versions.len());
        let turns = engines.iter().cycle().zip(targets.iter().cycle());
        let turns = turns.zip(versions.iter().cycle()).take(count);
        let queries = turns.map(|((engine, target), (auth, credentials))| {
            let engine_id = engine.engine_id();
            let heading = format!("snmpEngine 0x{engine_id}: {auth} via {target}");
            engine
                .remote(*credentials, target)
                .get(["SNMPv2-MIB::sysDescr.0", "SNMPv2-MIB::sysLocation.0"])
                .add_both(move |outcome| common::report(&heading, outcome))
        });
        DeferredList::new(queries)
            .add_callback(|outcomes| outcomes.into_iter().collect::<Result<(), _>>())
    })
}

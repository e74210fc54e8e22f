//! Every version at the same time, over IPv4 and IPv6.
//!
//!     cargo run --example concurrent_queries_ipv4_ipv6 [-- HOST[:PORT] ...]
//!
//! * SNMPv1 and SNMPv2c, community `public`; SNMPv3, user `usr-md5-des`, authentication MD5 with
//!   `authkey1`, privacy DES with `privkey1`
//! * over UDP, to two agents that the example starts itself, one of them on IPv6 if there is any, or
//!   to each HOST:161
//! * SNMPv2-MIB::sysDescr.0 and SNMPv2-MIB::sysLocation.0
//! * each answer is printed when it is there; what fails is printed too, and the exit status says so
//!
//! Does what these commands do, side by side:
//!
//!     snmpget -v1 -c public HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.6.0
//!     snmpget -v2c -c public HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.6.0
//!     snmpget -v3 -l authPriv -u usr-md5-des -a MD5 -A authkey1 -x DES -X privkey1 HOST \
//!         1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.6.0

mod common;

use deferred_snmp::deferred::DeferredList;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let mut targets = common::targets();
        if targets.is_empty() {
            targets.push(common::agent(reactor, "127.0.0.1:0").into());
            if common::has_ipv6() {
                targets.push(common::agent(reactor, "[::1]:0").into());
            }
        }
        let user = UsmUserData::new("usr-md5-des")
            .auth(AuthProtocol::Md5, "authkey1")
            .privacy(PrivProtocol::Des, "privkey1");
        let versions: [(&str, &dyn AuthData); 3] = [
            ("SNMPv1, public", &CommunityData::v1("public")),
            ("SNMPv2c, public", &CommunityData::v2c("public")),
            ("SNMPv3, usr-md5-des", &user),
        ];
        let mut queries = Vec::new();
        for target in &targets {
            for (auth, credentials) in versions {
                let heading = format!("{auth} via {target}");
                let query = engine
                    .remote(credentials, target)
                    .get(["SNMPv2-MIB::sysDescr.0", "SNMPv2-MIB::sysLocation.0"])
                    .add_both(move |outcome| common::report(&heading, outcome));
                queries.push(query);
            }
        }
        DeferredList::new(queries)
            .add_callback(|outcomes| outcomes.into_iter().collect::<Result<(), _>>())
    })
}

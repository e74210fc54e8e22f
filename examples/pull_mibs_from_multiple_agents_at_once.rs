//! Walk several agents at the same time.
//!
//!     cargo run --example pull_mibs_from_multiple_agents_at_once [-- HOST[:PORT] ...]
//!
//! * SNMPv3, user `usr-md5-none`, authentication MD5 with `authkey1`, not encrypted; the key is made
//!   of the pass phrase once for all agents
//! * over UDP, to three agents that the example starts itself, one of them on IPv6 if there is any,
//!   or to each HOST:161
//! * GETBULK with 25 repetitions, from 1.3.6 to the end of the MIB
//! * an agent that does not answer does not keep the others from being walked
//!
//! Does what these commands do, side by side:
//!
//!     snmpbulkwalk -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 -Cr25 HOST .1.3.6
//!     snmpbulkwalk -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 -Cr25 HOST2 .1.3.6

mod common;

use deferred_snmp::deferred::DeferredList;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let user = UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1");
        let mut targets = common::targets();
        if targets.is_empty() {
            let mut hosts = vec!["127.0.0.1:0", "127.0.0.2:0"];
            if common::has_ipv6() {
                hosts.push("[::1]:0");
            }
            targets.extend(hosts.iter().map(|host| common::agent(reactor, host).into()));
        }
        let walks = targets.into_iter().map(|target| {
            let peer = target.to_string();
            engine
                .remote(&user, &target)
                .bulk_walk(25, ["1.3.6"])
                .for_each(move |row| {
                    row.iter()
                        .for_each(|var_bind| println!("{peer} {var_bind}"))
                })
                .map(move |walk| (target, walk))
        });
        DeferredList::new(walks).add_callback(|outcomes| {
            for outcome in outcomes {
                let (target, walk) = outcome?;
                println!(
                    "{target}: {} variables in {} requests",
                    walk.rows, walk.calls
                );
            }
            Ok(())
        })
    })
}

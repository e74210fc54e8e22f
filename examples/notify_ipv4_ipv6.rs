//! Send one notification over IPv4 and over IPv6.
//!
//!     cargo run --example notify_ipv4_ipv6 [-- HOST[:PORT] ...]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to receivers that the example starts itself on 127.0.0.1 and, if there is any IPv6, on
//!   `::1`, or to each HOST:162
//! * a trap, coldStart; one engine has a socket for each family
//!
//! Does what these commands do:
//!
//!     snmptrap -v2c -c public 127.0.0.1 "" 1.3.6.1.6.3.1.1.5.1
//!     snmptrap -v2c -c public udp6:[::1] "" 1.3.6.1.6.3.1.1.5.1

mod common;

use deferred_snmp::deferred::DeferredList;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let mut own = vec!["127.0.0.1:0"];
        if common::has_ipv6() {
            own.push("[::1]:0");
        }
        let sent = common::notifications::managers(reactor, &own)
            .into_iter()
            .map(|manager| {
                engine
                    .remote(&CommunityData::new("public"), &manager.target)
                    .notify(NotifyType::Trap, "SNMPv2-MIB::coldStart")
                    .add_callback(|_| manager.print(1))
            });
        DeferredList::new(sent.collect::<Vec<_>>())
            .add_callback(|outcomes| outcomes.into_iter().collect::<Result<(), _>>())
    })
}

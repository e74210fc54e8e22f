//! Send one notification to many managers.
//!
//!     cargo run --example notify_many_managers [-- HOST[:PORT] ...]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to three receivers that the example starts itself, or to each HOST:162
//! * an inform, coldStart with the object sysName.0
//! * one value for the notification and one for the community, whatever the number of managers; what
//!   became of each is printed when all have answered or been given up
//!
//! Does what these commands do, side by side:
//!
//!     snmpinform -v2c -c public HOST "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s "system name"
//!     snmpinform -v2c -c public HOST2 "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s "system name"

mod common;

use deferred_snmp::deferred::DeferredList;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let auth = CommunityData::new("public");
        let cold_start = NotificationType::symbol("SNMPv2-MIB", "coldStart")
            .add_var_binds([ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("system name")]);
        let own = ["127.0.0.1:0", "127.0.0.2:0", "127.0.0.3:0"];
        let managers = common::notifications::managers(reactor, &own);
        let sent: Vec<_> = managers
            .iter()
            .map(|manager| {
                engine
                    .remote(&auth, &manager.target)
                    .notify(NotifyType::Inform, cold_start.clone())
            })
            .collect();
        DeferredList::new(sent).add_callback(move |outcomes| {
            for (manager, outcome) in managers.iter().zip(&outcomes) {
                match outcome {
                    Ok(_) => println!("{}: acknowledged", manager.target),
                    Err(error) => println!("{}: {error}", manager.target),
                }
            }
            outcomes
                .into_iter()
                .try_for_each(|outcome| outcome.map(drop))
        })
    })
}

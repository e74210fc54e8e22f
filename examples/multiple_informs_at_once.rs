//! Send several informs at the same time, in several versions.
//!
//!     cargo run --example multiple_informs_at_once [-- HOST[:PORT] ...]
//!
//! * SNMPv2c with community `public`, and SNMPv3 with user `usr-md5-none`, MD5 and "authkey1"
//! * over UDP, to two receivers that the example starts itself, or to each HOST:162
//! * coldStart, with the object sysName.0
//! * each receiver is sent both; what became of each is printed as it is known
//!
//! Does what these commands do, side by side:
//!
//!     snmpinform -v2c -c public HOST "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s "system name"
//!     snmpinform -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 HOST \
//!         "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s "system name"

mod common;

use deferred_snmp::deferred::{Deferred, DeferredList};
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn inform(
    engine: &SnmpEngine,
    auth: &dyn AuthData,
    target: &UdpTransportTarget,
    version: &'static str,
) -> Deferred<(), SnmpError> {
    let (name, other_name) = (target.to_string(), target.to_string());
    engine
        .remote(auth, target)
        .notify(
            NotifyType::Inform,
            NotificationType::symbol("SNMPv2-MIB", "coldStart").add_var_binds([
                ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("system name"),
            ]),
        )
        .add_callback(move |_| println!("{name}: acknowledged by {version}"))
        .add_errback(move |error| {
            println!("{other_name}: {error}");
            Err(error)
        })
}

fn main() -> ExitCode {
    react(|reactor| {
        let engine = SnmpEngine::new(reactor);
        let community = CommunityData::new("public");
        let user = UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1");
        let own = ["127.0.0.1:0", "127.0.0.2:0"];
        let managers = common::notifications::managers(reactor, &own);
        let mut sent = Vec::new();
        for manager in &managers {
            sent.push(inform(&engine, &community, &manager.target, "v2c"));
            sent.push(inform(&engine, &user, &manager.target, "v3"));
        }
        DeferredList::new(sent).add_callback(move |outcomes| {
            // The receivers of our own are kept until all is done.
            drop(managers);
            outcomes.into_iter().collect::<Result<(), _>>()
        })
    })
}

//! Send one notification in every version.
//!
//!     cargo run --example notify_mixed_versions [-- HOST[:PORT]]
//!
//! * SNMPv1 and SNMPv2c with community `public`, and SNMPv3 with user `usr-sha-aes128`, SHA-1 with
//!   "authkey1", AES-128 with "privkey1"
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * a trap, coldStart with the object sysName.0: one value, whatever the version
//!
//! Does what these commands do:
//!
//!     snmptrap -v1 -c public HOST 1.3.6.1.6.3.1.1.5 0.0.0.0 0 0 "" 1.3.6.1.2.1.1.5.0 s "system name"
//!     snmptrap -v2c -c public HOST "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s "system name"
//!     snmptrap -v3 -e 0x8000000001020304 -l authPriv -u usr-sha-aes128 -a SHA -A authkey1 \
//!         -x AES -X privkey1 HOST "" 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s "system name"

mod common;

use deferred_snmp::deferred::DeferredList;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        let engine = common::notifications::sender(reactor, &manager);
        let cold_start = NotificationType::symbol("SNMPv2-MIB", "coldStart")
            .add_var_binds([ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("system name")]);
        let user = UsmUserData::new("usr-sha-aes128")
            .auth(AuthProtocol::Sha1, "authkey1")
            .privacy(PrivProtocol::Aes128, "privkey1");
        let all: [&dyn AuthData; 3] = [
            &CommunityData::v1("public"),
            &CommunityData::v2c("public"),
            &user,
        ];
        let sent = all.map(|auth| {
            engine
                .remote(auth, &manager.target)
                .notify(NotifyType::Trap, cold_start.clone())
        });
        DeferredList::new(sent)
            .add_callback(|outcomes| outcomes.into_iter().collect::<Result<Vec<_>, _>>())
            .add_callback(|_| manager.print(3))
    })
}

//! Send a trap of SNMPv3.
//!
//!     cargo run --example v3_trap [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-sha-aes128`, SHA-1 with "authkey1", AES-128 with "privkey1"
//! * from the engine 0x8000000001020304: a trap is in the authority of its sender, whose users the
//!   receiver has to know by the engine's name
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * authenticationFailure, with the object sysName.0
//!
//! A receiver that has heard of this engine before takes nothing from an earlier boot. So for a HOST, the boots are
//! counted in the file `deferred-snmp-8000000001020304` in the directory for temporary files.
//!
//! Does what this command does:
//!
//!     snmptrap -v3 -e 0x8000000001020304 -l authPriv -u usr-sha-aes128 -a SHA -A authkey1 \
//!         -x AES -X privkey1 HOST "" 1.3.6.1.6.3.1.1.5.5 1.3.6.1.2.1.1.5.0 s "system name"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        let user = UsmUserData::new("usr-sha-aes128")
            .auth(AuthProtocol::Sha1, "authkey1")
            .privacy(PrivProtocol::Aes128, "privkey1");
        common::notifications::sender(reactor, &manager)
            .remote(&user, &manager.target)
            .notify(
                NotifyType::Trap,
                NotificationType::symbol("SNMPv2-MIB", "authenticationFailure").add_var_binds([
                    ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("system name"),
                ]),
            )
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

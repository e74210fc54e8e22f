//! Send a notification of SNMPv3 that is acknowledged.
//!
//!     cargo run --example v3_inform [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-des`, MD5 with "authkey1", DES with "privkey1"
//! * in the authority of the receiver, whose engine is asked for its name and its time first
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * warmStart, with the object sysName.0; the receiver's answer is printed
//!
//! Does what this command does:
//!
//!     snmpinform -v3 -l authPriv -u usr-md5-des -a MD5 -A authkey1 -x DES -X privkey1 HOST \
//!         "" 1.3.6.1.6.3.1.1.5.2 1.3.6.1.2.1.1.5.0 s "system name"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        let user = UsmUserData::new("usr-md5-des")
            .auth(AuthProtocol::Md5, "authkey1")
            .privacy(PrivProtocol::Des, "privkey1");
        SnmpEngine::new(reactor)
            .remote(&user, &manager.target)
            .notify(
                NotifyType::Inform,
                NotificationType::symbol("SNMPv2-MIB", "warmStart").add_var_binds([
                    ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value("system name"),
                ]),
            )
            .add_callback(common::print)
            .add_callback(|()| manager.print(1))
    })
}

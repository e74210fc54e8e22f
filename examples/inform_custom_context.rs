//! Notify about a context of one's own.
//!
//!     cargo run --example inform_custom_context [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-none`, MD5 with "authkey1"
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * an inform about the context "my-context", then one about a context of the engine
//!   0x8000000001020304
//!
//! Does what these commands do:
//!
//!     snmpinform -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 -n my-context HOST \
//!         "" 1.3.6.1.6.3.1.1.5.1
//!     snmpinform -v3 -l authNoPriv -u usr-md5-none -a MD5 -A authkey1 -E 0x8000000001020304 HOST \
//!         "" 1.3.6.1.6.3.1.1.5.1

mod common;

use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn inform(
    engine: &SnmpEngine,
    target: &UdpTransportTarget,
    context: &ContextData,
) -> Deferred<(), SnmpError> {
    let user = UsmUserData::new("usr-md5-none").auth(AuthProtocol::Md5, "authkey1");
    engine
        .remote(&user, target)
        .context(context)
        .notify(
            NotifyType::Inform,
            NotificationType::symbol("SNMPv2-MIB", "coldStart"),
        )
        .add_callback(common::print)
}

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        let engine = SnmpEngine::new(reactor);
        let target = manager.target.clone();
        let engine_id = EngineId::new(&[0x80, 0, 0, 0, 1, 2, 3, 4]).expect("of 1 to 32 octets");
        let of_a_name = ContextData::default().name("my-context");
        let of_an_engine = ContextData::default().engine_id(engine_id);
        inform(&engine, &target, &of_a_name)
            .add_callback(move |()| inform(&engine, &target, &of_an_engine))
            .add_callback(|()| manager.print(2))
    })
}

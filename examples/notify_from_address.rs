//! Send a notification from an address of one's choice.
//!
//!     cargo run --example notify_from_address [-- HOST[:PORT]]
//!
//! * SNMPv1, community `public`
//! * from 127.0.0.2, or from 0.0.0.0 (the system chooses) to a HOST:162 on the command line
//! * over UDP, to a receiver that the example starts itself and that prints what it gets
//! * coldStart; the trap of SNMPv1 names the address as that of its agent
//!
//! Does what this command does:
//!
//!     snmptrap -v1 -c public --clientaddr=127.0.0.2 HOST 1.3.6.1.6.3.1.1.5 127.0.0.2 0 0 ""

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        let engine = SnmpEngine::new(reactor);
        let own = match manager.is_own() {
            true => [127, 0, 0, 2],
            false => [0, 0, 0, 0],
        };
        let from = engine.send_from((own, 0).into())?;
        println!("from {}", from.ip());
        let sent = engine
            .remote(&CommunityData::v1("public"), &manager.target)
            .notify(NotifyType::Trap, "SNMPv2-MIB::coldStart");
        Ok::<_, SnmpError>(sent.add_callback(|_| manager.print(1)))
    })
}

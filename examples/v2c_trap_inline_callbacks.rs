//! Send a trap in straight lines, as with Twisted's `inlineCallbacks`.
//!
//!     cargo run --example v2c_trap_inline_callbacks [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * over UDP, to a receiver that the example starts itself and that prints what it gets, or to
//!   HOST:162
//! * warmStart, with the object 1.3.6.1.2.1.1.1.0 = "Hello from Twisted"
//! * a coroutine on the reactor: what is awaited are Deferreds, and there is no other executor
//!
//! Does what this command does:
//!
//!     snmptrap -v2c -c public HOST 12345 1.3.6.1.6.3.1.1.5.2 \
//!         1.3.6.1.2.1.1.1.0 s "Hello from Twisted"

mod common;

use common::notifications::Manager;
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

async fn send_trap(engine: SnmpEngine, manager: Manager) -> Result<(), SnmpError> {
    let response = engine
        .remote(&CommunityData::new("public"), &manager.target)
        .notify(
            NotifyType::Trap,
            NotificationType::new("1.3.6.1.6.3.1.1.5.2").add_var_binds([(
                "1.3.6.1.2.1.1.1.0",
                OctetString::from(b"Hello from Twisted"),
            )]),
        )
        .await?;
    common::print(response)?;
    manager.print(1).await
}

fn main() -> ExitCode {
    react(|reactor| {
        let manager = common::notifications::manager(reactor);
        reactor.spawn(send_trap(SnmpEngine::new(reactor), manager))
    })
}

//! Receive notifications on two interfaces.
//!
//!     cargo run --example receiver_multiple_interfaces [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 and SNMPv2c, community `public`
//! * over UDP: on two ports of 127.0.0.1, where notifications of the example's own come in, or on each
//!   ADDRESS:PORT until it is interrupted
//! * every binding is printed; informs are acknowledged
//!
//! With `-- 127.0.0.1:1162 127.0.0.1:2162`, each of these commands sends something:
//!
//!     snmptrap -v2c -c public 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s test
//!     snmpinform -v2c -c public 127.0.0.1:2162 123 1.3.6.1.6.3.1.1.5.1

mod common;

use std::error::Error;

use common::notifications;
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::Reactor;

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let engine = SnmpEngine::new(&reactor.handle());
    engine.add_v1_system("my-area", "public");
    NotificationReceiver::new(&engine, |notification| {
        println!("{}", notifications::origin(notification));
        for var_bind in notification.var_binds() {
            println!("{var_bind}");
        }
    })?;
    let own = ["127.0.0.1:0", "127.0.0.1:0"];
    notifications::serve(&engine, &own, notifications::trap_and_inform);
    Ok(reactor.run()?)
}

//! Receive notifications and tell who sent them.
//!
//!     cargo run --example receiver_peer_address [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 and SNMPv2c, community `public`
//! * over UDP: on a port of 127.0.0.1, where notifications of the example's own come in, or on each
//!   ADDRESS:PORT until it is interrupted
//! * the address of the sender is printed, and by what name and in which way it is known
//!
//! With `-- 127.0.0.1:1162`, this command sends something:
//!
//!     snmptrap -v2c -c public 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s test

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
        println!(
            "{} from {}, {} {}, security name \"{}\"",
            if notification.is_inform() {
                "inform"
            } else {
                "trap"
            },
            notification.address(),
            notification.version(),
            notification.security_level(),
            notification.security_name().escape_ascii(),
        );
        notification
            .iter()
            .for_each(|var_bind| println!("{var_bind}"));
    })?;
    let own = ["127.0.0.1:0"];
    notifications::serve(&engine, &own, notifications::trap_and_inform);
    Ok(reactor.run()?)
}

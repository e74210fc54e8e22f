//! Receive notifications over IPv4 and over IPv6.
//!
//!     cargo run --example receiver_ipv4_ipv6 [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 and SNMPv2c, community `public`
//! * over UDP: on 127.0.0.1 and, if there is any IPv6, on `::1`, where notifications of the example's
//!   own come in, or on each ADDRESS:PORT until it is interrupted; an IPv6 address stands in brackets
//! * the port that a notification came to is printed, and every binding
//!
//! With `-- 127.0.0.1:1162 [::1]:1162`, each of these commands sends something:
//!
//!     snmptrap -v2c -c public 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1
//!     snmpinform -v2c -c public udp6:[::1]:1162 123 1.3.6.1.6.3.1.1.5.1

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
        if let Some(address) = notification.local_addr() {
            println!("at {address}:");
        }
        notification
            .iter()
            .for_each(|var_bind| println!("{var_bind}"));
    })?;
    let mut own = vec!["127.0.0.1:0"];
    if common::has_ipv6() {
        own.push("[::1]:0");
    }
    notifications::serve(&engine, &own, notifications::trap_and_inform);
    Ok(reactor.run()?)
}

//! Receive notifications of every community that fits a pattern.
//!
//!     cargo run --example receiver_regexp_community [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 and SNMPv2c, every community with "love" in it
//! * over UDP: on a port of 127.0.0.1, where notifications of the example's own come in, or on each
//!   ADDRESS:PORT until it is interrupted
//! * the pattern is a closure, and may be a regular expression of any crate
//!
//! With `-- 127.0.0.1:1162`, the first of these commands is heard, the second is not:
//!
//!     snmptrap -v2c -c glove 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1
//!     snmptrap -v2c -c glue 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1

mod common;

use std::error::Error;
use std::net::SocketAddr;

use common::notifications::{self, Sending};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, Reactor};

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let engine = SnmpEngine::new(&reactor.handle());
    engine.set_community_rule(|community| {
        let fits = community.windows(4).any(|part| part == b"love");
        fits.then(|| CommunityEntry::new("my-area"))
    });
    NotificationReceiver::new(&engine, |notification| {
        let community = notification.community().unwrap_or_default();
        println!("community \"{}\":", community.escape_ascii());
        notification
            .iter()
            .for_each(|var_bind| println!("{var_bind}"));
    })?;
    notifications::serve(&engine, &["127.0.0.1:0"], send);
    Ok(reactor.run()?)
}

fn send(reactor: &Handle, address: SocketAddr) -> Sending {
    notifications::send(reactor, address, &CommunityData::new("glove"))
}

//! Write every notification as a line of JSON.
//!
//!     cargo run --example trap_daemon_json_lines --features serde,signals [-- ADDRESS:PORT ...]
//!
//! * SNMPv1 and SNMPv2c, community `public`; SNMPv3, user `usr-sha-aes128` of any engine, SHA-1 with
//!   "authkey1", AES-128 with "privkey1"
//! * over UDP: on a port of 127.0.0.1, where notifications of the example's own come in, or on each
//!   ADDRESS:PORT until it is interrupted
//! * an inform is acknowledged once its line is written: if it cannot be, because the disk is full for
//!   example, the sender tries again, and what went wrong is in the log
//! * with the feature `signals`, SIGINT and SIGTERM end it in an orderly way
//!
//! With `-- 127.0.0.1:1162 >> traps.json`, these commands send something:
//!
//!     snmpinform -v2c -c public 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s test
//!     snmpinform -v3 -u usr-sha-aes128 -l authPriv -a SHA -A authkey1 -x AES -X privkey1 \
//!         127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1

mod common;

use std::error::Error;
use std::io::Write;
use std::net::SocketAddr;

use common::notifications::{self, Sending};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::security::usm::AuthPriv;

fn user() -> UsmUserData<AuthPriv> {
    UsmUserData::new("usr-sha-aes128")
        .auth(AuthProtocol::Sha1, "authkey1")
        .privacy(PrivProtocol::Aes128, "privkey1")
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let engine = SnmpEngine::new(&reactor.handle());
    engine.add_v1_system("my-area", "public");
    engine.add_v3_user(&user().any_engine())?;
    NotificationReceiver::deferred(&engine, |notification| {
        let mut line = serde_json::to_vec(&notification)?;
        line.push(b'\n');
        let mut output = std::io::stdout().lock();
        output.write_all(&line)?;
        output.flush()?;
        Ok(())
    })?;
    notifications::serve_silently(&engine, &["127.0.0.1:0"], send);
    Ok(reactor.run()?)
}

/// A trap and an inform of SNMPv2c, then of SNMPv3.
fn send(reactor: &Handle, address: SocketAddr) -> Sending {
    let again = reactor.clone();
    notifications::trap_and_inform(reactor, address)
        .add_callback(move |_| notifications::send(&again, address, &user()))
}

//! Receive notifications of several users of SNMPv3.
//!
//!     cargo run --example receiver_multiple_usm_users [-- ADDRESS:PORT ...]
//!
//! * SNMPv3, users of any engine, who send traps from theirs and informs to that of the receiver:
//!   `usr-md5-des`, MD5 with "authkey1", DES with "privkey1";
//!   `usr-md5-none`, MD5 with "authkey1";
//!   `usr-sha-aes128`, SHA-1 with "authkey1", AES-128 with "privkey1"
//! * over UDP: on a port of 127.0.0.1, where notifications of the example's own come in, or on each
//!   ADDRESS:PORT until it is interrupted
//! * a trap that was recorded and is sent again later is refused
//!
//! With `-- 127.0.0.1:1162`, each of these commands sends something:
//!
//!     snmptrap -v3 -e 0x8000000001020304 -u usr-md5-des -l authPriv -a MD5 -A authkey1 \
//!         -x DES -X privkey1 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1
//!     snmptrap -v3 -e 0x8000000001020304 -u usr-sha-aes128 -l authPriv -a SHA -A authkey1 \
//!         -x AES -X privkey1 127.0.0.1:1162 123 1.3.6.1.6.3.1.1.5.1
//!     snmpinform -v3 -u usr-md5-none -l authNoPriv -a MD5 -A authkey1 127.0.0.1:1162 \
//!         123 1.3.6.1.6.3.1.1.5.1

mod common;

use std::error::Error;
use std::net::SocketAddr;

use common::notifications::{self, Sending};
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::security::usm::AuthPriv;

fn sender() -> EngineId {
    EngineId::new(&[0x80, 0, 0, 0, 1, 2, 3, 4]).expect("of 1 to 32 octets")
}

fn sha_aes() -> UsmUserData<AuthPriv> {
    UsmUserData::new("usr-sha-aes128")
        .auth(AuthProtocol::Sha1, "authkey1")
        .privacy(PrivProtocol::Aes128, "privkey1")
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut reactor = Reactor::new()?;
    let engine = SnmpEngine::new(&reactor.handle());
    let md5 = |name| UsmUserData::new(name).auth(AuthProtocol::Md5, "authkey1");
    let md5_none = md5("usr-md5-none");
    let md5_des = md5("usr-md5-des").privacy(PrivProtocol::Des, "privkey1");
    engine.add_v3_user(&md5_none.any_engine())?;
    engine.add_v3_user(&md5_des.any_engine())?;
    engine.add_v3_user(&sha_aes().any_engine())?;
    NotificationReceiver::new(&engine, |notification| {
        println!(
            "{} {}:",
            notification.security_name().escape_ascii(),
            notification.security_level()
        );
        notifications::print(notification);
    })?;
    notifications::serve(&engine, &["127.0.0.1:0"], send);
    Ok(reactor.run()?)
}

fn send(reactor: &Handle, address: SocketAddr) -> Sending {
    let config = EngineConfig::default().engine_id(sender());
    let engine = SnmpEngine::with_config(reactor, config);
    notifications::send_by(&engine, address, &sha_aes())
}

//! SNMPv3 with keys that are good for one agent only.
//!
//!     cargo run --example usm_localized_keys [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-md5-des`, authentication MD5, privacy DES
//! * the keys that `authkey1` and `privkey1` yield for the agent 0x80004fb805636c6f75644dab22cc (Kul
//!   of RFC 3414): another agent's answer is refused
//! * given the agent's name, the request goes out without asking for it first
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysDescr.0
//!
//! Does what this command does:
//!
//!     snmpget -v3 -l authPriv -u usr-md5-des -e 0x80004fb805636c6f75644dab22cc \
//!         -a MD5 -3k 0x6b99c475259ef7976cf8d028a3381eeb \
//!         -x DES -3K 0x92b5ef98f0a216885e73944e58c07345 HOST 1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let agent: EngineId = common::ENGINE_ID.parse().expect("an engine id");
        let auth_key = 0x6b99c475259ef7976cf8d028a3381eeb_u128.to_be_bytes();
        let priv_key = 0x92b5ef98f0a216885e73944e58c07345_u128.to_be_bytes();
        let user = UsmUserData::new("usr-md5-des")
            .auth(AuthProtocol::Md5, Key::localized(agent, auth_key))
            .privacy(PrivProtocol::Des, Key::localized(agent, priv_key))
            .security_engine_id(agent);
        SnmpEngine::new(reactor)
            .remote(&user, &common::target(reactor))
            .get(["SNMPv2-MIB::sysDescr.0"])
            .add_callback(common::print)
    })
}

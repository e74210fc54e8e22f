//! Write a value that the MIB makes into what the object asks for.
//!
//!     cargo run --example set_value_by_mib [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `private`
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * SNMPv2-MIB::sysName.0, given as text
//! * then a label that the object does not have, which is refused before anything is sent
//!
//! Does what this command does:
//!
//!     snmpset -v2c -c private HOST SNMPv2-MIB::sysName.0 = "new system name"

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let (auth, target) = (CommunityData::new("private"), common::target(reactor));
        let agent = SnmpEngine::new(reactor).remote(&auth, &target);
        agent
            .set([("SNMPv2-MIB::sysName.0", "new system name")])
            .add_callback(common::print)
            .add_callback(move |()| {
                agent
                    .set([("IF-MIB::ifAdminStatus.1", "sideways")])
                    .add_callback(common::print)
                    .handle(|error| println!("refused: {error}"))
            })
    })
}

//! Ask from an address of one's choice.
//!
//!     cargo run --example send_from_local_address [-- HOST[:PORT]]
//!
//! * SNMPv2c, community `public`
//! * from 127.0.0.2, or from 0.0.0.0 (the system chooses) to a HOST:161 on the command line; the port is a
//!   free one, and stays the same for all requests
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * sysDescr.0, by module and name
//!
//! Does what this command does:
//!
//!     snmpget -v2c -c public --clientaddr=127.0.0.2 HOST 1.3.6.1.2.1.1.1.0

mod common;

use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let own = match common::targets().is_empty() {
            true => [127, 0, 0, 2],
            false => [0, 0, 0, 0],
        };
        let engine = SnmpEngine::new(reactor);
        let from = engine.send_from((own, 0).into())?;
        println!("from {}", from.ip());
        let answered = engine
            .remote(&CommunityData::new("public"), &common::target(reactor))
            .get(["SNMPv2-MIB::sysDescr.0"]);
        Ok(answered.add_callback(common::print))
    })
}

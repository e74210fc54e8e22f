//! Walk to the end of the MIB with GETBULK, request by request.
//!
//!     cargo run --example getbulk_to_eom [-- HOST[:PORT]]
//!
//! * SNMPv3, user `usr-none-none`, neither authenticated nor encrypted
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * from SNMPv2-MIB::system on, 0 non-repeaters, 50 repetitions
//! * until an answer ends with endOfMibView, which is printed as well, or does not move on
//!
//! Does what this command does (and goes on to the end of the MIB):
//!
//!     snmpbulkwalk -v3 -l noAuthNoPriv -u usr-none-none -Cn0 -Cr50 HOST 1.3.6.1.2.1.1

mod common;

use deferred_snmp::deferred::{Deferred, fail, succeed};
use deferred_snmp::hlapi::*;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let (auth, target) = (UsmUserData::new("usr-none-none"), common::target(reactor));
        let agent = SnmpEngine::new(reactor).remote(&auth, &target);
        walk(agent, vec!["SNMPv2-MIB::system".into()], None)
    })
}

/// Asks for what follows `objects`, the name `asked` if it is known, prints it, and goes on behind the last row.
fn walk(
    agent: RemoteEngine,
    objects: Vec<ObjectType>,
    asked: Option<ObjectIdentifier>,
) -> Deferred<(), SnmpError> {
    agent
        .bulk(0, 50, objects)
        .add_callback(Response::into_result)
        .add_callback(move |response| {
            let mut next = None;
            for row in response.rows() {
                row.iter().for_each(|var_bind| println!("{var_bind}"));
                let last = row.iter().next().map(|var_bind| var_bind.to_owned().name);
                next = last
                    .filter(|_| !row.is_end_of_mib())
                    .map(|last| (row.objects(), last));
            }
            match (next, asked) {
                // It would go round for ever.
                (Some((_, answered)), Some(asked)) if answered <= asked => {
                    fail(SnmpError::OidNotIncreasing { asked, answered })
                }
                (Some((objects, last)), _) => walk(agent, objects, Some(last)),
                (None, _) => succeed(()),
            }
        })
}

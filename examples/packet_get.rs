//! Fetch scalars packet by packet, without an engine.
//!
//!     cargo run --example packet_get [-- HOST[:PORT]]
//!
//! * a GetRequest-PDU in a message of SNMPv1, community `public`, sent again until it is answered
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * sysDescr.0 and sysObjectID.0, by their numbers; values print as they are
//!
//! Does what this command does:
//!
//!     snmpget -v1 -c public -On HOST 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.2.0

mod common;

use std::process::ExitCode;

use common::packets::{self, Asker};
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::VarBind;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let reactor = reactor.clone();
        let target = common::target(&reactor);
        reactor.clone().inline_callbacks(async move {
            let to = packets::address(&reactor, &target).await?;
            let asker = Asker::new(&reactor, to)?;
            let names = [
                VarBind::new(oid!(1.3.6.1.2.1.1.1.0), ()),
                VarBind::new(oid!(1.3.6.1.2.1.1.2.0), ()),
            ];
            let names = names.into_iter().collect();
            let request = Pdu::new(PduKind::GetRequest, asker.request_id(), names);
            let answer = asker.ask(to, Version::V1, b"public", &request).await?;
            for binding in &packets::var_binds(answer)? {
                println!("{binding}");
            }
            Ok(())
        })
    })
}

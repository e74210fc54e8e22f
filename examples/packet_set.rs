//! Change scalars packet by packet, without an engine.
//!
//!     cargo run --example packet_set [-- HOST[:PORT]]
//!
//! * a SetRequest-PDU in a message of SNMPv2c, community `private`, sent again until it is answered
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * sysContact.0 and sysName.0, by their numbers; an OCTET STRING for each
//!
//! Does what this command does:
//!
//!     snmpset -v2c -c private -On HOST 1.3.6.1.2.1.1.4.0 s "root@example.org" 1.3.6.1.2.1.1.5.0 s gateway

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
            let values = [
                VarBind::new(oid!(1.3.6.1.2.1.1.4.0), "root@example.org"),
                VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "gateway"),
            ];
            let values = values.into_iter().collect();
            let request = Pdu::new(PduKind::SetRequest, asker.request_id(), values);
            let answer = asker.ask(to, Version::V2c, b"private", &request).await?;
            for binding in &packets::var_binds(answer)? {
                println!("{binding}");
            }
            Ok(())
        })
    })
}

//! Send informs packet by packet, without an engine, over IPv4 and over IPv6.
//!
//!     cargo run --example packet_inform [-- HOST[:PORT] ...]
//!
//! * an InformRequest-PDU in a message of SNMPv2c, community `public`, sent again until it is answered
//! * over UDP, to receivers that the example starts itself on 127.0.0.1 and, if there is any IPv6, on
//!   `::1`, and that print what they get, or to each HOST:162
//! * coldStart with sysName.0
//!
//! Does what this command does:
//!
//!     snmpinform -v2c -c public HOST 12345 1.3.6.1.6.3.1.1.5.1 1.3.6.1.2.1.1.5.0 s gateway

mod common;

use std::process::ExitCode;

use common::notifications;
use common::packets::{self, Asker};
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind, SNMP_TRAP_OID, SYS_UP_TIME};
use deferred_snmp::smi::{TimeTicks, VarBind};
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let reactor = reactor.clone();
        reactor.clone().inline_callbacks(async move {
            for manager in notifications::managers(&reactor, common::loopbacks()) {
                let to = packets::address(&reactor, &manager.target).await?;
                let asker = Asker::new(&reactor, to)?;
                let inform = inform(asker.request_id());
                let answer = asker.ask(to, Version::V2c, b"public", &inform).await?;
                println!("{to}: {answer}");
                packets::var_binds(answer)?;
                manager.print(1).await?;
            }
            Ok(())
        })
    })
}

fn inform(request_id: i32) -> Pdu {
    let var_binds = [
        VarBind::new(SYS_UP_TIME.clone(), TimeTicks(12_345)),
        VarBind::new(SNMP_TRAP_OID.clone(), oid!(1.3.6.1.6.3.1.1.5.1)),
        VarBind::new(oid!(1.3.6.1.2.1.1.5.0), "gateway"),
    ];
    let var_binds = var_binds.into_iter().collect();
    Pdu::new(PduKind::InformRequest, request_id, var_binds)
}

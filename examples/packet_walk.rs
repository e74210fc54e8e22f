//! Walk an agent packet by packet, without an engine.
//!
//!     cargo run --example packet_walk [-- HOST[:PORT]]
//!
//! * a GetNextRequest-PDU after the other in messages of SNMPv1, community `public`, each sent again until
//!   it is answered
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * everything from 1.3 on, by numbers; the end is what SNMPv1 reports as noSuchName
//! * an agent that does not go forward is left
//!
//! Does what this command does:
//!
//!     snmpwalk -v1 -c public -On HOST 1.3

mod common;

use std::process::ExitCode;

use common::packets::{self, Asker};
use deferred_snmp::deferred::Failure;
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::smi::VarBind;
use deferred_snmp::task::react;

fn main() -> ExitCode {
    react(|reactor| {
        let reactor = reactor.clone();
        let target = common::target(&reactor);
        reactor.clone().inline_callbacks(async move {
            let to = packets::address(&reactor, &target).await?;
            let asker = Asker::new(&reactor, to)?;
            let mut last = oid!(1.3);
            loop {
                let names = [VarBind::new(last.clone(), ())].into_iter().collect();
                let request = Pdu::new(PduKind::GetNextRequest, asker.request_id(), names);
                let answer = asker.ask(to, Version::V1, b"public", &request).await?;
                if answer.error_status == ErrorStatus::NO_SUCH_NAME {
                    return Ok(());
                }
                let var_binds = packets::var_binds(answer)?;
                let Some(binding) = var_binds.get(0).filter(|v| v.name > last.as_ref()) else {
                    return Err(Failure::message(format!("nothing new after {last}")));
                };
                println!("{binding}");
                last = binding.name.to_owned();
            }
        })
    })
}

//! Walk an agent packet by packet with GETBULK, without an engine.
//!
//!     cargo run --example packet_bulkwalk [-- HOST[:PORT]]
//!
//! * a GetBulkRequest-PDU after the other in messages of SNMPv2c, community `public`, each sent again until
//!   it is answered; 25 repetitions
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * everything from 1.3 on, by numbers; the end is the value endOfMibView
//! * an agent that does not go forward is left
//!
//! Does what this command does:
//!
//!     snmpbulkwalk -v2c -c public -On -Cr25 HOST 1.3

mod common;

use std::process::ExitCode;

use common::packets::{self, Asker};
use deferred_snmp::deferred::Failure;
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, Pdu};
use deferred_snmp::smi::{ValueRef, VarBind};
use deferred_snmp::task::react;

const BULK: Bulk = Bulk {
    non_repeaters: 0,
    max_repetitions: 25,
};

fn main() -> ExitCode {
    react(|reactor| {
        let reactor = reactor.clone();
        let target = common::target(&reactor);
        reactor.clone().spawn(async move {
            let to = packets::address(&reactor, &target).await?;
            let asker = Asker::new(&reactor, to)?;
            let mut last = oid!(1.3);
            loop {
                let names = [VarBind::new(last.clone(), ())].into_iter().collect();
                let request = Pdu::bulk_request(asker.request_id(), BULK, names);
                let answer = asker.ask(to, Version::V2c, b"public", &request).await?;
                let var_binds = packets::var_binds(answer)?;
                if var_binds.is_empty() {
                    return Err(Failure::message("an answer without bindings"));
                }
                for binding in &var_binds {
                    if binding.value == ValueRef::EndOfMibView {
                        return Ok(());
                    }
                    if binding.name <= last.as_ref() {
                        return Err(Failure::message(format!("nothing new after {last}")));
                    }
                    println!("{binding}");
                    last = binding.name.to_owned();
                }
            }
        })
    })
}

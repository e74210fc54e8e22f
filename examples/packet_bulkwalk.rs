//! Walk an agent packet by packet with GETBULK, without an engine.
//!
//!     cargo run --example packet_bulkwalk [-- HOST[:PORT]]
//!
//! * a GetBulkRequest-PDU after the other in messages of SNMPv2c, community `public`, each sent again until
//!   it is answered; 25 repetitions
//! * over UDP, to an agent that the example starts itself, or to HOST:161
//! * everything from 1.3 on, by numbers, in the order in which it comes; the end is the value endOfMibView
//! * an agent whose answer does not end behind the name that was asked for is left
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
        reactor.clone().inline_callbacks(async move {
            let to = packets::address(&reactor, &target).await?;
            let asker = Asker::new(&reactor, to)?;
            let mut last = oid!(1.3);
            loop {
                let names = [VarBind::new(last.clone(), ())].into_iter().collect();
                let request = Pdu::bulk_request(asker.request_id(), BULK, names);
                let answer = asker.ask(to, Version::V2c, b"public", &request).await?;
                let var_binds = packets::var_binds(answer)?;
                let mut next = None;
                for binding in &var_binds {
                    if binding.value == ValueRef::EndOfMibView {
                        return Ok(());
                    }
                    // Some agents answer with rows out of order. What keeps this from going round for ever is that the
                    // name asked for goes up.
                    next = (binding.name > last.as_ref()).then_some(binding.name);
                    if next.is_some() {
                        println!("{binding}");
                    }
                }
                let Some(next) = next else {
                    return Err(Failure::message(format!("nothing new after {last}")));
                };
                last = next.to_owned();
            }
        })
    })
}

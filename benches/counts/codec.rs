//! Messages of 1 and of 50 bindings: decoded, every name and value read, and encoded, every binding anew.

use std::hint::black_box;

use deferred_snmp::message::CommunityMessage;
use deferred_snmp::pdu::PduBody;
use deferred_snmp::smi::VarBindList;

use crate::Cases;
use crate::response::{bindings, encode};

pub(crate) fn cases(cases: &Cases) {
    for (count, what) in [(1, "1 binding"), (50, "50 bindings")] {
        let bindings = bindings(count);
        let mut list: VarBindList = bindings.iter().cloned().collect();
        let mut datagram = Vec::new();
        encode(list.as_ref(), &mut datagram);
        cases.whole(&format!("decode {what}"), || {
            let message = CommunityMessage::decode(black_box(&datagram)).expect("a message");
            let PduBody::Pdu(pdu) = message.pdu else {
                unreachable!()
            };
            black_box(pdu.request_id);
            for binding in pdu.var_binds {
                black_box(binding.name);
                black_box(binding.value);
            }
        });
        cases.whole(&format!("encode {what}"), || {
            list.clear();
            for binding in black_box(&bindings) {
                list.push(binding.name.as_ref(), binding.value.as_ref());
            }
            encode(list.as_ref(), &mut datagram);
            black_box(&datagram);
        });
    }
}

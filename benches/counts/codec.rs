//! Messages of 1 and of 50 bindings: decoded, every name and value read, and encoded, every binding anew.

use std::hint::black_box;

use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, PduBody, PduKind, PduRef};
use deferred_snmp::smi::{
    Counter32, Counter64, Gauge32, TimeTicks, Value, VarBind, VarBindList, VarBindListRef,
};

use crate::Cases;

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

/// Rows of ifTable and ifXTable as a walk meets them.
fn bindings(count: u32) -> Vec<VarBind> {
    let columns = [
        (
            oid!(1.3.6.1.2.1.2.2.1.10),
            Value::from(Counter32(719_032_431)),
        ),
        (oid!(1.3.6.1.2.1.2.2.1.2), Value::from("GigabitEthernet0/1")),
        (oid!(1.3.6.1.2.1.2.2.1.8), Value::from(1)),
        (
            oid!(1.3.6.1.2.1.31.1.1.1.6),
            Value::from(Counter64(8_719_032_431_112)),
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.5),
            Value::from(Gauge32(1_000_000_000)),
        ),
        (oid!(1.3.6.1.2.1.2.2.1.9), Value::from(TimeTicks(123_456))),
    ];
    (0..count)
        .map(|place| {
            let (column, value) = &columns[place as usize % columns.len()];
            let name = column.child(10_101 + place / 6).expect("few arcs");
            VarBind::new(name, value.clone())
        })
        .collect()
}

fn encode(var_binds: VarBindListRef<'_>, out: &mut Vec<u8>) {
    let pdu = PduRef {
        kind: PduKind::Response,
        request_id: 1_395_348_582,
        error_status: ErrorStatus::NO_ERROR,
        error_index: 0,
        var_binds,
    };
    CommunityMessage::new(Version::V2c, b"public", pdu).encode(out);
}

//! The response that is decoded and encoded, here and in the bench `codec`.

use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, PduKind, PduRef};
use deferred_snmp::smi::{
    Counter32, Counter64, Gauge32, TimeTicks, Value, VarBind, VarBindListRef,
};

/// Rows of ifTable and ifXTable as a walk meets them.
pub(crate) fn bindings(count: u32) -> Vec<VarBind> {
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

pub(crate) fn encode(var_binds: VarBindListRef<'_>, out: &mut Vec<u8>) {
    let pdu = PduRef {
        kind: PduKind::Response,
        request_id: 1_395_348_582,
        error_status: ErrorStatus::NO_ERROR,
        error_index: 0,
        var_binds,
    };
    CommunityMessage::new(Version::V2c, b"public", pdu).encode(out);
}

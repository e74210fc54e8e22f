//! What the codec allocates: nothing to decode, nothing to encode into a kept buffer.

use std::hint::black_box;

use counting_allocator::counted;
use deferred_snmp::asn1::Reader;
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduBody, PduKind, PduRef};
use deferred_snmp::smi::{Counter64, ObjectIdentifier, Value, ValueRef, VarBindList};
use util::{hex_octets, json_lines};

/// What one pass over a binding's value yields, so that nothing can be left out.
fn weight(value: ValueRef<'_>) -> u64 {
    match value {
        ValueRef::OctetString(octets) | ValueRef::Opaque(octets) => octets.len() as u64,
        ValueRef::ObjectIdentifier(oid) => oid.arcs().map(u64::from).sum(),
        ValueRef::IpAddress(address) => address.to_bits().into(),
        other => other.as_u64().unwrap_or(0),
    }
}

fn response(bindings: u32) -> Pdu {
    let column = oid!(1.3.6.1.2.1.2.2.1.10);
    let var_binds = (0..bindings)
        .map(|row| {
            let value = match row % 5 {
                0 => Value::from("GigabitEthernet0/0/1"),
                1 => Value::from(i32::MIN),
                2 => Value::from(Counter64(u64::MAX >> 8)),
                3 => Value::from(oid!(1.3.6.1.4.1.8072.3.2.10)),
                _ => Value::from(std::net::Ipv4Addr::LOCALHOST),
            };
            (column.child(row * 100).unwrap(), value)
        })
        .collect();
    Pdu::new(PduKind::Response, 1, var_binds)
}

#[test]
fn the_count_counts() {
    let (_, allocations) = counted(|| black_box(Vec::<u8>::with_capacity(10)));
    assert_eq!(allocations, 1);
    let (_, allocations) = counted(|| {
        let mut octets = vec![0_u8; 100];
        octets.reserve_exact(10_000);
        black_box(octets)
    });
    assert_eq!(allocations, 2);
}

#[test]
fn decoding_a_response_and_reading_every_value_allocates_nothing() {
    let pdu = response(50);
    let mut datagram = Vec::new();
    CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut datagram);
    let (weight, allocations) = counted(|| {
        let message = CommunityMessage::decode(&datagram).unwrap();
        let PduBody::Pdu(PduRef { var_binds, .. }) = message.pdu else {
            panic!("not a response");
        };
        assert_eq!(var_binds.len(), 50);
        var_binds
            .iter()
            .map(|binding| weight(binding.value) + binding.name.arcs().map(u64::from).sum::<u64>())
            .sum::<u64>()
    });
    assert_ne!(weight, 0);
    assert_eq!(allocations, 0);
}

#[test]
fn encoding_into_kept_buffers_allocates_nothing() {
    let pdu = response(50);
    let mut datagram = Vec::new();
    let mut list = VarBindList::new();
    let mut send = |datagram: &mut Vec<u8>| {
        list.clear();
        for binding in &pdu.var_binds {
            list.push(binding.name, binding.value);
        }
        let pdu = PduRef {
            var_binds: list.as_ref(),
            ..pdu.as_ref()
        };
        CommunityMessage::new(Version::V2c, b"public", pdu).encode(datagram);
    };
    let ((), allocations) = counted(|| send(&mut datagram));
    assert!(
        (1..30).contains(&allocations),
        "growing takes {allocations}"
    );
    for _ in 0..3 {
        let ((), allocations) = counted(|| send(&mut datagram));
        assert_eq!(allocations, 0);
    }
    assert!(CommunityMessage::decode(&datagram).is_ok());
}

#[test]
fn short_identifiers_are_cloned_without_allocating() {
    let name: ObjectIdentifier = "1.3.6.1.4.1.9999.1.2.3.4.5.6.7.8.9.10".parse().unwrap();
    let long = oid!(
        1.3.6
            .1
            .2
            .1
            .4
            .24
            .7
            .1
            .7
            .2
            .16
            .254
            .128
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .0
            .64
            .2
            .0
            .0
    );
    let (child, allocations) = counted(|| {
        black_box((
            name.clone(),
            long.clone(),
            name.parent().map(|parent| parent.to_owned()),
        ));
        name.child(7).unwrap()
    });
    assert_eq!(allocations, 0);
    assert!(child.starts_with(&name));
}

/// Whatever the input: sound, malformed or cut off, and whatever length it claims.
#[test]
fn no_input_makes_decoding_allocate() {
    let corpus = [
        include_str!("../vectors/community-messages.jsonl"),
        include_str!("../vectors/fuzz-corpus.jsonl"),
    ];
    for line in corpus.into_iter().flat_map(json_lines) {
        let data = hex_octets(&line["hex"]);
        let ((), allocations) = counted(|| {
            for end in 0..=data.len() {
                let _ = black_box(CommunityMessage::decode(&data[..end]));
                let mut reader = Reader::new(&data[..end]);
                while let Ok(element) = reader.read() {
                    black_box(element);
                }
            }
        });
        assert_eq!(allocations, 0, "{line}");
    }
}

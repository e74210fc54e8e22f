//! Values and lists of bindings survive the wire.

use deferred_snmp::asn1::{BerErrorKind, Reader};
use deferred_snmp::oid;
use deferred_snmp::smi::{
    ObjectIdentifier, Tag, Value, ValueRef, VarBind, VarBindList, VarBindListRef,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn oids() -> impl Strategy<Value = ObjectIdentifier> {
    vec(any::<u32>(), 0..12).prop_map(|arcs| oid!(1.3).extend(arcs).unwrap())
}

fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i32>().prop_map(Value::Integer),
        vec(any::<u8>(), 0..300).prop_map(Value::from),
        Just(Value::Null),
        oids().prop_map(Value::from),
        any::<u32>().prop_map(|bits| Value::IpAddress(bits.into())),
        any::<u32>().prop_map(Value::Counter32),
        any::<u32>().prop_map(Value::Gauge32),
        any::<u32>().prop_map(Value::TimeTicks),
        vec(any::<u8>(), 0..20).prop_map(|octets| Value::Opaque(octets.into())),
        any::<u64>().prop_map(Value::Counter64),
        Just(Value::NoSuchObject),
        Just(Value::NoSuchInstance),
        Just(Value::EndOfMibView),
        others(),
    ]
}

/// Values that no other variant can hold.
fn others() -> impl Strategy<Value = Value> {
    let tags = prop_oneof![
        Just(0x02_u8),
        Just(0x03),
        Just(0x45),
        Just(0x47),
        0x48..0x5f_u8,
        0x83..0x9f_u8,
        0x20..0x3f_u8,
        0xa0..0xbf_u8,
        0xc0..0xdf_u8,
        Just(0x40),
        Just(0x05),
    ];
    (tags, vec(any::<u8>(), 5..200)).prop_map(|(octet, mut contents)| {
        if octet == 0x02 {
            contents[0] = 0x01;
        }
        Value::Other {
            tag: Tag::from_octet(octet).expect("a low tag"),
            contents: contents.into(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn bindings_survive_the_wire(
        bindings in vec((oids(), values()).prop_map(VarBind::from), 0..12)
    ) {
        let list: VarBindList = bindings.iter().cloned().collect();
        prop_assert_eq!(list.len(), bindings.len());
        let mut octets = Vec::new();
        let mut writer = deferred_snmp::asn1::Writer::new(&mut octets);
        list.as_ref().encode(&mut writer);
        writer.finish();
        let decoded = VarBindListRef::decode(&mut Reader::new(&octets)).unwrap();
        prop_assert_eq!(decoded, list.as_ref());
        let back: Vec<VarBind> = decoded.iter().map(VarBind::from).collect();
        prop_assert_eq!(back, bindings);
    }

    /// Whatever element stands for a value, it is read, and written back as the value that was read; of
    /// [`Value::Other`] that is octet for octet what came.
    #[test]
    fn any_element_is_a_value(
        octet in any::<u8>(), contents in vec(prop_oneof![any::<u8>(), Just(0), Just(0x80)], 0..12)
    ) {
        prop_assume!(octet & 0x1f != 0x1f);
        let element = [&[octet, contents.len() as u8], &contents[..]].concat();
        let value = match ValueRef::decode(&mut Reader::new(&element)) {
            Ok(value) => value,
            Err(error) => {
                prop_assert_eq!(octet, 0x06);
                prop_assert_eq!(error.kind(), BerErrorKind::PaddedSubidentifier);
                return Ok(());
            }
        };
        let mut list = VarBindList::new();
        list.push(oid!(1.3).as_ref(), value);
        prop_assert_eq!(list.get(0).unwrap().value, value);
        if let ValueRef::Other { tag, contents: kept } = value {
            prop_assert_eq!((tag.octet(), kept), (octet, &contents[..]));
            prop_assert!(list.octets().ends_with(&element));
        }
    }

    #[test]
    fn owned_and_borrowed_values_agree(value in values()) {
        let view = value.as_ref();
        prop_assert_eq!(&view.to_owned(), &value);
        prop_assert_eq!(view.to_string(), value.to_string());
        prop_assert_eq!((view.as_i64(), view.as_u64()), (value.as_i64(), value.as_u64()));
        prop_assert_eq!((view.as_str(), view.as_bytes()), (value.as_str(), value.as_bytes()));
        prop_assert_eq!(view.as_oid(), value.as_oid());
    }
}

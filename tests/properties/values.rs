//! Values and lists of bindings survive the wire.

use deferred_snmp::asn1::Reader;
use deferred_snmp::oid;
use deferred_snmp::smi::{ObjectIdentifier, Value, VarBind, VarBindList, VarBindListRef};
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
    ]
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

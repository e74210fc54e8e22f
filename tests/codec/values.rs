//! Values and lists of bindings: encoding and back, what is refused, what is printed.

use std::net::Ipv4Addr;

use deferred_snmp::asn1::{BerErrorKind, Reader};
use deferred_snmp::oid;
use deferred_snmp::smi::{
    Counter32, Counter64, Gauge32, Integer32, OctetString, Opaque, TimeTicks, Unsigned32, Value,
    ValueRef, VarBind, VarBindList, VarBindListRef,
};
use hex_literal::hex;

fn decode(octets: &[u8]) -> Result<VarBindListRef<'_>, String> {
    VarBindListRef::decode(&mut Reader::new(octets)).map_err(|error| error.to_string())
}

/// The list of one binding of 1.3 to the element `value`.
fn binding_of(value: &[u8]) -> Vec<u8> {
    let length = value.len() as u8 + 3;
    [
        &[0x30, length + 2, 0x30, length, 0x06, 0x01, 0x2b][..],
        value,
    ]
    .concat()
}

/// The texts are those of PySNMP's `prettyPrint`.
#[test]
fn texts() {
    let cases: [(Value, &str); 22] = [
        (Value::from("gateway"), "gateway"),
        (Value::from(" ~"), " ~"),
        (Value::from(""), ""),
        (Value::from(b"a\tb\n"), "0x6109620a"),
        (Value::from(b"\xe9"), "0xe9"),
        (Value::from(b"\x7f"), "0x7f"),
        (Value::from("é"), "0xc3a9"),
        (Value::from(()), ""),
        (Value::from(-7), "-7"),
        (Value::from(Integer32(i32::MIN)), "-2147483648"),
        (Value::from(oid!(1.3.6.1.2.1)), "1.3.6.1.2.1"),
        (Value::from(Ipv4Addr::new(127, 0, 0, 1)), "127.0.0.1"),
        (Value::from(Counter32(u32::MAX)), "4294967295"),
        (Value::from(Gauge32(7)), "7"),
        (Value::from(Unsigned32(8)), "8"),
        (Value::from(TimeTicks(123_456)), "123456"),
        (Value::from(Opaque::from(b"text")), "0x74657874"),
        (Value::from(Opaque::default()), "0x"),
        (Value::from(Counter64(u64::MAX)), "18446744073709551615"),
        (
            Value::NoSuchObject,
            "No Such Object currently exists at this OID",
        ),
        (
            Value::NoSuchInstance,
            "No Such Instance currently exists at this OID",
        ),
        (
            Value::EndOfMibView,
            "No more variables left in this MIB View",
        ),
    ];
    for (value, text) in cases {
        assert_eq!(value.to_string(), text, "{value:?}");
        let binding = VarBind::new(oid!(1.3.6), value);
        assert_eq!(binding.to_string(), format!("1.3.6 = {text}"));
    }
}

#[test]
fn numbers_and_octets() {
    assert_eq!(Value::from(-1).as_i64(), Some(-1));
    assert_eq!(Value::from(-1).as_u64(), None);
    assert_eq!(Value::from(Counter64(u64::MAX)).as_i64(), None);
    assert_eq!(Value::from(Counter64(u64::MAX)).as_u64(), Some(u64::MAX));
    assert_eq!(Value::from(TimeTicks(5)).as_i64(), Some(5));
    assert_eq!(Value::from("5").as_i64(), None);
    assert_eq!(Value::from("é").as_str(), Some("é"));
    assert_eq!(Value::from(b"\xe9").as_str(), None);
    assert_eq!(Value::from(b"\xe9").as_bytes(), Some(&b"\xe9"[..]));
    assert_eq!(Value::from(Opaque::from(b"o")).as_bytes(), Some(&b"o"[..]));
    assert_eq!(Value::from(Opaque::from(b"o")).as_str(), None);
    assert_eq!(Value::from(oid!(1.3)).as_oid(), Some(oid!(1.3).as_ref()));
    assert_eq!(Value::from(()).as_oid(), None);
    assert!(Value::NoSuchObject.is_exception() && !Value::Null.is_exception());
    assert_eq!(u32::from(Counter32::from(3)), 3);
    assert_eq!(OctetString::from("abc").len(), 3);
}

#[test]
fn a_value_takes_no_more_room_than_an_identifier() {
    assert_eq!(size_of::<Value>(), 32);
    assert!(size_of::<ValueRef<'_>>() <= 24);
}

#[test]
fn refused() {
    let cases: [(&[u8], &str); 5] = [
        // Sound but for padding, which whoever receives it takes away.
        (&hex!("06 03 2b 80 01"), "padded sub-identifier at octet 10"),
        (&hex!("05 00 05 00"), "trailing octets at octet 9"),
        (&hex!("04 02 61"), "truncated element at octet 7"),
        (&hex!("04 80 61 00 00"), "indefinite length at octet 7"),
        (&hex!(""), "truncated element at octet 7"),
    ];
    for (value, text) in cases {
        assert_eq!(
            decode(&binding_of(value)).unwrap_err(),
            text,
            "{value:02x?}"
        );
    }
    assert_eq!(
        decode(&hex!("30 05 30 03 06 01 2b 05 00")).unwrap_err(),
        "truncated element at octet 7"
    );
    assert_eq!(
        decode(&hex!("30 04 30 02 05 00")).unwrap_err(),
        "unexpected tag 0x05 instead of 0x06 at octet 4"
    );
    let error = VarBindListRef::decode(&mut Reader::new(&hex!("30 02 02 00"))).unwrap_err();
    assert!(matches!(error.kind(), BerErrorKind::UnexpectedTag { .. }));
}

#[test]
fn an_identifier_of_no_octets_reads_as_zero_zero() {
    let octets = hex!("30 06 30 04 06 00 06 00");
    let list = decode(&octets).unwrap();
    assert_eq!(list.get(0).unwrap().to_string(), "0.0 = 0.0");
}

#[test]
fn lists_are_compared_by_what_they_say() {
    let short = binding_of(&hex!("02 01 07"));
    let long = hex!("30 81 0d 30 82 00 09 06 01 2b 02 04 00 00 00 07");
    let long = decode(&long).unwrap();
    assert_eq!(decode(&short).unwrap(), long);
    assert_ne!(decode(&binding_of(&hex!("41 01 07"))).unwrap(), long);
    assert_ne!(VarBindList::new().as_ref(), long);
}

#[test]
fn a_list_keeps_its_buffer() {
    let mut list = VarBindList::with_capacity(100);
    list.extend([(oid!(1.3.1), Value::from(1)), (oid!(1.3.2), "two".into())]);
    let other = list.clone();
    list.clear();
    assert!(list.is_empty() && list.get(0).is_none());
    list.assign(other.as_ref());
    assert_eq!(list, other);
    assert_eq!(
        format!("{list:?}"),
        format!("{:?}", other.iter().collect::<Vec<_>>())
    );
    let buffer = list.into_buffer();
    assert!(buffer.capacity() >= 100);
    let reused = VarBindList::from_buffer(buffer);
    assert!(reused.is_empty());
    assert_eq!(reused, VarBindList::new());
}

#[test]
fn a_bounded_push_leaves_the_list_as_it_was() {
    let mut list = VarBindList::new();
    let name = oid!(1.3.6);
    // 30 06 06 02 2b 06 05 00
    assert!(!list.try_push(name.as_ref(), ValueRef::Null, 7));
    assert!(list.is_empty());
    assert!(list.try_push(name.as_ref(), ValueRef::Null, 8));
    let before = list.clone();
    assert!(!list.try_push(name.as_ref(), ValueRef::Integer(1), 16));
    assert_eq!(list, before);
    assert_eq!((list.len(), list.as_ref().encoded_len()), (1, 8));
}

#[test]
fn iteration_knows_its_length() {
    let list: VarBindList = (0..5)
        .map(|arc| (oid!(1.3).child(arc).unwrap(), ()))
        .collect();
    let mut iter = list.iter();
    assert_eq!(iter.len(), 5);
    iter.next();
    assert_eq!(iter.len(), 4);
    assert_eq!(iter.by_ref().count(), 4);
    assert!(iter.next().is_none());
    assert_eq!(list.get(4).unwrap().name, oid!(1.3.4));
    assert!(list.get(5).is_none());
}

/// The octets are those of Net-SNMP's `snmpset` with the types F, D, I and U, and of `asn_build_opaque_*`.
#[test]
fn numbers_in_an_opaque() {
    let floats: [(Opaque, &[u8], f64); 6] = [
        (Opaque::float(1.5), &hex!("9f 78 04 3f c0 00 00"), 1.5),
        (Opaque::float(-0.0), &hex!("9f 78 04 80 00 00 00"), -0.0),
        (
            Opaque::float(f32::INFINITY),
            &hex!("9f 78 04 7f 80 00 00"),
            f64::INFINITY,
        ),
        (
            Opaque::double(0.1),
            &hex!("9f 79 08 3f b9 99 99 99 99 99 9a"),
            0.1,
        ),
        (
            Opaque::double(-1e300),
            &hex!("9f 79 08 fe 37 e4 3c 88 00 75 9c"),
            -1e300,
        ),
        (
            Opaque::double(f64::MIN_POSITIVE),
            &hex!("9f 79 08 00 10 00 00 00 00 00 00"),
            f64::MIN_POSITIVE,
        ),
    ];
    for (opaque, octets, number) in floats {
        assert_eq!(*opaque, *octets);
        assert_eq!(opaque.as_f64(), Some(number));
        let value = Value::from(opaque);
        assert_eq!(value.as_f64(), Some(number));
        assert_eq!((value.as_i64(), value.as_u64()), (None, None));
    }
    let not_a_number = Value::from(Opaque::float(f32::NAN)).as_f64();
    assert!(not_a_number.is_some_and(f64::is_nan));
    let integers: [(Opaque, &[u8], Option<i64>, Option<u64>, f64); 7] = [
        (
            Opaque::int64(0),
            &hex!("9f 7a 01 00"),
            Some(0),
            Some(0),
            0.0,
        ),
        (
            Opaque::int64(-1),
            &hex!("9f 7a 01 ff"),
            Some(-1),
            None,
            -1.0,
        ),
        (
            Opaque::int64(128),
            &hex!("9f 7a 02 00 80"),
            Some(128),
            Some(128),
            128.0,
        ),
        (
            Opaque::int64(i64::MIN),
            &hex!("9f 7a 08 80 00 00 00 00 00 00 00"),
            Some(i64::MIN),
            None,
            -9_223_372_036_854_775_808.0,
        ),
        (
            Opaque::uint64(u64::MAX),
            &hex!("9f 7b 09 00 ff ff ff ff ff ff ff ff"),
            None,
            Some(u64::MAX),
            18_446_744_073_709_551_615.0,
        ),
        (
            Opaque::uint64(255),
            &hex!("9f 7b 02 00 ff"),
            Some(255),
            Some(255),
            255.0,
        ),
        // A Counter64, which nobody makes here.
        (
            Opaque::from(&hex!("9f 76 02 00 ff")),
            &hex!("9f 76 02 00 ff"),
            Some(255),
            Some(255),
            255.0,
        ),
    ];
    for (opaque, octets, signed, unsigned, number) in integers {
        assert_eq!(*opaque, *octets);
        let value = Value::from(opaque);
        assert_eq!((value.as_i64(), value.as_u64()), (signed, unsigned));
        assert_eq!(value.as_f64(), Some(number));
    }
    let others: [&[u8]; 8] = [
        &[],
        b"text",
        &hex!("9f 78 03 3f c0 00"),
        &hex!("9f 78 04 3f c0 00"),
        &hex!("9f 78 04 3f c0 00 00 00"),
        &hex!("9f 79 04 3f c0 00 00"),
        &hex!("9f 7a 00"),
        &hex!("04 04 3f c0 00 00"),
    ];
    for octets in others {
        let value = Value::from(Opaque::from(octets));
        assert_eq!(value.as_f64(), None, "{octets:02x?}");
        assert_eq!((value.as_i64(), value.as_u64()), (None, None));
    }
}

#[test]
fn other_numbers_as_floats() {
    assert_eq!(Value::from(-7).as_f64(), Some(-7.0));
    assert_eq!(
        Value::from(Gauge32(u32::MAX)).as_f64(),
        Some(4_294_967_295.0)
    );
    assert_eq!(
        Value::from(Counter64(1 << 53)).as_f64(),
        Some(9_007_199_254_740_992.0)
    );
    assert_eq!(Value::from("1.5").as_f64(), None);
    assert_eq!(Value::Null.as_f64(), None);
}

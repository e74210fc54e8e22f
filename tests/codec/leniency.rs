//! What is read although the standard has it otherwise: a row of the manual's table each.

use deferred_snmp::asn1::{BerErrorKind, Reader, Tag};
use deferred_snmp::message::{CommunityMessage, ScopedPdu, can_be_mended, left_over, mended};
use deferred_snmp::oid;
use deferred_snmp::smi::{
    Counter32, Counter64, Gauge32, ObjectIdentifier, OidRef, TimeTicks, Value, ValueRef,
    VarBindList, VarBindListRef,
};
use hex_literal::hex;

/// An element of fewer than 128 octets of contents.
fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    [&[tag, u8::try_from(contents.len()).unwrap()], contents].concat()
}

fn decode(value: &[u8]) -> Value {
    let value = ValueRef::decode(&mut Reader::new(value));
    value.expect("a value").to_owned()
}

/// Writes `value` into a list, which must end with the element `expected`, and reads it back.
fn assert_written(value: &Value, expected: &[u8]) {
    let mut list = VarBindList::new();
    list.push(oid!(1.3.6).as_ref(), value.as_ref());
    assert!(list.octets().ends_with(expected), "{:02x?}", list.octets());
    assert_eq!(list.get(0).unwrap().value, value.as_ref());
    assert_eq!(list.as_ref().encoded_len(), 6 + expected.len());
}

/// An element that is kept, and the number in it as `as_i64` and `as_u64` have it.
type Kept<'a> = (&'a [u8], Option<i64>, Option<u64>);

fn assert_kept(cases: &[Kept<'_>]) {
    for (element, signed, unsigned) in cases {
        let value = decode(element);
        let Value::Other { tag, contents } = &value else {
            panic!("{element:02x?} is {value:?}");
        };
        assert_eq!(tag.octet(), element[0], "{element:02x?}");
        assert_eq!(**contents, element[2..], "{element:02x?}");
        assert_eq!(value.as_i64(), *signed, "{element:02x?}");
        assert_eq!(value.as_u64(), *unsigned, "{element:02x?}");
        assert!(!value.is_exception() && value.as_bytes().is_none() && value.as_oid().is_none());
        let text = match (signed, unsigned) {
            (_, Some(number)) => number.to_string(),
            (Some(number), None) => number.to_string(),
            (None, None) => {
                let digits: String = contents.iter().map(|it| format!("{it:02x}")).collect();
                format!("tag {tag}: 0x{digits}")
            }
        };
        assert_eq!(value.to_string(), text, "{element:02x?}");
        assert_written(&value, element);
    }
}

#[test]
fn unsigned_numbers_without_their_leading_zero() {
    let cases: [(&[u8], Value); 14] = [
        (&hex!("41 01 ff"), Counter32(255).into()),
        (&hex!("41 02 80 e8"), Counter32(33_000).into()),
        (&hex!("41 03 ff ff ff"), Counter32(16_777_215).into()),
        (&hex!("41 04 ff ff ff fe"), Counter32(4_294_967_294).into()),
        (
            &hex!("41 05 00 ff ff ff fe"),
            Counter32(4_294_967_294).into(),
        ),
        (&hex!("41 06 00 00 00 00 00 01"), Counter32(1).into()),
        (&hex!("42 02 80 e8"), Gauge32(33_000).into()),
        (&hex!("42 04 80 00 00 00"), Gauge32(2_147_483_648).into()),
        (&hex!("43 03 80 00 00"), TimeTicks(8_388_608).into()),
        (&hex!("43 01 80"), TimeTicks(128).into()),
        (&hex!("46 04 80 00 00 00"), Counter64(2_147_483_648).into()),
        (&hex!("46 01 ff"), Counter64(255).into()),
        (
            &hex!("46 08 ff ff ff ff ff ff ff fe"),
            Counter64(u64::MAX - 1).into(),
        ),
        (
            &hex!("46 09 00 ff ff ff ff ff ff ff fe"),
            Counter64(u64::MAX - 1).into(),
        ),
    ];
    for (octets, value) in cases {
        assert_eq!(decode(octets), value, "{octets:02x?}");
    }
}

#[test]
fn unsigned_numbers_that_are_none_of_their_type() {
    assert_kept(&[
        (&hex!("41 00"), None, None),
        (&hex!("41 05 ff 00 00 00 00"), None, None),
        (&hex!("41 05 01 00 00 00 00"), None, None),
        (&hex!("42 05 ff ff ff ff ff"), None, None),
        (&hex!("43 06 00 01 00 00 00 00"), None, None),
        (&hex!("46 00"), None, None),
        (&hex!("46 09 ff ff ff ff ff ff ff ff ff"), None, None),
        (&hex!("46 09 01 00 00 00 00 00 00 00 00"), None, None),
    ]);
}

#[test]
fn integers_beyond_32_bits() {
    assert_kept(&[
        (
            &hex!("02 05 00 df 65 c7 13"),
            Some(3_747_989_267),
            Some(3_747_989_267),
        ),
        (
            &hex!("02 05 00 80 00 00 00"),
            Some(2_147_483_648),
            Some(2_147_483_648),
        ),
        (&hex!("02 05 ff 7f ff ff ff"), Some(-2_147_483_649), None),
        (
            &hex!("02 09 00 ff ff ff ff ff ff ff ff"),
            None,
            Some(u64::MAX),
        ),
        (&hex!("02 09 01 00 00 00 00 00 00 00 00"), None, None),
        (&hex!("02 00"), None, None),
    ]);
    // More octets than needed are no other number.
    assert_eq!(decode(&hex!("02 05 ff ff ff ff fe")), Value::from(-2));
    assert_eq!(decode(&hex!("02 06 00 00 00 00 00 07")), Value::from(7));
}

#[test]
fn types_that_snmp_has_no_more_or_never_had() {
    assert_kept(&[
        // NsapAddress, UInteger32 and BIT STRING.
        (&hex!("45 03 01 02 03"), None, None),
        (&hex!("47 01 05"), Some(5), Some(5)),
        (
            &hex!("47 04 ff ff ff fe"),
            Some(4_294_967_294),
            Some(4_294_967_294),
        ),
        (
            &hex!("47 05 00 ff ff ff fe"),
            Some(4_294_967_294),
            Some(4_294_967_294),
        ),
        (&hex!("47 05 ff ff ff ff fe"), None, None),
        (&hex!("03 02 07 80"), None, None),
        // BOOLEAN, ENUMERATED, UTF8String.
        (&hex!("01 01 ff"), None, None),
        (&hex!("0a 01 02"), None, None),
        (&hex!("0c 02 c3 bc"), None, None),
        // Other application-wide types, and other exceptions.
        (&hex!("48 04 00 00 00 01"), None, None),
        (&hex!("5e 00"), None, None),
        (&hex!("83 00"), None, None),
        // Constructed ones, which RFC 3417 section 8 forbids.
        (&hex!("24 03 04 01 61"), None, None),
        (&hex!("30 06 06 02 2b 06 05 00"), None, None),
        (&hex!("a0 03 02 01 01"), None, None),
        (&hex!("00 00"), None, None),
    ]);
}

#[test]
fn a_tag_of_the_high_form() {
    let octets = hex!("5f 81 01 02 61 62");
    let value = decode(&octets);
    let Value::Other { tag, contents } = &value else {
        panic!("{value:?}");
    };
    assert_eq!((tag.octet(), tag.number()), (0x5f, 129));
    assert_eq!(**contents, *b"ab");
    assert_written(&value, &octets);
}

#[test]
fn a_null_with_contents() {
    assert_kept(&[
        (&hex!("05 01 00"), None, None),
        (&hex!("05 02 ff ff"), None, None),
    ]);
}

#[test]
fn an_exception_with_contents_is_that_exception() {
    let cases: [(&[u8], Value); 3] = [
        (&hex!("80 01 00"), Value::NoSuchObject),
        (&hex!("81 02 05 00"), Value::NoSuchInstance),
        (&hex!("82 01 01"), Value::EndOfMibView),
    ];
    for (octets, value) in cases {
        assert_eq!(decode(octets), value);
        assert!(value.is_exception());
    }
}

#[test]
fn an_address_that_is_not_of_four_octets() {
    assert_kept(&[
        (&hex!("40 00"), None, None),
        (&hex!("40 03 7f 00 00"), None, None),
        (
            &hex!("40 10 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01"),
            None,
            None,
        ),
    ]);
}

#[test]
fn an_object_identifier_that_is_not_sound() {
    let long = element(0x06, &[1; 100]);
    assert!(matches!(decode(&long), Value::ObjectIdentifier(_)));
    assert_eq!(decode(&hex!("06 00")), oid!(0.0).into());
    assert_kept(&[
        // Cut off, beyond 32 bits, and of nothing but padding.
        (&hex!("06 02 2b 86"), None, None),
        (&hex!("06 06 2b 90 80 80 80 00"), None, None),
        (&hex!("06 02 80 80"), None, None),
        (&hex!("06 04 2b 80 06 86"), None, None),
    ]);
    let arcs = [&[0x06, 0x81, 0x80][..], &[1; 128]].concat();
    let value = decode(&arcs);
    assert!(matches!(
        value,
        Value::Other {
            tag: Tag::OBJECT_IDENTIFIER,
            ..
        }
    ));
}

/// A Response-PDU of SNMPv2c with these bindings.
fn response(bindings: &[u8]) -> Vec<u8> {
    let list = element(0x30, bindings);
    let pdu = element(
        0xa2,
        &[&hex!("02 01 07 02 01 00 02 01 00")[..], &list].concat(),
    );
    element(0x30, &[&hex!("02 01 01 04 01 63")[..], &pdu].concat())
}

#[test]
fn padded_sub_identifiers_are_taken_away() {
    // Padded at the beginning, in the middle, before a long one, before zero, and at the end.
    let cases: [(&[u8], ObjectIdentifier); 6] = [
        (&hex!("80 2b 06 01"), oid!(1.3.6.1)),
        (&hex!("2b 80 80 06 01"), oid!(1.3.6.1)),
        (&hex!("2b 06 80 8f ff ff ff 7f"), oid!(1.3.6.4294967295)),
        (&hex!("2b 06 80 00 01"), oid!(1.3.6.0.1)),
        (&hex!("2b 06 80 80 80 80 80 80 01"), oid!(1.3.6.1)),
        (&hex!("2b 06 81 80 00 80 05"), oid!(1.3.6.16384.5)),
    ];
    for (contents, name) in cases {
        for (bindings, expected) in [
            (
                element(
                    0x30,
                    &[element(0x06, contents), hex!("05 00").to_vec()].concat(),
                ),
                format!("{name} = "),
            ),
            (
                element(
                    0x30,
                    &[hex!("06 02 2b 06").to_vec(), element(0x06, contents)].concat(),
                ),
                format!("1.3.6 = {name}"),
            ),
        ] {
            let sound = hex!("30 07 06 02 2b 07 02 01 05");
            let datagram = response(&[&sound[..], &bindings, &sound].concat());
            let error = CommunityMessage::decode(&datagram).unwrap_err();
            assert_eq!(error.kind(), BerErrorKind::PaddedSubidentifier);
            assert!(can_be_mended(&error));
            let message = mended(&datagram);
            let message = CommunityMessage::decode(&message).unwrap();
            assert_eq!(
                message.to_string(),
                format!("v2c Response-PDU id 7 [1.3.7 = 5, {expected}, 1.3.7 = 5]")
            );
        }
    }
}

#[test]
fn what_is_mended_keeps_all_else_as_it_is() {
    // A value that looks like padded identifiers, one that is unsound without padding too, and octets behind.
    let bindings = [
        hex!("30 0c 06 03 2b 80 06 30 05 06 03 2b 80 06").as_slice(),
        &hex!("30 08 06 02 2b 06 06 02 80 86"),
        &hex!("30 0b 06 02 2b 06 04 05 06 03 2b 80 06"),
    ]
    .concat();
    let datagram = [&response(&bindings)[..], &hex!("06 02 80 01 ff")].concat();
    let mended = mended(&datagram);
    let expected = [
        hex!("30 0b 06 02 2b 06 30 05 06 03 2b 80 06").as_slice(),
        &hex!("30 08 06 02 2b 06 06 02 80 86"),
        &hex!("30 0b 06 02 2b 06 04 05 06 03 2b 80 06"),
    ]
    .concat();
    assert!(mended.starts_with(&response(&expected)), "{mended:02x?}");
    let message = CommunityMessage::decode(&mended).unwrap();
    assert_eq!(message.pdu.var_binds().len(), 3);
}

#[test]
fn octets_behind_the_value_of_a_binding_are_taken_away() {
    let datagram = response(&hex!(
        "30 0b 06 02 2b 06 02 01 05 05 00 ff ff 30 06 06 02 2b 06 05 00"
    ));
    let error = CommunityMessage::decode(&datagram).unwrap_err();
    assert!(can_be_mended(&error), "{error}");
    let sound = response(&hex!("30 07 06 02 2b 06 02 01 05 30 06 06 02 2b 06 05 00"));
    assert_eq!(mended(&datagram), sound);
}

#[test]
fn octets_behind_the_last_element_are_passed_over() {
    let head = hex!("02 01 01 04 01 63");
    let fields = hex!("02 01 07 02 01 00 02 01 00 30 08 30 06 06 02 2b 06 05 00");
    let tails: [&[u8]; 5] = [&[], &hex!("00"), &hex!("05 00"), &hex!("ff ff"), &[0; 40]];
    let message = |in_pdu: &[u8], in_message: &[u8], behind: &[u8]| {
        let pdu = element(0xa2, &[&fields[..], in_pdu].concat());
        let message = element(0x30, &[&head[..], &pdu, in_message].concat());
        [message, behind.to_vec()].concat()
    };
    let sound = message(&[], &[], &[]);
    let sound = CommunityMessage::decode(&sound).unwrap();
    for in_pdu in tails {
        for in_message in tails {
            for behind in tails {
                let datagram = message(in_pdu, in_message, behind);
                let decoded = CommunityMessage::decode(&datagram).unwrap();
                assert_eq!(decoded, sound, "{datagram:02x?}");
                let count = left_over(&datagram, decoded.pdu.var_binds());
                assert_eq!(count, in_pdu.len() + in_message.len() + behind.len());
                let mut out = Vec::new();
                decoded.encode(&mut out);
                assert_eq!(out, message(&[], &[], &[]));
            }
        }
    }
    // A trap of SNMPv1, and a list without bindings.
    let trap = hex!(
        "30 20 02 01 00 04 01 63 a4 16 06 01 2b 40 04 7f 00 00 01 02 01 06 02 01 11 43 01 00 30 00 05 00 ff ff"
    );
    let decoded = CommunityMessage::decode(&trap).unwrap();
    assert_eq!(
        decoded.to_string(),
        "v1 Trap-PDU 1.3 from 127.0.0.1 enterpriseSpecific 17 up 0 []"
    );
    assert_eq!(left_over(&trap, decoded.pdu.var_binds()), 4);
}

#[test]
fn octets_behind_the_last_element_of_a_scoped_pdu_are_passed_over() {
    let pdu = hex!("a2 0f 02 01 07 02 01 00 02 01 00 30 00 05 00 ff ff");
    let octets = element(
        0x30,
        &[&hex!("04 01 65 04 00")[..], &pdu, &hex!("04 00 7f")].concat(),
    );
    let scoped_pdu = ScopedPdu::decode_padded(Reader::new(&octets), 0).unwrap();
    assert_eq!(scoped_pdu.to_string(), "@65 Response-PDU id 7 []");
    assert_eq!(left_over(&octets, scoped_pdu.pdu.var_binds), 7);
    // Behind it nothing may be but what a cipher has filled up.
    let behind = [&octets[..], &[0]].concat();
    let error = ScopedPdu::decode_padded(Reader::new(&behind), 0).unwrap_err();
    assert_eq!(error.kind(), BerErrorKind::TrailingOctets);
}

/// What has no sound frame, or is no name, takes the rest of the message with it: nobody knows what it means.
#[test]
fn refused_nevertheless() {
    let cases: [(&[u8], BerErrorKind); 8] = [
        // An indefinite length, one beyond the message, one of too many octets.
        (
            &hex!("30 08 06 02 2b 06 04 80 00 00"),
            BerErrorKind::IndefiniteLength,
        ),
        (&hex!("30 06 06 02 2b 06 04 7f"), BerErrorKind::Truncated),
        (
            &hex!("30 0b 06 02 2b 06 04 85 00 00 00 00 01"),
            BerErrorKind::LengthTooLong,
        ),
        // A binding without a value, and a name that is cut off, beyond 32 bits or of another type.
        (&hex!("30 04 06 02 2b 06"), BerErrorKind::Truncated),
        (
            &hex!("30 06 06 02 2b 86 05 00"),
            BerErrorKind::TruncatedSubidentifier,
        ),
        (
            &hex!("30 0a 06 06 2b 90 80 80 80 00 05 00"),
            BerErrorKind::SubidentifierTooLarge,
        ),
        (
            &hex!("30 06 0d 02 2b 06 05 00"),
            BerErrorKind::UnexpectedTag {
                expected: Tag::OBJECT_IDENTIFIER,
                found: Tag::from_octet(0x0d).unwrap(),
            },
        ),
        // Between bindings only bindings may be.
        (
            &hex!("30 06 06 02 2b 06 05 00 00 00"),
            BerErrorKind::UnexpectedTag {
                expected: Tag::SEQUENCE,
                found: Tag::from_octet(0).unwrap(),
            },
        ),
    ];
    for (bindings, kind) in cases {
        let list = element(0x30, bindings);
        let error = VarBindListRef::decode(&mut Reader::new(&list)).unwrap_err();
        assert_eq!(error.kind(), kind, "{bindings:02x?}");
        assert!(!can_be_mended(&error));
    }
}

/// A value made by hand goes out as it is, and is read back as what it says.
#[test]
fn a_value_made_by_hand() {
    let name = OidRef::from_contents(&[0x2b]).unwrap();
    let cases: [(Tag, &[u8], ValueRef<'_>); 4] = [
        (Tag::INTEGER, &[7], ValueRef::Integer(7)),
        (Tag::NULL, &[], ValueRef::Null),
        (
            Tag::OBJECT_IDENTIFIER,
            &[0x2b],
            ValueRef::ObjectIdentifier(name),
        ),
        (Tag::COUNTER32, &[0, 7], ValueRef::Counter32(7)),
    ];
    for (tag, contents, expected) in cases {
        let mut list = VarBindList::new();
        list.push(name, ValueRef::Other { tag, contents });
        list.push(name, ValueRef::Null);
        let values: Vec<_> = list.iter().map(|binding| binding.value).collect();
        assert_eq!(values, [expected, ValueRef::Null]);
    }
    // Padding in it does not end the list either.
    let (tag, contents) = (Tag::OBJECT_IDENTIFIER, &[0x2b, 0x80, 0x06][..]);
    let padded = ValueRef::Other { tag, contents };
    let mut list = VarBindList::new();
    list.push(name, padded);
    list.push(name, ValueRef::Null);
    let values: Vec<_> = list.iter().map(|binding| binding.value).collect();
    assert_eq!(values, [padded, ValueRef::Null]);
}

/// A list that is passed on has the octets that came; one that is made of its values has those of the standard.
#[test]
fn numbers_that_are_passed_on() {
    let odd = hex!(
        "30 08 06 02 2b 06 41 02 80 e8 30 07 06 02 2b 06 80 01 00 30 09 06 02 2b 06 02 03 00 00 05"
        "30 06 06 02 2b 06 06 00 30 82 00 06 06 02 2b 06 05 00 30 08 06 02 2b 06 03 02 07 80"
    );
    let plain = hex!(
        "30 09 06 02 2b 06 41 03 00 80 e8 30 06 06 02 2b 06 80 00 30 07 06 02 2b 06 02 01 05"
        "30 07 06 02 2b 06 06 01 00 30 06 06 02 2b 06 05 00 30 08 06 02 2b 06 03 02 07 80"
    );
    let datagram = response(&odd);
    let message = CommunityMessage::decode(&datagram).unwrap();
    let received = message.pdu.var_binds();
    let passed_on = VarBindList::from(received);
    assert_eq!(passed_on.octets(), odd);
    let made: VarBindList = received.iter().map(|binding| binding.to_owned()).collect();
    assert_eq!(made.octets(), plain);
    assert_eq!(made, passed_on);
}

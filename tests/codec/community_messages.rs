//! Whole messages of SNMPv1 and SNMPv2c: recorded ones decode to what their sender meant and encode
//! to the same octets, malformed ones are refused for the right reason and never panic.

use std::fs;
use std::net::Ipv4Addr;
use std::process::Command;

use deferred_snmp::asn1::{BerErrorKind, Header, Reader, Tag};
use deferred_snmp::message::{CommunityMessage, Version, fuzz_message, peek};
use deferred_snmp::oid;
use deferred_snmp::pdu::{
    Bulk, ErrorStatus, GenericTrap, Pdu, PduBody, PduKind, TrapPdu, TrapPduRef,
};
use deferred_snmp::smi::{VarBind, VarBindList};
use hex_literal::hex;
use util::shared::shared;
use util::{hex_octets, json_lines};

fn encoded(message: &CommunityMessage<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    message.encode(&mut out);
    out
}

/// A message of which nothing but its PDU's tag and what is around it matters.
fn message_with(version: u8, pdu: &[u8]) -> Vec<u8> {
    let head = [0x02, 0x01, version, 0x04, 0x01, b'c'];
    [&[0x30, (head.len() + pdu.len()) as u8], &head[..], pdu].concat()
}

fn error_of(datagram: &[u8]) -> String {
    CommunityMessage::decode(datagram).unwrap_err().to_string()
}

#[test]
fn recorded_messages() {
    for line in json_lines(include_str!("../vectors/community-messages.jsonl")) {
        let octets = hex_octets(&line["hex"]);
        let message = CommunityMessage::decode(&octets).unwrap();
        assert_eq!(message.to_string(), line["line"], "{}", line["command"]);
        assert_eq!(encoded(&message), octets, "{}", line["command"]);
        assert_eq!(peek::version(&octets), Ok(message.version));
    }
}

/// Builds the same messages from owned parts.
#[test]
fn owned_messages() {
    let get = Pdu::new(
        PduKind::GetRequest,
        94_157_597,
        [(oid!(1.3.6.1.2.1.1.5.0), ()), (oid!(1.3.6.1.2.1.1.2.0), ())]
            .into_iter()
            .collect(),
    );
    assert_eq!(
        encoded(&CommunityMessage::new(Version::V1, b"public", &get)),
        hex!(
            "303702010004067075626c6963a02a0204059cbb1d020100020100301c300c06082b06010201010500"
            "0500300c06082b060102010102000500"
        )
    );
    let bulk = Bulk {
        non_repeaters: 1,
        max_repetitions: 2,
    };
    let bulk = Pdu::bulk_request(
        1_395_348_582,
        bulk,
        [
            (oid!(1.3.6.1.2.1.1.6), ()),
            (oid!(1.3.6.1.6.3.16.1.5.2.1.6), ()),
        ]
        .into_iter()
        .collect(),
    );
    assert_eq!(
        encoded(&CommunityMessage::new(Version::V2c, b"public", &bulk)),
        hex!(
            "303902010104067075626c6963a52c0204532b5466020101020102301e300b06072b06010201010605"
            "00300f060b2b060106031001050201060500"
        )
    );
    let trap = TrapPdu {
        enterprise: oid!(1.3.6.1.4.1.9999),
        agent_addr: Ipv4Addr::new(192, 0, 2, 9),
        generic_trap: GenericTrap::LINK_DOWN,
        specific_trap: 0,
        time_stamp: u32::MAX,
        var_binds: [(oid!(1.3.6.1.2.1.2.2.1.1.3), -3)].into_iter().collect(),
    };
    let octets = encoded(&CommunityMessage::new(Version::V1, b"public", &trap));
    assert_eq!(
        octets,
        hex!(
            "303c02010004067075626c6963a42f06072b06010401ce0f4004c0000209020102020100430500ffff"
            "ffff3011300f060a2b0601020102020101030201fd"
        )
    );
    let PduBody::Trap(decoded) = CommunityMessage::decode(&octets).unwrap().pdu else {
        panic!("not a trap");
    };
    assert_eq!(decoded.to_owned(), trap);
}

#[test]
fn what_a_pdu_keeps() {
    let mut response = Pdu::new(PduKind::Response, i32::MIN, VarBindList::new());
    response.error_status = ErrorStatus::new(77);
    response.error_index = -1;
    let octets = encoded(&CommunityMessage::new(Version::V2c, b"", &response));
    let message = CommunityMessage::decode(&octets).unwrap();
    let PduBody::Pdu(decoded) = message.pdu else {
        panic!("not a response");
    };
    assert_eq!(decoded.to_owned(), response);
    assert_eq!(decoded.bulk(), None);
    assert_eq!(
        message.to_string(),
        "v2c Response-PDU id -2147483648 error-status 77 at -1 []"
    );
}

#[test]
fn negative_bulk_numbers_count_as_zero() {
    let mut pdu = Pdu::bulk_request(
        1,
        Bulk {
            non_repeaters: u32::MAX,
            max_repetitions: 5,
        },
        VarBindList::new(),
    );
    assert_eq!(
        pdu.bulk().map(|bulk| bulk.non_repeaters),
        Some(i32::MAX as u32)
    );
    pdu.error_status = ErrorStatus::new(-1);
    pdu.error_index = i32::MIN;
    assert_eq!(
        pdu.bulk(),
        Some(Bulk {
            non_repeaters: 0,
            max_repetitions: 0
        })
    );
}

#[test]
fn classes_of_pdus() {
    // RFC 3411 section 2.8: read, write, response, notification, internal; confirmed
    let table = [
        (
            PduKind::GetRequest,
            [true, false, false, false, false],
            true,
        ),
        (
            PduKind::GetNextRequest,
            [true, false, false, false, false],
            true,
        ),
        (PduKind::Response, [false, false, true, false, false], false),
        (
            PduKind::SetRequest,
            [false, true, false, false, false],
            true,
        ),
        (
            PduKind::GetBulkRequest,
            [true, false, false, false, false],
            true,
        ),
        (
            PduKind::InformRequest,
            [false, false, false, true, false],
            true,
        ),
        (PduKind::TrapV2, [false, false, false, true, false], false),
        (PduKind::Report, [false, false, true, false, true], false),
    ];
    for (kind, classes, confirmed) in table {
        let found = [
            kind.is_read(),
            kind.is_write(),
            kind.is_response(),
            kind.is_notification(),
            kind.is_internal(),
        ];
        assert_eq!((found, kind.is_confirmed()), (classes, confirmed), "{kind}");
    }
}

/// Notifications are read in both: devices send them so.
#[test]
fn each_version_has_its_pdus() {
    let fields = hex!("02 01 01 02 01 00 02 01 00 30 00");
    let trap = hex!("a4 14 06 01 2b 40 04 7f 00 00 01 02 01 00 02 01 00 43 01 00 30 00");
    let notifications = [0xa4, 0xa6, 0xa7];
    for (version, accepted) in [(0_u8, 0xa0..=0xa3_u8), (1, 0xa0..=0xa8)] {
        for tag in 0xa0..=0xaa {
            let pdu = match tag {
                0xa4 => trap.to_vec(),
                _ => [&[tag, fields.len() as u8], &fields[..]].concat(),
            };
            let datagram = message_with(version, &pdu);
            let accepted = accepted.contains(&tag) || notifications.contains(&tag);
            match CommunityMessage::decode(&datagram) {
                Ok(message) => assert!(accepted, "{message}"),
                Err(error) => {
                    assert!(!accepted, "{tag:#x} in {version}: {error}");
                    assert_eq!(
                        error.to_string(),
                        format!("unexpected PDU {tag:#x} at octet 8")
                    );
                }
            }
        }
    }
}

#[test]
fn refused_messages() {
    let null = hex!("a0 0b 02 01 01 02 01 00 02 01 00 30 00");
    let sound = message_with(1, &null);
    assert!(CommunityMessage::decode(&sound).is_ok());
    let cases: [(Vec<u8>, &str); 6] = [
        (vec![], "truncated element at octet 0"),
        (sound[..20].to_vec(), "truncated element at octet 0"),
        (message_with(2, &null), "unexpected version 2 at octet 2"),
        (message_with(3, &null), "unexpected version 3 at octet 2"),
        (
            message_with(1, &hex!("a0 08 02 01 01 02 01 00 30 00")),
            "unexpected tag 0x30 instead of 0x02 at octet 16",
        ),
        (
            message_with(1, &hex!("30 0b 02 01 01 02 01 00 02 01 00 30 00")),
            "unexpected PDU 0x30 at octet 8",
        ),
    ];
    for (datagram, text) in cases {
        assert_eq!(error_of(&datagram), text, "{datagram:02x?}");
    }
}

#[test]
fn peeking_at_the_version() {
    let v3 = hex!("30 06 02 01 03 30 01 ff");
    assert_eq!(peek::version(&v3), Ok(Version::V3));
    let error = peek::version(&hex!("30 03 02 01 02")).unwrap_err();
    assert_eq!(error.kind(), BerErrorKind::UnexpectedVersion(2));
    assert!(peek::version(b"GET / HTTP/1.0").is_err());
    for version in [Version::V1, Version::V2c, Version::V3] {
        assert_eq!(Version::from_number(version.number()), Some(version));
    }
}

#[test]
fn the_community_is_not_printed() {
    let pdu = Pdu::new(PduKind::GetRequest, 1, VarBindList::new());
    let message = CommunityMessage::new(Version::V1, b"secret", &pdu);
    for text in [format!("{message}"), format!("{message:?}")] {
        assert!(text.contains("Request"), "{text}");
        assert!(
            !text.contains("secret") && !text.contains("115, 101"),
            "{text}"
        );
    }
}

/// The owned form of everything in `message`, encoded afresh.
fn rebuilt(message: &CommunityMessage<'_>) -> Vec<u8> {
    let owned = |list: deferred_snmp::smi::VarBindListRef<'_>| -> VarBindList {
        list.iter().map(VarBind::from).collect()
    };
    let (pdu, trap);
    let body = match message.pdu {
        PduBody::Pdu(view) => {
            pdu = Pdu {
                var_binds: owned(view.var_binds),
                ..view.to_owned()
            };
            PduBody::from(&pdu)
        }
        PduBody::Trap(view) => {
            trap = TrapPdu {
                var_binds: owned(view.var_binds),
                ..view.to_owned()
            };
            PduBody::from(&trap)
        }
    };
    encoded(&CommunityMessage::new(
        message.version,
        message.community,
        body,
    ))
}

/// Whether any header in `reader` has more octets of length than needed. Integers and identifiers of
/// the recorded messages are minimal.
fn is_minimal(mut reader: Reader<'_>) -> bool {
    while !reader.is_empty() {
        let element = reader.read().unwrap();
        let length = element.contents.rest().len();
        let header = element.contents.offset() - element.offset;
        if header != Header::new(element.tag, length).len() {
            return false;
        }
        if element.tag.is_constructed() && !is_minimal(element.contents) {
            return false;
        }
    }
    true
}

#[test]
fn captured_messages() {
    let test = "captured_messages";
    let (Some(traffic), Some(vectors)) = (
        shared(test, "malformed/data/valid-traffic.jsonl"),
        shared(test, "vectors"),
    ) else {
        return;
    };
    let mut datagrams: Vec<Vec<u8>> = json_lines(&fs::read_to_string(traffic).unwrap())
        .map(|line| hex_octets(&line["hex"]))
        .collect();
    for entry in fs::read_dir(vectors).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let json: serde_json::Value =
                serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            for item in json.as_array().into_iter().flatten() {
                let messages = item["messages"].as_array().into_iter().flatten();
                datagrams.extend(messages.map(|message| hex_octets(&message["hex"])));
            }
        }
    }
    let mut counts = [0; 4];
    for datagram in &datagrams {
        match peek::version(datagram).unwrap() {
            Version::V3 => {
                // another message altogether, which the community decoder says
                let kind = CommunityMessage::decode(datagram).unwrap_err().kind();
                assert_eq!(kind, BerErrorKind::UnexpectedVersion(3));
                counts[3] += 1;
                continue;
            }
            version => counts[usize::from(version == Version::V2c)] += 1,
        }
        let message = CommunityMessage::decode(datagram)
            .unwrap_or_else(|error| panic!("{error}: {datagram:02x?}"));
        if is_minimal(Reader::new(datagram)) {
            assert_eq!(encoded(&message), *datagram, "{message}");
            assert_eq!(rebuilt(&message), *datagram, "{message}");
            counts[2] += 1;
        } else {
            for octets in [encoded(&message), rebuilt(&message)] {
                assert_eq!(CommunityMessage::decode(&octets), Ok(message));
            }
        }
        assert_eq!(CommunityMessage::decode(&rebuilt(&message)), Ok(message));
    }
    let [v1, v2c, minimal, v3] = counts;
    assert!(
        v1 >= 11 && v2c >= 31 && minimal >= 30 && v3 >= 300,
        "{counts:?}"
    );
}

#[test]
fn captured_attacks_are_refused() {
    let test = "captured_attacks_are_refused";
    let Some(path) = shared(test, "malformed/data/malformed-captures.jsonl") else {
        return;
    };
    let mut refused = 0;
    for line in json_lines(&fs::read_to_string(path).unwrap()) {
        let datagram = hex_octets(&line["hex"]);
        fuzz_message(&datagram);
        refused += usize::from(CommunityMessage::decode(&datagram).is_err());
    }
    // six of the sixteen are sound traps of the PROTOS suite
    assert_eq!(refused, 10);
}

/// The 10,601 requests of PROTOS c06-snmpv1.
#[test]
fn protos_requests_never_panic() {
    let test = "protos_requests_never_panic";
    let Some(path) = shared(test, "malformed/data/protos-c06-req-app.pkts.gz") else {
        return;
    };
    let Ok(unzipped) = Command::new("gzip").arg("-dc").arg(path).output() else {
        return util::left_out(test, "gzip is not there");
    };
    let mut records = &unzipped.stdout[..];
    let (mut seen, mut accepted) = (0, 0);
    while let Some((length, rest)) = records.split_first_chunk() {
        let (datagram, rest) = rest.split_at(u32::from_be_bytes(*length) as usize);
        records = rest;
        fuzz_message(datagram);
        seen += 1;
        accepted += usize::from(CommunityMessage::decode(datagram).is_ok());
    }
    assert_eq!(seen, 10_601);
    // the suite plays with values as well as with encodings, so a part is sound
    assert!(accepted > 0 && accepted < seen, "{accepted}");
}

#[test]
fn a_trap_is_no_request() {
    let trap = hex!("a4 14 06 01 2b 40 04 7f 00 00 01 02 01 06 02 01 11 43 01 00 30 00");
    let view = TrapPduRef::decode(&mut Reader::new(&trap)).unwrap();
    assert_eq!(
        view.to_string(),
        "Trap-PDU 1.3 from 127.0.0.1 enterpriseSpecific 17 up 0 []"
    );
    assert_eq!(view.specific_trap, 17);
    assert_eq!(PduKind::from_tag(Tag::context(4)), None);
    let error = TrapPduRef::decode(&mut Reader::new(&hex!("a0 00"))).unwrap_err();
    assert_eq!(error.to_string(), "unexpected PDU 0xa0 at octet 0");
    assert_eq!(GenericTrap::new(9).to_string(), "9");
}

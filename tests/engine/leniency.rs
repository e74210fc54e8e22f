//! What is not as the standard has it, and costs no more than itself: answers of agents, and requests to one.

use deferred_snmp::engine::{Credentials, EngineConfig, Event, Request};
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{Counter32, ObjectIdentifier, Tag, Value, VarBind, VarBindList};
use hex_literal::hex;

use util::rig::{Rig, agent, only_failure, only_response, request_id, v2c};

/// An element of any length below 65,536.
fn element(tag: u8, contents: &[u8]) -> Vec<u8> {
    let length = (contents.len() as u16).to_be_bytes();
    [&[tag, 0x82], &length[..], contents].concat()
}

fn binding(name: &[u8], value: &[u8]) -> Vec<u8> {
    element(0x30, &[&element(0x06, name), value].concat())
}

/// A Response-PDU of "public", with octets behind the bindings, behind the PDU, and behind the message.
fn response(version: Version, request_id: i32, bindings: &[u8], tails: [&[u8]; 3]) -> Vec<u8> {
    let [in_pdu, in_message, behind] = tails;
    let number = element(0x02, &request_id.to_be_bytes());
    let zeros = hex!("02 01 00 02 01 00");
    let fields = [&number[..], &zeros, &element(0x30, bindings), in_pdu].concat();
    let version = [0x02, 0x01, version.number() as u8];
    let fields = [
        &version[..],
        &element(0x04, b"public"),
        &element(0xa2, &fields),
        in_message,
    ];
    [&element(0x30, &fields.concat()), behind].concat()
}

/// The name of the variable `number`, and its contents octets.
fn name(number: u32) -> ObjectIdentifier {
    oid!(1.3.6.1.4.1.99999).child(number).expect("short")
}

fn get_of(count: u32) -> Request {
    let names = (0..count).map(|number| (name(number), ()));
    let pdu = Pdu::new(PduKind::GetRequest, 0, names.collect());
    Request::new(agent(1), v2c(), pdu)
}

/// What a GET of 50 gets where all are 7 but the twenty-first, which is `odd`.
fn fifty_with(odd: &[u8]) -> Vec<Value> {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get_of(50));
    let sent = rig.sent_one();
    let bindings = (0..50).flat_map(|number| {
        let seven = hex!("02 01 07");
        let value = if number == 20 { odd } else { &seven };
        binding(name(number).as_ref().contents(), value)
    });
    let bindings: Vec<u8> = bindings.collect();
    let datagram = response(Version::V2c, request_id(&sent.data), &bindings, [&[]; 3]);
    rig.receive(1, &agent(1), &datagram);
    assert_eq!(rig.engine.statistics().in_asn_parse_errs, 0, "{odd:02x?}");
    let response = only_response(rig.events(), id);
    assert!(!response.names_differ);
    response
        .pdu
        .var_binds
        .iter()
        .map(|it| it.value.to_owned())
        .collect()
}

#[test]
fn an_odd_value_costs_no_other() {
    let other = |octet, contents: &[u8]| Value::Other {
        tag: Tag::from_octet(octet).expect("of the low form"),
        contents: contents.into(),
    };
    let cases: [(&[u8], Value); 14] = [
        (
            &hex!("02 05 00 df 65 c7 13"),
            other(0x02, &hex!("00 df 65 c7 13")),
        ),
        (&hex!("02 00"), other(0x02, &[])),
        (&hex!("41 05 ff ff ff ff ff"), other(0x41, &[0xff; 5])),
        (&hex!("41 02 80 e8"), Counter32(33_000).into()),
        (&hex!("45 03 01 02 03"), other(0x45, &[1, 2, 3])),
        (&hex!("47 01 05"), other(0x47, &[5])),
        (&hex!("03 02 07 80"), other(0x03, &[0x07, 0x80])),
        (&hex!("05 01 00"), other(0x05, &[0])),
        (&hex!("81 01 00"), Value::NoSuchInstance),
        (&hex!("40 00"), other(0x40, &[])),
        (&hex!("06 02 2b 86"), other(0x06, &[0x2b, 0x86])),
        (&hex!("06 03 2b 80 06"), oid!(1.3.6).into()),
        (&hex!("30 03 02 01 05"), other(0x30, &[2, 1, 5])),
        // Behind the value, where nothing belongs.
        (&hex!("02 01 05 02 01 06 ff"), Value::from(5)),
    ];
    for (odd, expected) in cases {
        let mut values = vec![Value::from(7); 50];
        values[20] = expected;
        assert_eq!(fifty_with(odd), values, "{odd:02x?}");
    }
}

#[test]
fn a_padded_name_is_the_name() {
    let contents = hex!("80 2b 06 80 80 01 04 01 86 8d 1f 80 01");
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get_of(2));
    let sent = rig.sent_one();
    let bindings = [
        binding(&hex!("2b 06 01 04 01 86 8d 1f 80 00"), &hex!("02 01 05")),
        binding(&contents, &hex!("06 05 2b 80 06 80 01")),
    ];
    let datagram = response(
        Version::V2c,
        request_id(&sent.data),
        &bindings.concat(),
        [&[], &[], &hex!("00 00")],
    );
    rig.receive(1, &agent(1), &datagram);
    let response = only_response(rig.events(), id);
    assert!(!response.names_differ);
    let expected: VarBindList = [
        VarBind::new(name(0), 5),
        VarBind::new(name(1), oid!(1.3.6.1)),
    ]
    .into_iter()
    .collect();
    assert_eq!(response.pdu.var_binds, expected);
    // As they would be sent: nothing is padded any more.
    let plain = hex!(
        "30 0e 06 09 2b 06 01 04 01 86 8d 1f 00 02 01 05"
        "30 10 06 09 2b 06 01 04 01 86 8d 1f 01 06 03 2b 06 01"
    );
    assert_eq!(response.pdu.var_binds.octets(), plain);
}

#[test]
fn octets_left_over_are_ignored_in_versions_1_and_2c() {
    let some: &[u8] = &hex!("05 00 ff 80");
    let padding: &[u8] = &[0; 1000];
    for tails in [
        [some, &[], &[]],
        [&[], some, &[]],
        [&[], &[], some],
        [some, padding, some],
    ] {
        for version in [Version::V1, Version::V2c] {
            let mut rig = Rig::seeded();
            let mut request = get_of(1);
            if version == Version::V1 {
                request.credentials = Credentials::V1("public".into());
            }
            let id = rig.submit(0, request);
            let sent = rig.sent_one();
            let bindings = binding(name(0).as_ref().contents(), &hex!("02 01 05"));
            let datagram = response(version, request_id(&sent.data), &bindings, tails);
            rig.receive(1, &agent(1), &datagram);
            let response = only_response(rig.events(), id);
            let expected: VarBindList = [VarBind::new(name(0), 5)].into_iter().collect();
            assert_eq!(response.pdu.var_binds, expected);
            assert_eq!(rig.engine.statistics().in_asn_parse_errs, 0);
        }
    }
}

/// What can be mended in a message does not save it from the rest.
#[test]
fn what_is_padded_and_unsound_as_well_is_refused() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get_of(2));
    let sent = rig.sent_one();
    let bindings = [
        binding(&hex!("2b 80 06"), &hex!("05 00")),
        binding(&hex!("2b 86"), &hex!("05 00")),
    ];
    let datagram = response(
        Version::V2c,
        request_id(&sent.data),
        &bindings.concat(),
        [&[]; 3],
    );
    rig.receive(1, &agent(1), &datagram);
    assert_eq!(rig.engine.statistics().in_asn_parse_errs, 1);
    rig.timeout(100_000);
    let words = only_failure(rig.events(), id);
    assert!(words.contains("truncated sub-identifier"), "{words}");
}

/// A request to this engine's own agent, with everything that is read nevertheless.
#[test]
fn a_request_with_odd_elements_is_handed_out_and_answered() {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let config = EngineConfig::with_seed(2).communities(communities);
    let mut rig = Rig::new(config);
    let bindings = [
        binding(&hex!("2b 80 06"), &hex!("47 01 05")),
        binding(&hex!("2b 07"), &hex!("05 01 00")),
    ];
    let mut datagram = response(
        Version::V2c,
        7,
        &bindings.concat(),
        [&[0xff], &[0xff], &[0xff]],
    );
    let tag = datagram.iter().position(|&octet| octet == 0xa2);
    datagram[tag.expect("a PDU")] = 0xa0;
    rig.receive(0, &agent(9), &datagram);
    let Some(Event::Request(request)) = rig.engine.poll_event() else {
        panic!("no request");
    };
    assert_eq!(
        request.pdu.to_string(),
        "GetRequest-PDU id 7 [1.3.6 = 5, 1.3.7 = tag 0x05: 0x00]"
    );
    let now = rig.now;
    let mut pdu = request.pdu;
    pdu.kind = PduKind::Response;
    rig.engine.respond(now, request.state, pdu);
    let sent = rig.sent_one().data;
    assert!(
        sent.ends_with(&hex!(
            "30 07 06 02 2b 06 47 01 05 30 07 06 02 2b 07 05 01 00"
        )),
        "{sent:02x?}"
    );
}

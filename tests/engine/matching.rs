//! Which datagram answers which request, and what becomes of the others.

use deferred_snmp::engine::{
    Credentials, Endpoint, EngineConfig, Event, Peer, Request, Statistics,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduKind};

use util::rig::{
    Rig, agent, answer, answer_by, get, get_pdu, only_failure, only_response, readdressed,
    request_id, trap_v1,
};

/// The counters of a rig that has one request outstanding, after it has received `datagram` from
/// `peer`; the request must still be outstanding.
fn dropped(peer: &Peer, datagram: impl FnOnce(&[u8]) -> Vec<u8>) -> Statistics {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    rig.receive(1, peer, &datagram(&sent.data));
    assert!(!rig.engine.has_output(), "it must change nothing");
    assert_eq!(rig.engine.outstanding(), 1);
    let counted = *rig.engine.statistics();
    rig.receive(2, &agent(1), &answer(&sent.data, 1));
    only_response(rig.events(), id);
    counted
}

#[test]
fn an_answer_from_another_address_is_not_taken() {
    let counted = dropped(&agent(2), |request| answer(request, 1));
    assert_eq!(counted.foreign_responses, 1);
}

#[test]
fn an_answer_from_another_port_is_not_taken() {
    let stranger = Peer::udp(Endpoint(0), ([192, 0, 2, 1], 162).into());
    let counted = dropped(&stranger, |request| answer(request, 1));
    assert_eq!(counted.foreign_responses, 1);
}

#[test]
fn an_answer_from_another_address_is_taken_where_that_is_asked_for() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).accept_any_source(true));
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    rig.receive(1, &agent(2), &answer(&sent.data, 1));
    only_response(rig.events(), id);
}

#[test]
fn an_answer_to_another_port_of_ours_is_not_taken() {
    let stranger = Peer::udp(Endpoint(1), ([192, 0, 2, 1], 161).into());
    let counted = dropped(&stranger, |request| answer(request, 1));
    assert_eq!(counted.foreign_responses, 1);
}

#[test]
fn an_answer_to_another_address_of_ours_is_taken() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    let peer = agent(1).to_local(Some([192, 0, 2, 200].into()));
    rig.receive(1, &peer, &answer(&sent.data, 1));
    only_response(rig.events(), id);
}

#[test]
fn an_answer_with_another_request_id_is_not_taken() {
    let counted = dropped(&agent(1), |request| {
        answer_by(&answer(request, 1), |pdu| pdu.request_id ^= 1)
    });
    assert_eq!(counted.late_responses, 1);
}

#[test]
fn an_answer_with_another_community_is_not_taken() {
    let counted = dropped(&agent(1), |request| {
        readdressed(request, Version::V2c, b"publi")
    });
    assert_eq!(counted.mismatched_responses, 1);
}

#[test]
fn an_answer_in_another_version_is_not_taken() {
    let counted = dropped(&agent(1), |request| {
        readdressed(request, Version::V1, b"public")
    });
    assert_eq!(counted.mismatched_responses, 1);
}

#[test]
fn an_answer_to_what_has_not_been_sent_is_not_taken() {
    let mut rig = Rig::seeded();
    rig.submit(0, get(agent(1)));
    let foreseen = {
        let mut twin = Rig::seeded();
        twin.submit(0, get(agent(1)));
        twin.sent_one().data
    };
    rig.receive(0, &agent(1), &answer(&foreseen, 1));
    assert!(rig.events().is_empty());
    assert_eq!(rig.engine.statistics().foreign_responses, 1);
    assert_eq!(rig.sent_one().data, foreseen);
}

#[test]
fn a_second_answer_is_counted_and_dropped() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    for _ in 0..3 {
        rig.receive(1, &agent(1), &answer(&sent.data, 1));
    }
    only_response(rig.events(), id);
    assert_eq!(rig.engine.statistics().duplicate_responses, 2);
    assert_eq!(rig.engine.statistics().late_responses, 0);
}

#[test]
fn an_answer_after_the_time_out_is_counted_and_dropped() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    rig.timeout(6000);
    only_failure(rig.events(), id);
    rig.receive(6001, &agent(1), &answer(&sent.data, 1));
    assert!(rig.events().is_empty());
    assert_eq!(rig.engine.statistics().late_responses, 1);
}

#[test]
fn each_answer_goes_to_its_own_request() {
    let mut rig = Rig::seeded();
    let mut expected = Vec::new();
    for number in 0..20 {
        let id = rig.submit(0, get(agent(1)));
        expected.push((id, number));
    }
    let sent = rig.sent();
    for (number, sent) in (0..20).zip(&sent).rev() {
        rig.receive(1, &agent(1), &answer(&sent.data, number));
    }
    expected.reverse();
    let got: Vec<_> = rig
        .events()
        .into_iter()
        .map(|event| match event {
            Event::Response { id, response } => {
                let value = response.pdu.var_binds.get(0).unwrap().value;
                (id, value.as_i64().unwrap())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(got, expected);
}

#[test]
fn an_ipv6_answer_with_a_flow_label_is_from_the_peer_that_was_asked() {
    let address = |flow| {
        let v6 = std::net::SocketAddrV6::new("2001:db8::1".parse().unwrap(), 161, flow, 0);
        Peer::udp(Endpoint(6), v6.into())
    };
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(address(0)));
    let sent = rig.sent_one();
    rig.receive(1, &address(0x12345), &answer(&sent.data, 1));
    only_response(rig.events(), id);
}

#[test]
fn what_is_not_an_snmp_message_moves_a_counter() {
    let request = {
        let mut rig = Rig::seeded();
        rig.submit(0, get(agent(1)));
        rig.sent_one().data
    };
    let good = answer(&request, 1);
    let mut cases: Vec<Vec<u8>> = (0..good.len()).map(|len| good[..len].to_vec()).collect();
    cases.push(vec![0xff; 65_535]);
    cases.push(vec![0x30; 2000]);
    for case in cases {
        let counted = dropped(&agent(1), |_| case.clone());
        assert_eq!(counted.in_asn_parse_errs, 1, "{case:02x?}");
        assert_eq!(counted.in_pkts, 1);
    }
}

#[test]
fn a_version_that_is_not_spoken_moves_a_counter() {
    for number in [2_u8, 127] {
        let counted = dropped(&agent(1), |request| {
            let mut datagram = answer(request, 1);
            assert_eq!(datagram[2..5], [2, 1, 1]);
            datagram[4] = number;
            datagram
        });
        assert_eq!(counted.in_bad_versions, 1, "version {number}");
        assert_eq!(counted.in_asn_parse_errs, 0, "version {number}");
    }
}

#[test]
fn pdus_that_no_application_takes_move_a_counter() {
    for kind in [PduKind::InformRequest, PduKind::TrapV2, PduKind::Report] {
        let counted = dropped(&agent(1), |request| {
            answer_by(request, |pdu| pdu.kind = kind)
        });
        assert_eq!(counted.unknown_pdu_handlers, 1, "{kind}");
    }
    let counted = dropped(&agent(1), |_| trap_v1());
    assert_eq!(counted.unknown_pdu_handlers, 1);
}

#[test]
fn a_malformed_message_explains_the_time_out() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    drop(rig.sent_one());
    rig.receive(1, &agent(1), b"HTTP/1.0 400 Bad Request");
    rig.timeout(6000);
    let text = only_failure(rig.events(), id);
    let expected = "No SNMP response received before timeout: 192.0.2.1:161, 1 try of 1s; \
                    a message from there could not be parsed: ";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn another_community_or_an_unreachable_port_explains_the_time_out() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    let datagram = readdressed(&sent.data, Version::V2c, b"secret");
    rig.receive(1, &agent(1), &datagram);
    rig.timeout(6000);
    assert!(
        only_failure(rig.events(), id)
            .ends_with("; an answer from there had another community than asked")
    );

    let id = rig.submit(6000, get(agent(1)));
    drop(rig.sent_one());
    let now = rig.at(6001);
    rig.engine.handle_unreachable(now, &agent(1));
    rig.engine.handle_unreachable(now, &agent(2));
    assert_eq!(rig.engine.outstanding(), 1, "a hint ends nothing");
    rig.timeout(12_000);
    assert!(only_failure(rig.events(), id).ends_with("; nobody listens there"));
}

#[test]
fn what_came_before_a_request_does_not_explain_its_time_out() {
    let mut rig = Rig::seeded();
    // Keeps the peer known.
    rig.submit(
        0,
        get(agent(1)).patience(std::time::Duration::from_secs(60), 0),
    );
    rig.receive(1, &agent(1), b"nonsense");
    let id = rig.submit(2, get(agent(1)));
    drop(rig.sent());
    rig.timeout(6002);
    let text = only_failure(rig.events(), id);
    assert!(text.ends_with("1 try of 1s"), "{text}");
}

#[test]
fn version_1_is_answered_in_version_1() {
    let mut rig = Rig::seeded();
    let request = Request::new(
        agent(1),
        Credentials::V1("public".into()),
        get_pdu(Vec::new()),
    );
    let id = rig.submit(0, request);
    let sent = rig.sent_one();
    let message = CommunityMessage::decode(&sent.data).unwrap();
    assert_eq!(message.version, Version::V1);
    rig.receive(1, &agent(1), &answer(&sent.data, 1));
    let response: Pdu = only_response(rig.events(), id).pdu;
    assert_eq!(response.request_id, request_id(&sent.data));
}

fn at(address: &str) -> Peer {
    Peer::udp(Endpoint(0), address.parse().expect("an address"))
}

#[test]
fn the_zone_of_an_address_counts_where_both_have_one_and_it_is_part_of_the_address() {
    for (asked, answers, is_taken) in [
        ("[fe80::1%2]:161", "[fe80::1%2]:161", true),
        ("[fe80::1%2]:161", "[fe80::1%3]:161", false),
        ("[fe80::1]:161", "[fe80::1%3]:161", true),
        ("[fe80::1%2]:161", "[fe80::1]:161", true),
        ("[fe80::1]:161", "[fe80::2%3]:161", false),
        ("[fe80::1]:161", "[fe80::1%3]:162", false),
        ("[::1%2]:161", "[::1]:161", true),
        ("[2001:db8::1%2]:161", "[2001:db8::1%3]:161", true),
        ("[2001:db8::1]:161", "[2001:db8::2]:161", false),
        ("[::ffff:192.0.2.1]:161", "192.0.2.1:161", true),
        ("192.0.2.1:161", "[::ffff:192.0.2.1]:161", true),
        ("192.0.2.1:161", "[::ffff:192.0.2.2]:161", false),
        ("192.0.2.1:161", "[::192.0.2.1]:161", false),
    ] {
        let mut rig = Rig::seeded();
        let id = rig.submit(0, get(at(asked)));
        let sent = rig.sent_one();
        rig.receive(1, &at(answers), &answer(&sent.data, 1));
        let events = rig.events();
        let is_answered = matches!(events[..], [Event::Response { id: of, .. }] if of == id);
        assert_eq!(is_answered, is_taken, "{asked} {answers}");
        // What else comes from there is told likewise.
        let id = rig.submit(2, get(at(asked)));
        drop(rig.sent());
        rig.receive(3, &at(answers), b"nonsense");
        rig.timeout(6002);
        let text = rig.events().into_iter().find_map(|event| match event {
            Event::Failed { id: of, error } if of == id => Some(error.to_string()),
            _ => None,
        });
        let is_told = text.is_some_and(|text| text.contains("could not be parsed"));
        // Systems name the zone of whoever is on a link.
        let is_zone_unknown = answers == "[fe80::1]:161";
        assert_eq!(is_told, is_taken && !is_zone_unknown, "{asked} {answers}");
    }
}

#[test]
fn names_of_one_address_are_one_peer_with_one_window() {
    for (names, windows) in [
        (["[::1]:161", "[::1%1]:161", "[::1%2]:161"], 1),
        (
            [
                "192.0.2.1:161",
                "[::ffff:192.0.2.1]:161",
                "[::ffff:c000:201%1]:161",
            ],
            1,
        ),
        (["[fe80::1]:161", "[fe80::1%1]:161", "[fe80::1%2]:161"], 3),
    ] {
        let mut rig = Rig::new(EngineConfig::with_seed(1).window(1));
        for name in names {
            rig.submit(0, get(at(name)));
        }
        assert_eq!(rig.sent().len(), windows, "{names:?}");
    }
}

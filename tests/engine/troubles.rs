//! A time-out tells what came instead of an answer.

use deferred_snmp::asn1::{BerError, BerErrorKind};
use deferred_snmp::engine::{
    Credentials, Endpoint, ErrorIndication, Event, Peer, Request, RequestId, Trouble,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{PduBody, PduKind};
use deferred_snmp::smi::{Value, VarBind};

use util::rig::{
    Rig, agent, answer, answer_by, get, get_pdu, only_failure, readdressed, request_id, trap_v1,
    v2c,
};

const TIME_OUT: &str = "No SNMP response received before timeout: 192.0.2.1:161, 1 try of 1s";

/// What the time-out of a GET says, besides that it is one, after `datagrams` have come.
fn told(datagrams: impl FnOnce(&[u8]) -> Vec<(Peer, Vec<u8>)>) -> String {
    told_of(get(agent(1)), datagrams)
}

fn told_of(request: Request, datagrams: impl FnOnce(&[u8]) -> Vec<(Peer, Vec<u8>)>) -> String {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, request);
    let sent = rig.sent_one();
    for (peer, datagram) in datagrams(&sent.data) {
        rig.receive(1, &peer, &datagram);
    }
    assert!(
        rig.events().is_empty(),
        "a message from anybody ends nothing"
    );
    rig.timeout(6000);
    let words = only_failure(rig.events(), id);
    let rest = words.strip_prefix(TIME_OUT);
    rest.unwrap_or_else(|| panic!("{words}")).to_owned()
}

fn from_asked(datagram: Vec<u8>) -> Vec<(Peer, Vec<u8>)> {
    vec![(agent(1), datagram)]
}

#[test]
fn an_answer_to_another_port_of_ours_is_told() {
    let elsewhere = Peer::udp(Endpoint(1), ([192, 0, 2, 1], 161).into());
    let words = told(|request| vec![(elsewhere, answer(request, 1))]);
    assert_eq!(
        words,
        "; an answer from there came to another port than it was asked from; accept_any_source takes such answers"
    );
}

#[test]
fn who_has_short_identifiers_is_not_told_of_them() {
    let config = deferred_snmp::engine::EngineConfig::with_seed(1).short_identifiers(true);
    let mut rig = Rig::new(config);
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    let number = request_id(&sent.data) ^ 1;
    rig.receive(1, &agent(1), &renumbered(&sent.data, number));
    rig.timeout(6000);
    let words = only_failure(rig.events(), id);
    let expected = format!(
        "{TIME_OUT}; a message from there had the request-id or msgID {number}, for which nobody waits"
    );
    assert_eq!(words, expected);
}

#[test]
fn silence_has_no_words() {
    assert_eq!(told(|_| Vec::new()), "");
}

#[test]
fn an_answer_from_another_address_or_port_is_told_with_the_name_of_the_option() {
    let port = Peer::udp(Endpoint(0), ([192, 0, 2, 1], 1161).into());
    for (peer, shown) in [(agent(2), "192.0.2.2:161"), (port, "192.0.2.1:1161")] {
        let words = told(|request| vec![(peer, answer(request, 1))]);
        let expected = format!(
            "; an answer came from {shown}, which was not asked; accept_any_source takes such answers"
        );
        assert_eq!(words, expected);
    }
}

#[test]
fn an_answer_with_another_request_id_is_told() {
    for number in [0x1234_5678, -5_000_000, i32::MIN] {
        let words = told(|request| from_asked(renumbered(request, number)));
        let expected = format!(
            "; a message from there had the request-id or msgID {number}, for which nobody waits"
        );
        assert_eq!(words, expected);
    }
}

#[test]
fn an_answer_with_16_bits_of_the_request_id_is_told_with_the_name_of_the_option() {
    for is_signed in [false, true] {
        let words = told(|request| {
            let low = request_id(request) as u16;
            let number = if is_signed {
                i32::from(low as i16)
            } else {
                i32::from(low)
            };
            from_asked(renumbered(request, number))
        });
        let option = "; for agents that keep 16 bits of it there is short_identifiers";
        assert!(words.ends_with(option), "{words}");
    }
}

fn renumbered(request: &[u8], number: i32) -> Vec<u8> {
    answer_by(&answer(request, 1), |pdu| pdu.request_id = number)
}

#[test]
fn the_request_itself_is_told_when_it_comes_back() {
    for kind in [
        PduKind::GetRequest,
        PduKind::GetNextRequest,
        PduKind::GetBulkRequest,
        PduKind::SetRequest,
        PduKind::InformRequest,
    ] {
        let mut pdu = get_pdu(Vec::new());
        pdu.kind = kind;
        let request = Request::new(agent(1), v2c(), pdu);
        let words = told_of(request, |request| from_asked(request.to_vec()));
        assert_eq!(words, "; the request itself came back from there", "{kind}");
    }
}

#[test]
fn another_request_a_trap_or_a_report_is_told() {
    for (kind, expected) in [
        (
            PduKind::GetNextRequest,
            "a GetNextRequest-PDU came from there",
        ),
        (PduKind::SetRequest, "a SetRequest-PDU came from there"),
        (PduKind::InformRequest, "an inform came from there"),
        (PduKind::TrapV2, "a trap came from there"),
        (PduKind::Report, "a report from there fits no request"),
    ] {
        let words = told(|request| from_asked(answer_by(request, |pdu| pdu.kind = kind)));
        assert_eq!(words, format!("; {expected}"), "{kind}");
    }
    assert_eq!(told(|_| from_asked(trap_v1())), "; a trap came from there");
}

#[test]
fn a_trap_is_told_that_nobody_takes_for_its_community() {
    let config = deferred_snmp::engine::EngineConfig::with_seed(1).notifications(true);
    let mut rig = Rig::new(config);
    let id = rig.submit(0, get(agent(1)));
    drop(rig.sent_one());
    rig.receive(1, &agent(1), &trap_v1());
    assert_eq!(rig.engine.statistics().in_bad_community_names, 1);
    rig.timeout(6000);
    let words = only_failure(rig.events(), id);
    assert_eq!(words, format!("{TIME_OUT}; a trap came from there"));
}

#[test]
fn another_community_or_version_is_told_and_no_community_shown() {
    let words = told(|request| from_asked(readdressed(request, Version::V2c, b"secret")));
    assert_eq!(
        words,
        "; an answer from there had another community than asked"
    );
    let words = told(|request| from_asked(readdressed(request, Version::V1, b"secret")));
    assert_eq!(
        words,
        "; an answer from there was of SNMPv1, and the request of SNMPv2c"
    );
    let request = Request::new(
        agent(1),
        Credentials::V1("public".into()),
        get_pdu(Vec::new()),
    );
    let words = told_of(request, |request| {
        from_asked(readdressed(request, Version::V2c, b"public"))
    });
    assert_eq!(
        words,
        "; an answer from there was of SNMPv2c, and the request of SNMPv1"
    );
}

#[test]
fn a_version_that_is_not_spoken_is_told() {
    let words = told(|request| {
        let mut datagram = answer(request, 1);
        assert_eq!(datagram[2..5], [2, 1, 1]);
        datagram[4] = 2;
        from_asked(datagram)
    });
    assert_eq!(words, "; a message from there was of an unknown version, 2");
}

#[test]
fn what_cannot_be_parsed_is_told_with_the_reason() {
    let words = told(|_| from_asked(vec![0x30, 0x80]));
    let error = BerError::new(BerErrorKind::IndefiniteLength, 0);
    assert_eq!(
        words,
        format!("; a message from there could not be parsed: {error}")
    );
}

#[test]
fn other_names_are_told_where_they_are_not_taken() {
    let request = get(agent(1)).strict_names(true);
    let words = told_of(request, |request| {
        let other = answer_by(&answer(request, 1), |pdu| {
            let other = VarBind::new(deferred_snmp::oid!(1.3.6.1.2.1.1.1), Value::Integer(1));
            pdu.var_binds = [other].into_iter().collect();
        });
        from_asked(other)
    });
    assert_eq!(words, "; an answer from there had other names than asked");
}

/// What came, from the least telling to the most.
fn by_rank(request: &[u8]) -> Vec<(Peer, Vec<u8>, &'static str)> {
    vec![
        (agent(1), trap_v1(), "a trap came from there"),
        (
            agent(1),
            renumbered(request, 77_777),
            "for which nobody waits",
        ),
        (agent(1), b"nonsense".to_vec(), "could not be parsed"),
        (
            agent(1),
            readdressed(request, Version::V2c, b"secret"),
            "another community than asked",
        ),
    ]
}

#[test]
fn of_several_the_most_telling_is_told_in_whatever_order_they_come() {
    for is_reversed in [false, true] {
        for count in 1..=4 {
            let mut expected = "";
            let words = told(|request| {
                let mut came = by_rank(request);
                came.truncate(count);
                expected = came[count - 1].2;
                if is_reversed {
                    came.reverse();
                }
                let came = came.into_iter();
                came.map(|(peer, datagram, _)| (peer, datagram)).collect()
            });
            assert!(words.contains(expected), "{words}");
        }
    }
}

#[test]
fn of_equally_telling_ones_the_last_is_told() {
    let words = told(|request| {
        vec![
            (agent(2), answer(request, 1)),
            (agent(3), answer(request, 1)),
        ]
    });
    assert!(words.contains("came from 192.0.2.3:161"), "{words}");
}

#[test]
fn what_came_before_a_request_hides_nothing_that_came_after_it() {
    let mut rig = Rig::seeded();
    let long = std::time::Duration::from_secs(60);
    let first = rig.submit(0, get(agent(1)).patience(long, 0));
    let sent = rig.sent_one();
    let telling = readdressed(&sent.data, Version::V2c, b"secret");
    rig.receive(1, &agent(1), &telling);
    let second = rig.submit(2, get(agent(1)));
    drop(rig.sent_one());
    rig.receive(3, &agent(1), b"nonsense");
    rig.timeout(6002);
    let words = only_failure(rig.events(), second);
    assert!(words.contains("could not be parsed"), "{words}");
    rig.timeout(60_000);
    let words = only_failure(rig.events(), first);
    assert!(
        words.ends_with("had another community than asked"),
        "{words}"
    );
}

#[test]
fn what_comes_to_another_port_or_from_another_peer_is_not_told() {
    let elsewhere = Peer::udp(Endpoint(1), ([192, 0, 2, 1], 161).into());
    for peer in [agent(2), elsewhere] {
        let words = told(|request| {
            vec![
                (peer.clone(), b"nonsense".to_vec()),
                (peer.clone(), renumbered(request, 77_777)),
            ]
        });
        assert_eq!(words, "");
    }
}

#[test]
fn programs_get_the_reason_as_data() {
    let mut rig = Rig::seeded();
    let id: RequestId = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    rig.receive(1, &agent(2), &answer(&sent.data, 1));
    rig.timeout(6000);
    let [Event::Failed { id: of, error }] = &rig.events()[..] else {
        panic!("no failure");
    };
    assert_eq!(*of, id);
    let ErrorIndication::RequestTimedOut { trouble, .. } = error else {
        panic!("{error}");
    };
    let expected = Trouble::OtherSource(agent(2).address);
    assert_eq!(trouble.as_deref(), Some(&expected));
}

#[test]
fn a_message_is_told_whose_pdu_its_version_does_not_have() {
    // A GetBulkRequest-PDU in SNMPv1.
    let request = Request::new(
        agent(1),
        Credentials::V1("public".into()),
        get_pdu(Vec::new()),
    );
    let words = told_of(request, |request| {
        let message = CommunityMessage::decode(request).unwrap();
        let PduBody::Pdu(pdu) = message.pdu else {
            panic!("a trap");
        };
        let mut pdu = pdu.to_owned();
        pdu.kind = PduKind::GetBulkRequest;
        let mut out = Vec::new();
        CommunityMessage::new(Version::V1, b"public", &pdu).encode(&mut out);
        from_asked(out)
    });
    assert!(words.contains("could not be parsed"), "{words}");
}

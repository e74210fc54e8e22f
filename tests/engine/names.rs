//! Answers with other names than asked: which they are, how often is asked again, and what is handed
//! out in the end.

use std::time::Duration;

use deferred_snmp::engine::{Credentials, EngineConfig, Request};
use deferred_snmp::message::Version;
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};

use util::rig::{
    Rig, Sent, agent, answer, answer_by, only_failure, only_response, request_id, v2c,
};

const ASKED: ObjectIdentifier = oid!(1.3.6.1.4.1.9.2.1.58.0);

fn list(names: &[ObjectIdentifier]) -> VarBindList {
    let mut var_binds = VarBindList::new();
    for (number, name) in names.iter().enumerate() {
        var_binds.push(name.as_ref(), ValueRef::Integer(number as i32));
    }
    var_binds
}

fn request(kind: PduKind, names: &[ObjectIdentifier]) -> Request {
    Request::new(agent(1), v2c(), Pdu::new(kind, 0, list(names)))
}

fn get(names: &[ObjectIdentifier]) -> Request {
    request(PduKind::GetRequest, names)
}

/// The answer to `request` that binds `names`.
fn answer_with(request: &[u8], names: &[ObjectIdentifier]) -> Vec<u8> {
    answer_by(&answer(request, 1), |pdu| pdu.var_binds = list(names))
}

/// Answers every try with these names, at the time zero. Gives the tries and the answer.
fn always_answered(request: Request, names: &[ObjectIdentifier]) -> (Vec<Sent>, bool) {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, request);
    let mut tries = Vec::new();
    loop {
        for sent in rig.sent() {
            rig.receive(0, &agent(1), &answer_with(&sent.data, names));
            tries.push(sent);
        }
        if !rig.engine.has_output() {
            panic!("neither asked again nor ended after {} tries", tries.len());
        }
        let events = rig.events();
        if !events.is_empty() {
            let response = only_response(events, id);
            assert_eq!(response.pdu.var_binds, list(names));
            let counted = rig.engine.statistics();
            assert_eq!((counted.responses, counted.timeouts), (1, 0));
            let differing = u64::from(response.names_differ) * tries.len() as u64;
            assert_eq!(counted.differing_responses, differing);
            assert!(rig.sent().is_empty());
            assert_eq!((rig.deadline(), rig.engine.outstanding()), (None, 0));
            return (tries, response.names_differ);
        }
    }
}

/// Names that agents and networks make of one: what is asked for, and what comes.
fn other_names() -> Vec<(Vec<ObjectIdentifier>, Vec<ObjectIdentifier>)> {
    let (a, b) = (oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.2.1.1.3.0));
    let one = |asked, answered| (vec![asked], vec![answered]);
    vec![
        one(oid!(1.3.6.1.4.1.9.2), oid!(1.3.6.1.4.1.9.2.0)),
        one(oid!(1.3.6.1.4.1.9.2.0), oid!(1.3.6.1.4.1.9.2)),
        one(oid!(1.3.6.1.4.1.9.2.0), oid!(1.3.6.1.4.1.9.2.0.0)),
        one(
            oid!(1.3.6.1.4.1.9.2.4294967295),
            oid!(1.3.6.1.4.1.9.2.2147483647),
        ),
        one(oid!(1.3.6.1.4.1.9.2.2147483648), oid!(1.3.6.1.4.1.9.2.0)),
        one(oid!(1.3.6.1.4.1.9.2.7), oid!(1.3.6.1.4.1.9.2.4294967295)),
        one(oid!(1.3.6.1.4.1.9.2), oid!(0.0)),
        one(oid!(0.0), oid!(1.3)),
        (vec![a.clone(), b.clone()], vec![a.clone(), ASKED]),
        (vec![a.clone(), b.clone()], vec![b.clone(), b.clone()]),
        (vec![a.clone(), a.clone(), b.clone()], vec![b.clone(), b, a]),
    ]
}

#[test]
fn other_names_are_asked_for_again_at_once_and_handed_out_marked_at_the_last_try() {
    for (asked, answered) in other_names() {
        for retries in [0, 1, 5] {
            let patience = (Duration::from_secs(1), retries);
            let request = get(&asked).patience(patience.0, patience.1);
            let (tries, names_differ) = always_answered(request, &answered);
            assert!(names_differ, "{asked:?} {answered:?}");
            assert_eq!(tries.len() as u32, retries + 1);
        }
    }
}

#[test]
fn in_each_version_that_has_no_digest() {
    for (credentials, version) in [
        (Credentials::V1("public".into()), Version::V1),
        (v2c(), Version::V2c),
    ] {
        assert_eq!(credentials.version(), version);
        let mut request = get(&[ASKED]).patience(Duration::from_secs(1), 2);
        request.credentials = credentials;
        let other = [oid!(1.3.6.1.4.1.9.2.1.58)];
        let (tries, names_differ) = always_answered(request, &other);
        assert!(names_differ);
        assert_eq!(tries.len(), 3, "{version}");
    }
}

#[test]
fn the_same_names_are_a_result_in_any_order() {
    let name = |number| ASKED.extend([number]).unwrap();
    let (a, b) = (name(1), name(2));
    let many: Vec<_> = (0..3_000).map(name).collect();
    let reversed: Vec<_> = many.iter().rev().cloned().collect();
    let mut turned = many.clone();
    turned.rotate_left(1);
    let cases = [
        (vec![], vec![]),
        (vec![a.clone()], vec![a.clone()]),
        (vec![a.clone(), b.clone()], vec![b.clone(), a.clone()]),
        (vec![a.clone(), a.clone(), b.clone()], vec![a.clone(), b, a]),
        (many.clone(), many.clone()),
        (many.clone(), reversed),
        (many, turned),
    ];
    for kind in [PduKind::GetRequest, PduKind::SetRequest] {
        for (asked, answered) in &cases {
            let (tries, names_differ) = always_answered(request(kind, asked), answered);
            assert!(!names_differ, "{kind} {} names", asked.len());
            assert_eq!(tries.len(), 1);
        }
    }
}

/// A length that is longer than need be, around the name and in front of it, changes no name.
#[test]
fn names_are_compared_and_not_their_lengths() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(&[oid!(1.3.6.1.2.1.1.1.0)]));
    let sent = rig.sent_one();
    let id_octets = request_id(&sent.data).to_be_bytes();
    let mut datagram = b"\x30\x2e\x02\x01\x01\x04\x06public\xa2\x21\x02\x04".to_vec();
    datagram.extend(id_octets);
    datagram.extend(b"\x02\x01\0\x02\x01\0");
    datagram.extend(
        b"\x30\x13\x30\x81\x10\x06\x81\x08\x2b\x06\x01\x02\x01\x01\x01\0\x02\x82\0\x01\x07",
    );
    rig.receive(1, &agent(1), &datagram);
    let response = only_response(rig.events(), id);
    assert!(!response.names_differ);
    assert_eq!(
        response.pdu.var_binds.get(0).unwrap().to_string(),
        "1.3.6.1.2.1.1.1.0 = 7"
    );
}

#[test]
fn a_right_answer_to_a_later_try_is_the_result() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(&[ASKED]));
    for _ in 0..4 {
        let sent = rig.sent_one();
        let other = [oid!(1.3.6.1.4.1.9.2.1.58)];
        rig.receive(1, &agent(1), &answer_with(&sent.data, &other));
        assert!(rig.events().is_empty());
    }
    let sent = rig.sent_one();
    rig.receive(2, &agent(1), &answer(&sent.data, "right"));
    let response = only_response(rig.events(), id);
    assert!(!response.names_differ);
    let var_bind = response.pdu.var_binds.get(0).unwrap();
    assert_eq!(var_bind.name, ASKED.as_ref());
    let counted = rig.engine.statistics();
    assert_eq!(counted.differing_responses, 4);
    assert_eq!(counted.retransmissions, 4);
}

#[test]
fn the_latest_one_is_handed_out_when_the_last_try_is_not_answered() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(&[ASKED]).patience(Duration::from_secs(1), 2));
    for at in [100, 200] {
        let sent = rig.sent_one();
        let other = [ASKED.extend([at as u32]).unwrap()];
        rig.receive(at, &agent(1), &answer_with(&sent.data, &other));
        assert!(rig.events().is_empty());
        assert_eq!(
            rig.deadline(),
            Some(at + 1_000),
            "the next try has its time"
        );
    }
    drop(rig.sent_one());
    rig.timeout(1_199);
    assert!(rig.events().is_empty());
    rig.timeout(1_200);
    let response = only_response(rig.events(), id);
    assert!(response.names_differ);
    let var_bind = response.pdu.var_binds.get(0).unwrap();
    assert_eq!(var_bind.name, ASKED.extend([200]).unwrap().as_ref());
    assert!(rig.sent().is_empty(), "all tries have been made");
    let counted = rig.engine.statistics();
    assert_eq!((counted.responses, counted.timeouts), (1, 0));
    assert_eq!((rig.deadline(), rig.engine.outstanding()), (None, 0));
}

#[test]
fn tries_that_time_out_and_tries_that_are_answered_otherwise_count_together() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(&[ASKED]).patience(Duration::from_secs(1), 3));
    let other = [ASKED.extend([0]).unwrap()];
    drop(rig.sent_one());
    rig.timeout(1_000);
    let second = rig.sent_one();
    rig.receive(1_100, &agent(1), &answer_with(&second.data, &other));
    drop(rig.sent_one());
    rig.timeout(2_100);
    let fourth = rig.sent_one();
    rig.receive(2_200, &agent(1), &answer_with(&fourth.data, &other));
    assert!(only_response(rig.events(), id).names_differ);
    assert!(rig.sent().is_empty());
}

/// A datagram that comes several times, or an answer to an earlier try, costs one try and not several.
#[test]
fn copies_of_an_answer_cost_nothing() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(&[ASKED]).patience(Duration::from_secs(1), 2));
    let first = rig.sent_one();
    rig.timeout(1_000);
    let copy_of_first = rig.sent_one();
    assert_eq!(copy_of_first.data, first.data);
    let other = answer_with(&first.data, &[ASKED.extend([0]).unwrap()]);
    for _ in 0..5 {
        rig.receive(1_001, &agent(1), &other);
    }
    assert!(rig.events().is_empty());
    assert_eq!(rig.engine.statistics().differing_responses, 1);
    assert_eq!(rig.engine.statistics().duplicate_responses, 4);
    let last = rig.sent_one();
    assert_ne!(request_id(&last.data), request_id(&first.data));
    rig.receive(1_002, &agent(1), &answer(&last.data, 1));
    assert!(!only_response(rig.events(), id).names_differ);
}

#[test]
fn a_try_that_waits_to_be_sent_is_waited_for() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(&[ASKED]).patience(Duration::from_secs(1), 1));
    let first = rig.sent_one();
    rig.timeout(1_000);
    // The second and last try has not gone out when the first is answered.
    let other = [ASKED.extend([0]).unwrap()];
    rig.receive(1_001, &agent(1), &answer_with(&first.data, &other));
    assert!(rig.events().is_empty());
    let second = rig.sent_one();
    rig.receive(1_002, &agent(1), &answer(&second.data, 1));
    assert!(!only_response(rig.events(), id).names_differ);
}

#[test]
fn an_answer_that_is_never_fetched_is_dropped_with_its_request() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(&[ASKED]));
    let sent = rig.sent_one();
    let other = [ASKED.extend([0]).unwrap()];
    rig.receive(1, &agent(1), &answer_with(&sent.data, &other));
    assert!(rig.engine.cancel(rig.now, id));
    rig.timeout(10_000);
    assert!(rig.events().is_empty() && rig.sent().is_empty());
    assert_eq!(rig.engine.statistics().responses, 0);
}

/// What a SET without an error says is that it has been carried out: to ask again is to set again.
#[test]
fn a_set_is_not_carried_out_again() {
    for (asked, answered) in other_names() {
        let (tries, names_differ) =
            always_answered(request(PduKind::SetRequest, &asked), &answered);
        assert!(names_differ);
        assert_eq!(tries.len(), 1);
    }
}

#[test]
fn strict_names_drop_the_answer_and_a_time_out_says_so() {
    for kind in [PduKind::GetRequest, PduKind::SetRequest] {
        for (asked, answered) in other_names() {
            let mut rig = Rig::seeded();
            let request = request(kind, &asked).strict_names(true);
            let id = rig.submit(0, request.patience(Duration::from_secs(1), 1));
            for second in 0..2 {
                let sent = rig.sent_one();
                let at = second * 1_000;
                rig.receive(at + 10, &agent(1), &answer_with(&sent.data, &answered));
                assert!(!rig.engine.has_output(), "as if nothing had come");
                assert_eq!(rig.deadline(), Some(at + 1_000));
                rig.timeout(at + 1_000);
            }
            let words = only_failure(rig.events(), id);
            let expected = "192.0.2.1:161, 2 tries of 1s; \
                            an answer from there had other names than asked";
            assert!(words.ends_with(expected), "{words}");
            assert_eq!(rig.engine.statistics().differing_responses, 2);
        }
    }
}

#[test]
fn strict_names_take_a_right_answer() {
    let mut rig = Rig::seeded();
    let names = [ASKED, oid!(1.3.6.1.2.1.1.1.0)];
    let id = rig.submit(0, get(&names).strict_names(true));
    let sent = rig.sent_one();
    let other = [ASKED, ASKED];
    rig.receive(1, &agent(1), &answer_with(&sent.data, &other));
    let [a, b] = names;
    rig.receive(2, &agent(1), &answer_with(&sent.data, &[b, a]));
    assert!(!only_response(rig.events(), id).names_differ);
}

#[test]
fn what_is_never_judged() {
    let other = oid!(1.3.6.1.4.1.9.9);
    let (one, two) = (vec![ASKED], vec![ASKED, oid!(1.3.6.1.2.1.1.1.0)]);
    let mut cases = Vec::new();
    for kind in [
        PduKind::GetNextRequest,
        PduKind::GetBulkRequest,
        PduKind::InformRequest,
    ] {
        cases.push((kind, &one, ErrorStatus::NO_ERROR, vec![other.clone()]));
    }
    for kind in [PduKind::GetRequest, PduKind::SetRequest] {
        for status in [ErrorStatus::GEN_ERR, ErrorStatus::new(77)] {
            cases.push((kind, &one, status, vec![other.clone()]));
        }
        cases.push((kind, &one, ErrorStatus::TOO_BIG, vec![]));
        cases.push((kind, &two, ErrorStatus::NO_ERROR, vec![other.clone()]));
        cases.push((kind, &two, ErrorStatus::NO_ERROR, vec![]));
        cases.push((kind, &two, ErrorStatus::NO_ERROR, vec![other.clone(); 3]));
    }
    for (kind, asked, status, answered) in cases {
        for strict in [false, true] {
            let mut rig = Rig::new(EngineConfig::with_seed(1));
            let mut request = request(kind, asked).strict_names(strict);
            (request.pdu.error_status, request.pdu.error_index) = Default::default();
            let id = rig.submit(0, request);
            let sent = rig.sent_one();
            let datagram = answer_by(&answer_with(&sent.data, &answered), |pdu| {
                pdu.error_status = status;
                pdu.error_index = 0;
            });
            rig.receive(1, &agent(1), &datagram);
            let response = only_response(rig.events(), id);
            assert!(!response.names_differ, "{kind} {status} {answered:?}");
            assert_eq!(response.pdu.var_binds, list(&answered));
            assert_eq!(rig.engine.statistics().differing_responses, 0);
        }
    }
}

/// Sub-identifiers from agents that keep them in signed numbers: extended to 35 bits, to 64 bits, and
/// beyond 32 bits behind a padding octet. No such name exists.
#[test]
fn a_name_beyond_32_bits_is_no_name_and_explains_the_time_out() {
    for (arc, reason) in [
        (&b"\xff\xff\xff\xff\x7f"[..], "sub-identifier"),
        (b"\x90\x80\x80\x80\0", "sub-identifier"),
        (
            b"\x81\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
            "sub-identifier",
        ),
        (b"\x80\x9f\xff\xff\xff\x7f", "sub-identifier"),
    ] {
        let mut rig = Rig::seeded();
        let name = oid!(1.3.6.1.4.1.9.4294967295);
        let id = rig.submit(0, get(&[name]).patience(Duration::from_secs(1), 0));
        let sent = rig.sent_one();
        // The name in the request ends in 8f ff ff ff 7f, and a value of one octet follows.
        let good = answer(&sent.data, 7);
        let at = good
            .windows(5)
            .position(|five| five == b"\x8f\xff\xff\xff\x7f");
        let at = at.unwrap();
        let mut datagram = good[..at].to_vec();
        datagram.extend(arc);
        datagram.extend(&good[at + 5..]);
        let longer = (arc.len() - 5) as u8;
        // The lengths of message, PDU, list, binding and name.
        let pdu = 13;
        for length in [1, pdu + 1, pdu + 15, pdu + 17, pdu + 19] {
            datagram[length] += longer;
        }
        rig.receive(1, &agent(1), &datagram);
        assert_eq!(rig.engine.statistics().in_asn_parse_errs, 1, "{arc:02x?}");
        rig.timeout(1_000);
        let words = only_failure(rig.events(), id);
        assert!(words.contains("could not be parsed"), "{words}");
        assert!(words.contains(reason), "{words}");
    }
}

#[test]
fn an_agent_that_always_answers_other_names_is_not_asked_without_end() {
    let asked = oid!(1.3.6.1.4.1.9.2);
    let request = get(&[asked]).patience(Duration::from_secs(1), u32::MAX);
    let (tries, names_differ) = always_answered(request, &[oid!(1.3.6.1.4.1.9.2.0)]);
    assert!(names_differ);
    assert_eq!(tries.len(), 17);
}

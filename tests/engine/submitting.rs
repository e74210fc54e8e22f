//! What is refused at submission, and that nothing grows when requests come and go.

use std::time::Duration;

use deferred_snmp::engine::{Credentials, EngineConfig, Request, SubmitError};
use deferred_snmp::pdu::{Bulk, Pdu, PduKind};
use deferred_snmp::smi::{ValueRef, VarBindList};

use util::rig::{Rig, SYS_DESCR, agent, answer, get, only_failure, v2c};

/// A SET of so many octets.
fn set_of(octets: usize) -> Request {
    let mut var_binds = VarBindList::new();
    let text = vec![b'x'; octets];
    var_binds.push(SYS_DESCR.as_ref(), ValueRef::OctetString(&text));
    Request::new(agent(1), v2c(), Pdu::new(PduKind::SetRequest, 0, var_binds))
}

#[test]
fn a_message_is_as_long_as_the_limit_or_refused() {
    let limit = 484;
    let mut longest = 0;
    for octets in 350..484 {
        let mut rig = Rig::new(EngineConfig::with_seed(octets as u64).max_message_size(limit));
        let now = rig.at(0);
        match rig.engine.submit(now, set_of(octets)) {
            Ok(_) => {
                let len = rig.sent_one().data.len();
                assert!(len <= limit, "{len} octets sent");
                longest = longest.max(len);
            }
            Err(error) => {
                let SubmitError::TooBig { len, limit: told } = error else {
                    panic!("{error}");
                };
                assert_eq!(told, limit);
                assert!(len > limit);
                assert_eq!(rig.engine.outstanding(), 0);
                assert_eq!(rig.deadline(), None);
                assert!(!rig.engine.has_output());
            }
        }
    }
    assert_eq!(longest, limit);
}

#[test]
fn a_refused_message_says_how_long_it_is() {
    let mut rig = Rig::seeded();
    let now = rig.at(0);
    let error = rig.engine.submit(now, set_of(70_000)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "SNMP message will be too big: 70058 octets, at most 65507 are sent"
    );
}

#[test]
fn a_time_out_of_zero_is_refused_and_the_shortest_is_not() {
    let mut rig = Rig::seeded();
    let now = rig.at(0);
    for kind in [PduKind::GetRequest, PduKind::TrapV2, PduKind::InformRequest] {
        let mut request = get(agent(1)).patience(Duration::ZERO, 5);
        request.pdu.kind = kind;
        let error = rig.engine.submit(now, request).unwrap_err();
        assert_eq!(error, SubmitError::ZeroTimeout, "{kind}");
    }
    assert_eq!(rig.deadline(), None);
    let short = get(agent(1)).patience(Duration::from_nanos(1), 0);
    assert!(rig.engine.submit(now, short).is_ok());
}

#[test]
fn a_request_that_has_less_time_than_its_tries_take_is_over_when_that_is() {
    // The time in milliseconds, and how many tries of a second begin in it, out of six.
    for (at_most, tries) in [
        (0, 1),
        (999, 1),
        (1_000, 1),
        (2_500, 3),
        (6_000, 6),
        (9_000, 6),
    ] {
        let mut rig = Rig::seeded();
        let mut request = get(agent(1));
        request.at_most = Some(Duration::from_millis(at_most));
        let id = rig.submit(0, request);
        let over_at = at_most.min(6_000);
        let mut sent = rig.sent().len();
        while let Some(deadline) = rig.deadline() {
            assert!(deadline <= over_at);
            rig.timeout(deadline);
            sent += rig.sent().len();
        }
        assert_eq!(sent, tries, "{at_most} ms");
        let said = only_failure(rig.events(), id);
        assert!(said.contains("No SNMP response received"), "{said}");
    }
}

#[test]
fn no_more_requests_than_allowed_are_outstanding_or_unfetched() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).max_outstanding(3));
    let now = rig.at(0);
    let ids: Vec<_> = (0..3).map(|_| rig.submit(0, get(agent(1)))).collect();
    let limit = SubmitError::TooManyRequests { limit: 3 };
    assert_eq!(rig.engine.submit(now, get(agent(2))), Err(limit.clone()));
    assert_eq!(
        limit.to_string(),
        "3 requests are outstanding, which is the limit"
    );

    assert!(rig.engine.cancel(rig.now, ids[0]));
    rig.submit(0, get(agent(2)));
    let sent = rig.sent();
    rig.receive(1, &agent(1), &answer(&sent[0].data, 1));
    // The answer waits to be fetched: events do not pile up either.
    assert_eq!(rig.engine.submit(now, get(agent(2))), Err(limit));
    assert_eq!(rig.events().len(), 1);
    rig.submit(1, get(agent(2)));
}

#[test]
fn what_can_never_be_sent_is_refused_as_that_where_there_is_no_room_either() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).max_outstanding(1));
    let now = rig.at(0);
    rig.submit(0, get(agent(1)));
    // Without snmpTrapOID.0 it is no notification, so SNMPv1 has no way to say it.
    let mut trap = get(agent(1));
    trap.credentials = Credentials::V1("public".into());
    trap.pdu.kind = PduKind::TrapV2;
    let error = rig.engine.submit(now, trap).unwrap_err();
    assert!(matches!(error, SubmitError::Untranslatable(_)), "{error}");
    let error = rig.engine.submit(now, set_of(70_000)).unwrap_err();
    assert!(matches!(error, SubmitError::TooBig { .. }), "{error}");
    let limit = SubmitError::TooManyRequests { limit: 1 };
    assert_eq!(rig.engine.submit(now, get(agent(1))), Err(limit));
}

#[test]
fn pdus_that_the_version_has_not_or_that_answer_are_refused() {
    let mut rig = Rig::seeded();
    let now = rig.at(0);
    let pdu = |kind| Pdu::new(kind, 0, VarBindList::new());
    let v1 = || Credentials::V1("public".into());
    let bulk = Bulk {
        non_repeaters: 0,
        max_repetitions: 10,
    };
    let cases = [
        (v1(), Pdu::bulk_request(0, bulk, VarBindList::new())),
        (v1(), pdu(PduKind::InformRequest)),
        (v1(), pdu(PduKind::Response)),
        (v2c(), pdu(PduKind::Response)),
        (v2c(), pdu(PduKind::Report)),
    ];
    for (credentials, pdu) in cases {
        let request = Request::new(agent(1), credentials, pdu);
        let outcome = rig.engine.submit(now, request.clone());
        assert_eq!(outcome, Err(SubmitError::UnsupportedPdu), "{request:?}");
    }
    assert_eq!(
        SubmitError::UnsupportedPdu.to_string(),
        "Unsupported PDU type for this SNMP version"
    );
    assert_eq!(rig.engine.statistics().requests, 0);
    assert_eq!(rig.engine.outstanding(), 0);
}

#[test]
fn the_community_does_not_show_in_debug_output() {
    let text = format!("{:?}", get(agent(1)));
    assert!(!text.contains("public"), "{text}");
}

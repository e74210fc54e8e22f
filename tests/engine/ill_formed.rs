//! What the version of a message does not have: counted as an error of ASN.1, and never answered.

use deferred_snmp::engine::{Credentials, EngineConfig, Event, Request};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{Value, VarBind};

use util::rig::{Rig, SYS_DESCR, agent, answer, get_pdu, only_response};

/// An agent, which takes notifications as well.
fn rig() -> Rig {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let config = EngineConfig::with_seed(1).communities(communities);
    Rig::new(config.notifications(true))
}

fn message(version: Version, community: &[u8], kind: PduKind, values: &[Value]) -> Vec<u8> {
    let bindings = values
        .iter()
        .map(|value| VarBind::new(SYS_DESCR, value.clone()));
    let pdu = Pdu::new(kind, 7, bindings.collect());
    let mut out = Vec::new();
    CommunityMessage::new(version, community, &pdu).encode(&mut out);
    out
}

/// What SNMPv1 does not have in a request.
fn later_values() -> [Value; 4] {
    [
        Value::Counter64(1),
        Value::NoSuchObject,
        Value::NoSuchInstance,
        Value::EndOfMibView,
    ]
}

const REQUESTS_OF_V1: [PduKind; 3] = [
    PduKind::GetRequest,
    PduKind::GetNextRequest,
    PduKind::SetRequest,
];

#[test]
fn a_request_of_version_1_with_a_later_value_is_an_error_of_asn_1() {
    for kind in REQUESTS_OF_V1 {
        for value in later_values() {
            for values in [vec![value.clone()], vec![Value::Null, value.clone()]] {
                let mut rig = rig();
                let request = message(Version::V1, b"public", kind, &values);
                rig.receive(0, &agent(9), &request);
                assert!(!rig.engine.has_output(), "{kind} {value}");
                assert_eq!(
                    rig.engine.statistics().in_asn_parse_errs,
                    1,
                    "{kind} {value}"
                );
            }
        }
    }
}

#[test]
fn what_version_1_has_is_handed_out_and_so_are_later_values_in_version_2c() {
    for kind in REQUESTS_OF_V1 {
        let mut values = vec![
            (Version::V1, Value::Null),
            (Version::V1, Value::Counter32(1)),
        ];
        values.extend(later_values().map(|value| (Version::V2c, value)));
        for (version, value) in values {
            let mut rig = rig();
            rig.receive(0, &agent(9), &message(version, b"public", kind, &[value]));
            let event = rig.engine.poll_event();
            assert!(matches!(event, Some(Event::Request(_))), "{event:?}");
            assert_eq!(rig.engine.statistics().in_asn_parse_errs, 0);
        }
    }
}

#[test]
fn a_pdu_that_its_version_does_not_have_is_an_error_of_asn_1() {
    let cases = [PduKind::GetBulkRequest, PduKind::Report]
        .map(|kind| message(Version::V1, b"public", kind, &[]));
    for case in cases {
        let mut rig = rig();
        rig.receive(0, &agent(9), &case);
        assert!(!rig.engine.has_output(), "{case:02x?}");
        assert_eq!(rig.engine.statistics().in_asn_parse_errs, 1, "{case:02x?}");
    }
}

#[test]
fn who_is_not_known_is_no_further_judged() {
    let mut rig = rig();
    let values = [Value::Counter64(1)];
    let request = message(Version::V1, b"other", PduKind::GetRequest, &values);
    rig.receive(0, &agent(9), &request);
    let counted = rig.engine.statistics();
    assert_eq!(
        (counted.in_asn_parse_errs, counted.in_bad_community_names),
        (0, 1)
    );
}

#[test]
fn an_answer_of_version_1_with_a_counter64_is_read() {
    let mut rig = Rig::seeded();
    let v1 = Credentials::V1("public".into());
    let id = rig.submit(0, Request::new(agent(1), v1, get_pdu(Vec::new())));
    let sent = rig.sent_one();
    rig.receive(1, &agent(1), &answer(&sent.data, Value::Counter64(1 << 40)));
    let response = only_response(rig.events(), id);
    assert_eq!(
        response.pdu.var_binds.get(0).unwrap().value.as_u64(),
        Some(1 << 40)
    );
}

#[test]
fn an_ill_formed_message_from_who_is_asked_explains_the_time_out() {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let mut rig = Rig::new(EngineConfig::with_seed(1).communities(communities));
    let id = rig.submit(0, util::rig::get(agent(1)));
    drop(rig.sent_one());
    let values = [Value::Counter64(1)];
    let request = message(Version::V1, b"public", PduKind::GetRequest, &values);
    rig.receive(1, &agent(1), &request);
    rig.timeout(6000);
    let words = util::rig::only_failure(rig.events(), id);
    let expected = "; a message from there held what SNMPv1 does not have";
    assert!(words.ends_with(expected), "{words}");
}

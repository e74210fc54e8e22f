//! Request-ids for agents that keep 16 bits of them.

use std::collections::HashSet;

use deferred_snmp::engine::{EngineConfig, Request, SubmitError};
use deferred_snmp::pdu::PduKind;

use util::rig::{Rig, agent, answer, answer_by, get, get_pdu, only_response, request_id, v2c};

fn rig() -> Rig {
    Rig::new(EngineConfig::with_seed(3).short_identifiers(true))
}

#[test]
fn every_message_that_begins_here_has_a_short_one() {
    for kind in [
        PduKind::GetRequest,
        PduKind::GetNextRequest,
        PduKind::GetBulkRequest,
        PduKind::SetRequest,
        PduKind::InformRequest,
        PduKind::TrapV2,
    ] {
        let mut rig = rig();
        for _ in 0..100 {
            let mut pdu = get_pdu(Vec::new());
            pdu.kind = kind;
            let id = rig.submit(0, Request::new(agent(1), v2c(), pdu));
            let number = request_id(&rig.sent_one().data);
            assert!((0..=0x7fff).contains(&number), "{kind}: {number}");
            rig.engine.cancel(rig.now, id);
        }
    }
}

#[test]
fn an_agent_that_keeps_16_bits_of_them_is_understood_signed_or_not() {
    for is_signed in [false, true] {
        let mut rig = rig();
        for _ in 0..1_000 {
            let id = rig.submit(0, get(agent(1)));
            let sent = rig.sent_one();
            let low = request_id(&sent.data) as u16;
            let number = if is_signed {
                i32::from(low as i16)
            } else {
                i32::from(low)
            };
            let answer = answer_by(&answer(&sent.data, 1), |pdu| pdu.request_id = number);
            rig.receive(1, &agent(1), &answer);
            only_response(rig.events(), id);
        }
    }
}

#[test]
fn a_request_that_is_sent_again_for_other_names_has_a_short_one() {
    let mut rig = rig();
    rig.submit(0, get(agent(1)));
    for _ in 0..5 {
        let sent = rig.sent_one();
        assert!((0..=0x7fff).contains(&request_id(&sent.data)));
        let other = answer_by(&answer(&sent.data, 1), |pdu| {
            let name = deferred_snmp::oid!(1.3.6.1.2.1.1.1);
            pdu.var_binds.clear();
            pdu.var_binds
                .push(name.as_ref(), deferred_snmp::smi::ValueRef::Null);
        });
        rig.receive(1, &agent(1), &other);
    }
}

#[test]
fn more_requests_than_there_are_numbers_are_refused_and_none_is_given_twice() {
    let mut rig = rig();
    let mut outstanding = Vec::new();
    let mut refused = 0;
    for _ in 0..70_000 {
        match rig.engine.submit(rig.now, get(agent(1))) {
            Ok(id) => outstanding.push(id),
            Err(error) => {
                assert_eq!(error, SubmitError::TooManyRequests { limit: 10_000 });
                refused += 1;
            }
        }
    }
    assert_eq!((outstanding.len(), refused), (10_000, 60_000));
    // The window lets 128 out at a time.
    let mut numbers = HashSet::new();
    let mut sent = rig.sent();
    while !sent.is_empty() {
        for message in &sent {
            let number = request_id(&message.data);
            assert!(numbers.insert(number), "{number} came twice");
        }
        for id in outstanding.drain(..128.min(outstanding.len())) {
            rig.engine.cancel(rig.now, id);
        }
        sent = rig.sent();
    }
    assert_eq!(numbers.len(), 10_000);
    rig.submit(0, get(agent(1)));
}

#[test]
fn numbers_do_not_run_out() {
    let mut rig = rig();
    for _ in 0..70_000 {
        let id = rig.submit(0, get(agent(1)));
        rig.engine.cancel(rig.now, id);
    }
}

#[test]
fn a_lower_bound_of_outstanding_requests_stays() {
    let config = EngineConfig::with_seed(3).short_identifiers(true);
    let mut rig = Rig::new(config.max_outstanding(2));
    rig.submit(0, get(agent(1)));
    rig.submit(0, get(agent(1)));
    let refused = rig.engine.submit(rig.now, get(agent(1)));
    assert_eq!(refused, Err(SubmitError::TooManyRequests { limit: 2 }));
}

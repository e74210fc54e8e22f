//! Answers with other numbers of bindings than asked for, and requests in parts.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::deferred::Interrupt;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::VarBindList;
use util::manager::Manager;
use util::raw::{self, Asked};

const NAMES: [ObjectIdentifier; 5] = [
    oid!(1.3.6.1.1),
    oid!(1.3.6.1.2),
    oid!(1.3.6.1.3),
    oid!(1.3.6.1.4),
    oid!(1.3.6.1.5),
];

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

/// What an agent was asked: the kind, and the number of each variable.
type Requests = Rc<RefCell<Vec<(PduKind, Vec<u32>)>>>;

/// An agent that answers a request with so many bindings at most, each the Gauge32 of its number; `None` is tooBig.
fn agent(
    manager: &Manager,
    most: impl Fn(&[u32]) -> Option<usize> + 'static,
) -> (UdpTransportTarget, Requests) {
    let requests = Requests::default();
    let noted = Rc::clone(&requests);
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        let asked = Asked::new(datagram);
        let names = asked.pdu.var_binds.iter();
        let numbers: Vec<u32> = names.map(|v| v.name.arcs().nth(4).unwrap()).collect();
        noted.borrow_mut().push((asked.pdu.kind, numbers.clone()));
        vec![asked.answer(|pdu: &mut Pdu| match most(&numbers) {
            Some(most) => {
                let names = std::mem::replace(&mut pdu.var_binds, VarBindList::new());
                for (asked, number) in names.iter().zip(numbers).take(most) {
                    let value = Value::Gauge32(number);
                    pdu.var_binds.push(asked.name, value.as_ref());
                }
            }
            None => pdu.error_status = ErrorStatus::TOO_BIG,
        })]
    });
    (peer.into(), requests)
}

fn numbers(response: &Response) -> Vec<Value> {
    response.iter().map(|v| v.to_owned().value).collect()
}

fn gauges(range: std::ops::RangeInclusive<u32>) -> Vec<Value> {
    range.map(Value::Gauge32).collect()
}

#[test]
fn an_answer_with_fewer_bindings_is_what_came_and_says_how_many_are_missing() {
    let mut manager = Manager::new();
    let (target, requests) = agent(&manager, |_| Some(3));
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    let values = || NAMES.map(|name| (name, 1));
    let bulk = |non_repeaters, repetitions| {
        bulk_cmd(
            &engine,
            &auth,
            &target,
            &context,
            non_repeaters,
            repetitions,
            NAMES,
        )
    };
    for (deferred, missing) in [
        (get_cmd(&engine, &auth, &target, &context, NAMES), 2),
        (set_cmd(&engine, &auth, &target, &context, values()), 2),
        (next_cmd(&engine, &auth, &target, &context, NAMES), 2),
        (bulk(0, 10), 2),
        (bulk(4, 0), 1),
    ] {
        let response = manager.succeed(deferred);
        assert_eq!(numbers(&response), gauges(1..=3));
        assert_eq!(response.missing(), missing);
        assert_eq!(response.rows().count(), 0);
        response.into_result().expect("no error");
    }
    assert_eq!(requests.borrow().len(), 5, "each has been sent once");
}

#[test]
fn nothing_is_missing_from_whole_answers_longer_ones_and_errors() {
    let mut manager = Manager::new();
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    let (target, _) = agent(&manager, |_| Some(5));
    let whole = get_cmd(&engine, &auth, &target, &context, NAMES);
    assert_eq!(manager.succeed(whole).missing(), 0);

    let (target, _) = agent(&manager, |_| None);
    let refused = get_cmd(&engine, &auth, &target, &context, NAMES);
    let response = manager.succeed(refused);
    assert_eq!(response.error_status(), ErrorStatus::TOO_BIG);
    assert_eq!(response.missing(), 0);

    let peer = raw::listen(&manager.reactor.handle(), |datagram| {
        let longer = |pdu: &mut Pdu| {
            pdu.var_binds
                .extend(NAMES.map(|name| VarBind::new(name, 7)))
        };
        vec![Asked::new(datagram).answer(longer)]
    });
    let longer = get_cmd(
        &engine,
        &auth,
        &UdpTransportTarget::from(peer),
        &context,
        NAMES,
    );
    let response = manager.succeed(longer);
    assert_eq!((response.iter().count(), response.missing()), (10, 0));
}

#[test]
fn an_answer_without_bindings_is_missing_all_of_them() {
    let mut manager = Manager::new();
    let (target, _) = agent(&manager, |_| Some(0));
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    for deferred in [
        get_cmd(&engine, &auth, &target, &context, NAMES),
        next_cmd(&engine, &auth, &target, &context, NAMES),
    ] {
        assert_eq!(manager.succeed(deferred).missing(), 5);
    }
    let bulk = bulk_cmd(&engine, &auth, &target, &context, 0, 10, NAMES);
    let error = manager.settle(bulk).expect_err("no row");
    assert!(matches!(error, SnmpError::EmptyResponse), "{error}");
}

#[test]
fn a_request_that_is_too_big_is_split_where_the_target_says_so() {
    let mut manager = Manager::new();
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    let (target, requests) = agent(&manager, |numbers| (numbers.len() <= 2).then_some(2));
    // Not unless it is asked for.
    let get = get_cmd(&engine, &auth, &target, &context, NAMES);
    assert_eq!(manager.succeed(get).error_status(), ErrorStatus::TOO_BIG);
    assert_eq!(requests.take().len(), 1);

    let target = target.split_too_big(true);
    for kind in [PduKind::GetRequest, PduKind::GetNextRequest] {
        let deferred = match kind {
            PduKind::GetRequest => get_cmd(&engine, &auth, &target, &context, NAMES),
            _ => next_cmd(&engine, &auth, &target, &context, NAMES),
        };
        let response = manager.succeed(deferred);
        assert_eq!(numbers(&response), gauges(1..=5));
        assert_eq!((response.missing(), response.rows().count()), (0, 1));
        let parts: [&[u32]; 5] = [&[1, 2, 3, 4, 5], &[1, 2, 3], &[1, 2], &[3], &[4, 5]];
        let expected: Vec<_> = parts.iter().map(|part| (kind, part.to_vec())).collect();
        assert_eq!(requests.take(), expected);
    }
    // A SET is all or nothing, and send_pdu sends what it is given.
    let set = set_cmd(
        &engine,
        &auth,
        &target,
        &context,
        NAMES.map(|name| (name, 1)),
    );
    assert_eq!(manager.succeed(set).error_status(), ErrorStatus::TOO_BIG);
    let list = NAMES
        .map(|name| VarBind::new(name, ()))
        .into_iter()
        .collect();
    let pdu = Pdu::new(PduKind::GetRequest, 0, list);
    let sent = send_pdu(&engine, &auth, &target, &context, pdu);
    assert_eq!(manager.succeed(sent).error_status(), ErrorStatus::TOO_BIG);
    assert_eq!(requests.take().len(), 2);
}

#[test]
fn what_is_cut_off_is_asked_for_where_the_target_says_so() {
    let mut manager = Manager::new();
    let (auth, context) = (v2c(), ContextData::default());
    let (target, requests) = agent(&manager, |_| Some(2));
    let target = target.split_too_big(true);
    let get = get_cmd(&manager.engine.clone(), &auth, &target, &context, NAMES);
    let response = manager.succeed(get);
    assert_eq!(numbers(&response), gauges(1..=5));
    assert_eq!(response.missing(), 0);
    let asked: Vec<_> = requests.take().into_iter().map(|(_, part)| part).collect();
    assert_eq!(asked, [&[1, 2, 3, 4, 5][..], &[3, 4, 5], &[5]]);
}

#[test]
fn the_error_of_a_part_is_that_of_the_whole_list() {
    let mut manager = Manager::new();
    let (auth, context) = (v2c(), ContextData::default());
    // The fourth is too long by itself.
    let (target, _) = agent(&manager, |numbers| (!numbers.contains(&4)).then_some(5));
    let target = target.split_too_big(true);
    let get = get_cmd(&manager.engine.clone(), &auth, &target, &context, NAMES);
    let response = manager.succeed(get);
    assert_eq!(response.error_status(), ErrorStatus::TOO_BIG);
    assert_eq!(response.error_index(), 4);
    let error = response.into_result().expect_err("tooBig").to_string();
    assert_eq!(error, "tooBig at SNMPv2-SMI::private (index 4)");
}

#[test]
fn a_list_that_is_longer_than_a_message_is_split_as_well() {
    let mut manager = Manager::new();
    let (auth, context) = (v2c(), ContextData::default());
    let config = EngineConfig::default().max_message_size(484);
    let engine = SnmpEngine::with_config(&manager.reactor.handle(), config);
    let (target, requests) = agent(&manager, |_| Some(usize::MAX));
    let names: Vec<_> = (1..=60)
        .map(|n| oid!(1.3.6.1).child(n).expect("short"))
        .collect();
    let get = get_cmd(&engine, &auth, &target, &context, &names);
    let error = manager.settle(get).expect_err("too long");
    assert!(matches!(error, SnmpError::Submit(_)), "{error}");
    let target = target.split_too_big(true);
    let get = get_cmd(&engine, &auth, &target, &context, &names);
    assert_eq!(numbers(&manager.succeed(get)), gauges(1..=60));
    let asked: Vec<_> = requests
        .take()
        .into_iter()
        .map(|(_, part)| part.len())
        .collect();
    assert_eq!(asked, [30, 30]);
    // One name alone that is too long has no halves.
    let long = ObjectIdentifier::from_arcs(&[[1; 2].as_slice(), &[u32::MAX; 120]].concat());
    let get = get_cmd(&engine, &auth, &target, &context, [long.expect("a name")]);
    let error = manager.settle(get).expect_err("too long");
    assert!(matches!(error, SnmpError::Submit(_)), "{error}");
}

#[test]
fn a_split_request_can_be_cancelled_and_time_out() {
    let mut manager = Manager::new();
    let (auth, context) = (v2c(), ContextData::default());
    let engine = manager.engine.clone();
    let silent = raw::listen(&manager.reactor.handle(), |datagram| {
        let asked = Asked::new(datagram);
        let is_whole = asked.pdu.var_binds.len() == 5;
        let refusal = |pdu: &mut Pdu| pdu.error_status = ErrorStatus::TOO_BIG;
        // Nothing but the refusal of the whole.
        is_whole
            .then(|| asked.answer(refusal))
            .into_iter()
            .collect()
    });
    let target = UdpTransportTarget::from(silent)
        .timeout(std::time::Duration::from_millis(50))
        .retries(1)
        .split_too_big(true);
    let get = get_cmd(&engine, &auth, &target, &context, NAMES);
    let error = manager.settle(get).expect_err("no answer");
    assert!(error.is_timeout(), "{error}");
    let get = get_cmd(&engine, &auth, &target, &context, NAMES);
    assert!(get.cancel());
    let error = manager.settle(get).expect_err("cancelled");
    let cancelled = matches!(error, SnmpError::Interrupt(Interrupt::Cancelled));
    assert!(cancelled, "{error}");
}

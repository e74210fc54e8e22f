//! Requests that give way, and go on: they say what they would have said in one go.

use deferred_snmp::applications::Started;

use super::lazy::Pace;
use super::oracle::{TRIALS, behind, bulk_by_list, paced_trial};
use super::probes::Gap;
use super::served::Served;
use super::*;

/// With slices of a few steps, answers that come later in any order, and objects that come and go elsewhere.
#[test]
fn whatever_the_slices_and_the_order_of_answers_the_response_is_that_of_the_list() {
    let mut waited = 0;
    for seed in 0..4 * TRIALS {
        let pace = Pace::new(seed);
        pace.at_once.set(1 + seed % 4);
        let (mut trial, responder, [seen, seen_in_v1]) = paced_trial(seed, Some(Rc::clone(&pace)));
        let mut served = Served::new(responder);
        let elsewhere = oid!(1.3.5);
        for round in 0..12 {
            served.responder.set_slice(1 + trial.below(40));
            let names: Vec<_> = (0..1 + trial.below(12)).map(|_| trial.name()).collect();
            let (version, mut pdu, expected) = match trial.below(4) {
                3 => {
                    // Whatever becomes of each name, it is the same at once.
                    let request = named(Get, names);
                    let asker = info(Version::V2c, "public");
                    let at_once = served.responder.process(&asker, request.as_ref(), PLENTY);
                    (
                        Version::V2c,
                        request,
                        at_once.expect("a response").var_binds,
                    )
                }
                0 => {
                    let missing = names
                        .iter()
                        .position(|name| behind(&seen_in_v1, name).is_none());
                    let request = named(GetNext, names.clone());
                    let expected = match missing {
                        Some(_) => request.var_binds.clone(),
                        None => bulk_by_list(&seen_in_v1, &names, names.len(), 0),
                    };
                    (Version::V1, request, expected)
                }
                1 => {
                    let list = bulk_by_list(&seen, &names, names.len(), 0);
                    (Version::V2c, named(GetNext, names), list)
                }
                _ => {
                    let singles = trial.below(names.len() as u32 + 1);
                    let most = trial.below(8);
                    let list = bulk_by_list(&seen, &names, singles as usize, most);
                    (Version::V2c, bulk(singles, most, names), list)
                }
            };
            pdu.request_id = round;
            let (state, started) = served.ask_as("public", version, &pdu);
            let response = match started {
                Started::Answered(response) => response,
                Started::Waits => {
                    waited += 1;
                    let mut turns = 0_u32;
                    loop {
                        turns += 1;
                        assert!(turns < 1_000_000, "{seed}/{round} goes on for ever");
                        if trial.below(3) == 0 {
                            let tree = served.responder.contexts().get(b"").expect("the default");
                            if !tree.unregister(elsewhere.as_ref()) {
                                let object = Scalar::constant(1);
                                tree.register(elsewhere.clone(), object).expect("free");
                            }
                        }
                        pace.keep_one(&served.responder);
                        served.responder.run_waiting(served.now());
                        if let Some(finished) = served.responder.poll_finished() {
                            assert_eq!(finished.state, state);
                            break finished.answer.expect("a response");
                        }
                    }
                }
                other => panic!("{seed}/{round}: {other:?}"),
            };
            assert!(pace.promised.take().is_empty(), "{seed}/{round}");
            assert_eq!(response.var_binds, expected, "{seed}/{round}: {pdu}");
        }
    }
    assert!(waited > 1_000, "{waited} requests have waited");
}

const ENTRY: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1.1);
const LAST: ObjectIdentifier = oid!(1.3.6.1.4.1.99.2);

/// A responder with `object` at `ENTRY` and a scalar behind it.
fn with(object: impl ManagedObject) -> CommandResponder {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, ENTRY, object);
    register(&mut responder, LAST, Scalar::constant("last"));
    responder
}

fn in_entry(arcs: &[u32]) -> ObjectIdentifier {
    ENTRY.extend(arcs.iter().copied()).expect("short")
}

const THE_LAST: &str = "1.3.6.1.4.1.99.2.0 = last";

#[test]
fn a_long_search_is_answered_in_full_and_takes_one_slice_a_turn() {
    let gap = Gap::new(1_000_000, None);
    let mut served = Served::new(with(gap.clone()));
    let names = (0..100).map(|n| in_entry(&[n * 9]));
    served.waits(&named(GetNext, names));
    assert!(gap.take_reads() <= 4_096);
    let get = named(Get, [LAST.child(0).expect("short")]);
    let mut turns = 0;
    while served.responder.run_waiting(served.now()) {
        turns += 1;
        assert!(gap.take_reads() <= 4_096);
        // Somebody else is served meanwhile.
        assert_eq!(lines(&served.answer(&get)), [THE_LAST]);
    }
    assert_eq!(turns, 1_000_000 / 4_096);
    assert_eq!(lines(&served.only()), vec![THE_LAST; 100]);
    // The stretch is passed over once in all, and left at once by the others.
    assert_eq!(served.responder.exhausted_requests(), 0);
}

#[test]
fn new_requests_come_first_and_share_a_slice() {
    let gap = Gap::new(1_000_000, None);
    let mut served = Served::new(with(gap.clone()));
    let mut reads = Vec::new();
    for request_id in 0..6 {
        let mut pdu = named(GetNext, [in_entry(&[])]);
        pdu.request_id = request_id;
        served.waits(&pdu);
        reads.push(gap.take_reads());
    }
    // The first has taken it all; each of the others has its few steps nevertheless.
    assert_eq!(reads, [4_096, 64, 64, 64, 64, 64]);
    assert!(served.responder.run_waiting(served.now()));
    assert_eq!(
        gap.take_reads(),
        4_096 / 8,
        "those that wait go on all the same"
    );
    assert!(served.responder.run_waiting(served.now()));
    assert_eq!(
        gap.take_reads(),
        4_096,
        "with a slice of their own when nobody is new"
    );
    served.time += 1;
    let mut pdu = named(GetNext, [in_entry(&[])]);
    pdu.request_id = 7;
    served.waits(&pdu);
    assert_eq!(gap.take_reads(), 4_096, "time has moved on");
}

#[test]
fn get_bulk_ends_with_what_it_has_past_the_bound() {
    let gap = Gap::new(u32::MAX, None);
    let responder = with(gap.clone());
    let mut table = Table::new([Column::new(1)]);
    (1..=3).for_each(|row| table.insert(&[row], [(1, row as i32)]));
    let first = oid!(1.3.6.1.4.1.99.1.0);
    let context = responder.contexts().get(b"").expect("the default");
    context.register(first.clone(), table).expect("free");
    responder.set_max_steps(10_000);
    let mut served = Served::new(responder);
    served.waits(&bulk(0, 10, [first.clone()]));
    let response = served.only();
    let rows = [1, 2, 3].map(|row| format!("{first}.1.{row} = {row}"));
    assert_eq!(lines(&response), rows);
    assert!((10_000..10_000 + 4_096).contains(&gap.take_reads()));
    assert_eq!(served.responder.exhausted_requests(), 1);
}

#[test]
fn a_search_without_end_is_given_up_when_nobody_waits_for_it_any_more() {
    let gap = Gap::new(u32::MAX, None);
    let mut served = Served::new(with(gap));
    let state = served.waits(&named(GetNext, [in_entry(&[])]));
    assert_eq!(served.due_in(), Some(60_000));
    (0..10).for_each(|_| _ = served.responder.run_waiting(served.now()));
    served.advance(60_000);
    assert!(!served.responder.run_waiting(served.now()));
    let finished = served.finished();
    assert_eq!(finished.len(), 1);
    assert_eq!(
        (finished[0].state, finished[0].answer.clone()),
        (state, Err(Unanswered::TooLate))
    );
    assert_eq!(served.due_in(), None);
}

#[test]
fn so_many_may_wait_for_a_slice_and_so_many_of_one_asker() {
    let gap = Gap::new(u32::MAX, None);
    let mut served = Served::new(with(gap));
    let mut waiting = 0;
    let mut refused = 0;
    for host in 1..=6 {
        served.peer = deferred_snmp::engine::Peer::udp(
            deferred_snmp::engine::Endpoint(0),
            ([192, 0, 2, host], 40_000).into(),
        );
        for request_id in 0..20 {
            let mut pdu = named(GetNext, [in_entry(&[])]);
            pdu.request_id = request_id;
            match served.ask(&pdu) {
                Started::Waits => waiting += 1,
                Started::Answered(response) => {
                    assert_refused(&pdu, &response, ErrorStatus::GEN_ERR, 1);
                    refused += 1;
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(waiting, 64.min(16 * u32::from(host)));
    }
    assert_eq!(refused, 6 * 20 - 64);
    assert_eq!(served.responder.exhausted_requests(), refused);
}

/// One request of SNMPv1 with a hundred names over 200,000 values that it does not have, at a responder of which nothing
/// is known but that they are computed.
#[test]
fn the_datagram_that_held_the_reactor_for_seconds_is_answered_in_slices() {
    let value = Value::from(Counter64(1));
    let gap = Gap::new(200_000, Some(value));
    let mut served = Served::new(with(gap.clone()));
    let names = (0..100).map(|n| in_entry(&[n * 9]));
    let (_, started) = served.ask_as("public", Version::V1, &named(GetNext, names));
    assert!(matches!(started, Started::Waits));
    let mut most = gap.take_reads();
    while served.responder.run_waiting(served.now()) {
        most = most.max(gap.take_reads());
    }
    assert!(most <= 4_096, "{most}");
    assert_eq!(lines(&served.only()), vec![THE_LAST; 100]);
}

/// Numbers below `count` in no order: some stretches lie in those that are known, and others lead up to them.
fn mixed(count: u32) -> impl Iterator<Item = u32> {
    (0..count).map(move |n| (n * 37 + 61) % count)
}

#[test]
fn a_stretch_that_ends_with_the_tree_is_passed_over_once_too() {
    let gap = Gap::new(100_000, None);
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, ENTRY, gap.clone());
    let mut served = Served::new(responder);
    let names = mixed(100).map(|n| in_entry(&[n * 900]));
    served.waits(&named(GetNext, names));
    while served.responder.run_waiting(served.now()) {}
    assert_eq!(served.only().var_binds.len(), 100);
    assert_eq!(gap.take_reads(), 99_999 + 99);
}

#[test]
fn a_stretch_is_passed_over_once_where_the_view_ends() {
    // Between two roots lies a variable, and behind the last there are others that are not in view.
    let mut views = Views::new();
    let mut table = Table::new([Column::new(1)]);
    for row in 0..3_000 {
        table.insert(&[2 * row], [(1, 0)]);
        views = views.read(in_entry(&[1, 2 * row + 1]));
    }
    let mut policy = SubtreeAccess::new();
    policy.set("public", views);
    let responder = with(table);
    responder.set_access(policy);
    let mut served = Served::new(responder);
    let names = mixed(100).map(|n| in_entry(&[1, 2 * n]));
    served.waits(&named(GetNext, names));
    let mut turns = 1;
    while served.responder.run_waiting(served.now()) {
        turns += 1;
    }
    // Two steps for each root, and few for those behind the first binding.
    assert_eq!(turns, 2 * 3_000 / 4_096 + 1);
    assert_eq!(served.only().var_binds.len(), 100);
}

#[test]
fn objects_without_an_instance_are_passed_over_once_in_slices_too() {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    for arc in 0..20_000 {
        let name = ENTRY.child(arc).expect("short");
        register(&mut responder, name, Table::new([Column::new(1)]));
    }
    register(&mut responder, LAST, Scalar::constant("last"));
    let mut served = Served::new(responder);
    let names = mixed(400).map(|n| in_entry(&[n * 40, 0]));
    served.waits(&named(GetNext, names));
    let mut turns = 1;
    while served.responder.run_waiting(served.now()) {
        turns += 1;
    }
    assert_eq!(turns, (20_000 + 400) / 4_096 + 1);
    assert_eq!(lines(&served.only()), vec![THE_LAST; 400]);
}

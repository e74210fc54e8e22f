//! A thousand requests over a network that loses, repeats and reorders: each ends exactly once, and
//! the same seed gives the same run.

use std::collections::BTreeMap;
use std::time::Duration;

use deferred_snmp::engine::{Event, Request, RequestId, Statistics};
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};
use deferred_snmp::testing::{NodeId, Simulation, Wire, WireStatistics};
use util::rig::v2c;
use util::simulated::{add_agent, add_manager};

const AGENTS: u8 = 50;
const OBJECTS: u32 = 20;
const REQUESTS: usize = AGENTS as usize * OBJECTS as usize;

fn name(object: u32) -> ObjectIdentifier {
    oid!(1.3.6.1.4.1.32473.1).extend([object, 0]).unwrap()
}

/// What agent `agent` says of object `object`.
fn value(agent: u8, object: u32) -> i32 {
    i32::from(agent) * 1000 + object as i32
}

#[derive(Debug, PartialEq)]
struct Run {
    /// In the order in which they came: agent, object and value, or how it failed.
    outcomes: Vec<(u8, u32, Result<i64, String>)>,
    elapsed: Duration,
    trace: u64,
    wire: WireStatistics,
    manager: Statistics,
}

/// Adds the agents, and asks each of them for each of its objects. Gives what each request is for.
fn ask_all(
    simulation: &mut Simulation,
    manager: NodeId,
    retries: u32,
) -> BTreeMap<RequestId, (u8, u32)> {
    let mut asked = BTreeMap::new();
    for agent in 0..AGENTS {
        let mut tree = MibTree::new();
        for object in 0..OBJECTS {
            let scalar = Scalar::constant(value(agent, object));
            tree.register(name(object).parent().unwrap(), scalar)
                .unwrap();
        }
        let peer = add_agent(simulation, agent, tree);
        for object in 0..OBJECTS {
            let mut var_binds = VarBindList::new();
            var_binds.push(name(object).as_ref(), ValueRef::Null);
            let pdu = Pdu::new(PduKind::GetRequest, 0, var_binds);
            let request =
                Request::new(peer.clone(), v2c(), pdu).patience(Duration::from_secs(1), retries);
            let now = simulation.now();
            let id = simulation.node(manager).submit(now, request).unwrap();
            assert!(asked.insert(id, (agent, object)).is_none());
        }
    }
    asked
}

fn run(wire: Wire, seed: u64, retries: u32) -> Run {
    let mut simulation = Simulation::new(wire);
    let manager = add_manager(&mut simulation, seed);
    let mut asked = ask_all(&mut simulation, manager, retries);
    assert!(
        simulation.run(Duration::from_secs(3600)),
        "something never ends"
    );
    let outcomes = simulation
        .events(manager)
        .into_iter()
        .map(|event| {
            let (id, outcome) = match event {
                Event::Response { id, response } => {
                    let var_bind = response.pdu.var_binds.get(0).unwrap();
                    let (_, object) = asked[&id];
                    assert_eq!(var_bind.name, name(object).as_ref());
                    (id, Ok(var_bind.value.as_i64().unwrap()))
                }
                Event::Failed { id, error } => (id, Err(error.to_string())),
                other => panic!("{other:?}"),
            };
            let (agent, object) = asked
                .remove(&id)
                .expect("an outcome for each request, once");
            (agent, object, outcome)
        })
        .collect();
    assert!(asked.is_empty(), "{} without an outcome", asked.len());
    assert_eq!(simulation.node(manager).outstanding(), 0);
    let manager = *simulation.node(manager).statistics();
    Run {
        outcomes,
        elapsed: simulation.elapsed(),
        trace: simulation.wire().trace(),
        wire: simulation.wire().statistics(),
        manager,
    }
}

/// A fifth lost, a tenth repeated, and delays that exceed the time-out now and then.
fn bad(seed: u64) -> Wire {
    let (shortest, longest) = (Duration::from_millis(1), Duration::from_millis(600));
    Wire::new(seed)
        .loss(0.2)
        .duplication(0.1)
        .delay(shortest..=longest)
}

/// All but the failures, checked against what the agents hold.
fn right_answers(run: &Run) -> usize {
    let mut right = 0;
    for (agent, object, outcome) in &run.outcomes {
        match outcome {
            Ok(got) => {
                assert_eq!(*got, i64::from(value(*agent, *object)));
                right += 1;
            }
            // Some have come late, or twice, which is told as well.
            Err(text) => {
                let expected = format!(
                    "No SNMP response received before timeout: 192.0.2.{agent}:161, 6 tries of 1s"
                );
                assert!(text.starts_with(&expected), "{text}");
            }
        }
    }
    right
}

#[test]
fn a_perfect_wire_takes_one_round_trip() {
    let run = run(Wire::new(1), 1, 5);
    assert_eq!(right_answers(&run), REQUESTS);
    assert_eq!(run.elapsed, Duration::from_millis(2));
    assert_eq!(run.wire.sent, 2 * REQUESTS as u64);
    assert_eq!(run.manager.retransmissions, 0);
}

#[test]
fn a_thousand_requests_over_a_bad_wire_each_end_once_with_the_right_value() {
    for seed in 0..5 {
        let run = run(bad(seed), seed, 5);
        let right = right_answers(&run);
        // A try succeeds with probability 0.64 or so; six in a row fail in 2 of 1,000 cases.
        assert!(right > REQUESTS - 20, "{right} of {REQUESTS} answered");
        assert!(run.elapsed >= Duration::from_secs(1));
        assert_eq!(run.manager.responses, right as u64);
        assert_eq!(run.manager.timeouts, (REQUESTS - right) as u64);
        // The network was as bad as it should be.
        assert!(run.wire.lost * 10 > run.wire.sent, "{:?}", run.wire);
        assert!(run.wire.duplicated * 20 > run.wire.sent, "{:?}", run.wire);
        assert!(run.manager.duplicate_responses > 0);
        assert!(run.manager.retransmissions > 0);
        let out_of_order = run.outcomes.windows(2).filter(|two| {
            let key = |outcome: &(u8, u32, _)| (outcome.0, outcome.1);
            key(&two[0]) > key(&two[1])
        });
        assert!(out_of_order.count() > 100);
    }
}

#[test]
fn with_patience_all_are_answered() {
    let run = run(bad(7), 7, 40);
    assert_eq!(right_answers(&run), REQUESTS);
}

#[test]
fn nothing_gets_through_a_cut_wire() {
    let run = run(Wire::new(1).loss(1.0), 1, 5);
    assert_eq!(right_answers(&run), 0);
    assert_eq!(run.outcomes.len(), REQUESTS);
    assert_eq!(run.elapsed, Duration::from_secs(6));
    assert_eq!(run.wire.sent, 6 * REQUESTS as u64);
}

/// Three in ten datagrams lose a bit on their way. What carries other names than asked says so; of the
/// rest, only values can be wrong, which nothing but a digest tells.
#[test]
fn over_a_wire_that_damages_messages_no_answer_has_another_name_unmarked() {
    let (mut right, mut marked, mut differing, mut retried) = (0, 0, 0, 0);
    for (seed, retries) in [(1, 0), (2, 1), (3, 5), (4, 11)] {
        let mut simulation = Simulation::new(Wire::new(seed).corruption(0.3));
        let manager = add_manager(&mut simulation, seed);
        let asked = ask_all(&mut simulation, manager, retries);
        assert!(
            simulation.run(Duration::from_secs(3600)),
            "something never ends"
        );
        for event in simulation.events(manager) {
            let Event::Response { id, response } = event else {
                continue;
            };
            let names: Vec<_> = response.pdu.var_binds.iter().map(|it| it.name).collect();
            let is_judged = !response.pdu.error_status.is_error() && names.len() == 1;
            let is_right = names == [name(asked[&id].1).as_ref()];
            assert_eq!(
                response.names_differ,
                is_judged && !is_right,
                "{response:?}"
            );
            right += usize::from(is_right);
            marked += usize::from(response.names_differ);
        }
        let counted = simulation.node(manager).statistics();
        differing += counted.differing_responses;
        retried += counted.retransmissions;
    }
    // The wire was as bad as it should be, and most of what it did has been made good.
    assert!(differing > 500 && retried > 500, "{differing} {retried}");
    assert!(marked > 50 && marked < 400, "{marked}");
    assert!(right > 3 * REQUESTS, "{right}");
}

#[test]
fn the_same_seeds_give_the_same_run() {
    assert_eq!(run(bad(1), 1, 5), run(bad(1), 1, 5));
}

#[test]
fn another_seed_gives_another_run() {
    let first = run(bad(1), 1, 5);
    let other_wire = run(bad(2), 1, 5);
    let other_engine = run(bad(1), 2, 5);
    assert_ne!(first.trace, other_wire.trace);
    assert_ne!(first.trace, other_engine.trace);
    assert_ne!(first.outcomes, other_wire.outcomes);
}

#[test]
fn a_run_without_a_limit_ends_when_nothing_is_left() {
    let mut simulation = Simulation::new(Wire::new(1).loss(1.0));
    let manager = add_manager(&mut simulation, 1);
    let asked = ask_all(&mut simulation, manager, 1);
    assert!(simulation.run(Duration::MAX));
    assert_eq!(simulation.events(manager).len(), asked.len());
    assert_eq!(simulation.elapsed(), Duration::from_secs(2));
}

//! Ten thousand authPriv requests to a thousand engines over a bad network: each ends exactly once, and
//! no datagram that was damaged, repeated or late ever makes a wrong answer.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::time::Duration;

use deferred_snmp::engine::{
    Credentials, Endpoint, EngineConfig, Event, Peer, Request, RequestId, Statistics,
    UsmCredentials,
};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::EngineId;
use deferred_snmp::security::usm::{
    AuthProtocol, PrivProtocol, User, UserEntry, UserTable, UsmUser,
};
use deferred_snmp::smi::{ObjectIdentifier, ValueRef, VarBindList};
use deferred_snmp::testing::{NodeId, Simulation, Wire, WireStatistics};
use util::simulated::add_manager;

/// What an agent says of an object.
fn value(agent: u32, object: u32) -> i32 {
    (agent * 100 + object) as i32
}

fn name(object: u32) -> ObjectIdentifier {
    oid!(1.3.6.1.4.1.32473.1).extend([object, 0]).unwrap()
}

fn user(auth: AuthProtocol, privacy: Option<PrivProtocol>) -> User {
    let user = UsmUser::new("joe").unwrap();
    let user = user.auth(auth, "authentication phrase").unwrap();
    match privacy {
        Some(privacy) => user
            .privacy(privacy, "a phrase for privacy")
            .unwrap()
            .into(),
        None => user.into(),
    }
}

fn sha_aes() -> User {
    user(AuthProtocol::Sha1, Some(PrivProtocol::Aes128))
}

fn address(agent: u32) -> SocketAddr {
    let [_, _, high, low] = agent.to_be_bytes();
    SocketAddr::from(([10, 1, high, low], 161))
}

/// Adds an agent that answers `joe` with what [`value`] says.
fn add_agent(simulation: &mut Simulation, agent: u32, user: &User) -> NodeId {
    let mut users = UserTable::default();
    users.insert(UserEntry::new(user.clone())).unwrap();
    let config = EngineConfig::with_seed(u64::from(agent) + 1)
        .engine_id(EngineId::generate(32_473, u64::from(agent).to_be_bytes()))
        .users(users);
    let node = simulation.add(address(agent), config);
    simulation.serve(node, move |request| {
        let mut var_binds = VarBindList::new();
        for binding in &request.pdu.var_binds {
            let arcs: Vec<u32> = binding.name.arcs().collect();
            let object = arcs[arcs.len() - 2];
            var_binds.push(binding.name, ValueRef::Integer(value(agent, object)));
        }
        Pdu::new(PduKind::Response, 0, var_binds)
    });
    node
}

#[derive(Debug)]
struct Run {
    answered: usize,
    failed: Vec<String>,
    /// How long the request lasted that failed first.
    shortest_failure: Option<Duration>,
    elapsed: Duration,
    wire: WireStatistics,
    manager: Statistics,
}

/// Every agent is asked for every object at once, in the name of `user`.
fn run(wire: Wire, user: &User, agents: u32, objects: u32, retries: u32) -> Run {
    let patience = (Duration::from_secs(1), retries);
    let asked = (0..agents).flat_map(|agent| (0..objects).map(move |object| (agent, object)));
    run_together(wire, user, &[asked.collect()], patience)
}

/// Agents are asked for objects: those of one group at once, when the former group has its outcomes.
fn run_together(
    wire: Wire,
    user: &User,
    groups: &[Vec<(u32, u32)>],
    (timeout, retries): (Duration, u32),
) -> Run {
    let mut simulation = Simulation::new(wire);
    let manager = add_manager(&mut simulation, 7);
    let credentials = Credentials::Usm(UsmCredentials::new(user.clone()));
    let agents = groups.iter().flatten().map(|(agent, _)| agent).max();
    for agent in 0..=*agents.expect("somebody to ask") {
        add_agent(&mut simulation, agent, user);
    }
    let (mut answered, mut failed) = (0, Vec::new());
    let mut shortest_failure = None;
    for group in groups {
        let mut asked: HashMap<RequestId, (u32, u32)> = HashMap::new();
        let start = simulation.elapsed();
        for &(agent, object) in group {
            let mut var_binds = VarBindList::new();
            var_binds.push(name(object).as_ref(), ValueRef::Null);
            let pdu = Pdu::new(PduKind::GetRequest, 0, var_binds);
            let peer = Peer::udp(Endpoint(0), address(agent));
            let request = Request::new(peer, credentials.clone(), pdu).patience(timeout, retries);
            let now = simulation.now();
            let id = simulation.node(manager).submit(now, request).unwrap();
            assert_eq!(asked.insert(id, (agent, object)), None);
        }
        while !asked.is_empty() {
            let is_over = simulation.run(Duration::from_millis(1));
            for event in simulation.events(manager) {
                let (id, outcome) = match event {
                    Event::Response { id, response } => (id, Ok(response.pdu)),
                    Event::Failed { id, error } => (id, Err(error)),
                    other => panic!("{other:?}"),
                };
                let (agent, object) = asked.remove(&id).expect("one outcome for each request");
                match outcome {
                    Ok(pdu) => {
                        let binding = pdu.var_binds.get(0).expect("one binding");
                        assert_eq!(binding.name, name(object).as_ref());
                        assert_eq!(binding.value, ValueRef::Integer(value(agent, object)));
                        answered += 1;
                    }
                    Err(error) => {
                        failed.push(error.to_string());
                        let passed = simulation.elapsed() - start;
                        shortest_failure = shortest_failure.min(Some(passed)).or(Some(passed));
                    }
                }
            }
            assert!(
                !is_over || asked.is_empty(),
                "{} without an outcome",
                asked.len()
            );
            assert!(
                simulation.elapsed() - start < Duration::from_secs(3600),
                "it never ends"
            );
        }
    }
    simulation.run(Duration::from_secs(3600));
    assert!(simulation.events(manager).is_empty(), "a second outcome");
    assert_eq!(simulation.node(manager).outstanding(), 0);
    let manager = *simulation.node(manager).statistics();
    Run {
        answered,
        failed,
        shortest_failure,
        elapsed: simulation.elapsed(),
        wire: simulation.wire().statistics(),
        manager,
    }
}

#[test]
fn ten_thousand_requests_to_a_thousand_engines_with_a_tenth_lost() {
    let (shortest, longest) = (Duration::from_millis(1), Duration::from_millis(50));
    let wire = Wire::new(1).loss(0.1).delay(shortest..=longest);
    let run = run(wire, &sha_aes(), 1_000, 10, 15);
    assert_eq!((run.answered, &run.failed[..]), (10_000, &[][..]));
    assert!(run.wire.lost * 11 > run.wire.sent, "{:?}", run.wire);
    // One discovery for each engine, and for each that was lost another one: not one for each request.
    let discoveries = run.manager.discoveries;
    assert!((1_000..1_500).contains(&discoveries), "{discoveries}");
    assert!(run.elapsed < Duration::from_secs(16), "{:?}", run.elapsed);
}

#[test]
fn damaged_repeated_and_late_messages_never_make_a_wrong_answer() {
    let (shortest, longest) = (Duration::from_millis(1), Duration::from_millis(1_500));
    let wire = Wire::new(2)
        .loss(0.1)
        .duplication(0.2)
        .corruption(0.2)
        .truncation(0.1)
        .delay(shortest..=longest);
    // Each answer is compared with what the agent said, in `run`.
    let run = run(wire, &sha_aes(), 100, 20, 40);
    assert_eq!(run.answered + run.failed.len(), 2_000);
    // A request that arrives damaged is answered by a report, which is believed the third time, and not at
    // all once the engine has answered to the same keys.
    assert!(run.answered > 1_800, "{:?}", run.failed.len());
    assert!(run.wire.corrupted > 500, "{:?}", run.wire);
    assert!(run.wire.truncated > 500, "{:?}", run.wire);
    let refused = run.manager;
    assert!(refused.wrong_digests > 0, "{refused:?}");
    assert!(refused.in_asn_parse_errs > 0, "{refused:?}");
    assert!(refused.duplicate_responses > 0, "{refused:?}");
}

#[test]
fn no_pair_of_protocols_takes_a_damaged_repeated_or_late_message() {
    let (shortest, longest) = (Duration::from_millis(1), Duration::from_millis(1_500));
    let privacies = [None].into_iter().chain(PrivProtocol::ALL.map(Some));
    let pairs = privacies.flat_map(|privacy| AuthProtocol::ALL.map(|auth| (auth, privacy)));
    for (seed, (auth, privacy)) in (100..).zip(pairs) {
        let wire = Wire::new(seed)
            .loss(0.1)
            .duplication(0.2)
            .corruption(0.3)
            .truncation(0.1)
            .delay(shortest..=longest);
        let run = run(wire, &user(auth, privacy), 4, 20, 40);
        let case = format!("{auth} {privacy:?}: {run:?}");
        assert_eq!(run.answered + run.failed.len(), 80, "{case}");
        assert!(run.answered > 20, "{case}");
        assert!(
            run.wire.corrupted > 20 && run.manager.wrong_digests > 0,
            "{case}"
        );
    }
}

/// Two hundred requests to one agent, where three datagrams of ten are damaged in each direction.
fn damaged(seed: u64, at_once: usize, tries: u32) -> Run {
    let all: Vec<(u32, u32)> = (0..200).map(|object| (0, object)).collect();
    let groups: Vec<Vec<(u32, u32)>> = all.chunks(at_once).map(<[_]>::to_vec).collect();
    let wire = Wire::new(seed).corruption(0.3);
    let patience = (Duration::from_millis(250), tries - 1);
    run_together(wire, &sha_aes(), &groups, patience)
}

#[test]
fn two_hundred_requests_of_which_three_in_ten_are_damaged_are_all_answered_rightly() {
    for at_once in [1, 10, 200] {
        // Each answer is compared with what the agent said.
        let run = damaged(42, at_once, 12);
        assert_eq!((run.answered, &run.failed[..]), (200, &[][..]), "{at_once}");
        assert!(run.wire.corrupted > 150, "{:?}", run.wire);
    }
}

#[test]
fn no_request_ends_before_its_last_try_for_reports_of_damage() {
    let mut failed = 0;
    for seed in 0..20 {
        for at_once in [1, 10, 200] {
            let run = damaged(seed, at_once, 6);
            failed += run.failed.len();
            let shortest = run.shortest_failure.unwrap_or(Duration::MAX);
            let patience = Duration::from_millis(6 * 250);
            assert!(shortest >= patience, "{seed} {at_once}: {:?}", run.failed);
        }
    }
    assert!(failed > 20, "some have no luck: {failed}");
}

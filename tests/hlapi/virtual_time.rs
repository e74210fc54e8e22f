//! Programs as they stand, in virtual time on a simulated wire.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, gather_results};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::reactor::{SystemEvent, TriggerPhase};
use deferred_snmp::task::{LoopingCall, sleep};
use deferred_snmp::testing::{Simulation, Wire};
use util::loops::reports;
use util::{agent, simulated};

const SECOND: Duration = Duration::from_secs(1);
const NAME: &str = "1.3.6.1.2.1.1.5.0";

fn public() -> CommunityData {
    CommunityData::new("public")
}

/// An agent at 192.0.2.`number`, to which the community `public` shows all.
fn add_agent(simulation: &mut Simulation, number: u8, tree: MibTree) -> UdpTransportTarget {
    let agent = simulation.engine([192, 0, 2, number]);
    agent.add_v1_system("reader", "public");
    let responder = CommandResponder::new(tree, OpenAccess);
    agent.register_responder(responder).unwrap();
    let address = format!("192.0.2.{number}:161").parse().unwrap();
    assert_eq!(agent.listen_udp(address).unwrap(), address);
    address.into()
}

fn text(response: &Response) -> String {
    response.iter().next().expect("a binding").text()
}

fn add_manager(simulation: &mut Simulation) -> SnmpEngine {
    simulation.engine([198, 51, 100, 1])
}

#[test]
fn a_request_takes_one_round_trip_of_virtual_time_and_a_silent_agent_its_time_out() {
    let mut simulation = Simulation::new(Wire::new(1));
    let target = add_agent(&mut simulation, 1, agent::tree());
    let engine = add_manager(&mut simulation);
    let get = engine.remote(&public(), &target).get([NAME]);
    let response = simulation.block_on(get).unwrap();
    assert_eq!(text(&response), "example");
    assert_eq!(simulation.elapsed(), Duration::from_millis(2));
    let nobody = UdpTransportTarget::new(("192.0.2.99", 161)).retries(2);
    let get = engine.remote(&public(), &nobody).get([NAME]);
    let error = simulation.block_on(get).unwrap_err();
    assert!(
        error.to_string().contains("192.0.2.99:161, 3 tries of 1s"),
        "{error}"
    );
    assert_eq!(simulation.elapsed(), 3 * SECOND + Duration::from_millis(2));
    assert!(simulation.run(Duration::MAX), "nothing is left");
}

/// Polls for a week, once an hour, over a wire that loses a third.
fn week(seed: u64) -> (Vec<(Duration, String)>, u64) {
    let mut simulation = Simulation::new(Wire::new(seed).loss(0.3));
    let start = simulation.now();
    let target = add_agent(&mut simulation, 1, agent::tree()).retries(1);
    let engine = add_manager(&mut simulation);
    let remote = engine.remote(&public(), &target);
    let told = Rc::new(RefCell::new(Vec::new()));
    let (noting, clock) = (Rc::clone(&told), simulation.reactor().clone());
    let looping = LoopingCall::new(simulation.reactor(), move || {
        let (noting, clock) = (Rc::clone(&noting), clock.clone());
        remote.get([NAME]).add_both(move |outcome| {
            let outcome = match outcome {
                Ok(response) => text(&response),
                Err(error) => error.to_string(),
            };
            noting.borrow_mut().push((clock.now() - start, outcome));
        })
    });
    let done = looping.start(3600 * SECOND, true);
    assert!(!simulation.run(7 * 24 * 3600 * SECOND), "it goes on");
    looping.stop().expect("it runs");
    simulation.block_on(done).unwrap();
    let trace = simulation.wire().trace();
    (told.take(), trace)
}

#[test]
fn a_week_of_polling_is_over_at_once_and_the_same_with_each_run() {
    let (told, trace) = week(1);
    assert!((168..=169).contains(&told.len()), "{}", told.len());
    let lost = told
        .iter()
        .filter(|(_, outcome)| outcome.contains("2 tries of 1s"));
    let (lost, answered) = (
        lost.count(),
        told.iter()
            .filter(|(_, outcome)| outcome == "example")
            .count(),
    );
    assert_eq!(lost + answered, told.len(), "{told:?}");
    assert!(lost > 10 && answered > 100, "{lost} {answered}");
    assert_eq!(week(1), (told, trace));
    assert_ne!(week(2).1, trace);
}

#[test]
fn ten_thousand_requests_of_a_thousand_agents_each_end() {
    let mut simulation = Simulation::new(Wire::new(3).loss(0.1));
    let engine = add_manager(&mut simulation);
    let mut gets = Vec::new();
    for number in 0..1_000_u16 {
        let mut tree = MibTree::new();
        tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant(number.to_string()))
            .unwrap();
        let [high, low] = number.to_be_bytes();
        let agent = simulation.engine([10, 0, high, low]);
        agent.add_v1_system("reader", "public");
        let responder = CommandResponder::new(tree, OpenAccess);
        agent.register_responder(responder).unwrap();
        let any = "0.0.0.0:161".parse().unwrap();
        let address = agent.listen_udp(any).unwrap();
        assert_eq!(address.to_string(), format!("10.0.{high}.{low}:161"));
        let target = UdpTransportTarget::from(address).retries(30);
        let remote = engine.remote(&public(), &target);
        for _ in 0..10 {
            let get = remote.get([NAME]);
            gets.push(get.add_callback(move |response| {
                assert_eq!(text(&response), number.to_string());
            }));
        }
    }
    assert_eq!(gets.len(), 10_000);
    simulation.block_on(gather_results(gets)).unwrap();
    assert!(
        simulation.elapsed() < 32 * SECOND,
        "{:?}",
        simulation.elapsed()
    );
}

#[test]
fn what_a_program_does_with_its_reactor_is_in_virtual_time() {
    let mut simulation = Simulation::new(Wire::new(1));
    let target = add_agent(&mut simulation, 1, agent::tree());
    let engine = add_manager(&mut simulation);
    let (reactor, start) = (simulation.reactor().clone(), simulation.now());
    let handle = reactor.clone();
    let program: Deferred<_> = reactor.spawn(async move {
        sleep(&handle, 60 * SECOND).await?;
        let remote = engine.remote(&public(), &target);
        let response = remote.get([NAME]).await?;
        let thread: Deferred<_> = handle.defer_to_thread(|| Ok::<_, std::io::Error>(6 * 7));
        let number = thread.await?;
        let nobody = UdpTransportTarget::new(("192.0.2.99", 161));
        let silence = engine.remote(&public(), &nobody).get([NAME]);
        let error = silence.add_timeout(2 * SECOND, &handle).await.unwrap_err();
        assert!(error.is_timeout());
        Ok((text(&response), number, handle.now()))
    });
    let (name, number, over) = simulation.block_on(program).unwrap();
    assert_eq!((name.as_str(), number), ("example", 42));
    assert_eq!(over - start, 62 * SECOND + Duration::from_millis(2));
}

/// Gives the digest of all datagrams.
fn walk_and_inform(seed: u64) -> u64 {
    let mut simulation = Simulation::new(Wire::new(seed).loss(0.2).duplication(0.1));
    let user = UsmUserData::new("operator")
        .auth(AuthProtocol::Sha1, "authentication phrase")
        .privacy(PrivProtocol::Aes128, "a phrase for privacy");
    let receiver = simulation.engine([192, 0, 2, 3]);
    receiver.add_v3_user(&user).unwrap();
    receiver
        .listen_udp("192.0.2.3:162".parse().unwrap())
        .unwrap();
    let taken = Rc::new(RefCell::new(Vec::new()));
    let taking = Rc::clone(&taken);
    let _receiving = NotificationReceiver::new(&receiver, move |notification| {
        let from = notification.address().to_string();
        let at = notification.local_addr().map(ToString::to_string);
        taking.borrow_mut().push((from, at));
    });
    let target = add_agent(&mut simulation, 1, agent::tree()).retries(20);
    let engine = simulation.engine_with_config(
        [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1],
        EngineConfig::with_seed(7),
    );
    let local = engine
        .send_from("192.0.2.77:4000".parse().unwrap())
        .unwrap();
    assert_eq!(local.to_string(), "192.0.2.77:4000");
    let walk = engine.remote(&public(), &target).bulk_walk(10, ["1.3"]);
    let rows = simulation.block_on(walk.collect()).unwrap();
    assert_eq!(rows.len(), agent::variables().len());
    let manager = UdpTransportTarget::new(("192.0.2.3", 162)).retries(20);
    let inform = send_notification(
        &engine,
        &user,
        &manager,
        &ContextData::default(),
        NotifyType::Inform,
        NotificationType::new("SNMPv2-MIB::coldStart"),
    );
    simulation.block_on(inform).unwrap();
    let addresses = (
        "192.0.2.77:4000".to_owned(),
        Some("192.0.2.3:162".to_owned()),
    );
    assert_eq!(taken.take(), [addresses]);
    simulation.wire().trace()
}

#[test]
fn walks_and_informs_of_snmpv3_go_by_the_wire_and_the_same_seed_gives_the_same_datagrams() {
    let trace = walk_and_inform(1);
    assert_eq!(walk_and_inform(1), trace);
    assert_ne!(walk_and_inform(2), trace);
}

#[test]
fn engines_with_and_without_a_reactor_are_on_one_wire() {
    let mut simulation = Simulation::new(Wire::new(1));
    let peer = simulated::add_agent(&mut simulation, 9, agent::tree());
    let engine = add_manager(&mut simulation);
    let target = UdpTransportTarget::from(peer.address.socket_addr().unwrap());
    let get = engine.remote(&public(), &target).get([NAME]);
    let response = simulation.block_on(get).unwrap();
    assert_eq!(text(&response), "example");
    assert_eq!(simulation.elapsed(), Duration::from_millis(2));
}

#[test]
fn an_address_is_taken_once_and_free_again_when_its_engine_closes() {
    let mut simulation = Simulation::new(Wire::new(1));
    let target = add_agent(&mut simulation, 1, agent::tree());
    let other = simulation.engine([192, 0, 2, 1]);
    let address = "192.0.2.1:161".parse().unwrap();
    let error = other.listen_udp(address).unwrap_err();
    assert!(matches!(error, SnmpError::Transport(_)), "{error}");
    assert!(
        error
            .to_string()
            .starts_with("cannot listen on 192.0.2.1:161: "),
        "{error}"
    );
    let error = other.listen_udp("[::]:161".parse().unwrap()).unwrap_err();
    assert!(
        error.to_string().starts_with("cannot listen on [::]:161: "),
        "{error}"
    );
    other.listen_udp("192.0.2.1:1161".parse().unwrap()).unwrap();
    other.close();
    other.listen_udp("192.0.2.1:1161".parse().unwrap()).unwrap();
    let to_itself = other.remote(&public(), &target).get([NAME]);
    simulation.block_on(to_itself).unwrap();
}

#[test]
fn a_stop_ends_what_is_under_way_as_with_sockets() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = add_manager(&mut simulation);
    let told = Rc::new(Cell::new(false));
    let (telling, stopping) = (Rc::clone(&told), simulation.reactor().clone());
    let shutting_down = Rc::new(Cell::new(false));
    let shuts_down = Rc::clone(&shutting_down);
    simulation.reactor().add_system_event_trigger(
        TriggerPhase::Before,
        SystemEvent::Shutdown,
        move || shuts_down.set(true),
    );
    simulation
        .reactor()
        .call_later(SECOND, move || stopping.stop().unwrap());
    let nobody = UdpTransportTarget::new(("192.0.2.99", 161)).timeout(3600 * SECOND);
    let get = engine.remote(&public(), &nobody).get([NAME]);
    get.add_both(move |outcome| telling.set(outcome.is_err()));
    assert!(simulation.run(Duration::MAX));
    assert!(told.get() && shutting_down.get());
    assert_eq!(simulation.elapsed(), SECOND);
}

#[test]
fn a_simulation_that_ends_ends_its_agents() {
    let reports = reports();
    let mut simulation = Simulation::new(Wire::new(1));
    let agent = simulation.engine([192, 0, 2, 1]);
    let held = Rc::new(());
    let weak = Rc::downgrade(&held);
    agent.observe(move |_| _ = &held);
    agent.listen_udp("0.0.0.0:161".parse().unwrap()).unwrap();
    drop(agent);
    simulation.run(SECOND);
    assert!(weak.upgrade().is_some(), "it serves");
    drop(simulation);
    assert!(weak.upgrade().is_none());
    assert_eq!(reports.len(), 0);
}

#[test]
#[should_panic(expected = "there is no result, and nothing is left to happen")]
fn a_deferred_that_nobody_fires_is_not_waited_for() {
    let (_resolver, deferred) = Deferred::<()>::pair();
    let _ = Simulation::new(Wire::new(1)).block_on(deferred);
}

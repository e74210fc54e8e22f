//! Hosts on the simulated wire: their addresses, and that one which fails is of no concern to others.

use std::cell::Cell;
use std::net::IpAddr;
use std::rc::{Rc, Weak};
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::task::LoopingCall;
use deferred_snmp::testing::{Simulation, Wire};
use util::agent;

const SECOND: Duration = Duration::from_secs(1);
const NAME: &str = "1.3.6.1.2.1.1.5.0";

fn public() -> CommunityData {
    CommunityData::new("public")
}

fn name(engine: &SnmpEngine, target: &str) -> Deferred<String, SnmpError> {
    let target: UdpTransportTarget = target.parse().unwrap();
    let get = engine.remote(&public(), &target).get([NAME]);
    get.map(|response| response.iter().map(|it| it.text()).collect())
}

fn trap(engine: &SnmpEngine, target: &str) -> Deferred<Response, SnmpError> {
    let target: UdpTransportTarget = target.parse().unwrap();
    let trap = NotificationType::new("SNMPv2-MIB::coldStart");
    let context = ContextData::default();
    send_notification(engine, &public(), &target, &context, NotifyType::Trap, trap)
}

#[test]
fn each_host_has_a_number_of_its_own_for_the_link() {
    let mut simulation = Simulation::new(Wire::new(1));
    let host = |text: &str| text.parse::<IpAddr>().unwrap();
    let agent = simulation.engine(host("fe80::1"));
    let address = agent::serve_by(&agent, "[fe80::1%7]:161", agent::tree());
    assert_eq!(address.to_string(), "[fe80::1%7]:161");
    let taken = agent.listen_udp("[fe80::1%8]:161".parse().unwrap());
    assert!(taken.is_err());
    for target in ["[fe80::1%1]:161", "[fe80::1%2]:161", "[fe80::1]:161"] {
        let manager = simulation.engine(host("fe80::2"));
        let asked = name(&manager, target);
        assert_eq!(simulation.block_on(asked).unwrap(), "example", "{target}");
    }
    // Where no link is meant, none is kept.
    agent::serve_by(
        &simulation.engine(host("2001:db8::1")),
        "[2001:db8::1]:161",
        agent::tree(),
    );
    let manager = simulation.engine(host("2001:db8::2"));
    let asked = name(&manager, "[2001:db8::1]:161");
    assert_eq!(simulation.block_on(asked).unwrap(), "example");
}

#[test]
#[should_panic(expected = "192.0.2.1:161 is in use")]
fn an_engine_without_a_reactor_does_not_take_the_address_of_one_with_a_port() {
    let mut simulation = Simulation::new(Wire::new(1));
    let address = "192.0.2.1:161".parse().unwrap();
    let engine = simulation.engine([192, 0, 2, 1]);
    engine.listen_udp(address).unwrap();
    simulation.add(address, EngineConfig::with_seed(1));
}

#[test]
fn an_address_that_an_engine_has_is_taken_by_it_alone() {
    let mut simulation = Simulation::new(Wire::new(1));
    let address = "192.0.2.1:161".parse().unwrap();
    simulation.add(address, EngineConfig::with_seed(1));
    simulation.add(address, EngineConfig::with_seed(2));
    let engine = simulation.engine([192, 0, 2, 1]);
    assert!(engine.listen_udp(address).is_err());
    let other = "192.0.2.1:162".parse().unwrap();
    engine.listen_udp(other).unwrap();
    assert!(engine.listen_udp("0.0.0.0:162".parse().unwrap()).is_err());
    engine.close();
    engine.listen_udp(other).unwrap();
}

#[test]
fn what_fails_at_one_host_takes_nothing_from_the_others() {
    let mut simulation = Simulation::new(Wire::new(1));
    let receiver = simulation.engine([192, 0, 2, 1]);
    receiver.add_v1_system("sender", "public");
    receiver
        .listen_udp("192.0.2.1:162".parse().unwrap())
        .unwrap();
    let taken = Rc::new(Cell::new(0));
    let taking = Rc::clone(&taken);
    NotificationReceiver::new(&receiver, move |_| {
        taking.set(taking.get() + 1);
        panic!("a receiver");
    })
    .unwrap();
    let agent = simulation.engine([192, 0, 2, 2]);
    agent::serve_by(&agent, "192.0.2.2:161", agent::tree());
    let manager = simulation.engine([192, 0, 2, 3]);
    for _ in 0..3 {
        drop(trap(&manager, "192.0.2.1:162").add_both(|_| ()));
    }
    // It arrives in the same moment, behind the traps.
    let asked = name(&manager, "192.0.2.2:161");
    assert_eq!(simulation.block_on(asked).unwrap(), "example");
    assert_eq!(simulation.elapsed(), Duration::from_millis(2));
    simulation.run(SECOND);
    assert_eq!(taken.get(), 3);
}

#[test]
fn a_wire_without_end_loses_everything() {
    let (max, half) = (Duration::MAX, Duration::from_secs(u64::MAX / 2));
    for delay in [max..=max, half..=half, half..=max, Duration::ZERO..=max] {
        let mut simulation = Simulation::new(Wire::new(1).delay(delay));
        let manager = simulation.engine([192, 0, 2, 1]);
        let asked = name(&manager, "192.0.2.2:161");
        let error = simulation.block_on(asked).unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(simulation.run(max));
    }
}

#[test]
fn who_has_taken_the_place_of_a_responder_answers_what_has_come_before() {
    type Slot = Rc<std::cell::RefCell<Option<RegisteredResponder>>>;
    /// Gives its place to another at each request.
    fn responder(agent: &SnmpEngine, slot: &Slot, number: i32) -> CommandResponder {
        let mut tree = MibTree::new();
        let (agent, slot) = (agent.clone(), Rc::clone(slot));
        let object = Scalar::dynamic(move || {
            let own = slot.take().expect("it is registered");
            assert!(own.close());
            let next = responder(&agent, &slot, number + 1);
            slot.replace(Some(agent.register_responder(next).unwrap()));
            number
        });
        tree.register(oid!(1.3.6.1.2.1.1.5), object).unwrap();
        CommandResponder::new(tree, OpenAccess)
    }
    let mut simulation = Simulation::new(Wire::new(1));
    let agent = simulation.engine([192, 0, 2, 1]);
    let user = UsmUserData::new("somebody");
    agent.add_v3_user(&user).unwrap();
    agent.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap();
    let slot = Slot::default();
    let first = responder(&agent, &slot, 0);
    slot.replace(Some(agent.register_responder(first).unwrap()));
    let manager = simulation.engine([192, 0, 2, 2]);
    let target: UdpTransportTarget = "192.0.2.1:161".parse().unwrap();
    let remote = manager.remote(&user, &target);
    simulation.block_on(remote.get([NAME])).unwrap();
    // These come together.
    let together = [(); 3].map(|()| remote.get([NAME]));
    let all = deferred_snmp::deferred::gather_results(together);
    let answers: Vec<String> = simulation
        .block_on(all)
        .unwrap()
        .iter()
        .map(|response| response.iter().map(|it| it.text()).collect())
        .collect();
    assert_eq!(answers, ["1", "2", "3"]);
    assert_eq!(agent.statistics().unknown_pdu_handlers, 0);
    slot.take().unwrap().close();
}

#[test]
fn who_has_taken_the_place_of_a_receiver_takes_what_has_come_before() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    engine.add_v1_system("sender", "public");
    engine.listen_udp("192.0.2.1:162".parse().unwrap()).unwrap();
    let taken = Rc::new(Cell::new(0));
    let own: Rc<Cell<Option<NotificationReceiver>>> = Rc::default();
    let (first, taking, receiving) = (Rc::clone(&own), Rc::clone(&taken), engine.clone());
    let receiver = NotificationReceiver::new(&engine, move |_| {
        first.take().expect("it receives").close();
        let taking = Rc::clone(&taking);
        NotificationReceiver::new(&receiving, move |_| taking.set(taking.get() + 1)).unwrap();
    });
    own.set(Some(receiver.unwrap()));
    let sender = simulation.engine([192, 0, 2, 2]);
    for _ in 0..4 {
        drop(trap(&sender, "192.0.2.1:162").add_both(|_| ()));
    }
    simulation.run(SECOND);
    assert_eq!(taken.get(), 3);
}

#[test]
fn a_simulation_that_is_dropped_gives_back_what_was_under_way() {
    for run in 0..8 {
        let mut simulation = Simulation::new(Wire::new(run));
        let agent = simulation.engine([192, 0, 2, 1]);
        agent::serve_by(&agent, "192.0.2.1:161", agent::tree());
        let manager = simulation.engine([192, 0, 2, 2]);
        let mut tokens: Vec<Weak<()>> = Vec::new();
        let mut token = || {
            let token = Rc::new(());
            tokens.push(Rc::downgrade(&token));
            token
        };
        let held = token();
        NotificationReceiver::new(&agent, move |_| drop(Rc::clone(&held))).unwrap();
        let held = token();
        agent.observe(move |_| drop(Rc::clone(&held)));
        let (held, silent) = (token(), "192.0.2.99:161");
        drop(name(&manager, silent).add_both(move |_| drop(held)));
        let (held, asking) = (token(), manager.clone());
        let looping = LoopingCall::new(simulation.reactor(), move || {
            drop(Rc::clone(&held));
            name(&asking, "192.0.2.1:161").map(drop)
        });
        let held = token();
        drop(looping.start(SECOND, true).add_both(move |_| drop(held)));
        let held = token();
        simulation
            .reactor()
            .call_later(SECOND * 100, move || drop(held));
        // In the middle of a request of the loop's, or of its pause.
        simulation.run(Duration::from_millis(run / 2 * 500));
        if run % 2 == 0 {
            drop((agent, manager, looping));
            drop(simulation);
        } else {
            drop(simulation);
            drop((agent, manager, looping));
        }
        let left = tokens.iter().map(Weak::strong_count).collect::<Vec<_>>();
        assert_eq!(left, [0; 6], "run {run}");
    }
}

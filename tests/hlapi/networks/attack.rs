//! Probes.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::engine::{Address, EngineConfig, Transmit};
use deferred_snmp::hlapi::*;
use deferred_snmp::mib::{MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::task::{Cooperator, LoopingCall, sleep};
use deferred_snmp::testing::{Simulation, Wire};
use deferred_snmp::transport::{Carrier, Link, Network, OpenError, Opening};
use util::agent;

use super::asking::{public, text};

const NAME: &str = "1.3.6.1.2.1.1.5.0";
const SECOND: Duration = Duration::from_secs(1);

#[test]
fn retry_after_the_simulation() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    let told = Rc::new(RefCell::new(Vec::new()));
    let target = UdpTransportTarget::new(("192.0.2.9", 161));
    let remote = engine.remote(&public(), &target);
    let (t1, t2) = (told.clone(), told.clone());
    let again = remote.clone();
    drop(remote.get([NAME]).add_errback(move |e| {
        t1.borrow_mut().push(e.to_string());
        again.get([NAME])
    }).add_both(move |r| t2.borrow_mut().push(format!("{:?}", r.map(|r| text(&r)).map_err(|e| e.to_string())))));
    simulation.run(Duration::from_millis(10));
    drop(simulation);
    eprintln!("{:?}", told);
    assert_eq!(told.borrow().len(), 2);
}

#[test]
fn retry_after_the_reactor() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    let told = Rc::new(RefCell::new(Vec::new()));
    let target = UdpTransportTarget::new(("192.0.2.9", 161));
    let remote = engine.remote(&public(), &target);
    let (t1, t2) = (told.clone(), told.clone());
    let again = remote.clone();
    drop(remote.get([NAME]).add_errback(move |e| {
        t1.borrow_mut().push(e.to_string());
        again.get([NAME])
    }).add_both(move |r| t2.borrow_mut().push(format!("{:?}", r.map(|r| text(&r)).map_err(|e| e.to_string())))));
    simulation.run(Duration::from_millis(10));
    simulation.reactor().stop().unwrap();
    assert!(simulation.run(Duration::from_secs(100)));
    eprintln!("{:?}", told);
    assert_eq!(told.borrow().len(), 2);
}

#[test]
fn crash() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    let told = Rc::new(RefCell::new(Vec::new()));
    let t1 = told.clone();
    let target = UdpTransportTarget::new(("192.0.2.9", 161));
    drop(engine.remote(&public(), &target).get([NAME]).add_both(move |r| t1.borrow_mut().push(r.map(drop).map_err(|e| e.to_string()))));
    let h = simulation.reactor().clone();
    simulation.reactor().call_later(SECOND, move || h.crash());
    assert!(simulation.run(Duration::from_secs(100)));
    assert_eq!(simulation.elapsed(), SECOND);
    drop(simulation);
    eprintln!("{:?}", told);
    assert_eq!(told.borrow().len(), 1);
}

#[test]
fn endless_delay() {
    for delay in [Duration::ZERO..=Duration::MAX, Duration::MAX..=Duration::MAX, Duration::from_secs(u64::MAX/2)..=Duration::from_secs(u64::MAX/2), Duration::MAX..=Duration::ZERO] {
        let mut simulation = Simulation::new(Wire::new(1).delay(delay));
        let engine = simulation.engine([192, 0, 2, 1]);
        let target = UdpTransportTarget::new(("192.0.2.9", 161));
        let get = engine.remote(&public(), &target).get([NAME]);
        let error = simulation.block_on(get).unwrap_err();
        assert!(error.is_timeout(), "{error}");
        simulation.run(Duration::MAX);
    }
}

#[test]
fn endless_timeout() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    let target = UdpTransportTarget::new(("192.0.2.9", 161)).timeout(Duration::MAX).retries(u32::MAX);
    let told = Rc::new(RefCell::new(Vec::new()));
    let t1 = told.clone();
    drop(engine.remote(&public(), &target).get([NAME]).add_both(move |r| t1.borrow_mut().push(r.map(drop).map_err(|e| e.to_string()))));
    simulation.reactor().call_later(Duration::MAX, || eprintln!("max"));
    drop(sleep(simulation.reactor(), Duration::MAX));
    let r = simulation.run(Duration::MAX);
    eprintln!("{r} {:?} {:?}", simulation.elapsed(), told);
    let get = engine.remote(&public(), &UdpTransportTarget::new(("192.0.2.9", 161))).get([NAME]);
    let error = simulation.block_on(get).unwrap_err();
    eprintln!("{error}");
}

#[test]
fn cooperator_without_end() {
    let mut simulation = Simulation::new(Wire::new(1));
    let cooperator = Cooperator::new(simulation.reactor());
    let n = Rc::new(Cell::new(0u64));
    let c = n.clone();
    drop(cooperator.coiterate(std::iter::repeat_with(move || c.set(c.get() + 1)).take(1_000_000)));
    simulation.run(SECOND);
    eprintln!("{}", n.get());
}

fn serve(engine: &SnmpEngine, address: &str) {
    agent::serve_by(engine, address, agent::tree());
}

#[test]
fn zones() {
    let mut simulation = Simulation::new(Wire::new(1));
    let agent = simulation.engine("fe80::1".parse::<std::net::IpAddr>().unwrap());
    serve(&agent, "[fe80::1%1]:161");
    let manager = simulation.engine("fe80::2".parse::<std::net::IpAddr>().unwrap());
    for t in ["[fe80::1%1]:161", "[fe80::1]:161"] {
        let target: UdpTransportTarget = t.parse().unwrap();
        let get = manager.remote(&public(), &target).get([NAME]);
        let r = simulation.block_on(get);
        eprintln!("{t} {:?}", r.map(|r| text(&r)).map_err(|e| e.to_string()));
    }
    let target: UdpTransportTarget = "[fe80::1%1]:161".parse::<std::net::SocketAddr>().unwrap().into();
    let get = manager.remote(&public(), &target).get([NAME]);
    let r = simulation.block_on(get);
    eprintln!("{:?}", r.map(|r| text(&r)).map_err(|e| e.to_string()));
}

#[test]
fn a_panic_in_a_receiver_loses_nothing_of_others() {
    let mut simulation = Simulation::new(Wire::new(1));
    let bad = simulation.engine([192, 0, 2, 1]);
    bad.add_v1_system("a", "public");
    bad.listen_udp("192.0.2.1:162".parse().unwrap()).unwrap();
    let count = Rc::new(Cell::new(0));
    let c = count.clone();
    NotificationReceiver::new(&bad, move |_| { c.set(c.get() + 1); if c.get() == 1 { panic!("once") } }).unwrap();
    let good = simulation.engine([192, 0, 2, 2]);
    serve(&good, "192.0.2.2:161");
    let manager = simulation.engine([192, 0, 2, 3]);
    let trap = |m: &SnmpEngine| trap_to(m, &UdpTransportTarget::new(("192.0.2.1", 162)));
    drop(trap(&manager));
    drop(trap(&manager));
    let get = manager.remote(&public(), &UdpTransportTarget::new(("192.0.2.2", 161)).retries(0)).get([NAME]);
    let r = simulation.block_on(get);
    eprintln!("{} {:?}", count.get(), r.as_ref().map(|r| text(&r)).map_err(|e| e.to_string()));
    assert!(r.is_ok());
    assert_eq!(count.get(), 2);
}

#[test]
fn a_panic_at_the_end_loses_no_outcome() {
    let mut simulation = Simulation::new(Wire::new(1));
    let bad = simulation.engine([192, 0, 2, 1]);
    bad.add_v1_system("a", "public");
    bad.listen_udp("192.0.2.1:162".parse().unwrap()).unwrap();
    let outcomes = Rc::new(Cell::new(0));
    NotificationReceiver::new(&bad, move |_| panic!("always")).unwrap();
    let weak = {
        let o = outcomes.clone();
        let remote = bad.remote(&public(), &UdpTransportTarget::new(("192.0.2.9", 162)));
        drop(remote.get([NAME]).add_both(move |_| o.set(o.get() + 1)));
    };
    let _ = weak;
    simulation.run(Duration::from_millis(1));
    drop(simulation);
    assert_eq!(outcomes.get(), 1);
}

#[test]
fn two_at_once() {
    let mut a = Simulation::new(Wire::new(1));
    let b = Rc::new(RefCell::new(Simulation::new(Wire::new(2))));
    let inner = b.clone();
    let got = Rc::new(Cell::new(false));
    let g = got.clone();
    a.reactor().call_later(SECOND, move || {
        let mut b = inner.borrow_mut();
        let agent = b.engine([192, 0, 2, 1]);
        serve(&agent, "192.0.2.1:161");
        let get = agent.remote(&public(), &UdpTransportTarget::new(("192.0.2.1", 161))).get([NAME]);
        let r = b.block_on(get);
        assert_eq!(text(&r.unwrap()), "example");
        g.set(true);
    });
    a.run(SECOND * 2);
    assert!(got.get());
}

fn trace(seed: u64) -> (u64, Vec<String>) {
    let wire = Wire::new(seed).loss(0.2).duplication(0.1).delay(Duration::ZERO..=Duration::from_millis(50)).corruption(0.05);
    let mut simulation = Simulation::new(wire);
    let told = Rc::new(RefCell::new(Vec::new()));
    let user = super::asking::operator();
    let agents: Vec<_> = (1..20u8).map(|n| {
        let agent = simulation.engine([192, 0, 2, n]);
        serve(&agent, &format!("192.0.2.{n}:161"));
        agent.add_v3_user(&user).unwrap();
        agent
    }).collect();
    let managers: Vec<_> = (1..5u8).map(|n| simulation.engine([198, 51, 100, n])).collect();
    for m in &managers {
        for n in 1..22u8 {
            let target = UdpTransportTarget::new((&*format!("192.0.2.{n}"), 161));
            for v3 in [false, true] {
                let d: Deferred<Response, SnmpError> = if v3 { m.remote(&user, &target).get([NAME]) } else { m.remote(&public(), &target).get([NAME]) };
                let t = told.clone();
                drop(d.add_both(move |r| t.borrow_mut().push(format!("{n} {v3} {:?}", r.map(|r| text(&r)).map_err(|e| e.to_string())))));
            }
        }
    }
    assert!(simulation.run(Duration::from_secs(100)));
    drop(agents);
    let told = told.take();
    assert_eq!(told.len(), 4 * 21 * 2);
    let trace = simulation.wire().trace();
    (trace, told)
}

#[test]
fn same_seed_same_run() {
    for seed in 0..5 {
        assert_eq!(trace(seed), trace(seed));
    }
}

#[test]
fn v3_over_days() {
    let mut simulation = Simulation::new(Wire::new(7));
    let user = super::asking::operator();
    let agent = simulation.engine([192, 0, 2, 1]);
    serve(&agent, "192.0.2.1:161");
    agent.add_v3_user(&user).unwrap();
    let manager = simulation.engine([192, 0, 2, 2]);
    let target = UdpTransportTarget::new(("192.0.2.1", 161)).retries(0);
    for pause in [0u64, 1, 149, 151, 1000, 86_400, 86_400 * 30, 86_400 * 365, 86_400 * 365 * 60, 86400*365*20, 86400 * 365 * 300] {
        simulation.reactor().call_later(Duration::from_secs(pause), || ());
        simulation.run(Duration::from_secs(pause));
        for _ in 0..2 {
            let get = manager.remote(&user, &target).get([NAME]);
            let r = simulation.block_on(get).map(|r| text(&r)).map_err(|e| e.to_string());
            eprintln!("{pause} {:?} {:?}", simulation.elapsed(), r);
        }
    }
}

#[test]
fn ten_thousand_agents() {
    let mut simulation = Simulation::new(Wire::new(7));
    let manager = simulation.engine([198, 51, 100, 1]);
    let mut agents = Vec::new();
    let done = Rc::new(Cell::new(0));
    let start = std::env::var_os("NOTHING");
    let _ = start;
    for n in 0..10_000u32 {
        let ip = std::net::Ipv4Addr::from(0x0a00_0000 + n);
        let agent = simulation.engine(ip);
        let mut tree = MibTree::new();
        tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant("x")).unwrap();
        agent.register_responder(CommandResponder::new(tree, OpenAccess)).unwrap();
        agent.add_v1_system("r", "public");
        agent.listen_udp((ip, 161).into()).unwrap();
        agents.push(agent);
        let d = done.clone();
        drop(manager.remote(&public(), &UdpTransportTarget::new((&*ip.to_string(), 161))).get([NAME]).add_callback(move |_| d.set(d.get() + 1)));
    }
    simulation.run(SECOND * 10);
    assert_eq!(done.get(), 10_000);
}

#[test]
fn double_listen_and_add() {
    let mut simulation = Simulation::new(Wire::new(7));
    let a = simulation.engine([192, 0, 2, 1]);
    a.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap();
    eprintln!("{}", a.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap_err());
    eprintln!("{}", a.listen_udp("0.0.0.0:161".parse().unwrap()).unwrap_err());
    let b = simulation.engine([192, 0, 2, 2]);
    eprintln!("{}", b.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap_err());
    eprintln!("{}", b.listen_udp("[::]:161".parse().unwrap()).unwrap_err());
    let _node = simulation.add("192.0.2.1:161".parse().unwrap(), EngineConfig::with_seed(1));
    a.close();
    // is the node still there?
    eprintln!("{:?}", b.listen_udp("192.0.2.1:161".parse().unwrap()));
}

// ---------- carriers

type Plan = Rc<dyn Fn(&Hostile, &str, Option<(&Transmit, &[u8])>)>;

struct Hostile { link: Link, plan: Plan, log: Rc<RefCell<Vec<String>>> }
struct HostileNet { plan: Plan, opening: Rc<dyn Fn(&Link)>, log: Rc<RefCell<Vec<String>>> }

impl Network for HostileNet {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        self.log.borrow_mut().push(format!("open {}", opening.is_client()));
        (self.opening)(&link);
        Ok(Rc::new(Hostile { link, plan: self.plan.clone(), log: self.log.clone() }))
    }
}

impl Carrier for Hostile {
    fn push(&self, message: Transmit, octets: &[u8]) {
        self.log.borrow_mut().push("push".into());
        (self.plan)(self, "push", Some((&message, octets)));
    }
    fn flush(&self) { self.log.borrow_mut().push("flush".into()); (self.plan)(self, "flush", None) }
    fn local_addr(&self) -> Option<Address> { (self.plan)(self, "local", None); None }
    fn close(&self) { self.log.borrow_mut().push("close".into()); (self.plan)(self, "close", None) }
}
impl Drop for Hostile { fn drop(&mut self) { self.log.borrow_mut().push("drop".into()); } }

fn hostile(simulation: &Simulation, opening: impl Fn(&Link) + 'static, plan: impl Fn(&Hostile, &str, Option<(&Transmit, &[u8])>) + 'static) -> (SnmpEngine, Rc<RefCell<Vec<String>>>) {
    let log = Rc::default();
    let network = HostileNet { plan: Rc::new(plan), opening: Rc::new(opening), log: Rc::clone(&log) };
    (SnmpEngine::with_network(simulation.reactor(), EngineConfig::with_seed(5), network), log)
}

fn target() -> UdpTransportTarget { UdpTransportTarget::new(("192.0.2.1", 161)).retries(2) }

#[test]
fn closed_in_open() {
    let mut simulation = Simulation::new(Wire::new(1));
    let (engine, log) = hostile(&simulation, |link| link.closed(), |_, _, _| ());
    let get = engine.remote(&public(), &target()).get([NAME]);
    let r = simulation.block_on(get).map(drop).map_err(|e| e.to_string());
    eprintln!("{r:?} {log:?}");
    let r = engine.listen_udp("192.0.2.3:161".parse().unwrap());
    eprintln!("{r:?} {log:?}");
    drop(engine);
    eprintln!("{log:?}");
}

#[test]
fn panicking_push() {
    let mut simulation = Simulation::new(Wire::new(1));
    let n = Rc::new(Cell::new(0));
    let times = Rc::new(RefCell::new(Vec::new()));
    let (c, t, h, start) = (n.clone(), times.clone(), simulation.reactor().clone(), simulation.now());
    let (engine, log) = hostile(&simulation, |_| (), move |_, what, _| {
        if what == "push" { c.set(c.get() + 1); t.borrow_mut().push(h.now() - start); panic!("push"); }
    });
    let get = engine.remote(&public(), &target()).get([NAME]);
    let r = simulation.block_on(get).map(drop).map_err(|e| e.to_string());
    eprintln!("{r:?} {log:?} {times:?} {:?}", simulation.elapsed());
    assert_eq!(n.get(), 3);
}

#[test]
fn late_messages() {
    let simulation = Simulation::new(Wire::new(1));
    let links = Rc::new(RefCell::new(Vec::new()));
    let l = links.clone();
    let (engine, log) = hostile(&simulation, move |link| l.borrow_mut().push(link.clone()), |_, _, _| ());
    let count = Rc::new(Cell::new(0));
    let c = count.clone();
    let mut tree = MibTree::new();
    tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::dynamic(move || { c.set(c.get() + 1); 3 })).unwrap();
    engine.register_responder(CommandResponder::new(tree, OpenAccess)).unwrap();
    engine.add_v1_system("a", "public");
    engine.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap();
    let link = links.borrow()[0].clone();
    let get = hex("302602010104067075626c6963a019020101020100020100300e300c06082b060102010105000500");
    let peer = link.peer(Address::Udp("192.0.2.7:99".parse().unwrap()));
    link.received(&peer, None, &get); link.batch_received();
    assert_eq!(count.get(), 1);
    link.received(&peer, None, &[]); link.batch_received();
    link.received(&peer, None, &vec![0x30; 70_000]); link.batch_received();
    let tcp = link.peer(Address::Tcp("192.0.2.7:99".parse().unwrap()));
    link.received(&tcp, None, &get); link.batch_received();
    let unix = link.peer(Address::Unix(std::path::Path::new("/run/x").into()));
    link.received(&unix, None, &get); link.batch_received();
    assert_eq!(count.get(), 3);
    engine.close();
    link.received(&peer, None, &get); link.batch_received();
    eprintln!("{log:?} {}", count.get());
    assert_eq!(count.get(), 3);
}

fn hex(s: &str) -> Vec<u8> { (0..s.len()).step_by(2).map(|i| u8::from_str_radix(&s[i..i+2], 16).unwrap()).collect() }

#[test]
fn received_in_open_is_answered() {
    let mut simulation = Simulation::new(Wire::new(1));
    let get = hex("302602010104067075626c6963a019020101020100020100300e300c06082b060102010105000500");
    let (engine, log) = hostile(&simulation, move |link| {
        let peer = link.peer(Address::Udp("192.0.2.7:99".parse().unwrap()));
        link.received(&peer, None, &get); link.batch_received();
    }, |_, _, _| ());
    engine.add_v1_system("a", "public");
    engine.register_responder(CommandResponder::new(MibTree::new(), OpenAccess)).unwrap();
    engine.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap();
    simulation.run(SECOND);
    eprintln!("{log:?}");
    assert!(log.borrow().iter().any(|it| it == "push"));
}

#[test]
fn engine_ends_in_each_method() {
    for deed in ["close", "drop"] {
        for when in ["push", "flush", "close", "local", "open"] {
            let mut simulation = Simulation::new(Wire::new(1));
            let slot: Rc<RefCell<Option<SnmpEngine>>> = Rc::default();
            let s = slot.clone();
            let act = Rc::new(move || {
                let it = if deed == "close" { s.borrow().clone() } else { s.borrow_mut().take() };
                if let Some(it) = it { if deed == "close" { it.close() } }
            });
            let a2 = act.clone();
            let (engine, log) = hostile(&simulation, move |_| if when == "open" { a2() }, move |_, what, _| if what == when { act() });
            slot.replace(Some(engine.clone()));
            let told = Rc::new(RefCell::new(Vec::new()));
            let t = told.clone();
            drop(engine.remote(&public(), &target()).get([NAME]).add_both(move |r| t.borrow_mut().push(r.map(drop).map_err(|e| e.to_string()))));
            drop(engine);
            simulation.run(SECOND * 10);
            if let Some(it) = slot.take() { it.close() }
            eprintln!("{deed} {when}: {told:?} {log:?}");
            assert_eq!(told.borrow().len(), 1, "{deed} {when}");
            drop(simulation);
            assert_eq!(log.borrow().iter().filter(|it| *it == "drop").count(), log.borrow().iter().filter(|it| it.starts_with("open")).count());
        }
    }
}

#[test]
fn take_back_again_and_again() {
    for variant in 0..6 {
        let mut simulation = Simulation::new(Wire::new(1));
        let kept: Rc<RefCell<Vec<(Transmit, Vec<u8>)>>> = Rc::default();
        let (k, n) = (kept.clone(), Cell::new(0));
        let (engine, log) = hostile(&simulation, |_| (), move |me, what, message| {
            if let Some((m, o)) = message {
                k.borrow_mut().push((m.clone(), o.to_vec()));
                n.set(n.get() + 1);
                if n.get() > 200 { return }
                let error = deferred_snmp::engine::SystemError::from(std::io::ErrorKind::Other);
                match variant {
                    0 => { me.link.take_back(m, o); me.link.take_back(m, o); me.link.unblock(); }
                    1 => { me.link.take_back(m, o); me.link.failed(m, deferred_snmp::engine::SendFailure::Refused(error)); me.link.unblock(); }
                    2 => { me.link.failed(m, deferred_snmp::engine::SendFailure::Passing(error)); me.link.failed(m, deferred_snmp::engine::SendFailure::Shortage(error)); me.link.take_back(m, o); me.link.writable(); }
                    3 => { for (m, o) in k.borrow().iter() { me.link.take_back(m, o); } me.link.writable() }
                    4 => { me.link.failed(m, deferred_snmp::engine::SendFailure::Shortage(error)); me.link.failed(m, deferred_snmp::engine::SendFailure::Shortage(error)); }
                    _ => { me.link.take_back(m, o) }
                }
            }
            if what == "close" { for (m, o) in k.borrow().iter() { me.link.take_back(m, o); } }
        });
        let told = Rc::new(RefCell::new(Vec::new()));
        let user = super::asking::operator();
        for _ in 0..3 {
            let t = told.clone();
            drop(engine.remote(&public(), &target()).get([NAME]).add_both(move |r| t.borrow_mut().push(r.map(drop).map_err(|e| e.to_string()))));
            let t = told.clone();
            drop(engine.remote(&user, &target()).get([NAME]).add_both(move |r| t.borrow_mut().push(r.map(drop).map_err(|e| e.to_string()))));
            let t = told.clone();
            drop(trap_to(&engine, &target()).add_both(move |r| t.borrow_mut().push(r.map(drop).map_err(|e| e.to_string()))));
        }
        let quiet = simulation.run(SECOND * 100);
        eprintln!("{variant} {quiet} {} {:?} {:?}", log.borrow().len(), told, engine.statistics().out_pkts);
        assert_eq!(told.borrow().len(), 9);
        for (m, o) in kept.borrow().iter() { let _ = (m, o); }
        engine.close();
    }
}

#[test]
fn looping_and_stop() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    serve(&engine, "192.0.2.1:161");
    let remote = engine.remote(&public(), &UdpTransportTarget::new(("192.0.2.1", 161)));
    let n = Rc::new(Cell::new(0));
    let c = n.clone();
    let poll = LoopingCall::new(simulation.reactor(), move || { c.set(c.get() + 1); remote.get([NAME]).map(drop) });
    drop(poll.start(SECOND, true));
    let h = simulation.reactor().clone();
    simulation.reactor().call_later(SECOND * 10, move || h.stop().unwrap());
    assert!(simulation.run(SECOND * 100));
    eprintln!("{} {:?}", n.get(), simulation.elapsed());
    simulation.run(SECOND);
}

#[test]
fn many_opens() {
    let simulation = Simulation::new(Wire::new(1));
    let count = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let engine = SnmpEngine::new(simulation.reactor());
    let wire = { let mut s = Simulation::new(Wire::new(1)); let e = s.engine([127, 0, 0, 1]); (s, e) };
    let before = count();
    for _ in 0..3_000 {
        engine.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
        engine.close();
        wire.1.listen_udp("127.0.0.1:161".parse().unwrap()).unwrap();
        wire.1.close();
    }
    eprintln!("{before} {}", count());
}

fn trap_to(engine: &SnmpEngine, target: &UdpTransportTarget) -> Deferred<Response, SnmpError> {
    send_notification(engine, &public(), target, &ContextData::default(), NotifyType::Trap, NotificationType::new("SNMPv2-MIB::coldStart"))
}

fn retry_by<P: super::place::Place>() {
    let mut place = P::new();
    let engine = place.engine();
    let told = Rc::new(RefCell::new(Vec::new()));
    let silent = UdpTransportTarget::from(place.nobody());
    let remote = engine.remote(&public(), &silent);
    let (t1, t2) = (told.clone(), told.clone());
    let again = remote.clone();
    drop(remote.get([NAME]).add_errback(move |e| {
        t1.borrow_mut().push(e.to_string());
        again.get([NAME])
    }).add_both(move |r| t2.borrow_mut().push(format!("{:?}", r.map(|r| text(&r)).map_err(|e| e.to_string())))));
    place.settle(sleep(&place.reactor(), Duration::from_millis(1))).unwrap();
    drop(place);
    eprintln!("{:?}", told);
    assert_eq!(told.borrow().len(), 2);
}
#[test]
fn retry_udp() { retry_by::<super::place::Udp>() }
#[test]
fn retry_wire() { retry_by::<super::place::Simulated>() }

const TRAP: &str = "303602010104067075626c6963a7290201010201000201003 01e300d06082b06010201010300430100300d060a2b060106030101050100";

fn trap_octets() -> Vec<u8> {
    // captured from our own engine
    let mut simulation = Simulation::new(Wire::new(1));
    let kept: Rc<RefCell<Vec<u8>>> = Rc::default();
    let k = kept.clone();
    let (engine, _) = hostile(&simulation, |_| (), move |_, _, m| if let Some((_, o)) = m { *k.borrow_mut() = o.to_vec() });
    drop(trap_to(&engine, &target()));
    simulation.run(SECOND);
    let _ = TRAP;
    kept.take()
}

#[test]
fn closed_with_a_receiver_that_panics() {
    let trap = trap_octets();
    let mut simulation = Simulation::new(Wire::new(1));
    let links = Rc::new(RefCell::new(Vec::new()));
    let l = links.clone();
    let (engine, log) = hostile(&simulation, move |link| l.borrow_mut().push(link.clone()), |_, _, _| ());
    engine.add_v1_system("a", "public");
    NotificationReceiver::new(&engine, |_| panic!("receiver")).unwrap();
    let told = Rc::new(Cell::new(0));
    for _ in 0..3 { let t = told.clone(); drop(engine.remote(&public(), &target()).get([NAME]).add_both(move |_| t.set(t.get() + 1))); }
    simulation.run(Duration::from_millis(1));
    let link = links.borrow()[0].clone();
    let peer = link.peer(Address::Udp("192.0.2.7:99".parse().unwrap()));
    simulation.reactor().call_later(Duration::ZERO, move || {
        link.received(&peer, None, &trap);
        link.received(&peer, None, &trap);
        link.closed();
    });
    simulation.run(Duration::from_millis(1));
    eprintln!("{log:?}");
    assert_eq!(told.get(), 3);
}

#[test]
fn responders_that_change_the_registry_while_they_run() {
    let mut simulation = Simulation::new(Wire::new(1));
    let agent = simulation.engine([192, 0, 2, 1]);
    agent.add_v1_system("a", "public");
    agent.listen_udp("192.0.2.1:161".parse().unwrap()).unwrap();
    let slot: Rc<RefCell<Option<RegisteredResponder>>> = Rc::default();
    fn make(agent: SnmpEngine, slot: Rc<RefCell<Option<RegisteredResponder>>>, n: i32) -> CommandResponder {
        let mut tree = MibTree::new();
        tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::dynamic(move || {
            let old = slot.borrow_mut().take().unwrap();
            assert!(agent.register_responder(CommandResponder::new(MibTree::new(), OpenAccess)).is_err());
            assert!(old.close());
            assert!(!old.close());
            let new = agent.register_responder(make(agent.clone(), slot.clone(), n + 1)).unwrap();
            let _ = format!("{new:?} {old:?} {agent:?}");
            slot.replace(Some(new));
            n
        })).unwrap();
        CommandResponder::new(tree, OpenAccess)
    }
    slot.replace(Some(agent.register_responder(make(agent.clone(), slot.clone(), 0)).unwrap()));
    let manager = simulation.engine([192, 0, 2, 2]);
    for n in 0..5 {
        let get = manager.remote(&public(), &target()).get([NAME]);
        let r = simulation.block_on(get).map(|r| text(&r)).map_err(|e| e.to_string());
        assert_eq!(r, Ok(n.to_string()));
    }
    slot.borrow().as_ref().unwrap().close();
    slot.take();
}

#[test]
fn receivers_that_change_while_they_run() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    engine.add_v1_system("a", "public");
    engine.listen_udp("192.0.2.1:162".parse().unwrap()).unwrap();
    let slot: Rc<RefCell<Option<NotificationReceiver>>> = Rc::default();
    let count = Rc::new(Cell::new(0));
    fn put(engine: &SnmpEngine, slot: Rc<RefCell<Option<NotificationReceiver>>>, count: Rc<Cell<i32>>) -> NotificationReceiver {
        let e = engine.clone();
        let s = slot;
        NotificationReceiver::new(engine, move |_| {
            count.set(count.get() + 1);
            let old = s.borrow_mut().take().unwrap();
            old.close();
            old.close();
            let new = put(&e, s.clone(), count.clone());
            s.replace(Some(new));
        }).unwrap()
    }
    let first = put(&engine, slot.clone(), count.clone());
    slot.replace(Some(first));
    let manager = simulation.engine([192, 0, 2, 2]);
    let to = UdpTransportTarget::new(("192.0.2.1", 162));
    for kind in [NotifyType::Trap, NotifyType::Inform, NotifyType::Trap, NotifyType::Inform] {
        let d = send_notification(&manager, &public(), &to, &ContextData::default(), kind, NotificationType::new("SNMPv2-MIB::coldStart"));
        simulation.block_on(d).unwrap();
        simulation.run(SECOND);
    }
    assert_eq!(count.get(), 4);
    // the receiver closes its engine, several wait
    let e = engine.clone();
    let s = slot.take().unwrap();
    s.close();
    let seen = Rc::new(Cell::new(0));
    let c = seen.clone();
    NotificationReceiver::new(&engine, move |_| { c.set(c.get() + 1); e.close(); }).unwrap();
    for _ in 0..5 { drop(trap_to(&manager, &to)); }
    simulation.run(SECOND);
    assert_eq!(seen.get(), 1);
}

#[test]
fn one_blocks_for_ever() {
    let mut simulation = Simulation::new(Wire::new(1));
    let blocked = Rc::new(Cell::new(0));
    let b = blocked.clone();
    let (engine, _log) = hostile(&simulation, |_| (), move |me, what, m| {
        if what == "push" {
            let (m, o) = m.unwrap();
            if m.peer.address.socket_addr().unwrap().is_ipv4() { b.set(b.get() + 1); me.link.take_back(m, o); }
            else {
                let mut answer = o.to_vec();
                let at = answer.iter().position(|x| *x == 0xa0).unwrap();
                answer[at] = 0xa2;
                me.link.received(&m.peer, None, &answer);
                me.link.batch_received();
            }
        }
    });
    let told = Rc::new(RefCell::new(Vec::new()));
    let mut all = Vec::new();
    for n in 0..50 {
        let v4 = UdpTransportTarget::new(("192.0.2.1", 161)).timeout(SECOND * 10).retries(0);
        let v6 = UdpTransportTarget::new(("2001:db8::1", 161)).timeout(SECOND * 10).retries(0);
        for (is4, t) in [(true, v4), (false, v6)] {
            let told = told.clone();
            all.push(engine.remote(&public(), &t).get([NAME]).add_both(move |r: Result<Response, SnmpError>| told.borrow_mut().push((is4, n, r.is_ok()))));
        }
    }
    simulation.run(SECOND);
    assert_eq!(told.borrow().len(), 50);
    simulation.run(SECOND * 20);
    assert_eq!(told.borrow().len(), 100);
    eprintln!("{}", blocked.get());
}

#[test]
fn opens_that_fail_now_and_then() {
    struct Flaky { n: Cell<u32>, inner: HostileNet }
    impl Network for Flaky {
        fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
            self.n.set(self.n.get() + 1);
            match self.n.get() % 3 {
                0 => self.inner.open(opening, link),
                1 => { link.block(); Err(OpenError::refused(opening.address(), std::io::ErrorKind::Other)) }
                _ => { link.received(&link.peer(opening.address().clone()), None, b"x"); panic!("open") }
            }
        }
    }
    let mut simulation = Simulation::new(Wire::new(1));
    let network = Flaky { n: Cell::new(0), inner: HostileNet { plan: Rc::new(|me, _, m| if let Some((m, _)) = m { let _ = m; me.link.closed() }), opening: Rc::new(|_| ()), log: Rc::default() } };
    let engine = SnmpEngine::with_network(simulation.reactor(), EngineConfig::with_seed(5), network);
    let mut kinds = std::collections::BTreeMap::new();
    for _ in 0..30 {
        let get = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| engine.remote(&public(), &target()).get([NAME])));
        let r = match get { Ok(get) => simulation.block_on(get).map(drop).map_err(|e| e.to_string()), Err(_) => Err("panic".into()) };
        *kinds.entry(format!("{r:?}")).or_insert(0) += 1;
    }
    eprintln!("{kinds:?}");
}

#[test]
fn descriptors_with_passes() {
    let mut reactor = deferred_snmp::reactor::Reactor::new().unwrap();
    let count = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    let engine = SnmpEngine::new(&reactor.handle());
    let before = count();
    for _ in 0..3_000 {
        engine.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
        engine.send_from("127.0.0.1:0".parse().unwrap()).unwrap();
        engine.close();
        reactor.iterate(Some(Duration::ZERO)).unwrap();
    }
    eprintln!("{before} {}", count());
}

#[test]
fn seventy_thousand_opens() {
    let mut simulation = Simulation::new(Wire::new(1));
    let engine = simulation.engine([192, 0, 2, 1]);
    let manager = simulation.engine([192, 0, 2, 2]);
    serve(&engine, "192.0.2.1:161");
    for _ in 0..70_000 {
        manager.send_from("0.0.0.0:0".parse().unwrap()).unwrap();
        manager.close();
    }
    let get = manager.remote(&public(), &target()).get([NAME]);
    assert_eq!(simulation.block_on(get).map(|r| text(&r)).map_err(|e| e.to_string()), Ok("example".into()));
}

#[test]
fn stale_links_do_nothing_to_others() {
    let mut simulation = Simulation::new(Wire::new(1));
    let links = Rc::new(RefCell::new(Vec::new()));
    let l = links.clone();
    let (engine, log) = hostile(&simulation, move |link| l.borrow_mut().push(link.clone()), |_, _, _| ());
    for _ in 0..65_537 { engine.send_from("192.0.2.2:0".parse().unwrap()).unwrap(); engine.close(); if links.borrow().len() > 1 { links.borrow_mut().truncate(1); } }
    engine.send_from("192.0.2.2:0".parse().unwrap()).unwrap();
    let get = engine.remote(&public(), &target()).get([NAME]);
    links.borrow()[0].closed();
    let r = simulation.block_on(get).map(drop).map_err(|e| e.to_string());
    log.borrow_mut().clear();
    eprintln!("{r:?}");
    assert!(r.unwrap_err().contains("No SNMP"));
}


struct Tokens(Vec<(&'static str, std::rc::Weak<()>)>);
impl Tokens { fn make(&mut self, what: &'static str) -> Rc<()> { let t = Rc::new(()); self.0.push((what, Rc::downgrade(&t))); t } }

#[test]
fn dropped_with_everything_under_way() {
    let fds = || std::fs::read_dir("/proc/self/fd").unwrap().count();
    for seed in 0..20 {
        let before = fds();
        let mut tokens = Tokens(Vec::new());
        let mut simulation = Simulation::new(Wire::new(seed));
        let agent = simulation.engine([192, 0, 2, 1]);
        serve(&agent, "192.0.2.1:161");
        let t = tokens.make("receiver");
        NotificationReceiver::new(&agent, move |_| { let _ = &t; }).unwrap();
        let t = tokens.make("observer");
        agent.observe(move |_| { let _ = &t; });
        let manager = simulation.engine([192, 0, 2, 2]);
        let remote = manager.remote(&public(), &target());
        let t = tokens.make("get");
        drop(remote.get([NAME]).add_both(move |_| { let _ = &t; }));
        let t = tokens.make("walk");
        drop(remote.walk([NAME]).collect().add_both(move |_| { let _ = &t; }));
        let t = tokens.make("call");
        simulation.reactor().call_later(SECOND, move || { let _ = &t; });
        let t = tokens.make("loop");
        let r2 = remote.clone();
        let poll = LoopingCall::new(simulation.reactor(), move || { let _ = &t; r2.get([NAME]).map(drop) });
        drop(poll.start(SECOND, true));
        drop(poll);
        let t = tokens.make("coroutine");
        let (h, r3) = (simulation.reactor().clone(), remote.clone());
        drop(simulation.reactor().inline_callbacks(async move { for _ in 0..10 { let _ = &t; let _ = r3.get([NAME]).await; sleep(&h, SECOND).await?; } Ok::<(), deferred_snmp::deferred::Failure>(()) }));
        let t = tokens.make("trigger");
        simulation.reactor().add_system_event_trigger(deferred_snmp::reactor::TriggerPhase::Before, deferred_snmp::reactor::SystemEvent::Shutdown, move || { let _ = &t; });
        let t = tokens.make("trap");
        drop(trap_to(&manager, &target()).add_both(move |_| { let _ = &t; }));
        let t = tokens.make("inform");
        drop(send_notification(&manager, &public(), &UdpTransportTarget::new(("192.0.2.77", 1)), &ContextData::default(), NotifyType::Inform, NotificationType::new("SNMPv2-MIB::coldStart")).add_both(move |_| { let _ = &t; }));
        simulation.run(Duration::from_millis(seed * 300));
        if seed % 2 == 0 { drop(simulation); drop(agent); drop(manager); drop(remote); } else { drop(remote); drop(manager); drop(agent); drop(simulation); }
        let left: Vec<_> = tokens.0.iter().filter(|(_, t)| t.strong_count() > 0).map(|(w, _)| *w).collect();
        eprintln!("{seed} {before} {} {left:?}", fds());
    }
}

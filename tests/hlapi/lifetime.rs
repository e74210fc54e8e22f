//! How operations end otherwise: cancelled, with the engine closed or let go of, with the reactor gone.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Duration;

use deferred_snmp::access::{AccessControl, AccessDecision, AccessRequest};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Interrupt, reset_reporter, set_reporter};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::MibTree;
use deferred_snmp::reactor::Handle;
use deferred_snmp::smi::OidRef;
use util::agent;
use util::manager::{Manager, settle, turn_until};
use util::ports::own_address;
use util::raw::{self, Asked};

const NAME: &str = "1.3.6.1.2.1.1.5.0";

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

fn get(engine: &SnmpEngine, target: &UdpTransportTarget) -> Deferred<Response, SnmpError> {
    get_cmd(engine, &v2c(), target, &ContextData::default(), [NAME])
}

/// A peer that listens and says nothing.
fn mute(reactor: &Handle) -> UdpTransportTarget {
    let address = raw::listen(reactor, |_| Vec::new());
    UdpTransportTarget::from(address).timeout(Duration::from_millis(20))
}

fn is_abandoned<T>(outcome: &Result<T, SnmpError>) -> bool {
    matches!(outcome, Err(SnmpError::Interrupt(Interrupt::Abandoned)))
}

fn is_cancelled<T>(outcome: &Result<T, SnmpError>) -> bool {
    matches!(outcome, Err(SnmpError::Interrupt(Interrupt::Cancelled)))
}

/// Keeps what nobody handled on this thread; the test ends with looking at it.
struct Unhandled(Rc<RefCell<Vec<String>>>);

impl Unhandled {
    fn watch() -> Self {
        let texts = Rc::new(RefCell::new(Vec::new()));
        let found = Rc::clone(&texts);
        set_reporter(move |unhandled| found.borrow_mut().push(unhandled.to_string()));
        Self(texts)
    }

    fn none(self) {
        reset_reporter();
        assert_eq!(*self.0.borrow(), [""; 0]);
    }
}

/// An access control that tells, by living, whether the engine that holds it lives.
struct Token(#[expect(dead_code, reason = "its life is all that matters")] Rc<()>);

impl AccessControl for Token {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, _: OidRef<'_>) -> AccessDecision {
        AccessDecision::Allowed
    }
}

fn token(engine: &SnmpEngine) -> Weak<()> {
    let token = Rc::new(());
    let weak = Rc::downgrade(&token);
    let responder = CommandResponder::new(MibTree::new(), Token(token));
    // Beside the one that serves.
    let registered = engine.register_responder_within(ContextScope::any_engine(), responder);
    registered.expect("the only one");
    weak
}

#[test]
fn cancelling_stops_the_retries_at_once() {
    let unhandled = Unhandled::watch();
    let mut manager = Manager::new();
    let target = mute(&manager.reactor.handle());
    let deferred = get(&manager.engine, &target);
    let engine = manager.engine.clone();
    turn_until(&mut manager.reactor, || {
        engine.statistics().retransmissions >= 1
    });
    let ended = Rc::new(Cell::new(false));
    let at_once = Rc::clone(&ended);
    let deferred = deferred.add_both(move |outcome| {
        at_once.set(is_cancelled(&outcome));
        Ok(())
    });
    assert!(deferred.cancel());
    assert!(ended.get(), "the errback runs inside of cancel");
    let sent = engine.statistics().out_pkts;

    // meanwhile another request goes through all its tries
    let outcome = manager.settle(get(&engine, &target));
    assert!(outcome.expect_err("no answer").is_timeout());
    let statistics = engine.statistics();
    assert!(statistics.out_pkts <= sent + 6, "six tries and no more");
    assert_eq!((statistics.timeouts, statistics.responses), (1, 0));
    unhandled.none();
}

#[test]
fn a_request_that_was_never_sent_can_be_cancelled_and_costs_no_datagram() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let deferred = get(&manager.engine, &address.into());
    assert!(deferred.cancel());
    assert!(is_cancelled(&manager.settle(deferred)));
    manager.succeed(get(&manager.engine, &address.into()));
    assert_eq!(agent.statistics().in_pkts, 1);
    assert_eq!(manager.engine.statistics().out_pkts, 1);
}

#[test]
fn an_answer_after_the_cancellation_is_counted_and_dropped() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let deferred = get(&manager.engine, &address.into());
    turn_until(&mut manager.reactor, || agent.statistics().in_pkts == 1);
    let engine = manager.engine.clone();
    assert!(deferred.cancel());
    turn_until(&mut manager.reactor, || {
        engine.statistics().late_responses == 1
    });
    assert_eq!(engine.statistics().responses, 0);
    assert!(is_cancelled(&manager.settle(deferred)));
}

#[test]
fn a_pending_request_keeps_its_engine_and_an_ended_one_does_not() {
    let unhandled = Unhandled::watch();
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (_agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let engine = SnmpEngine::new(&reactor);
    let lives = token(&engine);
    let deferred = get(&engine, &address.into());
    drop(engine);
    let response = manager.succeed(deferred);
    assert_eq!(response.iter().count(), 1);
    drop(response);
    // the pass that is under way may hold it until its end
    turn_until(&mut manager.reactor, || lives.strong_count() == 0);

    // one that is not answered, likewise
    let engine = SnmpEngine::new(&reactor);
    let lives = token(&engine);
    let deferred = get(&engine, &mute(&reactor).retries(1));
    drop(engine);
    assert!(
        manager
            .settle(deferred)
            .expect_err("no answer")
            .is_timeout()
    );
    turn_until(&mut manager.reactor, || lives.strong_count() == 0);

    // one that is given up together with the engine
    let engine = SnmpEngine::new(&reactor);
    let lives = token(&engine);
    let deferred = get(&engine, &mute(&reactor));
    drop(engine);
    deferred.cancel();
    assert!(is_cancelled(&manager.settle(deferred)));
    turn_until(&mut manager.reactor, || lives.strong_count() == 0);
    unhandled.none();
}

#[test]
fn the_deferred_that_nobody_holds_is_fired_all_the_same() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (_agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let fired = Rc::new(Cell::new(0));
    let count = Rc::clone(&fired);
    drop(get(&manager.engine, &address.into()).map(move |_| count.set(count.get() + 1)));
    turn_until(&mut manager.reactor, || fired.get() == 1);
}

#[test]
fn a_reactor_that_goes_abandons_what_is_pending_and_leaks_nothing() {
    let unhandled = Unhandled::watch();
    let outcomes = Rc::new(RefCell::new(Vec::new()));
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let target = mute(&reactor);
    let auth = v2c();
    let context = ContextData::default();
    let clients = token(&manager.engine);
    let servers = token(&agent);
    for _ in 0..3 {
        let outcomes = Rc::clone(&outcomes);
        get(&manager.engine, &target).add_both(move |outcome| {
            outcomes.borrow_mut().push(is_abandoned(&outcome));
            Ok(())
        });
    }
    let walk = walk_cmd(&manager.engine, &auth, &target, &context, ["1.3"]);
    let walked = Rc::clone(&outcomes);
    walk.collect().add_both(move |outcome| {
        walked.borrow_mut().push(is_abandoned(&outcome));
        Ok(())
    });
    manager.succeed(get(&manager.engine, &address.into()));
    drop(agent);
    assert_eq!(
        servers.strong_count(),
        1,
        "a port that serves keeps its engine"
    );

    let Manager { reactor, engine } = manager;
    drop(reactor);
    assert_eq!(*outcomes.borrow(), [true; 4]);
    assert_eq!(servers.strong_count(), 0);

    // the engine is of no use without its reactor, and says so
    let late = get(&engine, &target);
    assert!(late.is_fired());
    let text = Rc::new(RefCell::new(String::new()));
    let said = Rc::clone(&text);
    late.add_both(move |outcome| {
        *said.borrow_mut() = outcome.expect_err("no reactor").to_string();
        Ok::<_, SnmpError>(())
    });
    assert_ne!(*text.borrow(), "");
    drop(engine);
    assert_eq!(clients.strong_count(), 0);
    unhandled.none();
}

#[test]
fn the_shutdown_of_the_reactor_does_the_same() {
    let unhandled = Unhandled::watch();
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let outcome = Rc::new(Cell::new(None));
    let told = Rc::clone(&outcome);
    let stop = reactor.clone();
    let peer = raw::listen(&reactor, move |_| {
        stop.stop().expect("it runs");
        Vec::new()
    });
    get(&manager.engine, &peer.into()).add_both(move |result| {
        told.set(Some(is_abandoned(&result)));
        Ok(())
    });
    manager.reactor.run().expect("it runs and stops");
    assert_eq!(outcome.get(), Some(true));
    unhandled.none();
}

#[test]
fn close_abandons_what_is_pending_and_the_engine_can_go_on() {
    let unhandled = Unhandled::watch();
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let own = own_address().to_string();
    let (agent, address) = agent::serve(&reactor, &own, agent::tree());
    let engine = manager.engine.clone();
    manager.succeed(get(&engine, &address.into()));
    let target = mute(&reactor);
    let pending = [get(&engine, &target), get(&engine, &target)];
    turn_until(&mut manager.reactor, || engine.statistics().out_pkts >= 3);
    engine.close();
    for deferred in pending {
        assert!(deferred.is_fired());
        assert!(is_abandoned(&manager.settle(deferred)));
    }
    let sent = engine.statistics().out_pkts;
    // at once, when the former port is still being closed; and while another waits in vain
    manager.succeed(get(&engine, &address.into()));
    let outcome = manager.settle(get(&engine, &target));
    assert!(outcome.expect_err("no answer").is_timeout());
    let sent_since = engine.statistics().out_pkts - sent;
    assert!(sent_since <= 1 + 6, "one, and six tries: {sent_since}");

    agent.close();
    let patience = UdpTransportTarget::from(address).timeout(Duration::from_millis(20));
    let outcome = manager.settle(get(&engine, &patience.clone().retries(1)));
    assert!(outcome.expect_err("nobody listens").is_timeout());
    // an engine that has been closed can listen again
    agent.listen_udp(address).expect("the port is free again");
    manager.succeed(get(&engine, &patience.timeout(Duration::from_secs(5))));
    unhandled.none();
}

#[test]
fn a_callback_may_do_anything_with_the_engine() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (_agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let target = UdpTransportTarget::from(address);
    let engine = manager.engine.clone();
    let waiting = get(&engine, &mute(&reactor));
    let cancel = waiting.cancel_handle();
    let (inner, again) = (engine.clone(), target.clone());
    let chain = get(&engine, &target).add_callback(move |_| {
        cancel.cancel();
        assert!(inner.statistics().responses > 0);
        let once_more = get(&inner, &again);
        inner.close();
        // abandoned by that
        once_more.add_both(move |outcome| {
            assert!(is_abandoned(&outcome));
            get(&inner, &again)
        })
    });
    let response = manager.succeed(chain);
    assert_eq!(response.iter().count(), 1);
    assert!(is_cancelled(&manager.settle(waiting)));

    // one that panics ends its own chain and no other
    let panicking = get(&engine, &target).add_callback(|_| -> Result<(), SnmpError> {
        panic!("a callback of the test");
    });
    let other = get(&engine, &target);
    let outcome = manager.settle(panicking);
    let error = outcome.expect_err("a panic").to_string();
    assert_eq!(error, "panicked: a callback of the test");
    manager.succeed(other);
}

#[test]
fn two_engines_on_one_reactor_are_strangers() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (first, at_first) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    let (second, at_second) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    // each is manager and agent at once, and they ask one another
    let asked_second = get(&first, &at_second.into());
    let asked_first = get(&second, &at_first.into());
    // one may even ask itself
    let asked_itself = get(&first, &at_first.into());
    for deferred in [asked_first, asked_second, asked_itself] {
        let response = manager.succeed(deferred);
        let line = response.iter().next().map(|v| v.to_string());
        assert_eq!(line.as_deref(), Some("SNMPv2-MIB::sysName.0 = example"));
    }
    assert_eq!(first.statistics().responses, 2);
    assert_eq!(second.statistics().responses, 1);
    first.close();
    manager.succeed(get(&manager.engine, &at_second.into()));
}

#[test]
fn a_target_and_its_clones_are_shared_and_their_name_is_looked_up() {
    let mut manager = Manager::new();
    let reactor = manager.reactor.handle();
    let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", agent::tree());
    // what localhost means first is the system's affair; without IPv6 this fails, rightly
    let _ = agent.listen_udp(([0, 0, 0, 0, 0, 0, 0, 1], address.port()).into());
    let target = UdpTransportTarget::new(("localhost", address.port()));
    assert_eq!(target.to_string(), format!("localhost:{}", address.port()));
    let impatient = target.clone().timeout(Duration::from_secs(5)).retries(0);
    let other = SnmpEngine::new(&reactor);
    let deferreds = [
        get(&manager.engine, &target),
        get(&manager.engine, &impatient),
        get(&other, &target),
    ];
    let cancelled = get(&manager.engine, &target);
    let walk = walk_cmd(&other, &v2c(), &target, &ContextData::default(), ["1.3"]);
    let walk = walk.max_rows(3).collect();
    cancelled.cancel();
    assert!(is_cancelled(&settle(&mut manager.reactor, cancelled)));
    for deferred in deferreds {
        assert_eq!(manager.succeed(deferred).iter().count(), 1);
    }
    assert_eq!(manager.succeed(walk).len(), 3);
    assert_ne!(target.to_string(), format!("localhost:{}", address.port()));
    assert_eq!(target.to_string(), impatient.to_string());
}

#[test]
fn an_answer_may_come_in_an_order_of_its_own() {
    let mut manager = Manager::new();
    let mut held = Vec::new();
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        held.insert(0, Asked::new(datagram).answer(|_| ()));
        match held.len() {
            10 => std::mem::take(&mut held),
            _ => Vec::new(),
        }
    });
    let target = UdpTransportTarget::from(peer);
    let (auth, context) = (v2c(), ContextData::default());
    let deferreds: Vec<_> = (1..=10)
        .map(|number| {
            let name = format!("1.3.6.1.{number}");
            (
                name.clone(),
                get_cmd(&manager.engine, &auth, &target, &context, [name]),
            )
        })
        .collect();
    for (name, deferred) in deferreds {
        let response = manager.succeed(deferred);
        let answered: Vec<_> = response.iter().map(|v| v.name().to_string()).collect();
        assert_eq!(answered, [name]);
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "standing still takes a clock to know when it is enough"
)]
fn an_answer_that_lies_in_the_socket_counts_after_a_standstill() {
    let mut manager = Manager::new();
    let timeout = Duration::from_millis(20);
    let address = raw::listen(&manager.reactor.handle(), move |request| {
        // The whole program stands still beyond the time-out, and has been answered meanwhile.
        let began = std::time::Instant::now();
        while began.elapsed() < timeout * 3 {
            std::hint::spin_loop();
        }
        vec![Asked::new(request).answer(|_| {})]
    });
    let target = UdpTransportTarget::from(address)
        .timeout(timeout)
        .retries(0);
    let answered = get(&manager.engine, &target);
    manager.succeed(answered);
}

//! The time of an operation on a host name.

use std::cell::RefCell;
use std::net::Ipv4Addr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use crossbeam_channel::{Sender, unbounded};

use super::*;
use crate::deferred::Deferred;
use crate::hlapi::{
    CommunityData, ContextData, NotifyType, SnmpEngine, SnmpError, get_cmd, send_notification,
    walk_cmd,
};
use crate::message::CommunityMessage;
use crate::pdu::{PduBody, PduKind};
use crate::reactor::{Handle, Reactor};
use crate::smi::{ObjectIdentifier, ValueRef};

/// An agent that says nothing by itself, behind a name that is found when the test says so.
struct Silent {
    reactor: Reactor,
    engine: SnmpEngine,
    socket: Socket,
    target: UdpTransportTarget,
    found: Sender<()>,
}

#[expect(
    clippy::disallowed_types,
    reason = "an agent that is not one of this reactor's"
)]
type Socket = std::net::UdpSocket;

fn resolve(target: &UdpTransportTarget, handle: &Handle) -> Deferred<Address, SnmpError> {
    target.place.resolve(handle, target.options)
}

const LONG: Duration = Duration::from_secs(3_600);

impl Silent {
    fn new() -> Self {
        let reactor = Reactor::new().expect("a reactor");
        let socket = Socket::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = socket.local_addr().expect("its address").port();
        let (found, is_found) = unbounded();
        reactor.handle().look_up_by(Arc::new(move |_: &str| {
            let _ = is_found.recv();
            Ok((Ipv4Addr::LOCALHOST, 0).into())
        }));
        let engine = SnmpEngine::new(&reactor.handle());
        let target = UdpTransportTarget::new(("agent.example", port));
        Self {
            engine,
            reactor,
            socket,
            target: target.timeout(LONG).retries(0),
            found,
        }
    }

    /// Begins an operation within a pass, and gives the time when it is over while the name is looked up.
    fn begin(&mut self, begin: impl FnOnce(&SnmpEngine, &UdpTransportTarget) + 'static) -> Instant {
        let over_at = Rc::new(Cell::new(None));
        let (engine, target, place) = (self.engine.clone(), self.target.clone(), over_at.clone());
        self.reactor.handle().call_later(Duration::ZERO, move || {
            begin(&engine, &target);
            place.set(only_deadline(engine.reactor()));
        });
        self.turn_until(|| over_at.get().is_some());
        over_at.get().expect("set")
    }

    fn turn_until(&mut self, mut done: impl FnMut() -> bool) {
        while !done() {
            self.reactor.turn().expect("a pass");
        }
    }

    /// The next message that the engine sends.
    fn received(&mut self) -> (Vec<u8>, SocketAddr) {
        let mut buffer = [0; 1_500];
        self.socket.set_nonblocking(true).expect("a socket");
        let mut received = None;
        let socket = self.socket.try_clone().expect("the socket");
        self.turn_until(|| {
            received = socket.recv_from(&mut buffer).ok();
            received.is_some()
        });
        let (len, from) = received.expect("received");
        (buffer[..len].to_vec(), from)
    }

    /// When the request that is under way is over.
    fn deadline(&self) -> Option<Instant> {
        self.engine.session().next_deadline()
    }
}

fn only_deadline(handle: &Handle) -> Option<Instant> {
    let calls = handle.delayed_calls();
    assert!(calls.len() <= 1, "{calls:?}");
    calls.first().map(crate::reactor::DelayedCall::time)
}

/// The answer to a GETNEXT: the name with a 1 behind it.
fn next(request: &[u8]) -> Vec<u8> {
    let message = CommunityMessage::decode(request).expect("a request");
    let PduBody::Pdu(pdu) = message.pdu else {
        panic!("{message}");
    };
    let mut pdu = pdu.to_owned();
    pdu.kind = PduKind::Response;
    let asked = std::mem::take(&mut pdu.var_binds);
    let name: ObjectIdentifier = format!("{}.1", asked.get(0).expect("a name").name)
        .parse()
        .expect("a longer name");
    pdu.var_binds.push(name.as_ref(), ValueRef::Integer(1));
    let mut out = Vec::new();
    CommunityMessage::new(message.version, message.community, &pdu).encode(&mut out);
    out
}

#[test]
fn a_request_is_over_when_it_would_be_without_a_look_up() {
    let mut agent = Silent::new();
    let over_at = agent.begin(|engine, target| {
        let (auth, context) = (CommunityData::new("public"), ContextData::default());
        let get = get_cmd(engine, &auth, target, &context, ["1.3.6.1.2.1.1.1.0"]);
        drop(get.map(|_| ()));
    });
    agent.found.send(()).expect("looked for");
    agent.received();
    assert_eq!(agent.deadline(), Some(over_at));
    assert_eq!(agent.engine.statistics().requests, 1);
}

#[test]
fn a_name_that_is_found_too_late_is_told_and_nothing_is_sent() {
    let mut agent = Silent::new();
    let hasty = agent.target.clone().timeout(Duration::from_nanos(1));
    agent.target = hasty.retries(0);
    let error = Rc::new(RefCell::new(None));
    let place = error.clone();
    agent.begin(move |engine, target| {
        let (auth, context) = (CommunityData::new("public"), ContextData::default());
        let trap = "1.3.6.1.6.3.1.1.5.1";
        let trap = send_notification(engine, &auth, target, &context, NotifyType::Trap, trap);
        drop(trap.add_both(move |result| {
            place.replace(result.err());
            Ok::<(), SnmpError>(())
        }));
    });
    agent.turn_until(|| error.borrow().is_some());
    let told = error.take().expect("an error").to_string();
    assert_eq!(
        told,
        "unknown host \"agent.example\": no answer from the resolver in 1ns"
    );
    agent.found.send(()).expect("looked for");
    assert_eq!(agent.engine.statistics().requests, 0);
}

#[test]
fn the_first_request_of_a_walk_shares_its_time_and_the_others_have_their_own() {
    let mut agent = Silent::new();
    let over_at = agent.begin(|engine, target| {
        let (auth, context) = (CommunityData::new("public"), ContextData::default());
        let walk = walk_cmd(engine, &auth, target, &context, ["1.3.6.1"]);
        drop(walk.for_each(|_| {}));
    });
    agent.found.send(()).expect("looked for");
    let (first, from) = agent.received();
    assert_eq!(agent.deadline(), Some(over_at));
    agent.socket.send_to(&next(&first), from).expect("sent");
    let (second, _) = agent.received();
    assert!(next(&second).len() > next(&first).len());
    assert!(agent.deadline() > Some(over_at));
}

#[test]
fn clones_with_other_patience_do_not_wait_for_one_another() {
    let mut agent = Silent::new();
    let over_at = agent.begin(|engine, target| drop(resolve(target, engine.reactor())));
    let hasty = agent.target.clone().timeout(Duration::from_nanos(1));
    let told = Rc::new(Cell::new(false));
    let is_told = told.clone();
    let resolved = resolve(&hasty, agent.engine.reactor());
    drop(resolved.add_errback(move |error| {
        is_told.set(true);
        Err(error)
    }));
    agent.turn_until(|| told.get());
    assert_eq!(only_deadline(agent.engine.reactor()), Some(over_at));
    agent.found.send(()).expect("looked for");
    let target = agent.target.clone();
    agent.turn_until(|| target.place.address().is_some());
    assert_eq!(hasty.place.address(), target.place.address());
}

#[test]
fn an_address_with_its_interface_is_no_name_to_look_up() {
    for host in ["fe80::1%1", "[fe80::1%1]"] {
        let mut reactor = Reactor::new().expect("a reactor");
        let refused = |name: &str| Err(name.into());
        reactor.handle().look_up_by(Arc::new(refused));
        let target = UdpTransportTarget::new((host, 1161));
        assert_eq!(target.to_string(), "[fe80::1%1]:1161");
        let outcome = Rc::new(RefCell::new(None));
        let place = outcome.clone();
        let lookup = resolve(&target, &reactor.handle());
        drop(lookup.add_both(move |found| *place.borrow_mut() = Some(found.ok())));
        while outcome.borrow().is_none() {
            reactor.turn().expect("a pass");
        }
        let expected = "[fe80::1%1]:1161".parse().ok().map(Address::Udp);
        assert_eq!(outcome.take(), Some(expected.clone()));
        assert_eq!(target.place.address(), expected);
    }
}

//! Listening and connecting, and what keeps that from succeeding.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use super::actor::{Actor, LIMIT, Told, join, listen, loopback, pair};
use deferred_snmp::deferred::{Deferred, Interrupt};
use deferred_snmp::reactor::{ConnectError, ConnectionLost, Protocol, Reactor, Transport};
use socket2::{Domain, Socket, Type};
use util::loops::{Log, ms, reactor, reports, turn_until};
use util::nobody::Nobody;

/// Connects, and gives how that ended.
fn outcome(
    reactor: &mut Reactor,
    connected: Deferred<Transport, ConnectError>,
) -> Result<Transport, ConnectError> {
    let place = Rc::new(RefCell::new(None));
    let result = place.clone();
    drop(connected.add_both(move |outcome| {
        *result.borrow_mut() = Some(outcome);
    }));
    turn_until(reactor, || place.borrow().is_some());
    place.take().expect("settled")
}

#[test]
fn both_sides_know_both_addresses_and_the_port_is_real() {
    for local in ["127.0.0.1:0", "[::1]:0"] {
        let mut reactor = reactor();
        let server = Rc::new(Actor::default());
        let accepted = server.clone();
        let peers = Rc::new(Cell::new(None));
        let seen = peers.clone();
        let local: SocketAddr = local.parse().expect("an address");
        let port = reactor.handle().listen_tcp(local, move |peer| {
            seen.set(Some(peer));
            let protocol: Rc<dyn Protocol> = accepted.clone();
            Some(protocol)
        });
        let port = port.expect("bound");
        assert_ne!(port.local_addr().port(), 0);
        let client = Rc::new(Actor::default());
        let connected = reactor
            .handle()
            .connect_tcp(port.local_addr(), LIMIT, client.clone());
        let transport = outcome(&mut reactor, connected).expect("connected");
        assert_eq!(client.log.events(), ["Made"], "before the Deferred fires");
        turn_until(&mut reactor, || server.log.len() == 1);
        let other = server.transport();
        assert_eq!(transport.peer_addr(), port.local_addr());
        assert_eq!(transport.local_addr(), other.peer_addr());
        assert_eq!(peers.get(), Some(transport.local_addr()));
        transport.write(b"question").expect("queued");
        turn_until(&mut reactor, || server.octets.get() == 8);
        other.write(b"answer").expect("queued");
        turn_until(&mut reactor, || client.octets.get() == 6);
        assert_eq!(*client.data.borrow(), b"answer");
    }
}

#[test]
fn an_address_that_is_taken_is_named() {
    let reactor = reactor();
    let port = listen(&reactor, &Rc::default());
    let taken = reactor.handle().listen_tcp(port.local_addr(), |_| None);
    let error = taken.expect_err("the address is taken");
    assert_eq!(error.addr, port.local_addr());
    assert_eq!(error.error.kind(), io::ErrorKind::AddrInUse);
}

/// A listening socket that has no room for one more connection: the system answers nothing.
struct Busy {
    address: SocketAddr,
    _sockets: Vec<Socket>,
}

impl Busy {
    fn new() -> Self {
        let socket = || Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        let listening = socket();
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        listening.bind(&any.into()).expect("bound");
        listening.listen(0).expect("it listens");
        let address = listening.local_addr().expect("an address");
        let mut sockets = vec![listening];
        for _ in 0..4 {
            let filling = socket();
            filling.set_nonblocking(true).expect("it does not block");
            // In progress, and for most of them for ever.
            let _ = filling.connect(&address);
            sockets.push(filling);
        }
        Self {
            address: address.as_socket().expect("of IPv4"),
            _sockets: sockets,
        }
    }
}

#[test]
fn refused_out_of_time_and_cancelled_are_told_apart() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let port = listen(&reactor, &Rc::default());
    let there = port.local_addr();
    let held = Nobody::tcp();
    let nobody = held.address;
    let client = Rc::new(Actor::default());

    let refused = handle.connect_tcp(nobody, LIMIT, client.clone());
    let error = outcome(&mut reactor, refused).expect_err("nobody listens");
    assert!(matches!(error, ConnectError::Refused(addr) if addr == nobody));
    assert!(error.to_string().contains(&nobody.to_string()), "{error}");

    let busy = Busy::new();
    let late = handle.connect_tcp(busy.address, ms(1), client.clone());
    let error = outcome(&mut reactor, late).expect_err("no answer");
    assert!(matches!(error, ConnectError::TimedOut(addr, Some(_)) if addr == busy.address));

    let cancelled = handle.connect_tcp(there, LIMIT, client.clone());
    let timers = handle.delayed_calls().len();
    assert!(cancelled.cancel());
    assert_eq!(
        handle.delayed_calls().len(),
        timers - 1,
        "its timer is gone"
    );
    let error = outcome(&mut reactor, cancelled).expect_err("cancelled");
    assert!(matches!(
        error,
        ConnectError::Interrupted(Interrupt::Cancelled)
    ));
    assert_eq!(
        client.log.len(),
        0,
        "a protocol never connected is told nothing"
    );
    assert_eq!(Rc::strong_count(&client), 1, "and is let go of");
}

#[test]
fn an_attempt_that_cannot_begin_is_an_error_of_the_deferred() {
    let mut reactor = reactor();
    let client = Rc::new(Actor::default());
    // The system refuses this one at once.
    let nowhere = SocketAddr::from(([255, 255, 255, 255], 9));
    let connected = reactor.handle().connect_tcp(nowhere, LIMIT, client);
    let error = outcome(&mut reactor, connected).expect_err("no such address");
    assert!(matches!(error, ConnectError::Io(addr, _) if addr == nowhere));
}

#[test]
fn a_connection_can_be_refused_by_whoever_makes_protocols_and_by_its_panic() {
    let reported = reports();
    for panics in [false, true] {
        let mut reactor = reactor();
        let port = reactor.handle().listen_tcp(loopback(), move |_| {
            assert!(!panics, "asked to fail");
            None
        });
        let port = port.expect("bound");
        let client = Rc::new(Actor::default());
        let connected = reactor
            .handle()
            .connect_tcp(port.local_addr(), LIMIT, client.clone());
        drop(connected);
        turn_until(&mut reactor, || client.is_over());
        assert!(matches!(
            *client.reason.borrow(),
            Some(ConnectionLost::Done)
        ));
        assert_eq!(client.log.events(), ["Made", "ReadLost", "Lost"]);
        assert!(port.is_listening());
        assert_eq!(reported.len(), usize::from(panics));
    }
}

#[test]
fn stop_listening_fires_for_everyone_who_asks_and_spares_connections() {
    let mut reactor = reactor();
    let (client, server) = (Rc::new(Actor::default()), Rc::new(Actor::default()));
    let port = join(&mut reactor, &client, &server);
    let log = Log::default();
    for _ in 0..2 {
        let closed = log.noting("closed");
        drop(port.stop_listening().add_callback(|()| closed()));
    }
    assert_eq!(log.len(), 0, "never inside the call");
    assert!(!port.is_listening());
    turn_until(&mut reactor, || log.len() == 2);
    let closed = log.noting("closed already");
    drop(port.stop_listening().add_callback(|()| closed()));
    assert_eq!(log.len(), 3);
    client.transport().write(b"still there").expect("queued");
    turn_until(&mut reactor, || server.octets.get() == 11);
    // The address is free again.
    let again = reactor.handle().listen_tcp(port.local_addr(), |_| None);
    again.expect("bound");
}

#[test]
fn two_hundred_connections_at_once() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let over = Rc::new(Cell::new(0));
    let (served, count) = (Rc::new(RefCell::new(Vec::new())), over.clone());
    let servers = served.clone();
    let port = handle.listen_tcp(loopback(), move |_| {
        let (server, count) = (Rc::new(Actor::default()), count.clone());
        let own = Rc::downgrade(&server);
        server.on(Told::Data, move |transport| {
            let data = own.upgrade().expect("alive").data.take();
            transport.write(&data).expect("queued");
        });
        server.on(Told::Lost, move |_| count.set(count.get() + 1));
        servers.borrow_mut().push(server.clone());
        Some(server)
    });
    let port = port.expect("bound");
    let clients: Vec<_> = (0..200u32)
        .map(|number| {
            let client = Rc::new(Actor::default());
            client.on(Told::Made, move |transport| {
                transport.write(&number.to_be_bytes()).expect("queued");
            });
            let own = Rc::downgrade(&client);
            client.on(Told::Data, move |transport| {
                if own.upgrade().expect("alive").octets.get() == 4 {
                    transport.lose_connection();
                }
            });
            drop(handle.connect_tcp(port.local_addr(), LIMIT, client.clone()));
            client
        })
        .collect();
    turn_until(&mut reactor, || {
        over.get() == 200 && clients.iter().all(|client| client.is_over())
    });
    for (number, client) in (0..200u32).zip(&clients) {
        assert_eq!(*client.data.borrow(), number.to_be_bytes());
        assert!(matches!(
            *client.reason.borrow(),
            Some(ConnectionLost::Done)
        ));
    }
    assert_eq!(served.borrow().len(), 200);
}

#[test]
fn shutdown_ends_what_is_open_and_what_is_being_made() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let (client, server) = (Rc::new(Actor::default()), Rc::new(Actor::default()));
    let port = join(&mut reactor, &client, &server);
    // What was written before the end still goes.
    let last = client.transport();
    handle.stop().expect("running");
    last.write(b"goodbye").expect("queued");
    let late = Rc::new(Actor::default());
    let attempt = handle.connect_tcp(port.local_addr(), LIMIT, late.clone());
    let attempts = Rc::new(RefCell::new(Vec::new()));
    let ended = attempts.clone();
    drop(attempt.add_both(move |outcome| ended.borrow_mut().push(outcome.map(drop))));
    reactor.run().expect("a run");
    for actor in [&client, &server] {
        assert!(matches!(
            *actor.reason.borrow(),
            Some(ConnectionLost::ReactorStopped)
        ));
        assert_eq!(actor.log.events(), ["Made", "Lost"]);
        assert_eq!(Rc::strong_count(actor), 1, "nothing is kept");
    }
    assert!(!port.is_listening());
    assert!(matches!(
        attempts.borrow()[..],
        [Err(ConnectError::Interrupted(Interrupt::Abandoned))]
    ));
    let refused = handle.connect_tcp(port.local_addr(), LIMIT, late);
    let error = outcome_now(refused).expect_err("the reactor has ended");
    assert!(matches!(error, ConnectError::Interrupted(_)));
}

fn outcome_now(connected: Deferred<Transport, ConnectError>) -> Result<Transport, ConnectError> {
    let place = Rc::new(RefCell::new(None));
    let result = place.clone();
    drop(connected.add_both(move |outcome| {
        *result.borrow_mut() = Some(outcome);
    }));
    place.take().expect("settled")
}

#[test]
fn a_reactor_dropped_with_connections_tells_nobody_and_keeps_nothing() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    client.transport().write(b"never sent").expect("queued");
    let handle = reactor.handle();
    let port = listen(&reactor, &server);
    let attempt = handle.connect_tcp(port.local_addr(), LIMIT, client.clone());
    drop(reactor);
    let error = outcome_now(attempt).expect_err("the reactor is gone");
    assert!(matches!(
        error,
        ConnectError::Interrupted(Interrupt::Abandoned)
    ));
    let transports = [client.transport.take(), server.transport.take()];
    for (actor, transport) in [client, server].iter().zip(transports) {
        assert_eq!(actor.log.events(), ["Made"]);
        assert!(!transport.expect("connected").is_connected());
        assert_eq!(Rc::strong_count(actor), 1);
    }
    assert!(!port.is_listening());
    assert!(handle.listen_tcp(loopback(), |_| None).is_err());
}

#[test]
fn a_protocol_that_panics_as_it_is_dropped_keeps_nobody_from_the_outcome() {
    struct Failing;
    impl Protocol for Failing {
        fn data_received(&self, _: &Transport, _: &[u8]) {}
        fn connection_lost(&self, _: ConnectionLost) {}
    }
    impl Drop for Failing {
        fn drop(&mut self) {
            panic!("asked to fail");
        }
    }
    let reported = reports();
    let mut reactor = reactor();
    let nobody = Nobody::tcp();
    let connecting = reactor
        .handle()
        .connect_tcp(nobody.address, LIMIT, Rc::new(Failing));
    let refused = outcome(&mut reactor, connecting);
    assert!(matches!(refused, Err(ConnectError::Refused(_))));
    assert!(reported.events()[0].contains("asked to fail"));
}

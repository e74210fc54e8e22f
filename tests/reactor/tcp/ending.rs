//! The ways a connection ends.

use std::rc::Rc;

use super::actor::{Told, pair};
use deferred_snmp::reactor::{ConnectionLost, WriteError};
use util::loops::{Log, reactor, reports, turn_until};

#[test]
fn lose_connection_sends_everything_first() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    let transport = client.transport();
    transport.set_write_limit(8 << 20);
    // More than the system's buffers hold.
    let long = vec![7; 8 << 20];
    transport.write(&long).expect("an empty queue takes it");
    transport.lose_connection();
    transport.lose_connection();
    assert!(!transport.is_connected());
    assert_eq!(transport.write(b"x"), Err(WriteError::Closed));
    assert!(!client.is_over(), "never inside the call");
    turn_until(&mut reactor, || client.is_over() && server.is_over());
    assert_eq!(server.octets.get(), 8 << 20);
    for actor in [&client, &server] {
        assert!(matches!(*actor.reason.borrow(), Some(ConnectionLost::Done)));
    }
    assert_eq!(client.log.events(), ["Made", "Lost"]);
}

#[test]
fn each_direction_ends_by_itself() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    for actor in [&client, &server] {
        actor.on(Told::ReadLost, |_| ());
    }
    client.transport().write(b"question").expect("queued");
    client.transport().lose_write_connection();
    assert_eq!(client.transport().write(b"x"), Err(WriteError::Closed));
    turn_until(&mut reactor, || {
        server.log.events().contains(&"ReadLost".into())
    });
    assert_eq!(*server.data.borrow(), b"question");
    assert!(client.log.events().contains(&"WriteLost".into()));
    // The other direction still stands.
    server.transport().write(b"answer").expect("queued");
    turn_until(&mut reactor, || client.octets.get() == 6);
    assert!(!client.is_over() && !server.is_over());
    server.transport().lose_write_connection();
    turn_until(&mut reactor, || client.is_over() && server.is_over());
    assert_eq!(
        client.log.events(),
        ["Made", "WriteLost", "Data", "ReadLost", "Lost"]
    );
    assert_eq!(
        server.log.events(),
        ["Made", "Data", "ReadLost", "WriteLost", "Lost"]
    );
    for actor in [&client, &server] {
        assert!(matches!(*actor.reason.borrow(), Some(ConnectionLost::Done)));
    }
}

#[test]
fn an_end_of_reading_closes_by_default_when_the_answer_has_gone() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    client.on(Told::ReadLost, |_| ());
    server.on(Told::Data, |transport| {
        transport.write(b"answer").expect("queued");
    });
    client.transport().write(b"question").expect("queued");
    client.transport().lose_write_connection();
    turn_until(&mut reactor, || server.is_over() && client.is_over());
    assert_eq!(*client.data.borrow(), b"answer");
}

#[test]
fn an_abort_is_a_reset_for_the_other_side() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    let transport = client.transport();
    transport.write(b"never sent").expect("queued");
    transport.abort_connection();
    transport.abort_connection();
    transport.lose_connection();
    assert!(!client.is_over(), "never inside the call");
    turn_until(&mut reactor, || client.is_over() && server.is_over());
    assert!(matches!(
        *client.reason.borrow(),
        Some(ConnectionLost::Aborted)
    ));
    assert!(matches!(
        *server.reason.borrow(),
        Some(ConnectionLost::Reset)
    ));
    assert_eq!(server.log.events(), ["Made", "Lost"]);
    assert_eq!(server.octets.get(), 0);
}

#[test]
fn a_reset_is_told_although_nothing_is_read() {
    for closing in [false, true] {
        let mut reactor = reactor();
        let (client, server) = pair(&mut reactor);
        let transport = server.transport();
        transport.pause_producing();
        if closing {
            // Cannot go: the client does not read.
            client.transport().pause_producing();
            transport.write(&vec![0; 16 << 20]).expect("queued");
            transport.lose_connection();
        }
        reactor.turn().expect("a pass");
        client.transport().abort_connection();
        turn_until(&mut reactor, || client.is_over() && server.is_over());
        assert!(matches!(
            *server.reason.borrow(),
            Some(ConnectionLost::Reset)
        ));
    }
}

#[test]
fn a_protocol_that_panics_loses_its_connection_and_no_other() {
    let reported = reports();
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    let (other, peer) = pair(&mut reactor);
    server.on(Told::Data, |_| panic!("asked to fail"));
    client.transport().write(b"x").expect("queued");
    other.transport().write(b"x").expect("queued");
    turn_until(&mut reactor, || {
        server.is_over() && client.is_over() && peer.octets.get() == 1
    });
    assert!(matches!(
        *server.reason.borrow(),
        Some(ConnectionLost::Panicked)
    ));
    assert!(matches!(
        *client.reason.borrow(),
        Some(ConnectionLost::Reset)
    ));
    assert_eq!(reported.len(), 1);
    assert!(!peer.is_over());
}

#[test]
fn a_transport_left_over_does_nothing_and_keeps_nothing() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    let transport = client.transport();
    transport.lose_connection();
    turn_until(&mut reactor, || client.is_over() && server.is_over());
    assert_eq!(Rc::strong_count(&client), 1);
    transport.pause_producing();
    transport.resume_producing();
    transport.abort_connection();
    transport.lose_write_connection();
    assert_eq!(transport.write(b"x"), Err(WriteError::Closed));
    assert!(transport.set_tcp_no_delay(true).is_err());
    assert!(!reactor.turn().expect("a pass").more);
    assert_eq!(client.log.events(), ["Made", "Lost"]);
}

#[test]
fn who_waits_for_a_listener_to_close_finds_what_makes_protocols_dropped() {
    struct Noted(Log);
    impl Drop for Noted {
        fn drop(&mut self) {
            self.0.note("dropped");
            panic!("asked to fail");
        }
    }
    let _reported = reports();
    let mut reactor = reactor();
    let log = Log::default();
    let noted = Noted(log.clone());
    let address = "127.0.0.1:0".parse().expect("an address");
    let port = reactor.handle().listen_tcp(address, move |_| {
        let _kept = &noted;
        None
    });
    let closed = log.noting("closed");
    let stopping = port.expect("bound").stop_listening();
    drop(stopping.add_callback(|()| closed()));
    turn_until(&mut reactor, || log.len() == 2);
    assert_eq!(log.events(), ["dropped", "closed"]);
}

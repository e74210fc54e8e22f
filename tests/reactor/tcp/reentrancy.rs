//! Everything may be done from every callback.

use std::cell::Cell;
use std::rc::Rc;

use super::actor::{Actor, LIMIT, Told, listen};
use deferred_snmp::reactor::{Handle, TcpPort, Transport};
use util::loops::{reactor, reports, turn_until};

const EVENTS: [Told; 6] = [
    Told::Made,
    Told::Data,
    Told::Writable,
    Told::ReadLost,
    Told::WriteLost,
    Told::Lost,
];

/// What a callback does: with its transport, the listening port and the reactor.
type Action = fn(&Transport, &TcpPort, &Handle);

const ACTIONS: &[(&str, Action)] = &[
    ("nothing", |_, _, _| ()),
    ("write", |transport, _, _| {
        // Closed or full is as good as taken here.
        let _ = transport.write(&[0; 100]);
    }),
    ("pause and resume", |transport, _, _| {
        transport.pause_producing();
        transport.resume_producing();
    }),
    ("close", |transport, _, _| transport.lose_connection()),
    ("end sending", |transport, _, _| {
        transport.lose_write_connection();
    }),
    ("abort", |transport, _, _| transport.abort_connection()),
    ("end in every way", |transport, _, _| {
        transport.lose_write_connection();
        transport.lose_connection();
        transport.abort_connection();
    }),
    ("stop listening", |_, port, _| drop(port.stop_listening())),
    ("connect and cancel", |_, port, handle| {
        let another = handle.connect_tcp(port.local_addr(), LIMIT, Rc::<Actor>::default());
        assert!(another.cancel());
        drop(another.add_both(|_| ()));
    }),
    ("listen", |_, _, handle| {
        let another = handle.listen_tcp(([127, 0, 0, 1], 0).into(), |_| None);
        drop(another.expect("bound").stop_listening());
    }),
    ("panic", |_, _, _| panic!("asked to fail")),
];

/// A client and a server that use every callback, unless something ends them before.
fn run(event: Told, at_client: bool, action: Action) {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let (client, server) = (Rc::new(Actor::default()), Rc::new(Actor::default()));
    let port = listen(&reactor, &server);
    let (inside, port_inside) = (handle.clone(), port.clone());
    let chosen = if at_client { &client } else { &server };
    let mut first = true;
    chosen.on(event, move |transport| {
        if std::mem::take(&mut first) {
            action(transport, &port_inside, &inside);
        }
    });
    // Half close is what ends it, if nothing else does.
    client.on(Told::ReadLost, |_| ());
    client.on(Told::Made, |transport| {
        transport.write(&[1; 70_000]).expect("queued");
        let refused = transport.write(&[2]);
        assert!(refused.is_err() || transport.unsent() == 1);
    });
    client.on(Told::Writable, |transport| {
        transport.lose_write_connection()
    });
    let connected = handle.connect_tcp(port.local_addr(), LIMIT, client.clone());
    // A server that ends it at once may be faster than the client's look at its success.
    let settled = Rc::new(Cell::new(false));
    let settle = settled.clone();
    drop(connected.add_both(move |_| settle.set(true)));
    turn_until(&mut reactor, || settled.get());
    // Whatever was paused, refused or half closed: this ends it.
    for _ in 0..200 {
        if client.is_over() {
            break;
        }
        reactor.turn().expect("a pass");
    }
    if let Some(transport) = client.transport.borrow().as_ref() {
        transport.abort_connection();
    }
    turn_until(&mut reactor, || client.is_over() || client.log.len() == 0);
    handle.stop().expect("running");
    reactor.run().expect("a run");
    for actor in [&client, &server] {
        let events = actor.log.events();
        let lost = events.iter().filter(|event| *event == "Lost").count();
        let made = events.iter().filter(|event| *event == "Made").count();
        assert_eq!(lost, made, "{events:?}");
        assert!(made == 0 || events.last().is_some_and(|last| last == "Lost"));
    }
}

#[test]
fn every_action_from_every_callback() {
    let reported = reports();
    for event in EVENTS {
        for (name, action) in ACTIONS {
            for at_client in [true, false] {
                println!("{name} in {event:?}, client: {at_client}");
                run(event, at_client, *action);
            }
        }
    }
    // Nothing but the panics that were asked for.
    for report in reported.events() {
        assert!(report.contains("asked to fail"), "{report}");
    }
}

//! Groups, adopted sockets and names: rules U-018 to U-024.

use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use super::recorder::{Recorder, listen};
use deferred_snmp::reactor::{Interface, LookupError, Reactor, SendBatch, UdpOptions};
use util::loops::{Log, turn_until};
use util::nobody::{IS_TOLD, Nobody};
use util::ports::has_ipv6;

#[test]
fn u_018_a_group_is_heard_by_all_who_share_the_port() {
    let mut reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let group: IpAddr = "239.255.77.1".parse().expect("an address");
    let loopback = Interface::Address([127, 0, 0, 1].into());
    let one = Rc::new(Recorder::default());
    let two = Rc::new(Recorder::default());
    let any = SocketAddr::from(([0, 0, 0, 0], 0));
    let first = handle
        .listen_multicast(any, true, one.clone())
        .expect("bound");
    let addr = first.local_addr();
    let second = handle
        .listen_multicast(addr, true, two.clone())
        .expect("bound");
    for port in [&first, &second] {
        port.join_group(group, loopback).expect("joined");
    }
    let (sender, _) = listen(&reactor, "127.0.0.1:0");
    sender.set_outgoing_interface(loopback).expect("set");
    sender
        .write(b"x", SocketAddr::new(group, addr.port()))
        .expect("sent");
    turn_until(&mut reactor, || one.count() == 1 && two.count() == 1);
    second.leave_group(group, loopback).expect("left");
}

#[test]
fn u_019_a_group_has_to_be_one_and_the_error_names_the_address() {
    let reactor = Reactor::new().expect("a reactor");
    let (v4, _) = listen(&reactor, "127.0.0.1:0");
    let (v6, _) = listen(&reactor, "[::1]:0");
    for (port, address) in [(&v4, "192.0.2.7"), (&v6, "2001:db8::7")] {
        let address: IpAddr = address.parse().expect("an address");
        let joined = port.join_group(address, Interface::Any);
        let left = port.leave_group(address, Interface::Any);
        for error in [joined, left].map(|outcome| outcome.expect_err("no group")) {
            assert_eq!(error.group, address);
            let text = error.to_string();
            assert!(text.contains(&address.to_string()), "{text}");
            assert!(text.contains("not a multicast address"), "{text}");
        }
    }
    // A group of the other family, and one that was never joined, are told by the same error.
    let group: IpAddr = "ff02::1234".parse().expect("an address");
    let error = v4
        .join_group(group, Interface::Any)
        .expect_err("another family");
    assert_eq!(error.group, group);
    let group: IpAddr = "239.255.77.2".parse().expect("an address");
    let loopback = Interface::Address([127, 0, 0, 1].into());
    let error = v4.leave_group(group, loopback).expect_err("never joined");
    assert_eq!(error.group, group);
}

#[test]
fn u_020_multicast_defaults_and_settings() {
    let reactor = Reactor::new().expect("a reactor");
    let (port, _) = listen(&reactor, "127.0.0.1:0");
    assert_eq!(port.ttl().expect("read"), 1);
    assert!(port.loopback_mode().expect("read"));
    assert_eq!(port.outgoing_interface().expect("read"), Interface::Any);
    assert!(!port.broadcast_allowed().expect("read"));
    port.set_ttl(9).expect("set");
    port.set_loopback_mode(false).expect("set");
    port.set_broadcast_allowed(true).expect("set");
    assert_eq!(port.ttl().expect("read"), 9);
    assert!(!port.loopback_mode().expect("read"));
    assert!(port.broadcast_allowed().expect("read"));
}

#[test]
fn u_022_a_bound_socket_is_adopted_as_a_duplicate() {
    let mut reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let socket = socket2::Socket::new(
        socket2::Domain::IPV4,
        socket2::Type::DGRAM,
        Some(socket2::Protocol::UDP),
    )
    .expect("a socket");
    socket
        .bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())
        .expect("bound");
    let received = Rc::new(Recorder::default());
    let port = handle
        .adopt_udp(&socket, received.clone())
        .expect("adopted");
    drop(socket);
    port.write(b"x", port.local_addr()).expect("sent");
    turn_until(&mut reactor, || received.count() == 1);
    let (unix, _other) = std::os::unix::net::UnixDatagram::pair().expect("a pair");
    assert!(
        handle.adopt_udp(&unix, received.clone()).is_err(),
        "another family"
    );
    let (stream, _other) = std::os::unix::net::UnixStream::pair().expect("a pair");
    assert!(handle.adopt_udp(&stream, received).is_err());
}

/// A socket of both families shows and takes addresses of IPv4 as such, in single datagrams and in batches.
#[test]
fn a_socket_of_both_families_is_adopted_with_both() {
    if !has_ipv6() {
        return util::left_out("a_socket_of_both_families_is_adopted_with_both", "no IPv6");
    }
    let mut reactor = Reactor::new().expect("a reactor");
    let socket = both_families();
    let received = Rc::new(Recorder::default());
    let port = reactor.handle().adopt_udp(&socket, received.clone());
    let port = port.expect("adopted");
    drop(socket);
    let number = port.local_addr().port();
    let (by_ipv4, answers_by_ipv4) = listen(&reactor, "127.0.0.1:0");
    let (by_ipv6, answers_by_ipv6) = listen(&reactor, "[::1]:0");
    for (asker, answers) in [(&by_ipv4, &answers_by_ipv4), (&by_ipv6, &answers_by_ipv6)] {
        let own = asker.local_addr();
        let to = SocketAddr::new(own.ip(), number);
        asker.write(b"asked", to).expect("sent");
        turn_until(&mut reactor, || received.count() == 1);
        let (_, from, _) = received.datagrams.borrow_mut().remove(0);
        assert_eq!(from, own);
        port.write(b"one", from).expect("sent");
        port.write_from(b"from", from, Some(own.ip()))
            .expect("sent");
        turn_until(&mut reactor, || answers.count() == 2);
        for (_, from, _) in answers.datagrams.borrow().iter() {
            assert_eq!(*from, to);
        }
    }
    let mut batch = SendBatch::new();
    let mapped = format!("[::ffff:127.0.0.1]:{}", by_ipv4.local_addr().port());
    for to in [
        by_ipv4.local_addr(),
        by_ipv6.local_addr(),
        mapped.parse().expect("an address"),
    ] {
        batch.push(b"batch", to, None);
    }
    assert_eq!(port.write_batch(&batch).expect("sent"), 3);
    turn_until(&mut reactor, || {
        (answers_by_ipv4.count(), answers_by_ipv6.count()) == (4, 3)
    });
    // A port of one family takes what is meant for it, however that is written.
    let mapped = format!("[::ffff:127.0.0.1]:{}", by_ipv4.local_addr().port());
    by_ipv4
        .write(b"own", mapped.parse().expect("an address"))
        .expect("sent");
    turn_until(&mut reactor, || answers_by_ipv4.count() == 5);
    assert!(by_ipv6.write(b"other", by_ipv4.local_addr()).is_err());
    // Tied to one peer.
    port.connect(by_ipv4.local_addr()).expect("tied");
    assert_eq!(port.peer(), Some(by_ipv4.local_addr()));
    by_ipv4
        .write(b"heard", SocketAddr::new([127, 0, 0, 1].into(), number))
        .expect("sent");
    turn_until(&mut reactor, || received.count() == 1);
    port.write(b"back", by_ipv4.local_addr()).expect("sent");
    turn_until(&mut reactor, || answers_by_ipv4.count() == 6);
}

#[test]
fn u_024_names_are_looked_up_off_this_thread_literals_at_once() {
    let mut reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let limit = Duration::from_secs(5);
    let log = Log::default();
    for name in ["", "127.0.0.9", "::1", "::ffff:127.0.0.9"] {
        let notes = log.clone();
        let answer = handle.resolve(name, limit);
        drop(answer.map(move |address| notes.note(address.to_string())));
    }
    let expected = ["0.0.0.0:0", "127.0.0.9:0", "[::1]:0", "127.0.0.9:0"];
    assert_eq!(log.take(), expected);
    let notes = log.clone();
    let answer = handle.resolve("localhost", limit);
    drop(answer.map(move |address| notes.note(address.ip().is_loopback().to_string())));
    assert_eq!(log.len(), 0);
    turn_until(&mut reactor, || log.len() == 1);
    assert_eq!(log.take(), ["true"]);
    // A limit that is over before the thread can answer.
    let notes = log.clone();
    let answer = handle.resolve("localhost", Duration::ZERO);
    let answer = answer.map(|_| ()).add_errback(move |error| {
        notes.note(format!("{}", matches!(error, LookupError::TimedOut(_))));
        Ok(())
    });
    drop(answer);
    turn_until(&mut reactor, || {
        log.len() == 1 || handle.delayed_calls().is_empty()
    });
}

/// What the network says of datagrams of IPv4 is told too, with their addresses as such.
#[test]
fn a_socket_of_both_families_is_told_of_both() {
    if !has_ipv6() || !IS_TOLD {
        return util::left_out(
            "a_socket_of_both_families_is_told_of_both",
            "no IPv6, or not told",
        );
    }
    let asks = UdpOptions::new().undelivered(true);
    for host in ["127.0.0.1", "::1"] {
        let host = host.parse().expect("an address");
        let nobody = Nobody::udp_at(host).address;
        for is_tied in [false, true] {
            let mut reactor = Reactor::new().expect("a reactor");
            let socket = both_families();
            let told = Rc::new(Recorder::default());
            let port = reactor
                .handle()
                .adopt_udp_with(&socket, &asks, told.clone());
            let port = port.expect("adopted");
            if is_tied {
                port.connect(nobody).expect("tied");
            }
            port.write(b"x", nobody).expect("sent");
            let expected = if is_tied { 3 } else { 2 };
            turn_until(&mut reactor, || told.events.borrow().len() == expected);
            let expected = ["start", "undelivered", "refused"];
            assert_eq!(
                told.events.borrow()[..],
                expected[..if is_tied { 3 } else { 2 }]
            );
            assert_eq!(*told.undelivered.borrow(), [nobody]);
        }
    }
}

fn both_families() -> socket2::Socket {
    let (family, protocol) = (socket2::Domain::IPV6, socket2::Protocol::UDP);
    let socket = socket2::Socket::new(family, socket2::Type::DGRAM, Some(protocol));
    let socket = socket.expect("a socket");
    socket.set_only_v6(false).expect("both families");
    let any: SocketAddr = "[::]:0".parse().expect("an address");
    socket.bind(&any.into()).expect("bound");
    socket
}

//! Ports and datagrams: rules U-001 to U-016.

use std::cell::RefCell;
#[cfg(all(target_os = "linux", not(deferred_snmp_portable_udp)))]
use std::net::IpAddr;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use super::recorder::{Recorder, listen};
#[cfg(all(target_os = "linux", not(deferred_snmp_portable_udp)))]
use deferred_snmp::reactor::Route;
use deferred_snmp::reactor::{
    Datagram, DatagramProtocol, Reactor, SendBatch, SendError, UdpOptions,
};
use util::loops::{Log, ms, reports, run, turn_until};
use util::nobody::{IS_TOLD, Nobody};
use util::ports::{has_ipv6, own_address};

#[test]
fn u_001_bound_at_once_and_the_port_is_real() {
    let reactor = Reactor::new().expect("a reactor");
    let (port, _) = listen(&reactor, "127.0.0.1:0");
    assert_ne!(port.local_addr().port(), 0);
    let taken = reactor
        .handle()
        .listen_udp(port.local_addr(), Rc::new(Recorder::default()));
    let error = taken.expect_err("the address is taken");
    assert_eq!(error.addr, port.local_addr());
    assert_eq!(error.error.kind(), std::io::ErrorKind::AddrInUse);
}

#[test]
fn u_004_every_datagram_once_in_order_empty_ones_included() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (server, received) = listen(&reactor, "127.0.0.1:0");
    let (client, _) = listen(&reactor, "127.0.0.1:0");
    for data in [&b"one"[..], b"", b"three"] {
        client.write(data, server.local_addr()).expect("sent");
    }
    turn_until(&mut reactor, || received.count() == 3);
    let got: Vec<_> = received
        .datagrams
        .borrow()
        .iter()
        .map(|d| d.0.clone())
        .collect();
    assert_eq!(got, [b"one".to_vec(), Vec::new(), b"three".to_vec()]);
    let from = received.datagrams.borrow()[0].1;
    assert_eq!(from, client.local_addr());
}

#[cfg(all(target_os = "linux", not(deferred_snmp_portable_udp)))]
#[test]
fn the_destination_is_known_and_answers_come_from_it() {
    for (wildcard, addresses) in [
        ("0.0.0.0:0", &["127.0.0.5", "127.0.0.6"][..]),
        ("[::]:0", &["::1"][..]),
    ] {
        let mut reactor = Reactor::new().expect("a reactor");
        let (server, received) = listen(&reactor, wildcard);
        let loopback = if wildcard.starts_with('[') {
            "[::1]:0"
        } else {
            "127.0.0.1:0"
        };
        let (client, answers) = listen(&reactor, loopback);
        // Twice, for the second batch meets buffers the first has used.
        for round in 1..=2 {
            for ip in addresses {
                let ip: IpAddr = ip.parse().expect("an address");
                let to = SocketAddr::new(ip, server.local_addr().port());
                client.write(b"question", to).expect("sent");
            }
            turn_until(&mut reactor, || received.count() == round * addresses.len());
        }
        for (_, from, to) in received.datagrams.borrow().iter() {
            server.write_from(b"answer", *from, *to).expect("sent");
        }
        turn_until(&mut reactor, || answers.count() == 2 * addresses.len());
        let sources: Vec<_> = answers
            .datagrams
            .borrow()
            .iter()
            .map(|d| d.1.ip())
            .collect();
        let asked: Vec<IpAddr> = addresses.iter().map(|ip| ip.parse().expect("ip")).collect();
        assert_eq!(sources, [&asked[..], &asked[..]].concat());
    }
}

#[cfg(all(target_os = "linux", not(deferred_snmp_portable_udp)))]
#[test]
fn a_batch_goes_in_order_whatever_its_sources() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (server, received) = listen(&reactor, "0.0.0.0:0");
    let (client, _) = listen(&reactor, "0.0.0.0:0");
    let to = SocketAddr::new([127, 0, 0, 1].into(), server.local_addr().port());
    let mut batch = SendBatch::new();
    for octet in 0..100u8 {
        let from = match octet {
            40..50 => Some(IpAddr::from([127, 0, 0, 7])),
            50..60 => Some(IpAddr::from([127, 0, 0, 8])),
            _ => None,
        };
        assert!(batch.push_with(|buffer| {
            buffer.push(octet);
            Some(Route { to, from })
        }));
    }
    assert_eq!(client.write_batch(&batch).expect("sent"), 100);
    turn_until(&mut reactor, || received.count() == 100);
    let datagrams = received.datagrams.borrow();
    let octets: Vec<u8> = datagrams.iter().map(|d| d.0[0]).collect();
    assert_eq!(octets, (0..100).collect::<Vec<u8>>());
    assert_eq!(datagrams[45].1.ip(), IpAddr::from([127, 0, 0, 7]));
    assert_eq!(datagrams[55].1.ip(), IpAddr::from([127, 0, 0, 8]));
    assert_eq!(datagrams[60].1.ip(), IpAddr::from([127, 0, 0, 1]));
    assert!(received.batches.get() >= 1);
}

#[test]
fn u_009_write_sends_at_once_and_only_to_an_address_of_the_ports_family() {
    let reactor = Reactor::new().expect("a reactor");
    let (port, _) = listen(&reactor, "127.0.0.1:0");
    let mut elsewhere = Reactor::new().expect("a reactor");
    let (peer, received) = listen(&elsewhere, "127.0.0.1:0");
    port.write(b"now", peer.local_addr()).expect("sent");
    // The port's own reactor makes no pass: nothing was buffered.
    turn_until(&mut elsewhere, || received.count() == 1);
    assert_eq!(received.datagrams.borrow()[0].0, b"now");
    assert_eq!(received.datagrams.borrow()[0].1, port.local_addr());
    let other: SocketAddr = "[::1]:9".parse().expect("an address");
    let error = port.write(b"x", other).expect_err("another family");
    assert!(matches!(error, SendError::InvalidAddress(addr) if addr == other));
    assert!(error.to_string().contains("[::1]:9"), "{error}");
}

#[test]
fn u_010_too_long_and_wrong_family_are_errors_of_the_call() {
    let reactor = Reactor::new().expect("a reactor");
    let (port, _) = listen(&reactor, "127.0.0.1:0");
    let long = vec![0; 65_535];
    let error = port.write(&long, port.local_addr()).expect_err("too long");
    assert!(matches!(error, SendError::MessageTooLong), "{error:?}");
    let v6: SocketAddr = "[::1]:9".parse().expect("an address");
    let error = port.write(b"x", v6).expect_err("wrong family");
    assert!(matches!(error, SendError::InvalidAddress(addr) if addr == v6));
    // In a batch the error names the datagram, and those before it went.
    let mut batch = SendBatch::new();
    batch.push(b"a", port.local_addr(), None);
    batch.push(&long, port.local_addr(), None);
    batch.push(b"b", port.local_addr(), None);
    let error = port
        .write_batch(&batch)
        .expect_err("the second is too long");
    assert_eq!(error.sent, 1);
    assert!(matches!(error.error, SendError::MessageTooLong));
}

#[test]
fn u_002_the_address_chooses_the_family_and_ipv6_is_only_that() {
    let reactor = Reactor::new().expect("a reactor");
    let (v6, _) = listen(&reactor, "[::]:0");
    let same = format!("0.0.0.0:{}", v6.local_addr().port());
    // Would be taken if the IPv6 socket served IPv4 as well.
    let (v4, _) = listen(&reactor, &same);
    assert!(v4.local_addr().is_ipv4());
}

#[test]
fn u_003_start_protocol_inside_listen_udp_before_anything_is_read() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (port, received) = listen(&reactor, "127.0.0.1:0");
    assert_eq!(*received.events.borrow(), ["start"]);
    port.write(b"x", port.local_addr()).expect("sent");
    assert_eq!(received.count(), 0, "nothing is read outside a pass");
    turn_until(&mut reactor, || received.count() == 1);
}

#[test]
fn u_005_too_long_datagrams_are_counted_and_dropped() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (server, received) = listen(&reactor, "127.0.0.1:0");
    let (client, _) = listen(&reactor, "127.0.0.1:0");
    // The longest that IPv4 carries arrives whole.
    let longest = vec![7; 65_507];
    client.write(&longest, server.local_addr()).expect("sent");
    turn_until(&mut reactor, || received.count() == 1);
    assert_eq!(received.datagrams.borrow()[0].0, longest);
    assert_eq!(server.truncated(), 0);
    let options = UdpOptions::new().longest_datagram(100);
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let received = Rc::new(Recorder::default());
    let listening = reactor
        .handle()
        .listen_udp_with(any, &options, received.clone());
    let server = listening.expect("bound");
    for length in [100, 101, 5000, 3] {
        client
            .write(&vec![1; length], server.local_addr())
            .expect("sent");
    }
    turn_until(&mut reactor, || received.count() == 2);
    assert_eq!(server.truncated(), 2);
    let lengths: Vec<_> = received
        .datagrams
        .borrow()
        .iter()
        .map(|d| d.0.len())
        .collect();
    assert_eq!(lengths, [100, 3]);
}

#[test]
fn u_006_a_pass_takes_a_bounded_number_and_the_rest_is_not_forgotten() {
    let builder = Reactor::builder().datagram_budget(32);
    let mut reactor = builder.build().expect("a reactor");
    let (server, received) = listen(&reactor, "127.0.0.1:0");
    let (client, _) = listen(&reactor, "127.0.0.1:0");
    for _ in 0..100 {
        client.write(b"", server.local_addr()).expect("sent");
    }
    let mut counts = Vec::new();
    loop {
        let turn = reactor.turn().expect("a pass");
        counts.push(received.count());
        if !turn.more {
            break;
        }
        assert_eq!(
            reactor.next_timeout(reactor.handle().now()),
            Some(Duration::ZERO)
        );
    }
    assert_eq!(counts, [32, 64, 96, 100], "empty datagrams count as well");
    // The same in octets.
    let builder = Reactor::builder().octet_budget(32 * 1000);
    let mut reactor = builder.build().expect("a reactor");
    let (server, received) = listen(&reactor, "127.0.0.1:0");
    let (client, _) = listen(&reactor, "127.0.0.1:0");
    for _ in 0..80 {
        client.write(&[0; 1000], server.local_addr()).expect("sent");
    }
    reactor.turn().expect("a pass");
    assert_eq!(received.count(), 32);
    turn_until(&mut reactor, || received.count() == 80);
}

#[test]
fn u_007_an_error_in_a_handler_is_reported_and_the_next_datagram_follows() {
    let reported = reports();
    let mut reactor = Reactor::new().expect("a reactor");
    let (server, received) = listen(&reactor, "127.0.0.1:0");
    received.panic_on.set(Some(b'b'));
    for data in [b"a", b"b", b"c"] {
        server.write(data, server.local_addr()).expect("sent");
    }
    reactor.turn().expect("a pass");
    assert_eq!((received.count(), received.batches.get()), (3, 1));
    assert_eq!(reported.len(), 1);
    assert!(server.is_listening());
}

#[test]
fn u_008_refusal_is_told_on_connected_ports_only_and_the_port_stays() {
    let mut reactor = Reactor::new().expect("a reactor");
    let held = Nobody::udp();
    let nobody = held.address;
    let (plain, heard) = listen(&reactor, "127.0.0.1:0");
    plain.write(b"x", nobody).expect("sent");
    let (tied, told) = listen(&reactor, "127.0.0.1:0");
    tied.connect(nobody).expect("connected");
    tied.write(b"x", nobody).expect("sent");
    turn_until(&mut reactor, || {
        told.events.borrow().contains(&"refused".into())
    });
    assert_eq!(*told.events.borrow(), ["start", "refused"]);
    assert_eq!(*heard.events.borrow(), ["start"]);
    assert!(tied.is_listening() && plain.is_listening());
}

/// Who asks for what the network says is told of a refusal no less.
#[test]
fn refusal_is_told_on_a_connected_port_that_wants_to_hear_all() {
    #[derive(Default)]
    struct Both(RefCell<Vec<&'static str>>);
    impl DatagramProtocol for Both {
        fn datagram_received(&self, _: Datagram<'_>) {}
        fn connection_refused(&self) {
            self.0.borrow_mut().push("refused");
        }
        fn undelivered(&self, _: SocketAddr, _: &std::io::Error) {
            self.0.borrow_mut().push("undelivered");
        }
    }
    let mut reactor = Reactor::new().expect("a reactor");
    let nobody = Nobody::udp();
    let told = Rc::new(Both::default());
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    let options = UdpOptions::new().undelivered(true);
    let port = reactor
        .handle()
        .listen_udp_with(any, &options, told.clone());
    let port = port.expect("bound");
    port.connect(nobody.address).expect("connected");
    port.write(b"x", nobody.address).expect("sent");
    turn_until(&mut reactor, || told.0.borrow().contains(&"refused"));
    // Also where the next datagram meets it.
    port.write(b"x", nobody.address).expect("sent");
    port.write(b"x", nobody.address).expect("sent");
    let each = match IS_TOLD {
        true => vec!["undelivered", "refused"],
        false => vec!["refused"],
    };
    let all = each.repeat(3);
    turn_until(&mut reactor, || told.0.borrow().len() >= all.len());
    reactor.turn().expect("a pass");
    assert_eq!(*told.0.borrow(), all);
    assert!(port.is_listening());
}

/// A refusal uses up one call of the system; what has come is still there.
#[test]
fn a_refusal_leaves_no_datagram_of_a_connected_port_unread() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (peer, _) = listen(&reactor, "127.0.0.1:0");
    let (tied, told) = listen(&reactor, "127.0.0.1:0");
    let addr = peer.local_addr();
    tied.connect(addr).expect("connected");
    for number in 0..40 {
        peer.write(&[number], tied.local_addr()).expect("sent");
    }
    drop(peer.stop_listening());
    // The first pass closes the peer and reads; then the refusal is pending before more of its datagrams.
    turn_until(&mut reactor, || told.count() == 40);
    let again = std_socket(addr);
    for number in 40..80 {
        again.send_to(&[number], tied.local_addr()).expect("sent");
    }
    drop(again);
    tied.write(b"x", addr).expect("sent");
    reactor.turn().expect("a pass");
    assert_eq!(told.count(), 80);
    assert_eq!(*told.events.borrow(), ["start", "refused"]);
}

#[expect(clippy::disallowed_types, reason = "a peer without a reactor")]
fn std_socket(addr: SocketAddr) -> std::net::UdpSocket {
    std::net::UdpSocket::bind(addr).expect("bound")
}

#[test]
fn u_011_a_connected_port_has_one_peer() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (tied, heard) = listen(&reactor, "127.0.0.1:0");
    let (peer, answers) = listen(&reactor, "127.0.0.1:0");
    let (stranger, _) = listen(&reactor, "127.0.0.1:0");
    // One that is queued before the port is tied is not delivered either.
    stranger
        .write(b"stranger", tied.local_addr())
        .expect("sent");
    tied.connect(peer.local_addr()).expect("connected");
    assert!(tied.connect(peer.local_addr()).is_err(), "the second time");
    assert_eq!(tied.peer(), Some(peer.local_addr()));
    let other = tied.write(b"x", stranger.local_addr());
    assert!(matches!(other, Err(SendError::InvalidAddress(_))));
    stranger
        .write(b"stranger", tied.local_addr())
        .expect("sent");
    peer.write(b"peer", tied.local_addr()).expect("sent");
    tied.write(b"to peer", peer.local_addr()).expect("sent");
    turn_until(&mut reactor, || heard.count() == 1 && answers.count() == 1);
    reactor.turn().expect("a pass");
    assert_eq!(heard.datagrams.borrow()[0].0, b"peer");
    assert_eq!(heard.count(), 1);
}

#[test]
fn a_port_tied_to_a_peer_with_a_zone_hears_it_without_one() {
    if !has_ipv6() {
        return util::left_out(
            "a_port_tied_to_a_peer_with_a_zone_hears_it_without_one",
            "no IPv6",
        );
    }
    let mut reactor = Reactor::new().expect("a reactor");
    let (tied, heard) = listen(&reactor, "[::1]:0");
    let (peer, answers) = listen(&reactor, "[::1]:0");
    let number = peer.local_addr().port();
    let with_zone: SocketAddr = format!("[::1%1]:{number}").parse().expect("an address");
    tied.connect(with_zone).expect("connected");
    peer.write(b"peer", tied.local_addr()).expect("sent");
    tied.write(b"one", peer.local_addr()).expect("sent");
    tied.write(b"two", with_zone).expect("sent");
    turn_until(&mut reactor, || heard.count() == 1 && answers.count() == 2);
}

#[test]
fn u_012_a_refusal_noticed_by_a_write_is_told_from_the_loop_and_costs_no_datagram() {
    let mut reactor = Reactor::new().expect("a reactor");
    let held = Nobody::udp();
    let nobody = held.address;
    let (tied, told) = listen(&reactor, "127.0.0.1:0");
    tied.connect(nobody).expect("connected");
    tied.write(b"lost", nobody).expect("sent");
    // The refusal of the first is pending at the socket when somebody listens there.
    drop(held);
    let (back, received) = listen(&reactor, &nobody.to_string());
    assert_eq!(back.local_addr(), nobody);
    tied.write(b"arrives", nobody).expect("sent");
    assert_eq!(*told.events.borrow(), ["start"], "not from inside write");
    turn_until(&mut reactor, || received.count() == 1);
    assert_eq!(received.datagrams.borrow()[0].0, b"arrives");
    turn_until(&mut reactor, || told.events.borrow().len() > 1);
    assert_eq!(*told.events.borrow(), ["start", "refused"]);
}

#[test]
fn u_013_stopping_is_never_re_entrant_and_ends_the_read_loop() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (server, received) = listen(&reactor, &own_address().to_string());
    received.stop_on.set(Some(b'b'));
    for data in [b"a", b"b", b"c"] {
        server.write(data, server.local_addr()).expect("sent");
    }
    reactor.turn().expect("a pass");
    // U-014: what was queued behind it is not delivered.
    assert_eq!(received.count(), 2);
    assert_eq!(
        *received.events.borrow(),
        ["start", "asked to stop", "stop"]
    );
    assert_eq!(received.log.events(), ["stop_protocol", "closed"]);
    assert!(matches!(
        server.write(b"x", server.local_addr()),
        Err(SendError::Closed)
    ));
    // The address is free again.
    let again = reactor.handle().listen_udp(server.local_addr(), received);
    again.expect("bound");
}

#[test]
fn u_014_nothing_is_delivered_after_stop_listening() {
    let mut reactor = Reactor::new().expect("a reactor");
    // From inside the read loop, and from outside with datagrams waiting.
    let (inside, seen) = listen(&reactor, "127.0.0.1:0");
    let (outside, unseen) = listen(&reactor, "127.0.0.1:0");
    seen.stop_on.set(Some(b'1'));
    for port in [&inside, &outside] {
        for data in [b"1", b"2", b"3"] {
            port.write(data, port.local_addr()).expect("sent");
        }
    }
    drop(outside.stop_listening());
    for _ in 0..3 {
        reactor.turn().expect("a pass");
    }
    assert_eq!(seen.count(), 1, "the rest of the batch is dropped");
    assert_eq!(unseen.count(), 0);
    assert_eq!(*seen.events.borrow(), ["start", "asked to stop", "stop"]);
    assert_eq!(*unseen.events.borrow(), ["start", "stop"]);
}

#[test]
fn u_015_every_caller_of_stop_listening_is_told() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (port, received) = listen(&reactor, "127.0.0.1:0");
    let log = Log::default();
    for name in ["one", "two"] {
        let note = log.noting(name);
        drop(port.stop_listening().add_callback(|()| note()));
    }
    assert_eq!(log.len(), 0);
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["one", "two"]);
    assert_eq!(*received.events.borrow(), ["start", "stop"]);
    assert!(port.stop_listening().is_fired(), "nothing to wait for");
}

#[test]
fn u_016_stop_protocol_once_a_period_also_at_shutdown() {
    let mut reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let (port, received) = listen(&reactor, "127.0.0.1:0");
    drop(port.stop_listening());
    reactor.turn().expect("a pass");
    let addr = "127.0.0.1:0".parse().expect("an address");
    handle
        .listen_udp(addr, received.clone())
        .expect("a bound port");
    handle.call_later(ms(1), {
        let handle = handle.clone();
        move || handle.stop().expect("running")
    });
    run(&mut reactor);
    drop(reactor);
    assert_eq!(
        *received.events.borrow(),
        ["start", "stop", "start", "stop"]
    );
}

#[test]
fn a_dropped_reactor_releases_protocols_silently() {
    let reactor = Reactor::new().expect("a reactor");
    let (port, received) = listen(&reactor, "127.0.0.1:0");
    let weak = Rc::downgrade(&received);
    let events = received.log.clone();
    drop(received);
    drop(reactor);
    assert!(
        weak.upgrade().is_none(),
        "the protocol holds the port, and is released"
    );
    assert_eq!(events.len(), 0, "no stop_protocol");
    assert!(matches!(
        port.write(b"x", port.local_addr()),
        Err(SendError::Closed)
    ));
}

#[test]
fn a_batch_larger_than_one_system_call_goes_whole() {
    let mut reactor = Reactor::new().expect("a reactor");
    let (server, received) = listen(&reactor, "127.0.0.1:0");
    let (client, _) = listen(&reactor, "127.0.0.1:0");
    let got = server.set_receive_buffer(1 << 20).expect("set");
    assert!(got > 0);
    let mut batch = SendBatch::new();
    for number in 0..70u8 {
        batch.push(&[number], server.local_addr(), None);
    }
    let sent = client.write_batch(&batch).expect("sent");
    batch.discard(sent);
    assert!(batch.is_empty());
    turn_until(&mut reactor, || received.count() == 70);
}

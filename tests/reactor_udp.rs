//! UDP ports: the rules of chapter U, on loopback.

use std::cell::{Cell, RefCell};
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::reactor::{
    Datagram, DatagramProtocol, Reactor, Route, SendBatch, SendError, UdpPort,
};

/// Turns until `done` says so, and fails after five seconds without.
fn turn_until(reactor: &mut Reactor, done: impl Fn() -> bool) {
    let late = Rc::new(Cell::new(false));
    let flag = late.clone();
    let limit = reactor
        .handle()
        .call_later(Duration::from_secs(5), move || flag.set(true));
    while !done() {
        assert!(!late.get(), "not done within five seconds");
        reactor.iterate(None).expect("a pass");
    }
    let _ = limit.cancel();
}

#[derive(Default)]
struct Recorder {
    events: RefCell<Vec<String>>,
    datagrams: RefCell<Vec<(Vec<u8>, SocketAddr, Option<IpAddr>)>>,
    port: RefCell<Option<UdpPort>>,
    batches: Cell<usize>,
    panic_on: Cell<Option<u8>>,
    stop_on: Cell<Option<u8>>,
}

impl Recorder {
    fn count(&self) -> usize {
        self.datagrams.borrow().len()
    }
    fn note(&self, event: &str) {
        self.events.borrow_mut().push(event.to_owned());
    }
}

impl DatagramProtocol for Recorder {
    fn start_protocol(&self, port: &UdpPort) {
        self.note("start");
        *self.port.borrow_mut() = Some(port.clone());
    }
    fn datagram_received(&self, datagram: Datagram<'_>) {
        let entry = (datagram.data.to_vec(), datagram.from, datagram.to);
        self.datagrams.borrow_mut().push(entry);
        let first = datagram.data.first().copied();
        if first.is_some() && first == self.stop_on.get() {
            let port = self.port.borrow().clone().expect("a port");
            port.stop_listening();
            self.note("asked to stop");
        }
        assert!(
            first.is_none() || first != self.panic_on.get(),
            "asked to fail"
        );
    }
    fn batch_received(&self) {
        self.batches.set(self.batches.get() + 1);
    }
    fn stop_protocol(&self) {
        self.note("stop");
    }
}

fn listen(reactor: &Reactor, addr: &str) -> (UdpPort, Rc<Recorder>) {
    let recorder = Rc::new(Recorder::default());
    let addr = addr.parse().expect("an address");
    let port = reactor.handle().listen_udp(addr, recorder.clone());
    (port.expect("a bound port"), recorder)
}

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

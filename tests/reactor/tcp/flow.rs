//! Flow control in both directions, and fairness.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use super::actor::{Actor, LIMIT, Told, join, loopback, pair};
use deferred_snmp::reactor::{ConnectionLost, Handle, Protocol, Reactor, Transport, WriteError};
use util::loops::{reactor, turn_until};

const TOTAL: usize = 10 << 20;
const PIECE: usize = 1000;

/// The octet at a position of the stream; of a period that no buffer has.
fn octet(position: usize) -> u8 {
    (position % 251) as u8
}

/// Sends the stream in pieces, and reads it back piecemeal.
struct Sender {
    handle: Handle,
    sent: Cell<usize>,
    received: Cell<usize>,
    longest_queue: Cell<usize>,
    refusals: Cell<usize>,
    over: Cell<bool>,
}

impl Sender {
    fn pump(&self, transport: &Transport) {
        while self.sent.get() < TOTAL {
            let from = self.sent.get();
            let to = (from + PIECE).min(TOTAL);
            let piece: Vec<u8> = (from..to).map(octet).collect();
            match transport.write(&piece) {
                Ok(()) => self.sent.set(to),
                Err(error) => {
                    assert_eq!(error, WriteError::Full);
                    self.refusals.set(self.refusals.get() + 1);
                    return;
                }
            }
            let queue = self.longest_queue.get().max(transport.unsent());
            self.longest_queue.set(queue);
        }
        transport.lose_write_connection();
    }
}

impl Protocol for Sender {
    fn connection_made(&self, transport: &Transport) {
        self.pump(transport);
    }
    fn writable(&self, transport: &Transport) {
        self.pump(transport);
    }
    fn data_received(&self, transport: &Transport, data: &[u8]) {
        for (place, &got) in data.iter().enumerate() {
            assert_eq!(got, octet(self.received.get() + place));
        }
        self.received.set(self.received.get() + data.len());
        // Slow: wants no more before the pass after the next.
        transport.pause_producing();
        let resuming = transport.clone();
        let handle = self.handle.clone();
        self.handle.call_later(Duration::ZERO, move || {
            handle.call_later(Duration::ZERO, move || resuming.resume_producing());
        });
    }
    fn connection_lost(&self, reason: ConnectionLost) {
        assert!(matches!(reason, ConnectionLost::Done), "{reason}");
        self.over.set(true);
    }
}

/// Sends back what comes; takes no more while that cannot be sent.
#[derive(Default)]
struct Echo {
    held: RefCell<Vec<u8>>,
    pauses: Cell<usize>,
    longest_queue: Cell<usize>,
}

impl Echo {
    fn answer(&self, transport: &Transport, data: &[u8]) -> bool {
        let taken = transport.write(data).is_ok();
        let queue = self.longest_queue.get().max(transport.unsent());
        self.longest_queue.set(queue);
        taken
    }
}

impl Protocol for Echo {
    fn data_received(&self, transport: &Transport, data: &[u8]) {
        // In pieces, so that the queue is refused as well as filled.
        for (index, piece) in data.chunks(PIECE).enumerate() {
            if !self.answer(transport, piece) {
                *self.held.borrow_mut() = data[index * PIECE..].to_vec();
                self.pauses.set(self.pauses.get() + 1);
                return transport.pause_producing();
            }
        }
    }
    fn writable(&self, transport: &Transport) {
        let held = self.held.take();
        assert!(self.answer(transport, &held), "the queue is empty");
        transport.resume_producing();
    }
    fn connection_lost(&self, _: ConnectionLost) {}
}

#[test]
fn ten_megabytes_there_and_back_past_a_slow_reader_in_bounded_memory() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let echo = Rc::new(Echo::default());
    let server = echo.clone();
    let port = handle.listen_tcp(loopback(), move |_| {
        let protocol: Rc<dyn Protocol> = server.clone();
        Some(protocol)
    });
    let sender = Rc::new(Sender {
        handle: handle.clone(),
        sent: Cell::default(),
        received: Cell::default(),
        longest_queue: Cell::default(),
        refusals: Cell::default(),
        over: Cell::default(),
    });
    let to = port.expect("bound").local_addr();
    drop(handle.connect_tcp(to, LIMIT, sender.clone()));
    turn_until(&mut reactor, || sender.over.get());
    assert_eq!(sender.received.get(), TOTAL);
    assert!(sender.refusals.get() > 0, "the sender was held up");
    assert!(echo.pauses.get() > 0, "and so was the other side");
    assert!(sender.longest_queue.get() <= 64 * 1024);
    assert!(echo.longest_queue.get() <= 64 * 1024);
}

#[test]
fn a_queue_takes_what_its_limit_allows_and_one_longer_write_when_empty() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    let transport = client.transport();
    transport.set_write_limit(10);
    transport.write(&[1; 6]).expect("within the limit");
    transport.write(&[2; 4]).expect("just within it");
    assert_eq!(transport.write(&[3]), Err(WriteError::Full));
    assert_eq!(transport.write(&[]), Ok(()), "nothing fits anywhere");
    assert_eq!(transport.unsent(), 10);
    client.on(Told::Writable, |transport| {
        assert_eq!(transport.unsent(), 0);
        transport.write(&[4; 50]).expect("it was empty");
        assert_eq!(transport.write(&[5]), Err(WriteError::Full));
    });
    turn_until(&mut reactor, || server.octets.get() >= 110);
    assert!(client.log.len() >= 3);
    let data = server.data.borrow();
    assert_eq!(data[..10], [1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
    assert!(data[10..110].iter().all(|&octet| octet == 4));
}

#[test]
fn nothing_is_delivered_while_reading_is_paused_not_even_the_end() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    let transport = server.transport();
    transport.pause_producing();
    client.transport().write(b"data").expect("queued");
    client.transport().lose_write_connection();
    turn_until(&mut reactor, || client.log.len() == 2);
    for _ in 0..10 {
        let turn = reactor.turn().expect("a pass");
        assert!(!turn.more, "and nothing spins");
    }
    assert_eq!(server.log.events(), ["Made"]);
    transport.resume_producing();
    turn_until(&mut reactor, || server.is_over());
    assert_eq!(server.log.events(), ["Made", "Data", "ReadLost", "Lost"]);
}

#[test]
fn a_pass_reads_a_bounded_amount_and_the_rest_is_not_forgotten() {
    let builder = Reactor::builder().octet_budget(100_000);
    let mut reactor = builder.build().expect("a reactor");
    let (client, server) = (Rc::new(Actor::default()), Rc::new(Actor::default()));
    join(&mut reactor, &client, &server);
    server.transport().pause_producing();
    client.transport().write(&vec![0; 500_000]).expect("queued");
    turn_until(&mut reactor, || client.transport().unsent() == 0);
    server.transport().resume_producing();
    let mut before = 0;
    let mut passes = 0;
    while server.octets.get() < 500_000 {
        reactor.iterate(None).expect("a pass");
        let read = server.octets.get() - before;
        assert!(read < 100_000 + 65_536, "{read} in one pass");
        before = server.octets.get();
        passes += 1;
    }
    assert!(passes >= 4, "{passes}");
}

#[test]
fn what_is_written_in_one_pass_goes_together() {
    let mut reactor = reactor();
    let (client, server) = pair(&mut reactor);
    let transport = client.transport();
    for _ in 0..100 {
        transport.write(b"x").expect("queued");
    }
    turn_until(&mut reactor, || server.octets.get() == 100);
    assert_eq!(server.log.events(), ["Made", "Data"]);
}

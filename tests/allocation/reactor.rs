//! What the reactor allocates: one block for a timed call, and nothing for a task, a pass, or
//! datagrams sent and received in steady state.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use counting_allocator::{counted, held};
use deferred_snmp::deferred::Interrupt;
use deferred_snmp::reactor::{Datagram, DatagramProtocol, SendBatch};
use util::loops::reactor;

#[derive(Default)]
struct Counter(Cell<usize>);

impl DatagramProtocol for Counter {
    fn datagram_received(&self, datagram: Datagram<'_>) {
        assert!(datagram.to.is_some());
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn datagrams_in_steady_state() {
    // On a wildcard address, where destinations are told, and on a plain one.
    for listening in [[0, 0, 0, 0], [127, 0, 0, 1]] {
        let mut reactor = reactor();
        let handle = reactor.handle();
        let counter = Rc::new(Counter::default());
        let listen = |ip: [u8; 4], protocol| handle.listen_udp(SocketAddr::from((ip, 0)), protocol);
        let server = listen(listening, counter.clone()).expect("bound");
        let client = listen([127, 0, 0, 1], Rc::<Counter>::default()).expect("bound");
        let to = SocketAddr::from(([127, 0, 0, 1], server.local_addr().port()));
        let mut batch = SendBatch::new();
        let mut round = || {
            batch.clear();
            for octet in 0..100 {
                batch.push(&[octet; 90], to, None);
            }
            assert_eq!(client.write_batch(&batch).expect("sent"), 100);
            client.write(b"one more", to).expect("sent");
            let end = counter.0.get() + 101;
            while counter.0.get() < end {
                reactor.turn().expect("a pass");
            }
        };
        round();
        let ((), allocations) = counted(round);
        assert_eq!(allocations, 0, "{listening:?}");
    }
}

#[test]
fn timed_calls_and_tasks() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let task = handle.task(|| ());
    let captured = [7u64; 8];
    let mut round = || {
        for _ in 0..100 {
            handle.call_later(Duration::ZERO, move || assert_eq!(captured[0], 7));
            let cancelled = handle.call_later(Duration::from_secs(9), || ());
            cancelled.reset(Duration::from_secs(10)).expect("pending");
            cancelled.cancel().expect("pending");
            task.schedule();
        }
        reactor.turn().expect("a pass");
    };
    // The tables grow to the size they need.
    round();
    let ((), allocations) = counted(round);
    assert_eq!(allocations, 200, "one for each call");
}

#[test]
fn cancelled_futures_leave_nothing() {
    let reactor = reactor();
    let handle = reactor.handle();
    let cancel = |rounds: u32| {
        for round in 0..rounds {
            let never = std::future::pending::<Result<(), Interrupt>>();
            let deferred = match round % 2 {
                0 => handle.from_future(never),
                _ => handle.spawn(never),
            };
            assert!(deferred.cancel());
            drop(deferred.add_errback(|_| Ok(())));
        }
    };
    cancel(10);
    let before = held();
    cancel(1000);
    assert_eq!(held(), before);
}

//! A host that stands still beyond deadlines, while what they wait for comes in.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::reactor::{ConnectionLost, Datagram, DatagramProtocol, Protocol, Transport};
use util::loops::ms;

use super::{Host, Wish, idle, until};

/// Fires one Deferred for each datagram.
#[derive(Default)]
struct Answers(RefCell<Vec<Resolver<()>>>);

impl DatagramProtocol for Answers {
    fn datagram_received(&self, _: Datagram<'_>) {
        let waiting = self.0.borrow_mut().pop();
        waiting.expect("one for each").callback(());
    }
}

/// The time is a lower bound: whatever comes on top makes the host stand still for longer.
#[expect(clippy::disallowed_methods, reason = "the host stands still")]
fn stand_still() {
    std::thread::sleep(ms(5));
}

pub(crate) fn what_has_come_counts_before_time_outs(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish {
        datagrams: 32,
        ..Wish::default()
    });
    let handle = host.handle();
    idle(&mut *host);
    let answers = Rc::new(Answers::default());
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let port = handle.listen_udp(address, answers.clone()).expect("bound");
    let outcomes = Rc::new(RefCell::new(Vec::new()));
    for _ in 0..200 {
        port.write(b"answer", port.local_addr()).expect("sent");
        let (resolver, answer) = Deferred::<()>::pair();
        answers.0.borrow_mut().push(resolver);
        let outcomes = outcomes.clone();
        drop(answer.add_timeout(ms(1), &handle).add_both(move |result| {
            outcomes.borrow_mut().push(result.is_ok());
        }));
    }
    stand_still();
    let steps = until(&mut *host, 20, || outcomes.borrow().len() == 200);
    assert!(outcomes.borrow().iter().all(|is_ok| *is_ok));
    assert!(steps >= 200 / 32, "a turn is bounded: {steps}");
    assert!(handle.delayed_calls().is_empty());
}

#[derive(Default)]
struct Flood(Cell<usize>);

impl DatagramProtocol for Flood {
    fn datagram_received(&self, _: Datagram<'_>) {
        self.0.set(self.0.get() + 1);
    }
}

pub(crate) fn a_flood_does_not_stop_time(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish {
        datagrams: 32,
        ..Wish::default()
    });
    let handle = host.handle();
    idle(&mut *host);
    let flood = Rc::new(Flood::default());
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let port = handle.listen_udp(address, flood.clone()).expect("bound");
    port.write(b"flood", port.local_addr()).expect("sent");
    let (_resolver, answer) = Deferred::<()>::pair();
    let is_over = Rc::new(Cell::new(false));
    let over = is_over.clone();
    drop(
        answer
            .add_timeout(ms(1), &handle)
            .add_errback(move |error: Failure| {
                assert!(error.to_string().contains("1ms"), "{error}");
                over.set(true);
            }),
    );
    stand_still();
    let mut steps = 0;
    while !is_over.get() {
        for _ in 0..64 {
            port.write(b"flood", port.local_addr()).expect("sent");
        }
        host.step(&mut || ());
        steps += 1;
        assert!(steps <= 100, "the flood stops time");
    }
    assert!(flood.0.get() > 1000, "it waits for what may be there");
}

struct Quiet;

impl Protocol for Quiet {
    fn data_received(&self, _: &Transport, _: &[u8]) {}
    fn connection_lost(&self, _: ConnectionLost) {}
}

pub(crate) fn a_connection_that_stands_is_not_timed_out(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    idle(&mut *host);
    // The system connects without anybody's doing.
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let port = handle.listen_tcp(address, |_| Some(Rc::new(Quiet)));
    let address = port.expect("bound").local_addr();
    let is_connected = Rc::new(Cell::new(None));
    let told = is_connected.clone();
    let connected = handle.connect_tcp(address, ms(1), Rc::new(Quiet));
    drop(connected.add_both(move |result| told.set(Some(result.is_ok()))));
    stand_still();
    until(&mut *host, 10, || is_connected.get().is_some());
    assert_eq!(is_connected.get(), Some(true));
}

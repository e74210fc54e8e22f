//! A protocol that writes down what happens to it.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use deferred_snmp::reactor::{Datagram, DatagramProtocol, Reactor, UdpPort};
use util::loops::Log;

pub(crate) type Arrival = (Vec<u8>, SocketAddr, Option<IpAddr>);

#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) events: RefCell<Vec<String>>,
    pub(crate) datagrams: RefCell<Vec<Arrival>>,
    pub(crate) port: RefCell<Option<UdpPort>>,
    pub(crate) undelivered: RefCell<Vec<SocketAddr>>,
    pub(crate) batches: Cell<usize>,
    pub(crate) panic_on: Cell<Option<u8>>,
    pub(crate) stop_on: Cell<Option<u8>>,
    pub(crate) log: Log,
}

impl Recorder {
    pub(crate) fn count(&self) -> usize {
        self.datagrams.borrow().len()
    }
    pub(crate) fn note(&self, event: &str) {
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
            let closed = self.log.noting("closed");
            drop(port.stop_listening().add_callback(|()| closed()));
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
    fn writable(&self) {
        self.note("writable");
    }
    fn connection_refused(&self) {
        self.note("refused");
    }
    fn undelivered(&self, to: SocketAddr, _: &io::Error) {
        self.undelivered.borrow_mut().push(to);
        self.note("undelivered");
    }
    fn stop_protocol(&self) {
        self.note("stop");
        self.log.note("stop_protocol");
    }
}

pub(crate) fn listen(reactor: &Reactor, addr: &str) -> (UdpPort, Rc<Recorder>) {
    let recorder = Rc::new(Recorder::default());
    let addr = addr.parse().expect("an address");
    let port = reactor.handle().listen_udp(addr, recorder.clone());
    (port.expect("a bound port"), recorder)
}

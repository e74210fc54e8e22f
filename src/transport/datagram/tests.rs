//! Sockets that are full, and such that close by themselves.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use super::*;
use crate::engine::{Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request, RequestId};
use crate::pdu::{Pdu, PduKind};
use crate::reactor::{Datagram, DatagramProtocol, Reactor, UdpPort};
use crate::smi::VarBindList;
use crate::transport::{Binding, EventSink};

/// UDP, with a look at what is open.
struct Watched {
    udp: UdpNetwork,
    opened: Opened,
}

impl Network for Watched {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        let carrier = self.udp.carrier(opening, link)?;
        self.opened.borrow_mut().push(Rc::clone(&carrier));
        Ok(carrier)
    }
}

type Opened = Rc<RefCell<Vec<Rc<DatagramCarrier>>>>;

fn bind(reactor: &Reactor, sink: &Rc<dyn EventSink>) -> (Binding, Opened) {
    let handle = reactor.handle();
    let opened = Opened::default();
    let network = Watched {
        udp: UdpNetwork::new(&handle),
        opened: Rc::clone(&opened),
    };
    let config = EngineConfig::default();
    let binding = Binding::with_network(&handle, config, network, Rc::downgrade(sink));
    (binding, opened)
}

#[derive(Default)]
struct Told(RefCell<Vec<RequestId>>);

impl EventSink for Told {
    fn event(self: Rc<Self>, _: Event) {}
    fn abandoned(self: Rc<Self>, requests: Vec<RequestId>) {
        self.0.borrow_mut().extend(requests);
    }
}

#[test]
fn a_port_that_closes_by_itself_ends_its_own_requests_only() {
    let mut reactor = Reactor::new().expect("a reactor");
    let told = Rc::new(Told::default());
    let sink: Rc<dyn EventSink> = told.clone();
    let (binding, opened) = bind(&reactor, &sink);
    let requests = ["127.0.0.1:9", "[::1]:9"].map(|address| {
        let address = Address::Udp(address.parse().expect("an address"));
        let endpoint = binding.endpoint_for(&address).expect("a port");
        let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        let peer = Peer::new(endpoint, address);
        let request = Request::new(peer, Credentials::V2c("public".into()), pdu);
        binding.submit(request).expect("room")
    });
    drop(opened.borrow()[0].sockets.borrow()[0].udp.stop_listening());
    reactor.turn().expect("a pass");
    assert_eq!(*told.0.borrow(), requests[..1]);
    assert_eq!(binding.with_engine(|engine, _| engine.outstanding()), 1);
}

/// Makes an answer of every request, and sends it back.
struct Agent(RefCell<Option<UdpPort>>);

impl DatagramProtocol for Agent {
    fn start_protocol(&self, port: &UdpPort) {
        self.0.replace(Some(port.clone()));
    }
    fn datagram_received(&self, datagram: Datagram<'_>) {
        let mut answer = datagram.data.to_vec();
        let tag = answer.iter().position(|octet| *octet == 0xa0);
        answer[tag.expect("a GetRequest-PDU")] = 0xa2;
        let port = self.0.borrow().clone().expect("it listens");
        port.write(&answer, datagram.from).expect("sent");
    }
}

#[derive(Default)]
struct Answered(Cell<usize>);

impl EventSink for Answered {
    fn event(self: Rc<Self>, event: Event) {
        assert!(matches!(event, Event::Response { .. }), "{event:?}");
        self.0.set(self.0.get() + 1);
    }
    fn abandoned(self: Rc<Self>, requests: Vec<RequestId>) {
        assert!(requests.is_empty(), "{requests:?}");
    }
}

struct Asking {
    reactor: Reactor,
    agent: SocketAddr,
    binding: Binding,
    opened: Opened,
    answered: Rc<Answered>,
}

impl Asking {
    fn new() -> Self {
        let reactor = Reactor::new().expect("a reactor");
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let agent = Rc::new(Agent(RefCell::default()));
        let agent = reactor.handle().listen_udp(any, agent).expect("a port");
        let answered = Rc::new(Answered::default());
        let sink: Rc<dyn EventSink> = answered.clone();
        let (binding, opened) = bind(&reactor, &sink);
        Self {
            agent: agent.local_addr(),
            binding,
            opened,
            reactor,
            answered,
        }
    }

    fn ask(&self) -> Endpoint {
        let endpoint = self
            .binding
            .endpoint_for(&Address::Udp(self.agent))
            .expect("a port");
        let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        let peer = Peer::udp(endpoint, self.agent);
        let request = Request::new(peer, Credentials::V2c("public".into()), pdu);
        self.binding.submit(request).expect("room");
        endpoint
    }

    /// As the system does with a port that is full.
    fn fill_first_socket(&self) {
        self.opened.borrow()[0].sockets.borrow_mut()[0].blocked = true;
    }

    fn sockets(&self) -> usize {
        self.opened.borrow()[0].sockets.borrow().len()
    }

    fn turn_until_answered(&mut self, count: usize) {
        while self.answered.0.get() < count {
            self.reactor.iterate(None).expect("a pass");
        }
    }
}

#[test]
fn while_a_client_port_is_full_a_further_socket_asks_and_takes_the_answer() {
    let mut asking = Asking::new();
    let endpoint = asking.ask();
    asking.fill_first_socket();
    asking.turn_until_answered(1);
    assert_eq!(asking.sockets(), 2);
    asking.ask();
    asking.turn_until_answered(2);
    assert_eq!(asking.sockets(), 2, "it is used as long as it takes some");
    // One that ends by itself takes nothing along.
    let udp = |asking: &Asking, place: usize| {
        asking.opened.borrow()[0].sockets.borrow()[place]
            .udp
            .clone()
    };
    drop(udp(&asking, 1).stop_listening());
    asking.reactor.turn().expect("a pass");
    assert_eq!(asking.sockets(), 1);
    assert!(asking.binding.local_addr(endpoint).is_some());
    asking.ask();
    asking.turn_until_answered(3);
    assert_eq!(asking.sockets(), 2);
    // They close with the port.
    let further = udp(&asking, 1);
    drop(udp(&asking, 0).stop_listening());
    asking.reactor.turn().expect("a pass");
    assert!(asking.binding.local_addr(endpoint).is_none());
    assert!(!further.is_listening());
}

#[test]
fn a_client_port_at_a_fixed_address_waits_until_it_is_writable() {
    let mut asking = Asking::new();
    let any = SocketAddr::from(([127, 0, 0, 1], 0));
    asking
        .binding
        .open_client(&Address::Udp(any))
        .expect("a port");
    asking.ask();
    asking.fill_first_socket();
    for _ in 0..3 {
        asking.reactor.turn().expect("a pass");
    }
    assert_eq!((asking.sockets(), asking.answered.0.get()), (1, 0));
    let has_output = |engine: &mut Engine| engine.has_output();
    assert!(!asking.binding.with_engine_at_rest(has_output));
    let now = asking.reactor.handle().now();
    let sleep = asking.reactor.next_timeout(now);
    assert_ne!(sleep, Some(Duration::ZERO), "nothing to do until then");
    // Another port goes on meanwhile.
    asking
        .binding
        .open_client(&Address::Udp(any))
        .expect("a port");
    asking.ask();
    asking.turn_until_answered(1);
    let carrier = Rc::clone(&asking.opened.borrow()[0]);
    carrier.writable(0);
    asking.turn_until_answered(2);
}

//! The pump between an engine and the ports of a reactor.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::{Rc, Weak};
use std::time::Instant;

use crate::engine::{Endpoint, Engine, EngineConfig, Event, Peer, Request, RequestId, SubmitError};
use crate::reactor::{CannotListenError, Handle};

use super::buffers::Buffers;
use super::ports::{Port, Role};
use super::pump::Inner;

/// Takes the events of a bound engine.
pub trait EventSink {
    /// One event. The engine is not borrowed meanwhile: everything may be called from here.
    fn event(self: Rc<Self>, event: Event);

    /// A port has closed, with the reactor or by an error: these requests went through it and have
    /// no outcome.
    fn abandoned(self: Rc<Self>, requests: Vec<RequestId>);

    /// A message passes between `peer` and the own address `local`: called if [`Binding::watch`] asks
    /// for it, when nothing is borrowed. What has been received has not been looked at yet; what is sent
    /// is with the port.
    fn passing(
        self: Rc<Self>,
        _direction: Direction,
        _peer: &Peer,
        _local: Option<SocketAddr>,
        _octets: &[u8],
    ) {
    }
}

/// Which way a message goes.
#[expect(clippy::exhaustive_enums, reason = "there are two")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the peer to the engine.
    Received,
    /// From the engine to the peer.
    Sent,
}

/// An engine on a reactor: its datagrams go through UDP ports, its deadlines are timed calls, and
/// its events go to an [`EventSink`].
///
/// Each port blocks for itself. While a client port is full, because datagrams wait there for neighbours
/// that are silent, up to three further sockets send in its place, unless [`Binding::open_client`] has fixed
/// the address; answers to any of them count as the port's. A server port that is full drops reports at
/// once, and answers at the second try or after 5 seconds ([`Engine::take_back`]). Where the system tells
/// (Linux), reports go only while the send buffer is less than half full: the other half is for answers and
/// requests, so that forged messages from silent addresses cannot keep honest ones waiting.
///
/// Messages are sent from the reactor's pass, at most 32 before the next datagrams are received
/// ([`ReactorBuilder::send_budget`](crate::reactor::ReactorBuilder::send_budget)):
/// answers to the first are taken in before their number could overflow a receive buffer.
/// A port that serves requests keeps the sink alive, which usually owns the binding; dropping the
/// binding closes its ports.
pub struct Binding {
    inner: Rc<Inner>,
}

impl Binding {
    /// Binds a new engine to the reactor of `handle`. Opens no port yet.
    pub fn new(handle: &Handle, config: EngineConfig, sink: Weak<dyn EventSink>) -> Self {
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let weak = weak.clone();
            let task = handle.task(move || {
                if let Some(inner) = weak.upgrade() {
                    inner.pump();
                }
            });
            Inner {
                engine: RefCell::new(Engine::new(config, handle.now())),
                handle: handle.clone(),
                ports: RefCell::default(),
                next_endpoint: Cell::new(0),
                next_socket: Cell::new(0),
                buffers: Cell::default(),
                sink,
                task: RefCell::new(Some(task)),
                timer: RefCell::default(),
                pumping: Cell::new(false),
                message: RefCell::default(),
                watched: Cell::new(false),
                throttle: RefCell::default(),
                sent: RefCell::default(),
            }
        });
        Self { inner }
    }

    /// The reactor's handle.
    pub fn handle(&self) -> &Handle {
        &self.inner.handle
    }

    /// Lets `f` look at the engine or change it; what comes of it is sent and handed out in the
    /// reactor's next pass. `f` must not call into this binding.
    pub fn with_engine<R>(&self, f: impl FnOnce(&mut Engine, Instant) -> R) -> R {
        let inner = &self.inner;
        let now = inner.handle.now();
        let result = f(&mut inner.engine.borrow_mut(), now);
        inner.follow();
        result
    }

    /// The same for what neither sends nor ends anything, which costs less: settings, counters, buffers.
    pub fn with_engine_at_rest<R>(&self, f: impl FnOnce(&mut Engine) -> R) -> R {
        f(&mut self.inner.engine.borrow_mut())
    }

    /// Starts a request; see [`Engine::submit`]. Nothing is sent and no event is handed out before
    /// this returns.
    ///
    /// # Errors
    ///
    /// As [`Engine::submit`].
    pub fn submit(&self, request: Request) -> Result<RequestId, SubmitError> {
        // Not by a closure: that would be one more copy of the request.
        let inner = &self.inner;
        let now = inner.handle.now();
        let submitted = inner.engine.borrow_mut().submit(now, request);
        inner.follow();
        submitted
    }

    /// Opens a UDP port on `address` for requests from outside. Port 0 takes a free one: see
    /// [`Binding::local_addr`]. One of IPv6 takes what comes by IPv6 only, `[::]` too: see [`Handle::listen_udp`].
    ///
    /// # Errors
    ///
    /// [`CannotListenError`] names the address and the system's error.
    pub fn listen_udp(&self, address: SocketAddr) -> Result<Endpoint, CannotListenError> {
        self.inner.open(address, Role::Server)
    }

    /// Whether every message is shown to [`EventSink::passing`]. Default `false`, which costs nothing.
    pub fn watch(&self, watch: bool) {
        self.inner.watched.set(watch);
    }

    /// Asks the system for receive buffers of so many octets, for the ports that are open and for those to
    /// come. Default 4 MiB. Linux caps it at `net.core.rmem_max`, and counts some 800 octets for a small
    /// datagram.
    pub fn set_receive_buffer(&self, octets: usize) {
        let send = self.inner.buffers.get().send;
        let receive = octets;
        self.set_buffers(Buffers { receive, send });
    }

    /// Asks the system for send buffers of so many octets, for the ports that are open and for those to
    /// come. Default 4 MiB. Linux caps it at `net.core.wmem_max`, and counts some 800 octets for a small
    /// datagram until it has left: for up to three seconds where its neighbour is silent.
    pub fn set_send_buffer(&self, octets: usize) {
        let receive = self.inner.buffers.get().receive;
        let send = octets;
        self.set_buffers(Buffers { receive, send });
    }

    fn set_buffers(&self, buffers: Buffers) {
        self.inner.buffers.set(buffers);
        let ports = self.inner.ports.borrow();
        for socket in ports.iter().flat_map(|port| &port.sockets) {
            buffers.apply(&socket.udp);
        }
    }

    /// Closes all ports. Requests that are under way end without an outcome, and are not told of.
    pub fn close(&self) {
        for port in self.inner.ports.take() {
            // It tells nobody of its end, being forgotten already.
            self.inner.engine.borrow_mut().cancel_through(port.endpoint);
            for socket in port.sockets {
                // A reactor that ends first has closed it as well.
                socket.udp.stop_listening().add_errback(|_| ());
            }
        }
    }

    /// Opens a UDP port on `address` for requests to others. From then on, those to peers of the same
    /// address family go through it.
    ///
    /// # Errors
    ///
    /// [`CannotListenError`] names the address and the system's error.
    pub fn open_client(&self, address: SocketAddr) -> Result<Endpoint, CannotListenError> {
        self.inner.open(
            address,
            Role::Client {
                from_any_port: false,
            },
        )
    }

    /// The port that reaches `address`: one for each address family serves all peers. Unless there is
    /// one from [`Binding::open_client`], it is opened with the first request.
    ///
    /// # Errors
    ///
    /// [`CannotListenError`] if the system has no such family.
    pub fn endpoint_for(&self, address: SocketAddr) -> Result<Endpoint, CannotListenError> {
        if let Some(endpoint) = self.open_endpoint_for(address) {
            return Ok(endpoint);
        }
        let any: IpAddr = match address.ip().to_canonical() {
            IpAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            IpAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        self.inner.open(
            SocketAddr::new(any, 0),
            Role::Client {
                from_any_port: true,
            },
        )
    }

    /// The same, if it is open already.
    pub fn open_endpoint_for(&self, address: SocketAddr) -> Option<Endpoint> {
        let is_client = |port: &&Port| {
            matches!(port.role, Role::Client { .. })
                && port.udp().local_addr().is_ipv4() == address.ip().to_canonical().is_ipv4()
        };
        let ports = self.inner.ports.borrow();
        Some(ports.iter().rfind(is_client)?.endpoint)
    }

    /// The address that a port is bound to; none once it is closed.
    pub fn local_addr(&self, endpoint: Endpoint) -> Option<SocketAddr> {
        let ports = self.inner.ports.borrow();
        let port = ports.iter().find(|port| port.endpoint == endpoint)?;
        Some(port.udp().local_addr())
    }
}

impl Drop for Binding {
    fn drop(&mut self) {
        self.inner.task.take();
        if let Some(timer) = self.inner.timer.take() {
            // Not there any more if it is what runs right now.
            let _ = timer.call.cancel();
        }
        self.close();
    }
}

impl fmt::Debug for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ports = self.inner.ports.try_borrow();
        let addresses = ports
            .iter()
            .flat_map(|ports| ports.iter().map(|port| port.udp().local_addr()));
        f.debug_list().entries(addresses).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Credentials;
    use crate::pdu::{Pdu, PduKind};
    use crate::reactor::{Datagram, DatagramProtocol, Reactor, UdpPort};
    use crate::smi::VarBindList;
    use std::time::Duration;

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
        let config = EngineConfig::default();
        let binding = Binding::new(&reactor.handle(), config, Rc::downgrade(&sink));
        let requests = ["127.0.0.1:9", "[::1]:9"].map(|address| {
            let address = address.parse().expect("an address");
            let endpoint = binding.endpoint_for(address).expect("a port");
            let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
            let peer = Peer::udp(endpoint, address);
            let request = Request::new(peer, Credentials::V2c("public".into()), pdu);
            binding.submit(request).expect("room")
        });
        drop(binding.inner.ports.borrow()[0].udp().stop_listening());
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
            let config = EngineConfig::default();
            Self {
                agent: agent.local_addr(),
                binding: Binding::new(&reactor.handle(), config, Rc::downgrade(&sink)),
                reactor,
                answered,
            }
        }

        fn ask(&self) -> Endpoint {
            let endpoint = self.binding.endpoint_for(self.agent).expect("a port");
            let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
            let peer = Peer::udp(endpoint, self.agent);
            let request = Request::new(peer, Credentials::V2c("public".into()), pdu);
            self.binding.submit(request).expect("room");
            endpoint
        }

        /// As the system does with a port that is full.
        fn fill_first_socket(&self) {
            self.binding.inner.ports.borrow_mut()[0].sockets[0].blocked = true;
        }

        fn sockets(&self) -> usize {
            self.binding.inner.ports.borrow()[0].sockets.len()
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
            asking.binding.inner.ports.borrow()[0].sockets[place]
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
        asking.binding.open_client(any).expect("a port");
        let endpoint = asking.ask();
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
        asking.binding.open_client(any).expect("a port");
        asking.ask();
        asking.turn_until_answered(1);
        asking.binding.inner.writable(endpoint, 0);
        asking.turn_until_answered(2);
    }
}

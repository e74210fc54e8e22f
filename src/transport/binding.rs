//! The pump between an engine and the ports of a reactor.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::{Rc, Weak};
use std::time::Instant;

use crate::engine::{
    Address, Endpoint, Engine, EngineConfig, Event, Peer, Request, RequestId, SubmitError,
};
use crate::reactor::{
    CannotListenError, Datagram, DatagramProtocol, DelayedCall, Handle, SendBatch, Task, UdpPort,
};

use super::sent::SentMessages;

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
/// Messages are sent from the reactor's pass, at most 32 before the next datagrams are received:
/// answers to the first are taken in before their number could overflow a receive buffer.
/// A port that serves requests keeps the sink alive, which usually owns the binding; dropping the
/// binding closes its ports.
pub struct Binding {
    inner: Rc<Inner>,
}

struct Inner {
    handle: Handle,
    engine: RefCell<Engine>,
    ports: RefCell<Vec<Port>>,
    /// The number of the next port. Not one of a port just closed: that one is told later.
    next_endpoint: Cell<u16>,
    sink: Weak<dyn EventSink>,
    /// Runs the pump from the reactor's pass.
    task: RefCell<Option<Task>>,
    timer: RefCell<Option<Timer>>,
    /// The engine's deadline has come.
    due: Cell<bool>,
    pumping: Cell<bool>,
    message: RefCell<Vec<u8>>,
    watched: Cell<bool>,
    /// What has gone out while it is watched.
    sent: RefCell<SentMessages>,
}

struct Port {
    endpoint: Endpoint,
    udp: UdpPort,
    batch: SendBatch,
    /// The system takes no more; what is in the batch goes out when it does.
    blocked: bool,
    role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Sends requests; closed with the binding.
    Client,
    /// Serves requests, and keeps the owner of the binding alive for that.
    Server,
}

struct Timer {
    at: Instant,
    call: DelayedCall,
}

/// Messages sent between two looks at what has come in.
const SENDS_A_PASS: usize = 32;
/// Events handed out in one go.
const EVENTS_A_PASS: usize = 256;
/// What is asked of the system for each port. The default holds 270 small datagrams.
const RECEIVE_BUFFER: usize = 4 << 20;

impl Binding {
    /// Binds a new engine to the reactor of `handle`. Opens no port yet.
    pub fn new(handle: &Handle, config: EngineConfig, sink: Weak<dyn EventSink>) -> Self {
        let inner = Rc::new_cyclic(|weak: &Weak<Inner>| {
            let weak = weak.clone();
            let task = handle.task(move || {
                if let Some(inner) = weak.upgrade() {
                    inner.expire();
                    inner.pump();
                }
            });
            Inner {
                engine: RefCell::new(Engine::new(config, handle.now())),
                handle: handle.clone(),
                ports: RefCell::default(),
                next_endpoint: Cell::new(0),
                sink,
                task: RefCell::new(Some(task)),
                timer: RefCell::default(),
                due: Cell::new(false),
                pumping: Cell::new(false),
                message: RefCell::default(),
                watched: Cell::new(false),
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
    /// [`Binding::local_addr`].
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

    /// Closes all ports. Requests that are under way are not told of.
    pub fn close(&self) {
        for port in self.inner.ports.take() {
            // A reactor that ends first has closed it as well.
            port.udp.stop_listening().add_errback(|_| ());
        }
    }

    /// Opens a UDP port on `address` for requests to others. From then on, those to peers of the same
    /// address family go through it.
    ///
    /// # Errors
    ///
    /// [`CannotListenError`] names the address and the system's error.
    pub fn open_client(&self, address: SocketAddr) -> Result<Endpoint, CannotListenError> {
        self.inner.open(address, Role::Client)
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
        let any: IpAddr = match address {
            SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
            SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
        };
        self.inner.open(SocketAddr::new(any, 0), Role::Client)
    }

    /// The same, if it is open already.
    pub fn open_endpoint_for(&self, address: SocketAddr) -> Option<Endpoint> {
        let is_client = |port: &&Port| {
            port.role == Role::Client && port.udp.local_addr().is_ipv4() == address.is_ipv4()
        };
        let ports = self.inner.ports.borrow();
        Some(ports.iter().rfind(is_client)?.endpoint)
    }

    /// The address that a port is bound to; none once it is closed.
    pub fn local_addr(&self, endpoint: Endpoint) -> Option<SocketAddr> {
        let ports = self.inner.ports.borrow();
        let port = ports.iter().find(|port| port.endpoint == endpoint)?;
        Some(port.udp.local_addr())
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
            .flat_map(|ports| ports.iter().map(|port| port.udp.local_addr()));
        f.debug_list().entries(addresses).finish()
    }
}

impl Inner {
    fn open(
        self: &Rc<Self>,
        address: SocketAddr,
        role: Role,
    ) -> Result<Endpoint, CannotListenError> {
        let endpoint = self.number();
        let protocol = Rc::new(Link {
            binding: Rc::downgrade(self),
            endpoint,
            role,
            _owner: (role == Role::Server)
                .then(|| self.sink.upgrade())
                .flatten(),
        });
        let udp = self.handle.listen_udp(address, protocol)?;
        // The system caps it; what it gives is better than its default in any case.
        if let Err(error) = udp.set_receive_buffer(RECEIVE_BUFFER) {
            debug!("receive buffer of {address}: {error}");
        }
        self.ports.borrow_mut().push(Port {
            endpoint,
            udp,
            batch: SendBatch::new(),
            blocked: false,
            role,
        });
        Ok(endpoint)
    }

    /// A number that no open port has, and none that was open lately.
    fn number(&self) -> Endpoint {
        let ports = self.ports.borrow();
        loop {
            let endpoint = Endpoint(self.next_endpoint.get());
            self.next_endpoint.set(endpoint.0.wrapping_add(1));
            if ports.iter().all(|port| port.endpoint != endpoint) {
                return endpoint;
            }
        }
    }

    /// Sees to what a call of the engine may have brought.
    fn follow(self: &Rc<Self>) {
        if self.engine.borrow().has_output() {
            self.schedule();
        }
        self.arm();
    }

    fn schedule(&self) {
        if let Some(task) = &*self.task.borrow() {
            task.schedule();
        }
    }

    /// Hands out events and sends messages, until there are none or a bound is reached; what is left
    /// waits for the next pass.
    fn pump(self: &Rc<Self>) {
        // An event's receiver may run the reactor's code that ends up here again.
        if self.pumping.replace(true) {
            return self.schedule();
        }
        let _pumping = Pumping(self);
        let mut events = EVENTS_A_PASS;
        while events > 0 {
            let Some(event) = self.engine.borrow_mut().poll_event() else {
                break;
            };
            let Some(sink) = self.sink.upgrade() else {
                break;
            };
            sink.event(event);
            events -= 1;
        }
        self.collect();
        self.flush();
        self.show_sent();
        self.arm();
    }

    /// Lends what has been sent to who watches.
    fn show_sent(&self) {
        if self.sent.borrow().is_empty() {
            return;
        }
        // Taken out while it is lent: everything may be called meanwhile.
        let mut sent = self.sent.take();
        for (peer, local, octets) in sent.iter() {
            if let Some(sink) = self.sink.upgrade() {
                sink.passing(Direction::Sent, peer, Some(local), octets);
            }
        }
        sent.clear();
        *self.sent.borrow_mut() = sent;
    }

    fn show_received(&self, peer: &Peer, octets: &[u8]) {
        let ports = self.ports.borrow();
        let port = ports.iter().find(|port| port.endpoint == peer.endpoint);
        let local = port.map(|port| own_address(port.udp.local_addr(), peer.local));
        drop(ports);
        if let Some(sink) = self.sink.upgrade() {
            sink.passing(Direction::Received, peer, local, octets);
        }
    }

    /// Moves messages from the engine into the batches of their ports.
    fn collect(&self) {
        if self.is_blocked() {
            return;
        }
        let mut engine = self.engine.borrow_mut();
        let mut ports = self.ports.borrow_mut();
        let mut message = self.message.borrow_mut();
        for _ in 0..SENDS_A_PASS {
            let Some(transmit) = engine.poll_transmit(&mut message) else {
                break;
            };
            let Address::Udp(to) = transmit.peer.address;
            let is_its = |port: &&mut Port| port.endpoint == transmit.peer.endpoint;
            if let Some(port) = ports.iter_mut().find(is_its) {
                port.batch.push(&message, to, transmit.peer.local);
                if self.watched.get() {
                    let local = own_address(port.udp.local_addr(), transmit.peer.local);
                    self.sent.borrow_mut().push(transmit.peer, local, &message);
                }
            }
        }
    }

    fn flush(&self) {
        for port in self.ports.borrow_mut().iter_mut() {
            port.flush();
        }
    }

    fn is_blocked(&self) -> bool {
        self.ports.borrow().iter().any(|port| port.blocked)
    }

    /// Makes sure that a timed call stands at the engine's deadline or before it. Deadlines mostly
    /// move away from now; then the call stays and finds nothing to do, which is cheaper than moving
    /// it with every request.
    fn arm(self: &Rc<Self>) {
        let Some(at) = self.engine.borrow().next_deadline() else {
            return;
        };
        let mut timer = self.timer.borrow_mut();
        match &mut *timer {
            Some(timer) if timer.at <= at => {}
            other => {
                let delay = at.saturating_duration_since(self.handle.now());
                if let Some(earlier) = other.take() {
                    let _ = earlier.call.cancel();
                }
                let weak = Rc::downgrade(self);
                let call = self.handle.call_later(delay, move || {
                    if let Some(inner) = weak.upgrade() {
                        inner.deadline();
                    }
                });
                *other = Some(Timer { at, call });
            }
        }
    }

    /// Marks the deadline. What is over is left to the task, which runs after the sockets have been
    /// read: after a long standstill, the answers that wait there come first.
    fn deadline(&self) {
        self.timer.take();
        self.due.set(true);
        self.schedule();
    }

    fn expire(&self) {
        if self.due.replace(false) {
            self.engine.borrow_mut().handle_timeout(self.handle.now());
        }
    }
}

/// The address of a port, with the one that is written to or from in place of a wildcard.
fn own_address(mut bound: SocketAddr, local: Option<IpAddr>) -> SocketAddr {
    if let Some(local) = local {
        bound.set_ip(local);
    }
    bound
}

/// A run of the pump. What it leaves is taken up in the next pass, also when a receiver of events
/// has panicked.
struct Pumping<'a>(&'a Inner);

impl Drop for Pumping<'_> {
    fn drop(&mut self) {
        self.0.pumping.set(false);
        if self.0.engine.borrow().has_output() && !self.0.is_blocked() {
            self.0.schedule();
        }
    }
}

impl Port {
    /// Sends what is in the batch. A datagram that the system refuses is skipped: for its request
    /// it is lost like one that the network loses.
    fn flush(&mut self) {
        while !self.blocked && !self.batch.is_empty() {
            match self.udp.write_batch(&self.batch) {
                Ok(sent) => {
                    self.batch.discard(sent);
                    self.blocked = !self.batch.is_empty();
                }
                Err(refused) => {
                    debug!("sending from {}: {refused}", self.udp.local_addr());
                    self.batch.discard(refused.sent + 1);
                }
            }
        }
    }
}

/// What the reactor knows of a binding: the receiving side of one port.
struct Link {
    binding: Weak<Inner>,
    endpoint: Endpoint,
    role: Role,
    /// Kept for as long as the port is open.
    _owner: Option<Rc<dyn EventSink>>,
}

impl DatagramProtocol for Link {
    fn datagram_received(&self, datagram: Datagram<'_>) {
        if let Some(inner) = self.binding.upgrade() {
            let peer = Peer::udp(self.endpoint, datagram.from).to_local(datagram.to);
            if inner.watched.get() {
                inner.show_received(&peer, datagram.data);
            }
            let now = inner.handle.now();
            let mut engine = inner.engine.borrow_mut();
            engine.handle_datagram(now, &peer, datagram.data);
        }
    }

    fn batch_received(&self) {
        if let Some(inner) = self.binding.upgrade() {
            inner.pump();
        }
    }

    /// An answer goes out from the address that was asked; where only answers come in, none does.
    fn wants_destination(&self) -> bool {
        self.role == Role::Server
    }

    fn writable(&self) {
        if let Some(inner) = self.binding.upgrade() {
            let mut ports = inner.ports.borrow_mut();
            ports.iter_mut().for_each(|port| port.blocked = false);
            drop(ports);
            inner.flush();
            inner.pump();
        }
    }

    fn stop_protocol(&self) {
        let Some(inner) = self.binding.upgrade() else {
            return;
        };
        let mut ports = inner.ports.borrow_mut();
        let before = ports.len();
        ports.retain(|port| port.endpoint != self.endpoint);
        let was_open = ports.len() < before;
        let was_last = ports.is_empty();
        drop(ports);
        let Some(sink) = inner.sink.upgrade().filter(|_| was_open) else {
            return;
        };
        let mut engine = inner.engine.borrow_mut();
        let abandoned = engine.cancel_through(self.endpoint);
        let outcomes: Vec<Event> = match was_last {
            // With the reactor at its end, nobody comes for what is left here.
            true => std::iter::from_fn(|| engine.poll_event()).collect(),
            false => Vec::new(),
        };
        drop(engine);
        for event in outcomes {
            sink.clone().event(event);
        }
        sink.abandoned(abandoned);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // A reactor that is dropped without having been shut down.
        self.stop_protocol();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Credentials;
    use crate::pdu::{Pdu, PduKind};
    use crate::reactor::Reactor;
    use crate::smi::VarBindList;

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
        drop(binding.inner.ports.borrow()[0].udp.stop_listening());
        reactor.turn().expect("a pass");
        assert_eq!(*told.0.borrow(), requests[..1]);
        assert_eq!(binding.with_engine(|engine, _| engine.outstanding()), 1);
    }
}

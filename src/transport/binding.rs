//! An engine on a reactor.

use std::cell::{Cell, RefCell};
use std::fmt;
#[cfg(unix)]
use std::os::fd::AsFd;
use std::rc::{Rc, Weak};
use std::time::Instant;

use crate::engine::{
    Address, Endpoint, Engine, EngineConfig, Event, Peer, Request, RequestId, SubmitError,
};
use crate::reactor::{Alarm, Handle};

use super::buffers::Buffers;
use super::carrier::{Network, OpenError, Opening};
use super::datagram::UdpNetwork;
use super::pump::{Inner, Kind};

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
        _local: Option<&Address>,
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

/// An engine on a reactor: its messages go through the [carriers](super::Carrier) of a [`Network`], its deadlines are
/// timed calls, and its events go to an [`EventSink`].
///
/// Messages are sent from the reactor's pass, at most 32 before the next ones are received
/// ([`ReactorBuilder::send_budget`](crate::reactor::ReactorBuilder::send_budget)):
/// answers to the first are taken in before their number could overflow a receive buffer. An endpoint that is full keeps
/// no other waiting.
/// One that serves requests keeps the sink alive, which usually owns the binding; dropping the
/// binding closes its carriers.
pub struct Binding {
    inner: Rc<Inner>,
}

impl Binding {
    /// Binds a new engine to the reactor of `handle`, and to its UDP. Opens no port yet.
    pub fn new(handle: &Handle, config: EngineConfig, sink: Weak<dyn EventSink>) -> Self {
        Self::with_network(handle, config, UdpNetwork::new(handle), sink)
    }

    /// The same with what `network` opens in place of UDP ports.
    pub fn with_network(
        handle: &Handle,
        config: EngineConfig,
        network: impl Network + 'static,
        sink: Weak<dyn EventSink>,
    ) -> Self {
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
                network: Box::new(network),
                ports: RefCell::default(),
                next_endpoint: Cell::new(0),
                buffers: Cell::default(),
                sink,
                task: RefCell::new(Some(task)),
                alarm: Alarm::default(),
                pumping: Cell::new(false),
                message: RefCell::default(),
                loaded: RefCell::default(),
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

    /// Opens `address` for requests from outside. Port 0 takes a free one: see
    /// [`Binding::local_addr`]. One of IPv6 takes what comes by IPv6 only, `[::]` too: see [`Handle::listen_udp`].
    ///
    /// # Errors
    ///
    /// [`OpenError`] names the address and the system's error.
    pub fn listen(&self, address: &Address) -> Result<Endpoint, OpenError> {
        self.inner.open(Opening::ServerAt(address))
    }

    /// Takes requests from outside on a UDP socket that the program has made and bound itself, whatever network the engine
    /// has: on a duplicate, so that the program may close its own. What the program has set of the socket stays.
    ///
    /// # Errors
    ///
    /// [`OpenError::Socket`]: it is no UDP socket of IPv4 or IPv6, or not bound.
    #[cfg(unix)]
    pub fn listen_socket(&self, socket: impl AsFd) -> Result<Endpoint, OpenError> {
        let inner = &self.inner;
        let open = |link| UdpNetwork::adopt(&inner.handle, socket.as_fd(), link);
        inner.open_by(None, open, OpenError::Socket)
    }

    /// Whether every message is shown to [`EventSink::passing`]. Default `false`, which costs nothing.
    pub fn watch(&self, watch: bool) {
        self.inner.watched.set(watch);
    }

    /// Asks the system for receive buffers of so many octets, for the carriers that are open and for those to
    /// come. Default 4 MiB. Linux caps it at `net.core.rmem_max`, and counts some 800 octets for a small
    /// datagram.
    pub fn set_receive_buffer(&self, octets: usize) {
        let send = self.inner.buffers.get().send;
        let receive = octets;
        self.set_buffers(Buffers { receive, send });
    }

    /// Asks the system for send buffers of so many octets, for the carriers that are open and for those to
    /// come. Default 4 MiB. Linux caps it at `net.core.wmem_max`, and counts some 800 octets for a small
    /// datagram until it has left: for up to three seconds where its neighbour is silent.
    pub fn set_send_buffer(&self, octets: usize) {
        let receive = self.inner.buffers.get().receive;
        let send = octets;
        self.set_buffers(Buffers { receive, send });
    }

    fn set_buffers(&self, buffers: Buffers) {
        self.inner.buffers.set(buffers);
        for carrier in self.inner.carriers() {
            carrier.set_buffers(buffers);
        }
    }

    /// Sends at once what is ready to go, as far as the carriers take it: for an engine that closes now.
    pub(crate) fn flush(&self) {
        self.inner.send_all();
    }

    /// Closes all ports. Requests that are under way end without an outcome, and are not told of.
    pub fn close(&self) {
        self.inner.close();
    }

    /// Opens `address` for requests to others. From then on, those to peers of the same
    /// transport and address family go through it.
    ///
    /// # Errors
    ///
    /// [`OpenError`] names the address and the system's error.
    pub fn open_client(&self, address: &Address) -> Result<Endpoint, OpenError> {
        self.inner.open(Opening::ClientAt(address))
    }

    /// The endpoint that reaches `address`: one for each transport and address family serves all peers. Unless there is
    /// one from [`Binding::open_client`], it is opened with the first request.
    ///
    /// # Errors
    ///
    /// [`OpenError`] if the network has no such transport, or the system no such family.
    pub fn endpoint_for(&self, address: &Address) -> Result<Endpoint, OpenError> {
        match self.open_endpoint_for(address) {
            Some(endpoint) => Ok(endpoint),
            None => self.inner.open(Opening::ClientFor(address)),
        }
    }

    /// The same, if it is open already.
    pub fn open_endpoint_for(&self, address: &Address) -> Option<Endpoint> {
        let kind = Some(Kind::of(address));
        let ports = self.inner.ports.borrow();
        let port = ports.iter().rfind(|port| port.asks == kind)?;
        Some(port.endpoint)
    }

    /// The address that an endpoint is bound to; none once it is closed, or where it has none.
    pub fn local_addr(&self, endpoint: Endpoint) -> Option<Address> {
        self.inner.carrier(endpoint)?.local_addr()
    }
}

impl Drop for Binding {
    fn drop(&mut self) {
        self.inner.task.take();
        self.inner.alarm.cancel();
        self.close();
    }
}

/// The own addresses.
impl fmt::Debug for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let carriers = self.inner.carriers();
        let addresses = carriers.iter().filter_map(|carrier| carrier.local_addr());
        let mut list = f.debug_list();
        for address in addresses {
            list.entry(&format_args!("{address}"));
        }
        list.finish()
    }
}

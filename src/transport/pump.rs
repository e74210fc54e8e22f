//! What a binding is inside: it takes from the engine what is to be sent and what has happened.

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::rc::{Rc, Weak};
use std::time::Instant;

use crate::engine::{Address, Endpoint, Engine, Peer, Transmit, TransportDomain};
use crate::reactor::{Alarm, Handle, Task, guarded};
use crate::throttle::Throttle;

use super::binding::{Direction, EventSink};
use super::buffers::Buffers;
use super::carrier::{Carrier, Network, OpenError, Opening};
use super::link::{Link, Stage, own_address};
use super::sent::SentMessages;

pub(super) struct Inner {
    pub(super) handle: Handle,
    pub(super) network: Box<dyn Network>,
    pub(super) engine: RefCell<Engine>,
    pub(super) ports: RefCell<Vec<Port>>,
    /// The number of the next port. Not one of a port just closed: that one is told later.
    pub(super) next_endpoint: Cell<u16>,
    pub(super) buffers: Cell<Buffers>,
    pub(super) sink: Weak<dyn EventSink>,
    /// Runs the pump from the reactor's pass.
    pub(super) task: RefCell<Option<Task>>,
    /// Stands at the engine's deadline.
    pub(super) alarm: Alarm,
    pub(super) pumping: Cell<bool>,
    /// The buffer of the message that is under way from the engine to a carrier.
    pub(super) message: RefCell<Vec<u8>>,
    /// The carriers that a run of the pump has given messages to.
    pub(super) loaded: RefCell<Vec<(Endpoint, Rc<dyn Carrier>)>>,
    pub(super) watched: Cell<bool>,
    /// Of the records of messages without a port.
    pub(super) throttle: RefCell<Throttle>,
    /// What has gone out while it is watched.
    pub(super) sent: RefCell<SentMessages>,
}

/// An endpoint that is open.
pub(super) struct Port {
    pub(super) endpoint: Endpoint,
    /// What it asks; none if it is asked.
    pub(super) asks: Option<Kind>,
    pub(super) carrier: Rc<dyn Carrier>,
    /// What its link knows of it.
    stage: Rc<Cell<Stage>>,
    /// The owner of the binding, which a port that serves requests keeps alive.
    pub(super) _owner: Option<Rc<dyn EventSink>>,
}

/// What one client carrier reaches all of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    domain: TransportDomain,
    /// Of IPv4 or of IPv6, where it is one of these.
    is_ipv4: Option<bool>,
}

impl Kind {
    pub(super) fn of(address: &Address) -> Self {
        let ip = address.socket_addr().map(|it| it.ip().to_canonical());
        Self {
            domain: address.domain(),
            is_ipv4: ip.map(|ip| ip.is_ipv4()),
        }
    }
}

/// How often the budget of a pass is spent to send what is left when an engine closes.
const PASSES_AT_THE_END: usize = 4_096;

/// Events handed out in one go.
const EVENTS_A_PASS: usize = 256;

impl Inner {
    pub(super) fn open(self: &Rc<Self>, opening: Opening<'_>) -> Result<Endpoint, OpenError> {
        let refused = |why| OpenError::refused(&opening.own_address(), why);
        let asks = opening.is_client().then(|| Kind::of(opening.address()));
        self.open_by(asks, |link| self.network.open(opening, link), refused)
    }

    /// Opens what `open` makes, for requests to what `asks` says, or from others.
    pub(super) fn open_by(
        self: &Rc<Self>,
        asks: Option<Kind>,
        open: impl FnOnce(Link) -> Result<Rc<dyn Carrier>, OpenError>,
        refused: impl Fn(io::Error) -> OpenError,
    ) -> Result<Endpoint, OpenError> {
        if self.handle.is_over() {
            return Err(refused(io::Error::other("the reactor has ended")));
        }
        let Some(endpoint) = self.number() else {
            return Err(refused(ErrorKind::QuotaExceeded.into()));
        };
        let begun = Begun {
            inner: self,
            endpoint,
            stage: Rc::new(Cell::new(Stage::Opening)),
        };
        let link = Link {
            binding: Rc::downgrade(self),
            endpoint,
            stage: Rc::clone(&begun.stage),
        };
        let carrier = open(link)?;
        if begun.stage.get() == Stage::Closed {
            return Err(refused(ErrorKind::ConnectionAborted.into()));
        }
        begun.stage.set(Stage::Open);
        let owner = match asks {
            Some(_) => None,
            None => self.sink.upgrade(),
        };
        self.ports.borrow_mut().push(Port {
            endpoint,
            asks,
            carrier,
            stage: Rc::clone(&begun.stage),
            _owner: owner,
        });
        Ok(endpoint)
    }

    /// The carriers that are open, to call them with nothing borrowed.
    pub(super) fn carriers(&self) -> Vec<Rc<dyn Carrier>> {
        let ports = self.ports.borrow();
        ports.iter().map(|port| Rc::clone(&port.carrier)).collect()
    }

    pub(super) fn carrier(&self, endpoint: Endpoint) -> Option<Rc<dyn Carrier>> {
        let ports = self.ports.borrow();
        let port = ports.iter().find(|port| port.endpoint == endpoint)?;
        Some(Rc::clone(&port.carrier))
    }

    pub(super) fn is_open(&self, endpoint: Endpoint) -> bool {
        let ports = self.ports.borrow();
        ports.iter().any(|port| port.endpoint == endpoint)
    }

    /// Takes a port out that has closed.
    pub(super) fn forget(&self, endpoint: Endpoint) -> Option<Port> {
        let mut ports = self.ports.borrow_mut();
        let place = ports.iter().position(|port| port.endpoint == endpoint)?;
        let port = ports.remove(place);
        port.stage.set(Stage::Closed);
        Some(port)
    }

    /// Closes all ports. They tell nobody of their end, being forgotten already.
    pub(super) fn close(&self) {
        for port in self.ports.take() {
            port.stage.set(Stage::Closed);
            self.engine.borrow_mut().cancel_through(port.endpoint);
            // One that fails must not keep the others open.
            guarded("a carrier", || port.carrier.close());
        }
    }

    /// A number that no open port has, and none that was open lately; none if all are taken.
    pub(super) fn number(&self) -> Option<Endpoint> {
        let ports = self.ports.borrow();
        for _ in 0..=u16::MAX {
            let endpoint = Endpoint(self.next_endpoint.get());
            self.next_endpoint.set(endpoint.0.wrapping_add(1));
            if ports.iter().all(|port| port.endpoint != endpoint) {
                return Some(endpoint);
            }
        }
        None
    }

    /// Sees to what a call of the engine may have brought.
    pub(super) fn follow(self: &Rc<Self>) {
        if self.engine.borrow().has_output() {
            self.schedule();
        }
        self.arm();
    }

    pub(super) fn schedule(&self) {
        if let Some(task) = &*self.task.borrow() {
            task.schedule();
        }
    }

    /// Hands out events and sends messages, until there are none or a bound is reached; what is left
    /// waits for the next pass.
    pub(super) fn pump(self: &Rc<Self>) {
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
        self.send();
        self.show_sent();
    }

    /// Lends what has been sent to who watches.
    pub(super) fn show_sent(&self) {
        if self.sent.borrow().is_empty() {
            return;
        }
        // Taken out while it is lent: everything may be called meanwhile.
        let mut sent = self.sent.take();
        for (peer, local, octets) in sent.iter() {
            if let Some(sink) = self.sink.upgrade() {
                sink.passing(Direction::Sent, peer, local, octets);
            }
        }
        sent.clear();
        *self.sent.borrow_mut() = sent;
    }

    pub(super) fn show_received(&self, peer: &Peer, local: Option<&Address>, octets: &[u8]) {
        let local = local.map(|bound| own_address(bound, peer));
        if let Some(sink) = self.sink.upgrade() {
            sink.passing(Direction::Received, peer, local.as_ref(), octets);
        }
    }

    /// Moves messages from the engine to their carriers, and has these send them. Nothing is borrowed while a carrier
    /// is called.
    ///
    /// False once there are none.
    fn send(&self) -> bool {
        let now = self.handle.now();
        let (mut loaded, mut message) = (self.loaded.take(), self.message.take());
        let mut may_be_more = true;
        for _ in 0..self.handle.send_budget() {
            let next = self.engine.borrow_mut().poll_transmit(now, &mut message);
            let Some(transmit) = next else {
                may_be_more = false;
                break;
            };
            let endpoint = transmit.peer.endpoint;
            let known = loaded.iter().position(|(its, _)| *its == endpoint);
            let place = known.or_else(|| {
                loaded.push((endpoint, self.carrier(endpoint)?));
                Some(loaded.len() - 1)
            });
            match place.and_then(|place| loaded.get(place)) {
                // One that fails must keep nobody's messages from the others.
                Some((_, carrier)) => {
                    _ = guarded("a carrier", || carrier.push(transmit, &message));
                }
                None => self.has_no_port(&transmit, now),
            }
        }
        for (endpoint, carrier) in loaded.drain(..) {
            if self.is_open(endpoint) {
                guarded("a carrier", || carrier.flush());
            }
        }
        self.loaded.replace(loaded);
        self.message.replace(message);
        may_be_more
    }

    /// The same for all of them.
    pub(super) fn send_all(&self) {
        // As many as wait at most, and some: what a carrier tells may bring others.
        for _ in 0..PASSES_AT_THE_END {
            if !self.send() {
                break;
            }
        }
        self.show_sent();
    }

    /// A message is dropped: a try of a request is lost like one that the network loses.
    #[cold]
    fn has_no_port(&self, transmit: &Transmit, now: Instant) {
        let left_out = self.throttle.borrow_mut().admit(now);
        if let Some(left_out) = left_out {
            let Transmit { peer, .. } = transmit;
            let Endpoint(number) = peer.endpoint;
            warn!("message to {peer}: port {number} is not open{left_out}");
        }
    }

    /// Makes sure that a timed call stands at the engine's deadline or before it, and none if there is no deadline.
    pub(super) fn arm(self: &Rc<Self>) {
        let next = self.engine.borrow().next_deadline();
        match next {
            Some(at) => self.alarm.set(&self.handle, at, || {
                let weak = Rc::downgrade(self);
                move || {
                    if let Some(inner) = weak.upgrade() {
                        inner.expire();
                    }
                }
            }),
            None => self.alarm.suspend(),
        }
    }

    /// The engine's deadline has come. The sockets have been read: after a long standstill, the answers that
    /// wait there come first.
    fn expire(self: &Rc<Self>) {
        self.alarm.has_gone();
        let now = self.handle.now();
        let next = self.engine.borrow().next_deadline();
        if next.is_none_or(|at| at > now) {
            self.handle.did_nothing();
            return self.arm();
        }
        self.engine.borrow_mut().handle_timeout(now);
        self.pump();
    }
}

/// A run of the pump. What it leaves is taken up in the next pass, and at the engine's deadline, also when a receiver of
/// events has panicked.
struct Pumping<'a>(&'a Rc<Inner>);

impl Drop for Pumping<'_> {
    fn drop(&mut self) {
        self.0.pumping.set(false);
        self.0.follow();
    }
}

/// A port that is being opened. Nothing is left of one that does not come to be open.
struct Begun<'a> {
    inner: &'a Rc<Inner>,
    endpoint: Endpoint,
    stage: Rc<Cell<Stage>>,
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if self.stage.get() != Stage::Open {
            self.stage.set(Stage::Closed);
            let mut engine = self.inner.engine.borrow_mut();
            // There are no requests: nobody knows its number.
            drop(engine.cancel_through(self.endpoint));
        }
    }
}

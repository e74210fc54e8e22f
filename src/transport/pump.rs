//! What a binding is inside: it takes from the engine what is to be sent and what has happened.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::{Rc, Weak};
use std::time::Instant;

use crate::engine::{Endpoint, Engine, Peer, Transmit};
use crate::reactor::{CannotListenError, DelayedCall, Handle, Task};
use crate::throttle::Throttle;

use super::binding::{Direction, EventSink};
use super::buffers::Buffers;
use super::link::Link;
use super::ports::{Port, Role, Socket, own_address};
use super::sent::SentMessages;

pub(super) struct Inner {
    pub(super) handle: Handle,
    pub(super) engine: RefCell<Engine>,
    pub(super) ports: RefCell<Vec<Port>>,
    /// The number of the next port. Not one of a port just closed: that one is told later.
    pub(super) next_endpoint: Cell<u16>,
    /// The number of the next socket.
    pub(super) next_socket: Cell<u64>,
    pub(super) buffers: Cell<Buffers>,
    pub(super) sink: Weak<dyn EventSink>,
    /// Runs the pump from the reactor's pass.
    pub(super) task: RefCell<Option<Task>>,
    pub(super) timer: RefCell<Option<Timer>>,
    pub(super) pumping: Cell<bool>,
    pub(super) message: RefCell<Vec<u8>>,
    pub(super) watched: Cell<bool>,
    /// Of the records of messages without a port.
    pub(super) throttle: RefCell<Throttle>,
    /// What has gone out while it is watched.
    pub(super) sent: RefCell<SentMessages>,
}

pub(super) struct Timer {
    /// None while there is no deadline.
    at: Option<Instant>,
    pub(super) call: DelayedCall,
}

/// Events handed out in one go.
const EVENTS_A_PASS: usize = 256;

impl Inner {
    pub(super) fn open(
        self: &Rc<Self>,
        address: SocketAddr,
        role: Role,
    ) -> Result<Endpoint, CannotListenError> {
        let endpoint = self.number();
        let first = self.socket(address, endpoint, role)?;
        let port = Port::new(endpoint, role, first);
        self.ports.borrow_mut().push(port);
        Ok(endpoint)
    }

    fn socket(
        self: &Rc<Self>,
        address: SocketAddr,
        endpoint: Endpoint,
        role: Role,
    ) -> Result<Socket, CannotListenError> {
        let number = self.next_socket.get();
        self.next_socket.set(number + 1);
        let protocol = Rc::new(Link {
            binding: Rc::downgrade(self),
            endpoint,
            number,
            _owner: (role == Role::Server)
                .then(|| self.sink.upgrade())
                .flatten(),
        });
        let buffers = self.buffers.get();
        let options = role.options().receive_buffer(buffers.receive);
        let options = options.send_buffer(buffers.send);
        let udp = self.handle.listen_udp_with(address, &options, protocol)?;
        Ok(Socket {
            number,
            udp,
            blocked: false,
        })
    }

    /// Forgets a socket that has closed. True if it was the port; its further ones close with it.
    pub(super) fn forget(&self, endpoint: Endpoint, number: u64) -> bool {
        let mut ports = self.ports.borrow_mut();
        let place = ports.iter().position(|port| port.endpoint == endpoint);
        let Some(place) = place else { return false };
        let sockets = &mut ports[place].sockets;
        if sockets[0].number != number {
            sockets.retain(|socket| socket.number != number);
            return false;
        }
        let port = ports.swap_remove(place);
        drop(ports);
        for socket in port.sockets {
            socket.udp.stop_listening().add_errback(|_| ());
        }
        true
    }

    /// A number that no open port has, and none that was open lately.
    pub(super) fn number(&self) -> Endpoint {
        let ports = self.ports.borrow();
        loop {
            let endpoint = Endpoint(self.next_endpoint.get());
            self.next_endpoint.set(endpoint.0.wrapping_add(1));
            if ports.iter().all(|port| port.endpoint != endpoint) {
                return endpoint;
            }
        }
    }

    /// A socket takes messages again.
    pub(super) fn writable(self: &Rc<Self>, endpoint: Endpoint, number: u64) {
        let mut ports = self.ports.borrow_mut();
        let mut sockets = ports.iter_mut().flat_map(|port| &mut port.sockets);
        if let Some(socket) = sockets.find(|socket| socket.number == number) {
            socket.blocked = false;
        }
        drop(ports);
        self.engine.borrow_mut().unblock(endpoint);
        self.pump();
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
        self.collect();
        self.flush();
        self.show_sent();
        self.arm();
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
                sink.passing(Direction::Sent, peer, Some(local), octets);
            }
        }
        sent.clear();
        *self.sent.borrow_mut() = sent;
    }

    pub(super) fn show_received(&self, number: u64, peer: &Peer, octets: &[u8]) {
        let ports = self.ports.borrow();
        let mut sockets = ports.iter().flat_map(|port| &port.sockets);
        let socket = sockets.find(|socket| socket.number == number);
        let local = socket.map(|socket| own_address(socket.udp.local_addr(), peer.local));
        drop(ports);
        if let Some(sink) = self.sink.upgrade() {
            sink.passing(Direction::Received, peer, local, octets);
        }
    }

    /// Moves messages from the engine to their ports.
    fn collect(&self) {
        let now = self.handle.now();
        let mut engine = self.engine.borrow_mut();
        let mut ports = self.ports.borrow_mut();
        let mut message = self.message.borrow_mut();
        for _ in 0..self.handle.send_budget() {
            let Some(transmit) = engine.poll_transmit(now, &mut message) else {
                break;
            };
            let is_its = |port: &&mut Port| port.endpoint == transmit.peer.endpoint;
            match ports.iter_mut().find(is_its) {
                Some(port) => port.push(transmit, &message),
                None => self.has_no_port(&transmit, now),
            }
        }
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

    fn flush(self: &Rc<Self>) {
        let mut as_it_is = false;
        while let Some((endpoint, beside, role)) = self.flush_ports(as_it_is) {
            // With nothing borrowed: a socket that cannot be opened tells of its end.
            match self.socket(SocketAddr::new(beside.ip(), 0), endpoint, role) {
                Ok(socket) => {
                    let mut ports = self.ports.borrow_mut();
                    if let Some(port) = ports.iter_mut().find(|port| port.endpoint == endpoint) {
                        port.sockets.push(socket);
                    }
                }
                Err(error) => {
                    debug!("a further socket beside {beside}: {error}");
                    as_it_is = true;
                }
            }
        }
    }

    /// Gives the first port that wants one more socket.
    fn flush_ports(&self, as_it_is: bool) -> Option<(Endpoint, SocketAddr, Role)> {
        let now = self.handle.now();
        let mut engine = self.engine.borrow_mut();
        let mut sent = self.watched.get().then(|| self.sent.borrow_mut());
        let mut ports = self.ports.borrow_mut();
        for port in ports.iter_mut() {
            if port.flush(&mut engine, now, sent.as_deref_mut(), as_it_is) {
                return Some((port.endpoint, port.udp().local_addr(), port.role));
            }
        }
        None
    }

    /// Makes sure that a timed call stands at the engine's deadline or before it, and none if there is no deadline.
    /// Deadlines mostly move away from now; then the call stays and finds nothing to do, which is cheaper than moving
    /// it with every request.
    pub(super) fn arm(self: &Rc<Self>) {
        let next = self.engine.borrow().next_deadline();
        let mut timer = self.timer.borrow_mut();
        let Some(at) = next else {
            if let Some(timer) = &mut *timer
                && timer.at.take().is_some()
            {
                timer.call.suspend();
            }
            return;
        };
        let stands = timer.as_ref().and_then(|timer| timer.at);
        if stands.is_some_and(|stands| stands <= at) {
            return;
        }
        let delay = at.saturating_duration_since(self.handle.now());
        match &mut *timer {
            Some(timer) if timer.call.reset(delay).is_ok() => timer.at = Some(at),
            other => {
                let weak = Rc::downgrade(self);
                let call = self.handle.call_at_limit(delay, move || {
                    if let Some(inner) = weak.upgrade() {
                        inner.expire();
                    }
                });
                *other = Some(Timer { at: Some(at), call });
            }
        }
    }

    /// The engine's deadline has come. The sockets have been read: after a long standstill, the answers that
    /// wait there come first.
    fn expire(self: &Rc<Self>) {
        self.timer.take();
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

/// A run of the pump. What it leaves is taken up in the next pass, also when a receiver of events
/// has panicked.
struct Pumping<'a>(&'a Inner);

impl Drop for Pumping<'_> {
    fn drop(&mut self) {
        self.0.pumping.set(false);
        if self.0.engine.borrow().has_output() {
            self.0.schedule();
        }
    }
}

//! A network that the library does not know: messages in streams of TCP, each behind its length in four octets. A peer that
//! is asked has a connection, which is made with the first message and again after it was lost; an address is written as that
//! of UDP.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::mem;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};
use std::time::Duration;

use deferred_snmp::engine::{Address, SendFailure, SystemError, Transmit};
use deferred_snmp::reactor::{
    ConnectError, ConnectionLost, Handle, Protocol, SystemEvent, TcpPort, Transport, TriggerPhase,
};
use deferred_snmp::transport::{Carrier, Link, Network, OpenError, Opening};

pub(super) struct StreamNetwork {
    handle: Handle,
}

impl StreamNetwork {
    pub(super) fn new(handle: &Handle) -> Self {
        Self {
            handle: handle.clone(),
        }
    }
}

impl Network for StreamNetwork {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        let Address::Udp(address) = *opening.address() else {
            return Err(OpenError::Unsupported(opening.address().clone()));
        };
        let streams = Rc::new_cyclic(|this| Streams {
            this: this.clone(),
            handle: self.handle.clone(),
            link: link.clone(),
            listener: RefCell::default(),
            connections: RefCell::default(),
            is_closed: Cell::new(false),
        });
        if !opening.is_client() {
            let (accepting, end) = (Rc::downgrade(&streams), End(link.clone()));
            let accept = move |peer| {
                let _kept_until_the_listener_is_gone = &end;
                let connection = accepting.upgrade()?.connection(peer);
                Some(connection as Rc<dyn Protocol>)
            };
            let listener = self.handle.listen_tcp(address, accept)?;
            streams.listener.replace(Some(listener));
        }
        let end = End(link);
        let end = move || drop(end);
        self.handle
            .add_system_event_trigger(TriggerPhase::During, SystemEvent::Shutdown, end);
        Ok(streams)
    }
}

/// Tells the engine when its listener or the reactor ends, be it that this is dropped.
struct End(Link);

impl Drop for End {
    fn drop(&mut self) {
        self.0.closed();
    }
}

/// One endpoint.
struct Streams {
    this: Weak<Self>,
    handle: Handle,
    link: Link,
    listener: RefCell<Option<TcpPort>>,
    connections: RefCell<BTreeMap<SocketAddr, Rc<Connection>>>,
    is_closed: Cell<bool>,
}

/// So many messages wait for a connection, and so many octets in it; the engine keeps the rest.
const MOST_WAITING: usize = 64;
const MOST_UNSENT: usize = 5_000;

/// So many octets go in one segment.
const DROP: usize = 100;

impl Streams {
    fn connection(&self, peer: SocketAddr) -> Rc<Connection> {
        let connection = Rc::new_cyclic(|this| Connection {
            this: this.clone(),
            streams: self.this.clone(),
            peer,
            transport: RefCell::default(),
            waiting: RefCell::default(),
            outgoing: RefCell::default(),
            is_dripping: Cell::new(false),
            is_full: Cell::new(false),
            incoming: RefCell::default(),
        });
        let mut connections = self.connections.borrow_mut();
        connections.insert(peer, Rc::clone(&connection));
        connection
    }

    /// The connection to `peer`, if one can be had: a server makes none.
    fn to(&self, peer: SocketAddr) -> Option<Rc<Connection>> {
        let there = self.connections.borrow().get(&peer).map(Rc::clone);
        if there.is_some() || self.is_closed.get() || self.listener.borrow().is_some() {
            return there;
        }
        let connection = self.connection(peer);
        let (limit, failing) = (Duration::from_secs(5), Rc::clone(&connection));
        self.handle
            .connect_tcp(peer, limit, Rc::clone(&connection) as _)
            .map(drop)
            .add_errback(move |error| {
                failing.end(match error {
                    ConnectError::Refused(_) => ErrorKind::ConnectionRefused,
                    _ => ErrorKind::TimedOut,
                });
            });
        Some(connection)
    }
}

impl Carrier for Streams {
    fn push(&self, message: Transmit, octets: &[u8]) {
        let peer = message.peer.address.socket_addr().expect("an address");
        let Some(connection) = self.to(peer) else {
            let error = SystemError::from(ErrorKind::NotConnected);
            return self.link.failed(&message, SendFailure::Passing(error));
        };
        let unsent = connection.outgoing.borrow().len();
        if connection.waiting.borrow().len() >= MOST_WAITING || unsent > MOST_UNSENT {
            connection.is_full.set(true);
            return self.link.take_back(&message, octets);
        }
        let mut waiting = connection.waiting.borrow_mut();
        waiting.push((message, octets.to_vec()));
    }

    fn flush(&self) {
        let all: Vec<_> = self.connections.borrow().values().map(Rc::clone).collect();
        all.iter()
            .for_each(|connection| connection.send(&self.link));
    }

    fn local_addr(&self) -> Option<Address> {
        let listener = self.listener.borrow();
        Some(Address::Udp(listener.as_ref()?.local_addr()))
    }

    fn close(&self) {
        self.is_closed.set(true);
        if let Some(listener) = &*self.listener.borrow() {
            drop(listener.stop_listening());
        }
        for connection in mem::take(&mut *self.connections.borrow_mut()).into_values() {
            connection.waiting.take();
            if let Some(transport) = &*connection.transport.borrow() {
                transport.lose_connection();
            }
        }
    }
}

struct Connection {
    this: Weak<Self>,
    streams: Weak<Streams>,
    peer: SocketAddr,
    /// None while it is being made.
    transport: RefCell<Option<Transport>>,
    waiting: RefCell<Vec<(Transmit, Vec<u8>)>>,
    outgoing: RefCell<Vec<u8>>,
    /// The rest goes in the next pass.
    is_dripping: Cell<bool>,
    /// Messages have gone back to the engine.
    is_full: Cell<bool>,
    incoming: RefCell<Vec<u8>>,
}

impl Connection {
    /// Hands all that waits to the stream.
    fn send(self: &Rc<Self>, link: &Link) {
        let Some(transport) = self.transport.borrow().clone() else {
            return;
        };
        let local = Address::Udp(transport.local_addr());
        for (message, octets) in self.waiting.take() {
            let mut outgoing = self.outgoing.borrow_mut();
            outgoing.extend((octets.len() as u32).to_be_bytes());
            outgoing.extend(&octets);
            drop(outgoing);
            link.sent(&message.peer, Some(&local), &octets);
        }
        self.drip(&transport);
    }

    /// Writes so little in a pass that most messages come in pieces, and small ones with the beginning of the next.
    fn drip(self: &Rc<Self>, transport: &Transport) {
        if self.is_dripping.get() {
            return;
        }
        let mut outgoing = self.outgoing.borrow_mut();
        let drop_len = outgoing.len().min(DROP);
        if drop_len == 0 || transport.write(&outgoing[..drop_len]).is_err() {
            // There is nothing, or its queue is full, or it has ended and will say so.
            return;
        }
        outgoing.drain(..drop_len);
        let Some(streams) = self.streams.upgrade() else {
            return;
        };
        self.is_dripping.set(true);
        let connection = Rc::clone(self);
        streams.handle.call_later(Duration::ZERO, move || {
            connection.is_dripping.set(false);
            connection.go_on();
        });
    }

    /// Sends, and has the engine send what it has taken back.
    fn go_on(&self) {
        if let Some(streams) = self.streams.upgrade()
            && let Some(own) = self.this.upgrade()
        {
            own.send(&streams.link);
            if self.outgoing.borrow().is_empty() && self.is_full.take() {
                streams.link.writable();
            }
        }
    }

    fn end(&self, why: ErrorKind) {
        let Some(streams) = self.streams.upgrade() else {
            return;
        };
        streams.connections.borrow_mut().remove(&self.peer);
        let (link, error) = (&streams.link, SystemError::from(why));
        for (message, _) in self.waiting.take() {
            link.failed(&message, SendFailure::Passing(error));
        }
        link.undelivered(&link.peer(Address::Udp(self.peer)), error);
        if self.is_full.take() {
            link.writable();
        }
    }
}

impl Protocol for Connection {
    fn connection_made(&self, transport: &Transport) {
        let streams = self.streams.upgrade();
        if streams.is_none_or(|streams| streams.is_closed.get()) {
            return transport.abort_connection();
        }
        transport.set_tcp_no_delay(true).expect("set");
        self.transport.replace(Some(transport.clone()));
        self.go_on();
    }

    fn data_received(&self, transport: &Transport, data: &[u8]) {
        let Some(streams) = self.streams.upgrade() else {
            return transport.abort_connection();
        };
        let mut incoming = self.incoming.take();
        incoming.extend(data);
        let peer = streams.link.peer(Address::Udp(self.peer));
        let local = Address::Udp(transport.local_addr());
        let mut rest = &incoming[..];
        while let Some(message) = next_message(&mut rest) {
            streams.link.received(&peer, Some(&local), message);
        }
        self.incoming.replace(rest.to_vec());
        streams.link.batch_received();
    }

    fn writable(&self, _: &Transport) {
        self.go_on();
    }

    fn connection_lost(&self, _: ConnectionLost) {
        self.transport.replace(None);
        self.end(ErrorKind::ConnectionReset);
    }
}

/// Takes the first whole message off.
fn next_message<'a>(octets: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = octets.split_first_chunk()?;
    let (message, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    *octets = rest;
    Some(message)
}

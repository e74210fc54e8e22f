//! The simulated wire as the network of engines on a reactor.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::{Rc, Weak};

use crate::engine::{Address, SendFailure, SystemError, Transmit};
use crate::reactor::{Handle, Task};
use crate::transport::{Carrier, Link, Network, OpenError, Opening};

use super::wire::{Delivery, Wire};

/// A wire, and who is at which of its addresses.
pub(super) struct Medium {
    handle: Handle,
    pub(super) wire: RefCell<Wire>,
    places: RefCell<BTreeMap<SocketAddr, Occupant>>,
    /// The last port that was given to who asked for any.
    last_port: Cell<u16>,
    /// What is to be handed in from the reactor's pass, as what sockets receive is.
    arrived: RefCell<Vec<(Rc<WirePort>, Delivery)>>,
    task: RefCell<Option<Task>>,
}

#[derive(Clone)]
pub(super) enum Occupant {
    /// An engine without a reactor, by its number.
    Node(usize),
    Port(Weak<WirePort>),
}

/// Ports from here on are given to who asks for any (RFC 6335 section 6).
const FIRST_FREE: u16 = 49_152;

impl Medium {
    pub(super) fn new(handle: &Handle, wire: Wire) -> Rc<Self> {
        Rc::new_cyclic(|medium: &Weak<Self>| {
            let medium = medium.clone();
            let task = handle.task(move || {
                if let Some(medium) = medium.upgrade() {
                    medium.hand_in();
                }
            });
            Self {
                handle: handle.clone(),
                wire: RefCell::new(wire),
                places: RefCell::default(),
                last_port: Cell::new(u16::MAX),
                arrived: RefCell::default(),
                task: RefCell::new(Some(task)),
            }
        })
    }

    pub(super) fn occupant(&self, address: &SocketAddr) -> Option<Occupant> {
        self.places.borrow().get(address).cloned()
    }

    pub(super) fn put_node(&self, address: SocketAddr, number: usize) {
        let mut places = self.places.borrow_mut();
        places.insert(address, Occupant::Node(number));
    }

    /// Has a datagram handed in from the reactor's next pass.
    pub(super) fn arrive(&self, port: Rc<WirePort>, delivery: Delivery) {
        self.arrived.borrow_mut().push((port, delivery));
        if let Some(task) = &*self.task.borrow() {
            task.schedule();
        }
    }

    fn hand_in(&self) {
        let arrived = self.arrived.take();
        for (place, (port, delivery)) in arrived.iter().enumerate() {
            port.receive(delivery);
            let next = arrived.get(place + 1);
            if next.is_none_or(|(next, _)| !Rc::ptr_eq(next, port)) {
                port.link.batch_received();
            }
        }
    }

    /// Ends all ports, as the end of a reactor does with those of the system.
    pub(super) fn shut_down(&self) {
        drop(self.arrived.take());
        let places = self.places.borrow();
        let ports = places.values().filter_map(|occupant| match occupant {
            Occupant::Node(_) => None,
            Occupant::Port(port) => port.upgrade(),
        });
        let ports: Vec<_> = ports.collect();
        drop(places);
        for port in ports {
            port.close();
            port.link.closed();
        }
    }

    /// The place that is meant by `wanted` on a host at `host`.
    fn free_place(&self, wanted: SocketAddr, host: IpAddr) -> Result<SocketAddr, ErrorKind> {
        let ip = match wanted.ip().to_canonical() {
            ip if !ip.is_unspecified() => ip,
            ip if ip.is_ipv4() == host.is_ipv4() => host,
            _ => return Err(ErrorKind::AddrNotAvailable),
        };
        let places = self.places.borrow();
        if wanted.port() != 0 {
            let place = SocketAddr::new(ip, wanted.port());
            return match places.contains_key(&place) {
                true => Err(ErrorKind::AddrInUse),
                false => Ok(place),
            };
        }
        for _ in FIRST_FREE..=u16::MAX {
            let port = self.last_port.get().checked_add(1).unwrap_or(FIRST_FREE);
            self.last_port.set(port);
            let place = SocketAddr::new(ip, port);
            if !places.contains_key(&place) {
                return Ok(place);
            }
        }
        Err(ErrorKind::AddrInUse)
    }
}

/// One host on the wire: the network of an engine.
pub(super) struct Host {
    pub(super) medium: Rc<Medium>,
    pub(super) ip: IpAddr,
}

impl Network for Host {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        let Address::Udp(address) = *opening.address() else {
            return Err(OpenError::Unsupported(opening.address().clone()));
        };
        let wanted = match opening {
            Opening::ClientFor(_) => match address.ip().to_canonical() {
                IpAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
                IpAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
            },
            Opening::ClientAt(_) | Opening::ServerAt(_) => address,
        };
        let medium = &self.medium;
        let bound = medium
            .free_place(wanted, self.ip)
            .map_err(|error| OpenError::refused(opening.address(), error))?;
        let port = Rc::new(WirePort {
            medium: Rc::clone(medium),
            link,
            bound,
            local: Address::Udp(bound),
            is_server: !opening.is_client(),
        });
        let occupant = Occupant::Port(Rc::downgrade(&port));
        medium.places.borrow_mut().insert(bound, occupant);
        Ok(port)
    }
}

/// An endpoint on the wire.
pub(super) struct WirePort {
    medium: Rc<Medium>,
    link: Link,
    bound: SocketAddr,
    local: Address,
    is_server: bool,
}

impl WirePort {
    fn receive(&self, delivery: &Delivery) {
        let peer = self.link.peer(Address::Udp(delivery.from));
        let asked_at = self.is_server.then(|| delivery.to.ip());
        let peer = peer.to_local(asked_at);
        self.link.received(&peer, Some(&self.local), &delivery.data);
    }
}

impl Carrier for WirePort {
    fn push(&self, message: Transmit, octets: &[u8]) {
        let Address::Udp(to) = message.peer.address else {
            let error = SystemError::from(ErrorKind::Unsupported);
            return self.link.failed(&message, SendFailure::Refused(error));
        };
        let now = self.medium.handle.now();
        let mut wire = self.medium.wire.borrow_mut();
        wire.send(now, self.bound, to, octets);
        drop(wire);
        self.link.sent(&message.peer, Some(&self.local), octets);
    }

    fn flush(&self) {}

    fn local_addr(&self) -> Option<Address> {
        Some(self.local.clone())
    }

    fn close(&self) {
        self.medium.places.borrow_mut().remove(&self.bound);
    }
}

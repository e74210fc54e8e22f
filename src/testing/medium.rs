//! The simulated wire as the network of engines on a reactor.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::rc::{Rc, Weak};

use crate::engine::{Address, SendFailure, SystemError, Transmit};
use crate::reactor::{Handle, Task, guarded};
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
    /// Nothing opens any more.
    is_over: Cell<bool>,
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
                is_over: Cell::new(false),
            }
        })
    }

    pub(super) fn occupant(&self, address: &SocketAddr) -> Option<Occupant> {
        self.places.borrow().get(&without_zone(*address)).cloned()
    }

    /// Puts an engine into a place, or in that of another one without a reactor. False if an engine on the reactor has it.
    pub(super) fn put_node(&self, address: SocketAddr, number: usize) -> bool {
        let mut places = self.places.borrow_mut();
        let place = places.entry(without_zone(address));
        let place = place.or_insert(Occupant::Node(number));
        match place {
            Occupant::Node(there) => *there = number,
            Occupant::Port(_) => return false,
        }
        true
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
                // What fails there is no reason for others to hear nothing.
                guarded("what has arrived", || port.link.batch_received());
            }
        }
    }

    /// Ends all ports, as the end of a reactor does with those of the system.
    pub(super) fn shut_down(&self) {
        self.is_over.set(true);
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
    fn free_place(&self, wanted: SocketAddr, host: IpAddr) -> io::Result<SocketAddr> {
        if self.is_over.get() {
            return Err(io::Error::other("the reactor has ended"));
        }
        let ip = match wanted.ip().to_canonical() {
            ip if !ip.is_unspecified() => ip,
            ip if ip.is_ipv4() == host.is_ipv4() => host,
            _ => return Err(ErrorKind::AddrNotAvailable.into()),
        };
        let places = self.places.borrow();
        if wanted.port() != 0 {
            let place = SocketAddr::new(ip, wanted.port());
            return match places.contains_key(&place) {
                true => Err(ErrorKind::AddrInUse.into()),
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
        Err(ErrorKind::AddrInUse.into())
    }
}

/// One host on the wire: the network of an engine.
pub(super) struct Host {
    pub(super) medium: Rc<Medium>,
    pub(super) ip: IpAddr,
}

impl Network for Host {
    fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
        let own = opening.own_address();
        let Address::Udp(wanted) = own else {
            return Err(OpenError::Unsupported(opening.address().clone()));
        };
        let medium = &self.medium;
        let bound = medium
            .free_place(wanted, self.ip)
            .map_err(|error| OpenError::refused(&own, error))?;
        let zone = zone_of(&wanted);
        let port = Rc::new(WirePort {
            medium: Rc::clone(medium),
            link,
            bound,
            local: Address::Udp(within_zone(bound, zone)),
            zone: Cell::new(zone),
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
    /// Without a zone.
    bound: SocketAddr,
    local: Address,
    /// By which number the program calls the interface to the wire, as far as it has; 0 before.
    zone: Cell<u32>,
    is_server: bool,
}

fn without_zone(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip(), address.port())
}

fn zone_of(address: &SocketAddr) -> u32 {
    match address {
        SocketAddr::V4(_) => 0,
        SocketAddr::V6(address) => address.scope_id(),
    }
}

/// The address with the number of an interface, if it counts on one link only.
fn within_zone(mut address: SocketAddr, zone: u32) -> SocketAddr {
    if let SocketAddr::V6(address) = &mut address
        && address.ip().is_unicast_link_local()
    {
        address.set_scope_id(zone);
    }
    address
}

impl WirePort {
    fn receive(&self, delivery: &Delivery) {
        let from = within_zone(delivery.from, self.zone.get());
        let peer = self.link.peer(Address::Udp(from));
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
        if zone_of(&to) != 0 {
            self.zone.set(zone_of(&to));
        }
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
        let mut places = self.medium.places.borrow_mut();
        // It may be closed already, and the place another's.
        let own = |place: &Occupant| matches!(place, Occupant::Port(port) if std::ptr::eq(port.as_ptr(), self));
        if places.get(&self.bound).is_some_and(own) {
            places.remove(&self.bound);
        }
    }
}

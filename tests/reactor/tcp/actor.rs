//! A protocol that writes down what happens to it and acts as a test tells it to.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::reactor::{ConnectionLost, Protocol, Reactor, TcpPort, Transport};
use util::loops::{Log, turn_until};
use util::ports::own_address;

pub(crate) type Act = Box<dyn FnMut(&Transport)>;

/// What a protocol is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Made,
    Data,
    Writable,
    ReadLost,
    WriteLost,
    Lost,
}

/// Its log has no data: octets are counted, and kept if there are few.
#[derive(Default)]
pub(crate) struct Actor {
    pub(crate) log: Log,
    pub(crate) data: RefCell<Vec<u8>>,
    pub(crate) octets: Cell<usize>,
    pub(crate) reason: RefCell<Option<ConnectionLost>>,
    pub(crate) transport: RefCell<Option<Transport>>,
    acts: RefCell<Vec<(Told, Act)>>,
}

impl Actor {
    /// Does this whenever it is told that, instead of what it does by itself.
    pub(crate) fn on(
        self: &Rc<Self>,
        told: Told,
        act: impl FnMut(&Transport) + 'static,
    ) -> Rc<Self> {
        self.acts.borrow_mut().push((told, Box::new(act)));
        self.clone()
    }

    pub(crate) fn transport(&self) -> Transport {
        self.transport.borrow().clone().expect("connected")
    }

    pub(crate) fn is_over(&self) -> bool {
        self.reason.borrow().is_some()
    }

    /// Runs what a test wants done; false if that is nothing.
    fn act(&self, told: Told, transport: &Transport) -> bool {
        self.log.note(format!("{told:?}"));
        let mut acts = self.acts.borrow_mut();
        let Some(place) = acts.iter().position(|(when, _)| *when == told) else {
            return false;
        };
        let (_, mut act) = acts.remove(place);
        drop(acts);
        act(transport);
        self.acts.borrow_mut().push((told, act));
        true
    }
}

impl Protocol for Actor {
    fn connection_made(&self, transport: &Transport) {
        *self.transport.borrow_mut() = Some(transport.clone());
        self.act(Told::Made, transport);
    }
    fn data_received(&self, transport: &Transport, data: &[u8]) {
        self.octets.set(self.octets.get() + data.len());
        self.data.borrow_mut().extend(data);
        self.act(Told::Data, transport);
    }
    fn writable(&self, transport: &Transport) {
        self.act(Told::Writable, transport);
    }
    fn read_connection_lost(&self, transport: &Transport) {
        if !self.act(Told::ReadLost, transport) {
            transport.lose_connection();
        }
    }
    fn write_connection_lost(&self, transport: &Transport) {
        self.act(Told::WriteLost, transport);
    }
    fn connection_lost(&self, reason: ConnectionLost) {
        assert!(self.reason.replace(Some(reason)).is_none(), "told twice");
        let transport = self.transport.take().expect("told of its beginning");
        self.act(Told::Lost, &transport);
    }
}

pub(crate) const LIMIT: Duration = Duration::from_secs(10);

pub(crate) fn loopback() -> SocketAddr {
    ([127, 0, 0, 1], 0).into()
}

/// Listens for one connection, which `server` serves.
pub(crate) fn listen(reactor: &Reactor, server: &Rc<Actor>) -> TcpPort {
    let server: Rc<dyn Protocol> = server.clone();
    let first = Cell::new(Some(server));
    let port = reactor
        .handle()
        .listen_tcp(own_address(), move |_| first.take());
    port.expect("bound")
}

/// Connects these two.
pub(crate) fn join(reactor: &mut Reactor, client: &Rc<Actor>, server: &Rc<Actor>) -> TcpPort {
    let port = listen(reactor, server);
    let connected = reactor
        .handle()
        .connect_tcp(port.local_addr(), LIMIT, client.clone());
    drop(connected);
    turn_until(reactor, || client.log.len() > 0 && server.log.len() > 0);
    port
}

/// Two of them, connected.
pub(crate) fn pair(reactor: &mut Reactor) -> (Rc<Actor>, Rc<Actor>) {
    let (client, server) = (Rc::new(Actor::default()), Rc::new(Actor::default()));
    join(reactor, &client, &server);
    (client, server)
}

//! A connection that is being made.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};
use std::time::Duration;

use mio::Interest;
use mio::net::TcpStream;

use super::connection::Connection;
use super::listener::no_token;
use super::{ConnectError, Protocol, Transport};
use crate::deferred::{Deferred, Interrupt, Resolver};
use crate::reactor::attempt::{Call, attempt};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::slot::{Key, Source};
use crate::reactor::timers::DelayedCall;

struct Connecting {
    core: Weak<Core>,
    key: Cell<Option<Key>>,
    addr: SocketAddr,
    stream: RefCell<Option<TcpStream>>,
    protocol: RefCell<Option<Rc<dyn Protocol>>>,
    resolver: RefCell<Option<Resolver<Transport, ConnectError>>>,
    timer: RefCell<Option<DelayedCall>>,
}

pub(in crate::reactor) fn connect(
    core: &Rc<Core>,
    addr: SocketAddr,
    limit: Duration,
    protocol: Rc<dyn Protocol>,
) -> Deferred<Transport, ConnectError> {
    if core.is_over() {
        return Deferred::fail(Interrupt::Abandoned.into());
    }
    let connecting = match Connecting::start(core, addr, protocol) {
        Ok(connecting) => connecting,
        Err(error) => return Deferred::fail(ConnectError::new(addr, error)),
    };
    let weak = Rc::downgrade(&connecting);
    let (resolver, deferred) = Deferred::with_canceller(move || {
        if let Some(connecting) = weak.upgrade() {
            connecting.forget();
        }
        None
    });
    let weak = Rc::downgrade(&connecting);
    let (weak_core, over) = (
        Rc::downgrade(core),
        ConnectError::TimedOut(addr, Some(limit)),
    );
    let timer = core.call_at_limit(limit, move || {
        if let (Some(connecting), Some(core)) = (weak.upgrade(), weak_core.upgrade()) {
            connecting.decide(&core, Some(over));
        }
    });
    *connecting.resolver.borrow_mut() = Some(resolver);
    *connecting.timer.borrow_mut() = Some(timer);
    deferred
}

impl Connecting {
    fn start(
        core: &Rc<Core>,
        addr: SocketAddr,
        protocol: Rc<dyn Protocol>,
    ) -> io::Result<Rc<Self>> {
        let mut stream = attempt(Call::Connect, || TcpStream::connect(addr))?;
        let (key, token) = core.insert().ok_or_else(no_token)?;
        let interest = Interest::READABLE | Interest::WRITABLE;
        if let Err(error) = core.registry.register(&mut stream, token, interest) {
            core.slots.borrow_mut().remove(key);
            return Err(error);
        }
        let connecting = Rc::new(Self {
            core: Rc::downgrade(core),
            key: Cell::new(Some(key)),
            addr,
            stream: RefCell::new(Some(stream)),
            protocol: RefCell::new(Some(protocol)),
            resolver: RefCell::default(),
            timer: RefCell::default(),
        });
        core.slots.borrow_mut().fill(key, connecting.clone());
        Ok(connecting)
    }

    /// The two ends of the connection; none while it is not decided.
    fn outcome(&self) -> Option<io::Result<(SocketAddr, SocketAddr)>> {
        let stream = self.stream.borrow();
        let stream = stream.as_ref()?;
        let ends = || {
            if let Some(error) = stream.take_error()? {
                return Err(error);
            }
            Ok((stream.local_addr()?, stream.peer_addr()?))
        };
        match ends() {
            Err(error) if error.kind() == io::ErrorKind::NotConnected => None,
            decided => Some(decided),
        }
    }

    /// Tells the outcome, or what there is `otherwise` while it is not decided.
    fn decide(&self, core: &Rc<Core>, otherwise: Option<ConnectError>) {
        match (self.outcome(), otherwise) {
            (Some(Ok(ends)), _) => self.succeed(core, ends),
            (Some(Err(error)), _) => self.fail(ConnectError::new(self.addr, error)),
            (None, Some(error)) => self.fail(error),
            (None, None) => {}
        }
    }

    fn succeed(&self, core: &Rc<Core>, ends: (SocketAddr, SocketAddr)) {
        self.stop_timer();
        let stream = self.stream.borrow_mut().take();
        let protocol = self.protocol.borrow_mut().take();
        let resolver = self.resolver.borrow_mut().take();
        let (Some(key), Some(stream), Some(protocol)) = (self.key.take(), stream, protocol) else {
            return;
        };
        let transport = Connection::begin(core, key, stream, ends, protocol);
        if let Some(resolver) = resolver {
            resolver.callback(transport);
        }
    }

    fn fail(&self, error: ConnectError) {
        if let Some(resolver) = self.forget() {
            resolver.errback(error);
        }
    }

    /// Lets go of everything; gives whoever is to be told.
    fn forget(&self) -> Option<Resolver<Transport, ConnectError>> {
        self.stop_timer();
        let core = self.core.upgrade();
        if let (Some(core), Some(key)) = (&core, self.key.take()) {
            let source = core.slots.borrow_mut().remove(key);
            drop(source);
        }
        let stream = self.stream.borrow_mut().take();
        if let (Some(mut stream), Some(core)) = (stream, core) {
            // The socket is closed next, which does the same for those systems that fail here.
            let _ = core.registry.deregister(&mut stream);
        }
        let protocol = self.protocol.borrow_mut().take();
        drop(protocol);
        self.resolver.borrow_mut().take()
    }

    fn stop_timer(&self) {
        let timer = self.timer.borrow_mut().take();
        if let Some(timer) = timer {
            // Not there any more if it is what runs right now.
            let _ = timer.cancel();
        }
    }
}

impl Source for Connecting {
    fn serve(self: Rc<Self>, core: &Rc<Core>, _: Readiness) -> Readiness {
        self.decide(core, None);
        Readiness::NONE
    }

    fn disconnect(self: Rc<Self>, _: &Rc<Core>) {
        // Abandoned, by dropping it.
        drop(self.forget());
    }

    fn abandon(self: Rc<Self>, _: &Core) {
        drop(self.forget());
    }
}

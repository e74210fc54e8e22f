//! A connection that is being made.

use std::cell::RefCell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use mio::net::TcpStream;

use super::connection::{BOTH_WAYS, Connection};
use super::{ConnectError, Protocol, Transport};
use crate::deferred::{Deferred, Interrupt, Resolver};
use crate::reactor::attempt::{Call, attempt};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::registration::Registration;
use crate::reactor::slot::Source;
use crate::reactor::timers::DelayedCall;

struct Connecting {
    registration: Registration<TcpStream, Rc<dyn Protocol>>,
    addr: SocketAddr,
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
    let over = ConnectError::TimedOut(addr, Some(limit));
    let timer = core.call_at_limit(limit, move || {
        if let Some(connecting) = weak.upgrade() {
            connecting.decide(Some(over));
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
        let stream = attempt(Call::Connect, || TcpStream::connect(addr))?;
        let build = |registration| Self {
            registration,
            addr,
            resolver: RefCell::default(),
            timer: RefCell::default(),
        };
        Registration::open(core, stream, BOTH_WAYS, protocol, build)
    }

    /// The two ends of the connection; none while it is not decided.
    fn outcome(&self) -> Option<io::Result<(SocketAddr, SocketAddr)>> {
        let ends = |stream: &TcpStream| {
            if let Some(error) = stream.take_error()? {
                return Err(error);
            }
            Ok((stream.local_addr()?, stream.peer_addr()?))
        };
        match self.registration.with(ends)? {
            Err(error) if error.kind() == io::ErrorKind::NotConnected => None,
            decided => Some(decided),
        }
    }

    /// Tells the outcome, or what there is `otherwise` while it is not decided.
    fn decide(&self, otherwise: Option<ConnectError>) {
        match (self.outcome(), otherwise) {
            (Some(Ok(ends)), _) => self.succeed(ends),
            (Some(Err(error)), _) => self.fail(ConnectError::new(self.addr, error)),
            (None, Some(error)) => self.fail(error),
            (None, None) => {}
        }
    }

    fn succeed(&self, ends: (SocketAddr, SocketAddr)) {
        self.stop_timer();
        let resolver = self.resolver.borrow_mut().take();
        let connection = |registration| Connection::new(registration, ends);
        let Some(connection) = self.registration.hand_over(connection) else {
            return;
        };
        let transport = Connection::begin(connection);
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
        self.registration.abandon();
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
    fn serve(self: Rc<Self>, _: &Rc<Core>, _: Readiness) -> Readiness {
        self.decide(None);
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

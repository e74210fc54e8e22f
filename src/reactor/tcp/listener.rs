//! The inside of a listening socket.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};
use std::time::Duration;

use mio::Interest;
use mio::net::{TcpListener, TcpStream};
use socket2::{Domain, Protocol as IpProtocol, Socket, Type};

use super::Protocol;
use super::connection::Connection;
use crate::deferred::{Deferred, Resolver, unhandled};
use crate::reactor::attempt::{Call, Rest, attempt};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::report::guarded;
use crate::reactor::slot::{Key, Source};

/// Gives the protocol of a new connection with this peer, or refuses it.
pub(in crate::reactor) type MakeProtocol = Rc<dyn Fn(SocketAddr) -> Option<Rc<dyn Protocol>>>;

pub(super) struct Listener {
    core: Weak<Core>,
    socket: RefCell<Option<TcpListener>>,
    make: RefCell<Option<MakeProtocol>>,
    key: Cell<Option<Key>>,
    pub(super) local: SocketAddr,
    pub(super) closing: Cell<bool>,
    /// The system is short of something, and that has been told.
    short: Cell<bool>,
    rest: Rest,
    /// Whoever asked for the end and waits for it.
    waiting: RefCell<Vec<Resolver<()>>>,
}

impl Listener {
    pub(super) fn open(
        core: &Rc<Core>,
        addr: SocketAddr,
        make: MakeProtocol,
    ) -> io::Result<Rc<Self>> {
        if core.is_over() {
            return Err(io::Error::other("the reactor has ended"));
        }
        let mut socket = bind(addr)?;
        let local = socket.local_addr()?;
        let (key, token) = core.insert().ok_or_else(no_token)?;
        if let Err(error) = core
            .registry
            .register(&mut socket, token, Interest::READABLE)
        {
            core.slots.borrow_mut().remove(key);
            return Err(error);
        }
        let listener = Rc::new(Self {
            core: Rc::downgrade(core),
            socket: RefCell::new(Some(socket)),
            make: RefCell::new(Some(make)),
            key: Cell::new(Some(key)),
            local,
            closing: Cell::new(false),
            short: Cell::new(false),
            rest: Rest::default(),
            waiting: RefCell::default(),
        });
        core.slots.borrow_mut().fill(key, listener.clone());
        Ok(listener)
    }

    pub(super) fn stop(self: &Rc<Self>) -> Deferred<()> {
        if self.socket.borrow().is_none() {
            return Deferred::succeed(());
        }
        let (resolver, closed) = Deferred::pair();
        self.waiting.borrow_mut().push(resolver);
        if !self.closing.replace(true)
            && let Some(core) = self.core.upgrade()
        {
            let closing = self.clone();
            core.call_soon(move || closing.close());
        }
        closed
    }

    /// Closes the socket and tells; does nothing the second time.
    fn close(&self) {
        self.closing.set(true);
        if let (Some(core), Some(key)) = (self.core.upgrade(), self.key.take()) {
            let source = core.slots.borrow_mut().remove(key);
            drop(source);
        }
        self.release();
        let waiting = self.waiting.take();
        for resolver in waiting {
            resolver.callback(());
        }
    }

    fn release(&self) {
        let socket = self.socket.borrow_mut().take();
        if let (Some(mut socket), Some(core)) = (socket, self.core.upgrade()) {
            // The socket is closed next, which does the same for those systems that fail here.
            let _ = core.registry.deregister(&mut socket);
        }
        let make = self.make.take();
        drop(make);
    }

    fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        match &*self.socket.borrow() {
            Some(socket) if !self.closing.get() => attempt(Call::Accept, || socket.accept()),
            _ => Err(io::ErrorKind::WouldBlock.into()),
        }
    }

    /// A peer has connected: gives it a protocol.
    fn admit(&self, core: &Rc<Core>, mut stream: TcpStream, peer: SocketAddr) -> io::Result<()> {
        let make = self.make.borrow().clone();
        let protocol = make.and_then(|make| guarded("making a protocol", || make(peer))?);
        // Without one the connection is dropped, and with that closed.
        let Some(protocol) = protocol else {
            return Ok(());
        };
        let local = stream.local_addr()?;
        let (key, token) = core.insert().ok_or_else(no_token)?;
        let interest = Interest::READABLE | Interest::WRITABLE;
        if let Err(error) = core.registry.register(&mut stream, token, interest) {
            core.slots.borrow_mut().remove(key);
            return Err(error);
        }
        Connection::begin(core, key, stream, (local, peer), protocol);
        Ok(())
    }

    /// Whether taking connections goes on after this error.
    fn goes_on(&self, core: &Rc<Core>, error: &io::Error) -> bool {
        match error.kind() {
            io::ErrorKind::WouldBlock => false,
            // The peer has gone again before it was its turn.
            io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset => true,
            _ => {
                // Mostly descriptors: the connection waits, and asking at once would only spin.
                if !self.short.replace(true) {
                    unhandled("taking a TCP connection", error);
                }
                self.rest
                    .take_for(RETRY, core, self.key.get(), Readiness::READ);
                false
            }
        }
    }
}

impl Source for Listener {
    fn serve(self: Rc<Self>, core: &Rc<Core>, _: Readiness) -> Readiness {
        for _ in 0..ACCEPTS_A_PASS {
            match self.accept() {
                Ok((stream, peer)) => {
                    self.short.set(false);
                    if let Err(error) = self.admit(core, stream, peer) {
                        unhandled("taking a TCP connection", &error);
                    }
                }
                Err(error) if self.goes_on(core, &error) => {}
                Err(_) => return Readiness::NONE,
            }
        }
        Readiness::READ
    }

    fn disconnect(self: Rc<Self>, _: &Rc<Core>) {
        self.close();
    }

    fn abandon(self: Rc<Self>, _: &Core) {
        self.closing.set(true);
        self.release();
        drop(self.waiting.take());
    }
}

fn bind(addr: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(addr),
        Type::STREAM,
        Some(IpProtocol::TCP),
    )?;
    socket.set_nonblocking(true)?;
    if addr.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    // A server can be started again while connections of its last run linger. On Windows the
    // option lets two programs have one port.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&addr.into())?;
    socket.listen(BACKLOG)?;
    Ok(TcpListener::from_std(socket.into()))
}

pub(super) fn no_token() -> io::Error {
    io::Error::other("the range of tokens is used up")
}

/// Connections that the system keeps until they are taken; more may be cut down by it.
const BACKLOG: i32 = 1024;
/// Connections taken before others have their turn.
const ACCEPTS_A_PASS: usize = 64;
/// How long taking connections rests when the system is short of descriptors or memory.
const RETRY: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deferred::{reset_reporter, set_reporter};
    use crate::reactor::Reactor;

    /// Using up the descriptors would disturb other tests, so the system's answer is made up.
    #[test]
    fn a_lack_of_descriptors_is_told_once_and_tried_again_later() {
        let mut reactor = Reactor::new().expect("a reactor");
        let handle = reactor.handle();
        let told = Rc::new(Cell::new(0));
        let count = told.clone();
        set_reporter(move |_| count.set(count.get() + 1));
        let addr = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = Listener::open(&handle.core, addr, Rc::new(|_| None)).expect("bound");
        reactor.turn().expect("start-up");
        // As many connections as may come meanwhile.
        for _ in 0..3 {
            let error = io::Error::from(io::ErrorKind::OutOfMemory);
            assert!(!listener.goes_on(&handle.core, &error));
            assert_eq!(handle.delayed_calls().len(), 1);
        }
        reset_reporter();
        assert_eq!(told.get(), 1);
        assert!(!reactor.turn().expect("a pass").more, "it does not spin");
        let gone = io::Error::from(io::ErrorKind::ConnectionAborted);
        assert!(listener.goes_on(&handle.core, &gone), "the next is taken");
    }
}

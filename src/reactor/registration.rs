//! The life of a socket: its place among the sources, its registration with the poll, and the end of both.

use std::cell::{Cell, RefCell};
use std::io;
use std::rc::{Rc, Weak};

use mio::{Interest, event};

use super::core::Core;
use super::readiness::Readiness;
use super::report::guarded;
use super::slot::{Key, Source};
use crate::deferred::{Deferred, Resolver, unhandled};

/// A socket in a reactor, and what the user gave to go with it: the protocol, as a rule.
///
/// Each [`Source`] with a socket owns one. Whatever is let go of is dropped with nothing borrowed.
pub(super) struct Registration<S, P> {
    core: Weak<Core>,
    key: Cell<Option<Key>>,
    socket: RefCell<Option<S>>,
    protocol: RefCell<Option<P>>,
    /// The end was asked for: nothing more is delivered.
    closing: Cell<bool>,
    /// Whoever asked for it and waits for it.
    waiting: RefCell<Vec<Resolver<()>>>,
    /// A send would have blocked and nobody has been told of the end of it.
    blocked: Cell<bool>,
}

impl<S: event::Source, P> Registration<S, P> {
    /// Registers a socket, and puts the source that `build` makes of it into its place. The socket is closed on an error.
    pub(super) fn open<T: Source + 'static>(
        core: &Rc<Core>,
        mut socket: S,
        interest: Interest,
        protocol: P,
        build: impl FnOnce(Self) -> T,
    ) -> io::Result<Rc<T>> {
        match Self::register(core, &mut socket, interest) {
            Ok(key) => Ok(Self::install(core, key, socket, protocol, build)),
            Err(error) => {
                // Before what the user gave, which may open another as it is dropped.
                drop(socket);
                Err(error)
            }
        }
    }

    fn register(core: &Core, socket: &mut S, interest: Interest) -> io::Result<Key> {
        if core.is_over() {
            return Err(io::Error::other("the reactor has ended"));
        }
        let no_token = || io::Error::other("the range of tokens is used up");
        let (key, token) = core.insert().ok_or_else(no_token)?;
        if let Err(error) = core.registry.register(socket, token, interest) {
            core.slots.borrow_mut().remove(key);
            return Err(error);
        }
        Ok(key)
    }

    fn install<T: Source + 'static>(
        core: &Rc<Core>,
        key: Key,
        socket: S,
        protocol: P,
        build: impl FnOnce(Self) -> T,
    ) -> Rc<T> {
        let source = Rc::new(build(Self {
            core: Rc::downgrade(core),
            key: Cell::new(Some(key)),
            socket: RefCell::new(Some(socket)),
            protocol: RefCell::new(Some(protocol)),
            closing: Cell::new(false),
            waiting: RefCell::default(),
            blocked: Cell::new(false),
        }));
        let before = core.slots.borrow_mut().fill(key, source.clone());
        drop(before);
        source
    }

    /// Gives the socket and its place to another source, which `build` makes. None if it has been let go of.
    pub(super) fn hand_over<T: Source + 'static>(
        &self,
        build: impl FnOnce(Self) -> T,
    ) -> Option<Rc<T>> {
        let core = self.core.upgrade()?;
        let (key, socket) = (self.key.take()?, self.socket.take()?);
        let protocol = self.protocol.take()?;
        Some(Self::install(&core, key, socket, protocol, build))
    }

    /// The reactor, unless it is gone.
    pub(super) fn core(&self) -> Option<Rc<Core>> {
        self.core.upgrade()
    }

    pub(super) fn key(&self) -> Option<Key> {
        self.key.get()
    }

    /// Uses the socket, unless it is to close.
    #[inline]
    pub(super) fn with<R>(&self, f: impl FnOnce(&S) -> R) -> Option<R> {
        match &*self.socket.borrow() {
            Some(socket) if !self.closing.get() => Some(f(socket)),
            _ => None,
        }
    }

    /// Whether there is a socket, which may be about to close.
    pub(super) fn is_open(&self) -> bool {
        self.socket.borrow().is_some()
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.get()
    }

    /// Has the loop come to the source even if the system has nothing to say.
    pub(super) fn serve_soon(&self, ready: Readiness) {
        if let (Some(core), Some(key)) = (self.core.upgrade(), self.key.get()) {
            core.add_ready(key, ready);
        }
    }

    /// Registers again, which also makes an event of what is already there.
    pub(super) fn reregister(&self, interest: Interest) -> io::Result<()> {
        let (Some(core), Some(key)) = (self.core.upgrade(), self.key.get()) else {
            return Ok(());
        };
        let token = core.slots.borrow().token(key);
        match &mut *self.socket.borrow_mut() {
            Some(socket) => core.registry.reregister(socket, token, interest),
            None => Ok(()),
        }
    }

    /// Notes that nobody can send, of whose end somebody is to be told. False if that was so before.
    pub(super) fn block(&self) -> bool {
        !self.blocked.replace(true)
    }

    /// The same, where an event of the system tells of the end.
    pub(super) fn block_until_writable(&self) {
        if self.block() {
            self.watch_for(Interest::READABLE | Interest::WRITABLE);
        }
    }

    /// Whether somebody is to be told now that sending is worth another try.
    pub(super) fn unblock(&self, ready: Readiness) -> bool {
        let is_over = ready.contains(Readiness::WRITE) && self.blocked.replace(false);
        if is_over {
            self.watch_for(Interest::READABLE);
        }
        is_over
    }

    fn watch_for(&self, interest: Interest) {
        if let Err(error) = self.reregister(interest) {
            unhandled("registering a socket", &error);
        }
    }

    /// Has `source`, whose registration this is, disconnected at the end of the pass. What is given fires when
    /// [`close`](Self::close) has told of it.
    pub(super) fn stop(&self, source: Rc<dyn Source>) -> Deferred<()> {
        if !self.is_open() {
            return Deferred::succeed(());
        }
        let (resolver, closed) = Deferred::pair();
        self.waiting.borrow_mut().push(resolver);
        if !self.closing.replace(true)
            && let Some(core) = self.core.upgrade()
        {
            let weak = self.core.clone();
            core.call_soon(move || {
                if let Some(core) = weak.upgrade() {
                    source.disconnect(&core);
                }
            });
        }
        closed
    }

    /// Closes the socket, tells the protocol by `tell` and lets go of it, and then tells whoever waits; does nothing the
    /// second time.
    pub(super) fn close(&self, tell: impl FnOnce(&P)) {
        self.closing.set(true);
        let Some(protocol) = self.release() else {
            return;
        };
        tell(&protocol);
        Self::let_go(protocol);
        let waiting = self.waiting.take();
        for resolver in waiting {
            resolver.callback(());
        }
    }

    /// Lets go of everything, and tells nobody.
    pub(super) fn abandon(&self) {
        self.closing.set(true);
        if let Some(protocol) = self.release() {
            Self::let_go(protocol);
        }
        drop(self.waiting.take());
    }

    /// Drops what the user gave. A panic of that keeps nobody from being told.
    fn let_go(protocol: P) {
        guarded("the end of a protocol", || drop(protocol));
    }

    /// Gives up the place, closes the socket and gives back what the user gave; none the second time.
    fn release(&self) -> Option<P> {
        let core = self.core.upgrade();
        if let (Some(core), Some(key)) = (&core, self.key.take()) {
            let source = core.slots.borrow_mut().remove(key);
            drop(source);
        }
        let socket = self.socket.borrow_mut().take();
        if let (Some(mut socket), Some(core)) = (socket, core) {
            // The socket is closed next, which does the same for those systems that fail here.
            let _ = core.registry.deregister(&mut socket);
        }
        self.protocol.borrow_mut().take()
    }
}

impl<S, P: Clone> Registration<S, P> {
    /// What the user gave, unless the end was asked for.
    pub(super) fn protocol(&self) -> Option<P> {
        let protocol = self.protocol.borrow();
        protocol.clone().filter(|_| !self.closing.get())
    }
}

#[cfg(test)]
mod tests {
    use mio::{Registry, Token};

    use super::*;
    use crate::reactor::Reactor;

    /// A socket that the system may refuse to watch.
    struct Socket {
        is_refused: bool,
    }

    impl event::Source for Socket {
        fn register(&mut self, _: &Registry, _: Token, _: Interest) -> io::Result<()> {
            match self.is_refused {
                true => Err(io::ErrorKind::PermissionDenied.into()),
                false => Ok(()),
            }
        }
        fn reregister(&mut self, _: &Registry, _: Token, _: Interest) -> io::Result<()> {
            Ok(())
        }
        fn deregister(&mut self, _: &Registry) -> io::Result<()> {
            Ok(())
        }
    }

    struct Port(Registration<Socket, Rc<Cell<u32>>>);

    impl Source for Port {
        fn serve(self: Rc<Self>, _: &Rc<Core>, _: Readiness) -> Readiness {
            Readiness::NONE
        }
        fn disconnect(self: Rc<Self>, _: &Rc<Core>) {
            self.0.close(|told| told.set(told.get() + 1));
        }
        fn abandon(self: Rc<Self>, _: &Core) {
            self.0.abandon();
        }
    }

    fn open(core: &Rc<Core>, is_refused: bool, told: &Rc<Cell<u32>>) -> io::Result<Rc<Port>> {
        let socket = Socket { is_refused };
        Registration::open(core, socket, Interest::READABLE, told.clone(), Port)
    }

    #[test]
    fn a_socket_that_the_system_refuses_leaves_nothing_behind() {
        let mut reactor = Reactor::new().expect("a reactor");
        let core = reactor.handle().core;
        let told = Rc::default();
        for _ in 0..3 {
            let refused = open(&core, true, &told).err().expect("refused");
            assert_eq!(refused.kind(), io::ErrorKind::PermissionDenied);
            assert!(core.slots.borrow().keys().is_empty());
            reactor.turn().expect("a pass");
        }
        assert_eq!(core.slots.borrow().len(), 1, "the place is used again");
        assert_eq!(Rc::strong_count(&told), 1);
    }

    #[test]
    fn the_end_is_told_once_and_to_all_who_wait() {
        let mut reactor = Reactor::new().expect("a reactor");
        let core = reactor.handle().core;
        let told = Rc::default();
        let port = open(&core, false, &told).expect("open");
        let closed = Rc::new(Cell::new(0));
        for _ in 0..2 {
            let count = closed.clone();
            let stopped = port.0.stop(port.clone());
            drop(stopped.add_callback(move |()| count.set(count.get() + 1)));
        }
        assert!(port.0.is_closing() && port.0.is_open());
        assert!(port.0.protocol().is_none() && port.0.with(|_| ()).is_none());
        assert_eq!((told.get(), closed.get()), (0, 0));
        reactor.turn().expect("a pass");
        port.clone().disconnect(&core);
        assert_eq!((told.get(), closed.get()), (1, 2));
        assert!(port.0.stop(port.clone()).is_settled() && !port.0.is_open());
        assert!(core.slots.borrow().keys().is_empty());
    }

    #[test]
    fn a_socket_that_is_handed_over_keeps_its_place() {
        let mut reactor = Reactor::new().expect("a reactor");
        let core = reactor.handle().core;
        let told = Rc::default();
        let first = open(&core, false, &told).expect("open");
        let place = first.0.key();
        let second = first.0.hand_over(Port).expect("it is open");
        assert_eq!((second.0.key(), first.0.key()), (place, None));
        first.disconnect(&core);
        assert_eq!(told.get(), 0, "it has nothing to close");
        assert!(second.0.is_open());
        let stopped = second.0.stop(second.clone());
        reactor.turn().expect("a pass");
        assert!(stopped.is_settled());
        assert_eq!(told.get(), 1);
        assert!(second.0.hand_over(Port).is_none());
    }
}

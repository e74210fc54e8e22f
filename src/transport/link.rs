//! What a carrier knows of its engine.

use std::cell::Cell;
use std::fmt;
use std::rc::{Rc, Weak};
use std::time::Instant;

use crate::engine::{Address, Endpoint, Engine, Event, Peer, SendFailure, SystemError, Transmit};
use crate::reactor::guarded;

use super::buffers::Buffers;
use super::pump::Inner;

/// The way of a [`Carrier`](super::Carrier) to the engine that it was opened for.
///
/// Clones are the same. It does not keep the engine alive: once that is gone, or the carrier closed, nothing comes of a
/// call. Calls are for the reactor's thread, at best from within its passes; those that hand out events say so, and the
/// others run no code of the program's.
#[derive(Clone)]
pub struct Link {
    pub(super) binding: Weak<Inner>,
    pub(super) endpoint: Endpoint,
    pub(super) stage: Rc<Cell<Stage>>,
}

/// How far the life of a carrier has come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// [`Network::open`](super::Network::open) has not returned.
    Opening,
    Open,
    Closed,
}

impl Link {
    /// Who is at `address`, as seen through this carrier.
    pub fn peer(&self, address: Address) -> Peer {
        Peer::new(self.endpoint, address)
    }

    /// Hands in a whole message from `peer`, which has come to the own address `local`, or, where the peer has a
    /// [local address](Peer::to_local) with it, to that address. `local` is for those who watch only.
    ///
    /// Observers are shown the message before this returns, and may call anything. What comes of it is seen to by
    /// [`Link::batch_received`].
    #[inline]
    pub fn received(&self, peer: &Peer, local: Option<&Address>, message: &[u8]) {
        if let Some(inner) = self.inner() {
            if inner.watched.get() {
                inner.show_received(peer, local, message);
                if self.stage.get() == Stage::Closed {
                    return;
                }
            }
            let now = inner.handle.now();
            let mut engine = inner.engine.borrow_mut();
            engine.handle_datagram(now, peer, message);
        }
    }

    /// What had come has been handed in: hands out the events, and sends what they have caused. While the carrier is being
    /// opened, that is left to the reactor's next pass.
    pub fn batch_received(&self) {
        if let Some(inner) = self.inner() {
            self.pump(&inner);
        }
    }

    /// Shows a message that has gone to those who watch, later and if there are any. Each that goes is to be shown.
    pub fn sent(&self, peer: &Peer, local: Option<&Address>, message: &[u8]) {
        if let Some(inner) = self.inner()
            && inner.watched.get()
        {
            let local = local.map(|bound| own_address(bound, peer));
            let mut sent = inner.sent.borrow_mut();
            sent.push(peer.clone(), local, message);
            drop(sent);
            if !inner.pumping.get() {
                inner.schedule();
            }
        }
    }

    /// The sizes of buffers that are asked for, for what is opened now; [`Carrier::set_buffers`](super::Carrier::set_buffers)
    /// tells of others later.
    pub fn buffers(&self) -> Buffers {
        let inner = self.binding.upgrade();
        inner.map_or_else(Buffers::default, |inner| inner.buffers.get())
    }

    /// Whether [`Link::sent`] has somebody to show messages to.
    pub fn is_watched(&self) -> bool {
        let inner = self.binding.upgrade();
        inner.is_some_and(|inner| inner.watched.get())
    }

    /// Gives a message back that there was no room for, and [blocks](Link::block) the endpoint: see
    /// [`Engine::take_back`]. Of several, the last comes first.
    pub fn take_back(&self, message: &Transmit, octets: &[u8]) {
        self.with_engine(|engine, now| engine.take_back(now, message, octets));
    }

    /// A message was not sent, though there was room: see [`Engine::handle_send_failure`]. That of a trap counts only
    /// until [`Carrier::flush`](super::Carrier::flush) returns, after which the trap is taken for sent.
    #[cold]
    pub fn failed(&self, message: &Transmit, failure: SendFailure) {
        self.with_engine(|engine, now| engine.handle_send_failure(now, message, failure));
    }

    /// A message to `peer` has not arrived, or no other will: the time-out of a request there says so.
    #[cold]
    pub fn undelivered(&self, peer: &Peer, error: SystemError) {
        let is_refused = error.kind() == std::io::ErrorKind::ConnectionRefused;
        self.with_engine(|engine, now| match is_refused {
            true => engine.handle_unreachable(now, peer),
            false => engine.handle_undelivered(now, peer, error),
        });
    }

    /// There is no room: the engine keeps its messages for this endpoint until [`Link::unblock`] or [`Link::writable`].
    /// Others go on.
    pub fn block(&self) {
        self.with_engine(|engine, _| engine.block(self.endpoint));
    }

    /// There is room after all.
    pub fn unblock(&self) {
        self.with_engine(|engine, _| engine.unblock(self.endpoint));
    }

    /// There is room again: sends what has waited, and hands out events.
    pub fn writable(&self) {
        if let Some(inner) = self.inner() {
            inner.engine.borrow_mut().unblock(self.endpoint);
            self.pump(&inner);
        }
    }

    /// The carrier has ended by itself, with the reactor or by an error: requests that went through it are abandoned,
    /// which hands out events. Also to be told where what the carrier lives on is dropped, since a server keeps
    /// its engine alive until then. One that ends while it is being opened is not opened. Nothing comes of a second call.
    pub fn closed(&self) {
        let Some(inner) = self.inner() else {
            return;
        };
        let Some(port) = inner.forget(self.endpoint) else {
            // It has not been opened yet.
            return self.stage.set(Stage::Closed);
        };
        let was_last = inner.ports.borrow().is_empty();
        if let Some(sink) = inner.sink.upgrade() {
            let mut engine = inner.engine.borrow_mut();
            let abandoned = engine.cancel_through(self.endpoint);
            let outcomes: Vec<Event> = match was_last {
                // With the reactor at its end, nobody comes for what is left here.
                true => std::iter::from_fn(|| engine.poll_event()).collect(),
                false => Vec::new(),
            };
            drop(engine);
            for event in outcomes {
                // A receiver that fails must not keep the others from what is theirs.
                guarded("an event", || sink.clone().event(event));
            }
            sink.abandoned(abandoned);
        }
        // It may hold the last of the program's engine.
        drop(port);
    }

    /// The engine, unless that is gone or the carrier closed.
    #[inline]
    fn inner(&self) -> Option<Rc<Inner>> {
        match self.stage.get() {
            Stage::Closed => None,
            Stage::Opening | Stage::Open => self.binding.upgrade(),
        }
    }

    /// What an endpoint sends has no carrier before that is open.
    fn pump(&self, inner: &Rc<Inner>) {
        match self.stage.get() {
            Stage::Opening => inner.schedule(),
            Stage::Open | Stage::Closed => inner.pump(),
        }
    }

    fn with_engine(&self, f: impl FnOnce(&mut Engine, Instant)) {
        let Some(inner) = self.inner() else {
            return;
        };
        let now = inner.handle.now();
        f(&mut inner.engine.borrow_mut(), now);
        if !inner.pumping.get() {
            inner.follow();
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Link").field(&self.endpoint).finish()
    }
}

/// The address that is bound, with the one that `peer` was written from or to in place of a wildcard.
pub(super) fn own_address(bound: &Address, peer: &Peer) -> Address {
    let mut own = bound.clone();
    if let (Address::Udp(address) | Address::Tcp(address), Some(local)) = (&mut own, peer.local) {
        address.set_ip(local);
    }
    own
}

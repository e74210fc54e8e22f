//! What the reactor knows of a binding.

use std::io;
use std::net::SocketAddr;
use std::rc::{Rc, Weak};

use crate::engine::{Endpoint, Event, Peer};
use crate::reactor::{Datagram, DatagramProtocol};

use super::binding::EventSink;
use super::pump::Inner;

/// The receiving side of one socket.
pub(super) struct Link {
    pub(super) binding: Weak<Inner>,
    pub(super) endpoint: Endpoint,
    /// That of the socket.
    pub(super) number: u64,
    /// Kept for as long as the port is open.
    pub(super) _owner: Option<Rc<dyn EventSink>>,
}

impl DatagramProtocol for Link {
    fn datagram_received(&self, datagram: Datagram<'_>) {
        if let Some(inner) = self.binding.upgrade() {
            let peer = Peer::udp(self.endpoint, datagram.from).to_local(datagram.to);
            if inner.watched.get() {
                inner.show_received(self.number, &peer, datagram.data);
            }
            let now = inner.handle.now();
            let mut engine = inner.engine.borrow_mut();
            engine.handle_datagram(now, &peer, datagram.data);
        }
    }

    fn batch_received(&self) {
        if let Some(inner) = self.binding.upgrade() {
            inner.pump();
        }
    }

    fn undelivered(&self, to: SocketAddr, error: &io::Error) {
        if let Some(inner) = self.binding.upgrade() {
            let peer = Peer::udp(self.endpoint, to);
            let now = inner.handle.now();
            let mut engine = inner.engine.borrow_mut();
            match error.kind() {
                io::ErrorKind::ConnectionRefused => engine.handle_unreachable(now, &peer),
                _ => engine.handle_undelivered(now, &peer, error.into()),
            }
        }
    }

    fn writable(&self) {
        if let Some(inner) = self.binding.upgrade() {
            inner.writable(self.endpoint, self.number);
        }
    }

    fn stop_protocol(&self) {
        let Some(inner) = self.binding.upgrade() else {
            return;
        };
        if !inner.forget(self.endpoint, self.number) {
            return;
        }
        let was_last = inner.ports.borrow().is_empty();
        let Some(sink) = inner.sink.upgrade() else {
            return;
        };
        let mut engine = inner.engine.borrow_mut();
        let abandoned = engine.cancel_through(self.endpoint);
        let outcomes: Vec<Event> = match was_last {
            // With the reactor at its end, nobody comes for what is left here.
            true => std::iter::from_fn(|| engine.poll_event()).collect(),
            false => Vec::new(),
        };
        drop(engine);
        for event in outcomes {
            sink.clone().event(event);
        }
        sink.abandoned(abandoned);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        // A reactor that is dropped without having been shut down.
        self.stop_protocol();
    }
}

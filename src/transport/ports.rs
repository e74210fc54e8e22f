//! The ports of a binding, and what the reactor knows of them.

use std::net::{IpAddr, SocketAddr};
use std::rc::{Rc, Weak};

use crate::engine::{Endpoint, Event, Peer};
use crate::reactor::{Datagram, DatagramProtocol, SendBatch, UdpPort};

use super::binding::EventSink;
use super::pump::Inner;

pub(super) struct Port {
    pub(super) endpoint: Endpoint,
    pub(super) udp: UdpPort,
    pub(super) batch: SendBatch,
    /// The system takes no more; what is in the batch goes out when it does.
    pub(super) blocked: bool,
    pub(super) role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Sends requests; closed with the binding.
    Client,
    /// Serves requests, and keeps the owner of the binding alive for that.
    Server,
}

impl Port {
    /// Sends what is in the batch. A datagram that the system refuses is skipped: for its request
    /// it is lost like one that the network loses.
    pub(super) fn flush(&mut self) {
        while !self.blocked && !self.batch.is_empty() {
            match self.udp.write_batch(&self.batch) {
                Ok(sent) => {
                    self.batch.discard(sent);
                    self.blocked = !self.batch.is_empty();
                }
                Err(refused) => {
                    debug!("sending from {}: {refused}", self.udp.local_addr());
                    self.batch.discard(refused.sent + 1);
                }
            }
        }
    }
}

/// The address of a port, with the one that is written to or from in place of a wildcard.
pub(super) fn own_address(mut bound: SocketAddr, local: Option<IpAddr>) -> SocketAddr {
    if let Some(local) = local {
        bound.set_ip(local);
    }
    bound
}

/// What the reactor knows of a binding: the receiving side of one port.
pub(super) struct Link {
    pub(super) binding: Weak<Inner>,
    pub(super) endpoint: Endpoint,
    pub(super) role: Role,
    /// Kept for as long as the port is open.
    pub(super) _owner: Option<Rc<dyn EventSink>>,
}

impl DatagramProtocol for Link {
    fn datagram_received(&self, datagram: Datagram<'_>) {
        if let Some(inner) = self.binding.upgrade() {
            let peer = Peer::udp(self.endpoint, datagram.from).to_local(datagram.to);
            if inner.watched.get() {
                inner.show_received(&peer, datagram.data);
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

    /// An answer goes out from the address that was asked; where only answers come in, none does.
    fn wants_destination(&self) -> bool {
        self.role == Role::Server
    }

    fn writable(&self) {
        if let Some(inner) = self.binding.upgrade() {
            let mut ports = inner.ports.borrow_mut();
            ports.iter_mut().for_each(|port| port.blocked = false);
            drop(ports);
            inner.flush();
            inner.pump();
        }
    }

    fn stop_protocol(&self) {
        let Some(inner) = self.binding.upgrade() else {
            return;
        };
        let mut ports = inner.ports.borrow_mut();
        let before = ports.len();
        ports.retain(|port| port.endpoint != self.endpoint);
        let was_open = ports.len() < before;
        let was_last = ports.is_empty();
        drop(ports);
        let Some(sink) = inner.sink.upgrade().filter(|_| was_open) else {
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

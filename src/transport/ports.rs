//! The ports of a binding: their sockets, and what they send.

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use crate::engine::{Address, Endpoint, Engine, Transmit};
use crate::reactor::{SendBatch, SendError, UdpOptions, UdpPort};

use super::failures::send_failure;
use super::sent::SentMessages;

pub(super) struct Port {
    pub(super) endpoint: Endpoint,
    pub(super) role: Role,
    /// The first is the port. Further ones only send while those before them are full.
    pub(super) sockets: Vec<Socket>,
    /// All but reports.
    messages: Outbox,
    reports: Outbox,
}

pub(super) struct Socket {
    /// No other socket of the binding has it.
    pub(super) number: u64,
    pub(super) udp: UdpPort,
    /// The system takes no more.
    pub(super) blocked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Sends requests; closed with the binding. One that may send from any port opens further sockets
    /// while it is full.
    Client { from_any_port: bool },
    /// Serves requests, and keeps the owner of the binding alive for that.
    Server,
}

impl Role {
    /// An answer goes out from the address that was asked; where only answers come in, none does. Who asks is told where
    /// nobody listens, but an agent's answers go to whoever asked, or has been made out to.
    pub(super) fn options(self) -> UdpOptions {
        let serves = self == Self::Server;
        UdpOptions::new().destination(serves).undelivered(!serves)
    }
}

/// Sockets of a port in all. Each has a send buffer of its own.
const MOST_SOCKETS: usize = 4;

/// Reports are sent together if they are no longer than this, so that they cannot fill much of the half of
/// the send buffer that is kept from them.
const REPORTS_TOGETHER: usize = 8192;

impl Port {
    pub(super) fn new(endpoint: Endpoint, role: Role, first: Socket) -> Self {
        Self {
            endpoint,
            role,
            sockets: vec![first],
            messages: Outbox::default(),
            reports: Outbox::default(),
        }
    }

    /// The socket that is the port.
    pub(super) fn udp(&self) -> &UdpPort {
        &self.sockets[0].udp
    }

    /// Keeps a message for [`Port::flush`].
    pub(super) fn push(&mut self, transmit: Transmit, message: &[u8]) {
        match transmit.is_report() {
            true => self.reports.push(transmit, message),
            false => self.messages.push(transmit, message),
        }
    }

    /// Sends what has been pushed. What the system does not take goes back to the engine, and the endpoint
    /// is blocked if no socket takes any more. True, with nothing given back, if it is worth while to open
    /// one more socket first; never with `as_it_is`.
    pub(super) fn flush(
        &mut self,
        engine: &mut Engine,
        now: Instant,
        mut sent: Option<&mut SentMessages>,
        as_it_is: bool,
    ) -> bool {
        if self.messages.is_empty() && self.reports.is_empty() {
            return false;
        }
        for socket in &mut self.sockets {
            self.messages.send(socket, engine, now, sent.as_deref_mut());
        }
        let may_open = matches!(
            self.role,
            Role::Client {
                from_any_port: true
            }
        );
        let has_less = self.sockets.len() < MOST_SOCKETS;
        if !self.messages.is_empty() && may_open && has_less && !as_it_is {
            return true;
        }
        let port = &mut self.sockets[0];
        while !self.reports.is_empty() && !port.blocked && port.udp.has_room_to_spare() {
            match self.reports.octets <= REPORTS_TOGETHER {
                true => self.reports.send(port, engine, now, sent.as_deref_mut()),
                false => self
                    .reports
                    .send_first(port, engine, now, sent.as_deref_mut()),
            }
        }
        let is_full = self.sockets.iter().all(|socket| socket.blocked);
        let is_all_gone = self.messages.is_empty() && self.reports.is_empty();
        self.reports.give_back(engine, now);
        self.messages.give_back(engine, now);
        match is_full {
            true => engine.block(self.endpoint),
            false if is_all_gone => {}
            false => engine.unblock(self.endpoint),
        }
        false
    }
}

/// Messages on their way into a socket.
#[derive(Default)]
struct Outbox {
    batch: SendBatch,
    /// What each of the batch is.
    transmits: Vec<Transmit>,
    octets: usize,
}

impl Outbox {
    fn is_empty(&self) -> bool {
        self.transmits.is_empty()
    }

    fn push(&mut self, transmit: Transmit, message: &[u8]) {
        let Address::Udp(to) = transmit.peer.address;
        self.batch.push(message, to, transmit.peer.local);
        self.transmits.push(transmit);
        self.octets += message.len();
    }

    /// Sends all, or as much as the socket takes. A datagram that the system refuses is skipped, and the engine
    /// told.
    fn send(
        &mut self,
        socket: &mut Socket,
        engine: &mut Engine,
        now: Instant,
        mut watched: Option<&mut SentMessages>,
    ) {
        while !socket.blocked && !self.is_empty() {
            match socket.udp.write_batch(&self.batch) {
                Ok(sent) => {
                    self.went(sent, socket, watched.as_deref_mut());
                    socket.blocked = !self.is_empty();
                }
                Err(refused) => {
                    self.went(refused.sent, socket, watched.as_deref_mut());
                    self.failed(refused.error, engine, now);
                }
            }
        }
    }

    /// The same with the first.
    fn send_first(
        &mut self,
        socket: &mut Socket,
        engine: &mut Engine,
        now: Instant,
        watched: Option<&mut SentMessages>,
    ) {
        let Some((data, route)) = self.batch.get(0) else {
            return;
        };
        match socket.udp.write_from(data, route.to, route.from) {
            Ok(()) => self.went(1, socket, watched),
            Err(SendError::WouldBlock) => socket.blocked = true,
            Err(refused) => self.failed(refused, engine, now),
        }
    }

    /// The first was not sent.
    #[cold]
    fn failed(&mut self, error: SendError, engine: &mut Engine, now: Instant) {
        if let Some(transmit) = self.transmits.first()
            && let Some(failure) = send_failure(error)
        {
            engine.handle_send_failure(now, transmit, failure);
        }
        self.discard(1);
    }

    /// The first `count` have been sent.
    fn went(&mut self, count: usize, socket: &Socket, watched: Option<&mut SentMessages>) {
        if let Some(watched) = watched {
            for index in 0..count {
                let sent = self.batch.get(index).zip(self.transmits.get(index));
                if let Some(((data, route), transmit)) = sent {
                    let local = own_address(socket.udp.local_addr(), route.from);
                    watched.push(transmit.peer, local, data);
                }
            }
        }
        self.discard(count);
    }

    fn discard(&mut self, count: usize) {
        let gone = self.transmits.drain(..count.min(self.transmits.len()));
        self.octets -= gone.map(|transmit| transmit.len).sum::<usize>();
        self.batch.discard(count);
    }

    fn give_back(&mut self, engine: &mut Engine, now: Instant) {
        for index in (0..self.transmits.len()).rev() {
            if let Some((message, _)) = self.batch.get(index) {
                engine.take_back(now, &self.transmits[index], message);
            }
        }
        self.discard(self.transmits.len());
    }
}

/// The address of a port, with the one that is written to or from in place of a wildcard.
pub(super) fn own_address(mut bound: SocketAddr, local: Option<IpAddr>) -> SocketAddr {
    if let Some(local) = local {
        bound.set_ip(local);
    }
    bound
}

//! Messages on their way into a socket.

use crate::engine::{Address, Transmit};
use crate::reactor::{SendBatch, SendError};

use super::datagram::Socket;
use super::failures::send_failure;
use super::link::Link;

#[derive(Default)]
pub(super) struct Outbox {
    batch: SendBatch,
    /// What each of the batch is.
    transmits: Vec<Transmit>,
    octets: usize,
}

impl Outbox {
    pub(super) fn is_empty(&self) -> bool {
        self.transmits.is_empty()
    }

    /// How long the messages are together.
    pub(super) fn octets(&self) -> usize {
        self.octets
    }

    /// Gives the message back if it is not for UDP.
    pub(super) fn push(&mut self, transmit: Transmit, message: &[u8]) -> Result<(), Transmit> {
        let Address::Udp(to) = transmit.peer.address else {
            return Err(transmit);
        };
        self.batch.push(message, to, transmit.peer.local);
        self.transmits.push(transmit);
        self.octets += message.len();
        Ok(())
    }

    /// Sends all, or as much as the socket takes. A datagram that the system refuses is skipped, and the engine
    /// told.
    pub(super) fn send(&mut self, socket: &mut Socket, link: &Link) {
        while !socket.blocked && !self.is_empty() {
            match socket.udp.write_batch(&self.batch) {
                Ok(sent) => {
                    self.went(sent, socket, link);
                    socket.blocked = !self.is_empty();
                }
                Err(refused) => {
                    self.went(refused.sent, socket, link);
                    self.failed(refused.error, link);
                }
            }
        }
    }

    /// The same with the first.
    pub(super) fn send_first(&mut self, socket: &mut Socket, link: &Link) {
        let Some((data, route)) = self.batch.get(0) else {
            return;
        };
        match socket.udp.write_from(data, route.to, route.from) {
            Ok(()) => self.went(1, socket, link),
            Err(SendError::WouldBlock) => socket.blocked = true,
            Err(refused) => self.failed(refused, link),
        }
    }

    /// The first was not sent.
    #[cold]
    fn failed(&mut self, error: SendError, link: &Link) {
        if let Some(transmit) = self.transmits.first()
            && let Some(failure) = send_failure(error)
        {
            link.failed(transmit, failure);
        }
        self.discard(1);
    }

    /// The first `count` have been sent.
    fn went(&mut self, count: usize, socket: &Socket, link: &Link) {
        if link.is_watched() {
            let local = Address::Udp(socket.udp.local_addr());
            for index in 0..count {
                let sent = self.batch.get(index).zip(self.transmits.get(index));
                if let Some(((data, _), transmit)) = sent {
                    link.sent(&transmit.peer, Some(&local), data);
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

    /// Gives what is left back to the engine.
    pub(super) fn give_back(&mut self, link: &Link) {
        for index in (0..self.transmits.len()).rev() {
            if let Some((message, _)) = self.batch.get(index) {
                link.take_back(&self.transmits[index], message);
            }
        }
        self.discard(self.transmits.len());
    }

    /// Drops what is left.
    pub(super) fn clear(&mut self) {
        self.discard(self.transmits.len());
    }
}

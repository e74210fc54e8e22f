//! Sending through a UDP port.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;

use mio::net::UdpSocket;

use super::batch::{Outgoing, SendBatch};
use super::port::Port;
use super::{SendError, UdpPort, sys};
use crate::reactor::addresses::{canonical, is_same};
use crate::reactor::attempt::{Call, attempt, is_shortage, is_too_long};

impl Port {
    pub(super) fn send_some(
        self: &Rc<Self>,
        batch: &SendBatch,
        start: usize,
    ) -> Result<usize, SendError> {
        let datagrams = &batch.datagrams()[start..];
        let Some(first) = datagrams.first() else {
            return Ok(0);
        };
        if self.peer.get().is_some() || self.setup.takes_v4 {
            let port = UdpPort { port: self.clone() };
            return port
                .write_from(&first.data, first.to, first.from)
                .map(|()| 1);
        }
        let (_, from) = self.route(first.to, first.from)?;
        // The system call takes one family, and one source for all; a run that has both.
        let alike =
            |next: &&Outgoing| next.to.is_ipv4() == first.to.is_ipv4() && next.from == first.from;
        let run = datagrams.iter().take(sys::BATCH).take_while(alike).count();
        let run = &datagrams[..run];
        let sent =
            self.with_socket(|socket| attempt(Call::Send, || sys::send_run(socket, run, from)))?;
        match sent {
            Ok(count) => Ok(count),
            Err(error) => {
                let send = |socket: &UdpSocket| sys::send(socket, &first.data, first.to, from);
                self.send_again(error, send)?;
                Ok(1)
            }
        }
    }

    /// Sends a datagram again that was refused. The error may be of an earlier one, to somebody else: systems
    /// tell of that when the next one is sent, which is not sent then. In fragments, if it was too long to go
    /// whole and there is that choice.
    #[cold]
    pub(super) fn send_again(
        self: &Rc<Self>,
        first: io::Error,
        send: impl Fn(&UdpSocket) -> io::Result<()>,
    ) -> Result<(), SendError> {
        let mut error = first;
        let mut in_fragments = false;
        for _ in 0..MOST_TRIES {
            match error.kind() {
                io::ErrorKind::WouldBlock => return self.outcome(Err(error)),
                io::ErrorKind::ConnectionRefused => self.refused_soon(),
                // Of this datagram, and perhaps of no other: Linux has a table of neighbours that may be full.
                _ if is_shortage(&error) => return self.outcome(Err(error)),
                _ => {}
            }
            in_fragments |= self.setup.sends_whole && is_too_long(&error);
            // What is said of others now must not be taken for what is said of this one.
            self.take_news(None);
            let sent = self.with_socket(|socket| {
                attempt(Call::Send, || match in_fragments {
                    true => sys::fragmented(socket, || send(socket)),
                    false => send(socket),
                })
            })?;
            let Err(again) = sent else { return Ok(()) };
            error = again;
            let is_others = error.kind() == io::ErrorKind::ConnectionRefused
                || !in_fragments && self.setup.sends_whole && is_too_long(&error)
                || self.take_news(Some(&error));
            if !is_others {
                return self.outcome(Err(error));
            }
        }
        // Nobody can tell what is wrong with it.
        self.outcome(Err(io::ErrorKind::Interrupted.into()))
    }

    /// The addresses to name to the system: the source is none where it has no choice.
    pub(super) fn route(
        &self,
        to: SocketAddr,
        from: Option<IpAddr>,
    ) -> Result<(SocketAddr, Option<IpAddr>), SendError> {
        let (mut to, mut from) = (canonical(to), from.map(|from| from.to_canonical()));
        if self.peer.get().is_some_and(|peer| !is_same(peer, to)) {
            return Err(SendError::InvalidAddress(to));
        }
        if self.setup.takes_v4 {
            to.set_ip(as_v6(to.ip()));
            from = from.map(as_v6);
        }
        let family = |addr: IpAddr| addr.is_ipv4() == self.local.is_ipv4();
        if !family(to.ip()) || from.is_some_and(|from| !family(from)) {
            return Err(SendError::InvalidAddress(to));
        }
        Ok((to, from.filter(|_| self.local.ip().is_unspecified())))
    }

    pub(super) fn outcome(self: &Rc<Self>, sent: io::Result<()>) -> Result<(), SendError> {
        let Err(error) = sent else { return Ok(()) };
        match error.kind() {
            io::ErrorKind::WouldBlock => {
                self.registration.block_until_writable();
                Err(SendError::WouldBlock)
            }
            // Of an earlier datagram to the only peer, who is told to be gone.
            io::ErrorKind::ConnectionRefused if self.peer.get().is_some() => {
                self.refused_soon();
                Ok(())
            }
            _ if is_too_long(&error) => Err(SendError::MessageTooLong),
            _ => Err(SendError::Io(error)),
        }
    }
}

/// How often a datagram is sent again at most, where the error may be another's.
const MOST_TRIES: usize = 8;

/// The address of IPv6 by which one of IPv4 goes.
fn as_v6(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().into(),
        IpAddr::V6(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::reactor::{Datagram, DatagramProtocol, Reactor};

    #[derive(Default)]
    struct Waiting(Cell<usize>);

    impl DatagramProtocol for Waiting {
        fn datagram_received(&self, _: Datagram<'_>) {}
        fn writable(&self) {
            self.0.set(self.0.get() + 1);
        }
    }

    /// No socket on loopback can be made to block, so the system's answer is made up.
    #[test]
    fn u_010_writable_follows_a_send_that_would_have_blocked_once() {
        let mut reactor = Reactor::new().expect("a reactor");
        let waiting = Rc::new(Waiting::default());
        let addr = SocketAddr::from(([127, 0, 0, 1], 0));
        let listening = reactor.handle().listen_udp(addr, waiting.clone());
        let port = listening.expect("bound");
        for times in 1..=2 {
            for _ in 0..3 {
                let blocked = port.port.outcome(Err(io::ErrorKind::WouldBlock.into()));
                assert!(matches!(blocked, Err(SendError::WouldBlock)));
            }
            for _ in 0..3 {
                reactor.turn().expect("a pass");
            }
            assert_eq!(waiting.0.get(), times);
        }
    }
}

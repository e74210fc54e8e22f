//! The inside of a UDP port: reading within budgets, sending, closing.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::{Rc, Weak};

use mio::Interest;
use mio::net::UdpSocket;

use super::batch::{Outgoing, SendBatch};
use super::options::Setup;
use super::sys::{self, Inbox};
use super::{Datagram, DatagramProtocol, SendError, UdpPort};
use crate::deferred::{Resolver, unhandled};
use crate::reactor::addresses::{canonical, is_same};
use crate::reactor::attempt::{Call, Rest, attempt, is_of_descriptor, is_shortage};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::report::guarded;
use crate::reactor::slot::{Key, Source};
use crate::reactor::timers::TimerOwner;
use crate::throttle::Throttle;

pub(super) struct Port {
    pub(super) core: Weak<Core>,
    pub(super) socket: RefCell<Option<UdpSocket>>,
    pub(super) protocol: RefCell<Option<Rc<dyn DatagramProtocol>>>,
    pub(super) key: Cell<Option<Key>>,
    pub(super) local: SocketAddr,
    pub(super) setup: Setup,
    /// Stopping was asked for: nothing more is delivered.
    pub(super) closing: Cell<bool>,
    /// A send would have blocked and nobody has been told of the end of it.
    pub(super) blocked: Cell<bool>,
    /// Reading fails, which has been told.
    pub(super) fails: Cell<bool>,
    pub(super) rest: Rest,
    /// The only peer, if there is one.
    pub(super) peer: Cell<Option<SocketAddr>>,
    pub(super) truncated: Cell<u64>,
    /// What the network says of datagrams that were sent, and nobody has been told of.
    pub(super) news: RefCell<Vec<(SocketAddr, io::Error)>>,
    /// Of the records of what is dropped.
    pub(super) throttles: RefCell<[Throttle; 2]>,
    /// Whoever asked for the end and waits for it.
    pub(super) waiting: RefCell<Vec<Resolver<()>>>,
}

/// Why a datagram is dropped.
#[derive(Clone, Copy)]
enum Dropped {
    TooLong,
    Stranger,
}

/// How much of what the network says is taken in one pass, and how many errors without a datagram between them.
const NEWS_A_PASS: usize = 64;
/// How much of it is taken before a datagram is sent again: more than a buffer for receiving holds.
const NEWS_A_SEND: usize = 16_384;
/// How much of it waits to be told. What comes beyond is not.
const MOST_NEWS: usize = 1024;
/// How often a datagram is sent again at most, where the error may be another's.
const MOST_TRIES: usize = 8;

impl Port {
    pub(super) fn with_socket<R>(&self, f: impl FnOnce(&UdpSocket) -> R) -> Result<R, SendError> {
        match &*self.socket.borrow() {
            Some(socket) if !self.closing.get() => Ok(f(socket)),
            _ => Err(SendError::Closed),
        }
    }

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
            in_fragments |= self.setup.sends_whole && sys::is_too_long(&error);
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
                || !in_fragments && self.setup.sends_whole && sys::is_too_long(&error)
                || self.take_news(Some(&error));
            if !is_others {
                return self.outcome(Err(error));
            }
        }
        // Nobody can tell what is wrong with it.
        self.outcome(Err(io::ErrorKind::Interrupted.into()))
    }

    /// Takes what the network says of datagrams that were sent, to be told from the loop. True if it says
    /// `error` of one of them.
    #[cold]
    fn take_news(self: &Rc<Self>, error: Option<&io::Error>) -> bool {
        if !self.setup.keeps_news {
            return false;
        }
        let mut news = self.news.borrow_mut();
        let is_told_of = !news.is_empty();
        let mut is_said = false;
        for _ in 0..NEWS_A_SEND {
            let next = self
                .with_socket(|socket| attempt(Call::News, || sys::next_news(socket, self.local)));
            let Ok(Ok(Some((to, said)))) = next else {
                break;
            };
            is_said |= error.is_some_and(|error| error.raw_os_error() == said.raw_os_error());
            if news.len() < MOST_NEWS {
                news.push((to, said));
            }
        }
        if let (false, false, Some(core)) = (is_told_of, news.is_empty(), self.core.upgrade()) {
            let port = self.clone();
            core.call_soon(move || port.tell_news());
        }
        is_said
    }

    /// Tells what the network says. From the loop, never from inside a send.
    fn tell_news(&self) {
        let news = std::mem::take(&mut *self.news.borrow_mut());
        for (to, error) in &news {
            self.tell(*to, error);
        }
    }

    fn tell(&self, to: SocketAddr, error: &io::Error) {
        if let Some(protocol) = self.protocol() {
            guarded("undelivered", || protocol.undelivered(to, error));
        }
        if error.kind() == io::ErrorKind::ConnectionRefused {
            self.refused();
        }
    }

    /// The system signals an error. What is left over is more of it.
    #[cold]
    fn read_news(&self) -> Readiness {
        if !self.setup.keeps_news {
            return Readiness::NONE;
        }
        for _ in 0..NEWS_A_PASS {
            let next = self
                .with_socket(|socket| attempt(Call::News, || sys::next_news(socket, self.local)));
            let Ok(Ok(Some((to, error)))) = next else {
                return Readiness::NONE;
            };
            self.tell(to, &error);
        }
        Readiness::HANGUP
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
                if !self.blocked.replace(true) {
                    self.register(Interest::READABLE | Interest::WRITABLE);
                }
                Err(SendError::WouldBlock)
            }
            // Of an earlier datagram to the only peer, who is told to be gone.
            io::ErrorKind::ConnectionRefused if self.peer.get().is_some() => {
                self.refused_soon();
                Ok(())
            }
            _ if sys::is_too_long(&error) => Err(SendError::MessageTooLong),
            _ => Err(SendError::Io(error)),
        }
    }

    /// Tells of a refusal from the loop, never from inside a send. Where the system keeps what is said, it comes
    /// with that.
    pub(super) fn refused_soon(self: &Rc<Self>) {
        let is_told = self.peer.get().is_some() && !self.setup.keeps_news;
        if let (true, Some(core)) = (is_told, self.core.upgrade()) {
            let port = self.clone();
            core.call_soon(move || port.refused());
        }
    }

    fn refused(&self) {
        let connected = self.peer.get().is_some();
        if let Some(protocol) = self.protocol().filter(|_| connected) {
            let told = guarded("connection_refused", || protocol.connection_refused());
            if told.is_none() {
                self.close();
            }
        }
    }

    /// Registers again, which also makes an event of what is already there.
    pub(super) fn register(&self, interest: Interest) {
        let (Some(core), Some(key)) = (self.core.upgrade(), self.key.get()) else {
            return;
        };
        let token = core.slots.borrow().token(key);
        let registered = match &mut *self.socket.borrow_mut() {
            Some(socket) => core.registry.reregister(socket, token, interest),
            None => Ok(()),
        };
        if let Err(error) = registered {
            unhandled("registering a UDP port", &error);
        }
    }

    fn protocol(&self) -> Option<Rc<dyn DatagramProtocol>> {
        let protocol = self.protocol.borrow();
        protocol.clone().filter(|_| !self.closing.get())
    }

    /// Reads within the budgets; what is returned says whether more may be waiting. After a sign of an error a
    /// batch may be cut short by it.
    fn read(&self, core: &Rc<Core>, had_error: bool) -> Readiness {
        let Some(protocol) = self.protocol() else {
            return Readiness::NONE;
        };
        let mut inbox = core.inbox.take().unwrap_or_default();
        let mut datagrams = 0;
        let mut octets = 0;
        let mut is_cut = had_error || self.peer.get().is_some();
        let mut in_a_row = 0;
        let left = loop {
            let filled = self.with_socket(|socket| {
                let setup = &self.setup;
                attempt(Call::Receive, || {
                    inbox.fill(socket, self.local, setup.tells_destination, setup.longest)
                })
            });
            let drained = match filled {
                Ok(Ok(drained)) => drained,
                Ok(Err(error)) => {
                    in_a_row += 1;
                    is_cut = true;
                    if self.reads_on(core, &error, in_a_row) {
                        continue;
                    }
                    break Readiness::NONE;
                }
                Err(_) => break Readiness::NONE,
            };
            in_a_row = 0;
            self.fails.set(false);
            datagrams += inbox.len();
            octets += self.deliver(&inbox, &*protocol);
            if (drained && !is_cut) || self.closing.get() {
                break Readiness::NONE;
            }
            if datagrams >= core.budgets.datagrams || octets >= core.budgets.octets {
                break Readiness::READ;
            }
        };
        core.inbox.set(Some(inbox));
        if datagrams > 0 && !self.closing.get() {
            guarded("batch_received", || protocol.batch_received());
        }
        left
    }

    fn deliver(&self, inbox: &Inbox, protocol: &dyn DatagramProtocol) -> usize {
        let mut octets = 0;
        for received in inbox.iter() {
            if self.closing.get() {
                break;
            }
            octets += received.data.len();
            let from = canonical(received.from);
            // What others sent before the port was tied to its peer.
            if self.peer.get().is_some_and(|peer| !is_same(peer, from)) {
                self.dropped(Dropped::Stranger, from);
                continue;
            }
            if received.truncated {
                self.truncated.set(self.truncated.get() + 1);
                self.dropped(Dropped::TooLong, from);
                continue;
            }
            let bound = Some(self.local.ip()).filter(|ip| !ip.is_unspecified());
            let datagram = Datagram {
                data: received.data,
                from,
                to: received.to.or(bound).map(|to| to.to_canonical()),
            };
            guarded("datagram_received", || protocol.datagram_received(datagram));
        }
        octets
    }

    /// Leaves a record, one a second for each kind.
    #[cold]
    fn dropped(&self, what: Dropped, from: SocketAddr) {
        let Some(core) = self.core.upgrade() else {
            return;
        };
        let words = match what {
            Dropped::TooLong => "is longer than is taken",
            Dropped::Stranger => "is not from the peer that the port is tied to",
        };
        let left_out = self.throttles.borrow_mut()[what as usize].admit(core.now());
        if let Some(left_out) = left_out {
            debug!("{}: datagram from {from} {words}{left_out}", self.local);
        }
    }

    /// Whether reading goes on at once after so many errors in a row.
    fn reads_on(&self, core: &Rc<Core>, error: &io::Error, in_a_row: usize) -> bool {
        if error.kind() == io::ErrorKind::WouldBlock {
            return false;
        }
        if sys::is_news(error) && in_a_row <= NEWS_A_PASS {
            // The error is used up, and what has come is still there.
            let is_refusal = error.kind() == io::ErrorKind::ConnectionRefused;
            if is_refusal && !self.setup.keeps_news {
                self.refused();
            }
            return true;
        }
        let is_lost = is_of_descriptor(error);
        if is_lost || !self.fails.replace(true) {
            unhandled("reading from a UDP port", error);
        }
        match is_lost {
            true => self.close(),
            // What has come is still there, and no event will tell of it again.
            false => {
                let then = Readiness::READ | Readiness::HANGUP;
                self.rest.take(core, self.key.get(), then);
            }
        }
        false
    }

    /// Closes the socket and tells; does nothing the second time.
    pub(super) fn close(&self) {
        self.closing.set(true);
        if let (Some(core), Some(key)) = (self.core.upgrade(), self.key.take()) {
            let source = core.slots.borrow_mut().remove(key);
            drop(source);
        }
        let Some(protocol) = self.release() else {
            return;
        };
        guarded("stop_protocol", || protocol.stop_protocol());
        let waiting = self.waiting.take();
        for resolver in waiting {
            resolver.callback(());
        }
    }

    fn release(&self) -> Option<Rc<dyn DatagramProtocol>> {
        let socket = self.socket.borrow_mut().take();
        if let (Some(mut socket), Some(core)) = (socket, self.core.upgrade()) {
            // The socket is closed next, which does the same for those systems that fail here.
            let _ = core.registry.deregister(&mut socket);
        }
        self.protocol.borrow_mut().take()
    }
}

impl Source for Port {
    fn serve(self: Rc<Self>, core: &Rc<Core>, ready: Readiness) -> Readiness {
        if ready.contains(Readiness::WRITE) && self.blocked.replace(false) {
            self.register(Interest::READABLE);
            if let Some(protocol) = self.protocol() {
                guarded("writable", || protocol.writable());
            }
        }
        // An error of the socket is found, and told, by reading.
        let had_error = ready.contains(Readiness::HANGUP);
        let left = match had_error {
            true => self.read_news(),
            false => Readiness::NONE,
        };
        if ready.contains(Readiness::READ) || had_error {
            return left | self.read(core, had_error);
        }
        left
    }

    fn disconnect(self: Rc<Self>, _: &Rc<Core>) {
        self.close();
    }

    fn abandon(self: Rc<Self>, _: &Core) {
        self.closing.set(true);
        drop(self.release());
        drop(self.waiting.take());
    }
}

/// The address of IPv6 by which one of IPv4 goes.
fn as_v6(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped().into(),
        IpAddr::V6(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactor::Reactor;

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

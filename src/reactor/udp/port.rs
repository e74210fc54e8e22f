//! The inside of a UDP port: opening, reading within budgets, closing.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use mio::Interest;
use mio::net::UdpSocket;

use super::news::NEWS_A_PASS;
use super::options::Setup;
use super::sys::{self, Inbox};
use super::{Datagram, DatagramProtocol, SendError, UdpPort};
use crate::reactor::addresses::{canonical, is_same};
use crate::reactor::attempt::{Call, Failing, attempt};
use crate::reactor::core::Core;
use crate::reactor::readiness::Readiness;
use crate::reactor::registration::Registration;
use crate::reactor::report::guarded;
use crate::reactor::slot::Source;
use crate::reactor::timers::TimerOwner;
use crate::throttle::Throttle;

pub(super) struct Port {
    pub(super) registration: Registration<UdpSocket, Rc<dyn DatagramProtocol>>,
    pub(super) local: SocketAddr,
    pub(super) setup: Setup,
    /// Of reading.
    failing: Failing,
    /// The only peer, if there is one.
    pub(super) peer: Cell<Option<SocketAddr>>,
    pub(super) truncated: Cell<u64>,
    /// What the network says of datagrams that were sent, and nobody has been told of.
    pub(super) news: RefCell<Vec<(SocketAddr, io::Error)>>,
    /// Of the records of what is dropped.
    throttles: RefCell<[Throttle; 2]>,
}

/// Why a datagram is dropped.
#[derive(Clone, Copy)]
enum Dropped {
    TooLong,
    Stranger,
}

impl Port {
    pub(super) fn open(
        core: &Rc<Core>,
        socket: UdpSocket,
        setup: Setup,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> io::Result<UdpPort> {
        let local = socket.local_addr()?;
        let told = protocol.clone();
        let build = |registration| Self {
            registration,
            local,
            setup,
            failing: Failing::default(),
            peer: Cell::new(None),
            truncated: Cell::new(0),
            news: RefCell::default(),
            throttles: RefCell::default(),
        };
        let port = Registration::open(core, socket, Interest::READABLE, protocol, build)?;
        let port = UdpPort { port };
        guarded("start_protocol", || told.start_protocol(&port));
        Ok(port)
    }

    #[inline]
    pub(super) fn with_socket<R>(&self, f: impl FnOnce(&UdpSocket) -> R) -> Result<R, SendError> {
        self.registration.with(f).ok_or(SendError::Closed)
    }

    pub(super) fn close(&self) {
        self.registration.close(|protocol| {
            guarded("stop_protocol", || protocol.stop_protocol());
        });
    }

    /// Reads within the budgets; what is returned says whether more may be waiting. After a sign of an error a
    /// batch may be cut short by it.
    fn read(&self, core: &Rc<Core>, had_error: bool) -> Readiness {
        let Some(protocol) = self.registration.protocol() else {
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
            self.failing.has_succeeded();
            datagrams += inbox.len();
            octets += self.deliver(&inbox, &*protocol);
            if (drained && !is_cut) || self.registration.is_closing() {
                break Readiness::NONE;
            }
            if datagrams >= core.budgets.datagrams || octets >= core.budgets.octets {
                break Readiness::READ;
            }
        };
        core.inbox.set(Some(inbox));
        if datagrams > 0 && !self.registration.is_closing() {
            guarded("batch_received", || protocol.batch_received());
        }
        left
    }

    fn deliver(&self, inbox: &Inbox, protocol: &dyn DatagramProtocol) -> usize {
        let mut octets = 0;
        for received in inbox.iter() {
            if self.registration.is_closing() {
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
        let Some(core) = self.registration.core() else {
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
        if self.failing.is_final("reading from a UDP port", error) {
            self.close();
        } else {
            // What has come is still there, and no event will tell of it again.
            let then = Readiness::READ | Readiness::HANGUP;
            let key = self.registration.key();
            self.failing.rest().take(core, key, then);
        }
        false
    }
}

impl Source for Port {
    fn serve(self: Rc<Self>, core: &Rc<Core>, ready: Readiness) -> Readiness {
        if self.registration.unblock(ready)
            && let Some(protocol) = self.registration.protocol()
        {
            guarded("writable", || protocol.writable());
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
        self.registration.abandon();
    }
}

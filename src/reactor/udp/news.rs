//! What the network says of datagrams that were sent.

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use super::port::Port;
use super::sys;
use crate::reactor::addresses::canonical;
use crate::reactor::attempt::{Call, attempt};
use crate::reactor::readiness::Readiness;
use crate::reactor::report::guarded;

impl Port {
    /// Takes what the network says of datagrams that were sent, to be told from the loop. True if it says
    /// `error` of one of them.
    #[cold]
    pub(super) fn take_news(self: &Rc<Self>, error: Option<&io::Error>) -> bool {
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
        if let (false, false, Some(core)) = (is_told_of, news.is_empty(), self.registration.core())
        {
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
        let to = canonical(to);
        if let Some(protocol) = self.registration.protocol() {
            guarded("undelivered", || protocol.undelivered(to, error));
        }
        if error.kind() == io::ErrorKind::ConnectionRefused {
            self.refused();
        }
    }

    /// The system signals an error. What is left over is more of it.
    #[cold]
    pub(super) fn read_news(&self) -> Readiness {
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

    /// Tells of a refusal from the loop, never from inside a send. Where the system keeps what is said, it comes
    /// with that.
    pub(super) fn refused_soon(self: &Rc<Self>) {
        let is_told = self.peer.get().is_some() && !self.setup.keeps_news;
        if let (true, Some(core)) = (is_told, self.registration.core()) {
            let port = self.clone();
            core.call_soon(move || port.refused());
        }
    }

    pub(super) fn refused(&self) {
        let connected = self.peer.get().is_some();
        if let Some(protocol) = self.registration.protocol().filter(|_| connected) {
            let told = guarded("connection_refused", || protocol.connection_refused());
            if told.is_none() {
                self.close();
            }
        }
    }
}

/// How much of it is taken in one pass, and how many errors without a datagram between them.
pub(super) const NEWS_A_PASS: usize = 64;
/// How much of it is taken before a datagram is sent again: more than a buffer for receiving holds.
const NEWS_A_SEND: usize = 16_384;
/// How much of it waits to be told. What comes beyond is not.
const MOST_NEWS: usize = 1024;

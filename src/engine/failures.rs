//! Messages that the system did not send, or that the network did not deliver.

use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use super::address::Peer;
use super::engine::{Engine, later};
use super::error::ErrorIndication;
use super::event::{Origin, RequestId, Transmit};
use super::records::{About, Kind};
use super::send_queues::MessageKind;
use super::trouble::Trouble;

/// What a system says of a message that it did not send, or that did not arrive: the number of its error where
/// there is one, and the kind.
///
/// Shown as the system says it: `Permission denied (os error 13)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SystemError {
    code: Option<i32>,
    kind: io::ErrorKind,
}

impl SystemError {
    /// The number of the error, by the system's own count.
    pub fn code(&self) -> Option<i32> {
        self.code
    }

    /// Its kind.
    pub fn kind(&self) -> io::ErrorKind {
        self.kind
    }
}

impl From<&io::Error> for SystemError {
    fn from(error: &io::Error) -> Self {
        Self {
            code: error.raw_os_error(),
            kind: error.kind(),
        }
    }
}

/// For wires that are no system's.
impl From<io::ErrorKind> for SystemError {
    fn from(kind: io::ErrorKind) -> Self {
        Self { code: None, kind }
    }
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => io::Error::from_raw_os_error(code).fmt(f),
            None => self.kind.fmt(f),
        }
    }
}

impl std::error::Error for SystemError {}

/// How a message failed that was not sent, though its port was not full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "trying again helps at once, later, or never"
)]
pub enum SendFailure {
    /// The system refuses to send such a message there, and will go on to: the address is a broadcast's, of
    /// another family or forbidden, or the message is too long.
    Refused(SystemError),
    /// There was no way to send it just then. A later try may find one.
    Passing(SystemError),
    /// The system was short of something just then, as of buffers (ENOBUFS, ENOMEM), or always interrupted (EINTR).
    Shortage(SystemError),
}

impl SendFailure {
    /// What the system says.
    pub fn error(&self) -> SystemError {
        match self {
            Self::Refused(error) | Self::Passing(error) | Self::Shortage(error) => *error,
        }
    }
}

/// A shortage is mostly over in a moment, however patient a request is.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl Engine {
    /// Takes note that a message of [`Engine::poll_transmit`] was not sent, though its port was not full (that
    /// is [`Engine::take_back`]'s). To be called before the next [`Engine::poll_event`], and only after a second
    /// attempt: some systems tell of an earlier datagram, to somebody else, when the next one is sent.
    ///
    /// A request or a trap that is refused ends with [`ErrorIndication::CannotSend`]. One that failed otherwise
    /// goes on with its next try; if none is answered, the time-out says why that one was not sent, and a trap
    /// fails with the system's words after its last try. After a shortage no try is lost: it comes again after a quarter of
    /// the time-out, or a second if that is less, for as long as the request has time. An answer or a report is dropped and counted. Counted in
    /// [`Statistics::send_failures`](super::Statistics::send_failures).
    #[cold]
    pub fn handle_send_failure(&mut self, now: Instant, transmit: &Transmit, failure: SendFailure) {
        self.common.advance(now);
        let Transmit { peer, origin, .. } = transmit;
        self.common.stats.out_pkts = self.common.stats.out_pkts.saturating_sub(1);
        let error = failure.error();
        self.common
            .record(Kind::SendFailure, About::from(peer).detail(&error));
        match *origin {
            Origin::Request(id) => self.request_failed(id, failure),
            Origin::Discovery(number) => {
                self.common.stats.discoveries = self.common.stats.discoveries.saturating_sub(1);
                let waiting = self.usm.associations.waiting(number);
                match failure {
                    SendFailure::Refused(error) => {
                        // Those that the window lets in now have to be told as well.
                        self.usm.associations.was_not_asked(number);
                        for id in waiting {
                            // Others have been sent already, and know by themselves.
                            if self
                                .outstanding
                                .table
                                .get(id)
                                .is_some_and(|it| it.tries == 0)
                            {
                                self.cannot_send(id, error);
                            }
                        }
                    }
                    SendFailure::Passing(error) => {
                        self.outstanding.note(peer, &Trouble::NotSent(error))
                    }
                    SendFailure::Shortage(error) => {
                        self.outstanding.note(peer, &Trouble::NotSent(error));
                        self.usm.associations.was_not_asked(number);
                        for id in waiting {
                            // The others come to their next try.
                            if self
                                .outstanding
                                .table
                                .get(id)
                                .is_some_and(|it| it.tries == 0)
                            {
                                self.wake_soon(id);
                            }
                        }
                    }
                }
            }
            Origin::Answer { .. } => self.common.count_dropped(peer, MessageKind::Answer),
            Origin::Report => self.common.count_dropped(peer, MessageKind::Report),
        }
    }

    #[cold]
    fn request_failed(&mut self, id: RequestId, failure: SendFailure) {
        let was_trap = self.was_given_out(id);
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        if let Some(progress) = &mut pending.usm {
            progress.by_claim |= progress.went_by_claim;
        }
        if let SendFailure::Shortage(_) = failure {
            pending.tries = pending.tries.saturating_sub(1);
            let again = u64::from(pending.tries > 0);
            self.common.stats.retransmissions =
                self.common.stats.retransmissions.saturating_sub(again);
            let peer = pending.request.peer.clone();
            self.outstanding
                .note(&peer, &Trouble::NotSent(failure.error()));
            if !self.wake_soon(id) && was_trap {
                self.cannot_send(id, failure.error());
            }
            return;
        }
        let again = u64::from(pending.tries > 1);
        self.common.stats.retransmissions = self.common.stats.retransmissions.saturating_sub(again);
        let (peer, timeout) = (pending.request.peer.clone(), pending.request.timeout);
        match failure {
            SendFailure::Refused(error) => self.cannot_send(id, error),
            SendFailure::Passing(error) if was_trap && pending.is_last_try() => {
                self.cannot_send(id, error);
            }
            SendFailure::Passing(error) | SendFailure::Shortage(error) => {
                self.outstanding.note(&peer, &Trouble::NotSent(error));
                if was_trap {
                    self.outstanding
                        .table
                        .wake_at(id, later(self.common.now, timeout));
                }
            }
        }
    }

    /// Has a try that the system was too short for come again. False if the request is over by then.
    #[cold]
    fn wake_soon(&mut self, id: RequestId) -> bool {
        let Some(pending) = self.outstanding.table.get(id) else {
            return false;
        };
        let pause = pending.request.timeout / 4;
        let again = later(self.common.now, pause.min(LONGEST_PAUSE));
        let has_time = again < pending.give_up;
        self.outstanding.table.wake_at(id, again);
        has_time
    }

    /// Ends a request by the system's words.
    #[cold]
    fn cannot_send(&mut self, id: RequestId, error: SystemError) {
        if self.answer_as_kept(id) {
            return;
        }
        let Some(pending) = self.outstanding.table.get(id) else {
            return;
        };
        let address = pending.request.peer.address.clone();
        self.fail(id, ErrorIndication::CannotSend { address, error });
    }

    /// Takes the system's word that nobody listens at `peer` (ICMP, connection refused). Anyone can
    /// forge it, so requests go on; a time-out mentions it.
    pub fn handle_unreachable(&mut self, now: Instant, peer: &Peer) {
        self.common.advance(now);
        self.outstanding.note(peer, &Trouble::Unreachable);
    }

    /// Takes the network's word that a message to `peer` was not delivered (ICMP: no route, forbidden). Anyone
    /// can forge it, so requests go on; a time-out mentions it.
    pub fn handle_undelivered(&mut self, now: Instant, peer: &Peer, error: SystemError) {
        self.common.advance(now);
        self.outstanding.note(peer, &Trouble::NotDelivered(error));
    }
}

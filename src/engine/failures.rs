//! Messages that the system did not send, or that the network did not deliver.

use std::fmt;
use std::io;
use std::time::{Duration, Instant};

use super::address::Peer;
use super::common::Common;
use super::engine::later;
use super::error::ErrorIndication;
use super::event::RequestId;
use super::outstanding::Outstanding;
use super::trouble::Trouble;
use super::v3::Usm;

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

impl Outstanding {
    /// The message of a request or a trap was not sent.
    #[cold]
    pub(super) fn request_failed(
        &mut self,
        id: RequestId,
        failure: SendFailure,
        usm: &mut Usm,
        common: &mut Common,
    ) {
        let was_trap = self.was_given_out(id);
        // It may be over meanwhile.
        let Some(place) = self.table.place_of(id) else {
            return;
        };
        let pending = self.table.at(place);
        if let Some(progress) = &mut pending.usm {
            progress.was_not_sent();
        }
        let peer = pending.request.peer.clone();
        let error = failure.error();
        if let SendFailure::Shortage(_) = failure {
            pending.tries = pending.tries.saturating_sub(1);
            common.stats.took_back(pending.tries > 0);
            self.note(&peer, &Trouble::NotSent(error));
            if !self.wake_soon(place, common.now) && was_trap {
                self.cannot_send(place, error, usm, common);
            }
            return;
        }
        common.stats.took_back(pending.tries > 1);
        let is_refused = matches!(failure, SendFailure::Refused(_));
        if is_refused || was_trap && pending.is_last_try() {
            return self.cannot_send(place, error, usm, common);
        }
        self.note(&peer, &Trouble::NotSent(error));
        if was_trap {
            self.table.wake_after_try(place, common.now);
        }
    }

    /// The question for the name of an engine was not sent, for which `waiting` wait.
    #[cold]
    pub(super) fn question_failed(
        &mut self,
        peer: &Peer,
        waiting: Vec<RequestId>,
        failure: SendFailure,
        usm: &mut Usm,
        common: &mut Common,
    ) {
        let error = failure.error();
        if !matches!(failure, SendFailure::Refused(_)) {
            self.note(peer, &Trouble::NotSent(error));
        }
        for id in waiting {
            let Some(place) = self.table.place_of(id) else {
                continue;
            };
            // Others have been sent already, and know by themselves or come to their next try.
            let is_unsent = self.table.at(place).tries == 0;
            match failure {
                SendFailure::Refused(_) if is_unsent => {
                    self.cannot_send(place, error, usm, common);
                }
                SendFailure::Shortage(_) if is_unsent => _ = self.wake_soon(place, common.now),
                _ => {}
            }
        }
    }

    /// Has a try that the system was too short for come again. False if the request is over by then.
    #[cold]
    fn wake_soon(&mut self, place: usize, now: Instant) -> bool {
        let pending = self.table.at(place);
        let pause = pending.request.timeout / 4;
        let again = later(now, pause.min(LONGEST_PAUSE));
        let has_time = again < pending.give_up;
        self.table.wake_at(place, again);
        has_time
    }

    /// Ends a request by the system's words.
    #[cold]
    fn cannot_send(
        &mut self,
        place: usize,
        error: SystemError,
        usm: &mut Usm,
        common: &mut Common,
    ) {
        if !self.answer_as_kept(place, usm, common) {
            let address = self.table.at(place).request.peer.address.clone();
            let error = ErrorIndication::CannotSend { address, error };
            self.fail(place, error, usm, common);
        }
    }
}

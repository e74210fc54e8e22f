//! System calls of sockets, which may fail for no reason of the socket's.

use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use super::core::Core;
use super::readiness::Readiness;
use super::slot::Key;
use super::sys;
use crate::deferred::unhandled;

/// What is asked of the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Accept,
    Connect,
    /// What the network says of datagrams that were sent.
    News,
    Receive,
    Send,
}

/// Makes a system call, again if a signal has interrupted it. One that is interrupted each time is a
/// [shortage](is_shortage).
#[inline]
pub(super) fn attempt<R>(call: Call, mut make: impl FnMut() -> io::Result<R>) -> io::Result<R> {
    for _ in 1..MOST_TRIES {
        match made(call, &mut make) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            outcome => return outcome,
        }
    }
    made(call, &mut make)
}

/// How often a call is made that is interrupted each time.
const MOST_TRIES: usize = 16;

/// Whether the system was short of something just then: memory, buffers, or a moment without a signal. The socket is
/// as good as before.
pub(crate) fn is_shortage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Interrupted | io::ErrorKind::OutOfMemory
    ) || error.raw_os_error() == Some(sys::NO_BUFFERS)
}

/// Whether a datagram is longer than the system or the network takes.
pub(super) fn is_too_long(error: &io::Error) -> bool {
    error.raw_os_error() == Some(sys::TOO_LONG)
}

/// Whether the descriptor is none of a socket that can do what is asked, at whatever time.
fn is_of_descriptor(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    code.is_some_and(|code| sys::OF_DESCRIPTOR.contains(&code))
}

/// The rest that a source takes after a failure which no event will tell the end of.
#[derive(Default)]
pub(super) struct Rest(Rc<Cell<bool>>);

impl Rest {
    /// Has the source served again after a short pause, for what it is to try then.
    #[cold]
    pub(super) fn take(&self, core: &Rc<Core>, key: Option<Key>, then: Readiness) {
        self.take_for(PAUSE, core, key, then);
    }

    /// The same after a pause of this length. Who rests already goes on as it has begun.
    #[cold]
    pub(super) fn take_for(
        &self,
        pause: Duration,
        core: &Rc<Core>,
        key: Option<Key>,
        then: Readiness,
    ) {
        let Some(key) = key.filter(|_| !self.0.replace(true)) else {
            return;
        };
        let (rests, weak) = (self.0.clone(), Rc::downgrade(core));
        core.call_later(pause, move || {
            rests.set(false);
            if let Some(core) = weak.upgrade() {
                core.add_ready(key, then);
            }
        });
    }
}

/// Failures of a source that end some time: told of once, and tried again after a pause.
#[derive(Default)]
pub(super) struct Failing {
    is_told: Cell<bool>,
    rest: Rest,
}

impl Failing {
    /// Tells of the error, unless one has been told of since the last success.
    #[cold]
    pub(super) fn tell(&self, place: &str, error: &io::Error) {
        if !self.is_told.replace(true) {
            unhandled(place, error);
        }
    }

    /// Tells of the error, and whether it is the last: there is no socket that could do what is asked.
    #[cold]
    pub(super) fn is_final(&self, place: &str, error: &io::Error) -> bool {
        let is_final = is_of_descriptor(error);
        match is_final {
            true => unhandled(place, error),
            false => self.tell(place, error),
        }
        is_final
    }

    /// What is tried again.
    pub(super) fn rest(&self) -> &Rest {
        &self.rest
    }

    pub(super) fn has_succeeded(&self) {
        self.is_told.set(false);
    }
}

/// Short for who waits, and long for a processor.
const PAUSE: Duration = Duration::from_millis(10);

#[cfg(not(test))]
#[inline]
fn made<R>(_: Call, make: &mut impl FnMut() -> io::Result<R>) -> io::Result<R> {
    make()
}

#[cfg(test)]
fn made<R>(call: Call, make: &mut impl FnMut() -> io::Result<R>) -> io::Result<R> {
    match faults::next(call) {
        Some(fault) => Err(fault),
        None => make(),
    }
}

/// For tests: errors in place of system calls.
#[cfg(test)]
pub(crate) mod faults {
    use std::cell::RefCell;
    use std::io;

    use super::Call;

    struct Fault {
        call: Call,
        code: i32,
        times: usize,
    }

    thread_local!(static FAULTS: RefCell<Vec<Fault>> = const { RefCell::new(Vec::new()) });

    /// Of the calls of this kind on this thread, the next `times` fail with this error.
    pub(crate) fn inject(call: Call, code: i32, times: usize) {
        FAULTS.with_borrow_mut(|faults| faults.push(Fault { call, code, times }));
    }

    /// How many of those are left; calls succeed again.
    pub(crate) fn end() -> usize {
        FAULTS.take().iter().map(|fault| fault.times).sum()
    }

    pub(super) fn next(call: Call) -> Option<io::Error> {
        FAULTS.with_borrow_mut(|faults| {
            let is_next = |fault: &&mut Fault| fault.call == call && fault.times > 0;
            let fault = faults.iter_mut().find(is_next)?;
            fault.times -= 1;
            Some(io::Error::from_raw_os_error(fault.code))
        })
    }
}

#[cfg(all(test, unix))]
mod tests;

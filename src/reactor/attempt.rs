//! System calls of sockets, which may fail for no reason of the socket's.

use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::Duration;

use super::core::Core;
use super::readiness::Readiness;
use super::slot::Key;

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
    ) || error.raw_os_error() == Some(NO_BUFFERS)
}

/// Whether the descriptor is none of a socket that can do what is asked, at whatever time.
pub(super) fn is_of_descriptor(error: &io::Error) -> bool {
    let code = error.raw_os_error();
    code.is_some_and(|code| OF_DESCRIPTOR.contains(&code))
}

#[cfg(unix)]
const NO_BUFFERS: i32 = rustix::io::Errno::NOBUFS.raw_os_error();
/// WSAENOBUFS.
#[cfg(not(unix))]
const NO_BUFFERS: i32 = 10_055;

#[cfg(unix)]
const OF_DESCRIPTOR: &[i32] = {
    use rustix::io::Errno;
    &[
        Errno::BADF.raw_os_error(),
        Errno::NOTSOCK.raw_os_error(),
        Errno::INVAL.raw_os_error(),
        Errno::FAULT.raw_os_error(),
        Errno::NOSYS.raw_os_error(),
    ]
};
/// WSAEBADF, WSAENOTSOCK, WSAEINVAL and WSAEFAULT.
#[cfg(not(unix))]
const OF_DESCRIPTOR: &[i32] = &[10_009, 10_038, 10_022, 10_014];

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

//! The next deadline as a descriptor inside the poll, so that a host may forget timeouts.

use std::cell::Cell;
use std::io;
use std::os::fd::{AsRawFd, OwnedFd};
use std::time::{Duration, Instant};

use mio::unix::SourceFd;
use mio::{Interest, Registry, Token};
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
    timerfd_settime,
};

use super::core::Timer;
use crate::deferred::unhandled;

/// A timer of the system's.
pub(super) struct TimerFd {
    fd: OwnedFd,
    armed: Cell<Option<Instant>>,
}

impl TimerFd {
    /// A timer registered under `token`.
    pub(super) fn new(registry: &Registry, token: Token) -> io::Result<Self> {
        let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
        let fd = timerfd_create(TimerfdClockId::Monotonic, flags)?;
        registry.register(&mut SourceFd(&fd.as_raw_fd()), token, Interest::READABLE)?;
        Ok(Self {
            fd,
            armed: Cell::new(None),
        })
    }
}

impl Timer for TimerFd {
    fn set(&self, deadline: Option<Instant>, now: Instant) {
        // A deadline that has passed is set again: it may have fired too early by a hair.
        if self.armed.get() == deadline && deadline.is_none_or(|at| at > now) {
            return;
        }
        self.armed.set(deadline);
        let setting = Itimerspec {
            it_interval: timespec(Duration::ZERO),
            it_value: timespec(until(deadline, now)),
        };
        if let Err(error) = timerfd_settime(&self.fd, TimerfdTimerFlags::empty(), &setting) {
            unhandled("setting the timer of a reactor", &io::Error::from(error));
        }
    }

    fn end(&self, registry: &Registry) {
        // Fails the second time, when it is out already.
        let _ = registry.deregister(&mut SourceFd(&self.fd.as_raw_fd()));
    }
}

/// What to set: zero switches the timer off, so that what is due is one nanosecond away.
fn until(deadline: Option<Instant>, now: Instant) -> Duration {
    deadline.map_or(Duration::ZERO, |at| {
        at.saturating_duration_since(now)
            .max(Duration::from_nanos(1))
    })
}

fn timespec(duration: Duration) -> Timespec {
    Timespec {
        tv_sec: i64::try_from(duration.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: duration.subsec_nanos().into(),
    }
}

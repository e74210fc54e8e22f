//! Where a reactor's time comes from: the one place that reads a clock.

use std::cell::Cell;
use std::time::Instant;

/// The system's clock, or one that its owner moves.
pub(super) struct Clock {
    /// The time of the latter; none for the former.
    stands_at: Cell<Option<Instant>>,
}

impl Clock {
    /// A clock that stands at `start` until it is moved, or the system's.
    pub(super) fn new(start: Option<Instant>) -> Self {
        Self {
            stands_at: Cell::new(start),
        }
    }

    pub(super) fn is_virtual(&self) -> bool {
        self.stands_at.get().is_some()
    }

    pub(super) fn now(&self) -> Instant {
        self.stands_at.get().unwrap_or_else(system)
    }

    /// Moves a clock that is not the system's, never back.
    #[cfg(any(test, feature = "testing"))]
    pub(super) fn advance_to(&self, at: Instant) {
        let now = self.stands_at.get();
        self.stands_at.set(now.map(|now| now.max(at)));
    }
}

#[expect(clippy::disallowed_methods, reason = "the reactor's clock")]
fn system() -> Instant {
    let now = Instant::now();
    #[cfg(test)]
    let now = now + standstill::SO_FAR.get();
    now
}

/// For tests: what a reactor's clock is ahead of the system's, as if the thread had stood still.
#[cfg(test)]
pub(crate) mod standstill {
    use std::cell::Cell;
    use std::time::Duration;

    thread_local!(pub(super) static SO_FAR: Cell<Duration> = const { Cell::new(Duration::ZERO) });

    pub(crate) fn pass(by: Duration) {
        SO_FAR.set(SO_FAR.get() + by);
    }
}

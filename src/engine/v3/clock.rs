//! The clock of another engine, as far as it is known here.

use std::time::Instant;

use crate::engine::local::{LATCH, WINDOW};

/// The local notion of an authoritative engine's boots and time. RFC 3414 section 2.3.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    boots: u32,
    /// The time at the instant `at`; it goes on from there.
    time: u32,
    at: Instant,
    /// latestReceivedEngineTime: what a replayed message cannot exceed.
    latest: u32,
}

impl Clock {
    /// A clock that shows this at `now`.
    pub(super) fn new(boots: u32, time: u32, now: Instant) -> Self {
        Self {
            boots,
            time,
            at: now,
            latest: time,
        }
    }

    /// Boots and time at `now`.
    pub(super) fn read(&self, now: Instant) -> (u32, u32) {
        let passed = now.saturating_duration_since(self.at).as_secs();
        let time = u64::from(self.time).saturating_add(passed);
        (self.boots, u32::try_from(time).unwrap_or(LATCH).min(LATCH))
    }

    /// Takes note of what an authenticated message shows. False if the message is too old to be
    /// believed. RFC 3414 section 3.2, step 7b.
    pub(super) fn accept(&mut self, boots: u32, time: u32, now: Instant) -> bool {
        if boots > self.boots || boots == self.boots && time > self.latest {
            *self = Self::new(boots, time, now);
        }
        let (known_boots, known_time) = self.read(now);
        known_boots != LATCH && boots == known_boots && time.saturating_add(WINDOW) >= known_time
    }

    /// Whether a message with the time of `other` would be taken by an engine with this clock. RFC 3414
    /// section 3.2, step 7a.
    pub(super) fn agrees_with(&self, other: &Self, now: Instant) -> bool {
        let ((boots, time), (other_boots, other_time)) = (self.read(now), other.read(now));
        boots == other_boots && time.abs_diff(other_time) <= WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[expect(clippy::disallowed_methods, reason = "only distances from it matter")]
    fn start() -> Instant {
        Instant::now()
    }

    #[test]
    fn goes_on_between_messages() {
        let start = start();
        let clock = Clock::new(3, 100, start);
        assert_eq!(clock.read(start + Duration::from_secs(600)), (3, 700));
    }

    #[test]
    fn clocks_agree_within_the_window() {
        let start = start();
        let clock = Clock::new(3, 1000, start);
        let later = start + Duration::from_secs(500);
        for (boots, time, agrees) in [
            (3, 1500, true),
            (3, 1350, true),
            (3, 1349, false),
            (3, 1650, true),
            (3, 1651, false),
            (2, 1500, false),
            (4, 1500, false),
        ] {
            let other = Clock::new(boots, time, later);
            assert_eq!(clock.agrees_with(&other, later), agrees, "{boots} {time}");
        }
    }

    #[test]
    fn a_message_from_before_the_window_is_refused() {
        let start = start();
        let mut clock = Clock::new(3, 1000, start);
        assert!(clock.accept(3, 850, start), "150 seconds late");
        assert!(!clock.accept(3, 849, start), "151 seconds late");
        assert!(!clock.accept(2, 5000, start), "from an earlier boot");
        assert!(clock.accept(4, 0, start), "from a later boot");
        assert!(!clock.accept(3, 5000, start), "from before that boot");
    }

    #[test]
    fn nothing_is_believed_of_an_engine_that_has_used_up_its_boots() {
        let start = start();
        let mut clock = Clock::new(1, 0, start);
        assert!(!clock.accept(LATCH, 0, start));
    }
}

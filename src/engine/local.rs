//! This engine as the authoritative one.

use std::time::Instant;

use crate::security::EngineId;

/// snmpEngineBoots and snmpEngineTime count up to this. RFC 3414 section 2.2.
pub(super) const LATCH: u32 = 0x7fff_ffff;

/// The seconds by which a message may be late. RFC 3414 section 2.2.3.
pub(super) const WINDOW: u32 = 150;

/// Name, boots and time of this engine. RFC 3414 section 2.2.
#[derive(Debug)]
pub(super) struct LocalEngine {
    id: EngineId,
    boots: u32,
    start: Instant,
}

impl LocalEngine {
    pub(super) fn new(id: EngineId, boots: u32, start: Instant) -> Self {
        Self {
            id,
            boots: boots.clamp(1, LATCH),
            start,
        }
    }

    pub(super) fn id(&self) -> EngineId {
        self.id
    }

    /// Boots and time. When the time has run over, which takes 68 years, that counts as another boot.
    pub(super) fn clock(&self, now: Instant) -> (u32, u32) {
        let seconds = now.saturating_duration_since(self.start).as_secs();
        let overruns = u32::try_from(seconds >> 31).unwrap_or(LATCH);
        let boots = self.boots.saturating_add(overruns).min(LATCH);
        (boots, (seconds & u64::from(LATCH)) as u32)
    }

    /// Whether an authenticated message of that time is to be believed. RFC 3414 section 3.2, step 7a.
    pub(super) fn is_in_window(&self, boots: u32, time: u32, now: Instant) -> bool {
        let (own_boots, own_time) = self.clock(now);
        own_boots != LATCH && boots == own_boots && time.abs_diff(own_time) <= WINDOW
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "only distances from it matter")]
    fn a_time_that_runs_over_is_another_boot() {
        let start = Instant::now();
        let local = |boots| LocalEngine::new(EngineId::generate(1, [1; 8]), boots, start);
        let years_68 = Duration::from_secs(1 << 31);
        let second = Duration::from_secs(1);
        assert_eq!(local(7).clock(start + years_68 - second), (7, LATCH));
        assert_eq!(local(7).clock(start + years_68), (8, 0));
        assert_eq!(local(7).clock(start + years_68 + 5 * second), (8, 5));
        let last = local(LATCH - 1);
        assert!(last.is_in_window(LATCH - 1, LATCH, start + years_68 - second));
        // From there on nothing is believed, now and ever.
        assert_eq!(last.clock(start + years_68), (LATCH, 0));
        assert!(!last.is_in_window(LATCH, 0, start + years_68));
        assert_eq!(last.clock(start + 2 * years_68), (LATCH, 0));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "only distances from it matter")]
    fn the_window_is_150_seconds_to_either_side() {
        let start = Instant::now();
        let local = LocalEngine::new(EngineId::generate(1, [1; 8]), 3, start);
        let now = start + Duration::from_secs(1_000);
        for (boots, time, is_in) in [
            (3, 1_000, true),
            (3, 850, true),
            (3, 849, false),
            (3, 1_150, true),
            (3, 1_151, false),
            (2, 1_000, false),
            (4, 1_000, false),
            (LATCH, LATCH, false),
        ] {
            assert_eq!(
                local.is_in_window(boots, time, now),
                is_in,
                "{boots} {time}"
            );
        }
        // Time that goes backwards stands still.
        assert_eq!(LocalEngine::new(local.id(), 0, now).clock(start), (1, 0));
    }
}

//! This engine as the authoritative one.

use std::time::Instant;

use crate::security::EngineId;

/// snmpEngineBoots and snmpEngineTime count up to this. RFC 3414 section 2.2.
pub(in crate::engine) const LATCH: u32 = 0x7fff_ffff;

/// Name, boots and time of this engine. RFC 3414 section 2.2.
#[derive(Debug)]
pub(in crate::engine) struct LocalEngine {
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

    pub(in crate::engine) fn id(&self) -> EngineId {
        self.id
    }

    /// Boots and time. When the time has run over, which takes 68 years, that counts as another boot.
    pub(in crate::engine) fn clock(&self, now: Instant) -> (u32, u32) {
        let seconds = now.saturating_duration_since(self.start).as_secs();
        let overruns = u32::try_from(seconds >> 31).unwrap_or(LATCH);
        let boots = self.boots.saturating_add(overruns).min(LATCH);
        (boots, (seconds & u64::from(LATCH)) as u32)
    }

    /// Whether an authenticated message of that time is to be believed. RFC 3414 section 3.2, step 7a.
    pub(super) fn is_in_window(&self, boots: u32, time: u32, now: Instant) -> bool {
        let (own_boots, own_time) = self.clock(now);
        own_boots != LATCH && boots == own_boots && time.abs_diff(own_time) <= super::clock::WINDOW
    }
}

//! What bounds the work of a command responder.

use std::time::{Duration, Instant};

use crate::engine::IncomingRequest;

/// The bounds of a command responder.
#[derive(Clone, Copy)]
pub(super) struct Settings {
    pub(super) max_repetitions: u32,
    pub(super) max_steps: u32,
    pub(super) slice: u32,
    pub(super) read_timeout: Duration,
    pub(super) set_timeout: Duration,
}

impl Settings {
    pub(super) const DEFAULT: Self = Self {
        max_repetitions: 1_000,
        max_steps: 200_000,
        slice: 4_096,
        read_timeout: Duration::from_secs(5),
        set_timeout: Duration::from_secs(10),
    };
}

/// The most steps of a request that cannot give way.
pub(super) const MAX_STEPS_AT_ONCE: u32 = 10_000;

/// The fewest steps that a new request may take before it gives way, and that those which wait may take in a pass.
const FEWEST_STEPS: u32 = 64;

/// What a SET counts for: four steps a binding, for its check and the phases of its object.
pub(super) fn steps_of_set(request: &IncomingRequest) -> u32 {
    let bindings = u32::try_from(request.pdu.var_binds.len());
    bindings.unwrap_or(u32::MAX).saturating_mul(4)
}

/// The steps that all requests together may take until those which wait have their turn: one slice.
#[derive(Clone, Copy, Default)]
pub(super) struct Budget {
    at: Option<Instant>,
    left: u32,
}

impl Budget {
    /// The steps for a request that is new. When time has moved on, another pass has begun.
    pub(super) fn for_new(&mut self, now: Instant, slice: u32) -> u32 {
        if self.at != Some(now) {
            *self = Self {
                at: Some(now),
                left: slice,
            };
        }
        self.left.max(FEWEST_STEPS)
    }

    /// The steps for those that wait: what the new ones have left.
    pub(super) fn for_waiting(&self, slice: u32) -> u32 {
        self.left.max(slice / 8).max(FEWEST_STEPS)
    }

    /// Takes the steps of a SET that is new, if it may begin: one of few bindings may always, a longer one while half of the
    /// slice is left.
    pub(super) fn spend_on_set(
        &mut self,
        now: Instant,
        slice: u32,
        request: &IncomingRequest,
    ) -> bool {
        let steps = steps_of_set(request);
        let may_begin = steps <= FEWEST_STEPS || self.for_new(now, slice) >= steps.min(slice / 2);
        if may_begin {
            self.spend(steps);
        }
        may_begin
    }

    pub(super) fn spend(&mut self, steps: u32) {
        self.left = self.left.saturating_sub(steps);
    }

    /// Those that wait have had their turn.
    pub(super) fn renew(&mut self, now: Instant, slice: u32) {
        *self = Self {
            at: Some(now),
            left: slice,
        };
    }
}

//! How often the log hears of the same thing.

use std::fmt;
#[cfg(feature = "log")]
use std::time::Duration;
use std::time::Instant;

/// Lets one record a second through, and counts the others. Whoever makes us drop messages must not fill a disk.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    #[cfg(feature = "log")]
    latest: Option<Instant>,
    #[cfg(feature = "log")]
    left_out: u64,
}

/// How many records were left out before this one. Prints as the end of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LeftOut(u64);

#[cfg(feature = "log")]
impl Throttle {
    /// None if there was a record less than a second before `now`: this one is left out, and counted.
    pub(crate) fn admit(&mut self, now: Instant) -> Option<LeftOut> {
        const INTERVAL: Duration = Duration::from_secs(1);
        let is_early = |latest| now.saturating_duration_since(latest) < INTERVAL;
        if self.latest.is_some_and(is_early) {
            self.left_out += 1;
            return None;
        }
        self.latest = Some(now);
        Some(LeftOut(std::mem::take(&mut self.left_out)))
    }
}

#[cfg(not(feature = "log"))]
impl Throttle {
    /// Nobody listens.
    #[expect(
        clippy::needless_pass_by_ref_mut,
        reason = "the form that it has with the feature `log`"
    )]
    pub(crate) fn admit(&mut self, _: Instant) -> Option<LeftOut> {
        None
    }
}

impl Throttle {
    /// The same where nobody may have told the time: nothing is left out then.
    pub(crate) fn admit_at(&mut self, now: Option<Instant>) -> Option<LeftOut> {
        match now {
            Some(now) => self.admit(now),
            None => Some(LeftOut(0)),
        }
    }
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => Ok(()),
            more => write!(f, "; and {more} more of this kind"),
        }
    }
}

#[cfg(all(test, feature = "log"))]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "only distances from it matter")]
    fn one_record_a_second_tells_how_many_were_left_out() {
        let start = Instant::now();
        let at = |milliseconds| start + Duration::from_millis(milliseconds);
        let mut throttle = Throttle::default();
        assert_eq!(throttle.admit(at(0)), Some(LeftOut(0)));
        for milliseconds in [0, 1, 500, 999] {
            assert_eq!(throttle.admit(at(milliseconds)), None);
        }
        let next = throttle.admit(at(1000)).expect("a second has passed");
        assert_eq!(next.to_string(), "; and 4 more of this kind");
        assert_eq!(throttle.admit(at(1999)), None);
        let next = throttle.admit(at(5000)).expect("a second has passed");
        assert_eq!(next.to_string(), "; and 1 more of this kind");
        let next = throttle.admit(at(6000)).expect("a second has passed");
        assert_eq!(next.to_string(), "");
    }
}

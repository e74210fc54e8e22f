//! Debugging mode: where Deferreds were made and fired.

use std::backtrace::Backtrace;
use std::cell::OnceCell;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

/// Switches debugging mode on or off, for the whole process and at any time.
///
/// While it is on, a backtrace is taken wherever a Deferred is made by
/// [`Deferred::pair`](super::Deferred::pair) and wherever one is first fired, which is slow. The
/// backtraces appear in the text of [`Unhandled`](super::Unhandled) and
/// [`AlreadyCalled`](super::AlreadyCalled). It is off by default.
pub fn set_debugging(on: bool) {
    DEBUGGING.store(on, Ordering::Relaxed);
}

/// Whether debugging mode is on.
pub fn debugging() -> bool {
    DEBUGGING.load(Ordering::Relaxed)
}

static DEBUGGING: AtomicBool = AtomicBool::new(false);

/// What debugging mode has recorded of one chain.
#[derive(Default)]
pub(super) struct Traces {
    created: OnceCell<Backtrace>,
    fired: OnceCell<Backtrace>,
}

impl Traces {
    pub(super) fn of_creation() -> Self {
        let traces = Self::default();
        let _ = traces.created.set(Backtrace::force_capture());
        traces
    }

    pub(super) fn record_firing(&self) {
        // Only the first firer counts.
        let _ = self.fired.set(Backtrace::force_capture());
    }
}

impl fmt::Display for Traces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !debugging() {
            return Ok(());
        }
        if let Some(created) = self.created.get() {
            write!(f, "\ncreated at:\n{created}")?;
        }
        if let Some(fired) = self.fired.get() {
            write!(f, "\nfired at:\n{fired}")?;
        }
        Ok(())
    }
}

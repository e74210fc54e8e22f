//! A timed call that stands at the earliest of deadlines that come and go.

use std::cell::{Cell, RefCell};
use std::time::Instant;

use super::handle::Handle;
use super::timers::DelayedCall;

/// Calls at the earliest of some deadlines, or before it: these mostly move away from now, and then the call stays and
/// finds nothing to do, which is cheaper than to move it each time. It is a limit, for which sockets are read first.
#[derive(Debug, Default)]
pub(crate) struct Alarm {
    /// None while there is no deadline.
    at: Cell<Option<Instant>>,
    call: RefCell<Option<DelayedCall>>,
}

impl Alarm {
    /// Makes sure that there is a call at `at` or before it, of what `call` makes.
    #[inline]
    pub(crate) fn set<F: FnOnce() + 'static>(
        &self,
        handle: &Handle,
        at: Instant,
        call: impl FnOnce() -> F,
    ) {
        if self.at.get().is_none_or(|stands| stands > at) {
            self.move_to(handle, at, call);
        }
    }

    fn move_to<F: FnOnce() + 'static>(
        &self,
        handle: &Handle,
        at: Instant,
        make: impl FnOnce() -> F,
    ) {
        self.at.set(Some(at));
        let delay = at.saturating_duration_since(handle.now());
        let mut call = self.call.borrow_mut();
        let is_moved = call.as_ref().is_some_and(|call| call.reset(delay).is_ok());
        if !is_moved {
            *call = Some(handle.call_at_limit(delay, make()));
        }
    }

    /// Whether there is a deadline.
    pub(crate) fn is_set(&self) -> bool {
        self.at.get().is_some()
    }

    /// There is no deadline any more.
    #[inline]
    pub(crate) fn suspend(&self) {
        if self.at.take().is_some()
            && let Some(call) = &*self.call.borrow()
        {
            call.suspend();
        }
    }

    /// The call has been made.
    pub(crate) fn has_gone(&self) {
        self.at.set(None);
        let gone = self.call.take();
        drop(gone);
    }

    /// Nothing is called any more.
    pub(crate) fn cancel(&self) {
        self.at.set(None);
        if let Some(call) = self.call.take() {
            // Not there any more if it is what runs right now.
            let _ = call.cancel();
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.cancel();
    }
}

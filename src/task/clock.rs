//! A clock that is moved by hand, for tests.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::deferred::TimeSource;
use crate::reactor::{DelayedCall, TimerOwner, Timers, guarded, pending_calls, schedule};

/// A clock that moves only by [`Clock::advance`]; clones are handles of the same one.
///
/// Its calls obey the rules of the reactor's, but for one: calls scheduled during an `advance`
/// and due by the end of it run in the same `advance`.
#[derive(Clone)]
pub struct Clock {
    inner: Rc<Inner>,
}

struct Inner {
    start: Instant,
    elapsed: Cell<Duration>,
    timers: RefCell<Timers>,
    propagate: Cell<bool>,
}

impl Clock {
    /// A clock at zero.
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way"
    )]
    pub fn new() -> Self {
        Self {
            inner: Rc::new(Inner {
                start: Instant::now(),
                elapsed: Cell::new(Duration::ZERO),
                timers: RefCell::default(),
                propagate: Cell::new(false),
            }),
        }
    }

    /// How far it has been moved.
    pub fn elapsed(&self) -> Duration {
        self.inner.elapsed.get()
    }

    /// Moves the clock and runs what is due by then, in order of deadline; all calls see the
    /// final time. What they schedule counts from there: for pauses one after the other, move it step by
    /// step, as [`pump`](Self::pump) does.
    ///
    /// After a thousand years time stands still, and what is due later never comes. Fails after 100,000 calls,
    /// which a loop without delay would otherwise go on with for ever; what is left stays pending.
    pub fn advance(&self, by: Duration) -> Result<(), ClockSpins> {
        let inner = &self.inner;
        let elapsed = inner.elapsed.get().saturating_add(by);
        inner.elapsed.set(elapsed.min(END_OF_TIME));
        let mut due = Vec::with_capacity(1);
        for _ in 0..MOST_CALLS {
            let now = inner.now();
            inner.timers.borrow_mut().take_due(now, 1, &mut due);
            let Some(call) = due.pop() else {
                return Ok(());
            };
            if inner.propagate.get() {
                call.run(&inner.timers);
            } else {
                guarded("a delayed call", || call.run(&inner.timers));
            }
        }
        Err(ClockSpins)
    }

    /// Several [`Clock::advance`], one after the other.
    pub fn pump(&self, steps: impl IntoIterator<Item = Duration>) -> Result<(), ClockSpins> {
        steps.into_iter().try_for_each(|step| self.advance(step))
    }

    /// Lets a panic of a call out of `advance`, with the calls after it still pending, instead of
    /// reporting it and going on.
    pub fn propagate_panics(&self, on: bool) {
        self.inner.propagate.set(on);
    }

    /// The calls that are pending.
    pub fn delayed_calls(&self) -> Vec<DelayedCall> {
        pending_calls(&self.inner)
    }

    /// Has `f` called when the clock has moved by `delay`, and never inside this call.
    pub fn call_later(&self, delay: Duration, f: impl FnOnce() + 'static) -> DelayedCall {
        schedule(&self.inner, delay, f)
    }
}

const MOST_CALLS: usize = 100_000;
/// Well beyond the longest delay there is, and not more than an `Instant` of any system can tell.
const END_OF_TIME: Duration = Duration::from_secs(1000 * 365 * 24 * 3600);

impl Default for Clock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("elapsed", &self.elapsed())
            .finish_non_exhaustive()
    }
}

impl TimeSource for Clock {
    type Call = DelayedCall;

    fn now(&self) -> Instant {
        self.inner.now()
    }

    fn call_later(&self, delay: Duration, call: impl FnOnce() + 'static) -> DelayedCall {
        Self::call_later(self, delay, call)
    }
}

impl TimerOwner for Inner {
    fn timers(&self) -> &RefCell<Timers> {
        &self.timers
    }

    fn now(&self) -> Instant {
        let now = self.start.checked_add(self.elapsed.get());
        now.unwrap_or(self.start)
    }

    fn rescheduled(&self, _: Instant) {}
}

/// Calls kept scheduling others without delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
pub struct ClockSpins;

impl fmt::Display for ClockSpins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("calls without delay keep scheduling one another")
    }
}

impl Error for ClockSpins {}

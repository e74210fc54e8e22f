//! Time-outs as stages.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::deferred::Deferred;
use super::outcome::{AsInterrupt, Fault, Interrupt, Outcome, Recovery};
use super::release::discard;

/// What timed things run on: a reactor, or a clock that a test moves by hand. Clones are handles
/// of the same one.
pub trait TimeSource: Clone + 'static {
    /// What [`call_later`](Self::call_later) gives to hold on to.
    type Call: ScheduledCall + 'static;

    /// The time.
    fn now(&self) -> Instant;

    /// Runs `call` once, `delay` from now, and never before this returns.
    fn call_later(&self, delay: Duration, call: impl FnOnce() + 'static) -> Self::Call;

    /// The same for the end of a time limit: what has come in by then is delivered first, also when the thread
    /// has stood still meanwhile. Where nothing comes in, which is the default, it is
    /// [`call_later`](Self::call_later).
    fn call_at_limit(&self, limit: Duration, call: impl FnOnce() + 'static) -> Self::Call {
        self.call_later(limit, call)
    }
}

/// A call that a [`TimeSource`] will make.
pub trait ScheduledCall {
    /// Drops the call if it has not begun; does nothing afterwards.
    fn unschedule(self);
}

impl<T, E: Fault> Deferred<T, E> {
    /// Cancels the chain if no result comes past this point within `duration`; the
    /// `Cancelled` that arrives here then becomes
    /// [`Interrupt::TimedOut`](super::Interrupt::TimedOut).
    ///
    /// On a reactor, what has come in by the end of `duration` is in time, also when the program stood still and
    /// it has yet to be read. It covers the stages added before it, whatever they wait on, and nothing after it. Any
    /// other result, also one that comes of the cancellation, passes as it is. On a settled
    /// chain this does nothing.
    #[must_use = "dropping it leaves a time-out that nobody sees"]
    pub fn add_timeout(self, duration: Duration, clock: &impl TimeSource) -> Self
    where
        E: AsInterrupt,
    {
        self.add_timeout_with(duration, clock, |result, duration| match result {
            Err(error) if is_cancelled(&error) => Err(Interrupt::TimedOut(duration).into()),
            result => result,
        })
    }

    /// As [`add_timeout`](Self::add_timeout), with `on_timeout` to say what becomes of the result
    /// that arrives after `duration` is over. It is not called when the result is in time.
    #[must_use = "dropping it leaves a time-out that nobody sees"]
    pub fn add_timeout_with<R>(
        self,
        duration: Duration,
        clock: &impl TimeSource,
        on_timeout: impl FnOnce(Result<T, E>, Duration) -> R + 'static,
    ) -> Self
    where
        R: Recovery<T, E>,
    {
        if self.is_settled() {
            return self;
        }
        let expired = Rc::new(Cell::new(false));
        let timer = Timer(Some(clock.call_at_limit(duration, {
            let expired = expired.clone();
            let chain = self.cancel_handle();
            move || {
                expired.set(true);
                chain.cancel();
            }
        })));
        self.add_both(move |result| {
            if expired.get() {
                on_timeout(result, duration).into_outcome()
            } else {
                drop(timer);
                discard(on_timeout);
                Outcome::Done(result)
            }
        })
    }
}

/// Whether the error is, or comes from, [`Interrupt::Cancelled`].
///
/// A type that does not name its source is asked what it makes of a cancellation: what prints the
/// same in both ways is the same, or cannot be told apart by anybody.
fn is_cancelled<E: Fault + AsInterrupt>(error: &E) -> bool {
    if let Some(interrupt) = error.interrupt() {
        return *interrupt == Interrupt::Cancelled;
    }
    let cancelled = E::from(Interrupt::Cancelled);
    format!("{error:?}") == format!("{cancelled:?}") && error.to_string() == cancelled.to_string()
}

/// A scheduled call that ends with the stage it belongs to.
struct Timer<C: ScheduledCall>(Option<C>);

impl<C: ScheduledCall> Drop for Timer<C> {
    fn drop(&mut self) {
        if let Some(call) = self.0.take() {
            call.unschedule();
        }
    }
}

//! A function called again and again.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::deferred::{
    CancelHandle, Deferred, Failure, IntoCompletion, Resolver, ScheduledCall, TimeSource, unhandled,
};
use crate::reactor::Handle;

/// Calls a function at regular times; clones are handles of the same loop.
///
/// The times lie on the grid start + n × interval, without drift. A call that takes longer than
/// the interval, or whose Deferred does, makes the loop skip the grid points that have passed. An
/// error of the function ends the loop.
pub struct LoopingCall<C: TimeSource = Handle> {
    inner: Rc<Inner<C>>,
}

struct Inner<C: TimeSource> {
    clock: C,
    function: RefCell<Box<dyn FnMut(u64) -> Deferred<()>>>,
    counting: bool,
    state: Cell<State>,
    interval: Cell<Duration>,
    start: Cell<Instant>,
    /// Grid points told of so far.
    counted: Cell<u64>,
    timer: RefCell<Option<C::Call>>,
    done: RefCell<Option<Resolver<LoopingCall<C>>>>,
    /// What the call under way waits for.
    pending: RefCell<Option<CancelHandle>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    Scheduled,
    /// The function runs, or the Deferred that it returned is pending.
    Calling,
    /// As `Calling`, and the loop is to end with the call.
    Ending,
}

impl<C: TimeSource> LoopingCall<C> {
    /// A loop that calls `function`; it begins with [`LoopingCall::start`].
    pub fn new<R>(clock: &C, mut function: impl FnMut() -> R + 'static) -> Self
    where
        R: IntoCompletion,
    {
        let call = move |_| function().into_completion();
        Self::build(clock, false, Box::new(call))
    }

    /// As [`LoopingCall::new`]; the function is told how many grid points there were since the
    /// last call, itself included: more than one if some were skipped.
    pub fn with_count<R>(clock: &C, mut function: impl FnMut(u64) -> R + 'static) -> Self
    where
        R: IntoCompletion,
    {
        let call = move |count| function(count).into_completion();
        Self::build(clock, true, Box::new(call))
    }

    fn build(clock: &C, counting: bool, function: Box<dyn FnMut(u64) -> Deferred<()>>) -> Self {
        Self {
            inner: Rc::new(Inner {
                clock: clock.clone(),
                function: RefCell::new(function),
                counting,
                state: Cell::new(State::Idle),
                interval: Cell::new(Duration::ZERO),
                start: Cell::new(clock.now()),
                counted: Cell::new(0),
                timer: RefCell::new(None),
                done: RefCell::new(None),
                pending: RefCell::new(None),
            }),
        }
    }

    /// Begins; with `now` the first call is made before this returns, else after the interval.
    ///
    /// The Deferred fires, with the loop, when it is stopped, and fails when the function does;
    /// cancelling it stops the loop. With an interval of zero there is one call in each pass of
    /// the reactor.
    ///
    /// # Errors
    ///
    /// Fails with [`LoopError::Running`] while the loop runs or a call of an earlier run is pending,
    /// which does not disturb that run.
    pub fn start(&self, interval: Duration, now: bool) -> Deferred<Self> {
        let inner = &self.inner;
        if inner.state.get() != State::Idle {
            return Deferred::fail(LoopError::Running.into());
        }
        let cancelled = self.clone();
        let (resolver, deferred) = Deferred::with_canceller(move || {
            cancelled.abort();
            None
        });
        *inner.done.borrow_mut() = Some(resolver);
        inner.interval.set(interval);
        inner.start.set(inner.clock.now());
        inner.counted.set(0);
        if now {
            self.call(1);
        } else {
            self.schedule();
        }
        deferred
    }

    /// Ends the loop. The Deferred of `start` fires inside this call, or with the end of the call
    /// of the function that is under way.
    pub fn stop(&self) -> Result<(), LoopError> {
        match self.inner.state.get() {
            State::Scheduled => {
                self.unschedule();
                self.finish(Ok(()));
                Ok(())
            }
            State::Calling => {
                self.inner.state.set(State::Ending);
                Ok(())
            }
            State::Idle | State::Ending => Err(LoopError::NotRunning),
        }
    }

    /// As [`LoopingCall::stop`], and cancels what the call under way waits for.
    pub fn stop_and_cancel(&self) -> Result<(), LoopError> {
        self.stop()?;
        let pending = self.inner.pending.borrow().clone();
        if let Some(pending) = pending {
            pending.cancel();
        }
        Ok(())
    }

    /// Begins a new grid now; while a call is pending this does nothing.
    pub fn reset(&self) -> Result<(), LoopError> {
        match self.inner.state.get() {
            State::Scheduled => {
                self.unschedule();
                self.inner.start.set(self.inner.clock.now());
                self.inner.counted.set(0);
                self.schedule();
                Ok(())
            }
            State::Calling => Ok(()),
            State::Idle | State::Ending => Err(LoopError::NotRunning),
        }
    }

    /// Whether the loop has been started and not stopped.
    pub fn is_running(&self) -> bool {
        matches!(self.inner.state.get(), State::Scheduled | State::Calling)
    }

    /// The time between two calls.
    pub fn interval(&self) -> Duration {
        self.inner.interval.get()
    }

    /// Grid points that have passed by now.
    fn passed(&self) -> u64 {
        let inner = &self.inner;
        let elapsed = inner
            .clock
            .now()
            .saturating_duration_since(inner.start.get());
        let interval = inner.interval.get().as_nanos().max(1);
        u64::try_from(elapsed.as_nanos() / interval).unwrap_or(u64::MAX)
    }

    fn schedule(&self) {
        let inner = &self.inner;
        inner.state.set(State::Scheduled);
        let interval = inner.interval.get();
        let delay = if interval.is_zero() {
            Duration::ZERO
        } else {
            let elapsed = inner
                .clock
                .now()
                .saturating_duration_since(inner.start.get());
            let into = elapsed.as_nanos() % interval.as_nanos();
            // Below the interval, so that it fits.
            interval - Duration::new((into / 1_000_000_000) as u64, (into % 1_000_000_000) as u32)
        };
        let tick = Tick(Some(self.clone()));
        let timer = inner.clock.call_later(delay, move || tick.come());
        *inner.timer.borrow_mut() = Some(timer);
    }

    fn unschedule(&self) {
        self.inner.state.set(State::Idle);
        let timer = self.inner.timer.take();
        if let Some(timer) = timer {
            timer.unschedule();
        }
    }

    fn tick(&self) {
        let inner = &self.inner;
        drop(inner.timer.take());
        let passed = self.passed();
        let count = match inner.interval.get().is_zero() {
            true => 1,
            false => passed.saturating_sub(inner.counted.get()),
        };
        inner.counted.set(passed);
        if inner.counting && count == 0 {
            return self.schedule();
        }
        self.call(count);
    }

    fn call(&self, count: u64) {
        let inner = self.inner.clone();
        inner.state.set(State::Calling);
        let running = inner.clone();
        // A stage, so that a panic is an error as any other.
        let outcome = Deferred::<()>::succeed(()).add_callback(move |()| {
            let mut function = running.function.borrow_mut();
            function(count)
        });
        if !outcome.is_fired() || outcome.is_waiting() {
            *inner.pending.borrow_mut() = Some(outcome.cancel_handle());
        }
        let calling = self.clone();
        drop(outcome.add_both(move |result| calling.called(result)));
    }

    fn called(&self, result: Result<(), Failure>) {
        drop(self.inner.pending.take());
        match (self.inner.state.get(), result) {
            (State::Calling, Ok(())) => self.schedule(),
            (_, result) => self.finish(result),
        }
    }

    fn finish(&self, result: Result<(), Failure>) {
        self.inner.state.set(State::Idle);
        let done = self.inner.done.take();
        match (done, result) {
            (Some(done), result) => done.resolve(result.map(|()| self.clone())),
            (None, Err(error)) => unhandled("a looping call that was cancelled", &error),
            (None, Ok(())) => {}
        }
    }

    /// The Deferred of `start` was cancelled and settles by itself.
    fn abort(&self) {
        let done = self.inner.done.take();
        drop(done);
        match self.inner.state.get() {
            State::Scheduled => self.unschedule(),
            State::Calling => self.inner.state.set(State::Ending),
            State::Idle | State::Ending => {}
        }
    }
}

/// The timed call of a loop that is [scheduled](State::Scheduled).
struct Tick<C: TimeSource>(Option<LoopingCall<C>>);

impl<C: TimeSource> Tick<C> {
    fn come(mut self) {
        if let Some(looping) = self.0.take() {
            looping.tick();
        }
    }
}

impl<C: TimeSource> Drop for Tick<C> {
    /// With the clock's end, nobody calls any more: the loop would keep itself, by the canceller of its Deferred.
    fn drop(&mut self) {
        if let Some(looping) = self.0.take()
            && looping.inner.state.get() == State::Scheduled
        {
            looping.inner.state.set(State::Idle);
            let done = looping.inner.done.take();
            drop(done);
        }
    }
}

impl<C: TimeSource> Clone for LoopingCall<C> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<C: TimeSource> fmt::Debug for LoopingCall<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LoopingCall")
            .field("state", &self.inner.state.get())
            .field("interval", &self.interval())
            .finish_non_exhaustive()
    }
}

/// A [`LoopingCall`] is not in the state for what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a loop runs or it does not")]
pub enum LoopError {
    /// It runs already, or a call of its last run is pending.
    Running,
    /// It does not run.
    NotRunning,
}

impl fmt::Display for LoopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Running => "the looping call is running",
            Self::NotRunning => "the looping call is not running",
        })
    }
}

impl Error for LoopError {}

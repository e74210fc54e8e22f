//! Timed calls: a slab of closures and one queue of deadlines, with removal.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use slab::Slab;

use crate::deadline_queue::DeadlineQueue;
use crate::deferred::ScheduledCall;

/// A call that is to happen later; what `call_later` gives.
///
/// Dropping it changes nothing; the call still happens. Clones are handles of the same call.
#[derive(Clone)]
pub struct DelayedCall {
    owner: Weak<dyn TimerOwner>,
    call: Rc<dyn Timed>,
}

impl DelayedCall {
    /// Prevents the call and releases its closure at once.
    ///
    /// Fails if the call has run, is running, or was cancelled before. Costs O(log n).
    pub fn cancel(&self) -> Result<(), NotPending> {
        let state = self.pending()?;
        state.status.set(Status::Cancelled);
        if let Some(owner) = self.owner.upgrade() {
            let removed = owner.timers().borrow_mut().remove(state.slot.get());
            drop(removed);
        }
        self.call.release();
        Ok(())
    }

    /// Moves the call to `delay` from now.
    ///
    /// Among calls of that time it is the last one then; one that is moved to its own time keeps its place. Fails as [`DelayedCall::cancel`] does. Costs O(log n).
    pub fn reset(&self, delay: Duration) -> Result<(), NotPending> {
        let state = self.pending()?;
        if let Some(owner) = self.owner.upgrade() {
            move_to(&*owner, state, later(owner.now(), delay));
        }
        Ok(())
    }

    /// Moves the call to `delay` after its present time.
    ///
    /// Fails as [`DelayedCall::cancel`] does. Costs O(log n).
    pub fn delay(&self, delay: Duration) -> Result<(), NotPending> {
        let state = self.pending()?;
        if let Some(owner) = self.owner.upgrade() {
            move_to(&*owner, state, later(state.at.get(), delay));
        }
        Ok(())
    }

    /// Moves the call to `by` before its present time, at the earliest to the beginning of time.
    ///
    /// Fails as [`DelayedCall::cancel`] does. Costs O(log n).
    pub fn advance(&self, by: Duration) -> Result<(), NotPending> {
        let state = self.pending()?;
        if let Some(owner) = self.owner.upgrade() {
            let at = state.at.get();
            let earlier = at.checked_sub(by);
            move_to(
                &*owner,
                state,
                earlier.unwrap_or_else(|| owner.now().min(at)),
            );
        }
        Ok(())
    }

    /// Takes its time away from a call that is pending, until [`DelayedCall::reset`] gives it another.
    pub(crate) fn suspend(&self) {
        let (Ok(state), Some(owner)) = (self.pending(), self.owner.upgrade()) else {
            return;
        };
        state.status.set(Status::Suspended);
        let mut timers = owner.timers().borrow_mut();
        timers.deadlines.remove(state.slot.get());
    }

    /// Whether the call is still to come: false from the moment it starts or is cancelled.
    pub fn active(&self) -> bool {
        self.pending().is_ok()
    }

    /// When the call is due, or was.
    pub fn time(&self) -> Instant {
        self.call.state().at.get()
    }

    fn pending(&self) -> Result<&CallState, NotPending> {
        let state = self.call.state();
        match state.status.get() {
            Status::Pending | Status::Suspended | Status::Due => Ok(state),
            Status::Called => Err(NotPending::AlreadyCalled),
            Status::Cancelled => Err(NotPending::AlreadyCancelled),
        }
    }
}

impl ScheduledCall for DelayedCall {
    fn unschedule(self) {
        // Fails if it has begun, and then it is too late.
        let _ = self.cancel();
    }
}

impl fmt::Debug for DelayedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.call.state();
        f.debug_struct("DelayedCall")
            .field("status", &state.status.get())
            .field("at", &state.at.get())
            .finish()
    }
}

/// Why a [`DelayedCall`] cannot be changed any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a call ends in one of two ways")]
pub enum NotPending {
    /// It has run, or is running.
    AlreadyCalled,
    /// It was cancelled.
    AlreadyCancelled,
}

impl fmt::Display for NotPending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AlreadyCalled => "the delayed call has already been called",
            Self::AlreadyCancelled => "the delayed call has already been cancelled",
        })
    }
}

impl Error for NotPending {}

/// The clock a [`DelayedCall`] belongs to.
pub(crate) trait TimerOwner {
    fn timers(&self) -> &RefCell<Timers>;
    fn now(&self) -> Instant;
    /// A call now has this deadline; whoever sleeps may have to be told.
    fn rescheduled(&self, at: Instant);
}

/// The pending calls of one clock.
#[derive(Default)]
pub(crate) struct Timers {
    calls: Slab<Rc<dyn Timed>>,
    deadlines: DeadlineQueue,
}

impl Timers {
    /// The earliest deadline.
    pub(crate) fn next(&self) -> Option<Instant> {
        self.deadlines.next()
    }

    /// Moves calls due at `now` into `due`, in order, at most `limit` of them.
    pub(crate) fn take_due(&mut self, now: Instant, limit: usize, due: &mut Vec<DueCall>) {
        while due.len() < limit
            && let Some(slot) = self.deadlines.pop_due(now)
        {
            let call = self.calls[slot].clone();
            call.state().status.set(Status::Due);
            due.push(DueCall(call));
        }
    }

    /// Takes out all calls, for dropping where no borrow is held.
    pub(crate) fn clear(&mut self) -> Vec<AbandonedCall> {
        self.deadlines = DeadlineQueue::default();
        let calls = std::mem::take(&mut self.calls);
        calls
            .into_iter()
            .map(|(_, call)| AbandonedCall(call))
            .collect()
    }

    fn remove(&mut self, slot: usize) -> Option<Rc<dyn Timed>> {
        self.deadlines.remove(slot);
        self.calls.try_remove(slot)
    }
}

/// A call that is due but has not started, and may yet be cancelled or moved.
pub(crate) struct DueCall(Rc<dyn Timed>);

impl DueCall {
    /// Whether what has come in by then is to come first.
    pub(crate) fn is_limit(&self) -> bool {
        self.0.state().is_limit
    }

    /// Runs the call, unless it was cancelled or moved meanwhile; true if it ran.
    pub(crate) fn run(self, timers: &RefCell<Timers>) -> bool {
        let state = self.0.state();
        if state.status.get() != Status::Due {
            return false;
        }
        state.status.set(Status::Called);
        let removed = timers.borrow_mut().remove(state.slot.get());
        drop(removed);
        self.0.run();
        true
    }
}

/// A call whose clock has gone; its closure is released on drop.
pub(crate) struct AbandonedCall(Rc<dyn Timed>);

impl Drop for AbandonedCall {
    fn drop(&mut self) {
        self.0.state().status.set(Status::Cancelled);
        self.0.release();
    }
}

/// Schedules `f`; the clock `owner` is asked for the time and told of the deadline.
pub(crate) fn schedule<O: TimerOwner + 'static>(
    owner: &Rc<O>,
    delay: Duration,
    f: impl FnOnce() + 'static,
) -> DelayedCall {
    enter(owner, delay, false, f)
}

/// The same for the end of a time limit: [`DueCall::is_limit`].
pub(super) fn schedule_limit<O: TimerOwner + 'static>(
    owner: &Rc<O>,
    delay: Duration,
    f: impl FnOnce() + 'static,
) -> DelayedCall {
    enter(owner, delay, true, f)
}

fn enter<O: TimerOwner + 'static>(
    owner: &Rc<O>,
    delay: Duration,
    is_limit: bool,
    f: impl FnOnce() + 'static,
) -> DelayedCall {
    let at = later(owner.now(), delay);
    let call: Rc<dyn Timed> = Rc::new(Node {
        state: CallState {
            status: Cell::new(Status::Pending),
            is_limit,
            at: Cell::new(at),
            slot: Cell::new(0),
        },
        f: Cell::new(Some(f)),
    });
    {
        let mut timers = owner.timers().borrow_mut();
        let slot = timers.calls.insert(call.clone());
        call.state().slot.set(slot);
        timers.deadlines.set(slot, at);
    }
    owner.rescheduled(at);
    let owner: Rc<dyn TimerOwner> = owner.clone();
    DelayedCall {
        owner: Rc::downgrade(&owner),
        call,
    }
}

/// A call that will never happen, for a clock that has ended.
pub(crate) fn never(at: Instant, owner: Weak<dyn TimerOwner>) -> DelayedCall {
    DelayedCall {
        owner,
        call: Rc::new(Node {
            state: CallState {
                status: Cell::new(Status::Cancelled),
                is_limit: false,
                at: Cell::new(at),
                slot: Cell::new(0),
            },
            f: Cell::new(None::<fn()>),
        }),
    }
}

/// All pending calls of a clock, in no particular order.
pub(crate) fn pending_calls<O: TimerOwner + 'static>(owner: &Rc<O>) -> Vec<DelayedCall> {
    let dynamic: Rc<dyn TimerOwner> = owner.clone();
    let timers = owner.timers().borrow();
    let calls = timers.calls.iter();
    calls
        .map(|(_, call)| DelayedCall {
            owner: Rc::downgrade(&dynamic),
            call: call.clone(),
        })
        .collect()
}

fn move_to(owner: &dyn TimerOwner, state: &CallState, at: Instant) {
    if state.at.get() == at && state.status.get() != Status::Suspended {
        return;
    }
    state.at.set(at);
    state.status.set(Status::Pending);
    owner
        .timers()
        .borrow_mut()
        .deadlines
        .set(state.slot.get(), at);
    owner.rescheduled(at);
}

/// `from + delay`, or as far in the future as the clock of the system is sure to go.
fn later(from: Instant, delay: Duration) -> Instant {
    from.checked_add(delay)
        .or_else(|| from.checked_add(FAR))
        .unwrap_or(from)
}

/// A century: beyond it nobody waits, and every system's clock can still count.
const FAR: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

trait Timed {
    fn state(&self) -> &CallState;
    fn run(&self);
    fn release(&self);
}

struct CallState {
    status: Cell<Status>,
    is_limit: bool,
    at: Cell<Instant>,
    slot: Cell<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Pending,
    /// Pending at no time.
    Suspended,
    /// Taken out of the queue, not yet started.
    Due,
    Called,
    Cancelled,
}

/// One allocation holds the state and the closure.
struct Node<F> {
    state: CallState,
    f: Cell<Option<F>>,
}

impl<F: FnOnce()> Timed for Node<F> {
    fn state(&self) -> &CallState {
        &self.state
    }

    fn run(&self) {
        if let Some(f) = self.f.take() {
            f();
        }
    }

    fn release(&self) {
        drop(self.f.take());
    }
}

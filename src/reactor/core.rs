//! What both shells share: slots, the ready list, budgets, and the pass.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use mio::{Registry, Token};

use super::clock::Clock;
use super::coroutines::Coroutines;
#[cfg(unix)]
use super::descriptors::Descriptors;
use super::readiness::Readiness;
use super::remote::{Inlet, Remote};
use super::resolve::Lookups;
#[cfg(all(unix, feature = "signals"))]
use super::signals::Signals;
use super::slot::{Key, Slots, Tokens};
use super::tasks::Work;
use super::threads::ThreadPool;
use super::timers::{self, DelayedCall, DueCall, TimerOwner, Timers};
use super::triggers::Triggers;
use super::udp::Inbox;
use crate::deferred::Driver;

/// The reactor without the waiting.
///
/// No borrow of a cell is held while user code runs or user values are dropped.
pub(crate) struct Core {
    itself: Weak<Self>,
    pub(super) registry: Registry,
    pub(super) inlet: Inlet,
    pub(super) clock: Clock,
    pub(super) slots: RefCell<Slots>,
    pub(super) budgets: Budgets,
    /// Buffers for datagrams, made at the first read and shared by all ports.
    pub(super) inbox: Cell<Option<Box<Inbox>>>,
    /// What other sockets read into, likewise.
    buffer: Cell<Vec<u8>>,
    pub(super) pool: ThreadPool,
    pub(super) lookups: Lookups,
    pub(super) coroutines: Coroutines,
    #[cfg(unix)]
    pub(super) descriptors: Descriptors,
    #[cfg(all(unix, feature = "signals"))]
    pub(super) signals: Signals,
    pub(super) triggers: RefCell<Triggers>,
    pub(super) timers: RefCell<Timers>,
    pub(super) due: Cell<Vec<DueCall>>,
    /// Time limits that are over, and wait until the sockets have been read.
    pub(super) limits: RefCell<VecDeque<DueCall>>,
    /// For how many passes they have waited.
    pub(super) waited: Cell<u32>,
    pub(super) ready: RefCell<VecDeque<Key>>,
    pub(super) work: RefCell<VecDeque<Work>>,
    pub(super) state: Cell<State>,
    pub(super) driver: Driver,
    pub(super) stop_asked: Cell<bool>,
    /// The time of the pass; none outside one.
    pub(super) pass: Cell<Option<Instant>>,
    pub(super) progressed: Cell<bool>,
    /// The last look at the system filled the budget of events; there may be more.
    pub(super) more_events: Cell<bool>,
    /// The deadline the host was last told of; it sleeps no longer than that.
    pub(super) told: Cell<Option<Instant>>,
    pub(super) timer: Option<Box<dyn Timer>>,
    /// Threads that are blocked until this reactor has done what they wait for.
    pub(super) blocked_calls: Cell<usize>,
    /// How long the end waits for threads.
    pub(super) wait_until: Cell<Option<Instant>>,
    /// The timed call that runs says that it has come to nothing.
    pub(super) did_nothing: Cell<bool>,
}

/// What makes the descriptor readable at deadlines.
pub(super) trait Timer {
    /// Sets the deadline, given the time.
    fn set(&self, deadline: Option<Instant>, now: Instant);
    /// Never again, whatever is set: the descriptor may have a duplicate that is still watched.
    fn end(&self, registry: &Registry);
}

/// How much one pass takes of each thing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budgets {
    pub(super) events: usize,
    pub(super) datagrams: usize,
    pub(super) octets: usize,
    pub(super) timed_calls: usize,
    /// Messages of an engine, before the next datagrams are received.
    pub(super) sends: usize,
    /// How long shutdown waits for work in threads; none is as long as it takes.
    pub(super) thread_wait: Option<Duration>,
}

impl Default for Budgets {
    fn default() -> Self {
        Self {
            events: 1024,
            datagrams: 256,
            octets: 256 * 1024,
            timed_calls: 4096,
            sends: 32,
            thread_wait: None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Not started.
    Idle,
    /// Not running, and to be run again by its own loop only.
    Crashed,
    /// Waiting for the triggers before start-up.
    Starting,
    Running,
    /// Waiting for the triggers before shutdown.
    Stopping,
    /// In "during shutdown": waiting for the last thread.
    Ending,
    /// Past that.
    Stopped,
    /// The shell was dropped.
    Gone,
}

impl Core {
    pub(super) fn new(
        registry: Registry,
        tokens: Tokens,
        budgets: Budgets,
        inlet: Inlet,
        clock: Clock,
        timer: Option<Box<dyn Timer>>,
    ) -> Rc<Self> {
        // There is start-up to be done, which the host may learn from the descriptor alone.
        inlet.remote().wake();
        let pool = ThreadPool::new(inlet.remote().clone(), clock.is_virtual());
        Rc::new_cyclic(|itself| Self {
            itself: itself.clone(),
            registry,
            inlet,
            clock,
            slots: RefCell::new(Slots::new(tokens)),
            budgets,
            inbox: Cell::new(None),
            buffer: Cell::default(),
            pool,
            lookups: Lookups::default(),
            coroutines: Coroutines::default(),
            #[cfg(unix)]
            descriptors: Descriptors::default(),
            #[cfg(all(unix, feature = "signals"))]
            signals: Signals::default(),
            triggers: RefCell::default(),
            timers: RefCell::default(),
            due: Cell::default(),
            limits: RefCell::default(),
            waited: Cell::new(0),
            ready: RefCell::default(),
            work: RefCell::default(),
            state: Cell::new(State::Idle),
            driver: Driver::new(),
            stop_asked: Cell::new(false),
            pass: Cell::new(None),
            progressed: Cell::new(false),
            more_events: Cell::new(false),
            told: Cell::new(None),
            timer,
            blocked_calls: Cell::new(0),
            wait_until: Cell::new(None),
            did_nothing: Cell::new(false),
        })
    }

    pub(super) fn remote(&self) -> &Remote {
        self.inlet.remote()
    }

    pub(super) fn state(&self) -> State {
        self.state.get()
    }

    pub(super) fn call_later(
        self: &Rc<Self>,
        delay: Duration,
        f: impl FnOnce() + 'static,
    ) -> DelayedCall {
        if self.state.get() == State::Gone {
            // Kept closures would keep whatever they captured, for ever.
            drop(f);
            let owner: Weak<dyn TimerOwner> = self.itself.clone();
            return timers::never(self.now(), owner);
        }
        timers::schedule(self, delay, f)
    }

    /// As [`Core::call_later`], for the end of a time limit: what has come in by then comes first, also when the
    /// thread has stood still.
    pub(super) fn call_at_limit(
        self: &Rc<Self>,
        limit: Duration,
        f: impl FnOnce() + 'static,
    ) -> DelayedCall {
        if self.state.get() == State::Gone {
            return self.call_later(limit, f);
        }
        timers::schedule_limit(self, limit, f)
    }

    pub(super) fn delayed_calls(self: &Rc<Self>) -> Vec<DelayedCall> {
        timers::pending_calls(self)
    }

    pub(super) fn stop(&self) -> bool {
        let running = matches!(self.state.get(), State::Starting | State::Running);
        let may = running && !self.stop_asked.get();
        if may {
            self.stop_asked.set(true);
            self.touch();
        }
        may
    }

    /// Queues work for the end of the present pass, or of the next one.
    pub(super) fn queue_work(&self, work: Work) {
        if self.state.get() == State::Gone {
            drop(work);
            return;
        }
        self.work.borrow_mut().push_back(work);
        self.touch();
    }

    /// Has `f` run at the end of the present pass, or of the next one.
    pub(super) fn call_soon(&self, f: impl FnOnce() + 'static) {
        self.queue_work(Work::Call(Box::new(f)));
    }

    /// Notes readiness that no event announces, such as datagrams left by a budget.
    pub(super) fn add_ready(&self, key: Key, ready: Readiness) {
        let queue = self.slots.borrow_mut().add(key, ready);
        if let Some(key) = queue {
            self.ready.borrow_mut().push_back(key);
            self.touch();
        }
    }

    /// Notes an event of the system; false if no source has this token.
    pub(super) fn note(&self, token: Token, ready: Readiness) {
        let queue = self.slots.borrow_mut().note(token, ready);
        if let Some(key) = queue {
            self.ready.borrow_mut().push_back(key);
        }
    }

    /// Makes room for one more source; the ready list never grows after that.
    pub(super) fn insert(&self) -> Option<(Key, Token)> {
        let mut slots = self.slots.borrow_mut();
        let place = slots.reserve()?;
        let mut ready = self.ready.borrow_mut();
        let missing = slots.len().saturating_sub(ready.len());
        ready.reserve(missing);
        Some(place)
    }

    /// The buffer that sockets read into, of 65,536 octets.
    pub(super) fn take_buffer(&self) -> Vec<u8> {
        let mut buffer = self.buffer.take();
        buffer.resize(65_536, 0);
        buffer
    }

    pub(super) fn give_buffer(&self, buffer: Vec<u8>) {
        self.buffer.set(buffer);
    }

    /// Something was queued: outside a pass the host has to learn of it.
    fn touch(&self) {
        if self.pass.get().is_none() {
            self.remote().wake();
        }
    }

    /// Whether the next pass must not sleep.
    pub(super) fn has_work(&self) -> bool {
        !self.ready.borrow().is_empty()
            || !self.work.borrow().is_empty()
            || !self.limits.borrow().is_empty()
            || self.inlet.queued() > 0
            || self.stop_asked.get()
            || self.more_events.get()
            || self.state.get() == State::Idle
    }

    /// When the next pass is wanted, whatever else happens.
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        match self.state.get() {
            State::Crashed | State::Stopped | State::Gone => None,
            State::Ending => self.wait_until.get(),
            State::Idle | State::Starting | State::Running | State::Stopping => {
                self.timers.borrow().next()
            }
        }
    }

    /// The longest sleep allowed at `now`.
    pub(super) fn sleep(&self, now: Instant) -> Option<Duration> {
        match self.state.get() {
            State::Crashed | State::Stopped | State::Gone => return None,
            State::Ending if self.threads_are_over(now) => return Some(Duration::ZERO),
            State::Ending => {}
            _ if self.has_work() => return Some(Duration::ZERO),
            _ => {}
        }
        let deadline = self.next_deadline();
        if self.clock.is_virtual() {
            // Which stands still while threads work, and else waits for nothing.
            let is_due = deadline.is_some_and(|at| at <= now);
            return (is_due || !self.waits_for_threads()).then_some(Duration::ZERO);
        }
        Some(deadline?.saturating_duration_since(now))
    }

    /// Whether threads are at something that somebody here may be waiting for.
    pub(super) fn waits_for_threads(&self) -> bool {
        match self.state.get() {
            State::Idle | State::Starting | State::Running | State::Stopping => {
                self.pool.at_work() > self.blocked_calls.get() || self.lookups.are_awaited()
            }
            State::Ending => !self.pool.has_ended(),
            State::Crashed | State::Stopped | State::Gone => false,
        }
    }

    /// Remembers that the host knows of all deadlines up to now.
    pub(super) fn tell(&self) {
        self.told.set(self.next_deadline());
    }

    /// Whether the descriptor tells of deadlines as well.
    pub(super) fn has_timer(&self) -> bool {
        self.timer.is_some()
    }

    /// A pass is over, and the host is to ask again.
    pub(super) fn forget_told(&self) {
        self.told.set(None);
    }
}

impl TimerOwner for Core {
    fn timers(&self) -> &RefCell<Timers> {
        &self.timers
    }

    fn now(&self) -> Instant {
        self.pass.get().unwrap_or_else(|| self.clock.now())
    }

    fn rescheduled(&self, at: Instant) {
        if self.pass.get().is_some()
            || self.told.get().is_some_and(|told| told <= at)
            // Whoever moves that looks before.
            || self.clock.is_virtual()
        {
            return;
        }
        self.told.set(Some(at));
        match &self.timer {
            Some(timer) => timer.set(self.next_deadline(), self.clock.now()),
            None => self.remote().wake(),
        }
    }
}

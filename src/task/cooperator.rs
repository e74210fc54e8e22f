//! Long work in small units, between which everything else gets its turn.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::rc::Rc;
use std::time::{Duration, Instant};

use slab::Slab;

use crate::deferred::{
    Deferred, Failure, Interrupt, IntoCompletion, IntoOutcome, Resolver, ScheduledCall, TimeSource,
};
use crate::reactor::{Handle, guarded};
use crate::slot_list::UseOrder;

/// Runs iterators side by side: one `next` of each in turn, for about 10 ms in each pass.
///
/// An iterator that yields a Deferred is set aside until that has settled. Clones are handles of
/// the same cooperator.
pub struct Cooperator<C: TimeSource = Handle> {
    inner: Rc<Inner<C>>,
}

struct Inner<C: TimeSource> {
    clock: C,
    /// Makes, for each tick, the question "is it enough?".
    enough: Box<dyn Fn() -> Box<dyn FnMut() -> bool>>,
    tasks: RefCell<Tasks>,
    tick: RefCell<Option<C::Call>>,
    started: Cell<bool>,
    stopped: Cell<bool>,
}

/// All tasks that are not finished. Each costs the same among many.
#[derive(Default)]
struct Tasks {
    all: Slab<Rc<Task>>,
    /// Those that can work, in turn.
    able: UseOrder,
    /// How many there have ever been.
    count: u64,
}

impl Tasks {
    fn add(&mut self, task: Rc<Task>) {
        self.count += 1;
        task.number.set(self.count);
        task.slot.set(self.all.vacant_key());
        self.able.push(task.slot.get());
        self.all.insert(task);
    }

    /// The slot of a task, unless it has been taken out.
    fn slot(&self, task: &Task) -> Option<usize> {
        let slot = task.slot.get();
        let found = self.all.get(slot)?;
        std::ptr::eq(&**found, task).then_some(slot)
    }

    /// Gives the task if it has ended.
    fn change(&mut self, change: Change<'_>) -> Option<Rc<Task>> {
        let slot = self.slot(change.task())?;
        match change {
            Change::Able(_) => self.able.push(slot),
            Change::Unable(_) => self.able.remove(slot),
            Change::Ended(_) => {
                self.able.remove(slot);
                return self.all.try_remove(slot);
            }
        }
        None
    }

    /// Whose turn it is, and who is not able any more until its unit is done.
    fn next(&mut self) -> Option<Rc<Task>> {
        let slot = self.able.first()?;
        self.able.remove(slot);
        self.all.get(slot).cloned()
    }

    /// Those that there are, in the order in which they were added.
    fn into_all(self) -> Vec<Rc<Task>> {
        let mut all: Vec<_> = self.all.into_iter().map(|(_, task)| task).collect();
        all.sort_unstable_by_key(|task| task.number.get());
        all
    }
}

impl<C: TimeSource> Cooperator<C> {
    /// A cooperator that works as soon as there is something to do.
    pub fn new(clock: &C) -> Self {
        let cooperator = Self::unstarted(clock);
        cooperator.start();
        cooperator
    }

    /// A cooperator that collects tasks until [`Cooperator::start`].
    pub fn unstarted(clock: &C) -> Self {
        Self::with_predicate(clock, || {
            let end = clock_now() + TICK;
            move || clock_now() >= end
        })
    }

    /// As [`Cooperator::unstarted`]; `factory` is called for each tick, and what it returns is
    /// asked after each unit of work whether the tick has lasted long enough.
    pub fn with_predicate<P>(clock: &C, factory: impl Fn() -> P + 'static) -> Self
    where
        P: FnMut() -> bool + 'static,
    {
        Self {
            inner: Rc::new(Inner {
                clock: clock.clone(),
                enough: Box::new(move || Box::new(factory())),
                tasks: RefCell::default(),
                tick: RefCell::default(),
                started: Cell::new(false),
                stopped: Cell::new(false),
            }),
        }
    }

    /// Takes up an iterator; nothing of it runs inside this call.
    pub fn cooperate<I>(&self, iterator: I) -> CooperativeTask
    where
        I: Iterator<Item: IntoCompletion> + 'static,
    {
        let mut units = iterator.map(IntoCompletion::into_completion);
        let task = Rc::new(Task {
            slot: Cell::new(usize::MAX),
            number: Cell::new(0),
            units: RefCell::new(Some(Box::new(move || units.next()))),
            end: RefCell::new(None),
            pauses: Cell::new(0),
            waiting: Cell::new(false),
            working: Cell::new(false),
            watchers: RefCell::default(),
            scheduler: Box::new({
                let inner = Rc::downgrade(&self.inner);
                move |change| {
                    if let Some(inner) = inner.upgrade() {
                        Self { inner }.changed(change);
                    }
                }
            }),
        });
        if self.inner.stopped.get() {
            task.finish(Ended::SchedulerStopped);
        } else {
            self.inner.tasks.borrow_mut().add(task.clone());
            self.reschedule();
        }
        CooperativeTask { task }
    }

    /// As [`Cooperator::cooperate`]; the Deferred fires when the iterator is exhausted.
    pub fn coiterate<I>(&self, iterator: I) -> Deferred<(), TaskError>
    where
        I: Iterator<Item: IntoCompletion> + 'static,
    {
        self.cooperate(iterator).when_done()
    }

    /// Begins to work, and to take up tasks again after a [`Cooperator::stop`].
    pub fn start(&self) {
        self.inner.started.set(true);
        self.inner.stopped.set(false);
        self.reschedule();
    }

    /// Ends every task, and each new one at once.
    pub fn stop(&self) {
        self.inner.stopped.set(true);
        let all = self.inner.tasks.take();
        self.reschedule();
        for task in all.into_all() {
            task.finish(Ended::SchedulerStopped);
        }
    }

    /// Whether it takes up tasks and works.
    pub fn is_running(&self) -> bool {
        self.inner.started.get() && !self.inner.stopped.get()
    }

    fn changed(&self, change: Change<'_>) {
        let removed = self.inner.tasks.borrow_mut().change(change);
        // Where nothing is held.
        drop(removed);
        self.reschedule();
    }

    /// One tick is scheduled if there is work for it, else none.
    fn reschedule(&self) {
        let inner = &self.inner;
        let wanted = self.is_running() && inner.tasks.borrow().able.first().is_some();
        let scheduled = inner.tick.borrow().is_some();
        if wanted && !scheduled {
            let ticking = Self {
                inner: inner.clone(),
            };
            let tick = inner
                .clock
                .call_later(Duration::ZERO, move || ticking.tick());
            *inner.tick.borrow_mut() = Some(tick);
        } else if !wanted {
            let tick = inner.tick.take();
            if let Some(tick) = tick {
                tick.unschedule();
            }
        }
    }

    fn tick(&self) {
        let inner = &self.inner;
        drop(inner.tick.take());
        // One that panics says that it is enough, and the others go on in the next tick.
        let asked = guarded("the predicate of a cooperator", || (inner.enough)());
        let mut enough = asked.unwrap_or_else(|| Box::new(|| true));
        loop {
            let next = inner.tasks.borrow_mut().next();
            let Some(task) = next else {
                break;
            };
            task.work();
            if task.is_able() {
                let mut tasks = inner.tasks.borrow_mut();
                if let Some(slot) = tasks.slot(&task) {
                    tasks.able.push(slot);
                }
            }
            if guarded("the predicate of a cooperator", &mut enough) != Some(false) {
                break;
            }
        }
        self.reschedule();
    }
}

const TICK: Duration = Duration::from_millis(10);

#[expect(
    clippy::disallowed_methods,
    reason = "measures how long the tick itself takes"
)]
fn clock_now() -> Instant {
    Instant::now()
}

impl<C: TimeSource> Clone for Cooperator<C> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<C: TimeSource> fmt::Debug for Cooperator<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cooperator")
            .field("running", &self.is_running())
            .field("tasks", &self.inner.tasks.borrow().all.len())
            .finish_non_exhaustive()
    }
}

/// A handle on work that a [`Cooperator`] does; clones are handles of the same work.
#[derive(Clone)]
pub struct CooperativeTask {
    task: Rc<Task>,
}

impl CooperativeTask {
    /// Keeps the task from working until [`CooperativeTask::resume`] was called as often.
    ///
    /// Fails if it has ended.
    pub fn pause(&self) -> Result<(), TaskError> {
        self.task.check()?;
        let was_able = self.task.is_able();
        self.task.pauses.set(self.task.pauses.get() + 1);
        if was_able {
            (self.task.scheduler)(Change::Unable(&self.task));
        }
        Ok(())
    }

    /// Ends a pause; the work goes on in a later tick.
    ///
    /// Fails if it is not paused, or has ended otherwise than by being stopped while paused.
    pub fn resume(&self) -> Result<(), TaskError> {
        let pauses = self.task.pauses.get();
        if pauses == 0 {
            self.task.check()?;
            return Err(TaskError::NotPaused);
        }
        self.task.pauses.set(pauses - 1);
        if self.task.is_able() {
            (self.task.scheduler)(Change::Able(&self.task));
        }
        Ok(())
    }

    /// Ends the task; fails if it has ended.
    pub fn stop(&self) -> Result<(), TaskError> {
        self.task.check()?;
        self.task.finish(Ended::Stopped);
        Ok(())
    }

    /// Fires when the iterator is exhausted, and fails when it has failed or was stopped; at once
    /// if that is over. Each call gives a Deferred of its own.
    pub fn when_done(&self) -> Deferred<(), TaskError> {
        if let Some(end) = &*self.task.end.borrow() {
            return end.outcome().into_deferred();
        }
        let (resolver, deferred) = Deferred::pair();
        self.task.watchers.borrow_mut().push(resolver);
        deferred
    }
}

impl fmt::Debug for CooperativeTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CooperativeTask")
            .field("pauses", &self.task.pauses.get())
            .field("waiting", &self.task.waiting.get())
            .field("end", &self.task.end.borrow())
            .finish_non_exhaustive()
    }
}

/// Why a task cannot be changed, or did not come to its end.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum TaskError {
    /// The iterator is exhausted.
    Done,
    /// The iterator, or a Deferred that it yielded, failed.
    Failed(Rc<Failure>),
    /// The task was stopped.
    Stopped,
    /// The cooperator was stopped.
    SchedulerStopped,
    /// The task is not paused.
    NotPaused,
    /// Waiting for the task was interrupted.
    Interrupted(Interrupt),
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done => f.write_str("the task is done"),
            Self::Failed(failure) => failure.fmt(f),
            Self::Stopped => f.write_str("the task was stopped"),
            Self::SchedulerStopped => f.write_str("the cooperator was stopped"),
            Self::NotPaused => f.write_str("the task is not paused"),
            Self::Interrupted(interrupt) => interrupt.fmt(f),
        }
    }
}

impl Error for TaskError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(failure) => Some(failure.error()),
            Self::Interrupted(interrupt) => Some(interrupt),
            Self::Done | Self::Stopped | Self::SchedulerStopped | Self::NotPaused => None,
        }
    }
}

impl From<Interrupt> for TaskError {
    fn from(interrupt: Interrupt) -> Self {
        Self::Interrupted(interrupt)
    }
}

type Units = Box<dyn FnMut() -> Option<Deferred<()>>>;

struct Task {
    /// Where its cooperator has it.
    slot: Cell<usize>,
    number: Cell<u64>,
    /// None while a unit runs, and once the task has ended.
    units: RefCell<Option<Units>>,
    end: RefCell<Option<Ended>>,
    pauses: Cell<usize>,
    waiting: Cell<bool>,
    /// A unit runs, or its Deferred was settled as it came.
    working: Cell<bool>,
    watchers: RefCell<Vec<Resolver<(), TaskError>>>,
    scheduler: Box<dyn Fn(Change<'_>)>,
}

/// What a task tells its cooperator.
enum Change<'a> {
    Able(&'a Task),
    Unable(&'a Task),
    Ended(&'a Task),
}

impl<'a> Change<'a> {
    fn task(&self) -> &'a Task {
        match self {
            Self::Able(task) | Self::Unable(task) | Self::Ended(task) => task,
        }
    }
}

#[derive(Clone, Debug)]
enum Ended {
    Done,
    Failed(Rc<Failure>),
    Stopped,
    SchedulerStopped,
}

impl Ended {
    fn outcome(&self) -> Result<(), TaskError> {
        match self {
            Self::Done => Ok(()),
            other => Err(other.error()),
        }
    }

    fn error(&self) -> TaskError {
        match self {
            Self::Done => TaskError::Done,
            Self::Failed(failure) => TaskError::Failed(failure.clone()),
            Self::Stopped => TaskError::Stopped,
            Self::SchedulerStopped => TaskError::SchedulerStopped,
        }
    }
}

impl Task {
    fn check(&self) -> Result<(), TaskError> {
        match &*self.end.borrow() {
            Some(end) => Err(end.error()),
            None => Ok(()),
        }
    }

    fn is_able(&self) -> bool {
        self.end.borrow().is_none() && self.pauses.get() == 0 && !self.waiting.get()
    }

    /// Does one unit.
    fn work(self: &Rc<Self>) {
        let Some(mut units) = self.units.borrow_mut().take() else {
            return;
        };
        let task = self.clone();
        // A stage, so that a panic is an error as any other.
        let unit = Deferred::<()>::succeed(()).add_callback(move |()| {
            let unit = units();
            if task.end.borrow().is_some() {
                // Stopped from inside its own unit; the rest is released where nothing is held.
                drop(units);
            } else if unit.is_some() {
                *task.units.borrow_mut() = Some(units);
            }
            match unit {
                Some(unit) => unit.map(|()| true),
                None => Deferred::succeed(false),
            }
        });
        let task = self.clone();
        // Until the outcome is known it waits; mostly that is at once.
        self.waiting.set(true);
        self.working.set(true);
        drop(unit.add_both(move |outcome| task.worked(outcome)));
        self.working.set(false);
    }

    fn worked(self: &Rc<Self>, outcome: Result<bool, Failure>) {
        self.waiting.set(false);
        if self.end.borrow().is_some() {
            return;
        }
        match outcome {
            Ok(true) => {
                // A tick under way puts it back itself.
                if self.is_able() && !self.working.get() {
                    (self.scheduler)(Change::Able(self));
                }
            }
            Ok(false) => self.finish(Ended::Done),
            Err(failure) => self.finish(Ended::Failed(Rc::new(failure))),
        }
    }

    fn finish(&self, end: Ended) {
        if self.end.borrow().is_some() {
            return;
        }
        let outcome = end.outcome();
        *self.end.borrow_mut() = Some(end);
        (self.scheduler)(Change::Ended(self));
        self.release_units();
        let watchers = self.watchers.take();
        for watcher in watchers {
            watcher.resolve(outcome.clone());
        }
    }

    /// Whatever the iterator does as it is dropped, who waits is told, and the other tasks end as well.
    fn release_units(&self) {
        let units = self.units.borrow_mut().take();
        guarded("the end of a cooperative task", || drop(units));
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.release_units();
    }
}

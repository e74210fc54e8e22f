//! The thread pool: work that blocks, done elsewhere.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crossbeam_channel::{Receiver, Sender};

use super::core::{Core, State};
use super::remote::{Job, Remote};
use super::report::{drop_each, guarded, panic_message};
use crate::deferred::{Deferred, Fault, Interrupt, own_code, unhandled};

/// Threads for work that blocks, made as they are needed.
pub(super) struct ThreadPool {
    limit: Cell<usize>,
    threads: Cell<usize>,
    started: Cell<bool>,
    work: RefCell<Option<Sender<Message>>>,
    shared: Arc<Shared>,
    /// What a finished piece of work leads to on this thread.
    tickets: RefCell<BTreeMap<u64, Box<dyn FnOnce()>>>,
    next_ticket: Cell<u64>,
}

/// Gets the reason if it cannot be done.
type Work = Box<dyn FnOnce(Option<NoThread>) + Send>;

/// Why no thread could be started; what the system says.
type NoThread = Arc<str>;

enum Message {
    Work(Work),
    /// Tells one thread to end.
    Quit,
}

struct Shared {
    queue: Receiver<Message>,
    /// Pieces of work that wait or run.
    outstanding: AtomicUsize,
    /// Threads that have not ended.
    living: AtomicUsize,
    closed: AtomicBool,
    /// The reactor is woken when a piece of work has been done, whatever that was.
    tells_end: bool,
    remote: Remote,
}

impl ThreadPool {
    pub(super) fn new(remote: Remote, tells_end: bool) -> Self {
        let (sender, queue) = crossbeam_channel::unbounded();
        Self {
            limit: Cell::new(10),
            threads: Cell::new(0),
            started: Cell::new(false),
            work: RefCell::new(Some(sender)),
            shared: Arc::new(Shared {
                queue,
                outstanding: AtomicUsize::new(0),
                living: AtomicUsize::new(0),
                closed: AtomicBool::new(false),
                tells_end,
                remote,
            }),
            tickets: RefCell::default(),
            next_ticket: Cell::new(0),
        }
    }

    /// The reactor runs: work that was handed in before gets its threads.
    pub(super) fn start(&self) {
        self.started.set(true);
        self.grow();
    }

    pub(super) fn set_limit(&self, limit: usize) {
        self.limit.set(limit.max(1));
        while self.threads.get() > self.limit.get() {
            self.threads.set(self.threads.get() - 1);
            self.send(Message::Quit);
        }
        self.grow();
    }

    /// Drops the work that has not begun. The threads end when they have done what they are at, and the last one wakes
    /// the reactor.
    pub(super) fn close(&self) {
        self.shared.closed.store(true, Ordering::Release);
        drop(self.work.take());
        // With no thread to take it, queued work would stay and keep its captures.
        let left = std::iter::from_fn(|| self.shared.queue.try_recv().ok());
        drop_each("work that was never begun", left);
    }

    /// How many pieces of work have or will get a thread, and are not done.
    pub(super) fn at_work(&self) -> usize {
        match self.started.get() {
            true => self.shared.outstanding.load(Ordering::Acquire),
            false => 0,
        }
    }

    /// Whether all threads have ended.
    pub(super) fn has_ended(&self) -> bool {
        self.shared.living.load(Ordering::Acquire) == 0
    }

    /// The numbers of all work whose outcome has not been told.
    pub(super) fn tickets(&self) -> Vec<u64> {
        self.tickets.borrow().keys().copied().collect()
    }

    pub(super) fn release_tickets(&self) {
        let tickets = self.tickets.take();
        drop_each("the outcome of work in a thread", tickets);
    }

    fn submit(&self, work: Work) -> Result<(), ThreadPoolClosed> {
        if self.work.borrow().is_none() {
            return Err(ThreadPoolClosed);
        }
        self.shared.outstanding.fetch_add(1, Ordering::AcqRel);
        self.send(Message::Work(work));
        self.grow();
        Ok(())
    }

    fn send(&self, message: Message) {
        if let Some(work) = &*self.work.borrow() {
            // Cannot fail: the other end is in `shared`.
            let _ = work.send(message);
        }
    }

    fn grow(&self) {
        if !self.started.get() {
            return;
        }
        let wanted = self.shared.outstanding.load(Ordering::Acquire);
        while self.threads.get() < wanted.min(self.limit.get()) {
            let living = Living::new(self.shared.clone());
            let thread = std::thread::Builder::new().name("reactor pool".into());
            let spawned = thread.spawn(move || living.0.serve());
            match spawned {
                Ok(_) => self.threads.set(self.threads.get() + 1),
                // There are others, which do what there is to do one after the other.
                Err(error) if self.threads.get() > 0 => {
                    return debug!("no further thread of the pool: {error}");
                }
                Err(error) => return self.refuse(&error),
            }
        }
    }

    /// Nobody will ever do what has been handed in: tells that.
    fn refuse(&self, error: &std::io::Error) {
        let reason: NoThread = error.to_string().into();
        while let Ok(Message::Work(work)) = self.shared.queue.try_recv() {
            self.shared.outstanding.fetch_sub(1, Ordering::AcqRel);
            work(Some(reason.clone()));
        }
    }
}

impl Shared {
    fn serve(&self) {
        while let Ok(Message::Work(work)) = self.queue.recv() {
            // The closure catches the panics of the user's part, but not those of what it drops.
            guarded("work in a thread", || {
                if !self.closed.load(Ordering::Acquire) {
                    work(None);
                }
            });
            self.outstanding.fetch_sub(1, Ordering::AcqRel);
            if self.tells_end {
                self.remote.wake();
            }
        }
    }
}

/// Counts a thread, from before its start to its end.
struct Living(Arc<Shared>);

impl Living {
    fn new(shared: Arc<Shared>) -> Self {
        shared.living.fetch_add(1, Ordering::Relaxed);
        Self(shared)
    }
}

impl Drop for Living {
    fn drop(&mut self) {
        if self.0.living.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.0.remote.wake();
        }
    }
}

impl Core {
    pub(super) fn call_in_thread(
        &self,
        f: impl FnOnce() + Send + 'static,
    ) -> Result<(), ThreadPoolClosed> {
        let remote = self.remote().clone();
        self.pool.submit(Box::new(move |refused| {
            if let Some(reason) = refused {
                drop(f);
                let error = Interrupt::NoThread(reason[..].into());
                unhandled("a call in a thread", &error);
            } else if let Err(panic) = catch_unwind(AssertUnwindSafe(f)) {
                let report = PanicReport(panic_message(&*panic).to_owned());
                remote.call_from_thread(move || drop(report));
            }
        }))
    }

    pub(super) fn defer_to_thread<T, X, E>(
        self: &Rc<Self>,
        f: impl FnOnce() -> Result<T, X> + Send + 'static,
    ) -> Deferred<T, E>
    where
        T: Send + 'static,
        X: Send + 'static,
        E: Fault + From<X>,
    {
        if self.state() == State::Gone {
            return Deferred::fail(E::from(Interrupt::Abandoned));
        }
        let number = self.pool.next_ticket.get();
        self.pool.next_ticket.set(number + 1);
        let cancelled = Arc::new(AtomicBool::new(false));
        let core = Rc::downgrade(self);
        let skip = cancelled.clone();
        let (resolver, deferred) = Deferred::with_canceller(move || {
            skip.store(true, Ordering::Release);
            if let Some(core) = core.upgrade() {
                let ticket = core.pool.tickets.borrow_mut().remove(&number);
                drop(ticket);
            }
            None
        });
        let (sender, receiver) = crossbeam_channel::bounded::<Result<Result<T, X>, Interrupt>>(1);
        let ticket = Box::new(move || match receiver.try_recv() {
            Ok(Ok(result)) => resolver.resolve(result.map_err(E::from)),
            Ok(Err(interrupt)) => resolver.errback(E::from(interrupt)),
            // The work was dropped, and so is the resolver: abandoned.
            Err(_) => {}
        });
        self.pool.tickets.borrow_mut().insert(number, ticket);
        let notice = Notice {
            remote: self.remote().clone(),
            number,
        };
        let submitted = self.pool.submit(Box::new(move |refused| {
            let notice = notice;
            if !cancelled.load(Ordering::Acquire) {
                let result = match refused {
                    Some(reason) => Err(Interrupt::NoThread(reason[..].into())),
                    None => own_code(f),
                };
                // There is room for the one result.
                let _ = sender.send(result);
            }
            drop(notice);
        }));
        if submitted.is_err() {
            self.redeem(number);
        }
        deferred
    }

    /// The work with this number is over: settles its Deferred.
    pub(super) fn redeem(&self, number: u64) {
        let ticket = self.pool.tickets.borrow_mut().remove(&number);
        if let Some(ticket) = ticket {
            ticket();
        }
    }
}

/// Reports a panic when it is dropped: on the reactor's thread, unless that takes no calls any more.
struct PanicReport(String);

impl Drop for PanicReport {
    fn drop(&mut self) {
        let Self(text) = self;
        unhandled("a call in a thread", &format_args!("panicked: {text}"));
    }
}

/// Tells the reactor when the work it travels with has run, or was dropped.
struct Notice {
    remote: Remote,
    number: u64,
}

impl Drop for Notice {
    fn drop(&mut self) {
        self.remote.send(Job::Redeem(self.number));
    }
}

/// The reactor has shut its thread pool down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
pub struct ThreadPoolClosed;

impl fmt::Display for ThreadPoolClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the thread pool has been shut down")
    }
}

impl Error for ThreadPoolClosed {}

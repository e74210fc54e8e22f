//! Calls from other threads: a channel and a coalesced wake-up.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::rc::{self, Rc};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::thread::ThreadId;

use crossbeam_channel::{Receiver, Sender};

use super::core::Core;
use super::coroutines::Name;
use super::handle::Handle;
use super::report::drop_each;
use crate::deferred::{Deferred, Fault, IntoOutcome};

/// A handle for other threads; clones are cheap and refer to the same reactor.
#[derive(Clone)]
pub struct Remote {
    shared: Arc<Shared>,
}

impl Remote {
    /// Has `f` run in the reactor's thread, in the next pass and before timed calls.
    ///
    /// Calls of one thread run in the order made. Never blocks and never fails: the queue has no
    /// bound. A reactor that has ended drops the closure.
    pub fn call_from_thread(&self, f: impl FnOnce() + Send + 'static) {
        self.send(Job::Plain(Box::new(f)));
    }

    /// As [`Remote::call_from_thread`], with the handle of the reactor as argument: the way to
    /// reach timers, sockets and `stop` from another thread.
    pub fn call_with_handle(&self, f: impl FnOnce(&Handle) + Send + 'static) {
        self.send(Job::WithHandle(Box::new(f)));
    }

    /// Runs `f` in the reactor's thread and blocks until what it returns has settled.
    ///
    /// Fails at once on the reactor's own thread, which would wait for itself, and when the
    /// reactor stops before there is a result: a job of the pool may call this, for the reactor waits for the job only
    /// when the call has failed.
    pub fn blocking_call_from_thread<R, T, E>(
        &self,
        f: impl FnOnce(&Handle) -> R + Send + 'static,
    ) -> Result<T, BlockingCallError<E>>
    where
        R: IntoOutcome<E, Ok = T>,
        T: Send + 'static,
        E: Fault + Send,
    {
        if self.is_in_io_thread() {
            return Err(BlockingCallError::WrongThread);
        }
        let (sender, receiver) = crossbeam_channel::bounded(1);
        self.call_with_handle(move |handle| {
            let handle = handle.clone();
            // A stage, so that a panic is a result as well.
            let blocked = BlockedCall::new(&handle);
            let outcome = Deferred::<(), E>::succeed(()).add_callback(move |()| f(&handle));
            drop(outcome.add_both(move |result: Result<T, E>| {
                // Before the caller goes on.
                drop(blocked);
                // Fails if the caller has given up, who then wants no result.
                let _ = sender.send(result);
            }));
        });
        crossbeam_channel::select! {
            recv(receiver) -> result => result.ok(),
            recv(self.shared.stopped) -> _ => receiver.try_recv().ok(),
        }
        .ok_or(BlockingCallError::ReactorStopped)?
        .map_err(BlockingCallError::Failed)
    }

    /// Makes the reactor begin a pass soon, or its host call `turn`.
    ///
    /// Any number of wakes before that pass cost one system call.
    pub fn wake(&self) {
        self.shared.signal.wake();
    }

    /// Whether the caller is on the thread of the reactor.
    pub fn is_in_io_thread(&self) -> bool {
        std::thread::current().id() == self.shared.thread
    }

    /// Whether both are handles of one reactor.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    pub(super) fn send(&self, job: Job) {
        match self.shared.jobs.send(Queued(Some(job))) {
            Ok(()) => self.wake(),
            // On this thread, whose it is.
            Err(refused) => drop(refused.into_inner().0.take()),
        }
    }
}

impl fmt::Debug for Remote {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Remote")
            .field("thread", &self.shared.thread)
            .field("queued", &self.shared.jobs.len())
            .finish()
    }
}

/// Why [`Remote::blocking_call_from_thread`] has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BlockingCallError<E> {
    /// The caller is the reactor's thread.
    WrongThread,
    /// The reactor has stopped, or stopped before there was a result.
    ReactorStopped,
    /// The call itself failed.
    Failed(E),
}

impl<E: fmt::Display> fmt::Display for BlockingCallError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongThread => f.write_str("a blocking call from the reactor's own thread"),
            Self::ReactorStopped => f.write_str("the reactor has stopped"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl<E: Error + 'static> Error for BlockingCallError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            _ => None,
        }
    }
}

/// Counts a thread that is blocked, from when the reactor has learnt of it until the thread goes on.
struct BlockedCall(rc::Weak<Core>);

impl BlockedCall {
    fn new(handle: &Handle) -> Self {
        let calls = &handle.core.blocked_calls;
        calls.set(calls.get() + 1);
        Self(Rc::downgrade(&handle.core))
    }
}

impl Drop for BlockedCall {
    fn drop(&mut self) {
        if let Some(core) = self.0.upgrade() {
            core.blocked_calls.set(core.blocked_calls.get() - 1);
        }
    }
}

/// What another thread wants done.
pub(super) enum Job {
    Plain(Box<dyn FnOnce() + Send>),
    WithHandle(Box<dyn FnOnce(&Handle) + Send>),
    /// A piece of work of the thread pool is over.
    Redeem(u64),
    /// The look-up of a name has ended.
    LookedUp(Box<str>, Result<SocketAddr, Box<str>>),
    /// A coroutine was woken.
    Resume(Name),
}

/// A job in the queue, which drops what is left in it when the reactor ends and must not see a panic then.
struct Queued(Option<Job>);

impl Drop for Queued {
    fn drop(&mut self) {
        drop_each("a call from a thread that never ran", self.0.take());
    }
}

struct Shared {
    jobs: Sender<Queued>,
    signal: Signal,
    thread: ThreadId,
    stopped: Receiver<()>,
}

/// Makes the reactor's thread look: at most one system call until it has looked.
struct Signal {
    raised: AtomicBool,
    /// Nothing once the reactor has ended.
    wake: Weak<Wake>,
}

type Wake = dyn Fn() + Send + Sync;

impl Signal {
    fn wake(&self) {
        if !self.raised.swap(true, Ordering::AcqRel) {
            self.wake_up();
        }
    }

    fn wake_up(&self) {
        if let Some(wake) = self.wake.upgrade() {
            wake();
        }
    }
}

/// The reactor's end of all its [`Remote`]s.
pub(super) struct Inlet {
    remote: Remote,
    /// None once the reactor has stopped.
    jobs: RefCell<Option<Receiver<Queued>>>,
    /// Dropped when the reactor stops, which those who block for an answer notice.
    alive: Cell<Option<Sender<()>>>,
    /// Wakes the reactor's thread; none once there is nothing to wake it for.
    wake: Cell<Option<Arc<Wake>>>,
}

impl Inlet {
    pub(super) fn new(wake: Arc<Wake>) -> Self {
        let (sender, jobs) = crossbeam_channel::unbounded();
        let (alive, stopped) = crossbeam_channel::bounded(0);
        let shared = Shared {
            jobs: sender,
            signal: Signal {
                raised: AtomicBool::new(false),
                wake: Arc::downgrade(&wake),
            },
            thread: std::thread::current().id(),
            stopped,
        };
        Self {
            remote: Remote {
                shared: Arc::new(shared),
            },
            jobs: RefCell::new(Some(jobs)),
            alive: Cell::new(Some(alive)),
            wake: Cell::new(Some(wake)),
        }
    }

    pub(super) fn remote(&self) -> &Remote {
        &self.remote
    }

    /// The event of the last wake has been taken: the next one has to make another.
    ///
    /// Must come before the queue is looked at. A sender that found the signal raised has queued
    /// its job before, and the swap makes that job visible here.
    pub(super) fn lower(&self) {
        self.remote
            .shared
            .signal
            .raised
            .swap(false, Ordering::AcqRel);
    }

    /// Wakes although the signal may be raised: its event may have been taken by this very pass.
    pub(super) fn raise_again(&self) {
        self.remote
            .shared
            .signal
            .raised
            .swap(true, Ordering::AcqRel);
        self.remote.shared.signal.wake_up();
    }

    pub(super) fn queued(&self) -> usize {
        self.jobs.borrow().as_ref().map_or(0, Receiver::len)
    }

    pub(super) fn next(&self) -> Option<Job> {
        self.jobs.borrow().as_ref()?.try_recv().ok()?.0.take()
    }

    /// Nothing queued will run any more, and nothing is queued.
    pub(super) fn close(&self) {
        // Dropping the receiver drops what is queued, and with it values of the user's.
        let jobs = self.jobs.take();
        drop(jobs);
        drop(self.alive.take());
    }

    /// Nobody wakes the reactor's thread any more. What does that is taken out of the poll with it, when a thread that
    /// is just about to has done so.
    pub(super) fn disarm(&self) {
        drop_each("the end of a reactor's waker", self.wake.take());
    }
}

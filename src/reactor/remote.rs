//! Calls from other threads: a channel and a coalesced wake-up.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ThreadId;

use crossbeam_channel::{Receiver, Sender};

use super::handle::Handle;

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

    /// Makes the reactor begin a pass soon, or its host call `turn`.
    ///
    /// Any number of wakes before that pass cost one system call.
    pub fn wake(&self) {
        self.shared.signal.wake();
    }

    /// Whether the caller is on the thread of the reactor.
    #[expect(clippy::disallowed_methods, reason = "only asks which thread this is")]
    pub fn is_in_io_thread(&self) -> bool {
        std::thread::current().id() == self.shared.thread
    }

    pub(super) fn send(&self, job: Job) {
        if self.shared.jobs.send(job).is_ok() {
            self.wake();
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

/// What another thread wants done.
pub(super) enum Job {
    Plain(Box<dyn FnOnce() + Send>),
    WithHandle(Box<dyn FnOnce(&Handle) + Send>),
}

struct Shared {
    jobs: Sender<Job>,
    signal: Signal,
    thread: ThreadId,
}

/// Makes the reactor's thread look: at most one system call until it has looked.
struct Signal {
    raised: AtomicBool,
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Signal {
    fn wake(&self) {
        if !self.raised.swap(true, Ordering::AcqRel) {
            (self.wake)();
        }
    }
}

/// The reactor's end of all its [`Remote`]s.
pub(super) struct Inlet {
    remote: Remote,
    jobs: Receiver<Job>,
}

impl Inlet {
    #[expect(clippy::disallowed_methods, reason = "only asks which thread this is")]
    pub(super) fn new(wake: Box<dyn Fn() + Send + Sync>) -> Self {
        let (sender, jobs) = crossbeam_channel::unbounded();
        let shared = Shared {
            jobs: sender,
            signal: Signal {
                raised: AtomicBool::new(false),
                wake,
            },
            thread: std::thread::current().id(),
        };
        Self {
            remote: Remote {
                shared: Arc::new(shared),
            },
            jobs,
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
        (self.remote.shared.signal.wake)();
    }

    pub(super) fn queued(&self) -> usize {
        self.jobs.len()
    }

    pub(super) fn next(&self) -> Option<Job> {
        self.jobs.try_recv().ok()
    }
}

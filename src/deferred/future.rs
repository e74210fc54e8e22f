//! A Deferred as a future.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::cancel::CancelHandle;
use super::chain::{Cursor, Node, Sink, attach};
use super::deferred::Deferred;
use super::outcome::Fault;
use super::release::{discard, user_code};
use super::report;

impl<T, E: Fault> IntoFuture for Deferred<T, E> {
    type Output = Result<T, E>;
    type IntoFuture = DeferredFuture<T, E>;

    /// The result of the chain, for `.await`; an error found there counts as handled.
    fn into_future(self) -> DeferredFuture<T, E> {
        DeferredFuture {
            state: State::New(self),
        }
    }
}

/// Waits for a [`Deferred`]; dropping it before there is a result cancels the Deferred.
#[must_use = "futures do nothing unless polled"]
pub struct DeferredFuture<T: 'static, E: Fault> {
    state: State<T, E>,
}

enum State<T: 'static, E: Fault> {
    New(Deferred<T, E>),
    Waiting {
        slot: Rc<Slot<T, E>>,
        cancel: CancelHandle,
    },
    Done,
}

/// The last stage of the chain.
struct Slot<T, E> {
    result: Cell<Option<Result<T, E>>>,
    waker: Cell<Option<Waker>>,
}

impl<T: 'static, E: Fault> Node for Slot<T, E> {
    fn run(self: Rc<Self>, _: &mut Cursor) -> Option<Rc<dyn Node>> {
        if let Some(waker) = self.waker.take()
            && let Err(panic) = user_code(|| fire(waker))
        {
            report::panic_in("a waker", &panic);
        }
        None
    }
}

impl<T: 'static, E: Fault> Sink<T, E> for Slot<T, E> {
    fn put(&self, input: Result<T, E>) {
        self.result.set(Some(input));
    }
}

// Nothing in it is pinned.
impl<T, E: Fault> Unpin for DeferredFuture<T, E> {}

impl<T, E: Fault> Future for DeferredFuture<T, E> {
    type Output = Result<T, E>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T, E>> {
        match std::mem::replace(&mut self.state, State::Done) {
            State::New(deferred) => match deferred.into_ready() {
                Ok(result) => Poll::Ready(result),
                Err(waiting) => {
                    let cancel = CancelHandle::new(Rc::downgrade(&waiting.chain));
                    let slot = Rc::new(Slot {
                        result: Cell::new(None),
                        waker: Cell::new(Some(context.waker().clone())),
                    });
                    attach(waiting, slot.clone());
                    self.settle_or_wait(slot, cancel)
                }
            },
            State::Waiting { slot, cancel } => {
                slot.waker.set(Some(context.waker().clone()));
                self.settle_or_wait(slot, cancel)
            }
            State::Done => Poll::Pending,
        }
    }
}

impl<T, E: Fault> DeferredFuture<T, E> {
    fn settle_or_wait(&mut self, slot: Rc<Slot<T, E>>, cancel: CancelHandle) -> Poll<Result<T, E>> {
        if let Some(result) = slot.result.take() {
            return Poll::Ready(result);
        }
        note_waiting(&cancel);
        self.state = State::Waiting { slot, cancel };
        Poll::Pending
    }
}

impl<T, E: Fault> Drop for DeferredFuture<T, E> {
    fn drop(&mut self) {
        match std::mem::replace(&mut self.state, State::Done) {
            State::New(deferred) => {
                deferred.cancel();
                // Nobody is left to be told what comes of it.
                drop(deferred.add_both(discard));
            }
            State::Waiting { slot, cancel } => {
                discard(slot.waker.take());
                cancel.cancel();
                discard(slot.result.take());
            }
            State::Done => {}
        }
    }
}

impl<T, E: Fault> fmt::Debug for DeferredFuture<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::New(_) => "new",
            State::Waiting { .. } => "waiting",
            State::Done => "done",
        };
        f.debug_struct("DeferredFuture")
            .field("state", &state)
            .finish()
    }
}

/// What a coroutine waits for, so that it can be cancelled.
pub(crate) type Awaited = RefCell<Vec<CancelHandle>>;

thread_local! {
    /// Where the coroutine that is being polled notes what it waits for.
    static AWAITED: RefCell<Option<Rc<Awaited>>> = const { RefCell::new(None) };
    /// Polls what was woken, once a Deferred has woken it.
    static RESUME: Cell<Option<fn()>> = const { Cell::new(None) };
    static FIRING: Cell<bool> = const { Cell::new(false) };
}

/// Polls a coroutine; what it comes to wait for is noted in `awaited`.
pub(crate) fn noting_awaited<R>(awaited: &Rc<Awaited>, poll: impl FnOnce() -> R) -> R {
    let outer = AWAITED.with(|slot| slot.replace(Some(awaited.clone())));
    let value = poll();
    AWAITED.with(|slot| slot.replace(outer));
    value
}

/// Sets what is called, on this thread, after a Deferred has woken somebody.
pub(crate) fn resume_by(resume: fn()) {
    RESUME.set(Some(resume));
}

/// Whether a wake-up comes from a Deferred, which then resumes by itself.
pub(crate) fn is_firing() -> bool {
    FIRING.try_with(Cell::get).unwrap_or(false)
}

fn note_waiting(cancel: &CancelHandle) {
    AWAITED.with(|slot| {
        if let Some(awaited) = &*slot.borrow() {
            awaited.borrow_mut().push(cancel.clone());
        }
    });
}

fn fire(waker: Waker) {
    let outer = FIRING.replace(true);
    waker.wake();
    FIRING.set(outer);
    if let Some(resume) = RESUME.get() {
        resume();
    }
}

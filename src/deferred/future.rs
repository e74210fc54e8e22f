//! A Deferred as a future.

use std::cell::Cell;
use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::awaited::{self, Wait};
use super::cancel::CancelHandle;
use super::chain::{Chain, Cursor, Node, Sink, attach};
use super::circle::Ways;
use super::deferred::Deferred;
use super::outcome::{Fault, Interrupt};
use super::release::{cancel_in_turn, discard, release, user_code};
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
        /// Kept, since it can be cancelled even if nobody is left to fire it.
        chain: Rc<dyn Chain>,
    },
    Done,
}

/// The last stage of the chain.
struct Slot<T, E> {
    result: Cell<Option<Result<T, E>>>,
    waker: Cell<Option<Waker>>,
    /// There if a coroutine waits, until it has taken the result.
    wait: Cell<Option<Wait>>,
}

impl<T: 'static, E: Fault> Node for Slot<T, E> {
    fn run(self: Rc<Self>, _: &mut Cursor) -> Option<Rc<dyn Node>> {
        if let Some(waker) = self.waker.take() {
            fire(waker);
        }
        None
    }

    fn onward(&self, ways: &mut Ways) {
        let wait = self.wait.take();
        if let Some(wait) = &wait {
            wait.onward(ways);
        }
        self.wait.set(wait);
    }
}

impl<T: 'static, E: Fault> Sink<T, E> for Slot<T, E> {
    fn put(&self, input: Result<T, E>) {
        self.result.set(Some(input));
    }
}

impl<T, E> Drop for Slot<T, E> {
    fn drop(&mut self) {
        discard(self.result.take());
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
                Err(waiting) if awaited::closes(&waiting) => {
                    waiting.let_go();
                    Poll::Ready(Err(Interrupt::Circular.into()))
                }
                Err(waiting) => {
                    let chain = waiting.chain.clone();
                    let cancel = CancelHandle::new(Rc::downgrade(&chain));
                    let slot = Rc::new(Slot {
                        result: Cell::new(None),
                        waker: Cell::new(Some(context.waker().clone())),
                        wait: Cell::new(None),
                    });
                    attach(waiting, slot.clone());
                    self.settle_or_wait(slot, cancel, chain)
                }
            },
            State::Waiting {
                slot,
                cancel,
                chain,
            } => {
                discard(slot.waker.replace(Some(context.waker().clone())));
                self.settle_or_wait(slot, cancel, chain)
            }
            State::Done => Poll::Pending,
        }
    }
}

impl<T, E: Fault> DeferredFuture<T, E> {
    fn settle_or_wait(
        &mut self,
        slot: Rc<Slot<T, E>>,
        cancel: CancelHandle,
        chain: Rc<dyn Chain>,
    ) -> Poll<Result<T, E>> {
        if let Some(result) = slot.result.take() {
            drop(slot.wait.take());
            release(chain);
            return Poll::Ready(result);
        }
        let wait = slot.wait.take();
        if wait.as_ref().is_some_and(Wait::is_of_the_present) {
            slot.wait.set(wait);
        } else {
            drop(wait);
            slot.wait.set(Wait::begin(&cancel));
        }
        self.state = State::Waiting {
            slot,
            cancel,
            chain,
        };
        Poll::Pending
    }
}

impl<T, E: Fault> Drop for DeferredFuture<T, E> {
    fn drop(&mut self) {
        match std::mem::replace(&mut self.state, State::Done) {
            State::New(deferred) => {
                let chain = (!deferred.is_settled()).then(|| deferred.chain().clone());
                // Nobody is left to be told what comes of it.
                drop(deferred.add_both(discard));
                if let Some(chain) = chain {
                    cancel_in_turn(chain);
                }
            }
            State::Waiting { slot, chain, .. } => {
                drop(slot.wait.take());
                discard(slot.waker.take());
                discard(slot.result.take());
                cancel_in_turn(chain);
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

thread_local! {
    /// Polls what was woken, once a Deferred has woken it.
    static RESUME: Cell<Option<fn()>> = const { Cell::new(None) };
    static FIRING: Cell<bool> = const { Cell::new(false) };
}

/// Sets what is called, on this thread, after a Deferred has woken somebody.
pub(crate) fn resume_by(resume: fn()) {
    RESUME.set(Some(resume));
}

/// Whether a wake-up comes from a Deferred, which then resumes by itself.
pub(crate) fn is_firing() -> bool {
    FIRING.try_with(Cell::get).unwrap_or(false)
}

/// Wakes, and resumes what was woken, also if the waker panics.
fn fire(waker: Waker) {
    struct Firing {
        outer: bool,
    }

    impl Drop for Firing {
        fn drop(&mut self) {
            FIRING.set(self.outer);
        }
    }

    let woken = user_code(|| {
        let _firing = Firing {
            outer: FIRING.replace(true),
        };
        waker.wake();
    });
    if let Err(panic) = woken {
        report::panic_in("a waker", &panic);
    }
    if let Some(resume) = RESUME.get()
        && let Err(panic) = user_code(resume)
    {
        report::panic_in("a coroutine", &panic);
    }
}

//! Cancelling and pausing a chain from outside.

use std::fmt;
use std::rc::{Rc, Weak};

use super::chain::{CancelStep, Chain, Cursor, drive};
use super::control::Phase;
use super::release::release;

/// Cancels a chain from elsewhere than where its [`Deferred`](super::Deferred) is.
///
/// It works through everything that is added to the chain later, and keeps nothing alive.
#[derive(Clone)]
pub struct CancelHandle {
    chain: Weak<dyn Chain>,
}

impl CancelHandle {
    pub(super) fn new(chain: Weak<dyn Chain>) -> Self {
        Self { chain }
    }

    pub(super) fn chain(&self) -> Weak<dyn Chain> {
        self.chain.clone()
    }

    /// As [`Deferred::cancel`](super::Deferred::cancel): tells whether there was anything to
    /// stop.
    pub fn cancel(&self) -> bool {
        self.chain.upgrade().is_some_and(cancel)
    }
}

impl fmt::Debug for CancelHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CancelHandle")
            .field("alive", &(self.chain.strong_count() > 0))
            .finish()
    }
}

/// Cancels what `chain` waits for in the end, or its head if that has not fired.
pub(super) fn cancel(chain: Rc<dyn Chain>) -> bool {
    let mut did_something = false;
    let mut present = chain;
    // What comes after the present one, last first; `true`: a list whose members were cancelled.
    let mut others: Vec<(Weak<dyn Chain>, bool)> = Vec::new();
    loop {
        match present.control().phase.get() {
            Phase::Unfired => {
                did_something = true;
                if let CancelStep::Members(members) = present.clone().cancel_unfired() {
                    others.push((Rc::downgrade(&present), true));
                    others.extend(members.into_iter().rev().map(|member| (member, false)));
                }
                release(present);
            }
            Phase::Cancelling => release(present),
            Phase::Fired | Phase::Cancelled | Phase::Swallowing => {
                let inner = present.control().waiting();
                if let Some(inner) = inner {
                    if inner.strong_count() > 0 {
                        others.push((inner, false));
                    } else if let Some(node) = present.control().take_stranded() {
                        did_something = true;
                        drive(Cursor::new(present.clone()), Some(node));
                    }
                }
                release(present);
            }
        }
        present = loop {
            let Some((next, after_members)) = others.pop() else {
                return did_something;
            };
            match next.upgrade() {
                Some(list) if after_members => list.settle_if_stuck(),
                Some(next) => break next,
                None => {}
            }
        };
    }
}

/// Keeps the stages of a chain from running until it is dropped.
///
/// Guards count: the chain goes on, inside the drop of the last one, if it has a result by then.
pub struct PauseGuard {
    chain: Option<Rc<dyn Chain>>,
}

impl PauseGuard {
    pub(super) fn new(chain: Rc<dyn Chain>) -> Self {
        chain.control().pause();
        Self { chain: Some(chain) }
    }

    /// Ends this pause; the same as dropping the guard.
    pub fn unpause(self) {
        drop(self);
    }
}

impl Drop for PauseGuard {
    fn drop(&mut self) {
        let Some(chain) = self.chain.take() else {
            return;
        };
        match chain.control().unpause() {
            Some(node) => drive(Cursor::new(chain), Some(node)),
            None => release(chain),
        }
    }
}

impl fmt::Debug for PauseGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PauseGuard").finish_non_exhaustive()
    }
}

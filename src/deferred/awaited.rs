//! What coroutines wait for: so that they can be cancelled, and do not wait for themselves.

use std::cell::RefCell;
use std::panic::Location;
use std::rc::{Rc, Weak};

use slab::Slab;

use super::cancel::CancelHandle;
use super::chain::{Chain, Node};
use super::circle::Ways;
use super::control::Feed;
use super::deferred::Deferred;
use super::end::Waiting;
use super::head::{Canceller, Head, Producer, Verdict};
use super::outcome::Fault;
use super::release::{own_code, release};
use super::resolver::Resolver;

/// What one coroutine waits for, and the chain that it fires.
#[derive(Default)]
pub(crate) struct Awaited {
    handles: RefCell<Slab<CancelHandle>>,
    own: RefCell<Option<Rc<dyn Chain>>>,
}

impl Awaited {
    /// What it waits for.
    pub(crate) fn handles(&self) -> Vec<CancelHandle> {
        let handles = self.handles.borrow();
        handles.iter().map(|(_, handle)| handle.clone()).collect()
    }

    /// From now on the chain that it fires is known to wait for what the coroutine waits for.
    pub(crate) fn feed_own(&self) {
        if let Some(own) = &*self.own.borrow() {
            own.control().fed_by(Feed::Chains);
        }
    }

    /// The coroutine is over.
    pub(crate) fn end(&self) {
        let own = self.own.borrow_mut().take();
        if let Some(own) = own {
            release(own);
        }
    }

    fn onward(&self, ways: &mut Ways) {
        if let Some(own) = &*self.own.borrow() {
            ways.join(own.clone());
        }
    }
}

/// What a future is to the coroutine that polls it: one of those that it waits for, until this is
/// dropped.
pub(super) struct Wait {
    coroutine: Rc<Awaited>,
    key: usize,
}

impl Wait {
    /// Of the coroutine that is being polled, if there is one.
    pub(super) fn begin(cancel: &CancelHandle) -> Option<Self> {
        let coroutine = AWAITED.try_with(|slot| slot.borrow().clone()).ok()??;
        let key = coroutine.handles.borrow_mut().insert(cancel.clone());
        Some(Self { coroutine, key })
    }

    /// Whether the future is where it was: it may have moved to another coroutine.
    pub(super) fn is_of_the_present(&self) -> bool {
        let own = Rc::as_ptr(&self.coroutine);
        let is_own = AWAITED.try_with(|slot| {
            let present = slot.borrow();
            present.as_ref().is_some_and(|it| Rc::as_ptr(it) == own)
        });
        is_own == Ok(true)
    }

    pub(super) fn onward(&self, ways: &mut Ways) {
        self.coroutine.onward(ways);
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        let ended = self.coroutine.handles.borrow_mut().try_remove(self.key);
        drop(ended);
    }
}

thread_local! {
    /// Where the coroutine that is being polled notes what it waits for.
    static AWAITED: RefCell<Option<Rc<Awaited>>> = const { RefCell::new(None) };
}

/// Polls a coroutine; what it comes to wait for is noted in `awaited`.
pub(crate) fn noting_awaited<R>(awaited: &Rc<Awaited>, poll: impl FnOnce() -> R) -> R {
    struct Outer(Option<Rc<Awaited>>);

    impl Drop for Outer {
        fn drop(&mut self) {
            replace(self.0.take());
        }
    }

    /// Where the thread is ending nothing is noted.
    fn replace(present: Option<Rc<Awaited>>) -> Option<Rc<Awaited>> {
        let outer = AWAITED.try_with(|slot| slot.replace(present));
        outer.ok().flatten()
    }

    let _outer = Outer(replace(Some(awaited.clone())));
    poll()
}

/// Whether the coroutine that is being polled would wait for itself if it waited for this.
pub(super) fn closes<T, E: Fault>(waiting: &Waiting<T, E>) -> bool {
    let own = AWAITED.try_with(|slot| slot.borrow().as_ref()?.own.borrow().clone());
    own.ok().flatten().is_some_and(|own| {
        let from: Rc<dyn Node> = own.clone();
        waiting.closes(&own, || from)
    })
}

impl<T, E: Fault> Deferred<T, E> {
    /// As [`with_canceller`](Self::with_canceller), for the outcome of the coroutine that notes in
    /// `awaited` what it waits for. To be followed by [`Awaited::feed_own`]; in between, one that
    /// stood for the same outcome may follow it without a search for circles.
    #[track_caller]
    pub(crate) fn of_coroutine(
        awaited: &Rc<Awaited>,
        cancel: impl FnOnce() + 'static,
    ) -> (Resolver<T, E>, Self) {
        let canceller = Coroutine {
            awaited: awaited.clone(),
            cancel,
        };
        let head = Rc::new(Head::new(Some(canceller), Location::caller()));
        let former = awaited.own.replace(Some(head.clone()));
        if let Some(former) = former {
            release(former);
        }
        let deferred = Self::from_head(&head);
        let producer: Rc<dyn Producer<T, E>> = head;
        (Resolver::new(producer), deferred)
    }
}

struct Coroutine<F> {
    awaited: Rc<Awaited>,
    cancel: F,
}

impl<T, E, F: FnOnce()> Canceller<T, E> for Coroutine<F> {
    fn cancel(self) -> Verdict<T, E, Self> {
        Verdict::Outcome(own_code(self.cancel).map(|()| None))
    }

    fn feeders(&self, found: &mut Vec<Weak<dyn Chain>>) {
        let handles = self.awaited.handles.borrow();
        found.extend(handles.iter().map(|(_, handle)| handle.chain()));
    }
}

//! Coroutines: futures that run on the reactor's thread and are Deferreds to everybody else.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use slab::Slab;

use super::core::{Core, State};
use super::remote::{Job, Remote};
use super::report::guarded;
use crate::deferred::{
    Awaited, CancelHandle, Deferred, Fault, Interrupt, Resolver, is_firing, noting_awaited,
    own_code, resume_by,
};

/// The coroutines of a reactor.
#[derive(Default)]
pub(super) struct Coroutines {
    alive: RefCell<Slab<(u64, Rc<dyn Coroutine>)>>,
    woken: RefCell<VecDeque<Name>>,
    /// To be woken by the next pass.
    later: RefCell<Vec<Name>>,
    count: Cell<u64>,
}

/// Names a coroutine, to threads as well; a name is used once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    slot: usize,
    number: u64,
}

trait Coroutine {
    /// Goes on until it waits; true if it has ended.
    fn run(&self) -> bool;
    /// Drops the future.
    fn end(&self);
}

thread_local! {
    /// The reactors of this thread that have coroutines.
    static REACTORS: RefCell<Vec<Weak<Core>>> = const { RefCell::new(Vec::new()) };
    /// Coroutines being polled, one inside the other.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    /// What is still to be cancelled by the outermost cancellation under way.
    static CANCELLING: RefCell<Option<VecDeque<CancelHandle>>> = const { RefCell::new(None) };
}

impl Core {
    /// Starts a coroutine and runs it until it first waits.
    pub(super) fn spawn<T, E, F>(self: &Rc<Self>, future: F, on_cancel: OnCancel) -> Deferred<T, E>
    where
        T: 'static,
        E: Fault,
        F: Future<Output = Result<T, E>> + 'static,
    {
        if self.state() == State::Gone {
            return Deferred::fail(E::from(Interrupt::Abandoned));
        }
        self.announce_reactor();
        let number = self.coroutines.count.get() + 1;
        self.coroutines.count.set(number);
        let slot = self.coroutines.alive.borrow().vacant_key();
        let name = Name { slot, number };
        let body = Rc::new(Body {
            future: RefCell::new(Some(Box::pin(future))),
            resolver: RefCell::new(None),
            awaited: Rc::default(),
            on_cancel,
            core: Rc::downgrade(self),
            waking: Arc::new(Waking {
                name,
                remote: self.remote().clone(),
                queued: AtomicBool::new(false),
            }),
        });
        self.coroutines
            .alive
            .borrow_mut()
            .insert((number, body.clone()));
        let deferred = body.deferred();
        body.awaited.feed_own();
        self.poll_coroutine(name);
        resume();
        deferred
    }

    /// Another thread has woken a coroutine.
    pub(super) fn wake_coroutine(&self, name: Name) {
        self.coroutines.woken.borrow_mut().push_back(name);
        // Its own ones also where the thread is ending and knows no reactors any more.
        self.resume_woken();
        resume();
    }

    /// Wakes a coroutine in the next pass.
    fn wake_later(self: &Rc<Self>, name: Name) {
        let announced = {
            let mut later = self.coroutines.later.borrow_mut();
            later.push(name);
            later.len() > 1
        };
        if !announced {
            let core = self.clone();
            self.call_soon(move || {
                let later = core.coroutines.later.take();
                core.coroutines.woken.borrow_mut().extend(later);
                core.resume_woken();
                resume();
            });
        }
    }

    /// The reactor is gone: drops all futures.
    pub(super) fn end_coroutines(&self) {
        let alive = self.coroutines.alive.take();
        for (_, (_, coroutine)) in alive {
            guarded("the end of a coroutine", || coroutine.end());
        }
    }

    fn poll_coroutine(&self, name: Name) {
        let coroutine = {
            let alive = self.coroutines.alive.borrow();
            let entry = alive.get(name.slot).filter(|entry| entry.0 == name.number);
            entry.map(|entry| entry.1.clone())
        };
        let Some(coroutine) = coroutine else { return };
        DEPTH.set(DEPTH.get() + 1);
        let ended = guarded("the end of a coroutine", || coroutine.run());
        DEPTH.set(DEPTH.get() - 1);
        if ended != Some(false) {
            self.remove_coroutine(name);
        }
    }

    fn remove_coroutine(&self, name: Name) {
        let removed = {
            let mut alive = self.coroutines.alive.borrow_mut();
            let entry = alive.get(name.slot).filter(|entry| entry.0 == name.number);
            entry.is_some().then(|| alive.remove(name.slot))
        };
        drop(removed);
    }

    /// Polls what was woken, unless a coroutine is running, after which this is done. Tells whether
    /// there was any.
    fn resume_woken(&self) -> bool {
        let mut resumed = false;
        while DEPTH.get() == 0 {
            let next = self.coroutines.woken.borrow_mut().pop_front();
            let Some(name) = next else { break };
            self.poll_coroutine(name);
            resumed = true;
        }
        resumed
    }

    /// Makes the reactor known to the wakers of this thread.
    fn announce_reactor(self: &Rc<Self>) {
        resume_by(resume);
        // Nothing is noted where the thread is ending; wakers know what to do then.
        let _ = REACTORS.try_with(|reactors| {
            let mut reactors = reactors.borrow_mut();
            reactors.retain(|reactor| reactor.strong_count() > 0);
            let known = |reactor: &Weak<Self>| std::ptr::eq(reactor.as_ptr(), &raw const **self);
            if !reactors.iter().any(known) {
                reactors.push(Rc::downgrade(self));
            }
        });
    }
}

/// Polls what was woken on this thread.
fn resume() {
    let mut index = 0;
    while DEPTH.get() == 0 {
        let reactor = REACTORS.try_with(|reactors| reactors.borrow().get(index).cloned());
        let Ok(Some(reactor)) = reactor else { return };
        let resumed = reactor.upgrade().is_some_and(|core| core.resume_woken());
        // These may have woken some of any reactor.
        index = if resumed { 0 } else { index + 1 };
    }
}

/// Cancels what a coroutine waits for; of coroutines nested in each other, one after the other and
/// not one inside the other.
fn cancel_all(handles: Vec<CancelHandle>) {
    let mut handles = VecDeque::from(handles);
    let outermost = CANCELLING.try_with(|queue| {
        let mut queue = queue.borrow_mut();
        let outermost = queue.is_none();
        queue.get_or_insert_default().append(&mut handles);
        outermost
    });
    if outermost == Ok(false) {
        return;
    }
    loop {
        let next = CANCELLING.try_with(|queue| {
            let mut queue = queue.borrow_mut();
            let next = queue.as_mut().and_then(VecDeque::pop_front);
            if next.is_none() {
                *queue = None;
            }
            next
        });
        // The thread is ending and its queue is gone: they are still in hand.
        let next = next.unwrap_or_else(|_| handles.pop_front());
        let Some(handle) = next else { return };
        handle.cancel();
    }
}

/// What cancelling the Deferred of a future does to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnCancel {
    /// Cancels what it waits for, and the future decides what to make of that.
    Awaited,
    /// Drops it.
    Drop,
}

struct Body<F, T: 'static, E: Fault> {
    /// None while it is polled, and after its end.
    future: RefCell<Option<Pin<Box<F>>>>,
    resolver: RefCell<Option<Resolver<T, E>>>,
    awaited: Rc<Awaited>,
    on_cancel: OnCancel,
    core: Weak<Core>,
    waking: Arc<Waking>,
}

impl<F, T, E> Body<F, T, E>
where
    F: Future<Output = Result<T, E>> + 'static,
    T: 'static,
    E: Fault,
{
    /// A Deferred for the outcome; earlier ones have to follow it.
    fn deferred(self: &Rc<Self>) -> Deferred<T, E> {
        let body = Rc::downgrade(self);
        let (resolver, deferred) = Deferred::of_coroutine(&self.awaited, move || {
            if let Some(body) = body.upgrade() {
                body.cancel();
            }
        });
        *self.resolver.borrow_mut() = Some(resolver);
        deferred
    }

    fn cancel(self: &Rc<Self>) {
        let idle = self.future.borrow().is_some();
        let awaited = match self.on_cancel {
            OnCancel::Awaited => self.awaited.handles(),
            OnCancel::Drop => Vec::new(),
        };
        if idle && awaited.is_empty() {
            // It waits for nothing that could be cancelled.
            if let Some(core) = self.core.upgrade() {
                core.remove_coroutine(self.waking.name);
            }
            self.end();
            return;
        }
        let resolver = self.resolver.borrow_mut().take();
        if let Some(resolver) = resolver {
            // Settled when the coroutine ends, which need not be now: it may go on to wait for
            // something else, and that is what the next cancellation is for.
            resolver.follow(self.deferred());
            self.awaited.feed_own();
        }
        cancel_all(awaited);
    }
}

impl<F, T, E> Coroutine for Body<F, T, E>
where
    F: Future<Output = Result<T, E>> + 'static,
    T: 'static,
    E: Fault,
{
    fn run(&self) -> bool {
        let Some(mut future) = self.future.borrow_mut().take() else {
            return self.resolver.borrow().is_none();
        };
        self.waking.queued.store(false, Ordering::Release);
        let waker = Waker::from(self.waking.clone());
        let polled = noting_awaited(&self.awaited, || {
            let mut context = Context::from_waker(&waker);
            own_code(|| future.as_mut().poll(&mut context))
        });
        let result = match polled {
            Ok(Poll::Pending) => {
                *self.future.borrow_mut() = Some(future);
                return false;
            }
            Ok(Poll::Ready(result)) => result,
            Err(panic) => Err(E::from(panic)),
        };
        // It has a result, whatever its drop does.
        guarded("the end of a coroutine", || drop(future));
        self.awaited.end();
        let resolver = self.resolver.borrow_mut().take();
        if let Some(resolver) = resolver {
            resolver.resolve(result);
        }
        true
    }

    fn end(&self) {
        let future = self.future.borrow_mut().take();
        drop(future);
        self.awaited.end();
        let resolver = self.resolver.borrow_mut().take();
        drop(resolver);
    }
}

/// The waker of a coroutine.
struct Waking {
    name: Name,
    remote: Remote,
    queued: AtomicBool,
}

impl Wake for Waking {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.queued.swap(true, Ordering::AcqRel) {
            return;
        }
        if !self.remote.is_in_io_thread() {
            self.remote.send(Job::Resume(self.name));
            return;
        }
        let Ok(reactors) = REACTORS.try_with(|reactors| reactors.borrow().clone()) else {
            // The thread is ending: the reactor is reached as from another one.
            return self.remote.send(Job::Resume(self.name));
        };
        let own = reactors.into_iter().find_map(|reactor| {
            let core = reactor.upgrade()?;
            core.remote().is_same(&self.remote).then_some(core)
        });
        let Some(core) = own else { return };
        if is_firing() {
            // A Deferred resumes by itself, when the waker has returned.
            core.coroutines.woken.borrow_mut().push_back(self.name);
        } else {
            // Whoever else wakes may hold what the coroutine wants to have, or be the coroutine itself,
            // which lets others have their turn.
            core.wake_later(self.name);
        }
    }
}

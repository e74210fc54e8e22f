//! A command responder that is registered with an engine, and what its objects have promised for later.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::time::Instant;

use slab::Slab;

use crate::access::SubtreeAccess;
use crate::applications::{CommandResponder, Started};
use crate::deferred::{CancelHandle, Deferred, Fault, Resolver, is_of_the_end};
use crate::engine::IncomingRequest;
use crate::objects::{Asker, Completion, Ticket};
use crate::throttle::Throttle;

use super::session::Session;

/// A responder in its place. It stays there while it runs.
pub(super) struct Served {
    responder: CommandResponder,
    session: Weak<Session>,
    /// What its requests wait for.
    awaited: RefCell<Slab<Awaited>>,
    /// How many answers have been promised for later.
    promised: Cell<u64>,
    /// How many were waited for when it was last seen to that all still are.
    kept: Cell<usize>,
    runs: Cell<bool>,
    /// Whether it is among those whose turn comes.
    pub(super) is_queued: Cell<bool>,
    /// Whether it takes no more requests.
    pub(super) is_closed: Cell<bool>,
    /// Who waits for the end of a closed one.
    ends: RefCell<Vec<Resolver<()>>>,
    /// Whether the objects have been dropped for good.
    has_ended: Cell<bool>,
    /// Whether its requests are to be given up once it does not run.
    is_to_abandon: Cell<bool>,
    /// Of the records of answers that come too late.
    too_late: RefCell<Throttle>,
}

struct Awaited {
    ticket: Ticket,
    cancel: CancelHandle,
}

impl Served {
    pub(super) fn new(responder: CommandResponder, session: &Rc<Session>) -> Rc<Self> {
        let served = Rc::new(Self {
            responder,
            session: Rc::downgrade(session),
            awaited: RefCell::default(),
            promised: Cell::new(0),
            kept: Cell::new(0),
            runs: Cell::new(false),
            is_queued: Cell::new(false),
            is_closed: Cell::new(false),
            ends: RefCell::default(),
            has_ended: Cell::new(false),
            is_to_abandon: Cell::new(false),
            too_late: RefCell::default(),
        });
        served.responder.set_driver(Rc::downgrade(&served));
        served
    }

    pub(super) fn responder(&self) -> &CommandResponder {
        &self.responder
    }

    pub(super) fn session(&self) -> Option<Rc<Session>> {
        self.session.upgrade()
    }

    /// The one whose object is asked. `None` where nobody can wait.
    pub(super) fn that_asks(asker: &Asker<'_>) -> Option<Rc<Self>> {
        Self::driver_of(asker)?.upgrade()
    }

    /// The same, without keeping it.
    pub(super) fn driver_of<'a>(asker: &Asker<'a>) -> Option<&'a Weak<Self>> {
        asker.driver()?.downcast_ref()
    }

    /// The time of its reactor, until the engine has ended.
    pub(super) fn now(&self) -> Option<Instant> {
        Some(self.session()?.handle().now())
    }

    /// Whether it works at a request right now.
    pub(super) fn runs(&self) -> bool {
        self.runs.get()
    }

    pub(super) fn start(&self, now: Instant, request: IncomingRequest) -> Started {
        let promised = self.promised.get();
        let running = Running::new(self);
        let started = self.responder.start(now, request);
        drop(running);
        let is_over = !matches!(started, Started::Waits);
        if promised != self.promised.get() && (is_over || self.has_too_many()) {
            self.forget();
        }
        started
    }

    /// Lets requests go on for one slice.
    pub(super) fn run_waiting(&self, now: Instant) {
        let promised = self.promised.get();
        let running = Running::new(self);
        self.responder.run_waiting(now);
        drop(running);
        if promised != self.promised.get() {
            self.forget();
        }
    }

    /// Ends the waiting for what has not come by now.
    pub(super) fn handle_timeout(&self, now: Instant) {
        if self.responder.next_deadline().is_some_and(|at| at <= now) {
            self.responder.handle_timeout(now);
            self.forget();
        }
    }

    /// Gives all requests up, at once or when it does not run any more. False in the latter case.
    pub(super) fn abandon(&self, now: Instant) -> bool {
        self.is_to_abandon.set(self.runs.get());
        if self.runs.get() {
            return false;
        }
        // What undoes a SET goes on, though nobody waits for it.
        let given_up = self.take_unless(|ticket| self.responder.undoes(ticket));
        self.responder.abandon(now);
        for handle in given_up {
            handle.cancel();
        }
        true
    }

    /// Whether more are kept than can have come together since it was last seen to that all are waited for. Objects may
    /// have asked for tickets that they have not given back.
    fn has_too_many(&self) -> bool {
        self.awaited.borrow().len() > 2 * self.kept.get() + 64
    }

    /// Takes out the answers of which `stays` does not say that they stay.
    fn take_unless(&self, stays: impl Fn(Ticket) -> bool) -> Vec<CancelHandle> {
        let mut awaited = self.awaited.borrow_mut();
        let mut taken = Vec::new();
        awaited.retain(|_, it| {
            let stays = stays(it.ticket);
            if !stays {
                taken.push(it.cancel.clone());
            }
            stays
        });
        self.kept.set(awaited.len());
        taken
    }

    /// Whether [`abandon`](Self::abandon) is to be called again.
    pub(super) fn is_to_abandon(&self) -> bool {
        self.is_to_abandon.get() && !self.runs.get()
    }

    /// Whether there is nothing that the driver has to see to.
    #[inline]
    pub(super) fn is_at_rest(&self) -> bool {
        self.responder.is_idle() && !self.is_closed.get() && !self.is_to_abandon.get()
    }

    /// Drops the objects: one may own a handle on this responder.
    pub(super) fn clear(&self) {
        let contexts = self.responder.contexts();
        for name in contexts.names() {
            drop(contexts.remove(&name));
        }
        self.responder.set_access(SubtreeAccess::new());
        self.has_ended.set(true);
        for end in self.ends.take() {
            end.resolve(Ok(()));
        }
    }

    /// Fires when the objects have been dropped, at once if they have.
    pub(super) fn end(&self) -> Deferred<()> {
        if self.has_ended.get() {
            return Deferred::succeed(());
        }
        let (resolver, deferred) = Deferred::pair();
        self.ends.borrow_mut().push(resolver);
        deferred
    }

    /// Has a request wait for a Deferred, of whose result `tell` makes the outcome and what the log is told.
    pub(super) fn wait<T: 'static, E: Fault>(
        self: &Rc<Self>,
        ticket: Ticket,
        deferred: Deferred<T, E>,
        tell: impl FnOnce(Result<T, E>) -> (Completion, Option<String>) + 'static,
    ) {
        self.promised.set(self.promised.get() + 1);
        let place = (!deferred.is_settled()).then(|| {
            let cancel = deferred.cancel_handle();
            self.awaited.borrow_mut().insert(Awaited { ticket, cancel })
        });
        let served = Rc::downgrade(self);
        deferred.add_both(move |result| {
            if let Some(served) = served.upgrade()
                && place.is_none_or(|place| served.take(place, ticket))
            {
                let is_of_the_end = result.as_ref().is_err_and(is_of_the_end);
                let (outcome, reason) = tell(result);
                served.complete(ticket, outcome, reason.filter(|_| !is_of_the_end));
            }
        });
    }

    /// Whether an answer has not been given up, which it is no more waited for.
    fn take(&self, place: usize, ticket: Ticket) -> bool {
        let mut awaited = self.awaited.borrow_mut();
        let is_its = awaited.get(place).is_some_and(|it| it.ticket == ticket);
        let its = is_its.then(|| awaited.remove(place));
        drop(awaited);
        its.is_some()
    }

    /// Hands in what an object has to say. False if nobody waits for it.
    pub(super) fn complete(
        self: &Rc<Self>,
        ticket: Ticket,
        outcome: Completion,
        reason: Option<String>,
    ) -> bool {
        let session = self.session();
        let now = session.as_ref().map(|session| session.handle().now());
        let is_waited_for = match (now, reason) {
            (Some(now), Some(reason)) => self
                .responder
                .complete_failed(now, ticket, outcome, &reason),
            _ => self.responder.complete(ticket, outcome),
        };
        let Some(session) = session else {
            return is_waited_for;
        };
        if self.responder.has_work() {
            session.queue(self);
        }
        if !is_waited_for {
            let left_out = self.too_late.borrow_mut().admit(session.handle().now());
            if let Some(left_out) = left_out {
                debug!("managed object: an answer comes too late and is dropped{left_out}");
            }
        }
        is_waited_for
    }

    /// Cancels what nobody waits for any more.
    fn forget(&self) {
        // The program's code runs.
        for handle in self.take_unless(|ticket| self.responder.awaits(ticket)) {
            handle.cancel();
        }
    }
}

/// That a responder runs, whatever way that ends.
struct Running<'s>(&'s Served);

impl<'s> Running<'s> {
    fn new(served: &'s Served) -> Self {
        served.runs.set(true);
        Self(served)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.runs.set(false);
    }
}

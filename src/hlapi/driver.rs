//! What drives the command responders of an engine: requests in, answers out, and whose turn it is.

use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Instant;

use crate::applications::{Finished, Started, Unanswered};
use crate::engine::{IncomingRequest, Refusal, RegistrationId, StateReference};
use crate::pdu::Pdu;
use crate::reactor::{Alarm, Task};
use crate::throttle::Throttle;

use super::registered::Registered;
use super::served::Served;
use super::session::Session;

/// The responders of an engine.
#[derive(Default)]
pub(super) struct Responders {
    pub(super) registered: Registered<Rc<Served>>,
    /// Those that have been closed, and have requests under way.
    closing: RefCell<Vec<Rc<Served>>>,
    /// Those that can go on, in the order of their turns.
    turns: RefCell<VecDeque<Rc<Served>>>,
    /// Lets one of them go on, once in a pass, after the sockets: new requests come first.
    task: OnceCell<Task>,
    /// Stands at the earliest of their deadlines.
    alarm: Alarm,
    /// Of the records of requests without an answer.
    unanswered: RefCell<Throttle>,
}

impl Responders {
    /// All of them.
    fn all(&self) -> Vec<Rc<Served>> {
        let mut all = self.registered.collect(|served| Some(Rc::clone(served)));
        all.extend(self.closing.borrow().iter().cloned());
        all
    }

    fn next_deadline(&self) -> Option<Instant> {
        let deadline = |served: &Rc<Served>| served.responder().next_deadline();
        let open = self.registered.collect(deadline);
        let closing = self.closing.borrow();
        open.into_iter()
            .chain(closing.iter().filter_map(deadline))
            .min()
    }
}

impl Session {
    /// Has a request answered by the responder that it is for.
    pub(super) fn serve(self: &Rc<Self>, request: IncomingRequest) {
        let (state, now) = (request.state, self.handle().now());
        let registered = &self.responders().registered;
        let context = (Some(&request.context_engine_id), &request.context_name[..]);
        let kind = request.pdu.kind;
        let id = self.who_takes(registered, request.registration, kind, context);
        let Some(served) = id.and_then(|id| registered.get(id)) else {
            // It has been closed since the request came, and there is no other.
            return self.refuse(state, Refusal::UnknownPduHandler);
        };
        match served.start(now, request) {
            Started::Answered(pdu) => self.respond(state, pdu),
            Started::Unanswered(reason) => self.leave_unanswered(state, reason),
            Started::Waits => {}
            Started::Repeats(former) => {
                _ = self
                    .binding()
                    .with_engine_at_rest(|engine| engine.discard(former));
            }
        }
        if !served.is_at_rest() {
            self.look_after(&served);
        }
    }

    /// A responder can go on: its turn comes.
    pub(super) fn queue(self: &Rc<Self>, served: &Rc<Served>) {
        let responders = self.responders();
        if !served.is_queued.replace(true) {
            responders.turns.borrow_mut().push_back(Rc::clone(served));
        }
        self.schedule();
    }

    fn schedule(self: &Rc<Self>) {
        let task = self.responders().task.get_or_init(|| {
            let session = Rc::downgrade(self);
            self.handle().task(move || {
                if let Some(session) = session.upgrade() {
                    session.run_waiting();
                }
            })
        });
        task.schedule();
    }

    /// Lets the responder whose turn it is go on for a slice.
    fn run_waiting(self: &Rc<Self>) {
        let mut turns = self.responders().turns.borrow_mut();
        let next = turns.pop_front();
        let are_more = !turns.is_empty();
        drop(turns);
        let Some(served) = next else { return };
        served.is_queued.set(false);
        // Whatever becomes of this one.
        if are_more {
            self.schedule();
        }
        let mut turn = Turn {
            session: self,
            served: &served,
            has_returned: false,
        };
        served.run_waiting(self.handle().now());
        turn.has_returned = true;
        drop(turn);
        self.look_after(&served);
    }

    /// Sees to what a responder has come to.
    fn look_after(self: &Rc<Self>, served: &Rc<Served>) {
        if served.is_to_abandon() {
            served.abandon(self.handle().now());
        }
        let responder = served.responder();
        while let Some(Finished { state, answer, .. }) = responder.poll_finished() {
            match answer {
                Ok(pdu) => self.respond(state, pdu),
                Err(reason) => self.leave_unanswered(state, reason),
            }
        }
        if responder.has_work() {
            self.queue(served);
        }
        let alarm = &self.responders().alarm;
        match responder.next_deadline() {
            Some(at) => self.wake_at(at),
            None if alarm.is_set() && self.responders().next_deadline().is_none() => {
                alarm.suspend();
            }
            None => {}
        }
        if served.is_closed.get() && responder.waiting() == 0 {
            self.retire(served);
        }
    }

    fn wake_at(self: &Rc<Self>, at: Instant) {
        let session = Rc::downgrade(self);
        let responders = self.responders();
        responders.alarm.set(self.handle(), at, || {
            move || {
                if let Some(session) = session.upgrade() {
                    session.expire();
                }
            }
        });
    }

    /// The earliest deadline has come. The sockets have been read: what an object waits for may have lain there.
    fn expire(self: &Rc<Self>) {
        let responders = self.responders();
        responders.alarm.has_gone();
        let now = self.handle().now();
        let is_due = responders.next_deadline().is_some_and(|at| at <= now);
        if !is_due {
            self.handle().did_nothing();
        }
        for served in responders.all() {
            if is_due {
                served.handle_timeout(now);
            }
            self.look_after(&served);
        }
    }

    /// Ends a responder, once its requests have been answered. False if that has been done already.
    pub(super) fn close_responder(
        self: &Rc<Self>,
        served: &Rc<Served>,
        id: RegistrationId,
    ) -> bool {
        let responders = self.responders();
        if !self.unregister(&responders.registered, id) {
            return false;
        }
        served.is_closed.set(true);
        responders.closing.borrow_mut().push(Rc::clone(served));
        if !served.runs() {
            self.look_after(served);
        }
        true
    }

    /// A closed responder has nothing more to do.
    fn retire(&self, served: &Rc<Served>) {
        let mut closing = self.responders().closing.borrow_mut();
        closing.retain(|other| !Rc::ptr_eq(other, served));
        drop(closing);
        served.clear();
    }

    /// Gives up all requests that wait: nothing will be sent any more.
    pub(super) fn abandon_requests(self: &Rc<Self>) {
        for served in self.responders().all() {
            if served.abandon(self.handle().now()) {
                self.look_after(&served);
            }
        }
    }

    fn respond(&self, state: StateReference, pdu: Pdu) {
        _ = self
            .binding()
            .with_engine(|engine, now| engine.respond(now, state, pdu));
    }

    fn refuse(&self, state: StateReference, refusal: Refusal) {
        self.binding()
            .with_engine(|engine, now| engine.refuse_request(now, state, refusal));
    }

    fn leave_unanswered(&self, state: StateReference, reason: Unanswered) {
        if let Some(refusal) = reason.refusal() {
            return self.refuse(state, refusal);
        }
        let now = self.handle().now();
        let left_out = self.responders().unanswered.borrow_mut().admit(now);
        if let Some(left_out) = left_out {
            let peer = self
                .binding()
                .with_engine_at_rest(|engine| engine.peer_of(state).cloned());
            match peer {
                Some(peer) => debug!("request from {peer} is not answered: {reason}{left_out}"),
                None => debug!("request is not answered: {reason}{left_out}"),
            }
        }
        self.binding()
            .with_engine_at_rest(|engine| engine.discard(state));
    }
}

/// The turn of a responder, which gets another one if a policy that panics cuts it off.
struct Turn<'s> {
    session: &'s Rc<Session>,
    served: &'s Rc<Served>,
    has_returned: bool,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.has_returned {
            self.session.queue(self.served);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let now = self.handle().now();
        for served in self.responders().all() {
            served.abandon(now);
            served.clear();
        }
    }
}

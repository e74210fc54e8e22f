//! Requests that may wait.

use std::time::Instant;

use super::command_responder::CommandResponder;
use super::failure::{Failure, Halt, Unanswered};
use super::handed_in::Come;
use super::operations::{Finished, Operation, Waits, Work};
use super::reading::Progress;
use super::settings::steps_of_set;
use super::working::{Job, Out, waits};
use crate::engine::{IncomingRequest, StateReference, later};
use crate::objects::{Asker, Calls, Completion, Ticket};
use crate::pdu::{ErrorStatus, Pdu, PduKind};

/// What becomes of a request that is [started](CommandResponder::start).
#[derive(Debug)]
#[non_exhaustive]
pub enum Started {
    /// It has been answered.
    Answered(Pdu),
    /// It gets no answer.
    Unanswered(Unanswered),
    /// Its answer comes from [`CommandResponder::poll_finished`].
    Waits,
    /// It is a later copy of a request that waits, and takes its place, so that the answer goes to the latest copy. This
    /// is what was kept for the former one: [`Engine::discard`](crate::engine::Engine::discard) it.
    Repeats(StateReference),
}

impl CommandResponder {
    /// Begins to answer a request, and does so at once where it can.
    ///
    /// The code of a managed object must not call this: a request that is started while another one is being worked at is
    /// answered with genErr.
    pub fn start(&self, now: Instant, request: IncomingRequest) -> Started {
        let asker = Asker::from(&request).at(now);
        let context = match self.admit(&asker, request.pdu.as_ref()) {
            Ok(context) => context,
            Err(reason) => return self.unanswered(reason, request),
        };
        if let Some(started) = self.repeated(now, &request) {
            self.recycle(request.pdu);
            return started;
        }
        if self.running.get().is_some() {
            return self.refused(ErrorStatus::GEN_ERR, request);
        }
        let is_set = request.pdu.kind == PduKind::SetRequest;
        let (place, serial) = self.operations.borrow_mut().next();
        let mut work = match is_set {
            true => Work::Transaction(self.spare.borrow_mut().transaction()),
            false => {
                let pdu = request.pdu.as_ref();
                let mut reading = self.reading_for(pdu, request.version, request.room);
                let mut budget = self.budget.get();
                let steps = budget.for_new(now, self.settings.get().slice);
                self.budget.set(budget);
                reading.passage.grant(steps);
                Work::Reading(reading)
            }
        };
        if is_set {
            let mut operations = self.operations.borrow_mut();
            if !operations.have_room(place, &request, Waits::Answers)
                || !operations.has_turn(context, &request)
            {
                drop(operations);
                return self.refused(ErrorStatus::RESOURCE_UNAVAILABLE, request);
            }
            if operations.has_set(context) {
                operations.line_up(Operation::new(now, serial, request, context, work));
                return Started::Waits;
            }
            let mut budget = self.budget.get();
            let has_steps = budget.spend_on_set(now, self.settings.get().slice, &request);
            self.budget.set(budget);
            if !has_steps {
                // It does not give way once it has begun, so it begins in another turn.
                operations.begin_set(context);
                let operation = Operation::new(now, serial, request, context, work);
                operations.insert(operation, Waits::Slice, None);
                return Started::Waits;
            }
        }
        let mut given = 0;
        let mut job = Job {
            place,
            serial,
            context,
            request: &request,
            work: &mut work,
            given: &mut given,
            is_overdue: false,
        };
        let outcome = self.work(now, &mut job);
        if let Work::Reading(reading) = &work {
            let mut budget = self.budget.get();
            budget.spend(reading.passage.spent());
            self.budget.set(budget);
        }
        if let Some(waits) = waits(&outcome) {
            let mut operation = Operation::new(now, serial, request, context, work);
            operation.given = given;
            let deadline = self.deadline(now, &operation, waits);
            let mut operations = self.operations.borrow_mut();
            if is_set {
                operations.begin_set(context);
            }
            operations.insert(operation, waits, deadline);
            return Started::Waits;
        }
        match self.conclude(now, request, work, outcome) {
            Ok(pdu) => Started::Answered(pdu),
            Err(reason) => Started::Unanswered(reason),
        }
    }

    /// Hands in what an object has to say under a ticket. False if nobody waits for it: it is too late, or has been handed in
    /// already. The request goes on with [`run_waiting`](Self::run_waiting).
    pub fn complete(&self, ticket: Ticket, outcome: Completion) -> bool {
        self.hand_in(Come {
            ticket,
            outcome,
            failure: None,
        })
    }

    /// Lets requests go on that can, for one slice of steps in all: once in each turn of the driver's loop, after the new
    /// requests. True if some are left that can go on.
    pub fn run_waiting(&self, now: Instant) -> bool {
        /// What a request counts for at least.
        const LEAST: u32 = 16;
        let slice = self.settings.get().slice;
        let mut left = self.budget.get().for_waiting(slice);
        while left > 0 && self.running.get().is_none() {
            let next = self.operations.borrow_mut().take_ready();
            let Some(next) = next else {
                break;
            };
            let mut out = Out::new(self, next);
            let place = out.place;
            let Some(operation) = out.operation() else {
                break;
            };
            if let Work::Reading(reading) = &mut operation.work {
                reading.passage.grant(left);
            }
            let is_overdue = operation.has_taken(now, self.settings.get().read_timeout);
            let mut job = Job {
                place,
                serial: operation.serial,
                context: operation.context,
                request: &operation.request,
                work: &mut operation.work,
                given: &mut operation.given,
                is_overdue,
            };
            let outcome = self.work(now, &mut job);
            let used = match &operation.work {
                Work::Reading(reading) => reading.passage.spent(),
                Work::Transaction(_) => steps_of_set(&operation.request),
            };
            left = left.saturating_sub(used.max(LEAST));
            if let Some(operation) = out.into_operation() {
                self.settle(now, place, operation, outcome);
            }
        }
        let mut budget = self.budget.get();
        budget.renew(now, slice);
        self.budget.set(budget);
        self.operations.borrow().has_ready()
    }

    /// When [`handle_timeout`](Self::handle_timeout) is to be called.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.operations.borrow().next_deadline()
    }

    /// Ends the waiting for what has not come by now: it has failed. The requests go on with
    /// [`run_waiting`](Self::run_waiting).
    pub fn handle_timeout(&self, now: Instant) {
        loop {
            let mut operations = self.operations.borrow_mut();
            let Some(place) = operations.pop_due(now) else {
                return;
            };
            let Some(mut operation) = operations.take(place) else {
                continue;
            };
            let context = operation.context;
            match &mut operation.work {
                Work::Reading(reading) if operation.until <= now => {
                    reading.release(context, &self.waiters);
                    drop(operations);
                    self.end(place, operation);
                    continue;
                }
                Work::Reading(reading) => {
                    reading.expire(context, &self.waiters, &self.records, now);
                }
                Work::Transaction(set) => {
                    set.expire(context, &self.waiters, &self.records, now);
                }
            }
            operations.put_back_ready(place, operation);
        }
    }

    /// An answer to a request that had to wait.
    pub fn poll_finished(&self) -> Option<Finished> {
        self.operations.borrow_mut().finished.pop_front()
    }

    /// Ends all that wait, without an answer: nothing will be sent any more. What a SET has committed is taken back; nobody
    /// waits for an object that does that later.
    pub fn abandon(&self, now: Instant) {
        let places = self.operations.borrow().places();
        for place in places {
            let Some(mut operation) = self.operations.borrow_mut().take(place) else {
                continue;
            };
            let context = operation.context;
            let request = &operation.request;
            match &mut operation.work {
                Work::Reading(reading) => reading.release(context, &self.waiters),
                Work::Transaction(set) => {
                    // Undoing may take its time, though nobody waits for that.
                    let (serial, given) = (operation.serial, operation.given);
                    let calls = Calls::new(place as u32, serial, given, self.driver());
                    let asker = Asker::of(request, now, &calls);
                    let pdu = &request.pdu;
                    set.release(context, &self.waiters);
                    _ = self.in_world(context, &asker, pdu.kind, |world| {
                        set.abandon(world, pdu.var_binds.as_ref());
                        Ok(Progress::Done)
                    });
                }
            }
            self.end(place, operation);
        }
    }

    /// Ends an operation without an answer.
    pub(super) fn end(&self, place: usize, operation: Operation) {
        let (context, is_set) = (operation.context, operation.is_set());
        let state = operation.request.state;
        self.recycle(operation.request.pdu);
        let answer = Err(Unanswered::TooLate);
        let finished = Finished { state, answer };
        let set = is_set.then_some(context);
        self.operations.borrow_mut().finish(place, set, finished);
    }

    /// What becomes of an operation that has run.
    fn settle(
        &self,
        now: Instant,
        place: usize,
        operation: Operation,
        outcome: Result<Progress, Halt>,
    ) {
        if let Some(waits) = waits(&outcome) {
            let deadline = self.deadline(now, &operation, waits);
            let mut operations = self.operations.borrow_mut();
            return operations.put_back(place, operation, waits, deadline);
        }
        let Operation {
            request,
            context,
            work,
            ..
        } = operation;
        let (state, is_set) = (request.state, work.is_set());
        let answer = self.conclude(now, request, work, outcome);
        let (set, finished) = (is_set.then_some(context), Finished { state, answer });
        self.operations.borrow_mut().finish(place, set, finished);
    }

    /// Until when what an operation waits for may come.
    fn deadline(&self, now: Instant, operation: &Operation, waits: Waits) -> Option<Instant> {
        let settings = self.settings.get();
        match (waits, &operation.work) {
            (Waits::Answers, Work::Reading(_)) => Some(later(now, settings.read_timeout)),
            (Waits::Answers, Work::Transaction(_)) => Some(later(now, settings.set_timeout)),
            (Waits::Slice | Waits::Turn | Waits::Nothing, _) => None,
        }
    }

    /// What a later copy of an earlier request leads to.
    fn repeated(&self, now: Instant, request: &IncomingRequest) -> Option<Started> {
        let mut operations = self.operations.borrow_mut();
        if !operations.is_empty()
            && let Some(former) = operations.repeated_by(request)
        {
            let state = std::mem::replace(&mut former.state, request.state);
            return Some(Started::Repeats(state));
        }
        if request.pdu.kind != PduKind::SetRequest {
            return None;
        }
        let (status, index) = self.outcomes.borrow().find(now, request)?;
        let mut pdu = Pdu::new(PduKind::Response, request.pdu.request_id, self.var_binds());
        pdu.error_status = status;
        pdu.error_index = index;
        pdu.var_binds.assign(request.pdu.var_binds.as_ref());
        Some(Started::Answered(pdu))
    }

    /// Refuses a request that may not even wait.
    fn refused(&self, status: ErrorStatus, request: IncomingRequest) -> Started {
        let failed = Err(Failure::of_all(status).into());
        let (version, room) = (request.version, request.room);
        let answer = self.respond(
            failed,
            self.var_binds(),
            request.pdu.as_ref(),
            version,
            room,
        );
        self.recycle(request.pdu);
        match answer {
            Ok(pdu) => Started::Answered(pdu),
            Err(reason) => Started::Unanswered(reason),
        }
    }

    fn unanswered(&self, reason: Unanswered, request: IncomingRequest) -> Started {
        self.recycle(request.pdu);
        Started::Unanswered(reason)
    }
}

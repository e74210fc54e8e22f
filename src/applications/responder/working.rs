//! The work at a request, at one go.

use std::time::Instant;

use super::command_responder::CommandResponder;
use super::contexts::ContextId;
use super::failure::{Failure, Halt, Unanswered};
use super::hand::Hand;
use super::operations::{Operation, Waits, Work};
use super::reading::Progress;
use super::world::World;
use crate::access::{AccessControl, AccessRequest, ViewType};
use crate::engine::IncomingRequest;
use crate::message::Version;
use crate::objects::{Asker, Calls};
use crate::pdu::{ErrorStatus, Pdu, PduKind};

impl CommandResponder {
    /// Works at a request as far as that goes now, and ends it if it would have to wait and has no room.
    pub(super) fn work(&self, now: Instant, job: &mut Job<'_>) -> Result<Progress, Halt> {
        let (context, request) = (job.context, job.request);
        let calls = Calls::new(job.place as u32, job.serial, *job.given, self.driver());
        let mut running = Running::new(self, job);
        let asker = Asker::of(request, now, &calls);
        let bindings = request.pdu.var_binds.as_ref();
        let mut outcome;
        loop {
            let work = &mut *running.work;
            outcome = self.in_world(context, &asker, request.pdu.kind, |world| match work {
                Work::Reading(reading) => reading.run(world, bindings),
                Work::Transaction(set) => set.run(world, bindings, request.room),
            });
            // What was promised for later may have come already.
            let work = &mut *running.work;
            let has_come = self.take_early(context, work);
            if !(has_come && matches!(outcome, Ok(Progress::Wait)) && !work.is_awaiting()) {
                break;
            }
        }
        running.has_returned = true;
        drop(running);
        *job.given = calls.given();
        let Work::Reading(reading) = job.work else {
            return outcome;
        };
        let place = job.place;
        if job.is_overdue && waits(&outcome).is_some() && reading.end_early() {
            outcome = Ok(Progress::Done);
        }
        let has_room = |waits| self.operations.borrow().have_room(place, request, waits);
        if let Some(waits) = waits(&outcome)
            && !has_room(waits)
        {
            outcome = reading.give_up();
        }
        if waits(&outcome).is_none() {
            reading.release(context, &self.waiters);
        }
        outcome
    }

    /// Hands over what has come while the operation ran. True if anything has.
    fn take_early(&self, context: ContextId, work: &mut Work) -> bool {
        if self.early.borrow().is_empty() {
            return false;
        }
        let early = std::mem::take(&mut *self.early.borrow_mut());
        let mut has_come = false;
        for mut come in early {
            self.record(come.blamed_on(work));
            has_come |= self.accept(context, work, come);
        }
        has_come
    }

    /// Runs with access control and what else an operation needs at hand.
    pub(super) fn in_world(
        &self,
        context: ContextId,
        asker: &Asker<'_>,
        kind: PduKind,
        run: impl FnOnce(&mut World<'_>) -> Result<Progress, Halt>,
    ) -> Result<Progress, Halt> {
        let access = self.access.borrow_mut().take();
        let Some(access) = access else {
            // A policy asks the objects that it is to judge.
            return Err(Failure::of_all(ErrorStatus::GEN_ERR).into());
        };
        let access = InUse {
            responder: self,
            access: Some(access),
        };
        let Some(policy) = access.access.as_deref() else {
            return Err(Failure::of_all(ErrorStatus::GEN_ERR).into());
        };
        let mut world = World {
            contexts: &self.contexts,
            context,
            access: policy,
            request: AccessRequest {
                security_model: asker.security_model,
                security_name: asker.security_name,
                security_level: asker.security_level,
                view_type: match kind {
                    PduKind::SetRequest => ViewType::Write,
                    _ => ViewType::Read,
                },
                context_name: asker.context_name,
            },
            asker,
            records: &self.records,
            waiters: &self.waiters,
            hand: Hand::new(&self.contexts, context),
            later: None,
            v1: asker.version == Version::V1,
        };
        run(&mut world)
    }

    /// The answer to a request that is over.
    pub(super) fn conclude(
        &self,
        now: Instant,
        request: IncomingRequest,
        work: Work,
        outcome: Result<Progress, Halt>,
    ) -> Result<Pdu, Unanswered> {
        let (pdu, version, room) = (request.pdu.as_ref(), request.version, request.room);
        match work {
            Work::Reading(reading) => {
                let answer = self.finish_reading(reading, outcome, pdu, version, room);
                self.recycle(request.pdu);
                answer
            }
            Work::Transaction(set) => {
                // Whoever may not write must not have the outcomes of others forgotten.
                let is_refused =
                    matches!(&outcome, Err(Halt::Failed(failure)) if failure.is_refusal());
                let answer = self.finish_set(set, outcome, pdu, version, room);
                let response = match &answer {
                    Ok(response) if !is_refused => response,
                    _ => {
                        self.recycle(request.pdu);
                        return answer;
                    }
                };
                let (status, index) = (response.error_status, response.error_index);
                let former = self.outcomes.borrow_mut().keep(now, request, status, index);
                if let Some(former) = former {
                    self.recycle(former.pdu);
                }
                answer
            }
        }
    }
}

/// What an operation is worked at with.
pub(super) struct Job<'j> {
    pub(super) place: usize,
    pub(super) serial: u64,
    pub(super) context: ContextId,
    pub(super) request: &'j IncomingRequest,
    pub(super) work: &'j mut Work,
    pub(super) given: &'j mut u64,
    /// Whether it has taken so long that it ends with what it has, if that is something.
    pub(super) is_overdue: bool,
}

/// What an operation waits for that has come so far.
pub(super) fn waits(outcome: &Result<Progress, Halt>) -> Option<Waits> {
    match outcome {
        Ok(Progress::Pause) => Some(Waits::Slice),
        Ok(Progress::Wait) => Some(Waits::Answers),
        Ok(Progress::Done) | Err(_) => None,
    }
}

/// That an operation runs, whatever way that ends.
struct Running<'r, 'j> {
    responder: &'r CommandResponder,
    context: ContextId,
    work: &'j mut Work,
    /// And has not been cut off by a panic of access control.
    has_returned: bool,
}

impl<'r, 'j> Running<'r, 'j> {
    fn new(responder: &'r CommandResponder, job: &'j mut Job<'_>) -> Self {
        responder.running.set(Some((job.place, job.serial)));
        Self {
            responder,
            context: job.context,
            work: job.work,
            has_returned: false,
        }
    }
}

impl Drop for Running<'_, '_> {
    fn drop(&mut self) {
        self.responder.running.set(None);
        if !self.has_returned {
            // What has come for it is for nobody else.
            drop(self.responder.early.take());
            self.work.release(self.context, &self.responder.waiters);
        }
    }
}

/// An operation that is out of its place while it is worked at. What a panic of access control leaves of it is ended.
pub(super) struct Out<'r> {
    responder: &'r CommandResponder,
    pub(super) place: usize,
    operation: Option<Operation>,
}

impl<'r> Out<'r> {
    pub(super) fn new(
        responder: &'r CommandResponder,
        (place, operation): (usize, Operation),
    ) -> Self {
        Self {
            responder,
            place,
            operation: Some(operation),
        }
    }

    pub(super) fn operation(&mut self) -> Option<&mut Operation> {
        self.operation.as_mut()
    }

    /// It has been worked at.
    pub(super) fn into_operation(mut self) -> Option<Operation> {
        self.operation.take()
    }
}

impl Drop for Out<'_> {
    fn drop(&mut self) {
        if let Some(operation) = self.operation.take() {
            self.responder.end(self.place, operation);
        }
    }
}

/// Access control while it is asked, so that another may take its place meanwhile.
struct InUse<'r> {
    responder: &'r CommandResponder,
    access: Option<Box<dyn AccessControl>>,
}

impl Drop for InUse<'_> {
    fn drop(&mut self) {
        let mut place = self.responder.access.borrow_mut();
        let replaced = match *place {
            None => {
                *place = self.access.take();
                None
            }
            Some(_) => self.access.take(),
        };
        drop(place);
        drop(replaced);
    }
}

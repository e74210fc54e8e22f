//! What objects hand in that answer later, and what is waited for.

use std::fmt;
use std::time::Instant;

use super::command_responder::CommandResponder;
use super::contexts::ContextId;
use super::operations::Work;
use crate::objects::{Completion, Ticket};
use crate::smi::ObjectIdentifier;

/// An answer that has come.
pub(super) struct Come {
    pub(super) ticket: Ticket,
    pub(super) outcome: Completion,
    /// What the log is told of it, at this time.
    pub(super) failure: Option<(Instant, String)>,
}

/// An object that has failed to answer, when, and why.
pub(super) struct Blamed {
    object: ObjectIdentifier,
    now: Instant,
    reason: String,
}

impl Come {
    /// Whose failure it is, if the log is to be told.
    pub(super) fn blamed_on(&mut self, work: &Work) -> Option<Blamed> {
        let (now, reason) = self.failure.take()?;
        let object = work.object_of(self.ticket.number())?.clone();
        Some(Blamed {
            object,
            now,
            reason,
        })
    }
}

impl CommandResponder {
    /// The same as [`complete`](Self::complete) for an object that has failed; the log is told why.
    pub(crate) fn complete_failed(
        &self,
        now: Instant,
        ticket: Ticket,
        outcome: Completion,
        reason: &dyn fmt::Display,
    ) -> bool {
        self.hand_in(Come {
            ticket,
            outcome,
            failure: Some((now, reason.to_string())),
        })
    }

    /// The same, with what the log is told of an object that has failed.
    pub(super) fn hand_in(&self, mut come: Come) -> bool {
        let (place, serial) = come.ticket.operation();
        let place = place as usize;
        if self.running.get() == Some((place, serial)) {
            self.early.borrow_mut().push(come);
            return true;
        }
        let mut operations = self.operations.borrow_mut();
        let Some(operation) = operations.get_mut(place, serial) else {
            return false;
        };
        let failed = come.blamed_on(&operation.work);
        let accepted = self.accept(operation.context, &mut operation.work, come);
        if accepted && !operation.work.is_awaiting() {
            operations.make_ready(place);
        }
        drop(operations);
        self.record(failed);
        accepted
    }

    pub(super) fn accept(&self, context: ContextId, work: &mut Work, come: Come) -> bool {
        let (number, outcome) = (come.ticket.number(), come.outcome);
        match work {
            Work::Reading(reading) => reading.accept(number, outcome, context, &self.waiters),
            Work::Transaction(set) => set.accept(number, outcome, context, &self.waiters),
        }
    }

    /// Tells the log of a failure.
    pub(super) fn record(&self, blamed: Option<Blamed>) {
        if let Some(Blamed {
            object,
            now,
            reason,
        }) = blamed
        {
            self.records.late(&object, &reason, Some(now));
        }
    }

    /// How many requests wait.
    pub fn waiting(&self) -> usize {
        self.operations.borrow().len()
    }

    /// Whether no request waits, and no answer.
    #[inline]
    pub(crate) fn is_idle(&self) -> bool {
        let operations = self.operations.borrow();
        operations.is_empty() && operations.finished.is_empty()
    }

    /// Whether requests can go on, or have been answered and not fetched yet.
    pub(crate) fn has_work(&self) -> bool {
        let operations = self.operations.borrow();
        operations.has_ready() || !operations.finished.is_empty()
    }

    /// Whether this operation, by its place and serial number, is not over.
    pub(crate) fn is_under_way(&self, (place, serial): (u32, u64)) -> bool {
        let place = place as usize;
        self.running.get() == Some((place, serial))
            || self.operations.borrow().get(place, serial).is_some()
    }

    /// Whether the answer under this ticket is waited for, by a request that does not run.
    pub(crate) fn awaits(&self, ticket: Ticket) -> bool {
        self.is_for(ticket, |_| true)
    }

    /// The same for an object that undoes its part of a SET.
    pub(crate) fn undoes(&self, ticket: Ticket) -> bool {
        self.is_for(ticket, Work::is_undoing)
    }

    fn is_for(&self, ticket: Ticket, what: impl FnOnce(&Work) -> bool) -> bool {
        let (place, serial) = ticket.operation();
        let operations = self.operations.borrow();
        let operation = operations.get(place as usize, serial);
        operation.is_some_and(|operation| {
            let work = &operation.work;
            work.object_of(ticket.number()).is_some() && what(work)
        })
    }
}

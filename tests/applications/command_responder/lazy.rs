//! Objects that answer later, at the pace of a test.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::applications::CommandResponder;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Assignments, Completion, ManagedObject, ReadError, Refused, SetError,
    SetPhase, Ticket,
};
use deferred_snmp::smi::ValueRef;
use deferred_snmp::testing::Random;

/// What has been promised, and how often a promise is made.
pub(crate) struct Pace {
    random: RefCell<Random>,
    /// One answer in so many comes at once.
    pub(crate) at_once: Cell<u64>,
    pub(crate) promised: RefCell<Vec<(Ticket, Completion)>>,
}

impl Pace {
    pub(crate) fn new(seed: u64) -> Rc<Self> {
        Rc::new(Self {
            random: RefCell::new(Random::new(seed)),
            at_once: Cell::new(2),
            promised: RefCell::default(),
        })
    }

    fn is_later(&self, asker: &Asker<'_>) -> bool {
        asker.can_wait() && self.random.borrow_mut().below(self.at_once.get()) > 0
    }

    fn promise(&self, asker: &Asker<'_>, outcome: Completion) -> Ticket {
        let ticket = asker.ticket();
        self.promised.borrow_mut().push((ticket, outcome));
        ticket
    }

    /// Keeps one of the promises. False if there is none.
    pub(crate) fn keep_one(&self, responder: &CommandResponder) -> bool {
        let mut promised = self.promised.borrow_mut();
        if promised.is_empty() {
            return false;
        }
        let place = self.random.borrow_mut().below(promised.len() as u64);
        let (ticket, outcome) = promised.swap_remove(place as usize);
        drop(promised);
        let again = outcome.clone();
        assert!(responder.complete(ticket, outcome));
        assert!(!responder.complete(ticket, again), "it is redeemed once");
        true
    }
}

/// An object that answers at once or later.
pub(crate) struct Lazy {
    pub(crate) object: Box<dyn ManagedObject>,
    pub(crate) pace: Option<Rc<Pace>>,
}

impl ManagedObject for Lazy {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match &self.pace {
            Some(pace) if pace.is_later(asker) => {
                let answer = self.object.get(asker, instance);
                let answer = answer.map(|answer| answer.as_ref().to_owned());
                Ok(Answer::Later(
                    pace.promise(asker, Completion::Value(answer)),
                ))
            }
            _ => self.object.get(asker, instance),
        }
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        match &self.pace {
            Some(pace) if pace.is_later(asker) => {
                let advance = self.object.advance(asker, instance);
                let next = (advance == Advance::Found).then(|| std::mem::take(instance));
                // What stands there says nothing.
                *instance = vec![77];
                Advance::Later(pace.promise(asker, Completion::Instance(Ok(next))))
            }
            _ => self.object.advance(asker, instance),
        }
    }

    fn check(
        &mut self,
        asker: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        self.object.check(asker, instance, value)
    }

    fn reserve(&mut self, asker: &Asker<'_>, set: Assignments<'_>) -> Result<SetPhase, Refused> {
        let done = self.object.reserve(asker, set);
        self.phase(asker, done)
    }

    fn commit(&mut self, asker: &Asker<'_>, set: Assignments<'_>) -> Result<SetPhase, Refused> {
        let done = self.object.commit(asker, set);
        self.phase(asker, done)
    }

    fn undo(&mut self, asker: &Asker<'_>, set: Assignments<'_>) -> Result<SetPhase, Refused> {
        let done = self.object.undo(asker, set);
        self.phase(asker, done)
    }

    fn cleanup(&mut self, set: Assignments<'_>) {
        self.object.cleanup(set);
    }
}

impl Lazy {
    fn phase(
        &self,
        asker: &Asker<'_>,
        done: Result<SetPhase, Refused>,
    ) -> Result<SetPhase, Refused> {
        match &self.pace {
            Some(pace) if pace.is_later(asker) => {
                let outcome = Completion::SetPhase(done.map(|_| ()));
                Ok(SetPhase::Later(pace.promise(asker, outcome)))
            }
            _ => done,
        }
    }
}

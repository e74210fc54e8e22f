//! Many Deferreds as one.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::Location;
use std::rc::{Rc, Weak};

use super::chain::{Chain, Cursor, Node, Phase, Sink, attach};
use super::deferred::Deferred;
use super::head::{Canceller, Head, Producer, Verdict};
use super::outcome::{AsInterrupt, Fault, Interrupt};
use super::release::discard;

/// The outcomes of several Deferreds, in the order given, when the last one has come.
#[derive(Debug)]
pub struct DeferredList(());

impl DeferredList {
    /// A Deferred that fires with one `Result` a member, in the order given, when all members
    /// have settled; at once if there are none.
    ///
    /// The members are consumed: their errors are in the list and nowhere else. Cancelling it
    /// cancels every member that has not settled.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::{Deferred, DeferredList, Failure};
    ///
    /// let (resolver, later) = Deferred::<u32>::pair();
    /// let members = vec![Deferred::succeed(1), Deferred::fail(Failure::message("no")), later];
    /// DeferredList::new(members).add_callback(|outcomes| {
    ///     let good = outcomes.iter().flatten().count();
    ///     assert_eq!(good, 2);
    /// });
    /// resolver.callback(3);
    /// ```
    #[expect(clippy::new_ret_no_self, reason = "a list is an ordinary Deferred")]
    #[track_caller]
    pub fn new<T, E: Fault>(
        members: impl IntoIterator<Item = Deferred<T, E>>,
    ) -> Deferred<Vec<Result<T, E>>, E> {
        gather(members, All)
    }
}

/// The values of several Deferreds, in the order given, when the last one has come; the first
/// error, with its index, as soon as there is one.
///
/// Cancelling it cancels every member that has not settled. Errors after the first are dropped.
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, Failure, gather_results};
///
/// let members: Vec<Deferred<u32>> = vec![Deferred::succeed(1), Deferred::succeed(2)];
/// gather_results(members)
///     .add_callback(|values| assert_eq!(values, [1, 2]))
///     .add_errback(|error| eprintln!("member {:?}: {error}", error.index()));
/// ```
#[track_caller]
pub fn gather_results<T, E: Fault>(
    members: impl IntoIterator<Item = Deferred<T, E>>,
) -> Deferred<Vec<T>, FirstError<E>> {
    gather(members, Values)
}

/// The error of [`gather_results`]: the first one of a member, and which member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstError<E> {
    index: Option<usize>,
    sub_failure: E,
}

impl<E> FirstError<E> {
    /// Which member failed; `None` for an error that came up later on the chain itself.
    pub fn index(&self) -> Option<usize> {
        self.index
    }

    /// What it failed with.
    pub fn sub_failure(&self) -> &E {
        &self.sub_failure
    }

    /// What it failed with: `map_err(FirstError::into_sub_failure)` continues with the error
    /// type of the members.
    pub fn into_sub_failure(self) -> E {
        self.sub_failure
    }
}

impl<E: fmt::Display> fmt::Display for FirstError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.index {
            Some(index) => write!(f, "member {index}: {}", self.sub_failure),
            None => self.sub_failure.fmt(f),
        }
    }
}

impl<E: std::error::Error + 'static> std::error::Error for FirstError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.sub_failure)
    }
}

impl<E: From<Interrupt>> From<Interrupt> for FirstError<E> {
    fn from(interrupt: Interrupt) -> Self {
        Self {
            index: None,
            sub_failure: interrupt.into(),
        }
    }
}

impl<E: AsInterrupt> AsInterrupt for FirstError<E> {
    fn interrupt(&self) -> Option<&Interrupt> {
        self.sub_failure.interrupt()
    }
}

/// When a gathering fires, and with what.
trait Mode<T, E>: 'static {
    type Ok: 'static;
    type Error: Fault;

    /// What one outcome alone decides.
    fn decided_by(
        &self,
        index: usize,
        outcome: Result<T, E>,
    ) -> Result<Result<Self::Ok, Self::Error>, Result<T, E>>;

    /// What all outcomes together come to.
    fn complete(&self, outcomes: Vec<Result<T, E>>) -> Result<Self::Ok, Self::Error>;
}

struct All;

impl<T: 'static, E: Fault> Mode<T, E> for All {
    type Ok = Vec<Result<T, E>>;
    type Error = E;

    fn decided_by(
        &self,
        _: usize,
        outcome: Result<T, E>,
    ) -> Result<Result<Self::Ok, E>, Result<T, E>> {
        Err(outcome)
    }

    fn complete(&self, outcomes: Vec<Result<T, E>>) -> Result<Self::Ok, E> {
        Ok(outcomes)
    }
}

struct Values;

impl<T: 'static, E: Fault> Mode<T, E> for Values {
    type Ok = Vec<T>;
    type Error = FirstError<E>;

    fn decided_by(
        &self,
        index: usize,
        outcome: Result<T, E>,
    ) -> Result<Result<Vec<T>, FirstError<E>>, Result<T, E>> {
        match outcome {
            Ok(value) => Err(Ok(value)),
            Err(sub_failure) => Ok(Err(FirstError {
                index: Some(index),
                sub_failure,
            })),
        }
    }

    fn complete(&self, outcomes: Vec<Result<T, E>>) -> Result<Vec<T>, FirstError<E>> {
        Ok(outcomes.into_iter().flatten().collect())
    }
}

/// Cancels the members of a gathering, in order; members know what to do with the list.
struct Members(Rc<RefCell<Vec<Weak<dyn Chain>>>>);

impl<T, E> Canceller<T, E> for Members {
    fn cancel(self) -> Verdict<T, E, Self> {
        let members = self.0.borrow().clone();
        Verdict::Members(members, self)
    }
}

type ListHead<T, E> = Rc<dyn Producer<T, E>>;

struct Gathering<T, E, M: Mode<T, E>> {
    mode: M,
    outcomes: RefCell<Vec<Option<Result<T, E>>>>,
    missing: Cell<usize>,
    head: Cell<Option<ListHead<M::Ok, M::Error>>>,
}

impl<T: 'static, E: Fault, M: Mode<T, E>> Gathering<T, E, M> {
    /// Takes the outcome of a member; fires, and turns to the gathering's own chain, if that
    /// decides it.
    fn note(
        &self,
        index: usize,
        outcome: Result<T, E>,
        cursor: &mut Cursor,
    ) -> Option<Rc<dyn Node>> {
        let Some(head) = self.head.take() else {
            // It has fired: what comes now changes nothing.
            discard(outcome);
            return None;
        };
        let result = match self.mode.decided_by(index, outcome) {
            Ok(decision) => decision,
            Err(outcome) => {
                self.outcomes.borrow_mut()[index] = Some(outcome);
                self.missing.set(self.missing.get() - 1);
                if self.missing.get() > 0 {
                    self.head.set(Some(head));
                    return None;
                }
                let outcomes = self.outcomes.take();
                self.mode.complete(outcomes.into_iter().flatten().collect())
            }
        };
        discard(self.outcomes.take());
        cursor.detour(head.clone(), None);
        head.settle(Phase::Fired, result, cursor)
    }
}

/// The stage that a gathering puts on a member.
struct Entry<T, E, M: Mode<T, E>> {
    gathering: Rc<Gathering<T, E, M>>,
    index: usize,
    input: Cell<Option<Result<T, E>>>,
}

impl<T: 'static, E: Fault, M: Mode<T, E>> Node for Entry<T, E, M> {
    fn run(self: Rc<Self>, cursor: &mut Cursor) -> Option<Rc<dyn Node>> {
        let outcome = self.input.take()?;
        self.gathering.note(self.index, outcome, cursor)
    }
}

impl<T: 'static, E: Fault, M: Mode<T, E>> Sink<T, E> for Entry<T, E, M> {
    fn put(&self, input: Result<T, E>) {
        self.input.set(Some(input));
    }
}

#[track_caller]
fn gather<T: 'static, E: Fault, M: Mode<T, E>>(
    members: impl IntoIterator<Item = Deferred<T, E>>,
    mode: M,
) -> Deferred<M::Ok, M::Error> {
    let origin = Location::caller();
    let members: Vec<_> = members.into_iter().collect();
    if members.is_empty() {
        return Deferred::settled(mode.complete(Vec::new()));
    }
    let chains = Rc::new(RefCell::new(Vec::with_capacity(members.len())));
    let head = Rc::new(Head::new(Some(Members(chains.clone())), origin));
    let gathering = Rc::new(Gathering {
        mode,
        outcomes: RefCell::new(members.iter().map(|_| None).collect()),
        missing: Cell::new(members.len()),
        head: Cell::new(Some(head.clone() as ListHead<_, _>)),
    });
    let gathered = Deferred::from_head(&head);
    let mut cursor = Cursor::new(head);
    for (index, member) in members.into_iter().enumerate() {
        match member.into_ready() {
            Ok(outcome) => {
                let next = gathering.note(index, outcome, &mut cursor);
                debug_assert!(next.is_none(), "no stage was added yet");
            }
            Err((source, chain)) => {
                chains.borrow_mut().push(Rc::downgrade(&chain));
                let entry = Entry {
                    gathering: gathering.clone(),
                    index,
                    input: Cell::new(None),
                };
                attach(source, chain, Rc::new(entry));
            }
        }
    }
    gathered
}

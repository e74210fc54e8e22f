//! Everything below a name, answered by coroutines.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::future::IntoFuture;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use crate::deferred::{Deferred, Failure, gather_results};
use crate::names::BaseType;
use crate::objects::{
    Advance, Answer, Asker, Assignments, ManagedObject, ReadError, Refused, SetError, SetPhase,
    same_type,
};
use crate::reactor::Handle;
use crate::smi::{ObjectIdentifier, Value, ValueRef};

use super::ask::{Ask, AskKind, Reply};
use super::later::{Blamed, settled};
use super::served::Served;

/// How many values are kept that came with the name of their instance. One object owes as many answers at most.
const MAX_KEPT: usize = 64;

/// A managed object that answers for everything below its name by a closure: an `async` one, or one that returns a
/// [`Deferred`]. It is called with an [`Ask`] for each variable, and gives a [`Reply`]. Other requests, and other
/// variables of the same one, are served meanwhile.
///
/// It can be read; [`Handler::writable`] has SET change it, too. What may go wrong is that of [`Asker::later`]: a [`Failure`] that
/// holds a [`ReadError`] or a [`SetError`] is told the manager, any other error is genErr and leaves a record in the log, as do a
/// panic and an answer that does not come in time, which is cancelled.
///
/// It owes 64 answers at most; a GET of more of its variables is genErr. GETNEXT and GETBULK ask for [`AskKind::Next`]. A handler that gives the value along with the name is asked once for each
/// variable, else twice.
///
/// The coroutine runs on the reactor of the engine that asks. Where there is none, as for a
/// [`MibTree`](crate::objects::MibTree) that is not served, what has to be waited for cannot be read.
///
/// # Examples
///
/// What a program would write that serves a hash of a database, with a map in place of that:
///
/// ```
/// use std::cell::RefCell;
/// use std::collections::BTreeMap;
/// use std::ops::Bound::{Excluded, Unbounded};
/// use std::rc::Rc;
/// use std::time::Duration;
///
/// use deferred_snmp::hlapi::{AskKind, Reply, Value, handler};
/// use deferred_snmp::objects::MibTree;
/// use deferred_snmp::oid;
/// use deferred_snmp::task::sleep;
/// # use deferred_snmp::reactor::Reactor;
/// # let reactor = Reactor::new()?.handle();
///
/// let hash: Rc<RefCell<BTreeMap<Vec<u32>, Value>>> = Rc::default();
/// hash.borrow_mut().insert(vec![1, 7], Value::Integer(21));
///
/// let store = handler(move |ask| {
///     let (hash, reactor) = (Rc::clone(&hash), reactor.clone());
///     async move {
///         // The way to the database and back.
///         sleep(&reactor, Duration::from_millis(5)).await?;
///         let mut hash = hash.borrow_mut();
///         Ok(match ask.kind {
///             AskKind::Get => hash.get(&ask.instance).cloned().into(),
///             AskKind::Next => {
///                 let next = hash.range((Excluded(ask.instance), Unbounded)).next();
///                 next.map(|(name, value)| (name.clone(), value.clone())).into()
///             }
///             AskKind::Check(_) => Reply::Done,
///             AskKind::Set(Some(value)) => {
///                 hash.insert(ask.instance, value);
///                 Reply::Done
///             }
///             AskKind::Set(None) => {
///                 hash.remove(&ask.instance);
///                 Reply::Done
///             }
///         })
///     }
/// });
/// let mut tree = MibTree::new();
/// tree.register(oid!(1.3.6.1.4.1.99.3), store.writable())?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// One that only reads, and returns a Deferred:
///
/// ```
/// use deferred_snmp::deferred::{Deferred, Failure};
/// use deferred_snmp::hlapi::{AskKind, Reply, handler};
///
/// fn square(index: u32) -> Deferred<u32> {
///     Deferred::succeed(index * index)
/// }
///
/// let squares = handler(|ask| match (ask.kind, &ask.instance[..]) {
///     (AskKind::Get, &[index @ 1..=9]) => square(index).map(|it| Reply::Value((it as i32).into())),
///     (AskKind::Next, []) => Deferred::succeed(Reply::Next(vec![1], None)),
///     (AskKind::Next, &[index @ 0..=8, ..]) => Deferred::succeed(Reply::Next(vec![index + 1], None)),
///     _ => Deferred::succeed(Reply::None),
/// });
/// # drop(squares);
/// ```
pub fn handler<F, R>(mut answer: F) -> Handler
where
    F: FnMut(Ask) -> R + 'static,
    R: IntoFuture<Output = Result<Reply, Failure>, IntoFuture: 'static>,
{
    let answer = move |ask| Box::pin(answer(ask).into_future()) as Answering;
    Handler {
        name: None,
        answer: Rc::new(RefCell::new(answer)),
        is_writable: false,
        reactor: None,
        kept: Rc::default(),
        formers: Rc::default(),
    }
}

type Answering = Pin<Box<dyn Future<Output = Result<Reply, Failure>>>>;
type Answerer = Rc<RefCell<dyn FnMut(Ask) -> Answering>>;

/// What [`handler`] makes of a closure.
pub struct Handler {
    name: Option<ObjectIdentifier>,
    answer: Answerer,
    is_writable: bool,
    /// Of the engine that has asked first: a SET is taken back while that ends.
    reactor: Option<Handle>,
    /// Values that came with the names of their instances, for the operations that ask for them next.
    kept: Rc<RefCell<VecDeque<Kept>>>,
    /// The values that the SET under way replaces, in the order of its assignments.
    formers: Rc<RefCell<Vec<Option<Value>>>>,
}

struct Kept {
    operation: (u32, u64),
    instance: Vec<u32>,
    value: Value,
}

impl Handler {
    /// Has SET change what is below the name: the closure is asked to [check](AskKind::Check) and to [set](AskKind::Set) values.
    ///
    /// A SET asks it to check each value, and for the values that are there now, all side by side. One of another type than
    /// the value that is there is wrongType, as is what is no value of an object, such as NULL. Then it is asked to set the values, one after the other. If that fails, or
    /// another object of the same SET does, it is asked to set the former ones, last first, and to remove those that
    /// there were none of. An error of [`AskKind::Check`] has a name for the manager; one of [`AskKind::Set`], which must
    /// have changed nothing, is commitFailed.
    #[must_use]
    pub fn writable(mut self) -> Self {
        self.is_writable = true;
        self
    }

    /// What the closure is asked. `None` while the handler is not registered.
    fn ask_of(&self, asker: &Asker<'_>, kind: AskKind, instance: &[u32]) -> Option<Ask> {
        let name = self.name.as_ref()?.extend(instance.iter().copied());
        Some(Ask::of(asker, kind, name.ok()?, instance))
    }

    /// Asks the closure.
    fn ask(&mut self, asker: &Asker<'_>, kind: AskKind, instance: &[u32]) -> Deferred<Reply> {
        let Some(ask) = self.ask_of(asker, kind, instance) else {
            return Deferred::fail(Failure::message(
                "it is not registered, or the name of the variable is too long",
            ));
        };
        match call(&self.answer, ask) {
            Ok(answering) => self.run(asker, answering),
            Err(failure) => Deferred::fail(failure),
        }
    }

    /// Runs a coroutine on the reactor of whoever asks; without one, as far as it goes at once.
    fn run<T: 'static>(
        &mut self,
        asker: &Asker<'_>,
        coroutine: impl Future<Output = Result<T, Failure>> + 'static,
    ) -> Deferred<T> {
        if self.reactor.is_none() {
            let session = Served::that_asks(asker).and_then(|served| served.session());
            self.reactor = session.map(|session| session.handle().clone());
        }
        if let Some(reactor) = &self.reactor {
            return reactor.spawn(coroutine);
        }
        let mut coroutine = std::pin::pin!(coroutine);
        let mut context = Context::from_waker(Waker::noop());
        match coroutine.as_mut().poll(&mut context) {
            Poll::Ready(Ok(value)) => Deferred::succeed(value),
            Poll::Ready(Err(failure)) => Deferred::fail(failure),
            Poll::Pending => Deferred::fail(Failure::message("nobody can wait for it")),
        }
    }

    /// The value that came with the name of this instance, for the operation that asks now.
    fn take_kept(&self, asker: &Asker<'_>, instance: &[u32]) -> Option<Value> {
        let operation = asker.operation()?;
        let mut kept = self.kept.borrow_mut();
        let is_it = |it: &Kept| it.operation == operation && it.instance == instance;
        let place = kept.iter().position(is_it)?;
        kept.remove(place).map(|it| it.value)
    }

    /// What the closure is asked to set by these assignments.
    fn sets(&self, asker: &Asker<'_>, assignments: Assignments<'_>) -> Option<Vec<Ask>> {
        let asks = assignments.iter().map(|it| {
            let kind = AskKind::Set(Some(it.value.to_owned()));
            self.ask_of(asker, kind, it.instance)
        });
        let asks: Vec<Ask> = asks.collect::<Option<_>>()?;
        (asks.len() == self.formers.borrow().len()).then_some(asks)
    }
}

/// Calls the closure.
fn call(answer: &Answerer, ask: Ask) -> Result<Answering, Failure> {
    match answer.try_borrow_mut() {
        Ok(mut answer) => Ok(answer(ask)),
        Err(_) => Err(Failure::message("it is asked by its own closure")),
    }
}

async fn set(answer: &Answerer, ask: Ask) -> Result<(), Failure> {
    done(call(answer, ask)?.await?)
}

/// Sets the former values of these, last first. The first failure comes back in the end.
async fn take_back(
    answer: &Answerer,
    sets: &[Ask],
    formers: &RefCell<Vec<Option<Value>>>,
) -> Result<(), Failure> {
    let mut outcome = Ok(());
    for (place, ask) in sets.iter().enumerate().rev() {
        let former = formers.borrow().get(place).cloned().flatten();
        let kind = AskKind::Set(former);
        let taken_back = set(
            answer,
            Ask {
                kind,
                ..ask.clone()
            },
        )
        .await;
        outcome = outcome.and(taken_back);
    }
    outcome
}

fn unfit(reply: &Reply) -> Failure {
    // The log is told no values.
    let kind = match reply {
        Reply::Value(_) => "Value",
        Reply::Next(..) => "Next",
        Reply::None => "None",
        Reply::Done => "Done",
    };
    Failure::message(format!("{kind} is no reply to what it was asked"))
}

fn value_of(reply: Reply) -> Result<Option<Value>, Failure> {
    match reply {
        Reply::Value(value) => Ok(Some(value)),
        Reply::None => Ok(None),
        Reply::Next(..) | Reply::Done => Err(unfit(&reply)),
    }
}

fn done(reply: Reply) -> Result<(), Failure> {
    match reply {
        Reply::Done => Ok(()),
        Reply::Value(_) | Reply::Next(..) | Reply::None => Err(unfit(&reply)),
    }
}

/// The value that a SET replaces by `value`, unless they do not go together.
fn former_of(
    reply: Result<Option<Value>, Failure>,
    value: &Value,
) -> Result<Option<Value>, Failure> {
    let former = match reply {
        Ok(former) => former,
        Err(failure) => match failure.find::<ReadError>() {
            Some(ReadError::NoSuchObject | ReadError::NoSuchInstance) => None,
            Some(ReadError::Failed) | None => return Err(failure),
        },
    };
    if let Some(former) = &former {
        same_type(former.as_ref(), value.as_ref())?;
    }
    Ok(former)
}

/// The same failure, which blames this assignment.
fn blamed(failure: Failure, assignment: usize) -> Failure {
    match failure.find::<SetError>().copied() {
        Some(error) => Refused { error, assignment }.into(),
        None => {
            let reason = failure.to_string();
            Blamed { assignment, reason }.into()
        }
    }
}

impl ManagedObject for Handler {
    fn registered_at(&mut self, name: &ObjectIdentifier) {
        self.name = Some(name.clone());
    }

    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        if instance.is_empty() {
            return Err(ReadError::NoSuchInstance);
        }
        if let Some(value) = self.take_kept(asker, instance) {
            return Ok(Answer::Owned(value));
        }
        let reply = self.ask(asker, AskKind::Get, instance);
        Ok(asker.later(reply.add_callback(value_of)))
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let reply = self.ask(asker, AskKind::Next, instance);
        let (kept, operation) = (Rc::clone(&self.kept), asker.operation());
        let next = reply.add_callback(move |reply| match reply {
            Reply::Next(instance, value) => {
                if let (Some(value), Some(operation)) = (value, operation) {
                    let mut kept = kept.borrow_mut();
                    kept.truncate(MAX_KEPT - 1);
                    kept.push_front(Kept {
                        operation,
                        instance: instance.clone(),
                        value,
                    });
                }
                Ok(Some(instance))
            }
            Reply::None => Ok(None),
            Reply::Value(_) | Reply::Done => Err(unfit(&reply)),
        });
        match settled(next) {
            Ok(Ok(Some(next))) => {
                *instance = next;
                Advance::Found
            }
            Ok(Ok(None)) => Advance::End,
            Ok(Err(failure)) => asker.advance_later(Deferred::fail(failure)),
            Err(next) => asker.advance_later(next),
        }
    }

    fn check(
        &mut self,
        _: &Asker<'_>,
        instance: &[u32],
        value: ValueRef<'_>,
    ) -> Result<(), SetError> {
        if !self.is_writable || instance.is_empty() {
            return Err(SetError::NotWritable);
        }
        // What could not be read again is not kept for a closure that takes anything.
        BaseType::of(value).map(drop).ok_or(SetError::WrongType)
    }

    fn reserve(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        let formers = Rc::new(RefCell::new(Vec::new()));
        self.formers = Rc::clone(&formers);
        let mut all = Vec::new();
        for (place, it) in assignments.iter().enumerate() {
            let value = it.value.to_owned();
            let checked = self.ask(asker, AskKind::Check(value.clone()), it.instance);
            let former = self.ask(asker, AskKind::Get, it.instance);
            let former = former.add_callback(value_of);
            // Its error is looked at when the value has been checked.
            let former: Deferred<_> = former.add_both(move |former| Ok(former_of(former, &value)));
            let one = checked
                .add_callback(done)
                .add_callback(move |()| former)
                .add_callback(|former| former);
            all.push(one.map_err(move |failure| blamed(failure, place)));
        }
        let all = gather_results(all).map(move |all| drop(formers.replace(all)));
        Ok(asker.phase_later(all))
    }

    fn commit(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        let sets = self.sets(asker, assignments).ok_or(SetError::GenErr)?;
        let (answer, formers) = (Rc::clone(&self.answer), Rc::clone(&self.formers));
        let committed = self.run(asker, async move {
            for (place, ask) in sets.iter().enumerate() {
                let Err(failure) = set(&answer, ask.clone()).await else {
                    continue;
                };
                let failure = match take_back(&answer, &sets[..place], &formers).await {
                    Ok(()) => failure,
                    Err(other) => Failure::message(format!(
                        "{failure}, and former values are not set again: {other}"
                    )),
                };
                return Err(blamed(failure, place));
            }
            Ok(())
        });
        Ok(asker.phase_later(committed))
    }

    fn undo(
        &mut self,
        asker: &Asker<'_>,
        assignments: Assignments<'_>,
    ) -> Result<SetPhase, Refused> {
        let sets = self.sets(asker, assignments).ok_or(SetError::GenErr)?;
        let (answer, formers) = (Rc::clone(&self.answer), Rc::clone(&self.formers));
        let undone = self.run(
            asker,
            async move { take_back(&answer, &sets, &formers).await },
        );
        Ok(asker.phase_later(undone))
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        // What is still at work keeps its own.
        self.formers = Rc::default();
    }
}

impl fmt::Debug for Handler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handler")
            .field("name", &self.name)
            .field("is_writable", &self.is_writable)
            .finish_non_exhaustive()
    }
}

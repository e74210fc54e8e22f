//! Answers of managed objects that come by a Deferred.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::deferred::{Deferred, Failure, Fault, Interrupt};
use crate::objects::{
    Advance, Answer, Asker, Column, Completion, Computed, LaterValue, ReadError, Refused, Scalar,
    SetError, SetPhase, Setter, Ticket,
};
use crate::smi::{Value, ValueRef};

use super::served::Served;

/// What comes of a Deferred, and what the log is told of it.
type Told = (Completion, Option<String>);

impl Asker<'_> {
    /// The answer of [`ManagedObject::get`](crate::objects::ManagedObject::get) is what `deferred` fires with. Other requests,
    /// and the other variables of this one, are served meanwhile.
    ///
    /// # Errors
    ///
    /// A [`Failure`] that holds a [`ReadError`] says why there is no value. Any other error is genErr for this variable, with a
    /// record in the log: also a panic, a Deferred that is dropped or cancelled, and one that takes longer than
    /// [`set_read_timeout`](crate::applications::CommandResponder::set_read_timeout) says, which is cancelled.
    ///
    /// Where [nobody can wait](Self::can_wait), a Deferred that has not fired yet is genErr, too.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use deferred_snmp::objects::{Advance, Answer, Asker, ManagedObject, ReadError};
    /// use deferred_snmp::reactor::Handle;
    /// use deferred_snmp::task::sleep;
    ///
    /// /// The square of its index, after as many seconds.
    /// struct Squares(Handle);
    ///
    /// impl ManagedObject for Squares {
    ///     fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
    ///         let [index @ 1..=3] = *instance else {
    ///             return Err(ReadError::NoSuchInstance);
    ///         };
    ///         let square = sleep(&self.0, Duration::from_secs(index.into()));
    ///         Ok(asker.later(square.map(move |()| (index * index) as i32)))
    ///     }
    ///
    ///     fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
    ///         let next = instance.first().map_or(1, |index| index.saturating_add(1));
    ///         *instance = vec![next];
    ///         Advance::from(next <= 3)
    ///     }
    /// }
    /// ```
    pub fn later<V: Computed + 'static, E: Fault>(
        &self,
        deferred: Deferred<V, E>,
    ) -> Answer<'static> {
        let deferred = match settled(deferred) {
            Ok(Ok(value)) => match value.into_result() {
                Ok(value) => return Answer::Owned(value),
                Err(ReadError::NoSuchObject) => return Answer::Owned(Value::NoSuchObject),
                Err(ReadError::NoSuchInstance) => return Answer::Owned(Value::NoSuchInstance),
                Err(ReadError::Failed) => return Answer::Later(failed(self)),
            },
            Ok(Err(error)) => Deferred::fail(error),
            Err(deferred) => deferred,
        };
        Answer::Later(wait(self, deferred, |result| {
            let (value, reason) = value_of(result);
            (Completion::Value(value), reason)
        }))
    }

    /// The answer of [`ManagedObject::advance`](crate::objects::ManagedObject::advance) is what `deferred` fires with: the name of
    /// the next instance below the object, or `None` when there is none. See [`later`](Self::later).
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::Deferred;
    /// use deferred_snmp::objects::{Advance, Asker};
    ///
    /// // What a database would be asked.
    /// fn first_behind(instance: &[u32]) -> Deferred<Option<Vec<u32>>> {
    ///     Deferred::succeed(instance.is_empty().then(|| vec![1]))
    /// }
    ///
    /// fn advance(asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
    ///     asker.advance_later(first_behind(instance))
    /// }
    /// ```
    pub fn advance_later<E: Fault>(&self, deferred: Deferred<Option<Vec<u32>>, E>) -> Advance {
        Advance::Later(wait(self, deferred, |result| match result {
            Ok(next) => (Completion::Instance(Ok(next)), None),
            Err(error) => {
                let (error, reason) = read_error(&error);
                (Completion::Instance(Err(error)), reason)
            }
        }))
    }

    /// A phase of a SET ends when `deferred` fires, for [`reserve`](crate::objects::ManagedObject::reserve),
    /// [`commit`](crate::objects::ManagedObject::commit) and [`undo`](crate::objects::ManagedObject::undo).
    ///
    /// # Errors
    ///
    /// A [`Failure`] that holds a [`SetError`] or a [`Refused`] says why the phase could not be carried out. Any other error
    /// counts as genErr, with a record in the log; so does a Deferred that takes longer than
    /// [`set_set_timeout`](crate::applications::CommandResponder::set_set_timeout) says, which is cancelled. What the manager
    /// is told of it depends on the phase (RFC 3416 section 4.2.5): of `reserve` the error itself, of `commit`
    /// commitFailed, of `undo` undoFailed. So what has a name for the manager belongs in `reserve`.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::{Deferred, Failure};
    /// use deferred_snmp::objects::{Asker, Assignments, SetPhase, Refused, SetError};
    /// use deferred_snmp::reactor::Handle;
    /// use deferred_snmp::smi::ValueRef;
    ///
    /// # use std::time::Duration;
    /// # use deferred_snmp::task::sleep;
    /// /// Asks a device how much is left.
    /// fn left(reactor: &Handle) -> Deferred<i32> {
    ///     sleep(reactor, Duration::from_millis(300)).map(|()| 9)
    /// }
    ///
    /// fn reserve(reactor: &Handle, asker: &Asker<'_>, assignments: Assignments<'_>) -> Result<SetPhase, Refused> {
    ///     let Some(ValueRef::Integer(level)) = assignments.get(0).map(|it| it.value) else {
    ///         return Err(SetError::WrongType.into());
    ///     };
    ///     Ok(asker.phase_later(left(reactor).add_callback(move |left| match level <= left {
    ///         true => Ok(()),
    ///         false => Err(Failure::from(SetError::ResourceUnavailable)),
    ///     })))
    /// }
    /// ```
    pub fn phase_later<E: Fault>(&self, deferred: Deferred<(), E>) -> SetPhase {
        let deferred = match settled(deferred) {
            Ok(Ok(())) => return SetPhase::Done,
            Ok(Err(error)) => Deferred::fail(error),
            Err(deferred) => deferred,
        };
        SetPhase::Later(wait(self, deferred, phase_of))
    }
}

impl Scalar {
    /// A value that a Deferred fires with; `getter` is called for every request. See [`Asker::later`] for what may go wrong.
    ///
    /// An `async` block becomes a Deferred by [`Handle::inline_callbacks`](crate::reactor::Handle::inline_callbacks).
    /// `examples/agent_answers_later.rs` is a whole program.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use deferred_snmp::deferred::Deferred;
    /// use deferred_snmp::objects::Scalar;
    /// use deferred_snmp::reactor::Handle;
    /// use deferred_snmp::task::sleep;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// fn measure(reactor: &Handle) -> Deferred<i32> {
    ///     sleep(reactor, Duration::from_millis(300)).map(|()| 21)
    /// }
    ///
    /// # let handle = Reactor::new()?.handle();
    /// let reactor = handle.clone();
    /// let temperature = Scalar::later(move |_| measure(&reactor));
    /// // The same in two readings, by a coroutine.
    /// let mean = Scalar::later(move |_| {
    ///     let reactor = handle.clone();
    ///     handle.inline_callbacks(async move {
    ///         Ok((measure(&reactor).await? + measure(&reactor).await?) / 2)
    ///     })
    /// });
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn later<V: Computed + 'static, E: Fault>(
        getter: impl FnMut(&Asker<'_>) -> Deferred<V, E> + 'static,
    ) -> Self {
        Self::from_later(ByDeferred {
            getter,
            kept: Rc::default(),
        })
    }

    /// Hands the value of a SET to `setter`; it is set when the Deferred fires. See [`Asker::phase_later`] for what may go
    /// wrong.
    ///
    /// It is called again with the former value when the SET is undone. One that comes [later](Self::later) is read for that
    /// before anything is set, and where it cannot be read the SET gets genErr.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use deferred_snmp::objects::Scalar;
    /// use deferred_snmp::task::sleep;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?.handle();
    /// let mode = Scalar::variable(1).writable_later(move |mode, _asker| {
    ///     let done = sleep(&reactor, Duration::from_millis(300));
    ///     done.map(move |()| println!("the device is in mode {mode}"))
    /// });
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn writable_later<E: Fault>(
        self,
        setter: impl FnMut(Value, &Asker<'_>) -> Deferred<(), E> + 'static,
    ) -> Self {
        self.set_by(SetByDeferred {
            setter,
            has_set: Rc::default(),
        })
    }
}

impl Column {
    /// Has the cells come from a Deferred; `getter` is called with the index of an existing row. The column cannot be set
    /// then. See [`Asker::later`] for what may go wrong.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::Deferred;
    /// use deferred_snmp::objects::{Column, Table};
    /// use deferred_snmp::smi::Gauge32;
    ///
    /// // What the line card would be asked.
    /// fn speed(_card: u32) -> Deferred<Gauge32> {
    ///     Deferred::succeed(Gauge32(1_000_000_000))
    /// }
    ///
    /// let mut cards = Table::new([Column::new(2), Column::new(5).later(|_, index| speed(index[0]))]);
    /// cards.insert(&[7], [(2, "line card 7")]);
    /// ```
    #[must_use]
    pub fn later<V: Computed + 'static, E: Fault>(
        self,
        mut getter: impl FnMut(&Asker<'_>, &[u32]) -> Deferred<V, E> + 'static,
    ) -> Self {
        self.answered_by(move |asker, index| Ok(asker.later(getter(asker, index))))
    }
}

/// A value by a Deferred.
struct ByDeferred<G> {
    getter: G,
    kept: Rc<RefCell<Option<Value>>>,
}

impl<G, V, E> LaterValue for ByDeferred<G>
where
    G: FnMut(&Asker<'_>) -> Deferred<V, E>,
    V: Computed + 'static,
    E: Fault,
{
    fn read(&mut self, asker: &Asker<'_>) -> Answer<'static> {
        asker.later((self.getter)(asker))
    }

    fn keep(&mut self, asker: &Asker<'_>) -> SetPhase {
        let kept = Rc::clone(&self.kept);
        SetPhase::Later(wait(asker, (self.getter)(asker), move |result| {
            let (value, reason) = value_of(result);
            let value = match value {
                Ok(value) => value,
                Err(ReadError::NoSuchObject | ReadError::NoSuchInstance) => Value::NoSuchInstance,
                Err(ReadError::Failed) => {
                    return (Completion::SetPhase(Err(SetError::GenErr.into())), reason);
                }
            };
            let former = kept.replace(Some(value));
            drop(former);
            (Completion::SetPhase(Ok(())), None)
        }))
    }

    fn kept(&mut self) -> Option<Value> {
        self.kept.take()
    }
}

/// A setter by a Deferred.
struct SetByDeferred<S> {
    setter: S,
    /// Of the latest value.
    has_set: Rc<Cell<bool>>,
}

impl<S, E> Setter for SetByDeferred<S>
where
    S: FnMut(Value, &Asker<'_>) -> Deferred<(), E>,
    E: Fault,
{
    fn set(&mut self, asker: &Asker<'_>, value: ValueRef<'_>) -> Result<SetPhase, SetError> {
        let has_set = Rc::new(Cell::new(false));
        self.has_set = Rc::clone(&has_set);
        let done = (self.setter)(value.to_owned(), asker);
        Ok(asker.phase_later(done.add_callback(move |()| has_set.set(true))))
    }

    fn has_set(&self) -> bool {
        self.has_set.get()
    }
}

/// The result of a Deferred that has one already.
pub(super) fn settled<T: 'static, E: Fault>(
    deferred: Deferred<T, E>,
) -> Result<Result<T, E>, Deferred<T, E>> {
    if !deferred.is_settled() {
        return Err(deferred);
    }
    let result = Rc::new(RefCell::new(None));
    let slot = Rc::clone(&result);
    deferred.add_both(move |result| _ = slot.replace(Some(result)));
    let result = result.take();
    Ok(result.unwrap_or_else(|| Err(Interrupt::Abandoned.into())))
}

/// Has the request wait for a Deferred.
pub(super) fn wait<T: 'static, E: Fault>(
    asker: &Asker<'_>,
    deferred: Deferred<T, E>,
    tell: impl FnOnce(Result<T, E>) -> Told + 'static,
) -> Ticket {
    let ticket = asker.ticket();
    match Served::that_asks(asker) {
        Some(served) => served.wait(ticket, deferred, tell),
        None => {
            deferred.cancel();
            // Its object is told of in the log.
            deferred.add_both(|_| ());
        }
    }
    ticket
}

/// A ticket for what has failed.
fn failed(asker: &Asker<'_>) -> Ticket {
    let ticket = asker.ticket();
    if let Some(served) = Served::that_asks(asker) {
        served.complete(ticket, Completion::Value(Err(ReadError::Failed)), None);
    }
    ticket
}

fn value_of<V: Computed, E: Fault>(
    result: Result<V, E>,
) -> (Result<Value, ReadError>, Option<String>) {
    match result {
        Ok(value) => (value.into_result(), None),
        Err(error) => {
            let (error, reason) = read_error(&error);
            (Err(error), reason)
        }
    }
}

fn read_error<E: Fault>(error: &E) -> (ReadError, Option<String>) {
    match inside(error) {
        Some(error) => (error, None),
        None => (ReadError::Failed, Some(error.to_string())),
    }
}

fn phase_of<E: Fault>(result: Result<(), E>) -> Told {
    let Err(error) = result else {
        return (Completion::SetPhase(Ok(())), None);
    };
    let refused = inside::<Refused, E>(&error);
    let refused = refused.or_else(|| inside::<SetError, E>(&error).map(Refused::from));
    match refused {
        Some(refused) => (Completion::SetPhase(Err(refused)), None),
        None => {
            let blamed: Option<&Blamed> = failure(&error).and_then(Failure::find);
            let refused = Refused {
                error: SetError::GenErr,
                assignment: blamed.map_or(0, |blamed| blamed.assignment),
            };
            (Completion::SetPhase(Err(refused)), Some(error.to_string()))
        }
    }
}

/// What the manager is not told has failed at one of several assignments.
#[derive(Debug)]
pub(super) struct Blamed {
    pub(super) assignment: usize,
    pub(super) reason: String,
}

impl fmt::Display for Blamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Blamed {}

/// What a failure holds.
fn inside<X: std::error::Error + Copy + 'static, E: Fault>(error: &E) -> Option<X> {
    failure(error)?.find().copied()
}

fn failure<E: Fault>(error: &E) -> Option<&Failure> {
    (error as &dyn Any).downcast_ref()
}

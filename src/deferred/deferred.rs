//! The handle on the end of a chain.

use std::cell::OnceCell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::rc::Rc;

use super::cancel::{CancelHandle, PauseGuard, cancel};
use super::chain::{Chain, Control, Cursor, Phase, Port, Source, Tail, drive};
use super::failure::Failure;
use super::head::{Call, Canceller, Head, NoCanceller};
use super::outcome::{Fault, IntoOutcome};
use super::release::release;
use super::report;
use super::resolver::Resolver;
use super::stage::{Body, Map, MapErr, OnBoth, OnCallback, OnEither, OnErrback, Stage, Then};

/// A result that is there now or comes later, and the end of the chain of stages that it will
/// run through.
///
/// Stages run in the order added, each at most once, each with the result of the one before it.
/// A stage that returns an error puts the chain on the failure track, where only errbacks run; an
/// errback that returns a success puts it back. A stage that returns another Deferred makes the
/// chain wait for it. When the result is there, stages run inside the call that fires, and a
/// stage added later runs before `add_*` returns.
///
/// Dropping a Deferred does not cancel: the work goes on, and only an error at the end of the
/// chain is reported (see [`set_reporter`](super::set_reporter)).
///
/// A stage costs one allocation on a pending chain and none on a settled one. Stack use does not
/// depend on the number of stages or of Deferreds that wait on each other.
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, Failure};
///
/// let (resolver, answer) = Deferred::<u32>::pair();
/// answer
///     .add_callback(|n| {
///         assert_eq!(n, 41);
///         Ok(n + 1)
///     })
///     .add_callback(|n| println!("got {n}"))
///     .add_errback(|error| eprintln!("failed: {error}"));
/// resolver.callback(41);
/// ```
pub struct Deferred<T: 'static, E: Fault = Failure> {
    state: State<T, E>,
    /// Always there on a pending chain; on a settled one only if somebody asked for a handle.
    chain: OnceCell<Rc<dyn Chain>>,
    origin: &'static Location<'static>,
}

enum State<T: 'static, E: Fault> {
    Settled(Result<T, E>),
    Pending(Rc<dyn Source<T, E>>),
    Empty,
}

/// A Deferred that has this value.
#[track_caller]
pub fn succeed<T, E: Fault>(value: T) -> Deferred<T, E> {
    Deferred::settled(Ok(value))
}

/// A Deferred that has failed with this error.
#[track_caller]
pub fn fail<T, E: Fault>(error: E) -> Deferred<T, E> {
    Deferred::settled(Err(error))
}

impl<T, E: Fault> Deferred<T, E> {
    /// A Deferred and the side that fires it. One allocation.
    #[track_caller]
    pub fn pair() -> (Resolver<T, E>, Self) {
        Self::with_head(Head::new(None::<NoCanceller>, Location::caller()))
    }

    /// As [`pair`](Self::pair), with code that runs if the Deferred is cancelled before it
    /// fires.
    ///
    /// The canceller stops the work and returns what the Deferred settles with; with `None` that
    /// is [`Interrupt::Cancelled`](super::Interrupt::Cancelled). It may as well fire through the
    /// producer's own [`Resolver`], or drop that. It is released as soon as the Deferred fires.
    #[track_caller]
    pub fn with_canceller(
        canceller: impl FnOnce() -> Option<Result<T, E>> + 'static,
    ) -> (Resolver<T, E>, Self) {
        Self::with_head(Head::new(Some(Call(canceller)), Location::caller()))
    }

    fn with_head<C: Canceller<T, E> + 'static>(head: Head<T, E, C>) -> (Resolver<T, E>, Self) {
        let head = Rc::new(head);
        let deferred = Self::from_head(&head);
        (Resolver::new(head), deferred)
    }

    pub(super) fn from_head<C: Canceller<T, E> + 'static>(head: &Rc<Head<T, E, C>>) -> Self {
        Self::on(head.clone(), head.clone(), head.control().origin)
    }

    /// A Deferred that has this value. Allocates nothing.
    #[track_caller]
    pub fn succeed(value: T) -> Self {
        Self::settled(Ok(value))
    }

    /// A Deferred that has failed with this error. Allocates nothing.
    #[track_caller]
    pub fn fail(error: E) -> Self {
        Self::settled(Err(error))
    }

    #[track_caller]
    pub(super) fn settled(result: Result<T, E>) -> Self {
        Self {
            state: State::Settled(result),
            chain: OnceCell::new(),
            origin: Location::caller(),
        }
    }

    /// Adds a stage for successes; errors pass it untouched.
    pub fn add_callback<R>(self, callback: impl FnOnce(T) -> R + 'static) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
    {
        self.add(OnCallback(callback))
    }

    /// Adds a stage for errors; successes pass it untouched. It ends in the same success type.
    pub fn add_errback<R>(self, errback: impl FnOnce(E) -> R + 'static) -> Self
    where
        R: IntoOutcome<E, Ok = T>,
    {
        self.add(OnErrback(errback))
    }

    /// Adds a stage that gets success and error alike. To change the error type as well, use
    /// [`then`](Self::then).
    pub fn add_both<R>(self, stage: impl FnOnce(Result<T, E>) -> R + 'static) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
    {
        self.add(OnBoth(stage))
    }

    /// Adds one stage with a side for successes and one for errors. An error that `callback`
    /// returns goes to the next stage, not to the `errback` beside it.
    pub fn add_callbacks<R, S>(
        self,
        callback: impl FnOnce(T) -> R + 'static,
        errback: impl FnOnce(E) -> S + 'static,
    ) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
        S: IntoOutcome<E, Ok = R::Ok>,
    {
        self.add(OnEither(callback, errback))
    }

    /// Adds a stage that gets success and error alike and ends in an error type of its own.
    pub fn then<R, E2: Fault>(
        self,
        stage: impl FnOnce(Result<T, E>) -> R + 'static,
    ) -> Deferred<R::Ok, E2>
    where
        R: IntoOutcome<E2>,
    {
        self.add(Then(stage, PhantomData))
    }

    /// Turns a success into another value.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U + 'static) -> Deferred<U, E> {
        self.add(Map(convert))
    }

    /// Turns an error into one of another type.
    pub fn map_err<E2: Fault>(self, convert: impl FnOnce(E) -> E2 + 'static) -> Deferred<T, E2> {
        self.add(MapErr(convert))
    }

    /// Whether it was fired or cancelled, even if it waits on another Deferred since.
    pub fn is_fired(&self) -> bool {
        match &self.state {
            State::Pending(_) => self.control().is_none_or(Control::is_fired),
            State::Settled(_) | State::Empty => true,
        }
    }

    /// Whether it waits on a Deferred that one of its stages returned.
    pub fn is_waiting(&self) -> bool {
        self.control().is_some_and(|c| c.waiting().is_some())
    }

    /// Asks whatever the chain waits for to stop; tells whether there was anything to stop.
    ///
    /// An unfired Deferred settles at once, with what its canceller says or
    /// [`Interrupt::Cancelled`](super::Interrupt::Cancelled). On a chain that waits on another
    /// Deferred, that one is cancelled instead. A chain that has its result is left alone.
    pub fn cancel(&self) -> bool {
        self.chain.get().is_some_and(|chain| cancel(chain.clone()))
    }

    /// A handle that cancels this chain, whatever is added to it later. It keeps nothing alive.
    pub fn cancel_handle(&self) -> CancelHandle {
        CancelHandle::new(Rc::downgrade(self.chain()))
    }

    /// Keeps stages from running until the guard, and every other guard on this chain, is
    /// dropped.
    pub fn pause(&self) -> PauseGuard {
        PauseGuard::new(self.chain().clone())
    }

    fn control(&self) -> Option<&Control> {
        self.chain.get().map(|chain| chain.control())
    }

    fn chain(&self) -> &Rc<dyn Chain> {
        self.chain
            .get_or_init(|| Rc::new(Control::new(Phase::Fired, self.origin)))
    }

    /// Adds a stage: runs it if the result is there and nothing holds it back.
    pub(super) fn add<B: Body<T, E>>(self, body: B) -> Deferred<B::Ok, B::Error> {
        let origin = self.origin;
        match self.into_parts() {
            (State::Settled(result), None) => {
                let mut next = body.apply(result);
                if let State::Settled(_) = next.state {
                    next.origin = origin;
                }
                next
            }
            (State::Settled(result), Some(chain)) => {
                let stage = Rc::new(Stage::new(body, Some(result)));
                if chain.control().is_paused() {
                    chain.control().park(stage.clone());
                } else {
                    drive(Cursor::new(chain.clone()), Some(stage.clone()));
                }
                Deferred::on(stage, chain, origin)
            }
            (State::Pending(source), chain) => {
                let stage = Rc::new(Stage::new(body, None));
                source.port().set(Port::Next(stage.clone()));
                release(source);
                let chain = chain.unwrap_or_else(|| unreachable!("a pending chain has a control"));
                Deferred::on(stage, chain, origin)
            }
            (State::Empty, _) => unreachable!("a consumed Deferred"),
        }
    }

    fn on(
        source: Rc<dyn Source<T, E>>,
        chain: Rc<dyn Chain>,
        origin: &'static Location<'static>,
    ) -> Self {
        Self {
            state: State::Pending(source),
            chain: OnceCell::from(chain),
            origin,
        }
    }

    /// What this handle consists of, with the result out of its node if it is there. The chain
    /// of a settled Deferred that no handle refers to is left out.
    fn into_parts(mut self) -> (State<T, E>, Option<Rc<dyn Chain>>) {
        let mut state = std::mem::replace(&mut self.state, State::Empty);
        let mut chain = self.chain.take();
        if let State::Pending(source) = &state {
            match source.port().replace(Port::Taken) {
                Port::Settled(result) => {
                    let State::Pending(source) =
                        std::mem::replace(&mut state, State::Settled(result))
                    else {
                        unreachable!("it was matched above")
                    };
                    release(source);
                }
                port => source.port().set(port),
            }
        }
        if let State::Settled(_) = state
            && let Some(bare) =
                chain.take_if(|c| Rc::weak_count(c) == 0 && !c.control().is_paused())
        {
            release(bare);
        }
        (state, chain)
    }

    /// The result, if it can be had now; else the Deferred as it was.
    pub(super) fn into_result(mut self) -> Result<Result<T, E>, Self> {
        match &self.state {
            State::Settled(_) if self.control().is_none_or(|c| !c.is_paused()) => {
                match std::mem::replace(&mut self.state, State::Empty) {
                    State::Settled(result) => Ok(result),
                    _ => unreachable!("it was matched above"),
                }
            }
            _ => Err(self),
        }
    }

    /// The result, if it can be had now; else the node that it will come from.
    #[expect(clippy::type_complexity, reason = "named once, used once")]
    pub(super) fn into_ready(self) -> Result<Result<T, E>, (Rc<dyn Source<T, E>>, Rc<dyn Chain>)> {
        match self.into_parts() {
            (State::Settled(result), Some(chain)) if chain.control().is_paused() => {
                let tail = Tail::new();
                tail.port().set(Port::Settled(result));
                Err((Rc::new(tail), chain))
            }
            (State::Settled(result), _) => Ok(result),
            (State::Pending(source), Some(chain)) => Err((source, chain)),
            (State::Pending(_) | State::Empty, _) => unreachable!("a consumed Deferred"),
        }
    }
}

impl<T, E: Fault> Drop for Deferred<T, E> {
    fn drop(&mut self) {
        match std::mem::replace(&mut self.state, State::Empty) {
            State::Settled(result) => report::dropped(result, self.origin),
            State::Pending(source) => {
                match source.port().replace(Port::Taken) {
                    Port::Open => source.port().set(Port::Detached),
                    Port::Settled(result) => report::dropped(result, self.origin),
                    other => source.port().set(other),
                }
                release(source);
            }
            State::Empty => {}
        }
        if let Some(chain) = self.chain.take() {
            release(chain);
        }
    }
}

impl<T: fmt::Debug, E: Fault> fmt::Debug for Deferred<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Deferred");
        if let State::Settled(result) = &self.state {
            out.field("result", result);
        }
        out.finish_non_exhaustive()
    }
}

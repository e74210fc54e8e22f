//! The handle on the end of a chain.

use std::cell::OnceCell;
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;
use std::rc::Rc;

use super::cancel::{CancelHandle, PauseGuard, cancel};
use super::end::{Origin, State};
use super::failure::Failure;
use super::head::{Call, Canceller, Head, NoCanceller};
use super::outcome::{Fault, IntoOutcome, Outcome, Recovery};
use super::port::{Outlet, Port};
use super::report;
use super::resolver::Resolver;
use super::stage::{Map, MapErr, OnBoth, OnCallback, OnEither, OnErrback, Then};

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
    pub(super) state: State<T, E>,
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
        Self::pending(head.clone(), head.clone())
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
        Self::settled_at(result, Location::caller())
    }

    pub(super) fn settled_at(result: Result<T, E>, origin: Origin) -> Self {
        Self {
            state: State::Settled {
                result,
                chain: OnceCell::new(),
                origin,
            },
        }
    }

    /// Adds a stage for successes; errors pass it untouched.
    #[inline]
    pub fn add_callback<R>(self, callback: impl FnOnce(T) -> R + 'static) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
    {
        self.add(OnCallback(callback))
    }

    /// Adds a stage for errors; successes pass it untouched. It ends in the same success type: to be
    /// done with a chain of another one, use [`handle`](Self::handle).
    #[inline]
    pub fn add_errback<R>(self, errback: impl FnOnce(E) -> R + 'static) -> Self
    where
        R: Recovery<T, E>,
    {
        self.add(OnErrback(errback))
    }

    /// Ends a chain whose value is no longer needed: `errback` deals with an error, by printing it for
    /// example, and a success is dropped.
    ///
    /// The errback may return nothing, `Ok(())`, another error, or a Deferred of `()`.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::Deferred;
    ///
    /// let answer: Deferred<u32> = Deferred::succeed(42);
    /// answer.handle(|error| eprintln!("{error}"));
    /// ```
    #[inline]
    pub fn handle<R>(self, errback: impl FnOnce(E) -> R + 'static) -> Deferred<(), E>
    where
        R: Recovery<(), E>,
    {
        self.add(OnEither(drop, errback))
    }

    /// As [`add_callback`](Self::add_callback), for a callback that uses `?` and ends in a Deferred.
    #[inline]
    pub fn try_callback<U>(
        self,
        callback: impl FnOnce(T) -> Result<Deferred<U, E>, E> + 'static,
    ) -> Deferred<U, E> {
        self.add_callback(|value| Outcome::from(callback(value)))
    }

    /// As [`add_errback`](Self::add_errback), for an errback that uses `?` and ends in a Deferred.
    ///
    /// # Examples
    ///
    /// Another try after errors of one kind; all others pass.
    ///
    /// ```
    /// use deferred_snmp::deferred::{Deferred, Failure};
    /// use std::num::ParseIntError;
    ///
    /// fn ask(text: &'static str) -> Deferred<u32> {
    ///     Deferred::succeed(text).add_callback(|text| Ok(text.parse()?))
    /// }
    ///
    /// ask("x")
    ///     .try_errback(|failure| {
    ///         failure.trap::<ParseIntError>()?;
    ///         Ok(ask("7"))
    ///     })
    ///     .add_callback(|n| assert_eq!(n, 7));
    /// ```
    #[inline]
    pub fn try_errback(self, errback: impl FnOnce(E) -> Result<Self, E> + 'static) -> Self {
        self.add_errback(|error| Outcome::from(errback(error)))
    }

    /// Adds a stage that gets success and error alike. To change the error type as well, use
    /// [`then`](Self::then).
    #[inline]
    pub fn add_both<R>(self, stage: impl FnOnce(Result<T, E>) -> R + 'static) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
    {
        self.add(OnBoth(stage))
    }

    /// Adds one stage with a side for successes and one for errors. An error that `callback`
    /// returns goes to the next stage, not to the `errback` beside it.
    #[inline]
    pub fn add_callbacks<R, S>(
        self,
        callback: impl FnOnce(T) -> R + 'static,
        errback: impl FnOnce(E) -> S + 'static,
    ) -> Deferred<R::Ok, E>
    where
        R: IntoOutcome<E>,
        S: Recovery<R::Ok, E>,
    {
        self.add(OnEither(callback, errback))
    }

    /// Adds a stage that gets success and error alike and ends in an error type of its own.
    #[inline]
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
    #[inline]
    pub fn map<U>(self, convert: impl FnOnce(T) -> U + 'static) -> Deferred<U, E> {
        self.add(Map(convert))
    }

    /// Turns an error into one of another type.
    #[inline]
    pub fn map_err<E2: Fault>(self, convert: impl FnOnce(E) -> E2 + 'static) -> Deferred<T, E2> {
        self.add(MapErr(convert))
    }

    /// Whether it was fired or cancelled, even if it waits on another Deferred since.
    pub fn is_fired(&self) -> bool {
        match &self.state {
            State::Pending { chain, .. } => {
                chain.control().is_fired() || chain.control().is_joined()
            }
            State::Settled { .. } | State::Consumed => true,
        }
    }

    /// Whether it waits on a Deferred that one of its stages returned.
    pub fn is_waiting(&self) -> bool {
        match &self.state {
            State::Pending { chain, .. } => {
                let control = chain.control();
                control.waiting().is_some() || control.is_joined() && !control.is_fired()
            }
            State::Settled { .. } | State::Consumed => false,
        }
    }

    /// Asks whatever the chain waits for to stop; tells whether there was anything to stop.
    ///
    /// An unfired Deferred settles at once, with what its canceller says or
    /// [`Interrupt::Cancelled`](super::Interrupt::Cancelled). On a chain that waits on another
    /// Deferred, that one is cancelled instead. A chain that has its result is left alone.
    pub fn cancel(&self) -> bool {
        match &self.state {
            State::Pending { chain, .. } => cancel(chain.clone()),
            State::Settled { .. } | State::Consumed => false,
        }
    }

    /// Whether a result stands at the end of the chain now.
    pub(crate) fn is_settled(&self) -> bool {
        match &self.state {
            State::Settled { .. } | State::Consumed => true,
            State::Pending { source, .. } => source.port().is_settled(),
        }
    }

    /// Passes an error on, and logs it.
    pub fn log_error(self) -> Self {
        self.add_errback(|error| {
            report::log(&error);
            Err(error)
        })
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
}

impl<T: fmt::Debug, E: Fault> fmt::Debug for Deferred<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = std::any::type_name::<Self>();
        match &self.state {
            State::Settled { result, .. } => write!(f, "{name}({result:?})"),
            State::Pending { source, chain, .. } => {
                let place = Rc::as_ptr(chain).cast::<()>();
                write!(f, "{name}(at {place:?}")?;
                let port = Restore::take(source.port());
                if let Some(Port::Settled(result)) = &port.taken {
                    write!(f, ": {result:?}")?;
                } else if let Some(inner) = chain.control().waiting() {
                    write!(
                        f,
                        ": waiting on the one at {:?}",
                        inner.as_ptr().cast::<()>()
                    )?;
                }
                f.write_str(")")
            }
            State::Consumed => f.write_str(name),
        }
    }
}

/// A port that is looked at: out of its place while code of the user's prints what is in it.
struct Restore<'a, T: 'static, E: Fault> {
    place: &'a Outlet<T, E>,
    taken: Option<Port<T, E>>,
}

impl<'a, T, E: Fault> Restore<'a, T, E> {
    fn take(place: &'a Outlet<T, E>) -> Self {
        let taken = Some(place.take());
        Self { place, taken }
    }
}

impl<T, E: Fault> Drop for Restore<'_, T, E> {
    fn drop(&mut self) {
        if let Some(port) = self.taken.take() {
            self.place.fill(port);
        }
    }
}

//! Many Deferreds as one.

use std::error::Error;
use std::fmt;

use super::deferred::Deferred;
use super::gather::{Decision, Mode, Rest, gather};
use super::outcome::{AsInterrupt, Fault, Interrupt, inside};

/// The outcomes of several Deferreds as one Deferred.
///
/// All forms consume their members: a member's error is in the list's result, and is not
/// reported when the list has no use for it. To go on using a Deferred that is in a list, put
/// the copy that [`Deferred::fork`] makes in the list. Members that have settled are looked at in
/// the order given. Cancelling the list cancels every member that has not settled; what the
/// list comes to then follows from what they come to.
#[derive(Debug)]
pub struct DeferredList(());

impl DeferredList {
    /// A Deferred that fires with one `Result` a member, in the order given, when all members
    /// have settled; at once if there are none.
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
        gather(members, All, Rest::Leave)
    }

    /// A Deferred that fires with the first success and its index; with all errors, which is a
    /// success of the list too, if there is none.
    ///
    /// Without members it fails with [`Interrupt::EmptyList`].
    #[track_caller]
    pub fn fire_on_one_callback<T, E: Fault>(
        members: impl IntoIterator<Item = Deferred<T, E>>,
        rest: Rest,
    ) -> Deferred<Result<(usize, T), Vec<E>>, E> {
        gather(members, FirstCallback, rest)
    }

    /// A Deferred that fires with all values when the last has come; it fails with the first
    /// error, and whose it is, as soon as there is one. [`gather_results`] is shorter where the
    /// index does not matter.
    #[track_caller]
    pub fn fire_on_one_errback<T, E: Fault>(
        members: impl IntoIterator<Item = Deferred<T, E>>,
        rest: Rest,
    ) -> Deferred<Vec<T>, FirstError<E>> {
        gather(members, Values, rest)
    }

    /// A Deferred that fires with the first outcome, success or error, and its index.
    ///
    /// Without members it fails with [`Interrupt::EmptyList`].
    #[track_caller]
    pub fn fire_on_one<T, E: Fault>(
        members: impl IntoIterator<Item = Deferred<T, E>>,
        rest: Rest,
    ) -> Deferred<(usize, T), FirstError<E>> {
        gather(members, First, rest)
    }
}

/// The values of several Deferreds, in the order given, when the last one has come; the first
/// error, as it is, as soon as there is one.
///
/// Cancelling it cancels every member that has not settled. Errors after the first are dropped.
/// Which member has failed is told by [`DeferredList::fire_on_one_errback`].
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, gather_results};
///
/// let members: Vec<Deferred<u32>> = vec![Deferred::succeed(1), Deferred::succeed(2)];
/// gather_results(members)
///     .add_callback(|values| assert_eq!(values, [1, 2]))
///     .add_errback(|error| eprintln!("{error}"));
/// ```
#[track_caller]
pub fn gather_results<T, E: Fault>(
    members: impl IntoIterator<Item = Deferred<T, E>>,
) -> Deferred<Vec<T>, E> {
    gather(members, Results, Rest::Leave)
}

/// The first success of several Deferreds, and its index; all errors if there is none.
///
/// The other members are cancelled before the winner's value is delivered, and whatever they
/// come to is dropped. Cancelling the race cancels every member; if one of them does not settle
/// at once, the race ends with [`Interrupt::Cancelled`]. Without members it fails with
/// [`Interrupt::EmptyList`].
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, race};
///
/// let (slow_resolver, slow) = Deferred::<&str>::pair();
/// let (fast_resolver, fast) = Deferred::pair();
/// race([slow, fast]).add_callback(|(index, value)| assert_eq!((index, value), (1, "fast")));
/// fast_resolver.callback("fast");
/// assert!(slow_resolver.is_cancelled());
/// ```
#[track_caller]
pub fn race<T, E: Fault>(
    members: impl IntoIterator<Item = Deferred<T, E>>,
) -> Deferred<(usize, T), FailureGroup<E>> {
    gather(members, Race, Rest::Cancel)
}

/// The first error of a member, and which member: the error of
/// [`DeferredList::fire_on_one_errback`] and [`DeferredList::fire_on_one`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstError<E> {
    index: Option<usize>,
    sub_failure: E,
}

impl<E> FirstError<E> {
    fn of(index: usize, sub_failure: E) -> Self {
        Self {
            index: Some(index),
            sub_failure,
        }
    }

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

impl<E: AsInterrupt + fmt::Debug + fmt::Display> Error for FirstError<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        inside(&self.sub_failure)
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

/// The errors of all members of a [`race`], in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureGroup<E> {
    failures: Vec<E>,
    interrupt: Option<Interrupt>,
}

impl<E> FailureGroup<E> {
    /// What the members failed with; empty for an error that came up on the chain itself.
    pub fn failures(&self) -> &[E] {
        &self.failures
    }

    /// What the members failed with.
    pub fn into_failures(self) -> Vec<E> {
        self.failures
    }
}

impl<E: fmt::Display> fmt::Display for FailureGroup<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(interrupt) = &self.interrupt {
            return interrupt.fmt(f);
        }
        write!(f, "all {} failed", self.failures.len())?;
        for (index, failure) in self.failures.iter().enumerate() {
            write!(f, "; member {index}: {failure}")?;
        }
        Ok(())
    }
}

impl<E: AsInterrupt + fmt::Debug + fmt::Display> Error for FailureGroup<E> {
    /// The first failure that is more than a cancellation; so a group is cancelled if all its
    /// members are.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        if let Some(interrupt) = &self.interrupt {
            return Some(interrupt);
        }
        let says_more = |failure: &&E| failure.interrupt() != Some(&Interrupt::Cancelled);
        let telling = self.failures.iter().find(says_more);
        telling.or_else(|| self.failures.first()).and_then(inside)
    }
}

impl<E> From<Interrupt> for FailureGroup<E> {
    fn from(interrupt: Interrupt) -> Self {
        Self {
            failures: Vec::new(),
            interrupt: Some(interrupt),
        }
    }
}

struct All;

impl<T: 'static, E: Fault> Mode<T, E> for All {
    type Ok = Vec<Result<T, E>>;
    type Error = E;

    fn look_at(_: usize, outcome: Result<T, E>) -> Decision<T, E, Self> {
        Decision::Keep(outcome)
    }

    fn complete(outcomes: Vec<Result<T, E>>) -> Result<Self::Ok, E> {
        Ok(outcomes)
    }
}

struct Values;

impl<T: 'static, E: Fault> Mode<T, E> for Values {
    type Ok = Vec<T>;
    type Error = FirstError<E>;

    fn look_at(index: usize, outcome: Result<T, E>) -> Decision<T, E, Self> {
        match outcome {
            Ok(_) => Decision::Keep(outcome),
            Err(error) => Decision::Fire(Err(FirstError::of(index, error))),
        }
    }

    fn complete(outcomes: Vec<Result<T, E>>) -> Result<Vec<T>, FirstError<E>> {
        Ok(outcomes.into_iter().flatten().collect())
    }
}

struct Results;

impl<T: 'static, E: Fault> Mode<T, E> for Results {
    type Ok = Vec<T>;
    type Error = E;

    fn look_at(_: usize, outcome: Result<T, E>) -> Decision<T, E, Self> {
        match outcome {
            Ok(_) => Decision::Keep(outcome),
            Err(error) => Decision::Fire(Err(error)),
        }
    }

    fn complete(outcomes: Vec<Result<T, E>>) -> Result<Vec<T>, E> {
        outcomes.into_iter().collect()
    }
}

struct First;

impl<T: 'static, E: Fault> Mode<T, E> for First {
    type Ok = (usize, T);
    type Error = FirstError<E>;

    fn look_at(index: usize, outcome: Result<T, E>) -> Decision<T, E, Self> {
        Decision::Fire(match outcome {
            Ok(value) => Ok((index, value)),
            Err(error) => Err(FirstError::of(index, error)),
        })
    }

    fn complete(_: Vec<Result<T, E>>) -> Result<(usize, T), FirstError<E>> {
        Err(Interrupt::EmptyList.into())
    }
}

struct FirstCallback;

impl<T: 'static, E: Fault> Mode<T, E> for FirstCallback {
    type Ok = Result<(usize, T), Vec<E>>;
    type Error = E;

    fn look_at(index: usize, outcome: Result<T, E>) -> Decision<T, E, Self> {
        match outcome {
            Ok(value) => Decision::Fire(Ok(Ok((index, value)))),
            Err(_) => Decision::Keep(outcome),
        }
    }

    fn complete(outcomes: Vec<Result<T, E>>) -> Result<Self::Ok, E> {
        if outcomes.is_empty() {
            return Err(Interrupt::EmptyList.into());
        }
        Ok(Err(errors(outcomes)))
    }
}

struct Race;

impl<T: 'static, E: Fault> Mode<T, E> for Race {
    type Ok = (usize, T);
    type Error = FailureGroup<E>;

    const SETTLES_WHEN_CANCELLED: bool = true;

    fn look_at(index: usize, outcome: Result<T, E>) -> Decision<T, E, Self> {
        match outcome {
            Ok(value) => Decision::Fire(Ok((index, value))),
            Err(_) => Decision::Keep(outcome),
        }
    }

    fn complete(outcomes: Vec<Result<T, E>>) -> Result<Self::Ok, FailureGroup<E>> {
        if outcomes.is_empty() {
            return Err(Interrupt::EmptyList.into());
        }
        Err(FailureGroup {
            failures: errors(outcomes),
            interrupt: None,
        })
    }
}

fn errors<T, E>(outcomes: Vec<Result<T, E>>) -> Vec<E> {
    outcomes.into_iter().filter_map(Result::err).collect()
}

//! Which interrupt is inside an error, whatever it is wrapped in, and which errors turn into which.

use std::any::Any;
use std::cell::RefCell;
use std::error::Error;
use std::fmt;
use std::io;
use std::num::ParseIntError;
use std::time::Duration;

use deferred_snmp::deferred::{
    AsInterrupt, Deferred, DeferredList, Failure, FailureGroup, Fault, FirstError, Interrupt, Rest,
    gather_results, race,
};
use deferred_snmp::reactor::{ConnectError, LookupError};
use deferred_snmp::task::{Clock, TaskError};
use util::result_of::result_of;

use crate::journal::Oops;

const SECOND: Duration = Duration::from_secs(1);

/// The error of a chain that a time-out of a second has ended.
fn timed_out<E: Fault + AsInterrupt>(d: Deferred<u8, E>) -> E {
    let clock = Clock::new();
    let d = d.add_timeout(SECOND, &clock);
    clock.advance(SECOND).expect("it does not spin");
    result_of(d).expect("an end").expect_err("an error")
}

thread_local! {
    static UNFIRED: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// A member that settles when it is cancelled, and not before.
fn pending<E: Fault>() -> Deferred<u8, E> {
    let (resolver, d) = Deferred::<u8, E>::pair();
    UNFIRED.with_borrow_mut(|unfired| unfired.push(Box::new(resolver)));
    d
}

fn ends_timed_out<E: Fault + AsInterrupt>(d: Deferred<u8, E>) {
    let error = timed_out(d);
    assert_eq!(error.interrupt(), Some(&Interrupt::TimedOut(SECOND)));
}

/// Adds words of its own, and names its source.
#[derive(Debug)]
struct While<E>(&'static str, E);

impl<E: fmt::Display> fmt::Display for While<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "while {}: {}", self.0, self.1)
    }
}

impl<E: Error + 'static> Error for While<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.1)
    }
}

impl From<Interrupt> for While<Oops> {
    fn from(interrupt: Interrupt) -> Self {
        Self("waiting", interrupt.into())
    }
}

/// As `#[error(transparent)]` makes it: the source is that of what it holds.
#[derive(Debug)]
enum Transparent {
    Interrupt(Interrupt),
    Io(io::Error),
}

impl fmt::Display for Transparent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupt(inner) => inner.fmt(f),
            Self::Io(inner) => inner.fmt(f),
        }
    }
}

impl Error for Transparent {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Interrupt(inner) => inner.source(),
            Self::Io(inner) => inner.source(),
        }
    }
}

impl From<Interrupt> for Transparent {
    fn from(interrupt: Interrupt) -> Self {
        Self::Interrupt(interrupt)
    }
}

#[test]
fn a_time_out_is_told_apart_through_every_error_that_holds_it() {
    ends_timed_out(pending::<Interrupt>());
    ends_timed_out(pending::<Failure>());
    ends_timed_out(pending::<Oops>());
    ends_timed_out(pending::<LookupError>());
    ends_timed_out(pending::<ConnectError>());
    ends_timed_out(pending::<TaskError>());
    ends_timed_out(pending::<Oops>().map_err(Failure::from));
    ends_timed_out(pending::<While<Oops>>().map_err(Failure::from));
    let doubly = pending::<Oops>().map_err(|oops| Failure::new(io::Error::other(SendOops(oops))));
    ends_timed_out(doubly);
}

/// What `io::Error` takes: it may go to another thread.
#[derive(Debug)]
struct SendOops(Oops);

impl fmt::Display for SendOops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for SendOops {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn an_error_that_hides_its_source_ends_as_timed_out_as_well() {
    let error = timed_out(pending::<Transparent>());
    assert!(matches!(
        error,
        Transparent::Interrupt(Interrupt::TimedOut(SECOND))
    ));

    // and one that came of the cancellation passes as it is
    let (_resolver, d) = Deferred::with_canceller(|| {
        let error = io::Error::from(io::ErrorKind::BrokenPipe);
        Some(Err(Transparent::Io(error)))
    });
    let error = timed_out(d);
    assert!(matches!(error, Transparent::Io(_)), "{error}");
}

#[test]
fn lists_and_races_end_as_timed_out() {
    ends_timed_out(gather_results([pending::<Oops>(), pending()]).map(|_| 0));
    ends_timed_out(gather_results([pending::<Failure>(), pending()]).map(|_| 0));
    ends_timed_out(race([pending::<Oops>(), pending()]).map(|_| 0));
    ends_timed_out(race([pending::<Failure>(), pending()]).map(|_| 0));
    ends_timed_out(race([pending::<Oops>().map_err(Failure::from)]).map(|_| 0));
    let members = || [pending::<Failure>(), pending()];
    let list = DeferredList::fire_on_one_errback(members(), Rest::Leave);
    ends_timed_out(list.map(|_| 0));
    let list = DeferredList::fire_on_one(members(), Rest::Cancel);
    ends_timed_out(list.map(|_| 0).map_err(Failure::from));
}

#[test]
fn a_race_is_cancelled_if_all_its_members_are() {
    let group = |failures: Vec<Oops>| -> FailureGroup<Oops> {
        let members = failures.into_iter().map(Deferred::<u8, Oops>::fail);
        result_of(race(members))
            .expect("an end")
            .expect_err("an error")
    };
    let cancelled = || Oops::from(Interrupt::Cancelled);
    let all = group(vec![cancelled(), cancelled()]);
    assert_eq!(all.interrupt(), Some(&Interrupt::Cancelled));
    let one_said_more = group(vec![cancelled(), Oops::Said("no"), cancelled()]);
    assert_eq!(one_said_more.interrupt(), None);
    let source = one_said_more
        .source()
        .and_then(|source| source.downcast_ref());
    assert_eq!(source, Some(&Oops::Said("no")));
    assert_eq!(group(vec![]).interrupt(), Some(&Interrupt::EmptyList));
}

#[test]
fn a_failure_finds_what_the_error_comes_from_and_traps_the_error_alone() {
    let number: ParseIntError = "x".parse::<u8>().expect_err("x is no number");
    let failure = Failure::new(While("reading", While("parsing", number.clone())));
    assert_eq!(failure.find::<ParseIntError>(), Some(&number));
    assert!(failure.find::<While<ParseIntError>>().is_some());
    assert!(failure.find::<io::Error>().is_none());
    assert!(failure.check::<ParseIntError>().is_none());
    let failure = failure.trap::<ParseIntError>().expect_err("it is inside");
    assert_eq!(failure.find::<ParseIntError>(), Some(&number));

    let failure = Failure::new(While("waiting", Interrupt::Abandoned));
    assert_eq!(failure.interrupt(), Some(&Interrupt::Abandoned));
}

/// Its own source.
#[derive(Debug)]
struct Circle;

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("round and round")
    }
}

impl Error for Circle {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self)
    }
}

#[test]
fn a_circle_of_sources_has_an_end() {
    assert_eq!(Failure::new(Circle).interrupt(), None);
}

#[test]
fn the_error_of_a_list_turns_into_a_failure_with_index_and_inner_error() {
    let list = || {
        let members = [
            Deferred::<u8>::succeed(1),
            Deferred::fail(Failure::new(Oops::Said("no"))),
        ];
        DeferredList::fire_on_one_errback(members, Rest::Leave)
    };
    let failure = result_of(list().map_err(Failure::from));
    let failure = failure.expect("an end").expect_err("an error");
    assert_eq!(failure.to_string(), "member 1: no");
    let index = failure
        .find::<FirstError<Failure>>()
        .and_then(FirstError::index);
    assert_eq!(index, Some(1));
    assert_eq!(failure.find(), Some(&Oops::Said("no")));

    let question_mark = || -> Result<Vec<u8>, Failure> { Ok(result_of(list()).expect("an end")?) };
    assert!(question_mark().is_err());
}

#[test]
fn a_failure_leaves_by_a_question_mark() {
    fn failing() -> Result<(), Failure> {
        Err(Failure::new(Oops::Said("no")))
    }
    fn of_this_thread() -> Result<(), Box<dyn Error>> {
        Ok(failing()?)
    }
    fn of_any_thread() -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(failing()?)
    }
    fn that_can_be_sent() -> Result<(), Box<dyn Error + Send>> {
        Ok(failing()?)
    }
    let error = of_this_thread().expect_err("it fails");
    assert_eq!(error.downcast_ref(), Some(&Oops::Said("no")));
    let error = of_any_thread().expect_err("it fails");
    assert_eq!(
        (error.to_string(), format!("{error:?}")),
        ("no".into(), "Said(\"no\")".into())
    );
    assert_eq!(that_can_be_sent().expect_err("it fails").to_string(), "no");
}

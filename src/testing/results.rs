//! What a Deferred has come to, for assertions.

use std::cell::Cell;
use std::rc::Rc;

use crate::deferred::{Deferred, Fault};

/// The value that a Deferred has (Twisted's `successResultOf`).
///
/// # Panics
///
/// If it has none, or an error.
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::Deferred;
/// use deferred_snmp::task::{Clock, defer_later};
/// use deferred_snmp::testing::{assert_no_result, success_result_of};
/// use std::time::Duration;
///
/// let clock = Clock::new();
/// let answer: Deferred<u32> = defer_later(&clock, Duration::from_secs(5), || Ok(42));
/// clock.advance(Duration::from_secs(4))?;
/// assert_no_result(&answer);
/// clock.advance(Duration::from_secs(1))?;
/// assert_eq!(success_result_of(answer), 42);
/// # Ok::<(), deferred_snmp::task::ClockSpins>(())
/// ```
#[track_caller]
pub fn success_result_of<T: 'static, E: Fault>(deferred: Deferred<T, E>) -> T {
    match result_of(deferred) {
        Some(Ok(value)) => value,
        Some(Err(error)) => panic!("success was expected, and this is a failure: {error}"),
        None => panic!("success was expected, and there is no result yet"),
    }
}

/// The error that a Deferred has (Twisted's `failureResultOf`). It counts as handled.
///
/// # Panics
///
/// If it has none, or a value.
#[track_caller]
pub fn failure_result_of<T: 'static, E: Fault>(deferred: Deferred<T, E>) -> E {
    match result_of(deferred) {
        Some(Err(error)) => error,
        Some(Ok(_)) => panic!("a failure was expected, and this is a success"),
        None => panic!("a failure was expected, and there is no result yet"),
    }
}

/// Sees that a Deferred has no result (Twisted's `assertNoResult`): it has not fired, or waits for another one.
///
/// # Panics
///
/// If there is a result.
#[track_caller]
pub fn assert_no_result<T: 'static, E: Fault>(deferred: &Deferred<T, E>) {
    assert!(
        !deferred.is_settled(),
        "no result was expected, and there is one"
    );
}

/// A failed assertion inside a stage would only put a panic on the chain, so the result is taken out of it.
fn result_of<T: 'static, E: Fault>(deferred: Deferred<T, E>) -> Option<Result<T, E>> {
    let slot = Rc::new(Cell::new(None));
    let sink = slot.clone();
    deferred.add_both(move |result| sink.set(Some(result)));
    slot.take()
}

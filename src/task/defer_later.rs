//! A call in the future as a Deferred.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use crate::deferred::{Deferred, Fault, IntoOutcome, ScheduledCall, TimeSource};

/// Calls `f` after `delay` and gives its outcome; a Deferred that `f` returns is waited for.
///
/// Cancelling before that removes the timer, and `f` is never called; cancelling afterwards
/// cancels what `f` returned.
pub fn defer_later<R, T, E>(
    clock: &impl TimeSource,
    delay: Duration,
    f: impl FnOnce() -> R + 'static,
) -> Deferred<T, E>
where
    R: IntoOutcome<E, Ok = T>,
    T: 'static,
    E: Fault,
{
    let timer = Rc::new(Cell::new(None));
    let scheduled = timer.clone();
    let (resolver, deferred) = Deferred::<(), E>::with_canceller(move || {
        if let Some(call) = scheduled.take() {
            // Does nothing if it is the call itself that cancels, which has begun then.
            ScheduledCall::unschedule(call);
        }
        None
    });
    timer.set(Some(clock.call_later(delay, move || resolver.callback(()))));
    deferred.add_callback(move |()| f())
}

/// Fires after `delay`: [`defer_later`] without a function, for coroutines above all.
///
/// # Examples
///
/// ```
/// use deferred_snmp::task::{react, sleep};
/// use std::time::Duration;
///
/// # assert_eq!(
/// react(|reactor| {
///     let clock = reactor.clone();
///     reactor.inline_callbacks(async move {
///         for round in 1..=3 {
///             println!("round {round}");
///             sleep(&clock, Duration::from_millis(1)).await?;
///         }
///         Ok(())
///     })
/// })
/// # , std::process::ExitCode::SUCCESS);
/// ```
pub fn sleep(clock: &impl TimeSource, delay: Duration) -> Deferred<()> {
    defer_later(clock, delay, || ())
}

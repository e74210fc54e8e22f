//! Where errors of user code end: nothing raised in a callback may end the loop.

use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::deferred::{discard, unhandled};

/// Runs user code; a panic is reported with the name of the place and yields `None`.
pub(crate) fn guarded<R>(place: &str, f: impl FnOnce() -> R) -> Option<R> {
    // Whatever the closure shares with the reactor sits behind cells that hold no half-made state
    // while user code runs.
    match catch_unwind(AssertUnwindSafe(f)) {
        Ok(value) => Some(value),
        Err(payload) => {
            unhandled(
                place,
                &format_args!("panicked: {}", panic_message(&*payload)),
            );
            keep(payload);
            None
        }
    }
}

/// Drops values of the user's, each for itself: one that panics keeps no other from it.
pub(super) fn drop_each<T>(place: &str, values: impl IntoIterator<Item = T>) {
    for value in values {
        guarded(place, || drop(value));
    }
}

type Payload = Box<dyn Any + Send>;

thread_local! {
    /// What the reactors that run on this thread have kept, the innermost last.
    static KEPT: RefCell<Vec<Option<Payload>>> = const { RefCell::new(Vec::new()) };
}

/// Keeps the first panic of the run that began last, if that wants it.
fn keep(payload: Payload) {
    let mut spare = Some(payload);
    // None is kept where the thread is ending.
    let _ = KEPT.try_with(|kept| {
        if let Some(first @ None) = kept.borrow_mut().last_mut() {
            *first = spare.take();
        }
    });
    // A value of the user's, which may panic in turn.
    discard(spare);
}

/// Calls `run` and gives the first panic that [`guarded`] has caught meanwhile.
pub(super) fn keeping<R>(run: impl FnOnce() -> R) -> (R, Option<Payload>) {
    KEPT.with_borrow_mut(|kept| kept.push(None));
    let outcome = run();
    let first = KEPT.with_borrow_mut(Vec::pop).flatten();
    (outcome, first)
}

/// What a panic says.
pub(super) fn panic_message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic without a message")
}

//! Where errors of user code end: nothing raised in a callback may end the loop.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::deferred::unhandled;

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
            None
        }
    }
}

/// What a panic says.
pub(super) fn panic_message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("panic without a message")
}

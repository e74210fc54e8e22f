//! Deferreds out of plain calls.

use super::deferred::Deferred;
use super::outcome::{Fault, IntoOutcome};
use super::stage::run;

/// Calls `code` and gives what it returns as a Deferred: a `Result` as a settled one, a Deferred
/// as it is, a panic as [`Interrupt::Panicked`](super::Interrupt::Panicked).
///
/// # Examples
///
/// ```
/// use deferred_snmp::deferred::{Deferred, maybe_deferred};
///
/// fn lookup(name: &str) -> Result<u16, std::num::ParseIntError> {
///     name.parse()
/// }
///
/// let port: Deferred<u16> = maybe_deferred(|| Ok(lookup("161")?));
/// port.add_callback(|port| assert_eq!(port, 161));
/// ```
pub fn maybe_deferred<R, E: Fault>(code: impl FnOnce() -> R) -> Deferred<R::Ok, E>
where
    R: IntoOutcome<E>,
{
    run(code).into_deferred()
}

/// As [`maybe_deferred`], for code that waits for nothing.
pub fn execute<T, E: Fault>(code: impl FnOnce() -> Result<T, E>) -> Deferred<T, E> {
    run(code).into_deferred()
}

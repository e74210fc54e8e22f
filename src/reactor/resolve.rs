//! Host names, looked up where blocking does no harm.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, ToSocketAddrs};
use std::rc::Rc;
use std::time::Duration;

use super::core::Core;
use crate::deferred::{AsInterrupt, Deferred, Interrupt};

/// A name was not found, or not in time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LookupError {
    /// What the system's resolver says.
    NotFound(Box<str>),
    /// There was no answer for so long.
    TimedOut(Duration),
    /// The lookup was cancelled or could not be made.
    Interrupted(Interrupt),
}

impl fmt::Display for LookupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(reason) => write!(f, "the name cannot be resolved: {reason}"),
            Self::TimedOut(limit) => write!(f, "no answer from the resolver in {limit:?}"),
            Self::Interrupted(interrupt) => write!(f, "the lookup was not made: {interrupt}"),
        }
    }
}

impl Error for LookupError {}

impl From<Interrupt> for LookupError {
    fn from(interrupt: Interrupt) -> Self {
        Self::Interrupted(interrupt)
    }
}

impl AsInterrupt for LookupError {
    fn interrupt(&self) -> Option<&Interrupt> {
        match self {
            Self::Interrupted(interrupt) => Some(interrupt),
            _ => None,
        }
    }
}

pub(super) fn resolve(
    core: &Rc<Core>,
    name: &str,
    limit: Duration,
) -> Deferred<IpAddr, LookupError> {
    if name.is_empty() {
        return Deferred::succeed(Ipv4Addr::UNSPECIFIED.into());
    }
    if let Ok(literal) = name.parse() {
        return Deferred::succeed(literal);
    }
    let name = name.to_owned();
    let lookup = core.defer_to_thread(move || look_up(&name));
    let cancel = lookup.cancel_handle();
    let timer = core.call_later(limit, move || {
        cancel.cancel();
    });
    lookup.add_both(move |result| match (timer.cancel(), result) {
        (Err(_), Err(LookupError::Interrupted(Interrupt::Cancelled))) => {
            Err(LookupError::TimedOut(limit))
        }
        (_, result) => result,
    })
}

fn look_up(name: &str) -> Result<IpAddr, LookupError> {
    let failed = |reason: &dyn fmt::Display| LookupError::NotFound(reason.to_string().into());
    let mut addresses = (name, 0)
        .to_socket_addrs()
        .map_err(|error| failed(&error))?;
    let first = addresses.next().ok_or_else(|| failed(&"no address"))?;
    Ok(first.ip())
}

//! Whom a request is made to.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use crate::deferred::{Deferred, Resolver};
use crate::engine::Request;
use crate::reactor::{Handle, LookupError};

use super::error::SnmpError;

/// An SNMP agent reached by UDP over IPv4 or IPv6, and how patient one is with it (PySNMP's
/// `UdpTransportTarget` and `Udp6TransportTarget`).
///
/// A host name is looked up at the first request, on a thread of the reactor's pool, and once for
/// all clones of the target; it may take as long as a request. What cannot be resolved is an error
/// of the request.
///
/// # Examples
///
/// ```
/// use std::time::Duration;
/// use deferred_snmp::hlapi::UdpTransportTarget;
///
/// let target = UdpTransportTarget::new(("127.0.0.1", 161))
///     .timeout(Duration::from_millis(500))
///     .retries(2);
/// let parsed: UdpTransportTarget = "[::1]:1161".parse()?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone)]
pub struct UdpTransportTarget {
    host: Rc<Host>,
    timeout: Duration,
    retries: u32,
    strict_names: bool,
    follow_engine_changes: Option<bool>,
}

struct Host {
    name: String,
    port: u16,
    state: RefCell<State>,
}

enum State {
    Unresolved,
    /// Those who wait for the look-up that is under way.
    Resolving(Vec<Resolver<SocketAddr, SnmpError>>),
    Resolved(SocketAddr),
}

impl UdpTransportTarget {
    /// The agent at `(host, port)`: an address or a host name. One second for each try, 5 retries.
    pub fn new((host, port): (&str, u16)) -> Self {
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        let state = match literal.parse::<IpAddr>() {
            Ok(address) => State::Resolved(SocketAddr::new(address, port)),
            Err(_) => State::Unresolved,
        };
        Self::with_state(host, port, state)
    }

    fn with_state(host: &str, port: u16, state: State) -> Self {
        Self {
            host: Rc::new(Host {
                name: host.to_owned(),
                port,
                state: RefCell::new(state),
            }),
            timeout: Request::DEFAULT_TIMEOUT,
            retries: Request::DEFAULT_RETRIES,
            strict_names: false,
            follow_engine_changes: None,
        }
    }

    /// How long to wait for the answer to each try. Default one second.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How many further tries to make: `retries + 1` in all, with the same time-out each. Default 5.
    #[must_use]
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Whether an answer to a GET or SET with other names than asked is dropped, as if nothing had
    /// come; a time-out then says so. Default `false`: it is the result if nothing better comes until
    /// the last try, and [`Response::names_differ`] tells it from others.
    ///
    /// [`Response::names_differ`]: super::Response::names_differ
    #[must_use]
    pub fn strict_names(mut self, strict: bool) -> Self {
        self.strict_names = strict;
        self
    }

    pub(super) fn has_strict_names(&self) -> bool {
        self.strict_names
    }

    /// Whether another engine is believed in the place of one that has answered with the right digest;
    /// SNMPv3 only. Default what the engine is configured with, which is no unless it was changed: see
    /// [`EngineConfig::follow_engine_changes`](crate::engine::EngineConfig::follow_engine_changes).
    #[must_use]
    pub fn follow_engine_changes(mut self, follow: bool) -> Self {
        self.follow_engine_changes = Some(follow);
        self
    }

    pub(super) fn follows_engine_changes(&self) -> Option<bool> {
        self.follow_engine_changes
    }

    pub(super) fn patience(&self) -> (Duration, u32) {
        (self.timeout, self.retries)
    }

    /// The address, if it is known without asking anybody.
    pub(super) fn address(&self) -> Option<SocketAddr> {
        match *self.host.state.borrow() {
            State::Resolved(address) => Some(address),
            State::Unresolved | State::Resolving(_) => None,
        }
    }

    /// Looks the host name up on a thread of the reactor's.
    pub(super) fn resolve(&self, handle: &Handle) -> Deferred<SocketAddr, SnmpError> {
        if self.host.name.is_empty() {
            // For the reactor that is every address of this machine: good to listen on, not to ask.
            return Deferred::fail(SnmpError::UnknownHost {
                host: String::new(),
                error: LookupError::NotFound("the name is empty".into()),
            });
        }
        let (resolver, deferred) = Deferred::pair();
        {
            let state = &mut *self.host.state.borrow_mut();
            match state {
                State::Resolved(address) => return Deferred::succeed(*address),
                State::Resolving(waiting) => {
                    waiting.push(resolver);
                    return deferred;
                }
                State::Unresolved => *state = State::Resolving(vec![resolver]),
            }
        }
        let host = Rc::clone(&self.host);
        let limit = self.timeout.saturating_mul(self.retries.saturating_add(1));
        handle
            .resolve(&self.host.name, limit)
            .add_both(move |result| host.settle(result));
        deferred
    }
}

impl Host {
    fn settle(&self, result: Result<IpAddr, LookupError>) -> Result<(), LookupError> {
        let result = result
            .map(|address| SocketAddr::new(address, self.port))
            .map_err(|error| SnmpError::UnknownHost {
                host: self.name.clone(),
                error,
            });
        let next = match &result {
            Ok(address) => State::Resolved(*address),
            Err(_) => State::Unresolved,
        };
        if let State::Resolving(waiting) = self.state.replace(next) {
            for resolver in waiting {
                resolver.resolve(result.clone());
            }
        }
        Ok(())
    }
}

impl From<SocketAddr> for UdpTransportTarget {
    fn from(address: SocketAddr) -> Self {
        Self::with_state(
            &address.ip().to_string(),
            address.port(),
            State::Resolved(address),
        )
    }
}

impl std::str::FromStr for UdpTransportTarget {
    type Err = io::Error;

    /// Reads `HOST` or `HOST:PORT`; an IPv6 address with a port stands in brackets. The port is 161
    /// unless given.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("{text:?} is not HOST or HOST:PORT"),
            )
        };
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(address.into());
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(SocketAddr::new(address, SNMP_PORT).into());
        }
        if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            let address: IpAddr = inner.parse().map_err(|_| bad())?;
            return Ok(SocketAddr::new(address, SNMP_PORT).into());
        }
        let (host, port) = match text.split_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| bad())?),
            None => (text, SNMP_PORT),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        if host.is_empty() || !host.chars().all(is_name) {
            return Err(bad());
        }
        Ok(Self::new((host, port)))
    }
}

/// The port of agents (RFC 3417 section 3.2).
const SNMP_PORT: u16 = 161;

impl fmt::Display for UdpTransportTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address() {
            Some(address) => address.fmt(f),
            None => write!(f, "{}:{}", self.host.name, self.host.port),
        }
    }
}

impl fmt::Debug for UdpTransportTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "UdpTransportTarget({self}, timeout={:?}, retries={})",
            self.timeout, self.retries
        )
    }
}

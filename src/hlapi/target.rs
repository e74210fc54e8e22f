//! Whom a request is made to.

use std::cell::Cell;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use crate::engine::Address;

use super::patience::patience;
use super::place::{Host, Place, TargetOptions};

/// An SNMP agent reached by UDP over IPv4 or IPv6, and how patient one is with it (PySNMP's
/// `UdpTransportTarget` and `Udp6TransportTarget`).
///
/// A host name is looked up at the first request, by [`Handle::resolve`](crate::reactor::Handle::resolve), and once for all clones of the
/// target. The time counts as that of the operation: it is over at the latest `(retries + 1) * timeout` after
/// it began, look-up included. What cannot be resolved is an error of the request. An address of IPv6 may have its
/// interface behind it, by name or number, `fe80::1%eth0` or `fe80::1%2`, which is looked up likewise; where the address
/// does not count on one link only, the system goes by its routes. One that is mapped from IPv4, `::ffff:192.0.2.1`, is
/// that of IPv4, and is asked by IPv4.
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
    pub(super) place: Place,
    pub(super) options: TargetOptions,
}

impl UdpTransportTarget {
    /// The agent at `(host, port)`: an address or a host name. One second for each try, 5 retries.
    pub fn new((host, port): (&str, u16)) -> Self {
        let literal = host.trim_start_matches('[').trim_end_matches(']');
        let address = literal.parse::<IpAddr>().ok();
        let has_scope = literal.contains('%');
        Self::with_address(
            if has_scope { literal } else { host },
            port,
            address.map(|address| SocketAddr::new(address, port)),
        )
    }

    fn with_address(host: &str, port: u16, address: Option<SocketAddr>) -> Self {
        let canonical = address.map(|address| match address.ip().to_canonical() {
            IpAddr::V4(v4) => (v4, port).into(),
            IpAddr::V6(_) => address,
        });
        Self {
            place: Place::Host(Rc::new(Host {
                transport: Address::Udp,
                name: host.to_owned(),
                port,
                address: Cell::new(canonical),
            })),
            options: TargetOptions::default(),
        }
    }

    patience!();
}

impl From<SocketAddr> for UdpTransportTarget {
    fn from(address: SocketAddr) -> Self {
        Self::with_address(&address.ip().to_string(), address.port(), Some(address))
    }
}

impl std::str::FromStr for UdpTransportTarget {
    type Err = io::Error;

    /// Reads `HOST` or `HOST:PORT`; an IPv6 address with a port stands in brackets, and its interface
    /// behind it: `[fe80::1%eth0]:161`. The port is 161 unless given.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || {
            io::Error::new(
                io::ErrorKind::InvalidInput,
                format!("{text:?} is not HOST, HOST:PORT or [ADDRESS]:PORT"),
            )
        };
        // Whether there is an interface of a number is seen at the first request, as with names.
        if let (false, Ok(address)) = (text.contains('%'), text.parse::<SocketAddr>()) {
            return Ok(address.into());
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(SocketAddr::new(address, SNMP_PORT).into());
        }
        let (inner, port) = match text.strip_prefix('[').and_then(|t| t.split_once(']')) {
            Some((inner, "")) => (Some(inner), SNMP_PORT),
            Some((inner, port)) => {
                let port = port.strip_prefix(':').ok_or_else(bad)?;
                (Some(inner), port.parse().map_err(|_| bad())?)
            }
            None => (text.contains('%').then_some(text), SNMP_PORT),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        let is_zone = |c: char| !c.is_whitespace() && !c.is_control() && !"/%[]".contains(c);
        if let Some(inner) = inner {
            let (address, scope) = match inner.split_once('%') {
                Some((address, scope)) => (address, Some(scope)),
                None => (inner, None),
            };
            let address: IpAddr = address.parse().map_err(|_| bad())?;
            return match scope {
                None => Ok(SocketAddr::new(address, port).into()),
                Some(scope)
                    if address.is_ipv6() && !scope.is_empty() && scope.chars().all(is_zone) =>
                {
                    Ok(Self::new((inner, port)))
                }
                Some(_) => Err(bad()),
            };
        }
        let (host, port) = match text.split_once(':') {
            Some((host, port)) => (host, port.parse().map_err(|_| bad())?),
            None => (text, SNMP_PORT),
        };
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
        self.place.fmt(f)
    }
}

impl fmt::Debug for UdpTransportTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "UdpTransportTarget({self}, timeout={:?}, retries={})",
            self.options.timeout, self.options.retries
        )
    }
}

#[cfg(test)]
mod tests;

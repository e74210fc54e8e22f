//! Where a peer is, whatever transport leads to it.

use std::cell::Cell;
use std::fmt;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::deferred::Deferred;
use crate::engine::{Address, Request, SubmitError};
use crate::reactor::{Handle, LookupError};
use crate::smi::escaped;

use super::address_target::AddressTransportTarget;
use super::error::SnmpError;
use super::target::UdpTransportTarget;

/// Whom a request is made to: a [`UdpTransportTarget`], or an [`AddressTransportTarget`] where the address is of another
/// transport.
///
/// All verbs take one, `&dyn TransportTarget` too, so that a program that asks agents by several transports can keep them
/// in one list. No other crate can implement it.
pub trait TransportTarget: fmt::Debug + fmt::Display + sealed::Target {}

/// Every kind of target has a place and options, in fields of these names.
macro_rules! targets {
    ($($target:ident)*) => {
        $(
            impl TransportTarget for $target {}

            impl sealed::Target for $target {
                fn place(&self) -> &Place {
                    &self.place
                }

                fn options(&self) -> TargetOptions {
                    self.options
                }
            }
        )*
    };
}

targets! { UdpTransportTarget AddressTransportTarget }

impl<T: TransportTarget + ?Sized> TransportTarget for Box<T> {}

impl<T: TransportTarget + ?Sized> TransportTarget for Rc<T> {}

pub(super) mod sealed {
    use super::{Place, Rc, TargetOptions};

    /// What an engine needs of a target.
    #[expect(unnameable_types, reason = "so that it is implemented nowhere else")]
    pub trait Target {
        fn place(&self) -> &Place;
        fn options(&self) -> TargetOptions;
    }

    impl<T: Target + ?Sized> Target for Box<T> {
        fn place(&self) -> &Place {
            (**self).place()
        }

        fn options(&self) -> TargetOptions {
            (**self).options()
        }
    }

    impl<T: Target + ?Sized> Target for Rc<T> {
        fn place(&self) -> &Place {
            (**self).place()
        }

        fn options(&self) -> TargetOptions {
            (**self).options()
        }
    }
}

/// How a target is asked.
#[expect(unnameable_types, reason = "of a trait that is sealed")]
#[derive(Clone, Copy, Debug)]
pub struct TargetOptions {
    pub(super) timeout: Duration,
    pub(super) retries: u32,
    pub(super) strict_names: bool,
    pub(super) split_too_big: bool,
    pub(super) follow_engine_changes: Option<bool>,
}

impl Default for TargetOptions {
    fn default() -> Self {
        Self {
            timeout: Request::DEFAULT_TIMEOUT,
            retries: Request::DEFAULT_RETRIES,
            strict_names: false,
            split_too_big: false,
            follow_engine_changes: None,
        }
    }
}

impl TargetOptions {
    /// How long an operation takes at most.
    fn limit(&self) -> Duration {
        self.timeout.saturating_mul(self.retries.saturating_add(1))
    }

    /// When an operation is over that begins now, or never.
    pub(super) fn over_at(&self, handle: &Handle) -> Option<Instant> {
        handle.now().checked_add(self.limit())
    }
}

/// Where a target is: an address, or what leads to one.
#[expect(unnameable_types, reason = "of a trait that is sealed")]
#[derive(Clone)]
pub enum Place {
    /// Of a transport over IP.
    Host(Rc<Host>),
    /// What needs no look-up.
    Address(Address),
}

#[expect(unnameable_types, reason = "of a trait that is sealed")]
#[derive(Debug)]
pub struct Host {
    /// Makes the address of its transport.
    pub(super) transport: fn(SocketAddr) -> Address,
    pub(super) name: String,
    pub(super) port: u16,
    /// None until the name has been looked up.
    pub(super) address: Cell<Option<SocketAddr>>,
}

impl Place {
    /// The address, if it is known without asking anybody.
    pub(super) fn address(&self) -> Option<Address> {
        match self {
            Self::Host(host) => host.address.get().map(host.transport),
            Self::Address(address) => Some(address.clone()),
        }
    }

    /// Looks the host name up, for as long as an operation takes at most.
    pub(super) fn resolve(
        &self,
        handle: &Handle,
        options: TargetOptions,
    ) -> Deferred<Address, SnmpError> {
        let host = match self {
            Self::Host(host) => host,
            Self::Address(address) => return Deferred::succeed(address.clone()),
        };
        if options.timeout.is_zero() {
            return Deferred::fail(SubmitError::ZeroTimeout.into());
        }
        if host.name.is_empty() {
            // For the reactor that is every address of this machine: good to listen on, not to ask.
            let error = LookupError::NotFound("the name is empty".into());
            return Deferred::fail(host.unknown(error));
        }
        let host = Rc::clone(host);
        handle
            .resolve_with_port(&host.name, host.port, options.limit())
            .map_err({
                let host = Rc::clone(&host);
                move |error| host.unknown(error)
            })
            .map(move |address| {
                host.address.set(Some(address));
                (host.transport)(address)
            })
    }
}

impl Host {
    fn unknown(&self, error: LookupError) -> SnmpError {
        match error {
            LookupError::Interrupted(interrupt) => interrupt.into(),
            error => SnmpError::UnknownHost {
                host: self.name.clone(),
                error,
            },
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = match self {
            Self::Host(host) => host,
            Self::Address(address) => return address.fmt(f),
        };
        match host.address.get() {
            Some(address) => (host.transport)(address).fmt(f),
            None => escaped(f, |f| match &*host.name {
                name if name.contains(':') => write!(f, "[{name}]:{}", host.port),
                name => write!(f, "{name}:{}", host.port),
            }),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

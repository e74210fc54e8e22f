//! Whom a request is made to, where the address is known.

use std::fmt;
use std::time::Duration;

use crate::engine::Address;

use super::patience::patience;
use super::place::{Place, TargetOptions};

/// An SNMP agent at an address of whatever transport, and how patient one is with it (PySNMP's
/// `AbstractTransportTarget`, given a domain and an address).
///
/// What leads there is for the [network](super::SnmpEngine::with_network) of the engine to say; the one that is there unless another
/// is given has UDP only. Where nothing leads, operations fail with [`SnmpError::UnsupportedTransport`].
///
/// [`SnmpError::UnsupportedTransport`]: super::SnmpError::UnsupportedTransport
///
/// # Examples
///
/// ```
/// use std::path::Path;
/// use std::time::Duration;
/// use deferred_snmp::hlapi::{Address, AddressTransportTarget};
///
/// let agent = Address::UnixDatagram(Path::new("/run/agent").into());
/// let target = AddressTransportTarget::new(agent).timeout(Duration::from_millis(100));
/// assert_eq!(target.to_string(), "unixdgram:/run/agent");
/// ```
#[derive(Clone)]
pub struct AddressTransportTarget {
    pub(super) place: Place,
    pub(super) options: TargetOptions,
}

impl AddressTransportTarget {
    /// The agent at `address`. One second for each try, 5 retries.
    pub fn new(address: Address) -> Self {
        Self {
            place: Place::Address(address),
            options: TargetOptions::default(),
        }
    }

    patience!();
}

impl From<Address> for AddressTransportTarget {
    fn from(address: Address) -> Self {
        Self::new(address)
    }
}

impl fmt::Display for AddressTransportTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.fmt(f)
    }
}

impl fmt::Debug for AddressTransportTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "AddressTransportTarget({self}, timeout={:?}, retries={})",
            self.options.timeout, self.options.retries
        )
    }
}

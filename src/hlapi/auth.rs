//! In whose name a request is made.

use crate::engine::Credentials;
use crate::security::Community;

use super::error::SnmpError;

/// In whose name an operation is made: [`CommunityData`], [`UsmUserData`](super::UsmUserData), or the
/// [`Credentials`] of the engine.
pub trait AuthData {
    /// What the engine is given.
    ///
    /// # Errors
    ///
    /// What is wrong with a name or a key. The operation fails with it.
    fn credentials(&self) -> Result<Credentials, SnmpError>;
}

impl<A: AuthData + ?Sized> AuthData for Box<A> {
    fn credentials(&self) -> Result<Credentials, SnmpError> {
        (**self).credentials()
    }
}

impl AuthData for Credentials {
    fn credentials(&self) -> Result<Credentials, SnmpError> {
        Ok(self.clone())
    }
}

/// A community and the version it is spoken in (PySNMP's `CommunityData`).
///
/// A value to keep and share: cloning it, and using it for another target, copies nothing.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::CommunityData;
///
/// let v2c = CommunityData::new("public");
/// let v1 = CommunityData::v1("public");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommunityData {
    credentials: Credentials,
}

impl CommunityData {
    /// The community `name` in SNMPv2c, PySNMP's default.
    pub fn new(name: impl AsRef<[u8]>) -> Self {
        Self::v2c(name)
    }

    /// The community `name` in SNMPv1 (`mpModel=0`).
    pub fn v1(name: impl AsRef<[u8]>) -> Self {
        Self {
            credentials: Credentials::V1(Community::from(name.as_ref())),
        }
    }

    /// The community `name` in SNMPv2c (`mpModel=1`).
    pub fn v2c(name: impl AsRef<[u8]>) -> Self {
        Self {
            credentials: Credentials::V2c(Community::from(name.as_ref())),
        }
    }
}

impl AuthData for CommunityData {
    fn credentials(&self) -> Result<Credentials, SnmpError> {
        Ok(self.credentials.clone())
    }
}

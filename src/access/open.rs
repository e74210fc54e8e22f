//! Everything allowed.

use super::{AccessControl, AccessDecision, AccessRequest};
use crate::smi::OidRef;

/// A policy that grants every request, reading and writing alike.
///
/// For tests, and for agents that listen where only trusted programs can reach them.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "it has nothing to configure")]
pub struct OpenAccess;

impl AccessControl for OpenAccess {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, _: OidRef<'_>) -> AccessDecision {
        AccessDecision::Allowed
    }
}

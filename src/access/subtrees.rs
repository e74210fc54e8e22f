//! Named principals with lists of subtrees.

use std::collections::BTreeMap;

use super::{AccessControl, AccessDecision, AccessRequest, NextInView, ViewType};
use crate::security::{SecurityLevel, SecurityModel};
use crate::smi::{ObjectIdentifier, OidRef};

/// A policy that grants each security name the subtrees listed for it, and nothing else.
///
/// It fails closed: an unknown name is `noGroupName`, a level below the one asked for is `noAccessEntry`, and a view
/// to which nothing was added contains nothing. It holds in every context. A decision costs two binary searches.
///
/// ```
/// use deferred_snmp::access::{SubtreeAccess, Views};
/// use deferred_snmp::oid;
///
/// let mut policy = SubtreeAccess::new();
/// policy.set("public", Views::new().read(oid!(1.3.6.1.2.1)));
/// policy.set("private", Views::new().read(oid!(1.3.6.1)).write(oid!(1.3.6.1.2.1.1)));
/// ```
#[derive(Clone, Debug, Default)]
pub struct SubtreeAccess {
    principals: BTreeMap<Vec<u8>, Views>,
}

impl SubtreeAccess {
    /// A policy that knows nobody.
    pub fn new() -> Self {
        Self::default()
    }

    /// Grants `views` to `security_name`, in place of what it had.
    pub fn set(&mut self, security_name: impl Into<Vec<u8>>, views: Views) {
        self.principals.insert(security_name.into(), views);
    }

    /// Takes every right from `security_name`; false when it had none.
    pub fn remove(&mut self, security_name: &[u8]) -> bool {
        self.principals.remove(security_name).is_some()
    }

    fn view(&self, request: &AccessRequest<'_>) -> Result<&Subtrees, AccessDecision> {
        let views = self
            .principals
            .get(request.security_name)
            .ok_or(AccessDecision::NoGroupName)?;
        if request.security_level < views.least_level(request.security_model) {
            return Err(AccessDecision::NoAccessEntry);
        }
        Ok(match request.view_type {
            ViewType::Read => &views.read,
            ViewType::Write => &views.write,
            ViewType::Notify => &views.notify,
        })
    }
}

impl AccessControl for SubtreeAccess {
    fn is_access_allowed(
        &self,
        request: &AccessRequest<'_>,
        variable: OidRef<'_>,
    ) -> AccessDecision {
        match self.view(request) {
            Ok(view) if view.contains(variable) => AccessDecision::Allowed,
            Ok(_) => AccessDecision::NotInView,
            Err(decision) => decision,
        }
    }

    fn next_in_view(&self, request: &AccessRequest<'_>, variable: OidRef<'_>) -> NextInView {
        match self.view(request) {
            Ok(view) => view.first_after(variable),
            Err(_) => NextInView::Unknown,
        }
    }
}

/// What one principal may read, write and be notified of. Empty views contain nothing.
#[derive(Clone, Debug)]
pub struct Views {
    /// None until it is asked for.
    level: Option<SecurityLevel>,
    read: Subtrees,
    write: Subtrees,
    notify: Subtrees,
}

impl Default for Views {
    fn default() -> Self {
        Self::new()
    }
}

impl Views {
    /// Three empty views, and no security level yet: see [`at_least`](Self::at_least).
    pub fn new() -> Self {
        Self {
            level: None,
            read: Subtrees::default(),
            write: Subtrees::default(),
            notify: Subtrees::default(),
        }
    }

    /// Asks for messages protected at `level` or better. Where no level is asked for, it is noAuthNoPriv for communities, which can
    /// offer nothing else, and authNoPriv for users: anybody could speak in the name of one whose messages need no digest. Where a user
    /// is given together with its views ([`AgentBuilder::user`](crate::hlapi::AgentBuilder::user),
    /// [`Agent::add_user`](crate::hlapi::Agent::add_user)), it is what the user's keys allow.
    #[must_use]
    pub fn at_least(mut self, level: SecurityLevel) -> Self {
        self.level = Some(level);
        self
    }

    /// The same, where no level has been asked for.
    pub(crate) fn or_at_least(mut self, level: SecurityLevel) -> Self {
        self.level.get_or_insert(level);
        self
    }

    fn least_level(&self, model: SecurityModel) -> SecurityLevel {
        self.level.unwrap_or(match model {
            SecurityModel::V1 | SecurityModel::V2C => SecurityLevel::NoAuthNoPriv,
            _ => SecurityLevel::AuthNoPriv,
        })
    }

    /// Adds a subtree that may be read.
    #[must_use]
    pub fn read(mut self, subtree: impl Into<ObjectIdentifier>) -> Self {
        self.read.insert(subtree.into());
        self
    }

    /// Adds a subtree that may be written.
    #[must_use]
    pub fn write(mut self, subtree: impl Into<ObjectIdentifier>) -> Self {
        self.write.insert(subtree.into());
        self
    }

    /// Adds a subtree to the view for reading and to that for writing.
    #[must_use]
    pub fn read_write(self, subtree: impl Into<ObjectIdentifier>) -> Self {
        let subtree = subtree.into();
        self.read(subtree.clone()).write(subtree)
    }

    /// Adds a subtree whose variables may be sent in notifications.
    #[must_use]
    pub fn notify(mut self, subtree: impl Into<ObjectIdentifier>) -> Self {
        self.notify.insert(subtree.into());
        self
    }
}

/// Roots in ascending order, none below another.
#[derive(Clone, Debug, Default)]
struct Subtrees(Vec<ObjectIdentifier>);

impl Subtrees {
    fn insert(&mut self, root: ObjectIdentifier) {
        if self.contains(root.as_ref()) {
            return;
        }
        self.0.retain(|other| !other.starts_with(&root));
        let place = self.0.partition_point(|other| *other < root);
        self.0.insert(place, root);
    }

    fn contains(&self, variable: OidRef<'_>) -> bool {
        let place = self.0.partition_point(|root| root.as_ref() <= variable);
        place
            .checked_sub(1)
            .is_some_and(|below| variable.starts_with(&self.0[below]))
    }

    fn first_after(&self, variable: OidRef<'_>) -> NextInView {
        let place = self.0.partition_point(|root| root.as_ref() <= variable);
        self.0
            .get(place)
            .map_or(NextInView::Nothing, |root| NextInView::At(root.clone()))
    }
}

//! The `isAccessAllowed` service interface.

use std::fmt;

use crate::security::{SecurityLevel, SecurityModel};
use crate::smi::{ObjectIdentifier, OidRef};

/// What a principal wants to do with a variable, `viewType` of RFC 3415 section 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3415 has these three view types and no room for others"
)]
pub enum ViewType {
    /// Read it: Get, GetNext, GetBulk.
    Read,
    /// Change it: Set.
    Write,
    /// Send it in a notification.
    Notify,
}

/// Who asks, how well that is known, and where: the parameters of `isAccessAllowed` except the variable
/// (RFC 3411 section 4.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the parameters of the service interface of RFC 3411, built by every caller"
)]
pub struct AccessRequest<'a> {
    /// The security model that authenticated the message.
    pub security_model: SecurityModel,
    /// The principal, in the model-independent form.
    pub security_name: &'a [u8],
    /// How the message was protected.
    pub security_level: SecurityLevel,
    /// The kind of access.
    pub view_type: ViewType,
    /// The context that holds the variable.
    pub context_name: &'a [u8],
}

/// The answer of `isAccessAllowed`, in the words of RFC 3415 section 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(
    clippy::exhaustive_enums,
    reason = "RFC 3415 section 3 lists these values and no others"
)]
pub enum AccessDecision {
    /// The variable is in the view (`accessAllowed`).
    Allowed,
    /// There is a view, and the variable is not in it.
    NotInView,
    /// No view is configured for this kind of access.
    NoSuchView,
    /// The context is not known.
    NoSuchContext,
    /// The principal belongs to no group.
    NoGroupName,
    /// Nothing is configured for the group in this context, under this model and level.
    NoAccessEntry,
    /// The decision could not be made.
    OtherError,
}

impl fmt::Display for AccessDecision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allowed => "accessAllowed",
            Self::NotInView => "notInView",
            Self::NoSuchView => "noSuchView",
            Self::NoSuchContext => "noSuchContext",
            Self::NoGroupName => "noGroupName",
            Self::NoAccessEntry => "noAccessEntry",
            Self::OtherError => "otherError",
        })
    }
}

/// Where a view continues after a variable that is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "known, known to be nothing, or unknown: there is no fourth case"
)]
pub enum NextInView {
    /// The policy cannot tell; every variable has to be asked for.
    Unknown,
    /// Nothing before this name is in the view.
    At(ObjectIdentifier),
    /// Nothing that follows is in the view.
    Nothing,
}

impl<A: AccessControl + ?Sized> AccessControl for Box<A> {
    fn is_access_allowed(
        &self,
        request: &AccessRequest<'_>,
        variable: OidRef<'_>,
    ) -> AccessDecision {
        (**self).is_access_allowed(request, variable)
    }

    fn next_in_view(&self, request: &AccessRequest<'_>, variable: OidRef<'_>) -> NextInView {
        (**self).next_in_view(request, variable)
    }
}

/// An access control model, `isAccessAllowed` of RFC 3411 section 4.3.1.
///
/// Implementations are asked once for every variable of a request, so the answer should cost no more than a search.
pub trait AccessControl {
    /// Whether `request` may touch `variable`.
    fn is_access_allowed(
        &self,
        request: &AccessRequest<'_>,
        variable: OidRef<'_>,
    ) -> AccessDecision;

    /// Where the view goes on after `variable`, which is not in it.
    ///
    /// GetNext jumps over a hidden subtree with this instead of asking for each of its variables, of which it asks for
    /// no more than [`CommandResponder::set_max_steps`](crate::applications::CommandResponder::set_max_steps) says. The
    /// default, [`NextInView::Unknown`], is always correct; a name that does not follow `variable` is taken for it.
    fn next_in_view(&self, request: &AccessRequest<'_>, variable: OidRef<'_>) -> NextInView {
        let _ = (request, variable);
        NextInView::Unknown
    }
}

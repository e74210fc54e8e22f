//! What a subtree handler is asked, and what it answers.

use std::time::Instant;

use crate::engine::Peer;
use crate::message::Version;
use crate::objects::Asker;
use crate::security::{SecurityLevel, SecurityModel};
use crate::smi::{ObjectIdentifier, Value};

/// What a [handler](super::handler) is asked, and by whom: owned, so that it can be kept while an answer is awaited.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Ask {
    /// What for.
    pub kind: AskKind,
    /// The sub-identifiers that follow the name of the handler. For [`AskKind::Next`] they may be anything, none as well;
    /// otherwise they name the variable that is meant.
    pub instance: Vec<u32>,
    /// The whole name: that of the handler, and the instance.
    pub name: ObjectIdentifier,
    /// The version of the message.
    pub version: Version,
    /// The security model that authenticated the message.
    pub security_model: SecurityModel,
    /// The principal.
    pub security_name: Vec<u8>,
    /// How the message was protected.
    pub security_level: SecurityLevel,
    /// The context that is asked.
    pub context_name: Vec<u8>,
    /// Where the message came from. `None` for one that came by no message.
    pub peer: Option<Peer>,
    /// The time of the request. `None` where nobody has told it.
    pub now: Option<Instant>,
    /// The request-id of the PDU.
    pub request_id: i32,
}

/// What a [handler](super::handler) is asked for.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a handler has to answer each of them"
)]
pub enum AskKind {
    /// The value of the instance: [`Reply::Value`], or [`Reply::None`] if there is none.
    Get,
    /// The first instance after this one, in the order of the sub-identifiers: [`Reply::Next`], or [`Reply::None`].
    Next,
    /// Whether this value could be set: [`Reply::Done`], or an error that holds the
    /// [`SetError`](crate::objects::SetError) that the manager is told.
    Check(Value),
    /// To give the instance this value, or, for `None`, to remove it: [`Reply::Done`]. It is removed when a SET is undone
    /// that has created it.
    Set(Option<Value>),
}

/// What a [handler](super::handler) answers.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "one for each thing that a handler is asked, and none"
)]
pub enum Reply {
    /// The value.
    Value(Value),
    /// The sub-identifiers of the next instance, and its value if that is known already: it is not asked for then.
    Next(Vec<u32>, Option<Value>),
    /// There is none.
    None,
    /// It is done, or it can be.
    Done,
}

impl From<Value> for Reply {
    fn from(value: Value) -> Self {
        Self::Value(value)
    }
}

/// A value, if there is one.
impl From<Option<Value>> for Reply {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Self::None, Self::Value)
    }
}

/// The next instance and its value, if there is one.
impl From<Option<(Vec<u32>, Value)>> for Reply {
    fn from(next: Option<(Vec<u32>, Value)>) -> Self {
        match next {
            Some((instance, value)) => Self::Next(instance, Some(value)),
            None => Self::None,
        }
    }
}

/// The next instance, if there is one.
impl From<Option<Vec<u32>>> for Reply {
    fn from(next: Option<Vec<u32>>) -> Self {
        next.map_or(Self::None, |instance| Self::Next(instance, None))
    }
}

impl Ask {
    /// What `asker` asks a handler for.
    pub(super) fn of(
        asker: &Asker<'_>,
        kind: AskKind,
        name: ObjectIdentifier,
        instance: &[u32],
    ) -> Self {
        Self {
            kind,
            instance: instance.to_vec(),
            name,
            version: asker.version,
            security_model: asker.security_model,
            security_name: asker.security_name.to_vec(),
            security_level: asker.security_level,
            context_name: asker.context_name.to_vec(),
            peer: asker.peer.cloned(),
            now: asker.now,
            request_id: asker.request_id,
        }
    }
}

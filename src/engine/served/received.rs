//! A message that asks or tells this engine something, as a message processing model has let it in.

use std::sync::Arc;

use crate::engine::records::About;
use crate::message::Version;
use crate::pdu::{PduRef, TrapPduRef};
use crate::security::{Community, SecurityLevel, SecurityModel};

use super::informs::Marks;
use super::registry::{ContextEngine, RegistrationId};

/// A PDU in the name of somebody who is known, for which somebody has registered: `processPdu` of RFC 3411 section
/// 4.1.2.
pub(in crate::engine) struct Received<'a> {
    /// Who sent it, and what records say of that.
    pub(in crate::engine) about: About<'a>,
    pub(in crate::engine) version: Version,
    pub(in crate::engine) security_model: SecurityModel,
    pub(in crate::engine) security_name: Arc<[u8]>,
    pub(in crate::engine) security_level: SecurityLevel,
    pub(in crate::engine) community: Option<Community>,
    pub(in crate::engine) context_engine: ContextEngine,
    pub(in crate::engine) context_name: Arc<[u8]>,
    /// Who takes it.
    pub(in crate::engine) registration: RegistrationId,
    /// How many octets of variable bindings the answer has room for.
    pub(in crate::engine) room: usize,
    pub(in crate::engine) pdu: ReceivedPdu<'a>,
}

/// What was sent.
#[derive(Clone, Copy)]
pub(in crate::engine) enum ReceivedPdu<'a> {
    Request(PduRef<'a>),
    /// With what it is recognised by if it comes again.
    Inform(PduRef<'a>, Marks),
    Trap(PduRef<'a>),
    /// Of SNMPv1, in this community.
    TrapV1(TrapPduRef<'a>, &'a [u8]),
}

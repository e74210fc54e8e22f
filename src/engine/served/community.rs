//! Messages of SNMPv1 and SNMPv2c that ask or tell this engine something. RFC 3584 sections 4.2 and 5.2.

use std::sync::Arc;

use crate::engine::address::Peer;
use crate::engine::common::Common;
use crate::engine::outstanding::Outstanding;
use crate::engine::processing;
use crate::engine::records::{About, Kind};
use crate::engine::trouble::Trouble;
use crate::engine::v3::Usm;
use crate::message::{CommunityMessage, Version};
use crate::pdu::{PduBody, PduKind};
use crate::security::{CommunityTable, EngineId, SecurityLevel, SecurityModel};

use super::received::{Received, ReceivedPdu};
use super::registry::{ContextEngine, PduClass};
use super::reply_security::ReplySecurity;
use super::served::Served;

/// Messages with a community are protected by nothing.
const LEVEL: SecurityLevel = SecurityLevel::NoAuthNoPriv;

impl Served {
    /// Takes a message that answers no request of this engine.
    // Apart from the way of answers, which has fewer registers to save so.
    #[inline(never)]
    pub(in crate::engine) fn accept_community_message(
        &mut self,
        peer: &Peer,
        message: &CommunityMessage<'_>,
        communities: &CommunityTable,
        usm: &mut Usm,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        if let Err(kind) = self.let_in(peer, message, communities, (usm, outstanding), common) {
            let trouble = match &message.pdu {
                _ if kind == Kind::Malformed => Trouble::NotInVersion(message.version),
                PduBody::Pdu(pdu) => outstanding.no_answer(peer, pdu.request_id, pdu.kind),
                PduBody::Trap(_) => Trouble::NoAnswer(PduKind::TrapV2),
            };
            outstanding.refuse_by(common, kind, peer, trouble);
        }
    }

    /// The same; fails with what the message is dropped as.
    fn let_in(
        &mut self,
        peer: &Peer,
        message: &CommunityMessage<'_>,
        communities: &CommunityTable,
        (usm, outstanding): (&mut Usm, &mut Outstanding),
        common: &mut Common,
    ) -> Result<(), Kind> {
        let kind = match &message.pdu {
            PduBody::Pdu(pdu) => pdu.kind,
            PduBody::Trap(_) => PduKind::TrapV2,
        };
        let class = PduClass::of(kind).ok_or(Kind::UnknownPduHandler)?;
        if class == PduClass::Notification && !self.registry.takes_notifications() {
            return Err(Kind::UnknownPduHandler);
        }
        let community = communities
            .find(message.community)
            .ok_or(Kind::BadCommunity)?;
        let entry = &*community.entry;
        // A request is about this engine unless the entry says otherwise; of a notification nobody knows.
        let context_engine = match entry.context_engine_id {
            Some(engine_id) if engine_id != EngineId::LOCAL => ContextEngine::Given(engine_id),
            None if class == PduClass::Notification => ContextEngine::Any,
            _ => ContextEngine::This,
        };
        let registration = self
            .registration(class, &context_engine, &entry.context_name)
            .ok_or(Kind::UnknownPduHandler)?;
        let pdu = match message.pdu {
            PduBody::Trap(trap) => ReceivedPdu::TrapV1(trap, message.community),
            PduBody::Pdu(pdu) if class != PduClass::Notification => {
                // A copy of it in the answer would be as ill-formed. RFC 3584 section 4.2.2.1.
                if message.version == Version::V1 && !pdu.has_values_of_v1() {
                    return Err(Kind::Malformed);
                }
                ReceivedPdu::Request(pdu)
            }
            PduBody::Pdu(pdu) if kind.is_confirmed() => {
                let sender = (message.version, message.community);
                let marks = self.inform_marks(peer, sender, pdu, None);
                ReceivedPdu::Inform(pdu, marks)
            }
            PduBody::Pdu(pdu) => ReceivedPdu::Trap(pdu),
        };
        let limit = common.longest_answer(peer, kind, LEVEL);
        let received = Received {
            about: About::from(peer),
            version: message.version,
            security_model: security_model(message.version),
            security_name: Arc::clone(&entry.security_name),
            security_level: LEVEL,
            community: match class {
                PduClass::Notification => Some(community.name(message.community)),
                PduClass::Read | PduClass::Write => None,
            },
            context_engine,
            context_name: Arc::clone(&entry.context_name),
            registration,
            room: processing::room_for_bindings(limit, message.community),
            pdu,
        };
        let security = |common: &mut Common| reply_security(message, common);
        self.accept(received, security, usm, outstanding, common);
        Ok(())
    }
}

#[inline]
fn reply_security(message: &CommunityMessage<'_>, common: &mut Common) -> ReplySecurity {
    let mut community = common.buffers.take();
    community.extend_from_slice(message.community);
    ReplySecurity::Community {
        version: message.version,
        community,
    }
}

fn security_model(version: Version) -> SecurityModel {
    match version == Version::V1 {
        true => SecurityModel::V1,
        false => SecurityModel::V2C,
    }
}

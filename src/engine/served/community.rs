//! Messages of SNMPv1 and SNMPv2c that ask or tell this engine something. RFC 3584 sections 4.2 and 5.2.

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
use super::registry::PduClass;
use super::reply_security::ReplySecurity;
use super::served::Served;

/// Messages with a community are protected by nothing.
const LEVEL: SecurityLevel = SecurityLevel::NoAuthNoPriv;

impl Served {
    /// Takes a message that answers no request of this engine.
    pub(in crate::engine) fn accept_community_message(
        &mut self,
        peer: &Peer,
        message: &CommunityMessage<'_>,
        communities: &CommunityTable,
        usm: &mut Usm,
        outstanding: &mut Outstanding,
        common: &mut Common,
    ) {
        match self.let_in(peer, message, communities, common) {
            Ok(received) => self.accept(received, usm, outstanding, common),
            Err(kind) => {
                let trouble = match &message.pdu {
                    _ if kind == Kind::Malformed => Trouble::NotInVersion(message.version),
                    PduBody::Pdu(pdu) => outstanding.no_answer(peer, pdu.request_id, pdu.kind),
                    PduBody::Trap(_) => Trouble::NoAnswer(PduKind::TrapV2),
                };
                outstanding.refuse_by(common, kind, peer, trouble);
            }
        }
    }

    /// Whose message it is, and who takes it; or as what it is dropped.
    fn let_in<'a>(
        &self,
        peer: &'a Peer,
        message: &CommunityMessage<'a>,
        communities: &CommunityTable,
        common: &mut Common,
    ) -> Result<Received<'a>, Kind> {
        let kind = match &message.pdu {
            PduBody::Pdu(pdu) => pdu.kind,
            PduBody::Trap(_) => PduKind::TrapV2,
        };
        let class = PduClass::of(kind).ok_or(Kind::UnknownPduHandler)?;
        if class == PduClass::Notification && !self.registry.takes_notifications() {
            return Err(Kind::UnknownPduHandler);
        }
        let (community, entry) = communities
            .lookup(message.community)
            .ok_or(Kind::BadCommunity)?;
        // A request is about this engine unless the entry says otherwise; of a notification nobody knows.
        let context_engine_id = match entry.context_engine_id {
            Some(engine_id) if engine_id != EngineId::LOCAL => Some(engine_id),
            None if class == PduClass::Notification => None,
            _ => Some(common.local.id()),
        };
        let registration = self
            .registration(class, context_engine_id.as_ref(), &entry.context_name)
            .ok_or(Kind::UnknownPduHandler)?;
        let pdu = match message.pdu {
            PduBody::Trap(trap) => ReceivedPdu::TrapV1(trap, message.community),
            PduBody::Pdu(pdu) if class != PduClass::Notification => {
                // A copy of it in the answer would be as ill-formed. RFC 3584 section 4.2.2.1.
                if message.version == Version::V1 && !pdu.has_values_of_v1() {
                    return Err(Kind::Malformed);
                }
                ReceivedPdu::Request(pdu, reply_security(message, common))
            }
            PduBody::Pdu(pdu) if kind.is_confirmed() => {
                let sender = (message.version, message.community);
                let marks = self.inform_marks(peer, sender, pdu, None);
                ReceivedPdu::Inform(pdu, reply_security(message, common), marks)
            }
            PduBody::Pdu(pdu) => ReceivedPdu::Trap(pdu),
        };
        let limit = common.longest_answer(peer, kind, LEVEL);
        Ok(Received {
            about: About::from(peer),
            version: message.version,
            security_model: security_model(message.version),
            security_name: entry.security_name,
            security_level: LEVEL,
            community: Some(community),
            context_engine_id,
            context_name: entry.context_name,
            registration,
            room: processing::room_for_bindings(limit, message.community),
            pdu,
        })
    }
}

fn reply_security(message: &CommunityMessage<'_>, common: &mut Common) -> ReplySecurity {
    let mut community = common.buffers.take();
    community.extend_from_slice(message.community);
    ReplySecurity::Community {
        version: message.version,
        community,
    }
}

fn security_model(version: Version) -> SecurityModel {
    match version {
        Version::V1 => SecurityModel::V1,
        Version::V2c | Version::V3 => SecurityModel::V2C,
    }
}

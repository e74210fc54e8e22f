//! What becomes of a received datagram (RFC 3412 section 4.2).

use std::time::Instant;

use crate::asn1::BerError;
use crate::message::{self, CommunityMessage, Version};
use crate::pdu::{Pdu, PduBody, PduKind, PduRef, TrapPduRef};
use crate::security::{Community, CommunityEntry, SecurityLevel, SecurityModel};
use crate::smi::VarBindList;

use super::address::Peer;
use super::engine::Engine;
use super::event::{Event, IncomingNotification, IncomingRequest, StateReference};
use super::processing;
use super::records::{About, Kind};
use super::replies::ReplySecurity;
use super::trouble::Trouble;

impl Engine {
    /// Takes one datagram from `peer`: an answer ends its request, a request becomes an event,
    /// everything else moves a counter.
    ///
    /// Never fails and never panics, whatever the datagram holds; allocates for the octets that came,
    /// not for the lengths that they claim.
    pub fn handle_datagram(&mut self, now: Instant, peer: &Peer, datagram: &[u8]) {
        self.common.advance(now);
        self.settle_traps();
        self.common.stats.in_pkts += 1;
        match message::peek::version(datagram) {
            Ok(Version::V1 | Version::V2c) => {}
            Ok(Version::V3) => return self.handle_v3(peer, datagram),
            Err(error) => {
                return self
                    .outstanding
                    .refuse_malformed(&mut self.common, peer, error);
            }
        }
        match CommunityMessage::decode(datagram) {
            Ok(message) => {
                let left_over = message::left_over(datagram, message.pdu.var_binds());
                if left_over > 0 {
                    self.common.record(
                        Kind::LeftOver,
                        About::from(peer).detail(&format_args!("{left_over} octets")),
                    );
                }
                self.dispatch(peer, &message);
            }
            Err(error) if message::can_be_mended(&error) => self.mend(peer, datagram, error),
            Err(error) => self
                .outstanding
                .refuse_malformed(&mut self.common, peer, error),
        }
    }

    /// Takes a message of which `error` can be mended.
    #[cold]
    fn mend(&mut self, peer: &Peer, datagram: &[u8], error: BerError) {
        self.common
            .record(Kind::Mended, About::from(peer).detail(&error));
        match CommunityMessage::decode(&message::mended(datagram)) {
            Ok(message) => self.dispatch(peer, &message),
            Err(error) => self
                .outstanding
                .refuse_malformed(&mut self.common, peer, error),
        }
    }

    fn dispatch(&mut self, peer: &Peer, message: &CommunityMessage<'_>) {
        match &message.pdu {
            PduBody::Pdu(pdu) => match pdu.kind {
                PduKind::Response => self.accept_response(peer, message, pdu),
                PduKind::GetRequest
                | PduKind::GetNextRequest
                | PduKind::GetBulkRequest
                | PduKind::SetRequest => self.accept_request(peer, message, pdu),
                PduKind::InformRequest | PduKind::TrapV2 if self.served.takes_notifications => {
                    self.accept_notification(peer, message, pdu);
                }
                PduKind::InformRequest | PduKind::TrapV2 | PduKind::Report => {
                    self.outstanding.refuse_pdu(
                        &mut self.common,
                        Kind::UnknownPduHandler,
                        peer,
                        pdu,
                    );
                }
            },
            PduBody::Trap(trap) if self.served.takes_notifications => {
                self.accept_trap(peer, message, *trap);
            }
            PduBody::Trap(_) => {
                self.outstanding
                    .refuse_trap(&mut self.common, Kind::UnknownPduHandler, peer)
            }
        }
    }

    /// The answer must come from the address asked, in the version and with the community of the
    /// request (RFC 3412 section 7.2, RFC 3413 section 3.1).
    fn accept_response(&mut self, peer: &Peer, message: &CommunityMessage<'_>, pdu: &PduRef<'_>) {
        let (outstanding, usm, common) = (&mut self.outstanding, &mut self.usm, &mut self.common);
        let Some((place, pending)) = outstanding.table.find(pdu.request_id) else {
            let (version, number) = (message.version, pdu.request_id);
            return usm.refuse_unnamed(peer, version, number, outstanding, common);
        };
        let from_asked = outstanding.any_source || pending.request.peer.is(peer);
        if !from_asked || pending.tries == 0 {
            return outstanding.refuse_foreign(common, peer, place);
        }
        let credentials = &pending.request.credentials;
        if !processing::matches(credentials, message) {
            let trouble = processing::mismatch(credentials, message);
            return outstanding.refuse_by(common, Kind::Mismatched, peer, trouble);
        }
        outstanding.take_answer(place, *pdu, usm, common);
    }

    fn accept_request(&mut self, peer: &Peer, message: &CommunityMessage<'_>, pdu: &PduRef<'_>) {
        let Some((_, entry)) = self.communities.lookup(message.community) else {
            return self
                .outstanding
                .refuse_pdu(&mut self.common, Kind::BadCommunity, peer, pdu);
        };
        // A copy of it in the answer would be as ill-formed. RFC 3584 section 4.2.2.1.
        if message.version == Version::V1 && !pdu.has_values_of_v1() {
            let trouble = Trouble::NotInVersion(message.version);
            return self
                .outstanding
                .refuse_by(&mut self.common, Kind::Malformed, peer, trouble);
        }
        if !self.served.unfetched.has_room(pdu.var_binds) {
            return self.refuse_for_room(peer);
        }
        let security = self.reply_security(message);
        let Some(state) = self.expect_reply(peer, security, pdu.request_id) else {
            return;
        };
        let mut owned = Pdu::new(
            pdu.kind,
            0,
            VarBindList::from_buffer(self.common.buffers.take()),
        );
        owned.assign(*pdu);
        let limit = self.longest_answer(peer, pdu.kind, SecurityLevel::NoAuthNoPriv);
        self.hand_out_request(IncomingRequest {
            state,
            peer: peer.clone(),
            version: message.version,
            security_model: security_model(message.version),
            security_name: entry.security_name,
            security_level: SecurityLevel::NoAuthNoPriv,
            context_engine_id: self.common.local.id(),
            context_name: entry.context_name,
            pdu: owned,
            room: processing::room_for_bindings(limit, message.community),
        });
    }

    /// The longest message that answers a request from `peer`.
    pub(super) fn longest_answer(&self, peer: &Peer, kind: PduKind, level: SecurityLevel) -> usize {
        let may_be_forged =
            level == SecurityLevel::NoAuthNoPriv && peer.address.domain().may_be_forged();
        if may_be_forged && kind == PduKind::GetBulkRequest {
            self.common
                .max_unauthenticated_bulk_size
                .min(self.common.max_message_size)
        } else {
            self.common.max_message_size
        }
    }

    fn accept_notification(
        &mut self,
        peer: &Peer,
        message: &CommunityMessage<'_>,
        pdu: &PduRef<'_>,
    ) {
        let Some(known) = self.communities.lookup(message.community) else {
            return self
                .outstanding
                .refuse_pdu(&mut self.common, Kind::BadCommunity, peer, pdu);
        };
        let mut state = None;
        if pdu.kind == PduKind::InformRequest {
            let sender = (message.version, message.community);
            let marks = self.served.informs.marks(peer, sender, *pdu, None);
            let security = self.reply_security(message);
            state = self.expect_acknowledgement(peer, security, marks, *pdu);
            if state.is_none() {
                return;
            }
        } else if !self.has_room_for_notification(peer, pdu.kind, pdu.var_binds) {
            return;
        }
        let mut owned = Pdu::new(
            pdu.kind,
            0,
            VarBindList::from_buffer(self.common.buffers.take()),
        );
        owned.assign(*pdu);
        self.notify(peer, message, known, state, owned);
    }

    /// A Trap-PDU of SNMPv1, which becomes one of the later versions (RFC 3584 section 3.1). One with numbers
    /// that have no meaning there becomes one without snmpTrapOID.0.
    fn accept_trap(&mut self, peer: &Peer, message: &CommunityMessage<'_>, trap: TrapPduRef<'_>) {
        let Some(known) = self.communities.lookup(message.community) else {
            return self
                .outstanding
                .refuse_trap(&mut self.common, Kind::BadCommunity, peer);
        };
        if !self.has_room_for_notification(peer, PduKind::TrapV2, trap.var_binds) {
            return;
        }
        let mut var_binds = VarBindList::from_buffer(self.common.buffers.take());
        if let Err(error) = trap.append_received(message.community, &mut var_binds) {
            self.common
                .record(Kind::OddTrap, About::from(peer).detail(&error));
        }
        let pdu = Pdu::new(PduKind::TrapV2, 0, var_binds);
        self.notify(peer, message, known, None, pdu);
    }

    fn notify(
        &mut self,
        peer: &Peer,
        message: &CommunityMessage<'_>,
        (community, entry): (Community, CommunityEntry),
        state: Option<StateReference>,
        pdu: Pdu,
    ) {
        self.hand_out(IncomingNotification {
            state,
            peer: peer.clone(),
            version: message.version,
            security_model: security_model(message.version),
            security_name: entry.security_name,
            security_level: SecurityLevel::NoAuthNoPriv,
            community: Some(community),
            context_engine_id: entry.context_engine_id,
            context_name: entry.context_name,
            pdu,
            room: processing::room_for_bindings(self.common.max_message_size, message.community),
        });
    }

    pub(super) fn hand_out(&mut self, notification: IncomingNotification) {
        self.common.stats.notifications += 1;
        self.served.unfetched.add_notification(&notification.pdu);
        self.common
            .events
            .push_back(Event::Notification(notification));
    }

    /// Keeps what the answer to a request will need, if there is room for it.
    pub(super) fn expect_reply(
        &mut self,
        peer: &Peer,
        security: ReplySecurity,
        request_id: i32,
    ) -> Option<StateReference> {
        if !self.has_room_for_request(peer) {
            self.forget_security(security);
            return None;
        }
        Some(
            self.served
                .replies
                .insert(self.common.now, peer.clone(), security, request_id),
        )
    }

    fn reply_security(&mut self, message: &CommunityMessage<'_>) -> ReplySecurity {
        let mut community = self.common.buffers.take();
        community.extend_from_slice(message.community);
        ReplySecurity::Community {
            version: message.version,
            community,
        }
    }
}

fn security_model(version: Version) -> SecurityModel {
    match version {
        Version::V1 => SecurityModel::V1,
        Version::V2c | Version::V3 => SecurityModel::V2C,
    }
}

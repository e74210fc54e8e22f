//! The models by which messages are made and read: message processing and security in one (RFC 3411 sections 3.1.1 and
//! 3.1.3).
//!
//! Which model a message is of shows in three places, which are all here: in the [`Credentials`] of a request, in the
//! [`ReplySecurity`] of an answer, and in the version and security model of what comes in.

use crate::asn1::{BerError, BerErrorKind};
use crate::message::{self, CommunityMessage, V3Message, Version, peek};
use crate::pdu::{Pdu, PduBody, PduKind, PduRef};
use crate::security::{CommunityTable, SecurityModel};

use super::address::Peer;
use super::common::Common;
use super::config::EngineConfig;
use super::error::ErrorIndication;
use super::event::Credentials;
use super::outstanding::Outstanding;
use super::processing;
use super::records::{About, Kind};
use super::served::{ReplySecurity, Served};
use super::trouble::Trouble;
use super::v3::Usm;

/// The community-based models of SNMPv1 and SNMPv2c, which have no state but their table, and the user-based one.
#[derive(Debug)]
pub(super) struct Models {
    pub(super) communities: CommunityTable,
    pub(super) usm: Usm,
}

impl Models {
    pub(super) fn new(config: &mut EngineConfig, common: &Common) -> Self {
        let (boots, _) = common.local.clock(common.now);
        Self {
            communities: std::mem::take(&mut config.communities),
            usm: Usm::new(config, boots),
        }
    }

    /// Writes the message of the request at `place` (`prepareOutgoingMessage`).
    #[inline]
    pub(super) fn prepare_outgoing(
        &mut self,
        place: usize,
        outstanding: &mut Outstanding,
        out: &mut Vec<u8>,
        common: &Common,
    ) -> Result<(), ErrorIndication> {
        let table = &mut outstanding.table;
        let pending = table.at(place);
        match &pending.request.credentials {
            Credentials::V1(community) => {
                processing::prepare_outgoing(Version::V1, community, pending, out);
                Ok(())
            }
            Credentials::V2c(community) => {
                processing::prepare_outgoing(Version::V2c, community, pending, out);
                Ok(())
            }
            Credentials::Usm(credentials) => {
                let credentials = credentials.clone();
                (self.usm).prepare_outgoing(&credentials, place, table, out, common)
            }
        }
    }

    /// Takes a received message (`prepareDataElements`): an answer ends its request, a request becomes an event,
    /// everything else moves a counter.
    pub(super) fn incoming(
        &mut self,
        peer: &Peer,
        octets: &[u8],
        outstanding: &mut Outstanding,
        served: &mut Served,
        common: &mut Common,
    ) {
        match peek::version(octets) {
            Ok(Version::V1 | Version::V2c) => {
                self.incoming_community(peer, octets, outstanding, served, common);
            }
            Ok(Version::V3) => self.incoming_v3(peer, octets, outstanding, served, common),
            Err(error) => outstanding.refuse_malformed(common, peer, error),
        }
    }

    /// RFC 3412 section 7.2, steps 2 to 5.
    fn incoming_v3(
        &mut self,
        peer: &Peer,
        octets: &[u8],
        outstanding: &mut Outstanding,
        served: &mut Served,
        common: &mut Common,
    ) {
        let model = match V3Message::decode(octets) {
            Ok(message) if message.header.security_model == USM => {
                return (self.usm).incoming(peer, octets, message, outstanding, served, common);
            }
            Ok(message) => message.header.security_model,
            Err(error) if error.kind() == BerErrorKind::PrivacyWithoutAuthentication => {
                match peek::security_model(octets) {
                    // The flags of another model than ours are nobody's business.
                    Ok(model) if model != USM => model,
                    _ => {
                        let trouble = Trouble::PrivacyWithoutAuthentication;
                        return outstanding.refuse_by(common, Kind::InvalidMessage, peer, trouble);
                    }
                }
            }
            Err(error) => return outstanding.refuse_malformed(common, peer, error),
        };
        let trouble = Trouble::UnknownSecurityModel(model);
        outstanding.refuse_by(common, Kind::UnknownSecurityModel, peer, trouble);
    }

    fn incoming_community(
        &mut self,
        peer: &Peer,
        octets: &[u8],
        outstanding: &mut Outstanding,
        served: &mut Served,
        common: &mut Common,
    ) {
        match CommunityMessage::decode(octets) {
            Ok(message) => {
                let left_over = message::left_over(octets, message.pdu.var_binds());
                if left_over > 0 {
                    let about = About::from(peer);
                    common.record(
                        Kind::LeftOver,
                        about.detail(&format_args!("{left_over} octets")),
                    );
                }
                self.dispatch(peer, &message, outstanding, served, common);
            }
            Err(error) if message::can_be_mended(&error) => {
                self.mend(peer, octets, error, outstanding, served, common);
            }
            Err(error) => outstanding.refuse_malformed(common, peer, error),
        }
    }

    /// Takes a message of which `error` can be mended.
    #[cold]
    fn mend(
        &mut self,
        peer: &Peer,
        octets: &[u8],
        error: BerError,
        outstanding: &mut Outstanding,
        served: &mut Served,
        common: &mut Common,
    ) {
        common.record(Kind::Mended, About::from(peer).detail(&error));
        match CommunityMessage::decode(&message::mended(octets)) {
            Ok(message) => self.dispatch(peer, &message, outstanding, served, common),
            Err(error) => outstanding.refuse_malformed(common, peer, error),
        }
    }

    fn dispatch(
        &mut self,
        peer: &Peer,
        message: &CommunityMessage<'_>,
        outstanding: &mut Outstanding,
        served: &mut Served,
        common: &mut Common,
    ) {
        match &message.pdu {
            PduBody::Pdu(pdu) if pdu.kind == PduKind::Response => {
                accept_response(peer, message, *pdu, &mut self.usm, outstanding, common);
            }
            _ => {
                let Self { communities, usm } = self;
                served.accept_community_message(
                    peer,
                    message,
                    communities,
                    usm,
                    outstanding,
                    common,
                );
            }
        }
    }
}

/// Writes the message of an answer (`prepareResponseMessage`). False if it is longer than is taken, or cannot be
/// sealed.
#[inline]
pub(super) fn prepare_response(
    security: &ReplySecurity,
    pdu: &Pdu,
    usm: &mut Usm,
    common: &Common,
    out: &mut Vec<u8>,
) -> bool {
    match security {
        ReplySecurity::Community { version, community } => {
            processing::prepare_response(*version, community, pdu, out);
            out.len() <= common.max_message_size
        }
        ReplySecurity::Usm(reply) => usm.prepare_response(reply, pdu, common, out),
    }
}

/// The answer must come from the address asked, in the version and with the community of the
/// request (RFC 3412 section 7.2, RFC 3413 section 3.1).
fn accept_response(
    peer: &Peer,
    message: &CommunityMessage<'_>,
    pdu: PduRef<'_>,
    usm: &mut Usm,
    outstanding: &mut Outstanding,
    common: &mut Common,
) {
    let Some((place, pending)) = outstanding.table.find(pdu.request_id) else {
        return usm.refuse_unnamed(peer, message.version, pdu.request_id, outstanding, common);
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
    outstanding.take_answer(place, pdu, usm, common);
}

const USM: i32 = SecurityModel::USM.number();

//! Message processing models: a PDU to a message and back (RFC 3411 section 4.2, RFC 3584 section 4).

use crate::message::{CommunityMessage, Version};
use crate::pdu::{Pdu, PduKind};

use super::event::Credentials;

/// Octets of a message beside its community and variable bindings, at most: eight headers and the
/// integers of message and PDU, in their longest form.
const FRAME: usize = 64;

/// Writes the message of a request (`prepareOutgoingMessage`).
pub(super) fn prepare_outgoing_message(credentials: &Credentials, pdu: &Pdu, out: &mut Vec<u8>) {
    match credentials {
        Credentials::V1(community) => encode(Version::V1, community.octets(), pdu, out),
        Credentials::V2c(community) => encode(Version::V2c, community.octets(), pdu, out),
    }
}

/// Writes the message of an answer (`prepareResponseMessage`).
pub(super) fn prepare_response_message(
    version: Version,
    community: &[u8],
    pdu: &Pdu,
    out: &mut Vec<u8>,
) {
    encode(version, community, pdu, out);
}

fn encode(version: Version, community: &[u8], pdu: &Pdu, out: &mut Vec<u8>) {
    CommunityMessage::new(version, community, pdu.as_ref()).encode(out);
}

/// An upper bound for the length of a message; at most 64 octets too high.
pub(super) fn longest_message(credentials: &Credentials, pdu: &Pdu) -> usize {
    let community = match credentials {
        Credentials::V1(community) | Credentials::V2c(community) => community,
    };
    FRAME + community.octets().len() + pdu.var_binds.octets().len()
}

/// How many octets of variable bindings fit into an answer.
pub(super) fn room_for_bindings(max_message_size: usize, community: &[u8]) -> usize {
    max_message_size.saturating_sub(FRAME + community.len())
}

/// Whether a request of this kind exists in the version and is answered.
pub(super) fn is_supported(version: Version, kind: PduKind) -> bool {
    match kind {
        PduKind::GetRequest | PduKind::GetNextRequest | PduKind::SetRequest => true,
        PduKind::GetBulkRequest | PduKind::InformRequest => version != Version::V1,
        PduKind::Response | PduKind::TrapV2 | PduKind::Report => false,
    }
}

/// Whether an answer that came as `message` speaks the version and in the name of the request.
pub(super) fn matches(credentials: &Credentials, message: &CommunityMessage<'_>) -> bool {
    let (version, community) = match credentials {
        Credentials::V1(community) => (Version::V1, community),
        Credentials::V2c(community) => (Version::V2c, community),
    };
    message.version == version && message.community == community.octets()
}

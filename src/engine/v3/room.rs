//! How much fits into an answer.

use crate::security::EngineId;
use crate::security::usm::AuthProtocol;

use super::authoritative::UsmReply;

/// Octets of a message beside names, digest and variable bindings, at most: the headers and integers of
/// message, security parameters and PDU in their longest form, salt and padding.
const FRAME: usize = 128;

/// How many octets of variable bindings fit into an answer. RFC 3414 section 3.2, step 9.
pub(super) fn room_for_bindings(reply: &UsmReply, own: &EngineId) -> usize {
    let digest = reply
        .user
        .auth_protocol()
        .map_or(0, AuthProtocol::digest_len);
    let names = own.octets().len()
        + reply.context_engine_id.octets().len()
        + reply.context_name.len()
        + reply.user.name().len();
    reply.max_size.saturating_sub(FRAME + names + digest)
}

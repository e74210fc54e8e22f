//! How much fits into an answer.

use crate::security::usm::{AuthProtocol, PrivProtocol};
use crate::security::{EngineId, SecurityLevel};

use super::answer::UsmReply;

/// Octets of a message beside names, digest and variable bindings, at most: the headers and integers of
/// message, security parameters and PDU in their longest form.
const FRAME: usize = 86;
/// What encryption adds to that: the salt and another header.
const ENCRYPTION: usize = 12;
/// Each of six headers is longer by one where the message may have more octets than this.
const LONGEST_WITH_SHORT_HEADERS: usize = 0xffff;

/// How many octets of variable bindings fit into an answer. RFC 3414 section 3.2, step 9.
pub(super) fn room_for_bindings(reply: &UsmReply, own: &EngineId) -> usize {
    let mut others = FRAME
        + own.octets().len()
        + reply.context_engine_id.octets().len()
        + reply.context_name.len()
        + reply.user.name().len();
    if reply.level > SecurityLevel::NoAuthNoPriv {
        let protocol = reply.user.auth_protocol();
        others += protocol.map_or(0, AuthProtocol::digest_len);
    }
    if reply.level == SecurityLevel::AuthPriv {
        let padding = reply
            .user
            .priv_protocol()
            .map_or(0, PrivProtocol::max_padding);
        others += ENCRYPTION + padding;
    }
    if reply.max_size > LONGEST_WITH_SHORT_HEADERS {
        others += 6;
    }
    reply.max_size.saturating_sub(others)
}

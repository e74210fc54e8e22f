//! Message processing models: a PDU to a message and back (RFC 3411 section 4.2, RFC 3584 section 4).

use std::net::{IpAddr, Ipv4Addr};

use crate::message::{CommunityMessage, Version};
use crate::pdu::{
    Pdu, PduKind, SNMP_TRAP_ADDRESS, SNMP_TRAP_ENTERPRISE, TranslationError, TrapPduRef,
};
use crate::smi::{ValueRef, VarBind, VarBindList, VarBindRef};

use super::event::{Credentials, Request};
use super::trouble::Trouble;

/// Octets of a message beside its community and variable bindings, at most: eight headers and the
/// integers of message and PDU, in their longest form.
const FRAME: usize = 64;

/// Writes the message of a request (`prepareOutgoingMessage`).
///
/// # Errors
///
/// Of a trap only, and known when it is submitted: SNMPv1 cannot say it.
pub(super) fn prepare_outgoing_message(
    request: &Request,
    out: &mut Vec<u8>,
) -> Result<(), TranslationError> {
    let pdu = &request.pdu;
    match &request.credentials {
        Credentials::V1(community) if pdu.kind == PduKind::TrapV2 => {
            let mut trap = v1_trap(request)?;
            let without_header;
            if request.own_trap && trap.var_binds.iter().any(is_header) {
                let rest = trap.var_binds.iter().filter(|binding| !is_header(*binding));
                without_header = rest.map(VarBind::from).collect::<VarBindList>();
                trap.var_binds = without_header.as_ref();
            }
            CommunityMessage::new(Version::V1, community.octets(), trap).encode(out);
        }
        Credentials::V1(community) => encode(Version::V1, community.octets(), pdu, out),
        Credentials::V2c(community) => encode(Version::V2c, community.octets(), pdu, out),
        // It takes the state of the engine: see `prepare_usm_message`.
        Credentials::Usm(_) => out.clear(),
    }
    Ok(())
}

/// The trap as SNMPv1 says it.
pub(super) fn v1_trap(request: &Request) -> Result<TrapPduRef<'_>, TranslationError> {
    let own = match request.peer.local {
        Some(IpAddr::V4(address)) => address,
        _ => Ipv4Addr::UNSPECIFIED,
    };
    TrapPduRef::from_notification(request.pdu.var_binds.as_ref(), own)
}

/// Whether a binding of a trap says what the header of a Trap-PDU says.
fn is_header(binding: VarBindRef<'_>) -> bool {
    match binding.value {
        ValueRef::ObjectIdentifier(_) => binding.name == SNMP_TRAP_ENTERPRISE.as_ref(),
        ValueRef::IpAddress(_) => binding.name == SNMP_TRAP_ADDRESS.as_ref(),
        _ => false,
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

/// An upper bound for the length of a message; at most 64 octets too high, except for a trap of
/// SNMPv1, whose enterprise may stand in a binding and again in front of them.
pub(super) fn longest_message(request: &Request) -> usize {
    let bindings = request.pdu.var_binds.octets().len();
    let community = match &request.credentials {
        Credentials::V1(community) | Credentials::V2c(community) => community.octets(),
        // Known when the message is made.
        Credentials::Usm(_) => return 0,
    };
    let is_v1_trap =
        request.credentials.version() == Version::V1 && request.pdu.kind == PduKind::TrapV2;
    let header = if is_v1_trap { bindings } else { 0 };
    FRAME + community.len() + bindings + header
}

/// How many octets of variable bindings fit into an answer.
pub(super) fn room_for_bindings(max_message_size: usize, community: &[u8]) -> usize {
    max_message_size.saturating_sub(FRAME + community.len())
}

/// Whether a request or notification of this kind can be sent in the version.
pub(super) fn is_supported(version: Version, kind: PduKind) -> bool {
    match kind {
        PduKind::GetRequest | PduKind::GetNextRequest | PduKind::SetRequest | PduKind::TrapV2 => {
            true
        }
        PduKind::GetBulkRequest | PduKind::InformRequest => version != Version::V1,
        PduKind::Response | PduKind::Report => false,
    }
}

/// Whether an answer that came as `message` speaks the version and in the name of the request.
pub(super) fn matches(credentials: &Credentials, message: &CommunityMessage<'_>) -> bool {
    let (version, community) = match credentials {
        Credentials::V1(community) => (Version::V1, community),
        Credentials::V2c(community) => (Version::V2c, community),
        Credentials::Usm(_) => return false,
    };
    message.version == version && message.community == community.octets()
}

/// Why it does not.
#[cold]
pub(super) fn mismatch(credentials: &Credentials, message: &CommunityMessage<'_>) -> Trouble {
    let (expected, found) = (credentials.version(), message.version);
    match expected == found {
        true => Trouble::OtherCommunity,
        false => Trouble::OtherVersion { expected, found },
    }
}

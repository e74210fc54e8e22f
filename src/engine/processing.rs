//! Message processing models: a PDU to a message and back (RFC 3411 section 4.2, RFC 3584 section 4).

use std::net::{IpAddr, Ipv4Addr};

use crate::message::{CommunityMessage, Version};
use crate::pdu::{
    Pdu, PduKind, PduRef, SNMP_TRAP_ADDRESS, SNMP_TRAP_ENTERPRISE, TranslationError, TrapPduRef,
};
use crate::security::{Community, EngineId};
use crate::smi::{ValueRef, VarBind, VarBindList, VarBindRef};

use super::buffers::BufferPool;
use super::error::SubmitError;
use super::event::{Credentials, Request};
use super::pending::Pending;
use super::trouble::Trouble;

/// Octets of a message beside its community and variable bindings, at most: eight headers and the
/// integers of message and PDU, in their longest form.
const FRAME: usize = 64;

/// Whether a request can be sent in the way that it wants to be.
pub(super) fn check(request: &Request) -> Result<(), SubmitError> {
    if request.timeout.is_zero() {
        return Err(SubmitError::ZeroTimeout);
    }
    if !is_supported(request.credentials.version(), request.pdu.kind) {
        return Err(SubmitError::UnsupportedPdu);
    }
    if let Credentials::Usm(credentials) = &request.credentials {
        if credentials.level() > credentials.user().level() {
            return Err(SubmitError::UnsupportedLevel(credentials.level()));
        }
        if credentials.engine_id() == Some(EngineId::LOCAL) {
            return Err(SubmitError::LocalEngineId);
        }
    }
    Ok(())
}

/// Writes the message of a trap of SNMPv1, of which everything is known when it is submitted. Of others, none where it
/// is sure to fit; what is sent of SNMPv3 is known when its turn comes only.
pub(super) fn write_ahead(
    request: &Request,
    limit: usize,
    buffers: &mut BufferPool,
) -> Result<Option<Vec<u8>>, SubmitError> {
    let (version, community) = match &request.credentials {
        Credentials::V1(community) => (Version::V1, community),
        Credentials::V2c(community) => (Version::V2c, community),
        Credentials::Usm(_) => return Ok(None),
    };
    let is_v1_trap = version == Version::V1 && request.pdu.kind == PduKind::TrapV2;
    let longest = FRAME + community.octets().len() + request.pdu.var_binds.octets().len();
    if !is_v1_trap && longest <= limit {
        return Ok(None);
    }
    let mut message = buffers.take();
    let mut checked = Ok(());
    if is_v1_trap {
        let written = write_v1_trap(request, community.octets(), &mut message);
        checked = written.map_err(SubmitError::Untranslatable);
    } else {
        let mut pdu = request.pdu.as_ref();
        // Whatever request-id it gets, the message becomes no longer than with this one.
        pdu.request_id = i32::MAX;
        encode(version, community.octets(), pdu, &mut message);
    }
    let len = message.len();
    if checked.is_ok() && len > limit {
        checked = Err(SubmitError::TooBig { len, limit });
    }
    if checked.is_ok() && is_v1_trap {
        return Ok(Some(message));
    }
    buffers.give(message);
    checked.map(|()| None)
}

/// Writes the message of a request (`prepareOutgoingMessage`) in the name of a community.
pub(super) fn prepare_outgoing(
    version: Version,
    community: &Community,
    pending: &Pending,
    out: &mut Vec<u8>,
) {
    match &pending.written {
        Some(written) => {
            out.clear();
            out.extend_from_slice(written);
        }
        None => encode(
            version,
            community.octets(),
            pending.request.pdu.as_ref(),
            out,
        ),
    }
}

/// Writes a trap as SNMPv1 says it. RFC 3584 section 3.2.
fn write_v1_trap(
    request: &Request,
    community: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), TranslationError> {
    let own = match request.peer.local {
        Some(IpAddr::V4(address)) => address,
        _ => Ipv4Addr::UNSPECIFIED,
    };
    let mut trap = TrapPduRef::from_notification(request.pdu.var_binds.as_ref(), own)?;
    let without_header;
    if request.own_trap && trap.var_binds.iter().any(is_header) {
        let rest = trap.var_binds.iter().filter(|binding| !is_header(*binding));
        without_header = rest.map(VarBind::from).collect::<VarBindList>();
        trap.var_binds = without_header.as_ref();
    }
    CommunityMessage::new(Version::V1, community, trap).encode(out);
    Ok(())
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
pub(super) fn prepare_response(version: Version, community: &[u8], pdu: &Pdu, out: &mut Vec<u8>) {
    encode(version, community, pdu.as_ref(), out);
}

fn encode(version: Version, community: &[u8], pdu: PduRef<'_>, out: &mut Vec<u8>) {
    CommunityMessage::new(version, community, pdu).encode(out);
}

/// How many octets of variable bindings fit into an answer.
pub(super) fn room_for_bindings(max_message_size: usize, community: &[u8]) -> usize {
    max_message_size.saturating_sub(FRAME + community.len())
}

/// Whether a request or notification of this kind can be sent in the version.
fn is_supported(version: Version, kind: PduKind) -> bool {
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

//! One request, one answer.

use crate::applications::Command;
use crate::deferred::Deferred;
use crate::pdu::{Bulk, Pdu};

use super::auth::AuthData;
use super::context::ContextData;
use super::error::SnmpError;
use super::exchange::Exchange;
use super::object::ObjectType;
use super::place::TransportTarget;
use super::response::Response;
use super::session::SnmpEngine;

/// Reads variables by name (GET). Fires with what the agent answers; an error-status is part of it. Of an answer with fewer
/// bindings than asked for, those that came are handed out: [`Response::missing`] says how many are not there. For a list
/// that the agent calls tooBig, see
/// [`UdpTransportTarget::split_too_big`](super::UdpTransportTarget::split_too_big).
///
/// # Errors
///
/// Through the errback: [`SnmpError`].
pub fn get_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> Deferred<Response, SnmpError> {
    Exchange::new(engine, auth, target, context).send(Command::Get, objects)
}

/// Writes variables (SET): all of them or none. Fires with what the agent answers; an error-status
/// is part of it, and its index names the variable that was refused.
///
/// # Errors
///
/// Through the errback: [`SnmpError`].
pub fn set_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> Deferred<Response, SnmpError> {
    Exchange::new(engine, auth, target, context).send(Command::Set, objects)
}

/// Reads the variables that follow those named (GETNEXT). Fires with one row; see
/// [`Response::rows`]. The arcs at the top of the tree can be named as for [`walk_cmd`](super::walk_cmd).
///
/// # Errors
///
/// Through the errback: [`SnmpError`].
pub fn next_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> Deferred<Response, SnmpError> {
    Exchange::new(engine, auth, target, context).send(Command::GetNext, objects)
}

/// Reads up to `max_repetitions` variables that follow each of those named, but only one for the
/// first `non_repeaters` (GETBULK). Fires with several rows; see [`Response::rows`]. In SNMPv1, which
/// has no GETBULK, this is [`next_cmd`]. An agent may end its answer anywhere, also inside the first row: see
/// [`Response::missing`].
///
/// # Errors
///
/// Through the errback: [`SnmpError`], with [`SnmpError::EmptyResponse`] for an answer without rows.
pub fn bulk_cmd(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    non_repeaters: u32,
    max_repetitions: u32,
    objects: impl IntoIterator<Item = impl Into<ObjectType>>,
) -> Deferred<Response, SnmpError> {
    let command = Command::GetBulk(Bulk {
        non_repeaters,
        max_repetitions,
    });
    Exchange::new(engine, auth, target, context).send(command, objects)
}

/// Sends a PDU that the program has made (PySNMP's `sendPdu`): a request, a trap or an inform, as it is,
/// but for the request-id, which is the engine's. Fires as the verb for its kind does.
///
/// Nothing in it is looked up, converted, added or left out. In SNMPv1, an SNMPv2-Trap-PDU goes as the
/// Trap-PDU that says the same, with all its bindings, as for a proxy (RFC 3584 section 3.2).
///
/// # Errors
///
/// Through the errback: [`SnmpError`], with [`SnmpError::Submit`] for a PDU that asks for nothing and
/// notifies of nothing, or that the version has not.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::oid;
/// use deferred_snmp::pdu::{Pdu, PduKind};
/// use deferred_snmp::task::react;
///
/// fn main() -> ExitCode {
///     react(|reactor| {
///         let var_binds = [
///             VarBind::new(oid!(1.3.6.1.2.1.1.3.0), TimeTicks(123)),
///             VarBind::new(oid!(1.3.6.1.6.3.1.1.4.1.0), oid!(1.3.6.1.6.3.1.1.5.1)),
///         ];
///         send_pdu(
///             &SnmpEngine::new(reactor),
///             &CommunityData::new("public"),
///             &UdpTransportTarget::new(("127.0.0.1", 16_200)),
///             &ContextData::default(),
///             Pdu::new(PduKind::TrapV2, 0, var_binds.into_iter().collect()),
///         )
///         .add_callback(|_| println!("on its way"))
///     })
/// }
/// ```
pub fn send_pdu(
    engine: &SnmpEngine,
    auth: &(impl AuthData + ?Sized),
    target: &(impl TransportTarget + ?Sized),
    context: &ContextData,
    pdu: Pdu,
) -> Deferred<Response, SnmpError> {
    Exchange::new(engine, auth, target, context).send_pdu(pdu)
}

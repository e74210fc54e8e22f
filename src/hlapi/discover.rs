//! The name of an engine at an address.

use std::rc::Rc;
use std::time::Instant;

use crate::deferred::Deferred;
use crate::engine::{Address, Discovery, Peer, RequestId};
use crate::security::EngineId;

use super::error::SnmpError;
use super::place::{TargetOptions, TransportTarget};
use super::question::Waiting;
use super::session::{Session, SnmpEngine};

/// Asks for the name of the SNMPv3 engine at `target`: snmpEngineID. No user need be known there, and no key is used.
/// RFC 3414 section 4.
///
/// Each call asks, also where the name is known already; [`SnmpEngine::engine_id_of`] tells what is known.
/// Operations on the same target need not ask any more. Where an engine has proven to have another name, by an answer
/// with the right digest, they go on asking that one.
///
/// Whoever can send from the target's address can answer, and nobody can tell: the report is not authenticated. Only a
/// key that is localized to the engine proves its name.
///
/// # Errors
///
/// Through the errback: [`SnmpError`]. A time-out says what came instead, if anything did: agents that do not speak
/// SNMPv3 are silent.
///
/// # Examples
///
/// ```no_run
/// // Not run here: it waits for an agent's answer.
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::task::react;
///
/// fn main() -> ExitCode {
///     react(|reactor| {
///         let engine = SnmpEngine::new(reactor);
///         discover(&engine, &UdpTransportTarget::new(("192.0.2.1", 161)))
///             .add_callback(|engine_id| println!("0x{engine_id}"))
///     })
/// }
/// ```
pub fn discover(
    engine: &SnmpEngine,
    target: &(impl TransportTarget + ?Sized),
) -> Deferred<EngineId, SnmpError> {
    let (session, place, options) = (engine.session(), target.place(), target.options());
    if let Some(address) = place.address() {
        return session.discover(address, options, None);
    }
    let until = options.over_at(session.handle());
    let resolved = Rc::clone(session);
    place
        .resolve(session.handle(), options)
        .add_callback(move |address| resolved.discover(address, options, until))
}

impl Session {
    fn discover(
        self: &Rc<Self>,
        address: Address,
        options: TargetOptions,
        until: Option<Instant>,
    ) -> Deferred<EngineId, SnmpError> {
        let id = match self.ask_for_name(address, options, until) {
            Ok(id) => id,
            Err(error) => return Deferred::fail(error),
        };
        let (resolver, deferred) = self.outcome_of(id);
        self.wait(id, Waiting::Name(resolver));
        deferred
    }

    fn ask_for_name(
        &self,
        address: Address,
        options: TargetOptions,
        until: Option<Instant>,
    ) -> Result<RequestId, SnmpError> {
        let endpoint = self.binding().endpoint_for(&address)?;
        let peer = Peer::new(endpoint, address);
        let mut discovery = Discovery::new(peer).patience(options.timeout, options.retries);
        let submitted = self.binding().with_engine(|engine, now| {
            discovery.at_most = until.map(|until| until.saturating_duration_since(now));
            engine.discover(now, discovery)
        });
        Ok(submitted?)
    }

    /// An engine has told its name.
    pub(super) fn discovered(&self, id: RequestId, engine_id: EngineId) {
        if let Some(Waiting::Name(resolver)) = self.take(id) {
            resolver.callback(engine_id);
        }
    }
}

//! The command responder: a request in, a response out (RFC 3413 section 3.2, RFC 3416 section 4.2).

use std::fmt;
use std::time::Instant;

use super::context::Contexts;
use super::operation::{Failure, Halt, Operation, Target};
use crate::access::{AccessControl, AccessRequest, ViewType};
use crate::engine::IncomingRequest;
use crate::message::Version;
use crate::objects::{MibTree, Passage};
use crate::pdu::{Bulk, ErrorStatus, Pdu, PduKind, PduRef};
use crate::security::{SecurityLevel, SecurityModel};
use crate::smi::VarBindList;

/// What the message said about a request, besides the PDU: parameters of processPdu (RFC 3411 section 4.2.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "the parameters of the service interface of RFC 3411, built by every caller"
)]
pub struct RequestInfo<'a> {
    /// The version of the message: whose rules the PDU follows, RFC 1157 or RFC 3416.
    pub version: Version,
    /// The security model that authenticated the message.
    pub security_model: SecurityModel,
    /// The principal, in the model-independent form.
    pub security_name: &'a [u8],
    /// How the message was protected.
    pub security_level: SecurityLevel,
    /// The context that is asked.
    pub context_name: &'a [u8],
}

impl<'a> From<&'a IncomingRequest> for RequestInfo<'a> {
    fn from(request: &'a IncomingRequest) -> Self {
        Self {
            version: request.version,
            security_model: request.security_model,
            security_name: &request.security_name,
            security_level: request.security_level,
            context_name: &request.context_name,
        }
    }
}

/// Why a request gets no response PDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unanswered {
    /// The context is not known: counts in snmpUnknownContexts, and SNMPv3 reports it (RFC 3413 section 3.2).
    UnknownContext,
    /// An SNMPv1 request holds a Counter64 or is a GetBulk: counts in snmpInASNParseErrs (RFC 3584 section 4.2.2.1).
    IllFormed,
    /// The PDU asks for nothing that a command responder does.
    NotARequest,
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownContext => "the context is not known",
            Self::IllFormed => "the request is ill-formed",
            Self::NotARequest => "the PDU is not a request",
        })
    }
}

impl std::error::Error for Unanswered {}

/// How many rows a GetBulk may ask for unless the program says otherwise.
const MAX_REPETITIONS: u32 = 1_000;

/// How many steps one request may take unless the program says otherwise: some milliseconds.
const MAX_STEPS: u32 = 10_000;

/// Answers Get, GetNext, GetBulk and Set from trees of managed objects, within what access control allows.
///
/// It does no input and output and keeps nothing of a request: [`process`](Self::process) is called with what was
/// received and returns what to send. The work for one request is bounded by its size, by that of the response, and by
/// [`set_max_steps`](Self::set_max_steps) and [`set_max_repetitions`](Self::set_max_repetitions).
pub struct CommandResponder {
    contexts: Contexts,
    access: Box<dyn AccessControl>,
    max_repetitions: u32,
    max_steps: u32,
    bad_community_uses: u32,
    exhausted_requests: u32,
    /// The buffer of an earlier response.
    spare: VarBindList,
    /// Places in the tree, kept for their allocations.
    targets: Vec<Target>,
    passage: Passage,
    /// The time, where somebody tells it: for the log.
    now: Option<Instant>,
}

impl CommandResponder {
    /// A responder for `tree` as the default context.
    pub fn new(tree: MibTree, access: impl AccessControl + 'static) -> Self {
        Self {
            contexts: Contexts::new(tree),
            access: Box::new(access),
            max_repetitions: MAX_REPETITIONS,
            max_steps: MAX_STEPS,
            bad_community_uses: 0,
            exhausted_requests: 0,
            spare: VarBindList::new(),
            targets: Vec::new(),
            passage: Passage::default(),
            now: None,
        }
    }

    /// The contexts and their managed objects.
    pub fn contexts_mut(&mut self) -> &mut Contexts {
        &mut self.contexts
    }

    /// Replaces the access control.
    pub fn set_access(&mut self, access: impl AccessControl + 'static) {
        self.access = Box::new(access);
    }

    /// Bounds the repetitions of one GetBulk, whatever it asks for; at least one is made. The default is 1,000.
    pub fn set_max_repetitions(&mut self, max_repetitions: u32) {
        self.max_repetitions = max_repetitions.max(1);
    }

    /// Bounds what one GetNext or GetBulk may pass over, in steps. The default is 10,000, some milliseconds; at least
    /// one is made.
    ///
    /// A step is a variable that is not handed out because it is missing, hidden by access control or, in SNMPv1, a
    /// Counter64; or a whole object that has no instance. Every 16 sub-identifiers of an instance are one more, and so
    /// are every 16 of the name that its object is registered at. A subtree that [`AccessControl::next_in_view`] jumps
    /// over is one step, what [`ManagedObject::advance`](crate::objects::ManagedObject::advance) leaves out none, and
    /// bindings that come into the same stretch share its steps. What is handed out is bounded by the size of the
    /// response.
    ///
    /// Past the bound a GetBulk ends after its last complete repetition, if there is one. Otherwise the response is
    /// genErr for the binding at which it was met, which RFC 3416 has for whatever else prevents processing.
    pub fn set_max_steps(&mut self, max_steps: u32) {
        self.max_steps = max_steps.max(1);
    }

    /// Requests that met the bound of [`set_max_steps`](Self::set_max_steps).
    pub fn exhausted_requests(&self) -> u32 {
        self.exhausted_requests
    }

    /// Requests of SNMPv1 refused for lack of any rights: their part in snmpInBadCommunityUses (RFC 3584 section 4.4).
    pub fn bad_community_uses(&self) -> u32 {
        self.bad_community_uses
    }

    /// Takes back a response that was sent, for the sake of its buffer.
    pub fn recycle(&mut self, response: Pdu) {
        self.spare = response.var_binds;
        self.spare.clear();
    }

    /// Takes note of the time, for the records of what managed objects do wrong: there is one a second of each kind at
    /// most then. Without it there is one for each time.
    pub fn set_time(&mut self, now: Instant) {
        self.now = Some(now);
    }

    /// The response to `pdu`, with at most `max_octets` octets of encoded variable bindings.
    ///
    /// A response that cannot be made so small is tooBig with no bindings, or, in SNMPv1, with those of the request
    /// even when these are too long; whoever sends it drops it then (snmpSilentDrops).
    ///
    /// # Errors
    ///
    /// There is no response to such a request.
    pub fn process(
        &mut self,
        request: &RequestInfo<'_>,
        pdu: PduRef<'_>,
        max_octets: usize,
    ) -> Result<Pdu, Unanswered> {
        let view_type = match pdu.kind {
            PduKind::SetRequest => ViewType::Write,
            PduKind::GetRequest | PduKind::GetNextRequest | PduKind::GetBulkRequest => {
                ViewType::Read
            }
            _ => return Err(Unanswered::NotARequest),
        };
        let v1 = request.version == Version::V1;
        if v1 && (pdu.kind == PduKind::GetBulkRequest || !pdu.has_values_of_v1()) {
            return Err(Unanswered::IllFormed);
        }
        let tree = self
            .contexts
            .get_mut(request.context_name)
            .ok_or(Unanswered::UnknownContext)?;
        tree.set_time(self.now);
        let mut var_binds = std::mem::take(&mut self.spare);
        var_binds.clear();
        self.passage.reset(self.max_steps);
        let mut operation = Operation {
            tree,
            access: &*self.access,
            request: AccessRequest {
                security_model: request.security_model,
                security_name: request.security_name,
                security_level: request.security_level,
                view_type,
                context_name: request.context_name,
            },
            v1,
            passage: &mut self.passage,
            max_octets,
            var_binds: &mut var_binds,
        };
        let outcome = match (pdu.kind, pdu.bulk()) {
            (_, Some(bulk)) => {
                let bulk = Bulk {
                    max_repetitions: bulk.max_repetitions.min(self.max_repetitions),
                    ..bulk
                };
                operation.get_bulk(pdu.var_binds, bulk, &mut self.targets)
            }
            (PduKind::SetRequest, _) => operation.set(pdu.var_binds, &mut self.targets),
            (PduKind::GetNextRequest, _) => operation.get_next(pdu.var_binds, &mut self.targets),
            _ => operation.get(pdu.var_binds, &mut self.targets),
        };
        if self.passage.is_exhausted() {
            self.exhausted_requests = self.exhausted_requests.wrapping_add(1);
            debug!(
                "{} in the name of {:?} ended: it passes over more than {} steps",
                pdu.kind,
                String::from_utf8_lossy(request.security_name),
                self.max_steps
            );
        }
        let failure = match outcome {
            Ok(()) => Failure::NONE,
            Err(Halt::Failed(failure)) => failure,
            Err(Halt::Unanswered(reason)) => {
                self.spare = var_binds;
                return Err(reason);
            }
        };
        let (error_status, error_index) = self.report(failure, v1);
        if error_status.is_error() {
            let fits = pdu.var_binds.encoded_len() <= max_octets;
            if v1 || (fits && error_status != ErrorStatus::TOO_BIG) {
                var_binds.assign(pdu.var_binds);
            } else {
                var_binds.clear();
            }
        }
        Ok(Pdu {
            kind: PduKind::Response,
            request_id: pdu.request_id,
            error_status,
            error_index,
            var_binds,
        })
    }

    /// Status and index as the version of the request has them.
    fn report(&mut self, failure: Failure, v1: bool) -> (ErrorStatus, i32) {
        let Failure { status, index } = failure;
        let unauthorized = status == ErrorStatus::AUTHORIZATION_ERROR;
        if v1 {
            if unauthorized {
                self.bad_community_uses = self.bad_community_uses.wrapping_add(1);
            }
            (status.to_v1(), index)
        } else if unauthorized {
            // RFC 3413 section 3.2: the error concerns the principal and not a variable.
            (status, 0)
        } else {
            (status, index)
        }
    }
}

impl fmt::Debug for CommandResponder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CommandResponder")
            .field("contexts", &self.contexts)
            .field("max_repetitions", &self.max_repetitions)
            .field("max_steps", &self.max_steps)
            .finish_non_exhaustive()
    }
}

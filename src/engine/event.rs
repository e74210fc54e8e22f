//! What goes into the engine and what comes out of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::message::Version;
use crate::pdu::{Pdu, PduKind};
use crate::security::usm::User;
use crate::security::{Community, EngineId, SecurityLevel, SecurityModel};
use crate::smi::VarBindList;

use super::address::Peer;
use super::error::ErrorIndication;
use super::served::RegistrationId;
use super::v3::{Context, UsmCredentials};

/// In whose name a request is sent. Cheap to clone: a hundred thousand requests share one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Credentials {
    /// SNMPv1 with a community.
    V1(Community),
    /// SNMPv2c with a community.
    V2c(Community),
    /// SNMPv3 with a user.
    Usm(UsmCredentials),
}

impl Credentials {
    /// The version of the messages.
    pub fn version(&self) -> Version {
        match self {
            Self::V1(_) => Version::V1,
            Self::V2c(_) => Version::V2c,
            Self::Usm(_) => Version::V3,
        }
    }
}

/// A PDU to send: a request, and how long to wait for its answer, or a trap.
///
/// A trap goes in the form of SNMPv2-Trap-PDU whatever the version; with credentials of SNMPv1 a
/// Trap-PDU is made of it, whose agent address is that of a binding snmpTrapAddress.0, else the
/// peer's own address where that is known, else 0.0.0.0 (RFC 3584 section 3.2).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Request {
    /// Whom to ask.
    pub peer: Peer,
    /// In whose name.
    pub credentials: Credentials,
    /// In which context; SNMPv3 only. Default the one without a name at the engine that is asked, or, for
    /// a trap, at this one.
    pub context: Context,
    /// What to ask. Its request-id is replaced by one of the engine's.
    pub pdu: Pdu,
    /// How long to wait for an answer to each try. With zero it is refused:
    /// [`SubmitError::ZeroTimeout`](super::SubmitError::ZeroTimeout).
    pub timeout: Duration,
    /// How often to try again: there are `retries + 1` tries in all. A trap is sent once, if that is
    /// possible within the same time: where the system has no way to send it, it is tried again so often.
    pub retries: u32,
    /// Whether an answer to a GET or SET that names other variables than asked is dropped, as if
    /// nothing had come. Default `false`: it is handed out at the end, marked; see
    /// [`IncomingResponse::names_differ`].
    pub strict_names: bool,
    /// How long it may take in all, if that is less than all tries: something else has used up part of the
    /// time already.
    pub at_most: Option<Duration>,
    /// Whether another engine is believed in the place of a proven one; SNMPv3 only. Default what the
    /// engine says: see [`EngineConfig::follow_engine_changes`](super::EngineConfig::follow_engine_changes).
    pub follow_engine_changes: Option<bool>,
    /// Whether a trap is this program's own, and not one that it passes on; SNMPv1 only. In an own one, bindings
    /// snmpTrapEnterprise.0 and snmpTrapAddress.0 say what stands in the header of the Trap-PDU, and are not sent
    /// beside it. Default `false`: they are (RFC 3584 section 3.2).
    pub own_trap: bool,
    /// Whether the name of the engine is all that is asked for: see [`Discovery::into_request`].
    pub(crate) discovers: bool,
}

impl Request {
    /// Time-out of a try unless set otherwise: one second.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(1);
    /// Retries unless set otherwise.
    pub const DEFAULT_RETRIES: u32 = 5;

    /// A request with the default time-out and retries.
    pub fn new(peer: Peer, credentials: Credentials, pdu: Pdu) -> Self {
        Self {
            peer,
            credentials,
            context: Context::default(),
            pdu,
            timeout: Self::DEFAULT_TIMEOUT,
            retries: Self::DEFAULT_RETRIES,
            strict_names: false,
            at_most: None,
            follow_engine_changes: None,
            own_trap: false,
            discovers: false,
        }
    }

    /// The context that is spoken of.
    #[must_use]
    pub fn context(mut self, context: Context) -> Self {
        self.context = context;
        self
    }

    /// How long to wait for each try, and how many further tries to make. A request with a time-out of zero is refused by
    /// [`Engine::submit`](super::Engine::submit).
    #[must_use]
    pub fn patience(mut self, timeout: Duration, retries: u32) -> Self {
        self.timeout = timeout;
        self.retries = retries;
        self
    }

    /// Whether answers with other names than asked are dropped.
    #[must_use]
    pub fn strict_names(mut self, strict: bool) -> Self {
        self.strict_names = strict;
        self
    }

    /// Whether a trap is this program's own: see the [field](Self::own_trap).
    #[must_use]
    pub fn own_trap(mut self, own: bool) -> Self {
        self.own_trap = own;
        self
    }

    /// Whether a PDU from `peer` that bears its number is the request itself, come back.
    pub(super) fn is_echoed_by(&self, peer: &Peer, kind: PduKind) -> bool {
        self.peer.is(peer) && self.pdu.kind == kind
    }

    /// When it is over at the latest, counted from its submission.
    pub(super) fn lifetime(&self) -> Duration {
        let tries = self.retries.saturating_add(1);
        let lifetime = self.timeout.saturating_mul(tries);
        self.at_most.map_or(lifetime, |limit| limit.min(lifetime))
    }
}

/// The question for the name of the engine at a peer, in nobody's name: RFC 3414 section 4.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Discovery {
    /// Whom to ask.
    pub peer: Peer,
    /// How long to wait for an answer to each try. With zero it is refused, as a request is.
    pub timeout: Duration,
    /// How often to try again: there are `retries + 1` tries in all.
    pub retries: u32,
    /// How long it may take in all, if that is less than all tries.
    pub at_most: Option<Duration>,
}

impl Discovery {
    /// A question with the default time-out and retries, which are those of a [`Request`].
    pub fn new(peer: Peer) -> Self {
        Self {
            peer,
            timeout: Request::DEFAULT_TIMEOUT,
            retries: Request::DEFAULT_RETRIES,
            at_most: None,
        }
    }

    /// How long to wait for each try, and how many further tries to make.
    #[must_use]
    pub fn patience(mut self, timeout: Duration, retries: u32) -> Self {
        self.timeout = timeout;
        self.retries = retries;
        self
    }

    /// The request that stands for it among the others. It is never sent.
    pub(super) fn into_request(self) -> Request {
        let credentials = Credentials::Usm(UsmCredentials::new(User::nobody()));
        let pdu = Pdu::new(PduKind::GetRequest, 0, VarBindList::new());
        let request = Request::new(self.peer, credentials, pdu);
        Request {
            at_most: self.at_most,
            discovers: true,
            ..request.patience(self.timeout, self.retries)
        }
    }
}

/// Names a submitted request. It is never reused: a stale one names nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId {
    pub(super) slot: u32,
    pub(super) serial: u64,
}

impl RequestId {
    /// A small number that no other request has until the outcome of this one has been fetched, or
    /// it has been cancelled: the place for what belongs to it in a table of the caller's.
    pub fn index(self) -> usize {
        self.slot as usize
    }
}

/// The answer to a request: a Response-PDU from the peer that was asked.
///
/// An error-status in it is part of the answer.
#[derive(Debug)]
#[non_exhaustive]
pub struct IncomingResponse {
    /// The Response-PDU.
    pub pdu: Pdu,
    /// Whether it names other variables than asked: the answer to a GET or SET, without an error and
    /// with as many bindings, in whatever order. To a GET, nothing better has come then until the
    /// last try, or the seventeenth.
    ///
    /// Some agents answer the question for 1.2.3 by 1.2.3.0, append .0 or lose the sign of a
    /// sub-identifier; so does a network that damages messages without a digest. RFC 3416 sections
    /// 4.2.1 and 4.2.5 ask for the same names in the same order.
    pub names_differ: bool,
}

impl IncomingResponse {
    /// An answer that fits what was asked.
    pub(crate) fn new(pdu: Pdu) -> Self {
        Self {
            pdu,
            names_differ: false,
        }
    }
}

/// Names a received request until it is answered or discarded (`stateReference` of RFC 3411).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StateReference {
    pub(super) slot: u32,
    pub(super) serial: u64,
}

/// A request that this engine was sent and whose community or user it knows
/// (`processPdu` of RFC 3411 section 4.1.2).
#[derive(Debug)]
#[non_exhaustive]
pub struct IncomingRequest {
    /// Goes into [`Engine::respond`](super::Engine::respond),
    /// [`Engine::refuse_request`](super::Engine::refuse_request) or
    /// [`Engine::discard`](super::Engine::discard).
    pub state: StateReference,
    /// For whom it is: see [`Engine::register`](super::Engine::register).
    pub registration: RegistrationId,
    /// Who asks.
    pub peer: Peer,
    /// In which version.
    pub version: Version,
    /// By which security model the sender is known.
    pub security_model: SecurityModel,
    /// The sender's name in access control.
    pub security_name: Arc<[u8]>,
    /// How the message was protected.
    pub security_level: SecurityLevel,
    /// The engine whose context is spoken of: this one, unless somebody has registered for others. In SNMPv1 and
    /// SNMPv2c, whose messages do not say it, the one that the community's
    /// [entry](crate::security::CommunityEntry::context_engine_id) names, or this one.
    pub context_engine_id: EngineId,
    /// Which context is spoken of.
    pub context_name: Arc<[u8]>,
    /// The request.
    pub pdu: Pdu,
    /// How many octets of variable bindings the answer has room for.
    pub room: usize,
}

/// A trap or an inform that this engine was sent in the name of a community or user that it knows.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IncomingNotification {
    /// Goes into [`Engine::respond`](super::Engine::respond), or into
    /// [`Engine::discard`](super::Engine::discard) to make the sender try again. None for a trap,
    /// which expects no answer.
    pub state: Option<StateReference>,
    /// For whom it is: see [`Engine::register`](super::Engine::register).
    pub registration: RegistrationId,
    /// Who sent it.
    pub peer: Peer,
    /// In which version.
    pub version: Version,
    /// By which security model the sender is known.
    pub security_model: SecurityModel,
    /// The sender's name in access control.
    pub security_name: Arc<[u8]>,
    /// How the message was protected.
    pub security_level: SecurityLevel,
    /// The community that it came with; none in SNMPv3.
    pub community: Option<Community>,
    /// The engine whose context is spoken of: the sender's, mostly. In SNMPv1 and SNMPv2c, whose messages do not say it,
    /// the one that the community's [entry](crate::security::CommunityEntry::context_engine_id) names, if it does.
    pub context_engine_id: Option<EngineId>,
    /// Which context is spoken of.
    pub context_name: Arc<[u8]>,
    /// An InformRequest-PDU or an SNMPv2-Trap-PDU: a Trap-PDU of SNMPv1 has been brought into this
    /// form, its header being in bindings (RFC 3584 section 3.1).
    pub pdu: Pdu,
    /// How many octets of variable bindings the answer has room for.
    pub room: usize,
}

/// What happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event {
    /// A request was answered. Final: nothing more comes for this request.
    Response {
        /// Which one.
        id: RequestId,
        /// By what.
        response: IncomingResponse,
    },
    /// A request failed. Final: nothing more comes for this request.
    Failed {
        /// Which one.
        id: RequestId,
        /// Why.
        error: ErrorIndication,
    },
    /// A trap has been given out to be sent, and neither came back nor failed before this event was fetched.
    /// Final: nothing more comes for it, since nobody answers.
    Sent {
        /// Which one.
        id: RequestId,
    },
    /// The question for an engine's name was answered. Final: nothing more comes for it.
    Discovered {
        /// Which one.
        id: RequestId,
        /// The name. Nobody has proven to have it: the report that tells it is not authenticated.
        engine_id: EngineId,
    },
    /// A request has come in.
    Request(IncomingRequest),
    /// A trap or an inform has come in.
    Notification(IncomingNotification),
    /// An inform has been neither answered nor discarded in time
    /// ([`EngineConfig::answer_within`](super::EngineConfig::answer_within)): an answer is not sent any more, and
    /// if it comes again it is handed out again. Whoever still works on it may stop.
    InformExpired {
        /// Which one.
        state: StateReference,
    },
}

/// A message that [`Engine::poll_transmit`](super::Engine::poll_transmit) has put into the buffer.
#[derive(Clone, Debug)]
#[must_use = "the message is lost unless it is sent"]
#[non_exhaustive]
pub struct Transmit {
    /// Where it goes.
    pub peer: Peer,
    /// Its length in octets.
    pub len: usize,
    /// The request it carries; none for an answer.
    pub request: Option<RequestId>,
    pub(super) origin: Origin,
}

impl Transmit {
    pub(super) fn new(peer: Peer, len: usize, origin: Origin) -> Self {
        let request = match origin {
            Origin::Request(id) => Some(id),
            _ => None,
        };
        Self {
            peer,
            len,
            request,
            origin,
        }
    }

    /// Whether it answers somebody, be it by a Response-PDU or by a report.
    pub fn is_response(&self) -> bool {
        matches!(self.origin, Origin::Answer { .. } | Origin::Report)
    }

    /// Whether it is a report of what was wrong with a message (RFC 3412 section 7.1, step 3): whoever
    /// sent that has not shown to be anybody, so where there is no room for all it should go first.
    pub fn is_report(&self) -> bool {
        matches!(self.origin, Origin::Report)
    }
}

/// What a message was made of, should it come back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Origin {
    Request(RequestId),
    /// Its msgID.
    Discovery(i32),
    Answer {
        since: Instant,
        tried: bool,
    },
    Report,
}

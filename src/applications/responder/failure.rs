//! What ends an operation, other than its response.

use std::fmt;

use crate::engine::Refusal;
use crate::objects::SetError;
use crate::pdu::ErrorStatus;

/// Why a request gets no response PDU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unanswered {
    /// The context is not known: counts in snmpUnknownContexts, and SNMPv3 reports it (RFC 3413 section 3.2).
    UnknownContext,
    /// The context is known, but not available now: counts in snmpUnavailableContexts, and SNMPv3 reports it (RFC 3413
    /// section 3.2).
    UnavailableContext,
    /// An SNMPv1 request holds a Counter64 or is a GetBulk: counts in snmpInASNParseErrs (RFC 3584 section 4.2.2.1).
    IllFormed,
    /// It has taken so long that nobody waits for its answer any more.
    TooLate,
    /// The PDU asks for nothing that a command responder does.
    NotARequest,
}

impl Unanswered {
    /// What [`Engine::refuse_request`](crate::engine::Engine::refuse_request) is told, so that it is counted and reported.
    /// `None` for a request that [`Engine::discard`](crate::engine::Engine::discard) is for.
    pub fn refusal(self) -> Option<Refusal> {
        match self {
            Self::UnknownContext => Some(Refusal::UnknownContext),
            Self::UnavailableContext => Some(Refusal::UnavailableContext),
            Self::IllFormed | Self::TooLate | Self::NotARequest => None,
        }
    }
}

impl fmt::Display for Unanswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownContext => "the context is not known",
            Self::UnavailableContext => "the context is not available",
            Self::IllFormed => "the request is ill-formed",
            Self::TooLate => "its answer would come too late",
            Self::NotARequest => "the PDU is not a request",
        })
    }
}

impl std::error::Error for Unanswered {}

/// What ends an operation early.
#[derive(Clone, Copy)]
pub(super) enum Halt {
    Failed(Failure),
    Unanswered(Unanswered),
}

/// An error-status, and the index of the binding it is about, counted from one.
#[derive(Clone, Copy)]
pub(super) struct Failure {
    pub(super) status: ErrorStatus,
    pub(super) index: i32,
}

impl Failure {
    pub(super) const NONE: Self = Self {
        status: ErrorStatus::NO_ERROR,
        index: 0,
    };

    /// The response does not fit; no binding in particular is to blame.
    pub(super) const TOO_BIG: Self = Self {
        status: ErrorStatus::TOO_BIG,
        index: 0,
    };

    /// `position` counts from zero.
    pub(super) fn at(status: ErrorStatus, position: usize) -> Self {
        Self {
            status,
            index: i32::try_from(position + 1).unwrap_or(i32::MAX),
        }
    }

    /// Whether a SET that fails so has not come to its objects: the asker may not write, or the response does not fit.
    pub(super) fn is_refusal(self) -> bool {
        matches!(
            self.status,
            ErrorStatus::NO_ACCESS | ErrorStatus::AUTHORIZATION_ERROR | ErrorStatus::TOO_BIG
        )
    }

    /// No binding in particular is to blame.
    pub(super) const fn of_all(status: ErrorStatus) -> Self {
        Self { status, index: 0 }
    }
}

impl From<Failure> for Halt {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// The error-status that says the same as an object's refusal.
pub(super) fn status(error: SetError) -> ErrorStatus {
    match error {
        SetError::NoAccess => ErrorStatus::NO_ACCESS,
        SetError::NotWritable => ErrorStatus::NOT_WRITABLE,
        SetError::WrongType => ErrorStatus::WRONG_TYPE,
        SetError::WrongLength => ErrorStatus::WRONG_LENGTH,
        SetError::WrongEncoding => ErrorStatus::WRONG_ENCODING,
        SetError::WrongValue => ErrorStatus::WRONG_VALUE,
        SetError::NoCreation => ErrorStatus::NO_CREATION,
        SetError::InconsistentName => ErrorStatus::INCONSISTENT_NAME,
        SetError::InconsistentValue => ErrorStatus::INCONSISTENT_VALUE,
        SetError::ResourceUnavailable => ErrorStatus::RESOURCE_UNAVAILABLE,
        SetError::GenErr => ErrorStatus::GEN_ERR,
    }
}

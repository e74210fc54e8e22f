//! Reports: what an engine says of a message that it does not process.

use crate::engine::error::ErrorIndication;
use crate::engine::records::Kind;
use crate::oid;
use crate::smi::{ObjectIdentifier, OidRef};

/// Why a received request is not processed; the asker is told by a report, and a counter moves.
/// RFC 3412 section 7.1, RFC 3413 section 3.2.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// The context is not known here: snmpUnknownContexts.
    UnknownContext,
    /// The context is known, but not available at the time: snmpUnavailableContexts.
    UnavailableContext,
    /// No application takes such a PDU for that context's engine: snmpUnknownPDUHandlers.
    UnknownPduHandler,
}

/// The counters that reports carry, in SNMP-USER-BASED-SM-MIB, SNMP-MPD-MIB and SNMP-TARGET-MIB.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::engine) enum Counter {
    UnsupportedSecLevels,
    NotInTimeWindows,
    UnknownUserNames,
    UnknownEngineIds,
    WrongDigests,
    DecryptionErrors,
    UnknownSecurityModels,
    InvalidMsgs,
    UnknownPduHandlers,
    UnavailableContexts,
    UnknownContexts,
}

impl Counter {
    const ALL: [Self; 11] = [
        Self::UnsupportedSecLevels,
        Self::NotInTimeWindows,
        Self::UnknownUserNames,
        Self::UnknownEngineIds,
        Self::WrongDigests,
        Self::DecryptionErrors,
        Self::UnknownSecurityModels,
        Self::InvalidMsgs,
        Self::UnknownPduHandlers,
        Self::UnavailableContexts,
        Self::UnknownContexts,
    ];

    /// The instance.
    pub(super) const fn oid(self) -> ObjectIdentifier {
        match self {
            Self::UnsupportedSecLevels => oid!(1.3.6.1.6.3.15.1.1.1.0),
            Self::NotInTimeWindows => oid!(1.3.6.1.6.3.15.1.1.2.0),
            Self::UnknownUserNames => oid!(1.3.6.1.6.3.15.1.1.3.0),
            Self::UnknownEngineIds => oid!(1.3.6.1.6.3.15.1.1.4.0),
            Self::WrongDigests => oid!(1.3.6.1.6.3.15.1.1.5.0),
            Self::DecryptionErrors => oid!(1.3.6.1.6.3.15.1.1.6.0),
            Self::UnknownSecurityModels => oid!(1.3.6.1.6.3.11.2.1.1.0),
            Self::InvalidMsgs => oid!(1.3.6.1.6.3.11.2.1.2.0),
            Self::UnknownPduHandlers => oid!(1.3.6.1.6.3.11.2.1.3.0),
            Self::UnavailableContexts => oid!(1.3.6.1.6.3.12.1.4.0),
            Self::UnknownContexts => oid!(1.3.6.1.6.3.12.1.5.0),
        }
    }

    /// The counter with that instance.
    pub(super) fn of(oid: OidRef<'_>) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|counter| counter.oid().as_ref() == oid)
    }

    /// How it is counted and recorded.
    pub(in crate::engine) const fn kind(self) -> Kind {
        match self {
            Self::UnsupportedSecLevels => Kind::UnsupportedLevel,
            Self::NotInTimeWindows => Kind::NotInTimeWindow,
            Self::UnknownUserNames => Kind::UnknownUser,
            Self::UnknownEngineIds => Kind::UnknownEngine,
            Self::WrongDigests => Kind::WrongDigest,
            Self::DecryptionErrors => Kind::Undecryptable,
            Self::UnknownSecurityModels => Kind::UnknownSecurityModel,
            Self::InvalidMsgs => Kind::InvalidMessage,
            Self::UnknownPduHandlers => Kind::UnknownPduHandler,
            Self::UnavailableContexts => Kind::UnavailableContext,
            Self::UnknownContexts => Kind::UnknownContext,
        }
    }

    /// What it means to who asked.
    pub(super) const fn indication(self) -> ErrorIndication {
        match self {
            Self::UnsupportedSecLevels => ErrorIndication::UnsupportedSecurityLevel,
            Self::NotInTimeWindows => ErrorIndication::NotInTimeWindow,
            Self::UnknownUserNames => ErrorIndication::UnknownUserName,
            Self::UnknownEngineIds => ErrorIndication::UnknownEngineId,
            Self::WrongDigests => ErrorIndication::WrongDigest,
            Self::DecryptionErrors => ErrorIndication::DecryptionError,
            Self::UnknownSecurityModels => ErrorIndication::UnknownSecurityModel,
            Self::InvalidMsgs => ErrorIndication::InvalidMessage,
            Self::UnknownPduHandlers => ErrorIndication::UnknownPduHandler,
            Self::UnavailableContexts => ErrorIndication::UnavailableContext,
            Self::UnknownContexts => ErrorIndication::UnknownContext,
        }
    }
}

impl From<Refusal> for Counter {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::UnknownContext => Self::UnknownContexts,
            Refusal::UnavailableContext => Self::UnavailableContexts,
            Refusal::UnknownPduHandler => Self::UnknownPduHandlers,
        }
    }
}

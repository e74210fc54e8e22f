//! How a request can end other than by an answer.

use std::fmt;
use std::time::Duration;

use crate::pdu::TranslationError;
use crate::security::{EngineId, SecurityLevel};
use crate::smi::ObjectIdentifier;

use super::address::Address;
use super::failures::SystemError;
use super::trouble::Trouble;

/// Why there is no answer: the `errorIndication` of RFC 3413 section 3.1.
///
/// The texts begin with PySNMP's.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorIndication {
    /// No try was answered.
    RequestTimedOut {
        /// Who was asked.
        address: Address,
        /// How many messages were sent, or would have been but for the system. None if the peer's window was
        /// closed all the time.
        tries: u32,
        /// How long each of them was waited for.
        timeout: Duration,
        /// What came instead of an answer. Where it is `None` nothing came, which need not mean that nobody is there: agents
        /// are silent about a community that they do not know, and many, Net-SNMP's among them, about a context that they do
        /// not have and a message that they cannot decrypt.
        trouble: Option<Box<Trouble>>,
    },
    /// The system refuses to send to that address, and said so twice: of a broadcast address, of one that
    /// a rule of the firewall forbids, of another family than the port's, or of a message too long for it. Of a
    /// trap, also that there was no way at its last try.
    CannotSend {
        /// Where to.
        address: Address,
        /// What the system says.
        error: SystemError,
    },
    /// The agent has no keys of the user for that level: usmStatsUnsupportedSecLevels.
    UnsupportedSecurityLevel,
    /// The agent's clock cannot be followed: usmStatsNotInTimeWindows.
    NotInTimeWindow,
    /// The agent does not know the user: usmStatsUnknownUserNames.
    UnknownUserName,
    /// At that address is another engine than the one given, or one that changes its name all the
    /// time: usmStatsUnknownEngineIDs.
    UnknownEngineId,
    /// At that address, an engine says that it is another one than that whose name was given, or which has
    /// answered with the right digest. Nobody can tell whether that is so: such a report is not
    /// authenticated. See [`EngineConfig::follow_engine_changes`](super::EngineConfig::follow_engine_changes).
    OtherEngine {
        /// The engine that was asked.
        expected: EngineId,
        /// What the report says.
        found: EngineId,
    },
    /// The agent has another authentication key of the user: usmStatsWrongDigests.
    WrongDigest,
    /// The agent could not decrypt the request; it has another privacy key of the user, mostly:
    /// usmStatsDecryptionErrors.
    DecryptionError,
    /// The agent does not speak the user-based security model: snmpUnknownSecurityModels.
    UnknownSecurityModel,
    /// The agent takes the message for invalid: snmpInvalidMsgs.
    InvalidMessage,
    /// Nobody at the agent takes such a request for that context's engine: snmpUnknownPDUHandlers.
    UnknownPduHandler,
    /// The agent has the context, but not at this time: snmpUnavailableContexts.
    UnavailableContext,
    /// The agent has no such context: snmpUnknownContexts.
    UnknownContext,
    /// The agent reports something else.
    ReportReceived {
        /// What the report counts; 0.0 if it does not say.
        counter: ObjectIdentifier,
    },
    /// A key of the user is localized to another engine than the one that answers.
    UnknownSecurityName,
    /// No salt is left in this boot: the engine has to be started again with higher boots.
    EncryptionError,
    /// This engine has used up its boots, so that nobody believes what it says in its own authority.
    BootsExhausted,
    /// The message is longer than this engine sends or the agent takes. It was not sent.
    TooBig {
        /// Its length in octets.
        len: usize,
        /// The limit in octets.
        limit: usize,
    },
}

impl fmt::Display for ErrorIndication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RequestTimedOut {
                address,
                tries,
                timeout,
                trouble,
            } => {
                let plural = if *tries == 1 { "try" } else { "tries" };
                write!(
                    f,
                    "No SNMP response received before timeout: {address}, {tries} {plural} of {timeout:?}"
                )?;
                if let Some(trouble) = trouble {
                    write!(f, "; {trouble}")?;
                }
                Ok(())
            }
            Self::CannotSend { address, error } => {
                write!(f, "cannot send to {address}: {error}")
            }
            Self::ReportReceived { counter } => {
                write!(f, "Remote SNMP engine reported error: {counter}")
            }
            Self::OtherEngine { expected, found } => write!(
                f,
                "Unknown SNMP engine ID encountered: {expected} was asked, and something there says that it is {found}"
            ),
            Self::TooBig { len, limit } => write!(
                f,
                "SNMP message will be too big: {len} octets, at most {limit} are taken"
            ),
            fixed => f.write_str(fixed.sentence()),
        }
    }
}

impl ErrorIndication {
    /// PySNMP's words, and ours where they do not say enough.
    const fn sentence(&self) -> &'static str {
        match self {
            Self::RequestTimedOut { .. } => "No SNMP response received before timeout",
            Self::CannotSend { .. } => "cannot send",
            Self::UnsupportedSecurityLevel => "Unsupported SNMP security level",
            Self::NotInTimeWindow => "SNMP message timing parameters not in windows of trust",
            Self::UnknownUserName => "Unknown USM user",
            Self::UnknownEngineId | Self::OtherEngine { .. } => {
                "Unknown SNMP engine ID encountered"
            }
            Self::WrongDigest => "Wrong SNMP PDU digest",
            Self::DecryptionError => "Ciphering services not available or ciphertext is broken",
            Self::UnknownSecurityModel => "Unsupported SNMP security model",
            Self::InvalidMessage => "Invalid SNMP message header parameters encountered",
            Self::UnknownPduHandler => "Unhandled PDU type encountered",
            Self::UnavailableContext => "SNMP context is not available",
            Self::UnknownContext => "SNMP context not found",
            Self::ReportReceived { .. } => "Remote SNMP engine reported error",
            Self::UnknownSecurityName => {
                "Unknown SNMP security name encountered: a key is localized to another engine"
            }
            Self::EncryptionError => {
                "Ciphering services not available: no salt is left in this boot"
            }
            Self::BootsExhausted => {
                "SNMP message timing parameters not in windows of trust: this engine has used up its boots"
            }
            Self::TooBig { .. } => "SNMP message will be too big",
        }
    }
}

impl std::error::Error for ErrorIndication {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::CannotSend { error, .. } => Some(error),
            _ => None,
        }
    }
}

/// Why [`Engine::submit`](super::Engine::submit) refused a request; nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SubmitError {
    /// The message would be longer than the largest that this engine sends.
    TooBig {
        /// Its length in octets.
        len: usize,
        /// The limit in octets.
        limit: usize,
    },
    /// As many requests are outstanding as the configuration allows.
    TooManyRequests {
        /// That number.
        limit: usize,
    },
    /// The PDU does not exist in this version, or is an answer.
    UnsupportedPdu,
    /// SNMPv1 has no way to say this notification.
    Untranslatable(TranslationError),
    /// The user has no keys for this level.
    UnsupportedLevel(SecurityLevel),
    /// The time-out is zero: no answer can come in no time.
    ZeroTimeout,
    /// The engine is given as `8000000006`, which is the name of none: it names the engine of a context only. RFC 5343.
    LocalEngineId,
}

impl fmt::Display for SubmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooBig { len, limit } => write!(
                f,
                "SNMP message will be too big: {len} octets, at most {limit} are sent"
            ),
            Self::TooManyRequests { limit } => {
                write!(f, "{limit} requests are outstanding, which is the limit")
            }
            Self::UnsupportedPdu => f.write_str("Unsupported PDU type for this SNMP version"),
            Self::Untranslatable(error) => {
                write!(f, "the notification cannot be sent by SNMPv1: {error}")
            }
            Self::UnsupportedLevel(level) => {
                write!(
                    f,
                    "Unsupported SNMP security level: the user has no keys for {level}"
                )
            }
            Self::ZeroTimeout => f.write_str("a time-out of zero leaves no time for an answer"),
            Self::LocalEngineId => f.write_str(
                "8000000006 stands for any engine in a context, and is the name of none",
            ),
        }
    }
}

impl std::error::Error for SubmitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Untranslatable(error) => Some(error),
            _ => None,
        }
    }
}

//! How a request can end other than by an answer.

use std::fmt;
use std::time::Duration;

use crate::asn1::BerError;
use crate::pdu::TranslationError;

use super::event::Address;

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
        /// How many messages were sent. None if the peer's window was closed all the time.
        tries: u32,
        /// How long each of them was waited for.
        timeout: Duration,
        /// What came from that address instead of an answer.
        trouble: Option<Trouble>,
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
        }
    }
}

impl std::error::Error for ErrorIndication {}

/// What was received from a peer while requests to it were outstanding, and was not an answer.
///
/// Anyone can send such a datagram, so it never ends a request: it explains a time-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// A message that is not SNMP, or not well formed.
    Malformed(BerError),
    /// An answer in another version or with another community than asked.
    Mismatched,
    /// The system reports that nobody listens there.
    Unreachable,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => {
                write!(f, "a message from there could not be parsed: {error}")
            }
            Self::Mismatched => {
                f.write_str("a message from there had another version or community than asked")
            }
            Self::Unreachable => f.write_str("nobody listens there"),
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
        }
    }
}

impl std::error::Error for SubmitError {}

//! What explains a time-out.

use std::fmt;

use crate::asn1::BerError;
use crate::message::Version;
use crate::pdu::PduKind;
use crate::security::{EngineId, SecurityLevel};

use super::address::Address;
use super::failures::SystemError;

/// What came while a request was outstanding, from the peer that was asked or under the request's number, and was
/// not its answer.
///
/// Anyone can send such a datagram, so it never ends a request: it explains a time-out. Of several, that one is told
/// which fits the request best: what had the right number, but one thing wrong with it (names, clock, key, then engine,
/// user, level or context, then version, community or address), before what only came from there (messages that cannot
/// be read, then what the system says, then answers that are late or have another number, then traps and requests). Of
/// those that fit equally well it is the latest.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trouble {
    /// An answer with a request-id, or a message with a msgID, that no outstanding request has: it was late, or the
    /// number has been changed.
    Unasked(i32),
    /// The same with a number of 16 bits, where those of this engine have 31: the agent keeps no more of it, most
    /// likely; see [`EngineConfig::short_identifiers`](super::EngineConfig::short_identifiers).
    CutOff(i32),
    /// A request, a trap or a report that has nothing to do with what was asked.
    NoAnswer(PduKind),
    /// The system reports that nobody listens there; Linux only, the others do not tell.
    Unreachable,
    /// The network reports that it could not deliver a message there; Linux only.
    NotDelivered(SystemError),
    /// The system had no way to send a message there.
    NotSent(SystemError),
    /// The request itself.
    Echo,
    /// A message that is not SNMP, or not well formed.
    Malformed(BerError),
    /// A PDU or a value that the version of its message does not have.
    NotInVersion(Version),
    /// A message of a version that this engine does not speak.
    UnknownVersion(i32),
    /// A message of SNMPv3 in another security model than the user-based.
    UnknownSecurityModel(i32),
    /// A message of SNMPv3 that asks for privacy without authentication.
    PrivacyWithoutAuthentication,
    /// A message from an engine whose id has more octets than any has, or none.
    EngineIdLength {
        /// How many.
        len: usize,
        /// The first of them, as many as an id can have.
        start: Option<EngineId>,
    },
    /// A message in the authority of `8000000006`, which stands for whichever engine is asked and is the name of none.
    /// RFC 5343.
    LocalEngineId,
    /// An answer from an address that was not asked; see
    /// [`EngineConfig::accept_any_source`](super::EngineConfig::accept_any_source).
    OtherSource(Address),
    /// An answer that came to another port of this engine than it was asked from.
    OtherPort,
    /// An answer in another version than asked.
    OtherVersion {
        /// That of the request.
        expected: Version,
        /// That of the answer.
        found: Version,
    },
    /// An answer with another community than asked.
    OtherCommunity,
    /// An answer of another engine than that which was asked.
    OtherEngineId {
        /// The engine that was asked.
        expected: EngineId,
        /// The one that answers.
        found: EngineId,
    },
    /// An answer in another user's name.
    OtherUser,
    /// An answer at another security level than asked.
    OtherLevel {
        /// That of the request.
        expected: SecurityLevel,
        /// That of the answer.
        found: SecurityLevel,
    },
    /// An answer from another context than asked.
    OtherContext,
    /// A message whose digest is wrong.
    WrongDigest,
    /// A message that cannot be decrypted.
    Undecryptable,
    /// An authenticated message that is too old to be believed. Boots and seconds of the engine's clock.
    Stale {
        /// What the clock shows by now.
        expected: (u32, u32),
        /// What the message shows.
        found: (u32, u32),
    },
    /// An authenticated message of an engine that has used up its boots: nothing that it says is believed, until it is
    /// given another engine id. RFC 3414 section 2.2.2.
    BootsExhausted,
    /// An answer with other names than asked; see [`Request::strict_names`](super::Request::strict_names).
    OtherNames,
}

impl Trouble {
    /// That of a message from an engine whose id cannot be these octets.
    pub(super) fn engine_id_length(octets: &[u8]) -> Self {
        Self::EngineIdLength {
            len: octets.len(),
            start: EngineId::new(octets.get(..EngineId::MAX_LEN).unwrap_or(octets)).ok(),
        }
    }

    /// The greater, the better it explains a time-out.
    pub(super) const fn class(&self) -> usize {
        match self {
            Self::Unasked(_) | Self::NoAnswer(PduKind::Response | PduKind::Report) => 1,
            Self::NoAnswer(_) => 0,
            Self::Unreachable | Self::NotDelivered(_) | Self::NotSent(_) => 2,
            Self::Echo
            | Self::Malformed(_)
            | Self::NotInVersion(_)
            | Self::UnknownVersion(_)
            | Self::UnknownSecurityModel(_)
            | Self::PrivacyWithoutAuthentication
            | Self::EngineIdLength { .. }
            | Self::LocalEngineId => 3,
            Self::OtherSource(_)
            | Self::OtherPort
            | Self::CutOff(_)
            | Self::OtherVersion { .. }
            | Self::OtherCommunity => 4,
            Self::OtherEngineId { .. }
            | Self::OtherUser
            | Self::OtherLevel { .. }
            | Self::OtherContext => 5,
            Self::WrongDigest
            | Self::Undecryptable
            | Self::Stale { .. }
            | Self::BootsExhausted
            | Self::OtherNames => 6,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unasked(number) => unasked(*number, f),
            Self::CutOff(number) => {
                unasked(*number, f)?;
                f.write_str("; for agents that keep 16 bits of it there is short_identifiers")
            }
            Self::NoAnswer(PduKind::Report) => f.write_str("a report from there fits no request"),
            Self::NoAnswer(PduKind::TrapV2) => f.write_str("a trap came from there"),
            Self::NoAnswer(PduKind::InformRequest) => f.write_str("an inform came from there"),
            Self::NoAnswer(kind) => write!(f, "a {kind} came from there"),
            Self::Unreachable => f.write_str("nobody listens there"),
            Self::NotDelivered(error) => {
                write!(f, "a message sent there was not delivered: {error}")
            }
            Self::NotSent(error) => write!(f, "no message could be sent there: {error}"),
            Self::Echo => f.write_str("the request itself came back from there"),
            Self::Malformed(error) => {
                write!(f, "a message from there could not be parsed: {error}")
            }
            Self::NotInVersion(version) => {
                write!(f, "a message from there held what SNMP{version} does not have")
            }
            Self::UnknownVersion(number) => {
                write!(f, "a message from there was of an unknown version, {number}")
            }
            Self::UnknownSecurityModel(model) => {
                write!(f, "a message from there was in security model {model}, which is not spoken")
            }
            Self::PrivacyWithoutAuthentication => {
                f.write_str("a message from there asked for privacy without authentication")
            }
            Self::EngineIdLength { len, start } => {
                write!(f, "a message from there had an engine id of {len} octets")?;
                start.map_or(Ok(()), |start| write!(f, ", {start}.."))
            }
            Self::LocalEngineId => {
                f.write_str("a message from there had the engine id 8000000006, which is no engine's name")
            }
            Self::OtherSource(address) => write!(
                f,
                "an answer came from {address}, which was not asked; accept_any_source takes such answers"
            ),
            Self::OtherPort => f.write_str(
                "an answer from there came to another port than it was asked from; \
                 accept_any_source takes such answers",
            ),
            Self::OtherVersion { expected, found } => write!(
                f,
                "an answer from there was of SNMP{found}, and the request of SNMP{expected}"
            ),
            Self::OtherCommunity => {
                f.write_str("an answer from there had another community than asked")
            }
            Self::OtherEngineId { expected, found } => write!(
                f,
                "an answer from there was of engine {found}, where {expected} was asked"
            ),
            Self::OtherUser => f.write_str("an answer from there had another user than asked"),
            Self::OtherLevel { expected, found } => write!(
                f,
                "an answer from there was at security level {found}, where {expected} was asked"
            ),
            Self::OtherContext => f.write_str("an answer from there had another context than asked"),
            Self::WrongDigest => f.write_str("a message from there had a wrong digest"),
            Self::Undecryptable => f.write_str("a message from there could not be decrypted"),
            Self::Stale { expected, found } => {
                let ((boots, time), (found_boots, found_time)) = (expected, found);
                write!(
                    f,
                    "a message from there was too old to be believed: boots {found_boots} and time {found_time}, \
                     where the engine is at boots {boots} and time {time}"
                )
            }
            Self::BootsExhausted => f.write_str(
                "the engine there has used up its boots: nothing that it says is believed until it has another engine id",
            ),
            Self::OtherNames => f.write_str("an answer from there had other names than asked"),
        }
    }
}

fn unasked(number: i32, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(
        f,
        "a message from there had the request-id or msgID {number}, for which nobody waits"
    )
}

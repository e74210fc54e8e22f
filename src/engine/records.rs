//! What the engine leaves a record of: what it drops, and what it takes although it is not as the standard has it.

use std::fmt;
use std::time::Instant;

use crate::throttle::Throttle;

use super::address::Peer;
use super::stats::Statistics;

macro_rules! place {
    ($stats:ident) => {
        None
    };
    ($stats:ident $counter:ident) => {
        Some(&mut $stats.$counter)
    };
}

/// Makes the enum of the kinds: the level and the words of each, and the counter of what is dropped.
macro_rules! kinds {
    ($($kind:ident $level:ident $words:literal $($counter:ident)?;)*) => {
        /// A kind of record, and the counter that moves with it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
        }

        impl Kind {
            const ALL: &[Self] = &[$(Self::$kind),*];

            /// What its records begin with.
            const fn words(self) -> &'static str {
                match self {
                    $(Self::$kind => $words,)*
                }
            }

            const fn level(self) -> Level {
                match self {
                    $(Self::$kind => Level::$level,)*
                }
            }

            /// Counts one more. Gives the count; zero of what is not counted, being taken nevertheless.
            pub(super) fn count(self, stats: &mut Statistics) -> u64 {
                self.counter(stats).map_or(0, |count| {
                    *count += 1;
                    *count
                })
            }

            /// Where it is counted; nowhere if it is taken nevertheless.
            fn counter(self, stats: &mut Statistics) -> Option<&mut u64> {
                match self {
                    $(Self::$kind => place!(stats $($counter)?),)*
                }
            }
        }
    };
}

// All of them. The documentation of `Statistics` has the same table.
kinds! {
    Malformed Debug "message that is not well formed" in_asn_parse_errs;
    BadVersion Debug "message of a version that is not spoken here" in_bad_versions;
    BadCommunity Debug "message with an unknown community" in_bad_community_names;
    UnknownPduHandler Debug "PDU that no application takes" unknown_pdu_handlers;
    SilentDrop Warn "request that is not answered" silent_drops;
    Unanswered Warn "request that the program has not answered in time" unanswered_requests;
    DroppedReport Warn "report that is not sent" dropped_reports;
    DroppedResponse Warn "answer that is not sent" dropped_responses;
    SendFailure Warn "message that the system does not send" send_failures;
    DroppedNotification Warn "notification that has no room" dropped_notifications;
    RepeatedInform Debug "inform that has come before" repeated_informs;
    UnknownSecurityModel Debug "message in another security model" unknown_security_models;
    InvalidMessage Debug "message with invalid flags" invalid_msgs;
    UnavailableContext Debug "request for a context that is not available" unavailable_contexts;
    UnknownContext Debug "request for an unknown context" unknown_contexts;
    UnsupportedLevel Debug "message at a security level that its user does not have" unsupported_sec_levels;
    NotInTimeWindow Debug "message from before or after this engine's time" not_in_time_windows;
    UnknownUser Debug "message of an unknown user" unknown_user_names;
    UnknownEngine Debug "message for another engine" unknown_engine_ids;
    WrongDigest Debug "message with a wrong digest" wrong_digests;
    Undecryptable Debug "message that cannot be decrypted" decryption_errors;
    Stale Debug "message that is too old, or has come before" stale_messages;
    Late Debug "answer that nobody waits for" late_responses;
    Duplicate Debug "second answer" duplicate_responses;
    Foreign Debug "answer from somebody who was not asked" foreign_responses;
    Mismatched Debug "answer that does not fit its request" mismatched_responses;
    Differing Debug "answer with other names than asked" differing_responses;
    EngineChange Warn "engine that is believed in the place of another" engine_changes;
    LeftOver Debug "message with octets behind its last element";
    Mended Debug "message that had to be mended";
    OddTrap Debug "trap that has no snmpTrapOID.0";
}

/// Debug where a message is at fault, which anybody may have sent; Warn where this engine or its program is short
/// of something, or takes a risk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Debug,
    Warn,
}

/// When each kind had its last record.
#[derive(Debug)]
pub(super) struct Records([Throttle; Kind::ALL.len()]);

impl Default for Records {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Throttle::default()))
    }
}

/// What a record is about. Never the community and never a key.
#[derive(Clone, Copy)]
pub(super) struct About<'a> {
    peer: &'a Peer,
    user: Option<&'a [u8]>,
    engine_id: Option<&'a [u8]>,
    detail: Option<&'a dyn fmt::Display>,
}

impl<'a> About<'a> {
    pub(super) fn user(mut self, name: &'a [u8]) -> Self {
        self.user = Some(name);
        self
    }

    pub(super) fn engine_id(mut self, octets: &'a [u8]) -> Self {
        self.engine_id = Some(octets);
        self
    }

    pub(super) fn peer(&self) -> &'a Peer {
        self.peer
    }

    /// What else there is to say.
    pub(super) fn detail(mut self, detail: &'a dyn fmt::Display) -> Self {
        self.detail = Some(detail);
        self
    }
}

impl<'a> From<&'a Peer> for About<'a> {
    fn from(peer: &'a Peer) -> Self {
        Self {
            peer,
            user: None,
            engine_id: None,
            detail: None,
        }
    }
}

/// Names of users and engines have no more octets; what comes in their place may have.
const LONGEST: usize = 32;

/// The start of a name that is too long, and what shows that.
fn shortened(octets: &[u8]) -> (&[u8], &str) {
    match octets.get(..LONGEST) {
        Some(start) if octets.len() > LONGEST => (start, ".."),
        _ => (octets, ""),
    }
}

impl fmt::Display for About<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.peer)?;
        if let Some(name) = self.user.filter(|name| !name.is_empty()) {
            let (name, dots) = shortened(name);
            write!(f, ", user {}{dots}", name.escape_ascii())?;
        }
        if let Some(octets) = self.engine_id.filter(|octets| !octets.is_empty()) {
            let (octets, dots) = shortened(octets);
            f.write_str(", engine ")?;
            octets
                .iter()
                .try_for_each(|octet| write!(f, "{octet:02x}"))?;
            f.write_str(dots)?;
        }
        match self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl Records {
    /// Leaves a record, unless there was one of its kind less than a second ago.
    pub(super) fn leave(&mut self, kind: Kind, about: &About<'_>, now: Instant) {
        let throttle = self.0.get_mut(kind as usize);
        if let Some(left_out) = throttle.and_then(|throttle| throttle.admit(now)) {
            let words = kind.words();
            match kind.level() {
                Level::Debug => debug!("{words}, {about}{left_out}"),
                Level::Warn => warn!("{words}, {about}{left_out}"),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What counts neither drops nor risks.
    const NO_DROPS: [&str; 9] = [
        "in_pkts",
        "out_pkts",
        "notifications",
        "discoveries",
        "resynchronisations",
        "requests",
        "retransmissions",
        "responses",
        "timeouts",
    ];

    /// The fields of `Statistics`, in the order of their declaration.
    fn counters() -> Vec<String> {
        let shown = format!("{:?}", Statistics::default());
        let fields = shown.trim_start_matches("Statistics { ").split(", ");
        let name = |field: &str| field.split(':').next().expect("a name").to_owned();
        fields.map(name).collect()
    }

    /// The field that the kind counts in.
    fn counter(kind: Kind) -> Option<String> {
        let mut stats = Statistics::default();
        *kind.counter(&mut stats)? = 1;
        let shown = format!("{stats:?}");
        let before = shown.split(": 1").next()?;
        before.rsplit([' ', '{']).next().map(str::to_owned)
    }

    #[test]
    fn each_counter_of_drops_and_risks_has_a_kind_of_record() {
        let counted: Vec<_> = Kind::ALL.iter().filter_map(|&kind| counter(kind)).collect();
        for name in counters() {
            let records = counted.iter().filter(|it| **it == name).count();
            let expected = usize::from(!NO_DROPS.contains(&&*name));
            assert_eq!(records, expected, "{name}");
        }
    }

    #[test]
    fn each_kind_of_record_stands_in_the_documentation() {
        let documentation = include_str!("stats.rs");
        for &kind in Kind::ALL {
            let counter = match counter(kind) {
                Some(name) => format!("[`{name}`](Self::{name})"),
                None => "none".to_owned(),
            };
            let level = format!("{:?}", kind.level()).to_lowercase();
            let line = format!("/// | {counter} | {level} | {} |\n", kind.words());
            assert!(documentation.contains(&line), "{line}");
        }
    }
}

//! Counters.

/// What the engine has counted since it was made. Names of the standard's objects where it has one
/// (SNMPv2-MIB `snmp` group, RFC 3418; SNMP-MPD-MIB, RFC 3412; SNMP-USER-BASED-SM-MIB, RFC 3414).
///
/// # Records
///
/// With the feature `log`, each counter of drops leaves a record when it moves, and so does what is taken although it
/// is not as the standard has it (see [leniency](crate::manual::leniency)): what was dropped, whose it was
/// (address, and of SNMPv3 user and engine id) and what else is known, but never a community or a key. Each kind
/// has one record a second at most; the next one says how many were left out. The level is `debug` where a message
/// is at fault, which anybody may have sent, and `warn` where this engine or its program is short of something, or
/// takes a risk.
///
/// | counter | level | the record begins with |
/// |---|---|---|
/// | [`in_asn_parse_errs`](Self::in_asn_parse_errs) | debug | message that is not well formed |
/// | [`in_bad_versions`](Self::in_bad_versions) | debug | message of a version that is not spoken here |
/// | [`in_bad_community_names`](Self::in_bad_community_names) | debug | message with an unknown community |
/// | [`unknown_pdu_handlers`](Self::unknown_pdu_handlers) | debug | PDU that no application takes |
/// | [`silent_drops`](Self::silent_drops) | warn | request that is not answered |
/// | [`unanswered_requests`](Self::unanswered_requests) | warn | request that the program has not answered in time |
/// | [`dropped_reports`](Self::dropped_reports) | warn | report that is not sent |
/// | [`dropped_responses`](Self::dropped_responses) | warn | answer that is not sent |
/// | [`send_failures`](Self::send_failures) | warn | message that the system does not send |
/// | [`dropped_notifications`](Self::dropped_notifications) | warn | notification that has no room |
/// | [`repeated_informs`](Self::repeated_informs) | debug | inform that has come before |
/// | [`unknown_security_models`](Self::unknown_security_models) | debug | message in another security model |
/// | [`invalid_msgs`](Self::invalid_msgs) | debug | message with invalid flags |
/// | [`unavailable_contexts`](Self::unavailable_contexts) | debug | request for a context that is not available |
/// | [`unknown_contexts`](Self::unknown_contexts) | debug | request for an unknown context |
/// | [`unsupported_sec_levels`](Self::unsupported_sec_levels) | debug | message at a security level that its user does not have |
/// | [`not_in_time_windows`](Self::not_in_time_windows) | debug | message from before or after this engine's time |
/// | [`unknown_user_names`](Self::unknown_user_names) | debug | message of an unknown user |
/// | [`unknown_engine_ids`](Self::unknown_engine_ids) | debug | message for another engine |
/// | [`wrong_digests`](Self::wrong_digests) | debug | message with a wrong digest |
/// | [`decryption_errors`](Self::decryption_errors) | debug | message that cannot be decrypted |
/// | [`stale_messages`](Self::stale_messages) | debug | message that is too old, or has come before |
/// | [`late_responses`](Self::late_responses) | debug | answer that nobody waits for |
/// | [`duplicate_responses`](Self::duplicate_responses) | debug | second answer |
/// | [`foreign_responses`](Self::foreign_responses) | debug | answer from somebody who was not asked |
/// | [`mismatched_responses`](Self::mismatched_responses) | debug | answer that does not fit its request |
/// | [`differing_responses`](Self::differing_responses) | debug | answer with other names than asked |
/// | [`engine_changes`](Self::engine_changes) | warn | engine that is believed in the place of another |
/// | none | debug | message with octets behind its last element |
/// | none | debug | message that had to be mended |
/// | none | debug | trap that has no snmpTrapOID.0 |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statistics {
    /// `snmpInPkts`: datagrams received.
    pub in_pkts: u64,
    /// `snmpOutPkts`: messages sent, retransmissions included.
    pub out_pkts: u64,
    /// `snmpInBadVersions`: messages of a version this engine does not speak.
    pub in_bad_versions: u64,
    /// `snmpInASNParseErrs`: messages that were not well formed.
    pub in_asn_parse_errs: u64,
    /// `snmpInBadCommunityNames`: requests with a community nobody is known by.
    pub in_bad_community_names: u64,
    /// `snmpUnknownPDUHandlers`: messages with a PDU that no application takes.
    pub unknown_pdu_handlers: u64,
    /// `snmpSilentDrops`: requests left unanswered because too many, or too long ones, were waiting,
    /// or because even an empty answer, or the report of what was wrong, would have been too long.
    pub silent_drops: u64,
    /// Requests and informs from outside that were not answered within
    /// [`EngineConfig::answer_within`](super::EngineConfig::answer_within).
    pub unanswered_requests: u64,
    /// Reports that were not sent because their port took no more, too much waited for it, or the system refused
    /// them.
    pub dropped_reports: u64,
    /// Answers that were not sent because the system refused them or their port took no more: at a second try,
    /// after having waited for 5 seconds, or because too much waited for it.
    pub dropped_responses: u64,
    /// Messages of any kind that the system did not send, at a second attempt either, for another reason than
    /// that their port took no more.
    pub send_failures: u64,
    /// Traps and informs received and handed out.
    pub notifications: u64,
    /// Traps and informs dropped because too many, or too long ones, were waiting to be taken.
    pub dropped_notifications: u64,
    /// Informs that came again within 150 seconds, and were acknowledged again or will be.
    pub repeated_informs: u64,
    /// `snmpUnknownSecurityModels`: messages of SNMPv3 in another security model than the user-based.
    pub unknown_security_models: u64,
    /// `snmpInvalidMsgs`: messages of SNMPv3 that ask for privacy without authentication.
    pub invalid_msgs: u64,
    /// `snmpUnavailableContexts`: requests for a context that was not available.
    pub unavailable_contexts: u64,
    /// `snmpUnknownContexts`: requests for a context that there is not.
    pub unknown_contexts: u64,
    /// `usmStatsUnsupportedSecLevels`: messages at a security level that their user has no keys for, and
    /// notifications without a digest in the name of a user who has keys.
    pub unsupported_sec_levels: u64,
    /// `usmStatsNotInTimeWindows`: messages to this engine from before or after its time.
    pub not_in_time_windows: u64,
    /// `usmStatsUnknownUserNames`: messages in a name that nobody is known by.
    pub unknown_user_names: u64,
    /// `usmStatsUnknownEngineIDs`: messages for another engine, among them the questions for the name
    /// of this one.
    pub unknown_engine_ids: u64,
    /// `usmStatsWrongDigests`: messages whose digest is wrong.
    pub wrong_digests: u64,
    /// `usmStatsDecryptionErrors`: messages that could not be decrypted.
    pub decryption_errors: u64,
    /// Questions for the name of another engine.
    pub discoveries: u64,
    /// Requests sent again because the other engine's clock or name was not what it was thought to be.
    pub resynchronisations: u64,
    /// Engines that took the place of one that had answered with the right digest, and were believed:
    /// see [`EngineConfig::follow_engine_changes`](super::EngineConfig::follow_engine_changes).
    pub engine_changes: u64,
    /// Authenticated messages of other engines that were too old to be believed, and traps that had come
    /// before.
    pub stale_messages: u64,
    /// Requests accepted from the application.
    pub requests: u64,
    /// Messages sent again.
    pub retransmissions: u64,
    /// Requests that were answered.
    pub responses: u64,
    /// Requests that were given up.
    pub timeouts: u64,
    /// Answers to a request that is over, for the first time: late ones, or invented ones.
    pub late_responses: u64,
    /// Answers to a request that has been answered just before.
    pub duplicate_responses: u64,
    /// Answers to an outstanding request, from somebody who was not asked.
    pub foreign_responses: u64,
    /// Answers in another version, or with another community, user, level, engine or context, than
    /// that of the request.
    pub mismatched_responses: u64,
    /// Answers to a GET or SET, without an error and with as many bindings, that name other variables
    /// than asked.
    pub differing_responses: u64,
}

impl Statistics {
    /// A message of a request was not sent after all; whether an earlier one was.
    pub(super) fn took_back(&mut self, is_retransmission: bool) {
        let again = u64::from(is_retransmission);
        self.retransmissions = self.retransmissions.saturating_sub(again);
    }
}

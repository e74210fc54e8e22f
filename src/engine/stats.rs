//! Counters.

/// What the engine has counted since it was made. Names of the standard's objects where it has one
/// (SNMPv2-MIB `snmp` group, RFC 3418; SNMP-MPD-MIB, RFC 3412).
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
    /// `snmpSilentDrops`: requests left unanswered because too many were waiting for their answer,
    /// or because even an empty answer would have been too long.
    pub silent_drops: u64,
    /// Traps and informs received and handed out.
    pub notifications: u64,
    /// Traps and informs dropped because too many were waiting to be taken.
    pub dropped_notifications: u64,
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
    /// Answers in another version, or with another community, than that of the request.
    pub mismatched_responses: u64,
}

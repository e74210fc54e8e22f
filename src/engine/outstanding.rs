//! What is outstanding: the requests of this engine, whom they are for, and what goes by their numbers.

use super::config::EngineConfig;
use super::event::RequestId;
use super::peers::PeerTable;
use super::pending::PendingTable;

/// The requests of this engine that have no outcome yet, and the peers that they are for.
#[derive(Debug)]
pub(super) struct Outstanding {
    pub(super) table: PendingTable,
    pub(super) peers: PeerTable,
    /// Traps that were given out and have not failed: sent, unless the port says otherwise before the next
    /// event is fetched.
    pub(super) given_out: Vec<RequestId>,
    pub(super) max_outstanding: usize,
    pub(super) has_short_identifiers: bool,
    /// Whether an answer may come from an address that was not asked.
    pub(super) any_source: bool,
}

/// Each of so many requests has room for three of the 32,768 short numbers: its own, the one before, and that of a
/// question for its engine's name.
const MOST_WITH_SHORT_IDENTIFIERS: usize = 10_000;

impl Outstanding {
    pub(super) fn new(config: &EngineConfig) -> Self {
        Self {
            table: PendingTable::new(config.seed, config.short_identifiers),
            peers: PeerTable::new(u32::try_from(config.window).unwrap_or(u32::MAX)),
            given_out: Vec::new(),
            max_outstanding: match config.short_identifiers {
                true => config.max_outstanding.min(MOST_WITH_SHORT_IDENTIFIERS),
                false => config.max_outstanding,
            },
            has_short_identifiers: config.short_identifiers,
            any_source: config.any_source,
        }
    }
}

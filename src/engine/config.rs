//! What an engine is made with.

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::security::CommunityTable;

/// The configuration of an [`Engine`](super::Engine).
#[derive(Debug)]
pub struct EngineConfig {
    pub(super) seed: u64,
    pub(super) max_message_size: usize,
    pub(super) max_outstanding: usize,
    pub(super) max_unanswered: usize,
    pub(super) window: usize,
    pub(super) any_source: bool,
    pub(super) communities: CommunityTable,
    pub(super) notifications: bool,
}

impl EngineConfig {
    /// Defaults, with identifiers that follow from `seed`. The engine draws no other randomness.
    pub fn with_seed(seed: u64) -> Self {
        Self {
            seed,
            max_message_size: 65_507,
            max_outstanding: 1 << 20,
            max_unanswered: 1 << 12,
            window: 128,
            any_source: false,
            communities: CommunityTable::default(),
            notifications: false,
        }
    }

    /// The longest message to send, in octets. Default 65,507, what UDP over IPv4 carries; at least
    /// 484 (RFC 3412 section 6.3).
    #[must_use]
    pub fn max_message_size(mut self, octets: usize) -> Self {
        self.max_message_size = octets.max(484);
        self
    }

    /// How many requests may be outstanding at the same time, those included whose outcome has not
    /// been fetched. Default 1,048,576.
    #[must_use]
    pub fn max_outstanding(mut self, requests: usize) -> Self {
        self.max_outstanding = requests;
        self
    }

    /// How many received requests may wait for their answer, or their answer for being sent, at the
    /// same time, and how many received notifications for being taken; more are dropped and counted.
    /// Default 4,096.
    #[must_use]
    pub fn max_unanswered(mut self, requests: usize) -> Self {
        self.max_unanswered = requests;
        self
    }

    /// How many unanswered requests one peer is sent at the same time; more wait for an answer, a
    /// time-out or a cancellation. Default 128: half of what fits into the receive buffer that a
    /// socket of a Linux agent has by default. At least 1.
    #[must_use]
    pub fn window(mut self, requests: usize) -> Self {
        self.window = requests.max(1);
        self
    }

    /// Whether an answer is taken from any address, as long as everything else fits. Default `false`:
    /// only from the address that was asked. For agents that answer from another of their addresses;
    /// it makes forging answers easier.
    #[must_use]
    pub fn accept_any_source(mut self, accept: bool) -> Self {
        self.any_source = accept;
        self
    }

    /// Whether somebody takes the traps and informs that are received; otherwise they are counted as
    /// PDUs that nobody handles. Default `false`.
    #[must_use]
    pub fn notifications(mut self, take: bool) -> Self {
        self.notifications = take;
        self
    }

    /// The communities whose requests are served and whose notifications are taken. Default none.
    #[must_use]
    pub fn communities(mut self, communities: CommunityTable) -> Self {
        self.communities = communities;
        self
    }
}

impl Default for EngineConfig {
    /// Defaults, seeded by the operating system.
    fn default() -> Self {
        // Where the system call is refused (a sandbox), the hash maps' own randomness serves.
        let seed = getrandom::u64().unwrap_or_else(|_| RandomState::new().build_hasher().finish());
        Self::with_seed(seed)
    }
}

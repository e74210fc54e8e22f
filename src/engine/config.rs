//! What an engine is made with.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use crate::security::usm::UserTable;
use crate::security::{CommunityTable, EngineId};

use super::identifiers::split_mix;

/// The configuration of an [`Engine`](super::Engine).
pub struct EngineConfig {
    pub(super) seed: u64,
    pub(super) max_message_size: usize,
    pub(super) max_unauthenticated_bulk_size: usize,
    pub(super) max_outstanding: usize,
    pub(super) max_unanswered: usize,
    pub(super) answer_within: Duration,
    pub(super) max_unfetched_octets: usize,
    pub(super) max_informs: usize,
    pub(super) window: usize,
    pub(super) any_source: bool,
    pub(super) short_identifiers: bool,
    pub(super) follow_engine_changes: bool,
    pub(super) communities: CommunityTable,
    pub(super) requests: bool,
    pub(super) notifications: bool,
    pub(super) engine_id: EngineId,
    pub(super) boots: u32,
    pub(super) salt: u64,
    pub(super) users: UserTable,
    pub(super) max_peers: usize,
}

impl EngineConfig {
    /// Defaults, with identifiers that follow from `seed`. The engine draws no other randomness.
    pub fn with_seed(seed: u64) -> Self {
        // Not the state that the request-ids begin with.
        let mut state = !seed;
        Self {
            seed,
            max_message_size: 65_507,
            max_unauthenticated_bulk_size: 1_472,
            max_outstanding: 1 << 20,
            max_unanswered: 1 << 12,
            answer_within: Duration::from_secs(60),
            max_unfetched_octets: 1 << 24,
            max_informs: 1 << 16,
            window: 128,
            any_source: false,
            short_identifiers: false,
            follow_engine_changes: false,
            communities: CommunityTable::default(),
            requests: true,
            notifications: false,
            engine_id: EngineId::generate(ENTERPRISE, split_mix(&mut state).to_be_bytes()),
            boots: 1,
            salt: split_mix(&mut state),
            users: UserTable::default(),
            max_peers: 1 << 17,
        }
    }

    /// The longest message to send, in octets, which is also what peers are told that this engine takes. Default 65,507, what UDP over IPv4 carries; at least
    /// 484 (RFC 3412 section 6.3).
    #[must_use]
    pub fn max_message_size(mut self, octets: usize) -> Self {
        self.max_message_size = octets.max(484);
        self
    }

    /// The longest message, in octets, that answers a GETBULK over datagrams without authentication: of a community, or
    /// of a user of SNMPv3 at noAuthNoPriv. Default 1,472, what one Ethernet frame carries; at least 484, and never more
    /// than [`max_message_size`](Self::max_message_size).
    ///
    /// Whoever forges the sender's address of such a request, of some forty octets, sends the answer to somebody else.
    /// GETs, GETNEXTs, SETs and authenticated requests are not bounded by it. An agent that only trusted networks reach
    /// may raise it: walks need fewer round trips then.
    #[must_use]
    pub fn max_unauthenticated_bulk_size(mut self, octets: usize) -> Self {
        self.max_unauthenticated_bulk_size = octets.max(484);
        self
    }

    /// How many requests may be outstanding at the same time, those included whose outcome has not
    /// been fetched. Default 1,048,576.
    #[must_use]
    pub fn max_outstanding(mut self, requests: usize) -> Self {
        self.max_outstanding = requests;
        self
    }

    /// How many received requests may wait for their answer, or their answer for being sent through one
    /// port, at the same time, and how many received notifications for being taken; more are dropped and
    /// counted. Reports leave half of the room to answers. Default 4,096.
    #[must_use]
    pub fn max_unanswered(mut self, requests: usize) -> Self {
        self.max_unanswered = requests;
        self
    }

    /// How long a received request or inform may be answered. Then it is given up, which
    /// [`Statistics::unanswered_requests`](super::Statistics::unanswered_requests) counts, and its place is
    /// free for another one; a later answer is not sent, and an inform that comes again is handed out again
    /// ([`Event::InformExpired`](super::Event::InformExpired)). Default 60 seconds. Zero would leave none answered: it changes
    /// nothing, and the log has a record.
    #[must_use]
    pub fn answer_within(mut self, lifetime: Duration) -> Self {
        if lifetime.is_zero() {
            warn!("answer_within of zero is refused: it leaves no time for an answer");
        } else {
            self.answer_within = lifetime;
        }
        self
    }

    /// How many octets of variable bindings the received requests and notifications may have that
    /// wait in [`Engine::poll_event`](super::Engine::poll_event); what would go beyond is dropped and
    /// counted. Where none wait, one is taken whatever its length. Default 16,777,216.
    #[must_use]
    pub fn max_unfetched_octets(mut self, octets: usize) -> Self {
        self.max_unfetched_octets = octets;
        self
    }

    /// How many received informs are remembered that have been answered, for 150 seconds each: one that comes
    /// again within that time is acknowledged again, and not handed out again. The oldest are forgotten; each takes
    /// some 200 octets, and some 30 more for each further try that is signed, up to 15. Default 65,536; at
    /// least 1. Those that wait for their answer are remembered until then, and do not count.
    #[must_use]
    pub fn max_informs(mut self, informs: usize) -> Self {
        self.max_informs = informs.max(1);
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

    /// Whether request-ids and msgIDs are numbers of 15 bits, 0 to 32,767 (Net-SNMP's `16bitIDs`): for agents that
    /// keep 16 bits of them, signed or not. Default `false`: 31 bits. It holds for all messages that begin here.
    ///
    /// What it costs: who forges an answer in the name of an agent hits the number of a request to it once in 32,768
    /// attempts, instead of once in 2,147,483,648. A number returns after 32,768 requests, so that an answer which
    /// comes very late may be taken for that to a later request. At most 10,000 requests are outstanding, whatever
    /// [`max_outstanding`](Self::max_outstanding) says. In SNMPv3 an old message can bear the number of a new request,
    /// so the clock of an agent only goes forward: one that has lost its boots is not believed until this engine is
    /// started again.
    #[must_use]
    pub fn short_identifiers(mut self, short: bool) -> Self {
        self.short_identifiers = short;
        self
    }

    /// Whether another engine is believed in the place of one that has answered with the right digest, when
    /// an unauthenticated report names it. Default `false`: such a request ends with
    /// [`ErrorIndication::OtherEngine`](super::ErrorIndication::OtherEngine). With `true`, whoever can forge a
    /// report, and holds the localized key of one device, can answer for the others; it is logged and
    /// counted. [`Request::follow_engine_changes`](super::Request) decides for one request.
    #[must_use]
    pub fn follow_engine_changes(mut self, follow: bool) -> Self {
        self.follow_engine_changes = follow;
        self
    }

    /// Whether the owner of the engine takes the requests that are made of it, in all its contexts, from the start:
    /// who reads its events need not [register](super::Engine::register) for them. Default `true`.
    #[must_use]
    pub fn requests(mut self, take: bool) -> Self {
        self.requests = take;
        self
    }

    /// Whether the owner of the engine takes the traps and informs of any engine, in all contexts, from the start;
    /// otherwise those for which nobody [registers](super::Engine::register) are counted as PDUs that nobody handles.
    /// Default `false`.
    #[must_use]
    pub fn notifications(mut self, take: bool) -> Self {
        self.notifications = take;
        self
    }

    /// The name of this engine. Default one that follows from the seed: give a name that stays the same
    /// to an engine that serves SNMPv3 or sends its traps. RFC 3411 section 5.
    ///
    /// [`EngineId::LOCAL`] is the name of no engine, and leaves the name as it is, with a record in the log.
    #[must_use]
    pub fn engine_id(mut self, engine_id: EngineId) -> Self {
        if engine_id == EngineId::LOCAL {
            warn!("the engine id {engine_id} is refused: it is the name of no engine");
        } else {
            self.engine_id = engine_id;
        }
        self
    }

    /// How often this engine has been started under its name: more with every start. Default 1, the least.
    ///
    /// From 2147483647 on, the engine refuses all authenticated requests, and has to be given another
    /// name. RFC 3414 section 2.2.2.
    #[must_use]
    pub fn boots(mut self, boots: u32) -> Self {
        self.boots = boots;
        self
    }

    /// The users whose requests of SNMPv3 are served and whose notifications are taken. Default none.
    #[must_use]
    pub fn users(mut self, users: UserTable) -> Self {
        self.users = users;
        self
    }

    /// How many engines are remembered, with name, clock and keys, while nothing is outstanding to
    /// them, and how many that send traps. The longest unused are forgotten. Default 131,072.
    #[must_use]
    pub fn max_peers(mut self, peers: usize) -> Self {
        self.max_peers = peers;
        self
    }

    /// The communities whose requests are served and whose notifications are taken. Default none.
    #[must_use]
    pub fn communities(mut self, communities: CommunityTable) -> Self {
        self.communities = communities;
        self
    }
}

/// Without the seed, which foretells the identifiers.
impl fmt::Debug for EngineConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EngineConfig")
            .field("engine_id", &self.engine_id)
            .field("boots", &self.boots)
            .field("users", &self.users)
            .field("communities", &self.communities)
            .field("requests", &self.requests)
            .field("notifications", &self.notifications)
            .field("max_message_size", &self.max_message_size)
            .field(
                "max_unauthenticated_bulk_size",
                &self.max_unauthenticated_bulk_size,
            )
            .field("short_identifiers", &self.short_identifiers)
            .field("max_outstanding", &self.max_outstanding)
            .field("max_unanswered", &self.max_unanswered)
            .field("answer_within", &self.answer_within)
            .field("max_unfetched_octets", &self.max_unfetched_octets)
            .field("max_informs", &self.max_informs)
            .field("max_peers", &self.max_peers)
            .field("window", &self.window)
            .field("any_source", &self.any_source)
            .field("follow_engine_changes", &self.follow_engine_changes)
            .finish_non_exhaustive()
    }
}

/// PySNMP's, for the names of engines that were given none.
const ENTERPRISE: u32 = 20_408;

impl Default for EngineConfig {
    /// Defaults, seeded by the operating system.
    fn default() -> Self {
        // Where the system call is refused (a sandbox), the hash maps' own randomness serves.
        let seed = getrandom::u64().unwrap_or_else(|_| RandomState::new().build_hasher().finish());
        Self::with_seed(seed)
    }
}

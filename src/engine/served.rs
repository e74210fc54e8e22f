//! What is served: the requests and notifications of others, until they are answered and fetched.

use super::config::EngineConfig;
use super::informs::InformTable;
use super::replies::ReplyTable;
use super::unfetched::Unfetched;

/// Received requests that wait for their answers, and what has been received and not fetched.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) replies: ReplyTable,
    pub(super) informs: InformTable,
    pub(super) unfetched: Unfetched,
    pub(super) max_unanswered: usize,
    pub(super) takes_notifications: bool,
}

impl Served {
    pub(super) fn new(config: &EngineConfig) -> Self {
        Self {
            replies: ReplyTable::new(config.answer_within),
            informs: InformTable::new(config.max_informs),
            unfetched: Unfetched::new(config.max_unanswered, config.max_unfetched_octets),
            max_unanswered: config.max_unanswered,
            takes_notifications: config.notifications,
        }
    }
}

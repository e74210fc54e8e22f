//! The requests and notifications of others, until they are answered and fetched.

use std::hash::Hash;
use std::time::Instant;

use crate::engine::address::Peer;
use crate::engine::common::Common;
use crate::engine::config::EngineConfig;
use crate::engine::event::Event;
use crate::pdu::{Pdu, PduRef};

use super::informs::{InformTable, Marks};
use super::registry::{
    ContextEngine, ContextScope, PduClass, RegistrationError, RegistrationId, Registry,
};
use super::replies::ReplyTable;
use super::unfetched::Unfetched;

/// Who takes what is received; the received requests that wait for their answers; and what has been received and not
/// fetched.
#[derive(Debug)]
pub(in crate::engine) struct Served {
    pub(super) registry: Registry,
    pub(super) replies: ReplyTable,
    pub(super) informs: InformTable,
    pub(super) unfetched: Unfetched,
    pub(super) max_unanswered: usize,
}

impl Served {
    /// What the owner of the engine takes is registered.
    pub(in crate::engine) fn new(config: &EngineConfig) -> Self {
        let (requests, notifications) = (config.requests, config.notifications);
        Self {
            registry: Registry::of_owner(config.engine_id, requests, notifications),
            replies: ReplyTable::new(config.answer_within),
            informs: InformTable::new(config.max_informs),
            unfetched: Unfetched::new(config.max_unanswered, config.max_unfetched_octets),
            max_unanswered: config.max_unanswered,
        }
    }

    pub(in crate::engine) fn register(
        &mut self,
        scope: ContextScope,
        classes: &[PduClass],
    ) -> Result<RegistrationId, RegistrationError> {
        self.registry.register(scope, classes)
    }

    pub(in crate::engine) fn unregister(&mut self, id: RegistrationId) -> bool {
        self.registry.unregister(id)
    }

    /// Who takes a PDU of that class in that context.
    #[inline]
    pub(in crate::engine) fn registration(
        &self,
        class: PduClass,
        context_engine: &ContextEngine,
        context_name: &[u8],
    ) -> Option<RegistrationId> {
        self.registry.find(class, context_engine, context_name)
    }

    /// What an inform is recognised by: see [`InformTable::marks`].
    pub(in crate::engine) fn inform_marks(
        &self,
        peer: &Peer,
        sender: impl Hash,
        pdu: PduRef<'_>,
        signed: Option<&[u8]>,
    ) -> Marks {
        self.informs.marks(peer, sender, pdu, signed)
    }

    /// Takes note that a received request has been fetched.
    #[inline]
    pub(in crate::engine) fn request_is_fetched(&mut self, pdu: &Pdu) {
        self.unfetched.subtract_request(pdu);
    }

    /// Takes note that a notification has been fetched.
    #[inline]
    pub(in crate::engine) fn notification_is_fetched(&mut self, pdu: &Pdu) {
        self.unfetched.subtract_notification(pdu);
    }

    /// Drops the next events that are received requests whose time to be answered is over.
    #[inline]
    pub(in crate::engine) fn skip_expired(&mut self, common: &mut Common) {
        while let Some(Event::Request(request)) = common.events.front()
            && !self.replies.contains(request.state)
        {
            self.unfetched.subtract_request(&request.pdu);
            drop(common.events.pop_front());
        }
    }

    /// When the time to answer a request is over next.
    pub(in crate::engine) fn next_deadline(&self) -> Option<Instant> {
        self.replies.next_deadline()
    }
}

//! The engine: commands in, datagrams and events out.

use std::collections::VecDeque;
use std::time::Instant;

use crate::message::Version;
use crate::pdu::{Pdu, PduKind};
use crate::security::usm::UserTable;
use crate::security::{CommunityTable, EngineId};

use super::address::{Endpoint, Peer};
use super::common::Common;
use super::config::EngineConfig;
use super::error::{ErrorIndication, SubmitError};
use super::event::{Credentials, Event, Request, RequestId, StateReference};
use super::outstanding::Outstanding;
use super::processing;
use super::served::{ContextScope, PduClass, RegistrationError, RegistrationId, Served};
use super::stats::Statistics;
use super::trouble::Trouble;
use super::v3::{Progress, Refusal, Usm};

/// An SNMP engine: the dispatcher and message processing of RFC 3412, without sockets or a clock.
///
/// Each submitted request yields exactly one final event, a cancelled one none; that of a trap is
/// [`Event::Sent`]. A request is over at the latest `(retries + 1) * timeout` after its submission.
///
/// # Examples
///
/// ```
/// use std::time::{Duration, Instant};
/// use deferred_snmp::engine::{Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request};
/// use deferred_snmp::pdu::{Pdu, PduKind};
///
/// # #[expect(clippy::disallowed_methods)]
/// let start = Instant::now();
/// let mut engine = Engine::new(EngineConfig::with_seed(1), start);
/// let peer = Peer::udp(Endpoint(0), "127.0.0.1:161".parse()?);
/// let get = Pdu::new(PduKind::GetRequest, 0, Default::default());
/// let request = Request::new(peer, Credentials::V2c("public".into()), get)
///     .patience(Duration::from_secs(1), 0);
/// let id = engine.submit(start, request)?;
///
/// let mut datagram = Vec::new();
/// let transmit = engine.poll_transmit(start, &mut datagram).expect("the request");
/// assert_eq!(transmit.len, datagram.len());
///
/// engine.handle_timeout(engine.next_deadline().expect("every request has one"));
/// assert!(matches!(engine.poll_event(), Some(Event::Failed { id: failed, .. }) if failed == id));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    pub(super) common: Common,
    pub(super) outstanding: Outstanding,
    pub(super) served: Served,
    pub(super) communities: CommunityTable,
    pub(super) usm: Usm,
}

impl Engine {
    /// An engine that has nothing to do yet.
    pub fn new(mut config: EngineConfig, now: Instant) -> Self {
        let common = Common::new(&config, now);
        let (boots, _) = common.local.clock(now);
        Self {
            outstanding: Outstanding::new(&config),
            served: Served::new(&config),
            communities: std::mem::take(&mut config.communities),
            usm: Usm::new(&mut config, boots),
            common,
        }
    }

    /// Starts a request (`sendPdu` of RFC 3412 section 4.1). Its message is queued for
    /// [`Engine::poll_transmit`], or waits until its peer has answered others; a trap never waits.
    ///
    /// # Errors
    ///
    /// [`SubmitError`] if the request cannot be sent as it is; it leaves no trace then.
    pub fn submit(&mut self, now: Instant, mut request: Request) -> Result<RequestId, SubmitError> {
        self.common.advance(now);
        if let Err(error) = self.check(&mut request) {
            self.recycle(request.pdu);
            return Err(error);
        }
        let Some(request_id) = self.fresh_identifier() else {
            self.recycle(request.pdu);
            let limit = self.outstanding.table.len();
            return Err(SubmitError::TooManyRequests { limit });
        };
        let lifetime = request.lifetime();
        let is_confirmed = request.pdu.kind.is_confirmed();
        let peer = self.outstanding.peers.enter(&request.peer);
        let give_up = later(self.common.now, lifetime);
        let id = self
            .outstanding
            .table
            .insert(request, request_id, peer, give_up);
        self.common.stats.requests += 1;
        if !is_confirmed {
            self.outstanding.table.wake_at(id, give_up);
            self.queue(id);
            return Ok(id);
        }
        self.associate(id);
        if self.outstanding.peers.admit(peer, id) {
            self.send(id);
        } else {
            self.outstanding.table.wake_at(id, give_up);
        }
        Ok(id)
    }

    /// A number for a request, or for the question for an engine's name, that neither has. None if all are taken,
    /// which [`MOST_WITH_SHORT_IDENTIFIERS`] keeps from happening.
    #[inline]
    pub(super) fn fresh_identifier(&mut self) -> Option<i32> {
        let questions = &self.usm.associations;
        let is_free = |id| questions.find_discovery(id).is_none();
        let fresh = self.outstanding.table.fresh_identifier(is_free);
        fresh.or_else(|| self.freed_identifier())
    }

    /// The same where all numbers are taken, among others by questions that nobody waits for any more.
    #[cold]
    fn freed_identifier(&mut self) -> Option<i32> {
        let questions = &mut self.usm.associations;
        questions.forget_idle_questions();
        let is_free = |id| questions.find_discovery(id).is_none();
        self.outstanding.table.fresh_identifier(is_free)
    }

    fn check(&mut self, request: &mut Request) -> Result<(), SubmitError> {
        if request.timeout.is_zero() {
            return Err(SubmitError::ZeroTimeout);
        }
        if !processing::is_supported(request.credentials.version(), request.pdu.kind) {
            return Err(SubmitError::UnsupportedPdu);
        }
        if let Credentials::Usm(credentials) = &request.credentials
            && credentials.level() > credentials.user().level()
        {
            return Err(SubmitError::UnsupportedLevel(credentials.level()));
        }
        if let Credentials::Usm(credentials) = &request.credentials
            && credentials.engine_id() == Some(EngineId::LOCAL)
        {
            return Err(SubmitError::LocalEngineId);
        }
        let is_v1 = request.credentials.version() == Version::V1;
        if is_v1 && request.pdu.kind == PduKind::TrapV2 {
            processing::v1_trap(request).map_err(SubmitError::Untranslatable)?;
        }
        if self.outstanding.table.occupied() >= self.outstanding.max_outstanding {
            return Err(SubmitError::TooManyRequests {
                limit: self.outstanding.max_outstanding,
            });
        }
        if processing::longest_message(request) > self.common.max_message_size {
            let mut message = self.common.buffers.take();
            // Whatever request-id it gets, the message becomes no longer than with this one.
            request.pdu.request_id = i32::MAX;
            let encoded = processing::prepare_outgoing_message(request, &mut message);
            let len = message.len();
            self.common.buffers.give(message);
            encoded.map_err(SubmitError::Untranslatable)?;
            if len > self.common.max_message_size {
                return Err(SubmitError::TooBig {
                    len,
                    limit: self.common.max_message_size,
                });
            }
        }
        Ok(())
    }

    /// Ends a request without an outcome. False if it is over already; its outcome may then still wait
    /// in [`Engine::poll_event`]. The next one that waits for its peer is started `now`.
    pub fn cancel(&mut self, now: Instant, id: RequestId) -> bool {
        self.common.advance(now);
        self.settle_traps();
        match self.finish(id) {
            Some(pdu) => {
                self.outstanding.table.release(id);
                self.recycle(pdu);
                true
            }
            None => false,
        }
    }

    /// Ends all requests that go through `endpoint`, without an outcome, and gives their names: the
    /// endpoint is closed. What waits to be sent there is dropped, and requests that came from there can
    /// be answered no more. Looks at every outstanding request.
    pub fn cancel_through(&mut self, endpoint: Endpoint) -> Vec<RequestId> {
        self.settle_traps();
        let goes_there = |request: &Request| request.peer.endpoint == endpoint;
        let requests = self.outstanding.table.matching(goes_there);
        for id in &requests {
            self.cancel(self.common.now, *id);
        }
        for question in self.common.out.remove(endpoint) {
            // It is not queued any more, should the endpoint be opened again.
            let _ = self.usm.associations.question(question);
        }
        self.served.discard_through(endpoint, &mut self.common);
        requests
    }

    /// Gives the buffer of a PDU that is no longer needed back for the next message.
    pub fn recycle(&mut self, pdu: Pdu) {
        self.common.recycle(pdu);
    }

    /// An empty buffer for variable bindings, from those given back.
    pub fn buffer(&mut self) -> Vec<u8> {
        self.common.buffers.take()
    }

    /// Takes note of the time: retries and gives up what is due. Hand in first what has arrived by then: an answer that
    /// waits in a socket meanwhile is lost, one that comes before this call counts, however late it is.
    ///
    /// Early calls do nothing, late ones everything that is due in order; time that goes backwards counts as standing still.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.common.advance(now);
        self.settle_traps();
        self.served.drop_unanswered(&mut self.common);
        while let Some(id) = self.outstanding.table.pop_due(self.common.now) {
            // One that waits for the window of its peer is called up to be given up only.
            match self.outstanding.table.get(id) {
                Some(pending) if self.common.now < pending.give_up && !pending.is_last_try() => {
                    if !pending.request.pdu.kind.is_confirmed() {
                        self.send_trap_again(id);
                        continue;
                    }
                    self.send(id);
                    self.reconsider(id, false);
                }
                _ => self.give_up(id),
            }
        }
    }

    /// The next thing that happened. Call until `None`. Received requests whose time to be answered is over
    /// are passed by.
    #[inline]
    pub fn poll_event(&mut self) -> Option<Event> {
        self.settle_traps();
        self.take_event()
    }

    /// A function of its own: with the call above in it, an event is copied twice.
    #[inline(never)]
    fn take_event(&mut self) -> Option<Event> {
        self.served.skip_expired(&mut self.common);
        match self.common.events.front()? {
            Event::Response { id, .. }
            | Event::Failed { id, .. }
            | Event::Sent { id }
            | Event::Discovered { id, .. } => {
                self.outstanding.table.release(*id);
            }
            Event::Notification(notification) => {
                self.served.notification_is_fetched(&notification.pdu);
            }
            Event::Request(request) => self.served.request_is_fetched(&request.pdu),
            Event::InformExpired { .. } => {}
        }
        next(&mut self.common.events)
    }

    /// When [`Engine::handle_timeout`] has to be called at the latest; `None` while no request is
    /// outstanding, neither of this engine's nor one that it has to answer.
    pub fn next_deadline(&self) -> Option<Instant> {
        let answers = self.served.next_deadline();
        let requests = self.outstanding.table.next_deadline();
        answers.into_iter().chain(requests).min()
    }

    /// Whether [`Engine::poll_transmit`] or [`Engine::poll_event`] may have something to give. What waits
    /// for a [blocked](Engine::block) endpoint does not count.
    pub fn has_output(&self) -> bool {
        self.common.out.is_ready()
            || !self.common.events.is_empty()
            || !self.outstanding.given_out.is_empty()
    }

    /// The longest message, in octets, that this engine sends and says that it takes.
    pub fn max_message_size(&self) -> usize {
        self.common.max_message_size
    }

    /// How many requests are outstanding.
    pub fn outstanding(&self) -> usize {
        self.outstanding.table.len() - self.outstanding.given_out.len()
    }

    /// The counters.
    pub fn statistics(&self) -> &Statistics {
        &self.common.stats
    }

    /// Takes PDUs of `classes` in the contexts of `scope` from now on: each comes as an [`Event::Request`] or an
    /// [`Event::Notification`] under the name of the registration (`registerContextEngineID` of RFC 3412 section 4.3).
    ///
    /// Who has registered for the very engine comes before who has for any, and who has for the very context before who
    /// has for all. What nobody has registered for is counted
    /// ([`Statistics::unknown_pdu_handlers`](super::Statistics::unknown_pdu_handlers)) and, in SNMPv3, reported.
    ///
    /// The owner of the engine takes the requests to it from the start, unless [`EngineConfig::requests`] says otherwise,
    /// and notifications if [`EngineConfig::notifications`] says so.
    ///
    /// # Errors
    ///
    /// [`RegistrationError`] if somebody has registered for the same scope and one of the classes, or if there are 4,096
    /// registrations.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::engine::{ContextScope, Engine, EngineConfig, PduClass};
    ///
    /// # #[expect(clippy::disallowed_methods)]
    /// # let start = std::time::Instant::now();
    /// let mut engine = Engine::new(EngineConfig::with_seed(1), start);
    /// // On behalf of a device that speaks no SNMPv3 itself.
    /// let device = ContextScope::engine("80000000010a0b0c0d".parse()?);
    /// let id = engine.register(device.clone(), &PduClass::REQUESTS)?;
    /// let twice = engine.register(device, &[PduClass::Write]).unwrap_err();
    /// assert_eq!(
    ///     twice.to_string(),
    ///     "requests that write in all contexts of engine 80000000010a0b0c0d are taken by somebody else already",
    /// );
    /// assert!(engine.unregister(id));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn register(
        &mut self,
        scope: ContextScope,
        classes: &[PduClass],
    ) -> Result<RegistrationId, RegistrationError> {
        self.served.register(scope, classes)
    }

    /// Takes no more by a registration: others may have its place (`unregisterContextEngineID` of RFC 3412 section 4.4).
    /// What has been received by then is still to be fetched and answered. False if it has been ended already.
    pub fn unregister(&mut self, id: RegistrationId) -> bool {
        self.served.unregister(id)
    }

    /// Answers a received request (`returnResponsePdu` of RFC 3412 section 4.1.2). False if it has
    /// been answered or discarded already, if its time is over (see [`EngineConfig::answer_within`]), or if the answer is
    /// longer than the largest message.
    ///
    /// An answer of SNMPv3 is sealed now: `now` is the time that it shows.
    pub fn respond(&mut self, now: Instant, state: StateReference, pdu: Pdu) -> bool {
        self.common.advance(now);
        self.served
            .respond(state, pdu, &mut self.usm, &mut self.common)
    }

    /// Leaves a received request unanswered, and lets the asker know why: counted, and reported if the
    /// version has reports. False if it has been answered or discarded already. RFC 3413 section 3.2.
    ///
    /// A report is sealed now: `now` is the time that it shows.
    pub fn refuse_request(
        &mut self,
        now: Instant,
        state: StateReference,
        refusal: Refusal,
    ) -> bool {
        self.common.advance(now);
        self.served
            .refuse(state, refusal, &mut self.usm, &mut self.common)
    }

    /// Leaves a received request unanswered. False if it has been answered or discarded already.
    pub fn discard(&mut self, state: StateReference) -> bool {
        self.served.discard(state, &mut self.common)
    }

    /// The communities whose requests are served and whose notifications are taken.
    pub fn communities_mut(&mut self) -> &mut CommunityTable {
        &mut self.communities
    }

    /// The users whose requests of SNMPv3 are served and whose notifications are taken.
    pub fn users_mut(&mut self) -> &mut UserTable {
        &mut self.usm.users
    }

    /// The name of this engine: snmpEngineID. RFC 3411 section 5.
    pub fn engine_id(&self) -> EngineId {
        self.common.local.id()
    }

    /// The name of the engine at `peer`, if a request of SNMPv3 has discovered it and it has not been
    /// forgotten since; see [`EngineConfig::max_peers`]. RFC 3414 section 4.
    pub fn engine_id_of(&self, peer: &Peer) -> Option<EngineId> {
        self.usm.associations.name_at(peer)
    }

    /// How often this engine has been started: snmpEngineBoots. RFC 3414 section 2.2.
    pub fn boots(&self) -> u32 {
        let (boots, _) = self.common.local.clock(self.common.now);
        boots
    }

    /// The seconds since this engine was started, by the time it was told last: snmpEngineTime. RFC 3414
    /// section 2.2.
    pub fn engine_time(&self) -> u32 {
        let (_, time) = self.common.local.clock(self.common.now);
        time
    }

    /// Takes a request out, and lets the next one of its peer through. Gives its PDU.
    pub(super) fn finish(&mut self, id: RequestId) -> Option<Pdu> {
        let gone = self.outstanding.table.remove(id)?;
        self.outstanding.peers.leave(gone.peer, gone.in_flight);
        let pending = &self.outstanding.table;
        if gone.queued {
            self.common
                .out
                .request_is_over(gone.endpoint, |id| pending.get(id).is_none());
        }
        if let Some(progress) = gone.usm {
            let associations = &mut self.usm.associations;
            associations.leave(progress.association, |id| pending.get(id).is_some());
        }
        let next = self
            .outstanding
            .peers
            .admit_next(gone.peer, |id| pending.get(id).is_some());
        if let Some(next) = next {
            self.send(next);
        } else {
            self.outstanding
                .peers
                .tidy(gone.peer, |id| pending.get(id).is_some());
        }
        if let Some(kept) = gone.kept {
            self.recycle(*kept);
        }
        Some(gone.pdu)
    }

    /// Remembers what is known of the engine that a request in a user's name is for.
    fn associate(&mut self, id: RequestId) {
        if let Some(pending) = self.outstanding.table.get_mut(id)
            && let Credentials::Usm(credentials) = &pending.request.credentials
        {
            let associations = &mut self.usm.associations;
            let latest = self.outstanding.peers.association(pending.peer);
            let request = &pending.request;
            let follows = request.follow_engine_changes;
            let follows = follows.unwrap_or(self.usm.follows_changes);
            let number = associations.enter(&request.peer, credentials, follows, latest);
            let mut progress = Progress::new(number, self.common.now);
            progress.discovers = request.discovers;
            pending.usm = Some(progress);
        }
    }

    pub(super) fn send(&mut self, id: RequestId) {
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        pending.in_flight = true;
        if let Some(progress) = pending.usm
            && (progress.discovers || self.usm.associations.is_unknown(progress.association))
        {
            return self.await_discovery(id);
        }
        let timeout = pending.request.timeout;
        let is_first = pending.usm.is_some() && pending.tries == 0;
        self.outstanding
            .table
            .wake_at(id, later(self.common.now, timeout));
        self.queue(id);
        if is_first {
            self.ask_if_doubted(id);
        }
    }

    fn give_up(&mut self, id: RequestId) {
        self.reconsider(id, true);
        if self.answer_as_kept(id) {
            return;
        }
        let Some(pending) = self.outstanding.table.get_mut(id) else {
            return;
        };
        if let Some(objection) = pending.objection.take() {
            return self.fail(id, *objection);
        }
        let address = pending.request.peer.address.clone();
        let trouble = self.outstanding.peers.trouble(pending.peer, id);
        if let Some(Trouble::NotSent(error)) = trouble
            && !pending.request.pdu.kind.is_confirmed()
        {
            // Nobody answers a trap, so no answer has failed to come.
            return self.fail(id, ErrorIndication::CannotSend { address, error });
        }
        let error = ErrorIndication::RequestTimedOut {
            address,
            tries: match pending.usm {
                // Nothing was sent but the question for the engine's name.
                Some(progress) if pending.tries == 0 => progress.asked,
                _ => pending.tries,
            },
            timeout: pending.request.timeout,
            trouble: trouble.map(Box::new),
        };
        self.common.stats.timeouts += 1;
        self.fail(id, error);
    }

    pub(super) fn fail(&mut self, id: RequestId, error: ErrorIndication) {
        if let Some(pdu) = self.finish(id) {
            self.recycle(pdu);
            self.common.events.push_back(Event::Failed { id, error });
        }
    }
}

/// `now + duration`, or a century from now where that is beyond what an `Instant` can hold.
pub(in crate::engine) fn later(now: Instant, duration: std::time::Duration) -> Instant {
    const CENTURY: std::time::Duration = std::time::Duration::from_secs(100 * 365 * 86_400);
    now.checked_add(duration.min(CENTURY)).unwrap_or(now)
}

/// Takes the first of a queue. One that is empty begins at its start again, which is in the cache.
pub(super) fn next<T>(queue: &mut VecDeque<T>) -> Option<T> {
    let first = queue.pop_front();
    if queue.is_empty() {
        queue.clear();
    }
    first
}

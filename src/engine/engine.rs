//! The engine: commands in, datagrams and events out.

use std::collections::VecDeque;
use std::time::Instant;

use crate::pdu::Pdu;
use crate::security::usm::UserTable;
use crate::security::{CommunityTable, EngineId};

use super::address::{Endpoint, Peer};
use super::common::Common;
use super::config::EngineConfig;
use super::error::SubmitError;
use super::event::{Discovery, Event, Origin, Request, RequestId, StateReference, Transmit};
use super::failures::{SendFailure, SystemError};
use super::models::Models;
use super::outstanding::Outstanding;
use super::records::{About, Kind};
use super::send_queues::{MessageKind, Outgoing};
use super::served::{
    ContextEngine, ContextScope, PduClass, RegistrationError, RegistrationId, Served,
};
use super::stats::Statistics;
use super::trouble::Trouble;
use super::v3::Refusal;

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
    pub(super) models: Models,
}

impl Engine {
    /// An engine that has nothing to do yet.
    pub fn new(mut config: EngineConfig, now: Instant) -> Self {
        let common = Common::new(&config, now);
        Self {
            outstanding: Outstanding::new(&config),
            served: Served::new(&config),
            models: Models::new(&mut config, &common),
            common,
        }
    }

    /// Starts a request (`sendPdu` of RFC 3412 section 4.1). Its message is queued for
    /// [`Engine::poll_transmit`], or waits until its peer has answered others; a trap never waits.
    ///
    /// # Errors
    ///
    /// [`SubmitError`] if the request cannot be sent as it is; it leaves no trace then.
    pub fn submit(&mut self, now: Instant, request: Request) -> Result<RequestId, SubmitError> {
        self.common.advance(now);
        (self.outstanding).submit(request, &mut self.models.usm, &mut self.common)
    }

    /// Asks for the name of an engine, whether it is known or not: the outcome is [`Event::Discovered`] or
    /// [`Event::Failed`]. RFC 3414 section 4.
    ///
    /// Requests to that peer need not ask any more, unless an engine of another name has proven to be there: that one
    /// stays the one that they are for. It waits in the window of the peer as requests do, counts as one in
    /// [`Statistics`], and is ended by [`Engine::cancel`].
    ///
    /// # Errors
    ///
    /// [`SubmitError`] if there is no room for it, or no time; it leaves no trace then.
    pub fn discover(
        &mut self,
        now: Instant,
        discovery: Discovery,
    ) -> Result<RequestId, SubmitError> {
        self.submit(now, discovery.into_request())
    }

    /// Takes one datagram from `peer`: an answer ends its request, a request becomes an event,
    /// everything else moves a counter.
    ///
    /// Never fails and never panics, whatever the datagram holds; allocates for the octets that came,
    /// not for the lengths that they claim.
    pub fn handle_message(&mut self, now: Instant, peer: &Peer, datagram: &[u8]) {
        self.common.advance(now);
        self.settle_traps();
        self.common.stats.in_pkts += 1;
        let (outstanding, served) = (&mut self.outstanding, &mut self.served);
        (self.models).incoming(peer, datagram, outstanding, served, &mut self.common);
    }

    /// Ends a request without an outcome. False if it is over already; its outcome may then still wait
    /// in [`Engine::poll_event`]. The next one that waits for its peer is started `now`.
    pub fn cancel(&mut self, now: Instant, id: RequestId) -> bool {
        self.common.advance(now);
        self.settle_traps();
        (self.outstanding).cancel(id, &mut self.models.usm, &mut self.common)
    }

    /// Ends all requests that go through `endpoint`, without an outcome, and gives their names: the
    /// endpoint is closed. What waits to be sent there is dropped, and requests that came from there can
    /// be answered no more. Looks at every outstanding request.
    pub fn cancel_through(&mut self, endpoint: Endpoint) -> Vec<RequestId> {
        self.settle_traps();
        let (usm, common) = (&mut self.models.usm, &mut self.common);
        let requests = self.outstanding.cancel_through(endpoint, usm, common);
        for question in common.out.remove(endpoint) {
            usm.associations.is_not_queued(question);
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
        self.outstanding
            .expire(&mut self.models.usm, &mut self.common);
    }

    /// Puts the next message to send into `buffer`, which is cleared first. Call until `None`. Endpoints
    /// take turns; those that are [blocked](Engine::block) are passed over.
    ///
    /// The message is written now: `now` is the time that one of SNMPv3 shows. Allocates nothing once
    /// `buffer` is large enough.
    pub fn poll_transmit(&mut self, now: Instant, buffer: &mut Vec<u8>) -> Option<Transmit> {
        let Self {
            common,
            outstanding,
            models,
            ..
        } = self;
        common.advance(now);
        loop {
            let written = match common.out.pop(|id| !outstanding.table.is_outstanding(id))? {
                Outgoing::Request(id) => outstanding.transmit(id.index(), buffer, models, common),
                Outgoing::Discovery(number) => {
                    let peer = models.usm.prepare_discovery(number, buffer, common);
                    peer.map(|(peer, message_id)| (peer, Origin::Discovery(message_id)))
                }
                Outgoing::Message(number) => common.give_out(number, buffer),
            };
            if let Some((peer, origin)) = written {
                common.stats.out_pkts += 1;
                return Some(Transmit::new(peer, buffer.len(), origin));
            }
        }
    }

    /// Takes note that the port of `endpoint` is full: [`Engine::poll_transmit`] gives nothing for it
    /// until [`Engine::unblock`]. Others go on.
    ///
    /// Requests wait meanwhile, and so do answers, for 5 seconds. Reports do not: those that are there,
    /// and those that would come, are dropped and counted in
    /// [`Statistics::dropped_reports`](super::Statistics::dropped_reports).
    pub fn block(&mut self, endpoint: Endpoint) {
        self.common.out.block(endpoint);
    }

    /// Takes note that the port of `endpoint` takes messages again.
    pub fn unblock(&mut self, endpoint: Endpoint) {
        self.common.out.unblock(endpoint);
    }

    /// Takes back a message that its port had no room for, and [blocks](Engine::block) the endpoint. Of
    /// several, the last comes first: they keep their order so.
    ///
    /// A request is sent later, as if nothing had been, and so is a trap that comes back before the next
    /// [`Engine::poll_event`]; an answer is sent once more, and the second time
    /// that it comes back dropped; a report is dropped at once. What is dropped is counted.
    pub fn take_back(&mut self, now: Instant, transmit: &Transmit, message: &[u8]) {
        let (outstanding, common) = (&mut self.outstanding, &mut self.common);
        common.advance(now);
        common.stats.out_pkts = common.stats.out_pkts.saturating_sub(1);
        let endpoint = transmit.peer.endpoint;
        common.out.block(endpoint);
        match transmit.origin {
            Origin::Request(id) => outstanding.came_back(id, common),
            Origin::Discovery(message_id) => {
                common.stats.discoveries = common.stats.discoveries.saturating_sub(1);
                if let Some(number) = self.models.usm.associations.asks_again(message_id) {
                    common.out.push_again(endpoint, Outgoing::Discovery(number));
                }
            }
            Origin::Report => common.count_dropped(&transmit.peer, MessageKind::Report),
            Origin::Answer { tried: true, .. } => {
                common.count_dropped(&transmit.peer, MessageKind::Answer);
            }
            Origin::Answer { since, .. } => common.try_again(&transmit.peer, message, since),
        }
    }

    /// Takes note that a message of [`Engine::poll_transmit`] was not sent, though its port was not full (that
    /// is [`Engine::take_back`]'s). To be called before the next [`Engine::poll_event`], and only after a second
    /// attempt: some systems tell of an earlier datagram, to somebody else, when the next one is sent.
    ///
    /// A request or a trap that is refused ends with [`ErrorIndication::CannotSend`](super::ErrorIndication::CannotSend). One that failed otherwise
    /// goes on with its next try; if none is answered, the time-out says why that one was not sent, and a trap
    /// fails with the system's words after its last try. After a shortage no try is lost: it comes again after a quarter of
    /// the time-out, or a second if that is less, for as long as the request has time. An answer or a report is dropped and counted. Counted in
    /// [`Statistics::send_failures`](super::Statistics::send_failures).
    #[cold]
    pub fn handle_send_failure(&mut self, now: Instant, transmit: &Transmit, failure: SendFailure) {
        let (outstanding, usm, common) = (
            &mut self.outstanding,
            &mut self.models.usm,
            &mut self.common,
        );
        common.advance(now);
        let (peer, error) = (&transmit.peer, failure.error());
        common.stats.out_pkts = common.stats.out_pkts.saturating_sub(1);
        common.record(Kind::SendFailure, About::from(peer).detail(&error));
        match transmit.origin {
            Origin::Request(id) => outstanding.request_failed(id, failure, usm, common),
            Origin::Discovery(message_id) => {
                common.stats.discoveries = common.stats.discoveries.saturating_sub(1);
                let waiting = usm.associations.waiting(message_id);
                if !matches!(failure, SendFailure::Passing(_)) {
                    // Those that the window lets in now have to be told as well.
                    usm.associations.was_not_asked(message_id);
                }
                outstanding.question_failed(peer, waiting, failure, usm, common);
            }
            Origin::Answer { .. } => common.count_dropped(peer, MessageKind::Answer),
            Origin::Report => common.count_dropped(peer, MessageKind::Report),
        }
    }

    /// Takes the system's word that nobody listens at `peer` (ICMP, connection refused). Anyone can
    /// forge it, so requests go on; a time-out mentions it.
    pub fn handle_unreachable(&mut self, now: Instant, peer: &Peer) {
        self.common.advance(now);
        self.outstanding.note(peer, &Trouble::Unreachable);
    }

    /// Takes the network's word that a message to `peer` was not delivered (ICMP: no route, forbidden). Anyone
    /// can forge it, so requests go on; a time-out mentions it.
    pub fn handle_undelivered(&mut self, now: Instant, peer: &Peer, error: SystemError) {
        self.common.advance(now);
        self.outstanding.note(peer, &Trouble::NotDelivered(error));
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
        self.outstanding.len()
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
    ///     "another application has registered for write requests in all contexts of engine 80000000010a0b0c0d",
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

    /// Who takes a PDU of that class in that context now; an engine that is None is one that the message does not say.
    pub(crate) fn registration(
        &self,
        class: PduClass,
        context_engine_id: Option<&EngineId>,
        context_name: &[u8],
    ) -> Option<RegistrationId> {
        let engine = match context_engine_id {
            Some(engine_id) => ContextEngine::Given(*engine_id),
            None => ContextEngine::Any,
        };
        self.served.registration(class, &engine, context_name)
    }

    /// Answers a received request (`returnResponsePdu` of RFC 3412 section 4.1.2). False if it has
    /// been answered or discarded already, if its time is over (see [`EngineConfig::answer_within`]), or if the answer is
    /// longer than the largest message.
    ///
    /// An answer of SNMPv3 is sealed now: `now` is the time that it shows.
    pub fn respond(&mut self, now: Instant, state: StateReference, pdu: Pdu) -> bool {
        self.common.advance(now);
        self.served
            .respond(state, pdu, &mut self.models.usm, &mut self.common)
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
            .refuse(state, refusal, &mut self.models.usm, &mut self.common)
    }

    /// Leaves a received request unanswered. False if it has been answered or discarded already.
    pub fn discard(&mut self, state: StateReference) -> bool {
        self.served.discard(state, &mut self.common)
    }

    /// Where a received request came from, unless it has been answered or discarded.
    pub fn peer_of(&self, state: StateReference) -> Option<&Peer> {
        self.served.peer_of(state)
    }

    /// The communities whose requests are served and whose notifications are taken.
    pub fn communities_mut(&mut self) -> &mut CommunityTable {
        &mut self.models.communities
    }

    /// The users whose requests of SNMPv3 are served and whose notifications are taken.
    pub fn users_mut(&mut self) -> &mut UserTable {
        &mut self.models.usm.users
    }

    /// The name of this engine: snmpEngineID. RFC 3411 section 5.
    pub fn engine_id(&self) -> EngineId {
        self.common.local.id()
    }

    /// The name of the engine at `peer`, if a request of SNMPv3 has discovered it and it has not been
    /// forgotten since; see [`EngineConfig::max_peers`]. RFC 3414 section 4.
    pub fn engine_id_of(&self, peer: &Peer) -> Option<EngineId> {
        self.models.usm.associations.name_at(peer)
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

    /// Traps that were given out, and have not come back by now, are sent.
    #[inline]
    pub(super) fn settle_traps(&mut self) {
        (self.outstanding).settle_traps(&mut self.models.usm, &mut self.common);
    }
}

/// `now + duration`, or a century from now where that is beyond what an `Instant` can hold.
pub(crate) fn later(now: Instant, duration: std::time::Duration) -> Instant {
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

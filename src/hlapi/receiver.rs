//! Traps and informs that are received.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::{Rc, Weak};

use crate::deferred::{Deferred, DeferredQueue, Interrupt, IntoCompletion};
use crate::engine::{Address, ContextScope, IncomingNotification, PduClass, RegistrationId};
use crate::message::Version;
use crate::names::Names;
use crate::pdu::{PduKind, SNMP_TRAP_OID, SYS_UP_TIME};
use crate::security::{EngineId, SecurityLevel, SecurityModel};
use crate::smi::{ObjectIdentifier, OidRef, ValueRef, VarBindList};

use super::error::SnmpError;
use super::response::Bindings;
use super::session::{Session, SnmpEngine};
use super::taker::Taker;
use super::under_way::{UnderWay, Worker};
use super::var_bind::ResponseVarBind;

/// Calls back for every trap and inform that an engine receives (PySNMP's
/// `ntfrcv.NotificationReceiver`).
///
/// They come through the ports that the engine listens on, in the name of communities and users that it knows;
/// see [`SnmpEngine::listen_udp`], [`SnmpEngine::add_v1_system`] and [`SnmpEngine::add_v3_user`].
///
/// | | gets | an inform is acknowledged |
/// |---|---|---|
/// | [`new`](Self::new) | a loan of each | before the callback runs |
/// | [`queue`](Self::queue) | each when it asks for the next | when it is queued |
/// | [`deferred`](Self::deferred) | each, to keep | when the program's Deferred has fired |
///
/// An inform that comes again within 150 seconds, since its acknowledgement was lost, is acknowledged again and not
/// handed over again ([`EngineConfig::max_informs`](crate::engine::EngineConfig::max_informs)).
///
/// The receiver stays when this value is dropped; it ends with [`NotificationReceiver::close`] and with
/// [`SnmpEngine::close`]. It takes the notifications of all engines in all contexts. An engine has one such receiver at a
/// time; beside it there may be others [for certain contexts](Self::within).
///
/// # Errors
///
/// Each of the three fails with [`SnmpError::Registration`] if there is such a receiver already.
///
/// # Examples
///
/// ```
/// use deferred_snmp::hlapi::{NotificationReceiver, SnmpEngine};
/// # use deferred_snmp::reactor::Reactor;
///
/// # let reactor = Reactor::new()?;
/// let engine = SnmpEngine::new(&reactor.handle());
/// engine.add_v1_system("my-area", "public");
/// let address = engine.listen_udp("127.0.0.1:0".parse()?)?;
/// NotificationReceiver::new(&engine, |notification| {
///     println!("from {}", notification.address());
///     notification.iter().for_each(|var_bind| println!("{var_bind}"));
/// })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct NotificationReceiver {
    session: Weak<Session>,
    id: RegistrationId,
    under_way: Weak<UnderWay>,
}

impl NotificationReceiver {
    /// Calls `callback` for every notification that `engine` receives from now on. It may call
    /// anything, this receiver's own end included.
    pub fn new(
        engine: &SnmpEngine,
        callback: impl FnMut(&Notification) + 'static,
    ) -> Result<Self, SnmpError> {
        Self::all(engine).call(callback)
    }

    /// Keeps notifications until they are asked for with [`NotificationQueue::next`], at most
    /// `capacity` at a time, and no more octets of them than [`NotificationQueue::max_octets`] says.
    /// When it is full, traps are dropped and informs are not acknowledged, so that their senders try
    /// again; [`NotificationQueue::dropped`] counts both.
    pub fn queue(engine: &SnmpEngine, capacity: usize) -> Result<NotificationQueue, SnmpError> {
        Self::all(engine).queue(capacity)
    }

    /// Calls `work` for every notification that `engine` receives from now on, and acknowledges an inform once the
    /// program has done with it what it has to: `work` returns a Deferred with whatever error, a `Result` of a
    /// [`Failure`](crate::deferred::Failure), or nothing ([`IntoCompletion`]).
    ///
    /// - Success acknowledges the inform.
    /// - A failure leaves a record in the log, and the inform unacknowledged: its sender tries again, and it is
    ///   handed over again.
    /// - Until then the sender waits. Its further tries are not handed over; the acknowledgement answers the
    ///   latest.
    /// - After 60 seconds the time for that is over
    ///   ([`EngineConfig::answer_within`](crate::engine::EngineConfig::answer_within)). The Deferred is cancelled
    ///   then, since the next try is handed over again; how long a sender waits and tries is its own affair.
    ///
    /// Nobody waits for the outcome of a trap: its failure only leaves a record.
    ///
    /// At most 1,024 notifications are under way at the same time ([`max_under_way`](Self::max_under_way)); of what
    /// comes beyond that, traps are dropped, and informs are not acknowledged. When the receiver ends, the Deferreds
    /// are cancelled; those that succeed nevertheless have their informs acknowledged.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::io::Write;
    ///
    /// use deferred_snmp::deferred::{Deferred, Failure};
    /// use deferred_snmp::hlapi::{NotificationReceiver, SnmpEngine};
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// # let engine = SnmpEngine::new(&reactor.handle());
    /// # let mut file = Vec::new();
    /// // An inform that could not be written is sent again.
    /// NotificationReceiver::deferred(&engine, move |notification| {
    ///     let name = notification.trap_oid().ok_or_else(|| Failure::message("it has no name"))?;
    ///     writeln!(file, "{} {name}", notification.address())?;
    ///     file.flush()?;
    ///     Ok(())
    /// })?
    /// .close();
    ///
    /// // Where the work takes its time, it is a Deferred: here, of a thread of the pool.
    /// let reactor = engine.reactor().clone();
    /// NotificationReceiver::deferred(&engine, move |notification| {
    ///     let line = format!("{} {}", notification.address(), notification.version());
    ///     let stored: Deferred<()> = reactor.defer_to_thread(move || store(&line));
    ///     stored
    /// })?
    /// .max_under_way(100);
    ///
    /// fn store(line: &str) -> std::io::Result<()> {
    ///     // ..
    /// # Ok(())
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn deferred<R>(
        engine: &SnmpEngine,
        work: impl FnMut(Notification) -> R + 'static,
    ) -> Result<Self, SnmpError>
    where
        R: IntoCompletion,
    {
        Self::all(engine).deferred(work)
    }

    /// Takes notifications in the contexts of `scope` alone: of a given engine, or in one context, beside a receiver for
    /// all or without one. See [`Engine::register`](crate::engine::Engine::register) for who comes first.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::hlapi::{ContextScope, NotificationReceiver, SnmpEngine};
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// # let engine = SnmpEngine::new(&reactor.handle());
    /// NotificationReceiver::new(&engine, |notification| println!("{notification:?}"))?;
    /// let core = ContextScope::engine("80000000010a0b0c0d".parse()?);
    /// let alarms = NotificationReceiver::within(&engine, core).queue(1_000)?;
    /// let access = ContextScope::any_engine().named("access");
    /// NotificationReceiver::within(&engine, access).call(|notification| println!("{notification:?}"))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn within(engine: &SnmpEngine, scope: ContextScope) -> ScopedReceiver<'_> {
        ScopedReceiver { engine, scope }
    }

    fn all(engine: &SnmpEngine) -> ScopedReceiver<'_> {
        Self::within(engine, ContextScope::any_engine())
    }

    /// How many notifications may be under way at the same time, whose Deferreds have not fired. Default 1,024. With
    /// zero, none is handed over. Of a receiver by [`deferred`](Self::deferred); others have none under way. Of informs,
    /// no more can be than received requests may wait for their answers, 4,096 by default
    /// ([`EngineConfig::max_unanswered`](crate::engine::EngineConfig::max_unanswered)).
    #[must_use = "it is the same receiver"]
    pub fn max_under_way(self, notifications: usize) -> Self {
        if let Some(under_way) = self.under_way.upgrade() {
            under_way.set_max(notifications);
        }
        self
    }

    /// How many notifications are under way.
    pub fn under_way(&self) -> usize {
        let under_way = self.under_way.upgrade();
        under_way.map_or(0, |under_way| under_way.len())
    }

    /// How many have been dropped because as many were under way as may be.
    pub fn dropped(&self) -> u64 {
        let under_way = self.under_way.upgrade();
        under_way.map_or(0, |under_way| under_way.dropped())
    }

    /// Calls back no more. Notifications are then neither taken nor acknowledged; those that are
    /// [under way](Self::deferred) are cancelled.
    pub fn close(&self) {
        if let Some(session) = self.open_at() {
            session.close_receiver(self.id);
        }
    }

    /// Where it receives, if it has not ended.
    fn open_at(&self) -> Option<Rc<Session>> {
        let session = self.session.upgrade()?;
        let is_open = session.receivers().registered.contains(self.id);
        is_open.then_some(session)
    }
}

impl fmt::Debug for NotificationReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_open = self.open_at().is_some();
        f.debug_struct("NotificationReceiver")
            .field("is_open", &is_open)
            .finish()
    }
}

/// Which notifications a receiver is to take: what [`NotificationReceiver::within`] gives.
#[derive(Debug)]
#[must_use = "it receives nothing yet"]
pub struct ScopedReceiver<'a> {
    engine: &'a SnmpEngine,
    scope: ContextScope,
}

impl ScopedReceiver<'_> {
    /// Calls `callback` for each: as [`NotificationReceiver::new`].
    pub fn call(
        self,
        callback: impl FnMut(&Notification) + 'static,
    ) -> Result<NotificationReceiver, SnmpError> {
        self.register(Taker::Callback(Box::new(callback)))
    }

    /// As [`NotificationReceiver::queue`].
    pub fn queue(self, capacity: usize) -> Result<NotificationQueue, SnmpError> {
        let queue = Rc::new(Queue {
            notifications: DeferredQueue::new(),
            capacity,
            lengths: RefCell::default(),
            octets: Cell::new(0),
            max_octets: Cell::new(MOST_OCTETS),
            dropped: Cell::new(0),
        });
        Ok(NotificationQueue {
            queue: Rc::downgrade(&queue),
            receiver: self.register(Taker::Queue(queue))?,
        })
    }

    /// As [`NotificationReceiver::deferred`].
    pub fn deferred<R>(
        self,
        mut work: impl FnMut(Notification) -> R + 'static,
    ) -> Result<NotificationReceiver, SnmpError>
    where
        R: IntoCompletion,
    {
        let worker = Worker::new(move |notification| work(notification).into_completion());
        self.register(Taker::Worker(worker))
    }

    fn register(self, taker: Taker) -> Result<NotificationReceiver, SnmpError> {
        let under_way = match &taker {
            Taker::Worker(worker) => Rc::downgrade(worker.under_way()),
            Taker::Callback(_) | Taker::Queue(_) => Weak::new(),
        };
        let session = self.engine.session();
        let receivers = &session.receivers().registered;
        let id = session.register(receivers, self.scope, &[PduClass::Notification], taker)?;
        Ok(NotificationReceiver {
            session: Rc::downgrade(session),
            id,
            under_way,
        })
    }
}

/// The notifications that an engine has received, in their order. Dropping it ends the receiver; if some wait in it
/// then, or when the receiver ends otherwise, a warning in the log says how many are lost.
///
/// # Examples
///
/// ```no_run
/// // Not run here: it waits until somebody sends something.
/// use deferred_snmp::hlapi::{NotificationReceiver, SnmpEngine, SnmpError};
///
/// async fn print(engine: SnmpEngine) -> Result<(), SnmpError> {
///     let notifications = NotificationReceiver::queue(&engine, 1_000)?;
///     loop {
///         let notification = notifications.next().await?;
///         notification.iter().for_each(|var_bind| println!("{var_bind}"));
///     }
/// }
/// ```
#[derive(Debug)]
pub struct NotificationQueue {
    queue: Weak<Queue>,
    receiver: NotificationReceiver,
}

impl NotificationQueue {
    /// How many octets of variable bindings may wait to be asked for. One notification is kept whatever
    /// its length. Default 16,777,216.
    #[must_use]
    pub fn max_octets(self, octets: usize) -> Self {
        if let Some(queue) = self.queue.upgrade() {
            queue.max_octets.set(octets);
        }
        self
    }

    /// Fires with the oldest notification, at once or when there is one. Cancelling gives up the
    /// place in line.
    ///
    /// # Errors
    ///
    /// Through the errback: [`Interrupt::Abandoned`] when the receiver has ended.
    pub fn next(&self) -> Deferred<Notification, SnmpError> {
        let queue = self.queue.upgrade();
        match queue.and_then(|queue| queue.next()) {
            Some(next) => next,
            None => Deferred::fail(Interrupt::Abandoned.into()),
        }
    }

    /// How many notifications wait to be asked for.
    pub fn len(&self) -> usize {
        let queue = self.queue.upgrade();
        queue.map_or(0, |queue| queue.notifications.len())
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many octets of variable bindings wait to be asked for.
    pub fn octets(&self) -> usize {
        self.queue.upgrade().map_or(0, |queue| queue.octets.get())
    }

    /// How many have been dropped because as many waited as may.
    pub fn dropped(&self) -> u64 {
        self.queue.upgrade().map_or(0, |queue| queue.dropped.get())
    }
}

impl Drop for NotificationQueue {
    fn drop(&mut self) {
        if let Some(session) = self.receiver.open_at() {
            let binding = session.binding();
            debug!("engine at {binding:?}: the queue of the receiver is dropped, which ends it");
            session.close_receiver(self.receiver.id);
        }
    }
}

#[derive(Debug)]
pub(super) struct Queue {
    notifications: DeferredQueue<Notification, SnmpError>,
    capacity: usize,
    /// Of the notifications that wait, in octets.
    lengths: RefCell<VecDeque<usize>>,
    octets: Cell<usize>,
    max_octets: Cell<usize>,
    dropped: Cell<u64>,
}

impl Drop for Queue {
    fn drop(&mut self) {
        let lost = self.notifications.len();
        if lost > 0 {
            warn!("notifications lost that waited in the queue of a receiver: {lost}");
        }
    }
}

/// What a queue keeps unless told otherwise.
const MOST_OCTETS: usize = 1 << 24;

impl Queue {
    /// Whether another notification of this length is taken; counted if not.
    pub(super) fn has_room(&self, len: usize) -> bool {
        let waiting = self.notifications.len();
        let octets = self.octets.get().saturating_add(len);
        let has_room = self.notifications.waiting() > 0
            || waiting < self.capacity && (waiting == 0 || octets <= self.max_octets.get());
        self.dropped.set(self.dropped.get() + u64::from(!has_room));
        has_room
    }

    pub(super) fn put(&self, mut notification: Notification) {
        notification.shrink();
        if self.notifications.waiting() == 0 {
            let len = notification.var_binds().octets().len();
            self.lengths.borrow_mut().push_back(len);
            self.octets.set(self.octets.get() + len);
        }
        // It has no limit of its own: there is room.
        let _ = self.notifications.put(notification);
    }

    fn next(&self) -> Option<Deferred<Notification, SnmpError>> {
        if let Some(len) = self.lengths.borrow_mut().pop_front() {
            self.octets.set(self.octets.get() - len);
        }
        self.notifications.get().ok()
    }
}

/// A trap or an inform that has been received.
///
/// A trap of SNMPv1 comes with the bindings that the later versions would have for it: sysUpTime.0 and
/// snmpTrapOID.0, its own, and snmpTrapAddress.0, snmpTrapCommunity.0 and snmpTrapEnterprise.0 (RFC
/// 3584 section 3.1).
#[derive(Clone)]
pub struct Notification {
    incoming: IncomingNotification,
    local_addr: Option<Address>,
    names: Option<Rc<dyn Names>>,
}

impl Notification {
    pub(super) fn new(
        incoming: IncomingNotification,
        local_addr: Option<Address>,
        names: Rc<dyn Names>,
    ) -> Self {
        Self {
            incoming,
            local_addr,
            names: Some(names),
        }
    }

    pub(super) fn into_incoming(self) -> IncomingNotification {
        self.incoming
    }

    /// Gives up what it does not need of its buffer, which may be one that a long message has left.
    pub(super) fn shrink(&mut self) {
        self.incoming.pdu.var_binds.shrink();
    }

    /// Who sent it.
    pub fn address(&self) -> &Address {
        &self.incoming.peer.address
    }

    /// The port of ours that it came to; none if that has been closed since.
    pub fn local_addr(&self) -> Option<&Address> {
        self.local_addr.as_ref()
    }

    /// The version of its message.
    pub fn version(&self) -> Version {
        self.incoming.version
    }

    /// Whether its sender waits for an acknowledgement. It has got that already, unless the receiver is one by
    /// [`deferred`](NotificationReceiver::deferred).
    pub fn is_inform(&self) -> bool {
        self.incoming.pdu.kind == PduKind::InformRequest
    }

    /// By which security model the sender is known.
    pub fn security_model(&self) -> SecurityModel {
        self.incoming.security_model
    }

    /// The sender's name.
    pub fn security_name(&self) -> &[u8] {
        &self.incoming.security_name
    }

    /// How the message was protected.
    pub fn security_level(&self) -> SecurityLevel {
        self.incoming.security_level
    }

    /// The community that it came with, in SNMPv1 and SNMPv2c.
    pub fn community(&self) -> Option<&[u8]> {
        let community = self.incoming.community.as_ref()?;
        Some(community.octets())
    }

    /// The engine that the context belongs to: the sender's, mostly. Messages of SNMPv1 and SNMPv2c do not
    /// say it; there it is the one that the entry of the community names
    /// ([`CommunityEntry::context_engine_id`](super::CommunityEntry)), or none.
    pub fn context_engine_id(&self) -> Option<EngineId> {
        self.incoming.context_engine_id
    }

    /// The name of the context that it is about; empty for the default one.
    pub fn context_name(&self) -> &[u8] {
        &self.incoming.context_name
    }

    /// sysUpTime.0 of the sender in hundredths of a second; `None` if there is no such binding, or its value
    /// is no TimeTicks. It should be the first one, and counts wherever it is.
    pub fn up_time(&self) -> Option<u32> {
        match self.value_of(&SYS_UP_TIME)? {
            ValueRef::TimeTicks(ticks) => Some(ticks),
            _ => None,
        }
    }

    /// snmpTrapOID.0: which notification it is; `None` if there is no such binding, or its value is no
    /// OBJECT IDENTIFIER. It should be the second one, and counts wherever it is.
    ///
    /// A trap of SNMPv1 has none if its generic-trap is none of the seven, if its specific-trap is
    /// negative, or if its enterprise is so long that the name would have more than 128 arcs.
    pub fn trap_oid(&self) -> Option<ObjectIdentifier> {
        let oid = self.value_of(&SNMP_TRAP_OID)?.as_oid();
        oid.map(OidRef::to_owned)
    }

    /// The name of [`trap_oid`](Self::trap_oid) as it is printed.
    #[cfg(feature = "serde")]
    pub(super) fn trap(&self) -> Option<String> {
        let (names, oid) = (&**self.names.as_ref()?, self.trap_oid()?);
        Some(crate::names::PrettyName::new(names, &oid).to_string())
    }

    fn value_of(&self, name: &ObjectIdentifier) -> Option<ValueRef<'_>> {
        let mut bindings = self.incoming.pdu.var_binds.iter();
        let found = bindings.find(|binding| binding.name == name.as_ref());
        found.map(|binding| binding.value)
    }

    /// Whether names are looked up when the bindings are printed. Default `true`; PySNMP's receiver
    /// prints numbers.
    #[must_use]
    pub fn lookup_mib(mut self, lookup: bool) -> Self {
        if !lookup {
            self.names = None;
        }
        self
    }

    /// The bindings, sysUpTime.0 and snmpTrapOID.0 among them.
    pub fn iter(&self) -> Bindings<'_> {
        Bindings::new(&self.incoming.pdu.var_binds, self.names.as_ref())
    }

    /// The bindings as they came.
    pub fn var_binds(&self) -> &VarBindList {
        &self.incoming.pdu.var_binds
    }
}

impl<'a> IntoIterator for &'a Notification {
    type Item = ResponseVarBind<'a>;
    type IntoIter = Bindings<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for Notification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notification")
            .field("address", &self.address())
            .field("version", &self.version())
            .field("is_inform", &self.is_inform())
            .field("var_binds", &self.iter())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Endpoint, Engine, EngineConfig, Event, Peer};
    use crate::message::CommunityMessage;
    use crate::names::Builtin;
    use crate::pdu::Pdu;
    use crate::security::{CommunityEntry, CommunityTable};

    /// A small notification does not hold the memory of a large one that its buffer has held before.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "time stands still")]
    fn what_waits_takes_memory_for_its_own_octets() {
        let mut communities = CommunityTable::default();
        communities.insert("public", CommunityEntry::new("sender"));
        let config = EngineConfig::with_seed(1).communities(communities);
        let now = std::time::Instant::now();
        let mut engine = Engine::new(config.notifications(true), now);
        let buffer = Vec::with_capacity(10_000);
        let list = VarBindList::from_buffer(buffer);
        engine.recycle(Pdu::new(PduKind::TrapV2, 0, list));
        let mut trap = Vec::new();
        let pdu = Pdu::new(PduKind::TrapV2, 1, VarBindList::new());
        CommunityMessage::new(Version::V2c, b"public", &pdu).encode(&mut trap);
        let peer = Peer::udp(Endpoint(0), ([192, 0, 2, 1], 162).into());
        engine.handle_message(now, &peer, &trap);
        let Some(Event::Notification(incoming)) = engine.poll_event() else {
            panic!("no trap");
        };
        let capacity = |incoming: IncomingNotification| {
            let buffer = incoming.pdu.var_binds.into_buffer();
            buffer.capacity()
        };
        assert_eq!(capacity(incoming.clone()), 0, "a copy has what it needs");
        let queue = Rc::new(Queue {
            notifications: DeferredQueue::new(),
            capacity: 1,
            lengths: RefCell::default(),
            octets: Cell::new(0),
            max_octets: Cell::new(0),
            dropped: Cell::new(0),
        });
        let names: Rc<dyn Names> = Rc::new(Builtin);
        queue.put(Notification::new(incoming, None, names));
        let kept = Rc::new(Cell::new(None));
        let to = Rc::clone(&kept);
        let next = queue.next().expect("no limit");
        next.add_callback(move |notification| to.set(Some(notification)));
        let notification = kept.take().expect("it has fired");
        assert!(capacity(notification.into_incoming()) < 300);
    }
}

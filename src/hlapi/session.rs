//! The engine that programs hold: protocol, ports and reactor in one value.

use std::cell::RefCell;
use std::fmt;
use std::path::Path;
use std::rc::Rc;
use std::time::Instant;

use crate::applications::Command;
use crate::deferred::{Deferred, Resolver};
use crate::engine::{
    Address, ContextScope, EngineConfig, Event, IncomingResponse as Answer, PduClass, Peer,
    RegistrationId, Request, RequestId, Statistics,
};
use crate::names::{Builtin, Names};
use crate::pdu::{Pdu, PduKind};
use crate::reactor::Handle;
use crate::security::usm::{User, UserEntry, UsmUser};
use crate::security::{CommunityEntry, EngineId};
use crate::smi::VarBindList;
use crate::transport::{Binding, Direction, EventSink, Network, UdpNetwork};

use super::driver::Responders;
use super::error::SnmpError;
#[cfg(feature = "mib")]
use super::mibs::LoadedMibs;
use super::observer::{ObservedMessage, Observers};
use super::place::TransportTarget;
use super::question::{Asked, CommandWait, Question, Waiting};
use super::registered::Registered;
use super::response::Response;
use super::split;
use super::state::EngineState;
use super::taker::Receivers;
use super::user_data::UsmUserData;

/// An SNMP engine on a reactor (PySNMP's `SnmpEngine`): meant to live long and to be shared by all
/// operations of a program.
///
/// Clones are the same engine. Its ports open when they are first needed. The engine ends with its
/// last clone; operations that are under way keep it until they are over, and a port that serves
/// requests until [`SnmpEngine::close`] or the end of the reactor.
#[derive(Clone)]
pub struct SnmpEngine {
    session: Rc<Session>,
}

impl SnmpEngine {
    /// An engine with the default configuration. Opens nothing yet.
    pub fn new(reactor: &Handle) -> Self {
        Self::with_config(reactor, EngineConfig::default())
    }

    /// An engine with this configuration.
    pub fn with_config(reactor: &Handle, config: EngineConfig) -> Self {
        Self::with_network(reactor, config, UdpNetwork::new(reactor))
    }

    /// The same on another network than the UDP of the system: what it opens carries the engine's messages.
    /// [`transport`](crate::transport#a-network-of-your-own) has an example.
    ///
    /// Programs stay as they are: a [`UdpTransportTarget`](super::UdpTransportTarget) and what is given to
    /// [`listen_udp`](Self::listen_udp) are addresses, and `network` says what leads there. Addresses of other kinds
    /// ([`Address`](super::Address)) are for [`Binding`](crate::transport::Binding).
    pub fn with_network(
        reactor: &Handle,
        config: EngineConfig,
        network: impl Network + 'static,
    ) -> Self {
        // Who takes what is for responders and receivers to say.
        let config = config.requests(false).notifications(false);
        let session = Rc::new_cyclic(|session| Session {
            binding: Binding::with_network(reactor, config, network, session.clone() as _),
            waiting: RefCell::default(),
            names: RefCell::new(Rc::new(Builtin)),
            #[cfg(feature = "mib")]
            mibs: RefCell::default(),
            start: reactor.now(),
            responders: Responders::default(),
            receivers: Receivers::default(),
            observers: Observers::default(),
        });
        Self { session }
    }

    /// An engine whose name and number of starts are kept in a file: one that serves SNMPv3 or sends its
    /// traps. See [`EngineState::open`]; with other settings as well, [`EngineState::configure`].
    ///
    /// # Errors
    ///
    /// [`SnmpError::State`] names the file, and the line that is wrong.
    pub fn with_state_file(reactor: &Handle, path: impl AsRef<Path>) -> Result<Self, SnmpError> {
        let config = EngineState::open(path)?.configure(EngineConfig::default());
        Ok(Self::with_config(reactor, config))
    }

    /// The reactor that this engine runs on.
    pub fn reactor(&self) -> &Handle {
        self.session.binding.handle()
    }

    /// Closes all ports. Operations that are under way fail as abandoned; receivers of notifications and observers end.
    /// Command responders stay registered: they serve whatever is listened on afterwards. What they have not answered yet they
    /// give up, and a SET that has not ended is taken back.
    pub fn close(&self) {
        self.session.binding.close();
        self.session.abandon_all();
        self.session.abandon_requests();
        self.session.close_receivers();
        self.session.close_observers();
    }

    /// Accepts requests and notifications with `community`; access control knows their sender as `security_name`
    /// (PySNMP's `addV1System`).
    ///
    /// They are in the default context; see [`add_community`](Self::add_community) for others.
    pub fn add_v1_system(&self, security_name: &str, community: &str) {
        self.add_community(community, CommunityEntry::new(security_name));
    }

    /// Accepts requests and notifications with `community` as the entry says: in a context of its own, for one.
    pub fn add_community(&self, community: impl AsRef<[u8]>, entry: CommunityEntry) {
        self.session
            .binding
            .with_engine_at_rest(|engine| engine.communities_mut().insert(community, entry));
    }

    /// Accepts nothing more with the communities that stand for `security_name` (PySNMP's `delV1System`). True
    /// if there was one. A [rule](Self::set_community_rule) is asked about them from then on, as about any other.
    pub fn remove_v1_system(&self, security_name: impl AsRef<[u8]>) -> bool {
        self.session.binding.with_engine_at_rest(|engine| {
            engine.communities_mut().remove_security_name(security_name)
        })
    }

    /// Accepts requests and notifications of `user` (PySNMP's `addV3User`): requests and informs to this
    /// engine, whose keys are this engine's; traps, if the user has the engine that they come from
    /// ([`security_engine_id`](UsmUserData::security_engine_id)); or all of these, if the user belongs to
    /// [any engine](UsmUserData::any_engine).
    ///
    /// # Errors
    ///
    /// What is wrong with the user's name or keys, or [`SnmpError::TooManyUsers`].
    pub fn add_v3_user<S: Clone>(&self, user: &UsmUserData<S>) -> Result<(), SnmpError>
    where
        User: From<UsmUser<S>>,
    {
        self.add_user(user.entry()?)
    }

    pub(super) fn add_user(&self, entry: UserEntry) -> Result<(), SnmpError> {
        let inserted = self
            .session
            .binding
            .with_engine_at_rest(|engine| engine.users_mut().insert(entry));
        inserted.map_err(|_| SnmpError::TooManyUsers)
    }

    /// Accepts nothing more in the name of a user (PySNMP's `delV3User`). True if there was one.
    pub fn remove_v3_user(&self, name: impl AsRef<[u8]>) -> bool {
        self.session
            .binding
            .with_engine_at_rest(|engine| engine.users_mut().remove(name))
    }

    /// The name of this engine: snmpEngineID. RFC 3411 section 5.
    pub fn engine_id(&self) -> EngineId {
        self.session
            .binding
            .with_engine_at_rest(|engine| engine.engine_id())
    }

    /// The name of the engine at `target`, if [`discover`](super::discover) or an operation of SNMPv3 has found it
    /// out: one that failed for want of a user has, too. RFC 3414 section 4.
    pub fn engine_id_of(&self, target: &(impl TransportTarget + ?Sized)) -> Option<EngineId> {
        let address = target.place().address()?;
        let endpoint = self.session.binding.open_endpoint_for(&address)?;
        self.session
            .binding
            .with_engine_at_rest(|engine| engine.engine_id_of(&Peer::new(endpoint, address)))
    }

    /// Resolves names by `names` from now on, in place of the modules that are compiled in: by
    /// [`Modules`](crate::names::Modules) from files, for example, which have those as well.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "mib")] {
    /// use std::rc::Rc;
    /// use deferred_snmp::hlapi::SnmpEngine;
    /// use deferred_snmp::names::{Modules, SearchPath};
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// let engine = SnmpEngine::new(&reactor.handle());
    /// let (modules, missing) = Modules::from_path(&SearchPath::from_env());
    /// missing.iter().for_each(|error| eprintln!("{error}"));
    /// engine.set_names(Rc::new(modules));
    /// # }
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn set_names(&self, names: Rc<dyn Names>) {
        #[cfg(feature = "mib")]
        self.session.mibs.take();
        self.session.set_names(names);
    }

    /// The names that the engine resolves by: to look names up, and to go through the tree of what is known.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::hlapi::{NamesExt, SnmpEngine};
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// let names = SnmpEngine::new(&reactor.handle()).names();
    /// let row = names.node(Some("IF-MIB"), "ifEntry")?;
    /// let columns = names.children(row.arcs());
    /// assert_eq!(columns[1].name(), "ifDescr");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn names(&self) -> Rc<dyn Names> {
        self.session.names()
    }

    /// Asks `rule` about every community that is not known by name: a family of names can be accepted
    /// by a pattern. It is called for each message with such a community, from whomever it comes.
    pub fn set_community_rule(
        &self,
        rule: impl Fn(&[u8]) -> Option<CommunityEntry> + Send + Sync + 'static,
    ) {
        self.session
            .binding
            .with_engine_at_rest(|engine| engine.communities_mut().set_rule(rule));
    }

    /// The counters of the engine.
    pub fn statistics(&self) -> Statistics {
        self.session
            .binding
            .with_engine_at_rest(|engine| *engine.statistics())
    }

    pub(super) fn session(&self) -> &Rc<Session> {
        &self.session
    }
}

impl fmt::Debug for SnmpEngine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SnmpEngine")
            .field(&self.session.binding)
            .finish()
    }
}

/// What the clones of an engine share.
pub(super) struct Session {
    binding: Binding,
    /// Who waits for which request, by the request's index.
    waiting: RefCell<Vec<Option<(RequestId, Waiting)>>>,
    names: RefCell<Rc<dyn Names>>,
    #[cfg(feature = "mib")]
    pub(super) mibs: RefCell<LoadedMibs>,
    /// When the engine was made.
    start: Instant,
    responders: Responders,
    receivers: Receivers,
    observers: Observers,
}

impl Session {
    pub(super) fn binding(&self) -> &Binding {
        &self.binding
    }

    pub(super) fn set_names(&self, names: Rc<dyn Names>) {
        let earlier = self.names.replace(names);
        drop(earlier);
    }

    pub(super) fn names(&self) -> Rc<dyn Names> {
        Rc::clone(&self.names.borrow())
    }

    /// Hundredths of a second since the engine was made, which start again at zero after 497 days.
    pub(super) fn up_time(&self) -> u32 {
        let since = self.handle().now().saturating_duration_since(self.start);
        (since.as_millis() / 10) as u32
    }

    pub(super) fn handle(&self) -> &Handle {
        self.binding.handle()
    }

    /// An empty list of bindings, in a buffer from an earlier message if there is one.
    pub(super) fn var_binds(&self) -> VarBindList {
        VarBindList::from_buffer(self.buffer())
    }

    pub(super) fn buffer(&self) -> Vec<u8> {
        self.binding.with_engine_at_rest(|engine| engine.buffer())
    }

    pub(super) fn max_message_size(&self) -> usize {
        self.binding
            .with_engine_at_rest(|engine| engine.max_message_size())
    }

    pub(super) fn recycle(&self, pdu: Pdu) {
        self.binding
            .with_engine_at_rest(|engine| engine.recycle(pdu));
    }

    /// Starts an operation of one request.
    pub(super) fn start(
        self: &Rc<Self>,
        address: Address,
        question: Question,
        pdu: Pdu,
    ) -> Deferred<Response, SnmpError> {
        let asked = Asked {
            command: question.command,
            version: question.credentials.version(),
            columns: pdu.var_binds.len(),
            lookup_mib: question.lookup_mib,
        };
        let divides = matches!(question.command, Command::Get | Command::GetNext);
        if question.options.split_too_big && divides {
            return split::begin(self, address, question, asked, pdu);
        }
        let id = match self.submit(address, question, pdu) {
            Ok(id) => id,
            Err(error) => return Deferred::fail(error),
        };
        let (resolver, deferred) = self.outcome_of(id);
        self.wait(id, Waiting::Command(CommandWait { resolver, asked }));
        deferred
    }

    /// The outcome of a request; who cancels it gives the request up.
    pub(super) fn outcome_of<T>(
        self: &Rc<Self>,
        id: RequestId,
    ) -> (Resolver<T, SnmpError>, Deferred<T, SnmpError>) {
        let session = Rc::clone(self);
        Deferred::with_canceller(move || {
            session.cancel(id);
            None
        })
    }

    /// Sends a PDU and gives the name under which its outcome will come.
    pub(super) fn submit(
        &self,
        address: Address,
        question: Question,
        pdu: Pdu,
    ) -> Result<RequestId, SnmpError> {
        let endpoint = self.binding.endpoint_for(&address)?;
        let mut peer = Peer::new(endpoint, address);
        if matches!(question.command, Command::Trap) {
            // A trap of SNMPv1 names the address of its sender.
            let own = self.binding.local_addr(endpoint);
            let own = own.and_then(|own| Some(own.socket_addr()?.ip()));
            peer = peer.to_local(own.filter(|own| !own.is_unspecified()));
        }
        let (now, options) = (self.handle().now(), question.options);
        Ok(self.binding.submit(Request {
            peer,
            credentials: question.credentials,
            context: question.context,
            pdu,
            timeout: options.timeout,
            retries: options.retries,
            strict_names: options.strict_names,
            at_most: question
                .until
                .map(|until| until.saturating_duration_since(now)),
            follow_engine_changes: options.follow_engine_changes,
            own_trap: question.own_trap,
            discovers: false,
        })?)
    }

    #[cfg(test)]
    pub(super) fn next_deadline(&self) -> Option<Instant> {
        self.binding
            .with_engine_at_rest(|engine| engine.next_deadline())
    }

    pub(super) fn wait(&self, id: RequestId, waiting: Waiting) {
        let mut table = self.waiting.borrow_mut();
        if table.len() <= id.index() {
            table.resize_with(id.index() + 1, || None);
        }
        table[id.index()] = Some((id, waiting));
    }

    /// Gives a request up; what waits for it is dropped.
    pub(super) fn cancel(&self, id: RequestId) {
        if self
            .binding
            .with_engine(|engine, now| engine.cancel(now, id))
        {
            drop(self.take(id));
        }
    }

    /// Who waits for this very request, and not for a later one that has its place.
    pub(super) fn take(&self, id: RequestId) -> Option<Waiting> {
        let mut table = self.waiting.borrow_mut();
        let its = |(waited_for, _): &mut (RequestId, Waiting)| *waited_for == id;
        let (_, waiting) = table.get_mut(id.index())?.take_if(its)?;
        Some(waiting)
    }

    /// Gives all requests up; each may run callbacks.
    fn abandon_all(&self) {
        let abandoned = self.waiting.take();
        self.binding.with_engine(|engine, now| {
            for (id, _) in abandoned.iter().flatten() {
                engine.cancel(now, *id);
            }
        });
        drop(abandoned);
    }

    fn finish(self: &Rc<Self>, id: RequestId, outcome: Result<Answer, SnmpError>) {
        match self.take(id) {
            Some(Waiting::Command(CommandWait { resolver, asked })) => {
                resolver.resolve(outcome.and_then(|answer| self.response(answer, asked)));
            }
            Some(Waiting::Walk(run)) => run.resume(self, outcome.map(|answer| answer.pdu)),
            Some(Waiting::Split(run)) => run.resume(self, outcome),
            Some(Waiting::Name(resolver)) => {
                if let Err(error) = outcome {
                    resolver.errback(error);
                }
            }
            None => {}
        }
    }

    pub(super) fn response(&self, mut answer: Answer, asked: Asked) -> Result<Response, SnmpError> {
        let pdu = &mut answer.pdu;
        asked.command.unify(asked.version, pdu);
        let is_bulk = matches!(asked.command, Command::GetBulk(_));
        if is_bulk && pdu.var_binds.is_empty() && !pdu.error_status.is_error() {
            return Err(SnmpError::EmptyResponse);
        }
        let names = asked.lookup_mib.then(|| self.names());
        Ok(Response::new(answer, asked, names))
    }

    pub(super) fn responders(&self) -> &Responders {
        &self.responders
    }

    pub(super) fn receivers(&self) -> &Receivers {
        &self.receivers
    }

    /// Has `application` take PDUs of `classes` in the contexts of `scope`.
    pub(super) fn register<T>(
        &self,
        applications: &Registered<T>,
        scope: ContextScope,
        classes: &[PduClass],
        application: T,
    ) -> Result<RegistrationId, SnmpError> {
        let registered = self
            .binding
            .with_engine_at_rest(|engine| engine.register(scope, classes));
        let id = registered?;
        applications.insert(id, application);
        Ok(id)
    }

    /// Which application a PDU is for: the one that it was received for, or, if that has ended since, who takes such PDUs
    /// now.
    pub(super) fn who_takes<T>(
        &self,
        applications: &Registered<T>,
        id: RegistrationId,
        kind: PduKind,
        (context_engine_id, context_name): (Option<&EngineId>, &[u8]),
    ) -> Option<RegistrationId> {
        if applications.contains(id) {
            return Some(id);
        }
        let class = PduClass::of(kind)?;
        self.binding.with_engine_at_rest(|engine| {
            engine.registration(class, context_engine_id, context_name)
        })
    }

    /// Ends that. False if it has ended already.
    pub(super) fn unregister<T>(&self, applications: &Registered<T>, id: RegistrationId) -> bool {
        self.binding
            .with_engine_at_rest(|engine| engine.unregister(id));
        applications.remove(id)
    }

    pub(super) fn observers(&self) -> &Observers {
        &self.observers
    }

    /// Has messages shown as long as somebody looks.
    pub(super) fn watch(&self) {
        self.binding.watch(!self.observers.is_empty());
    }

    fn close_observers(&self) {
        self.binding.watch(false);
        self.observers.clear();
    }
}

impl EventSink for Session {
    fn event(self: Rc<Self>, event: Event) {
        match event {
            Event::Response { id, response } => self.finish(id, Ok(response)),
            Event::Failed { id, error } => self.finish(id, Err(error.into())),
            Event::Discovered { id, engine_id } => self.discovered(id, engine_id),
            // Nobody answers a trap; PySNMP gives an answer without bindings as well.
            Event::Sent { id } => {
                let pdu = Pdu::new(PduKind::Response, 0, VarBindList::new());
                self.finish(id, Ok(Answer::new(pdu)));
            }
            Event::Request(request) => self.serve(request),
            Event::Notification(notification) => self.notified(notification),
            Event::InformExpired { state } => self.expired(state),
        }
    }

    fn abandoned(self: Rc<Self>, requests: Vec<RequestId>) {
        if self.handle().is_over() {
            self.abandon_requests();
        }
        for id in requests {
            // Runs callbacks, which may start and cancel others.
            drop(self.take(id));
        }
    }

    fn passing(
        self: Rc<Self>,
        direction: Direction,
        peer: &Peer,
        local: Option<&Address>,
        octets: &[u8],
    ) {
        let message = ObservedMessage::new(direction, &peer.address, local, octets);
        self.observers.show(&message);
    }
}

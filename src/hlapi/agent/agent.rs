//! The agent itself.

use std::cell::RefCell;
use std::fmt;
use std::net::SocketAddr;
#[cfg(unix)]
use std::os::fd::AsFd;
use std::rc::Rc;
use std::time::Duration;

use crate::access::{SubtreeAccess, Views};
use crate::deferred::Deferred;
use crate::hlapi::error::SnmpError;
use crate::hlapi::object::ObjectIdentity;
use crate::hlapi::responders::RegisteredResponder;
use crate::hlapi::session::SnmpEngine;
use crate::hlapi::user_data::UsmUserData;
use crate::objects::{Defined, ManagedObject, MibTree};
use crate::reactor::Handle;
use crate::security::CommunityEntry;
use crate::security::usm::{User, UsmUser};
use crate::task::sleep;

use super::agent_builder::AgentBuilder;
use super::agent_context::AgentContext;

/// An agent: an engine, its managed objects by context, and who may do what with them.
///
/// Clones are the same agent. It is a thin layer: all that it does can be done with its [`engine`](Self::engine) and its
/// [`responder`](Self::responder). It serves until it is [closed](Self::close) or the reactor ends, also when the last clone is
/// dropped.
///
/// # Examples
///
/// ```no_run
/// // Not run here: it serves until it is stopped.
/// use deferred_snmp::access::Views;
/// use deferred_snmp::applications::standard::System;
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::objects::{Scalar, Table};
/// use deferred_snmp::oid;
/// use deferred_snmp::reactor::Reactor;
///
/// let mut reactor = Reactor::new()?;
/// let all = Views::new().read_write(oid!(1.3));
/// let boss = UsmUserData::new("boss").auth(AuthProtocol::Sha256, "authkey1");
/// let agent = Agent::builder(&reactor.handle())
///     .system(System::new("a thermometer").contact("nobody@example.org"))
///     .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
///     .user(&boss.privacy(PrivProtocol::Aes128, "privkey1"), all)
///     .listen("127.0.0.1:1161".parse()?)
///     .start()?;
///
/// agent.scalar(oid!(1.3.6.1.4.1.8072.9999.9999.1), Scalar::dynamic(|| 21))?;
/// let targets = agent.table("SNMP-TARGET-MIB::snmpTargetParamsTable", Table::managed())?;
/// println!("{} rows", targets.len());
/// reactor.run()?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Agent {
    inner: Rc<Inner>,
}

struct Inner {
    engine: SnmpEngine,
    /// Whether the engine was made for it.
    is_own: bool,
    responder: RegisteredResponder,
    /// Who may do what, unless the program has a policy of its own.
    policy: RefCell<SubtreeAccess>,
    /// That the builder has opened.
    addresses: Vec<SocketAddr>,
}

impl Agent {
    /// An agent with an engine of its own on this reactor.
    pub fn builder(reactor: &Handle) -> AgentBuilder {
        AgentBuilder::new(reactor)
    }

    /// An agent on an engine that the program has: with a [state file](SnmpEngine::with_state_file), a configuration or a
    /// network of its own.
    pub fn on(engine: &SnmpEngine) -> AgentBuilder {
        AgentBuilder::on(engine)
    }

    pub(super) fn new(
        engine: SnmpEngine,
        is_own: bool,
        responder: RegisteredResponder,
        policy: SubtreeAccess,
        addresses: Vec<SocketAddr>,
    ) -> Self {
        let policy = RefCell::new(policy);
        Self {
            inner: Rc::new(Inner {
                engine,
                is_own,
                responder,
                policy,
                addresses,
            }),
        }
    }

    /// Its engine.
    pub fn engine(&self) -> &SnmpEngine {
        &self.inner.engine
    }

    /// Its command responder, with the bounds of its work.
    pub fn responder(&self) -> &RegisteredResponder {
        &self.inner.responder
    }

    /// Its default context, which is what the following methods are about.
    fn default_context(&self) -> AgentContext {
        AgentContext::new(self.clone(), Vec::new())
    }

    /// Puts a scalar in its place: by the name of its definition, which says its syntax and who may write it, or by OBJECT
    /// IDENTIFIER, where a definition is taken into account if there is one.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Name`] and [`SnmpError::Definition`]: there is no such object, it is of another kind, or another one lies there.
    pub fn scalar<O: Defined>(
        &self,
        name: impl Into<ObjectIdentity>,
        scalar: O,
    ) -> Result<O::Handle, SnmpError> {
        self.default_context().scalar(name, scalar)
    }

    /// Puts a table in its place, by its name or that of its entry; an OBJECT IDENTIFIER that no definition is known of is that of the entry.
    /// Gives what the program reaches it by: of a [`Table`](crate::objects::Table) the [rows](crate::objects::TableHandle).
    ///
    /// # Errors
    ///
    /// [`SnmpError::Name`] and [`SnmpError::Definition`]: there is no such table or column, or another object lies there.
    pub fn table<O: Defined>(
        &self,
        name: impl Into<ObjectIdentity>,
        table: O,
    ) -> Result<O::Handle, SnmpError> {
        self.default_context().table(name, table)
    }

    /// Puts an object of the program's own in charge of all below a name.
    ///
    /// # Errors
    ///
    /// [`SnmpError::Name`] and [`SnmpError::Definition`]: there is no such name, or another object lies there.
    pub fn subtree(
        &self,
        name: impl Into<ObjectIdentity>,
        object: impl ManagedObject,
    ) -> Result<(), SnmpError> {
        self.default_context().subtree(name, object)
    }

    /// Takes an object out. False if there is none registered at that name.
    pub fn remove(&self, name: impl Into<ObjectIdentity>) -> bool {
        self.default_context().remove(name)
    }

    /// What `look` makes of the object that is registered at this name: see
    /// [`ServedContext::with`](crate::applications::ServedContext::with).
    pub fn with<T: ManagedObject, R>(
        &self,
        name: impl Into<ObjectIdentity>,
        look: impl FnOnce(&mut T) -> R,
    ) -> Option<R> {
        self.default_context().with(name, look)
    }

    /// Adds a context, or replaces its objects (PySNMP's `registerContextName`).
    pub fn add_context(&self, name: impl AsRef<[u8]>, objects: MibTree) -> AgentContext {
        let name = name.as_ref();
        self.inner.responder.contexts().insert(name, objects);
        AgentContext::new(self.clone(), name.to_vec())
    }

    /// A context that has been added.
    pub fn context(&self, name: impl AsRef<[u8]>) -> Option<AgentContext> {
        let name = name.as_ref();
        self.inner.responder.context(name)?;
        Some(AgentContext::new(self.clone(), name.to_vec()))
    }

    /// Removes a context with its objects (PySNMP's `unregisterContextName`). False if there is none; the default context stays, without
    /// objects.
    pub fn remove_context(&self, name: impl AsRef<[u8]>) -> bool {
        self.inner.responder.contexts().remove(name).is_some()
    }

    /// Accepts requests with `community` as those of `security_name` (PySNMP's `addV1System`), which may do what
    /// [`grant`](Self::grant) says.
    pub fn add_v1_system(&self, security_name: &str, community: &str) {
        self.inner.engine.add_v1_system(security_name, community);
    }

    /// Accepts requests with `community` as the entry says: in a context of its own, for one.
    pub fn add_community(&self, community: impl AsRef<[u8]>, entry: CommunityEntry) {
        self.inner.engine.add_community(community, entry);
    }

    /// Accepts nothing more with the communities that stand for `security_name` (PySNMP's `delV1System`). True if there was one.
    pub fn remove_v1_system(&self, security_name: impl AsRef<[u8]>) -> bool {
        self.inner.engine.remove_v1_system(security_name)
    }

    /// Accepts requests of `user` (PySNMP's `addV3User`), who may do what [`grant`](Self::grant) says: in messages that are authenticated,
    /// unless the [views](Views::at_least) say otherwise.
    ///
    /// # Errors
    ///
    /// What is wrong with the user's name or keys, or [`SnmpError::TooManyUsers`].
    pub fn add_v3_user<S: Clone>(&self, user: &UsmUserData<S>) -> Result<(), SnmpError>
    where
        User: From<UsmUser<S>>,
    {
        self.inner.engine.add_v3_user(user)
    }

    /// Accepts requests of `user`, in whose name this may be done: with the protection that the user's keys allow, unless
    /// [`Views::at_least`] says otherwise. As [`AgentBuilder::user`].
    ///
    /// # Errors
    ///
    /// As [`add_v3_user`](Self::add_v3_user); nothing is granted then.
    pub fn add_user<S: Clone>(&self, user: &UsmUserData<S>, views: Views) -> Result<(), SnmpError>
    where
        User: From<UsmUser<S>>,
    {
        let entry = user.entry()?;
        let views = views.or_at_least(entry.user().level());
        let name = entry.name().to_vec();
        self.inner.engine.add_user(entry)?;
        self.grant(name, views);
        Ok(())
    }

    /// Accepts nothing more in the name of a user (PySNMP's `delV3User`). True if there was one.
    pub fn remove_v3_user(&self, name: impl AsRef<[u8]>) -> bool {
        self.inner.engine.remove_v3_user(name)
    }

    /// Lets `security_name` do this from now on, in place of what it might before. A policy of the program's own is replaced by those
    /// that the agent has been told.
    pub fn grant(&self, security_name: impl Into<Vec<u8>>, views: Views) {
        self.change_policy(|policy| policy.set(security_name, views));
    }

    /// Lets `security_name` do nothing more. False if it might nothing before.
    pub fn revoke(&self, security_name: impl AsRef<[u8]>) -> bool {
        self.change_policy(|policy| policy.remove(security_name.as_ref()))
    }

    fn change_policy<R>(&self, change: impl FnOnce(&mut SubtreeAccess) -> R) -> R {
        let mut policy = self.inner.policy.borrow_mut();
        let result = change(&mut policy);
        let policy = policy.clone();
        self.inner.responder.set_access(policy);
        result
    }

    /// The addresses of the ports that [`AgentBuilder::listen`] has opened, in its order: which port it is where port 0 was asked for.
    pub fn addresses(&self) -> &[SocketAddr] {
        &self.inner.addresses
    }

    /// Opens another port: see [`SnmpEngine::listen_udp`].
    ///
    /// # Errors
    ///
    /// [`SnmpError::Transport`] names the address and the system's error.
    pub fn listen_udp(&self, address: SocketAddr) -> Result<SocketAddr, SnmpError> {
        self.inner.engine.listen_udp(address)
    }

    /// Takes requests on a UDP socket of the program's: see [`SnmpEngine::listen_socket`].
    ///
    /// # Errors
    ///
    /// [`SnmpError::Transport`]: it is no UDP socket of IPv4 or IPv6, or not bound.
    #[cfg(unix)]
    pub fn listen_socket(&self, socket: impl AsFd) -> Result<SocketAddr, SnmpError> {
        self.inner.engine.listen_socket(socket)
    }

    /// Takes no more requests, answers those that it has, closes its engine and fires once the ports are free; an engine that the agent
    /// was put [on](Self::on) stays open. A SET that has begun ends one way or the other; an object that owes an answer has until its
    /// time-out. A second call ends nothing earlier.
    pub fn close(&self) -> Deferred<()> {
        let (engine, is_own) = (self.inner.engine.clone(), self.inner.is_own);
        let ended = self.inner.responder.close_after_answers();
        ended.add_callback(move |()| {
            let session = engine.session();
            session.binding().flush();
            let reactor = session.handle();
            if is_own {
                engine.close();
            }
            match reactor.is_over() || !is_own {
                true => Deferred::succeed(()),
                // Sockets close in the reactor's next pass.
                false => sleep(reactor, Duration::ZERO),
            }
        })
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Agent")
            .field("engine", &self.inner.engine)
            .field("responder", &self.inner.responder)
            .finish()
    }
}

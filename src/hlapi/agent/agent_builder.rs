//! How an agent is put together.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::access::{AccessControl, SubtreeAccess, Views};
use crate::applications::CommandResponder;
use crate::applications::standard::System;
use crate::engine::{ContextScope, EngineConfig};
use crate::hlapi::error::SnmpError;
use crate::hlapi::session::SnmpEngine;
use crate::hlapi::state::EngineState;
use crate::hlapi::user_data::UsmUserData;
use crate::objects::{DefinitionError, MibTree};
use crate::reactor::Handle;
use crate::security::usm::{User, UserEntry, UsmUser};
use crate::security::{CommunityEntry, EngineId};

use super::agent::Agent;

/// What an [`Agent`] consists of: made by [`Agent::builder`], finished by [`start`](Self::start). What is not granted is
/// refused.
#[must_use = "an agent begins with `start`"]
pub struct AgentBuilder {
    host: Host,
    /// Whose contexts it serves: those of its own engine where nobody has said it.
    context_engine_id: Option<EngineId>,
    system: Option<System>,
    objects: MibTree,
    contexts: Vec<(Vec<u8>, MibTree)>,
    communities: Vec<(Vec<u8>, CommunityEntry)>,
    users: Vec<UserEntry>,
    policy: SubtreeAccess,
    access: Option<Box<dyn AccessControl>>,
    listen: Vec<SocketAddr>,
    /// The first thing that was wrong.
    error: Option<SnmpError>,
}

/// What it runs on.
enum Host {
    Reactor(Box<OwnEngine>),
    Engine(SnmpEngine),
}

/// An engine to be made.
struct OwnEngine {
    reactor: Handle,
    config: EngineConfig,
    engine_id: Option<EngineId>,
    state_file: Option<PathBuf>,
}

impl OwnEngine {
    fn start(self) -> Result<SnmpEngine, SnmpError> {
        let config = match (self.state_file, self.engine_id) {
            (None, None) => self.config,
            (None, Some(engine_id)) => self.config.engine_id(engine_id),
            (Some(path), None) => EngineState::open(path)?.configure(self.config),
            (Some(path), Some(engine_id)) => {
                EngineState::open_as(path, engine_id)?.configure(self.config)
            }
        };
        Ok(SnmpEngine::with_config(&self.reactor, config))
    }
}

impl AgentBuilder {
    pub(super) fn new(reactor: &Handle) -> Self {
        Self::of(Host::Reactor(Box::new(OwnEngine {
            reactor: reactor.clone(),
            config: EngineConfig::default(),
            engine_id: None,
            state_file: None,
        })))
    }

    pub(super) fn on(engine: &SnmpEngine) -> Self {
        Self::of(Host::Engine(engine.clone()))
    }

    fn of(host: Host) -> Self {
        Self {
            host,
            context_engine_id: None,
            system: None,
            objects: MibTree::new(),
            contexts: Vec::new(),
            communities: Vec::new(),
            users: Vec::new(),
            policy: SubtreeAccess::new(),
            access: None,
            listen: Vec::new(),
            error: None,
        }
    }

    /// The name of its engine (snmpEngineID). One that serves SNMPv3 counts its starts under that name in a
    /// [state file](Self::state_file).
    pub fn engine_id(self, engine_id: EngineId) -> Self {
        self.own_engine(|own| own.engine_id = Some(engine_id))
    }

    /// Keeps the name of its engine and the number of its starts in a file: see [`EngineState::open`], or, where the name is
    /// [given](Self::engine_id), [`EngineState::open_as`].
    pub fn state_file(self, path: impl AsRef<Path>) -> Self {
        self.own_engine(|own| own.state_file = Some(path.as_ref().to_owned()))
    }

    /// Changes the configuration of its engine. What [`engine_id`](Self::engine_id) and [`state_file`](Self::state_file) say
    /// comes after it.
    pub fn config(self, change: impl FnOnce(EngineConfig) -> EngineConfig) -> Self {
        self.own_engine(|own| own.config = change(std::mem::take(&mut own.config)))
    }

    fn own_engine(mut self, change: impl FnOnce(&mut OwnEngine)) -> Self {
        match &mut self.host {
            Host::Reactor(own) => change(own),
            Host::Engine(_) => {
                self.error.get_or_insert(SnmpError::EngineIsThere);
            }
        }
        self
    }

    /// Serves the contexts of another engine, which the agent speaks for, in place of those of its own (PySNMP's
    /// `SnmpContext(contextEngineId=..)`). SNMPv3 names the engine in each request; one of the communities may
    /// [stand for it](CommunityEntry::context_engine_id). On the engine of another agent it is a second agent beside that, which
    /// is granted what it needs by itself; communities and users are those of the engine.
    ///
    /// ```
    /// use deferred_snmp::access::Views;
    /// use deferred_snmp::hlapi::{Agent, AuthProtocol, UsmUserData};
    /// use deferred_snmp::objects::Scalar;
    /// use deferred_snmp::oid;
    /// # use deferred_snmp::reactor::Reactor;
    ///
    /// # let reactor = Reactor::new()?;
    /// let user = UsmUserData::new("boss").auth(AuthProtocol::Sha256, "authkey1");
    /// let views = Views::new().read(oid!(1.3.6.1.2.1));
    /// let gateway = Agent::builder(&reactor.handle())
    ///     .user(&user, views.clone())
    ///     .start()?;
    /// let device = Agent::on(gateway.engine())
    ///     .context_engine_id("80000000010a0b0c0d".parse()?)
    ///     .grant("boss", views)
    ///     .start()?;
    /// gateway.scalar("SNMPv2-MIB::sysName", Scalar::constant("the gateway"))?;
    /// device.scalar("SNMPv2-MIB::sysName", Scalar::constant("the device"))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn context_engine_id(mut self, engine_id: EngineId) -> Self {
        self.context_engine_id = Some(engine_id);
        self
    }

    /// Serves the system group of SNMPv2-MIB.
    pub fn system(mut self, system: System) -> Self {
        self.system = Some(system);
        self
    }

    /// Serves these objects in the default context, besides those that are registered once it has started.
    pub fn objects(mut self, objects: MibTree) -> Self {
        self.objects = objects;
        self
    }

    /// Adds a context with these objects (PySNMP's `registerContextName`).
    pub fn context(mut self, name: impl AsRef<[u8]>, objects: MibTree) -> Self {
        self.contexts.push((name.as_ref().to_vec(), objects));
        self
    }

    /// Accepts requests of SNMPv1 and SNMPv2c with `community`, in whose name this may be done. The principal gets the name `community`
    /// with the number of this community, counted from 1, behind it: the community itself, which is a secret, is told to nobody.
    pub fn community(self, community: impl AsRef<[u8]>, views: Views) -> Self {
        let name = format!("community{}", self.communities.len() + 1);
        let entry = CommunityEntry::new(&name);
        self.community_entry(community, entry).grant(name, views)
    }

    /// Accepts requests of SNMPv1 and SNMPv2c with `community` as those of `security_name` (PySNMP's `addV1System`), which may do what
    /// [`grant`](Self::grant) says.
    pub fn v1_system(self, security_name: &str, community: impl AsRef<[u8]>) -> Self {
        self.community_entry(community, CommunityEntry::new(security_name))
    }

    /// Accepts requests of SNMPv1 and SNMPv2c with `community` as the entry says: in a context of its own, for one.
    pub fn community_entry(mut self, community: impl AsRef<[u8]>, entry: CommunityEntry) -> Self {
        self.communities.push((community.as_ref().to_vec(), entry));
        self
    }

    /// Accepts requests of SNMPv3 of `user`, in whose name this may be done. Messages with less protection than the user's keys
    /// allow are refused, unless [`Views::at_least`] says otherwise. A user without keys is served, too. A [`grant`](Self::grant) in
    /// the name of the user, which knows no keys, asks for authentication only.
    pub fn user<S: Clone>(mut self, user: &UsmUserData<S>, views: Views) -> Self
    where
        User: From<UsmUser<S>>,
    {
        match user.entry() {
            Ok(entry) => {
                let views = views.or_at_least(entry.user().level());
                let name = entry.name().to_vec();
                self.users.push(entry);
                self.grant(name, views)
            }
            Err(error) => {
                self.error.get_or_insert(error);
                self
            }
        }
    }

    /// Lets `security_name` do this.
    pub fn grant(mut self, security_name: impl Into<Vec<u8>>, views: Views) -> Self {
        self.policy.set(security_name, views);
        self
    }

    /// Has this policy decide, in place of what is granted here.
    pub fn access(mut self, access: impl AccessControl + 'static) -> Self {
        self.access = Some(Box::new(access));
        self
    }

    /// Opens a port for requests: see [`SnmpEngine::listen_udp`]. May be called as often as there are addresses.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen.push(address);
        self
    }

    /// Begins to serve.
    ///
    /// # Errors
    ///
    /// Everything that can be known at once: what is wrong with a user's keys or the state file, an object that is there twice, a port
    /// that cannot be opened, an engine that has a command responder already. Nothing is served then. Ports that were opened close in the
    /// reactor's next pass; on an engine of the program's they stay open, and users that were added stay known.
    pub fn start(self) -> Result<Agent, SnmpError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let (engine, is_own) = match self.host {
            Host::Reactor(own) => (own.start()?, true),
            Host::Engine(engine) => (engine, false),
        };
        let mut objects = self.objects;
        if let Some(system) = self.system {
            let session = std::rc::Rc::downgrade(engine.session());
            let up_time = move || session.upgrade().map_or(0, |session| session.up_time());
            let registered = system.register(&mut objects, up_time);
            registered.map_err(DefinitionError::from)?;
        }
        let access = self.access.unwrap_or_else(|| Box::new(self.policy.clone()));
        let responder = CommandResponder::new(objects, access);
        for (name, objects) in self.contexts {
            responder.contexts().insert(name, objects);
        }
        let scope = match self.context_engine_id {
            Some(engine_id) => ContextScope::engine(engine_id),
            None => ContextScope::this_engine(),
        };
        let responder = engine.register_responder_within(scope, responder)?;
        let listen = self.listen.iter();
        let opened: Result<Vec<_>, _> = listen.map(|it| engine.listen_udp(*it)).collect();
        let added = opened.and_then(|addresses| {
            let mut users = self.users.into_iter();
            users.try_for_each(|user| engine.add_user(user))?;
            Ok(addresses)
        });
        let addresses = match added {
            Ok(addresses) => addresses,
            Err(error) => {
                responder.close();
                if is_own {
                    engine.close();
                }
                return Err(error);
            }
        };
        for (community, entry) in self.communities {
            engine.add_community(community, entry);
        }
        Ok(Agent::new(
            engine,
            is_own,
            responder,
            self.policy,
            addresses,
        ))
    }
}

impl fmt::Debug for AgentBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgentBuilder")
            .field("listen", &self.listen)
            .finish_non_exhaustive()
    }
}

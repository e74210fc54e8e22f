//! Our own side: a reactor that is turned until a Deferred has its outcome.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Fault};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::MibTree;
use deferred_snmp::reactor::Reactor;

use super::agent;
use super::loops::turn_within;

/// After so many seconds a test has failed, whatever it is waiting for.
const LIMIT: Duration = Duration::from_secs(120);

/// A reactor with an engine on it.
pub struct Manager {
    pub reactor: Reactor,
    pub engine: SnmpEngine,
}

impl Manager {
    pub fn new() -> Self {
        let reactor = Reactor::new().expect("the system gives descriptors");
        let engine = SnmpEngine::new(&reactor.handle());
        Self { reactor, engine }
    }

    /// Begins a GET of one object.
    pub fn get(
        &self,
        name: &str,
        auth: &dyn AuthData,
        target: &UdpTransportTarget,
    ) -> Deferred<Response, SnmpError> {
        get_cmd(&self.engine, auth, target, &ContextData::default(), [name])
    }

    /// Runs until `deferred` has its outcome.
    pub fn settle<T: 'static, E: Fault>(&mut self, deferred: Deferred<T, E>) -> Result<T, E> {
        settle(&mut self.reactor, deferred)
    }

    /// The same for what is expected to succeed.
    pub fn succeed<T: 'static, E: Fault>(&mut self, deferred: Deferred<T, E>) -> T {
        self.settle(deferred)
            .unwrap_or_else(|error| panic!("unexpected failure: {error}"))
    }
}

/// A manager, and an agent on the same reactor.
pub struct Pair {
    pub manager: Manager,
    pub agent: SnmpEngine,
    pub target: UdpTransportTarget,
}

impl Pair {
    /// The agent serves `tree`, to the communities of [`agent::serve`].
    pub fn new(tree: MibTree) -> Self {
        let manager = Manager::new();
        let reactor = manager.reactor.handle();
        let (agent, address) = agent::serve(&reactor, "127.0.0.1:0", tree);
        Self {
            manager,
            agent,
            target: address.into(),
        }
    }

    pub fn get<O: Into<ObjectType>>(
        &mut self,
        auth: &dyn AuthData,
        objects: impl IntoIterator<Item = O>,
    ) -> Result<Response, SnmpError> {
        let context = ContextData::default();
        let deferred = get_cmd(&self.manager.engine, auth, &self.target, &context, objects);
        self.manager.settle(deferred)
    }

    pub fn set<O: Into<ObjectType>>(
        &mut self,
        auth: &dyn AuthData,
        objects: impl IntoIterator<Item = O>,
    ) -> Result<Response, SnmpError> {
        let context = ContextData::default();
        let deferred = set_cmd(&self.manager.engine, auth, &self.target, &context, objects);
        self.manager.settle(deferred)
    }

    pub fn next<O: Into<ObjectType>>(
        &mut self,
        auth: &dyn AuthData,
        objects: impl IntoIterator<Item = O>,
    ) -> Result<Response, SnmpError> {
        let context = ContextData::default();
        let deferred = next_cmd(&self.manager.engine, auth, &self.target, &context, objects);
        self.manager.settle(deferred)
    }

    pub fn bulk<O: Into<ObjectType>>(
        &mut self,
        auth: &dyn AuthData,
        (non_repeaters, max_repetitions): (u32, u32),
        objects: impl IntoIterator<Item = O>,
    ) -> Result<Response, SnmpError> {
        let deferred = bulk_cmd(
            &self.manager.engine,
            auth,
            &self.target,
            &ContextData::default(),
            non_repeaters,
            max_repetitions,
            objects,
        );
        self.manager.settle(deferred)
    }

    /// A walk with GETNEXT, or so many repetitions.
    pub fn walk<O: Into<ObjectType>>(
        &self,
        auth: &dyn AuthData,
        repetitions: Option<u32>,
        objects: impl IntoIterator<Item = O>,
    ) -> WalkCommand {
        let (engine, context) = (&self.manager.engine, ContextData::default());
        match repetitions {
            None => walk_cmd(engine, auth, &self.target, &context, objects),
            Some(n) => bulk_walk_cmd(engine, auth, &self.target, &context, n, objects),
        }
    }

    pub fn collect(&mut self, walk: WalkCommand) -> Vec<Vec<NamedVarBind>> {
        self.manager.succeed(walk.collect())
    }
}

/// Turns the reactor until `deferred` has its outcome.
pub fn settle<T: 'static, E: Fault>(
    reactor: &mut Reactor,
    deferred: Deferred<T, E>,
) -> Result<T, E> {
    let outcome = Rc::new(Cell::new(None));
    let there = Rc::clone(&outcome);
    let chain = deferred.add_both(move |result| there.set(Some(result)));
    turn_until(reactor, || chain.is_fired() && !chain.is_waiting());
    outcome.take().expect("a chain that has fired has run")
}

/// Turns the reactor until `done` says so.
pub fn turn_until(reactor: &mut Reactor, done: impl Fn() -> bool) {
    turn_within(LIMIT, reactor, done);
}

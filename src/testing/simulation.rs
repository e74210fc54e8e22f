//! Engines, a wire between them, and time that jumps.

use std::cell::{Cell, Ref, RefMut};
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::{Duration, Instant};

use crate::deadline_queue::DeadlineQueue;
use crate::deferred::{Deferred, Fault};
use crate::engine::{Address, Endpoint, Engine, EngineConfig, Event, IncomingRequest, Peer};
use crate::hlapi::SnmpEngine;
use crate::pdu::Pdu;
use crate::reactor::{Handle, Phase, Reactor, SystemEvent, TriggerPhase};

use super::medium::{Host, Medium, Occupant};
use super::random::Random;
use super::wire::Wire;

/// A network of engines in virtual time.
///
/// A program written with [`hlapi`](crate::hlapi) runs on it as it stands: [`Simulation::engine`] gives an [`SnmpEngine`]
/// whose messages go by the wire, on a reactor whose time jumps, and what the program does with
/// [its handle](Simulation::reactor) happens in that time: pauses, timed and looping calls, time-outs, coroutines. While
/// threads are at work for it (`defer_to_thread`, look-ups of host names) time stands still.
///
/// # Examples
///
/// An agent, a manager, and a wire that loses half of what it carries:
///
/// ```
/// use deferred_snmp::access::OpenAccess;
/// use deferred_snmp::applications::CommandResponder;
/// use deferred_snmp::hlapi::*;
/// use deferred_snmp::objects::{MibTree, Scalar};
/// use deferred_snmp::oid;
/// use deferred_snmp::testing::{Simulation, Wire};
///
/// let mut simulation = Simulation::new(Wire::new(1).loss(0.5));
/// let agent = simulation.engine([192, 0, 2, 2]);
/// let mut tree = MibTree::new();
/// tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant("far away"))?;
/// agent.register_responder(CommandResponder::new(tree, OpenAccess))?;
/// agent.add_v1_system("reader", "public");
/// agent.listen_udp("192.0.2.2:161".parse()?)?;
///
/// let manager = simulation.engine([192, 0, 2, 1]);
/// let target = UdpTransportTarget::new(("192.0.2.2", 161)).retries(25);
/// let get = manager
///     .remote(&CommunityData::new("public"), &target)
///     .get(["SNMPv2-MIB::sysName.0"]);
/// let response = simulation.block_on(get)?;
/// let var_bind = response.iter().next().expect("the name");
/// assert_eq!(var_bind.to_string(), "SNMPv2-MIB::sysName.0 = far away");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// An [`Engine`] by itself can be added as well, to see to it in all detail; it has its events in a list:
///
/// ```
/// use std::time::Duration;
/// use deferred_snmp::engine::{Credentials, Endpoint, EngineConfig, Event, Peer, Request};
/// use deferred_snmp::pdu::{Pdu, PduKind};
/// use deferred_snmp::security::{CommunityEntry, CommunityTable};
/// use deferred_snmp::testing::{Simulation, Wire};
///
/// let mut simulation = Simulation::new(Wire::new(1));
/// let manager = simulation.add("192.0.2.1:40000".parse()?, EngineConfig::with_seed(1));
/// let mut communities = CommunityTable::default();
/// communities.insert("public", CommunityEntry::new("reader"));
/// let config = EngineConfig::with_seed(2).communities(communities);
/// let agent = simulation.add("192.0.2.2:161".parse()?, config);
/// simulation.serve(agent, |request| Pdu::new(PduKind::Response, 0, request.pdu.var_binds.clone()));
///
/// let peer = Peer::udp(Endpoint(0), "192.0.2.2:161".parse()?);
/// let get = Pdu::new(PduKind::GetRequest, 0, Default::default());
/// let now = simulation.now();
/// simulation
///     .node(manager)
///     .submit(now, Request::new(peer, Credentials::V2c("public".into()), get))?;
/// simulation.run(Duration::from_secs(10));
/// assert!(matches!(simulation.events(manager)[..], [Event::Response { .. }]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Simulation {
    start: Instant,
    reactor: Reactor,
    handle: Handle,
    /// Whether a program has anything to do with the reactor, or had.
    has_program: Cell<bool>,
    medium: Rc<Medium>,
    /// Of the engines' seeds.
    random: Random,
    nodes: Vec<Node>,
    /// The engines that may have something to give: all others need not be looked at.
    touched: Vec<usize>,
    deadlines: DeadlineQueue,
    message: Vec<u8>,
}

/// One of the engines without a reactor of a [`Simulation`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeId(usize);

type Answer = Box<dyn FnMut(&IncomingRequest) -> Pdu>;

struct Node {
    address: SocketAddr,
    engine: Engine,
    answer: Option<Answer>,
    events: Vec<Event>,
    is_touched: bool,
}

impl Simulation {
    /// A network without engines. Chance follows from the wire's seed: that of the engines too.
    ///
    /// # Panics
    ///
    /// If the system has no descriptors for a reactor. Nothing will be awaited from it.
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way; only distances from it matter"
    )]
    pub fn new(wire: Wire) -> Self {
        let start = Instant::now();
        let reactor = match Reactor::builder().virtual_time(start).build() {
            Ok(reactor) => reactor,
            Err(error) => panic!("a reactor: {error}"),
        };
        let handle = reactor.handle();
        // What another wire would draw from the same seed is not drawn again.
        let random = Random::new(!wire.seed());
        let medium = Medium::new(&handle, wire);
        let closing = Rc::downgrade(&medium);
        handle.add_system_event_trigger(TriggerPhase::During, SystemEvent::Shutdown, move || {
            if let Some(medium) = closing.upgrade() {
                medium.shut_down();
            }
        });
        Self {
            start,
            reactor,
            handle,
            has_program: Cell::new(false),
            medium,
            random,
            nodes: Vec::new(),
            touched: Vec::new(),
            deadlines: DeadlineQueue::default(),
            message: Vec::new(),
        }
    }

    /// An engine of a host at this address, with a [configuration](Simulation::config) of the simulation's: what it opens,
    /// by [`SnmpEngine::listen_udp`], [`SnmpEngine::send_from`] or a request, is on the wire.
    ///
    /// It asks from the address of the host, and may listen on any other one as well: nobody else has an address before
    /// it is opened. `0.0.0.0` and `[::]` stand for that of the host. The wire is one link, which each host may call by a number
    /// of its own, as in `[fe80::1%2]:161`. Once the reactor has stopped, nothing can be opened.
    pub fn engine(&mut self, host: impl Into<IpAddr>) -> SnmpEngine {
        let config = self.config();
        self.engine_with_config(host, config)
    }

    /// The same with this configuration. One that is not made from [`Simulation::config`] or a seed draws its own chance,
    /// and no two runs are the same.
    pub fn engine_with_config(
        &mut self,
        host: impl Into<IpAddr>,
        config: EngineConfig,
    ) -> SnmpEngine {
        let network = Host {
            medium: Rc::clone(&self.medium),
            ip: host.into().to_canonical(),
        };
        SnmpEngine::with_network(self.reactor(), config, network)
    }

    /// Defaults, with a seed that follows from that of the wire: another one at each call.
    pub fn config(&mut self) -> EngineConfig {
        EngineConfig::with_seed(self.random.next_u64())
    }

    /// The reactor of the engines, for what else a program does: all in virtual time.
    pub fn reactor(&self) -> &Handle {
        self.has_program.set(true);
        &self.handle
    }

    /// Runs until `deferred` has its result, and gives that. An error counts as handled.
    ///
    /// # Panics
    ///
    /// If nothing is left to happen before that, or a virtual day has passed, or as [`Simulation::run`].
    #[track_caller]
    pub fn block_on<T: 'static, E: Fault>(&mut self, deferred: Deferred<T, E>) -> Result<T, E> {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        self.has_program.set(true);
        let result = Rc::new(Cell::new(None));
        let place = Rc::clone(&result);
        deferred.add_both(move |outcome| place.set(Some(outcome)));
        let end = self.now().checked_add(DAY);
        loop {
            if let Some(result) = result.take() {
                return result;
            }
            let next = self.settle();
            // Time stands still once it is there.
            if let Some(result) = result.take() {
                return result;
            }
            match next.filter(|next| end.is_none_or(|end| *next <= end)) {
                Some(next) => self.advance(next),
                None => panic!("there is no result, and nothing is left to happen"),
            }
        }
    }

    /// Adds an engine without a reactor at `address`, with one port, or in the place of another such engine there.
    ///
    /// # Panics
    ///
    /// If an engine of [`Simulation::engine`] has that address.
    pub fn add(&mut self, address: SocketAddr, config: EngineConfig) -> NodeId {
        let number = self.nodes.len();
        self.nodes.push(Node {
            address,
            engine: Engine::new(config, self.now()),
            answer: None,
            events: Vec::new(),
            is_touched: false,
        });
        let is_free = self.medium.put_node(address, number);
        assert!(is_free, "{address} is in use");
        NodeId(number)
    }

    /// Lets an engine answer every request with what `answer` makes of it.
    pub fn serve(&mut self, node: NodeId, answer: impl FnMut(&IncomingRequest) -> Pdu + 'static) {
        self.nodes[node.0].answer = Some(Box::new(answer));
    }

    /// The virtual time.
    pub fn now(&self) -> Instant {
        self.handle.now()
    }

    /// How much virtual time has passed.
    pub fn elapsed(&self) -> Duration {
        self.now().duration_since(self.start)
    }

    /// One of the engines that were [added](Simulation::add).
    pub fn node(&mut self, node: NodeId) -> &mut Engine {
        self.touch(node.0)
    }

    /// The wire.
    pub fn wire(&self) -> Ref<'_, Wire> {
        self.medium.wire.borrow()
    }

    /// The wire, to put something on it or another one in its place.
    pub fn wire_mut(&mut self) -> RefMut<'_, Wire> {
        self.medium.wire.borrow_mut()
    }

    /// The events of an engine since the last call, less the requests it has answered.
    pub fn events(&mut self, node: NodeId) -> Vec<Event> {
        std::mem::take(&mut self.nodes[node.0].events)
    }

    /// Runs until nothing is left to happen, or for `limit` of virtual time. True if nothing is left, or the reactor has
    /// stopped.
    ///
    /// A limit that no clock can tell, such as [`Duration::MAX`], is none.
    ///
    /// # Panics
    ///
    /// If calls without delay go on scheduling one another, so that time cannot move on.
    pub fn run(&mut self, limit: Duration) -> bool {
        let end = self.now().checked_add(limit);
        while let Some(next) = self.settle() {
            if let Some(end) = end.filter(|end| next > *end) {
                self.reactor.advance_to(end);
                return false;
            }
            self.advance(next);
        }
        true
    }

    /// Does all that can be done without time moving on. Gives the time of what comes next, unless the reactor has stopped.
    fn settle(&mut self) -> Option<Instant> {
        self.drain();
        let mut deadline = None;
        if self.has_program.get() {
            match self.reactor.settle() {
                Ok(Phase::Stopped) => return None,
                Ok(_) => deadline = self.reactor.next_deadline(),
                Err(error) => panic!("the reactor: {error}"),
            }
        }
        let arrival = self.medium.wire.borrow().next_arrival();
        [deadline, arrival, self.deadlines.next()]
            .into_iter()
            .flatten()
            .min()
    }

    /// Moves time on, and has delivered what has arrived then.
    fn advance(&mut self, next: Instant) {
        self.reactor.advance_to(next);
        let now = self.now();
        let receive = |medium: &Medium| medium.wire.borrow_mut().receive(now);
        while let Some(delivery) = receive(&self.medium) {
            match self.medium.occupant(&delivery.to) {
                Some(Occupant::Node(number)) => {
                    let peer = Peer::udp(Endpoint(0), delivery.from);
                    self.touch(number)
                        .handle_message(now, &peer, &delivery.data);
                }
                Some(Occupant::Port(port)) => {
                    if let Some(port) = port.upgrade() {
                        self.medium.arrive(port, delivery);
                    }
                }
                None => {}
            }
        }
        while let Some(number) = self.deadlines.pop_due(now) {
            self.touch(number).handle_timeout(now);
        }
    }

    fn touch(&mut self, number: usize) -> &mut Engine {
        let node = &mut self.nodes[number];
        if !std::mem::replace(&mut node.is_touched, true) {
            self.touched.push(number);
        }
        &mut node.engine
    }

    /// Takes everything that the engines have to give.
    fn drain(&mut self) {
        let now = self.now();
        for number in self.touched.drain(..) {
            let node = &mut self.nodes[number];
            node.is_touched = false;
            // What is sent can be an event as well: a trap is over then, and a request can fail.
            while node.engine.has_output() {
                while let Some(event) = node.engine.poll_event() {
                    match (event, &mut node.answer) {
                        (Event::Request(request), Some(answer)) => {
                            let pdu = answer(&request);
                            node.engine.respond(now, request.state, pdu);
                        }
                        (event, _) => node.events.push(event),
                    }
                }
                while let Some(transmit) = node.engine.poll_transmit(now, &mut self.message) {
                    if let Address::Udp(to) = transmit.peer.address {
                        let mut wire = self.medium.wire.borrow_mut();
                        wire.send(now, node.address, to, &self.message);
                    }
                }
            }
            match node.engine.next_deadline() {
                Some(at) => self.deadlines.set(number, at),
                None => _ = self.deadlines.remove(number),
            }
        }
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        // A server keeps its engine alive until its port ends.
        self.medium.shut_down();
    }
}

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation")
            .field("elapsed", &self.elapsed())
            .field("nodes", &self.nodes.len())
            .field("wire", &self.medium.wire.borrow())
            .finish_non_exhaustive()
    }
}

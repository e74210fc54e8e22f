//! Engines, a wire between them, and time that jumps.

use std::collections::HashMap;
use std::fmt;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use crate::deadline_queue::DeadlineQueue;
use crate::engine::{Address, Endpoint, Engine, EngineConfig, Event, IncomingRequest, Peer};
use crate::pdu::Pdu;

use super::wire::Wire;

/// A network of engines in virtual time.
///
/// # Examples
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
///     .engine(manager)
///     .submit(now, Request::new(peer, Credentials::V2c("public".into()), get))?;
/// simulation.run(Duration::from_secs(10));
/// assert!(matches!(simulation.events(manager)[..], [Event::Response { .. }]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Simulation {
    start: Instant,
    now: Instant,
    wire: Wire,
    nodes: Vec<Node>,
    by_address: HashMap<SocketAddr, usize>,
    /// The engines that may have something to give: all others need not be looked at.
    touched: Vec<usize>,
    deadlines: DeadlineQueue,
    message: Vec<u8>,
}

/// One of the engines of a [`Simulation`].
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
    /// A network without engines.
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way; only distances from it matter"
    )]
    pub fn new(wire: Wire) -> Self {
        let start = Instant::now();
        Self {
            start,
            now: start,
            wire,
            nodes: Vec::new(),
            by_address: HashMap::new(),
            touched: Vec::new(),
            deadlines: DeadlineQueue::default(),
            message: Vec::new(),
        }
    }

    /// Adds an engine at `address`, with one port.
    pub fn add(&mut self, address: SocketAddr, config: EngineConfig) -> NodeId {
        let number = self.nodes.len();
        self.nodes.push(Node {
            address,
            engine: Engine::new(config, self.now),
            answer: None,
            events: Vec::new(),
            is_touched: false,
        });
        self.by_address.insert(address, number);
        NodeId(number)
    }

    /// Lets an engine answer every request with what `answer` makes of it.
    pub fn serve(&mut self, node: NodeId, answer: impl FnMut(&IncomingRequest) -> Pdu + 'static) {
        self.nodes[node.0].answer = Some(Box::new(answer));
    }

    /// The virtual time.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// How much virtual time has passed.
    pub fn elapsed(&self) -> Duration {
        self.now.duration_since(self.start)
    }

    /// One of the engines.
    pub fn engine(&mut self, node: NodeId) -> &mut Engine {
        self.touch(node.0)
    }

    /// The wire.
    pub fn wire(&mut self) -> &mut Wire {
        &mut self.wire
    }

    /// The events of an engine since the last call, less the requests it has answered.
    pub fn events(&mut self, node: NodeId) -> Vec<Event> {
        std::mem::take(&mut self.nodes[node.0].events)
    }

    /// Runs until nothing is left to happen, or for `limit` of virtual time. True if nothing is left.
    ///
    /// A limit that no clock can tell, such as [`Duration::MAX`], is none.
    pub fn run(&mut self, limit: Duration) -> bool {
        let end = self.now.checked_add(limit);
        loop {
            self.drain();
            let next = self.deadlines.next().into_iter();
            let Some(next) = next.chain(self.wire.next_arrival()).min() else {
                return true;
            };
            if let Some(end) = end.filter(|end| next > *end) {
                self.now = end;
                return false;
            }
            self.now = self.now.max(next);
            let now = self.now;
            while let Some(delivery) = self.wire.receive(now) {
                if let Some(&number) = self.by_address.get(&delivery.to) {
                    let peer = Peer::udp(Endpoint(0), delivery.from);
                    self.touch(number)
                        .handle_datagram(now, &peer, &delivery.data);
                }
            }
            while let Some(number) = self.deadlines.pop_due(now) {
                self.touch(number).handle_timeout(now);
            }
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
        for number in self.touched.drain(..) {
            let node = &mut self.nodes[number];
            node.is_touched = false;
            // What is sent can be an event as well: a trap is over then, and a request can fail.
            while node.engine.has_output() {
                while let Some(event) = node.engine.poll_event() {
                    match (event, &mut node.answer) {
                        (Event::Request(request), Some(answer)) => {
                            let pdu = answer(&request);
                            node.engine.respond(self.now, request.state, pdu);
                        }
                        (event, _) => node.events.push(event),
                    }
                }
                while let Some(transmit) = node.engine.poll_transmit(self.now, &mut self.message) {
                    if let Address::Udp(to) = transmit.peer.address {
                        self.wire.send(self.now, node.address, to, &self.message);
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

impl fmt::Debug for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulation")
            .field("elapsed", &self.elapsed())
            .field("nodes", &self.nodes.len())
            .field("wire", &self.wire)
            .finish()
    }
}

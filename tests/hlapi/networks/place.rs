//! Where a program runs: what carries its messages, and what moves its time.

use std::marker::PhantomData;
use std::net::SocketAddr;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Fault};
use deferred_snmp::engine::EngineConfig;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::MibTree;
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::testing::{Simulation, Wire};
use util::agent;
use util::manager::{settle, turn_until};
use util::nobody::Nobody;

use super::streams::StreamNetwork;

pub(super) trait Place: Sized {
    /// Where an engine of it can listen.
    const ANY: &'static str;

    fn new() -> Self;

    /// Another engine, that of another host where there are hosts.
    fn engine_with_config(&mut self, config: EngineConfig) -> SnmpEngine;

    fn engine(&mut self) -> SnmpEngine {
        self.engine_with_config(EngineConfig::with_seed(1))
    }

    fn reactor(&self) -> Handle;

    /// Nobody listens there.
    fn nobody(&self) -> SocketAddr;

    /// Runs until there is an outcome.
    fn settle<T: 'static, E: Fault>(&mut self, deferred: Deferred<T, E>) -> Result<T, E>;

    fn turn_until(&mut self, done: impl Fn() -> bool);

    fn succeed<T: 'static, E: Fault>(&mut self, deferred: Deferred<T, E>) -> T {
        self.settle(deferred)
            .unwrap_or_else(|error| panic!("unexpected failure: {error}"))
    }

    /// An agent with the communities of [`agent::serve`], and where it is.
    fn agent(&mut self, tree: MibTree) -> (SnmpEngine, UdpTransportTarget) {
        let engine = self.engine_with_config(EngineConfig::with_seed(2));
        let address = agent::serve_by(&engine, Self::ANY, tree);
        (engine, address.into())
    }
}

/// As `retries(2)` and the usual second, where the second is waited for.
pub(super) fn hasty(target: impl Into<UdpTransportTarget>) -> UdpTransportTarget {
    let target: UdpTransportTarget = target.into();
    target.timeout(Duration::from_millis(100)).retries(2)
}

/// Sockets on loopback, and what of them carries messages.
pub(super) struct OnLoopback<T> {
    reactor: Reactor,
    nobody: Nobody,
    transport: PhantomData<T>,
}

pub(super) type Udp = OnLoopback<ByUdp>;
pub(super) type Streams = OnLoopback<ByStreams>;

pub(super) trait Transport {
    fn nobody() -> Nobody;

    fn engine(handle: &Handle, config: EngineConfig) -> SnmpEngine;
}

pub(super) struct ByUdp;

impl Transport for ByUdp {
    fn nobody() -> Nobody {
        Nobody::udp()
    }

    fn engine(handle: &Handle, config: EngineConfig) -> SnmpEngine {
        SnmpEngine::with_config(handle, config)
    }
}

pub(super) struct ByStreams;

impl Transport for ByStreams {
    fn nobody() -> Nobody {
        Nobody::tcp()
    }

    fn engine(handle: &Handle, config: EngineConfig) -> SnmpEngine {
        SnmpEngine::with_network(handle, config, StreamNetwork::new(handle))
    }
}

impl<T: Transport> Place for OnLoopback<T> {
    const ANY: &'static str = "127.0.0.1:0";

    fn new() -> Self {
        Self {
            reactor: Reactor::new().expect("a reactor"),
            nobody: T::nobody(),
            transport: PhantomData,
        }
    }

    fn engine_with_config(&mut self, config: EngineConfig) -> SnmpEngine {
        T::engine(&self.reactor.handle(), config)
    }

    fn reactor(&self) -> Handle {
        self.reactor.handle()
    }

    fn nobody(&self) -> SocketAddr {
        self.nobody.address
    }

    fn settle<R: 'static, E: Fault>(&mut self, deferred: Deferred<R, E>) -> Result<R, E> {
        settle(&mut self.reactor, deferred)
    }

    fn turn_until(&mut self, done: impl Fn() -> bool) {
        turn_until(&mut self.reactor, done);
    }
}

pub(super) struct Simulated {
    simulation: Simulation,
    hosts: u8,
}

impl Place for Simulated {
    const ANY: &'static str = "0.0.0.0:0";

    fn new() -> Self {
        Self {
            simulation: Simulation::new(Wire::new(1)),
            hosts: 0,
        }
    }

    fn engine_with_config(&mut self, config: EngineConfig) -> SnmpEngine {
        self.hosts += 1;
        self.simulation
            .engine_with_config([192, 0, 2, self.hosts], config)
    }

    fn reactor(&self) -> Handle {
        self.simulation.reactor().clone()
    }

    fn nobody(&self) -> SocketAddr {
        ([192, 0, 2, 254], 161).into()
    }

    fn settle<T: 'static, E: Fault>(&mut self, deferred: Deferred<T, E>) -> Result<T, E> {
        self.simulation.block_on(deferred)
    }

    fn turn_until(&mut self, done: impl Fn() -> bool) {
        let limit = self.simulation.now() + Duration::from_secs(3600);
        while !done() {
            assert!(self.simulation.now() < limit, "still not done");
            self.simulation.run(Duration::from_millis(1));
        }
    }
}

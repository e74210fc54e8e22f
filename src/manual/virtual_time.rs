//! Whole programs without sockets and without waiting: for tests, and to see what happens on a bad network.
//!
//! With the feature `testing` there is a `testing::Simulation`: engines, a wire between them that loses, delays, repeats and
//! damages datagrams, and a reactor whose time jumps from one thing that is due to the next. A program that is written with
//! [`hlapi`](crate::hlapi) and gets its [`SnmpEngine`](crate::hlapi::SnmpEngine) from outside runs there as it stands.
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//!
//! /// The program. It would be the same with `SnmpEngine::new(reactor)` and an agent in the next room.
//! fn name_of(engine: &SnmpEngine, agent: &str) -> Deferred<String, SnmpError> {
//!     let target = UdpTransportTarget::new((agent, 161)).retries(9);
//!     let remote = engine.remote(&CommunityData::new("public"), &target);
//!     remote
//!         .get(["SNMPv2-MIB::sysName.0"])
//!         .map(|response| response.iter().map(|name| name.text()).collect())
//! }
//!
//! # #[cfg(feature = "testing")] {
//! use deferred_snmp::access::Views;
//! use deferred_snmp::objects::Scalar;
//! use deferred_snmp::oid;
//! use deferred_snmp::testing::{Simulation, Wire};
//! use std::time::Duration;
//!
//! // A fifth is lost; what happens follows from the seed.
//! let mut simulation = Simulation::new(Wire::new(4711).loss(0.2));
//! let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//!     .community("public", Views::new().read(oid!(1.3.6.1.2.1)))
//!     .listen("192.0.2.1:161".parse()?)
//!     .start()?;
//! agent.scalar("SNMPv2-MIB::sysName", Scalar::constant("gateway"))?;
//!
//! let manager = simulation.engine([198, 51, 100, 1]);
//! assert_eq!(simulation.block_on(name_of(&manager, "192.0.2.1"))?, "gateway");
//!
//! // Nobody is there: ten tries of a second each, and no second is waited for.
//! let before = simulation.now();
//! let error = simulation.block_on(name_of(&manager, "192.0.2.99")).expect_err("silence");
//! assert!(error.is_timeout());
//! assert_eq!(simulation.now() - before, Duration::from_secs(10));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | call | does |
//! |---|---|
//! | `Simulation::new(wire)` | an empty network; `Wire::new(seed)` is perfect, with a delay of one millisecond, unless told otherwise |
//! | `simulation.engine(host)` | an engine on the wire; it asks from that address, and `listen_udp` and `send_from` open others |
//! | `simulation.engine_with_config(host, config)` | the same with settings of its own, made from `simulation.config()` |
//! | `simulation.reactor()` | the [`Handle`](crate::reactor::Handle) for what else the program does |
//! | `simulation.block_on(deferred)` | runs until there is a result, and gives it |
//! | `simulation.run(limit)` | runs until nothing is left to happen, or so much time has passed |
//! | `simulation.wire()` | what the wire has done: how many datagrams, and a digest of all of them |
//!
//! # An agent in a test
//!
//! An agent is put on an engine of the simulation by [`Agent::on`](crate::hlapi::Agent::on). What registers its objects is a function of the
//! program; `main` calls it with an agent of [`Agent::builder`](crate::hlapi::Agent::builder), and a test as here:
//!
//! ```
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::Scalar;
//!
//! /// The program.
//! fn register(agent: &Agent) -> Result<(), SnmpError> {
//!     agent.scalar("SNMPv2-MIB::sysLocation", Scalar::variable("on the roof"))
//! }
//!
//! # #[cfg(feature = "testing")] {
//! use deferred_snmp::access::Views;
//! use deferred_snmp::oid;
//! use deferred_snmp::testing::{Simulation, Wire};
//!
//! // In a test:
//! let mut simulation = Simulation::new(Wire::new(1));
//! let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//!     .community("private", Views::new().read_write(oid!(1.3.6.1)))
//!     .listen("192.0.2.1:161".parse()?)
//!     .start()?;
//! register(&agent)?;
//!
//! let manager = simulation.engine([198, 51, 100, 1]);
//! let target = UdpTransportTarget::new(("192.0.2.1", 161));
//! let remote = manager.remote(&CommunityData::new("private"), &target);
//! let location = "SNMPv2-MIB::sysLocation.0";
//! let set = simulation.block_on(remote.set([(location, "in the cellar")]))?;
//! assert_eq!(set.error_status(), ErrorStatus::NO_ERROR);
//! let response = simulation.block_on(remote.get([location]))?;
//! assert!(response.iter().all(|it| it.text() == "in the cellar"));
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A program that begins with `react`
//!
//! Such a program makes its engine by itself. Move what it does with it into a function: `main` calls that inside
//! [`react`](crate::task::react), and a test calls it with an engine of the simulation. The reactor for timed calls is then
//! [`SnmpEngine::reactor`](crate::hlapi::SnmpEngine::reactor).
//!
//! ```
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::task::{LoopingCall, react};
//! use std::time::Duration;
//!
//! # fn _never_run() -> ExitCode {
//! // In `main`:
//! react(|reactor| poll(&SnmpEngine::new(reactor), "192.0.2.1").start(Duration::from_secs(60), true))
//! # }
//!
//! fn poll(engine: &SnmpEngine, agent: &str) -> LoopingCall {
//!     let target = UdpTransportTarget::new((agent, 161)).retries(2);
//!     let agent = engine.remote(&CommunityData::new("public"), &target);
//!     LoopingCall::new(engine.reactor(), move || {
//!         agent
//!             .get(["SNMPv2-MIB::sysUpTime.0"])
//!             .add_callback(|response| response.iter().for_each(|var_bind| println!("{var_bind}")))
//!             .handle(|error| eprintln!("{error}"))
//!     })
//! }
//!
//! # #[cfg(feature = "testing")] {
//! use deferred_snmp::testing::{Simulation, Wire};
//!
//! // In a test:
//! let mut simulation = Simulation::new(Wire::new(1));
//! let manager = simulation.engine([198, 51, 100, 1]);
//! let polling = poll(&manager, "192.0.2.1");
//! let done = polling.start(Duration::from_secs(60), true);
//! simulation.run(Duration::from_secs(3_600));
//! polling.stop()?;
//! simulation.block_on(done)?;
//! // Nobody is there: 61 rounds, the last of which `done` has waited for, of three tries.
//! assert_eq!(simulation.wire().statistics().sent, 61 * 3);
//! # }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is virtual
//!
//! Everything that goes by the reactor's clock: timed and looping calls, [`sleep`](crate::task::sleep),
//! [`add_timeout`](crate::deferred::Deferred::add_timeout), time-outs and tries of requests, the time of an engine that
//! SNMPv3 compares. While threads work for the program (`defer_to_thread`, look-ups of host names), time stands still until
//! they are done. Sockets that the program opens by itself stay sockets: time goes on without asking them, so a program is
//! either here or there.
//!
//! # What repeats
//!
//! A run follows from the seed of the wire: which datagrams are lost, and which identifiers, salts and names the engines
//! choose. Two runs with the same `simulation.wire().trace()` sent, lost and received the same octets in the same order. What
//! does not repeat is what the program takes from elsewhere: an
//! [`EngineConfig::default`](crate::engine::EngineConfig) draws its seed from the system, threads end when they end, and a
//! [`Cooperator`](crate::task::Cooperator) works for 10 ms of the system's time in each pass.
//!
//! # Without a reactor
//!
//! `Simulation::add` takes an engine of [`engine`](crate::engine) by itself, with its events in a list. Both kinds can be on
//! the same wire. The examples `virtual_time` and `sans_io_simulation` show one each.
//!
//! # Another network of your own
//!
//! The wire is one of the things that carry messages; [`transport::Network`](crate::transport::Network) is what an engine needs
//! of them, and [`SnmpEngine::with_network`](crate::hlapi::SnmpEngine::with_network) takes another one, such as a tunnel or a
//! serial line. [`transport`](crate::transport#a-network-of-your-own) has a small one in full.

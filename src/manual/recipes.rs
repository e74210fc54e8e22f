//! Small programs and functions for what most people come for. Each is compiled with the tests.
//!
//! | recipe | with |
//! |---|---|
//! | [poll an agent](#poll) | [`LoopingCall`](crate::task::LoopingCall) |
//! | [write traps to a file](#traps-to-a-file) | [`NotificationReceiver::deferred`](crate::hlapi::NotificationReceiver::deferred) |
//! | [set a value, and see that it holds](#set-with-a-check) | [`Response::into_result`](crate::hlapi::Response::into_result) |
//! | [a table as structs](#table-to-structs) | [`RemoteEngine::table`](crate::hlapi::RemoteEngine::table) |
//! | [whose engine is it?](#discover) | [`discover`](crate::hlapi::discover) |
//! | [ask many agents](#many-agents) | [`DeferredSemaphore`](crate::deferred::DeferredSemaphore), [`gather_results`](crate::deferred::gather_results) |
//! | [a limit on the whole](#a-limit-on-the-whole) | [`add_timeout`](crate::deferred::Deferred::add_timeout) |
//! | [a test without waiting](#a-test-without-waiting) | [`Clock`](crate::task::Clock), the feature `testing` |
//!
//! # Poll
//!
//! The loop keeps to its grid of five seconds, and skips a round while the last one lasts. An error that the function
//! returns ends the loop, so one that is handled here lets it go on; `stop` ends it in good order.
//!
//! ```no_run
//! // Not run here: it asks an agent on port 161, and goes on for ever.
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::task::{LoopingCall, react};
//! use std::time::Duration;
//!
//! fn main() -> ExitCode {
//!     react(|reactor| {
//!         let engine = SnmpEngine::new(reactor);
//!         let target = UdpTransportTarget::new(("127.0.0.1", 161)).retries(1);
//!         let agent = engine.remote(&CommunityData::new("public"), &target);
//!         LoopingCall::new(reactor, move || {
//!             agent
//!                 .get(["IF-MIB::ifInOctets.1", "IF-MIB::ifOutOctets.1"])
//!                 .add_callback(|response| response.iter().for_each(|var_bind| println!("{var_bind}")))
//!                 .handle(|error| eprintln!("{error}"))
//!         })
//!         .start(Duration::from_secs(5), true)
//!     })
//! }
//! ```
//!
//! `examples/poll_every_five_seconds.rs` does it for many agents, with fewer questions to those that are silent.
//!
//! # Traps to a file
//!
//! An inform is acknowledged once its line is in the file. If that fails, it is not, and its sender tries again.
//!
//! ```no_run
//! // Not run here: it waits until somebody sends something.
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::reactor::Reactor;
//! use std::error::Error;
//! use std::fs::File;
//! use std::io::Write;
//!
//! fn main() -> Result<(), Box<dyn Error>> {
//!     let mut reactor = Reactor::new()?;
//!     let engine = SnmpEngine::new(&reactor.handle());
//!     log_traps(&engine, File::options().create(true).append(true).open("traps.txt")?)?;
//!     engine.add_v1_system("everybody", "public");
//!     println!("at {}", engine.listen_udp("127.0.0.1:1162".parse()?)?);
//!     Ok(reactor.run()?) // until it is stopped: with the feature `signals`, by SIGINT and SIGTERM
//! }
//!
//! fn log_traps(engine: &SnmpEngine, mut file: File) -> Result<(), SnmpError> {
//!     NotificationReceiver::deferred(engine, move |notification| {
//!         write!(file, "{}", notification.address())?;
//!         for var_bind in &notification {
//!             write!(file, " | {var_bind}")?;
//!         }
//!         writeln!(file)?;
//!         file.sync_data()?;
//!         Ok(())
//!     })?;
//!     Ok(())
//! }
//! ```
//!
//! `examples/trap_daemon_json_lines.rs` writes [JSON](super::features#serde) and knows a user of SNMPv3. There,
//! [`with_state_file`](crate::hlapi::SnmpEngine::with_state_file) keeps the name by which senders of informs know the receiver.
//!
//! # Set with a check
//!
//! An error-status is part of the response: `into_result` puts it on the failure track, with the name of the variable
//! that was refused. What the agent made of the value, only a GET tells.
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects;
//!
//! fn rename(agent: RemoteEngine, name: &str, port: u32) -> Deferred<String, SnmpError> {
//!     let alias = ObjectType::symbol("IF-MIB", "ifAdminStatus", port);
//!     agent
//!         .set(objects![("SNMPv2-MIB::sysName.0", name), alias.value("up")])
//!         .add_callback(Response::into_result)
//!         .add_callback(move |_| agent.get(["SNMPv2-MIB::sysName.0"]))
//!         .add_callback(Response::into_result)
//!         .map(|response| response.iter().map(|var_bind| var_bind.text()).collect())
//! }
//! ```
//!
//! # Table to structs
//!
//! Rows come in the order of their indices, each once; a cell that the agent does not have is `None`.
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//!
//! #[derive(Debug)]
//! struct Interface {
//!     number: u32,
//!     name: String,
//!     octets_in: u64,
//! }
//!
//! fn interfaces(agent: &RemoteEngine) -> Deferred<Vec<Interface>, SnmpError> {
//!     agent.table(["IF-MIB::ifDescr", "IF-MIB::ifInOctets"]).map(|table| {
//!         let interface = |row: TableRow<'_>| {
//!             Some(Interface {
//!                 number: row.index().as_u32()?,
//!                 name: row.get("ifDescr")?.text(),
//!                 octets_in: row.get("ifInOctets")?.value().as_u64()?,
//!             })
//!         };
//!         table.iter().filter_map(interface).collect()
//!     })
//! }
//! ```
//!
//! # Discover
//!
//! An engine of SNMPv3 tells its name to anybody (RFC 3414 section 4), as `examples/discover_engine_id.rs` shows.
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//!
//! fn is_the_same(
//!     engine: &SnmpEngine,
//!     first: &UdpTransportTarget,
//!     second: UdpTransportTarget,
//! ) -> Deferred<bool, SnmpError> {
//!     let engine = engine.clone();
//!     discover(&engine, first)
//!         .add_callback(move |one| discover(&engine, &second).map(move |other| one == other))
//! }
//! ```
//!
//! # Many agents
//!
//! One engine asks them all, through one socket. The semaphore says how many are asked at a time; each question is
//! a Deferred, and what they come to is one more. A silent agent costs its own time-out and no other's.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, DeferredList, DeferredSemaphore};
//! use deferred_snmp::hlapi::*;
//!
//! fn descriptions(
//!     engine: &SnmpEngine,
//!     targets: Vec<UdpTransportTarget>,
//! ) -> Deferred<(), SnmpError> {
//!     let community = CommunityData::new("public");
//!     let at_a_time = DeferredSemaphore::new(100).expect("more than none");
//!     let questions = targets.into_iter().map(|target| {
//!         let agent = engine.remote(&community, &target);
//!         let question = at_a_time.run(move || agent.get(["SNMPv2-MIB::sysDescr.0"]));
//!         question.add_both(move |result| match result {
//!             Ok(response) => response.iter().for_each(|var_bind| println!("{target}: {var_bind}")),
//!             Err(error) => println!("{target}: {error}"),
//!         })
//!     });
//!     DeferredList::new(questions).map(|_| ())
//! }
//! ```
//!
//! # A limit on the whole
//!
//! `timeout` and `retries` of a target are for each request. What a chain of several may take is a time-out of its own,
//! which cancels whatever it waits for. The members of a list with a limit see that as a cancellation; where each is to say that
//! it was late, give each the limit.
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//! use std::time::Duration;
//!
//! fn system_group(agent: &RemoteEngine) -> Deferred<(), SnmpError> {
//!     agent
//!         .walk(["SNMPv2-MIB::system"])
//!         .lexicographic_mode(false)
//!         .for_each(|row| row.iter().for_each(|var_bind| println!("{var_bind}")))
//!         .add_timeout(Duration::from_secs(10), agent.reactor())
//!         .map(|_| ())
//!         .add_errback(|error| match error.is_timeout() {
//!             true => Ok(println!("took too long: {error}")),
//!             false => Err(error),
//!         })
//! }
//! ```
//!
//! # A test without waiting
//!
//! A function that gets its clock and its question as arguments does not know whether it runs on a reactor or on a
//! [`Clock`](crate::task::Clock) that the test moves. With the feature `testing`, a Deferred tells what it has come to.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Interrupt, TimeSource, fail, succeed};
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::task::{Clock, defer_later};
//! use std::time::Duration;
//!
//! /// Asks until there is an answer. The program calls `until_up(reactor.clone(), move || up_time(&agent))`.
//! fn until_up<C: TimeSource>(
//!     clock: C,
//!     mut ask: impl FnMut() -> Deferred<u32, SnmpError> + 'static,
//! ) -> Deferred<u32, SnmpError> {
//!     ask().try_errback(move |error| match error.is_timeout() {
//!         true => Ok(defer_later(&clock.clone(), Duration::from_secs(10), || until_up(clock, ask))),
//!         false => Err(error),
//!     })
//! }
//!
//! # #[cfg(feature = "testing")] {
//! use deferred_snmp::testing::{assert_no_result, success_result_of};
//!
//! let silence = SnmpError::Interrupt(Interrupt::TimedOut(Duration::from_secs(6)));
//! let mut answers = vec![succeed(4711), fail(silence.clone()), fail(silence)];
//! let clock = Clock::new();
//! let up = until_up(clock.clone(), move || answers.pop().expect("it asks three times"));
//! clock.pump([Duration::from_secs(10), Duration::from_secs(9)])?;
//! assert_no_result(&up);
//! clock.advance(Duration::from_secs(1))?;
//! assert_eq!(success_result_of(up), 4711);
//! # }
//! # Ok::<(), deferred_snmp::task::ClockSpins>(())
//! ```
//!
//! A test of messages and agents as well runs on a simulated network: [`virtual_time`](super::virtual_time).

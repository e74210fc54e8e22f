//! An agent: objects that take their time, and objects that change while they are served.
//!
//! A whole agent: objects in a tree, an engine with a community, a port.
//!
//! ```no_run
//! use deferred_snmp::access::OpenAccess;
//! use deferred_snmp::applications::CommandResponder;
//! use deferred_snmp::hlapi::SnmpEngine;
//! use deferred_snmp::objects::{MibTree, Scalar};
//! use deferred_snmp::oid;
//! use deferred_snmp::reactor::Reactor;
//!
//! // Not run here: it serves until it is stopped.
//! let mut reactor = Reactor::new()?;
//! let engine = SnmpEngine::new(&reactor.handle());
//! engine.add_v1_system("reader", "public");
//! let mut tree = MibTree::new();
//! tree.register(oid!(1.3.6.1.2.1.1.1), Scalar::constant("a thermometer"))?;
//! tree.register(oid!(1.3.6.1.4.1.8072.9999.9999.1), Scalar::variable(21).writable(|_| Ok(())))?;
//! let agent = engine.register_responder(CommandResponder::new(tree, OpenAccess))?;
//! engine.listen_udp("127.0.0.1:1161".parse()?)?;
//! reactor.run()?;
//! # drop(agent);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`OpenAccess`](crate::access::OpenAccess) lets everybody read and write; [`security`](super::security) says what else there
//! is.
//!
//! # An answer that comes later
//!
//! What a managed object is asked for need not be there. [`Scalar::later`](crate::objects::Scalar::later) and
//! [`Column::later`](crate::objects::Column::later) take a closure that returns a
//! [`Deferred`](crate::deferred::Deferred); the request waits until that fires, and all others are served meanwhile. The
//! variables of one request wait side by side, so that ten sensors of 300 ms each are read in 300 ms. An `async` block becomes a
//! Deferred by [`Handle::inline_callbacks`](crate::reactor::Handle::inline_callbacks) where its `?` meets errors of several
//! types, else by [`spawn`](crate::reactor::Handle::spawn).
//!
//! This one is asked in virtual time, which needs the feature `testing`; the agent itself does not:
//!
//! ```
//! use std::time::Duration;
//!
//! use deferred_snmp::access::OpenAccess;
//! use deferred_snmp::applications::CommandResponder;
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::{MibTree, Scalar};
//! use deferred_snmp::oid;
//! use deferred_snmp::reactor::Handle;
//! use deferred_snmp::task::sleep;
//! use deferred_snmp::testing::{Simulation, Wire};
//!
//! /// Asks a sensor over some slow wire.
//! fn read_sensor(reactor: &Handle) -> Deferred<i32> {
//!     sleep(reactor, Duration::from_millis(300)).map(|()| 21)
//! }
//!
//! let mut simulation = Simulation::new(Wire::new(1));
//! let reactor = simulation.reactor().clone();
//! let mut tree = MibTree::new();
//! for number in 1..=3 {
//!     let reactor = reactor.clone();
//!     let sensor = Scalar::later(move |_asker| read_sensor(&reactor));
//!     tree.register(oid!(1.3.6.1.4.1.8072.9999.9999.2).child(number)?, sensor)?;
//! }
//! let agent = simulation.engine([192, 0, 2, 1]);
//! agent.add_v1_system("reader", "public");
//! agent.register_responder(CommandResponder::new(tree, OpenAccess))?;
//! let address = "192.0.2.1:161".parse()?;
//! agent.listen_udp(address)?;
//!
//! let manager = simulation.engine([198, 51, 100, 1]);
//! let remote = manager.remote(&CommunityData::new("public"), &UdpTransportTarget::from(address));
//! let sensors = [1, 2, 3].map(|number| format!("1.3.6.1.4.1.8072.9999.9999.2.{number}.0"));
//! let response = simulation.block_on(remote.get(sensors))?;
//! assert!(response.iter().all(|it| it.as_i64() == Some(21)));
//! assert!(simulation.elapsed() < Duration::from_millis(400));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A Deferred that fails is genErr for its variable, and the log says which object it was and why, once a second at most
//! ([records](super::features#records)): one that panics, is dropped or is cancelled too. So is one that has not fired after
//! 5 seconds, which is cancelled then
//! ([`set_read_timeout`](crate::applications::CommandResponder::set_read_timeout)). One that has no value can say that by a
//! [`ReadError`](crate::objects::ReadError).
//!
//! A genErr ends a walk. With a deadline of its own, a sensor that is dead is left out, and the walk goes on behind it:
//!
//! ```
//! use std::time::Duration;
//!
//! use deferred_snmp::deferred::{Deferred, Failure};
//! use deferred_snmp::objects::{ReadError, Scalar};
//! use deferred_snmp::reactor::Handle;
//! # use deferred_snmp::reactor::Reactor;
//! # use deferred_snmp::task::sleep;
//! # fn read_sensor(reactor: &Handle) -> Deferred<i32> {
//! #     sleep(reactor, Duration::from_secs(100)).map(|()| 21)
//! # }
//!
//! fn alive(reactor: &Handle) -> Deferred<i32> {
//!     read_sensor(reactor)
//!         .add_timeout(Duration::from_secs(1), reactor)
//!         .map_err(|_| Failure::from(ReadError::NoSuchInstance))
//! }
//!
//! # let reactor = Reactor::new()?.handle();
//! let sensor = Scalar::later(move |_asker| alive(&reactor));
//! # drop(sensor);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # A table that is loaded
//!
//! Rows that are expensive to get are loaded when they are asked for, and kept for a time: [`Cached`](crate::hlapi::Cached) has
//! the closure that loads them, at once or by a Deferred, and [`Rows::cached`](crate::hlapi::Rows::cached) the columns. However
//! many requests wait, there is one load. A response has rows of one load only, and a failed one is genErr for a second.
//!
//! ```
//! use std::collections::BTreeMap;
//! use std::time::Duration;
//!
//! use deferred_snmp::access::OpenAccess;
//! use deferred_snmp::applications::CommandResponder;
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::MibTree;
//! use deferred_snmp::oid;
//! use deferred_snmp::task::sleep;
//! use deferred_snmp::testing::{Simulation, Wire};
//!
//! let mut simulation = Simulation::new(Wire::new(1));
//! let reactor = simulation.reactor().clone();
//! // The names of the disks, by their numbers.
//! let disks = Cached::new(Duration::from_secs(10), move || -> Deferred<BTreeMap<u32, &str>> {
//!     let disks = sleep(&reactor, Duration::from_millis(500));
//!     disks.map(|()| BTreeMap::from([(1, "sda"), (2, "sdb")]))
//! });
//! let mut tree = MibTree::new();
//! tree.register(oid!(1.3.6.1.4.1.99.1.1), Rows::cached(disks.clone()).octets(2, |name| *name))?;
//! let agent = simulation.engine([192, 0, 2, 1]);
//! agent.add_v1_system("reader", "public");
//! agent.register_responder(CommandResponder::new(tree, OpenAccess))?;
//! let address = "192.0.2.1:161".parse()?;
//! agent.listen_udp(address)?;
//!
//! let manager = simulation.engine([198, 51, 100, 1]);
//! let remote = manager.remote(&CommunityData::new("public"), &UdpTransportTarget::from(address));
//! let walk = remote.walk(["1.3.6.1.4.1.99.1.1"]).collect();
//! assert_eq!(simulation.block_on(walk)?.len(), 2);
//! assert!(simulation.elapsed() < Duration::from_millis(600), "they are loaded once");
//! // A disk has come, and the program knows it:
//! disks.flush();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A subtree by a coroutine
//!
//! [`handler`](crate::hlapi::handler) answers for everything below a name by an `async` closure: what a database or another
//! program has. It is given an [`Ask`](crate::hlapi::Ask) for each variable, which says what is wanted, of which instance, and
//! who wants it, and returns a [`Reply`](crate::hlapi::Reply). A reply to GETNEXT may bring the value along.
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Failure};
//! use deferred_snmp::hlapi::{Ask, AskKind, Reply, Value, handler};
//! use deferred_snmp::objects::MibTree;
//! use deferred_snmp::oid;
//!
//! /// The client of some store.
//! #[derive(Clone)]
//! struct Store;
//!
//! impl Store {
//!     fn get(&self, key: String) -> Deferred<Option<Value>> {
//!         # _ = key;
//!         // A request over the network.
//!         Deferred::succeed(Some(Value::Integer(7)))
//!     }
//!
//!     fn next(&self, key: String) -> Deferred<Option<(Vec<u32>, Value)>> {
//!         # _ = key;
//!         Deferred::succeed(None)
//!     }
//! }
//!
//! async fn answer(store: Store, ask: Ask) -> Result<Reply, Failure> {
//!     Ok(match ask.kind {
//!         AskKind::Get => store.get(ask.name.to_string()).await?.into(),
//!         AskKind::Next => store.next(ask.name.to_string()).await?.into(),
//!         // SET does not come here without `Handler::writable`.
//!         AskKind::Check(_) | AskKind::Set(_) => Reply::None,
//!     })
//! }
//!
//! let mut tree = MibTree::new();
//! tree.register(oid!(1.3.6.1.4.1.99.3), handler(move |ask| answer(Store, ask)))?;
//! # assert_eq!(tree.get(oid!(1.3.6.1.4.1.99.3.1).as_ref())?.as_ref().as_i64(), Some(7));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/agent_slow_objects` is a whole program with both.
//!
//! # A SET that ends later
//!
//! [`Scalar::writable_later`](crate::objects::Scalar::writable_later) takes a closure that is given the value and returns a
//! Deferred, which fires when the device has it. One SET at a time runs in a context, and nothing that is read waits for it.
//! If another object of the same SET fails, the closure is called once more with the former value. What can be known of a value
//! beforehand belongs in [`Scalar::validate`](crate::objects::Scalar::validate), whose errors have names; what fails later is
//! commitFailed. A device has 10 seconds ([`set_set_timeout`](crate::applications::CommandResponder::set_set_timeout)). A manager
//! that asks again meanwhile starts nothing: it gets the one answer.
//!
//! ```
//! use std::cell::Cell;
//! use std::rc::Rc;
//! use std::time::Duration;
//!
//! use deferred_snmp::objects::{Scalar, SetError};
//! use deferred_snmp::reactor::Reactor;
//! use deferred_snmp::smi::{Value, ValueRef};
//! use deferred_snmp::task::sleep;
//!
//! let reactor = Reactor::new()?.handle();
//! let speed = Rc::new(Cell::new(25));
//! let reading = Rc::clone(&speed);
//! let fan = Scalar::dynamic(move || reading.get())
//!     .validate(|value| match value {
//!         ValueRef::Integer(0..=100) => Ok(()),
//!         _ => Err(SetError::WrongValue),
//!     })
//!     .writable_later(move |value, _asker| {
//!         let speed = Rc::clone(&speed);
//!         // The device is told, and has it after a while.
//!         sleep(&reactor, Duration::from_millis(300)).map(move |()| {
//!             if let Value::Integer(value) = value {
//!                 speed.set(value);
//!             }
//!         })
//!     });
//! # drop(fan);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # An object of one's own
//!
//! A [`ManagedObject`](crate::objects::ManagedObject) answers for all below its name, and each of its methods is told who
//! asks. [`Asker::later`](crate::objects::Asker::later) makes an answer of a Deferred,
//! [`advance_later`](crate::objects::Asker::advance_later) the next name, and
//! [`phase_later`](crate::objects::Asker::phase_later) the end of a phase of a SET. Where there is no Deferred, what comes from
//! elsewhere is handed in under a [ticket](crate::objects::Asker::ticket), by
//! [`RegisteredResponder::complete`](crate::hlapi::RegisteredResponder::complete).
//!
//! Two variables that are set together or not at all: `check` sees each alone, `reserve` all of them.
//!
//! ```
//! use deferred_snmp::objects::{
//!     Advance, Answer, Asker, Assignments, ManagedObject, ReadError, Refused, SetError, SetPhase,
//! };
//! use deferred_snmp::smi::ValueRef;
//!
//! #[derive(Clone, Copy)]
//! struct Remote {
//!     address: [u8; 4],
//!     port: i32,
//! }
//!
//! /// 1.0 is the address, 2.0 the port.
//! struct Pair {
//!     now: Remote,
//!     /// What the SET under way assigns.
//!     reserved: Option<Remote>,
//!     /// What was there before it.
//!     before: Option<Remote>,
//! }
//!
//! impl ManagedObject for Pair {
//!     fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
//!         Ok(match instance {
//!             [1, 0] => ValueRef::OctetString(&self.now.address).into(),
//!             [2, 0] => ValueRef::Integer(self.now.port).into(),
//!             [1 | 2, ..] => return Err(ReadError::NoSuchInstance),
//!             _ => return Err(ReadError::NoSuchObject),
//!         })
//!     }
//!
//!     fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
//!         let next = [[1, 0], [2, 0]].into_iter().find(|name| **instance < *name.as_slice());
//!         *instance = next.map(Vec::from).unwrap_or_default();
//!         next.is_some().into()
//!     }
//!
//!     fn check(&mut self, _: &Asker<'_>, instance: &[u32], value: ValueRef<'_>) -> Result<(), SetError> {
//!         match (instance, value) {
//!             ([1, 0], ValueRef::OctetString(octets)) if octets.len() == 4 => Ok(()),
//!             ([1, 0], ValueRef::OctetString(_)) => Err(SetError::WrongLength),
//!             ([2, 0], ValueRef::Integer(1..=65_535)) => Ok(()),
//!             ([2, 0], ValueRef::Integer(_)) => Err(SetError::WrongValue),
//!             ([1 | 2, 0], _) => Err(SetError::WrongType),
//!             _ => Err(SetError::NoCreation),
//!         }
//!     }
//!
//!     fn reserve(&mut self, _: &Asker<'_>, assignments: Assignments<'_>) -> Result<SetPhase, Refused> {
//!         let (mut address, mut port) = (None, None);
//!         for (assignment, it) in assignments.iter().enumerate() {
//!             match (it.instance, it.value) {
//!                 ([1, 0], ValueRef::OctetString(octets)) => address = octets.try_into().ok(),
//!                 ([2, 0], ValueRef::Integer(number)) => port = Some(number),
//!                 // The response points at this one.
//!                 _ => return Err(Refused { error: SetError::GenErr, assignment }),
//!             }
//!         }
//!         let (Some(address), Some(port)) = (address, port) else {
//!             return Err(SetError::InconsistentValue.into());
//!         };
//!         self.reserved = Some(Remote { address, port });
//!         Ok(SetPhase::Done)
//!     }
//!
//!     fn commit(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
//!         let next = self.reserved.take().ok_or(SetError::GenErr)?;
//!         self.before = Some(std::mem::replace(&mut self.now, next));
//!         Ok(SetPhase::Done)
//!     }
//!
//!     fn undo(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
//!         self.now = self.before.take().ok_or(SetError::GenErr)?;
//!         Ok(SetPhase::Done)
//!     }
//!
//!     fn cleanup(&mut self, _: Assignments<'_>) {
//!         self.reserved = None;
//!         self.before = None;
//!     }
//! }
//! # use deferred_snmp::objects::{Assignment, MibTree};
//! # let mut pair = Pair { now: Remote { address: [127, 0, 0, 1], port: 162 }, reserved: None, before: None };
//! # let address = Assignment::new(&[1, 0], ValueRef::OctetString(&[127, 0, 0, 2]));
//! # let port = Assignment::new(&[2, 0], ValueRef::Integer(1162));
//! # let alone = [port];
//! # let error = pair.reserve(&Asker::program(), Assignments::from(&alone)).unwrap_err();
//! # assert_eq!(error.error, SetError::InconsistentValue);
//! # let both = [port, address];
//! # let both = Assignments::from(&both);
//! # pair.reserve(&Asker::program(), both)?;
//! # pair.commit(&Asker::program(), both)?;
//! # assert_eq!((pair.now.address, pair.now.port), ([127, 0, 0, 2], 1162));
//! # pair.undo(&Asker::program(), both)?;
//! # assert_eq!((pair.now.address, pair.now.port), ([127, 0, 0, 1], 162));
//! # let mut tree = MibTree::new();
//! # let name = deferred_snmp::oid!(1.3.6.1.4.1.8072.9999.9999.1);
//! # tree.register(name.clone(), pair)?;
//! # let (first, _) = tree.get_next(&name)?.unwrap();
//! # let (second, _) = tree.get_next(&first)?.unwrap();
//! # assert_eq!(second, name.extend([2, 0])?);
//! # assert!(tree.get_next(&second)?.is_none());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! `examples/mib_custom_object.rs` tries such objects without a network.
//!
//! # Changes while it serves
//!
//! [`SnmpEngine::register_responder`](crate::hlapi::SnmpEngine::register_responder) gives a
//! [`RegisteredResponder`](crate::hlapi::RegisteredResponder): objects come and go by it, contexts too, and access changes. It may be
//! used at any time, in the code of an object as well, even to take out that object itself. A walk that is under way goes on
//! from the name it has come to.
//!
//! ```
//! use deferred_snmp::access::OpenAccess;
//! use deferred_snmp::applications::CommandResponder;
//! use deferred_snmp::hlapi::SnmpEngine;
//! use deferred_snmp::objects::{Column, MibTree, Table};
//! use deferred_snmp::oid;
//! use deferred_snmp::reactor::Reactor;
//!
//! let reactor = Reactor::new()?;
//! let engine = SnmpEngine::new(&reactor.handle());
//! let agent = engine.register_responder(CommandResponder::new(MibTree::new(), OpenAccess))?;
//! let interfaces = oid!(1.3.6.1.2.1.2.2.1);
//! agent.register(interfaces.clone(), Table::new([Column::new(2)]))?;
//! // An interface comes up:
//! agent.with(&interfaces, |table: &mut Table| table.insert(&[3], [(2, "eth2")]));
//! // A card is pulled out for a while, and its context with it:
//! agent.contexts().insert("card-7", MibTree::new());
//! assert!(agent.contexts().set_available("card-7", false), "there is such a context");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What bounds it
//!
//! No request holds up others. One that looks for long gives way after 4,096 steps
//! ([`set_slice`](crate::applications::CommandResponder::set_slice)) and goes on in the reactor's next pass, after new requests.
//! What waits is bounded for one object, one asker and in all: [`CommandResponder`](crate::applications::CommandResponder) has
//! the figures. When the engine is closed or the reactor ends, what waits is given up: Deferreds are cancelled, and a SET that has
//! not ended is undone. Where `undo` returns a Deferred, that runs on for as long as the reactor does.

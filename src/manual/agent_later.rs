//! An agent whose objects take their time, and objects of one's own.
//!
//! How an agent is put together, the page before says: [`agent`](super::agent).
//!
//! # An answer that comes later
//!
//! What a managed object is asked for need not be there. [`Scalar::later`](crate::objects::Scalar::later) and
//! [`Column::later`](crate::objects::Column::later) take a closure that returns a
//! [`Deferred`](crate::deferred::Deferred); the request waits until that fires, and all others are served meanwhile. The
//! variables of one request wait side by side, so that ten sensors of 300 ms each are read in 300 ms. An `async` block whose
//! `?` meets errors becomes a Deferred by [`Handle::inline_callbacks`](crate::reactor::Handle::inline_callbacks), whatever errors they are;
//! an `async fn` that names its error by [`spawn`](crate::reactor::Handle::spawn).
//!
//! This one is asked in virtual time, which needs the feature `testing`; the agent itself does not:
//!
//! ```
//! use std::time::Duration;
//!
//! use deferred_snmp::access::Views;
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::objects::Scalar;
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
//! let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//!     .community("public", Views::new().read(oid!(1.3.6.1.4.1)))
//!     .listen("192.0.2.1:161".parse()?)
//!     .start()?;
//! for number in 1..=3 {
//!     let reactor = simulation.reactor().clone();
//!     let sensor = Scalar::later(move |_asker| read_sensor(&reactor));
//!     agent.scalar(oid!(1.3.6.1.4.1.8072.9999.9999.2).child(number)?, sensor)?;
//! }
//!
//! let manager = simulation.engine([198, 51, 100, 1]);
//! let remote = manager.remote(&CommunityData::new("public"), &UdpTransportTarget::new(("192.0.2.1", 161)));
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
//! # A library that blocks
//!
//! Some libraries return only when the device has answered, and would hold up all else meanwhile. They are called on a thread of the
//! pool by [`Handle::defer_to_thread`](crate::reactor::Handle::defer_to_thread), whose Deferred fires on the reactor's own thread. What
//! crosses threads has to be `Send`; an error may be of any type, and is genErr and a record. A call that takes longer than the time-out
//! goes on until the library returns, and nobody waits for it.
//!
//! ```
//! use std::io;
//!
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::objects::Scalar;
//! use deferred_snmp::reactor::Handle;
//! # use deferred_snmp::access::Views;
//! # use deferred_snmp::hlapi::*;
//! # use deferred_snmp::oid;
//! # use deferred_snmp::testing::{Simulation, Wire};
//!
//! /// Of a library: it returns when the device has answered.
//! fn blocking_read(bus: u8) -> io::Result<i32> {
//! #     _ = bus;
//!     Ok(21)
//! }
//!
//! fn read_sensor(reactor: &Handle, bus: u8) -> Deferred<i32> {
//!     reactor.defer_to_thread(move || blocking_read(bus))
//! }
//!
//! # let mut simulation = Simulation::new(Wire::new(1));
//! # let reactor = simulation.reactor().clone();
//! # let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//! #     .community("public", Views::new().read(oid!(1.3.6.1.4.1)))
//! #     .listen("192.0.2.1:161".parse()?)
//! #     .start()?;
//! let sensor = Scalar::later(move |_asker| read_sensor(&reactor, 1));
//! agent.scalar("1.3.6.1.4.1.99.2", sensor)?;
//! # let manager = simulation.engine([198, 51, 100, 1]);
//! # let remote = manager.remote(&CommunityData::new("public"), &UdpTransportTarget::new(("192.0.2.1", 161)));
//! # let response = simulation.block_on(remote.get(["1.3.6.1.4.1.99.2.0"]))?;
//! # assert!(response.iter().all(|it| it.as_i64() == Some(21)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
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
//! use deferred_snmp::access::Views;
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::hlapi::*;
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
//! let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//!     .community("public", Views::new().read(oid!(1.3.6.1.4.1)))
//!     .listen("192.0.2.1:161".parse()?)
//!     .start()?;
//! agent.table(oid!(1.3.6.1.4.1.99.1.1), Rows::cached(disks.clone()).octets(2, |name| *name))?;
//!
//! let manager = simulation.engine([198, 51, 100, 1]);
//! let remote = manager.remote(&CommunityData::new("public"), &UdpTransportTarget::new(("192.0.2.1", 161)));
//! let walk = remote.walk(["1.3.6.1.4.1.99.1.1"]).collect();
//! assert_eq!(simulation.block_on(walk)?.len(), 2);
//! assert!(simulation.elapsed() < Duration::from_millis(600), "they are loaded once");
//! // A disk has come, and the program knows it:
//! disks.flush();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A load that fails ends a walk. A program that would rather show the rows it had last keeps them itself, and its load returns them in
//! place of the error. They are in an `Rc` here, so that nothing is copied, and come from a library that blocks:
//!
//! ```
//! use std::cell::RefCell;
//! use std::collections::BTreeMap;
//! use std::io;
//! use std::rc::Rc;
//! use std::time::Duration;
//!
//! use deferred_snmp::deferred::{Deferred, Failure};
//! use deferred_snmp::hlapi::{Cached, RowCollection, Rows};
//! # use deferred_snmp::access::Views;
//! # use deferred_snmp::hlapi::*;
//! # use deferred_snmp::oid;
//! # use deferred_snmp::testing::{Simulation, Wire};
//!
//! /// Of a library: it returns when the daemon has answered.
//! fn blocking_list() -> io::Result<BTreeMap<u32, String>> {
//! #     static CALLS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
//! #     if CALLS.fetch_add(1, std::sync::atomic::Ordering::Relaxed) > 0 {
//! #         return Err(io::Error::other("the daemon is away"));
//! #     }
//!     Ok(BTreeMap::from([(1, "sda".to_owned()), (2, "sdb".to_owned())]))
//! }
//!
//! #[derive(Clone)]
//! struct Disks(Rc<BTreeMap<u32, String>>);
//!
//! impl RowCollection for Disks {
//!     type Index = u32;
//!     type Row = String;
//!
//!     fn first_from(&self, from: &u32) -> Option<u32> {
//!         self.0.first_from(from)
//!     }
//!
//!     fn row(&self, index: &u32) -> Option<&String> {
//!         self.0.get(index)
//!     }
//!
//!     // No column can be set.
//!     fn row_mut(&mut self, _: &u32) -> Option<&mut String> {
//!         None
//!     }
//! }
//!
//! # let mut simulation = Simulation::new(Wire::new(1));
//! # let reactor = simulation.reactor().clone();
//! # let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//! #     .community("public", Views::new().read(oid!(1.3.6.1.4.1)))
//! #     .listen("192.0.2.1:161".parse()?)
//! #     .start()?;
//! let last_good: Rc<RefCell<Option<Disks>>> = Rc::default();
//! let disks = Cached::new(Duration::from_secs(10), move || -> Deferred<Disks> {
//!     let (keep, fall_back) = (Rc::clone(&last_good), Rc::clone(&last_good));
//!     reactor
//!         .defer_to_thread(blocking_list)
//!         .map(move |disks| {
//!             let disks = Disks(Rc::new(disks));
//!             keep.replace(Some(disks.clone()));
//!             disks
//!         })
//!         // Nothing has been loaded yet: then it is an error after all.
//!         .add_errback(move |error: Failure| fall_back.borrow().clone().ok_or(error))
//! });
//! # let expiring = disks.clone();
//! agent.table("1.3.6.1.4.1.99.1.1", Rows::cached(disks).octets(2, |name| name))?;
//! # let manager = simulation.engine([198, 51, 100, 1]);
//! # let remote = manager.remote(&CommunityData::new("public"), &UdpTransportTarget::new(("192.0.2.1", 161)));
//! # for _ in 0..2 {
//! #     let walk = remote.walk(["1.3.6.1.4.1.99.1.1"]).collect();
//! #     assert_eq!(simulation.block_on(walk)?.len(), 2);
//! #     expiring.flush();
//! # }
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
//! # use deferred_snmp::access::Views;
//! # use deferred_snmp::hlapi::{Agent, CommunityData, UdpTransportTarget};
//! # use deferred_snmp::oid;
//! # use deferred_snmp::testing::{Simulation, Wire};
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
//! # let mut simulation = Simulation::new(Wire::new(1));
//! # let agent = Agent::on(&simulation.engine([192, 0, 2, 1]))
//! #     .community("public", Views::new().read(oid!(1.3.6.1.4.1)))
//! #     .listen("192.0.2.1:161".parse()?)
//! #     .start()?;
//! agent.subtree("1.3.6.1.4.1.99.3", handler(move |ask| answer(Store, ask)))?;
//! # let manager = simulation.engine([198, 51, 100, 1]);
//! # let remote = manager.remote(&CommunityData::new("public"), &UdpTransportTarget::new(("192.0.2.1", 161)));
//! # let response = simulation.block_on(remote.get(["1.3.6.1.4.1.99.3.1"]))?;
//! # assert!(response.iter().all(|it| it.as_i64() == Some(7)));
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
//! # What bounds it
//!
//! No request holds up others. One that looks for long gives way after 4,096 steps
//! ([`set_slice`](crate::applications::CommandResponder::set_slice)) and goes on in the reactor's next pass, after new requests.
//! What waits is bounded for one object, one asker and in all: [`CommandResponder`](crate::applications::CommandResponder) has
//! the figures. When the engine is closed or the reactor ends, what waits is given up: Deferreds are cancelled, and a SET that has
//! not ended is undone. Where `undo` returns a Deferred, that runs on for as long as the reactor does.

//! An agent: objects that take their time, and objects that change while they are served.
//!
//! # An answer that comes later
//!
//! What a managed object is asked for need not be there. [`Scalar::later`](crate::objects::Scalar::later) and
//! [`Column::later`](crate::objects::Column::later) take a closure that returns a
//! [`Deferred`](crate::deferred::Deferred); the request waits until that fires, and all others are served meanwhile. The
//! variables of one request wait side by side, so that ten sensors of 300 ms each are read in 300 ms. An `async` block becomes a
//! Deferred by [`Handle::spawn`](crate::reactor::Handle::spawn) or
//! [`inline_callbacks`](crate::reactor::Handle::inline_callbacks).
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
//! A Deferred that fails is genErr for its variable, and the log says which object it was and why: one that panics, is
//! dropped or is cancelled too. So is one that has not fired after 5 seconds, which is cancelled then
//! ([`set_read_timeout`](crate::applications::CommandResponder::set_read_timeout)). One that has no value can say that by a
//! [`ReadError`](crate::objects::ReadError).
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
//! # An object of one's own
//!
//! A [`ManagedObject`](crate::objects::ManagedObject) answers for all below its name, and each of its methods is told who
//! asks. [`Asker::later`](crate::objects::Asker::later) makes an answer of a Deferred,
//! [`advance_later`](crate::objects::Asker::advance_later) the next name, and
//! [`phase_later`](crate::objects::Asker::phase_later) the end of a phase of a SET. Where there is no Deferred, what comes from
//! elsewhere is handed in under a [ticket](crate::objects::Asker::ticket), by
//! [`RegisteredResponder::complete`](crate::hlapi::RegisteredResponder::complete).
//!
//! # Changes while it serves
//!
//! [`SnmpEngine::register_responder`](crate::hlapi::SnmpEngine::register_responder) gives a
//! [`RegisteredResponder`](crate::hlapi::RegisteredResponder): objects come and go by it, contexts too, and access changes. It may be
//! used at any time, in the code of an object as well, even to take out that object itself. A walk that is under way goes on
//! from the name it has come to.
//!
//! ```
//! # use deferred_snmp::access::OpenAccess;
//! # use deferred_snmp::applications::CommandResponder;
//! # use deferred_snmp::hlapi::SnmpEngine;
//! use deferred_snmp::objects::{Column, MibTree, Scalar, Table};
//! use deferred_snmp::oid;
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let engine = SnmpEngine::new(&reactor.handle());
//!
//! let agent = engine.register_responder(CommandResponder::new(MibTree::new(), OpenAccess))?;
//! let interfaces = oid!(1.3.6.1.2.1.2.2.1);
//! agent.register(interfaces.clone(), Table::new([Column::new(2)]))?;
//! // An interface comes up:
//! agent.with(interfaces.as_ref(), |table: &mut Table| table.insert(&[3], [(2, "eth2")]));
//! // A card is pulled out for a while, and its context with it:
//! agent.contexts().insert("card-7", MibTree::new());
//! agent.contexts().set_available(b"card-7", false);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What bounds it
//!
//! No request holds up others. One that looks for long gives way after 4,096 steps
//! ([`set_slice`](crate::applications::CommandResponder::set_slice)) and goes on in the reactor's next pass, after new requests.
//! What waits is bounded for one object, one asker and in all: [`CommandResponder`](crate::applications::CommandResponder) has
//! the figures. When the engine is closed or the reactor ends, what waits is given up: Deferreds are cancelled, and a SET that has
//! not ended is taken back: what does that by a Deferred goes on, as long as the reactor runs.

//! Where the two trunks meet: what the reactor carries feeds an engine, and carries what it sends.
//!
//! A [`Binding`] ties an engine to a reactor. It knows no transport: a [`Network`] opens a [`Carrier`] for each endpoint,
//! which takes whole messages, and hands in those that come by its [`Link`]. [`UdpNetwork`] is the network of UDP.
//!
//! # A network of your own
//!
//! Here, messages go from engine to engine within one thread. A network of streams would keep its connections in the
//! carrier, cut what they bring into messages, and answer to the address that a message has come from.
//!
//! ```
//! use deferred_snmp::engine::{Address, Transmit};
//! use deferred_snmp::reactor::Handle;
//! use deferred_snmp::transport::{Carrier, Link, Network, OpenError, Opening};
//! use std::{cell::RefCell, collections::HashMap, io, rc::Rc, time::Duration};
//!
//! #[derive(Clone)]
//! struct Hub {
//!     reactor: Handle,
//!     links: Rc<RefCell<HashMap<Address, Link>>>,
//! }
//!
//! struct Plug {
//!     hub: Hub,
//!     own: Address,
//!     link: Link,
//! }
//!
//! impl Network for Hub {
//!     fn open(&self, opening: Opening<'_>, link: Link) -> Result<Rc<dyn Carrier>, OpenError> {
//!         let mut links = self.links.borrow_mut();
//!         let own = match opening {
//!             // Who asks may have any address that is free.
//!             Opening::ClientFor(Address::Udp(_)) => {
//!                 Address::Udp(([127, 0, 0, 1], 40_000 + links.len() as u16).into())
//!             }
//!             Opening::ClientAt(own) | Opening::ServerAt(own) => own.clone(),
//!             Opening::ClientFor(other) => return Err(OpenError::Unsupported(other.clone())),
//!         };
//!         if links.contains_key(&own) {
//!             return Err(OpenError::refused(&own, io::ErrorKind::AddrInUse));
//!         }
//!         links.insert(own.clone(), link.clone());
//!         Ok(Rc::new(Plug { hub: self.clone(), own, link }))
//!     }
//! }
//!
//! impl Carrier for Plug {
//!     fn push(&self, message: Transmit, octets: &[u8]) {
//!         self.link.sent(&message.peer, Some(&self.own), octets);
//!         let Some(to) = self.hub.links.borrow().get(&message.peer.address).cloned() else {
//!             return; // Lost, as on any network: the request has a time-out.
//!         };
//!         let (from, own, octets) = (to.peer(self.own.clone()), message.peer.address, octets.to_vec());
//!         // From the reactor's next pass, as if it had come through a socket.
//!         self.hub.reactor.call_later(Duration::ZERO, move || {
//!             to.received(&from, Some(&own), &octets);
//!             to.batch_received();
//!         });
//!     }
//!
//!     fn flush(&self) {}
//!
//!     fn local_addr(&self) -> Option<Address> {
//!         Some(self.own.clone())
//!     }
//!
//!     fn close(&self) {
//!         self.hub.links.borrow_mut().remove(&self.own);
//!     }
//! }
//!
//! // Everything else is as with UDP.
//! # use deferred_snmp::{access::OpenAccess, applications::CommandResponder, reactor::Reactor};
//! # use deferred_snmp::{objects::{MibTree, Scalar}, oid};
//! use deferred_snmp::hlapi::*;
//!
//! let mut reactor = Reactor::new()?;
//! let handle = reactor.handle();
//! let hub = Hub { reactor: handle.clone(), links: Rc::default() };
//! let agent = SnmpEngine::with_network(&handle, EngineConfig::default(), hub.clone());
//! # let mut tree = MibTree::new();
//! # tree.register(oid!(1.3.6.1.2.1.1.5), Scalar::constant("next door"))?;
//! # agent.register_responder(CommandResponder::new(tree, OpenAccess))?;
//! agent.add_v1_system("reader", "public");
//! agent.listen_udp("192.0.2.1:161".parse()?)?;
//!
//! let manager = SnmpEngine::with_network(&handle, EngineConfig::default(), hub);
//! let target = UdpTransportTarget::new(("192.0.2.1", 161));
//! let name = manager.remote(&CommunityData::new("public"), &target).get(["SNMPv2-MIB::sysName.0"]);
//! # let seen = Rc::new(RefCell::new(String::new()));
//! # let name = { let seen = Rc::clone(&seen); name.map(move |response| {
//! #     *seen.borrow_mut() = response.iter().map(|var_bind| var_bind.text()).collect();
//! #     response
//! # }) };
//! name.add_callback(|response| response.iter().for_each(|var_bind| println!("{var_bind}")))
//!     .handle(|error| eprintln!("{error}"))
//!     .map(move |()| {
//!         agent.close(); // Nothing else ends this port, which keeps its engine alive.
//!         handle.stop().expect("it runs");
//!     });
//! reactor.run()?;
//! # assert_eq!(*seen.borrow(), "next door");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A carrier that has to learn of the reactor's end lives on something that the reactor owns, such as the protocol of a
//! connection, and tells of it by [`Link::closed`].

mod binding;
mod buffers;
mod carrier;
mod datagram;
mod failures;
mod link;
mod outbox;
mod pump;
mod sent;
#[cfg(test)]
mod tests;

pub use binding::{Binding, Direction, EventSink};
pub use buffers::Buffers;
pub use carrier::{Carrier, Network, OpenError, Opening};
pub use datagram::UdpNetwork;
pub use link::Link;

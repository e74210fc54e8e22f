//! What is protected, what is not, and what a program has to do for it.
//!
//! # What a message tells, and to whom
//!
//! | | who asks is proven | answers are proven | contents hidden | replay refused |
//! |---|---|---|---|---|
//! | SNMPv1, SNMPv2c | no: whoever has seen one message knows the community | no | no | no |
//! | SNMPv3 `noAuthNoPriv` | no | no | no | no |
//! | SNMPv3 `authNoPriv` | yes | yes | no | after 150 seconds |
//! | SNMPv3 `authPriv` | yes | yes | the PDU and its context | after 150 seconds |
//!
//! Never hidden, at any level: addresses, sizes and times of messages, the user's name, the engine
//! ids, boots and time of the engine that counts. Nothing protects against somebody who drops messages;
//! a request then ends by its time-out. ICMP, by which a network says that nobody listens at an address or that it cannot
//! be reached, can be forged by anybody: it explains a time-out, and ends nothing.
//!
//! Answers without authentication are taken only from the address that was asked, with a request-id that
//! cannot be foreseen, in the version and with the community of the request. That stops a stranger who
//! does not see the traffic, and nobody else.
//!
//! Two options open this further, for agents that need it. With
//! [`EngineConfig::accept_any_source`](crate::engine::EngineConfig::accept_any_source) a forged answer may come from
//! anywhere. With [`EngineConfig::short_identifiers`](crate::engine::EngineConfig::short_identifiers), for agents that keep
//! 16 bits of request-ids and msgIDs, identifiers can be guessed: one of 32,768 instead of one of 2,147,483,648, which is
//! a second's worth of forged datagrams. Answers of SNMPv3 have their digest, but a recorded one may bear the number of
//! a new request and is taken if it is less than 150 seconds old; and an agent that has lost its boots is not believed.
//! Where only some agents need such an option, give them an engine of their own:
//!
//! ```
//! use deferred_snmp::engine::EngineConfig;
//! use deferred_snmp::hlapi::SnmpEngine;
//! # use deferred_snmp::reactor::Reactor;
//!
//! # let reactor = Reactor::new()?;
//! let engine = SnmpEngine::new(&reactor.handle());
//! let odd = EngineConfig::default().short_identifiers(true);
//! let engine_for_odd_agents = SnmpEngine::with_config(&reactor.handle(), odd);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! # Keys
//!
//! A pass phrase becomes a master key (a mebibyte of hashing: milliseconds), and that a key for each
//! engine (microseconds). Both happen once: a [`UsmUserData`](crate::hlapi::UsmUserData) and its clones
//! share the master keys, and an engine keeps the localized ones, ready for use, for as long as it
//! remembers the peer. Keep one value for a hundred thousand targets.
//!
//! Credentials are compared whole. A corrected pass phrase is another user, and counts from the next
//! request.
//!
//! Secrets are overwritten when they are dropped. They do not show in `Debug`, in errors or in the log,
//! and have no `==`; digests are compared in a time that does not depend on them. What this cannot do
//! anything about: the string that the program read the pass phrase from, swap files and core dumps.
//!
//! # Which protocols
//!
//! Prefer SHA-256 or better with AES-128, which is what RFC 7860 and RFC 3826 describe and what new
//! devices have. The others are there for devices that have nothing better:
//!
//! - HMAC-MD5-96 and HMAC-SHA-96 have no practical forgery against them in this use, but their keys are
//!   as weak as the hash is fast: a recorded message allows guessing pass phrases offline. So do all
//!   others; long pass phrases are the remedy.
//! - DES has a key of 56 bits, which can be searched.
//! - 3DES, and AES with 192 or 256 bits, were never standardized. Two ways to stretch a key for AES are in
//!   use, and both ends must take the same one:
//!   [`Aes256Blumenthal`](crate::security::usm::PrivProtocol::Aes256Blumenthal) is Net-SNMP's `AES-256`,
//!   [`Aes256Reeder`](crate::security::usm::PrivProtocol::Aes256Reeder) Cisco's and PySNMP's, which
//!   Net-SNMP calls `AES-256-C`. With the wrong one, digests are right and the contents are not.
//!
//! # Time, boots and replay
//!
//! An authenticated message says how often its authoritative engine was booted and how many seconds ago.
//! One that is 150 seconds off is refused, so a recorded message is worth nothing after that. Before, an
//! answer is taken only by the request that it answers, and a trap that is among the last 32 of its sender
//! is not taken again; but a request can be played to an agent a second time. Where a SET must not happen
//! twice, set snmpSetSerialNo.0 with it (RFC 3418). The clock of a sender of traps is known from the
//! first of them on: after each start of a receiver, and for a sender that it has forgotten, that one may
//! be a recorded one. Informs do not have this gap: their receiver's clock counts, and one that comes again
//! within 150 seconds is acknowledged and not handed out.
//!
//! Towards an agent, the agent's clock counts and is learned by itself. **For traps that this program sends and
//! requests that it answers, its own clock counts**, and that has a price: the number of boots has to
//! survive the program. Without a state file, an engine draws a new engine id at every start, which is
//! safe, but receivers that know senders by engine id will not know it. With one
//! ([`SnmpEngine::with_state_file`](crate::hlapi::SnmpEngine::with_state_file)) it keeps its id and counts
//! its boots; the file is written before the first message is. Starts at the same time each get a number of their
//! own; the one that would get 2147483647, with which nobody would believe the engine, fails and says what to do.
//!
//! # Trust on first use, and how to do without
//!
//! A manager finds out by asking which engine is at an address, and nobody signs that answer: **the first name
//! is believed**. Keys are localized to the name, so a stranger who gives another one gains nothing unless an engine
//! of that name has the same user with the same pass phrase. Where one user has one pass phrase on all devices, though,
//! who is between them can pass the messages on to another device, which answers them, and whoever holds the localized
//! key of one of them (it is in its configuration) can pass that one off as any other, to a
//! manager that meets the address for the first time. From the first answer with a right digest on, the
//! engine is proven, and nothing unauthenticated changes what is known of it: a report that names another
//! one ends the request at its last try, with
//! [`ErrorIndication::OtherEngine`](crate::engine::ErrorIndication::OtherEngine) and both names.
//!
//! Name the engine if you know it, by
//! [`UsmUserData::security_engine_id`](crate::hlapi::UsmUserData::security_engine_id): then not even the first
//! name is believed. Devices that are replaced often, in a laboratory for example, can be followed instead, by
//! [`UdpTransportTarget::follow_engine_changes`](crate::hlapi::UdpTransportTarget::follow_engine_changes) or
//! [`EngineConfig::follow_engine_changes`](crate::engine::EngineConfig::follow_engine_changes); each change is
//! logged and counted.
//!
//! ```no_run
//! // Not run here: it asks an agent on port 161.
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::task::react;
//!
//! fn main() -> ExitCode {
//!     react(|reactor| {
//!         let user = UsmUserData::new("operator").auth(AuthProtocol::Sha256, "a long pass phrase");
//!         // `SnmpEngine::engine_id_of` tells the name of an agent that has been asked.
//!         let name = "80004fb8050102030405060708".parse().expect("the name of an engine");
//!         let target = UdpTransportTarget::new(("192.0.2.1", 161));
//!         SnmpEngine::new(reactor)
//!             .remote(&user.security_engine_id(name), &target)
//!             .get(["SNMPv2-MIB::sysDescr.0"])
//!             .add_callback(|response| response.iter().for_each(|var_bind| println!("{var_bind}")))
//!             .handle(|error| match error {
//!                 SnmpError::Indication(ErrorIndication::OtherEngine { expected, found }) => {
//!                     eprintln!("{expected} was asked, and something there says that it is {found}");
//!                 }
//!                 other => eprintln!("failure: {other}"),
//!             })
//!     })
//! }
//! ```
//!
//! The clock that goes with an unsigned name or report is only used to read: a SET or an inform is signed by a
//! clock that was proven, so that it cannot be held back and played later.
//!
//! # State files
//!
//! Two programs must not share a state file, and a file must not be restored from a backup: boots that run
//! backwards open the window for recorded messages, and make salts repeat. The directory has to be writable: the
//! file is replaced as a whole, and one with `.lock` after its name stands beside it meanwhile. An engine that has
//! other settings as well is made by [`SnmpEngine::with_config`](crate::hlapi::SnmpEngine::with_config) of what
//! [`EngineState::configure`](crate::hlapi::EngineState::configure) returns.
//!
//! # What bounds there are
//!
//! Everything that a stranger can make an engine remember has a capacity, and takes memory for the octets
//! that came, not for the lengths that they claim: requests waiting for their answer, senders whose clock
//! is known (only those who could authenticate), engine ids found by discovery (only for addresses that
//! were asked), informs of the last 150 seconds, notifications that the program has not taken yet (in
//! octets as well). A request ends after `(retries + 1)` times its time-out whatever is sent in reply, and
//! is sent again at most twice for its engine id, and in each try twice for a peer's clock, once for a clock that is
//! only claimed, and twice for reports against a user who has not been answered. Reports are never answered
//! with reports.
//!
//! What one request may cost an agent is bounded as well, since its sender need not be known to be who he
//! claims to be. A GETBULK passes over 200,000 steps at most of what it is not shown
//! ([`CommandResponder::set_max_steps`](crate::applications::CommandResponder::set_max_steps)): hidden variables,
//! empty cells, Counter64s in SNMPv1. A GETNEXT looks for a minute at most. Both give way to others after a slice of
//! 4,096 steps; where nothing can give way, in
//! [`process`](crate::applications::CommandResponder::process), 10,000 are the most. The answer to a GETBULK without authentication has 1,472 octets at most
//! ([`EngineConfig::max_unauthenticated_bulk_size`](crate::engine::EngineConfig::max_unauthenticated_bulk_size)):
//! to a forged sender, a request of 36 octets could otherwise bring 65,507. A received request that the program
//! does not answer is given up after a minute
//! ([`EngineConfig::answer_within`](crate::engine::EngineConfig::answer_within)).
//!
//! # Full send buffers
//!
//! A datagram to a neighbour that does not answer the question for its address (ARP, NDP) stays in the send
//! buffer of its port for up to three seconds. Who forges requests from unused addresses of an agent's own
//! network fills that buffer. So each port blocks for itself, and a server port that is full drops: reports
//! at once, answers at their second try and after 5 seconds
//! ([`Statistics`](crate::engine::Statistics) counts both). On Linux, reports use half of the buffer only; the
//! other half is for answers to those whose community or user is known. A manager that asks many dead hosts
//! goes on through up to three further sockets, unless [`SnmpEngine::send_from`](crate::hlapi::SnmpEngine::send_from)
//! has fixed its address.
//!
//! What is left is a matter of the buffer's size, for which 4 MiB are asked
//! ([`SnmpEngine::set_send_buffer`](crate::hlapi::SnmpEngine::set_send_buffer)); the sysctl `net.core.wmem_max` is
//! the limit, and its stock value is 212,992. Measured with 500 forged discoveries a second, requests with a
//! patience of 1.5 seconds and no retries:
//!
//! | `net.core.wmem_max` | known community or user | users who first have to ask for the agent's name |
//! |---|---|---|
//! | 212,992 | 40 of 40 | 4 to 7 of 20 |
//! | 4,194,304 | 40 of 40 | 20 of 20 |
//!
//! Who knows a community, or a user without keys, can have answers sent to unused addresses as well, and
//! those use the whole buffer: 500 forged GETs a second leave 8 of 20 requests of others an answer in time with
//! the stock value, and all with 4 MiB.
//!
//! An agent that strangers can reach should have the latter. More neighbours at a time than
//! `net.ipv4.neigh.default.gc_thresh3` (stock 1024) the system itself does not serve.
//!
//! # Access
//!
//! An agent serves nobody until it is told whom. What a user or a community may see is decided by an
//! [`AccessControl`](crate::access::AccessControl): a view that is not given is empty, so that who may read
//! cannot write, and a user is given nothing in messages without a digest unless
//! [`Views::at_least`](crate::access::Views::at_least) says so. Notifications in the name of a user who has
//! keys are refused without a digest. No object holds a key: no walk can find one.
//!
//! ```
//! use deferred_snmp::access::Views;
//! use deferred_snmp::applications::standard::System;
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::oid;
//! # use deferred_snmp::reactor::Reactor;
//! # let reactor = Reactor::new()?;
//! # let path = std::env::temp_dir().join(format!("manual-security-{}", std::process::id()));
//!
//! let operator = UsmUserData::new("operator")
//!     .auth(AuthProtocol::Sha256, "a long pass phrase")
//!     .privacy(PrivProtocol::Aes128, "another long pass phrase");
//! // A message that is not encrypted is refused: the keys are there for it.
//! let views = Views::new().read(oid!(1.3.6.1.2.1)).write(oid!(1.3.6.1.2.1.1));
//! let agent = Agent::builder(&reactor.handle())
//!     .state_file(&path)
//!     .system(System::new("a small router"))
//!     .user(&operator, views)
//!     .listen("127.0.0.1:0".parse()?) // 0.0.0.0:161 for all who ask
//!     .start()?;
//! // It answers as soon as the reactor runs.
//! # drop(agent);
//! # std::fs::remove_file(&path)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

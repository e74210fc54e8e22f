//! Running inside an event loop that you have already.
//!
//! # Which way
//!
//! | your program has | way | begin with |
//! |---|---|---|
//! | no loop | the reactor's own | [`react`](crate::task::react), or [`Reactor::run`](crate::reactor::Reactor::run) |
//! | a loop that can watch a descriptor, or call something now and then | guest | [`Reactor::turn`](crate::reactor::Reactor::turn) |
//! | its own `mio::Poll` | attached | [`Attached`](crate::reactor::Attached) |
//! | its own sockets and clock, or no system at all | sans-IO | [`Engine`](crate::engine::Engine) |
//! | a main thread that can only be posted to | the reactor on a thread | [`threading`](super::threading) |
//!
//! The first three run the same code and differ in who sleeps. All run the same protocol engine.
//!
//! # Guest: the duty of a host
//!
//! Watch the descriptor for *readable*. When it is readable, or
//! [`next_timeout`](crate::reactor::Reactor::next_timeout) is over, call
//! [`turn`](crate::reactor::Reactor::turn). Then ask `next_timeout` again. That is all:
//!
//! ```
//! use deferred_snmp::reactor::{Phase, Reactor};
//! use rustix::event::{PollFd, PollFlags, Timespec, poll};
//! use std::time::Duration;
//!
//! let mut reactor = Reactor::new()?;
//! let handle = reactor.handle();
//!
//! // Whatever the program does with it; here, it stops after a while.
//! let stopper = handle.clone();
//! handle.call_later(Duration::from_millis(5), move || stopper.stop().expect("it runs"));
//!
//! loop {
//!     let timeout = reactor.next_timeout(handle.now());
//!     let timeout = timeout.map(Timespec::try_from).transpose()?;
//!     poll(&mut [PollFd::new(&reactor, PollFlags::IN)], timeout.as_ref())?;
//!     if reactor.turn()?.phase == Phase::Stopped {
//!         break;
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What a host may rely on:
//!
//! - **Nothing runs behind its back.** Callbacks run inside `turn`, or inside a call by which the host
//!   itself settles something. Starting a request does not run its callback.
//! - **The descriptor is honest.** Whatever the host has not been told of makes it readable: work left
//!   by a budget, a call from another thread, a deadline earlier than the one last reported. So a button
//!   handler may start a request or a timer and need not tell the loop.
//! - **A turn is bounded** in events, datagrams, messages sent and timed calls
//!   ([`ReactorBuilder`](crate::reactor::ReactorBuilder)), and never sleeps, nor waits for a thread. What is left over is in
//!   [`Turn::more`](crate::reactor::Turn), and shows on the descriptor.
//! - **A turn too many does no harm**: it costs less than a microsecond. A late one runs everything that
//!   is due, in order.
//! - **Edge-triggered watching works**, one turn for each event.
//! - **A host that stands still loses nothing that has come.** Time limits that are over meanwhile, those of SNMP requests
//!   and of [`add_timeout`](crate::deferred::Deferred::add_timeout), wait until the sockets have been read to their end: for
//!   64 turns at most, so that a flood does not stop time. What the receive buffer has no room for is lost with the system.
//! - **`turn` fails only if polling itself does.** Errors of sockets and callbacks go elsewhere.
//!
//! What a host must see to:
//!
//! - **Round up.** A loop that counts milliseconds and rounds down wakes before the deadline, finds
//!   nothing to do, and spins. [`poll_timeout_ms`](crate::reactor::poll_timeout_ms) rounds up and turns
//!   "no limit" into -1.
//! - **Zero means do not sleep**, and `None` means that there is no limit.
//! - **Look after `turn` at what callbacks have changed.** They run in it. A loop that looks for its end, or for work of its
//!   own, before the turn sleeps on what the turn has brought.
//! - **Stop watching before the reactor is dropped.** Loops that want to own what they watch get a
//!   duplicate: `reactor.as_fd().try_clone_to_owned()`. A duplicate that outlives the reactor
//!   is silent, also while handles of it are left.
//! - **One thread.** The compiler sees to that.
//!
//! With [`timer_fd(true)`](crate::reactor::ReactorBuilder::timer_fd) the descriptor becomes readable at
//! deadlines as well, where [`timeouts_on_fd`](crate::reactor::Reactor::timeouts_on_fd) says so (Linux).
//! The host may then sleep without a limit.
//!
//! # Hosts
//!
//! | host | how | example |
//! |---|---|---|
//! | `poll(2)`, `select(2)`, epoll | the descriptor among the host's, the timeout by `poll_timeout_ms` | `loop_poll2` |
//! | the same, without timeouts | `timer_fd(true)` | `single_fd` |
//! | calloop | `Generic` in level mode on a duplicate; a `Timer` set anew after each turn | `embedding/calloop` |
//! | GLib, GTK | `unix_fd_add_local` and one time-out, replaced after each turn | `embedding/glib` |
//! | polling | one-shot, interest set again after each turn; or edges | `embedding/polling` |
//! | async-io, smol | `Async::new_nonblocking` on a duplicate, raced with a `Timer` | `embedding/async_io` |
//! | tokio | `AsyncFd` on a duplicate in a current-thread runtime, raced with the deadline | `embedding/tokio` |
//! | mio | attached | `loop_mio` |
//! | frames: games, emulators | turns once a frame, no descriptor; see below | `loop_frame` |
//! | libuv, libevent, Qt | `uv_poll_t`, `event_new`, `QSocketNotifier` and one timer each | not tried |
//! | anything that takes posted calls only | a thread of its own | `loop_thread` |
//!
//! The examples are in `examples/`. Those under `embedding/` are packages of their own, since they depend on the
//! crates of their hosts; they are in the repository only, because a published package cannot hold others.
//!
//! # Frames
//!
//! One turn sends some 32 messages, so that answers to the first are received before they overflow the receive buffer: with
//! one turn for each frame of 16 ms, 3,000 requests take 49 frames. Turn until nothing is left over, within the time that a
//! frame can spare:
//!
//! ```
//! # use deferred_snmp::reactor::Reactor;
//! # use std::time::Duration;
//! # let mut reactor = Reactor::new()?;
//! # let handle = reactor.handle();
//! let begin = handle.now();
//! while reactor.turn()?.more && handle.now() - begin < Duration::from_millis(4) {}
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Then the requests go out in the first frame, and their answers are taken in the next one; what is left is the
//! [`window`](crate::engine::EngineConfig::window) of each agent, which gets 128 at a time. Where each frame is to have one turn, a
//! larger [`send_budget`](crate::reactor::ReactorBuilder::send_budget) does it. The answers to all that is sent then wait in the
//! receive buffer, which holds some 550 on a Linux of default settings, and 10,000 where `net.core.rmem_max` allows 4 MiB.
//!
//! # Life inside a host
//!
//! The first turn starts the reactor. [`Handle::stop`](crate::reactor::Handle::stop) only marks: the
//! turns that follow run the shutdown, which may need I/O of its own (a Deferred returned by a
//! [`Before`](crate::reactor::TriggerPhase::Before) trigger is waited for), and report
//! [`Phase::Stopping`](crate::reactor::Phase) and in the end `Stopped`. A host that wants to quit calls
//! `stop`, goes on turning until it sees `Stopped`, and ends its loop then: `shutdown_in_host`.
//! Work in threads of the pool is waited for without a sleep: the turns until then report `Stopping`, and the last thread makes
//! the descriptor readable; [`thread_wait`](crate::reactor::ReactorBuilder::thread_wait) bounds it. What a reactor
//! accepts when it has stopped is told at [`Handle::stop`](crate::reactor::Handle::stop).
//! Dropping a reactor that has not stopped abandons what is pending.
//!
//! [`Handle::crash`](crate::reactor::Handle::crash) ends it without a shutdown: turns do nothing then and report `Stopped`,
//! sockets stay open until the reactor is dropped, and only [`run`](crate::reactor::Reactor::run) starts it again.
//!
//! # Attached: your own `mio::Poll`
//!
//! Sockets are registered in the host's registry, under tokens of a range that the host gives away.
//! There is one `mio::Waker` for each `Poll`, and it is the host's; the library is given a closure that
//! uses it. mio is re-exported as [`reactor::mio`](crate::reactor::mio), and its version is part of the
//! interface.
//!
//! ```
//! use deferred_snmp::reactor::{Attached, Phase, mio};
//! use mio::{Events, Poll, Token, Waker};
//! use std::time::Duration;
//!
//! const WAKER: Token = Token(0);
//!
//! let mut poll = Poll::new()?;
//! let mut events = Events::with_capacity(64);
//! let waker = Waker::new(poll.registry(), WAKER)?;
//! let wake = move || waker.wake().expect("the poll is there");
//! let mut attached = Attached::new(poll.registry(), 1_000..1_100, wake)?;
//! let handle = attached.handle();
//!
//! let stopper = handle.clone();
//! handle.call_later(Duration::from_millis(5), move || stopper.stop().expect("it runs"));
//!
//! loop {
//!     poll.poll(&mut events, attached.next_timeout(handle.now()))?;
//!     for event in &events {
//!         if !attached.note(event) {
//!             // One of the host's own; that of the waker wants nothing but the turn below.
//!         }
//!     }
//!     // Also when nothing was noted.
//!     if attached.turn()?.phase == Phase::Stopped {
//!         break;
//!     }
//! }
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! `note` runs nothing: user code runs in `turn`, when the batch is over, and may open and close any
//! socket. A host with a timeout of its own polls for the shorter of the two.
//!
//! # Sans-IO: your own sockets and clock
//!
//! [`Engine`](crate::engine::Engine) reads no clock, sends nothing and draws no random numbers but from
//! its seed: the same inputs give the same outputs, octet for octet. Drain it, then sleep:
//!
//! ```
//! use deferred_snmp::engine::{
//!     Address, Credentials, Endpoint, Engine, EngineConfig, Event, Peer, Request,
//! };
//! use deferred_snmp::oid;
//! use deferred_snmp::pdu::{Pdu, PduKind};
//! use deferred_snmp::smi::{ValueRef, VarBindList};
//! use std::time::{Duration, Instant};
//!
//! let mut now = Instant::now();
//! let mut engine = Engine::new(EngineConfig::default(), now);
//!
//! let mut var_binds = VarBindList::new();
//! var_binds.push(oid!(1.3.6.1.2.1.1.1.0).as_ref(), ValueRef::Null);
//! let peer = Peer::udp(Endpoint(0), "192.0.2.1:161".parse()?);
//! let get = Pdu::new(PduKind::GetRequest, 0, var_binds);
//! let request = Request::new(peer, Credentials::V2c("public".into()), get)
//!     .patience(Duration::from_secs(1), 2);
//! let asked = engine.submit(now, request)?;
//!
//! let mut message = Vec::new();
//! let mut sent = 0;
//! let outcome = 'waiting: loop {
//!     while let Some(transmit) = engine.poll_transmit(now, &mut message) {
//!         let Address::Udp(_to) = transmit.peer.address else {
//!             continue;
//!         };
//!         // Send `message` there, through the socket that `transmit.peer.endpoint` stands for. Nobody answers here.
//!         assert_eq!(transmit.len, message.len());
//!         sent += 1;
//!     }
//!     while let Some(event) = engine.poll_event() {
//!         break 'waiting event;
//!     }
//!     // Sleep until then, or until a datagram is there. Hand in all that has arrived, with the `Peer::udp` that it came
//!     // from, by `engine.handle_message(now, &peer, &datagram)`; the deadline comes after that.
//!     now = engine.next_deadline().ok_or("a request has a deadline")?;
//!     engine.handle_timeout(now);
//! };
//! assert!(matches!(outcome, Event::Failed { id, .. } if id == asked));
//! assert_eq!(sent, 3);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **Hand in what has arrived first**, then call [`handle_timeout`](crate::engine::Engine::handle_timeout). An answer that
//! is handed in before that counts, however late; one that lies in a socket while the deadline is told is lost. So a
//! program that has stood still reads its sockets until they are empty, within a bound (a flood must not stop time), and
//! tells the time then.
//!
//! A socket that does not block may be full. Then the message goes back to the engine by
//! [`take_back`](crate::engine::Engine::take_back), which gives out nothing more for that endpoint until it is
//! told [`unblock`](crate::engine::Engine::unblock), when the socket is writable; other endpoints go on. What the
//! system refuses otherwise is told by [`handle_send_failure`](crate::engine::Engine::handle_send_failure), after a second
//! attempt: the first error may be of an earlier datagram.
//!
//! Wherever `now` is an argument it is the time of that call, not of the last datagram: messages of SNMPv3 are sealed
//! when `poll_transmit` hands them out, and a received request is answered by
//! [`respond`](crate::engine::Engine::respond) within 60 seconds or not at all.
//!
//! ## Serving
//!
//! A received request is an [`Event::Request`](crate::engine::Event::Request), which goes to
//! [`CommandResponder::start`](crate::applications::CommandResponder::start). It may be answered later, so that a turn of the
//! program's loop has these steps:
//!
//! 1. Fetch the events and start the requests. `start` takes the request, so copy `request.state` before: it is what the
//!    answer is sent by. [`Started::Repeats`](crate::applications::Started::Repeats) has the state of a former copy, for
//!    [`discard`](crate::engine::Engine::discard).
//! 2. Hand in what objects have to say, by [`complete`](crate::applications::CommandResponder::complete).
//! 3. Call [`run_waiting`](crate::applications::CommandResponder::run_waiting) once. While it is true some can go on: do not
//!    sleep in this turn, only look whether something has come.
//! 4. Fetch the answers from [`poll_finished`](crate::applications::CommandResponder::poll_finished). Each goes to
//!    [`respond`](crate::engine::Engine::respond). One that is an
//!    [`Unanswered`](crate::applications::Unanswered), here or from `start`, goes to
//!    [`refuse_request`](crate::engine::Engine::refuse_request) if it has a
//!    [`refusal`](crate::applications::Unanswered::refusal), which `UnknownContext` and `UnavailableContext` have, and to
//!    `discard` otherwise.
//! 5. Send, by `poll_transmit`.
//! 6. Sleep until the earlier of both `next_deadline`s, the engine's and the
//!    [responder's](crate::applications::CommandResponder::next_deadline), or the earliest if objects have some too. Read what
//!    has come, then call both `handle_timeout`s.
//!
//! The example `sans_io_agent` does that. Where all objects answer at once,
//! [`process`](crate::applications::CommandResponder::process) is enough.
//!
//! ## Whole programs
//!
//! Each request yields exactly one final event, a cancelled one none. `sans_io_blocking` is a blocking
//! program of this kind; `sans_io_simulation` has a thousand agents on a lossy network in virtual time,
//! with what the feature `testing` gives; [`virtual_time`](super::virtual_time) is about that.

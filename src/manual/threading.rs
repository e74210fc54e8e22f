//! What may cross threads, and how.
//!
//! Everything that runs callbacks lives on one thread: [`Reactor`](crate::reactor::Reactor),
//! [`Handle`](crate::reactor::Handle), [`Deferred`](crate::deferred::Deferred),
//! [`SnmpEngine`](crate::hlapi::SnmpEngine). None of them is `Send`, so the compiler keeps them there,
//! and no callback needs a lock. A program may have several reactors, each on its thread.
//!
//! | from | to | use |
//! |---|---|---|
//! | any thread | the reactor's | [`Remote::call_from_thread`](crate::reactor::Remote::call_from_thread), [`Remote::call_with_handle`](crate::reactor::Remote::call_with_handle) |
//! | any thread, waiting for the result | the reactor's | [`Remote::blocking_call_from_thread`](crate::reactor::Remote::blocking_call_from_thread) |
//! | the reactor's | a thread of the pool, result as a Deferred | [`Handle::defer_to_thread`](crate::reactor::Handle::defer_to_thread) |
//! | the reactor's | a thread of the pool, no result | [`Handle::call_in_thread`](crate::reactor::Handle::call_in_thread) |
//! | any thread | a coroutine | its waker, which may be used from anywhere |
//!
//! [`Remote`](crate::reactor::Remote) is the only one of these that is `Send` and `Sync`; clone it
//! freely. Calls of one thread run in the order made, in the reactor's next pass. The queue has no
//! bound, and any number of calls before that pass costs one system call.
//!
//! # Work that blocks
//!
//! A callback that blocks stops everything: other requests, timers, the agent. Files, databases and
//! long computations belong on the pool, which has up to ten threads
//! ([`suggest_thread_pool_size`](crate::reactor::Handle::suggest_thread_pool_size)). Host names are looked up in
//! threads of their own, up to 64 at a time ([`Handle::resolve`](crate::reactor::Handle::resolve)): a resolver
//! that does not answer takes nothing away from the pool. If the system gives no thread at all, that is the error
//! ([`Interrupt::NoThread`](crate::deferred::Interrupt::NoThread),
//! [`LookupError::NoThread`](crate::reactor::LookupError::NoThread)).
//!
//! ```
//! use deferred_snmp::deferred::Deferred;
//! use deferred_snmp::task::react;
//! use std::fs;
//!
//! # assert_eq!(
//! react(|reactor| -> Deferred<()> {
//!     reactor
//!         .defer_to_thread(|| fs::read_to_string("Cargo.toml"))
//!         .map(|text| assert!(text.contains("deferred-snmp")))
//! })
//! # , std::process::ExitCode::SUCCESS);
//! ```
//!
//! What the work returns has to be `Send`, errors included. [`Failure`](crate::deferred::Failure) is
//! not, but need not cross: the error of the work becomes the chain's on the reactor's thread. Where
//! nothing else says what the chain's error type is, as the `Deferred<()>` above does, an annotation
//! has to.
//!
//! # The reactor on a thread of its own
//!
//! For programs whose main thread belongs to somebody else. The thread makes the reactor and gives its
//! `Remote` away; what its callbacks share stays in a thread-local variable, since closures that are
//! sent over cannot hold it. `examples/loop_thread.rs` is this with results posted to the main thread;
//! here a thread waits for them.
//!
//! ```
//! use deferred_snmp::hlapi::*;
//! use deferred_snmp::reactor::{BlockingCallError, Reactor, Remote};
//! use std::cell::OnceCell;
//! use std::sync::mpsc;
//! use std::thread;
//! use std::time::Duration;
//!
//! thread_local! {
//!     static ENGINE: OnceCell<SnmpEngine> = const { OnceCell::new() };
//! }
//!
//! /// Usable from any thread.
//! fn description(remote: &Remote, host: &str, port: u16) -> Result<String, String> {
//!     let host = host.to_owned();
//!     let outcome: Result<String, BlockingCallError<SnmpError>> =
//!         remote.blocking_call_from_thread(move |handle| {
//!             let engine = ENGINE.with(|engine| engine.get_or_init(|| SnmpEngine::new(handle)).clone());
//!             let target = UdpTransportTarget::new((&host, port)).timeout(Duration::from_millis(10)).retries(0);
//!             engine
//!                 .remote(&CommunityData::new("public"), &target)
//!                 .get(["SNMPv2-MIB::sysDescr.0"])
//!                 .add_callback(Response::into_result)
//!                 .map(|response| response.iter().map(|var_bind| var_bind.text()).collect())
//!         });
//!     outcome.map_err(|error| error.to_string())
//! }
//!
//! let (sender, receiver) = mpsc::channel();
//! let library = thread::spawn(move || {
//!     let mut reactor = Reactor::new().expect("a reactor");
//!     sender.send(reactor.remote()).expect("somebody waits");
//!     reactor.run().expect("a loop");
//! });
//! let remote = receiver.recv()?;
//!
//! # let mute = std::net::UdpSocket::bind("127.0.0.1:0")?;
//! # let port = mute.local_addr()?.port();
//! let nobody = description(&remote, "127.0.0.1", port);
//! assert!(nobody.unwrap_err().starts_with("No SNMP response received before timeout"));
//!
//! remote.call_with_handle(|handle| handle.stop().expect("it runs"));
//! library.join().expect("no panic");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What happens at the end
//!
//! When the reactor stops, work of the pool that has begun is waited for
//! ([`thread_wait`](crate::reactor::ReactorBuilder::thread_wait) sets a limit), and work that has not
//! is dropped; its Deferreds are abandoned, as is whatever else is pending when all is over. Nobody is told of an unhandled
//! error for that ([`set_reporter`](crate::deferred::set_reporter)). Look-ups of host names are not waited for. A closure sent to a reactor that has ended is dropped, and a
//! blocking call fails with
//! [`BlockingCallError::ReactorStopped`](crate::reactor::BlockingCallError::ReactorStopped).
//!
//! A blocking call from the reactor's own thread would wait for itself, and fails at once with
//! [`BlockingCallError::WrongThread`](crate::reactor::BlockingCallError::WrongThread).
//!
//! # fork
//!
//! After `fork` the child must not touch a reactor of its parent: with epoll it would change the
//! parent's registrations. Descriptors are close-on-exec; starting other programs is safe.

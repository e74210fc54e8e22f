//! Twisted's names and ours.
//!
//! What is not in the tables has not been ported. There is no global reactor: code that needs one is
//! given a [`Handle`](crate::reactor::Handle), which is cheap to clone.
//!
//! # `twisted.internet.defer`
//!
//! | Twisted | here | and |
//! |---|---|---|
//! | `d = Deferred()`, `d.callback`, `d.errback` | [`Deferred::pair`](crate::deferred::Deferred::pair), [`Resolver::callback`](crate::deferred::Resolver::callback), [`errback`](crate::deferred::Resolver::errback) | the firing side is a value of its own, and is used up by firing |
//! | `Deferred(canceller)` | [`Deferred::with_canceller`](crate::deferred::Deferred::with_canceller) | |
//! | firing from several places, `AlreadyCalledError` | [`Resolver::into_shared`](crate::deferred::Resolver::into_shared), [`AlreadyCalled`](crate::deferred::AlreadyCalled) | which gives the value back |
//! | `succeed`, `fail` | [`succeed`](crate::deferred::succeed), [`fail`](crate::deferred::fail) | no allocation |
//! | `addCallback`, `addErrback`, `addBoth`, `addCallbacks` | [`add_callback`](crate::deferred::Deferred::add_callback), [`add_errback`](crate::deferred::Deferred::add_errback), [`add_both`](crate::deferred::Deferred::add_both), [`add_callbacks`](crate::deferred::Deferred::add_callbacks) | plain values are returned through [`map`](crate::deferred::Deferred::map) |
//! | `d.addErrback(log.err)` at the end of a chain | [`handle`](crate::deferred::Deferred::handle) | ends in `()`, whatever the chain had |
//! | an errback that traps and asks again | [`try_errback`](crate::deferred::Deferred::try_errback) | a closure with `?` that ends in a Deferred; [`try_callback`](crate::deferred::Deferred::try_callback) likewise |
//! | `chainDeferred` | [`forward_to`](crate::deferred::Deferred::forward_to), [`Resolver::follow`](crate::deferred::Resolver::follow) | |
//! | sharing a result among observers | [`fork`](crate::deferred::Deferred::fork) | |
//! | `pause`, `unpause` | [`pause`](crate::deferred::Deferred::pause) | a guard; dropping it unpauses |
//! | `cancel`, `CancelledError` | [`cancel`](crate::deferred::Deferred::cancel), [`cancel_handle`](crate::deferred::Deferred::cancel_handle), [`Interrupt::Cancelled`](crate::deferred::Interrupt::Cancelled) | |
//! | `addTimeout`, `TimeoutError` | [`add_timeout`](crate::deferred::Deferred::add_timeout), [`Interrupt::TimedOut`](crate::deferred::Interrupt::TimedOut) | the clock comes second, too |
//! | `d.called` | [`is_fired`](crate::deferred::Deferred::is_fired) | |
//! | `Failure`, `check`, `trap` | [`Failure`](crate::deferred::Failure), [`check`](crate::deferred::Failure::check), [`trap`](crate::deferred::Failure::trap) | or an error type of your own |
//! | "Unhandled error in Deferred" | [`set_reporter`](crate::deferred::set_reporter), [`log_error`](crate::deferred::Deferred::log_error) | at once, not at some garbage collection |
//! | `setDebugging` | [`set_debugging`](crate::deferred::set_debugging) | |
//! | `maybeDeferred`, `execute` | [`maybe_deferred`](crate::deferred::maybe_deferred), [`execute`](crate::deferred::execute) | |
//! | `DeferredList` and its flags | [`DeferredList::new`](crate::deferred::DeferredList::new), [`fire_on_one_callback`](crate::deferred::DeferredList::fire_on_one_callback), [`fire_on_one_errback`](crate::deferred::DeferredList::fire_on_one_errback), [`fire_on_one`](crate::deferred::DeferredList::fire_on_one) | outcomes are `Result`s, not pairs |
//! | `gatherResults`, `FirstError` | [`gather_results`](crate::deferred::gather_results), [`FirstError`](crate::deferred::FirstError) | the error is that of the member; with its index by [`fire_on_one_errback`](crate::deferred::DeferredList::fire_on_one_errback) |
//! | `race`, `FailureGroup` | [`race`](crate::deferred::race), [`FailureGroup`](crate::deferred::FailureGroup) | |
//! | `DeferredLock`, `DeferredSemaphore` | [`DeferredLock`](crate::deferred::DeferredLock), [`DeferredSemaphore`](crate::deferred::DeferredSemaphore) | `acquire` gives a token; dropping it releases |
//! | `DeferredQueue` | [`DeferredQueue`](crate::deferred::DeferredQueue) | |
//! | trial's `successResultOf`, `failureResultOf`, `assertNoResult` | `success_result_of`, `failure_result_of`, `assert_no_result` in `testing` | the feature `testing` |
//! | `inlineCallbacks`, `ensureDeferred`, `yield d` | [`Handle::inline_callbacks`](crate::reactor::Handle::inline_callbacks), `d.await` | with an error type of its own: [`spawn`](crate::reactor::Handle::spawn) |
//! | `fromFuture`, `asFuture` | [`Handle::from_future`](crate::reactor::Handle::from_future); a Deferred is `IntoFuture` | |
//!
//! # `twisted.internet.reactor`
//!
//! | Twisted | here | and |
//! |---|---|---|
//! | `run`, `iterate` | [`Reactor::run`](crate::reactor::Reactor::run), [`Reactor::iterate`](crate::reactor::Reactor::iterate) | in a foreign loop: [`turn`](crate::reactor::Reactor::turn), see [`embedding`](super::embedding) |
//! | `run(installSignalHandlers=...)` | the feature `signals`, `ReactorBuilder::signals` | in `run` only, never in a foreign loop |
//! | `stop`, `crash`, `running` | [`Handle::stop`](crate::reactor::Handle::stop), [`crash`](crate::reactor::Handle::crash), [`is_running`](crate::reactor::Handle::is_running) | |
//! | `callLater` | [`Handle::call_later`](crate::reactor::Handle::call_later) | a monotonic clock |
//! | `IDelayedCall`: `cancel`, `reset`, `delay`, `active`, `getTime` | [`DelayedCall`](crate::reactor::DelayedCall): [`cancel`](crate::reactor::DelayedCall::cancel), [`reset`](crate::reactor::DelayedCall::reset), [`delay`](crate::reactor::DelayedCall::delay), [`active`](crate::reactor::DelayedCall::active), [`time`](crate::reactor::DelayedCall::time) | moving a call to an earlier time is [`advance`](crate::reactor::DelayedCall::advance) |
//! | `getDelayedCalls` | [`delayed_calls`](crate::reactor::Handle::delayed_calls) | |
//! | `callWhenRunning` | [`call_when_running`](crate::reactor::Handle::call_when_running) | |
//! | `addSystemEventTrigger`, `fireSystemEvent` | [`add_system_event_trigger`](crate::reactor::Handle::add_system_event_trigger), [`fire_system_event`](crate::reactor::Handle::fire_system_event) | phases and events are enums |
//! | `callFromThread` | [`Remote::call_from_thread`](crate::reactor::Remote::call_from_thread) | a `Remote` is what may leave the thread |
//! | `blockingCallFromThread` | [`Remote::blocking_call_from_thread`](crate::reactor::Remote::blocking_call_from_thread) | |
//! | `deferToThread`, `callInThread` | [`Handle::defer_to_thread`](crate::reactor::Handle::defer_to_thread), [`call_in_thread`](crate::reactor::Handle::call_in_thread) | |
//! | `suggestThreadPoolSize` | [`suggest_thread_pool_size`](crate::reactor::Handle::suggest_thread_pool_size) | |
//! | `resolve` | [`Handle::resolve`](crate::reactor::Handle::resolve) | in threads of its own, not the pool's; gives a socket address with port 0, which has room for `%eth0` |
//! | `addReader`, `removeReader`, `addWriter`, ... | [`add_reader`](crate::reactor::Handle::add_reader), [`remove_reader`](crate::reactor::Handle::remove_reader), [`add_writer`](crate::reactor::Handle::add_writer) | any [`FileDescriptor`](crate::reactor::FileDescriptor) |
//! | `listenTCP`, `connectTCP` | [`listen_tcp`](crate::reactor::Handle::listen_tcp), [`connect_tcp`](crate::reactor::Handle::connect_tcp) | a closure instead of a factory; connecting gives a Deferred, as Twisted's endpoints do |
//! | `Protocol`, `IHalfCloseableProtocol` | [`Protocol`](crate::reactor::Protocol) | gets its transport with every call; without a method of its own, a half close is answered by closing when all that was written has gone |
//! | `transport.write` | [`Transport::write`](crate::reactor::Transport::write) | the queue has a bound; `writable` instead of `registerProducer` |
//! | `listenUNIXDatagram`, `connectUNIXDatagram` | [`listen_unix_datagram`](crate::reactor::Handle::listen_unix_datagram), [`connect_unix_datagram`](crate::reactor::Handle::connect_unix_datagram) | |
//! | `listenUDP`, `listenMulticast` | [`listen_udp`](crate::reactor::Handle::listen_udp), [`listen_multicast`](crate::reactor::Handle::listen_multicast) | `[::]` takes IPv6 alone; Twisted's `interface` is the address, and `maxPacketSize` is in [`UdpOptions`](crate::reactor::UdpOptions) |
//! | `adoptDatagramPort` | [`adopt_udp`](crate::reactor::Handle::adopt_udp) | |
//! | `DatagramProtocol` | [`DatagramProtocol`](crate::reactor::DatagramProtocol) | a trait; `self` is shared, state is in cells |
//! | `transport.write`, `connect`, `joinGroup` | [`UdpPort`](crate::reactor::UdpPort): [`write`](crate::reactor::UdpPort::write), [`connect`](crate::reactor::UdpPort::connect), [`join_group`](crate::reactor::UdpPort::join_group) | |
//! | `stopListening` | [`stop_listening`](crate::reactor::UdpPort::stop_listening) | |
//!
//! # `twisted.internet.task`
//!
//! | Twisted | here |
//! |---|---|
//! | `react` | [`react`](crate::task::react); `SystemExit` is [`Exit`](crate::task::Exit) |
//! | `LoopingCall`, `withCount` | [`LoopingCall`](crate::task::LoopingCall), [`with_count`](crate::task::LoopingCall::with_count) |
//! | `deferLater` | [`defer_later`](crate::task::defer_later); without a function [`sleep`](crate::task::sleep) |
//! | `Clock`: `advance`, `pump` | [`Clock`](crate::task::Clock): [`advance`](crate::task::Clock::advance), [`pump`](crate::task::Clock::pump) |
//! | `Cooperator`, `cooperate`, `coiterate` | [`Cooperator`](crate::task::Cooperator): [`cooperate`](crate::task::Cooperator::cooperate), [`coiterate`](crate::task::Cooperator::coiterate) |
//!
//! # Five ports
//!
//! **A chain with an errback for one kind of error.**
//!
//! ```python
//! def port_of(d):
//!     d.addCallback(int)
//!     d.addErrback(lambda f: f.trap(ValueError) and 161)
//!     return d
//! ```
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, succeed};
//! use std::num::ParseIntError;
//!
//! fn port_of(text: Deferred<String>) -> Deferred<u16> {
//!     text.add_callback(|text| Ok(text.parse()?))
//!         .add_errback(|failure| failure.trap::<ParseIntError>().map(|_| 161))
//! }
//!
//! port_of(succeed("snmp".to_owned())).add_callback(|port| assert_eq!(port, 161));
//! port_of(succeed("1161".to_owned())).add_callback(|port| assert_eq!(port, 1161));
//! ```
//!
//! **Sequential code with `inlineCallbacks`.**
//!
//! ```python
//! @inlineCallbacks
//! def main(reactor):
//!     for attempt in range(3):
//!         try:
//!             answer = yield ask(reactor, attempt)
//!         except IOError:
//!             yield deferLater(reactor, 0.001, lambda: None)
//!         else:
//!             print(answer)
//!             return
//!
//! react(main)
//! ```
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, Failure, fail, succeed};
//! use deferred_snmp::reactor::Handle;
//! use deferred_snmp::task::{react, sleep};
//! use std::io;
//! use std::time::Duration;
//!
//! async fn main_program(reactor: Handle) -> Result<(), Failure> {
//!     for attempt in 0..3 {
//!         match ask(&reactor, attempt).await {
//!             Err(failure) if failure.check::<io::Error>().is_some() => {
//!                 sleep(&reactor, Duration::from_millis(1)).await?;
//!             }
//!             other => {
//!                 println!("{}", other?);
//!                 break;
//!             }
//!         }
//!     }
//!     Ok(())
//! }
//!
//! fn ask(_: &Handle, attempt: u32) -> Deferred<&'static str> {
//!     match attempt {
//!         0 => fail(io::Error::other("not yet").into()),
//!         _ => succeed("here"),
//!     }
//! }
//!
//! # assert_eq!(
//! react(|reactor| reactor.inline_callbacks(main_program(reactor.clone())))
//! # , std::process::ExitCode::SUCCESS);
//! ```
//!
//! **Two operations at once.**
//!
//! ```python
//! d = gatherResults([first(), second()], consumeErrors=True)
//! d.addCallback(lambda values: print(sum(values)))
//! d.addErrback(lambda f: print(f.value.subFailure))
//! ```
//!
//! ```
//! use deferred_snmp::deferred::{Deferred, gather_results};
//!
//! # let ((first_resolver, first), (second_resolver, second)) = (Deferred::pair(), Deferred::pair());
//! let members: [Deferred<u32>; 2] = [first, second];
//! gather_results(members)
//!     .map(|values| values.iter().sum::<u32>())
//!     .add_callback(|sum| assert_eq!(sum, 42))
//!     .handle(|error| println!("{error}"));
//! # second_resolver.callback(40);
//! # first_resolver.callback(2);
//! ```
//!
//! **A `LoopingCall` under test, without waiting.**
//!
//! ```python
//! clock = Clock()
//! beats = []
//! loop = LoopingCall(lambda: beats.append(clock.seconds()))
//! loop.clock = clock
//! loop.start(5)
//! clock.advance(12)
//! loop.stop()
//! ```
//!
//! ```
//! use deferred_snmp::task::{Clock, LoopingCall};
//! use std::{cell::RefCell, rc::Rc, time::Duration};
//!
//! let clock = Clock::new();
//! let beats = Rc::new(RefCell::new(Vec::new()));
//! let (list, time) = (beats.clone(), clock.clone());
//! let beat = LoopingCall::new(&clock, move || list.borrow_mut().push(time.elapsed().as_secs()));
//! let done = beat.start(Duration::from_secs(5), true);
//! clock.pump([Duration::from_secs(6), Duration::from_secs(6)])?;
//! beat.stop()?;
//! assert_eq!(*beats.borrow(), [0, 6, 12]);
//! assert!(done.is_fired());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! **An echo server on UDP.**
//!
//! ```python
//! class Echo(DatagramProtocol):
//!     def datagramReceived(self, data, address):
//!         self.transport.write(data, address)
//!
//! reactor.listenUDP(0, Echo())
//! ```
//!
//! ```
//! use deferred_snmp::reactor::{Datagram, DatagramProtocol, UdpPort};
//! use std::cell::OnceCell;
//! use std::rc::Rc;
//!
//! #[derive(Default)]
//! struct Echo {
//!     port: OnceCell<UdpPort>,
//! }
//!
//! impl DatagramProtocol for Echo {
//!     fn start_protocol(&self, port: &UdpPort) {
//!         let _ = self.port.set(port.clone());
//!     }
//!
//!     fn datagram_received(&self, datagram: Datagram<'_>) {
//!         if let Some(port) = self.port.get()
//!             && let Err(error) = port.write_from(datagram.data, datagram.from, datagram.to)
//!         {
//!             eprintln!("no echo for {}: {error}", datagram.from);
//!         }
//!     }
//! }
//!
//! # let mut reactor = deferred_snmp::reactor::Reactor::new()?;
//! # let handle = reactor.handle();
//! let port = handle.listen_udp("127.0.0.1:0".parse()?, Rc::new(Echo::default()))?;
//! # let client = std::net::UdpSocket::bind("127.0.0.1:0")?;
//! # client.send_to(b"hello", port.local_addr())?;
//! # client.set_read_timeout(Some(std::time::Duration::from_secs(10)))?;
//! # while !reactor.iterate(None)?.progressed {}
//! # reactor.turn()?;
//! # let mut buffer = [0; 8];
//! # assert_eq!(client.recv(&mut buffer)?, 5);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

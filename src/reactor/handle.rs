//! The reactor as callbacks see it.

use std::error::Error;
use std::fmt;
#[cfg(unix)]
use std::io;
use std::net::SocketAddr;
#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(unix)]
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::core::{Core, State};
use super::coroutines::OnCancel;
#[cfg(unix)]
use super::descriptors::{FileDescriptor, Way};
use super::remote::Remote;
#[cfg(test)]
use super::resolve::LookUp;
use super::resolve::LookupError;
use super::tasks::Task;
use super::tcp::{self, ConnectError, Protocol, TcpPort, Transport};
use super::threads::ThreadPoolClosed;
use super::timers::{DelayedCall, TimerOwner};
use super::triggers::{NoSuchTrigger, SystemEvent, TriggerId, TriggerPhase};
use super::udp::{CannotListenError, DatagramProtocol, UdpOptions, UdpPort};
#[cfg(unix)]
use super::unix::{UnixDatagramPort, UnixDatagramProtocol, UnixPortError};
use crate::deferred::{Deferred, Failure, Fault, IntoCompletion, TimeSource};

/// The reactor as seen from inside: timers, sockets, stop. Clones are cheap, and stay on the
/// reactor's thread; other threads use a [`Remote`].
#[derive(Clone)]
pub struct Handle {
    pub(crate) core: Rc<Core>,
}

impl Handle {
    pub(super) fn new(core: Rc<Core>) -> Self {
        Self { core }
    }

    /// The time: that of the pass inside a pass, the clock's outside.
    pub fn now(&self) -> Instant {
        self.core.now()
    }

    /// Has `f` called in `delay`, never inside this call and never early.
    ///
    /// Calls run in order of deadline, equal ones in the order scheduled. A call scheduled while
    /// calls are being run happens in a later pass, also with a delay of zero. Costs one
    /// allocation and O(log n), O(1) for the latest deadline so far.
    pub fn call_later(&self, delay: Duration, f: impl FnOnce() + 'static) -> DelayedCall {
        self.core.call_later(delay, f)
    }

    /// As [`Handle::call_later`], for the end of a time limit: [`Clock::call_at_limit`].
    pub(crate) fn call_at_limit(&self, limit: Duration, f: impl FnOnce() + 'static) -> DelayedCall {
        self.core.call_at_limit(limit, f)
    }

    /// Says of the timed call that runs that it has come to nothing, which is no progress.
    pub(crate) fn did_nothing(&self) {
        self.core.did_nothing.set(true);
    }

    /// Whether it has ended, or shuts down: nothing new is taken up.
    pub(crate) fn is_over(&self) -> bool {
        self.core.is_over()
    }

    /// [`ReactorBuilder::send_budget`](super::ReactorBuilder::send_budget).
    pub(crate) fn send_budget(&self) -> usize {
        self.core.budgets.sends
    }

    /// The calls that are pending, in no particular order.
    pub fn delayed_calls(&self) -> Vec<DelayedCall> {
        self.core.delayed_calls()
    }

    /// A task: a closure that runs at the end of a pass whenever it was scheduled.
    pub fn task(&self, run: impl FnMut() + 'static) -> Task {
        Task::new(&self.core, run)
    }

    /// Binds a UDP socket to `addr` and tells `protocol` what arrives, as Twisted's `listenUDP`.
    ///
    /// The socket is bound when this returns, whether the reactor runs or not; with port 0
    /// [`UdpPort::local_addr`] tells the real one. `start_protocol` is called inside, before
    /// anything is read.
    ///
    /// An address of IPv6 takes what comes by IPv6 only, the wildcard `[::]` too: who wants both families binds
    /// `0.0.0.0` as well, to the same port if need be. One that is mapped from IPv4 (`::ffff:127.0.0.1`) is bound as
    /// that of IPv4. [`socket_address`](super::socket_address) reads addresses with a zone.
    pub fn listen_udp(
        &self,
        addr: SocketAddr,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> Result<UdpPort, CannotListenError> {
        self.listen_udp_with(addr, &UdpOptions::new(), protocol)
    }

    /// As [`Handle::listen_udp`], with options.
    ///
    /// # Errors
    ///
    /// [`CannotListenError`], also for an option that the system does not have; each says whether that is an error.
    pub fn listen_udp_with(
        &self,
        addr: SocketAddr,
        options: &UdpOptions,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> Result<UdpPort, CannotListenError> {
        UdpPort::listen(&self.core, addr, options, protocol)
    }

    /// As [`Handle::listen_udp`]; with `shared`, others may bind the same address and port as
    /// well, and all get what is sent to a group ([`UdpOptions::shared`]).
    pub fn listen_multicast(
        &self,
        addr: SocketAddr,
        shared: bool,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> Result<UdpPort, CannotListenError> {
        self.listen_udp_with(addr, &UdpOptions::new().shared(shared), protocol)
    }

    /// As [`Handle::listen_udp`], on a duplicate of a socket that was bound elsewhere.
    ///
    /// Fails for anything but a UDP socket of IPv4 or IPv6, and for one that is not bound. The caller may close his. A socket of IPv6 that takes
    /// IPv4 as well shows addresses of IPv4 as such, and sends to them.
    #[cfg(unix)]
    pub fn adopt_udp(
        &self,
        socket: impl AsFd,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> io::Result<UdpPort> {
        self.adopt_udp_with(socket, &UdpOptions::new(), protocol)
    }

    /// As [`Handle::adopt_udp`], with options, which the caller's socket has from then on.
    #[cfg(unix)]
    pub fn adopt_udp_with(
        &self,
        socket: impl AsFd,
        options: &UdpOptions,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> io::Result<UdpPort> {
        UdpPort::adopt(&self.core, socket.as_fd(), options, protocol)
    }

    /// Takes TCP connections on `addr`, as Twisted's `listenTCP`; `protocol` makes the protocol of
    /// each, or refuses it, given the peer's address.
    ///
    /// The socket is bound when this returns, whether the reactor runs or not; with port 0
    /// [`TcpPort::local_addr`] tells the real one. When the system is short of descriptors, that is
    /// reported once, and connections wait until it is not.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::Deferred;
    /// use deferred_snmp::reactor::{ConnectionLost, Protocol, Transport};
    /// use deferred_snmp::task::react;
    /// use std::rc::Rc;
    /// use std::time::Duration;
    ///
    /// struct Echo;
    ///
    /// impl Protocol for Echo {
    ///     fn data_received(&self, transport: &Transport, data: &[u8]) {
    ///         if transport.write(data).is_err() {
    ///             transport.abort_connection();
    ///         }
    ///     }
    ///     fn connection_lost(&self, _: ConnectionLost) {}
    /// }
    ///
    /// # assert_eq!(
    /// react(|reactor| {
    ///     let local = ([127, 0, 0, 1], 0).into();
    ///     let port = reactor.listen_tcp(local, |_peer| Some(Rc::new(Echo))).expect("bound");
    ///     let limit = Duration::from_secs(5);
    ///     let connected = reactor.connect_tcp(port.local_addr(), limit, Rc::new(Echo));
    ///     connected.map(|transport| println!("connected to {}", transport.peer_addr()))
    /// })
    /// # , std::process::ExitCode::SUCCESS);
    /// ```
    pub fn listen_tcp(
        &self,
        addr: SocketAddr,
        protocol: impl Fn(SocketAddr) -> Option<Rc<dyn Protocol>> + 'static,
    ) -> Result<TcpPort, CannotListenError> {
        TcpPort::listen(&self.core, addr, Rc::new(protocol))
    }

    /// Connects to `addr`, as Twisted's `connectTCP`, within `limit`.
    ///
    /// The Deferred fires after `connection_made` has been called. Cancelling it gives the attempt
    /// up; the protocol is dropped then, as with every failure, and told nothing.
    pub fn connect_tcp(
        &self,
        addr: SocketAddr,
        limit: Duration,
        protocol: Rc<dyn Protocol>,
    ) -> Deferred<Transport, ConnectError> {
        tcp::connect(&self.core, addr, limit, protocol)
    }

    /// Binds a Unix datagram socket to `path`, as Twisted's `listenUNIXDatagram`.
    ///
    /// A file that is there already, be it left by a program that died, is an error
    /// (`AddrInUse`); the file that is made is removed when the port closes.
    #[cfg(unix)]
    pub fn listen_unix_datagram(
        &self,
        path: impl AsRef<Path>,
        protocol: Rc<dyn UnixDatagramProtocol>,
    ) -> Result<UnixDatagramPort, UnixPortError> {
        UnixDatagramPort::listen(&self.core, path.as_ref(), protocol)
    }

    /// A Unix datagram socket that is tied to the one at `peer`, as Twisted's
    /// `connectUNIXDatagram`. It can be answered only if it has a path of its `own`.
    #[cfg(unix)]
    pub fn connect_unix_datagram(
        &self,
        peer: impl AsRef<Path>,
        own: Option<&Path>,
        protocol: Rc<dyn UnixDatagramProtocol>,
    ) -> Result<UnixDatagramPort, UnixPortError> {
        UnixDatagramPort::connect(&self.core, peer.as_ref(), own, protocol)
    }

    /// Looks a host name up by the system's resolver, for at most `limit`.
    ///
    /// Gives an address with port 0, and with the interface where one is named, which an [`IpAddr`](std::net::IpAddr)
    /// cannot hold: `fe80::1%eth0`, also by its number. An address literal is itself, at once, or that of IPv4 which is
    /// mapped into one of IPv6; an empty name is the unspecified address. Each name is looked
    /// up in a thread of its own, which is not one of the pool: the end of the reactor does not wait for it.
    /// Up to 64 are under way at a time, and others wait; all who ask for one name get the same answer.
    ///
    /// # Errors
    ///
    /// [`LookupError`]: what the resolver says, or how far it had come when `limit` was over.
    pub fn resolve(&self, name: &str, limit: Duration) -> Deferred<SocketAddr, LookupError> {
        self.core.resolve(name, limit)
    }

    /// The same with a port.
    ///
    /// # Errors
    ///
    /// As for [`resolve`](Self::resolve).
    pub fn resolve_with_port(
        &self,
        name: &str,
        port: u16,
        limit: Duration,
    ) -> Deferred<SocketAddr, LookupError> {
        self.core.resolve(name, limit).map(move |mut address| {
            address.set_port(port);
            address
        })
    }

    /// Looks names up by something else than the system's resolver from now on.
    #[cfg(test)]
    pub(crate) fn look_up_by(&self, look_up: LookUp) {
        self.core.look_up_by(look_up);
    }

    #[cfg(test)]
    pub(super) fn lookups(&self) -> &super::resolve::Lookups {
        &self.core.lookups
    }

    /// Marks the reactor for stopping; shutdown begins in the pass that follows the present code.
    ///
    /// "Before shutdown" triggers and what they wait for find everything as ever. Then, at "during shutdown", ports and
    /// connections are closed and told so, calls from threads are dropped and those that block fail with
    /// [`ReactorStopped`](super::BlockingCallError::ReactorStopped), and work in threads of the pool is waited for; its outcomes
    /// are told before the triggers of that phase run. From there on:
    ///
    /// | | |
    /// |---|---|
    /// | `listen_udp` and its like, `add_reader`, `add_writer` | are errors |
    /// | `connect_tcp`, `resolve`, `defer_to_thread` | fail, abandoned |
    /// | `call_in_thread`, `stop` | are errors |
    /// | `call_from_thread` | drops the closure |
    /// | `crash`, `wake` | do nothing |
    /// | `call_later`, tasks, triggers of events that are not fired | are accepted and never run; they are released with the reactor |
    /// | `fire_system_event` | runs the triggers of the event |
    /// | `spawn`, Deferreds | go on as far as they do without the reactor |
    ///
    /// After the reactor has been dropped, closures are dropped at once, and `spawn` fails too.
    ///
    /// # Errors
    ///
    /// [`ReactorNotRunning`] before the reactor has begun, and from the first call on that succeeds.
    pub fn stop(&self) -> Result<(), ReactorNotRunning> {
        self.core.stop().then_some(()).ok_or(ReactorNotRunning)
    }

    /// Starts a coroutine with an error type of its own. An `async` block that only uses `?` names
    /// none: that is for [`inline_callbacks`](Self::inline_callbacks).
    ///
    /// It runs inside this call until it first waits for something that has no result yet, and
    /// goes on inside the call that fires what it waits for. The Deferred settles when it ends.
    /// Cancelling that cancels what the coroutine waits for, and the coroutine sees the outcome at
    /// its `.await`; one that waits for some other future is dropped. Dropping the Deferred does
    /// not stop it.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::reactor::{Handle, LookupError};
    /// use deferred_snmp::task::react;
    /// use std::net::SocketAddr;
    /// use std::time::Duration;
    ///
    /// async fn look_up(reactor: Handle) -> Result<SocketAddr, LookupError> {
    ///     reactor.resolve("127.0.0.1", Duration::from_secs(1)).await
    /// }
    ///
    /// react(|reactor| reactor.spawn(look_up(reactor.clone())));
    /// ```
    pub fn spawn<T, E, F>(&self, coroutine: F) -> Deferred<T, E>
    where
        T: 'static,
        E: Fault,
        F: Future<Output = Result<T, E>> + 'static,
    {
        self.core.spawn(coroutine, OnCancel::Awaited)
    }

    /// As [`spawn`](Self::spawn), for a coroutine whose error is a [`Failure`], which every error turns
    /// into by `?`.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::task::{react, sleep};
    /// use std::time::Duration;
    ///
    /// react(|reactor| {
    ///     let clock = reactor.clone();
    ///     reactor.inline_callbacks(async move {
    ///         for text in ["1", "2", "3"] {
    ///             let number: u32 = text.parse()?;
    ///             sleep(&clock, Duration::from_millis(1)).await?;
    ///             println!("{number}");
    ///         }
    ///         Ok(())
    ///     })
    /// });
    /// ```
    pub fn inline_callbacks<T: 'static>(
        &self,
        coroutine: impl Future<Output = Result<T, Failure>> + 'static,
    ) -> Deferred<T> {
        self.spawn(coroutine)
    }

    /// A Deferred with the outcome of a future; cancelling it drops the future.
    pub fn from_future<T, E, F>(&self, future: F) -> Deferred<T, E>
    where
        T: 'static,
        E: Fault,
        F: Future<Output = Result<T, E>> + 'static,
    {
        self.core.spawn(future, OnCancel::Drop)
    }

    /// Runs `f` on a thread of the pool; a panic in it is reported, and so is it if the pool has no thread
    /// and cannot start one.
    ///
    /// The pool has up to ten threads, made when there is work and the reactor runs. Fails once
    /// the reactor has shut down.
    pub fn call_in_thread(
        &self,
        f: impl FnOnce() + Send + 'static,
    ) -> Result<(), ThreadPoolClosed> {
        self.core.call_in_thread(f)
    }

    /// Runs `f` on a thread of the pool and gives its outcome, delivered on this thread.
    ///
    /// What crosses threads has to be `Send`; the error `X` of `f` becomes the chain's `E` here, which
    /// need not be: for `Deferred<T>`, whose error is [`Failure`], any error will do.
    ///
    /// Cancelling settles at once; work that has not begun is then never done, and the outcome of
    /// work under way is dropped. Abandoned when the reactor shuts down before the work begins, or does not wait for its end, and
    /// [`NoThread`](crate::deferred::Interrupt::NoThread) when the pool has no thread and cannot start one.
    ///
    /// # Examples
    ///
    /// ```
    /// use deferred_snmp::deferred::Deferred;
    /// use deferred_snmp::task::react;
    /// use std::fs;
    ///
    /// react(|reactor| -> Deferred<()> {
    ///     reactor
    ///         .defer_to_thread(|| fs::read_to_string("Cargo.toml"))
    ///         .map(|text| println!("{} lines", text.lines().count()))
    /// });
    /// ```
    pub fn defer_to_thread<T, X, E>(
        &self,
        f: impl FnOnce() -> Result<T, X> + Send + 'static,
    ) -> Deferred<T, E>
    where
        T: Send + 'static,
        X: Send + 'static,
        E: Fault + From<X>,
    {
        self.core.defer_to_thread(f)
    }

    /// Sets how many threads the pool may have; at least one. Running work is not disturbed.
    pub fn suggest_thread_pool_size(&self, threads: usize) {
        self.core.pool.set_limit(threads);
    }

    /// Calls `do_read` of the descriptor whenever it can be read. Idempotent.
    #[cfg(unix)]
    pub fn add_reader(&self, descriptor: &Rc<dyn FileDescriptor>) -> io::Result<()> {
        self.core.watch(descriptor, Way::Read)
    }

    /// Calls `do_write` of the descriptor whenever it can be written. Idempotent.
    #[cfg(unix)]
    pub fn add_writer(&self, descriptor: &Rc<dyn FileDescriptor>) -> io::Result<()> {
        self.core.watch(descriptor, Way::Write)
    }

    /// Ends [`Handle::add_reader`]; no harm if it was not added.
    #[cfg(unix)]
    pub fn remove_reader(&self, descriptor: &Rc<dyn FileDescriptor>) {
        self.core.unwatch(descriptor, Way::Read);
    }

    /// Ends [`Handle::add_writer`]; no harm if it was not added.
    #[cfg(unix)]
    pub fn remove_writer(&self, descriptor: &Rc<dyn FileDescriptor>) {
        self.core.unwatch(descriptor, Way::Write);
    }

    /// Stops watching all descriptors of the program's own and gives them, each once; sockets of
    /// [`Handle::listen_udp`] stay.
    #[cfg(unix)]
    pub fn remove_all(&self) -> Vec<Rc<dyn FileDescriptor>> {
        self.core.unwatch_all()
    }

    /// The descriptors watched for reading.
    #[cfg(unix)]
    pub fn readers(&self) -> Vec<Rc<dyn FileDescriptor>> {
        self.core.watched_for(Way::Read)
    }

    /// The descriptors watched for writing.
    #[cfg(unix)]
    pub fn writers(&self) -> Vec<Rc<dyn FileDescriptor>> {
        self.core.watched_for(Way::Write)
    }

    /// Ends the loop after the present pass: nothing is closed and no shutdown trigger runs.
    ///
    /// Afterwards [`Reactor::run`](super::Reactor::run) may run it again, from start-up on; turns in a host's loop do nothing
    /// and report [`Phase::Stopped`](super::Phase::Stopped). What waits goes on waiting. So does a shutdown whose "before"
    /// triggers have run: when what they returned has fired, the next run goes on with it after its start-up. If that
    /// is stopped earlier, it waits for the triggers added since and not for those. Past "during shutdown", and before the
    /// reactor has begun, this does nothing.
    pub fn crash(&self) {
        self.core.crash();
    }

    /// Has `f` run at a phase of a system event, after those added before.
    ///
    /// Triggers run once. A Deferred returned by a `Before` trigger is waited for, whatever it
    /// comes to; an error of it is reported.
    pub fn add_system_event_trigger<R>(
        &self,
        phase: TriggerPhase,
        event: SystemEvent,
        f: impl FnOnce() -> R + 'static,
    ) -> TriggerId
    where
        R: IntoCompletion,
    {
        self.core.add_trigger(phase, event, f)
    }

    /// Takes back a trigger.
    ///
    /// Fails if it has run or was removed. A `Before` trigger that has run for an event still
    /// waiting for its Deferreds is too late as well, and only logged.
    pub fn remove_system_event_trigger(&self, id: TriggerId) -> Result<(), NoSuchTrigger> {
        self.core.remove_trigger(id)
    }

    /// Runs the triggers of an event; the program's own events have names.
    pub fn fire_system_event(&self, event: SystemEvent) {
        self.core.fire(event);
    }

    /// Calls `f` when the reactor is running: inside this call if it is, else after start-up.
    pub fn call_when_running(&self, f: impl FnOnce() + 'static) -> Option<TriggerId> {
        if self.is_running() {
            f();
            return None;
        }
        Some(self.add_system_event_trigger(TriggerPhase::After, SystemEvent::Startup, f))
    }

    /// Whether the reactor has started and has not reached the "during shutdown" phase.
    pub fn is_running(&self) -> bool {
        matches!(self.core.state(), State::Running | State::Stopping)
    }

    /// The handle for other threads.
    pub fn remote(&self) -> Remote {
        self.core.remote().clone()
    }
}

impl TimeSource for Handle {
    type Call = DelayedCall;

    fn now(&self) -> Instant {
        Self::now(self)
    }

    fn call_later(&self, delay: Duration, call: impl FnOnce() + 'static) -> DelayedCall {
        Self::call_later(self, delay, call)
    }

    fn call_at_limit(&self, limit: Duration, call: impl FnOnce() + 'static) -> DelayedCall {
        Self::call_at_limit(self, limit, call)
    }
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("state", &self.core.state())
            .finish_non_exhaustive()
    }
}

/// `stop` was called before the reactor ran, or when it was stopping or had stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
pub struct ReactorNotRunning;

impl fmt::Display for ReactorNotRunning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reactor is not running")
    }
}

impl Error for ReactorNotRunning {}

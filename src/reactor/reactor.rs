//! The reactor with a poll of its own.

use std::error::Error;
use std::fmt;
use std::io;
#[cfg(unix)]
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, RawFd};
use std::panic::resume_unwind;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mio::{Events, Poll, Registry, Token, Waker};

use super::clock::Clock;
use super::core::{Budgets, Core, State, Timer};
use super::handle::Handle;
use super::readiness::Readiness;
use super::remote::{Inlet, Remote};
use super::report::keeping;
use super::slot::Tokens;

/// An event loop with timers, UDP sockets and calls from threads: run it, or turn it from inside
/// another loop.
///
/// A host watches the descriptor ([`AsFd`]) for *readable*, calls [`Reactor::turn`] when it is
/// readable or [`Reactor::next_timeout`] is over, and asks `next_timeout` again. A pass runs calls
/// queued from threads, timed calls that are due, and then the sockets that are ready, the
/// tasks scheduled by all of them, and time limits that are over.
pub struct Reactor {
    pub(super) core: Rc<Core>,
    poll: Poll,
    events: Events,
    resume_panics: bool,
    #[cfg(all(unix, feature = "signals"))]
    signals: bool,
}

impl Reactor {
    /// A reactor with default budgets.
    ///
    /// Fails when the system gives no more descriptors; takes three, four with a timer.
    pub fn new() -> io::Result<Self> {
        Self::builder().build()
    }

    /// Options for a new reactor.
    pub fn builder() -> ReactorBuilder {
        ReactorBuilder::default()
    }

    /// Runs until stopped, or crashed.
    ///
    /// A reactor that is stopped while work runs in threads of its pool waits for that, at most for
    /// [`ReactorBuilder::thread_wait`].
    ///
    /// Fails if the reactor was stopped before, or if polling itself fails.
    ///
    /// With the feature `signals`, SIGTERM and SIGINT stop the reactor from start-up until this
    /// returns; SIGINT only if the program does not catch or ignore it itself. See
    /// [`manual::features`](crate::manual::features).
    pub fn run(&mut self) -> io::Result<()> {
        if self.core.state() == State::Stopped {
            return Err(io::Error::other(ReactorNotRestartable));
        }
        self.core.restart();
        #[cfg(all(unix, feature = "signals"))]
        if self.signals {
            self.core.want_signals(SIGNALS);
        }
        let (outcome, panic) = match self.resume_panics {
            true => keeping(|| self.run_passes()),
            false => (self.run_passes(), None),
        };
        #[cfg(all(unix, feature = "signals"))]
        self.core.release_signals();
        if let Some(payload) = panic {
            resume_unwind(payload);
        }
        outcome
    }

    fn run_passes(&mut self) -> io::Result<()> {
        loop {
            self.pass(None, true)?;
            if matches!(self.core.state(), State::Crashed | State::Stopped) {
                return Ok(());
            }
        }
    }

    /// Does one pass, which never blocks, and takes and sends no more than the budgets of [`ReactorBuilder`]: an
    /// SNMP engine sends 32 messages by default, and 32 more when a socket has been read. A host that does not come again
    /// at once when there is [more](Turn::more) turns until there is none, or for as long as it can spare.
    ///
    /// It does not wait for threads either: while a stopped reactor has work in a thread, turns report
    /// [`Phase::Stopping`], and the descriptor becomes readable when the last thread has ended.
    pub fn turn(&mut self) -> io::Result<Turn> {
        self.iterate(Some(Duration::ZERO))
    }

    /// Does one pass that sleeps at most `max_wait`, and never beyond the next deadline.
    ///
    /// What it is woken for is done in the same pass: the timed calls that are due then and the calls from threads, if
    /// no descriptor is ready, else what those want. A pass that has run something before it would sleep does not sleep, so
    /// that `while !done { reactor.iterate(None)?; }` sees what it waits for.
    ///
    /// Fails only if polling itself fails; errors of sockets go to their ports, of callbacks to
    /// the reporter.
    pub fn iterate(&mut self, max_wait: Option<Duration>) -> io::Result<Turn> {
        let turn = self.pass(max_wait, false)?;
        self.core.forget_told();
        if turn.more {
            // The host may look at nothing but the descriptor, and this pass may have taken the
            // event that made it readable.
            self.core.inlet.raise_again();
        }
        Ok(turn)
    }

    /// When the next timed thing is due.
    pub fn next_deadline(&self) -> Option<Instant> {
        self.core.tell();
        self.core.next_deadline()
    }

    /// The longest sleep allowed: zero means not to sleep, none that there is no limit.
    pub fn next_timeout(&self, now: Instant) -> Option<Duration> {
        self.core.tell();
        self.core.sleep(now)
    }

    /// Whether the descriptor becomes readable at deadlines too, so that the host may forget
    /// [`Reactor::next_timeout`].
    pub fn timeouts_on_fd(&self) -> bool {
        self.core.has_timer()
    }

    /// The handle used inside callbacks.
    pub fn handle(&self) -> Handle {
        Handle::new(self.core.clone())
    }

    /// The handle for other threads.
    pub fn remote(&self) -> Remote {
        self.core.remote().clone()
    }

    /// The last signal that stopped the reactor, or arrived while it was stopping.
    #[cfg(all(unix, feature = "signals"))]
    pub fn exit_signal(&self) -> Option<i32> {
        self.core.signals.last()
    }

    /// One pass. Nobody looks at what has happened between those of a run, which sleeps whatever it has run.
    fn pass(&mut self, max_wait: Option<Duration>, is_run: bool) -> io::Result<Turn> {
        let pass = self.core.begin();
        let wait = match self.core.progressed.get() && !is_run {
            true => Some(Duration::ZERO),
            false => pass.sleep(max_wait),
        };
        let mut wait = wait.map(|wait| wait.min(LONGEST_SLEEP));
        let slept = wait != Some(Duration::ZERO);
        let mut taken = 0;
        loop {
            match self.poll.poll(&mut self.events, wait) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => break,
                Err(error) => return Err(error),
            }
            let mut count = 0;
            for event in &self.events {
                count += 1;
                match event.token() {
                    WAKER => self.core.inlet.lower(),
                    #[cfg(all(unix, feature = "signals"))]
                    SIGNALS => self.core.take_signals(),
                    token => self.core.note(token, Readiness::of(event)),
                }
            }
            taken += count;
            // A full buffer may have left events behind, which an edge-triggered host would not
            // be told of again.
            let full = count == self.events.capacity();
            self.core.more_events.set(full);
            if !full || taken >= self.core.budgets.events {
                break;
            }
            wait = Some(Duration::ZERO);
        }
        if slept {
            pass.slept();
        }
        Ok(pass.finish())
    }
}

impl Drop for Reactor {
    fn drop(&mut self) {
        self.core.abandon();
        // Nothing is registered any more. Where a system keeps the event of the last wake nevertheless, the host's
        // duplicate of the descriptor would show it for ever.
        let _ = self.poll.poll(&mut self.events, Some(Duration::ZERO));
    }
}

impl fmt::Debug for Reactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reactor")
            .field("state", &self.core.state())
            .field("next_deadline", &self.core.next_deadline())
            .finish_non_exhaustive()
    }
}

#[cfg(unix)]
impl AsFd for Reactor {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.poll.registry().as_fd()
    }
}

#[cfg(unix)]
impl AsRawFd for Reactor {
    fn as_raw_fd(&self) -> RawFd {
        self.poll.as_raw_fd()
    }
}

/// Options of a [`Reactor`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing until `build`"]
pub struct ReactorBuilder {
    events: usize,
    pub(super) budgets: Budgets,
    timer_fd: bool,
    /// When virtual time begins, if time is virtual.
    pub(super) start: Option<Instant>,
    resume_panics: bool,
    #[cfg(all(unix, feature = "signals"))]
    signals: bool,
}

impl Default for ReactorBuilder {
    fn default() -> Self {
        Self {
            events: 256,
            budgets: Budgets::default(),
            timer_fd: false,
            start: None,
            resume_panics: false,
            #[cfg(all(unix, feature = "signals"))]
            signals: true,
        }
    }
}

impl ReactorBuilder {
    /// How many events one system call takes at most. Default 256; at least 2; 12 octets each.
    pub fn event_capacity(mut self, events: usize) -> Self {
        // The wake that a turn leaves behind takes one, and must not fill it: that would look like more.
        self.events = events.max(2);
        self
    }

    /// How many events one pass takes at most, rounded up to whole buffers. Default 1024.
    pub fn event_budget(mut self, events: usize) -> Self {
        self.budgets.events = events.max(1);
        self
    }

    /// How many datagrams one pass takes from a socket at most, rounded up to a batch, and how
    /// often it reads from a stream. Default 256.
    pub fn datagram_budget(mut self, datagrams: usize) -> Self {
        self.budgets.datagrams = datagrams.max(1);
        self
    }

    /// How many octets of payload one pass takes from a socket before it turns to the next.
    /// Default 256 KiB.
    pub fn octet_budget(mut self, octets: usize) -> Self {
        self.budgets.octets = octets.max(1);
        self
    }

    /// How many timed calls one pass runs at most. Default 4096.
    pub fn timed_call_budget(mut self, calls: usize) -> Self {
        self.budgets.timed_calls = calls.max(1);
        self
    }

    /// How many messages an SNMP engine sends at most before the next datagrams are received: once a pass, and once
    /// more for each socket that has been read. Default 32.
    ///
    /// Answers come while others are still being sent: in a loop that turns without a pause, a small number
    /// keeps them from overflowing the receive buffer. A host that turns now and then, as once a frame, turns
    /// until [`Turn::more`] is false, or gives a larger number; what one turn has sent is then what a receive buffer has
    /// to hold until the next.
    pub fn send_budget(mut self, messages: usize) -> Self {
        self.budgets.sends = messages.max(1);
        self
    }

    /// How long shutdown waits for work that runs in threads of the pool. Default: until it is
    /// done.
    pub fn thread_wait(mut self, wait: Duration) -> Self {
        self.budgets.thread_wait = Some(wait);
        self
    }

    /// Makes the descriptor readable at deadlines as well, where the system can (Linux); see
    /// [`Reactor::timeouts_on_fd`]. Default false; costs a descriptor, and a system call whenever
    /// the next deadline changes.
    pub fn timer_fd(mut self, on: bool) -> Self {
        self.timer_fd = on;
        self
    }

    /// Whether SIGINT and SIGTERM stop the reactor while [`Reactor::run`] runs it. Default true.
    #[cfg(all(unix, feature = "signals"))]
    pub fn signals(mut self, on: bool) -> Self {
        self.signals = on;
        self
    }

    /// Whether [`Reactor::run`], when it has come to its end, panics with the first panic of a
    /// callback. Default false. Panics are reported as they happen in either case; one in a stage
    /// or a coroutine is an error of its Deferred and nothing else.
    pub fn resume_panics(mut self, on: bool) -> Self {
        self.resume_panics = on;
        self
    }

    /// Makes the reactor.
    pub fn build(self) -> io::Result<Reactor> {
        let poll = Poll::new()?;
        let registry = poll.registry().try_clone()?;
        let waker = Waker::new(&registry, WAKER)?;
        let inlet = Inlet::new(Arc::new(move || {
            // Fails only when the poll is gone, and with it whoever should wake.
            let _ = waker.wake();
        }));
        let clock = Clock::new(self.start);
        let timer = match self.timer_fd && !clock.is_virtual() {
            true => timer(&registry)?,
            false => None,
        };
        let core = Core::new(registry, Tokens::Own, self.budgets, inlet, clock, timer);
        Ok(Reactor {
            core,
            poll,
            events: Events::with_capacity(self.events),
            resume_panics: self.resume_panics,
            #[cfg(all(unix, feature = "signals"))]
            signals: self.signals,
        })
    }
}

/// How a pass went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Turn {
    /// Some code of the user's ran.
    pub progressed: bool,
    /// Work is left over: the next pass is wanted without a sleep.
    pub more: bool,
    /// How far the reactor's life has come.
    pub phase: Phase,
}

/// How far the life of a reactor has come, as a host sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a life has these parts")]
pub enum Phase {
    /// Turns are wanted.
    Running,
    /// `stop` was called; turns are wanted until everything has been shut down.
    Stopping,
    /// Nothing will happen any more; after [`Handle::crash`] only [`Reactor::run`] starts again.
    Stopped,
}

/// A reactor that was stopped cannot run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
pub struct ReactorNotRestartable;

impl fmt::Display for ReactorNotRestartable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reactor that was stopped cannot run again")
    }
}

impl Error for ReactorNotRestartable {}

/// `timeout` in milliseconds as `poll(2)` and its relatives want it: rounded up, so that nothing
/// wakes before a deadline and spins; -1 for no limit.
pub fn poll_timeout_ms(timeout: Option<Duration>) -> i32 {
    let Some(timeout) = timeout else { return -1 };
    let milliseconds = timeout.as_nanos().div_ceil(1_000_000);
    i32::try_from(milliseconds).unwrap_or(i32::MAX)
}

#[cfg(target_os = "linux")]
fn timer(registry: &Registry) -> io::Result<Option<Box<dyn Timer>>> {
    let timer = super::timer_fd::TimerFd::new(registry, TIMER)?;
    Ok(Some(Box::new(timer)))
}

#[cfg(not(target_os = "linux"))]
fn timer(_: &Registry) -> io::Result<Option<Box<dyn Timer>>> {
    Ok(None)
}

const WAKER: Token = Token(usize::MAX);
#[cfg(target_os = "linux")]
const TIMER: Token = Token(usize::MAX - 1);
#[cfg(all(unix, feature = "signals"))]
const SIGNALS: Token = Token(usize::MAX - 2);
/// Systems differ in how long they can sleep; a day is safe everywhere.
const LONGEST_SLEEP: Duration = Duration::from_secs(24 * 3600);

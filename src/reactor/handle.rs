//! The reactor as callbacks see it.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use super::core::{Core, State};
use super::remote::Remote;
use super::tasks::Task;
use super::timers::{DelayedCall, TimerOwner};
use super::triggers::{NoSuchTrigger, SystemEvent, TriggerId, TriggerPhase};
use super::udp::{CannotListenError, DatagramProtocol, UdpPort};
use crate::deferred::{Failure, IntoOutcome};

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
    pub fn listen_udp(
        &self,
        addr: SocketAddr,
        protocol: Rc<dyn DatagramProtocol>,
    ) -> Result<UdpPort, CannotListenError> {
        UdpPort::listen(&self.core, addr, protocol)
    }

    /// Marks the reactor for stopping; shutdown begins in the pass that follows the present code.
    pub fn stop(&self) -> Result<(), ReactorNotRunning> {
        self.core.stop().then_some(()).ok_or(ReactorNotRunning)
    }

    /// Ends the loop after the present pass: nothing is closed and no shutdown trigger runs.
    /// Afterwards it may be run again.
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
        R: IntoOutcome<Failure, Ok: 'static>,
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

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle")
            .field("state", &self.core.state())
            .finish_non_exhaustive()
    }
}

/// `stop` was called before the reactor ran, or when it was stopping or had stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReactorNotRunning;

impl fmt::Display for ReactorNotRunning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the reactor is not running")
    }
}

impl Error for ReactorNotRunning {}

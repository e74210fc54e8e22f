//! One pass: calls from threads, timed calls, shutdown, sockets, tasks, time limits.

use std::rc::Rc;
use std::time::{Duration, Instant};

use super::core::{Core, State};
use super::handle::Handle;
use super::reactor::{Phase, Turn};
use super::readiness::Readiness;
use super::remote::Job;
use super::report::guarded;
use super::timers::{DueCall, TimerOwner};
use super::triggers::SystemEvent;

impl Core {
    /// First half of a pass: start-up, calls from threads, timed calls, shutdown.
    pub(super) fn begin(self: &Rc<Self>) -> Pass {
        self.pass.set(Some(self.clock.now()));
        self.progressed.set(false);
        self.slots.borrow_mut().release_retired();
        let pass = Pass { core: self.clone() };
        if self.state.get() == State::Idle {
            self.state.set(State::Starting);
            self.fire(SystemEvent::Startup);
        }
        self.take_up();
        pass
    }

    /// What comes before the sockets.
    fn take_up(self: &Rc<Self>) {
        if self.alive() {
            self.run_jobs();
            self.run_due();
            self.run_stop();
        } else {
            self.end_with_threads();
        }
    }

    pub(super) fn alive(&self) -> bool {
        matches!(
            self.state.get(),
            State::Starting | State::Running | State::Stopping
        )
    }

    fn run_jobs(self: &Rc<Self>) {
        for _ in 0..self.inlet.queued() {
            let Some(job) = self.inlet.next() else { break };
            self.progressed.set(true);
            guarded("a call from a thread", || match job {
                Job::Plain(f) => f(),
                Job::WithHandle(f) => f(&Handle::new(self.clone())),
                Job::Redeem(ticket) => self.redeem(ticket),
                Job::LookedUp(name, result) => self.looked_up(&name, &result),
                Job::Resume(name) => self.wake_coroutine(name),
            });
        }
    }

    fn run_due(&self) {
        let now = self.now();
        let mut due = self.due.take();
        self.timers
            .borrow_mut()
            .take_due(now, self.budgets.timed_calls, &mut due);
        for call in due.drain(..) {
            if call.is_limit() {
                self.limits.borrow_mut().push_back(call);
                continue;
            }
            self.run_timed("a delayed call", call);
        }
        self.due.set(due);
    }

    fn run_stop(self: &Rc<Self>) {
        if self.stop_asked.replace(false) {
            self.progressed.set(true);
            self.state.set(State::Stopping);
            self.driver.ends();
            self.fire(SystemEvent::Shutdown);
        }
    }

    /// Second half of a pass, after events were noted: sockets, then tasks, then time limits.
    fn serve(self: &Rc<Self>) {
        let mut is_unread = self.more_events.get();
        let count = self.ready.borrow().len();
        for _ in 0..count {
            let Some(key) = self.ready.borrow_mut().pop_front() else {
                break;
            };
            let taken = self.slots.borrow_mut().take_ready(key);
            if let Some((source, ready)) = taken {
                self.progressed.set(true);
                let left = guarded("a ready descriptor", || source.serve(self, ready));
                let left = left.unwrap_or_default();
                is_unread |= left.contains(Readiness::READ);
                self.add_ready(key, left);
            }
        }
        let count = self.work.borrow().len();
        for _ in 0..count {
            let Some(work) = self.work.borrow_mut().pop_front() else {
                break;
            };
            self.progressed.set(true);
            guarded("a task", || work.run());
        }
        self.run_limits(is_unread);
    }

    /// Runs what ends time limits that are over, unless what they wait for may be among what has not been read.
    fn run_limits(&self, is_unread: bool) {
        if self.limits.borrow().is_empty() {
            return;
        }
        let waited = self.waited.get();
        if is_unread && waited < LONGEST_WAIT {
            return self.waited.set(waited + 1);
        }
        self.waited.set(0);
        for _ in 0..self.budgets.timed_calls {
            let Some(call) = self.limits.borrow_mut().pop_front() else {
                break;
            };
            self.run_timed("a time limit", call);
        }
    }

    fn run_timed(&self, place: &str, call: DueCall) {
        let ran = guarded(place, || call.run(&self.timers));
        if ran != Some(false) && !self.did_nothing.take() {
            self.progressed.set(true);
        }
    }

    /// Whether something is left that the host must not sleep over.
    fn left_over(&self, now: Instant) -> bool {
        if self.alive() {
            self.has_work() || self.next_deadline().is_some_and(|at| at <= now)
        } else {
            self.threads_are_over(now)
        }
    }
}

/// Passes for which time limits that are over wait for sockets that are not drained. By default they read 16,384
/// datagrams of each: more than a receive buffer of 4 MiB holds. Who sends more than is read does not stop time.
const LONGEST_WAIT: u32 = 64;

/// A pass under way; its end is also the end of the pass's time.
pub(super) struct Pass {
    core: Rc<Core>,
}

impl Pass {
    /// How long this pass may sleep, given the caller's limit.
    pub(super) fn sleep(&self, limit: Option<Duration>) -> Option<Duration> {
        if !self.core.alive() && self.core.state.get() != State::Ending {
            return Some(Duration::ZERO);
        }
        let own = self.core.sleep(self.core.now());
        match (own, limit) {
            (Some(own), Some(limit)) => Some(own.min(limit)),
            (own, limit) => own.or(limit),
        }
    }

    /// Time has passed while the reactor slept. If no descriptor is ready, it was woken for what begins a pass, and the
    /// next one would have nothing else to do.
    pub(super) fn slept(&self) {
        self.core.pass.set(Some(self.core.clock.now()));
        if self.core.ready.borrow().is_empty() {
            self.core.take_up();
        }
    }

    /// Serves what was noted and tells how the pass went.
    pub(super) fn finish(self) -> Turn {
        let core = &self.core;
        if core.alive() {
            core.serve();
        }
        if let Some(timer) = &core.timer {
            timer.set(core.next_deadline(), core.clock.now());
        }
        Turn {
            progressed: core.progressed.get(),
            more: core.left_over(core.now()),
            phase: match core.state.get() {
                State::Idle | State::Starting | State::Running => Phase::Running,
                State::Stopping | State::Ending => Phase::Stopping,
                State::Crashed | State::Stopped | State::Gone => Phase::Stopped,
            },
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.core.pass.set(None);
    }
}

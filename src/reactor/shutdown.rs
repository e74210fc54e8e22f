//! How a reactor ends: after its triggers, by a crash, or because its shell is dropped.

use std::rc::Rc;
use std::time::Instant;

use super::core::{Core, State};
use super::report::{drop_each, guarded};
use super::timers::TimerOwner;
use super::triggers::SystemEvent;

impl Core {
    /// In or past "during shutdown": nothing new is taken up.
    pub(super) fn is_over(&self) -> bool {
        matches!(
            self.state.get(),
            State::Ending | State::Stopped | State::Gone
        )
    }

    /// What the reactor itself does between the "before" triggers of an event and the others. False if those have
    /// to wait, and are run by [`Core::end_with_threads`].
    pub(super) fn during(self: &Rc<Self>, event: SystemEvent) -> bool {
        match event {
            SystemEvent::Startup if self.state.get() == State::Starting => {
                self.state.set(State::Running);
                #[cfg(all(unix, feature = "signals"))]
                self.watch_signals();
                self.pool.start();
                true
            }
            SystemEvent::Shutdown => match self.state.get() {
                // Fired again by a program.
                State::Ending => false,
                State::Stopped | State::Gone => true,
                _ => self.shut_down(),
            },
            _ => true,
        }
    }

    fn shut_down(self: &Rc<Self>) -> bool {
        self.state.set(State::Ending);
        self.driver.ends();
        self.disconnect_all();
        self.lookups.close();
        self.pool.close();
        // Before threads are waited for: one may be waiting for this reactor.
        self.inlet.close();
        let wait = self.budgets.thread_wait;
        let end = wait.and_then(|wait| self.now().checked_add(wait));
        self.wait_until.set(end);
        let is_over = self.threads_are_over(self.now());
        if is_over {
            self.stopped();
        } else if let Some(end) = end {
            self.rescheduled(end);
        }
        is_over
    }

    /// Whether shutdown waits for threads, and need not any longer.
    pub(super) fn threads_are_over(&self, now: Instant) -> bool {
        self.state.get() == State::Ending
            && (self.pool.has_ended() || self.wait_until.get().is_some_and(|end| end <= now))
    }

    /// Goes on with a shutdown that has waited for the last thread.
    pub(super) fn end_with_threads(self: &Rc<Self>) {
        if self.threads_are_over(self.now()) {
            self.progressed.set(true);
            self.stopped();
            self.fire_last(SystemEvent::Shutdown);
        }
    }

    /// Nothing will happen any more, and nobody has to be woken for it.
    fn stopped(&self) {
        for number in self.pool.tickets() {
            guarded("the outcome of work in a thread", || self.redeem(number));
        }
        self.state.set(State::Stopped);
        self.disarm();
    }

    /// Takes what wakes the host out of the poll, of which it may keep a duplicate.
    fn disarm(&self) {
        if let Some(timer) = &self.timer {
            timer.end(&self.registry);
        }
        self.inlet.disarm();
    }

    /// Ends the loop after the present pass, with no shutdown.
    pub(super) fn crash(&self) {
        if self.alive() {
            self.state.set(State::Crashed);
            self.driver.begins();
            self.stop_asked.set(false);
        }
    }

    /// A loop begins: after a crash, anew.
    pub(super) fn restart(&self) {
        if self.state.get() == State::Crashed {
            self.state.set(State::Idle);
        }
    }

    fn disconnect_all(self: &Rc<Self>) {
        let keys = self.slots.borrow().keys();
        for key in keys {
            let source = self.slots.borrow_mut().remove(key);
            if let Some(source) = source {
                guarded("the end of a descriptor", || source.disconnect(self));
            }
        }
    }

    /// The shell is gone: releases everything, running no network code and no callback. Whatever a value of the
    /// user's does as it is dropped, the others are dropped too, and who waits is told.
    pub(super) fn abandon(&self) {
        self.state.set(State::Gone);
        self.driver.is_gone();
        // Values of the user's may schedule more while they are dropped; `Gone` refuses that.
        let keys = self.slots.borrow().keys();
        for key in keys {
            let source = self.slots.borrow_mut().remove(key);
            if let Some(source) = source {
                guarded("the end of a descriptor", || source.abandon(self));
            }
        }
        let triggers = self.triggers.take();
        drop_each("a trigger that never ran", triggers.into_pending());
        self.limits.take();
        let calls = self.timers.borrow_mut().clear();
        drop_each("a delayed call that never ran", calls);
        let work = std::mem::take(&mut *self.work.borrow_mut());
        drop_each("a task that never ran", work);
        self.end_coroutines();
        guarded("the end of a look-up", || self.lookups.close());
        self.pool.close();
        self.pool.release_tickets();
        self.inlet.close();
        self.disarm();
    }
}

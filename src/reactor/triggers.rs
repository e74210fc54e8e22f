//! System events: what runs before, during and after start-up and shutdown.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::core::{Core, State};
use super::report::guarded;
use crate::deferred::{Deferred, IntoCompletion};

/// An event with triggers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SystemEvent {
    /// The reactor begins to run.
    Startup,
    /// The reactor ends.
    Shutdown,
    /// An event of the program's own.
    Named(&'static str),
}

/// When a trigger runs, relative to its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "an event has three phases")]
pub enum TriggerPhase {
    /// First; the event waits for the Deferreds that these return.
    Before,
    /// With the reactor's own part of the event.
    During,
    /// Last.
    After,
}

/// Names a trigger, for removing it.
#[derive(Debug)]
pub struct TriggerId {
    event: SystemEvent,
    phase: TriggerPhase,
    number: u64,
}

impl TriggerId {
    fn place(&self) -> Place {
        Place::new(self.event, self.phase, self.number)
    }
}

/// The trigger has run, or belongs to another reactor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing more to say")]
pub struct NoSuchTrigger;

impl fmt::Display for NoSuchTrigger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no such trigger")
    }
}

impl Error for NoSuchTrigger {}

type Call = Box<dyn FnOnce() -> Deferred<()>>;

/// Each costs the same among many.
#[derive(Default)]
pub(super) struct Triggers {
    pending: BTreeMap<Place, Call>,
    /// "Before" triggers that have run for an event that is still waiting.
    waited_for: BTreeSet<Place>,
}

/// Where a trigger stands: with those of its event and phase, in the order added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    event: (u8, &'static str),
    phase: u8,
    number: u64,
}

impl Place {
    fn new(event: SystemEvent, phase: TriggerPhase, number: u64) -> Self {
        let event = match event {
            SystemEvent::Startup => (0, ""),
            SystemEvent::Shutdown => (1, ""),
            SystemEvent::Named(name) => (2, name),
        };
        Self {
            event,
            phase: phase as u8,
            number,
        }
    }
}

/// The number of the last trigger, of whatever reactor: one of another reactor names nothing in this.
static COUNT: AtomicU64 = AtomicU64::new(0);

impl Triggers {
    /// The reactor has gone, and what has not run never will.
    pub(super) fn into_pending(self) -> impl Iterator<Item = impl Sized> {
        self.pending.into_values()
    }

    fn first(&self, event: SystemEvent, phase: TriggerPhase) -> Option<Place> {
        let all = Place::new(event, phase, 0)..=Place::new(event, phase, u64::MAX);
        self.pending.range(all).next().map(|(place, _)| *place)
    }
}

impl Core {
    pub(super) fn add_trigger<R: IntoCompletion>(
        &self,
        phase: TriggerPhase,
        event: SystemEvent,
        f: impl FnOnce() -> R + 'static,
    ) -> TriggerId {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let id = TriggerId {
            event,
            phase,
            number,
        };
        if self.state() == State::Gone {
            // As with timed calls: it would keep what it has captured, for ever.
            drop(f);
            return id;
        }
        let call: Call = Box::new(|| f().into_completion());
        let mut triggers = self.triggers.borrow_mut();
        triggers.pending.insert(id.place(), call);
        id
    }

    pub(super) fn remove_trigger(&self, id: TriggerId) -> Result<(), NoSuchTrigger> {
        let mut triggers = self.triggers.borrow_mut();
        if let Some(removed) = triggers.pending.remove(&id.place()) {
            drop(triggers);
            drop(removed);
            return Ok(());
        }
        if triggers.waited_for.contains(&id.place()) {
            debug!("a trigger of {:?} is removed after it has run", id.event);
            return Ok(());
        }
        Err(NoSuchTrigger)
    }

    /// Runs the triggers of `event`, those "before" now and the others when all the Deferreds
    /// that they return have fired.
    pub(super) fn fire(self: &Rc<Self>, event: SystemEvent) {
        let waiting = Rc::new(Wait {
            core: self.clone(),
            event,
            // One for this call itself: nothing goes on before all of them have run.
            count: Cell::new(1),
            suspended: Cell::new(false),
        });
        while let Some(call) = self.take_trigger(event, TriggerPhase::Before) {
            if let Some(deferred) = guarded("a trigger before an event", call) {
                waiting.count.set(waiting.count.get() + 1);
                let waiting = waiting.clone();
                // Given on after it was noted, so that an error of it is reported.
                drop(deferred.add_both(move |result| {
                    waiting.one_less();
                    result
                }));
            }
        }
        waiting.suspended.set(waiting.count.get() > 1);
        waiting.one_less();
    }

    fn fire_rest(self: &Rc<Self>, event: SystemEvent) {
        let mut triggers = self.triggers.borrow_mut();
        let Place { event: ended, .. } = Place::new(event, TriggerPhase::Before, 0);
        triggers.waited_for.retain(|waited| waited.event != ended);
        drop(triggers);
        if self.during(event) {
            self.fire_last(event);
        }
    }

    /// Runs the triggers of `event` but those "before" it.
    pub(super) fn fire_last(&self, event: SystemEvent) {
        for phase in [TriggerPhase::During, TriggerPhase::After] {
            while let Some(call) = self.take_trigger(event, phase) {
                guarded("a trigger of an event", || drop(call()));
            }
        }
    }

    fn take_trigger(&self, event: SystemEvent, phase: TriggerPhase) -> Option<Call> {
        let mut triggers = self.triggers.borrow_mut();
        let place = triggers.first(event, phase)?;
        let call = triggers.pending.remove(&place)?;
        self.progressed.set(true);
        if phase == TriggerPhase::Before {
            triggers.waited_for.insert(place);
        }
        Some(call)
    }
}

/// An event between its "before" triggers and the others.
struct Wait {
    core: Rc<Core>,
    event: SystemEvent,
    count: Cell<usize>,
    suspended: Cell<bool>,
}

impl Wait {
    fn one_less(&self) {
        self.count.set(self.count.get() - 1);
        if self.count.get() > 0 {
            return;
        }
        if self.suspended.get() {
            // From the loop and not from inside the code that fired.
            let (core, event) = (self.core.clone(), self.event);
            self.core.call_soon(move || core.fire_rest(event));
        } else {
            self.core.fire_rest(self.event);
        }
    }
}

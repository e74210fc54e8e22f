//! Cooperator: rules T-035 to T-043.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure};
use deferred_snmp::task::{Clock, Cooperator, TaskError};
use util::loops::{Log, reactor, reports, turn_until};

/// Units that note themselves.
fn units(log: &Log, name: &str, count: usize) -> impl Iterator<Item = ()> + use<> {
    let (log, name) = (log.clone(), name.to_owned());
    (0..count).map(move |number| log.note(format!("{name}{number}")))
}

/// A cooperator whose ticks last for so many units.
fn cooperator(clock: &Clock, units: usize) -> Cooperator<Clock> {
    let cooperator = Cooperator::with_predicate(clock, move || {
        let mut done = 0;
        move || {
            done += 1;
            done >= units
        }
    });
    cooperator.start();
    cooperator
}

fn tick(clock: &Clock) {
    // One call at a time: what a tick schedules is due at once.
    let before = clock.delayed_calls();
    assert!(before.len() <= 1, "T-043: one tick at most");
    clock.propagate_panics(true);
    let _ = clock.advance(Duration::ZERO);
}

#[test]
fn t_035_nothing_runs_inside_and_units_take_turns() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1000);
    let a = cooperator.coiterate(units(&log, "a", 3));
    drop(
        cooperator
            .coiterate(units(&log, "b", 2))
            .add_errback(|_| Ok(())),
    );
    assert_eq!(log.len(), 0);
    let notes = log.clone();
    drop(a.add_both(move |result| notes.note(format!("{result:?}"))));
    tick(&clock);
    assert_eq!(log.events(), ["a0", "b0", "a1", "b1", "a2", "Ok(())"]);
    assert!(
        clock.delayed_calls().is_empty(),
        "T-043: no tick without work"
    );
}

#[test]
fn t_036_a_tick_ends_with_its_predicate_and_the_next_goes_on_with_the_next_task() {
    let mut reactor = reactor();
    let log = Log::default();
    let cooperator = Cooperator::with_predicate(&reactor.handle(), || {
        let mut done = 0;
        move || {
            done += 1;
            done >= 3
        }
    });
    for name in ["a", "b"] {
        cooperator.cooperate(units(&log, name, 10));
    }
    reactor.turn().expect("a pass");
    assert_eq!(log.len(), 0, "unstarted");
    cooperator.start();
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["a0", "b0", "a1"]);
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["b1", "a2", "b2"]);
    turn_until(&mut reactor, || log.len() == 14);
}

#[test]
fn t_037_a_deferred_sets_the_task_aside() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1000);
    let (resolver, wait) = Deferred::<()>::pair();
    let mut steps = vec![Deferred::succeed(()), wait].into_iter();
    let notes = log.clone();
    let waiting = cooperator.cooperate(std::iter::from_fn(move || {
        notes.note("unit");
        steps.next()
    }));
    cooperator.cooperate(units(&log, "b", 2));
    tick(&clock);
    assert_eq!(log.take(), ["unit", "b0", "unit", "b1"]);
    resolver.callback(());
    assert_eq!(log.len(), 0, "resumed in a tick");
    tick(&clock);
    assert_eq!(log.take(), ["unit"]);
    assert!(matches!(waiting.pause(), Err(TaskError::Done)));
    // A failure ends the task with that failure.
    let (resolver, wait) = Deferred::<()>::pair();
    let mut wait = Some(wait);
    let failing = cooperator.cooperate(std::iter::from_fn(move || wait.take()));
    tick(&clock);
    resolver.errback(Failure::message("asked to fail"));
    let notes = log.clone();
    drop(failing.when_done().add_both(move |result| {
        notes.note(result.expect_err("failed").to_string());
    }));
    assert_eq!(log.take(), ["asked to fail"]);
    assert!(matches!(failing.stop(), Err(TaskError::Failed(_))));
}

#[test]
fn t_038_pauses_nest_and_resume_runs_nothing() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1);
    let task = cooperator.cooperate(units(&log, "a", 2));
    task.pause().expect("alive");
    task.pause().expect("alive");
    tick(&clock);
    assert_eq!(log.len(), 0);
    task.resume().expect("paused");
    tick(&clock);
    assert_eq!(log.len(), 0);
    task.resume().expect("paused");
    assert_eq!(log.len(), 0);
    assert!(matches!(task.resume(), Err(TaskError::NotPaused)));
    tick(&clock);
    assert_eq!(log.take(), ["a0", "a1"]);
    assert!(matches!(task.stop(), Err(TaskError::Done)));
    let task = cooperator.cooperate(units(&log, "b", 2));
    task.pause().expect("alive");
    task.stop().expect("alive");
    task.resume().expect("no-op");
    assert!(matches!(task.pause(), Err(TaskError::Stopped)));
    tick(&clock);
    assert_eq!(log.len(), 0);
}

#[test]
fn t_039_each_when_done_is_independent() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1000);
    let task = cooperator.cooperate(units(&log, "a", 0));
    for name in ["one", "two"] {
        let (notes, own, again) = (log.clone(), task.clone(), cooperator.clone());
        let note = log.noting(name);
        drop(task.when_done().add_both(move |_| {
            note();
            assert!(matches!(own.stop(), Err(TaskError::Done)));
            again.cooperate(units(&notes, "new", 1));
        }));
    }
    tick(&clock);
    assert_eq!(log.take(), ["one", "two", "new0", "new0"]);
    assert!(task.when_done().is_fired());
}

#[test]
fn t_040_the_state_is_final_and_the_task_removed_before_when_done_fires() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1000);
    let others: Vec<_> = (0..2)
        .map(|number| cooperator.cooperate(units(&log, &format!("other{number}-"), 9)))
        .collect();
    let task = cooperator.cooperate(std::iter::repeat(()));
    let (own, again, notes) = (task.clone(), cooperator, log.clone());
    drop(task.when_done().add_both(move |result| {
        assert!(matches!(result, Err(TaskError::Stopped)));
        assert!(matches!(own.stop(), Err(TaskError::Stopped)));
        assert!(matches!(own.pause(), Err(TaskError::Stopped)));
        assert!(own.when_done().add_errback(|_| Ok(())).is_fired());
        // A stage may stop and start anything.
        for other in &others {
            other.stop().expect("alive");
        }
        assert!(
            format!("{again:?}").contains("tasks: 0"),
            "none is left: {again:?}"
        );
        again.cooperate(units(&notes, "new", 2));
    }));
    task.stop().expect("alive");
    tick(&clock);
    assert_eq!(log.events(), ["new0", "new1"]);
    assert!(clock.delayed_calls().is_empty());
}

#[test]
fn t_041_a_task_stopped_while_waiting_ignores_what_comes() {
    let reported = reports();
    for failing in [false, true] {
        let (clock, log) = (Clock::new(), Log::default());
        let cooperator = cooperator(&clock, 1000);
        let (resolver, wait) = Deferred::<()>::pair();
        let mut wait = Some(wait);
        let task = cooperator.cooperate(std::iter::from_fn(move || wait.take()));
        tick(&clock);
        task.stop().expect("alive");
        let notes = log.clone();
        drop(
            task.when_done()
                .add_both(move |result| notes.note(format!("{result:?}"))),
        );
        match failing {
            true => resolver.errback(Failure::message("asked to fail")),
            false => resolver.callback(()),
        }
        tick(&clock);
        assert_eq!(log.events(), ["Err(Stopped)"]);
    }
    assert_eq!(reported.len(), 0);
}

#[test]
fn t_042_stopping_ends_every_task_and_new_ones_at_once() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1000);
    let note = |task: &deferred_snmp::task::CooperativeTask| {
        let notes = log.clone();
        drop(
            task.when_done()
                .add_both(move |result| notes.note(format!("{result:?}"))),
        );
    };
    for name in ["a", "b", "c", "d"] {
        note(&cooperator.cooperate(units(&log, name, 9)));
    }
    cooperator.stop();
    assert_eq!(log.take(), ["Err(SchedulerStopped)"; 4]);
    assert!(clock.delayed_calls().is_empty());
    note(&cooperator.cooperate(units(&log, "e", 9)));
    assert_eq!(log.take(), ["Err(SchedulerStopped)"]);
    let waiting = cooperator.coiterate(units(&log, "f", 1));
    drop(waiting.add_both(|result| {
        assert!(matches!(result, Err(TaskError::SchedulerStopped)));
    }));
}

#[test]
fn t_043_one_tick_while_there_is_work_and_none_before_start() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = Cooperator::unstarted(&clock);
    let tasks = ["a", "b", "c"].map(|name| cooperator.cooperate(units(&log, name, 1000)));
    assert!(!cooperator.is_running());
    assert!(clock.delayed_calls().is_empty(), "it collects");
    cooperator.start();
    cooperator.start();
    assert_eq!(clock.delayed_calls().len(), 1);
    for task in &tasks {
        assert_eq!(clock.delayed_calls().len(), 1);
        task.pause().expect("alive");
    }
    assert!(clock.delayed_calls().is_empty(), "nothing is able to work");
    for task in &tasks {
        task.resume().expect("paused");
        assert_eq!(clock.delayed_calls().len(), 1);
    }
    for task in &tasks {
        assert_eq!(clock.delayed_calls().len(), 1);
        task.stop().expect("alive");
    }
    assert!(clock.delayed_calls().is_empty(), "no task is left");
    assert_eq!(log.len(), 0);
}

/// So many that this test would take hours if what each one costs grew with their number.
const MANY: usize = 300_000;

#[test]
fn a_task_costs_the_same_among_many() {
    let clock = Clock::new();
    let cooperator = cooperator(&clock, 100);
    let done = Rc::new(Cell::new(0));
    let task = || {
        let done = done.clone();
        cooperator.cooperate(std::iter::once_with(move || done.set(done.get() + 1)))
    };
    let tasks: Vec<_> = (0..MANY).map(|_| task()).collect();
    // The last first, and then the others, which are found wherever they stand.
    for task in tasks.iter().rev().chain(&tasks) {
        task.pause().expect("alive");
    }
    assert!(clock.delayed_calls().is_empty());
    for task in tasks.iter().chain(&tasks) {
        task.resume().expect("paused");
    }
    while clock.advance(Duration::ZERO).is_err() {}
    assert_eq!(done.get(), MANY);
    let stopped: Vec<_> = (0..MANY).map(|_| task()).collect();
    for task in stopped.iter().rev() {
        task.stop().expect("alive");
    }
    assert!(clock.delayed_calls().is_empty());
    assert_eq!(done.get(), MANY);
}

#[test]
fn t_042_tasks_are_stopped_in_the_order_they_were_added() {
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1000);
    let add = |name: &'static str| {
        let task = cooperator.cooperate(units(&log, name, 9));
        let notes = log.clone();
        drop(task.when_done().add_both(move |_| notes.note(name)));
        task
    };
    let (a, _b, c) = (add("a"), add("b"), add("c"));
    a.stop().expect("alive");
    c.pause().expect("alive");
    let _d = add("d");
    c.resume().expect("paused");
    assert_eq!(log.take(), ["a"]);
    cooperator.stop();
    assert_eq!(log.take(), ["b", "c", "d"]);
}

/// An iterator that panics when it is dropped.
struct Mine(&'static str);

impl Iterator for Mine {
    type Item = ();
    fn next(&mut self) -> Option<()> {
        Some(())
    }
}

impl Drop for Mine {
    fn drop(&mut self) {
        panic!("dropped {}", self.0);
    }
}

#[test]
fn t_042_iterators_that_panic_when_dropped_keep_nobody_from_being_told() {
    let reported = reports();
    let (clock, log) = (Clock::new(), Log::default());
    let cooperator = cooperator(&clock, 1000);
    let add = |name: &'static str| {
        let task = cooperator.cooperate(Mine(name));
        let notes = log.clone();
        let told = move |end: Result<(), TaskError>| notes.note(format!("{name}: {end:?}"));
        drop(task.when_done().add_both(told));
        task
    };
    let (a, _b, _c) = (add("a"), add("b"), add("c"));
    a.stop().expect("alive");
    assert_eq!(log.take(), ["a: Err(Stopped)"]);
    cooperator.stop();
    let told = ["b: Err(SchedulerStopped)", "c: Err(SchedulerStopped)"];
    assert_eq!(log.take(), told);
    // Nor is it the end of the process if nobody stops them.
    cooperator.start();
    for name in ["d", "e"] {
        cooperator.cooperate(Mine(name));
    }
    for call in clock.delayed_calls() {
        call.cancel().expect("pending");
    }
    drop(cooperator);
    let dropped = |name| {
        format!("unhandled error in the end of a cooperative task: panicked: dropped {name}")
    };
    assert_eq!(reported.events(), ["a", "b", "c", "d", "e"].map(dropped));
}

#[test]
fn t_036_a_predicate_that_panics_ends_the_tick_and_not_the_cooperator() {
    for in_factory in [false, true] {
        let reported = reports();
        let (clock, log) = (Clock::new(), Log::default());
        let cooperator = Cooperator::with_predicate(&clock, move || {
            assert!(!in_factory, "asked to fail");
            || panic!("asked to fail")
        });
        cooperator.start();
        for name in ["a", "b"] {
            cooperator.cooperate(units(&log, name, 2));
        }
        clock.advance(Duration::ZERO).expect("calms down");
        assert_eq!(log.take(), ["a0", "b0", "a1", "b1"]);
        assert!(clock.delayed_calls().is_empty());
        // Once for each unit, and for what finds that there are no more.
        assert_eq!(reported.len(), 6);
    }
}

//! Re-entrancy and pausing: rules D-050 to D-059.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::journal::{D, Journal, Oops};
use deferred_snmp::deferred::reset_reporter;

#[test]
fn d_050_a_stage_added_while_one_runs_goes_to_the_end() {
    let journal = Journal::default();
    let slot: Rc<RefCell<Option<D<u8>>>> = Rc::default();
    let (resolver, d) = D::<u8>::pair();
    let (a, b, tail) = (journal.clone(), journal.clone(), slot.clone());
    let d = d
        .add_callback(move |n| {
            let d = tail.take().expect("the end of this chain");
            let note = a.clone();
            let d = d.add_callback(move |n| {
                note.note("added");
                Ok(n)
            });
            tail.replace(Some(d));
            a.note("first ends");
            Ok(n)
        })
        .add_callback(move |n| {
            b.note("second");
            Ok(n)
        });
    slot.replace(Some(d));
    resolver.callback(1);
    assert_eq!(journal.take(), ["first ends", "second", "added"]);
}

#[test]
fn d_051_firing_another_inside_a_stage_runs_it_to_completion_first() {
    let journal = Journal::default();
    let (other_resolver, other) = D::<u8>::pair();
    let (a, b, c) = (journal.clone(), journal.clone(), journal.clone());
    other.add_callback(move |_| a.note("other"));
    D::<u8>::succeed(1)
        .add_callback(move |_| {
            b.note("begins");
            other_resolver.callback(2);
            b.note("goes on");
        })
        .add_callback(move |()| c.note("next"));
    assert_eq!(journal.take(), ["begins", "other", "goes on", "next"]);
}

/// Fires, cancels, adds to and drops Deferreds: what code of the user's may do anywhere.
fn exercise() {
    let (resolver, d) = D::<u8>::pair();
    let d = d.map(|n| n + 1);
    let handle = d.cancel_handle();
    resolver.callback(1);
    handle.cancel();
    drop(d);
    let (resolver, d) = D::<u8>::with_canceller(|| None);
    let d = d.add_errback(|_| Ok(0));
    d.cancel();
    drop(resolver);
    let (unfired, d) = D::<u8>::pair();
    drop(unfired);
    drop(d.add_errback(|_| Ok(0)));
    drop(D::<u8>::fail(Oops::Said("left")));
}

struct Exercises(Rc<Cell<u32>>);

impl Drop for Exercises {
    fn drop(&mut self) {
        exercise();
        self.0.set(self.0.get() + 1);
    }
}

#[test]
fn d_052_every_entry_point_may_be_called_from_every_kind_of_user_code() {
    thread_local! {
        static DEPTH: Cell<u32> = const { Cell::new(0) };
    }
    let reports = Rc::new(Cell::new(0));
    let seen = reports.clone();
    deferred_snmp::deferred::set_reporter(move |_| {
        seen.set(seen.get() + 1);
        // The reporter leaves an error too; not for ever.
        if DEPTH.replace(1) == 0 {
            exercise();
            DEPTH.set(0);
        }
    });
    let dropped = Rc::new(Cell::new(0));
    let (resolver, d) = D::<Exercises>::with_canceller({
        let captured = Exercises(dropped.clone());
        move || {
            let _captured = &captured;
            exercise();
            None
        }
    });
    let in_stage = Exercises(dropped.clone());
    let skipped = Exercises(dropped.clone());
    let d = d
        .add_callback(move |value| {
            let _captured = &in_stage;
            exercise();
            Ok(value)
        })
        .add_errback(move |error| {
            let _captured = &skipped;
            Err(error)
        });
    let guard = d.pause();
    let list = deferred_snmp::deferred::DeferredList::new([d]);
    let (copy_resolver, copy) = D::<()>::pair();
    copy.add_both(|_| exercise());
    let list = list.map(|_| ()).forward_to(copy_resolver);
    resolver.callback(Exercises(dropped.clone()));
    guard.unpause();
    drop(list);
    assert_eq!(dropped.get(), 4, "canceller, both closures, the value");

    let (resolver, d) = D::<Exercises>::with_canceller(|| {
        exercise();
        None
    });
    d.cancel();
    resolver.callback(Exercises(dropped.clone()));
    drop(d);
    assert_eq!(dropped.get(), 5);
    assert!(reports.get() > 10, "each left error was reported");
    reset_reporter();
}

#[test]
fn d_052_what_code_does_inside_a_drop_has_its_effect_at_once() {
    let journal = Journal::default();
    // The stage of `outer` is skipped, and dropped with the resolver in it; that abandons
    // `middle`, whose stage drops a resolver in turn.
    let (last_resolver, last) = D::<u8>::pair();
    journal.end("last", last);
    let (middle_resolver, middle) = D::<u8>::pair();
    let note = journal.clone();
    middle.add_errback(move |_| {
        drop(last_resolver);
        note.note("dropped the last");
        Ok(0)
    });
    let (resolver, outer) = D::<u8>::pair();
    let outer = outer.map(move |n| {
        let _captured = &middle_resolver;
        n
    });
    resolver.errback(Oops::Said("skip"));
    assert_eq!(
        journal.take(),
        [
            "last: !abandoned: the firing side was dropped",
            "dropped the last"
        ]
    );
    drop(outer.add_errback(|_| Ok(0)));
}

#[test]
fn d_052_a_chain_may_be_cancelled_and_dropped_from_its_own_stage() {
    let journal = Journal::default();
    let slot: Rc<RefCell<Option<D<u8>>>> = Rc::default();
    let (resolver, d) = D::<u8>::pair();
    let (tail, note, last) = (slot.clone(), journal.clone(), journal.clone());
    let d = d
        .add_callback(move |n| {
            let d = tail.take().expect("the end of this chain");
            note.note(d.cancel());
            drop(d);
            Ok(n)
        })
        .add_callback(move |n| {
            last.note("still runs");
            Ok(n)
        });
    slot.replace(Some(d));
    resolver.callback(1);
    assert_eq!(journal.take(), ["false", "still runs"]);
}

#[test]
fn d_055_pauses_count_and_the_last_unpause_runs_what_is_pending() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let first = d.pause();
    let second = d.pause();
    let note = journal.clone();
    let d = d.add_callback(move |n| {
        note.note("before");
        Ok(n)
    });
    resolver.callback(1);
    let note = journal.clone();
    let d = d.add_callback(move |n| {
        note.note("after");
        Ok(n)
    });
    drop(second);
    assert!(journal.take().is_empty());
    first.unpause();
    assert_eq!(journal.take(), ["before", "after"]);

    let pause = d.pause();
    drop(pause);
    let pause = d.pause();
    let note = journal.clone();
    let d = d.add_callback(move |n| {
        note.note("added to a settled one");
        Ok(n)
    });
    assert!(journal.take().is_empty());
    drop(pause);
    assert_eq!(journal.take(), ["added to a settled one"]);

    let (_resolver, unfired) = D::<u8>::pair();
    drop(unfired.pause());
    assert!(!unfired.is_fired(), "without a result nothing happens");
    drop(d);
}

#[test]
fn d_055_a_settled_one_without_a_chain_can_be_paused() {
    let journal = Journal::default();
    let d = D::<u8>::succeed(1);
    let pause = d.pause();
    let d = d.map(|n| n + 1);
    let note = journal.clone();
    let d = d.add_callback(move |n| note.note(n));
    assert!(journal.take().is_empty());
    drop(pause);
    assert_eq!(journal.take(), ["2"]);
    drop(d);
}

#[test]
fn d_056_an_outer_that_is_paused_and_waiting_goes_on_at_the_last_unpause() {
    let journal = Journal::default();
    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| inner);
    resolver.callback(0);
    let pause = d.pause();
    journal.end("d", d);
    inner_resolver.callback(3);
    assert!(journal.take().is_empty());
    drop(pause);
    assert_eq!(journal.take(), ["d: 3"]);

    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| inner);
    resolver.callback(0);
    drop(d.pause());
    assert!(d.is_waiting(), "unpausing does not end the waiting");
    journal.end("d", d);
    assert!(journal.take().is_empty());
    inner_resolver.callback(4);
    assert_eq!(journal.take(), ["d: 4"]);
}

#[test]
fn d_057_an_outer_waits_for_a_settled_inner_that_is_paused() {
    let journal = Journal::default();
    // Settled in three ways, returned from a pending and from a settled chain.
    let makers: [fn() -> D<u8>; 3] = [
        || D::succeed(1),
        || {
            let (resolver, d) = D::pair();
            resolver.callback(1);
            d
        },
        || {
            let (resolver, d) = D::pair();
            let d = d.map(|n| n);
            resolver.callback(1);
            d
        },
    ];
    for make in makers {
        for settled in [false, true] {
            let inner = make();
            let pause = inner.pause();
            let d = if settled {
                D::succeed(0).add_callback(move |_| inner)
            } else {
                let (resolver, d) = D::<u8>::pair();
                let d = d.add_callback(move |_| inner);
                resolver.callback(0);
                d
            };
            assert!(d.is_waiting());
            journal.end("d", d);
            assert!(journal.take().is_empty());
            drop(pause);
            assert_eq!(journal.take(), ["d: 1"]);
        }
    }
}

#[test]
fn d_057_a_paused_link_in_the_middle_holds_the_result_back() {
    let journal = Journal::default();
    let (innermost_resolver, innermost) = D::<u8>::pair();
    let (middle_resolver, middle) = D::<u8>::pair();
    let middle = middle.add_callback(move |_| innermost);
    middle_resolver.callback(0);
    let pause = middle.pause();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| middle);
    resolver.callback(0);
    journal.end("d", d);
    innermost_resolver.callback(6);
    assert!(journal.take().is_empty());
    drop(pause);
    assert_eq!(journal.take(), ["d: 6"]);
}

#[test]
fn d_057_a_paused_link_is_not_left_out_when_what_it_waits_for_waits_on() {
    let journal = Journal::default();
    let (second_resolver, second) = D::<u8>::pair();
    let (first_resolver, first) = D::<u8>::pair();
    let first = first.add_callback(move |_| second);
    let (middle_resolver, middle) = D::<u8>::pair();
    let middle = middle.add_callback(move |_| first);
    middle_resolver.callback(0);
    let pause = middle.pause();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| middle);
    resolver.callback(0);
    journal.end("d", d);
    first_resolver.callback(0);
    second_resolver.callback(7);
    assert!(
        journal.take().is_empty(),
        "the link in the middle is paused"
    );
    drop(pause);
    assert_eq!(journal.take(), ["d: 7"]);
}

#[test]
fn d_058_the_stages_of_an_inner_run_though_the_outer_is_paused() {
    let journal = Journal::default();
    let (inner_resolver, inner) = D::<u8>::pair();
    let note = journal.clone();
    let inner = inner.add_callback(move |n| {
        note.note("inner");
        Ok(n)
    });
    let (resolver, d) = D::<u8>::pair();
    let pause = d.pause();
    let d = d.add_callback(move |_| inner);
    resolver.callback(0);
    assert!(journal.take().is_empty());
    drop(pause);
    let pause = d.pause();
    journal.end("outer", d);
    inner_resolver.callback(1);
    assert_eq!(journal.take(), ["inner"]);
    drop(pause);
    assert_eq!(journal.take(), ["outer: 1"]);
}

#[test]
fn d_059_a_pause_inside_a_stage_stops_before_the_next_one() {
    let journal = Journal::default();
    let slot: Rc<RefCell<Option<D<u8>>>> = Rc::default();
    let guards = Rc::new(RefCell::new(Vec::new()));
    let (resolver, d) = D::<u8>::pair();
    let (tail, kept) = (slot.clone(), guards.clone());
    let (a, b) = (journal.clone(), journal.clone());
    let d = d
        .add_callback(move |n| {
            let d = tail.take().expect("the end of this chain");
            kept.borrow_mut().push(d.pause());
            tail.replace(Some(d));
            a.note("first");
            Ok(n)
        })
        .add_callback(move |n| {
            b.note("second");
            Ok(n)
        });
    slot.replace(Some(d));
    resolver.callback(1);
    assert_eq!(journal.take(), ["first"]);
    drop(guards.take());
    assert_eq!(journal.take(), ["second"]);
}

/// Outers that had settled when they came to wait for this one, which has stages of its own.
const OF_SETTLED: [fn(D<u8>) -> D<u8>; 3] = [
    |inner| D::succeed(0).add_callback(move |_| inner),
    |inner| {
        let (resolver, d) = D::<u8>::pair();
        resolver.callback(0);
        d.map(|n| n).add_callback(move |_| inner)
    },
    |inner| {
        let middle = D::succeed(0).add_callback(move |_| inner).map(|n| n);
        D::succeed(0).add_callback(move |_| middle)
    },
];

/// Ends a chain; what it gives is to be kept.
type End = fn(&Journal, D<u8>) -> Box<dyn std::any::Any>;

#[test]
fn d_058_the_stages_of_an_inner_run_though_an_outer_that_had_settled_is_paused() {
    // What is done with the outer while it is paused; each ends by noting what it came to.
    let ends: [End; 5] = [
        |journal, d| {
            journal.end("outer", d);
            Box::new(())
        },
        |journal, d| {
            journal.end("outer", d.map(|n| n).map(|n| n));
            Box::new(())
        },
        |journal, d| {
            let (resolver, another) = D::<u8>::pair();
            resolver.follow(d);
            journal.end("outer", another);
            Box::new(())
        },
        |journal, d| {
            let list = deferred_snmp::deferred::DeferredList::new([d]);
            let value = list.map(|mut outcomes| outcomes.remove(0));
            journal.end("outer", value.add_callback(|outcome| outcome));
            Box::new(())
        },
        |journal, d| {
            let (this, copy) = d.fork();
            journal.end("outer", copy);
            Box::new(this)
        },
    ];
    for settled in OF_SETTLED {
        for end in ends {
            let journal = Journal::default();
            let (inner_resolver, inner) = D::<u8>::pair();
            let (second_resolver, second) = D::<u8>::pair();
            let (a, b, c) = (journal.clone(), journal.clone(), journal.clone());
            let inner = inner
                .map(move |n| {
                    a.note("first");
                    n
                })
                .add_callback(move |n| {
                    b.note("second");
                    second.map(move |_| n)
                })
                .map(move |n| {
                    c.note("third");
                    n
                });
            let d = settled(inner);
            let pause = d.pause();
            let another = d.pause();
            let kept = end(&journal, d);
            inner_resolver.callback(1);
            assert_eq!(journal.take(), ["first", "second"]);
            second_resolver.callback(0);
            assert_eq!(journal.take(), ["third"]);
            drop(pause);
            assert!(journal.take().is_empty());
            drop(another);
            assert_eq!(journal.take(), ["outer: 1"]);
            drop(kept);
        }
    }
}

#[test]
fn d_058_any_number_of_stages_runs_though_the_outer_is_paused() {
    let (inner_resolver, mut inner) = D::<u32>::pair();
    for _ in 0..crate::MANY / 10 {
        inner = inner.map(|n| n + 1);
    }
    let seen = Rc::new(Cell::new(0));
    let sink = seen.clone();
    let inner = inner.map(move |n| sink.set(n));
    let d = D::succeed(()).add_callback(move |()| inner);
    let pause = d.pause();
    let journal = Journal::default();
    journal.end("d", d);
    inner_resolver.callback(0);
    assert_eq!(seen.get(), crate::MANY / 10);
    assert!(journal.take().is_empty());
    drop(pause);
    assert_eq!(journal.take(), ["d: ()"]);
}

//! Firing, stages, waiting, re-entrancy and pausing: rules D-001 to D-059.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::journal::{D, Journal, Oops, report_to};
use deferred_snmp::deferred::{Deferred, Interrupt, fail, reset_reporter, succeed};

#[test]
fn d_001_a_deferred_begins_without_a_result_and_is_fired_with_a_value_or_an_error() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    assert!(!d.is_fired());
    journal.end("value", d);
    assert!(journal.take().is_empty(), "nothing runs before it fires");
    resolver.callback(1);
    assert_eq!(journal.take(), ["value: 1"]);

    let (resolver, d) = D::<u8>::pair();
    journal.end("error", d);
    resolver.errback(Oops::Said("no"));
    assert_eq!(journal.take(), ["error: !no"]);
}

#[test]
fn d_002_all_stages_have_run_when_the_firing_call_returns() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let note = journal.clone();
    d.map(|n| n + 1)
        .map(|n| n + 1)
        .add_callback(move |n| note.note(n));
    resolver.callback(1);
    assert_eq!(journal.take(), ["3"]);
}

#[test]
fn d_003_a_second_firing_is_told_to_the_second_firer_and_hands_the_value_back() {
    let journal = Journal::default();
    let (resolver, d) = D::<String>::pair();
    let first = resolver.into_shared();
    let second = first.clone();
    journal.end("chain", d);
    assert!(first.callback("a".into()).is_ok());
    let late = second
        .callback("b".into())
        .expect_err("it was called already");
    assert_eq!(late.to_string(), "the Deferred was called already");
    assert_eq!(late.into_inner(), "b");
    let late = second.errback(Oops::Said("c")).expect_err("again");
    assert_eq!(late.into_inner(), Oops::Said("c"));
    let late = first.resolve(Ok("d".into())).expect_err("again");
    assert_eq!(late.into_inner(), Ok("d".into()));
    assert_eq!(
        journal.take(),
        ["chain: \"a\""],
        "the chain does not notice"
    );
}

#[test]
fn d_003_also_from_inside_a_stage_of_the_chain_itself() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let shared = resolver.into_shared();
    let again = shared.clone();
    let note = journal.clone();
    let d = d.add_callback(move |n| {
        note.note(again.callback(9).is_err());
        Ok(n)
    });
    journal.end("chain", d);
    assert!(shared.callback(1).is_ok());
    assert_eq!(journal.take(), ["true", "chain: 1"]);
}

#[test]
fn d_004_resolve_takes_either_track_and_follow_takes_a_deferred() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    journal.end("resolved", d);
    resolver.resolve(Err(Oops::Said("no")));
    assert_eq!(journal.take(), ["resolved: !no"]);

    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    resolver.follow(inner);
    assert!(d.is_fired() && d.is_waiting());
    journal.end("followed", d);
    assert!(journal.take().is_empty());
    inner_resolver.callback(4);
    assert_eq!(journal.take(), ["followed: 4"]);

    let (resolver, d) = D::<u8>::pair();
    resolver.follow(D::succeed(5));
    journal.end("at once", d);
    assert_eq!(journal.take(), ["at once: 5"]);

    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    resolver.follow(inner);
    assert!(d.cancel(), "cancelling goes on to the one that is followed");
    assert!(inner_resolver.is_cancelled());
    journal.end("cancelled", d);
    assert_eq!(journal.take(), ["cancelled: !cancelled"]);

    report_to(&journal);
    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    d.cancel();
    journal.end("cancelled before", d);
    resolver.follow(inner);
    assert!(inner_resolver.is_cancelled(), "nobody wants it any more");
    assert_eq!(journal.take(), ["cancelled before: !cancelled"]);
}

#[test]
fn d_007_settled_ones_are_like_those_fired_by_hand() {
    let journal = Journal::default();
    let a: D<u8> = succeed(1);
    let b: D<u8> = fail(Oops::Said("no"));
    for d in [&a, &b] {
        assert!(d.is_fired());
        assert!(!d.is_waiting());
        assert!(!d.cancel());
    }
    journal.end("a", a);
    journal.end("b", b);
    assert_eq!(journal.take(), ["a: 1", "b: !no"]);
}

#[test]
fn d_008_fired_is_true_from_the_firing_on_while_waiting_and_while_paused() {
    let (resolver, d) = D::<u8>::pair();
    let (_inner_resolver, inner) = D::<u8>::pair();
    let d = d.add_callback(move |_| inner);
    assert!(!d.is_fired() && !d.is_waiting());
    resolver.callback(1);
    assert!(d.is_fired() && d.is_waiting());

    let (_inner_resolver, inner) = D::<u8>::pair();
    let d = D::succeed(1).add_callback(move |_| inner);
    assert!(d.is_fired() && d.is_waiting(), "a settled chain that waits");

    let (resolver, d) = D::<u8>::pair();
    let _pause = d.pause();
    resolver.callback(1);
    assert!(d.is_fired() && !d.is_waiting());

    let (_resolver, d) = D::<u8>::pair();
    d.cancel();
    assert!(d.is_fired(), "cancelling fires");
}

#[test]
fn d_010_stages_run_in_order_once_each_with_the_result_of_the_one_before() {
    let journal = Journal::default();
    let (resolver, mut d) = D::<u8>::pair();
    for stage in 0..5 {
        let note = journal.clone();
        d = d.add_callback(move |n| {
            note.note(format_args!("{stage} gets {n}"));
            Ok(n * 2)
        });
    }
    resolver.callback(1);
    assert_eq!(
        journal.take(),
        ["0 gets 1", "1 gets 2", "2 gets 4", "3 gets 8", "4 gets 16"]
    );
}

#[test]
fn d_011_failures_pass_a_callback_untouched() {
    let journal = Journal::default();
    let d = D::<u8>::fail(Oops::Said("no"))
        .add_callback(|_| -> Result<u16, Oops> { unreachable!("a failure does not come here") });
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: !no"]);
}

#[test]
fn d_012_successes_pass_an_errback_untouched_and_map_err_changes_the_type() {
    let journal = Journal::default();
    let d = D::<u8>::succeed(1)
        .add_errback(|_| -> Result<u8, Oops> { unreachable!("a success does not come here") });
    journal.end("d", d);
    let d = Deferred::<u8, Interrupt>::fail(Interrupt::Abandoned).map_err(|_| Oops::Said("other"));
    journal.end("mapped", d);
    assert_eq!(journal.take(), ["d: 1", "mapped: !other"]);
}

#[test]
fn d_013_add_both_gets_either_track_and_then_changes_both_types() {
    let journal = Journal::default();
    for d in [D::<u8>::succeed(1), D::fail(Oops::Said("no"))] {
        journal.end("both", d.add_both(|result| Ok(result.is_ok())));
    }
    let d = Deferred::<u8, Interrupt>::succeed(1).then(|_| Err::<u16, _>(Oops::Said("new")));
    journal.end("then", d);
    assert_eq!(journal.take(), ["both: true", "both: false", "then: !new"]);
}

#[test]
fn d_014_the_error_of_one_side_does_not_go_to_the_other_side_of_the_same_stage() {
    let journal = Journal::default();
    let d = D::<u8>::succeed(1)
        .add_callbacks(
            |_| Err::<u8, _>(Oops::Said("from the callback")),
            |_| -> Result<u8, Oops> { unreachable!("the errback beside it is not for it") },
        )
        .add_callbacks(
            |_| Ok(0),
            |e| {
                Err(Oops::Said(if e == Oops::Said("from the callback") {
                    "seen next"
                } else {
                    "?"
                }))
            },
        );
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: !seen next"]);
}

#[test]
fn d_015_returning_normally_handles_and_failing_replaces() {
    let journal = Journal::default();
    journal.end(
        "handled",
        D::<u8>::fail(Oops::Said("a")).add_errback(|_| Ok(7)),
    );
    journal.end(
        "replaced",
        D::<u8>::fail(Oops::Said("a")).add_errback(|_| Err(Oops::Said("b"))),
    );
    journal.end(
        "raised",
        D::<u8>::succeed(1).add_callback(|_| Err::<u8, _>(Oops::Said("c"))),
    );
    assert_eq!(journal.take(), ["handled: 7", "replaced: !b", "raised: !c"]);
}

#[test]
fn d_016_a_stage_added_to_a_settled_chain_runs_before_add_returns() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    resolver.callback(1);
    let note = journal.clone();
    let d = d.add_callback(move |n| {
        note.note(n);
        Ok(n)
    });
    assert_eq!(journal.take(), ["1"]);
    drop(d);
}

#[test]
fn d_017_a_panic_becomes_an_error_on_the_failure_track_and_does_not_reach_the_firer() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(|_| -> Result<u8, Oops> { panic!("went {}", "wrong") });
    journal.end("pending", d);
    resolver.callback(1);
    let d = D::<u8>::succeed(1).map(|_| -> u8 { panic!("again") });
    journal.end("settled", d);
    assert_eq!(
        journal.take(),
        [
            "pending: !panicked: went wrong",
            "settled: !panicked: again"
        ]
    );
}

#[test]
fn d_018_a_fork_gives_the_same_result_to_two_observers() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let (d, copy) = d.map(|n| n + 1).fork();
    journal.end("this", d.map(|n| n * 2));
    journal.end("copy", copy);
    resolver.callback(1);
    assert_eq!(
        journal.take(),
        ["copy: 2", "this: 4"],
        "the current result, each"
    );

    let (d, copy) = D::<u8>::fail(Oops::Said("no")).fork();
    journal.end("this", d);
    journal.end("copy", copy);
    assert_eq!(journal.take(), ["this: !no", "copy: !no"]);

    let (resolver, d) = D::<u8>::pair();
    let (d, copy) = d.fork();
    assert!(copy.cancel());
    journal.end("copy", copy);
    assert_eq!(journal.take(), ["copy: !cancelled"], "the copy alone");
    journal.end("this", d);
    resolver.callback(3);
    assert_eq!(journal.take(), ["this: 3"]);
}

#[test]
fn d_020_a_closure_is_dropped_before_the_next_stage_starts() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let (ran, passed, last) = (
        journal.on_drop("first dropped"),
        journal.on_drop("errback dropped"),
        journal.clone(),
    );
    let note = journal.clone();
    d.add_callback(move |n| {
        let _captured = &ran;
        note.note("first runs");
        Ok(n)
    })
    .add_errback(move |e| {
        let _captured = &passed;
        Err(e)
    })
    .add_callback(move |_| last.note("last runs"));
    resolver.callback(1);
    assert_eq!(
        journal.take(),
        [
            "first runs",
            "first dropped",
            "errback dropped",
            "last runs"
        ]
    );
}

#[test]
fn d_020_all_closures_are_dropped_with_the_chain() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let (a, b) = (journal.on_drop("a"), journal.on_drop("b"));
    let d = d
        .map(move |n| {
            let _captured = &a;
            n
        })
        .map(move |n| {
            let _captured = &b;
            n
        });
    resolver.forget();
    assert!(journal.take().is_empty(), "the handle still holds the end");
    drop(d);
    let mut dropped = journal.take();
    dropped.sort();
    assert_eq!(dropped, ["a", "b"]);
}

#[test]
fn d_030_the_result_of_a_returned_deferred_becomes_that_of_the_chain() {
    let journal = Journal::default();
    let (inner_resolver, inner) = D::<u8>::pair();
    let d = D::<u8>::succeed(1).add_callback(move |_| inner.map(|n| n + 1));
    let note = journal.clone();
    let d = d.add_callback(move |n| {
        note.note("goes on");
        Ok(n)
    });
    assert!(d.is_waiting() && journal.take().is_empty());
    inner_resolver.callback(3);
    assert!(!d.is_waiting());
    journal.end("d", d);
    assert_eq!(journal.take(), ["goes on", "d: 4"]);

    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| inner);
    resolver.callback(0);
    assert!(d.is_waiting());
    inner_resolver.callback(5);
    assert!(!d.is_waiting(), "the last stage waited, and is over");
    journal.end("last", d);
    assert_eq!(journal.take(), ["last: 5"]);

    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_errback(move |_| inner);
    journal.end("from the errback side", d);
    resolver.errback(Oops::Said("first"));
    inner_resolver.errback(Oops::Said("second"));
    assert_eq!(journal.take(), ["from the errback side: !second"]);
}

#[test]
fn d_031_a_settled_inner_is_consumed_on_the_spot_and_a_waiting_one_is_waited_for() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    journal.end("d", d.add_callback(|n| D::succeed(n + 1)));
    resolver.callback(1);
    assert_eq!(journal.take(), ["d: 2"]);

    let (innermost_resolver, innermost) = D::<u8>::pair();
    let (inner_resolver, inner) = D::<u8>::pair();
    let inner = inner.add_callback(move |_| innermost);
    inner_resolver.callback(0);
    assert!(inner.is_fired() && inner.is_waiting());
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| inner);
    resolver.callback(0);
    assert!(d.is_waiting(), "fired but waiting counts as no result yet");
    journal.end("d", d);
    innermost_resolver.callback(9);
    assert_eq!(journal.take(), ["d: 9"]);
}

#[test]
fn d_033_stages_of_the_inner_run_before_the_outer_goes_on() {
    let journal = Journal::default();
    let (inner_resolver, inner) = D::<u8>::pair();
    let (a, b) = (journal.clone(), journal.clone());
    let inner = inner.add_callback(move |n| {
        a.note("inner stage");
        Ok(n)
    });
    D::<u8>::succeed(0)
        .add_callback(move |_| inner)
        .add_callback(move |_| b.note("outer stage"));
    inner_resolver.callback(1);
    assert_eq!(journal.take(), ["inner stage", "outer stage"]);
}

#[test]
fn d_034_a_failed_inner_that_was_handed_over_is_not_reported() {
    let journal = Journal::default();
    report_to(&journal);
    let (inner_resolver, inner) = D::<u8>::pair();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| inner);
    resolver.callback(0);
    inner_resolver.errback(Oops::Said("no"));
    assert!(journal.take().is_empty(), "the outer is responsible now");
    drop(d);
    assert_eq!(journal.take(), ["unhandled: no"]);
}

#[test]
fn d_038_forwarding_fires_the_other_and_goes_on_empty() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let (target_resolver, target) = D::<u8>::pair();
    journal.end("this", d.forward_to(target_resolver));
    journal.end("target", target.map(|n| n + 1));
    resolver.callback(1);
    assert_eq!(journal.take(), ["target: 2", "this: ()"]);

    let (target_resolver, target) = D::<u8>::pair();
    journal.end(
        "this",
        D::fail(Oops::Said("no")).forward_to(target_resolver),
    );
    journal.end("target", target);
    assert_eq!(journal.take(), ["this: ()", "target: !no"]);
}

#[test]
fn d_038_forwarding_to_one_that_was_fired_is_an_error_of_this_chain() {
    let journal = Journal::default();
    let (target_resolver, target) = D::<u8>::pair();
    let shared = target_resolver.into_shared();
    assert!(shared.callback(1).is_ok());
    journal.end("this", D::succeed(2).forward_to(shared));
    journal.end("target", target);
    assert_eq!(journal.take(), ["this: !already called", "target: 1"]);
}

#[test]
fn d_038_a_million_forwardings_need_no_stack() {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(|| {
            let (first, mut d) = D::<u32>::pair();
            for _ in 0..1_000_000 {
                let (resolver, next) = D::pair();
                d.map(|n| n + 1).forward_to(resolver);
                d = next;
            }
            first.callback(0);
            let seen = Rc::new(Cell::new(0));
            let sink = seen.clone();
            d.add_callback(move |n| sink.set(n));
            assert_eq!(seen.get(), 1_000_000);
        })
        .expect("a thread")
        .join()
        .expect("no overflow");
}

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

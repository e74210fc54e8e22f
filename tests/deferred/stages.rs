//! Firing and stages: rules D-001 to D-020.

use crate::journal::{D, Journal, Oops, report_to};
use deferred_snmp::deferred::{Deferred, Interrupt, fail, succeed};

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

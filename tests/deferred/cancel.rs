//! Cancellation: rules D-075 to D-086.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use std::time::Duration;

use deferred_snmp::deferred::{
    DeferredList, Interrupt, PauseGuard, Resolver, gather_results, race,
};
use deferred_snmp::task::Clock;

use crate::journal::{D, Journal, Oops, report_to};
use util::result_of::result_of;

#[test]
fn d_075_without_a_canceller_it_settles_at_once_and_one_late_firing_is_swallowed() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    let resolver = resolver.into_shared();
    let note = journal.clone();
    let d = d.add_both(move |result| {
        note.note(format_args!("{result:?}"));
        result
    });
    assert!(d.cancel());
    assert_eq!(journal.take(), ["Err(Interrupted(Cancelled))"]);
    assert!(resolver.errback(Oops::Said("late")).is_ok(), "swallowed");
    assert!(resolver.callback(2).is_err(), "once");
    assert!(resolver.callback(3).is_err());
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: !cancelled"], "nothing was reported");
}

#[test]
fn d_076_the_canceller_is_called_once_and_may_say_what_it_settles_with() {
    let journal = Journal::default();
    let note = journal.clone();
    let (_resolver, d) = D::<u8>::with_canceller(move || {
        note.note("canceller");
        None
    });
    assert!(d.cancel());
    assert!(!d.cancel());
    journal.end("d", d);
    assert_eq!(journal.take(), ["canceller", "d: !cancelled"]);

    let (_resolver, d) = D::<u8>::with_canceller(|| Some(Ok(3)));
    d.cancel();
    journal.end("value", d);
    let (_resolver, d) = D::<u8>::with_canceller(|| Some(Err(Oops::Said("stopped"))));
    d.cancel();
    journal.end("error", d);
    assert_eq!(journal.take(), ["value: 3", "error: !stopped"]);
}

#[test]
fn d_076_the_canceller_may_fire_through_the_producers_resolver_or_drop_it() {
    let journal = Journal::default();
    for (name, fires) in [("fires", true), ("drops", false)] {
        let slot: Rc<RefCell<Option<Resolver<u8, Oops>>>> = Rc::default();
        let producer = slot.clone();
        let (resolver, d) = D::<u8>::with_canceller(move || {
            let resolver = producer.take().expect("it was put there");
            if fires && resolver.is_cancelled() {
                resolver.callback(8);
            } else {
                drop(resolver);
            }
            Some(Ok(99)).filter(|_| fires)
        });
        slot.replace(Some(resolver));
        assert!(d.cancel());
        journal.end(name, d);
    }
    assert_eq!(journal.take(), ["fires: 8", "drops: !cancelled"]);
}

#[test]
fn d_077_with_a_canceller_a_late_firing_is_an_error_to_the_producer() {
    let (resolver, d) = D::<u8>::with_canceller(|| None);
    assert!(!resolver.is_cancelled());
    d.cancel();
    assert!(resolver.is_cancelled(), "it can ask first");
    let late = resolver
        .try_resolve(Ok(1))
        .expect_err("it was called already");
    assert_eq!(late.into_inner(), Ok(1));
    drop(d.add_errback(|_| Ok(0)));
}

#[test]
fn d_078_cancelling_a_chain_that_has_its_result_does_nothing() {
    let journal = Journal::default();
    let note = journal.clone();
    let (resolver, d) = D::<u8>::with_canceller(move || {
        note.note("canceller");
        None
    });
    let handle = d.cancel_handle();
    resolver.callback(1);
    assert!(!d.cancel());
    assert!(!handle.cancel());
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: 1"]);
}

#[test]
fn d_079_cancelling_a_waiting_chain_cancels_the_deepest_unfired_one() {
    let journal = Journal::default();
    let (a, b) = (journal.clone(), journal.clone());
    let (innermost_resolver, innermost) = D::<u8>::with_canceller(move || {
        a.note("innermost canceller");
        Some(Ok(4))
    });
    let (middle_resolver, middle) = D::<u8>::pair();
    let middle = middle.add_callback(move |_| innermost).map(|n| n + 1);
    middle_resolver.callback(0);
    let (resolver, d) = D::<u8>::with_canceller(move || {
        b.note("the outer's is not involved");
        None
    });
    let d = d.add_callback(move |_| middle);
    resolver.callback(0);
    assert!(d.cancel());
    assert!(innermost_resolver.is_cancelled());
    journal.end("d", d);
    assert_eq!(
        journal.take(),
        ["innermost canceller", "d: 5"],
        "which may be a success"
    );
}

#[test]
fn d_080_a_chain_that_answers_by_waiting_again_waits_and_a_second_cancel_goes_there() {
    let journal = Journal::default();
    let (second_resolver, second) = D::<u8>::pair();
    let (_first_resolver, first) = D::<u8>::pair();
    let d = D::<u8>::succeed(0)
        .add_callback(move |_| first)
        .add_errback(move |_| second);
    assert!(d.cancel());
    assert!(d.is_waiting());
    assert!(!second_resolver.is_cancelled());
    assert!(d.cancel());
    assert!(second_resolver.is_cancelled());
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: !cancelled"]);
}

#[test]
fn d_081_the_canceller_is_released_as_soon_as_it_is_fired() {
    let journal = Journal::default();
    let captured = journal.on_drop("released");
    let (resolver, d) = D::<u8>::with_canceller(move || {
        let _captured = &captured;
        None
    });
    let (_inner_resolver, inner) = D::<u8>::pair();
    let note = journal.clone();
    let d = d.add_callback(move |_| {
        note.note("stage");
        inner
    });
    resolver.callback(1);
    assert!(d.is_waiting());
    assert_eq!(journal.take(), ["released", "stage"]);
}

#[test]
fn d_082_a_panicking_canceller_is_reported_and_the_chain_settles() {
    let journal = Journal::default();
    report_to(&journal);
    let (_resolver, d) = D::<u8>::with_canceller(|| panic!("no way"));
    assert!(d.cancel());
    journal.end("d", d);
    assert_eq!(
        journal.take(),
        ["unhandled: panicked: no way", "d: !cancelled"]
    );
}

#[test]
fn d_083_cancelling_from_a_running_stage_leaves_what_it_returns_alone() {
    let journal = Journal::default();
    let (inner_resolver, inner) = D::<u8>::pair();
    let handle = Rc::new(RefCell::new(None));
    let in_stage = handle.clone();
    let note = journal.clone();
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_callback(move |_| {
        let handle: Option<deferred_snmp::deferred::CancelHandle> = in_stage.take();
        note.note(handle.expect("it was put there").cancel());
        inner
    });
    handle.replace(Some(d.cancel_handle()));
    resolver.callback(1);
    assert_eq!(journal.take(), ["false"]);
    assert!(d.is_waiting() && !inner_resolver.is_cancelled());
}

#[test]
fn d_083_cancelling_from_the_canceller_itself_does_nothing() {
    let handle = Rc::new(RefCell::new(None));
    let calls = Rc::new(Cell::new(0));
    let (inside, count) = (handle.clone(), calls.clone());
    let (_resolver, d) = D::<u8>::with_canceller(move || {
        count.set(count.get() + 1);
        let handle: Option<deferred_snmp::deferred::CancelHandle> = inside.take();
        assert!(!handle.expect("it was put there").cancel());
        Some(Ok(1))
    });
    handle.replace(Some(d.cancel_handle()));
    assert!(d.cancel());
    assert_eq!((calls.get(), result_of(d)), (1, Some(Ok(1))));
}

#[test]
fn d_085_cancelling_a_paused_chain_settles_it_and_stages_run_later() {
    let journal = Journal::default();
    let (_resolver, d) = D::<u8>::pair();
    let pause = d.pause();
    let note = journal.clone();
    let d = d.add_errback(move |error| {
        note.note(error);
        Ok(0)
    });
    assert!(d.cancel());
    assert!(d.is_fired() && journal.take().is_empty());
    drop(pause);
    assert_eq!(journal.take(), ["cancelled"]);
}

#[test]
fn d_085_cancelling_does_nothing_while_waiting_for_a_settled_but_paused_inner() {
    let journal = Journal::default();
    let inner = D::<u8>::succeed(1);
    let pause = inner.pause();
    let d = D::<u8>::succeed(0).add_callback(move |_| inner);
    assert!(d.is_waiting());
    assert!(!d.cancel());
    drop(pause);
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: 1"]);
}

#[test]
fn d_086_a_handle_works_through_every_later_stage_and_keeps_nothing_alive() {
    let journal = Journal::default();
    let (resolver, d) = D::<u8>::pair();
    let handle = d.cancel_handle();
    let again = handle.clone();
    let captured = journal.on_drop("closure dropped");
    let d = d
        .map(move |n| {
            let _captured = &captured;
            n
        })
        .map_err(|e| e);
    resolver.forget();
    drop(d);
    assert_eq!(journal.take(), ["closure dropped"]);
    assert!(!handle.cancel() && !again.cancel());

    let (resolver, d) = D::<u8>::pair();
    let handle = d.cancel_handle();
    let (inner_resolver, inner) = D::<u8>::pair();
    let d = d.map(|n| n).add_callback(move |_| inner).map(|n| n);
    resolver.callback(1);
    assert!(handle.cancel());
    assert!(inner_resolver.is_cancelled());
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: !cancelled"]);
}

#[test]
fn d_086_a_handle_on_a_settled_deferred_reaches_what_its_stages_wait_on() {
    let d = D::<u8>::succeed(1);
    let handle = d.cancel_handle();
    assert!(!handle.cancel());
    let (inner_resolver, inner) = D::<u8>::pair();
    let d = d.map(|n| n).add_callback(move |_| inner);
    assert!(handle.cancel());
    assert!(inner_resolver.is_cancelled());
    drop(d.add_errback(|_| Ok(0)));
}

#[test]
fn d_086_a_handle_on_an_inner_does_not_reach_the_outer() {
    for outer_settled in [false, true] {
        let (inner_resolver, inner) = D::<u8>::pair();
        let inner_handle = inner.cancel_handle();
        let (next_resolver, next) = D::<u8>::pair();
        let d = if outer_settled {
            D::<u8>::succeed(0).add_callback(move |_| inner)
        } else {
            let (resolver, d) = D::<u8>::pair();
            let d = d.add_callback(move |_| inner);
            resolver.callback(0);
            d
        };
        let d = d.add_callback(move |_| next);
        inner_resolver.callback(1);
        assert!(d.is_waiting());
        assert!(!inner_handle.cancel(), "the inner is over");
        assert!(!next_resolver.is_cancelled());
        assert!(d.cancel());
        assert_eq!(
            result_of(d),
            Some(Err(Oops::Interrupted(Interrupt::Cancelled)))
        );
    }
}

#[test]
fn d_086_a_handle_works_when_the_deferred_itself_was_dropped() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    let handle = d.cancel_handle();
    let (inner_resolver, inner) = D::<u8>::pair();
    drop(d.add_callback(move |_| inner));
    resolver.callback(0);
    assert!(handle.cancel());
    assert!(inner_resolver.is_cancelled());
    assert_eq!(journal.take(), ["unhandled: cancelled"]);
}

/// One that nobody will ever fire.
fn forgotten(journal: &Journal) -> D<u8> {
    let captured = journal.on_drop("released");
    let (resolver, d) = D::<u8>::with_canceller(move || {
        let _captured = &captured;
        None
    });
    resolver.forget();
    d
}

/// The ways to wait for another Deferred.
const WAITS: [fn(D<u8>) -> D<u8>; 6] = [
    |inner| {
        let (resolver, d) = D::pair();
        let d = d.add_callback(move |_: u8| inner);
        resolver.callback(0);
        d
    },
    |inner| {
        let (resolver, d) = D::pair();
        let d = d.add_callback(move |_: u8| inner).map(|n| n);
        resolver.callback(0);
        d
    },
    |inner| {
        let (resolver, d) = D::pair();
        resolver.follow(inner);
        d
    },
    |inner| {
        let (resolver, d) = D::pair();
        let d = d.map(|n| n);
        resolver.follow(inner);
        d
    },
    |inner| D::succeed(0).add_callback(move |_| inner),
    |inner| {
        // As the one before, but that a handle keeps the two apart.
        let _handle = inner.cancel_handle();
        D::succeed(0).add_callback(move |_| inner)
    },
];

#[test]
fn d_079_what_waits_for_a_forgotten_one_can_be_cancelled() {
    for wait in WAITS {
        let journal = Journal::default();
        report_to(&journal);
        let d = wait(forgotten(&journal));
        assert!(d.is_waiting() || !d.is_fired());
        let note = journal.clone();
        let d = d.add_both(move |result| {
            note.note(format_args!("{result:?}"));
            result
        });
        journal.take();
        let handle = d.cancel_handle();
        assert!(handle.cancel());
        assert!(!d.is_waiting() && !handle.cancel());
        assert_eq!(
            result_of(d),
            Some(Err(Oops::Interrupted(Interrupt::Cancelled)))
        );
        let rest = journal.take();
        let said: Vec<_> = rest.iter().filter(|line| *line != "released").collect();
        assert_eq!(said, ["Err(Interrupted(Cancelled))"]);
    }
}

#[test]
fn d_090_what_waits_for_a_forgotten_one_times_out() {
    let clock = Clock::new();
    let limit = Duration::from_secs(3);
    for wait in WAITS {
        let journal = Journal::default();
        let d = wait(wait(forgotten(&journal))).add_timeout(limit, &clock);
        clock.advance(limit).expect("it ends");
        assert_eq!(
            result_of(d),
            Some(Err(Oops::Interrupted(Interrupt::TimedOut(limit))))
        );
        assert_eq!(journal.take(), ["released"]);
    }
}

#[test]
fn d_086_nothing_is_left_of_what_waits_for_a_forgotten_one_and_is_dropped() {
    for wait in WAITS {
        let journal = Journal::default();
        report_to(&journal);
        let captured = journal.on_drop("stage dropped");
        let d = wait(wait(forgotten(&journal))).map(move |n| {
            let _captured = &captured;
            n
        });
        let handle = d.cancel_handle();
        drop(d);
        let mut dropped = journal.take();
        dropped.sort();
        assert_eq!(dropped, ["released", "stage dropped"]);
        assert!(!handle.cancel());
    }
}

#[test]
fn d_085_a_paused_one_that_waits_for_a_forgotten_one_goes_on_when_it_was_cancelled_and_unpaused() {
    for wait in WAITS {
        let journal = Journal::default();
        let d = wait(wait(forgotten(&journal)));
        let (first, second): (PauseGuard, PauseGuard) = (d.pause(), d.pause());
        let handle = d.cancel_handle();
        journal.end("d", d.map_err(|error| error));
        journal.take();
        drop(first);
        assert!(handle.cancel());
        let early = journal.take();
        assert!(early.iter().all(|line| line == "released"), "{early:?}");
        drop(second);
        let rest = journal.take();
        assert_eq!(rest.last().map(String::as_str), Some("d: !cancelled"));
    }
}

#[test]
fn c_020_a_list_whose_members_were_forgotten_can_be_cancelled() {
    let journal = Journal::default();
    let (_resolver, pending) = D::<u8>::pair();
    let list = gather_results([D::succeed(1), forgotten(&journal), pending]);
    let list = list.map(|values| values[0]).map_err(Into::<Oops>::into);
    assert!(list.cancel());
    journal.end("gathered", list);
    let list = DeferredList::new([forgotten(&journal), forgotten(&journal)]);
    assert!(list.cancel());
    journal.end("list", list.map(|outcomes| outcomes.len()));
    let waiting = WAITS.map(|wait| wait(forgotten(&journal)));
    let list = DeferredList::new(waiting);
    assert!(list.cancel());
    journal.end("waiting", list.map(|outcomes| outcomes.len()));
    let race = race([forgotten(&journal)]);
    assert!(race.cancel());
    journal.end("race", race.then(|_| Ok::<_, Oops>(7)));
    let said = journal.take();
    let said: Vec<_> = said.iter().filter(|line| *line != "released").collect();
    assert_eq!(
        said,
        [
            "gathered: !cancelled",
            "list: !cancelled",
            "waiting: !cancelled",
            "race: 7"
        ]
    );
}

#[test]
fn c_020_a_list_with_a_forgotten_member_waits_for_what_is_left_of_it() {
    let journal = Journal::default();
    let (second_resolver, second) = D::<u8>::pair();
    let (_resolver, first) = D::<u8>::pair();
    let first = first.add_errback(move |_| second);
    let list = DeferredList::new([forgotten(&journal), first]);
    assert!(list.cancel(), "the one left answers by waiting longer");
    assert!(!list.is_fired());
    second_resolver.callback(2);
    assert!(!list.is_fired(), "one is missing");
    assert!(list.cancel());
    journal.end("list", list.map(|outcomes| outcomes.len()));
    assert_eq!(journal.take(), ["released", "list: !cancelled"]);
}

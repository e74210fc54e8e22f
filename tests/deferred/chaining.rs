//! Chaining an inner Deferred: rules D-030 to D-038.

use std::cell::Cell;
use std::rc::Rc;

use crate::journal::{D, Journal, Oops, report_to};

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
            for _ in 0..crate::MANY {
                let (resolver, next) = D::pair();
                d.map(|n| n + 1).forward_to(resolver);
                d = next;
            }
            first.callback(0);
            let seen = Rc::new(Cell::new(0));
            let sink = seen.clone();
            d.add_callback(move |n| sink.set(n));
            assert_eq!(seen.get(), crate::MANY);
        })
        .expect("a thread")
        .join()
        .expect("no overflow");
}

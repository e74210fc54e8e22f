//! Failures and errors that nobody handles: rules D-060 to D-071.

use std::cell::{Cell, RefCell};
use std::num::ParseIntError;
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Failure, Interrupt, reset_reporter, set_reporter};

use crate::journal::{D, Journal, Oops, report_to};

fn not_a_number() -> ParseIntError {
    "x".parse::<u8>().expect_err("x is no number")
}

#[test]
fn d_060_a_failure_carries_the_error_and_where_it_came_from() {
    let failure = Failure::new(not_a_number());
    let line = line!() - 1;
    assert_eq!(failure.origin().file(), file!());
    assert_eq!(failure.origin().line(), line);
    assert_eq!(failure.to_string(), not_a_number().to_string());
    assert_eq!(failure.check::<ParseIntError>(), Some(&not_a_number()));
    assert!(failure.check::<std::fmt::Error>().is_none());
    assert!(failure.error().is::<ParseIntError>());
    assert!(format!("{failure:?}").contains(file!()));

    let failure = Failure::from(Interrupt::Cancelled);
    assert_eq!(failure.interrupt(), Some(&Interrupt::Cancelled));
    assert_eq!(Failure::message("words").to_string(), "words");
    assert!(Failure::message("words").interrupt().is_none());
}

#[test]
fn d_060_a_question_mark_records_its_own_place() {
    fn parse() -> Result<u8, Failure> {
        Ok("x".parse()?)
    }
    let line = line!() - 2;
    let failure = parse().expect_err("x is no number");
    assert_eq!(failure.origin().line(), line);
}

#[test]
fn d_061_trap_takes_the_kind_asked_for_and_passes_the_original_on() {
    let journal = Journal::default();
    let trapping = |error: Failure| {
        let note = journal.clone();
        Deferred::<u8>::fail(error).add_errback(move |failure| {
            let error = failure.trap::<ParseIntError>()?;
            note.note(format_args!("trapped {error}"));
            Ok(0)
        })
    };
    let note = journal.clone();
    trapping(Failure::new(not_a_number())).add_callback(move |n| note.note(n));
    assert_eq!(
        journal.take(),
        [format!("trapped {}", not_a_number()), "0".into()]
    );

    let other = Failure::message("other");
    let (line, address) = (other.origin().line(), address_of(&other));
    let note = journal.clone();
    trapping(other).add_errback(move |failure| {
        note.note(failure.origin().line() == line && address_of(&failure) == address);
        Ok(0)
    });
    assert_eq!(
        journal.take(),
        ["true"],
        "the same one, from the same place"
    );
}

fn address_of(failure: &Failure) -> usize {
    std::ptr::from_ref(failure.error()).cast::<()>().addr()
}

#[test]
fn d_065_an_error_is_reported_once_when_the_last_handle_goes() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    resolver.errback(Oops::Said("settled"));
    assert!(journal.take().is_empty(), "it can still be handled");
    drop(d);
    assert_eq!(journal.take(), ["unhandled: settled"]);

    let (resolver, d) = D::<u8>::pair();
    drop(d.map(|n| n + 1));
    resolver.errback(Oops::Said("detached"));
    assert_eq!(journal.take(), ["unhandled: detached"], "at settlement");

    drop(D::<u8>::fail(Oops::Said("made failed")));
    assert_eq!(journal.take(), ["unhandled: made failed"]);
}

#[test]
fn d_065_the_report_names_the_error_and_knows_where_the_deferred_was_made() {
    let seen = Rc::new(RefCell::new(String::new()));
    let origin = Rc::new(Cell::new(None));
    let (text, place) = (seen.clone(), origin.clone());
    set_reporter(move |unhandled| {
        text.replace(unhandled.to_string());
        place.set(unhandled.origin());
    });
    drop(D::<u8>::fail(Oops::Said("no")));
    let line = line!() - 1;
    assert_eq!(*seen.borrow(), "unhandled error in Deferred: no");
    assert_eq!(origin.get().map(|at| at.line()), Some(line));

    let (resolver, d) = D::<u8>::pair();
    let line = line!() - 1;
    drop(d.map(|n| n));
    resolver.errback(Oops::Said("no"));
    assert_eq!(origin.get().map(|at| at.line()), Some(line));
    assert_eq!(origin.get().map(|at| at.file()), Some(file!()));
}

#[test]
fn d_066_a_handler_suppresses_the_report_and_one_that_fails_again_does_not() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    resolver.errback(Oops::Said("late"));
    drop(d.add_errback(|_| Ok(0)));
    assert!(journal.take().is_empty());

    drop(D::<u8>::fail(Oops::Said("first")).add_errback(|_| Err(Oops::Said("second"))));
    assert_eq!(journal.take(), ["unhandled: second"]);
}

#[test]
fn d_067_no_report_of_what_an_outer_took_over_or_a_handler_waits_about() {
    let journal = Journal::default();
    report_to(&journal);
    let (never, forever) = D::<u8>::pair();
    let d = D::<u8>::fail(Oops::Said("handled")).add_errback(move |_| forever);
    never.forget();
    drop(d);
    assert!(journal.take().is_empty());

    let inner = D::<u8>::fail(Oops::Said("taken over"));
    drop(
        D::<u8>::succeed(0)
            .add_callback(move |_| inner)
            .add_errback(|_| Ok(0)),
    );
    assert!(journal.take().is_empty());
}

#[test]
fn d_068_a_failing_chain_that_was_paused_is_reported() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    let pause = d.pause();
    let d = d.map(|n| n);
    resolver.errback(Oops::Said("paused"));
    drop(d);
    assert!(journal.take().is_empty());
    drop(pause);
    assert_eq!(journal.take(), ["unhandled: paused"]);

    let (resolver, d) = D::<u8>::pair();
    let pause = d.pause();
    resolver.errback(Oops::Said("without stages"));
    drop(d);
    drop(pause);
    assert_eq!(journal.take(), ["unhandled: without stages"]);
}

#[test]
fn d_069_dropping_a_success_or_a_pending_handle_is_silent_and_does_not_cancel() {
    let journal = Journal::default();
    report_to(&journal);
    drop(D::<u8>::succeed(1));
    let (resolver, d) = D::<u8>::pair();
    let note = journal.clone();
    drop(d.add_callback(move |n| note.note(n)));
    assert!(!resolver.is_cancelled());
    assert!(journal.take().is_empty());
    resolver.callback(5);
    assert_eq!(journal.take(), ["5"], "the work went on");
}

#[test]
fn d_070_a_resolver_dropped_unfired_abandons_the_chain() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    journal.end("d", d);
    drop(resolver);
    assert_eq!(
        journal.take(),
        ["d: !abandoned: the firing side was dropped"]
    );

    let (resolver, d) = D::<u8>::pair();
    let shared = resolver.into_shared();
    let other = shared.clone();
    journal.end("shared", d);
    drop(shared);
    assert!(journal.take().is_empty(), "there is another one");
    drop(other);
    assert_eq!(
        journal.take(),
        ["shared: !abandoned: the firing side was dropped"]
    );

    let (resolver, d) = D::<u8>::pair();
    d.cancel();
    drop(resolver);
    journal.end("cancelled", d);
    assert_eq!(journal.take(), ["cancelled: !cancelled"]);

    let (resolver, d) = D::<u8>::pair();
    resolver.forget();
    assert!(!d.is_fired());
    drop(d);
    assert!(journal.take().is_empty(), "forgotten is not abandoned");
}

#[test]
fn d_071_the_reporter_may_use_deferreds_and_may_panic() {
    let journal = Journal::default();
    let note = journal.clone();
    set_reporter(move |unhandled| {
        note.note(unhandled.error());
        let (resolver, d) = D::<u8>::pair();
        let inner = note.clone();
        d.add_callback(move |n| inner.note(n));
        resolver.callback(7);
    });
    drop(D::<u8>::fail(Oops::Said("a")));
    assert_eq!(journal.take(), ["a", "7"]);

    set_reporter(|_| panic!("in the reporter"));
    drop(D::<u8>::fail(Oops::Said("b")));
    reset_reporter();
}

#[test]
fn d_071_log_error_reports_and_passes_the_same_error_on() {
    let journal = Journal::default();
    let note = journal.clone();
    set_reporter(move |unhandled| note.note(unhandled));
    let d = D::<u8>::fail(Oops::Said("no")).log_error();
    assert_eq!(journal.take(), ["error in Deferred: no"]);
    journal.end("d", d);
    assert_eq!(journal.take(), ["d: !no"]);
}

#[test]
fn d_071_a_panic_in_a_destructor_is_reported_and_harms_nobody() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("in a destructor");
        }
    }
    let journal = Journal::default();
    let note = journal.clone();
    set_reporter(move |unhandled| note.note(unhandled));
    let bomb = Bomb;
    let (resolver, d) = D::<u8>::pair();
    let d = d.add_errback(move |e| {
        let _captured = &bomb;
        Err(e)
    });
    journal.end("d", d);
    resolver.callback(1);
    assert_eq!(
        journal.take(),
        [
            "unhandled error in a destructor: panicked: in a destructor",
            "d: 1"
        ]
    );
}

#[test]
fn d_070_a_resolver_that_goes_with_what_the_library_drops_settles_when_that_is_over() {
    let journal = Journal::default();
    // The chain `b`, whose resolver a stage of the chain `a` has captured beside something else.
    let two = |journal: &Journal| {
        let (b_resolver, b) = D::<u8>::pair();
        journal.end("b", b);
        let other = journal.on_drop("dropped beside it");
        let (resolver, a) = D::<u8>::pair();
        let a = a.map(move |n| {
            let _captured = (&b_resolver, &other);
            n
        });
        journal.end("a", a);
        resolver
    };
    let abandoned = |name| format!("{name}: !abandoned: the firing side was dropped");
    // A stage that is skipped: after all that it has captured, before its chain goes on.
    two(&journal).errback(Oops::Said("skip"));
    let expected = ["dropped beside it", &abandoned("b"), "a: !skip"];
    assert_eq!(journal.take(), expected);
    // The same inside a drop: after that, so that the chain has gone on.
    drop(two(&journal));
    let expected = ["dropped beside it", &abandoned("a"), &abandoned("b")];
    assert_eq!(journal.take(), expected);
    // A chain that is dropped without having run.
    two(&journal).forget();
    assert_eq!(journal.take(), ["dropped beside it", &abandoned("b")]);
    // In code of one's own, at once.
    let (b_resolver, b) = D::<u8>::pair();
    journal.end("b", b);
    let note = journal.clone();
    D::succeed(0).add_callback(move |_| {
        drop(b_resolver);
        note.note("goes on");
    });
    assert_eq!(journal.take(), [abandoned("b").as_str(), "goes on"]);
}

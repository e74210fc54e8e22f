//! Deferreds that wait for themselves: rule D-035. They end with an error of its own when the circle
//! closes, and nothing of them is left.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{DeferredList, Interrupt, gather_results, race, set_reporter};
use deferred_snmp::task::Clock;

use crate::journal::{D, Journal, Oops, report_to};

const CIRCULAR: &str = "waits for itself";

/// Counts what is alive of the things it was asked for.
#[derive(Clone, Default)]
struct Alive(Rc<()>);

impl Alive {
    fn count(&self) -> usize {
        Rc::strong_count(&self.0) - 1
    }

    /// Adds a stage that keeps something alive, and notes what passes.
    fn watch(&self, name: &'static str, journal: &Journal, d: D<u8>) -> D<u8> {
        let (kept, note) = (self.clone(), journal.clone());
        d.add_both(move |result| {
            let _kept = &kept;
            match &result {
                Ok(value) => note.note(format_args!("{name}: {value}")),
                Err(error) => note.note(format_args!("{name}: !{error}")),
            }
            result
        })
    }
}

fn slow() -> Duration {
    Duration::from_secs(3)
}

/// Runs `test` without a time-out, and with one on every chain; at the end nothing is left alive, and
/// nothing is left on the clock.
fn in_both_ways(test: impl Fn(&dyn Fn(D<u8>) -> D<u8>, &Journal, &Alive)) {
    for timed in [false, true] {
        let journal = Journal::default();
        report_to(&journal);
        let alive = Alive::default();
        let clock = Clock::new();
        let limit = |d: D<u8>| {
            if timed {
                d.add_timeout(slow(), &clock)
            } else {
                d
            }
        };
        test(&limit, &journal, &alive);
        assert_eq!(alive.count(), 0, "timed: {timed}");
        assert!(clock.delayed_calls().is_empty(), "timed: {timed}");
        clock.advance(2 * slow()).expect("it ends");
        assert!(journal.take().is_empty(), "nothing more");
    }
}

#[test]
fn d_035_one_that_follows_itself() {
    in_both_ways(|limit, journal, alive| {
        let (resolver, d) = D::<u8>::pair();
        let handle = d.cancel_handle();
        let d = limit(alive.watch("stage", journal, d));
        resolver.follow(d);
        assert_eq!(
            journal.take(),
            [
                format!("stage: !{CIRCULAR}"),
                format!("unhandled: {CIRCULAR}")
            ]
        );
        assert!(!handle.cancel());
    });
    let (resolver, d) = D::<u8>::pair();
    let handle = d.cancel_handle();
    set_reporter(|_| ());
    resolver.follow(d);
    assert!(!handle.cancel());
}

#[test]
fn d_035_two_that_follow_each_other() {
    in_both_ways(|limit, journal, alive| {
        let (first, a) = D::<u8>::pair();
        let (second, b) = D::<u8>::pair();
        let handles = [a.cancel_handle(), b.cancel_handle()];
        first.follow(limit(alive.watch("b", journal, b)));
        second.follow(limit(alive.watch("a", journal, a)));
        assert_eq!(
            journal.take(),
            [
                format!("b: !{CIRCULAR}"),
                format!("a: !{CIRCULAR}"),
                format!("unhandled: {CIRCULAR}")
            ]
        );
        assert!(handles.iter().all(|handle| !handle.cancel()));
    });
}

#[test]
fn d_035_a_stage_that_returns_its_own_end() {
    in_both_ways(|limit, journal, alive| {
        let slot: Rc<RefCell<Option<D<u8>>>> = Rc::default();
        let (resolver, d) = D::<u8>::pair();
        let handle = d.cancel_handle();
        let end = slot.clone();
        let d = d.add_callback(move |_| end.take().expect("the end of this chain"));
        let d = limit(alive.watch("later", journal, d));
        slot.replace(Some(d));
        resolver.callback(1);
        assert_eq!(
            journal.take(),
            [
                format!("later: !{CIRCULAR}"),
                format!("unhandled: {CIRCULAR}")
            ]
        );
        assert!(!handle.cancel());
    });
}

#[test]
fn d_035_an_error_that_is_handled_in_the_circle_is_the_end_of_it() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    let note = journal.clone();
    resolver.follow(d.add_errback(move |error| {
        note.note(error == Oops::Interrupted(Interrupt::Circular));
        Ok(0)
    }));
    assert_eq!(journal.take(), ["true"], "nothing is unhandled");
}

/// So many in a circle; each waits for the next.
fn circle(links: usize, inside_out: bool) {
    let errors = Rc::new(Cell::new(0));
    let count = errors.clone();
    set_reporter(move |_| count.set(count.get() + 1));
    let alive = Alive::default();
    let passed = Rc::new(Cell::new(0));
    let (mut resolvers, mut ends) = (Vec::new(), Vec::new());
    let mut handles = Vec::new();
    for _ in 0..links {
        let (resolver, d) = D::<u8>::pair();
        handles.push(d.cancel_handle());
        let (kept, count) = (alive.clone(), passed.clone());
        let d = d.map_err(move |error| {
            let _kept = &kept;
            assert_eq!(error, Oops::Interrupted(Interrupt::Circular));
            count.set(count.get() + 1);
            error
        });
        resolvers.push(resolver);
        ends.push(d);
    }
    ends.rotate_left(1);
    let pairs = resolvers.into_iter().zip(ends);
    if inside_out {
        pairs.rev().for_each(|(resolver, end)| resolver.follow(end));
    } else {
        pairs.for_each(|(resolver, end)| resolver.follow(end));
    }
    assert_eq!((passed.get(), errors.get()), (links, 1));
    assert_eq!(alive.count(), 0);
    assert!(handles.iter().all(|handle| !handle.cancel()));
}

#[test]
fn d_035_many_in_a_circle() {
    for inside_out in [false, true] {
        circle(3, inside_out);
        circle(crate::MANY as usize / 100, inside_out);
    }
}

#[test]
fn d_037_no_wait_costs_the_more_the_longer_the_way_is() {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(|| {
            // Each link is held by a handle, so that none is left out; from inside, from outside, and
            // two at a time in the middle.
            for way in 0..3 {
                let mut handles = Vec::new();
                let mut pair = || {
                    let (resolver, d) = D::<u8>::pair();
                    handles.push(d.cancel_handle());
                    (resolver, d.map(|n| n))
                };
                let (mut innermost, mut outermost) = pair();
                for _ in 0..crate::MANY / 4 {
                    let (resolver, d) = pair();
                    match way {
                        0 => resolver.follow(std::mem::replace(&mut outermost, d)),
                        1 => std::mem::replace(&mut innermost, resolver).follow(d),
                        _ => {
                            let (other, end) = pair();
                            other.follow(d);
                            resolver.follow(std::mem::replace(&mut outermost, end));
                        }
                    }
                }
                innermost.callback(4);
                assert_eq!(util::result_of::result_of(outermost), Some(Ok(4)));
            }
        })
        .expect("a thread")
        .join()
        .expect("no overflow");
}

#[test]
fn d_035_a_member_that_waits_for_its_list() {
    in_both_ways(|limit, journal, alive| {
        let (resolver, member) = D::<u8>::pair();
        let (_other, pending) = D::<u8>::pair();
        let handle = member.cancel_handle();
        let member = limit(alive.watch("member", journal, member));
        let list = DeferredList::new([member, pending]);
        let list_handle = list.cancel_handle();
        let list = list.map(|outcomes| outcomes.len() as u8);
        resolver.follow(list);
        assert_eq!(journal.take(), [format!("member: !{CIRCULAR}")]);
        assert!(!handle.cancel());
        assert!(list_handle.cancel(), "the other one is pending");
    });
    in_both_ways(|limit, journal, alive| {
        let (resolver, member) = D::<u8>::pair();
        let member = limit(alive.watch("member", journal, member));
        let list = gather_results([D::succeed(1), member]).map(|values| values[0]);
        resolver.follow(list.map_err(Into::into));
        assert_eq!(
            journal.take(),
            [
                format!("member: !{CIRCULAR}"),
                format!("unhandled: {CIRCULAR}")
            ]
        );
    });
}

#[test]
fn d_035_a_runner_that_waits_for_its_race_is_out_and_the_race_goes_on() {
    in_both_ways(|limit, journal, alive| {
        let (resolver, runner) = D::<u8>::pair();
        let (other, pending) = D::<u8>::pair();
        let runner = limit(alive.watch("runner", journal, runner));
        let race = race([runner, pending]).then(|winner| {
            let (_, value) = winner.map_err(|_| Oops::Said("all failed"))?;
            Ok::<u8, Oops>(value)
        });
        let handle = race.cancel_handle();
        let (first, then) = race.fork();
        resolver.follow(then);
        assert_eq!(journal.take(), [format!("runner: !{CIRCULAR}")]);
        let first = alive.watch("race", journal, first);
        other.callback(4);
        assert_eq!(journal.take(), ["race: 4"]);
        assert!(!handle.cancel());
        drop(first);
    });
}

#[test]
fn d_035_lists_in_lists() {
    in_both_ways(|limit, journal, alive| {
        let (resolver, mut d) = D::<u8>::pair();
        d = limit(alive.watch("innermost", journal, d));
        // Each is in two lists at once, which doubles the ways through them.
        for _ in 0..40 {
            let (this, copy) = d.fork();
            d = gather_results([this, copy]).map(|values| values[1]);
        }
        resolver.follow(alive.watch("outermost", journal, d));
        assert_eq!(
            journal.take(),
            [
                format!("innermost: !{CIRCULAR}"),
                format!("outermost: !{CIRCULAR}"),
                format!("unhandled: {CIRCULAR}")
            ]
        );
    });
}

#[test]
fn d_035_one_that_is_forwarded_to_its_own_beginning() {
    in_both_ways(|limit, journal, alive| {
        let (resolver, d) = D::<u8>::pair();
        let handle = d.cancel_handle();
        let d = limit(alive.watch("stage", journal, d));
        journal.end("end", d.forward_to(resolver));
        assert_eq!(
            journal.take(),
            [format!("stage: !{CIRCULAR}"), format!("end: !{CIRCULAR}")]
        );
        assert!(!handle.cancel());
    });
}

#[test]
fn d_035_two_that_are_forwarded_to_each_other() {
    in_both_ways(|limit, journal, alive| {
        let (first, a) = D::<u8>::pair();
        let (second, b) = D::<u8>::pair();
        let a = limit(alive.watch("a", journal, a));
        let b = limit(alive.watch("b", journal, b));
        journal.end("end of a", a.forward_to(second));
        assert!(journal.take().is_empty());
        journal.end("end of b", b.forward_to(first));
        assert_eq!(
            journal.take(),
            [
                format!("a: !{CIRCULAR}"),
                format!("b: !{CIRCULAR}"),
                "end of a: ()".to_owned(),
                format!("end of b: !{CIRCULAR}")
            ]
        );
    });
}

#[test]
fn d_035_a_copy_that_its_original_waits_for() {
    in_both_ways(|limit, journal, alive| {
        let (resolver, d) = D::<u8>::pair();
        let (original, copy) = limit(alive.watch("d", journal, d)).fork();
        resolver.follow(alive.watch("copy", journal, copy));
        assert_eq!(
            journal.take(),
            [
                format!("d: !{CIRCULAR}"),
                format!("copy: !{CIRCULAR}"),
                format!("unhandled: {CIRCULAR}")
            ]
        );
        journal.end("original", original);
        assert_eq!(journal.take(), [format!("original: !{CIRCULAR}")]);
    });
}

#[test]
fn d_035_where_somebody_else_can_fire_there_is_no_circle() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolver, d) = D::<u8>::pair();
    let resolver = resolver.into_shared();
    journal.end("d", d.map(|n| n + 1).forward_to(resolver.clone()));
    assert!(journal.take().is_empty());
    assert!(resolver.callback(1).is_ok());
    assert_eq!(journal.take(), ["d: !already called"]);
    // Two that wait for one list are no circle either, nor is what waits for it afterwards.
    let (resolver, d) = D::<u8>::pair();
    let (a, b) = d.fork();
    let list = gather_results([a, b]).map(|values| values[0]);
    let (outer, end) = D::<u8>::pair();
    outer.follow(list.map_err(Into::into));
    journal.end("end", end);
    resolver.callback(3);
    assert_eq!(journal.take(), ["end: 3"]);
}

#[test]
fn d_052_one_chain_may_wait_for_another_one_that_is_in_the_middle_of_firing() {
    let journal = Journal::default();
    report_to(&journal);
    let slot: Rc<RefCell<Option<D<u8>>>> = Rc::default();
    let (other_resolver, other) = D::<u8>::pair();
    let end = slot.clone();
    let other = other.add_callback(move |_| end.take().expect("the end of the first chain"));
    let (resolver, d) = D::<u8>::pair();
    let note = journal.clone();
    let d = d.add_callback(move |n| {
        other_resolver.callback(1);
        note.note("first goes on");
        Ok(n)
    });
    slot.replace(Some(d));
    resolver.callback(7);
    journal.end("other", other);
    assert_eq!(journal.take(), ["first goes on", "other: 7"]);
}

#[test]
fn d_070_one_that_only_its_own_result_could_fire_is_abandoned() {
    const ABANDONED: &str = "abandoned: the firing side was dropped";
    in_both_ways(|limit, journal, alive| {
        let (resolver, d) = D::<u8>::pair();
        let resolver = resolver.into_shared();
        let another = resolver.clone();
        let d = limit(alive.watch("stage", journal, d));
        journal.end("end", d.forward_to(another));
        assert!(journal.take().is_empty(), "it can be fired from outside");
        drop(resolver);
        assert_eq!(
            journal.take(),
            [
                format!("stage: !{ABANDONED}"),
                "end: !already called".to_owned()
            ]
        );
    });
    in_both_ways(|limit, journal, alive| {
        let (resolver, d) = D::<u8>::pair();
        let resolver = resolver.into_shared();
        let d = limit(alive.watch("d", journal, d));
        let (outer, end) = D::<u8>::pair();
        journal.end("end", end.forward_to(resolver.clone()));
        outer.follow(d);
        drop(resolver.clone());
        assert!(journal.take().is_empty());
        drop(resolver);
        assert_eq!(
            journal.take(),
            [
                format!("d: !{ABANDONED}"),
                "end: !already called".to_owned()
            ]
        );
    });
}

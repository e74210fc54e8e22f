//! Adapters, lists, gathering and races: rules C-001 to C-037.

use deferred_snmp::deferred::{
    AsInterrupt, Deferred, DeferredList, FailureGroup, FirstError, Interrupt, Resolver, Rest,
    execute, gather_results, maybe_deferred, race,
};

use crate::journal::{D, Journal, Oops, report_to};
use util::result_of::result_of;

type Outcomes = Vec<Result<u8, Oops>>;

/// Deferreds that wait, and what fires them.
fn members(count: usize) -> (Vec<Resolver<u8, Oops>>, Vec<D<u8>>) {
    (0..count).map(|_| D::pair()).unzip()
}

fn said(text: &'static str) -> Oops {
    Oops::Said(text)
}

fn cancelled() -> Oops {
    Oops::Interrupted(Interrupt::Cancelled)
}

#[test]
fn c_001_maybe_deferred_takes_values_errors_deferreds_and_panics() {
    assert_eq!(result_of::<u8, Oops>(maybe_deferred(|| Ok(1))), Some(Ok(1)));
    assert_eq!(
        result_of::<u8, Oops>(maybe_deferred(|| Err(said("no")))),
        Some(Err(said("no")))
    );
    let (resolver, d) = D::<u8>::pair();
    let d: D<u8> = maybe_deferred(|| d);
    assert!(!d.is_fired(), "that very Deferred");
    resolver.callback(2);
    assert_eq!(result_of(d), Some(Ok(2)));
    let d: D<()> = maybe_deferred(|| ());
    assert_eq!(result_of(d), Some(Ok(())));
    let d: D<u8> = maybe_deferred(|| -> Result<u8, Oops> { panic!("oh") });
    assert_eq!(
        result_of(d),
        Some(Err(Oops::Interrupted(Interrupt::Panicked("oh".into()))))
    );
    assert_eq!(result_of::<u8, Oops>(execute(|| Ok(3))), Some(Ok(3)));
}

#[test]
fn c_010_settled_members_are_seen_at_construction_in_index_order() {
    let looked_at = Journal::default();
    let (a, b) = (looked_at.clone(), looked_at.clone());
    let members = [
        D::<u8>::succeed(1),
        D::succeed(2).add_both(move |r| {
            a.note("made");
            r
        }),
        D::fail(said("no")),
    ];
    b.note("list made");
    let list = DeferredList::new(members);
    assert!(list.is_fired());
    assert_eq!(looked_at.take(), ["made", "list made"]);
    assert_eq!(
        result_of(list),
        Some(Ok(vec![Ok(1), Ok(2), Err(said("no"))]))
    );
}

#[test]
fn c_011_the_plain_mode_fires_with_all_outcomes_in_input_order() {
    let (mut resolvers, members) = members(3);
    let list = DeferredList::new(members);
    resolvers.pop().expect("third").callback(3);
    resolvers.pop().expect("second").errback(said("two"));
    assert!(!list.is_fired());
    resolvers.pop().expect("first").callback(1);
    assert_eq!(
        result_of(list),
        Some(Ok(vec![Ok(1), Err(said("two")), Ok(3)]))
    );
}

#[test]
fn c_012_fire_on_one_callback_fires_at_the_first_success_or_with_all_errors() {
    let (mut resolvers, some) = members(3);
    let list = DeferredList::fire_on_one_callback(some, Rest::Leave);
    resolvers.remove(0).errback(said("a"));
    assert!(!list.is_fired());
    resolvers.remove(1).callback(7);
    assert_eq!(result_of(list), Some(Ok(Ok((2, 7)))));
    assert!(!resolvers[0].is_cancelled(), "the rest is left alone");

    let (resolvers, all) = members(2);
    let list = DeferredList::fire_on_one_callback(all, Rest::Leave);
    for (resolver, text) in resolvers.into_iter().zip(["a", "b"]) {
        resolver.errback(said(text));
    }
    assert_eq!(
        result_of(list),
        Some(Ok(Err(vec![said("a"), said("b")]))),
        "a success of the list"
    );
}

#[test]
fn c_013_fire_on_one_errback_fails_at_the_first_failure() {
    let (mut resolvers, some) = members(3);
    let list = DeferredList::fire_on_one_errback(some, Rest::Leave);
    resolvers.remove(0).callback(1);
    resolvers.remove(1).errback(said("no"));
    let error = result_of(list).expect("fired").expect_err("failed");
    assert_eq!((error.index(), error.sub_failure()), (Some(2), &said("no")));

    let (resolvers, all) = members(2);
    let list = DeferredList::fire_on_one_errback(all, Rest::Leave);
    for (resolver, n) in resolvers.into_iter().zip([5, 6]) {
        resolver.callback(n);
    }
    assert_eq!(result_of(list), Some(Ok(vec![5, 6])));
}

#[test]
fn c_014_with_both_flags_the_first_event_decides_and_the_lowest_index_of_settled_ones() {
    let (mut resolvers, some) = members(2);
    let list = DeferredList::fire_on_one(some, Rest::Leave);
    resolvers.remove(1).callback(4);
    assert_eq!(result_of(list), Some(Ok((1, 4))));

    let (mut resolvers, some) = members(2);
    let list = DeferredList::fire_on_one(some, Rest::Leave);
    resolvers.remove(0).errback(said("no"));
    assert_eq!(
        result_of(list).map(|r| r.map_err(FirstError::into_sub_failure)),
        Some(Err(said("no")))
    );

    let (mut resolvers, mut three) = members(3);
    resolvers.pop().expect("third").errback(said("earliest"));
    resolvers.pop().expect("second").callback(2);
    let list = DeferredList::fire_on_one(three.drain(..), Rest::Leave);
    assert_eq!(
        result_of(list),
        Some(Ok((1, 2))),
        "not the earliest in time"
    );
}

#[test]
fn c_015_empty_input_fires_at_once_and_fails_where_one_was_asked_for() {
    let none = Vec::<D<u8>>::new;
    assert_eq!(result_of(DeferredList::new(none())), Some(Ok(vec![])));
    assert_eq!(result_of(gather_results(none())), Some(Ok(vec![])));
    let empty = Oops::Interrupted(Interrupt::EmptyList);
    assert_eq!(
        result_of(DeferredList::fire_on_one_callback(none(), Rest::Leave)),
        Some(Err(empty.clone()))
    );
    let error = result_of(DeferredList::fire_on_one(none(), Rest::Leave))
        .expect("fired")
        .expect_err("failed");
    assert_eq!(error.index(), None);
    assert_eq!(error.into_sub_failure(), empty);
}

#[test]
fn c_016_errors_of_members_are_the_lists_and_are_not_reported_elsewhere() {
    let journal = Journal::default();
    report_to(&journal);
    let (resolvers, some) = members(3);
    let list = DeferredList::fire_on_one_errback(some, Rest::Leave);
    for (resolver, text) in resolvers.into_iter().zip(["a", "b", "c"]) {
        resolver.errback(said(text));
    }
    assert!(journal.take().is_empty(), "also after the early firing");
    drop(list);
    assert_eq!(journal.take(), ["unhandled: member 0: a"]);
}

#[test]
fn c_017_the_lists_stages_run_inside_the_members_before_its_copys_later_ones() {
    let journal = Journal::default();
    let (resolver, member) = D::<u8>::pair();
    let (member, copy) = member.fork();
    let (a, b) = (journal.clone(), journal.clone());
    DeferredList::new([copy]).add_callback(move |_| -> Result<(), Oops> {
        a.note("list");
        Err(said("of the list"))
    });
    report_to(&journal);
    member.add_callback(move |_| b.note("member"));
    resolver.callback(1);
    assert_eq!(
        journal.take(),
        ["list", "unhandled: of the list", "member"],
        "a failure in the list's stages stays there"
    );
}

#[test]
fn c_018_after_an_early_firing_further_results_change_nothing() {
    let (mut resolvers, some) = members(3);
    let list = DeferredList::fire_on_one_callback(some, Rest::Leave);
    resolvers.remove(1).callback(1);
    for resolver in resolvers {
        resolver.callback(9);
    }
    assert_eq!(result_of(list), Some(Ok(Ok((1, 1)))));
}

#[test]
fn c_020_cancelling_a_list_cancels_every_member_in_order() {
    let journal = Journal::default();
    report_to(&journal);
    let names = ["a", "b", "c"];
    let (_resolvers, some): (Vec<_>, Vec<_>) = names
        .into_iter()
        .map(|name| {
            let note = journal.clone();
            D::<u8>::with_canceller(move || {
                note.note(name);
                assert_ne!(name, "b", "this canceller fails");
                None
            })
        })
        .unzip();
    let list = gather_results(some);
    assert!(list.cancel());
    let events = journal.take();
    assert_eq!(events[0], "a", "the list fires here");
    assert_eq!(events[1], "b");
    assert!(events[2].starts_with("unhandled: panicked"), "{events:?}");
    assert_eq!(events[3], "c", "the rest are cancelled all the same");
    assert_eq!(result_of(list), Some(Err(cancelled())));
}

#[test]
fn c_021_what_a_cancelled_list_yields_follows_from_its_members() {
    let (_resolvers, some) = members(2);
    let list = DeferredList::new(some);
    list.cancel();
    let all: Option<Result<Outcomes, Oops>> = result_of(list);
    assert_eq!(all, Some(Ok(vec![Err(cancelled()), Err(cancelled())])));

    let (_resolver, with_value) = D::<u8>::with_canceller(|| Some(Ok(5)));
    let list = gather_results([with_value, D::succeed(6)]);
    list.cancel();
    assert_eq!(result_of(list), Some(Ok(vec![5, 6])));
}

#[test]
fn c_021_a_list_whose_member_waits_on_goes_on_waiting_and_can_be_cancelled_again() {
    let (second_resolver, second) = D::<u8>::pair();
    let (_resolver, member) = D::<u8>::pair();
    let list = DeferredList::new([member.add_errback(move |_| second)]);
    assert!(list.cancel());
    assert!(!list.is_fired());
    assert!(list.cancel());
    assert!(second_resolver.is_cancelled());
    assert_eq!(result_of(list), Some(Ok(vec![Err(cancelled())])));
}

#[test]
fn c_022_a_fired_list_leaves_members_alone_and_forwards_like_any_other() {
    let (mut resolvers, some) = members(2);
    let list = DeferredList::fire_on_one_callback(some, Rest::Leave);
    resolvers.remove(0).callback(1);
    assert!(!list.cancel());
    assert!(!resolvers[0].is_cancelled());

    let (inner_resolver, inner) = D::<u8>::pair();
    let list = list.add_callback(move |_| inner);
    assert!(list.cancel());
    assert!(inner_resolver.is_cancelled());
    assert!(!resolvers[0].is_cancelled());
    drop(list.add_errback(|_| Ok(0)));
}

#[test]
fn c_023_cancel_rest_cancels_what_is_left_when_a_list_fires_early() {
    let (mut resolvers, some) = members(3);
    let list = gather_with_rest(some);
    resolvers.remove(1).errback(said("no"));
    assert!(resolvers.iter().all(Resolver::is_cancelled));
    assert!(list.is_fired());
    drop(list.add_errback(|_| Ok(vec![])));

    let (resolvers, mut some) = members(2);
    some.insert(1, D::fail(said("settled")));
    let list = gather_with_rest(some);
    assert!(resolvers.iter().all(Resolver::is_cancelled));
    drop(list.add_errback(|_| Ok(vec![])));
}

fn gather_with_rest(members: Vec<D<u8>>) -> Deferred<Vec<u8>, FirstError<Oops>> {
    DeferredList::fire_on_one_errback(members, Rest::Cancel)
}

#[test]
fn c_030_gather_results_yields_values_in_input_order_or_the_first_error() {
    let (mut resolvers, some) = members(2);
    let gathered = gather_results(some);
    resolvers.pop().expect("second").callback(2);
    resolvers.pop().expect("first").callback(1);
    assert_eq!(result_of(gathered), Some(Ok(vec![1, 2])));

    let failing = || gather_results([D::<u8>::succeed(0), D::fail(said("no"))]);
    let error = result_of(failing()).expect("fired").expect_err("failed");
    assert_eq!(error, said("no"), "as it is");

    let failing = || {
        let members = [D::<u8>::succeed(0), D::fail(said("no"))];
        DeferredList::fire_on_one_errback(members, Rest::Leave)
    };
    let error = result_of(failing()).expect("fired").expect_err("failed");
    assert_eq!(error.to_string(), "member 1: no", "the text shows both");
    assert_eq!(
        Some(Err(error)),
        result_of(failing()),
        "equal when index and inner failure are"
    );

    let (_resolvers, some) = members(2);
    let gathered = gather_results(some);
    gathered.cancel();
    assert_eq!(result_of(gathered), Some(Err(cancelled())));
}

#[test]
fn c_030_all_cancellers_producing_values_make_a_success() {
    let (_resolvers, some): (Vec<_>, Vec<_>) = (1..=3)
        .map(|n| D::<u8>::with_canceller(move || Some(Ok(n))))
        .unzip();
    let gathered = gather_results(some);
    assert!(gathered.cancel());
    assert_eq!(result_of(gathered), Some(Ok(vec![1, 2, 3])));
}

#[test]
fn c_032_the_first_success_wins_and_the_others_are_cancelled_once_before_it_is_delivered() {
    let journal = Journal::default();
    let (mut resolvers, some): (Vec<_>, Vec<_>) = ["a", "b", "c"]
        .into_iter()
        .map(|name| {
            let note = journal.clone();
            D::<u8>::with_canceller(move || {
                note.note(format_args!("cancels {name}"));
                None
            })
        })
        .unzip();
    let note = journal.clone();
    let d = race(some).add_callback(move |(index, value)| {
        note.note(format_args!("{index} won with {value}"));
    });
    resolvers.remove(0).errback(said("does not end it"));
    assert!(journal.take().is_empty());
    resolvers.remove(0).callback(5);
    assert_eq!(journal.take(), ["cancels c", "1 won with 5"]);
    drop(d);
    drop(resolvers);
    assert!(journal.take().is_empty(), "exactly once");
}

#[test]
fn c_033_whatever_losers_do_is_ignored() {
    let journal = Journal::default();
    report_to(&journal);
    let (winner, first) = D::<u8>::pair();
    let (late, second) = D::<u8>::with_canceller(|| Some(Ok(9)));
    let (failing, third) = D::<u8>::with_canceller(|| Some(Err(said("loser"))));
    let (slow_resolver, slow) = D::<u8>::pair();
    let (_fourth_resolver, fourth) = D::<u8>::pair();
    let fourth = fourth.add_errback(move |_| slow);
    let d = race([first, second, third, fourth]);
    winner.callback(1);
    assert!(late.try_resolve(Ok(3)).is_err());
    failing.errback(said("late"));
    slow_resolver.errback(said("later"));
    assert_eq!(result_of(d), Some(Ok((0, 1))));
    assert!(journal.take().is_empty());
}

#[test]
fn c_034_when_all_fail_the_failures_come_in_index_order() {
    let (mut resolvers, some) = members(2);
    let d = race(some);
    resolvers.pop().expect("second").errback(said("b"));
    resolvers.pop().expect("first").errback(said("a"));
    let group: FailureGroup<Oops> = result_of(d).expect("fired").expect_err("failed");
    assert_eq!(group.failures(), [said("a"), said("b")]);
    assert_eq!(group.to_string(), "all 2 failed; member 0: a; member 1: b");
}

#[test]
fn c_035_cancelling_a_race_cancels_all_and_ends_it() {
    let (_resolvers, some) = members(2);
    let d = race(some);
    assert!(d.cancel());
    let group = result_of(d).expect("fired").expect_err("failed");
    assert_eq!(group.into_failures(), [cancelled(), cancelled()]);

    let (_a, loses) = D::<u8>::pair();
    let (_b, yields) = D::<u8>::with_canceller(|| Some(Ok(4)));
    let d = race([loses, yields]);
    d.cancel();
    assert_eq!(result_of(d), Some(Ok((1, 4))));

    let (_c, member) = D::<u8>::pair();
    let (next_resolver, next) = D::<(usize, u8)>::pair();
    let d = race([member]).then(move |_| next);
    assert!(d.cancel());
    assert!(!next_resolver.is_cancelled(), "that came after the race");

    let journal = Journal::default();
    report_to(&journal);
    let (slow_resolver, slow) = D::<u8>::pair();
    let (_c, member) = D::<u8>::pair();
    let d = race([member.add_errback(move |_| slow)]);
    assert!(d.cancel());
    let group = result_of(d).expect("fired").expect_err("failed");
    assert_eq!(group.interrupt(), Some(&Interrupt::Cancelled));
    slow_resolver.callback(1);
    assert!(journal.take().is_empty(), "a late success is no complaint");
}

#[test]
fn c_036_of_members_settled_beforehand_the_lowest_success_wins() {
    let journal = Journal::default();
    report_to(&journal);
    let (pending_resolver, pending) = D::<u8>::pair();
    let (later_resolver, later) = D::<u8>::pair();
    let d = race([
        pending,
        D::fail(said("no")),
        D::succeed(2),
        D::succeed(3),
        D::fail(said("unseen")),
        later,
    ]);
    assert_eq!(result_of(d), Some(Ok((2, 2))));
    assert!(pending_resolver.is_cancelled() && later_resolver.is_cancelled());
    assert!(journal.take().is_empty());
}

#[test]
fn c_037_an_empty_race_fails_and_a_failing_canceller_is_isolated() {
    let group = result_of(race(Vec::<D<u8>>::new()))
        .expect("fired")
        .expect_err("failed");
    assert_eq!(group.interrupt(), Some(&Interrupt::EmptyList));
    assert_eq!(group.to_string(), "there is nothing to wait for");

    let journal = Journal::default();
    report_to(&journal);
    let (winner, first) = D::<u8>::pair();
    let (_a, second) = D::<u8>::with_canceller(|| panic!("bad loser"));
    let (third_resolver, third) = D::<u8>::pair();
    let d = race([first, second, third]);
    winner.callback(1);
    assert_eq!(result_of(d), Some(Ok((0, 1))));
    assert!(third_resolver.is_cancelled());
    assert_eq!(journal.take(), ["unhandled: panicked: bad loser"]);
}

#[test]
fn c_037_members_that_are_paused_count_when_they_go_on() {
    let member = D::<u8>::succeed(1);
    let pause = member.pause();
    let list = DeferredList::new([member]);
    assert!(!list.is_fired());
    drop(pause);
    assert_eq!(result_of(list), Some(Ok(vec![Ok(1)])));
}

#[test]
fn d_037_lists_in_lists_need_no_stack() {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(|| {
            for cancel in [false, true] {
                let (resolver, mut d) = D::<u32>::pair();
                for _ in 0..crate::MANY / 5 {
                    d = gather_results([d]).map(|values| values[0] + 1);
                }
                if cancel {
                    assert!(d.cancel());
                    assert!(resolver.is_cancelled());
                    drop(d.add_errback(|_| Ok(0)));
                } else {
                    resolver.callback(0);
                    assert_eq!(result_of(d), Some(Ok(crate::MANY / 5)));
                }
            }
        })
        .expect("a thread")
        .join()
        .expect("no overflow");
}

//! Coroutines: rules C-003 and C-055 to C-069.

mod waits;
mod wakers;

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Interrupt, Resolver, maybe_deferred};
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::task::defer_later;
use util::loops::{Log, ms, reactor, reports, turn_until};

/// An error type that shows what it is.
type Outcome<T> = Result<T, Interrupt>;

fn pair<T>() -> (Resolver<T, Interrupt>, Deferred<T, Interrupt>) {
    Deferred::pair()
}

fn watch<T: std::fmt::Debug + 'static>(log: &Log, deferred: Deferred<T, Interrupt>) {
    let log = log.clone();
    drop(deferred.add_both(move |result| log.note(format!("{result:?}"))));
}

/// What `ensureDeferred` does is known when the program is compiled: a Deferred is one already, and
/// a future has to be started by a reactor.
#[test]
fn c_003_a_deferred_is_passed_through_and_a_future_is_started() {
    let reactor = reactor();
    let (resolver, wait) = pair::<u32>();
    let cancel = wait.cancel_handle();
    let same = maybe_deferred(|| wait);
    assert!(cancel.cancel(), "the handle is of this very Deferred");
    let log = Log::default();
    watch(&log, same);
    resolver.callback(1);
    assert_eq!(log.take(), ["Err(Cancelled)"]);

    let (resolver, wait) = pair::<u32>();
    let notes = log.clone();
    let started = reactor.handle().spawn(async move {
        notes.note("started");
        wait.await
    });
    assert_eq!(log.take(), ["started"], "with no pass in between");
    watch(&log, started);
    resolver.callback(2);
    assert_eq!(log.events(), ["Ok(2)"]);
}

#[test]
fn c_055_it_runs_at_once_until_it_first_waits() {
    let reactor = reactor();
    let log = Log::default();
    let (resolver, wait) = pair::<u32>();
    let notes = log.clone();
    let deferred = reactor.handle().spawn(async move {
        notes.note("begun");
        let number = wait.await?;
        notes.note("resumed");
        Ok(number + 1)
    });
    assert_eq!(log.take(), ["begun"]);
    assert!(!deferred.is_fired());
    watch(&log, deferred);
    // C-057: by the time the firing returns it has advanced, with no pass in between.
    resolver.callback(41);
    assert_eq!(log.events(), ["resumed", "Ok(42)"]);
}

#[test]
fn c_056_settled_waits_do_not_suspend_nor_use_the_stack() {
    let reactor = reactor();
    let deferred = reactor.handle().spawn(async {
        let mut sum = 0u64;
        for number in 0..1_000_000 {
            sum += Deferred::<u64, Interrupt>::succeed(number).await?;
        }
        Ok::<_, Interrupt>(sum)
    });
    let log = Log::default();
    watch(&log, deferred);
    assert_eq!(log.events(), ["Ok(499999500000)"]);
}

#[test]
fn c_057_a_firing_inside_a_coroutine_resumes_others_when_that_one_suspends() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (to_other, other) = pair::<()>();
    let (to_self, own) = pair::<()>();
    let notes = log.clone();
    drop(handle.spawn(async move {
        other.await?;
        notes.note("other");
        Ok::<_, Interrupt>(())
    }));
    let notes = log.clone();
    drop(handle.spawn(async move {
        to_other.callback(());
        notes.note("goes on");
        own.await?;
        Ok::<_, Interrupt>(())
    }));
    assert_eq!(log.events(), ["goes on", "other"]);
    to_self.callback(());
}

#[test]
fn c_057_many_resumptions_in_a_row_use_no_stack() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    // Each coroutine waits for the one before it.
    let (resolver, mut last) = pair::<u32>();
    for _ in 0..20_000 {
        last = handle.spawn(async move { Ok::<_, Interrupt>(last.await? + 1) });
    }
    watch(&log, last);
    resolver.callback(0);
    assert_eq!(log.events(), ["Ok(20000)"]);
}

#[test]
fn c_058_failures_appear_at_the_await_and_count_as_handled() {
    let reported = reports();
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (resolver, wait) = pair::<()>();
    let notes = log.clone();
    let deferred = handle.spawn(async move {
        let error = wait.await.expect_err("it fails");
        notes.note(format!("caught {error:?}"));
        Err::<(), _>(Interrupt::AlreadyCalled)
    });
    watch(&log, deferred);
    resolver.errback(Interrupt::TimedOut(ms(1)));
    assert_eq!(log.take(), ["caught TimedOut(1ms)", "Err(AlreadyCalled)"]);
    let deferred = handle.spawn(async {
        if true {
            panic!("asked to fail");
        }
        Ok::<(), Interrupt>(())
    });
    watch(&log, deferred);
    assert_eq!(log.take(), ["Err(Panicked(\"asked to fail\"))"]);
    // A Deferred waits for a coroutine as for any other.
    let (resolver, wait) = pair::<u32>();
    let outer = Deferred::<(), Interrupt>::succeed(())
        .add_callback(move |()| handle.spawn(async move { wait.await }));
    watch(&log, outer);
    resolver.callback(7);
    assert_eq!(log.events(), ["Ok(7)"]);
    assert_eq!(reported.len(), 0);
}

#[test]
fn c_060_cancelling_reaches_what_is_awaited_through_nested_coroutines() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let notes = log.clone();
    let (_resolver, innermost) = Deferred::<(), Interrupt>::with_canceller(move || {
        notes.note("canceller");
        None
    });
    let mut nested = innermost;
    for _ in 0..5 {
        let (notes, inner) = (log.clone(), nested);
        nested = handle.spawn(async move {
            let result = inner.await;
            notes.note(format!("{result:?}"));
            result
        });
    }
    assert!(nested.cancel());
    watch(&log, nested);
    let mut expected = vec!["canceller"];
    expected.extend(["Err(Cancelled)"; 6]);
    assert_eq!(log.events(), expected);
}

#[test]
fn c_060_any_number_of_nested_coroutines_and_no_stack() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (_resolver, mut nested) = pair::<()>();
    for _ in 0..20_000 {
        nested = handle.spawn(nested.into_future());
    }
    assert!(nested.cancel());
    watch(&log, nested);
    assert_eq!(log.events(), ["Err(Cancelled)"]);
}

#[test]
fn c_060_the_coroutine_may_make_what_it_likes_of_a_cancellation() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (_resolver, wait) = pair::<u32>();
    let deferred = handle.spawn(async move {
        match wait.await {
            Err(Interrupt::Cancelled) => Ok(5),
            other => other,
        }
    });
    assert!(deferred.cancel());
    watch(&log, deferred);
    assert_eq!(log.events(), ["Ok(5)"]);
}

#[test]
fn c_060_one_that_has_been_woken_goes_on_though_it_is_cancelled_before_its_turn() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (resolver, wait) = pair::<u32>();
    let (begin, begun) = pair::<()>();
    let notes = log.clone();
    let woken = handle.spawn(async move {
        let result = wait.await;
        notes.note(format!("{result:?}"));
        result
    });
    let cancel = woken.cancel_handle();
    watch(&log, woken);
    drop(handle.spawn(async move {
        begun.await?;
        resolver.callback(7);
        cancel.cancel();
        Ok::<_, Interrupt>(())
    }));
    begin.callback(());
    assert_eq!(log.events(), ["Ok(7)", "Ok(7)"]);
}

#[test]
fn c_061_it_settles_only_when_it_ends_and_each_cancel_hits_the_next_wait() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let waits: Vec<_> = (0..3).map(|_| pair::<()>()).collect();
    let (resolvers, waits): (Vec<_>, Vec<_>) = waits.into_iter().unzip();
    let notes = log.clone();
    let deferred = handle.spawn(async move {
        for wait in waits {
            let result = wait.await;
            notes.note(format!("{result:?}"));
        }
        Ok::<_, Interrupt>(())
    });
    for round in 1..=2 {
        assert!(deferred.cancel());
        assert_eq!(log.len(), round);
    }
    watch(&log, deferred);
    assert_eq!(log.take(), ["Err(Cancelled)", "Err(Cancelled)"]);
    let last = resolvers.into_iter().next_back().expect("three");
    last.callback(());
    assert_eq!(log.events(), ["Ok(())", "Ok(())"]);
}

#[test]
fn c_063_dropping_the_deferred_does_not_stop_it_and_a_failure_is_reported() {
    let reported = reports();
    let reactor = reactor();
    let (resolver, wait) = pair::<()>();
    drop(reactor.handle().spawn(async move { wait.await }));
    resolver.errback(Interrupt::TimedOut(ms(1)));
    assert_eq!(
        reported.events(),
        ["unhandled error in Deferred: timed out after 1ms"]
    );
}

#[test]
fn c_064_what_vanishes_unfired_is_abandoned() {
    let reactor = reactor();
    let log = Log::default();
    let (resolver, wait) = pair::<()>();
    watch(&log, reactor.handle().spawn(async move { wait.await }));
    drop(resolver);
    assert_eq!(log.events(), ["Err(Abandoned)"]);
}

#[test]
fn c_067_a_future_of_a_deferred_cancels_it_when_dropped_and_ignores_the_rest() {
    let reported = reports();
    let log = Log::default();
    for polled in [false, true] {
        let notes = log.clone();
        let (_resolver, wait) = Deferred::<(), Interrupt>::with_canceller(move || {
            notes.note("cancelled");
            Some(Err(Interrupt::AlreadyCalled))
        });
        let mut future = wait.into_future();
        if polled {
            let mut context = Context::from_waker(Waker::noop());
            assert!(Pin::new(&mut future).poll(&mut context).is_pending());
        }
        drop(future);
        assert_eq!(log.take(), ["cancelled"]);
    }
    assert_eq!(
        reported.len(),
        0,
        "what the canceller made of it is ignored"
    );
}

#[test]
fn c_068_cancelling_drops_a_foreign_future_and_then_settles() {
    let reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    for spawn in [Handle::spawn, Handle::from_future] {
        let witness = Rc::new(());
        let kept = witness.clone();
        let never: Pin<Box<dyn Future<Output = Outcome<()>>>> = Box::pin(async move {
            let _kept = kept;
            std::future::pending().await
        });
        let deferred = spawn(&handle, never);
        assert_eq!(Rc::strong_count(&witness), 2);
        assert!(deferred.cancel());
        assert_eq!(Rc::strong_count(&witness), 1);
        watch(&log, deferred);
        assert_eq!(log.take(), ["Err(Cancelled)"]);
    }
    // A future made from a coroutine that waits for a Deferred is dropped as well, which cancels
    // the Deferred.
    let notes = log.clone();
    let (_resolver, wait) = Deferred::<(), Interrupt>::with_canceller(move || {
        notes.note("inner");
        None
    });
    let deferred = handle.from_future(async move { wait.await });
    assert!(deferred.cancel());
    watch(&log, deferred);
    assert_eq!(log.events(), ["inner", "Err(Cancelled)"]);
}

#[test]
fn timers_and_coroutines_side_by_side() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    for name in ["a", "b"] {
        let (clock, notes) = (handle.clone(), log.clone());
        drop(handle.spawn(async move {
            for number in 0..3 {
                defer_later(&clock, ms(1), || Ok::<_, Failure>(())).await?;
                notes.note(format!("{name}{number}"));
            }
            Ok::<_, Failure>(())
        }));
    }
    turn_until(&mut reactor, || log.len() == 6);
    let events = log.events();
    for name in ["a", "b"] {
        let own: Vec<_> = events
            .iter()
            .filter(|event| event.starts_with(name))
            .collect();
        assert_eq!(
            own,
            [
                &format!("{name}0"),
                &format!("{name}1"),
                &format!("{name}2")
            ]
        );
    }
}

#[test]
fn a_dropped_reactor_drops_its_coroutines() {
    let reactor = Reactor::new().expect("a reactor");
    let handle = reactor.handle();
    let log = Log::default();
    let witness = Rc::new(());
    let (kept, clock) = (witness.clone(), handle.clone());
    let deferred = handle.spawn(async move {
        let _kept = kept;
        defer_later(&clock, Duration::from_secs(1000), || Ok::<_, Interrupt>(())).await
    });
    watch(&log, deferred);
    drop(reactor);
    assert_eq!(Rc::strong_count(&witness), 1);
    assert_eq!(log.events(), ["Err(Abandoned)"]);
    watch(&log, handle.spawn(async { Ok::<_, Interrupt>(()) }));
    assert_eq!(log.len(), 2);
}

//! Coroutines: rules C-003 and C-055 to C-069.

use std::cell::{Cell, RefCell};
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Interrupt, Resolver, maybe_deferred};
use deferred_snmp::reactor::{Handle, Reactor};
use deferred_snmp::task::{Clock, defer_later};
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

/// Waits until somebody has set it.
#[derive(Clone, Default)]
struct Gate(Rc<(Cell<bool>, RefCell<Option<Waker>>)>);

impl Gate {
    fn open(&self) {
        self.0.0.set(true);
        let waker = self.0.1.borrow_mut().take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn wait(&self) -> impl Future<Output = ()> + use<> {
        let gate = self.clone();
        poll_fn(move |context| {
            if gate.0.0.get() {
                return Poll::Ready(());
            }
            *gate.0.1.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
    }
}

#[test]
fn c_069_a_waker_of_this_thread_resumes_in_the_next_pass() {
    let mut reactor = reactor();
    let log = Log::default();
    let (gate, notes) = (Gate::default(), log.clone());
    let wait = gate.wait();
    drop(reactor.handle().spawn(async move {
        wait.await;
        notes.note("open");
        Ok::<_, Interrupt>(())
    }));
    gate.open();
    assert_eq!(log.len(), 0, "whoever wakes may hold something");
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["open"]);
}

#[test]
fn c_061_the_result_stands_though_the_drop_of_the_future_panics() {
    struct Panics;

    impl Drop for Panics {
        fn drop(&mut self) {
            // Nothing is printed of it.
            std::panic::resume_unwind(Box::new("dropped"));
        }
    }

    let reactor = reactor();
    let (log, reports) = (Log::default(), reports());
    let (resolver, waiting) = pair::<u8>();
    let (mut waiting, kept) = (waiting.into_future(), Panics);
    let future = poll_fn(move |context| {
        let _kept = &kept;
        Pin::new(&mut waiting).poll(context)
    });
    watch(&log, reactor.handle().from_future(future));
    resolver.callback(5);
    assert_eq!(log.events(), ["Ok(5)"]);
    assert_eq!(reports.len(), 1);
}

#[test]
fn c_069_one_that_wakes_itself_lets_the_reactor_go_on() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let (log, polls, is_over) = (Log::default(), Cell::new(0), Rc::new(Cell::new(false)));
    let (notes, seen) = (log.clone(), is_over.clone());
    let mut looking = poll_fn(move |context| {
        polls.set(polls.get() + 1);
        if seen.get() || polls.get() > 10_000 {
            return Poll::Ready(polls.get());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    });
    drop(handle.spawn(async move {
        let polls = (&mut looking).await;
        notes.note((polls <= 4).to_string());
        Ok::<_, Interrupt>(())
    }));
    assert_eq!(log.len(), 0, "it is polled once");
    reactor.turn().expect("a pass");
    let _call = handle.call_later(Duration::ZERO, move || is_over.set(true));
    for _ in 0..3 {
        reactor.turn().expect("a pass");
    }
    assert_eq!(log.events(), ["true"]);
}

#[test]
fn c_069_a_coroutine_may_wake_one_of_another_reactor() {
    let (mut first, mut second) = (reactor(), reactor());
    for by_a_thread in [false, true] {
        let log = Log::default();
        let (gate, other, notes) = (Gate::default(), Gate::default(), log.clone());
        let wait = other.wait();
        drop(second.handle().spawn(async move {
            wait.await;
            notes.note("woken");
            Ok::<_, Interrupt>(())
        }));
        let wait = gate.wait();
        drop(first.handle().spawn(async move {
            wait.await;
            other.open();
            Ok::<_, Interrupt>(())
        }));
        if by_a_thread {
            gate.0.0.set(true);
            let waker = gate.0.1.borrow_mut().take().expect("it waits");
            let thread = thread::Builder::new().spawn(|| waker.wake());
            thread.expect("a thread").join().expect("it ends");
        } else {
            gate.open();
        }
        first.turn().expect("a pass");
        second.turn().expect("a pass");
        assert_eq!(log.events(), ["woken"], "by a thread: {by_a_thread}");
    }
}

#[test]
fn c_057_a_coroutine_that_fires_resumes_one_of_another_reactor() {
    let (first, second) = (reactor(), reactor());
    let log = Log::default();
    // Whichever of the two reactors is looked at first.
    for (waiting, firing) in [(&first, &second), (&second, &first)] {
        let (resolver, deferred) = pair::<()>();
        let (go, start) = pair::<()>();
        let notes = log.clone();
        drop(waiting.handle().spawn(async move {
            deferred.await?;
            notes.note("resumed");
            Ok::<_, Interrupt>(())
        }));
        drop(firing.handle().spawn(async move {
            start.await?;
            resolver.callback(());
            Ok::<_, Interrupt>(())
        }));
        go.callback(());
        assert_eq!(log.take(), ["resumed"]);
    }
}

#[test]
fn c_069_a_waker_may_be_used_from_any_thread() {
    let mut reactor = reactor();
    let log = Log::default();
    let (wakers, waiting) = crossbeam_channel::unbounded::<Waker>();
    let thread = thread::Builder::new().spawn(move || {
        for waker in waiting {
            waker.wake_by_ref();
            waker.wake();
        }
    });
    let notes = log.clone();
    drop(reactor.handle().spawn(async move {
        for _ in 0..500 {
            let mut sent = false;
            poll_fn(|context| {
                if sent {
                    return Poll::Ready(());
                }
                sent = true;
                wakers.send(context.waker().clone()).expect("a thread");
                Poll::Pending
            })
            .await;
        }
        notes.note("done");
        Ok::<_, Interrupt>(())
    }));
    turn_until(&mut reactor, || log.len() == 1);
    thread.expect("a thread").join().expect("joined");
}

#[test]
fn a_stale_waker_wakes_nobody_else() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let kept = Rc::new(RefCell::new(None));
    let place = kept.clone();
    drop(handle.spawn(poll_fn(move |context| {
        *place.borrow_mut() = Some(context.waker().clone());
        Poll::Ready(Ok::<_, Interrupt>(()))
    })));
    let polls = Rc::new(Cell::new(0));
    let count = polls.clone();
    drop(handle.spawn(poll_fn(move |_| {
        count.set(count.get() + 1);
        Poll::<Outcome<()>>::Pending
    })));
    let stale: Waker = kept.take().expect("a waker");
    stale.wake();
    reactor.turn().expect("a pass");
    assert_eq!(polls.get(), 1);
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

const STACK: usize = 512 * 1024;

fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    thread::Builder::new()
        .stack_size(STACK)
        .spawn(test)
        .expect("a thread")
        .join()
        .expect("no overflow");
}

#[test]
fn c_065_a_coroutine_that_awaits_its_own_deferred_is_told_so() {
    for timed in [false, true] {
        let reported = reports();
        let reactor = reactor();
        let clock = Clock::new();
        let log = Log::default();
        let own: Rc<RefCell<Option<Deferred<u32, Interrupt>>>> = Rc::default();
        let (resolver, begin) = pair::<()>();
        let (notes, slot) = (log.clone(), own.clone());
        let deferred = reactor.handle().spawn(async move {
            begin.await?;
            let own = slot.take().expect("it was put there");
            let result = own.await;
            notes.note(format!("{result:?}"));
            result
        });
        let handle = deferred.cancel_handle();
        own.replace(Some(if timed {
            deferred.add_timeout(ms(5), &clock)
        } else {
            deferred
        }));
        resolver.callback(());
        assert_eq!(log.events(), ["Err(Circular)"]);
        assert!(!handle.cancel(), "the coroutine has ended");
        assert!(clock.delayed_calls().is_empty());
        assert_eq!(
            reported.events(),
            ["unhandled error in Deferred: waits for itself"]
        );
    }
}

/// Where a coroutine finds what it is to await.
type Place = Rc<RefCell<Option<Deferred<(), Interrupt>>>>;

#[test]
fn c_065_coroutines_that_await_each_other_are_told_so() {
    for between in [false, true] {
        reports();
        let reactor = reactor();
        let handle = reactor.handle();
        let log = Log::default();
        let others: [Place; 3] = Default::default();
        let mut begin = Vec::new();
        let mut handles = Vec::new();
        for number in 0..3 {
            let (resolver, wait) = pair::<()>();
            begin.push(resolver);
            let (notes, slot) = (log.clone(), others[number].clone());
            let deferred = handle.spawn(async move {
                wait.await?;
                let other = slot.take().expect("it was put there");
                let result = other.await;
                notes.note(format!("{number}: {result:?}"));
                result
            });
            handles.push(deferred.cancel_handle());
            // With a chain that waits in between, or none.
            let deferred = if between {
                let (resolver, outer) = pair::<()>();
                resolver.follow(deferred.map(|()| ()));
                outer
            } else {
                deferred
            };
            others[(number + 1) % 3].replace(Some(deferred));
        }
        for resolver in begin {
            resolver.callback(());
        }
        assert_eq!(
            log.events(),
            ["2: Err(Circular)", "0: Err(Circular)", "1: Err(Circular)"]
        );
        assert!(handles.iter().all(|handle| !handle.cancel()));
    }
}

#[test]
fn c_065_what_a_coroutine_awaits_cannot_wait_for_the_coroutine() {
    reports();
    let reactor = reactor();
    let log = Log::default();
    let (resolver, wait) = pair::<u32>();
    let notes = log.clone();
    let deferred = reactor.handle().spawn(async move {
        let result = wait.await;
        notes.note(format!("{result:?}"));
        result
    });
    let handle = deferred.cancel_handle();
    resolver.follow(deferred);
    assert_eq!(log.events(), ["Err(Circular)"]);
    assert!(!handle.cancel());
    // The same after a cancellation that it has survived.
    let (resolver, wait) = pair::<u32>();
    let (_first, mut first) = pair::<u32>();
    let notes = log.clone();
    first = first.add_errback(move |_| wait);
    let deferred = reactor.handle().spawn(async move {
        let result = first.await;
        notes.note(format!("{result:?}"));
        result
    });
    let handle = deferred.cancel_handle();
    assert!(deferred.cancel());
    resolver.follow(deferred);
    assert_eq!(log.take(), ["Err(Circular)"; 2]);
    assert!(!handle.cancel());
}

#[test]
fn c_060_what_was_forgotten_is_cancelled_at_the_await() {
    for waits in [false, true] {
        let reactor = reactor();
        let log = Log::default();
        let (resolver, wait) = pair::<()>();
        resolver.forget();
        let wait = if waits {
            let (resolver, outer) = pair::<()>();
            resolver.follow(wait);
            outer
        } else {
            wait
        };
        let notes = log.clone();
        let deferred = reactor.handle().spawn(async move {
            let result = wait.await;
            notes.note(format!("{result:?}"));
            result
        });
        assert!(deferred.cancel());
        watch(&log, deferred);
        assert_eq!(log.events(), ["Err(Cancelled)", "Err(Cancelled)"]);
    }
}

#[test]
fn c_068_any_number_of_nested_futures_is_cancelled_without_stack() {
    for mixed in [false, true] {
        on_a_small_stack(move || {
            let reactor = reactor();
            let handle = reactor.handle();
            let log = Log::default();
            let notes = log.clone();
            let (_resolver, mut nested) = Deferred::<(), Interrupt>::with_canceller(move || {
                notes.note("innermost");
                None
            });
            for level in 0..10_000 {
                let inner = nested;
                nested = if mixed && level % 300 == 0 {
                    handle.spawn(async move { inner.await })
                } else {
                    handle.from_future(async move { inner.await })
                };
            }
            assert!(nested.cancel());
            watch(&log, nested);
            assert_eq!(log.events(), ["innermost", "Err(Cancelled)"]);
        });
    }
}

#[test]
fn c_068_a_reactor_drops_nested_futures_without_stack() {
    on_a_small_stack(|| {
        let reactor = reactor();
        let handle = reactor.handle();
        let log = Log::default();
        // Places that are free are taken from the last one on, so that the outermost is dropped first.
        let (ends, places): (Vec<_>, Vec<_>) = (0..10_000).map(|_| pair::<()>()).unzip();
        for place in places {
            drop(handle.spawn(place.into_future()));
        }
        for end in ends {
            end.callback(());
        }
        let (_resolver, mut nested) = pair::<()>();
        for _ in 0..10_000 {
            nested = handle.from_future(nested.into_future());
        }
        watch(&log, nested);
        drop(reactor);
        assert_eq!(log.len(), 1);
    });
}

/// Waits for both, and polls what was woken alone, as collections of futures do; it comes to what
/// the first one comes to.
fn both(
    first: Deferred<(), Interrupt>,
    second: Deferred<(), Interrupt>,
) -> impl Future<Output = Outcome<()>> {
    let mut first = Box::pin(first.into_future());
    let mut second = Some(Box::pin(second.into_future()));
    let mut begun = false;
    poll_fn(move |context| {
        if let Some(future) = &mut second {
            let ended = future.as_mut().poll(context).is_ready();
            if !std::mem::replace(&mut begun, true) {
                return first.as_mut().poll(context);
            }
            assert!(ended, "nothing else was woken");
            second = None;
            return Poll::Pending;
        }
        first.as_mut().poll(context)
    })
}

#[test]
fn c_060_what_was_not_polled_again_is_still_waited_for() {
    for circular in [false, true] {
        reports();
        let reactor = reactor();
        let log = Log::default();
        let (resolver, first) = pair::<()>();
        let (wake, second) = pair::<()>();
        let notes = log.clone();
        let deferred = reactor.handle().spawn(async move {
            let result = both(first, second).await;
            notes.note(format!("{result:?}"));
            result
        });
        let handle = deferred.cancel_handle();
        wake.callback(());
        if circular {
            resolver.follow(deferred);
            assert_eq!(log.take(), ["Err(Circular)"]);
            assert!(!handle.cancel(), "it has ended");
        } else {
            assert!(handle.cancel());
            assert!(resolver.is_cancelled());
            assert_eq!(log.take(), ["Err(Cancelled)"], "it has seen it");
            drop(deferred.add_errback(|_| Ok(())));
        }
    }
}

#[test]
fn c_069_a_waker_that_panics_stops_no_other_wake_up() {
    struct Panics;

    impl std::task::Wake for Panics {
        fn wake(self: std::sync::Arc<Self>) {
            panic!("asked to fail");
        }
    }

    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (gate, notes) = (Gate::default(), log.clone());
    let wait = gate.wait();
    drop(handle.spawn(async move {
        wait.await;
        notes.note("open");
        Ok::<_, Interrupt>(())
    }));
    let (resolver, wait) = pair::<()>();
    let mut future = wait.into_future();
    let waker = Waker::from(std::sync::Arc::new(Panics));
    let mut context = Context::from_waker(&waker);
    assert!(Pin::new(&mut future).poll(&mut context).is_pending());
    resolver.callback(());
    assert_eq!(
        reported.events(),
        ["unhandled error in a waker: panicked: asked to fail"]
    );
    gate.open();
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["open"]);
}

/// A reactor in a thread-local variable ends after what was used later on the thread.
#[test]
fn c_067_coroutines_may_outlive_what_their_thread_has_for_them() {
    type Holding = (Reactor, Deferred<u32, Interrupt>, Sender<String>);
    struct Held(RefCell<Option<Holding>>);

    impl Drop for Held {
        fn drop(&mut self) {
            let (mut reactor, deferred, told) = self.0.take().expect("held");
            let handle = reactor.handle();
            let tell = |what: &'static str| {
                let told = told.clone();
                move |outcome: Outcome<u32>| {
                    let _ = told.send(format!("{what}: {outcome:?}"));
                }
            };
            assert!(deferred.cancel());
            drop(deferred.add_both(tell("cancelled")));
            drop(nested(&handle).add_both(tell("dropped")));
            let (resolver, wait) = pair();
            drop(handle.spawn(async { wait.await }).add_both(tell("fired")));
            resolver.callback(7);
            while reactor.turn().expect("a pass").more {}
            drop(reactor);
        }
    }

    fn nested(handle: &Handle) -> Deferred<u32, Interrupt> {
        let inner = handle.spawn(async { pair::<u32>().1.into_future().await });
        handle.spawn(inner.into_future())
    }

    thread_local!(static HELD: Held = const { Held(RefCell::new(None)) });

    let (told, tells) = channel();
    let body = move || {
        HELD.with(|held| {
            let mut reactor = reactor();
            let handle = reactor.handle();
            reactor.turn().expect("a pass");
            // Both are used on this thread, later than the variable.
            assert!(nested(&handle).cancel());
            *held.0.borrow_mut() = Some((reactor, nested(&handle), told));
        });
    };
    let thread = thread::Builder::new().spawn(body).expect("a thread");
    thread.join().expect("no panic");
    let told: Vec<_> = tells.iter().collect();
    let expected = [
        "fired: Ok(7)",
        "cancelled: Err(Cancelled)",
        "dropped: Err(Abandoned)",
    ];
    assert_eq!(told, expected);
}

//! What coroutines wait for: themselves, what was forgotten, and each other in any number.

use std::cell::RefCell;
use std::future::{Future, IntoFuture, poll_fn};
use std::rc::Rc;
use std::task::Poll;
use std::thread;

use deferred_snmp::deferred::{Deferred, Interrupt};
use deferred_snmp::task::Clock;
use util::loops::{Log, ms, reactor, reports};

use super::{Outcome, pair, watch};

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

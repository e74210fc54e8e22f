//! Wakers of coroutines, used by whomever and whenever.

use std::cell::{Cell, RefCell};
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc::{Sender, channel};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Interrupt};
use deferred_snmp::reactor::{Handle, Reactor};
use util::loops::{Log, reactor, reports, turn_until};

use super::{Outcome, pair, watch};

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

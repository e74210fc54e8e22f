//! Calls from threads, the thread pool and blocking calls: rules.

use std::cell::RefCell;
use std::num::ParseIntError;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crossbeam_channel::{Receiver, Sender, bounded};
use deferred_snmp::deferred::{Deferred, Interrupt};
use deferred_snmp::reactor::{BlockingCallError, Handle, Reactor, Remote};
use util::loops::{Log, ms, reactor, reports, run, turn_until};
use util::process::one_test;

fn thread<T: Send + 'static>(f: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    std::thread::Builder::new().spawn(f).expect("a thread")
}

thread_local! {
    static LOG: RefCell<Log> = RefCell::default();
}

fn note(event: &str) {
    LOG.with(|log| log.borrow().note(event));
}

fn log() -> Log {
    LOG.with(|log| log.borrow().clone())
}

fn stop(handle: &Handle) {
    handle.stop().expect("running");
}

#[test]
fn r_050_from_any_thread_in_the_order_made_and_promptly() {
    let mut reactor = reactor();
    let remote = reactor.remote();
    let sender = thread(move || {
        for number in 0..100 {
            remote.call_from_thread(move || note(&number.to_string()));
        }
        // Stopping goes the same way, and wakes a loop that has nothing else to do.
        remote.call_with_handle(stop);
    });
    run(&mut reactor);
    sender.join().expect("joined");
    let expected: Vec<String> = (0..100).map(|number: i32| number.to_string()).collect();
    assert_eq!(log().take(), expected);
}

#[test]
fn r_050_also_from_a_callback_on_the_reactors_own_thread() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    handle.call_later(Duration::ZERO, {
        let remote = reactor.remote();
        move || remote.call_with_handle(stop)
    });
    run(&mut reactor);
}

#[test]
fn r_051_only_what_was_queued_when_the_pass_began_and_before_timed_calls() {
    let reported = reports();
    let mut reactor = reactor();
    let remote = reactor.remote();
    reactor
        .handle()
        .call_later(Duration::ZERO, || note("timed"));
    remote.call_from_thread({
        let remote = remote.clone();
        move || {
            note("outer");
            remote.call_from_thread(|| note("nested"));
        }
    });
    remote.call_from_thread(|| panic!("asked to fail"));
    remote.call_from_thread(|| note("other"));
    let turn = reactor.turn().expect("a pass");
    assert!(turn.more, "the nested call");
    assert_eq!(log().events(), ["outer", "other", "timed"]);
    reactor.turn().expect("a pass");
    assert_eq!(log().take(), ["outer", "other", "timed", "nested"]);
    assert_eq!(
        reported.events(),
        ["unhandled error in a call from a thread: panicked: asked to fail"]
    );
}

#[test]
fn r_052_nothing_runs_before_the_reactor_and_any_number_can_be_queued() {
    let mut reactor = reactor();
    let remote = reactor.remote();
    let count = Arc::new(AtomicUsize::new(0));
    for _ in 0..100_000 {
        let count = count.clone();
        remote.call_from_thread(move || {
            count.fetch_add(1, Ordering::Relaxed);
        });
    }
    assert_eq!(count.load(Ordering::Relaxed), 0);
    reactor.turn().expect("a pass");
    assert_eq!(count.load(Ordering::Relaxed), 100_000);
    let turn = reactor.turn().expect("a pass");
    assert!(!turn.progressed, "all wake-ups were one");
}

#[test]
fn r_052_no_wake_is_lost_between_passes() {
    let mut reactor = reactor();
    let (to_here, from_there) = bounded(1);
    let remote = reactor.remote();
    let sender = thread(move || {
        for _ in 0..2000 {
            let done = to_here.clone();
            remote.call_from_thread(move || done.send(()).expect("received"));
            from_there.recv().expect("an answer");
        }
        remote.call_with_handle(stop);
    });
    run(&mut reactor);
    sender.join().expect("joined");
}

/// Work that says when it begins and ends when it is told to.
fn gated() -> (impl FnOnce() + Send + 'static, Receiver<()>, Sender<()>) {
    let (began, begun) = bounded(1);
    let (end, ended) = bounded::<()>(1);
    let work = move || {
        began.send(()).expect("somebody watches");
        let _ = ended.recv();
    };
    (work, begun, end)
}

const LONG: Duration = Duration::from_secs(10);

#[test]
fn r_053_work_waits_for_the_reactor_and_then_gets_its_threads() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let gates: Vec<_> = (0..4)
        .map(|_| {
            let (work, begun, end) = gated();
            handle.call_in_thread(work).expect("open");
            (begun, end)
        })
        .collect();
    assert!(gates[0].0.try_recv().is_err(), "the reactor does not run");
    reactor.turn().expect("a pass");
    // All four at the same time: none has been told to end.
    for (begun, _) in &gates {
        begun.recv_timeout(LONG).expect("begun");
    }
    drop(gates);
    handle
        .call_in_thread(|| panic!("asked to fail"))
        .expect("open");
    turn_until(&mut reactor, || reported.len() == 1);
    assert_eq!(
        reported.events(),
        ["unhandled error in a call in a thread: panicked: asked to fail"]
    );
}

#[test]
fn r_054_the_size_bounds_the_threads_and_can_change() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    handle.suggest_thread_pool_size(1);
    reactor.turn().expect("a pass");
    let (first, begun_first, end_first) = gated();
    let (second, begun_second, end_second) = gated();
    handle.call_in_thread(first).expect("open");
    handle.call_in_thread(second).expect("open");
    begun_first.recv_timeout(LONG).expect("begun");
    assert!(begun_second.try_recv().is_err(), "there is one thread");
    handle.suggest_thread_pool_size(2);
    begun_second.recv_timeout(LONG).expect("begun");
    // Shrinking lets running work finish.
    handle.suggest_thread_pool_size(1);
    end_first.send(()).expect("running");
    end_second.send(()).expect("running");
    let (third, begun_third, _end) = gated();
    handle.call_in_thread(third).expect("open");
    begun_third.recv_timeout(LONG).expect("begun");
}

#[test]
fn r_055_the_outcome_arrives_on_the_reactors_thread() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let here = std::thread::current().id();
    let seen = Rc::new(RefCell::new(Vec::new()));
    let results = seen.clone();
    let work: Deferred<_, Interrupt> = handle.defer_to_thread(move || {
        assert_ne!(std::thread::current().id(), here);
        Ok::<_, Interrupt>(41)
    });
    drop(work.add_both(move |result| {
        assert_eq!(std::thread::current().id(), here);
        results.borrow_mut().push(result);
    }));
    let results = seen.clone();
    let work: Deferred<_, Interrupt> =
        handle.defer_to_thread(|| -> Result<i32, Interrupt> { panic!("asked to fail") });
    drop(work.add_both(move |result| results.borrow_mut().push(result)));
    turn_until(&mut reactor, || seen.borrow().len() == 2);
    let results = seen.borrow();
    assert!(results.contains(&Ok(41)));
    assert!(results.contains(&Err(Interrupt::Panicked("asked to fail".into()))));
}

#[test]
fn an_error_of_the_work_becomes_the_chains_on_this_side() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    // A `Failure` cannot cross threads.
    let work: Deferred<u32> = handle.defer_to_thread(|| "12x".parse::<u32>());
    let caught = work.add_errback(|failure| {
        let error: ParseIntError = failure.trap()?;
        note(&error.to_string());
        Ok(0)
    });
    drop(caught);
    turn_until(&mut reactor, || log().len() == 1);
    assert_eq!(log().take(), ["invalid digit found in string"]);
}

#[test]
fn r_055_cancelling_settles_at_once_and_work_not_begun_is_never_done() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    handle.suggest_thread_pool_size(1);
    reactor.turn().expect("a pass");
    let (busy, begun, end) = gated();
    let ran = Arc::new(AtomicUsize::new(0));
    let under_way: Deferred<(), Interrupt> = handle.defer_to_thread(move || {
        busy();
        Ok::<_, Interrupt>(())
    });
    let count = ran.clone();
    let waiting: Deferred<(), Interrupt> = handle.defer_to_thread(move || {
        count.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Interrupt>(())
    });
    begun.recv_timeout(LONG).expect("begun");
    for deferred in [waiting, under_way] {
        assert!(deferred.cancel());
        let seen = log();
        drop(deferred.add_both(move |result| seen.note(format!("{result:?}"))));
    }
    assert_eq!(log().take(), ["Err(Cancelled)", "Err(Cancelled)"]);
    end.send(()).expect("running");
    let last: Deferred<(), Interrupt> = handle.defer_to_thread(|| Ok::<_, Interrupt>(()));
    drop(last.map(|()| note("last")));
    turn_until(&mut reactor, || log().len() == 1);
    assert_eq!(ran.load(Ordering::Relaxed), 0);
    log().take();
}

#[test]
fn r_056_shutdown_waits_for_running_work_and_later_work_is_refused() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    reactor.turn().expect("a pass");
    let (work, begun, end) = gated();
    let finished = Arc::new(AtomicUsize::new(0));
    let count = finished.clone();
    handle
        .call_in_thread(move || {
            work();
            count.fetch_add(1, Ordering::SeqCst);
        })
        .expect("open");
    begun.recv_timeout(LONG).expect("begun");
    let ender = thread(move || end.send(()));
    handle.stop().expect("running");
    run(&mut reactor);
    assert_eq!(finished.load(Ordering::SeqCst), 1);
    ender.join().expect("joined").expect("received");
    assert!(handle.call_in_thread(|| ()).is_err());
    let late: Deferred<(), Interrupt> = handle.defer_to_thread(|| Ok::<_, Interrupt>(()));
    drop(late.add_both(|result| note(&format!("{result:?}"))));
    drop(reactor);
    assert_eq!(log().take(), ["Err(Abandoned)"]);
}

#[test]
fn r_053_a_panic_is_reported_whatever_becomes_of_the_reactor() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    reactor.turn().expect("a pass");
    handle
        .call_in_thread(|| panic!("asked to fail"))
        .expect("open");
    // What is queued then is never taken from the queue.
    while !format!("{:?}", reactor.remote()).contains("queued: 1") {
        std::thread::yield_now();
    }
    drop(reactor);
    assert_eq!(
        reported.events(),
        ["unhandled error in a call in a thread: panicked: asked to fail"]
    );
}

#[test]
fn r_056_the_wait_can_be_bounded() {
    let mut reactor = Reactor::builder()
        .thread_wait(ms(1))
        .build()
        .expect("a reactor");
    let handle = reactor.handle();
    reactor.turn().expect("a pass");
    let (work, begun, end) = gated();
    handle.call_in_thread(work).expect("open");
    begun.recv_timeout(LONG).expect("begun");
    handle.stop().expect("running");
    run(&mut reactor);
    drop(end);
}

/// Set in a process that cannot start a thread, since none is given so large a stack.
const STACK: &str = "RUST_MIN_STACK";

#[test]
fn a_thread_that_cannot_be_started_is_told_as_that() {
    let child = one_test(module_path!(), "without_threads")
        .arg("--test-threads=1")
        .env(STACK, (1_u64 << 50).to_string())
        .output()
        .expect("a process");
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success(), "{output}");
    assert!(output.contains("1 passed"), "{output}");
}

#[test]
#[ignore = "started by a_thread_that_cannot_be_started_is_told_as_that"]
fn without_threads() {
    assert!(
        std::env::var_os(STACK).is_some(),
        "for a process of its own"
    );
    let reason = std::thread::Builder::new()
        .spawn(|| ())
        .expect_err("no thread")
        .to_string();
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let told = log();
    let (work, lookup) = (told.clone(), told.clone());
    let deferred: Deferred<(), Interrupt> = handle.defer_to_thread(|| Ok::<_, Interrupt>(()));
    drop(deferred.add_both(move |result| work.note(format!("{result:?}"))));
    handle.call_in_thread(|| ()).expect("open");
    turn_until(&mut reactor, || told.len() == 1 && reported.len() == 1);
    let expected = format!("Err(NoThread({reason:?}))");
    assert_eq!(told.take().join(" "), expected);
    assert_eq!(
        reported.events(),
        [format!(
            "unhandled error in a call in a thread: no thread could be started: {reason}"
        )]
    );
    // The same while the reactor runs, and of a look-up.
    let work = told.clone();
    let deferred: Deferred<(), Interrupt> = handle.defer_to_thread(|| Ok::<_, Interrupt>(()));
    drop(deferred.add_both(move |result| work.note(format!("{result:?}"))));
    turn_until(&mut reactor, || told.len() == 1);
    assert_eq!(told.take(), [expected]);
    let found = handle.resolve("localhost", LONG);
    drop(found.add_both(move |result| lookup.note(format!("{result:?}"))));
    assert_eq!(told.take(), [format!("Err(NoThread({reason:?}))")]);
}

fn blocking(remote: Remote) -> JoinHandle<Vec<Result<u32, BlockingCallError<Interrupt>>>> {
    thread(move || {
        let mut results = vec![
            remote.blocking_call_from_thread(|_| Ok(1)),
            remote.blocking_call_from_thread(|handle| {
                let (resolver, deferred) = Deferred::pair();
                handle.call_later(ms(1), move || resolver.callback(2));
                deferred
            }),
            remote.blocking_call_from_thread(|_| Err(Interrupt::AlreadyCalled)),
            remote.blocking_call_from_thread(|_| -> Result<u32, Interrupt> {
                panic!("asked to fail")
            }),
        ];
        remote.call_with_handle(stop);
        // One that can never have a result, and one that is queued too late.
        results.push(remote.blocking_call_from_thread(|_| {
            let (resolver, deferred) = Deferred::pair();
            resolver.forget();
            deferred
        }));
        results.push(remote.blocking_call_from_thread(|_| Ok(6)));
        results
    })
}

#[test]
fn r_057_a_blocking_call_has_the_outcome_and_never_hangs() {
    let mut reactor = reactor();
    let remote = reactor.remote();
    assert!(remote.is_in_io_thread());
    let here = remote.blocking_call_from_thread(|_| Ok::<(), Interrupt>(()));
    assert_eq!(here, Err(BlockingCallError::WrongThread));
    let caller = blocking(remote);
    run(&mut reactor);
    let results = caller.join().expect("joined");
    let expected = [
        Ok(1),
        Ok(2),
        Err(BlockingCallError::Failed(Interrupt::AlreadyCalled)),
        Err(BlockingCallError::Failed(Interrupt::Panicked(
            "asked to fail".into(),
        ))),
        Err(BlockingCallError::ReactorStopped),
        Err(BlockingCallError::ReactorStopped),
    ];
    assert_eq!(results, expected);
}

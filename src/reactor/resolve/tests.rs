//! Look-ups by a resolver that does as it is told.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::*;
use crate::reactor::{Handle, Reactor};

const LONG: Duration = Duration::from_secs(3_600);

/// What the resolver was asked, and what it says to those whose name begins with "wait".
struct Told {
    asked: Receiver<String>,
    most_at_once: Arc<AtomicUsize>,
    answer: Sender<()>,
}

fn reactor() -> (Reactor, Told) {
    let reactor = Reactor::new().expect("a reactor");
    let (asked, watched) = unbounded();
    let (answer, answered) = unbounded::<()>();
    let most_at_once = Arc::new(AtomicUsize::new(0));
    let (now, most) = (AtomicUsize::new(0), most_at_once.clone());
    reactor.handle().look_up_by(Arc::new(move |name: &str| {
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        asked.send(name.to_owned()).expect("somebody watches");
        if name.starts_with("wait") {
            let _ = answered.recv();
        }
        now.fetch_sub(1, Ordering::SeqCst);
        match name.ends_with(".invalid") {
            true => Err(format!("nobody is called {name}").into()),
            false => Ok((Ipv4Addr::LOCALHOST, 0).into()),
        }
    }));
    let told = Told {
        asked: watched,
        most_at_once,
        answer,
    };
    (reactor, told)
}

type Results = Rc<RefCell<Vec<Result<SocketAddr, LookupError>>>>;

fn resolve(handle: &Handle, name: &str, limit: Duration, results: &Results) {
    let results = results.clone();
    drop(
        handle
            .resolve(name, limit)
            .add_both(move |result: Result<SocketAddr, LookupError>| {
                results.borrow_mut().push(result);
                Ok::<(), LookupError>(())
            }),
    );
}

fn turn_until(reactor: &mut Reactor, done: impl Fn() -> bool) {
    while !done() {
        reactor.turn().expect("a pass");
    }
}

/// As many look-ups as may be under way, which wait to be told.
fn occupy(told: &Told, handle: &Handle, results: &Results) {
    for number in 0..Names::MOST {
        resolve(handle, &format!("wait-{number}.invalid"), LONG, results);
    }
    for _ in 0..Names::MOST {
        told.asked.recv().expect("asked");
    }
}

#[test]
fn each_of_thousands_of_names_gets_what_the_resolver_says_of_it() {
    let (mut reactor, told) = reactor();
    let handle = reactor.handle();
    let results = Results::default();
    for number in 0..3_000 {
        resolve(&handle, &format!("x{number}.invalid"), LONG, &results);
    }
    turn_until(&mut reactor, || results.borrow().len() == 3_000);
    let mut said: Vec<_> = results
        .take()
        .into_iter()
        .map(|result| result.expect_err("nobody").to_string())
        .collect();
    said.sort();
    let said_of =
        |number| format!("the name cannot be resolved: nobody is called x{number}.invalid");
    let mut expected: Vec<_> = (0..3_000).map(said_of).collect();
    expected.sort();
    assert_eq!(said, expected);
    assert!(told.most_at_once.load(Ordering::SeqCst) <= Names::MOST);
    assert!(handle.delayed_calls().is_empty());
}

#[test]
fn who_waits_in_line_is_told_so_and_what_the_resolver_said_last() {
    let (mut reactor, told) = reactor();
    let handle = reactor.handle();
    let results = Results::default();
    occupy(&told, &handle, &results);
    let in_line = Results::default();
    resolve(&handle, "one.invalid", Duration::ZERO, &in_line);
    turn_until(&mut reactor, || in_line.borrow().len() == 1);
    // One of them is refused, and another takes its place.
    resolve(&handle, "wait-more.invalid", LONG, &results);
    told.answer.send(()).expect("somebody waits");
    turn_until(&mut reactor, || results.borrow().len() == 1);
    assert_eq!(told.asked.recv().as_deref(), Ok("wait-more.invalid"));
    let said = results.borrow()[0].clone().expect_err("nobody");
    let LookupError::NotFound(reason) = said else {
        panic!("{said}");
    };
    resolve(&handle, "two.invalid", Duration::ZERO, &in_line);
    turn_until(&mut reactor, || in_line.borrow().len() == 2);
    let limit = Duration::ZERO;
    let waiting = |last| Err(LookupError::Waiting { limit, last });
    assert_eq!(in_line.take(), [waiting(None), waiting(Some(reason))]);
    // One that is under way is told that there is no answer, and the look-up goes on for others.
    resolve(&handle, "wait-more.invalid", limit, &in_line);
    turn_until(&mut reactor, || in_line.borrow().len() == 1);
    assert_eq!(in_line.take(), [Err(LookupError::TimedOut(limit))]);
    for _ in 0..Names::MOST {
        told.answer.send(()).expect("somebody waits");
    }
    turn_until(&mut reactor, || results.borrow().len() == Names::MOST + 1);
    assert!(told.asked.is_empty(), "nobody waits for the others");
    assert_eq!(told.most_at_once.load(Ordering::SeqCst), Names::MOST);
}

#[test]
fn all_who_ask_for_a_name_get_one_answer_each_within_its_own_time() {
    let (mut reactor, told) = reactor();
    let handle = reactor.handle();
    let results = Results::default();
    for _ in 0..100 {
        resolve(&handle, "wait.example", LONG, &results);
    }
    let hasty = Results::default();
    resolve(&handle, "wait.example", Duration::ZERO, &hasty);
    turn_until(&mut reactor, || hasty.borrow().len() == 1);
    let no_answer = Err(LookupError::TimedOut(Duration::ZERO));
    assert_eq!(hasty.take(), [no_answer]);
    told.answer.send(()).expect("somebody waits");
    turn_until(&mut reactor, || results.borrow().len() == 100);
    assert!(results.take().iter().all(Result::is_ok));
    assert_eq!(told.asked.try_iter().count(), 1);
    // It is not kept: names change.
    resolve(&handle, "wait.example", LONG, &results);
    told.answer.send(()).expect("somebody waits");
    turn_until(&mut reactor, || results.borrow().len() == 1);
    assert_eq!(told.asked.try_iter().count(), 1);
}

#[test]
fn what_is_cancelled_in_line_is_never_looked_up_and_leaves_nothing() {
    let (mut reactor, told) = reactor();
    let handle = reactor.handle();
    let results = Results::default();
    occupy(&told, &handle, &results);
    for _ in 0..1_000 {
        let deferred = handle.resolve("later.invalid", LONG);
        deferred.cancel();
        let seen = results.clone();
        drop(deferred.add_both(move |result| {
            assert!(matches!(
                result,
                Err(LookupError::Interrupted(Interrupt::Cancelled))
            ));
            seen.borrow_mut().push(result);
            Ok::<(), LookupError>(())
        }));
    }
    assert_eq!(results.take().len(), 1_000);
    {
        let names = handle.lookups().names.borrow();
        assert_eq!((names.line.len(), names.asked.len()), (0, Names::MOST));
    }
    for _ in 0..Names::MOST {
        told.answer.send(()).expect("somebody waits");
    }
    turn_until(&mut reactor, || results.borrow().len() == Names::MOST);
    assert!(told.asked.is_empty());
    let names = handle.lookups().names.borrow();
    assert_eq!((names.under_way, names.asked.len()), (0, 0));
    assert!(handle.delayed_calls().is_empty());
}

#[test]
fn the_reactors_end_does_not_wait_for_the_resolver() {
    let (mut reactor, told) = reactor();
    let handle = reactor.handle();
    let results = Results::default();
    occupy(&told, &handle, &results);
    resolve(&handle, "in-line.invalid", LONG, &results);
    let stopping = handle.clone();
    handle.call_later(Duration::ZERO, move || {
        stopping.stop().expect("running");
    });
    // Would never come back: nobody tells the resolver.
    reactor.run().expect("runs once");
    let abandoned = LookupError::Interrupted(Interrupt::Abandoned);
    assert_eq!(
        results.take(),
        vec![Err(abandoned.clone()); Names::MOST + 1]
    );
    resolve(&handle, "late.invalid", LONG, &results);
    assert_eq!(results.take(), [Err(abandoned)]);
    drop(told.answer);
}

#[test]
fn work_of_the_pool_does_not_wait_for_the_resolver() {
    let (mut reactor, told) = reactor();
    let handle = reactor.handle();
    let results = Results::default();
    occupy(&told, &handle, &results);
    let done = Rc::new(Cell::new(0));
    let seen = done.clone();
    let work: Deferred<i32, Interrupt> = handle.defer_to_thread(|| Ok::<_, Interrupt>(41));
    drop(work.map(move |value| seen.set(value)));
    turn_until(&mut reactor, || done.get() == 41);
    assert_eq!(results.borrow().len(), 0);
    drop(told.answer);
}

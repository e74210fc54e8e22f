//! Locks, semaphores and queues: rules C-040 to C-048.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::deferred::{DeferredLock, DeferredQueue, DeferredSemaphore, Token};

use crate::journal::{D, Journal, Oops};

type Lock = DeferredLock<Oops>;
type Kept = Rc<RefCell<Vec<Token<Oops>>>>;

/// Acquires, notes it, and keeps the token.
fn acquire(lock: &DeferredSemaphore<Oops>, name: &'static str, journal: &Journal, kept: &Kept) {
    let (note, kept) = (journal.clone(), kept.clone());
    lock.acquire().add_callback(move |token| {
        note.note(name);
        kept.borrow_mut().push(token);
    });
}

fn release_one(kept: &Kept) {
    let token = kept.borrow_mut().remove(0);
    token.release();
}

#[test]
fn c_040_a_free_lock_is_had_at_once_and_handed_over_in_order_without_looking_free() {
    let journal = Journal::default();
    let lock = Lock::new();
    let held = Rc::new(Cell::new(None));
    let sink = held.clone();
    lock.acquire()
        .add_callback(move |token| sink.set(Some(token)));
    assert!(lock.is_locked());
    for name in ["second", "third"] {
        let (note, seen) = (journal.clone(), lock.clone());
        lock.acquire().add_callback(move |token| {
            drop(token);
            note.note(format_args!("{name}, locked: {}", seen.is_locked()));
        });
    }
    assert_eq!(lock.waiting(), 2);
    drop(held.take());
    assert_eq!(
        journal.take(),
        ["second, locked: true", "third, locked: false"],
        "after the second released, the third one has it"
    );
    assert!(!lock.is_locked());
}

#[test]
fn c_041_a_token_is_given_back_by_its_drop_and_cannot_be_given_back_twice() {
    let semaphore = DeferredSemaphore::<Oops>::new(2).expect("two");
    assert!(DeferredSemaphore::<Oops>::new(0).is_err());
    let kept = Kept::default();
    let journal = Journal::default();
    acquire(&semaphore, "a", &journal, &kept);
    assert_eq!(semaphore.available(), 1);
    kept.take();
    assert_eq!(semaphore.available(), semaphore.limit());
}

#[test]
fn c_042_cancelling_a_queued_acquire_gives_up_the_place_and_loses_no_hand_over() {
    let journal = Journal::default();
    let lock = Lock::new();
    let kept = Kept::default();
    let sink = kept.clone();
    let first = lock
        .acquire()
        .map(move |token| sink.borrow_mut().push(token));
    let second = lock.acquire();
    let note = journal.clone();
    let _third = lock.acquire().map(move |_token| note.note("third"));
    assert!(second.cancel());
    assert_eq!(lock.waiting(), 1);
    journal.end("second", second);
    release_one(&kept);
    assert_eq!(journal.take(), ["second: !cancelled", "third"]);
    assert!(!first.cancel(), "it fired long ago");
    assert!(!lock.is_locked());
}

#[test]
fn c_043_run_holds_the_lock_until_what_it_returned_settles_and_passes_the_outcome_on() {
    let journal = Journal::default();
    let lock = Lock::new();
    let (resolver, work) = D::<u8>::pair();
    let note = journal.clone();
    let first = lock.run(|| work).add_both(move |result| {
        note.note("first goes on");
        result
    });
    let note = journal.clone();
    let second = lock.run(move || {
        note.note("second starts");
        Err::<u8, _>(Oops::Said("no"))
    });
    assert!(lock.is_locked() && journal.take().is_empty());
    resolver.callback(3);
    assert_eq!(
        journal.take(),
        ["second starts", "first goes on"],
        "the next is started before later stages of this one"
    );
    journal.end("first", first);
    journal.end("second", second);
    assert_eq!(journal.take(), ["first: 3", "second: !no"]);
    assert!(!lock.is_locked());
}

#[test]
fn c_043_cancelled_in_line_it_never_runs_and_cancelled_while_running_it_is_forwarded() {
    let journal = Journal::default();
    let lock = Lock::new();
    let (resolver, work) = D::<u8>::pair();
    let running = lock.run(|| work);
    let queued = lock.run(|| -> Result<u8, Oops> { unreachable!("it was cancelled") });
    assert!(queued.cancel());
    assert!(running.cancel());
    assert!(resolver.is_cancelled());
    assert!(!lock.is_locked());
    journal.end("running", running);
    journal.end("queued", queued);
    assert_eq!(
        journal.take(),
        ["running: !cancelled", "queued: !cancelled"]
    );
}

#[test]
fn c_043_a_panic_releases_too() {
    let lock = Lock::new();
    let d = lock.run(|| -> Result<u8, Oops> { panic!("in the middle") });
    assert!(!lock.is_locked());
    drop(d.add_errback(|_| Ok(0)));
}

#[test]
fn c_044_any_number_of_waiters_that_release_at_once_need_no_stack() {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(|| {
            let lock = Lock::new();
            let kept = Kept::default();
            let sink = kept.clone();
            lock.acquire()
                .map(move |token| sink.borrow_mut().push(token));
            let served = Rc::new(Cell::new(0));
            for _ in 0..crate::MANY / 10 {
                let served = served.clone();
                lock.run(move || served.set(served.get() + 1));
            }
            release_one(&kept);
            assert_eq!(served.get(), crate::MANY / 10);
            assert!(!lock.is_locked());
        })
        .expect("a thread")
        .join()
        .expect("no overflow");
}

#[test]
fn c_045_a_semaphore_lets_so_many_in_and_the_rest_in_order() {
    let journal = Journal::default();
    let kept = Kept::default();
    let semaphore = DeferredSemaphore::new(2).expect("two");
    for name in ["a", "b", "c", "d"] {
        acquire(&semaphore, name, &journal, &kept);
    }
    assert_eq!(journal.take(), ["a", "b"]);
    assert_eq!((semaphore.available(), semaphore.waiting()), (0, 2));
    release_one(&kept);
    assert_eq!(journal.take(), ["c"]);
    release_one(&kept);
    assert_eq!(journal.take(), ["d"]);
    kept.take();
    assert_eq!(semaphore.available(), 2);
}

fn getter(queue: &DeferredQueue<u8, Oops>, name: &'static str, journal: &Journal) -> D<u8> {
    let note = journal.clone();
    queue
        .get()
        .expect("no limit is reached")
        .add_both(move |result| {
            note.note(format_args!("{name}: {result:?}"));
            result
        })
}

#[test]
fn c_047_items_and_getters_meet_in_order() {
    let journal = Journal::default();
    let queue = DeferredQueue::<u8, Oops>::new();
    queue.put(1).expect("no limit");
    queue.put(2).expect("no limit");
    let _a = getter(&queue, "a", &journal);
    assert_eq!(queue.len(), 1);
    let _b = getter(&queue, "b", &journal);
    let _c = getter(&queue, "c", &journal);
    let _d = getter(&queue, "d", &journal);
    assert_eq!(journal.take(), ["a: Ok(1)", "b: Ok(2)"]);
    assert_eq!((queue.is_empty(), queue.waiting()), (true, 2));
    queue.put(3).expect("no limit");
    queue.put(4).expect("no limit");
    assert_eq!(journal.take(), ["c: Ok(3)", "d: Ok(4)"]);
}

#[test]
fn c_047_limits_fail_synchronously_and_zero_is_one() {
    let queue = DeferredQueue::<u8, Oops>::with_limits(Some(1), Some(0));
    assert!(queue.get().is_err());
    queue.put(1).expect("room for one");
    let full = queue.put(2).expect_err("no room for two");
    assert_eq!(full.to_string(), "the queue keeps as many items as it may");
    assert_eq!(full.into_inner(), 2);
    assert!(queue.get().is_ok(), "an item is there, nobody has to wait");

    let queue = DeferredQueue::<u8, Oops>::with_limits(Some(0), None);
    assert!(queue.put(1).is_err());
    let _getter = queue.get().expect("no limit of getters");
    assert!(queue.put(1).is_ok(), "somebody waits for it");
}

#[test]
fn c_048_a_cancelled_getter_is_removed_and_no_item_is_lost() {
    let journal = Journal::default();
    let queue = DeferredQueue::<u8, Oops>::new();
    let a = getter(&queue, "a", &journal);
    let _b = getter(&queue, "b", &journal);
    assert!(a.cancel());
    drop(a.add_errback(|_| Ok(0)));
    queue.put(1).expect("no limit");
    queue.put(2).expect("no limit");
    assert_eq!(queue.len(), 1);
    assert_eq!(
        journal.take(),
        ["a: Err(Interrupted(Cancelled))", "b: Ok(1)"]
    );
}

#[test]
fn c_042_any_number_of_places_is_given_up_in_any_order() {
    let journal = Journal::default();
    let lock = Lock::new();
    let kept = Kept::default();
    let semaphore = DeferredSemaphore::new(1).expect("one");
    acquire(&semaphore, "first", &journal, &kept);
    let queue = DeferredQueue::<u8, Oops>::new();
    let held = Rc::new(Cell::new(None));
    let sink = held.clone();
    lock.acquire()
        .add_callback(move |token| sink.set(Some(token)));
    let places = crate::MANY as usize / 6;
    let mut waiting: Vec<D<()>> = Vec::new();
    for place in 0..places {
        waiting.push(semaphore.acquire().map(drop));
        if place % 10 == 0 {
            waiting.push(lock.acquire().map(drop));
            waiting.push(queue.get().expect("no limit").map(drop));
        }
    }
    let last = getter(&queue, "last", &journal);
    acquire(&semaphore, "last", &journal, &kept);
    // From the middle outwards: with no place can whoever stands behind it move up at once.
    let (front, back) = waiting.split_at(waiting.len() / 2);
    for d in front.iter().rev().chain(back) {
        assert!(d.cancel());
    }
    for d in waiting {
        drop(d.add_errback(|_| Ok(())));
    }
    assert_eq!(
        (lock.waiting(), semaphore.waiting(), queue.waiting()),
        (0, 1, 1)
    );
    release_one(&kept);
    queue.put(1).expect("no limit");
    assert_eq!(journal.take(), ["first", "last", "last: Ok(1)"]);
    drop((last, held));
}

#[test]
fn c_043_those_in_line_start_before_what_comes_after_any_of_them() {
    let journal = Journal::default();
    let lock = Lock::new();
    let (resolver, work) = D::<()>::pair();
    let note = journal.clone();
    let first = lock.run(|| work).map(move |()| note.note("after1"));
    let mut queued = Vec::new();
    for (work, after) in [("f2", "after2"), ("f3", "after3"), ("f4", "after4")] {
        let (begin, end) = (journal.clone(), journal.clone());
        let d = lock.run(move || begin.note(work));
        queued.push(d.map(move |()| end.note(after)));
    }
    resolver.callback(());
    // As Twisted has it: each gives its turn away before it goes on.
    assert_eq!(
        journal.take(),
        ["f2", "f3", "f4", "after4", "after3", "after2", "after1"]
    );
    assert!(!lock.is_locked());
    drop((first, queued));
}

#[test]
fn c_043_a_run_that_is_paused_after_its_turn_has_given_the_turn_away() {
    let journal = Journal::default();
    let lock = Lock::new();
    let (first_resolver, work) = D::<()>::pair();
    let first = lock.run(|| work);
    let (second_resolver, work) = D::<()>::pair();
    let second = lock.run(|| work);
    let note = journal.clone();
    let third = lock.run(move || note.note("f3"));
    first_resolver.callback(());
    let pause = second.pause();
    journal.end("second", second);
    second_resolver.callback(());
    assert_eq!(journal.take(), ["f3"], "the work is over");
    drop(pause);
    assert_eq!(journal.take(), ["second: ()"]);
    assert!(!lock.is_locked());
    drop((first, third));
}

#[test]
fn c_044_work_of_many_that_wait_in_line_needs_no_stack_either() {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(|| {
            let lock = Lock::new();
            let (resolver, work) = D::<()>::pair();
            drop(lock.run(|| work));
            let served = Rc::new(Cell::new(0));
            for _ in 0..crate::MANY / 10 {
                let (served, after) = (served.clone(), served.clone());
                lock.run(move || served.set(served.get() + 1))
                    .map(move |()| after.set(after.get() + 1));
            }
            resolver.callback(());
            assert_eq!(served.get(), 2 * (crate::MANY / 10));
        })
        .expect("a thread")
        .join()
        .expect("no overflow");
}

#[test]
fn c_047_a_getter_that_puts_needs_no_stack_and_keeps_the_order() {
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(|| {
            let queue = DeferredQueue::<u32, Oops>::new();
            let seen = Rc::new(RefCell::new(Vec::new()));
            for getter in 0..crate::MANY / 10 {
                let (again, seen) = (queue.clone(), seen.clone());
                queue.get().expect("no limit").add_callback(move |item| {
                    seen.borrow_mut().push((getter, item));
                    again.put(item + 1).expect("no limit");
                });
            }
            queue.put(0).expect("no limit");
            let expected: Vec<_> = (0..crate::MANY / 10).map(|n| (n, n)).collect();
            assert_eq!(*seen.borrow(), expected);
            assert_eq!((queue.len(), queue.waiting()), (1, 0));
        })
        .expect("a thread")
        .join()
        .expect("no overflow");
}

#[test]
fn c_047_what_is_put_by_a_getter_belongs_to_those_in_line_and_counts_as_handed_over() {
    let journal = Journal::default();
    let queue = DeferredQueue::<u8, Oops>::with_limits(Some(1), Some(2));
    let (inside, note) = (queue.clone(), journal.clone());
    let late = Rc::new(Cell::new(None));
    let place = late.clone();
    let _first = queue.get().expect("room in line").map(move |item| {
        note.note(format_args!("first: {item}"));
        for item in 2..=3 {
            inside.put(item).expect("one is in line, one is kept");
        }
        note.note(inside.put(4).is_err());
        note.note(format_args!("{} {}", inside.len(), inside.waiting()));
        // Not the one that the second in line will have.
        place.set(Some(inside.get().expect("there is one")));
        note.note(format_args!("{} {}", inside.len(), inside.waiting()));
    });
    let _second = getter(&queue, "second", &journal);
    queue.put(1).expect("somebody waits");
    assert_eq!(
        journal.take(),
        ["first: 1", "true", "1 0", "0 0", "second: Ok(2)"]
    );
    journal.end("late", late.take().expect("it was put there"));
    assert_eq!(journal.take(), ["late: 3"]);
    assert!(queue.is_empty());
}

//! Descriptors of the user's own: rules.

use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::reactor::FileDescriptor;
use util::loops::{Log, reactor, reports, run, turn_until};

use super::stream::*;

#[test]
fn r_040_adding_is_idempotent_and_removing_the_unknown_is_nothing() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    let descriptor = stream.dynamic();
    handle.remove_reader(&descriptor);
    handle.remove_writer(&descriptor);
    handle.add_reader(&descriptor).expect("watched");
    handle.add_reader(&descriptor).expect("watched");
    assert_eq!((handle.readers().len(), handle.writers().len()), (1, 0));
    handle.add_writer(&descriptor).expect("watched");
    assert_eq!((handle.readers().len(), handle.writers().len()), (1, 1));
    handle.remove_reader(&descriptor);
    assert_eq!((handle.readers().len(), handle.writers().len()), (0, 1));
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["write"]);
    handle.remove_writer(&descriptor);
    assert_eq!((handle.readers().len(), handle.writers().len()), (0, 0));
    reactor.turn().expect("a pass");
    assert_eq!(log.len(), 0);
    handle.add_reader(&descriptor).expect("watched again");
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["read 1"]);
}

#[test]
fn r_041_remove_all_gives_each_once_and_the_waker_stays() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    handle.add_reader(&stream.dynamic()).expect("watched");
    handle.add_writer(&stream.dynamic()).expect("watched");
    let removed = handle.remove_all();
    assert_eq!(removed.len(), 1);
    assert!(handle.remove_all().is_empty());
    other.write_all(b"x").expect("written");
    let remote = reactor.remote();
    let thread = std::thread::Builder::new().spawn(move || {
        remote.call_with_handle(|handle| handle.stop().expect("running"));
    });
    run(&mut reactor);
    thread.expect("a thread").join().expect("joined");
    assert_eq!(log.len(), 0, "not touched again");
}

#[test]
fn r_042_removed_by_an_earlier_handler_of_the_same_batch() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (one, mut to_one) = pair(&log);
    let (two, mut to_two) = pair(&log);
    for (stream, victim) in [(&one, &two), (&two, &one)] {
        let (inside, victim) = (handle.clone(), Rc::downgrade(victim));
        stream.acting(move |_| {
            if let Some(victim) = victim.upgrade() {
                inside.remove_reader(&victim.dynamic());
            }
        });
        handle.add_reader(&stream.dynamic()).expect("watched");
    }
    to_one.write_all(b"x").expect("written");
    to_two.write_all(b"x").expect("written");
    for _ in 0..3 {
        reactor.turn().expect("a pass");
    }
    assert_eq!(
        log.events(),
        ["read 1"],
        "whichever was first removed the other"
    );
}

#[test]
fn r_043_reading_comes_before_writing() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    handle.add_writer(&stream.dynamic()).expect("watched");
    handle.add_reader(&stream.dynamic()).expect("watched");
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["read 1", "write"]);
    stream.fail.set(true);
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(
        log.events(),
        ["lost: asked to fail"],
        "no write after the end"
    );
}

#[test]
fn r_044_an_error_removes_and_tells_and_a_closed_peer_is_seen() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    handle.add_reader(&stream.dynamic()).expect("watched");
    handle.add_writer(&stream.dynamic()).expect("watched");
    stream.fail.set(true);
    other.write_all(b"x").expect("written");
    reactor.turn().expect("a pass");
    assert_eq!(log.take(), ["lost: asked to fail"]);
    assert!(handle.readers().is_empty() && handle.writers().is_empty());
    // What was written before the peer closed is read first.
    let (stream, mut other) = pair(&log);
    handle.add_reader(&stream.dynamic()).expect("watched");
    other.write_all(b"xyz").expect("written");
    drop(other);
    stream.take.set(2);
    turn_until(&mut reactor, || log.len() == 4);
    assert_eq!(log.events()[..3], ["read 2", "read 1", "read 0"]);
    assert!(log.events()[3].starts_with("lost: "), "{:?}", log.events());
}

#[test]
fn r_044_a_hang_up_with_no_data_is_clean_only_if_it_was_being_read() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (reader, writer) = io::pipe().expect("a pipe");
    let reading = Pipe(reader.into(), log.clone());
    let descriptor: Rc<dyn FileDescriptor> = Rc::new(reading);
    handle.add_reader(&descriptor).expect("watched");
    drop(writer);
    turn_until(&mut reactor, || log.len() == 1);
    assert_eq!(log.take(), ["lost: clean"]);
    let (stream, other) = pair(&log);
    handle.add_writer(&stream.dynamic()).expect("watched");
    reactor.turn().expect("a pass");
    drop(other);
    // It is ready to be written for as long as nobody tells that it has ended.
    turn_until(&mut reactor, || {
        log.events().iter().any(|event| event.starts_with("lost"))
    });
    assert_ne!(log.events().last().map(String::as_str), Some("lost: clean"));
    assert!(handle.readers().is_empty() && handle.writers().is_empty());
}

/// The reading end of a pipe, that never reads.
struct Pipe(std::os::fd::OwnedFd, Log);

impl AsFd for Pipe {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

impl FileDescriptor for Pipe {
    fn connection_lost(&self, reason: Option<io::Error>) {
        let reason = reason.map_or_else(|| "clean".to_owned(), |error| error.to_string());
        self.1.note(format!("lost: {reason}"));
    }
}

#[test]
fn r_045_one_failing_connection_lost_keeps_nobody_from_theirs() {
    let reported = reports();
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let streams: Vec<_> = (0..3).map(|_| pair(&log)).collect();
    for (stream, _) in &streams {
        stream.fail.set(true);
        handle.add_reader(&stream.dynamic()).expect("watched");
    }
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.stop().expect("running"));
    run(&mut reactor);
    assert_eq!(log.events(), ["lost: clean"; 3]);
    assert_eq!(reported.len(), 3);
}

#[test]
fn r_046_a_handler_need_not_drain() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    stream.take.set(1);
    handle.add_reader(&stream.dynamic()).expect("watched");
    other.write_all(b"four").expect("written");
    turn_until(&mut reactor, || log.len() == 4);
    assert_eq!(log.events(), ["read 1"; 4]);
    let turn = reactor.turn().expect("a pass");
    assert!(!turn.more && log.len() == 4, "and then it is quiet");
}

#[test]
fn r_044_an_error_after_being_removed_and_added_again_ends_the_watching_once() {
    let mut reactor = reactor();
    let handle = reactor.handle();
    let log = Log::default();
    let (stream, mut other) = pair(&log);
    let (inside, own) = (handle.clone(), Rc::downgrade(&stream));
    stream.acting(move |_| {
        let own = own.upgrade().expect("it is being read").dynamic();
        inside.remove_reader(&own);
        inside.add_reader(&own).expect("watched again");
        fail();
    });
    handle.add_reader(&stream.dynamic()).expect("watched");
    let _reported = reports();
    other.write_all(b"x").expect("written");
    for _ in 0..3 {
        reactor.turn().expect("a pass");
        other.write_all(b"y").expect("written");
    }
    let lost = "lost: the handler panicked";
    assert_eq!(log.take(), ["read 1", lost], "nothing comes after the end");
    assert!(handle.readers().is_empty());
    // It can be watched anew.
    stream.acting(|_| ());
    handle.add_reader(&stream.dynamic()).expect("watched");
    reactor.turn().expect("a pass");
    assert_eq!(log.events(), ["read 3"]);
}

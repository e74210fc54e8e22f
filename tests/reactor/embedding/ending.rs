//! How a reactor ends, and what is left of it.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use crossbeam_channel::{Sender, bounded, unbounded};
use deferred_snmp::deferred::{Deferred, Interrupt};
use deferred_snmp::reactor::{
    BlockingCallError, DatagramProtocol, FileDescriptor, Handle, Phase, Remote, SystemEvent,
    TriggerPhase,
};
use util::loops::{Log, ms, reports};

use super::{Host, LIMIT, Wish, idle, listen, twin, until};

/// Steps until it is over; gives the number of steps.
fn until_stopped(host: &mut dyn Host, bound: usize) -> usize {
    let mut steps = 1;
    while host.step(&mut || ()).phase != Phase::Stopped {
        steps += 1;
        assert!(steps <= bound, "{steps} steps and not stopped");
    }
    steps
}

/// Work that says when it begins and ends when it is told to.
fn busy(handle: &Handle) -> Sender<()> {
    let (began, begun) = bounded(1);
    let (end, ended) = bounded::<()>(1);
    let work = move || {
        began.send(()).expect("somebody watches");
        let _ = ended.recv();
    };
    handle.call_in_thread(work).expect("open");
    begun.recv_timeout(LIMIT).expect("begun");
    end
}

type Answer = Result<u32, BlockingCallError<Interrupt>>;

/// A job of the pool that asks the reactor for what never comes, and then once more.
fn ask_for_ever(handle: &Handle, asks: &Sender<()>, answers: &Sender<Answer>) {
    let (asks, answers) = (asks.clone(), answers.clone());
    let remote = handle.remote();
    let ask = move |remote: &Remote| {
        let asks = asks.clone();
        let answer = remote.blocking_call_from_thread(move |handle| {
            asks.send(()).expect("somebody watches");
            let (resolver, deferred) = Deferred::pair();
            handle.call_later(Duration::from_secs(3600), move || resolver.callback(1));
            deferred
        });
        answers.send(answer).expect("somebody waits");
    };
    let work = move || {
        ask(&remote);
        // By now the reactor takes no calls.
        ask(&remote);
    };
    handle.call_in_thread(work).expect("open");
}

/// shutdown waits for threads that wait for the reactor.
pub(crate) fn threads_that_wait_for_the_reactor_end_with_it(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    const JOBS: usize = 3;
    let mut host = make(Wish::default());
    let handle = host.handle();
    idle(&mut *host);
    let (asks, asked) = unbounded();
    let (answers, answered) = unbounded();
    for _ in 0..JOBS {
        ask_for_ever(&handle, &asks, &answers);
    }
    until(&mut *host, 100, || asked.len() == JOBS);
    handle.stop().expect("running");
    until_stopped(&mut *host, 10);
    let answers: Vec<_> = answered.try_iter().collect();
    let expected = vec![Err(BlockingCallError::ReactorStopped); 2 * JOBS];
    assert_eq!(answers, expected, "all of it is over when the reactor is");
    assert_eq!(asked.len(), JOBS, "the second time nothing was asked");
}

/// A turn never sleeps, not for threads either: the last of them wakes the host.
pub(crate) fn a_turn_does_not_wait_for_threads(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    let log = Log::default();
    idle(&mut *host);
    let ends = [busy(&handle), busy(&handle)];
    let (port, counter) = listen(&handle);
    let outcome: Deferred<u32, Interrupt> = handle.defer_to_thread(|| Ok::<_, Interrupt>(7));
    let notes = log.clone();
    drop(outcome.add_both(move |result| notes.note(format!("{result:?}"))));
    for phase in [TriggerPhase::During, TriggerPhase::After] {
        let note = log.noting(&format!("{phase:?}"));
        handle.add_system_event_trigger(phase, SystemEvent::Shutdown, note);
    }
    handle.call_later(Duration::ZERO, log.noting("timed"));
    until(&mut *host, 10, || log.len() == 2);
    assert!(log.events().contains(&"Ok(7)".into()) && log.take().contains(&"timed".into()));
    let late: Deferred<u32, Interrupt> = {
        let (begun, was_begun) = bounded(1);
        let (end, ended) = bounded::<()>(1);
        let work = handle.defer_to_thread(move || {
            begun.send(()).expect("somebody watches");
            let _ = ended.recv();
            Ok::<_, Interrupt>(8)
        });
        was_begun.recv_timeout(LIMIT).expect("begun");
        drop(end);
        work
    };
    let notes = log.clone();
    drop(late.add_both(move |result| notes.note(format!("{result:?}"))));
    handle.call_later(Duration::from_secs(3600), log.noting("never"));
    handle.stop().expect("running");
    for _ in 0..3 {
        host.remote().wake();
        let turn = host.step(&mut || ());
        assert_eq!(turn.phase, Phase::Stopping);
    }
    // As ever in that phase: not running, nothing open, and nothing taken up.
    assert!(!handle.is_running() && !port.is_listening());
    assert!(handle.stop().is_err());
    assert!(handle.call_in_thread(|| ()).is_err());
    assert!(handle.listen_udp(port.local_addr(), counter).is_err());
    handle.remote().call_from_thread(|| panic!("must not run"));
    handle.call_later(Duration::ZERO, || panic!("must not run"));
    // The host learns of the end by what it watches.
    drop(ends);
    until_stopped(&mut *host, 5);
    assert_eq!(log.take(), ["Ok(8)", "During", "After"]);
}

/// The wait for threads can be bounded, in turns as in a run.
pub(crate) fn the_wait_for_threads_has_a_deadline(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish {
        thread_wait: Some(ms(1)),
        ..Wish::default()
    });
    let handle = host.handle();
    let log = Log::default();
    idle(&mut *host);
    let end = busy(&handle);
    let note = log.noting("after");
    handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Shutdown, note);
    handle.stop().expect("running");
    until_stopped(&mut *host, 10);
    assert_eq!(log.events(), ["after"]);
    drop(end);
}

/// What is told at [`Handle::stop`].
pub(crate) fn what_a_stopped_reactor_accepts(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let reported = reports();
    let mut host = make(Wish::default());
    let handle = host.handle();
    let log = Log::default();
    idle(&mut *host);
    handle.stop().expect("running");
    until_stopped(&mut *host, 5);
    let witness = Rc::new(());
    for has_shell in [true, false] {
        let any = "127.0.0.1:0".parse().expect("an address");
        let counter = Rc::new(super::Counter::default());
        assert!(handle.listen_udp(any, counter.clone()).is_err());
        assert!(handle.listen_multicast(any, true, counter).is_err());
        assert!(handle.listen_tcp(any, |_| None).is_err());
        let (own, _other) = twin();
        let own: Rc<dyn FileDescriptor> = own;
        assert!(handle.add_reader(&own).is_err() && handle.add_writer(&own).is_err());
        assert!(handle.readers().is_empty() && handle.writers().is_empty());
        let notes = log.clone();
        let found = handle.resolve("host.invalid", LIMIT);
        drop(found.add_both(move |result| notes.note(format!("{result:?}"))));
        let notes = log.clone();
        let work: Deferred<(), Interrupt> = handle.defer_to_thread(|| Ok::<_, Interrupt>(()));
        drop(work.add_both(move |result| notes.note(format!("{result:?}"))));
        assert_eq!(
            log.take(),
            ["Err(Interrupted(Abandoned))", "Err(Abandoned)"]
        );
        assert!(handle.call_in_thread(|| ()).is_err());
        assert!(handle.stop().is_err());
        let (call, held) = bounded::<()>(0);
        handle.remote().call_from_thread(move || drop(call));
        assert!(held.try_recv().expect_err("dropped").is_disconnected());
        handle.crash();
        handle.remote().wake();
        let kept = || {
            let kept = witness.clone();
            move || drop(kept)
        };
        handle.call_later(Duration::ZERO, kept());
        let task = handle.task(kept_task(&witness));
        task.schedule();
        drop(task);
        handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Startup, kept());
        let expected = if has_shell { 3 } else { 1 };
        assert_eq!(Rc::strong_count(&witness), expected, "kept with the shell");
        let (resolver, answer) = Deferred::<&str, Interrupt>::pair();
        let notes = log.clone();
        let coroutine = handle.spawn(async move { answer.await });
        drop(coroutine.add_both(move |result| notes.note(format!("{result:?}"))));
        resolver.callback("went on");
        let outcome = if has_shell {
            "Ok(\"went on\")"
        } else {
            "Err(Abandoned)"
        };
        assert_eq!(log.take(), [outcome]);
        if has_shell {
            let event = SystemEvent::Named("harvest");
            handle.add_system_event_trigger(TriggerPhase::During, event, log.noting("fired"));
            handle.fire_system_event(event);
            assert_eq!(log.take(), ["fired"]);
            let turn = host.handle();
            assert!(!turn.is_running());
            drop(std::mem::replace(&mut host, make(Wish::default())));
            assert_eq!(Rc::strong_count(&witness), 1);
        }
    }
    assert_eq!(reported.len(), 0);
}

fn kept_task(witness: &Rc<()>) -> impl FnMut() + use<> {
    let kept = witness.clone();
    move || {
        let _ = &kept;
    }
}

/// only `run` starts it again.
pub(crate) fn after_a_crash_nothing_starts_again(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let mut host = make(Wish::default());
    let handle = host.handle();
    let log = Log::default();
    idle(&mut *host);
    let note = log.noting("startup");
    handle.add_system_event_trigger(TriggerPhase::During, SystemEvent::Startup, note);
    let note = log.noting("shutdown");
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, note);
    let (port, counter) = listen(&handle);
    let inside = handle.clone();
    handle.call_later(Duration::ZERO, move || inside.crash());
    handle.call_later(Duration::ZERO, log.noting("same pass"));
    until_stopped(&mut *host, 5);
    assert_eq!(log.take(), ["same pass"]);
    handle.call_later(Duration::ZERO, log.noting("timed"));
    port.write(b"x", port.local_addr()).expect("sent");
    for _ in 0..3 {
        host.remote().wake();
        let turn = host.step(&mut || ());
        assert_eq!(
            (turn.phase, turn.progressed, turn.more),
            (Phase::Stopped, false, false)
        );
    }
    assert!(!handle.is_running() && port.is_listening());
    assert!(handle.stop().is_err());
    assert_eq!((log.len(), counter.count.get()), (0, 0));
}

/// Panics when it is dropped.
struct Mine(&'static str);

impl Drop for Mine {
    fn drop(&mut self) {
        panic!("dropped {}", self.0);
    }
}

fn sink<T>(value: T) -> impl FnOnce() {
    move || drop(value)
}

/// nor does it leave the loop what values of the user's do when they are dropped unused.
pub(crate) fn values_that_panic_when_dropped_at_the_end(make: &dyn Fn(Wish) -> Box<dyn Host>) {
    let reported = reports();
    let mut host = make(Wish::default());
    let handle = host.handle();
    let log = Log::default();
    handle.suggest_thread_pool_size(1);
    idle(&mut *host);
    let end = busy(&handle);
    let (asks, asked) = unbounded();
    let (answers, answered) = unbounded();
    // Work that never begins, before other such work.
    for name in ["work", "more work"] {
        handle.call_in_thread(sink(Mine(name))).expect("open");
    }
    let inside = handle.clone();
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, move || {
        for name in ["a call", "another call"] {
            inside.remote().call_from_thread(sink(Mine(name)));
        }
    });
    let note = log.noting("after");
    handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Shutdown, note);
    handle.stop().expect("running");
    assert_eq!(host.step(&mut || ()).phase, Phase::Stopping);
    drop(end);
    until_stopped(&mut *host, 5);
    assert_eq!(log.events(), ["after"]);
    let what = |events: Vec<String>| {
        let mut what: Vec<_> = events
            .iter()
            .filter_map(|event| Some(event.rsplit_once("dropped ")?.1.to_owned()))
            .collect();
        what.sort();
        what
    };
    assert_eq!(
        what(reported.take()),
        ["a call", "another call", "more work", "work"]
    );
    // The same of one that is dropped while it runs.
    let mut host = make(Wish::default());
    let handle = host.handle();
    idle(&mut *host);
    ask_for_ever(&handle, &asks, &answers);
    until(&mut *host, 100, || asked.len() == 1);
    for name in ["first", "second"] {
        handle.call_later(ms(1), sink(Mine(name)));
    }
    let task = handle.task({
        let mine = Mine("task");
        move || {
            let _ = &mine;
        }
    });
    task.schedule();
    drop(std::panic::catch_unwind(std::panic::AssertUnwindSafe(
        || drop(task),
    )));
    handle.add_system_event_trigger(
        TriggerPhase::After,
        SystemEvent::Shutdown,
        sink(Mine("trigger")),
    );
    handle.remote().call_from_thread(sink(Mine("call")));
    let protocol: Rc<dyn DatagramProtocol> = Rc::new(Owning {
        _mine: Mine("protocol"),
    });
    let any = "127.0.0.1:0".parse().expect("an address");
    drop(handle.listen_udp(any, protocol).expect("bound"));
    let mine = Mine("coroutine");
    drop(handle.spawn(async move {
        let (_resolver, never) = Deferred::<(), Interrupt>::pair();
        let _mine = mine;
        never.await
    }));
    drop(host);
    assert_eq!(
        what(reported.take()),
        [
            "call",
            "coroutine",
            "first",
            "protocol",
            "second",
            "trigger"
        ]
    );
    let answers: Vec<_> = (0..2)
        .map(|_| answered.recv_timeout(LIMIT).expect("an answer"))
        .collect();
    let abandoned = BlockingCallError::Failed(Interrupt::Abandoned);
    assert_eq!(
        answers,
        [Err(abandoned), Err(BlockingCallError::ReactorStopped)]
    );
}

struct Owning {
    _mine: Mine,
}

impl DatagramProtocol for Owning {
    fn datagram_received(&self, _: deferred_snmp::reactor::Datagram<'_>) {}
}

/// what a crash leaves of a shutdown that waits.
#[test]
fn a_crash_while_shutdown_waits_leaves_it_to_the_next_run() {
    let mut reactor = Wish::default().build();
    let handle = reactor.handle();
    let log = Log::default();
    let waits = Rc::new(RefCell::new(None));
    let (slot, note) = (waits.clone(), log.noting("before shutdown"));
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, move || {
        note();
        let (resolver, wait) = Deferred::<()>::pair();
        *slot.borrow_mut() = Some(resolver);
        wait
    });
    let note = log.noting("after shutdown");
    handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Shutdown, note);
    let (inside, second) = (handle.clone(), handle.clone());
    handle.call_later(Duration::ZERO, move || inside.stop().expect("running"));
    handle.call_later(ms(1), move || second.crash());
    reactor.run().expect("a run");
    assert_eq!(log.take(), ["before shutdown"]);
    let resolver = waits.take().expect("it waits");
    resolver.callback(());
    assert_eq!(log.len(), 0, "nothing without a pass");
    let note = log.noting("startup");
    handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Startup, note);
    reactor.run().expect("a run");
    assert_eq!(log.events(), ["startup", "after shutdown"]);
    assert_eq!(reactor.turn().expect("a pass").phase, Phase::Stopped);
}

#[cfg(target_os = "linux")]
mod watched_by_others {
    use std::io::Write;
    use std::os::fd::{AsFd, AsRawFd, OwnedFd};
    use std::os::unix::net::UnixStream;

    use deferred_snmp::reactor::Reactor;
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::*;

    /// What is registered behind an epoll descriptor.
    fn watched(epoll: &OwnedFd) -> Vec<String> {
        let info = format!("/proc/self/fdinfo/{}", epoll.as_raw_fd());
        let info = std::fs::read_to_string(info).expect("an open descriptor");
        let targets = info.lines().filter(|line| line.starts_with("tfd:"));
        targets.map(str::to_owned).collect()
    }

    fn is_readable(epoll: &OwnedFd) -> bool {
        let now = Timespec::default();
        poll(&mut [PollFd::new(epoll, PollFlags::IN)], Some(&now)) == Ok(1)
    }

    struct Everything {
        handle: Handle,
        _port: deferred_snmp::reactor::UdpPort,
        _other: UnixStream,
        _task: deferred_snmp::reactor::Task,
    }

    /// A reactor with all that may wake a host, and a duplicate of its descriptor.
    fn with_everything() -> (Reactor, OwnedFd, Everything) {
        let mut reactor = Reactor::builder()
            .timer_fd(true)
            .build()
            .expect("a reactor");
        let duplicate = reactor.as_fd().try_clone_to_owned().expect("a duplicate");
        reactor.turn().expect("a pass");
        let handle = reactor.handle();
        let (port, _) = listen(&handle);
        port.write(b"x", port.local_addr()).expect("sent");
        let (own, other) = twin();
        (&other).write_all(b"x").expect("written");
        let own: Rc<dyn FileDescriptor> = own;
        handle.add_reader(&own).expect("watched");
        handle.call_later(Duration::ZERO, || ());
        handle.call_later(ms(1), || ());
        let task = handle.task(|| ());
        task.schedule();
        handle.remote().wake();
        let everything = Everything {
            handle,
            _port: port,
            _other: other,
            _task: task,
        };
        (reactor, duplicate, everything)
    }

    #[test]
    fn a_duplicate_of_a_dropped_reactors_descriptor_is_silent() {
        let (reactor, duplicate, everything) = with_everything();
        assert!(is_readable(&duplicate) && !watched(&duplicate).is_empty());
        drop(reactor);
        let handle = &everything.handle;
        for _ in 0..2 {
            assert_eq!(watched(&duplicate), [""; 0]);
            assert!(!is_readable(&duplicate));
            // Whatever is still done with what is left.
            handle.remote().wake();
            handle.remote().call_from_thread(|| ());
            handle.call_later(Duration::ZERO, || ());
            let (own, _other) = twin();
            let own: Rc<dyn FileDescriptor> = own;
            assert!(handle.add_reader(&own).is_err());
            handle.fire_system_event(SystemEvent::Shutdown);
        }
    }

    #[test]
    fn the_descriptor_of_a_stopped_reactor_is_silent() {
        let (mut reactor, duplicate, everything) = with_everything();
        let handle = &everything.handle;
        handle.stop().expect("running");
        while reactor.turn().expect("a pass").phase != Phase::Stopped {}
        handle.call_later(ms(1), || ());
        handle.remote().wake();
        assert_eq!(watched(&duplicate), [""; 0]);
        assert!(!is_readable(&duplicate));
        // Nor is there a time to turn again at.
        assert_eq!(reactor.next_deadline(), None);
        assert_eq!(reactor.next_timeout(handle.now()), None);
    }

    #[test]
    fn a_crashed_reactor_tells_its_descriptor_of_no_deadline() {
        let (mut reactor, duplicate, everything) = with_everything();
        everything.handle.crash();
        reactor.turn().expect("a pass");
        everything.handle.call_later(Duration::ZERO, || ());
        reactor.turn().expect("a pass");
        assert_eq!(reactor.next_deadline(), None);
        let late = Timespec {
            tv_sec: 0,
            tv_nsec: 5_000_000,
        };
        let readable = poll(&mut [PollFd::new(&duplicate, PollFlags::IN)], Some(&late));
        assert_eq!(readable, Ok(0));
    }
}

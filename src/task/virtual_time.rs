//! Programs for a reactor, on one whose time is virtual.

use std::cell::{Cell, RefCell};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::{LoopingCall, defer_later, sleep};
use crate::deferred::{Deferred, Interrupt};
use crate::reactor::{Handle, LookupError, Phase, Reactor, SystemEvent, TriggerPhase, standstill};

/// A reactor in virtual time and when that began.
struct Program {
    reactor: Reactor,
    start: Instant,
    told: Rc<RefCell<Vec<(&'static str, Duration)>>>,
}

impl Program {
    #[expect(
        clippy::disallowed_methods,
        reason = "an Instant can be had in no other way"
    )]
    fn new() -> Self {
        let start = Instant::now();
        let builder = Reactor::builder().timer_fd(true).virtual_time(start);
        Self {
            reactor: builder.build().expect("a reactor"),
            start,
            told: Rc::default(),
        }
    }

    fn handle(&self) -> Handle {
        self.reactor.handle()
    }

    /// Writes down that this has happened, and when.
    fn tell(&self) -> impl Fn(&'static str) + Clone + 'static {
        let (told, clock, start) = (self.told.clone(), self.handle(), self.start);
        move |what| told.borrow_mut().push((what, clock.now() - start))
    }

    /// Runs until nothing is left to happen, or it has stopped, or for so long.
    fn run(&mut self, limit: Duration) -> Phase {
        let end = self.start + limit;
        loop {
            let phase = self.reactor.settle().expect("passes");
            match self.reactor.next_deadline().filter(|next| *next <= end) {
                Some(next) => self.reactor.advance_to(next),
                None => return phase,
            }
        }
    }

    fn told(&self) -> Vec<(&'static str, u64)> {
        let told = self.told.take();
        let seconds = |(what, at): (_, Duration)| {
            assert_eq!(at.subsec_nanos(), 0, "{what}");
            (what, at.as_secs())
        };
        told.into_iter().map(seconds).collect()
    }
}

const SECOND: Duration = Duration::from_secs(1);
const YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

#[test]
fn calls_come_in_order_each_at_its_time() {
    let mut program = Program::new();
    assert!(!program.reactor.timeouts_on_fd(), "no timer tells of them");
    let (handle, tell) = (program.handle(), program.tell());
    for (what, seconds) in [("third", 3600), ("first", 1), ("second", 60), ("also", 60)] {
        let tell = tell.clone();
        handle.call_later(SECOND * seconds, move || tell(what));
    }
    let (then, clock) = (tell.clone(), handle.clone());
    handle.call_later(SECOND, move || {
        then("with the first");
        clock.call_later(SECOND * 59, move || then("last of its time"));
    });
    let cancelled = handle.call_later(SECOND * 2, || unreachable!("it was cancelled"));
    cancelled.cancel().expect("it is pending");
    assert_eq!(program.run(YEAR), Phase::Running);
    let expected = [
        ("first", 1),
        ("with the first", 1),
        ("second", 60),
        ("also", 60),
        ("last of its time", 60),
        ("third", 3600),
    ];
    assert_eq!(program.told(), expected);
    assert_eq!(program.reactor.next_deadline(), None);
}

#[test]
fn time_moves_by_its_owner_alone_and_never_back() {
    let mut program = Program::new();
    let (handle, tell, start) = (program.handle(), program.tell(), program.start);
    handle.call_later(SECOND, move || tell("due"));
    standstill::pass(SECOND * 2);
    program.reactor.settle().expect("passes");
    assert_eq!(handle.now(), start);
    program.reactor.advance_to(start + SECOND * 5);
    program.reactor.advance_to(start + SECOND);
    assert_eq!(handle.now(), start + SECOND * 5);
    assert_eq!(program.told(), [], "only a pass runs it");
    program.reactor.settle().expect("passes");
    assert_eq!(program.told(), [("due", 5)]);
}

#[test]
fn loops_and_coroutines_take_no_time_of_the_systems() {
    let mut program = Program::new();
    let (handle, tell) = (program.handle(), program.tell());
    let told = tell.clone();
    let ticks = LoopingCall::new(&handle, move || told("tick"));
    drop(ticks.start(SECOND * 10, true));
    let clock = handle.clone();
    drop(handle.inline_callbacks(async move {
        for what in ["one", "two"] {
            sleep(&clock, SECOND * 15).await?;
            tell(what);
        }
        ticks.stop().expect("it runs");
        let too_long = sleep(&clock, YEAR).add_timeout(SECOND * 30, &clock);
        assert!(too_long.await.is_err());
        tell("three");
        Ok(())
    }));
    program.run(YEAR);
    let expected = [
        ("tick", 0),
        ("tick", 10),
        ("one", 15),
        ("tick", 20),
        // The timed call of the loop is the younger one.
        ("two", 30),
        ("three", 60),
    ];
    assert_eq!(program.told(), expected);
}

#[test]
fn time_stands_still_while_a_thread_works() {
    let mut program = Program::new();
    let (handle, tell) = (program.handle(), program.tell());
    let (go, gone) = crossbeam_channel::bounded::<()>(1);
    let work: Deferred<u32> = handle.defer_to_thread(move || {
        let _ = gone.recv();
        Ok::<u32, Interrupt>(7)
    });
    let told = tell.clone();
    drop(work.add_callback(move |number| {
        assert_eq!(number, 7);
        told("work");
    }));
    handle.call_later(SECOND, move || tell("a second"));
    program.reactor.turn().expect("start-up");
    let timeout = program.reactor.next_timeout(handle.now());
    assert_eq!(
        timeout, None,
        "it sleeps until the thread has done something"
    );
    let remote = program.reactor.remote();
    let let_it_go = move || {
        remote.call_with_handle(move |reactor| {
            reactor.call_later(Duration::ZERO, move || drop(go));
        });
    };
    handle.call_in_thread(let_it_go).expect("the pool takes it");
    program.run(YEAR);
    assert_eq!(program.told(), [("work", 0), ("a second", 1)]);
    let timeout = program.reactor.next_timeout(program.handle().now());
    assert_eq!(timeout, Some(Duration::ZERO), "it sleeps for nothing else");
}

#[test]
fn time_moves_on_for_a_thread_that_waits_for_it() {
    let mut program = Program::new();
    let (handle, tell) = (program.handle(), program.tell());
    let remote = program.reactor.remote();
    let told = tell.clone();
    let work: Deferred<()> = handle.defer_to_thread(move || {
        let slept = remote.blocking_call_from_thread(|reactor| {
            defer_later(reactor, SECOND * 10, || Ok::<(), Interrupt>(()))
        });
        slept.map_err(|_| Interrupt::Abandoned)
    });
    drop(work.add_callback(move |()| told("work")));
    handle.call_later(SECOND * 11, move || tell("after it"));
    program.run(YEAR);
    assert_eq!(program.told(), [("work", 10), ("after it", 11)]);
}

#[test]
fn a_look_up_takes_no_time_while_somebody_waits_for_it() {
    let mut program = Program::new();
    let (handle, tell) = (program.handle(), program.tell());
    let (answer, answered) = crossbeam_channel::bounded::<()>(1);
    handle.look_up_by(Arc::new(move |name: &str| {
        if name == "slow" {
            let _ = answered.recv();
        }
        Ok::<_, Box<str>>((Ipv4Addr::LOCALHOST, 0).into())
    }));
    let given_up = handle.resolve("slow", SECOND);
    given_up.cancel();
    drop(given_up.add_both(|result: Result<SocketAddr, LookupError>| assert!(result.is_err())));
    let told = tell.clone();
    let found = handle.resolve("host", SECOND);
    drop(
        found.add_both(move |result: Result<SocketAddr, LookupError>| {
            assert!(result.is_ok());
            told("found");
        }),
    );
    handle.call_later(SECOND * 2, move || tell("on"));
    program.run(YEAR);
    assert_eq!(program.told(), [("found", 0), ("on", 2)]);
    drop(answer);
}

#[test]
fn a_stop_ends_it_with_its_triggers() {
    let mut program = Program::new();
    let (handle, tell) = (program.handle(), program.tell());
    let (told, clock) = (tell.clone(), handle.clone());
    handle.add_system_event_trigger(TriggerPhase::Before, SystemEvent::Shutdown, move || {
        sleep(&clock, SECOND * 4).map(move |()| told("before"))
    });
    let told = tell.clone();
    handle.add_system_event_trigger(TriggerPhase::After, SystemEvent::Shutdown, move || {
        told("after");
    });
    handle.call_later(SECOND * 60, || unreachable!("it has stopped by then"));
    let stopping = handle.clone();
    handle.call_later(SECOND, move || stopping.stop().expect("it runs"));
    assert_eq!(program.run(YEAR), Phase::Stopped);
    assert_eq!(program.told(), [("before", 5), ("after", 5)]);
}

#[test]
fn calls_without_delay_do_not_hold_it_for_ever() {
    let mut program = Program::new();
    let calls = Rc::new(Cell::new(0_u32));
    let counted = calls.clone();
    let ticks = LoopingCall::new(&program.handle(), move || counted.set(counted.get() + 1));
    drop(ticks.start(Duration::ZERO, false));
    let error = program.reactor.settle().expect_err("it never settles");
    assert_eq!(error.kind(), io::ErrorKind::Other);
    assert!(calls.get() > 1_000);
}

#[test]
fn a_loop_ends_with_its_reactor() {
    for is_held in [true, false] {
        let program = Program::new();
        let (handle, tell, told) = (program.handle(), program.tell(), program.told.clone());
        let held = Rc::new(());
        let (token, calling) = (Rc::downgrade(&held), tell.clone());
        let looping = LoopingCall::new(&handle, move || {
            let _ = &held;
            calling("a call");
        });
        let done = looping.start(SECOND, true).add_both(move |outcome| {
            let error = outcome.map(drop).expect_err("it does not end by itself");
            let interrupt = error.trap::<Interrupt>().expect("an interrupt");
            assert_eq!(interrupt, Interrupt::Abandoned);
            tell("its end");
        });
        let kept = is_held.then_some((looping, done));
        drop((program, handle));
        let told: Vec<_> = told.take().into_iter().map(|(what, _)| what).collect();
        assert_eq!(told, ["a call", "its end"]);
        if let Some((looping, _)) = &kept {
            assert!(!looping.is_running());
            // Nothing begins any more.
            let again = looping.start(SECOND, false);
            assert!(again.is_settled());
            again.add_both(|outcome| assert!(outcome.is_err()));
        }
        drop(kept);
        assert_eq!(token.strong_count(), 0);
    }
}

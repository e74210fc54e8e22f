//! A program that ends in an orderly way leaves Deferreds pending, as every daemon does: nobody is told of an error. One that
//! is abandoned before is told of.

use std::cell::RefCell;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::{Deferred, Failure, Interrupt, Resolver, set_reporter};
use deferred_snmp::hlapi::*;
use deferred_snmp::reactor::{Handle, Reactor, SystemEvent, TriggerPhase};
use deferred_snmp::task::{defer_later, react};
use util::raw;

/// What is reported while `run` runs.
fn reported(run: impl FnOnce()) -> Vec<String> {
    let told = Rc::new(RefCell::new(Vec::new()));
    let list = Rc::clone(&told);
    set_reporter(move |unhandled| list.borrow_mut().push(unhandled.error().to_string()));
    run();
    told.take()
}

const ABANDONED: &str = "abandoned: the firing side was dropped";

fn receiver(reactor: &Handle) -> (SnmpEngine, NotificationQueue) {
    let engine = SnmpEngine::new(reactor);
    engine.add_v1_system("my-area", "public");
    engine.listen_udp("127.0.0.1:0".parse().unwrap()).unwrap();
    let queue = NotificationReceiver::queue(&engine, 10).expect("the only one");
    (engine, queue)
}

fn print_all(queue: Rc<NotificationQueue>) -> Deferred<(), SnmpError> {
    queue.next().add_callback(move |notification| {
        println!("{notification:?}");
        print_all(queue)
    })
}

async fn print_each(reactor: Handle) -> Result<(), SnmpError> {
    let (_engine, queue) = receiver(&reactor);
    loop {
        println!("{:?}", queue.next().await?);
    }
}

/// A GET that is never answered.
fn unanswered(reactor: &Handle) -> Deferred<Response, SnmpError> {
    let silent = raw::listen(reactor, |_| Vec::new());
    get_cmd(
        &SnmpEngine::new(reactor),
        &CommunityData::new("public"),
        &UdpTransportTarget::from(silent).timeout(Duration::from_secs(600)),
        &ContextData::default(),
        ["1.3.6.1.2.1.1.1.0"],
    )
}

/// Begins something that has not ended when the reactor does; what it gives is dropped last.
type Begin = fn(&Handle) -> Box<dyn std::any::Any>;

/// What daemons do when they are told to end.
const PENDING: [(&str, Begin); 9] = [
    ("a queue that the program holds", |reactor| {
        let (engine, queue) = receiver(reactor);
        queue.next().add_callback(|it| println!("{it:?}"));
        Box::new((engine, queue))
    }),
    ("a queue that is dropped first", |reactor| {
        let (engine, queue) = receiver(reactor);
        queue.next().add_callback(|it| println!("{it:?}"));
        Box::new((queue, engine))
    }),
    ("a queue that its own chain holds", |reactor| {
        let (engine, queue) = receiver(reactor);
        print_all(Rc::new(queue));
        Box::new(engine)
    }),
    ("a queue of an engine that is forgotten", |reactor| {
        print_all(Rc::new(receiver(reactor).1));
        Box::new(())
    }),
    ("a coroutine", |reactor| {
        reactor.spawn(print_each(reactor.clone()));
        Box::new(())
    }),
    ("a request", |reactor| {
        unanswered(reactor).add_callback(|_| ());
        Box::new(())
    }),
    ("a request that a coroutine waits for", |reactor| {
        let asked = reactor.clone();
        reactor.spawn(async move { unanswered(&asked).await.map(drop) });
        Box::new(())
    }),
    (
        "a timed call, in an error of the program's own",
        |reactor| {
            let later = defer_later(reactor, Duration::from_secs(600), || Ok::<(), Failure>(()));
            later.add_callback(|()| println!("later"));
            Box::new(())
        },
    ),
    ("an engine that a trigger closes", |reactor| {
        unanswered(reactor).map_err(Failure::from);
        let (engine, queue) = receiver(reactor);
        queue.next().add_callback(|it| println!("{it:?}"));
        let closed = engine.clone();
        let before = TriggerPhase::Before;
        reactor.add_system_event_trigger(before, SystemEvent::Shutdown, move || closed.close());
        Box::new((engine, queue))
    }),
];

fn stop_soon(reactor: &Handle) {
    let stop = reactor.clone();
    reactor.call_later(Duration::ZERO, move || stop.stop().expect("it runs"));
}

#[test]
fn an_orderly_end_is_silent() {
    for (what, begin) in PENDING {
        let told = reported(|| {
            let mut reactor = Reactor::new().unwrap();
            let kept = begin(&reactor.handle());
            stop_soon(&reactor.handle());
            reactor.run().unwrap();
            drop(kept);
        });
        assert!(told.is_empty(), "{what}: {told:?}");
        let told = reported(|| {
            let mut reactor = Reactor::new().unwrap();
            let kept = begin(&reactor.handle());
            stop_soon(&reactor.handle());
            reactor.run().unwrap();
            drop(reactor);
            drop(kept);
        });
        assert!(told.is_empty(), "{what}, after the reactor: {told:?}");
    }
}

#[test]
fn an_end_that_is_not_orderly_is_told_of() {
    for (what, begin) in PENDING {
        let told = reported(|| {
            let mut reactor = Reactor::new().unwrap();
            let kept = begin(&reactor.handle());
            reactor.turn().unwrap();
            drop(reactor);
            drop(kept);
        });
        assert!(!told.is_empty(), "{what}");
        assert!(told.iter().all(|it| it.contains(ABANDONED)), "{told:?}");
    }
}

#[test]
fn what_is_abandoned_while_a_reactor_runs_is_told_of() {
    let told = reported(|| {
        let mut ended = Reactor::new().unwrap();
        stop_soon(&ended.handle());
        ended.run().unwrap();
        // Another one on the same thread.
        let mut reactor = Reactor::new().unwrap();
        let handle = reactor.handle();
        reactor.handle().call_later(Duration::ZERO, move || {
            let (resolver, deferred) = Deferred::<()>::pair();
            drop(deferred.add_callback(|()| println!("never")));
            drop(resolver);
            drop(
                receiver(&handle)
                    .1
                    .next()
                    .add_callback(|it| println!("{it:?}")),
            );
            handle.stop().expect("it runs");
        });
        reactor.run().unwrap();
        drop(ended);
    });
    assert_eq!(told, [ABANDONED; 2]);
}

/// An error that says nothing of its source.
#[derive(Debug)]
#[expect(
    dead_code,
    reason = "it shows where the error is printed for debugging"
)]
struct Terse(Option<Interrupt>);

impl std::fmt::Display for Terse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("terse")
    }
}

impl From<Interrupt> for Terse {
    fn from(interrupt: Interrupt) -> Self {
        Self(Some(interrupt))
    }
}

#[test]
fn an_error_of_the_programs_own_is_looked_into() {
    for (fails, expected) in [(false, &[][..]), (true, &["terse".to_owned()])] {
        let told = reported(|| {
            let mut reactor = Reactor::new().unwrap();
            let (resolver, deferred) = Deferred::<(), Terse>::pair();
            drop(deferred.add_errback(move |error| match fails {
                true => Err(Terse(None)),
                false => Err(error),
            }));
            let never = Duration::from_secs(600);
            reactor
                .handle()
                .call_later(never, move || resolver.callback(()));
            stop_soon(&reactor.handle());
            reactor.run().unwrap();
        });
        assert_eq!(told, expected);
    }
}

/// An end hides no other error.
#[test]
fn errors_of_the_program_at_its_end_are_told_of() {
    let told = reported(|| {
        let mut reactor = Reactor::new().unwrap();
        let (resolver, deferred) = Deferred::<()>::pair();
        drop(deferred.add_errback(|error: Failure| {
            assert!(error.check() == Some(&Interrupt::Abandoned));
            Err(Failure::message("the file could not be closed"))
        }));
        reactor
            .handle()
            .call_later(Duration::from_secs(600), move || resolver.callback(()));
        stop_soon(&reactor.handle());
        reactor.run().unwrap();
    });
    assert_eq!(told, ["the file could not be closed"]);
}

#[test]
fn a_program_whose_result_is_abandoned_by_its_end_has_none() {
    let code = |begin: fn(&Handle) -> Deferred<(), SnmpError>| {
        let code = react(|reactor| {
            stop_soon(reactor);
            begin(reactor)
        });
        format!("{code:?}")
    };
    let success = format!("{:?}", ExitCode::SUCCESS);
    let told = reported(|| {
        assert_eq!(
            code(|reactor| print_all(Rc::new(receiver(reactor).1))),
            success
        );
        assert_eq!(
            code(|reactor| reactor.spawn(print_each(reactor.clone()))),
            success
        );
        assert_eq!(code(|reactor| unanswered(reactor).map(drop)), success);
    });
    assert!(told.is_empty(), "{told:?}");
    // One that is abandoned while it runs has failed.
    let failure = format!("{:?}", ExitCode::FAILURE);
    let abandoned = react(|reactor| {
        let (resolver, deferred) = Deferred::<()>::pair();
        reactor.call_later(Duration::ZERO, move || drop::<Resolver<()>>(resolver));
        deferred
    });
    assert_eq!(format!("{abandoned:?}"), failure);
    let before = react(|_| Deferred::<()>::pair().1);
    assert_eq!(format!("{before:?}"), failure);
}

//! What the tests of the reactor share.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::deferred::set_reporter;
use deferred_snmp::reactor::Reactor;

/// A list of what happened, shared by the callbacks of a test.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub fn note(&self, event: impl Into<String>) {
        self.0.borrow_mut().push(event.into());
    }

    /// A closure that notes `event`.
    pub fn noting(&self, event: &str) -> impl FnOnce() + use<> {
        let (log, event) = (self.clone(), event.to_owned());
        move || log.note(event)
    }

    pub fn events(&self) -> Vec<String> {
        self.0.borrow().clone()
    }

    pub fn take(&self) -> Vec<String> {
        self.0.take()
    }

    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }
}

/// What is reported as unhandled on this thread, instead of being printed.
pub fn reports() -> Log {
    let log = Log::default();
    let sink = log.clone();
    set_reporter(move |unhandled| sink.note(unhandled.to_string()));
    log
}

pub fn reactor() -> Reactor {
    Reactor::new().expect("a reactor")
}

/// After so long a test has failed, whatever it is waiting for.
const LIMIT: Duration = Duration::from_secs(60);

/// Makes passes until `done` says so; fails after [`LIMIT`] without.
pub fn turn_until(reactor: &mut Reactor, done: impl Fn() -> bool) {
    turn_within(LIMIT, reactor, done);
}

/// The same with another limit.
pub fn turn_within(limit: Duration, reactor: &mut Reactor, done: impl Fn() -> bool) {
    let late = Rc::new(Cell::new(false));
    let flag = late.clone();
    let end = reactor.handle().call_later(limit, move || flag.set(true));
    while !done() {
        assert!(!late.get(), "still not done after {limit:?}");
        reactor.iterate(None).expect("a pass");
    }
    let _ = end.cancel();
}

/// Runs the reactor until it stops; fails if that takes [`LIMIT`].
pub fn run(reactor: &mut Reactor) {
    let late = Rc::new(Cell::new(false));
    let (flag, handle) = (late.clone(), reactor.handle());
    let limit = reactor.handle().call_later(LIMIT, move || {
        flag.set(true);
        let _ = handle.stop();
    });
    reactor.run().expect("a run");
    assert!(!late.get(), "still running after {LIMIT:?}");
    let _ = limit.cancel();
}

pub fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

//! What becomes of requests that wait when their responder, their engine or the reactor ends.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::access::{AccessControl, AccessDecision, AccessRequest, OpenAccess};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::{Deferred, Failure, Resolver};
use deferred_snmp::objects::{MibTree, Scalar};
use deferred_snmp::smi::OidRef;

use super::{Journal, Rig, after, at, name, object, told};

/// What answers.
type Kept = Rc<RefCell<Option<Resolver<i32, Failure>>>>;

/// A scalar that is answered when the test says so, and notes when that is given up.
fn waiting(journal: &Journal) -> (Scalar, Kept) {
    let (journal, kept) = (journal.clone(), Rc::new(RefCell::new(None)));
    let keeping = Rc::clone(&kept);
    let scalar = Scalar::later(move |_| {
        let journal = journal.clone();
        let (resolver, deferred) = Deferred::with_canceller(move || {
            journal.note("cancelled");
            None
        });
        let former = keeping.replace(Some(resolver));
        drop(former);
        deferred
    });
    (scalar, kept)
}

/// Whose objects have gone when this says zero.
fn tracer(rig: &Rig, number: u32) -> Rc<()> {
    let tracer = Rc::new(());
    let (held, responder) = (Rc::clone(&tracer), rig.responder.clone());
    rig.register(
        number,
        // Its own responder, too: a circle, until that ends.
        Scalar::dynamic(move || {
            let _ = &held;
            responder.contexts().names().len() as i32
        }),
    );
    tracer
}

#[test]
fn a_responder_that_is_closed_answers_what_waits_and_another_serves_meanwhile() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (scalar, kept) = waiting(&journal);
    rig.register(2, scalar);
    let tracer = tracer(&rig, 3);
    let waits = rig.ask(&[2, 3, 1]);
    rig.run(50);
    assert!(rig.responder.close());
    assert!(!rig.responder.close());
    let mut tree = MibTree::new();
    tree.register(object(1), Scalar::constant("the successor"))
        .expect("an empty tree");
    let next = CommandResponder::new(tree, OpenAccess);
    rig.agent
        .register_responder(next)
        .expect("the place is free");
    assert_eq!(rig.get(&[1]), at("the successor", 0));
    assert_eq!(rig.responder.responder().waiting(), 1);
    assert_eq!(Rc::strong_count(&tracer), 2);
    let resolver = kept.take().expect("it has been asked");
    resolver.callback(42);
    assert_eq!(rig.wait(waits), at("42, 1, at once", 0));
    rig.run(0);
    assert_eq!(Rc::strong_count(&tracer), 1, "its objects have gone");
    assert_eq!(rig.get(&[1]), at("the successor", 0));
    assert!(journal.take().is_empty());
}

#[test]
fn an_engine_that_is_closed_gives_up_what_waits_and_serves_again_when_it_listens() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (scalar, kept) = waiting(&journal);
    rig.register(2, scalar);
    rig.later(3, 100, 3);
    let noting = journal.clone();
    let reactor = rig.reactor();
    rig.register(
        4,
        Scalar::variable(1).writable_later(move |value, _| {
            let (noting, text) = (noting.clone(), format!("set {value}"));
            after(&reactor, 10, ()).map(move |()| noting.note(text))
        }),
    );
    let (noting, reactor) = (journal.clone(), rig.reactor());
    let late = Scalar::variable(1).writable_later(move |_, _| {
        noting.note("begins");
        after(&reactor, 10_000, ())
    });
    rig.register(5, late);
    let quick = rig.manager.clone().timeout(super::millis(200));
    let read = told(quick.get([name(2), name(3)]));
    let set = told(quick.set([(name(4), 2), (name(5), 2)]));
    rig.run(50);
    assert_eq!(journal.take(), ["set 2", "begins"]);
    assert_eq!(rig.responder.responder().waiting(), 2);
    rig.agent.close();
    assert_eq!(rig.responder.responder().waiting(), 0);
    // What has been committed is taken back, which takes its time.
    assert_eq!(journal.take(), ["cancelled"]);
    rig.run(10);
    assert_eq!(journal.take(), ["set 1"]);
    assert!(rig.simulation.block_on(read).is_err(), "nobody answers");
    assert!(rig.simulation.block_on(set).is_err(), "nobody answers");
    let resolver = kept.take().expect("it has been asked");
    assert!(resolver.is_cancelled());
    drop(resolver);
    let address = "192.0.2.1:161".parse().expect("an address");
    rig.agent.listen_udp(address).expect("free again");
    assert_eq!(rig.get(&[1, 3]), at("at once, 3", 100));
    assert_eq!(rig.get(&[5]), at("1", 0));
}

#[test]
fn an_engine_that_is_let_go_of_leaves_nothing_behind() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (scalar, kept) = waiting(&journal);
    rig.register(2, scalar);
    let tracer = tracer(&rig, 3);
    let quick = rig.manager.clone().timeout(super::millis(200));
    let waits = told(quick.get([name(2)]));
    rig.run(50);
    let Rig {
        mut simulation,
        agent,
        responder,
        ..
    } = rig;
    agent.close();
    assert_eq!(journal.take(), ["cancelled"]);
    drop(agent);
    assert_eq!(Rc::strong_count(&tracer), 1, "its objects have gone");
    // The handle has nothing more to do with anything.
    assert!(!responder.close());
    assert!(
        responder
            .context("")
            .is_some_and(|it| it.names().is_empty())
    );
    drop(kept);
    assert!(simulation.block_on(waits).is_err());
}

#[test]
fn a_deferred_that_fires_after_the_end_is_of_no_concern() {
    let mut rig = Rig::new();
    let fired = Rc::new(Cell::new(false));
    let (firing, reactor) = (Rc::clone(&fired), rig.reactor());
    rig.register(
        2,
        Scalar::later(move |_| {
            // Cannot be cancelled: it goes on in a chain of its own.
            let (resolver, deferred) = Deferred::<i32>::pair();
            let (firing, resolver) = (Rc::clone(&firing), resolver.into_shared());
            after(&reactor, 300, ()).map(move |()| {
                firing.set(true);
                _ = resolver.callback(7);
            });
            deferred
        }),
    );
    let quick = rig.manager.clone().timeout(super::millis(200));
    let waits = told(quick.get([name(2)]));
    rig.run(50);
    rig.agent.close();
    let Rig {
        mut simulation,
        agent,
        responder,
        manager,
        ..
    } = rig;
    drop((agent, responder));
    assert!(simulation.block_on(waits).is_err());
    simulation.run(super::millis(1_000));
    assert!(fired.get());
    drop(manager);
}

#[test]
fn with_the_reactor_a_set_is_taken_back() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let noting = journal.clone();
    let first = Scalar::variable(1).writable_later(move |value, _| {
        noting.note(format!("set {value}"));
        Deferred::<()>::succeed(())
    });
    rig.register(2, first);
    let reactor = rig.reactor();
    let never = Scalar::variable(1).writable_later(move |_, _| after(&reactor, 60_000, ()));
    rig.register(3, never);
    let set = told(rig.manager.set([(name(2), 5), (name(3), 5)]));
    rig.run(50);
    assert_eq!(journal.take(), ["set 5"]);
    rig.reactor().stop().expect("it runs");
    rig.simulation.run(super::millis(100));
    assert_eq!(journal.take(), ["set 1"]);
    assert_eq!(rig.responder.responder().waiting(), 0);
    drop(set);
}

#[test]
fn an_object_may_close_its_engine() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (scalar, _kept) = waiting(&journal);
    rig.register(2, scalar);
    let agent = rig.agent.clone();
    rig.register(
        3,
        Scalar::dynamic(move || {
            agent.close();
            3
        }),
    );
    let quick = rig.manager.clone().timeout(super::millis(200));
    let waits = told(quick.get([name(2)]));
    rig.run(50);
    let closing = told(quick.get([name(3)]));
    assert!(rig.simulation.block_on(closing).is_err(), "nobody answers");
    assert_eq!(journal.take(), ["cancelled"]);
    assert_eq!(rig.responder.responder().waiting(), 0);
    assert!(rig.simulation.block_on(waits).is_err());
    // An object that owns its engine keeps it, until it goes itself.
    assert!(rig.responder.unregister(object(3).as_ref()));
}

/// Knows the context for some objects only.
struct HalfAContext;

impl AccessControl for HalfAContext {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, variable: OidRef<'_>) -> AccessDecision {
        match variable.starts_with(&object(9)) {
            true => AccessDecision::NoSuchContext,
            false => AccessDecision::Allowed,
        }
    }
}

#[test]
fn answers_are_given_up_with_the_request_that_they_are_for() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (scalar, _kept) = waiting(&journal);
    rig.register(2, scalar);
    rig.responder.set_access(HalfAContext);
    let quick = rig.manager.clone().timeout(super::millis(200));
    let asked = told(quick.get([name(2), name(9)]));
    rig.run(10);
    assert_eq!(journal.take(), ["cancelled"]);
    assert_eq!(rig.responder.responder().waiting(), 0);
    assert!(rig.simulation.block_on(asked).is_err(), "nobody answers");
}

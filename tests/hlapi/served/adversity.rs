//! Policies that fail, and promises that nobody keeps.

use std::cell::Cell;
use std::rc::Rc;

use deferred_snmp::access::{AccessControl, AccessDecision, AccessRequest};
use deferred_snmp::deferred::{Deferred, Resolver};
use deferred_snmp::objects::{Advance, Answer, Asker, ManagedObject, ReadError, Scalar, SetError};
use deferred_snmp::reactor::Handle;
use deferred_snmp::smi::{OidRef, Value};

use super::{Journal, Rig, after, at, name, object, told};

/// Fails once when it is asked for a certain object.
struct FailsOnce(Rc<Cell<bool>>);

impl AccessControl for FailsOnce {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, variable: OidRef<'_>) -> AccessDecision {
        let is_it = variable.starts_with(&object(9));
        assert!(!(is_it && self.0.replace(false)), "a policy that fails");
        AccessDecision::Allowed
    }
}

/// An object without instances, and its end comes later.
struct Empty(Handle);

impl ManagedObject for Empty {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, asker: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        asker.advance_later(after(&self.0, 100, None))
    }
}

#[test]
fn a_policy_that_panics_does_not_leave_the_others_waiting() {
    let mut rig = Rig::new();
    let fails = Rc::new(Cell::new(false));
    rig.responder.set_access(FailsOnce(Rc::clone(&fails)));
    rig.responder
        .register(object(8), Empty(rig.reactor()))
        .expect("free");
    rig.register(9, Scalar::constant(9));
    rig.later(2, 100, 2);
    let lost = told(rig.manager.next([name(8)]));
    let asked = rig.ask(&[2]);
    rig.run(50);
    assert_eq!(rig.responder.responder().waiting(), 2);
    fails.set(true);
    assert_eq!(rig.wait(asked), at("2", 50));
    assert!(!fails.get(), "it has failed");
    assert_eq!(rig.responder.responder().waiting(), 0);
    drop(lost);
}

#[test]
fn what_is_being_undone_goes_on_when_the_engine_is_closed() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (noting, reactor) = (journal.clone(), rig.reactor());
    let first = Scalar::variable(1).writable_later(move |value, _| {
        let (noting, text) = (noting.clone(), format!("set {value}"));
        let pace = if value == Value::from(1) { 100 } else { 0 };
        after(&reactor, pace, ()).map(move |()| noting.note(text))
    });
    rig.register(2, first);
    let failing = Scalar::variable(1).writable(|_| Err(SetError::GenErr));
    rig.register(3, failing);
    let quick = rig.manager.clone().timeout(super::millis(200));
    let set = told(quick.set([(name(2), 2), (name(3), 2)]));
    rig.run(50);
    assert_eq!(journal.take(), ["set 2"]);
    assert_eq!(rig.responder.responder().waiting(), 1);
    rig.agent.close();
    assert_eq!(rig.responder.responder().waiting(), 0);
    rig.run(100);
    assert_eq!(journal.take(), ["set 1"]);
    drop(set);
}

/// Promises two answers, and gives back one.
struct Forgetful {
    reactor: Handle,
    promised: Rc<Cell<i32>>,
    /// What would fire at some time.
    kept: Vec<Resolver<i32>>,
}

impl ManagedObject for Forgetful {
    fn get(&mut self, asker: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        let promised = Rc::clone(&self.promised);
        promised.set(promised.get() + 1);
        let (resolver, never) = Deferred::<i32>::with_canceller(move || {
            promised.set(promised.get() - 1);
            None
        });
        self.kept.push(resolver);
        let _ = asker.later(never);
        Ok(asker.later(after(&self.reactor, 1, 7)))
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }
}

#[test]
fn promises_that_no_request_holds_are_given_up() {
    let mut rig = Rig::new();
    let promised = Rc::new(Cell::new(0));
    let forgetful = Forgetful {
        reactor: rig.reactor(),
        promised: Rc::clone(&promised),
        kept: Vec::new(),
    };
    rig.responder.register(object(2), forgetful).expect("free");
    for _ in 0..300 {
        assert_eq!(rig.get(&[2]), at("7", 1));
    }
    assert!(promised.get() <= 128, "{}", promised.get());
}

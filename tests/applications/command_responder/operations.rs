//! Requests that wait for answers.

use std::rc::Weak;

use deferred_snmp::applications::Started;
use deferred_snmp::objects::{
    Advance, Answer, Assignments, Completion, ReadError, Refused, SetPhase, Ticket,
};

use super::served::{LONG, Served};
use super::*;

/// A scalar whose answers come when the test says so.
#[derive(Clone, Default)]
struct Later(Rc<RefCell<Vec<Ticket>>>);

impl Later {
    fn take(&self) -> Vec<Ticket> {
        self.0.take()
    }
}

impl ManagedObject for Later {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        if instance != [0] {
            return Err(ReadError::NoSuchInstance);
        }
        let ticket = asker.ticket();
        self.0.borrow_mut().push(ticket);
        Ok(Answer::Later(ticket))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let is_first = instance.is_empty();
        *instance = vec![0];
        is_first.into()
    }
}

const BASE: ObjectIdentifier = oid!(1.3.6.1.4.1.99);

fn name(arcs: &[u32]) -> ObjectIdentifier {
    BASE.extend(arcs.iter().copied()).expect("short")
}

/// Later scalars at 1 and 3, one that answers at once at 2.
fn served() -> (Served, Later, Later) {
    let (first, third) = (Later::default(), Later::default());
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), first.clone());
    register(&mut responder, name(&[2]), Scalar::constant("at once"));
    register(&mut responder, name(&[3]), third.clone());
    (Served::new(responder), first, third)
}

fn value(value: impl Into<Value>) -> Completion {
    Completion::Value(Ok(value.into()))
}

#[test]
fn answers_are_asked_for_side_by_side_and_stand_in_the_order_of_the_bindings() {
    let (mut served, first, third) = served();
    let names = [[2, 0], [3, 0], [2, 0], [1, 0], [9, 0], [3, 0]].map(|arcs| name(&arcs));
    let state = served.waits(&named(Get, names));
    let (one, three) = (first.take(), third.take());
    assert_eq!((one.len(), three.len()), (1, 2), "all are asked at once");
    assert!(served.responder.complete(three[1], value("third, again")));
    assert!(served.responder.complete(one[0], value("first")));
    assert!(served.finished().is_empty(), "one is missing");
    assert!(served.responder.complete(three[0], value("third")));
    let finished = served.finished();
    assert_eq!(finished[0].state, state);
    assert_eq!(
        lines(finished[0].answer.as_ref().expect("a response")),
        [
            "1.3.6.1.4.1.99.2.0 = at once",
            "1.3.6.1.4.1.99.3.0 = third",
            "1.3.6.1.4.1.99.2.0 = at once",
            "1.3.6.1.4.1.99.1.0 = first",
            "1.3.6.1.4.1.99.9.0 noSuchObject",
            "1.3.6.1.4.1.99.3.0 = third, again",
        ]
    );
    assert_eq!(served.due_in(), None);
}

#[test]
fn what_has_not_come_in_time_has_failed() {
    let (mut served, first, third) = served();
    served
        .responder
        .set_read_timeout(std::time::Duration::from_secs(1));
    let get = named(Get, [name(&[2, 0]), name(&[1, 0]), name(&[3, 0])]);
    served.waits(&get);
    assert_eq!(served.due_in(), Some(1_000));
    assert!(served.responder.complete(third.take()[0], value(3)));
    served.advance(999);
    assert!(served.finished().is_empty());
    served.advance(1);
    assert_refused(&get, &served.only(), ErrorStatus::GEN_ERR, 2);
    assert!(
        !served
            .responder
            .complete(first.take()[0], value("too late"))
    );
}

#[test]
fn a_time_out_that_no_clock_can_tell_is_none() {
    let (mut served, first, _) = served();
    served.responder.set_read_timeout(std::time::Duration::MAX);
    served.waits(&named(Get, [name(&[1, 0])]));
    assert_eq!(served.due_in(), Some(60_000), "the lifetime of the request");
    served.advance(59_999);
    assert!(served.responder.complete(first.take()[0], value("late")));
    assert_eq!(lines(&served.only()), ["1.3.6.1.4.1.99.1.0 = late"]);
}

#[cfg(feature = "log")]
#[test]
fn an_object_that_does_not_answer_in_time_is_told_by_name() {
    let (mut served, ..) = served();
    served.waits(&named(Get, [name(&[1, 0])]));
    let ((), records) = util::records::during(|| served.advance(5_000));
    let record = "error: managed object 1.3.6.1.4.1.99.1: it has not answered in time";
    assert_eq!(records, [record]);
}

#[test]
fn the_failure_of_the_first_binding_that_fails_counts() {
    for (kind, status, index) in [
        (Get, ErrorStatus::GEN_ERR, 2),
        (GetNext, ErrorStatus::GEN_ERR, 2),
    ] {
        let (mut served, first, third) = served();
        let last = if kind == Get { 0 } else { u32::MAX };
        let mut names = vec![name(&[2, 0]), name(&[1]), name(&[3])];
        if kind == Get {
            names = [[2, 0], [1, last], [3, last]]
                .map(|arcs| name(&arcs))
                .to_vec();
        } else {
            names[0] = name(&[1, 5]);
        }
        let request = named(kind, names);
        served.waits(&request);
        let failed = || Completion::Value(Err(ReadError::Failed));
        assert!(served.responder.complete(third.take()[0], failed()));
        assert!(
            served.finished().is_empty(),
            "an earlier one may fail as well"
        );
        assert!(served.responder.complete(first.take()[0], failed()));
        assert_refused(&request, &served.only(), status, index);
    }
}

#[test]
fn a_value_that_is_missing_after_all_is_passed_over() {
    let (mut served, first, _) = served();
    let missing = || Completion::Value(Err(ReadError::NoSuchInstance));
    served.waits(&named(GetNext, [oid!(1.3)]));
    served.responder.complete(first.take()[0], missing());
    assert_eq!(lines(&served.only()), ["1.3.6.1.4.1.99.2.0 = at once"]);
    served.waits(&named(Get, [name(&[1, 0])]));
    served.responder.complete(first.take()[0], missing());
    assert_eq!(lines(&served.only()), ["1.3.6.1.4.1.99.1.0 noSuchInstance"]);
    let null = || Completion::Value(Ok(Value::Null));
    let get = named(Get, [name(&[1, 0])]);
    served.waits(&get);
    served.responder.complete(first.take()[0], null());
    assert_refused(&get, &served.only(), ErrorStatus::GEN_ERR, 1);
}

#[test]
fn what_is_no_answer_to_the_question_is_a_failure() {
    let (mut served, first, _) = served();
    let get = named(Get, [name(&[1, 0])]);
    for outcome in [Completion::Instance(Ok(None)), Completion::SetPhase(Ok(()))] {
        served.waits(&get);
        assert!(served.responder.complete(first.take()[0], outcome));
        assert_refused(&get, &served.only(), ErrorStatus::GEN_ERR, 1);
    }
}

#[test]
fn a_ticket_of_another_request_or_given_back_twice_is_none() {
    /// Gives back a ticket that it has kept.
    struct Thief(Rc<RefCell<Vec<Ticket>>>);

    impl ManagedObject for Thief {
        fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
            let kept = self.0.borrow_mut().pop();
            kept.map(Answer::Later).ok_or(ReadError::NoSuchInstance)
        }

        fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
            Advance::End
        }
    }

    let (mut served, first, third) = served();
    let kept = Rc::new(RefCell::new(Vec::new()));
    register(&mut served.responder, name(&[4]), Thief(Rc::clone(&kept)));
    served.waits(&named(Get, [name(&[1, 0])]));
    let of_another = first.take()[0];
    kept.borrow_mut().push(of_another);
    let get = named(Get, [name(&[4, 0])]);
    assert_refused(&get, &served.answer(&get), ErrorStatus::GEN_ERR, 1);
    // Of the same request, but asked for by another object.
    served.responder.complete(of_another, value(1));
    served.only();
    let both = named(Get, [name(&[3, 0]), name(&[4, 0])]);
    served.waits(&both);
    kept.borrow_mut().push(third.take()[0]);
    served.advance(LONG.as_millis() as u64);
    assert!(served.finished().len() == 1);
}

#[test]
fn so_many_answers_one_object_may_owe() {
    let (mut served, first, _) = served();
    let names = vec![name(&[1, 0]); 64];
    served.waits(&named(Get, names));
    let mut get = named(Get, [name(&[1, 0])]);
    get.request_id = 2;
    assert_refused(&get, &served.answer(&get), ErrorStatus::GEN_ERR, 1);
    assert_eq!(
        lines(&served.answer(&named(Get, [name(&[2, 0])]))),
        ["1.3.6.1.4.1.99.2.0 = at once"]
    );
    let tickets = first.take();
    assert_eq!(tickets.len(), 64, "it is not asked any more");
    served.responder.complete(tickets[17], value(1));
    get.request_id = 3;
    served.waits(&get);
    served.advance(60_000);
    assert_eq!(served.finished().len(), 2);
    get.request_id = 4;
    served.waits(&get);
}

#[test]
fn so_many_requests_one_asker_may_have_waiting() {
    let later = || Later::default();
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let objects: Vec<_> = (1..=200).map(|arc| (arc, later())).collect();
    for (arc, object) in &objects {
        register(&mut responder, name(&[*arc]), object.clone());
    }
    let mut served = Served::new(responder);
    for (arc, _) in &objects[..64] {
        served.waits(&named(Get, [name(&[*arc, 0])]));
    }
    let get = named(Get, [name(&[65, 0])]);
    assert_refused(&get, &served.answer(&get), ErrorStatus::GEN_ERR, 1);
    let set = request(Set, [(name(&[65, 0]), 1)]);
    assert_refused(
        &set,
        &served.answer(&set),
        ErrorStatus::RESOURCE_UNAVAILABLE,
        0,
    );
    let (_, started) = served.ask_as("other", Version::V2c, &get);
    assert!(
        matches!(started, Started::Waits),
        "another asker has room: {started:?}"
    );
    let (_, started) = served.ask_as("public", Version::V1, &set);
    let Started::Answered(response) = started else {
        panic!("{started:?}")
    };
    assert_eq!(response.error_status, ErrorStatus::GEN_ERR);
}

#[test]
fn a_later_copy_of_a_request_takes_its_place() {
    let (mut served, first, _) = served();
    let get = named(Get, [name(&[1, 0])]);
    let former = served.waits(&get);
    let (latest, started) = served.ask_as("public", Version::V2c, &get);
    assert!(matches!(started, Started::Repeats(state) if state == former));
    assert_eq!(first.0.borrow().len(), 1, "the object is asked once");
    // Another name, number, version or asker makes it another request.
    let mut other = named(Get, [name(&[1, 0])]);
    other.request_id += 1;
    served.waits(&other);
    let (_, started) = served.ask_as("other", Version::V2c, &get);
    assert!(matches!(started, Started::Waits));
    let (_, started) = served.ask_as("public", Version::V1, &get);
    assert!(matches!(started, Started::Waits));
    served.waits(&named(Get, [name(&[1, 0]), name(&[2, 0])]));
    for ticket in first.take() {
        assert!(served.responder.complete(ticket, value("here")));
    }
    let finished = served.finished();
    assert_eq!(finished.len(), 5);
    assert!(finished.iter().any(|finished| finished.state == latest));
    assert!(!finished.iter().any(|finished| finished.state == former));
}

/// An object whose code does with its own responder what a program may do.
struct Meddler {
    responder: Rc<RefCell<Weak<CommandResponder>>>,
    does: fn(&CommandResponder),
}

impl ManagedObject for Meddler {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        let responder = self.responder.borrow().upgrade().expect("it serves");
        (self.does)(&responder);
        Ok(Value::from("done").into())
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let responder = self.responder.borrow().upgrade().expect("it serves");
        (self.does)(&responder);
        let is_first = instance.is_empty();
        *instance = vec![0];
        is_first.into()
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn commit(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        let responder = self.responder.borrow().upgrade().expect("it serves");
        (self.does)(&responder);
        Ok(SetPhase::Done)
    }
}

/// A meddler at 2, between constants at 1 and 3.
fn meddled(does: fn(&CommandResponder)) -> Rc<CommandResponder> {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let place = Rc::new(RefCell::new(Weak::new()));
    let meddler = Meddler {
        responder: Rc::clone(&place),
        does,
    };
    register(&mut responder, name(&[1]), Scalar::constant("one"));
    register(&mut responder, name(&[2]), meddler);
    register(&mut responder, name(&[3]), Scalar::constant("three"));
    let responder = Rc::new(responder);
    *place.borrow_mut() = Rc::downgrade(&responder);
    responder
}

fn at_once(responder: &CommandResponder, request: &Pdu) -> Pdu {
    let asker = info(Version::V2c, "public");
    let response = responder.process(&asker, request.as_ref(), PLENTY);
    response.expect("a response")
}

#[test]
fn an_object_may_change_the_tree_that_it_stands_in_while_it_is_asked() {
    // Itself goes, and another comes in its place.
    let responder = meddled(|responder| {
        let context = responder.contexts().get(b"").expect("the default");
        assert!(context.unregister(name(&[2]).as_ref()));
        let object = Scalar::constant("another");
        context.register(name(&[2]), object).expect("free");
    });
    let get = named(Get, [name(&[2, 0]), name(&[2, 0])]);
    assert_eq!(
        lines(&at_once(&responder, &get)),
        ["1.3.6.1.4.1.99.2.0 = done", "1.3.6.1.4.1.99.2.0 = another"]
    );

    // What comes next goes while the way there is asked for.
    let responder = meddled(|responder| {
        let context = responder.contexts().get(b"").expect("the default");
        context.unregister(name(&[3]).as_ref());
        context.unregister(name(&[1]).as_ref());
    });
    let next = bulk(0, 5, [name(&[1])]);
    assert_eq!(
        lines(&at_once(&responder, &next)),
        [
            "1.3.6.1.4.1.99.1.0 = one",
            "1.3.6.1.4.1.99.2.0 = done",
            "1.3.6.1.4.1.99.2.0 endOfMibView",
        ]
    );

    // One that changes it each time it is asked is asked no more at some time.
    let responder = meddled(|responder| {
        let context = responder.contexts().get(b"").expect("the default");
        if !context.unregister(name(&[9]).as_ref()) {
            context
                .register(name(&[9]), Scalar::constant("nine"))
                .expect("free");
        }
    });
    let next = named(GetNext, [name(&[1, 0])]);
    assert_refused(&next, &at_once(&responder, &next), ErrorStatus::GEN_ERR, 1);

    // The context goes with everything in it.
    let responder = meddled(|responder| drop(responder.contexts().remove(b"")));
    let get = named(Get, [name(&[2, 0]), name(&[1, 0])]);
    assert_eq!(
        lines(&at_once(&responder, &get)),
        [
            "1.3.6.1.4.1.99.2.0 = done",
            "1.3.6.1.4.1.99.1.0 noSuchObject"
        ]
    );
    let responder = meddled(|responder| drop(responder.contexts().remove(b"")));
    let set = request(Set, [(name(&[2, 0]), 1)]);
    let response = at_once(&responder, &set);
    assert_eq!(
        response.error_status,
        ErrorStatus::NO_ERROR,
        "it has committed"
    );
}

#[test]
fn an_object_may_change_access_and_reach_others_but_not_itself() {
    let responder = meddled(|responder| {
        let context = responder.contexts().get(b"").expect("the default");
        assert_eq!(
            context.with(name(&[2]).as_ref(), |_: &mut Meddler| ()),
            None
        );
        let three = context.with(name(&[3]).as_ref(), |scalar: &mut Scalar| {
            scalar.set("changed");
            // This one is out as well by now.
            assert_eq!(context.with(name(&[3]).as_ref(), |_: &mut Scalar| ()), None);
            let one = context.with(name(&[1]).as_ref(), |one: &mut Scalar| one.value());
            one.expect("there").expect("a value")
        });
        assert_eq!(three, Some(Value::from("one")));
        responder.set_access(SubtreeAccess::new());
    });
    let get = named(Get, [name(&[2, 0]), name(&[3, 0])]);
    // The policy that a request began with is that of its slice.
    assert_eq!(
        lines(&at_once(&responder, &get)),
        ["1.3.6.1.4.1.99.2.0 = done", "1.3.6.1.4.1.99.3.0 = changed"]
    );
    let response = at_once(&responder, &get);
    assert_eq!(response.error_status, ErrorStatus::AUTHORIZATION_ERROR);
}

#[test]
fn a_policy_may_panic_without_leaving_the_responder_unusable() {
    struct Panics(Cell<bool>);

    impl AccessControl for Panics {
        fn is_access_allowed(&self, _: &AccessRequest<'_>, _: OidRef<'_>) -> AccessDecision {
            assert!(!self.0.replace(false), "a policy that fails once");
            AccessDecision::Allowed
        }
    }

    let mut tree = MibTree::new();
    tree.register(name(&[1]), Scalar::constant(1))
        .expect("free");
    let responder = CommandResponder::new(tree, Panics(Cell::new(true)));
    let mut served = Served::new(responder);
    let get = named(Get, [name(&[1, 0])]);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| served.ask(&get)));
    assert!(panic.is_err());
    assert_eq!(lines(&served.answer(&get)), ["1.3.6.1.4.1.99.1.0 = 1"]);
}

/// A policy that fails while a request goes on takes that request with it, and nothing else.
#[test]
fn a_request_whose_policy_panics_leaves_its_place() {
    #[derive(Clone, Default)]
    struct Panics(Rc<Cell<bool>>);

    impl AccessControl for Panics {
        fn is_access_allowed(&self, _: &AccessRequest<'_>, _: OidRef<'_>) -> AccessDecision {
            assert!(!self.0.get(), "a policy that fails");
            AccessDecision::Allowed
        }
    }

    let (policy, first) = (Panics::default(), Later::default());
    let mut responder = CommandResponder::new(MibTree::new(), policy.clone());
    register(&mut responder, name(&[1]), first.clone());
    register(&mut responder, name(&[2]), Scalar::constant(2));
    let mut served = Served::new(responder);
    let state = served.waits(&named(GetNext, [oid!(1.3), name(&[2])]));
    let missing = Completion::Value(Err(ReadError::NoSuchInstance));
    assert!(served.responder.complete(first.take()[0], missing));
    policy.0.set(true);
    let run = std::panic::AssertUnwindSafe(|| served.responder.run_waiting(served.now()));
    assert!(std::panic::catch_unwind(run).is_err());
    policy.0.set(false);
    let finished = served.finished();
    assert_eq!((finished.len(), finished[0].state), (1, state));
    assert!(finished[0].answer.is_err());
    assert_eq!(served.responder.waiting(), 0);
    let get = named(Get, [name(&[2, 0])]);
    assert_eq!(lines(&served.answer(&get)), ["1.3.6.1.4.1.99.2.0 = 2"]);
}

#[test]
fn a_context_that_is_not_available_has_a_reason_of_its_own() {
    let (mut served, ..) = served();
    let get = named(Get, [name(&[2, 0])]);
    assert!(served.responder.contexts().set_available(b"", false));
    assert!(!served.responder.contexts().is_available(b""));
    assert!(!served.responder.contexts().set_available(b"fridge", false));
    let started = served.ask(&get);
    assert!(
        matches!(started, Started::Unanswered(Unanswered::UnavailableContext)),
        "{started:?}"
    );
    assert!(served.responder.contexts().set_available(b"", true));
    assert_eq!(
        lines(&served.answer(&get)),
        ["1.3.6.1.4.1.99.2.0 = at once"]
    );
}

#[test]
fn what_is_abandoned_is_finished_without_an_answer() {
    let (mut served, first, _) = served();
    let state = served.waits(&named(Get, [name(&[1, 0])]));
    served.responder.abandon(served.now());
    let finished = served.finished();
    assert_eq!(finished.len(), 1);
    assert_eq!(finished[0].state, state);
    assert!(finished[0].answer.is_err());
    assert!(!served.responder.complete(first.take()[0], value(1)));
    assert_eq!(served.due_in(), None);
    served.engine().discard(state);
}

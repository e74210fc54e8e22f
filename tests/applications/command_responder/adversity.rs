//! Who asks, objects and policies that do what they should not, or at the worst moment.

use std::rc::Weak;

use deferred_snmp::applications::Started;
use deferred_snmp::objects::{Advance, Answer, Completion, ReadError, Ticket};

use super::served::Served;
use super::*;

const BASE: ObjectIdentifier = oid!(1.3.6.1.4.1.99);

fn name(arcs: &[u32]) -> ObjectIdentifier {
    BASE.extend(arcs.iter().copied()).expect("short")
}

/// Fails whenever it is told to.
#[derive(Clone, Default)]
struct Panics(Rc<Cell<bool>>);

impl AccessControl for Panics {
    fn is_access_allowed(&self, _: &AccessRequest<'_>, name: OidRef<'_>) -> AccessDecision {
        let is_last = name.starts_with(&self::name(&[9]));
        assert!(!(self.0.get() && is_last), "a policy that fails");
        AccessDecision::Allowed
    }
}

/// An object with so many instances, each of which comes under a ticket. The test answers, or the object does before it returns.
#[derive(Clone, Default)]
struct Ticketed {
    len: u32,
    tickets: Rc<RefCell<Vec<Ticket>>>,
    calls: Rc<Cell<u32>>,
    itself: Rc<RefCell<Weak<CommandResponder>>>,
    answer: Option<Result<Value, ReadError>>,
}

impl Ticketed {
    fn take(&self) -> Vec<Ticket> {
        self.tickets.take()
    }
}

impl ManagedObject for Ticketed {
    fn get(&mut self, asker: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        self.calls.set(self.calls.get() + 1);
        let ticket = asker.ticket();
        match (self.itself.borrow().upgrade(), self.answer.clone()) {
            (Some(responder), Some(answer)) => {
                assert!(responder.complete(ticket, Completion::Value(answer)));
            }
            _ => self.tickets.borrow_mut().push(ticket),
        }
        Ok(Answer::Later(ticket))
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let next = instance.first().map_or(0, |it| it + 1);
        *instance = vec![next];
        (next < self.len).into()
    }
}

/// A responder that its objects can reach, and an engine that makes requests.
fn reachable(responder: CommandResponder, objects: &[&Ticketed]) -> (Served, Rc<CommandResponder>) {
    let responder = Rc::new(responder);
    for object in objects {
        *object.itself.borrow_mut() = Rc::downgrade(&responder);
    }
    let empty = CommandResponder::new(MibTree::new(), OpenAccess);
    (Served::new(empty), responder)
}

#[test]
fn what_a_panic_has_cut_off_answers_no_other_request() {
    let policy = Panics::default();
    let early = Ticketed {
        len: 1,
        answer: Some(Ok(Value::from("of another request"))),
        ..Ticketed::default()
    };
    let later = Ticketed {
        len: 1,
        ..Ticketed::default()
    };
    let mut responder = CommandResponder::new(MibTree::new(), policy.clone());
    register(&mut responder, name(&[1]), early.clone());
    register(&mut responder, name(&[2]), later.clone());
    let (mut served, responder) = reachable(responder, &[&early]);
    policy.0.set(true);
    let get = named(Get, [name(&[1, 0]), name(&[9, 0])]);
    let request = served.incoming("public", Version::V2c, &get);
    let start = std::panic::AssertUnwindSafe(|| responder.start(served.now(), request));
    assert!(std::panic::catch_unwind(start).is_err());
    let get = named(Get, [name(&[2, 0])]);
    let request = served.incoming("public", Version::V2c, &get);
    let started = responder.start(served.now(), request);
    assert!(matches!(started, Started::Waits), "{started:?}");
    let answer = Completion::Value(Ok(Value::from("its own")));
    assert!(responder.complete(later.take()[0], answer));
    responder.run_waiting(served.now());
    let finished = responder.poll_finished().expect("an answer");
    let response = finished.answer.expect("a response");
    assert_eq!(lines(&response), ["1.3.6.1.4.1.99.2.0 = its own"]);
}

#[test]
fn an_object_owes_nothing_to_a_request_that_a_panic_has_ended() {
    let policy = Panics::default();
    let later = Ticketed {
        len: 1,
        ..Ticketed::default()
    };
    let mut responder = CommandResponder::new(MibTree::new(), policy.clone());
    register(&mut responder, name(&[1]), later.clone());
    let mut served = Served::new(responder);
    policy.0.set(true);
    let names = vec![name(&[1, 0]); 40].into_iter().chain([name(&[9, 0])]);
    let get = named(Get, names);
    for _ in 0..2 {
        let ask = std::panic::AssertUnwindSafe(|| served.ask(&get));
        assert!(std::panic::catch_unwind(ask).is_err());
    }
    served.waits(&named(Get, [name(&[1, 0])]));

    // One that has waited already.
    let gap = probes::Gap::new(10_000, None);
    register(&mut served.responder, name(&[8]), gap);
    register(&mut served.responder, name(&[9]), Scalar::constant(9));
    served.responder.set_slice(64);
    later.take();
    for _ in 0..70 {
        policy.0.set(false);
        let next = named(GetNext, [name(&[1]), name(&[8])]);
        served.waits(&next);
        assert_eq!(later.take().len(), 1, "the object is asked");
        policy.0.set(true);
        let run =
            std::panic::AssertUnwindSafe(|| while served.responder.run_waiting(served.now()) {});
        assert!(std::panic::catch_unwind(run).is_err());
    }
}

#[test]
fn answers_that_come_at_once_under_a_ticket_take_steps() {
    let early = Ticketed {
        len: 300_000,
        answer: Some(Err(ReadError::NoSuchInstance)),
        ..Ticketed::default()
    };
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), early.clone());
    register(&mut responder, name(&[2]), Scalar::constant("last"));
    let (mut served, responder) = reachable(responder, &[&early]);
    let next = named(GetNext, [name(&[1])]);
    let request = served.incoming("public", Version::V2c, &next);
    let started = responder.start(served.now(), request);
    assert!(matches!(started, Started::Waits), "{started:?}");
    assert!(early.calls.get() <= 4_096, "{}", early.calls.get());
    let mut turns = 0;
    let finished = loop {
        turns += 1;
        assert!(turns < 1_000, "it goes on for ever");
        early.calls.set(0);
        responder.run_waiting(served.now());
        assert!(early.calls.get() <= 4_096, "{}", early.calls.get());
        if let Some(finished) = responder.poll_finished() {
            break finished;
        }
    };
    let response = finished.answer.expect("a response");
    assert_eq!(lines(&response), ["1.3.6.1.4.1.99.2.0 = last"]);
}

#[test]
fn a_request_that_waits_keeps_its_place_though_no_other_gets_one() {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let objects: Vec<_> = (1..=16)
        .map(|arc| {
            let object = Ticketed {
                len: 2,
                ..Ticketed::default()
            };
            register(&mut responder, name(&[arc]), object.clone());
            object
        })
        .collect();
    let mut served = Served::new(responder);
    let from = |served: &mut Served, asker: u8| {
        let address = ([192, 0, 2, asker], 40_000).into();
        served.peer = deferred_snmp::engine::Peer::udp(deferred_snmp::engine::Endpoint(0), address);
    };
    for arc in 1..=16_u8 {
        from(&mut served, arc);
        for request_id in 0..64 {
            let mut bulk = bulk(0, 2, [name(&[arc.into()])]);
            bulk.request_id = request_id;
            served.waits(&bulk);
        }
    }
    from(&mut served, 99);
    let get = named(Get, [name(&[1, 0])]);
    assert_eq!(served.answer(&get).error_status, ErrorStatus::GEN_ERR);
    let answer = |value: &str| Completion::Value(Ok(Value::from(value)));
    let first = objects[15].take();
    assert_eq!(first.len(), 64);
    assert!(served.responder.complete(first[0], answer("one")));
    assert!(served.finished().is_empty(), "it waits again");
    let second = objects[15].take();
    assert!(served.responder.complete(second[0], answer("two")));
    assert_eq!(
        lines(&served.only()),
        ["1.3.6.1.4.1.99.16.0 = one", "1.3.6.1.4.1.99.16.1 = two"]
    );
}

#[test]
fn requests_whose_answers_have_come_do_not_take_the_room_of_those_that_give_way() {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let later = Ticketed {
        len: 1,
        ..Ticketed::default()
    };
    register(&mut responder, name(&[1]), later.clone());
    let gap = probes::Gap::new(400, None);
    register(&mut responder, name(&[2]), gap);
    register(&mut responder, name(&[3]), Scalar::constant("last"));
    responder.set_slice(64);
    let mut served = Served::new(responder);
    let state = served.waits(&bulk(0, 2, [name(&[1])]));
    for request_id in 0..60 {
        let mut get = named(Get, [name(&[1, 0])]);
        get.request_id = request_id;
        served.waits(&get);
    }
    for ticket in later.take() {
        let answer = Completion::Value(Ok(Value::from("first")));
        assert!(served.responder.complete(ticket, answer));
    }
    let finished = served.finished();
    assert_eq!(finished.len(), 61);
    let mut its = finished.iter().filter(|finished| finished.state == state);
    let response = its.next().expect("an answer").answer.as_ref();
    assert_eq!(lines(response.expect("a response")).len(), 2);
    assert_eq!(served.responder.exhausted_requests(), 0);
}

#[test]
fn one_asker_may_have_so_many_bindings_waiting() {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let later = Ticketed {
        len: 1,
        ..Ticketed::default()
    };
    register(&mut responder, name(&[1]), later);
    register(&mut responder, name(&[2]), Scalar::constant(2));
    let mut served = Served::new(responder);
    let many = |request_id| {
        let names = [name(&[1, 0])]
            .into_iter()
            .chain(vec![name(&[2, 0]); 3_999]);
        let mut get = named(Get, names);
        get.request_id = request_id;
        get
    };
    for request_id in 0..4 {
        served.waits(&many(request_id));
    }
    let response = served.answer(&many(4));
    assert_eq!(response.error_status, ErrorStatus::GEN_ERR);
    served.waits(&named(Get, [name(&[1, 0])]));
    let (_, started) = served.ask_as("other", Version::V2c, &many(5));
    assert!(matches!(started, Started::Waits), "{started:?}");
}

#[test]
fn a_bulk_that_takes_too_long_in_all_ends_with_what_it_has() {
    let later = Ticketed {
        len: 10,
        ..Ticketed::default()
    };
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), later.clone());
    let mut served = Served::new(responder);
    served.waits(&bulk(0, 8, [name(&[1])]));
    let mut finished = Vec::new();
    for row in 0..3 {
        assert!(finished.is_empty(), "{row}");
        served.advance(2_000);
        let answer = Completion::Value(Ok(Value::from("slow")));
        assert!(served.responder.complete(later.take()[0], answer));
        finished = served.finished();
    }
    let response = finished.remove(0).answer.expect("a response");
    assert_eq!(lines(&response).len(), 3);
    assert_eq!(served.responder.exhausted_requests(), 1);
    later.take();
    // One that has nothing to tell goes on.
    served.waits(&named(GetNext, [name(&[1])]));
    served.advance(2_000);
    let missing = || Completion::Value(Err(ReadError::NoSuchInstance));
    assert!(served.responder.complete(later.take()[0], missing()));
    assert!(served.finished().is_empty());
    served.advance(4_000);
    assert!(served.responder.complete(later.take()[0], missing()));
    assert!(served.finished().is_empty());
}

/// An object whose next name comes later, and that is replaced by several below it meanwhile.
#[test]
fn a_search_does_not_go_back_when_its_object_is_replaced_by_others_below_it() {
    struct Unknown(Rc<Cell<Option<Ticket>>>);

    impl ManagedObject for Unknown {
        fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
            Err(ReadError::NoSuchInstance)
        }

        fn advance(&mut self, asker: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
            let ticket = asker.ticket();
            self.0.set(Some(ticket));
            Advance::Later(ticket)
        }
    }

    let ticket = Rc::new(Cell::new(None));
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), Unknown(Rc::clone(&ticket)));
    register(&mut responder, name(&[2]), Scalar::constant("last"));
    let mut served = Served::new(responder);
    served.waits(&named(GetNext, [name(&[1, 5])]));
    let context = served.responder.contexts().get(b"").expect("the default");
    assert!(context.unregister(name(&[1]).as_ref()));
    let object = Scalar::constant("before");
    context.register(name(&[1, 3]), object).expect("free");
    let ticket = ticket.take().expect("it has been asked");
    let end = Completion::Instance(Ok(None));
    assert!(served.responder.complete(ticket, end));
    assert_eq!(lines(&served.only()), ["1.3.6.1.4.1.99.2.0 = last"]);
}

#[test]
fn what_a_response_has_no_room_for_is_not_kept_behind_an_answer_that_comes_later() {
    let reads = Rc::new(Cell::new(0));
    let counted = Rc::clone(&reads);
    let large = Scalar::dynamic(move || {
        counted.set(counted.get() + 1);
        Value::from(vec![b'x'; 10_000])
    });
    let later = Ticketed {
        len: 1,
        ..Ticketed::default()
    };
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), later.clone());
    register(&mut responder, name(&[2]), large);
    let mut served = Served::new(responder);
    let names = || [name(&[1, 0])].into_iter().chain(vec![name(&[2, 0]); 500]);
    let answer = || Completion::Value(Ok(Value::from("here")));
    served.waits(&named(Get, names()));
    assert!(reads.take() <= 7);
    assert!(served.responder.complete(later.take()[0], answer()));
    assert_eq!(served.only().error_status, ErrorStatus::TOO_BIG);

    let names = [name(&[1])].into_iter().chain(vec![name(&[2]); 500]);
    served.waits(&bulk(0, 2, names));
    assert!(reads.take() <= 7);
    assert!(served.responder.complete(later.take()[0], answer()));
    let lines = lines(&served.only());
    assert_eq!(lines[0], "1.3.6.1.4.1.99.1.0 = here");
    assert_eq!(lines.len(), 7);
}

/// An object that moves all of its context to another.
struct Mover(Rc<RefCell<Weak<CommandResponder>>>);

impl ManagedObject for Mover {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        let responder = self.0.borrow().upgrade().expect("it serves");
        let tree = responder.contexts().remove(b"").expect("the default");
        responder.contexts().insert("other", tree);
        Ok(Value::from("moved").into())
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }
}

#[test]
fn an_object_that_moves_its_own_context_leaves_no_hole_there() {
    let itself = Rc::new(RefCell::new(Weak::new()));
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), Mover(Rc::clone(&itself)));
    register(&mut responder, name(&[2]), Scalar::constant("beside"));
    let responder = Rc::new(responder);
    *itself.borrow_mut() = Rc::downgrade(&responder);
    let get = named(Get, [name(&[1, 0])]);
    assert_eq!(lines(&v2(&responder, &get)), ["1.3.6.1.4.1.99.1.0 = moved"]);
    let moved = responder.contexts().get(b"other").expect("it is there");
    assert_eq!(moved.names(), [name(&[2])]);
    moved
        .register(name(&[1]), Scalar::constant("new"))
        .expect("free");
}

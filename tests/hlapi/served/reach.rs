//! Objects, contexts and access that change while they are served, from inside their own code too.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::access::{OpenAccess, SubtreeAccess, Views};
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::deferred::Deferred;
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Column, Completion, ManagedObject, MibTree, ReadError, Scalar, Table,
    Ticket,
};

use super::{Journal, OBJECTS, Rig, after, at, name, object, told};

#[test]
fn an_object_registers_others_and_takes_itself_out_while_it_runs() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    struct Dropped(Journal);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.note("dropped");
        }
    }
    let (responder, dropped) = (rig.responder.clone(), Dropped(journal.clone()));
    let noting = journal.clone();
    let restless = Scalar::dynamic(move || {
        let _ = &dropped;
        assert!(responder.unregister(object(2).as_ref()), "itself");
        assert!(!responder.unregister(object(2).as_ref()), "it has gone");
        let successor = Scalar::constant("the successor");
        responder.register(object(2), successor).expect("free now");
        responder
            .register(object(0), Scalar::constant("before all"))
            .expect("free");
        let overlaps = responder.register(object(1), Scalar::constant("in its place"));
        assert!(overlaps.is_err());
        noting.note("returns");
        "once"
    });
    rig.register(2, restless);
    assert_eq!(
        rig.get(&[1, 2, 2, 1]),
        at("at once, once, the successor, at once", 0)
    );
    assert_eq!(journal.take(), ["returns", "dropped"]);
    assert_eq!(rig.get(&[0, 2]), at("before all, the successor", 0));
}

#[test]
fn an_object_reaches_into_another_and_not_into_itself() {
    let mut rig = Rig::new();
    let rows = Table::new([Column::new(1)]);
    rig.responder.register(object(3), rows).expect("free");
    let responder = rig.responder.clone();
    rig.register(
        2,
        Scalar::dynamic(move || {
            let itself = responder.with(object(2).as_ref(), |_: &mut Scalar| ());
            assert!(itself.is_none(), "its code runs");
            let added = responder.with(object(3).as_ref(), |table: &mut Table| {
                let next = table.len() as u32 + 1;
                table.insert(&[next], [(1, format!("row {next}"))]);
                table.len() as i32
            });
            added.expect("a table")
        }),
    );
    assert_eq!(rig.get(&[2, 2]), at("1, 2", 0));
    let cell = |row: u32| format!("{}.1.{row}", object(3));
    let get = told(rig.manager.get([cell(1), cell(2)]));
    assert_eq!(rig.wait(get), at("row 1, row 2", 0));
    let wrong = rig.responder.with(object(3).as_ref(), |_: &mut Scalar| ());
    assert!(wrong.is_none(), "it is a table");
}

#[test]
fn a_responder_may_be_closed_by_its_own_object() {
    let mut rig = Rig::new();
    let responder = rig.responder.clone();
    rig.register(2, Scalar::dynamic(move || i32::from(responder.close())));
    assert_eq!(
        rig.get(&[2, 1]),
        at("1, at once", 0),
        "it ends what it has begun"
    );
    assert!(
        rig.responder
            .contexts()
            .get(b"")
            .is_some_and(|it| it.names().is_empty())
    );
    let next = CommandResponder::new(MibTree::new(), OpenAccess);
    rig.agent
        .register_responder(next)
        .expect("the place is free");
}

/// Four rows of which each is found out in 100 ms; more come and go meanwhile.
#[test]
fn a_bulk_walk_goes_on_by_names_while_objects_come_and_go() {
    let mut rig = Rig::new();
    for number in [10, 20, 30, 40] {
        rig.later(number, 100, number as i32);
    }
    let walk = rig.manager.bulk(0, 6, [OBJECTS]);
    let walk = told(walk);
    let (responder, reactor) = (rig.responder.clone(), rig.reactor());
    // While 20 is waited for: itself goes, what follows it too, and others come on both sides.
    reactor.call_later(super::millis(150), move || {
        for number in [1, 20, 30] {
            assert!(responder.unregister(object(number).as_ref()));
        }
        for (number, text) in [(5, "too early"), (25, "new"), (50, "last")] {
            responder
                .register(object(number), Scalar::constant(text))
                .expect("free");
        }
    });
    let (texts, _) = rig.wait(walk);
    let texts: Vec<_> = texts.split(", ").take(6).collect();
    assert_eq!(texts[..3], ["at once", "10", "20"]);
    assert_eq!(texts[3..5], ["new", "40"]);
    assert_eq!(texts[5], "last");
}

#[test]
fn access_changes_for_the_next_request_and_from_inside() {
    let mut rig = Rig::new();
    let responder = rig.responder.clone();
    rig.register(
        2,
        Scalar::dynamic(move || {
            let mut access = SubtreeAccess::new();
            access.set("somebody", Views::new().read(object(1)));
            responder.set_access(access);
            "the last time"
        }),
    );
    assert_eq!(rig.get(&[2, 1]), at("the last time, at once", 0));
    let hidden = "No Such Object currently exists at this OID, at once";
    assert_eq!(rig.get(&[2, 1]), at(hidden, 0));
    rig.responder.set_access(SubtreeAccess::new());
    assert_eq!(rig.get(&[1]), at("authorizationError 0", 0));
}

#[test]
fn contexts_come_and_go_and_are_available_or_not() {
    let mut rig = Rig::new();
    let mut tree = MibTree::new();
    tree.register(object(1), Scalar::constant("a fridge"))
        .expect("an empty tree");
    rig.responder.contexts().insert("fridge", tree);
    let user = UsmUserData::new("plain");
    let fridge = ContextData::default().name("fridge");
    let engine = rig.simulation.engine([198, 51, 100, 7]);
    let target = rig.target.clone().timeout(super::millis(500));
    let asked = move |number| {
        let get = get_cmd(&engine, &user, &target, &fridge, [name(number)]);
        get.map(|response| response.iter().map(|it| it.text()).collect::<String>())
    };
    let get = |rig: &mut Rig, number| rig.simulation.block_on(asked(number));
    assert_eq!(get(&mut rig, 1).expect("an answer"), "a fridge");
    let card = rig.responder.context("fridge").expect("there");
    card.register(object(2), Scalar::constant("its door"))
        .expect("free");
    assert_eq!(get(&mut rig, 2).expect("an answer"), "its door");

    assert!(rig.responder.contexts().set_available(b"fridge", false));
    let error = get(&mut rig, 1).expect_err("a report");
    let unavailable = ErrorIndication::UnavailableContext;
    assert!(
        matches!(&error, SnmpError::Indication(it) if *it == unavailable),
        "{error:?}"
    );
    assert_eq!(rig.agent.statistics().unavailable_contexts, 1);
    assert!(rig.responder.contexts().set_available(b"fridge", true));
    assert_eq!(get(&mut rig, 1).expect("an answer"), "a fridge");
    rig.responder.contexts().remove(b"fridge");
    let error = get(&mut rig, 1).expect_err("a report");
    let unknown = ErrorIndication::UnknownContext;
    assert!(
        matches!(&error, SnmpError::Indication(it) if *it == unknown),
        "{error:?}"
    );
    assert_eq!(rig.agent.statistics().unknown_contexts, 1);
    assert!(!rig.responder.contexts().set_available(b"fridge", true));
}

/// Gives tickets away.
struct ByTicket(Rc<RefCell<Vec<Ticket>>>);

impl ManagedObject for ByTicket {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        if instance != [0] {
            return Err(ReadError::NoSuchInstance);
        }
        let ticket = asker.ticket();
        self.0.borrow_mut().push(ticket);
        Ok(Answer::Later(ticket))
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }
}

#[test]
fn a_ticket_is_redeemed_by_the_handle_once() {
    let mut rig = Rig::new();
    let tickets = Rc::new(RefCell::new(Vec::new()));
    let object = ByTicket(Rc::clone(&tickets));
    rig.responder
        .register(super::object(2), object)
        .expect("free");
    let waits = rig.ask(&[2, 2]);
    rig.run(10);
    let [first, second] = tickets.take()[..] else {
        panic!("two tickets");
    };
    let value = |value: i32| Completion::Value(Ok(value.into()));
    assert!(rig.responder.complete(second, value(2)));
    assert!(rig.responder.complete(first, value(1)));
    assert!(!rig.responder.complete(first, value(3)));
    assert_eq!(rig.wait(waits), at("1, 2", 0));
    assert!(!rig.responder.complete(second, value(3)));
}

/// So many names without a variable.
pub(super) struct Phantoms(pub(super) u32);

impl ManagedObject for Phantoms {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let next = instance.first().map_or(1, |it| it + 1);
        *instance = vec![next];
        Advance::from(next <= self.0)
    }
}

#[test]
fn long_searches_give_way_to_others_and_to_one_another() {
    let mut rig = Rig::new();
    rig.responder
        .register(object(2), Phantoms(100_000))
        .expect("free");
    rig.register(3, Scalar::constant("behind"));
    rig.later(4, 0, 4);
    let mut tree = MibTree::new();
    tree.register(object(2), Phantoms(100_000)).expect("free");
    tree.register(object(3), Scalar::constant("behind as well"))
        .expect("free");
    let mut other = CommandResponder::new(MibTree::new(), OpenAccess);
    other.contexts_mut().insert("other", tree);
    let scope = ContextScope::this_engine().named("other");
    rig.agent
        .register_responder_within(scope, other)
        .expect("free");
    rig.agent.set_community_rule(|community| {
        let entry = CommunityEntry::new("somebody").context_name("other");
        (community == b"other").then_some(entry)
    });
    let journal = Journal::default();
    let note = |what: &'static str, asked: Deferred<String>| {
        let journal = journal.clone();
        asked.map(move |text| journal.note(format!("{what}: {text}")))
    };
    let engine = rig.simulation.engine([198, 51, 100, 3]);
    let elsewhere = engine.remote(&CommunityData::new("other"), &rig.target);
    let behind = || [name(1)];
    let searches = [
        note("long", told(rig.manager.next(behind()))),
        note("other", told(elsewhere.next([object(2).to_string()]))),
        note("quick", rig.ask(&[1])),
        note("later", rig.ask(&[4])),
    ];
    for search in searches {
        rig.simulation.block_on(search).expect("an answer");
    }
    let noted = journal.take();
    assert_eq!(noted[..2], ["quick: at once", "later: 4"]);
    assert!(noted.contains(&"long: behind".to_owned()), "{noted:?}");
    assert!(
        noted.contains(&"other: behind as well".to_owned()),
        "{noted:?}"
    );
}

#[test]
fn an_object_that_never_answers_does_not_take_the_room_of_others() {
    let mut rig = Rig::new();
    let asked_for = Rc::new(Cell::new(0));
    let (counting, reactor) = (Rc::clone(&asked_for), rig.reactor());
    rig.register(
        2,
        Scalar::later(move |_| {
            counting.set(counting.get() + 1);
            after(&reactor, 60_000, 2)
        }),
    );
    rig.later(3, 10, 3);
    // Of one asker no more than 64 wait.
    let many: Vec<_> = (0..80).map(|_| rig.ask(&[2])).collect();
    rig.run(100);
    assert_eq!(rig.responder.responder().waiting(), 64);
    let failed = many.iter().filter(|it| it.is_fired()).count();
    assert_eq!(failed, 16);
    assert!(asked_for.get() <= 80);
    assert_eq!(rig.get(&[1]), at("at once", 0));
    let engine = rig.simulation.engine([198, 51, 100, 4]);
    let another = engine.remote(&CommunityData::new("public"), &rig.target);
    let get = told(another.get([name(3)]));
    assert_eq!(rig.wait(get), at("3", 10));
    rig.run(5_000);
    assert_eq!(rig.responder.responder().waiting(), 0);
    assert!(many.iter().all(Deferred::is_fired));
}

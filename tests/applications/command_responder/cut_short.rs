//! SETs that are cut short, in each of their phases, and those who would keep others from theirs.

use std::rc::Weak;

use deferred_snmp::applications::Started;
use deferred_snmp::objects::{
    Advance, Answer, Assignments, Completion, ReadError, Refused, SetPhase, Ticket,
};

use super::lazy::{Lazy, Pace};
use super::served::Served;
use super::*;

const BASE: ObjectIdentifier = oid!(1.3.6.1.4.1.99);

fn name(arcs: &[u32]) -> ObjectIdentifier {
    BASE.extend(arcs.iter().copied()).expect("short")
}

/// A scalar that is written at once, and notes its phases; reads come later.
#[derive(Clone, Default)]
struct Written {
    calls: Rc<RefCell<String>>,
    tickets: Rc<RefCell<Vec<Ticket>>>,
    /// Phases that end later.
    later: &'static str,
    letter: char,
    fails: bool,
}

impl Written {
    fn new(letter: char, later: &'static str, calls: &Rc<RefCell<String>>) -> Self {
        Self {
            letter,
            later,
            calls: Rc::clone(calls),
            ..Self::default()
        }
    }

    fn phase(&self, asker: &Asker<'_>, phase: char) -> Result<SetPhase, Refused> {
        *self.calls.borrow_mut() += &format!("{phase}{} ", self.letter);
        if self.later.contains(phase) {
            let ticket = asker.ticket();
            self.tickets.borrow_mut().push(ticket);
            return Ok(SetPhase::Later(ticket));
        }
        Ok(SetPhase::Done)
    }
}

impl ManagedObject for Written {
    fn get(&mut self, asker: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Answer::Later(asker.ticket()))
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn reserve(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.phase(asker, 'r')
    }

    fn commit(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        let phase = self.phase(asker, 'c');
        match self.fails {
            true => Err(SetError::GenErr.into()),
            false => phase,
        }
    }

    fn undo(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.phase(asker, 'u')
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        *self.calls.borrow_mut() += &format!("x{} ", self.letter);
    }
}

fn two(first: Written, second: Written) -> Served {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), first);
    register(&mut responder, name(&[2]), second);
    Served::new(responder)
}

fn set_both(request_id: i32) -> Pdu {
    let mut set = request(Set, [1, 2].map(|arc| (name(&[arc, 0]), 1)));
    set.request_id = request_id;
    set
}

#[test]
fn who_reads_an_object_does_not_keep_a_set_from_its_end() {
    let calls = Rc::default();
    let (first, second) = (
        Written::new('A', "", &calls),
        Written::new('B', "c", &calls),
    );
    let tickets = Rc::clone(&second.tickets);
    let mut served = two(first, second);
    served.waits(&set_both(1));
    assert_eq!(calls.take(), "rA rB cA cB ");
    // All that an object may owe.
    served.waits(&named(Get, vec![name(&[1, 0]); 64]));
    let ticket = tickets.borrow_mut().pop().expect("a phase is under way");
    let failed = Completion::SetPhase(Err(SetError::GenErr.into()));
    assert!(served.responder.complete(ticket, failed));
    assert_refused(&set_both(1), &served.only(), ErrorStatus::COMMIT_FAILED, 2);
    assert_eq!(calls.take(), "uA xA xB ");
}

#[test]
fn a_commit_that_has_come_is_taken_back_as_well_when_its_set_is_abandoned() {
    let calls = Rc::default();
    let (first, second) = (
        Written::new('A', "", &calls),
        Written::new('B', "c", &calls),
    );
    let tickets = Rc::clone(&second.tickets);
    let mut served = two(first, second);
    served.waits(&set_both(1));
    let ticket = tickets.borrow_mut().pop().expect("a phase is under way");
    assert!(
        served
            .responder
            .complete(ticket, Completion::SetPhase(Ok(())))
    );
    served.responder.abandon(served.now());
    assert_eq!(calls.take(), "rA rB cA cB uB uA xA xB ");
}

#[test]
fn what_is_being_undone_is_not_undone_again_when_its_set_is_abandoned() {
    for has_come in [false, true] {
        let calls = Rc::default();
        let first = Written::new('A', "u", &calls);
        let tickets = Rc::clone(&first.tickets);
        let mut second = Written::new('B', "", &calls);
        second.fails = true;
        let mut served = two(first, second);
        served.waits(&set_both(1));
        assert_eq!(calls.take(), "rA rB cA cB uA ");
        if has_come {
            let ticket = tickets.borrow_mut().pop().expect("a phase is under way");
            assert!(
                served
                    .responder
                    .complete(ticket, Completion::SetPhase(Ok(())))
            );
        }
        served.responder.abandon(served.now());
        assert_eq!(calls.take(), "xA xB ");
    }
}

#[test]
fn one_asker_leaves_room_for_the_sets_of_others() {
    let calls = Rc::default();
    let (first, second) = (
        Written::new('A', "c", &calls),
        Written::new('B', "", &calls),
    );
    let mut served = two(first, second);
    let (_, started) = served.ask_as("other", Version::V2c, &set_both(0));
    assert!(matches!(started, Started::Waits));
    let mut waiting = 0;
    for request_id in 1..=64 {
        match served.ask(&set_both(request_id)) {
            Started::Waits => waiting += 1,
            Started::Answered(response) => {
                let status = ErrorStatus::RESOURCE_UNAVAILABLE;
                assert_refused(&set_both(request_id), &response, status, 0);
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(waiting, 16);
    let (_, started) = served.ask_as("other", Version::V2c, &set_both(65));
    assert!(matches!(started, Started::Waits), "{started:?}");
}

#[test]
fn who_may_not_write_does_not_have_outcomes_forgotten() {
    let calls = Rc::new(Cell::new(0));
    let counted = Rc::clone(&calls);
    let scalar = Scalar::variable(0).writable(move |_| {
        counted.set(counted.get() + 1);
        Ok(())
    });
    let mut access = SubtreeAccess::new();
    access.set("other", Views::new().read(BASE).write(BASE));
    access.set("public", Views::new().read(BASE));
    let mut responder = CommandResponder::new(MibTree::new(), access);
    register(&mut responder, name(&[1]), scalar);
    let mut served = Served::new(responder);
    let set = request(Set, [(name(&[1, 0]), 1)]);
    served.ask_as("other", Version::V2c, &set);
    for request_id in 0..100 {
        let mut set = set.clone();
        set.request_id = 1_000 + request_id;
        let response = served.answer(&set);
        assert!(response.error_status.is_error());
    }
    served.ask_as("other", Version::V2c, &set);
    assert_eq!(calls.get(), 1, "its response was lost");
}

#[test]
fn a_set_whose_response_is_too_big_is_so_when_it_comes_again() {
    let calls = Rc::default();
    let (first, second) = (Written::new('A', "", &calls), Written::new('B', "", &calls));
    let mut served = two(first, second);
    for _ in 0..2 {
        let mut request = served.incoming("public", Version::V2c, &set_both(1));
        request.room = 20;
        let Started::Answered(response) = served.responder.start(served.now(), request) else {
            panic!("it is answered");
        };
        assert_eq!(response.error_status, ErrorStatus::TOO_BIG);
        assert!(response.var_binds.is_empty());
    }
}

/// Calls its responder in each phase.
struct Meddler(Rc<RefCell<Weak<CommandResponder>>>);

impl ManagedObject for Meddler {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn commit(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        let responder = self.0.borrow().upgrade().expect("it serves");
        assert!(responder.poll_finished().is_none());
        assert!(!responder.complete(asker.ticket(), Completion::SetPhase(Ok(()))));
        Ok(SetPhase::Done)
    }
}

#[test]
fn nothing_is_borrowed_while_a_set_is_made_at_once() {
    let place = Rc::new(RefCell::new(Weak::new()));
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), Meddler(Rc::clone(&place)));
    let responder = Rc::new(responder);
    *place.borrow_mut() = Rc::downgrade(&responder);
    let set = request(Set, [(name(&[1, 0]), 1)]);
    let response = v2(&responder, &set);
    assert_refused(&set, &response, ErrorStatus::NO_ERROR, 0);
}

/// Removes itself when it commits, and panics when it is dropped.
struct Bomb {
    itself: Rc<RefCell<Weak<CommandResponder>>>,
}

impl Drop for Bomb {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            panic!("an object that does not want to go");
        }
    }
}

impl ManagedObject for Bomb {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Err(ReadError::NoSuchInstance)
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn commit(&mut self, _: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        let responder = self.itself.borrow().upgrade().expect("it serves");
        let context = responder.contexts().get(b"").expect("the default");
        assert!(context.unregister(name(&[1]).as_ref()));
        Ok(SetPhase::Done)
    }
}

#[test]
fn an_object_that_panics_as_it_goes_does_not_take_a_set_with_it() {
    let itself = Rc::new(RefCell::new(Weak::new()));
    let calls = Rc::default();
    let bomb = Bomb {
        itself: Rc::clone(&itself),
    };
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), bomb);
    register(&mut responder, name(&[2]), Written::new('B', "", &calls));
    let responder = Rc::new(responder);
    *itself.borrow_mut() = Rc::downgrade(&responder);
    let set = set_both(1);
    assert_refused(&set, &v2(&responder, &set), ErrorStatus::NO_ERROR, 0);
    assert_eq!(calls.take(), "rB cB xB ");
}

#[test]
fn a_table_that_changes_contexts_in_the_middle_of_a_set_takes_back_nothing_of_that_later() {
    let calls = Rc::default();
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let mut table = Table::new([Column::new(1).writable()]);
    table.insert(&[1], [(1, 0)]);
    table.insert(&[2], [(1, 0)]);
    register(&mut responder, name(&[1]), table);
    let slow = Written::new('B', "c", &calls);
    let tickets = Rc::clone(&slow.tickets);
    register(&mut responder, name(&[2]), slow);
    let mut served = Served::new(responder);
    let set = |row, value| request(Set, [(name(&[1, 1, row]), value), (name(&[2, 0]), 1)]);
    let end = |served: &Served, outcome| {
        let ticket = tickets.borrow_mut().pop().expect("a phase is under way");
        let done = Completion::SetPhase(outcome);
        assert!(served.responder.complete(ticket, done));
    };
    served.waits(&set(1, 5));
    let tree = served.responder.contexts().remove(b"").expect("there");
    end(&served, Ok(()));
    served.only();
    served.responder.contexts().insert("", tree);
    let failing = set(2, 6);
    served.waits(&failing);
    end(&served, Err(SetError::GenErr.into()));
    assert_refused(&failing, &served.only(), ErrorStatus::COMMIT_FAILED, 2);
    for (row, expected) in [(1, 5), (2, 0)] {
        let variable = name(&[1, 1, row]);
        let found = value(&mut served.responder, &variable);
        assert_eq!(found, Value::from(expected), "{variable}");
    }
}

/// SETs and reads of several askers at any pace, with retransmissions among them.
#[test]
fn at_any_pace_each_request_is_answered_once_and_sets_do_not_mix() {
    let mut random = deferred_snmp::testing::Random::new(7);
    for seed in 0..150 {
        let pace = Pace::new(seed);
        pace.at_once.set(1 + seed % 4);
        let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
        for arc in 1..=3 {
            let object: Box<dyn ManagedObject> = match arc {
                1 => {
                    let mut table = Table::new([Column::new(0).writable()]);
                    table.insert(&[], [(0, 0)]);
                    Box::new(table)
                }
                _ => Box::new(Scalar::variable(0).writable(|value| match value.as_i64() {
                    Some(13) => Err(SetError::GenErr),
                    _ => Ok(()),
                })),
            };
            let pace = Some(Rc::clone(&pace));
            register(&mut responder, name(&[arc]), Lazy { object, pace });
        }
        let mut served = Served::new(responder);
        let mut open = std::collections::HashMap::new();
        let mut state_of_all = 0;
        for request_id in 0..40 {
            let value = if random.below(5) == 0 {
                13
            } else {
                request_id + 100
            };
            let mut pdu = match random.below(2) {
                // Each gives all of them one value.
                0 => request(Set, [1, 2, 3].map(|arc| (name(&[arc, 0]), value))),
                _ => named(Get, [1, 2, 3].map(|arc| name(&[arc, 0]))),
            };
            pdu.request_id = request_id;
            let asker = ["public", "other"][random.below(2) as usize];
            let mut judge = |value: Option<i32>, response: &Pdu| match value {
                Some(value) if response.error_status == ErrorStatus::NO_ERROR => {
                    state_of_all = value;
                }
                Some(13) => assert_eq!(response.error_status, ErrorStatus::COMMIT_FAILED),
                Some(_) | None => {}
            };
            let value = (pdu.kind == Set).then_some(value);
            let (state, started) = served.ask_as(asker, Version::V2c, &pdu);
            match started {
                Started::Answered(response) => judge(value, &response),
                Started::Waits => {
                    assert!(open.insert(state, value).is_none());
                    if random.below(4) == 0 {
                        let (latest, started) = served.ask_as(asker, Version::V2c, &pdu);
                        assert!(matches!(started, Started::Repeats(former) if former == state));
                        let value = open.remove(&state).expect("it waits");
                        open.insert(latest, value);
                    }
                }
                other => panic!("{other:?}"),
            }
            for _ in 0..random.below(6) {
                pace.keep_one(&served.responder);
                served.responder.run_waiting(served.now());
            }
            while let Some(finished) = served.responder.poll_finished() {
                let value = open.remove(&finished.state).expect("it is answered once");
                judge(value, &finished.answer.expect("a response"));
            }
        }
        while served.responder.waiting() > 0 {
            assert!(
                pace.keep_one(&served.responder),
                "{seed}: it waits for nothing"
            );
            served.responder.run_waiting(served.now());
            while let Some(finished) = served.responder.poll_finished() {
                let value = open.remove(&finished.state).expect("it is answered once");
                if let (Some(value), Ok(response)) = (value, finished.answer)
                    && response.error_status == ErrorStatus::NO_ERROR
                {
                    state_of_all = value;
                }
            }
        }
        assert!(open.is_empty(), "{seed}: {open:?}");
        let tree = served.responder.contexts_mut().get_mut(b"");
        let tree = tree.expect("the default");
        for arc in 1..=3 {
            let found = tree.get(name(&[arc, 0]).as_ref()).expect("a value");
            assert_eq!(found.as_ref(), ValueRef::Integer(state_of_all), "{seed}");
        }
    }
}

//! SETs that wait: for their objects, for their turn, and for a lost response.

use deferred_snmp::applications::Started;
use deferred_snmp::objects::{
    Advance, Answer, Assignments, Completion, ReadError, Refused, SetPhase, Ticket,
};

use super::lazy::{Lazy, Pace};
use super::served::Served;
use super::*;

/// What objects were asked, and the tickets that they gave.
#[derive(Clone, Default)]
pub(super) struct Log {
    calls: Rc<RefCell<Vec<String>>>,
    tickets: Rc<RefCell<Vec<Ticket>>>,
}

impl Log {
    pub(super) fn take(&self) -> String {
        self.calls.take().join(" ")
    }

    /// Has the latest phase end like this.
    pub(super) fn end(&self, served: &Served, outcome: Result<(), Refused>) -> bool {
        let ticket = self
            .tickets
            .borrow_mut()
            .pop()
            .expect("a phase is under way");
        served
            .responder
            .complete(ticket, Completion::SetPhase(outcome))
    }
}

/// An object whose phases end later if their letter is in `later`: r, c, u.
pub(super) struct Slow {
    pub(super) name: &'static str,
    pub(super) later: &'static str,
    pub(super) log: Log,
}

impl Slow {
    fn phase(&self, asker: &Asker<'_>, phase: &str) -> Result<SetPhase, Refused> {
        self.log
            .calls
            .borrow_mut()
            .push(format!("{phase}{}", self.name));
        if !self.later.contains(phase) {
            return Ok(SetPhase::Done);
        }
        let ticket = asker.ticket();
        self.log.tickets.borrow_mut().push(ticket);
        Ok(SetPhase::Later(ticket))
    }
}

impl ManagedObject for Slow {
    fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
        Ok(Value::from(0).into())
    }

    fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
        Advance::End
    }

    fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
        Ok(())
    }

    fn reserve(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.phase(asker, "r")
    }

    fn commit(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.phase(asker, "c")
    }

    fn undo(&mut self, asker: &Asker<'_>, _: Assignments<'_>) -> Result<SetPhase, Refused> {
        self.phase(asker, "u")
    }

    fn cleanup(&mut self, _: Assignments<'_>) {
        self.log.calls.borrow_mut().push(format!("x{}", self.name));
    }
}

fn name(arcs: &[u32]) -> ObjectIdentifier {
    oid!(1.3.6.1.4.1.99)
        .extend(arcs.iter().copied())
        .expect("short")
}

/// Objects A at 1, B at 2 and C at 3, whose phases come later as told.
fn served(later: [&'static str; 3]) -> (Served, Log) {
    let log = Log::default();
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    for (arc, (object, later)) in (1..).zip(["A", "B", "C"].into_iter().zip(later)) {
        let log = log.clone();
        register(
            &mut responder,
            name(&[arc]),
            Slow {
                name: object,
                later,
                log,
            },
        );
    }
    (Served::new(responder), log)
}

fn set_all(request_id: i32) -> Pdu {
    let mut pdu = request(Set, [1, 2, 3].map(|arc| (name(&[arc, 0]), 1)));
    pdu.request_id = request_id;
    pdu
}

fn refused(error: SetError) -> Result<(), Refused> {
    Err(error.into())
}

#[test]
fn each_phase_waits_for_those_before_it() {
    let (mut served, log) = served(["", "rc", ""]);
    let set = set_all(1);
    served.waits(&set);
    assert_eq!(log.take(), "rA rB");
    assert!(log.end(&served, Ok(())));
    assert!(served.finished().is_empty());
    assert_eq!(log.take(), "rC cA cB");
    assert!(log.end(&served, Ok(())));
    assert_refused(&set, &served.only(), ErrorStatus::NO_ERROR, 0);
    assert_eq!(log.take(), "cC xA xB xC");
}

#[test]
fn a_phase_that_fails_later_fails_as_one_that_fails_at_once() {
    let (mut served, log) = served(["", "r", ""]);
    let set = set_all(1);
    served.waits(&set);
    log.end(&served, refused(SetError::InconsistentValue));
    assert_refused(&set, &served.only(), ErrorStatus::INCONSISTENT_VALUE, 2);
    assert_eq!(log.take(), "rA rB xA");

    let (mut served, log) = self::served(["u", "", "c"]);
    served.waits(&set);
    log.end(&served, refused(SetError::InconsistentValue));
    assert!(served.finished().is_empty());
    log.end(&served, Ok(()));
    assert_refused(&set, &served.only(), ErrorStatus::COMMIT_FAILED, 3);
    assert_eq!(log.take(), "rA rB rC cA cB cC uB uA xA xB xC");

    let (mut served, log) = self::served(["u", "u", "c"]);
    served.waits(&set);
    log.end(&served, refused(SetError::GenErr));
    served.finished();
    log.end(&served, refused(SetError::GenErr));
    assert!(
        served.finished().is_empty(),
        "the other is undone all the same"
    );
    log.end(&served, Ok(()));
    assert_refused(&set, &served.only(), ErrorStatus::UNDO_FAILED, 0);
    assert_eq!(log.take(), "rA rB rC cA cB cC uB uA xA xB xC");
}

#[test]
fn a_phase_that_does_not_end_is_over_after_ten_seconds() {
    for (later, status, index, calls) in [
        // Whether it has reserved nobody knows: it is cleaned up as well.
        (["", "r", ""], ErrorStatus::GEN_ERR, 2, "rA rB xA xB"),
        (
            ["", "c", ""],
            ErrorStatus::COMMIT_FAILED,
            2,
            "rA rB rC cA cB uA xA xB xC",
        ),
    ] {
        let (mut served, log) = served(later);
        let set = set_all(1);
        served.waits(&set);
        assert_eq!(served.due_in(), Some(10_000));
        served.advance(9_999);
        assert!(served.finished().is_empty());
        served.advance(1);
        assert_refused(&set, &served.only(), status, index);
        assert_eq!(log.take(), calls);
        assert!(!log.end(&served, Ok(())), "it is too late");
        assert_eq!(log.take(), "");
    }
    let (mut served, log) = served(["u", "", "c"]);
    let set = set_all(1);
    served.waits(&set);
    served.advance(10_000);
    assert!(served.finished().is_empty());
    served.advance(10_000);
    assert_refused(&set, &served.only(), ErrorStatus::UNDO_FAILED, 0);
    assert_eq!(log.take(), "rA rB rC cA cB cC uB uA xA xB xC");
}

#[test]
fn sets_of_a_context_take_turns_and_reads_do_not_wait() {
    let (mut served, log) = served(["c", "", ""]);
    let context = oid!(1.3.6.1.4.1.99.1);
    let fridge = MibTree::new();
    served.responder.contexts().insert("fridge", fridge);
    for request_id in 1..=3 {
        served.waits(&set_all(request_id));
    }
    assert_eq!(log.take(), "rA rB rC cA");
    let get = named(Get, [context.child(0).expect("short")]);
    assert_eq!(lines(&served.answer(&get)), ["1.3.6.1.4.1.99.1.0 = 0"]);
    for request_id in 1..=3 {
        log.end(&served, Ok(()));
        let mut finished = served.finished();
        assert_eq!(finished.len(), 1);
        let response = finished.remove(0).answer.expect("a response");
        assert_eq!(response.request_id, request_id);
        let next = if request_id < 3 { " rA rB rC cA" } else { "" };
        assert_eq!(log.take(), format!("cB cC xA xB xC{next}"));
    }
}

#[test]
fn long_sets_that_come_together_begin_one_a_turn() {
    let mut table = Table::new([Column::new(1).writable()]);
    (0..2_000).for_each(|row| table.insert(&[row], [(1, 0)]));
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), table);
    register(&mut responder, name(&[2]), Scalar::variable(0));
    let mut served = Served::new(responder);
    let long = |request_id| {
        let mut set = request(Set, (0..2_000).map(|row| (name(&[1, 1, row]), request_id)));
        set.request_id = request_id;
        set
    };
    assert_eq!(served.answer(&long(1)).error_status, ErrorStatus::NO_ERROR);
    served.waits(&long(2));
    served.waits(&long(3));
    let get = named(Get, [name(&[1, 1, 7])]);
    assert_eq!(lines(&served.answer(&get)), ["1.3.6.1.4.1.99.1.1.7 = 1"]);
    for request_id in 2..=3 {
        served.responder.run_waiting(served.now());
        let finished = served.responder.poll_finished().expect("one a turn");
        assert_eq!(finished.answer.expect("a response").request_id, request_id);
        assert!(served.responder.poll_finished().is_none());
    }
    assert_eq!(lines(&served.answer(&get)), ["1.3.6.1.4.1.99.1.1.7 = 3"]);
    // Few bindings do not wait, unless another SET does.
    served.answer(&long(4));
    let few = request(Set, [(name(&[2, 0]), 5)]);
    assert_eq!(served.answer(&few).error_status, ErrorStatus::NO_ERROR);
}

#[test]
fn so_many_sets_may_wait_for_their_turn() {
    let (mut served, log) = served(["c", "", ""]);
    served.waits(&set_all(0));
    let mut waiting = 0;
    for request_id in 1..=70 {
        // From elsewhere: there is a bound for each asker, too.
        served.peer = deferred_snmp::engine::Peer::udp(
            deferred_snmp::engine::Endpoint(0),
            ([192, 0, 3, request_id as u8], 40_000).into(),
        );
        match served.ask(&set_all(request_id)) {
            Started::Waits => waiting += 1,
            Started::Answered(response) => {
                assert_refused(
                    &set_all(request_id),
                    &response,
                    ErrorStatus::RESOURCE_UNAVAILABLE,
                    0,
                );
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(waiting, 64);
    for _ in 0..=waiting {
        log.end(&served, Ok(()));
        assert_eq!(served.only().error_status, ErrorStatus::NO_ERROR);
    }
    assert!(served.finished().is_empty());
}

#[test]
fn a_set_that_comes_again_is_carried_out_once() {
    let (mut served, log) = served(["c", "", ""]);
    let former = served.waits(&set_all(7));
    let (latest, started) = served.ask_as("public", Version::V2c, &set_all(7));
    assert!(matches!(started, Started::Repeats(state) if state == former));
    log.end(&served, Ok(()));
    let finished = served.finished();
    assert_eq!(finished[0].state, latest);
    assert_eq!(log.take(), "rA rB rC cA cB cC xA xB xC");
    // Its response was lost.
    served.advance(4_999);
    assert_refused(
        &set_all(7),
        &served.answer(&set_all(7)),
        ErrorStatus::NO_ERROR,
        0,
    );
    assert_eq!(log.take(), "");
    // Another asker, another number and another value are another SET.
    let (_, started) = served.ask_as("other", Version::V2c, &set_all(7));
    assert!(matches!(started, Started::Waits));
    log.end(&served, Ok(()));
    served.only();
    log.take();
    served.advance(1);
    served.waits(&set_all(7));
    assert_eq!(log.take(), "rA rB rC cA", "after five seconds it is new");
}

#[test]
fn an_asker_that_uses_one_number_for_all_has_each_of_its_sets_carried_out() {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    register(&mut responder, name(&[1]), Scalar::variable(0));
    let mut served = Served::new(responder);
    for value in [1, 2, 1, 2, 2] {
        let set = request(Set, [(name(&[1, 0]), value)]);
        assert_refused(&set, &served.answer(&set), ErrorStatus::NO_ERROR, 0);
        let get = named(Get, [name(&[1, 0])]);
        assert_eq!(
            lines(&served.answer(&get)),
            [format!("1.3.6.1.4.1.99.1.0 = {value}")]
        );
    }
}

#[test]
fn what_failed_is_remembered_as_well() {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let calls = Rc::new(Cell::new(0));
    let counted = Rc::clone(&calls);
    let scalar = Scalar::variable(0).validate(move |_| {
        counted.set(counted.get() + 1);
        Err(SetError::InconsistentValue)
    });
    register(&mut responder, name(&[1]), scalar);
    let mut served = Served::new(responder);
    let set = request(Set, [(name(&[1, 0]), 1)]);
    for _ in 0..2 {
        assert_refused(
            &set,
            &served.answer(&set),
            ErrorStatus::INCONSISTENT_VALUE,
            1,
        );
    }
    assert_eq!(calls.get(), 1);
}

#[test]
fn objects_that_go_while_a_set_waits_have_failed() {
    for (later, gone, status, index, calls) in [
        (["r", "", ""], 2, ErrorStatus::GEN_ERR, 2, "rA xA"),
        (
            ["c", "", ""],
            2,
            ErrorStatus::COMMIT_FAILED,
            2,
            "rA rB rC cA uA xA xC",
        ),
        (
            ["", "c", ""],
            1,
            ErrorStatus::NO_ERROR,
            0,
            "rA rB rC cA cB cC xB xC",
        ),
    ] {
        let (mut served, log) = served(later);
        let set = set_all(1);
        served.waits(&set);
        let context = served.responder.contexts().get(b"").expect("the default");
        assert!(context.unregister(name(&[gone]).as_ref()));
        // Another at its name is not it.
        let other = Slow {
            name: "other",
            later: "",
            log: log.clone(),
        };
        context.register(name(&[gone]), other).expect("free");
        log.end(&served, Ok(()));
        assert_refused(&set, &served.only(), status, index);
        assert_eq!(log.take(), calls);
    }
}

#[test]
fn what_is_abandoned_is_taken_back_and_cleaned_up() {
    for (later, calls) in [
        (["", "r", ""], "rA rB xA xB"),
        (["", "", "c"], "rA rB rC cA cB cC uB uA xA xB xC"),
    ] {
        let (mut served, log) = served(later);
        served.waits(&set_all(1));
        served.waits(&set_all(2));
        served.responder.abandon(served.now());
        assert_eq!(log.take(), calls);
        let finished = served.finished();
        assert_eq!(finished.len(), 2);
        assert!(finished.iter().all(|finished| finished.answer.is_err()));
        assert!(!log.end(&served, Ok(())));
        // The context is free again.
        served.waits(&set_all(3));
    }
}

/// SETs of random cells, some of which fail, by objects that answer at once or later: all of it or nothing.
#[test]
fn at_any_pace_a_set_happens_completely_or_not_at_all() {
    let mut random = deferred_snmp::testing::Random::new(1);
    let mut failures = 0;
    for seed in 0..300 {
        let pace = Pace::new(seed);
        pace.at_once.set(1 + seed % 3);
        let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
        for arc in 1..=4 {
            let object: Box<dyn ManagedObject> = match arc {
                1 | 2 => {
                    let mut table = Table::new([1, 2].map(|number| Column::new(number).writable()));
                    for row in 0..3 {
                        table.insert(&[row], [(1, 0), (2, 0)]);
                    }
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
        let mut model: std::collections::BTreeMap<ObjectIdentifier, i32> = Default::default();
        for request_id in 0..6 {
            let bindings: Vec<_> = (0..1 + random.below(8))
                .map(|_| {
                    let arc = 1 + random.below(4) as u32;
                    let variable = match arc {
                        1 | 2 => name(&[arc, 1 + random.below(2) as u32, random.below(3) as u32]),
                        _ => name(&[arc, 0]),
                    };
                    (variable, 10 + random.below(4) as i32)
                })
                .collect();
            let mut set = request(Set, bindings.clone());
            set.request_id = request_id;
            let response = match served.ask(&set) {
                Started::Answered(response) => response,
                Started::Waits => loop {
                    pace.keep_one(&served.responder);
                    served.responder.run_waiting(served.now());
                    if let Some(finished) = served.responder.poll_finished() {
                        break finished.answer.expect("a response");
                    }
                },
                other => panic!("{other:?}"),
            };
            // Of a scalar that is named several times the last value counts.
            let mut last: std::collections::BTreeMap<_, _> = Default::default();
            last.extend(bindings.iter().cloned());
            let is_bad = |(name, value): (&ObjectIdentifier, &i32)| {
                *value == 13 && name.arcs().nth(7).is_some_and(|arc| arc > 2)
            };
            let fails = last.iter().any(is_bad);
            failures += u32::from(fails);
            let status = match fails {
                true => ErrorStatus::COMMIT_FAILED,
                false => ErrorStatus::NO_ERROR,
            };
            assert_eq!(response.error_status, status, "{seed}/{request_id}: {set}");
            if !fails {
                model.extend(last);
            }
            for (variable, value) in &model {
                let tree = served
                    .responder
                    .contexts_mut()
                    .get_mut(b"")
                    .expect("the default");
                let found = tree.get(variable.as_ref()).expect("a value");
                assert_eq!(
                    found.as_ref(),
                    ValueRef::Integer(*value),
                    "{seed}: {variable}"
                );
            }
        }
    }
    assert!(failures > 100, "{failures}");
}

//! Values by Deferreds.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use deferred_snmp::deferred::{Deferred, Failure, Interrupt, Resolver};
use deferred_snmp::hlapi::*;
use deferred_snmp::objects::{
    Advance, Answer, Asker, Column, ManagedObject, ReadError, Scalar, Table,
};

use super::{Journal, Rig, at, name, object, told};

const NO_INSTANCE: &str = "No Such Instance currently exists at this OID";
const NO_OBJECT: &str = "No Such Object currently exists at this OID";

#[test]
fn answers_of_one_request_come_side_by_side_and_others_are_served_meanwhile() {
    let mut rig = Rig::new();
    rig.later(2, 300, 42);
    rig.later(3, 300, "text");
    let slow = rig.ask(&[2, 1, 3, 2]);
    for _ in 0..10 {
        assert_eq!(rig.get(&[1]), at("at once", 0));
        rig.run(10);
    }
    assert_eq!(rig.wait(slow), at("42, at once, text, 42", 200));
    assert_eq!(rig.responder.responder().waiting(), 0);
}

#[test]
fn a_deferred_that_has_fired_already_answers_at_once() {
    let mut rig = Rig::new();
    rig.register(2, Scalar::later(|_| Deferred::<i32>::succeed(7)));
    rig.register(
        3,
        Scalar::later(|_| Deferred::<i32>::fail(Failure::message("no sensor"))),
    );
    rig.register(
        4,
        Scalar::later(|_| Deferred::<Option<Value>>::succeed(None)),
    );
    let failing = || Deferred::<Result<Value, ReadError>>::succeed(Err(ReadError::Failed));
    rig.register(5, Scalar::later(move |_| failing()));
    assert_eq!(rig.get(&[2, 1]), at("7, at once", 0));
    assert_eq!(rig.get(&[1, 3]), at("genErr 2", 0));
    assert_eq!(rig.get(&[4]), at(NO_INSTANCE, 0));
    assert_eq!(rig.get(&[2, 5]), at("genErr 2", 0));
    assert_eq!(rig.responder.responder().waiting(), 0);
}

/// A scalar whose Deferred the test fires.
fn held(rig: &Rig, number: u32) -> Rc<RefCell<Vec<Resolver<i32, Failure>>>> {
    let resolvers = Rc::new(RefCell::new(Vec::new()));
    let holding = Rc::clone(&resolvers);
    rig.register(
        number,
        Scalar::later(move |_| {
            let (resolver, deferred) = Deferred::pair();
            holding.borrow_mut().push(resolver);
            deferred
        }),
    );
    resolvers
}

#[test]
fn what_fails_is_gen_err_of_its_variable_and_one_record_that_says_why() {
    let mut rig = Rig::new();
    let resolvers = held(&rig, 2);
    rig.register(
        3,
        Scalar::later(|_| -> Deferred<i32> { panic!("no sensor") }),
    );
    rig.register(
        4,
        Scalar::later(|_| Deferred::<()>::succeed(()).map(|()| -> i32 { panic!("late") })),
    );
    type End = fn(Resolver<i32, Failure>);
    let ends: [(End, &str); 3] = [
        (
            |resolver| resolver.errback(Failure::message("the wire is cut")),
            ": the wire is cut",
        ),
        (
            |resolver| resolver.errback(Interrupt::Cancelled.into()),
            ": cancelled",
        ),
        (drop, ": abandoned: the firing side was dropped"),
    ];
    for (end, words) in ends {
        // One record a second.
        rig.run(1_000);
        leaving(&about(2, words), || {
            let asked = rig.ask(&[1, 2]);
            rig.run(20);
            let resolver = resolvers.borrow_mut().pop().expect("it has been asked");
            end(resolver);
            assert_eq!(rig.wait(asked), at("genErr 2", 0));
        });
    }
    for (number, words) in [(3, " panicked: no sensor"), (4, ": panicked: late")] {
        rig.run(1_000);
        let outcome = leaving(&about(number, words), || rig.get(&[number]));
        assert_eq!(outcome, at("genErr 1", 0));
    }
    assert_eq!(rig.get(&[1]), at("at once", 0));
}

/// What `call` returns; it leaves these records of errors, if there is a log.
pub(super) fn leaving<R>(expected: &[String], call: impl FnOnce() -> R) -> R {
    #[cfg(feature = "log")]
    {
        let (result, mut records) = util::records::during(call);
        records.retain(|record| record.starts_with("error"));
        assert_eq!(records, expected);
        result
    }
    #[cfg(not(feature = "log"))]
    {
        _ = expected;
        call()
    }
}

/// A record about the object of this number.
pub(super) fn about(number: u32, words: &str) -> [String; 1] {
    [format!("error: managed object {}{words}", object(number))]
}

#[test]
fn an_error_that_is_one_of_reading_keeps_its_meaning() {
    let mut rig = Rig::new();
    let reactor = rig.reactor();
    let gone = move |error: ReadError| {
        let reactor = reactor.clone();
        Scalar::later(move |_| {
            super::after(&reactor, 50, ())
                .try_callback(move |()| Err::<Deferred<i32>, _>(error.into()))
        })
    };
    rig.register(2, gone(ReadError::NoSuchInstance));
    rig.register(3, gone(ReadError::NoSuchObject));
    rig.register(4, gone(ReadError::Failed));
    leaving(&[], || {
        let expected = format!("{NO_INSTANCE}, {NO_OBJECT}, at once");
        assert_eq!(rig.get(&[2, 3, 1]), at(&expected, 50));
        assert_eq!(rig.get(&[1, 4]), at("genErr 2", 50));
    });
    // What is missing is passed over.
    let next = told(rig.manager.next([object(1).to_string()]));
    assert_eq!(rig.wait(next), at("at once", 0));
    rig.later(5, 50, 5);
    let next = told(rig.manager.next([name(1)]));
    assert_eq!(
        rig.wait(next).0,
        "genErr 1",
        "4 fails, and nobody knows what it is"
    );
    rig.responder.unregister(object(4).as_ref());
    let next = told(rig.manager.next([name(1)]));
    assert_eq!(rig.wait(next), at("5", 150));
}

#[test]
fn one_that_never_fires_is_given_up_and_cancelled() {
    let mut rig = Rig::new();
    let journal = Journal::default();
    let (noting, mut kept) = (journal.clone(), Vec::new());
    rig.register(
        2,
        Scalar::later(move |_| {
            let noting = noting.clone();
            let (resolver, never) = Deferred::<i32, Failure>::with_canceller(move || {
                noting.note("cancelled");
                None
            });
            kept.push(resolver);
            never
        }),
    );
    rig.later(3, 100, 3);
    let record = about(2, ": it has not answered in time");
    let outcome = leaving(&record, || rig.get(&[3, 2, 1]));
    assert_eq!(outcome, at("genErr 2", 5_000));
    assert_eq!(journal.take(), ["cancelled"]);
    rig.responder
        .responder()
        .set_read_timeout(super::millis(700));
    assert_eq!(rig.get(&[2]), at("genErr 1", 700));
    assert_eq!(rig.get(&[3]), at("3", 100));
}

/// 1, 2 and 3, of which the next is found out later.
struct Slow(deferred_snmp::reactor::Handle);

impl ManagedObject for Slow {
    fn get(&mut self, asker: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match *instance {
            [index @ 1..=3] => Ok(asker.later(super::after(&self.0, 10, index as i32))),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, asker: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let next = instance.first().map_or(1, |it| it.saturating_add(1));
        let next = (next <= 3).then(|| vec![next]);
        asker.advance_later(super::after(&self.0, 100, next))
    }
}

#[test]
fn names_come_later_too() {
    let mut rig = Rig::new();
    let slow = Slow(rig.reactor());
    rig.responder.register(object(2), slow).expect("free");
    let walk = |bulk| {
        let all = [object(2).to_string()];
        match bulk {
            false => rig.manager.walk(all),
            true => rig.manager.bulk_walk(10, all),
        }
    };
    for bulk in [false, true] {
        let texts = walk(bulk).collect().map_err(Failure::from);
        let (rows, took) = {
            let begin = rig.simulation.elapsed();
            let rows = rig.simulation.block_on(texts).expect("a walk");
            (rows, (rig.simulation.elapsed() - begin).as_millis())
        };
        let texts: Vec<String> = rows.iter().flatten().map(|it| it.text()).collect();
        assert_eq!(texts, ["1", "2", "3"]);
        assert_eq!(took, 430, "four names and three values");
    }
}

#[test]
fn columns_come_later() {
    let mut rig = Rig::new();
    let reactor = rig.reactor();
    let speed =
        Column::new(5).later(move |_, index| super::after(&reactor, 100, index[0] as i32 * 10));
    let mut table = Table::new([Column::new(2), speed]);
    for index in 1..=3 {
        table.insert(&[index], [(2, format!("card {index}"))]);
    }
    rig.responder.register(object(2), table).expect("free");
    let names = [[2, 1], [5, 1], [2, 2], [5, 2]]
        .map(|[column, row]| format!("{}.{column}.{row}", object(2)));
    let get = told(rig.manager.get(names));
    assert_eq!(rig.wait(get), at("card 1, 10, card 2, 20", 100));
}

#[test]
fn who_asks_is_told_and_each_is_asked_for_itself() {
    let mut rig = Rig::new();
    let count = Rc::new(Cell::new(0));
    let (counting, reactor) = (Rc::clone(&count), rig.reactor());
    rig.register(
        2,
        Scalar::later(move |asker| {
            counting.set(counting.get() + 1);
            let name = String::from_utf8_lossy(asker.security_name).into_owned();
            super::after(&reactor, 10, format!("{name} {}", counting.get()))
        }),
    );
    assert_eq!(rig.get(&[2, 2]), at("somebody 1, somebody 2", 10));
}

#[test]
fn a_coroutine_waits_for_a_timer() {
    let mut rig = Rig::new();
    let reactor = rig.reactor();
    rig.register(
        2,
        Scalar::later(move |_| {
            let handle = reactor.clone();
            reactor.inline_callbacks(async move {
                let first = super::after(&handle, 20, 20).await?;
                Ok(first + super::after(&handle, 30, 1).await?)
            })
        }),
    );
    assert_eq!(rig.get(&[2]), at("21", 50));
}

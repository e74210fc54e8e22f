//! What the closures of managed objects may say: a value, that there is none, or that reading it fails.

use deferred_snmp::objects::{Advance, Answer, ReadError};
use deferred_snmp::smi::TimeTicks;

use super::*;

const OBJECT: ObjectIdentifier = oid!(1.3.6.1.4.1.99.1);

fn empty() -> CommandResponder {
    CommandResponder::new(MibTree::new(), OpenAccess)
}

/// One object, and behind it a variable that is there.
fn serving(object: impl ManagedObject) -> CommandResponder {
    let mut responder = empty();
    register(&mut responder, OBJECT, object);
    register(&mut responder, oid!(1.3.6.1.4.1.99.2), Scalar::constant(2));
    responder
}

/// A table with one row, whose column 1 is this one.
fn row(column: Column) -> Table {
    let mut table = Table::new([column]);
    table.insert::<Value>(&[7], []);
    table
}

/// How the variable `name` below the object is read, by GET, GETNEXT and GETBULK of each version: its value, nothing or
/// an error.
#[track_caller]
fn assert_reads(responder: CommandResponder, instance: &[u32], expected: Result<&str, ReadError>) {
    let name = OBJECT.extend(instance.iter().copied()).unwrap();
    let get = named(Get, [name.clone()]);
    let next = named(GetNext, [OBJECT]);
    let after = "1.3.6.1.4.1.99.2.0 = 2".to_owned();
    let found = |value: &str| format!("{name} = {value}");
    match expected {
        Ok(value) => {
            assert_eq!(lines(&v2(&responder, &get)), [found(value)]);
            assert_eq!(lines(&v1(&responder, &get)), [found(value)]);
            assert_eq!(lines(&v2(&responder, &next)), [found(value)]);
            let both = lines(&v2(&responder, &bulk(0, 2, [OBJECT])));
            assert_eq!(both, [found(value), after]);
        }
        Err(ReadError::NoSuchInstance) => {
            let none = format!("{name} noSuchInstance");
            assert_eq!(lines(&v2(&responder, &get)), [none]);
            assert_refused(&get, &v1(&responder, &get), ErrorStatus::NO_SUCH_NAME, 1);
            assert_eq!(lines(&v2(&responder, &next)), std::slice::from_ref(&after));
            assert_eq!(lines(&v2(&responder, &bulk(0, 1, [OBJECT]))), [after]);
        }
        Err(_) => {
            for request in [&get, &next, &bulk(0, 2, [OBJECT])] {
                let answer = v2(&responder, request);
                assert_refused(request, &answer, ErrorStatus::GEN_ERR, 1);
            }
            for request in [&get, &next] {
                let answer = v1(&responder, request);
                assert_refused(request, &answer, ErrorStatus::GEN_ERR, 1);
            }
        }
    }
}

fn failed() -> Result<&'static str, ReadError> {
    Err(ReadError::Failed)
}

fn none() -> Result<&'static str, ReadError> {
    Err(ReadError::NoSuchInstance)
}

#[test]
fn a_closure_says_what_there_is_in_the_form_that_suits_it() {
    // Values of any kind, as they are.
    assert_reads(serving(Scalar::dynamic(|| 5)), &[0], Ok("5"));
    assert_reads(serving(Scalar::dynamic(|| "text")), &[0], Ok("text"));
    assert_reads(serving(Scalar::dynamic(|| TimeTicks(5))), &[0], Ok("5"));
    assert_reads(serving(Scalar::dynamic(|| Value::from(5))), &[0], Ok("5"));
    // Maybe one.
    assert_reads(serving(Scalar::dynamic(|| Some(5.into()))), &[0], Ok("5"));
    assert_reads(serving(Scalar::dynamic(|| None)), &[0], none());
    assert_reads(
        serving(Scalar::dynamic(|| Value::NoSuchInstance)),
        &[0],
        none(),
    );
    // One, or why not.
    assert_reads(serving(Scalar::dynamic(|| Ok(5.into()))), &[0], Ok("5"));
    assert_reads(
        serving(Scalar::dynamic(|| Err(ReadError::Failed))),
        &[0],
        failed(),
    );
    assert_reads(
        serving(Scalar::dynamic(|| Err(ReadError::NoSuchInstance))),
        &[0],
        none(),
    );
    let parsed = |text: &'static str| {
        Scalar::dynamic(move || {
            let number: i32 = text.parse().map_err(|_| ReadError::Failed)?;
            Ok(number.into())
        })
    };
    assert_reads(serving(parsed("12")), &[0], Ok("12"));
    assert_reads(serving(parsed("twelve")), &[0], failed());

    let column = || Column::new(1);
    assert_reads(
        serving(row(column().dynamic(|index| index[0] as i32))),
        &[1, 7],
        Ok("7"),
    );
    assert_reads(
        serving(row(column().dynamic(|_| Some(5.into())))),
        &[1, 7],
        Ok("5"),
    );
    assert_reads(serving(row(column().dynamic(|_| None))), &[1, 7], none());
    assert_reads(
        serving(row(column().dynamic(|_| Ok(5.into())))),
        &[1, 7],
        Ok("5"),
    );
    assert_reads(
        serving(row(column().dynamic(|_| Err(ReadError::NoSuchInstance)))),
        &[1, 7],
        none(),
    );
    assert_reads(
        serving(row(column().dynamic(|_| Err(ReadError::Failed)))),
        &[1, 7],
        failed(),
    );
}

/// An object of the program's own, whose value is Null.
struct Null;

impl ManagedObject for Null {
    fn get(&mut self, _: &Asker<'_>, instance: &[u32]) -> Result<Answer<'_>, ReadError> {
        match instance {
            [0] => Ok(ValueRef::Null.into()),
            _ => Err(ReadError::NoSuchInstance),
        }
    }

    fn advance(&mut self, _: &Asker<'_>, instance: &mut Vec<u32>) -> Advance {
        let is_first = instance.is_empty();
        instance.push(0);
        is_first.into()
    }
}

#[test]
fn a_null_of_any_object_is_gen_err() {
    assert_reads(serving(Null), &[0], failed());
    assert_reads(serving(Scalar::constant(())), &[0], failed());
    assert_reads(serving(Scalar::variable(Value::Null)), &[0], failed());
    assert_reads(serving(Scalar::dynamic(|| ())), &[0], failed());
    assert_reads(
        serving(Scalar::dynamic(|| Some(Value::Null))),
        &[0],
        failed(),
    );
    assert_reads(serving(Scalar::dynamic(|| Ok(Value::Null))), &[0], failed());
    assert_reads(
        serving(row(Column::new(1).dynamic(|_| Value::Null))),
        &[1, 7],
        failed(),
    );
    let mut table = Table::new([Column::new(1)]);
    table.insert(&[7], [(1, Value::Null)]);
    assert_reads(serving(table), &[1, 7], failed());
}

#[cfg(feature = "log")]
#[test]
fn a_null_is_told_in_the_log() {
    let responder = serving(row(Column::new(1).dynamic(|_| Value::Null)));
    let get = named(Get, [oid!(1.3.6.1.4.1.99.1.1.7)]);
    let (_, records) = util::records::during(|| v2(&responder, &get));
    assert_eq!(
        records,
        [
            "error: managed object 1.3.6.1.4.1.99.1: the value of 1.3.6.1.4.1.99.1.1.7 is Null, which is no value"
        ]
    );
}

#[test]
fn a_set_of_what_cannot_be_read_is_refused_before_anything_is_changed() {
    let set = |value: i32| request(Set, [(oid!(1.3.6.1.4.1.99.1.0), value)]);
    let writable = |getter: fn() -> Result<Value, ReadError>| {
        Scalar::dynamic(getter).writable(|_| panic!("nothing is to be written"))
    };
    let failing = serving(writable(|| Err(ReadError::Failed)));
    let answer = v2(&failing, &set(1));
    assert_refused(&set(1), &answer, ErrorStatus::GEN_ERR, 1);
    let absent = serving(writable(|| Err(ReadError::NoSuchInstance)));
    let answer = v2(&absent, &set(1));
    assert_refused(&set(1), &answer, ErrorStatus::WRONG_TYPE, 1);
    // With a syntax the present value is no measure, but it could not be brought back.
    let syntax = Syntax::new("Integer32", BaseType::Integer32);
    let failing = serving(writable(|| Err(ReadError::Failed)).syntax(syntax));
    let answer = v2(&failing, &set(1));
    assert_refused(&set(1), &answer, ErrorStatus::COMMIT_FAILED, 1);
}

#[test]
fn a_set_of_what_is_read_as_null_is_an_error_of_the_agent() {
    let set = request(Set, [(oid!(1.3.6.1.4.1.99.1.0), 1)]);
    let computed = || {
        let null = Scalar::dynamic(|| Value::Null);
        null.writable(|_| panic!("nothing is to be written"))
    };
    let answer = v2(&serving(computed()), &set);
    assert_refused(&set, &answer, ErrorStatus::GEN_ERR, 1);
    // With a syntax it is no measure, but it could not be brought back.
    let syntax = || Syntax::new("Integer32", BaseType::Integer32);
    let answer = v2(&serving(computed().syntax(syntax())), &set);
    assert_refused(&set, &answer, ErrorStatus::COMMIT_FAILED, 1);
    // A place that is kept for a value takes one.
    let kept = Scalar::variable(Value::Null).syntax(syntax());
    let answer = v2(&serving(kept), &set);
    assert_eq!(lines(&answer), ["1.3.6.1.4.1.99.1.0 = 1"]);
}

#[cfg(feature = "log")]
#[test]
fn a_null_that_keeps_from_a_set_is_told_in_the_log() {
    let responder = serving(Scalar::dynamic(|| Value::Null).writable(|_| Ok(())));
    let set = request(Set, [(oid!(1.3.6.1.4.1.99.1.0), 1)]);
    let (_, records) = util::records::during(|| v2(&responder, &set));
    let expected = "error: managed object: the present value of a scalar that is set is Null, which is no value";
    assert_eq!(records, [expected]);
}

#[cfg(feature = "log")]
#[test]
fn the_words_of_a_panic_make_one_line_of_the_log() {
    let unread = |value: ValueRef<'_>| panic!("no colour: {}", value.as_str().unwrap_or("?"));
    let responder = serving(Scalar::variable("red").validate(unread));
    let set = request(Set, [(oid!(1.3.6.1.4.1.99.1.0), "a\n\x1b[2Jb")]);
    let (answer, records) = util::records::during(|| v2(&responder, &set));
    assert_refused(&set, &answer, ErrorStatus::GEN_ERR, 1);
    let expected = "error: managed object 1.3.6.1.4.1.99.1 panicked: no colour: a\\n\\x1b[2Jb";
    assert_eq!(records, [expected]);
}

#[cfg(feature = "log")]
#[test]
fn who_asks_again_and_again_fills_no_log() {
    let times = util::rig::Rig::seeded();
    let null = || serving(Scalar::dynamic(|| Value::Null));
    let panicking = || serving(Scalar::dynamic(|| -> Value { panic!("asked to fail") }));
    let get = named(Get, [oid!(1.3.6.1.4.1.99.1.0)]);
    for (responder, words) in [
        (
            null(),
            "the value of 1.3.6.1.4.1.99.1.0 is Null, which is no value",
        ),
        (panicking(), "panicked: asked to fail"),
    ] {
        let separator = if words.starts_with("panicked") {
            ""
        } else {
            ":"
        };
        let record = format!("error: managed object 1.3.6.1.4.1.99.1{separator} {words}");
        let (_, records) = util::records::during(|| {
            for milliseconds in [0, 1, 999, 1000] {
                let asker = info(Version::V2c, "public").at(times.at(milliseconds));
                let answer = responder.process(&asker, get.as_ref(), PLENTY);
                assert_eq!(answer.expect("one").error_status, ErrorStatus::GEN_ERR);
            }
        });
        let later = format!("{record}; and 2 more of this kind");
        assert_eq!(records, [record, later]);
    }
}

#[cfg(feature = "log")]
#[test]
fn a_failure_whose_reason_the_manager_is_not_told_is_in_the_log() {
    let object = "debug: managed object 1.3.6.1.4.1.99.1";
    let failing = serving(Scalar::dynamic(|| Err(ReadError::Failed)));
    let get = named(Get, [oid!(1.3.6.1.4.1.99.1.0)]);
    let (answer, records) = util::records::during(|| v2(&failing, &get));
    assert_refused(&get, &answer, ErrorStatus::GEN_ERR, 1);
    assert_eq!(
        records,
        [format!("{object}: the value cannot be retrieved")]
    );

    // The second fails, and the first cannot go back.
    let mut sets = 0;
    let once = Scalar::variable(1).writable(move |_| {
        sets += 1;
        if sets == 1 {
            Ok(())
        } else {
            Err(SetError::GenErr)
        }
    });
    let mut responder = serving(once);
    let refusing = Scalar::variable(1).writable(|_| Err(SetError::ResourceUnavailable));
    register(&mut responder, oid!(1.3.6.1.4.1.99.3), refusing);
    let set = request(
        Set,
        [(oid!(1.3.6.1.4.1.99.1.0), 2), (oid!(1.3.6.1.4.1.99.3.0), 2)],
    );
    let (answer, records) = util::records::during(|| v2(&responder, &set));
    assert_refused(&set, &answer, ErrorStatus::UNDO_FAILED, 0);
    let commit = "debug: managed object 1.3.6.1.4.1.99.3: commit failed";
    let expected = [
        format!("{commit}: assignment 0: resourceUnavailable"),
        format!("{object}: undo failed: assignment 0: genErr"),
    ];
    assert_eq!(records, expected);
}

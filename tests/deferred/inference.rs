//! Snippets as a user writes them: each must compile without annotations, and do what it says.

use deferred_snmp::deferred::{
    Deferred, DeferredList, Failure, Fault, gather_results, race, succeed,
};
use util::result_of::result_of;

use crate::journal::Journal;

type Plain<T> = Deferred<T, Failure>;

fn value_of<T: 'static, E: Fault>(d: Deferred<T, E>) -> T {
    result_of(d).expect("a result").expect("a success")
}

fn request() -> Plain<u32> {
    Deferred::succeed(7)
}

#[test]
fn the_paved_path() {
    let (resolver, d) = Deferred::<u32>::pair();
    let chain = d
        .add_callback(|v| {
            println!("{v}");
            Ok(())
        })
        .add_errback(|e| {
            eprintln!("{e}");
            Ok(())
        });
    resolver.callback(1);
    assert_eq!(value_of(chain), ());
}

#[test]
fn unit_closures() {
    let d = request()
        .add_callback(|v| println!("{v}"))
        .add_errback(|e| eprintln!("{e}"))
        .add_both(|_| println!("over"));
    assert_eq!(value_of(d), ());
}

#[test]
fn question_mark_with_the_error_of_the_chain() {
    let d = request()
        .add_callback(|v| {
            let text = v.to_string();
            let n: u64 = text.parse()?;
            Ok(n + 1)
        })
        .add_callback(|n| {
            let m: i8 = n.try_into()?;
            if m > 100 {
                return Err(Failure::message("too big"));
            }
            Ok(m)
        });
    assert_eq!(value_of(d), 8);
}

#[test]
fn returning_another_deferred() {
    let d = request()
        .add_callback(|_| request())
        .add_errback(|_| request())
        .add_callback(|v| request().map(move |w| v + w));
    assert_eq!(value_of(d), 14);
}

#[test]
fn both_tracks() {
    let d = request()
        .add_both(|result| {
            println!("{result:?}");
            result
        })
        .add_callbacks(|v| Ok(v + 1), |_| Ok(0))
        .add_callbacks(|v| println!("{v}"), |e| eprintln!("{e}"))
        .map(|()| 3)
        .map_err(|e| Failure::message(format!("again: {e}")));
    assert_eq!(value_of(d), 3);
}

#[test]
fn errbacks_that_trap() {
    let d: Plain<u32> = Deferred::succeed("x").add_callback(|t| Ok(t.parse()?));
    let d = d.add_errback(|failure| {
        failure.trap::<std::num::ParseIntError>()?;
        Ok(9)
    });
    assert_eq!(value_of(d), 9);
}

#[test]
fn errbacks_without_annotations() {
    let failing = || Plain::<u64>::fail(Failure::message("no"));
    let d = failing().add_errback(|_| Ok(u8::MAX.into()));
    assert_eq!(value_of(d), 255);
    let d = failing().add_errback(|_| Ok("12".parse()?));
    assert_eq!(value_of(d), 12);
    let d = failing()
        .add_errback(|error| {
            println!("{error}");
            Err(error)
        })
        .add_errback(|error| match error.to_string().as_str() {
            "no" => Err(Failure::message("again")),
            _ => Ok(0),
        })
        .add_errback(|error| {
            assert_eq!(error.to_string(), "again");
            succeed(3)
        });
    assert_eq!(value_of(d), 3);
    let d = failing().add_callbacks(|n| Ok(n > 0), |_| Ok(false));
    assert!(!value_of(d));
}

#[test]
fn a_chain_that_ends_in_handling_its_error() {
    let journal = Journal::default();
    let note = journal.clone();
    let d: Plain<()> = request().handle(move |error| note.note(error));
    assert_eq!(value_of(d), ());
    let note = journal.clone();
    let d = Plain::<u32>::fail(Failure::message("no")).handle(move |error| note.note(error));
    assert_eq!(value_of(d), ());
    assert_eq!(journal.take(), ["no"]);

    let failing = || Plain::<u32>::fail(Failure::message("no"));
    let d = failing().handle(|error| {
        error.trap::<std::num::ParseIntError>()?;
        Ok(())
    });
    assert!(result_of(d).is_some_and(|result| result.is_err()));
    let d = failing().handle(|_| request().map(drop));
    assert_eq!(value_of(d), ());
    // the same after a stage without a value
    let d = request().map(drop).handle(|error| eprintln!("{error}"));
    assert_eq!(value_of(d), ());
}

#[test]
fn a_value_is_dropped_before_the_stage_after_handle() {
    let journal = Journal::default();
    let value = journal.on_drop("dropped");
    let note = journal.clone();
    Plain::succeed(value)
        .handle(|error| eprintln!("{error}"))
        .add_callback(move |()| note.note("after"));
    assert_eq!(journal.take(), ["dropped", "after"]);
}

#[test]
fn a_question_mark_and_a_deferred_in_one_stage() {
    let retried = |text: &'static str| {
        let d: Plain<&str> = Deferred::succeed(text);
        d.try_callback(|text| {
            let n: u32 = text.parse()?;
            Ok(request().map(move |m| n + m))
        })
        .try_errback(|failure| {
            failure.trap::<std::num::ParseIntError>()?;
            Ok(request())
        })
    };
    assert_eq!(value_of(retried("1")), 8);
    assert_eq!(value_of(retried("x")), 7);
    let d = Plain::<u32>::fail(Failure::message("other")).try_errback(|failure| {
        failure.trap::<std::num::ParseIntError>()?;
        Ok(request())
    });
    let error = result_of(d).expect("an end").expect_err("not trapped");
    assert_eq!(error.to_string(), "other");
}

#[test]
fn lists() {
    let d = DeferredList::new(vec![request(), request()]).add_callback(|outcomes| {
        let mut sum = 0;
        for outcome in outcomes {
            sum += outcome?;
        }
        Ok(sum)
    });
    assert_eq!(value_of(d), 14);
    let d = gather_results([request(), request()])
        .add_callback(|values| {
            println!("{values:?}");
            Ok(values.len())
        })
        .add_errback(|first| {
            eprintln!("{first}");
            Ok(0)
        });
    assert_eq!(value_of(d), 2);
    let d = request()
        .add_callback(|_| DeferredList::new([request()]))
        .map(|outcomes| outcomes.len());
    assert_eq!(value_of(d), 1);
    let d = race([request(), request()]).add_callback(|(index, value)| Ok((index, value)));
    assert_eq!(value_of(d), (0, 7));
}

#[derive(Debug)]
enum MyError {
    Interrupted(deferred_snmp::deferred::Interrupt),
    Other,
}

impl From<deferred_snmp::deferred::Interrupt> for MyError {
    fn from(i: deferred_snmp::deferred::Interrupt) -> Self {
        Self::Interrupted(i)
    }
}

impl std::fmt::Display for MyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Interrupted(i) => i.fmt(f),
            Self::Other => f.write_str("other"),
        }
    }
}

#[test]
fn an_error_type_of_ones_own() {
    let d: Deferred<u8, MyError> = Deferred::fail(MyError::Other);
    let d = d
        .add_errback(|e| match e {
            MyError::Other => Ok(1),
            e => Err(e),
        })
        .then(|result| result.map_err(|e| Failure::message(e.to_string())));
    assert_eq!(value_of(d), 1);
}

//! Snippets as a user writes them: each must compile without annotations, and do what it says.

use deferred_snmp::deferred::{Deferred, DeferredList, Failure, gather_results};

type Plain<T> = Deferred<T, Failure>;

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
    assert!(chain.is_fired());
}

#[test]
fn unit_closures() {
    request()
        .add_callback(|v| println!("{v}"))
        .add_errback(|e| eprintln!("{e}"))
        .add_both(|_| println!("over"))
        .add_callback(|()| assert_eq!(1, 1));
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
    d.add_callback(|m| assert_eq!(m, 8));
}

#[test]
fn returning_another_deferred() {
    request()
        .add_callback(|_| request())
        .add_errback(|_| request())
        .add_callback(|v| request().map(move |w| v + w))
        .add_callback(|sum| assert_eq!(sum, 14));
}

#[test]
fn both_tracks() {
    request()
        .add_both(|result| {
            println!("{result:?}");
            result
        })
        .add_callbacks(|v| Ok(v + 1), |_| Ok(0))
        .add_callbacks(|v| println!("{v}"), |e| eprintln!("{e}"))
        .map(|()| 3)
        .map_err(|e| Failure::message(format!("again: {e}")))
        .add_callback(|three| assert_eq!(three, 3));
}

#[test]
fn errbacks_that_trap() {
    let d: Plain<u32> = Deferred::succeed("x").add_callback(|t| Ok(t.parse()?));
    d.add_errback(|failure| {
        failure.trap::<std::num::ParseIntError>()?;
        Ok(9)
    })
    .add_callback(|v| assert_eq!(v, 9));
}

#[test]
fn lists() {
    DeferredList::new(vec![request(), request()]).add_callback(|outcomes| {
        for outcome in outcomes {
            println!("{}", outcome?);
        }
        Ok(())
    });
    gather_results([request(), request()])
        .add_callback(|values| {
            assert_eq!(values, [7, 7]);
        })
        .add_errback(|first| eprintln!("{first}"));
    request()
        .add_callback(|_| DeferredList::new([request()]))
        .add_callback(|outcomes| assert_eq!(outcomes.len(), 1));
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
    d.add_errback(|e| match e {
        MyError::Other => Ok(1),
        e => Err(e),
    })
    .then(|result| result.map_err(|e| Failure::message(e.to_string())))
    .add_callback(|v| assert_eq!(v, 1));
}

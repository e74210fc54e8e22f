//! What the feature `testing` tells of a Deferred.

use std::panic::{AssertUnwindSafe, catch_unwind};

use deferred_snmp::deferred::{Deferred, Interrupt, Resolver, fail, succeed};
use deferred_snmp::testing::{assert_no_result, failure_result_of, success_result_of};

type Answer = Deferred<u32, Interrupt>;

fn pair() -> (Resolver<u32, Interrupt>, Answer) {
    Deferred::pair()
}

/// What a check says as it fails.
fn said<T>(check: impl FnOnce() -> T) -> String {
    let Err(panic) = catch_unwind(AssertUnwindSafe(check)) else {
        panic!("it has not failed");
    };
    let literal = panic.downcast_ref::<&str>().map(|text| text.to_string());
    let text = panic.downcast::<String>().map(|text| *text);
    literal.or_else(|| text.ok()).expect("a text")
}

#[test]
fn results_are_taken_out() {
    assert_eq!(success_result_of::<_, Interrupt>(succeed(42)), 42);
    let error = failure_result_of::<u32, _>(fail(Interrupt::Cancelled));
    assert_eq!(error, Interrupt::Cancelled);
    let (resolver, answer) = pair();
    assert_no_result(&answer);
    resolver.callback(42);
    assert_eq!(success_result_of(answer), 42);
}

/// It has fired, and is not through.
#[test]
fn a_chain_that_waits_has_no_result() {
    let (resolver, inner) = pair();
    let (first, answer) = pair();
    let answer = answer.add_callback(|_| inner);
    first.callback(1);
    assert!(answer.is_fired());
    assert_no_result(&answer);
    resolver.callback(2);
    assert_eq!(success_result_of(answer), 2);
}

#[test]
fn what_is_not_so_is_told() {
    let (_resolver, pending) = pair();
    assert_eq!(
        said(|| success_result_of(pending)),
        "success was expected, and there is no result yet"
    );
    let (_resolver, pending) = pair();
    assert_eq!(
        said(|| failure_result_of(pending)),
        "a failure was expected, and there is no result yet"
    );
    assert_eq!(
        said(|| success_result_of::<u32, _>(fail(Interrupt::Cancelled))),
        "success was expected, and this is a failure: cancelled"
    );
    assert_eq!(
        said(|| failure_result_of::<_, Interrupt>(succeed(1))),
        "a failure was expected, and this is a success"
    );
    let answer: Answer = succeed(1);
    assert_eq!(
        said(|| assert_no_result(&answer)),
        "no result was expected, and there is one"
    );
}

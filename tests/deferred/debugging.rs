//! Debugging mode, a switch of the whole process: rules D-100 and D-101.

use std::cell::RefCell;
use std::rc::Rc;

use deferred_snmp::deferred::{
    Deferred, Interrupt, debugging, reset_reporter, set_debugging, set_reporter,
};
use util::process::in_a_child;

type D<T> = Deferred<T, Interrupt>;

#[inline(never)]
fn maker() -> (
    deferred_snmp::deferred::SharedResolver<u8, Interrupt>,
    D<u8>,
) {
    let (resolver, d) = D::pair();
    (resolver.into_shared(), d)
}

#[inline(never)]
fn first_firer(resolver: &deferred_snmp::deferred::SharedResolver<u8, Interrupt>) {
    assert!(resolver.errback(Interrupt::Abandoned).is_ok());
}

#[inline(never)]
fn second_firer(resolver: &deferred_snmp::deferred::SharedResolver<u8, Interrupt>) -> String {
    resolver.callback(1).expect_err("again").to_string()
}

#[test]
fn d_100_traces_of_creation_and_first_firing_appear_while_it_is_on() {
    let name = "d_100_traces_of_creation_and_first_firing_appear_while_it_is_on";
    let status = in_a_child(module_path!(), name, switched_on_and_off);
    assert!(status.is_none_or(|status| status.success()), "{status:?}");
}

fn switched_on_and_off() {
    let text = Rc::new(RefCell::new(String::new()));
    let sink = text.clone();
    set_reporter(move |unhandled| {
        sink.replace(unhandled.to_string());
    });
    assert!(!debugging(), "off by default");

    let (resolver, d) = maker();
    first_firer(&resolver);
    assert_eq!(second_firer(&resolver), "the Deferred was called already");
    drop(d);
    assert_eq!(text.take().lines().count(), 1);

    set_debugging(true);
    let (resolver, d) = maker();
    first_firer(&resolver);
    let late = second_firer(&resolver);
    assert!(late.contains("maker"), "{late}");
    assert!(late.contains("first_firer"), "{late}");
    assert!(!late.contains("second_firer"), "{late}");
    drop(d);
    let report = text.take();
    assert!(report.contains(file!()), "{report}");
    assert!(report.contains("maker") && report.contains("first_firer"));

    // Switched on between creation and firing: only the firing is known.
    set_debugging(false);
    let (resolver, d) = maker();
    set_debugging(true);
    first_firer(&resolver);
    let late = second_firer(&resolver);
    assert!(
        !late.contains("maker") && late.contains("first_firer"),
        "{late}"
    );
    drop(d);

    // And off between: recorded, but not shown.
    let (resolver, d) = maker();
    set_debugging(false);
    first_firer(&resolver);
    assert_eq!(second_firer(&resolver), "the Deferred was called already");
    drop(d);
    assert_eq!(text.take().lines().count(), 1);
    reset_reporter();
}

#[test]
fn d_101_debug_shows_type_and_identity_and_the_result_or_what_is_waited_on() {
    let (resolver, d) = D::<u8>::pair();
    let unfired = format!("{d:?}");
    assert!(unfired.contains("Deferred<u8"), "{unfired}");
    assert!(unfired.contains("0x"), "{unfired}");
    let (inner_resolver, inner) = D::<u8>::pair();
    let inner_text = format!("{inner:?}");
    let place = &inner_text[inner_text.find("0x").expect("an identity")..inner_text.len() - 1];
    let handle = inner.cancel_handle();
    let d = d.add_callback(move |_| inner);
    resolver.callback(1);
    let waiting = format!("{d:?}");
    assert!(
        waiting.ends_with(&format!("waiting on the one at {place})")),
        "{waiting}"
    );
    inner_resolver.callback(7);
    drop(handle);
    assert!(format!("{d:?}").ends_with(": Ok(7))"));
    assert!(format!("{:?}", D::<u8>::succeed(3)).ends_with("(Ok(3))"));
    drop(d);
}

//! GetRequest-PDU, RFC 3416 section 4.2.1.

use super::probes::Broken;
use super::*;

#[test]
fn exact_names_get_their_values() {
    let request = named(
        Get,
        [
            oid!(1.3.6.1.2.1.1.1.0),
            oid!(1.3.6.1.2.1.1.3.0),
            oid!(1.3.6.1.2.1.2.2.1.10.2),
        ],
    );
    assert_eq!(
        lines(&v2(&responder(), &request)),
        [
            "1.3.6.1.2.1.1.1.0 = probe",
            "1.3.6.1.2.1.1.3.0 = 4711",
            "1.3.6.1.2.1.2.2.1.10.2 = 200"
        ]
    );
}

#[test]
fn each_binding_has_its_own_exception() {
    let request = named(
        Get,
        [
            oid!(1.3.6.1.2.1.1.1.0),
            oid!(1.3.6.1.2.1.1.1.5),
            oid!(1.3.6.1.2.1.1.1),
            oid!(1.3.6.1.2.1.1.1.0.0),
            oid!(1.3.6.1.2.1.1.99.0),
            oid!(1.3.6.1.2.1.2.2.1.2.3),
            oid!(1.3.6.1.2.1.2.2.1.3.1),
            oid!(1.3.6.1.2.1.2.2.1),
            oid!(1.3.6.1.2.1.2.2),
        ],
    );
    assert_eq!(
        lines(&v2(&responder(), &request)),
        [
            "1.3.6.1.2.1.1.1.0 = probe",
            "1.3.6.1.2.1.1.1.5 noSuchInstance",
            "1.3.6.1.2.1.1.1 noSuchInstance",
            "1.3.6.1.2.1.1.1.0.0 noSuchInstance",
            "1.3.6.1.2.1.1.99.0 noSuchObject",
            "1.3.6.1.2.1.2.2.1.2.3 noSuchInstance",
            "1.3.6.1.2.1.2.2.1.3.1 noSuchObject",
            "1.3.6.1.2.1.2.2.1 noSuchObject",
            "1.3.6.1.2.1.2.2 noSuchObject",
        ]
    );
}

#[test]
fn no_bindings_are_answered_with_none() {
    assert!(lines(&v2(&responder(), &named(Get, []))).is_empty());
}

#[test]
fn the_value_in_a_request_is_ignored() {
    let request = request(Get, [(oid!(1.3.6.1.2.1.1.1.0), "whatever")]);
    assert_eq!(
        lines(&v2(&responder(), &request)),
        ["1.3.6.1.2.1.1.1.0 = probe"]
    );
}

#[test]
fn a_response_that_does_not_fit_is_too_big_and_empty() {
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.2.1.1.1.0)]);
    let fits = v2(&responder(), &request).var_binds.as_ref().encoded_len();
    let response = ask_within(&responder(), Version::V2c, &request, fits);
    assert_eq!(response.error_status, ErrorStatus::NO_ERROR);
    let response = ask_within(&responder(), Version::V2c, &request, fits - 1);
    assert_eq!(
        (response.error_status, response.error_index),
        (ErrorStatus::TOO_BIG, 0)
    );
    assert!(response.var_binds.is_empty());
}

#[test]
fn any_other_failure_is_gen_err_with_the_index() {
    let mut responder = responder();
    register(&mut responder, oid!(1.3.6.1.4.1.99.1), Broken);
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.4.1.99.1.0)]);
    assert_refused(&request, &v2(&responder, &request), ErrorStatus::GEN_ERR, 2);
}

#[test]
fn a_panic_in_a_handler_is_gen_err_and_the_next_request_is_answered() {
    let mut responder = responder();
    let calls = Rc::new(Cell::new(0));
    let counter = Rc::clone(&calls);
    let unreliable = Scalar::dynamic(move || {
        counter.set(counter.get() + 1);
        assert!(counter.get() > 1, "the first call fails");
        counter.get()
    });
    register(&mut responder, oid!(1.3.6.1.4.1.99.1), unreliable);
    let request = named(Get, [oid!(1.3.6.1.4.1.99.1.0)]);
    assert_refused(&request, &v2(&responder, &request), ErrorStatus::GEN_ERR, 1);
    assert_eq!(lines(&v2(&responder, &request)), ["1.3.6.1.4.1.99.1.0 = 2"]);
}

#[test]
fn a_value_that_is_longer_than_any_response_is_not_copied() {
    let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
    let text = vec![b'x'; 1 << 20];
    register(&mut responder, oid!(1.3.6.1.4.1.99), Scalar::constant(text));
    for request in [
        named(Get, [oid!(1.3.6.1.4.1.99.0)]),
        named(GetNext, [oid!(1.3)]),
        bulk(0, 1, [oid!(1.3)]),
    ] {
        let response = v2(&responder, &request);
        assert_eq!(response.error_status, ErrorStatus::TOO_BIG);
        assert!(response.var_binds.into_buffer().capacity() <= PLENTY);
    }
}

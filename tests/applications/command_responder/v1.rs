//! SNMPv1, RFC 1157 section 4.1.

use super::*;

#[test]
fn get_of_a_missing_name_is_no_such_name_with_the_bindings_of_the_request() {
    for missing in [
        oid!(1.3.6.1.2.1.1.99.0),
        oid!(1.3.6.1.2.1.1.1.5),
        oid!(1.3.6.1.2.1.2.2),
    ] {
        let request = named(
            Get,
            [oid!(1.3.6.1.2.1.1.1.0), missing, oid!(1.3.6.1.2.1.1.3.0)],
        );
        assert_refused(
            &request,
            &v1(&responder(), &request),
            ErrorStatus::NO_SUCH_NAME,
            2,
        );
    }
}

#[test]
fn get_next_past_the_end_is_no_such_name() {
    let request = named(GetNext, [oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.6.3.99)]);
    assert_refused(
        &request,
        &v1(&responder(), &request),
        ErrorStatus::NO_SUCH_NAME,
        2,
    );
}

#[test]
fn good_requests_are_answered_as_in_version_2() {
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.2.1.2.2.1.10.2)]);
    let responder = responder();
    assert_eq!(
        lines(&v1(&responder, &request)),
        lines(&v2(&responder, &request))
    );
}

#[test]
fn too_big_has_the_bindings_of_the_request() {
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0)]);
    let response = ask_within(&responder(), Version::V1, &request, 18);
    assert_refused(&request, &response, ErrorStatus::TOO_BIG, 0);
}

#[test]
fn a_set_is_all_or_nothing() {
    let mut responder = responder();
    let good = request(Set, [(oid!(1.3.6.1.2.1.1.4.0), "me")]);
    assert_refused(&good, &v1(&responder, &good), ErrorStatus::NO_ERROR, 0);
    let bad = request(
        Set,
        [
            (oid!(1.3.6.1.2.1.1.4.0), "you"),
            (oid!(1.3.6.1.2.1.1.1.0), "x"),
        ],
    );
    assert_refused(&bad, &v1(&responder, &bad), ErrorStatus::NO_SUCH_NAME, 2);
    assert_eq!(
        value(&mut responder, &oid!(1.3.6.1.2.1.1.4.0)),
        Value::from("me")
    );
}

/// What a program keeps of a device's Counter64 with too many octets goes out in SNMPv1 as little as a sound one.
#[test]
fn a_kept_value_with_the_tag_of_counter64_does_not_exist() {
    let kept = Value::Other {
        tag: Tag::COUNTER64,
        contents: [1, 0, 0, 0, 0, 0, 0, 0, 0].into(),
    };
    let mut tree = MibTree::new();
    let (odd, behind) = (oid!(1.3.6.1.4.1.99999.1), oid!(1.3.6.1.4.1.99999.2));
    tree.register(odd.clone(), Scalar::constant(kept.clone()))
        .unwrap();
    tree.register(behind, Scalar::constant(5)).unwrap();
    let mut responder = CommandResponder::new(tree, OpenAccess);
    let get = named(Get, [oid!(1.3.6.1.4.1.99999.1.0)]);
    assert_refused(&get, &v1(&responder, &get), ErrorStatus::NO_SUCH_NAME, 1);
    let next = named(GetNext, [odd]);
    assert_eq!(lines(&v1(&responder, &next)), ["1.3.6.1.4.1.99999.2.0 = 5"]);
    assert_eq!(value(&mut responder, &oid!(1.3.6.1.4.1.99999.1.0)), kept);
}

//! SNMPv1 access to SNMPv2 data, RFC 3584 section 4.2.2.

use super::*;

#[test]
fn a_counter64_does_not_exist_for_get_in_version_1() {
    let request = named(Get, [oid!(1.3.6.1.2.1.31.1.1.1.6.1)]);
    let responder = responder();
    assert_refused(
        &request,
        &v1(&responder, &request),
        ErrorStatus::NO_SUCH_NAME,
        1,
    );
    assert_eq!(
        lines(&v2(&responder, &request)),
        ["1.3.6.1.2.1.31.1.1.1.6.1 = 1099511627776"]
    );
}

#[test]
fn counter64s_are_passed_over_by_get_next_in_version_1() {
    let request = named(GetNext, [oid!(1.3.6.1.2.1.31)]);
    assert_eq!(
        lines(&v1(&responder(), &request)),
        ["1.3.6.1.2.1.31.1.1.1.18.1 = "]
    );
    let mut responder = responder();
    let tree = responder
        .contexts_mut()
        .get_mut(b"")
        .expect("the default context");
    let table: &mut Table = tree.object_mut(IF_X_ENTRY.as_ref()).expect("registered");
    for index in [1, 2] {
        table.insert(&[index], [(6, Counter64(1))]);
    }
    assert_refused(
        &request,
        &v1(&responder, &request),
        ErrorStatus::NO_SUCH_NAME,
        1,
    );
}

#[test]
fn a_version_1_request_with_a_counter64_or_a_get_bulk_gets_no_response() {
    let process =
        |pdu: &Pdu| responder().process(&info(Version::V1, "public"), pdu.as_ref(), PLENTY);
    let set = request(Set, [(oid!(1.3.6.1.2.1.1.4.0), Counter64(1))]);
    assert_eq!(process(&set), Err(Unanswered::IllFormed));
    let get = request(Get, [(oid!(1.3.6.1.2.1.1.4.0), Counter64(1))]);
    assert_eq!(process(&get), Err(Unanswered::IllFormed));
    assert_eq!(
        process(&bulk(0, 1, [oid!(1.3)])),
        Err(Unanswered::IllFormed)
    );
}

#[test]
fn set_errors_are_mapped_as_section_4_4_says() {
    let cases: [(ObjectIdentifier, Value, ErrorStatus); 6] = [
        (
            oid!(1.3.6.1.2.1.1.1.0),
            "x".into(),
            ErrorStatus::NO_SUCH_NAME,
        ),
        (
            oid!(1.3.6.1.2.1.1.99.0),
            "x".into(),
            ErrorStatus::NO_SUCH_NAME,
        ),
        (
            oid!(1.3.6.1.2.1.1.4.1),
            "x".into(),
            ErrorStatus::NO_SUCH_NAME,
        ),
        (oid!(1.3.6.1.2.1.1.4.0), 5.into(), ErrorStatus::BAD_VALUE),
        (
            oid!(1.3.6.1.2.1.1.4.0),
            "x".repeat(256).into(),
            ErrorStatus::BAD_VALUE,
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.7.1),
            4.into(),
            ErrorStatus::BAD_VALUE,
        ),
    ];
    let responder = responder();
    for (name, value, status) in cases {
        let request = request(Set, [(name, value)]);
        assert_refused(&request, &v1(&responder, &request), status, 1);
    }
}

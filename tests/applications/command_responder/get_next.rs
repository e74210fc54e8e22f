//! GetNextRequest-PDU, RFC 3416 section 4.2.2.

use super::probes::Stuck;
use super::*;

#[test]
fn the_first_successor_is_found_from_any_name() {
    let cases = [
        (oid!(0.0), "1.3.6.1.2.1.1.1.0 = probe"),
        (oid!(1.3.6.1.2.1.1.1), "1.3.6.1.2.1.1.1.0 = probe"),
        (oid!(1.3.6.1.2.1.1.1.0), "1.3.6.1.2.1.1.2.0 = 0.0"),
        (oid!(1.3.6.1.2.1.1.1.0.7), "1.3.6.1.2.1.1.2.0 = 0.0"),
        (
            oid!(1.3.6.1.2.1.1.8.5),
            "1.3.6.1.2.1.1.9.1.2.1 = 1.3.6.1.6.3.1",
        ),
        (oid!(1.3.6.1.2.1.2), "1.3.6.1.2.1.2.1.0 = 2"),
        (oid!(1.3.6.1.2.1.2.2), "1.3.6.1.2.1.2.2.1.1.1 = 1"),
        (oid!(1.3.6.1.2.1.2.2.1.1), "1.3.6.1.2.1.2.2.1.1.1 = 1"),
        (oid!(1.3.6.1.2.1.2.2.1.1.1), "1.3.6.1.2.1.2.2.1.1.2 = 2"),
        (oid!(1.3.6.1.2.1.2.2.1.1.1.9), "1.3.6.1.2.1.2.2.1.1.2 = 2"),
        (oid!(1.3.6.1.2.1.2.2.1.1.2), "1.3.6.1.2.1.2.2.1.2.1 = lo"),
        (oid!(1.3.6.1.2.1.2.2.1.3.1), "1.3.6.1.2.1.2.2.1.7.1 = 1"),
        (
            oid!(1.3.6.1.2.1.2.2.1.10.2),
            "1.3.6.1.2.1.31.1.1.1.6.1 = 1099511627776",
        ),
    ];
    let responder = responder();
    for (name, expected) in cases {
        let request = named(GetNext, [name]);
        assert_eq!(lines(&v2(&responder, &request)), [expected]);
    }
}

/// No index in the SMI is that short, but what GET knows has a place in the order.
/// The variable behind `name`, or none at the end.
fn following(responder: &CommandResponder, name: &ObjectIdentifier) -> Option<Pdu> {
    let response = v2(responder, &named(GetNext, [name.clone()]));
    let is_end = response.var_binds.get(0).expect("one").value == ValueRef::EndOfMibView;
    (!is_end).then_some(response)
}

fn only_name(response: &Pdu) -> ObjectIdentifier {
    response.var_binds.get(0).expect("one").name.to_owned()
}

#[test]
fn a_row_whose_index_has_no_sub_identifiers_comes_first_in_its_column() {
    let entry = oid!(1.3.6.1.4.1.99.1);
    for gap in [false, true] {
        let mut table = Table::new([1, 2, 5].map(Column::new));
        table.insert(&[], [(1, 10), (2, 20), (5, 50)]);
        table.insert(
            &[3],
            [(1, 13), (5, 53)]
                .into_iter()
                .chain((!gap).then_some((2, 23))),
        );
        let mut responder = CommandResponder::new(MibTree::new(), OpenAccess);
        register(&mut responder, entry.clone(), table);
        let mut name = entry.clone();
        let mut seen = Vec::new();
        while let Some(response) = following(&responder, &name) {
            seen.extend(lines(&response));
            name = only_name(&response);
            assert_eq!(
                lines(&v2(&responder, &named(Get, [name.clone()]))),
                seen[seen.len() - 1..]
            );
        }
        let mut expected = vec![
            "1.3.6.1.4.1.99.1.1 = 10",
            "1.3.6.1.4.1.99.1.1.3 = 13",
            "1.3.6.1.4.1.99.1.2 = 20",
            "1.3.6.1.4.1.99.1.2.3 = 23",
            "1.3.6.1.4.1.99.1.5 = 50",
            "1.3.6.1.4.1.99.1.5.3 = 53",
        ];
        if gap {
            expected.remove(3);
        }
        assert_eq!(seen, expected);
    }
}

#[test]
fn past_the_end_the_name_of_the_request_is_end_of_mib_view() {
    let request = named(GetNext, [oid!(1.3.6.1.2.1.1.1), oid!(1.3.6.1.6.3.99)]);
    assert_eq!(
        lines(&v2(&responder(), &request)),
        ["1.3.6.1.2.1.1.1.0 = probe", "1.3.6.1.6.3.99 endOfMibView"]
    );
    let request = named(GetNext, [oid!(1.3)]);
    let empty = CommandResponder::new(MibTree::new(), OpenAccess);
    assert_eq!(lines(&v2(&empty, &request)), ["1.3 endOfMibView"]);
}

#[test]
fn a_walk_meets_every_variable_once_and_in_order() {
    let responder = responder();
    let mut name = oid!(0.0);
    let mut seen = Vec::new();
    while let Some(response) = following(&responder, &name) {
        let next = only_name(&response);
        assert!(next > name);
        name = next;
        seen.push(name.clone());
    }
    // Eight scalars and one row of three in the system group, ifNumber, 4 x 2 and 3 x 2 cells.
    assert_eq!(seen.len(), 8 + 3 + 1 + 8 + 6);
}

#[test]
fn instances_that_have_no_value_now_are_passed_over() {
    let mut responder = responder();
    register(
        &mut responder,
        oid!(1.3.6.1.4.1.99.1),
        Scalar::dynamic(|| Value::NoSuchInstance),
    );
    register(
        &mut responder,
        oid!(1.3.6.1.4.1.99.2),
        Scalar::constant("there"),
    );
    let request = named(GetNext, [oid!(1.3.6.1.4.1.99)]);
    assert_eq!(
        lines(&v2(&responder, &request)),
        ["1.3.6.1.4.1.99.2.0 = there"]
    );
    let request = named(Get, [oid!(1.3.6.1.4.1.99.1.0)]);
    assert_eq!(
        lines(&v2(&responder, &request)),
        ["1.3.6.1.4.1.99.1.0 noSuchInstance"]
    );
}

#[test]
fn a_response_that_does_not_fit_is_too_big_and_empty() {
    let request = named(GetNext, [oid!(1.3.6.1.2.1.1.1)]);
    let response = ask_within(&responder(), Version::V2c, &request, 10);
    assert_eq!(
        (response.error_status, response.error_index),
        (ErrorStatus::TOO_BIG, 0)
    );
    assert!(response.var_binds.is_empty());
}

#[test]
fn an_object_that_does_not_move_forward_is_gen_err_and_no_endless_loop() {
    let mut responder = responder();
    register(&mut responder, oid!(1.3.6.1.4.1.99.1), Stuck);
    let request = named(GetNext, [oid!(1.3.6.1.2.1.1.1), oid!(1.3.6.1.4.1.99.1.5)]);
    assert_refused(&request, &v2(&responder, &request), ErrorStatus::GEN_ERR, 2);
}

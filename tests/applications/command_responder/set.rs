//! SetRequest-PDU, RFC 3416 section 4.2.5.

use super::probes::Phases;
use super::*;
use deferred_snmp::objects::{Advance, Answer, Assignments, ReadError, Refused, SetPhase};
use deferred_snmp::smi::Tag;
use hex_literal::hex;

#[test]
fn a_set_is_stored_and_answered_with_its_own_bindings() {
    let mut responder = responder();
    let request = request(
        Set,
        [
            (oid!(1.3.6.1.2.1.1.4.0), Value::from("me")),
            (oid!(1.3.6.1.2.1.2.2.1.7.2), 2.into()),
        ],
    );
    assert_refused(
        &request,
        &v2(&responder, &request),
        ErrorStatus::NO_ERROR,
        0,
    );
    assert_eq!(
        value(&mut responder, &oid!(1.3.6.1.2.1.1.4.0)),
        Value::from("me")
    );
    assert_eq!(
        value(&mut responder, &oid!(1.3.6.1.2.1.2.2.1.7.2)),
        Value::from(2)
    );
}

#[test]
fn each_validation_has_its_own_error() {
    let long = "x".repeat(256);
    let cases: [(ObjectIdentifier, Value, ErrorStatus); 13] = [
        (
            oid!(1.3.6.1.2.1.1.1.0),
            "x".into(),
            ErrorStatus::NOT_WRITABLE,
        ),
        (
            oid!(1.3.6.1.2.1.1.1.5),
            "x".into(),
            ErrorStatus::NOT_WRITABLE,
        ),
        (
            oid!(1.3.6.1.2.1.1.99.0),
            "x".into(),
            ErrorStatus::NOT_WRITABLE,
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.2.1),
            "x".into(),
            ErrorStatus::NOT_WRITABLE,
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.3.1),
            1.into(),
            ErrorStatus::NOT_WRITABLE,
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.10.1),
            Counter32(1).into(),
            ErrorStatus::NOT_WRITABLE,
        ),
        (oid!(1.3.6.1.2.1.1.4.0), 5.into(), ErrorStatus::WRONG_TYPE),
        (oid!(1.3.6.1.2.1.1.4.0), ().into(), ErrorStatus::WRONG_TYPE),
        (
            oid!(1.3.6.1.2.1.1.4.0),
            long.as_str().into(),
            ErrorStatus::WRONG_LENGTH,
        ),
        (
            oid!(1.3.6.1.2.1.2.2.1.7.1),
            4.into(),
            ErrorStatus::WRONG_VALUE,
        ),
        (
            oid!(1.3.6.1.2.1.1.4.1),
            "x".into(),
            ErrorStatus::NO_CREATION,
        ),
        (oid!(1.3.6.1.2.1.1.4), "x".into(), ErrorStatus::NO_CREATION),
        (
            oid!(1.3.6.1.2.1.2.2.1.7.3),
            1.into(),
            ErrorStatus::NO_CREATION,
        ),
    ];
    let responder = responder();
    for (name, value, status) in cases {
        let text = format!("{name} = {value}");
        let request = request(Set, [(name, value)]);
        let response = v2(&responder, &request);
        assert_eq!(
            (response.error_status, response.error_index),
            (status, 1),
            "{text}"
        );
        assert_eq!(response.var_binds, request.var_binds);
    }
}

/// Values that no type of SNMP has: RFC 3416 section 4.2.5 (4) and (6).
#[test]
fn a_value_of_no_type_is_of_the_wrong_type_or_encoding() {
    let other = |tag, contents: &[u8]| Value::Other {
        tag,
        contents: contents.into(),
    };
    let contact = oid!(1.3.6.1.2.1.1.4.0);
    let admin = oid!(1.3.6.1.2.1.2.2.1.7.1);
    let counter = oid!(1.3.6.1.4.1.99.1.0);
    let obliging = oid!(1.3.6.1.4.1.99.2.0);
    let large = hex!("00 df 65 c7 13");
    let (wrong_type, wrong_encoding) = (ErrorStatus::WRONG_TYPE, ErrorStatus::WRONG_ENCODING);
    let cases = [
        (&admin, other(Tag::INTEGER, &large), wrong_encoding),
        (&contact, other(Tag::INTEGER, &large), wrong_type),
        (&contact, other(Tag::NULL, &[0]), wrong_type),
        (&contact, other(Tag::NSAP_ADDRESS, b"a"), wrong_type),
        (&contact, other(Tag::BIT_STRING, &[7, 0x80]), wrong_type),
        (&counter, other(Tag::COUNTER32, &[]), wrong_encoding),
        (&counter, other(Tag::UINTEGER32, &[5]), wrong_type),
        (&counter, other(Tag::COUNTER64, &[0xff; 9]), wrong_type),
        // Its code takes anything.
        (&obliging, other(Tag::UINTEGER32, &[5]), wrong_encoding),
        // That it cannot be written at all comes first.
        (
            &oid!(1.3.6.1.2.1.1.1.0),
            other(Tag::INTEGER, &large),
            ErrorStatus::NOT_WRITABLE,
        ),
    ];
    let mut responder = responder();
    register(
        &mut responder,
        oid!(1.3.6.1.4.1.99.1),
        Scalar::variable(Counter32(1)),
    );
    let phases = Phases::default();
    register(
        &mut responder,
        oid!(1.3.6.1.4.1.99.2),
        phases.probe(1, None),
    );
    for (name, value, status) in cases {
        let text = format!("{name} = {value:?}");
        let request = request(Set, [(name.clone(), value)]);
        let response = v2(&responder, &request);
        assert_eq!(
            (response.error_status, response.error_index),
            (status, 1),
            "{text}"
        );
        assert_eq!(response.var_binds, request.var_binds, "{text}");
        // In a request that only reads, values say nothing.
        let kind = PduKind::GetRequest;
        let asked = Pdu { kind, ..request };
        let response = v2(&responder, &asked);
        assert_eq!(response.error_status, ErrorStatus::NO_ERROR, "{text}");
    }
    assert_eq!(phases.take(), "check 1");
}

#[test]
fn without_a_declared_syntax_the_present_type_is_the_measure() {
    let mut responder = responder();
    register(
        &mut responder,
        oid!(1.3.6.1.4.1.99.1),
        Scalar::variable(Gauge32(1)),
    );
    let alias = oid!(1.3.6.1.2.1.31.1.1.1.18.1);
    for (name, given, status) in [
        (
            oid!(1.3.6.1.4.1.99.1.0),
            Value::from(1),
            ErrorStatus::WRONG_TYPE,
        ),
        (
            oid!(1.3.6.1.4.1.99.1.0),
            Gauge32(2).into(),
            ErrorStatus::NO_ERROR,
        ),
        (alias.clone(), 1.into(), ErrorStatus::WRONG_TYPE),
        (alias, "uplink".into(), ErrorStatus::NO_ERROR),
    ] {
        let response = v2(&responder, &request(Set, [(name, given)]));
        assert_eq!(response.error_status, status);
    }
}

#[test]
fn what_a_validator_says_is_the_error() {
    for refusal in [
        SetError::WrongValue,
        SetError::InconsistentValue,
        SetError::ResourceUnavailable,
    ] {
        let mut responder = responder();
        let scalar = Scalar::variable(1).validate(move |value| match value.as_i64() {
            Some(13) => Err(refusal),
            _ => Ok(()),
        });
        register(&mut responder, oid!(1.3.6.1.4.1.99.1), scalar);
        let bad = request(Set, [(oid!(1.3.6.1.4.1.99.1.0), 13)]);
        assert_eq!(
            v2(&responder, &bad).error_status.to_string(),
            refusal.to_string()
        );
        let good = request(Set, [(oid!(1.3.6.1.4.1.99.1.0), 12)]);
        assert_eq!(v2(&responder, &good).error_status, ErrorStatus::NO_ERROR);
    }
}

#[test]
fn one_bad_binding_and_nothing_is_stored() {
    let mut responder = responder();
    let request = request(
        Set,
        [
            (oid!(1.3.6.1.2.1.1.4.0), "me"),
            (oid!(1.3.6.1.2.1.1.1.0), "x"),
        ],
    );
    assert_refused(
        &request,
        &v2(&responder, &request),
        ErrorStatus::NOT_WRITABLE,
        2,
    );
    assert_eq!(
        value(&mut responder, &oid!(1.3.6.1.2.1.1.4.0)),
        Value::from("")
    );
}

#[test]
fn a_setter_gets_the_value_and_the_former_one_when_it_is_undone() {
    let mut responder = responder();
    let stored = Rc::new(RefCell::new(vec![1]));
    let (getter, setter) = (Rc::clone(&stored), Rc::clone(&stored));
    let scalar = Scalar::dynamic(move || *getter.borrow().last().expect("never empty")).writable(
        move |value| {
            setter
                .borrow_mut()
                .push(value.as_i64().expect("an integer") as i32);
            Ok(())
        },
    );
    register(&mut responder, oid!(1.3.6.1.4.1.99.1), scalar);
    let failing = Scalar::variable(0).writable(|_| Err(SetError::GenErr));
    register(&mut responder, oid!(1.3.6.1.4.1.99.2), failing);
    let good = request(Set, [(oid!(1.3.6.1.4.1.99.1.0), 5)]);
    assert_eq!(v2(&responder, &good).error_status, ErrorStatus::NO_ERROR);
    assert_eq!(*stored.borrow(), [1, 5]);
    let bad = request(
        Set,
        [(oid!(1.3.6.1.4.1.99.1.0), 6), (oid!(1.3.6.1.4.1.99.2.0), 1)],
    );
    assert_refused(&bad, &v2(&responder, &bad), ErrorStatus::COMMIT_FAILED, 2);
    assert_eq!(*stored.borrow(), [1, 5, 6, 5]);
}

#[test]
fn a_failed_commit_undoes_what_was_assigned_last_first() {
    let mut responder = responder();
    let phases = Phases::default();
    for arc in 1..=3 {
        let probe = phases.probe(arc, (arc == 3).then_some("commit"));
        register(
            &mut responder,
            oid!(1.3.6.1.4.1.99).child(arc).expect("short"),
            probe,
        );
    }
    let bindings: Vec<_> = (1..=3)
        .map(|arc| (oid!(1.3.6.1.4.1.99).extend([arc, 0]).expect("short"), 1))
        .collect();
    let request = request(Set, bindings);
    assert_refused(
        &request,
        &v2(&responder, &request),
        ErrorStatus::COMMIT_FAILED,
        3,
    );
    assert_eq!(
        phases.take(),
        "check 1, check 2, check 3, reserve 1, reserve 2, reserve 3, commit 1, commit 2, commit 3, \
         undo 2, undo 1, cleanup 1, cleanup 2, cleanup 3"
    );
}

#[test]
fn an_undo_that_fails_is_said_and_the_others_are_still_undone() {
    let mut responder = responder();
    let phases = Phases::default();
    for (arc, failing) in [(1, None), (2, Some("undo")), (3, Some("commit"))] {
        let probe = phases.probe(arc, failing);
        register(
            &mut responder,
            oid!(1.3.6.1.4.1.99).child(arc).expect("short"),
            probe,
        );
    }
    let bindings: Vec<_> = (1..=3)
        .map(|arc| (oid!(1.3.6.1.4.1.99).extend([arc, 0]).expect("short"), 1))
        .collect();
    let request = request(Set, bindings);
    assert_refused(
        &request,
        &v2(&responder, &request),
        ErrorStatus::UNDO_FAILED,
        0,
    );
    assert!(phases.take().contains("undo 2, undo 1"));
}

#[test]
fn what_fails_before_the_commits_leaves_nothing_reserved() {
    for (failing, expected) in [
        ("check", "check 1, check 2"),
        (
            "reserve",
            "check 1, check 2, check 3, reserve 1, reserve 2, cleanup 1",
        ),
    ] {
        let mut responder = responder();
        let phases = Phases::default();
        for (arc, failing) in [(1, None), (2, Some(failing)), (3, None)] {
            let probe = phases.probe(arc, failing);
            register(
                &mut responder,
                oid!(1.3.6.1.4.1.99).child(arc).expect("short"),
                probe,
            );
        }
        let bindings: Vec<_> = (1..=3)
            .map(|arc| (oid!(1.3.6.1.4.1.99).extend([arc, 0]).expect("short"), 1))
            .collect();
        let request = request(Set, bindings);
        assert_refused(
            &request,
            &v2(&responder, &request),
            ErrorStatus::RESOURCE_UNAVAILABLE,
            2,
        );
        assert_eq!(phases.take(), expected);
    }
}

/// An object has each phase once, with all its bindings, wherever they stand in the PDU.
#[test]
fn an_object_sees_all_its_bindings_at_once() {
    let at = |arc: u32, instance| {
        (
            oid!(1.3.6.1.4.1.99).extend([arc, instance]).expect("short"),
            1,
        )
    };
    // Objects come in the order of their first bindings; 4 is left of 2 and takes the blame for its third.
    for (failing, status, index, expected) in [
        (
            None,
            ErrorStatus::NO_ERROR,
            0,
            "commit 4 of 3, commit 2 of 2, cleanup 4 of 3, cleanup 2 of 2",
        ),
        (
            Some("reserve"),
            ErrorStatus::RESOURCE_UNAVAILABLE,
            2,
            "cleanup 4 of 3",
        ),
        (
            Some("commit"),
            ErrorStatus::COMMIT_FAILED,
            2,
            "commit 4 of 3, commit 2 of 2, undo 4 of 3, cleanup 4 of 3, cleanup 2 of 2",
        ),
    ] {
        let mut responder = responder();
        let phases = Phases::default();
        register(
            &mut responder,
            oid!(1.3.6.1.4.1.99.4),
            phases.probe(4, None),
        );
        register(
            &mut responder,
            oid!(1.3.6.1.4.1.99.2),
            phases.probe(2, failing),
        );
        let set = request(Set, [at(4, 1), at(2, 1), at(4, 2), at(2, 2), at(4, 3)]);
        assert_refused(&set, &v2(&responder, &set), status, index);
        let before = "check 4, check 2, check 4, check 2, check 4, reserve 4 of 3, reserve 2 of 2";
        assert_eq!(phases.take(), format!("{before}, {expected}"));
    }
}

/// Which of an object's bindings is to blame is for the object to say; otherwise it is the first.
#[test]
fn an_object_may_say_which_of_its_bindings_is_to_blame() {
    struct Blames(usize);

    impl ManagedObject for Blames {
        fn get(&mut self, _: &Asker<'_>, _: &[u32]) -> Result<Answer<'_>, ReadError> {
            Err(ReadError::NoSuchInstance)
        }

        fn advance(&mut self, _: &Asker<'_>, _: &mut Vec<u32>) -> Advance {
            Advance::End
        }

        fn check(&mut self, _: &Asker<'_>, _: &[u32], _: ValueRef<'_>) -> Result<(), SetError> {
            Ok(())
        }

        fn commit(&mut self, _: &Asker<'_>, set: Assignments<'_>) -> Result<SetPhase, Refused> {
            let values: Vec<_> = set
                .iter()
                .map(|it| (it.instance.to_vec(), it.value.as_i64()))
                .collect();
            assert_eq!(
                values,
                [(vec![5], Some(50)), (vec![0], Some(0)), (vec![6], Some(60))]
            );
            Err(Refused {
                error: SetError::GenErr,
                assignment: self.0,
            })
        }
    }

    let name = |arcs: [u32; 2]| oid!(1.3.6.1.4.1.99).extend(arcs).expect("short");
    for (blamed, index) in [(0, 1), (1, 3), (2, 4), (3, 1)] {
        let mut responder = responder();
        register(&mut responder, oid!(1.3.6.1.4.1.99.1), Blames(blamed));
        register(
            &mut responder,
            oid!(1.3.6.1.4.1.99.2),
            Phases::default().probe(2, None),
        );
        let set = [([1, 5], 50), ([2, 0], 20), ([1, 0], 0), ([1, 6], 60)];
        let set = request(Set, set.map(|(arcs, value)| (name(arcs), value)));
        assert_refused(
            &set,
            &v2(&responder, &set),
            ErrorStatus::COMMIT_FAILED,
            index,
        );
    }
}

#[test]
fn a_panic_while_assigning_is_commit_failed_and_undone() {
    let mut responder = responder();
    let scalar = Scalar::variable(0).writable(|_| panic!("cannot be stored"));
    register(&mut responder, oid!(1.3.6.1.4.1.99.1), scalar);
    let request = request(
        Set,
        [
            (oid!(1.3.6.1.2.1.1.5.0), Value::from("new")),
            (oid!(1.3.6.1.4.1.99.1.0), 1.into()),
        ],
    );
    assert_refused(
        &request,
        &v2(&responder, &request),
        ErrorStatus::COMMIT_FAILED,
        2,
    );
    assert_eq!(
        value(&mut responder, &oid!(1.3.6.1.2.1.1.5.0)),
        Value::from("here")
    );
}

#[test]
fn cells_are_undone_in_a_table_even_when_named_twice() {
    let mut responder = responder();
    let failing = Scalar::variable(0).writable(|_| Err(SetError::GenErr));
    register(&mut responder, oid!(1.3.6.1.4.1.99.2), failing);
    let status = oid!(1.3.6.1.2.1.2.2.1.7.1);
    let request = request(
        Set,
        [
            (status.clone(), 2),
            (status.clone(), 3),
            (oid!(1.3.6.1.4.1.99.2.0), 1),
        ],
    );
    assert_refused(
        &request,
        &v2(&responder, &request),
        ErrorStatus::COMMIT_FAILED,
        3,
    );
    assert_eq!(value(&mut responder, &status), Value::from(1));
}

#[test]
fn a_response_that_would_not_fit_changes_nothing() {
    let mut responder = responder();
    let request = request(Set, [(oid!(1.3.6.1.2.1.1.4.0), "me")]);
    let size = request.var_binds.as_ref().encoded_len();
    let response = ask_within(&responder, Version::V2c, &request, size - 1);
    assert_eq!(
        (response.error_status, response.error_index),
        (ErrorStatus::TOO_BIG, 0)
    );
    assert!(response.var_binds.is_empty());
    assert_eq!(
        value(&mut responder, &oid!(1.3.6.1.2.1.1.4.0)),
        Value::from("")
    );
}

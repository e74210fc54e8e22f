//! Access control and contexts, RFC 3413 section 3.2.

use super::*;

fn restricted() -> CommandResponder {
    let mut policy = SubtreeAccess::new();
    let views = Views::new()
        .read(oid!(1.3.6.1.2.1.1.1))
        .read(oid!(1.3.6.1.2.1.1.5.0))
        .read(oid!(1.3.6.1.2.1.2.2.1.2))
        .write(oid!(1.3.6.1.2.1.1.5));
    policy.set("public", views);
    CommandResponder::new(tree(), policy)
}

#[test]
fn a_variable_outside_the_view_reads_as_no_such_object() {
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0), oid!(1.3.6.1.2.1.1.4.0)]);
    assert_eq!(
        lines(&v2(&restricted(), &request)),
        [
            "1.3.6.1.2.1.1.1.0 = probe",
            "1.3.6.1.2.1.1.4.0 noSuchObject"
        ]
    );
}

#[test]
fn get_next_and_get_bulk_pass_over_what_is_hidden() {
    let expected = [
        "1.3.6.1.2.1.1.1.0 = probe",
        "1.3.6.1.2.1.1.5.0 = here",
        "1.3.6.1.2.1.2.2.1.2.1 = lo",
        "1.3.6.1.2.1.2.2.1.2.2 = eth0",
        "1.3.6.1.2.1.2.2.1.2.2 endOfMibView",
    ];
    let responder = restricted();
    assert_eq!(lines(&v2(&responder, &bulk(0, 50, [oid!(1.3)]))), expected);
    let mut name = oid!(1.3);
    for line in expected {
        let response = v2(&responder, &named(GetNext, [name]));
        assert_eq!(lines(&response), [line]);
        name = response.var_binds.get(0).expect("one").name.to_owned();
    }
}

#[test]
fn hidden_variables_are_passed_over_when_the_policy_cannot_tell_what_follows() {
    struct OddColumns;
    impl AccessControl for OddColumns {
        fn is_access_allowed(&self, _: &AccessRequest<'_>, name: OidRef<'_>) -> AccessDecision {
            match name.arcs().nth(7) {
                Some(arc) if arc % 2 == 1 => AccessDecision::Allowed,
                _ => AccessDecision::NotInView,
            }
        }
    }
    let responder = CommandResponder::new(tree(), OddColumns);
    let response = v2(&responder, &bulk(0, 4, [oid!(1.3.6.1.2.1.1)]));
    assert_eq!(
        lines(&response),
        [
            "1.3.6.1.2.1.1.1.0 = probe",
            "1.3.6.1.2.1.1.3.0 = 4711",
            "1.3.6.1.2.1.1.5.0 = here",
            "1.3.6.1.2.1.1.7.0 = 72"
        ]
    );
}

#[test]
fn what_is_hidden_is_not_even_computed() {
    let mut responder = restricted();
    register(
        &mut responder,
        oid!(1.3.6.1.2.1.1.10),
        Scalar::dynamic(|| -> i32 { panic!("computed") }),
    );
    assert!(!lines(&v2(&responder, &bulk(0, 50, [oid!(1.3)]))).is_empty());
    let request = named(Get, [oid!(1.3.6.1.2.1.1.10.0)]);
    assert_eq!(
        lines(&v2(&responder, &request)),
        ["1.3.6.1.2.1.1.10.0 noSuchObject"]
    );
}

#[test]
fn a_set_outside_the_write_view_is_no_access() {
    let mut responder = restricted();
    let request = request(
        Set,
        [
            (oid!(1.3.6.1.2.1.1.5.0), "new"),
            (oid!(1.3.6.1.2.1.1.4.0), "me"),
        ],
    );
    assert_refused(
        &request,
        &v2(&responder, &request),
        ErrorStatus::NO_ACCESS,
        2,
    );
    assert_refused(
        &request,
        &v1(&responder, &request),
        ErrorStatus::NO_SUCH_NAME,
        2,
    );
    assert_eq!(
        value(&mut responder, &oid!(1.3.6.1.2.1.1.5.0)),
        Value::from("here")
    );
}

#[test]
fn a_principal_without_any_right_is_an_authorization_error() {
    let mut responder = restricted();
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0)]);
    let answer = |responder: &mut CommandResponder, version| {
        responder
            .process(&info(version, "stranger"), request.as_ref(), PLENTY)
            .expect("a response")
    };
    let response = answer(&mut responder, Version::V2c);
    assert_refused(&request, &response, ErrorStatus::AUTHORIZATION_ERROR, 0);
    assert_eq!(responder.bad_community_uses(), 0);
    // RFC 3584 section 4.4: noSuchName in SNMPv1, and counted.
    let response = answer(&mut responder, Version::V1);
    assert_refused(&request, &response, ErrorStatus::NO_SUCH_NAME, 1);
    assert_eq!(responder.bad_community_uses(), 1);
}

#[test]
fn other_decisions_are_authorization_error_gen_err_or_no_response() {
    struct Always(AccessDecision);
    impl AccessControl for Always {
        fn is_access_allowed(&self, _: &AccessRequest<'_>, _: OidRef<'_>) -> AccessDecision {
            self.0
        }
    }
    for kind in [Get, GetNext, Set] {
        let request = request(kind, [(oid!(1.3.6.1.2.1.1.5.0), "x")]);
        let answer = |decision| {
            CommandResponder::new(tree(), Always(decision)).process(
                &info(Version::V2c, "public"),
                request.as_ref(),
                PLENTY,
            )
        };
        for decision in [AccessDecision::NoSuchView, AccessDecision::NoAccessEntry] {
            let response = answer(decision).expect("a response");
            assert_refused(&request, &response, ErrorStatus::AUTHORIZATION_ERROR, 0);
        }
        let response = answer(AccessDecision::OtherError).expect("a response");
        assert_refused(&request, &response, ErrorStatus::GEN_ERR, 1);
        assert_eq!(
            answer(AccessDecision::NoSuchContext),
            Err(Unanswered::UnknownContext)
        );
    }
}

#[test]
fn contexts_have_objects_of_their_own_and_unknown_ones_no_response() {
    let mut responder = responder();
    let mut other = MibTree::new();
    System::new("another")
        .register(&mut other, || 1)
        .expect("free");
    responder.contexts_mut().insert("other", other);
    let request = named(Get, [oid!(1.3.6.1.2.1.1.1.0)]);
    let answer = |context_name: &[u8]| {
        let mut info = info(Version::V2c, "public");
        info.context_name = context_name;
        responder.process(&info, request.as_ref(), PLENTY)
    };
    assert_eq!(
        lines(&answer(b"").expect("known")),
        ["1.3.6.1.2.1.1.1.0 = probe"]
    );
    assert_eq!(
        lines(&answer(b"other").expect("known")),
        ["1.3.6.1.2.1.1.1.0 = another"]
    );
    assert_eq!(answer(b"othe"), Err(Unanswered::UnknownContext));
}

#[test]
fn what_is_no_request_gets_no_response() {
    for kind in [
        PduKind::Response,
        PduKind::TrapV2,
        PduKind::InformRequest,
        PduKind::Report,
    ] {
        let pdu = named(kind, [oid!(1.3.6.1.2.1.1.1.0)]);
        let response = responder().process(&info(Version::V2c, "public"), pdu.as_ref(), PLENTY);
        assert_eq!(response, Err(Unanswered::NotARequest));
    }
}

//! Access control: what a policy grants, and that it grants nothing that was not listed (RFC 3415 section 3).

use deferred_snmp::access::{
    AccessControl, AccessDecision, AccessRequest, NextInView, OpenAccess, SubtreeAccess, ViewType,
    Views,
};
use deferred_snmp::oid;
use deferred_snmp::security::{SecurityLevel, SecurityModel};
use deferred_snmp::smi::ObjectIdentifier;

fn request(security_name: &[u8], view_type: ViewType) -> AccessRequest<'_> {
    AccessRequest {
        security_model: SecurityModel::V2C,
        security_name,
        security_level: SecurityLevel::NoAuthNoPriv,
        view_type,
        context_name: b"",
    }
}

fn decide(
    policy: &dyn AccessControl,
    name: &[u8],
    view: ViewType,
    variable: &ObjectIdentifier,
) -> AccessDecision {
    policy.is_access_allowed(&request(name, view), variable.as_ref())
}

fn policy() -> SubtreeAccess {
    let mut policy = SubtreeAccess::new();
    policy.set(
        "public",
        Views::new()
            .read(oid!(1.3.6.1.2.1.1))
            .read(oid!(1.3.6.1.2.1.31)),
    );
    policy.set(
        "private",
        Views::new()
            .read(oid!(1.3.6.1))
            .write(oid!(1.3.6.1.2.1.1.5)),
    );
    policy.set(
        "secret",
        Views::new()
            .at_least(SecurityLevel::AuthPriv)
            .read(oid!(1.3.6.1)),
    );
    policy
}

#[test]
fn open_access_grants_everything_to_everybody() {
    for view in [ViewType::Read, ViewType::Write, ViewType::Notify] {
        let decision = decide(&OpenAccess, b"whoever", view, &oid!(1.3.6.1.2.1.1.1.0));
        assert_eq!(decision, AccessDecision::Allowed, "{view:?}");
    }
}

#[test]
fn a_subtree_holds_its_root_and_what_lies_below_and_nothing_beside() {
    let policy = policy();
    let cases = [
        (oid!(1.3.6.1.2.1.1), AccessDecision::Allowed),
        (oid!(1.3.6.1.2.1.1.1.0), AccessDecision::Allowed),
        (oid!(1.3.6.1.2.1.31.1.1.1.6.1), AccessDecision::Allowed),
        (oid!(1.3.6.1.2.1), AccessDecision::NotInView),
        (oid!(1.3.6.1.2.1.2.1.0), AccessDecision::NotInView),
        (oid!(1.3.6.1.2.1.10.1.0), AccessDecision::NotInView),
        (oid!(1.3.6.1.2.1.32), AccessDecision::NotInView),
        (oid!(0.0), AccessDecision::NotInView),
    ];
    for (variable, expected) in cases {
        assert_eq!(
            decide(&policy, b"public", ViewType::Read, &variable),
            expected,
            "{variable}"
        );
    }
}

#[test]
fn a_view_that_was_not_given_is_empty() {
    let policy = policy();
    for (name, view) in [
        (b"public".as_slice(), ViewType::Write),
        (b"public", ViewType::Notify),
        (b"private", ViewType::Notify),
    ] {
        let decision = decide(&policy, name, view, &oid!(1.3.6.1.2.1.1.5.0));
        assert_eq!(decision, AccessDecision::NotInView, "{view:?}");
    }
    let decision = decide(
        &policy,
        b"private",
        ViewType::Write,
        &oid!(1.3.6.1.2.1.1.4.0),
    );
    assert_eq!(decision, AccessDecision::NotInView);
}

#[test]
fn an_unknown_principal_belongs_to_no_group() {
    let mut policy = policy();
    for name in [b"".as_slice(), b"publi", b"publicc", b"PUBLIC"] {
        let decision = decide(&policy, name, ViewType::Read, &oid!(1.3.6.1.2.1.1.1.0));
        assert_eq!(decision, AccessDecision::NoGroupName);
    }
    assert!(policy.remove(b"public"));
    assert!(!policy.remove(b"public"));
    let decision = decide(&policy, b"public", ViewType::Read, &oid!(1.3.6.1.2.1.1.1.0));
    assert_eq!(decision, AccessDecision::NoGroupName);
}

#[test]
fn a_level_below_the_one_asked_for_has_no_access_entry() {
    let policy = policy();
    let variable = oid!(1.3.6.1.2.1.1.1.0);
    for (level, expected) in [
        (SecurityLevel::NoAuthNoPriv, AccessDecision::NoAccessEntry),
        (SecurityLevel::AuthNoPriv, AccessDecision::NoAccessEntry),
        (SecurityLevel::AuthPriv, AccessDecision::Allowed),
    ] {
        let request = AccessRequest {
            security_level: level,
            security_model: SecurityModel::USM,
            ..request(b"secret", ViewType::Read)
        };
        assert_eq!(
            policy.is_access_allowed(&request, variable.as_ref()),
            expected,
            "{level}"
        );
    }
}

#[test]
fn overlapping_subtrees_count_once() {
    let mut policy = SubtreeAccess::new();
    let views = Views::new()
        .read(oid!(1.3.6.1.2.1.2.2))
        .read(oid!(1.3.6.1.2.1.1))
        .read(oid!(1.3.6.1.2.1.2))
        .read(oid!(1.3.6.1.2.1.2.1));
    policy.set("public", views);
    for variable in [
        oid!(1.3.6.1.2.1.2.1.0),
        oid!(1.3.6.1.2.1.2.2.1.1.1),
        oid!(1.3.6.1.2.1.2.5),
    ] {
        let decision = decide(&policy, b"public", ViewType::Read, &variable);
        assert_eq!(decision, AccessDecision::Allowed, "{variable}");
    }
}

#[test]
fn the_next_subtree_of_a_view_is_where_it_goes_on() {
    let policy = policy();
    let request = request(b"public", ViewType::Read);
    let next = |variable: ObjectIdentifier| policy.next_in_view(&request, variable.as_ref());
    assert_eq!(next(oid!(1.3.6.1.2.1)), NextInView::At(oid!(1.3.6.1.2.1.1)));
    assert_eq!(
        next(oid!(1.3.6.1.2.1.2.1.0)),
        NextInView::At(oid!(1.3.6.1.2.1.31))
    );
    assert_eq!(next(oid!(1.3.6.1.4.1)), NextInView::Nothing);
    assert_eq!(
        OpenAccess.next_in_view(&request, oid!(1.3.6.1).as_ref()),
        NextInView::Unknown
    );
}

#[test]
fn a_user_is_authenticated_unless_the_policy_says_otherwise() {
    let decide = |policy: &SubtreeAccess, security_level| {
        let request = AccessRequest {
            security_model: SecurityModel::USM,
            security_level,
            ..request(b"joe", ViewType::Read)
        };
        policy.is_access_allowed(&request, oid!(1.3.6.1.2.1.1.1.0).as_ref())
    };
    let views = Views::new().read(oid!(1.3.6.1));
    let mut policy = SubtreeAccess::new();
    policy.set("joe", views.clone());
    let refused = AccessDecision::NoAccessEntry;
    assert_eq!(decide(&policy, SecurityLevel::NoAuthNoPriv), refused);
    let allowed = AccessDecision::Allowed;
    assert_eq!(decide(&policy, SecurityLevel::AuthNoPriv), allowed);
    policy.set("joe", views.at_least(SecurityLevel::NoAuthNoPriv));
    assert_eq!(decide(&policy, SecurityLevel::NoAuthNoPriv), allowed);
}

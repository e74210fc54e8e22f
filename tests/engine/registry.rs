//! Who takes what: registrations by contexts and classes of PDUs, and what nobody has registered for.

use deferred_snmp::engine::{
    ContextScope, EngineConfig, Event, PduClass, Refusal, RegistrationError, RegistrationId,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable, EngineId};
use deferred_snmp::smi::VarBindList;

use util::rig::{Rig, agent};

const READ: &[PduClass] = &[PduClass::Read];
const WRITE: &[PduClass] = &[PduClass::Write];
const NOTIFICATION: &[PduClass] = &[PduClass::Notification];
const REQUESTS: &[PduClass] = &PduClass::REQUESTS;
const ALL: &[PduClass] = &[PduClass::Read, PduClass::Write, PduClass::Notification];

fn engine_id(number: u8) -> EngineId {
    EngineId::generate(20_408, [number; 8])
}

/// The community "N CONTEXT" speaks of that context of the engine N, and "CONTEXT" of one of an engine that it does not
/// name.
fn config() -> EngineConfig {
    let mut communities = CommunityTable::default();
    communities.set_rule(|community| {
        let community = std::str::from_utf8(community).ok()?;
        let (engine, context) = community.split_once(' ').unwrap_or(("", community));
        let entry = CommunityEntry::new("somebody").context_name(context);
        Some(match engine {
            "" => entry,
            "any" => entry.context_engine_id(EngineId::LOCAL),
            number => entry.context_engine_id(engine_id(number.parse().ok()?)),
        })
    });
    EngineConfig::with_seed(1)
        .engine_id(engine_id(1))
        .communities(communities)
        .requests(false)
}

fn message(community: &str, kind: PduKind) -> Vec<u8> {
    let pdu = Pdu::new(kind, 7, VarBindList::new());
    let mut out = Vec::new();
    CommunityMessage::new(Version::V2c, community.as_bytes(), &pdu).encode(&mut out);
    out
}

/// For whom a message is, and of which engine it speaks.
fn taker(
    rig: &mut Rig,
    community: &str,
    kind: PduKind,
) -> Option<(RegistrationId, Option<EngineId>)> {
    rig.receive(0, &agent(9), &message(community, kind));
    let taken = rig.engine.poll_event().map(|event| match event {
        Event::Request(request) => {
            rig.engine.discard(request.state);
            (request.registration, Some(request.context_engine_id))
        }
        Event::Notification(notification) => {
            if let Some(state) = notification.state {
                rig.engine.discard(state);
            }
            (notification.registration, notification.context_engine_id)
        }
        other => panic!("{other:?}"),
    });
    assert!(!rig.engine.has_output());
    taken
}

fn this() -> ContextScope {
    ContextScope::this_engine()
}

fn of(number: u8) -> ContextScope {
    ContextScope::engine(engine_id(number))
}

fn any() -> ContextScope {
    ContextScope::any_engine()
}

#[test]
fn the_very_engine_comes_before_any_and_the_very_context_before_all() {
    // (registrations, [(community, who takes a GET with it)])
    type Case<'a> = (&'a [ContextScope], &'a [(&'a str, Option<usize>)]);
    let cases: &[Case<'_>] = &[
        (&[], &[("", None), ("1 ", None), ("2 ", None)]),
        (
            &[this()],
            &[
                ("", Some(0)),
                ("east", Some(0)),
                ("1 east", Some(0)),
                ("any east", Some(0)),
                ("2 ", None),
            ],
        ),
        (
            &[of(2)],
            &[
                ("", None),
                ("1 ", None),
                ("2 ", Some(0)),
                ("2 east", Some(0)),
                ("3 ", None),
            ],
        ),
        (
            &[any()],
            &[
                ("", Some(0)),
                ("1 ", Some(0)),
                ("2 east", Some(0)),
                ("any ", Some(0)),
            ],
        ),
        (
            &[this().named("east")],
            &[
                ("", None),
                ("east", Some(0)),
                ("1 east", Some(0)),
                ("2 east", None),
            ],
        ),
        (&[this().named("")], &[("", Some(0)), ("east", None)]),
        (
            &[
                any(),
                this(),
                this().named("east"),
                of(2),
                of(2).named("east"),
                any().named("west"),
            ],
            &[
                ("", Some(1)),
                ("east", Some(2)),
                // A name counts for less than an engine.
                ("west", Some(1)),
                ("2 ", Some(3)),
                ("2 east", Some(4)),
                ("2 west", Some(3)),
                ("3 ", Some(0)),
                ("3 east", Some(0)),
                ("3 west", Some(5)),
            ],
        ),
    ];
    for (scopes, asked) in cases {
        let mut rig = Rig::new(config());
        let mut register = |scope: &ContextScope| rig.engine.register(scope.clone(), REQUESTS);
        let ids: Vec<_> = scopes
            .iter()
            .map(|scope| register(scope).unwrap())
            .collect();
        for (community, expected) in *asked {
            for kind in [
                PduKind::GetRequest,
                PduKind::GetNextRequest,
                PduKind::GetBulkRequest,
                PduKind::SetRequest,
            ] {
                let taken = taker(&mut rig, community, kind).map(|(id, _)| id);
                let expected = expected.map(|number| ids[number]);
                assert_eq!(taken, expected, "{scopes:?}: {community:?}, {kind}");
            }
            assert_eq!(taker(&mut rig, community, PduKind::TrapV2), None);
        }
        let unknown = asked.iter().filter(|(_, taker)| taker.is_none()).count();
        let counted = rig.engine.statistics().unknown_pdu_handlers;
        assert_eq!(counted, (4 * unknown + asked.len()) as u64, "{scopes:?}");
    }
}

#[test]
fn each_class_goes_to_who_has_registered_for_it() {
    let kinds = [
        (PduKind::GetRequest, 0),
        (PduKind::GetNextRequest, 0),
        (PduKind::GetBulkRequest, 0),
        (PduKind::SetRequest, 1),
        (PduKind::InformRequest, 2),
        (PduKind::TrapV2, 2),
    ];
    let mut rig = Rig::new(config());
    let classes = [PduClass::Read, PduClass::Write, PduClass::Notification];
    let ids = classes.map(|class| rig.engine.register(any(), &[class]).unwrap());
    for (kind, number) in kinds {
        assert_eq!(PduClass::of(kind), Some(classes[number]), "{kind}");
        let (id, _) = taker(&mut rig, "", kind).unwrap();
        assert_eq!(id, ids[number], "{kind}");
    }
    for kind in [PduKind::Response, PduKind::Report] {
        assert_eq!(PduClass::of(kind), None);
        assert_eq!(taker(&mut rig, "", kind), None);
    }
    // And nothing is left of one that has ended, nor does it take others along.
    assert!(rig.engine.unregister(ids[0]));
    assert_eq!(taker(&mut rig, "", PduKind::GetRequest), None);
    assert!(taker(&mut rig, "", PduKind::SetRequest).is_some());
    assert!(taker(&mut rig, "", PduKind::TrapV2).is_some());
}

/// Who is told whose context it is: RFC 3584 section 5.2.1 lets a community name the engine.
#[test]
fn a_community_may_name_another_engine_for_requests_as_well() {
    let mut rig = Rig::new(config().requests(true));
    let proxy = rig.engine.register(any(), ALL).unwrap();
    for (community, engine, is_foreign) in [
        ("", 1, false),
        ("1 ", 1, false),
        ("any ", 1, false),
        ("2 ", 2, true),
    ] {
        let (id, of) = taker(&mut rig, community, PduKind::GetRequest).unwrap();
        assert_eq!(
            (of, id == proxy),
            (Some(engine_id(engine)), is_foreign),
            "{community:?}"
        );
    }
    let (_, of) = taker(&mut rig, "", PduKind::TrapV2).unwrap();
    assert_eq!(of, None, "of a trap nobody knows");
}

#[test]
fn a_notification_that_names_no_engine_is_for_who_takes_those_of_any() {
    let mut rig = Rig::new(config());
    for scope in [this(), of(2)] {
        rig.engine.register(scope, NOTIFICATION).unwrap();
    }
    assert_eq!(taker(&mut rig, "east", PduKind::InformRequest), None);
    let id = rig
        .engine
        .register(any().named("east"), NOTIFICATION)
        .unwrap();
    let taken = taker(&mut rig, "east", PduKind::InformRequest);
    assert_eq!(taken, Some((id, None)));
    assert_eq!(taker(&mut rig, "west", PduKind::InformRequest), None);
}

#[test]
fn the_same_contexts_and_class_twice_is_an_error_and_leaves_no_trace() {
    // (first, second, the class that is taken)
    type Half<'a> = (ContextScope, &'a [PduClass]);
    let cases: &[(Half<'_>, Half<'_>, Option<PduClass>)] = &[
        ((this(), REQUESTS), (this(), REQUESTS), Some(PduClass::Read)),
        ((this(), REQUESTS), (this(), WRITE), Some(PduClass::Write)),
        ((this(), WRITE), (this(), ALL), Some(PduClass::Write)),
        ((this(), READ), (this(), WRITE), None),
        ((this(), REQUESTS), (this(), NOTIFICATION), None),
        ((this(), ALL), (this().named("east"), ALL), None),
        ((this(), ALL), (any(), ALL), None),
        ((this(), ALL), (of(2), ALL), None),
        ((any(), ALL), (any(), READ), Some(PduClass::Read)),
        ((of(2), ALL), (of(2), READ), Some(PduClass::Read)),
        ((of(2), ALL), (of(3), READ), None),
        // However this engine is called.
        ((this(), ALL), (of(1), READ), Some(PduClass::Read)),
        (
            (ContextScope::engine(EngineId::LOCAL), WRITE),
            (this(), WRITE),
            Some(PduClass::Write),
        ),
        (
            (of(2).named("east"), ALL),
            (of(2).named("east"), NOTIFICATION),
            Some(PduClass::Notification),
        ),
        ((of(2).named("east"), ALL), (of(2).named("west"), ALL), None),
        ((of(2).named(""), ALL), (of(2), ALL), None),
    ];
    for ((scope, classes), (again, others), expected) in cases {
        let mut rig = Rig::new(config());
        let first = rig.engine.register(scope.clone(), classes).unwrap();
        let second = rig.engine.register(again.clone(), others);
        let words = format!("{scope}, {classes:?}, then {again}, {others:?}");
        match (second, expected) {
            (Ok(second), None) => assert_ne!(first, second),
            (Err(RegistrationError::AlreadyRegistered { class, .. }), Some(expected)) => {
                assert_eq!(class, *expected, "{words}");
                // Nor is the rest of it registered.
                assert!(rig.engine.unregister(first));
                for kind in [PduKind::GetRequest, PduKind::SetRequest, PduKind::TrapV2] {
                    assert_eq!(taker(&mut rig, "2 east", kind), None, "{words}");
                    assert_eq!(taker(&mut rig, "", kind), None, "{words}");
                }
                rig.engine.register(again.clone(), others).unwrap();
            }
            (found, expected) => panic!("{words}: {found:?}, {expected:?}"),
        }
    }
}

#[test]
fn what_the_owner_takes_from_the_start_is_registered() {
    let taken = |config: EngineConfig| {
        let mut rig = Rig::new(config);
        let kinds = [PduKind::GetRequest, PduKind::SetRequest, PduKind::TrapV2];
        let taken = kinds.map(|kind| taker(&mut rig, "", kind).is_some());
        let twice = rig.engine.register(this(), REQUESTS).is_err();
        assert_eq!(taken[0], twice);
        let twice = rig.engine.register(any(), NOTIFICATION).is_err();
        assert_eq!(taken[2], twice);
        taken
    };
    assert_eq!(taken(config()), [false; 3]);
    assert_eq!(taken(config().requests(true)), [true, true, false]);
    assert_eq!(taken(config().notifications(true)), [false, false, true]);
    let default = EngineConfig::with_seed(1);
    let debug = format!("{default:?}");
    assert!(
        debug.contains("requests: true, notifications: false"),
        "{debug}"
    );
}

#[test]
fn one_that_has_ended_gives_its_place_back_and_is_never_mistaken_for_another() {
    let mut rig = Rig::new(config());
    let first = rig.engine.register(of(2), ALL).unwrap();
    // What has come by then is still to be fetched and answered.
    let get = message("2 ", PduKind::GetRequest);
    rig.receive(0, &agent(9), &get);
    assert!(rig.engine.unregister(first));
    assert!(!rig.engine.unregister(first));
    let Some(Event::Request(request)) = rig.engine.poll_event() else {
        panic!("no request");
    };
    assert_eq!(request.registration, first);
    let now = rig.now;
    assert!(
        rig.engine
            .refuse_request(now, request.state, Refusal::UnknownPduHandler)
    );
    assert_eq!(rig.engine.statistics().unknown_pdu_handlers, 1);

    let second = rig.engine.register(of(2), ALL).unwrap();
    assert_eq!(first.index(), second.index());
    assert_ne!(first, second);
    assert!(!rig.engine.unregister(first), "it names nothing");
    let (id, _) = taker(&mut rig, "2 ", PduKind::GetRequest).unwrap();
    assert_eq!(id, second);
}

#[test]
fn their_number_is_bounded() {
    let mut rig = Rig::new(config());
    let scope = |number: u32| any().named(number.to_be_bytes());
    let ids: Vec<_> = (0..4_096)
        .map(|number| rig.engine.register(scope(number), READ).unwrap())
        .collect();
    let error = rig.engine.register(scope(4_096), READ).unwrap_err();
    assert_eq!(error, RegistrationError::TooMany { limit: 4_096 });
    assert_eq!(
        error.to_string(),
        "there are 4096 registrations, which is the limit"
    );
    // What is there already is told first.
    let error = rig.engine.register(scope(5), READ).unwrap_err();
    assert_eq!(
        error.to_string(),
        "another application has registered for read requests in context \"\\x00\\x00\\x00\\x05\" of any engine"
    );
    assert!(rig.engine.unregister(ids[77]));
    rig.engine.register(scope(4_096), READ).unwrap();
}

#[test]
fn a_scope_says_what_it_is() {
    for (scope, words) in [
        (this(), "all contexts of this engine"),
        (
            of(2).named(""),
            "the default context of engine 80004fb8050202020202020202",
        ),
        (any().named("e\"t"), "context \"e\\\"t\" of any engine"),
    ] {
        assert_eq!(scope.to_string(), words);
        assert_eq!(format!("{scope:?}"), format!("ContextScope({words})"));
    }
}

//! What the Deferred of every verb fires with, against an agent of our own.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use deferred_snmp::engine::SubmitError;
use deferred_snmp::hlapi::*;
use deferred_snmp::oid;
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::smi::ValueRef;
use util::agent::{self, settable};
use util::manager::{Manager, Pair};
use util::raw::{self, Asked};

fn v1() -> CommunityData {
    CommunityData::v1("public")
}

fn v2c() -> CommunityData {
    CommunityData::new("public")
}

fn lines(response: &Response) -> Vec<String> {
    response.iter().map(|v| v.to_string()).collect()
}

fn status(response: &Response) -> (ErrorStatus, usize) {
    (response.error_status(), response.error_index())
}

const OK: (ErrorStatus, usize) = (ErrorStatus::NO_ERROR, 0);

#[test]
fn get_fires_with_the_bindings_whatever_form_their_names_had() {
    let mut pair = Pair::new(agent::writable_tree());
    let expected = [
        "SNMPv2-MIB::sysDescr.0 = an agent under test",
        "SNMPv2-MIB::sysObjectID.0 = NET-SNMP-MIB::netSnmpAgentOIDs.10",
        "SNMPv2-MIB::sysUpTime.0 = 4711",
    ];
    let forms = [
        [
            ObjectType::new(oid!(1.3.6.1.2.1.1.1.0)),
            ObjectType::new(oid!(1.3.6.1.2.1.1.2.0)),
            ObjectType::new(oid!(1.3.6.1.2.1.1.3.0)),
        ],
        [
            ObjectType::new("1.3.6.1.2.1.1.1.0"),
            ObjectType::new(".1.3.6.1.2.1.1.2.0"),
            ObjectType::new(String::from("1.3.6.1.2.1.1.3.0")),
        ],
        ["sysDescr", "sysObjectID", "sysUpTime"].map(|n| ObjectType::symbol("SNMPv2-MIB", n, 0)),
        ["sysDescr", "sysObjectID", "sysUpTime"].map(|n| ObjectType::symbol("", n, 0)),
        [
            ObjectType::new("SNMPv2-MIB::sysDescr.0"),
            ObjectType::new("iso.org.dod.internet.mgmt.mib-2.system.sysObjectID.0"),
            ObjectType::symbol("SNMPv2-MIB", "sysUpTime", [0]),
        ],
    ];
    for auth in [v1(), v2c()] {
        for objects in forms.clone() {
            let response = pair.get(&auth, objects).expect("an answer");
            assert_eq!(status(&response), OK);
            assert_eq!(lines(&response), expected);
            assert_eq!(lines(&response.into_result().expect("no error")), expected);
        }
        let none = pair.get(&auth, [""; 0]).expect("an answer");
        assert_eq!((status(&none), none.iter().count()), (OK, 0));
    }
}

#[test]
fn names_are_not_looked_up_for_who_waives_it() {
    let mut pair = Pair::new(agent::writable_tree());
    let names = [
        oid!(1.3.6.1.2.1.1.1.0),
        oid!(1.3.6.1.2.1.1.2.0),
        oid!(1.3.6.1.2.1.1.7.0),
    ];
    let response = pair
        .get(&v2c(), names)
        .expect("an answer")
        .lookup_mib(false);
    let expected = [
        "1.3.6.1.2.1.1.1.0 = an agent under test",
        "1.3.6.1.2.1.1.2.0 = 1.3.6.1.4.1.8072.3.2.10",
        "1.3.6.1.2.1.1.7.0 = 72",
    ];
    assert_eq!(lines(&response), expected);
}

#[test]
fn what_does_not_exist_is_a_value_in_every_version() {
    let mut pair = Pair::new(agent::writable_tree());
    let [good, instance, object] = [
        "1.3.6.1.2.1.1.5.0",
        "1.3.6.1.2.1.1.1.5",
        "1.3.6.1.2.1.1.99.0",
    ];

    let response = pair
        .get(&v2c(), [good, object, instance])
        .expect("an answer");
    assert_eq!(status(&response), OK);
    let expected = [
        "SNMPv2-MIB::sysName.0 = example",
        "SNMPv2-MIB::system.99.0 = No Such Object currently exists at this OID",
        "SNMPv2-MIB::sysDescr.5 = No Such Instance currently exists at this OID",
    ];
    assert_eq!(lines(&response), expected);

    let response = pair.get(&v1(), [object]).expect("an answer");
    assert_eq!(status(&response), (ErrorStatus::NO_SUCH_NAME, 1));
    assert_eq!(lines(&response), expected[1..2]);

    // one of them makes all of them unknown: nothing was read
    let response = pair.get(&v1(), [good, instance, good]).expect("an answer");
    assert_eq!(status(&response), (ErrorStatus::NO_SUCH_NAME, 2));
    assert!(
        response
            .iter()
            .all(|v| v.to_owned().value == Value::NoSuchObject)
    );
    let error = response.into_result().expect_err("noSuchName");
    assert_eq!(
        error.to_string(),
        "noSuchName at SNMPv2-MIB::sysDescr.5 (index 2)"
    );
    let SnmpError::ErrorStatus {
        status,
        index,
        name,
        label,
    } = error
    else {
        panic!("not an error-status: {error:?}");
    };
    assert_eq!((status, index), (ErrorStatus::NO_SUCH_NAME, 2));
    assert_eq!(name, Some(oid!(1.3.6.1.2.1.1.1.5)));
    assert_eq!(label.as_deref(), Some("SNMPv2-MIB::sysDescr.5"));

    let response = pair.get(&v1(), [good, instance]).expect("an answer");
    let error = response.lookup_mib(false).into_result();
    assert_eq!(
        error.expect_err("noSuchName").to_string(),
        "noSuchName at 1.3.6.1.2.1.1.1.5 (index 2)"
    );
}

#[test]
fn getnext_fires_with_one_row() {
    let mut pair = Pair::new(agent::writable_tree());
    for auth in [v1(), v2c()] {
        let asked = ["1.3.6.1.2.1.1.4", "1.3.6.1.2.1.1.5.0"];
        let response = pair.next(&auth, asked).expect("an answer");
        assert_eq!(status(&response), OK);
        let rows: Vec<_> = response.rows().collect();
        assert_eq!(rows.len(), 1);
        assert!(!rows[0].is_end_of_mib());
        let expected = [
            VarBind::new(oid!(1.3.6.1.2.1.1.4.0), "nobody@example.org"),
            VarBind::new(oid!(1.3.6.1.2.1.1.6.0), "rack 12"),
        ];
        assert_eq!(rows[0].to_owned(), expected);
        // the way of PySNMP's programs: the last row asks for the next
        let objects = rows[0].objects();
        let response = pair.next(&auth, objects).expect("an answer");
        let expected = [
            "SNMPv2-MIB::sysName.0 = example",
            "SNMPv2-MIB::sysServices.0 = 72",
        ];
        assert_eq!(lines(&response), expected);

        let response = pair.next(&auth, ["1.3.6.1.6.3.99"]).expect("an answer");
        let in_v1 = (ErrorStatus::NO_SUCH_NAME, 1);
        assert_eq!(status(&response), if auth == v1() { in_v1 } else { OK });
        assert!(response.rows().next().expect("one row").is_end_of_mib());
        let expected = "SNMPv2-SMI::snmpModules.99 = No more variables left in this MIB View";
        assert_eq!(lines(&response), [expected]);
    }
    let response = pair
        .next(&v2c(), ["1.3.6.1.2.1.1.4", "1.3.6.1.6"])
        .expect("an answer");
    let row = response.rows().next().expect("one row");
    assert!(!row.is_end_of_mib(), "one column goes on");
    assert_eq!(row.to_owned()[1].value, Value::EndOfMibView);
}

#[test]
fn getbulk_fires_with_rows() {
    let mut pair = Pair::new(agent::writable_tree());
    let objects = ["1.3.6.1.2.1.1.3", "1.3.6.1.2.1.1.4", "1.3.6.1.2.1.1.5"];
    let names = |response: &Response| -> Vec<Vec<String>> {
        let row = |row: Row<'_>| row.iter().map(|v| v.name().to_string()).collect();
        response.rows().map(row).collect()
    };
    let [up_time, contact, name, location, services] =
        [3, 4, 5, 6, 7].map(|arc| format!("1.3.6.1.2.1.1.{arc}.0"));

    let response = pair.bulk(&v2c(), (1, 2), objects).expect("an answer");
    assert_eq!(status(&response), OK);
    let first = vec![up_time.clone(), contact.clone(), name.clone()];
    let second = vec![up_time.clone(), name.clone(), location.clone()];
    assert_eq!(names(&response), [first.clone(), second]);

    let response = pair
        .bulk(&v2c(), (2, 0), ["1.3.6.1.2.1.1.3", "1.3.6.1.2.1.1.4"])
        .expect("an answer");
    assert_eq!(names(&response), [[up_time, contact]]);

    let response = pair
        .bulk(&v2c(), (0, 3), ["1.3.6.1.2.1.1.5"])
        .expect("an answer");
    assert_eq!(names(&response), [[name], [location], [services]]);

    let response = pair.bulk(&v2c(), (0, 3), ["1.3.6.1.6"]).expect("an answer");
    let rows: Vec<_> = response.rows().collect();
    assert_eq!(rows.len(), 1, "the agent stops where nothing follows");
    assert!(rows[0].is_end_of_mib());

    let response = pair.bulk(&v1(), (1, 2), objects).expect("an answer");
    assert_eq!(names(&response), [first], "SNMPv1 has GETNEXT only");

    let error = pair.bulk(&v2c(), (0, 0), objects).expect_err("no row");
    assert!(matches!(error, SnmpError::EmptyResponse));
    assert_eq!(error.to_string(), "Empty SNMP response message");
}

#[test]
fn set_writes_all_or_nothing() {
    let mut pair = Pair::new(agent::writable_tree());
    let name = |number: u32| settable(number).child(0).expect("a short name");
    for (round, writer) in [CommunityData::v1("private"), CommunityData::new("private")]
        .iter()
        .enumerate()
    {
        let reader = if round == 0 { v1() } else { v2c() };
        let text = format!("round {round}");
        let objects = [
            ObjectType::symbol("SNMPv2-MIB", "sysName", 0).value(text.as_str()),
            ObjectType::from((name(1), round as i32 + 1)),
            VarBind::new(name(2), OctetString::from(&[0, 9])).into(),
        ];
        let response = pair.set(writer, objects).expect("an answer");
        assert_eq!(status(&response), OK);
        let expected = [
            format!("SNMPv2-MIB::sysName.0 = {text}"),
            format!("SNMPv2-SMI::enterprises.99999.3.1.0 = {}", round + 1),
            "SNMPv2-SMI::enterprises.99999.3.2.0 = 0x0009".to_owned(),
        ];
        assert_eq!(lines(&response), expected);
        let all = [oid!(1.3.6.1.2.1.1.5.0), name(1), name(2)];
        let read = |pair: &mut Pair| lines(&pair.get(&reader, all.clone()).expect("an answer"));
        assert_eq!(read(&mut pair), expected);

        let refused = [(name(1), Value::from(77)), (name(6), 77.into())];
        let response = pair.set(writer, refused).expect("an answer");
        let expected_status = match round {
            0 => ErrorStatus::NO_SUCH_NAME,
            _ => ErrorStatus::NOT_WRITABLE,
        };
        assert_eq!(status(&response), (expected_status, 2));
        if round == 0 {
            assert!(
                response
                    .iter()
                    .all(|v| v.to_owned().value == Value::NoSuchObject)
            );
        } else {
            assert_eq!(
                response.iter().next().map(|v| v.to_owned().value),
                Some(77.into())
            );
        }
        assert_eq!(read(&mut pair), expected);

        let response = pair.set(&reader, [(name(1), 77)]).expect("an answer");
        let expected_status = match round {
            0 => ErrorStatus::NO_SUCH_NAME,
            _ => ErrorStatus::NO_ACCESS,
        };
        assert_eq!(status(&response), (expected_status, 1));
        assert_eq!(read(&mut pair), expected);
    }
    assert!(pair.agent.statistics().in_pkts > 0);
}

#[test]
fn an_error_index_that_no_binding_has_names_no_object() {
    let mut manager = Manager::new();
    for (sent, expected) in [
        (1, 1),
        (2, 2),
        (3, 0),
        (200, 0),
        (i32::MAX, 0),
        (0, 0),
        (-1, 0),
        (i32::MIN, 0),
    ] {
        let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
            vec![Asked::new(datagram).answer(|pdu| {
                pdu.error_status = ErrorStatus::GEN_ERR;
                pdu.error_index = sent;
            })]
        });
        let names = ["1.3.6.1.1", "1.3.6.1.2"];
        let (engine, auth, context) = (&manager.engine, v2c(), ContextData::default());
        let valued = names.map(|name| (name, 1));
        let walk = walk_cmd(
            engine,
            &auth,
            &UdpTransportTarget::from(peer),
            &context,
            names,
        );
        let walked = walk.collect();
        let answers = [
            get_cmd(
                engine,
                &auth,
                &UdpTransportTarget::from(peer),
                &context,
                names,
            ),
            next_cmd(
                engine,
                &auth,
                &UdpTransportTarget::from(peer),
                &context,
                names,
            ),
            bulk_cmd(
                engine,
                &auth,
                &UdpTransportTarget::from(peer),
                &context,
                0,
                9,
                names,
            ),
            set_cmd(
                engine,
                &auth,
                &UdpTransportTarget::from(peer),
                &context,
                valued,
            ),
        ];
        let labels = ["SNMPv2-SMI::directory", "SNMPv2-SMI::mgmt"];
        let text = match expected {
            0 => "genErr".to_owned(),
            n => format!("genErr at {} (index {n})", labels[n - 1]),
        };
        for deferred in answers {
            let response = manager.succeed(deferred);
            assert_eq!(status(&response), (ErrorStatus::GEN_ERR, expected));
            let raw = format!("error_index: {sent},");
            assert!(format!("{response:?}").contains(&raw), "{response:?}");
            let error = response.into_result().expect_err("genErr");
            assert_eq!(error.to_string(), text);
        }
        let error = manager.settle(walked).expect_err("genErr");
        assert_eq!(error.to_string(), text);
    }
}

#[test]
fn an_error_without_bindings_and_an_unknown_one_are_reported_as_they_are() {
    let mut manager = Manager::new();
    for (number, text) in [
        (1, "tooBig"),
        (16, "authorizationError"),
        (20, "error-status 20"),
        (-1, "error-status -1"),
        (i32::MAX, "error-status 2147483647"),
    ] {
        let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
            vec![Asked::new(datagram).answer(|pdu| {
                pdu.error_status = ErrorStatus::new(number);
                pdu.error_index = 1;
                pdu.var_binds.clear();
            })]
        });
        let context = ContextData::default();
        let names = ["1.3.6.1.1"];
        let deferred = get_cmd(
            &manager.engine,
            &v2c(),
            &UdpTransportTarget::from(peer),
            &context,
            names,
        );
        let response = manager.succeed(deferred);
        assert_eq!(status(&response), (ErrorStatus::new(number), 0));
        assert_eq!(
            response.into_result().expect_err("an error").to_string(),
            text
        );
    }
}

/// A peer that answers with `.0` behind every name, and how many datagrams it has got.
fn appends_zero(manager: &Manager) -> (UdpTransportTarget, Rc<Cell<usize>>) {
    let count = Rc::new(Cell::new(0));
    let counts = Rc::clone(&count);
    let peer = raw::listen(&manager.reactor.handle(), move |datagram| {
        counts.set(counts.get() + 1);
        vec![Asked::new(datagram).answer(|pdu| {
            let asked = std::mem::take(&mut pdu.var_binds);
            for var_bind in &asked {
                let name = var_bind.name.to_owned().child(0).expect("a short name");
                pdu.var_binds.push(name.as_ref(), ValueRef::Integer(7));
            }
        })]
    });
    // Nothing in these tests waits for a time-out of an hour.
    let target = UdpTransportTarget::from(peer).timeout(Duration::from_secs(3600));
    (target, count)
}

#[test]
fn an_answer_with_other_names_is_marked_and_was_asked_for_as_often_as_allowed() {
    let mut manager = Manager::new();
    let (target, count) = appends_zero(&manager);
    let context = ContextData::default();
    let (engine, target) = (manager.engine.clone(), target.retries(2));
    let deferred = get_cmd(
        &engine,
        &v2c(),
        &target,
        &context,
        ["1.3.6.1.1", "1.3.6.1.2"],
    );
    let response = manager.succeed(deferred);
    assert!(response.names_differ());
    assert!(format!("{response:?}").contains("names_differ: true"));
    let expected = ["1.3.6.1.1.0 = 7", "1.3.6.1.2.0 = 7"];
    assert_eq!(lines(&response.lookup_mib(false)), expected);
    assert_eq!(count.take(), 3);
    assert_eq!(engine.statistics().differing_responses, 3);

    let changed = [ObjectType::new("1.3.6.1.1").value(7)];
    let deferred = set_cmd(&engine, &v2c(), &target, &context, changed);
    assert!(manager.succeed(deferred).names_differ());
    assert_eq!(count.take(), 1, "a SET is carried out once");

    // What comes next is what GETNEXT and GETBULK ask for.
    let deferred = next_cmd(&engine, &v2c(), &target, &context, ["1.3.6.1.1"]);
    assert!(!manager.succeed(deferred).names_differ());
    let deferred = bulk_cmd(&engine, &v2c(), &target, &context, 0, 1, ["1.3.6.1.1"]);
    assert!(!manager.succeed(deferred).names_differ());
    let mut pair = Pair::new(agent::tree());
    let response = pair.get(&v2c(), ["1.3.6.1.2.1.1.1.0"]).unwrap();
    assert!(!response.names_differ());
}

#[test]
fn with_strict_names_an_answer_with_others_is_none() {
    let mut manager = Manager::new();
    let (target, count) = appends_zero(&manager);
    let target = target.timeout(Duration::from_secs(1)).retries(0);
    let target = target.strict_names(true);
    let context = ContextData::default();
    let deferred = get_cmd(&manager.engine, &v2c(), &target, &context, ["1.3.6.1.1"]);
    let error = manager.settle(deferred).expect_err("a time-out");
    assert!(error.is_timeout());
    let words = error.to_string();
    assert!(
        words.ends_with("; an answer from there had other names than asked"),
        "{words}"
    );
    assert_eq!(count.get(), 1);
}

#[test]
fn a_time_out_of_zero_is_refused_before_anything_is_looked_up_or_sent() {
    let mut manager = Manager::new();
    let peer = raw::listen(&manager.reactor.handle(), |_| panic!("nothing is sent"));
    let (auth, context) = (v2c(), ContextData::default());
    let user = UsmUserData::new("joe").auth(AuthProtocol::Sha256, "authentication phrase");
    let auths: [&dyn AuthData; 3] = [&auth, &CommunityData::v1("public"), &user];
    let text = "a time-out of zero leaves no time for an answer";
    // An address, and a name that would have to be looked up.
    for target in [
        peer.into(),
        UdpTransportTarget::new(("no-such-host.invalid", 161)),
    ] {
        let target = target.timeout(Duration::ZERO).retries(3);
        for auth in auths {
            let engine = &manager.engine;
            let (kind, name) = (NotifyType::Trap, "1.3.6.1.1");
            let trap = Pdu::new(PduKind::TrapV2, 0, Default::default());
            let started = [
                get_cmd(engine, auth, &target, &context, [name]),
                next_cmd(engine, auth, &target, &context, [name]),
                bulk_cmd(engine, auth, &target, &context, 0, 1, [name]),
                set_cmd(engine, auth, &target, &context, [(name, 1)]),
                send_notification(engine, auth, &target, &context, kind, name),
                send_pdu(engine, auth, &target, &context, trap),
            ];
            let walks = [
                walk_cmd(engine, auth, &target, &context, [name]).collect(),
                bulk_walk_cmd(engine, auth, &target, &context, 5, [name]).collect(),
            ];
            for deferred in started {
                assert!(deferred.is_fired(), "without a turn of the reactor");
                let error = manager.settle(deferred).expect_err("no time");
                assert!(
                    matches!(error, SnmpError::Submit(SubmitError::ZeroTimeout)),
                    "{error}"
                );
                assert_eq!(error.to_string(), text);
            }
            for deferred in walks {
                let error = manager.settle(deferred).expect_err("no time");
                assert_eq!(error.to_string(), text);
            }
        }
    }
    assert_eq!(manager.engine.statistics().requests, 0);
    // As short as one likes is allowed.
    let target = UdpTransportTarget::from(peer).timeout(Duration::from_nanos(1));
    let get = get_cmd(
        &manager.engine,
        &v2c(),
        &target.retries(0),
        &context,
        ["1.3.6.1.1"],
    );
    assert!(manager.settle(get).expect_err("no time").is_timeout());
}

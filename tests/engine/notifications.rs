//! Traps and informs, out and in, of SNMPv1 and SNMPv2c.

use std::net::Ipv4Addr;
use std::time::Duration;

use deferred_snmp::applications::{acknowledgement, notification};
use deferred_snmp::engine::{
    ContextScope, Credentials, EngineConfig, Event, IncomingNotification, PduClass, Request,
    SubmitError,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::oid;
use deferred_snmp::pdu::{
    ErrorStatus, GenericTrap, Pdu, PduBody, PduKind, TranslationError, TrapPdu,
};
use deferred_snmp::security::{CommunityEntry, CommunityTable, SecurityLevel, SecurityModel};
use deferred_snmp::smi::{Counter64, ObjectIdentifier, TimeTicks, Value, VarBind, VarBindList};

use hex_literal::hex;
use util::rig::{Rig, agent, answer, answer_by, only_failure, only_response, v2c};
use util::{hex_octets, shared::shared};

const SYS_NAME: ObjectIdentifier = oid!(1.3.6.1.2.1.1.5.0);
const WARM_START: ObjectIdentifier = oid!(1.3.6.1.6.3.1.1.5.2);

fn v1() -> Credentials {
    Credentials::V1("public".into())
}

fn warm_start(value: impl Into<Value>) -> VarBindList {
    let objects = [VarBind::new(SYS_NAME, value)].into_iter().collect();
    let mut list = VarBindList::new();
    notification(99, WARM_START.as_ref(), &objects, &mut list);
    list
}

fn send(credentials: Credentials, kind: PduKind) -> Request {
    Request::new(agent(1), credentials, Pdu::new(kind, 0, warm_start("name")))
        .patience(Duration::from_secs(1), 1)
}

fn receiving() -> EngineConfig {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("sender").context_name("east"));
    EngineConfig::with_seed(2)
        .communities(communities)
        .notifications(true)
}

fn notifications(rig: &mut Rig) -> Vec<IncomingNotification> {
    let taken = rig.events().into_iter().map(|event| match event {
        Event::Notification(notification) => notification,
        other => panic!("{other:?}"),
    });
    taken.collect()
}

/// The octets of a notification as another engine sends it.
fn datagram(credentials: Credentials, kind: PduKind) -> Vec<u8> {
    let mut sender = Rig::seeded();
    sender.submit(0, send(credentials, kind));
    sender.sent_one().data
}

#[test]
fn a_trap_is_over_once_it_is_given_out() {
    for credentials in [v1(), v2c()] {
        let mut rig = Rig::seeded();
        let id = rig.submit(0, send(credentials, PduKind::TrapV2));
        assert_eq!(rig.engine.outstanding(), 1);
        assert!(rig.events().is_empty(), "not before it is given out");
        assert_eq!(rig.sent_one().request, Some(id));
        assert!(rig.engine.has_output());
        let events = rig.events();
        assert!(
            matches!(events[..], [Event::Sent { id: of }] if of == id),
            "{events:?}"
        );
        assert_eq!(rig.engine.outstanding(), 0);
        assert_eq!(rig.deadline(), None);
        rig.timeout(10_000);
        assert!(!rig.engine.has_output(), "neither retried nor given up");
        assert_eq!(rig.engine.statistics().out_pkts, 1);
    }
}

#[test]
fn traps_wait_for_no_window_and_take_none() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(1));
    rig.submit(0, send(v2c(), PduKind::InformRequest));
    for _ in 0..3 {
        rig.submit(0, send(v2c(), PduKind::TrapV2));
    }
    rig.submit(0, send(v2c(), PduKind::InformRequest));
    assert_eq!(rig.sent().len(), 4, "all but the second inform");
    assert_eq!(rig.events().len(), 3);
    assert_eq!(rig.engine.outstanding(), 2);
}

#[test]
fn a_trap_that_cannot_be_given_out_in_time_fails() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, send(v2c(), PduKind::TrapV2));
    assert_eq!(rig.deadline(), Some(2_000));
    rig.timeout(2_000);
    let text = only_failure(rig.events(), id);
    assert!(text.contains("0 tries"), "{text}");
    assert!(rig.sent().is_empty());
}

#[test]
fn a_cancelled_trap_is_not_sent() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, send(v2c(), PduKind::TrapV2));
    assert!(rig.engine.cancel(rig.now, id));
    assert!(!rig.engine.has_output());
    assert!(rig.sent().is_empty() && rig.events().is_empty());
}

#[test]
fn nothing_can_answer_a_trap() {
    let mut rig = Rig::seeded();
    rig.submit(0, send(v2c(), PduKind::TrapV2));
    let sent = rig.sent_one();
    rig.receive(1, &agent(1), &answer(&sent.data, 1));
    assert_eq!(rig.events().len(), 1, "that it was sent");
    assert_eq!(rig.engine.statistics().late_responses, 1);
}

#[test]
fn v1_sends_a_trap_in_its_own_form() {
    let mut rig = Rig::seeded();
    let own = Ipv4Addr::new(203, 0, 113, 5);
    let mut request = send(v1(), PduKind::TrapV2);
    request.peer = agent(1).to_local(Some(own.into()));
    rig.submit(0, request);
    let sent = rig.sent_one();
    let message = CommunityMessage::decode(&sent.data).unwrap();
    let PduBody::Trap(trap) = message.pdu else {
        panic!("{message}");
    };
    let expected = TrapPdu {
        enterprise: oid!(1.3.6.1.6.3.1.1.5),
        agent_addr: own,
        generic_trap: GenericTrap::WARM_START,
        specific_trap: 0,
        time_stamp: 99,
        var_binds: [VarBind::new(SYS_NAME, "name")].into_iter().collect(),
    };
    assert_eq!(trap.to_owned(), expected);
}

#[test]
fn what_v1_cannot_say_is_refused_at_submission() {
    let mut rig = Rig::seeded();
    let now = rig.at(0);
    let cases = [
        (warm_start(Counter64(1)), TranslationError::NoSuchType),
        (VarBindList::new(), TranslationError::NotANotification),
    ];
    for (var_binds, reason) in cases {
        let pdu = Pdu::new(PduKind::TrapV2, 0, var_binds);
        let refused = rig.engine.submit(now, Request::new(agent(1), v1(), pdu));
        assert_eq!(refused, Err(SubmitError::Untranslatable(reason)));
    }
    let inform = rig.engine.submit(now, send(v1(), PduKind::InformRequest));
    assert_eq!(inform, Err(SubmitError::UnsupportedPdu));
    assert!(!rig.engine.has_output());
    assert_eq!(rig.engine.outstanding(), 0);
}

#[test]
fn a_long_trap_of_v1_is_as_long_as_the_limit_or_refused() {
    let enterprise = oid!(1.3.6.1.4.1.9999)
        .extend((0..40).map(|_| u32::MAX))
        .unwrap();
    let mut longest = 0;
    for octets in 1..300 {
        let mut rig = Rig::new(EngineConfig::with_seed(1).max_message_size(700));
        let objects = [
            VarBind::new(oid!(1.3.6.1.6.3.1.1.4.3.0), &enterprise),
            VarBind::new(SYS_NAME, vec![b'x'; octets]),
        ];
        let mut list = VarBindList::new();
        notification(
            1,
            WARM_START.as_ref(),
            &objects.into_iter().collect(),
            &mut list,
        );
        let now = rig.at(0);
        let request = Request::new(agent(1), v1(), Pdu::new(PduKind::TrapV2, 0, list));
        match rig.engine.submit(now, request) {
            Ok(_) => longest = longest.max(rig.sent_one().data.len()),
            Err(SubmitError::TooBig { len, .. }) => assert!(len > 700),
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!(longest, 700);
}

#[test]
fn an_inform_is_answered_with_its_own_bindings() {
    let mut sender = Rig::seeded();
    let mut receiver = Rig::new(receiving());
    let id = sender.submit(0, send(v2c(), PduKind::InformRequest));
    let sent = sender.sent_one();
    receiver.receive(0, &agent(9), &sent.data);
    let [inform] = <[_; 1]>::try_from(notifications(&mut receiver)).unwrap();
    assert!(inform.peer.is(&agent(9)));
    assert_eq!(inform.version, Version::V2c);
    assert_eq!(inform.security_model, SecurityModel::V2C);
    assert_eq!(inform.security_level, SecurityLevel::NoAuthNoPriv);
    assert_eq!(&*inform.security_name, b"sender");
    assert_eq!(&*inform.context_name, b"east");
    assert_eq!(inform.community.as_ref().unwrap().octets(), b"public");
    assert_eq!(inform.pdu.kind, PduKind::InformRequest);
    assert_eq!(inform.pdu.var_binds, warm_start("name"));

    let answer = acknowledgement(&inform, Vec::new());
    assert!(
        receiver
            .engine
            .respond(receiver.now, inform.state.unwrap(), answer)
    );
    let answer = receiver.sent_one().data;
    sender.receive(1, &agent(1), &answer);
    let response = only_response(sender.events(), id);
    assert_eq!(response.pdu.error_status, ErrorStatus::NO_ERROR);
    assert_eq!(response.pdu.var_binds, warm_start("name"));
}

#[test]
fn an_inform_without_an_answer_is_repeated_and_times_out() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, send(v2c(), PduKind::InformRequest));
    let first = rig.sent_one();
    rig.timeout(1_000);
    assert_eq!(rig.sent_one().data, first.data);
    rig.timeout(2_000);
    let text = only_failure(rig.events(), id);
    assert!(text.contains("2 tries"), "{text}");
}

#[test]
fn an_answer_that_would_be_too_long_says_so() {
    let mut rig = Rig::new(receiving().max_message_size(484));
    let mut objects = VarBindList::new();
    objects.extend([VarBind::new(SYS_NAME, vec![b'x'; 500])]);
    let mut list = VarBindList::new();
    notification(1, WARM_START.as_ref(), &objects, &mut list);
    let mut sender = Rig::seeded();
    let inform = Pdu::new(PduKind::InformRequest, 0, list);
    let id = sender.submit(0, Request::new(agent(1), v2c(), inform));
    let sent = sender.sent_one();
    rig.receive(0, &agent(9), &sent.data);
    let [inform] = <[_; 1]>::try_from(notifications(&mut rig)).unwrap();
    let answer = acknowledgement(&inform, Vec::new());
    assert!(rig.engine.respond(rig.now, inform.state.unwrap(), answer));
    let answer = rig.sent_one().data;
    sender.receive(1, &agent(1), &answer);
    let response = only_response(sender.events(), id);
    assert_eq!(response.pdu.error_status, ErrorStatus::TOO_BIG);
    assert_eq!(response.pdu.error_index, 0);
    assert!(response.pdu.var_binds.is_empty());
}

#[test]
fn a_v1_trap_comes_in_the_form_of_the_later_versions() {
    let mut rig = Rig::new(receiving());
    rig.receive(0, &agent(9), &datagram(v1(), PduKind::TrapV2));
    let [trap] = <[_; 1]>::try_from(notifications(&mut rig)).unwrap();
    assert_eq!(trap.state, None);
    assert_eq!(trap.version, Version::V1);
    assert_eq!(trap.security_model, SecurityModel::V1);
    assert_eq!(trap.pdu.kind, PduKind::TrapV2);
    let mut expected = warm_start("name");
    expected.extend([
        VarBind::new(oid!(1.3.6.1.6.3.18.1.3.0), Ipv4Addr::UNSPECIFIED),
        VarBind::new(oid!(1.3.6.1.6.3.18.1.4.0), "public"),
        VarBind::new(oid!(1.3.6.1.6.3.1.1.4.3.0), oid!(1.3.6.1.6.3.1.1.5)),
    ]);
    assert_eq!(trap.pdu.var_binds, expected);
}

#[test]
fn without_a_taker_or_a_known_community_notifications_only_count() {
    let all = [
        datagram(v1(), PduKind::TrapV2),
        datagram(v2c(), PduKind::TrapV2),
        datagram(v2c(), PduKind::InformRequest),
    ];
    let mut rig = Rig::new(receiving().notifications(false));
    all.iter().for_each(|data| rig.receive(0, &agent(9), data));
    assert!(!rig.engine.has_output());
    assert_eq!(rig.engine.statistics().unknown_pdu_handlers, 3);

    let all_engines = ContextScope::any_engine();
    let taken = rig.engine.register(all_engines, &[PduClass::Notification]);
    taken.expect("nobody takes them yet");
    rig.engine.communities_mut().remove("public");
    all.iter().for_each(|data| rig.receive(0, &agent(9), data));
    assert!(!rig.engine.has_output());
    assert_eq!(rig.engine.statistics().in_bad_community_names, 3);

    rig.engine.communities_mut().set_rule(|community| {
        let entry = CommunityEntry::new("by rule");
        community.starts_with(b"pub").then_some(entry)
    });
    all.iter().for_each(|data| rig.receive(0, &agent(9), data));
    let taken = notifications(&mut rig);
    assert_eq!(taken.len(), 3);
    for notification in &taken {
        assert_eq!(&*notification.security_name, b"by rule");
        assert_eq!(notification.community, Some("public".into()));
    }
    assert_eq!(rig.engine.statistics().notifications, 3);
}

#[test]
fn more_notifications_than_allowed_are_dropped_until_they_are_taken() {
    let mut rig = Rig::new(receiving().max_unanswered(3));
    let trap = datagram(v2c(), PduKind::TrapV2);
    let inform = datagram(v2c(), PduKind::InformRequest);
    for number in 0..5 {
        rig.receive(0, &agent(9), &trap);
        let another = answer_by(&inform, |pdu| pdu.request_id = number);
        rig.receive(0, &agent(9), &another);
    }
    assert_eq!(notifications(&mut rig).len(), 3);
    assert_eq!(rig.engine.statistics().dropped_notifications, 7);
    rig.receive(0, &agent(9), &trap);
    assert_eq!(notifications(&mut rig).len(), 1);
}

#[test]
fn damaged_notifications_are_counted_and_nothing_else() {
    let mut rig = Rig::new(receiving());
    let mut count = 0;
    for (credentials, kind) in [
        (v1(), PduKind::TrapV2),
        (v2c(), PduKind::TrapV2),
        (v2c(), PduKind::InformRequest),
    ] {
        let good = datagram(credentials, kind);
        for len in 0..good.len() {
            rig.receive(0, &agent(9), &good[..len]);
            count += 1;
        }
    }
    assert!(!rig.engine.has_output());
    assert_eq!(rig.engine.statistics().in_asn_parse_errs, count);
}

/// A Trap-PDU of "public" with these fields of its header, and one binding behind it.
fn odd_trap(agent_addr: &[u8], generic: &[u8], specific: &[u8], time_stamp: &[u8]) -> Vec<u8> {
    let element = |tag: u8, contents: &[u8]| [&[tag, contents.len() as u8], contents].concat();
    let binding = hex!("30 0c 06 08 2b 06 01 02 01 01 05 00 04 00");
    let fields = [
        &hex!("06 07 2b 06 01 04 01 ce 0f")[..],
        agent_addr,
        generic,
        specific,
        time_stamp,
        &element(0x30, &binding),
    ];
    let pdu = element(0xa4, &fields.concat());
    element(
        0x30,
        &[&hex!("02 01 00 04 06 70 75 62 6c 69 63")[..], &pdu].concat(),
    )
}

#[test]
fn a_trap_is_not_lost_for_an_odd_header() {
    const ADDRESS: &[u8] = &hex!("40 04 7f 00 00 01");
    const SIX: &[u8] = &hex!("02 01 06");
    const UP: &[u8] = &hex!("43 01 63");
    // generic-trap and specific-trap that mean nothing: there is no snmpTrapOID.0.
    let nameless: [(&[u8], &[u8]); 6] = [
        (&hex!("02 01 07"), &hex!("02 01 00")),
        (&hex!("02 01 ff"), &hex!("02 01 00")),
        (&hex!("02 04 7f ff ff ff"), &hex!("02 01 00")),
        (SIX, &hex!("02 01 ff")),
        (SIX, &hex!("02 04 80 00 00 00")),
        // 2147483648, which is beyond 31 bits.
        (SIX, &hex!("02 05 00 80 00 00 00")),
    ];
    // The datagram; and sysUpTime.0, snmpTrapOID.0 and snmpTrapAddress.0.
    type Case<'a> = (Vec<u8>, u32, Option<&'a str>, [u8; 4]);
    let mut cases: Vec<Case<'_>> = nameless
        .iter()
        .map(|(generic, specific)| {
            let datagram = odd_trap(ADDRESS, generic, specific, UP);
            (datagram, 99, None, [127, 0, 0, 1])
        })
        .collect();
    let specific: &[u8] = &hex!("02 01 11");
    let name = Some("1.3.6.1.4.1.9999.0.17");
    let addresses: [&[u8]; 5] = [
        &hex!("40 00"),
        &hex!("40 02 7f 01"),
        &hex!("40 10 20 01 0d b8 00 00 00 00 00 00 00 00 00 00 00 01"),
        &hex!("04 00"),
        &hex!("05 00"),
    ];
    for address in addresses {
        cases.push((odd_trap(address, SIX, specific, UP), 99, name, [0; 4]));
    }
    let times: [(&[u8], u32); 6] = [
        (&hex!("43 04 ff ff ff fe"), 4_294_967_294),
        (&hex!("43 02 80 e8"), 33_000),
        (&hex!("43 05 00 80 00 00 00"), 2_147_483_648),
        (&hex!("43 00"), 0),
        (&hex!("43 05 ff 00 00 00 00"), 0),
        (&hex!("02 01 63"), 99),
    ];
    for (time, ticks) in times {
        let datagram = odd_trap(ADDRESS, SIX, specific, time);
        cases.push((datagram, ticks, name, [127, 0, 0, 1]));
    }
    // The enterprise is padded: 2b 80 06 for 1.3.6.
    let datagram = odd_trap(ADDRESS, SIX, specific, UP);
    let at = datagram.windows(3).position(|it| it == [0x07, 0x2b, 0x06]);
    let (before, behind) = datagram.split_at(at.expect("an enterprise"));
    let mut padded = [before, &[0x08, 0x2b, 0x80], &behind[2..]].concat();
    padded[1] += 1;
    padded[14] += 1;
    cases.push((padded, 99, name, [127, 0, 0, 1]));
    for (datagram, ticks, name, address) in cases {
        let mut rig = Rig::new(receiving());
        rig.receive(0, &agent(9), &datagram);
        let [taken] = <[_; 1]>::try_from(notifications(&mut rig)).expect("it is handed out");
        let mut expected = vec![format!("1.3.6.1.2.1.1.3.0 = {ticks}")];
        expected.extend(name.map(|name| format!("1.3.6.1.6.3.1.1.4.1.0 = {name}")));
        expected.push("1.3.6.1.2.1.1.5.0 = ".to_owned());
        let address = Ipv4Addr::from(address);
        expected.push(format!("1.3.6.1.6.3.18.1.3.0 = {address}"));
        expected.push("1.3.6.1.6.3.18.1.4.0 = public".to_owned());
        expected.push("1.3.6.1.6.3.1.1.4.3.0 = 1.3.6.1.4.1.9999".to_owned());
        let bindings = taken.pdu.var_binds.iter().map(|it| it.to_string());
        assert_eq!(bindings.collect::<Vec<_>>(), expected, "{datagram:02x?}");
        let counted = rig.engine.statistics();
        assert_eq!((counted.in_asn_parse_errs, counted.notifications), (0, 1));
    }
}

#[test]
fn recorded_notifications_of_net_snmp() {
    let Some(path) = shared(
        "recorded_notifications_of_net_snmp",
        "vectors/notifications.json",
    ) else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let recorded: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut seen = 0;
    for item in recorded.as_array().unwrap() {
        let name = item["name"].as_str().unwrap();
        if name.starts_with("v3") {
            continue;
        }
        seen += 1;
        let mut rig = Rig::new(receiving());
        rig.receive(0, &agent(9), &hex_octets(&item["messages"][0]["hex"]));
        let [taken] = <[_; 1]>::try_from(notifications(&mut rig)).unwrap();
        // What the peer's own receiver printed, binding by binding.
        let mut expected = String::new();
        for line in item["receiver_log"].as_array().unwrap() {
            expected += line.as_str().unwrap();
        }
        for binding in taken.pdu.var_binds.iter().take(2 + 9) {
            let is_of_the_header = taken.version == Version::V1
                && (binding.name.starts_with(&oid!(1.3.6.1.6.3))
                    || binding.name == oid!(1.3.6.1.2.1.1.3.0).as_ref());
            let printed = format!(".{} = ", binding.name);
            assert!(
                is_of_the_header || expected.contains(&printed),
                "{name}: {binding}"
            );
        }
        let up_time = taken.pdu.var_binds.get(0).unwrap();
        let trap_oid = taken.pdu.var_binds.get(1).unwrap().value.to_string();
        match name {
            "v1 trap, enterprise specific" => {
                assert_eq!(up_time.value.to_owned(), TimeTicks(99).into());
                assert_eq!(trap_oid, "1.3.6.1.4.1.9999.0.17");
                assert_eq!(taken.pdu.var_binds.len(), 2 + 8 + 3);
                // Sent again, it is what it was.
                let mut again = Rig::seeded();
                again.submit(0, Request::new(agent(1), v1(), taken.pdu.clone()));
                let sent = again.sent_one().data;
                let message = CommunityMessage::decode(&sent).unwrap().to_string();
                assert!(
                    message.starts_with(
                        "v1 Trap-PDU 1.3.6.1.4.1.9999 from 127.0.0.9 enterpriseSpecific 17 up 99"
                    ),
                    "{message}"
                );
            }
            "v2c trap" => {
                assert_eq!(up_time.value.to_owned(), TimeTicks(4242).into());
                assert_eq!(trap_oid, "1.3.6.1.4.1.9999.0.1");
                assert_eq!(taken.pdu.var_binds.len(), 2 + 9);
            }
            "v2c trap, no varbinds" => {
                assert_eq!(trap_oid, "1.3.6.1.6.3.1.1.5.1");
                assert_eq!(taken.pdu.var_binds.len(), 2);
            }
            other => panic!("{other} is new"),
        }
    }
    assert_eq!(seen, 3);
}

//! Informs that come again: acknowledged again, handed out once.

use std::time::Duration;

use deferred_snmp::applications::acknowledgement;
use deferred_snmp::engine::{
    Credentials, Endpoint, EngineConfig, Event, IncomingNotification, Peer, Refusal, Request,
};
use deferred_snmp::message::CommunityMessage;
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduBody, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::{ValueRef, VarBindList};

use util::rig::{Rig, agent, answer_by, only_response, request_id};

/// Twice what Net-SNMP's `snmpinform -v2c` sends: a try is the same message again. warmStart at 42,
/// sysName.0 = gateway, with the request-id 1787995974.
const INFORM: &[u8] = b"\x30\x58\x02\x01\x01\x04\x06public\xa6\x4b\x02\x04\x6a\x92\xc3\x46\
    \x02\x01\0\x02\x01\0\x30\x3d\x30\x0d\x06\x08\x2b\x06\x01\x02\x01\x01\x03\0\x43\x01\x2a\
    \x30\x17\x06\x0a\x2b\x06\x01\x06\x03\x01\x01\x04\x01\0\x06\x09\x2b\x06\x01\x06\x03\x01\x01\x05\x02\
    \x30\x13\x06\x08\x2b\x06\x01\x02\x01\x01\x05\0\x04\x07gateway";

pub(crate) fn config() -> EngineConfig {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("sender"));
    communities.insert("publik", CommunityEntry::new("sender"));
    EngineConfig::with_seed(2)
        .communities(communities)
        .notifications(true)
}

fn receiver() -> Rig {
    Rig::new(config())
}

pub(crate) fn handed_out(rig: &mut Rig) -> Vec<IncomingNotification> {
    let events = rig.events().into_iter().map(|event| match event {
        Event::Notification(notification) => notification,
        other => panic!("{other:?}"),
    });
    events.collect()
}

pub(crate) fn only(rig: &mut Rig) -> IncomingNotification {
    let mut all = handed_out(rig);
    assert_eq!(all.len(), 1);
    all.remove(0)
}

pub(crate) fn acknowledge(rig: &mut Rig, notification: &IncomingNotification) {
    let answer = acknowledgement(notification, Vec::new());
    assert!(
        rig.engine
            .respond(rig.now, notification.state.unwrap(), answer)
    );
}

/// Lets the inform in, and acknowledges it; gives the acknowledgement.
fn take(rig: &mut Rig, milliseconds: u64, datagram: &[u8]) -> Vec<u8> {
    rig.receive(milliseconds, &agent(9), datagram);
    let notification = only(rig);
    acknowledge(rig, &notification);
    rig.sent_one().data
}

#[test]
fn an_inform_that_comes_again_is_acknowledged_again_and_handed_out_once() {
    let mut rig = receiver();
    let first = take(&mut rig, 0, INFORM);
    let expected = answer_by(INFORM, |pdu| pdu.kind = PduKind::Response);
    assert_eq!(first, expected, "all as it came");
    for (at, count) in [(0, 1), (1, 2), (1_000, 3), (149_999, 4)] {
        rig.receive(at, &agent(9), INFORM);
        let again = rig.sent_one();
        assert!(again.peer.is(&agent(9)));
        assert_eq!(again.data, expected);
        assert!(rig.events().is_empty(), "{at}");
        assert_eq!(rig.engine.statistics().repeated_informs, count);
    }
    assert_eq!(rig.engine.statistics().notifications, 1);
}

#[test]
fn it_is_remembered_for_150_seconds_from_its_answer() {
    let mut rig = receiver();
    take(&mut rig, 1_000, INFORM);
    rig.receive(150_999, &agent(9), INFORM);
    assert_eq!(rig.sent().len(), 1);
    take(&mut rig, 151_000, INFORM);
    rig.receive(152_000, &agent(9), INFORM);
    assert_eq!(rig.sent().len(), 1);
    assert!(rig.events().is_empty());
    assert_eq!(rig.engine.statistics().notifications, 2);
}

#[test]
fn a_copy_of_one_that_is_under_way_is_silent() {
    let mut rig = receiver();
    rig.receive(0, &agent(9), INFORM);
    rig.receive(1, &agent(9), INFORM);
    let notification = only(&mut rig);
    rig.receive(2, &agent(9), INFORM);
    assert!(rig.sent().is_empty() && rig.events().is_empty());
    acknowledge(&mut rig, &notification);
    assert_eq!(rig.sent().len(), 1, "one answer to three");
    rig.receive(3, &agent(9), INFORM);
    assert_eq!(rig.sent().len(), 1);
    assert_eq!(rig.engine.statistics().repeated_informs, 3);
}

#[test]
fn one_that_is_not_taken_is_handed_out_when_it_comes_again() {
    let mut rig = receiver();
    for round in 0..3 {
        rig.receive(round, &agent(9), INFORM);
        let state = only(&mut rig).state.unwrap();
        if round == 1 {
            assert!(
                rig.engine
                    .refuse_request(rig.now, state, Refusal::UnknownContext)
            );
        } else {
            assert!(rig.engine.discard(state));
        }
        assert!(rig.sent().is_empty());
    }
    take(&mut rig, 4, INFORM);
    assert_eq!(rig.engine.statistics().repeated_informs, 0);
}

#[test]
fn one_that_is_not_answered_in_time_is_handed_out_when_it_comes_again() {
    let mut rig = Rig::new(config().answer_within(Duration::from_secs(10)));
    rig.receive(0, &agent(9), INFORM);
    let late = only(&mut rig);
    rig.receive(9_999, &agent(9), INFORM);
    assert!(rig.sent().is_empty() && rig.events().is_empty());
    rig.timeout(10_000);
    let events = rig.events();
    let state = late.state.unwrap();
    assert!(matches!(events[..], [Event::InformExpired { state: it }] if it == state));
    take(&mut rig, 10_001, INFORM);
    let answer = acknowledgement(&late, Vec::new());
    assert!(!rig.engine.respond(rig.now, state, answer));
    rig.receive(10_002, &agent(9), INFORM);
    assert_eq!(rig.sent().len(), 1);
    assert!(rig.events().is_empty());
    assert_eq!(rig.engine.statistics().unanswered_requests, 1);
}

/// Whoever works on it for minutes is not given it again meanwhile.
#[test]
fn one_that_is_under_way_is_remembered_for_as_long_as_it_may_be_answered() {
    let mut rig = Rig::new(config().answer_within(Duration::from_secs(600)));
    rig.receive(0, &agent(9), INFORM);
    let slow = only(&mut rig);
    for at in [149_999, 150_000, 299_999, 300_001, 599_999] {
        rig.receive(at, &agent(9), INFORM);
        assert!(rig.sent().is_empty() && rig.events().is_empty(), "{at}");
    }
    acknowledge(&mut rig, &slow);
    assert_eq!(rig.sent().len(), 1);
    rig.receive(600_100, &agent(9), INFORM);
    assert_eq!(rig.sent().len(), 1, "answered as before");
    assert!(rig.events().is_empty());
}

/// However late that was.
#[test]
fn one_that_was_answered_late_is_known_for_as_long_as_any_other() {
    let mut rig = Rig::new(config().answer_within(Duration::from_secs(600)));
    for (came, answered) in [(0, 149_000), (1_000_000, 1_599_000)] {
        rig.receive(came, &agent(9), INFORM);
        let slow = only(&mut rig);
        rig.timeout(answered);
        acknowledge(&mut rig, &slow);
        assert_eq!(rig.sent().len(), 1);
        for after in [2_000, 149_999] {
            rig.receive(answered + after, &agent(9), INFORM);
            assert_eq!(rig.sent().len(), 1, "{after}");
            assert!(rig.events().is_empty(), "{after}");
        }
    }
}

#[test]
fn whoever_was_given_one_is_told_that_its_time_is_over() {
    let mut rig = Rig::new(config().answer_within(Duration::from_secs(10)));
    let over = |rig: &mut Rig| {
        let events = rig.events().into_iter().map(|event| match event {
            Event::InformExpired { state } => state,
            other => panic!("{other:?}"),
        });
        events.collect::<Vec<_>>()
    };
    rig.receive(0, &agent(9), INFORM);
    let first = only(&mut rig).state.unwrap();
    rig.receive(1_000, &agent(9), &numbered(1));
    let answered = only(&mut rig);
    acknowledge(&mut rig, &answered);
    rig.receive(2_000, &agent(9), &numbered(2));
    let discarded = only(&mut rig).state.unwrap();
    assert!(rig.engine.discard(discarded));
    rig.receive(3_000, &agent(9), &numbered(3));
    let second = only(&mut rig).state.unwrap();
    let get = answer_by(INFORM, |pdu| pdu.kind = PduKind::GetRequest);
    rig.receive(3_000, &agent(9), &get);
    assert!(matches!(rig.events()[..], [Event::Request(_)]));
    rig.timeout(9_999);
    assert_eq!(over(&mut rig), []);
    rig.timeout(10_000);
    assert_eq!(over(&mut rig), [first]);
    rig.timeout(13_000);
    assert_eq!(over(&mut rig), [second], "and nothing of the GET");

    // It comes before what the time-out makes room for, whoever finds out.
    rig.receive(13_000, &agent(9), INFORM);
    let late = only(&mut rig).state.unwrap();
    rig.receive(23_000, &agent(9), &numbered(4));
    rig.receive(23_000, &agent(9), INFORM);
    let events = rig.events();
    let [
        Event::InformExpired { state },
        Event::Notification(_),
        Event::Notification(again),
    ] = &events[..]
    else {
        panic!("{events:?}");
    };
    assert_eq!(*state, late);
    assert_ne!(again.state, Some(late));
}

#[test]
fn one_whose_answer_cannot_be_sent_is_handed_out_when_it_comes_again() {
    let mut rig = Rig::new(config().max_message_size(484));
    for round in 0..2 {
        rig.receive(round, &agent(9), INFORM);
        let notification = only(&mut rig);
        let mut too_long = acknowledgement(&notification, Vec::new());
        let octets = [7; 500];
        too_long
            .var_binds
            .push(oid!(1.3.6.1).as_ref(), ValueRef::OctetString(&octets));
        assert!(
            !rig.engine
                .respond(rig.now, notification.state.unwrap(), too_long)
        );
        assert!(rig.sent().is_empty());
    }
}

/// What tells one inform from another: who sends it, and every part of its PDU.
#[test]
fn another_inform_is_another_inform() {
    let changed = |change: &dyn Fn(&mut Pdu)| answer_by(INFORM, change);
    let same = || agent(9);
    let port = Peer::udp(Endpoint(0), ([192, 0, 2, 9], 162).into());
    let endpoint = Peer::udp(Endpoint(1), ([192, 0, 2, 9], 161).into());
    let mut community = INFORM.to_vec();
    community[12] = b'k';
    let rename = |pdu: &mut Pdu| {
        let list = std::mem::take(&mut pdu.var_binds);
        for var_bind in &list {
            let name = match var_bind.name {
                name if name == oid!(1.3.6.1.2.1.1.5.0) => oid!(1.3.6.1.2.1.1.6.0),
                name => name.to_owned(),
            };
            pdu.var_binds.push(name.as_ref(), var_bind.value);
        }
    };
    let append = |pdu: &mut Pdu| {
        pdu.var_binds
            .push(oid!(1.3.6.1.2.1.1.6.0).as_ref(), ValueRef::Integer(1));
    };
    let others: [(&str, Peer, Vec<u8>); 10] = [
        ("address", agent(8), INFORM.to_vec()),
        ("port", port, INFORM.to_vec()),
        ("port of ours", endpoint, INFORM.to_vec()),
        ("community", same(), community),
        ("request-id", same(), changed(&|pdu| pdu.request_id += 1)),
        ("value", same(), {
            let mut octets = INFORM.to_vec();
            *octets.last_mut().unwrap() = b'Y';
            octets
        }),
        ("name", same(), changed(&rename)),
        ("one more binding", same(), changed(&append)),
        (
            "error-status",
            same(),
            changed(&|pdu| pdu.error_status = ErrorStatus::GEN_ERR),
        ),
        ("error-index", same(), changed(&|pdu| pdu.error_index = 1)),
    ];
    let mut rig = receiver();
    take(&mut rig, 0, INFORM);
    for (what, peer, datagram) in &others {
        for _ in 0..2 {
            rig.receive(1, peer, datagram);
        }
        let notification = only(&mut rig);
        assert!(rig.sent().is_empty(), "{what}");
        acknowledge(&mut rig, &notification);
        let sent = rig.sent_one();
        assert!(sent.peer.is(peer), "{what}");
        assert_eq!(request_id(&sent.data), request_id(datagram));
    }
    // And each of them is known now.
    for (_, peer, datagram) in &others {
        rig.receive(2, peer, datagram);
        let sent = rig.sent_one();
        assert!(sent.peer.is(peer));
        assert_eq!(request_id(&sent.data), request_id(datagram));
    }
    assert!(rig.events().is_empty());
}

#[test]
fn it_is_answered_again_as_it_was_answered() {
    let other = |status, names: u32| {
        move |pdu: &mut Pdu| {
            (pdu.error_status, pdu.error_index) = (status, 2);
            pdu.var_binds.clear();
            for name in 0..names {
                let name = oid!(1.3.6.1.4.1.1).child(name).unwrap();
                pdu.var_binds.push(name.as_ref(), ValueRef::Integer(1));
            }
        }
    };
    let answers: [&dyn Fn(&mut Pdu); 5] = [
        &|_| {},
        &|pdu| (pdu.error_status, pdu.error_index) = (ErrorStatus::GEN_ERR, 3),
        &other(ErrorStatus::TOO_BIG, 0),
        &other(ErrorStatus::new(99), 3),
        &other(ErrorStatus::NO_ERROR, 50),
    ];
    for change in answers {
        let mut rig = receiver();
        rig.receive(0, &agent(9), INFORM);
        let notification = only(&mut rig);
        let mut answer = acknowledgement(&notification, Vec::new());
        change(&mut answer);
        let state = notification.state.unwrap();
        assert!(rig.engine.respond(rig.now, state, answer.clone()));
        let first = rig.sent_one().data;
        for at in 1..4 {
            rig.receive(at, &agent(9), INFORM);
            assert_eq!(rig.sent_one().data, first);
        }
        let PduBody::Pdu(pdu) = CommunityMessage::decode(&first).unwrap().pdu else {
            panic!("no answer");
        };
        assert_eq!(pdu.error_status, answer.error_status);
        assert_eq!(pdu.var_binds, answer.var_binds.as_ref());
        assert!(rig.events().is_empty());
    }
}

/// The inform with another request-id.
pub(crate) fn numbered(number: i32) -> Vec<u8> {
    answer_by(INFORM, |pdu| pdu.request_id = number)
}

#[test]
fn as_many_are_remembered_as_allowed_and_the_oldest_is_forgotten() {
    let mut rig = Rig::new(config().max_informs(3));
    for number in 0..3 {
        take(&mut rig, 0, &numbered(number));
    }
    // Being asked for makes none younger.
    rig.receive(1, &agent(9), &numbered(0));
    assert_eq!(rig.sent().len(), 1);
    take(&mut rig, 2, &numbered(3));
    for number in 1..4 {
        rig.receive(3, &agent(9), &numbered(number));
        assert_eq!(rig.sent().len(), 1, "{number}");
    }
    assert!(rig.events().is_empty());
    take(&mut rig, 4, &numbered(0));

    let mut rig = Rig::new(config().max_informs(0));
    take(&mut rig, 0, INFORM);
    rig.receive(1, &agent(9), INFORM);
    assert_eq!(rig.sent().len(), 1, "one at least");
}

/// One that is forgotten while it is under way can be answered all the same.
#[test]
fn one_that_is_forgotten_before_its_answer_is_answered_once() {
    let mut rig = Rig::new(config().max_informs(1));
    rig.receive(0, &agent(9), &numbered(1));
    let first = only(&mut rig);
    rig.receive(1, &agent(9), &numbered(2));
    let second = only(&mut rig);
    acknowledge(&mut rig, &first);
    acknowledge(&mut rig, &second);
    assert_eq!(rig.sent().len(), 2);
    rig.receive(2, &agent(9), &numbered(2));
    assert_eq!(rig.sent().len(), 1);
    take(&mut rig, 3, &numbered(1));
}

/// Answers that are not the inform's own bindings are kept, and take a mebibyte at most.
#[test]
fn long_answers_of_the_applications_are_forgotten_before_short_ones_pile_up() {
    let mut rig = receiver();
    let octets = vec![7; 60_000];
    for number in 0..40 {
        rig.receive(0, &agent(9), &numbered(number));
        let notification = only(&mut rig);
        let mut answer = acknowledgement(&notification, Vec::new());
        let name = oid!(1.3.6.1.4.1.1);
        answer
            .var_binds
            .push(name.as_ref(), ValueRef::OctetString(&octets));
        assert!(
            rig.engine
                .respond(rig.now, notification.state.unwrap(), answer)
        );
        assert_eq!(rig.sent().len(), 1);
    }
    let known: Vec<i32> = (0..40)
        .filter(|&number| {
            rig.receive(1, &agent(9), &numbered(number));
            let again = rig.sent();
            for notification in handed_out(&mut rig) {
                rig.engine.discard(notification.state.unwrap());
            }
            again.len() == 1
        })
        .collect();
    // 17 answers of 60,100 octets or so are less than 1,048,576.
    assert_eq!(known, (23..40).collect::<Vec<_>>());
}

#[test]
fn one_for_which_there_was_no_room_is_not_known() {
    let mut rig = Rig::new(config().max_unanswered(1));
    rig.receive(0, &agent(9), &numbered(1));
    rig.receive(0, &agent(9), &numbered(2));
    assert_eq!(rig.engine.statistics().dropped_notifications, 1);
    let first = only(&mut rig);
    rig.receive(1, &agent(9), &numbered(2));
    assert_eq!(rig.engine.statistics().silent_drops, 1);
    assert!(rig.events().is_empty());
    acknowledge(&mut rig, &first);
    // The answer waits to be sent: no room for another one, be it the same again.
    rig.receive(2, &agent(9), &numbered(1));
    assert_eq!(rig.engine.statistics().silent_drops, 2);
    assert_eq!(rig.sent().len(), 1);
    rig.receive(3, &agent(9), &numbered(1));
    assert_eq!(rig.sent().len(), 1);
    take(&mut rig, 4, &numbered(2));
}

#[test]
fn who_is_not_known_any_more_gets_no_acknowledgement() {
    let mut rig = receiver();
    take(&mut rig, 0, INFORM);
    rig.engine.communities_mut().remove("public");
    rig.receive(1, &agent(9), INFORM);
    assert!(rig.sent().is_empty() && rig.events().is_empty());
    assert_eq!(rig.engine.statistics().in_bad_community_names, 1);
    rig.engine
        .communities_mut()
        .insert("public", CommunityEntry::new("sender"));
    rig.receive(2, &agent(9), INFORM);
    assert_eq!(rig.sent().len(), 1);
}

/// Nobody waits for an answer to a trap, so one that comes twice may be two.
#[test]
fn traps_are_all_handed_out() {
    let mut rig = receiver();
    let trap = answer_by(INFORM, |pdu| pdu.kind = PduKind::TrapV2);
    for _ in 0..3 {
        rig.receive(0, &agent(9), &trap);
    }
    assert_eq!(handed_out(&mut rig).len(), 3);
}

#[test]
fn a_sender_whose_acknowledgements_are_lost_has_told_once() {
    let mut sender = Rig::seeded();
    let mut rig = receiver();
    let mut list = VarBindList::new();
    list.push(oid!(1.3.6.1.2.1.1.3.0).as_ref(), ValueRef::TimeTicks(1));
    let name = oid!(1.3.6.1.6.3.1.1.5.1);
    list.push(
        oid!(1.3.6.1.6.3.1.1.4.1.0).as_ref(),
        ValueRef::ObjectIdentifier(name.as_ref()),
    );
    let pdu = Pdu::new(PduKind::InformRequest, 0, list);
    let request = Request::new(agent(1), Credentials::V2c("public".into()), pdu);
    let id = sender.submit(0, request.patience(Duration::from_secs(1), 3));
    let mut count = 0;
    for second in 0..4 {
        sender.timeout(second * 1_000);
        let inform = sender.sent_one().data;
        rig.receive(second * 1_000, &agent(9), &inform);
        for notification in handed_out(&mut rig) {
            acknowledge(&mut rig, &notification);
            count += 1;
        }
        let answer = rig.sent_one().data;
        if second == 3 {
            sender.receive(3_001, &agent(1), &answer);
        }
    }
    assert_eq!(count, 1);
    only_response(sender.events(), id);
    assert_eq!(rig.engine.statistics().repeated_informs, 3);
}

#[test]
fn what_waits_to_be_fetched_is_bounded_in_octets() {
    const KINDS: [PduKind; 3] = [PduKind::TrapV2, PduKind::InformRequest, PduKind::GetRequest];
    let of = |kind, len: usize| {
        let octets = vec![7; len];
        answer_by(INFORM, |pdu| {
            pdu.kind = kind;
            pdu.var_binds
                .push(oid!(1.3.6.1).as_ref(), ValueRef::OctetString(&octets));
        })
    };
    for datagram in KINDS.map(|kind| of(kind, 900)) {
        let mut rig = Rig::new(config().max_unfetched_octets(2_500));
        for number in 0..5 {
            let numbered = answer_by(&datagram, |pdu| pdu.request_id = number);
            rig.receive(0, &agent(9), &numbered);
        }
        // Each takes a thousand octets or so.
        let counted = *rig.engine.statistics();
        assert_eq!(counted.dropped_notifications + counted.silent_drops, 3);
        assert_eq!(rig.events().len(), 2);
        rig.receive(1, &agent(9), &datagram);
        assert_eq!(rig.events().len(), 1, "there is room again");
    }
    // One is taken where none waits.
    for datagram in KINDS.map(|kind| of(kind, 60_000)) {
        let mut rig = Rig::new(config().max_unfetched_octets(2_500));
        rig.receive(0, &agent(9), &datagram);
        rig.receive(
            0,
            &agent(9),
            &answer_by(&datagram, |pdu| pdu.request_id += 1),
        );
        rig.receive(
            0,
            &agent(9),
            &answer_by(&of(PduKind::TrapV2, 1), |pdu| pdu.request_id += 2),
        );
        assert_eq!(rig.events().len(), 1);
    }
}

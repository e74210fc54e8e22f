//! Requests that come in: who is served, and what becomes of answers.

use std::time::Duration;

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{EngineConfig, Event, IncomingRequest, Refusal};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::objects::{Asker, Column, MibTree, Table};
use deferred_snmp::oid;
use deferred_snmp::pdu::{ErrorStatus, Pdu, PduBody, PduKind};
use deferred_snmp::security::{CommunityEntry, CommunityTable, SecurityLevel, SecurityModel};
use deferred_snmp::smi::{ValueRef, VarBindList};

use util::rig::{Rig, SYS_DESCR, agent, get_pdu};

fn config() -> EngineConfig {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader").context_name("east"));
    EngineConfig::with_seed(1).communities(communities)
}

fn request(version: Version, community: &[u8], request_id: i32) -> Vec<u8> {
    let mut pdu = get_pdu(Vec::new());
    pdu.request_id = request_id;
    let mut out = Vec::new();
    CommunityMessage::new(version, community, &pdu).encode(&mut out);
    out
}

fn incoming(event: Option<Event>) -> IncomingRequest {
    match event {
        Some(Event::Request(request)) => request,
        other => panic!("{other:?}"),
    }
}

fn response(text: &[u8]) -> Pdu {
    let mut var_binds = VarBindList::new();
    var_binds.push(SYS_DESCR.as_ref(), ValueRef::OctetString(text));
    Pdu::new(PduKind::Response, 0, var_binds)
}

#[test]
fn a_request_is_handed_out_and_its_answer_goes_back_where_it_came_from() {
    for (version, model) in [
        (Version::V1, SecurityModel::V1),
        (Version::V2c, SecurityModel::V2C),
    ] {
        let mut rig = Rig::new(config());
        let local = Some([203, 0, 113, 5].into());
        let peer = agent(9).to_local(local);
        rig.receive(0, &peer, &request(version, b"public", -77));
        assert!(rig.engine.has_output());
        let request = incoming(rig.engine.poll_event());
        assert!(request.peer.is(&agent(9)));
        assert_eq!(request.version, version);
        assert_eq!(request.security_model, model);
        assert_eq!(request.security_level, SecurityLevel::NoAuthNoPriv);
        assert_eq!(&*request.security_name, b"reader");
        assert_eq!(&*request.context_name, b"east");
        assert_eq!(request.pdu.kind, PduKind::GetRequest);
        assert_eq!(
            request.pdu.var_binds.get(0).unwrap().name,
            SYS_DESCR.as_ref()
        );

        assert!(
            rig.engine
                .respond(rig.now, request.state, response(b"here"))
        );
        assert!(
            !rig.engine
                .respond(rig.now, request.state, response(b"again"))
        );
        assert!(!rig.engine.discard(request.state));
        let sent = rig.sent_one();
        assert_eq!(sent.request, None);
        assert!(sent.peer.is(&agent(9)));
        assert_eq!(sent.peer.local, local, "from the address that was asked");
        let message = CommunityMessage::decode(&sent.data).unwrap();
        assert_eq!(message.version, version);
        assert_eq!(message.community, b"public");
        let PduBody::Pdu(pdu) = message.pdu else {
            panic!("{message}");
        };
        assert_eq!(pdu.kind, PduKind::Response);
        assert_eq!(pdu.request_id, -77);
        assert_eq!(pdu.var_binds, response(b"here").var_binds.as_ref());
    }
}

#[test]
fn an_unknown_community_is_counted_and_not_answered() {
    let mut rig = Rig::new(config());
    for community in [&b"private"[..], b"publi", b"public\0", b""] {
        rig.receive(0, &agent(9), &request(Version::V2c, community, 1));
    }
    assert!(!rig.engine.has_output());
    assert_eq!(rig.engine.statistics().in_bad_community_names, 4);
}

#[test]
fn a_discarded_request_is_not_answered() {
    let mut rig = Rig::new(config());
    rig.receive(0, &agent(9), &request(Version::V2c, b"public", 1));
    let request = incoming(rig.engine.poll_event());
    assert!(rig.engine.discard(request.state));
    assert!(!rig.engine.discard(request.state));
    assert!(
        !rig.engine
            .respond(rig.now, request.state, response(b"late"))
    );
    assert!(!rig.engine.has_output());
}

#[test]
fn requests_beyond_the_capacity_are_dropped_until_answers_have_been_sent() {
    let mut rig = Rig::new(config().max_unanswered(3));
    for number in 0..5 {
        rig.receive(0, &agent(9), &request(Version::V2c, b"public", number));
    }
    assert_eq!(rig.engine.statistics().silent_drops, 2);
    let states: Vec<_> = rig
        .events()
        .into_iter()
        .map(|event| incoming(Some(event)).state)
        .collect();
    assert_eq!(states.len(), 3);
    for state in states {
        assert!(rig.engine.respond(rig.now, state, response(b"x")));
    }
    // The answers are still here, as they would be while a socket is full.
    rig.receive(0, &agent(9), &request(Version::V2c, b"public", 5));
    assert_eq!(rig.engine.statistics().silent_drops, 3);
    assert_eq!(rig.sent().len(), 3);
    rig.receive(0, &agent(9), &request(Version::V2c, b"public", 6));
    assert_eq!(rig.engine.statistics().silent_drops, 3);
    assert_eq!(rig.events().len(), 1);
}

#[test]
fn an_answer_within_the_room_fits_and_one_beyond_the_limit_is_dropped() {
    let limit = 600;
    let mut rig = Rig::new(config().max_message_size(limit));
    rig.receive(0, &agent(9), &request(Version::V2c, b"public", i32::MIN));
    let first = incoming(rig.engine.poll_event());
    let mut var_binds = VarBindList::new();
    let mut text = vec![b'x'; limit];
    while !var_binds.try_push(SYS_DESCR.as_ref(), ValueRef::OctetString(&text), first.room) {
        text.pop();
    }
    let full = Pdu::new(PduKind::Response, 0, var_binds);
    assert!(rig.engine.respond(rig.now, first.state, full));
    let len = rig.sent_one().data.len();
    assert!(len <= limit, "{len}");
    assert!(
        len + 40 > limit,
        "{len} of {limit}: the room is nearly all used"
    );

    rig.receive(0, &agent(9), &request(Version::V2c, b"public", 2));
    let second = incoming(rig.engine.poll_event());
    assert!(
        !rig.engine
            .respond(rig.now, second.state, response(&[b'x'; 600]))
    );
    assert!(!rig.engine.has_output());
    assert_eq!(rig.engine.statistics().silent_drops, 1);
}

#[test]
fn malformed_requests_only_count() {
    let mut rig = Rig::new(config());
    let good = request(Version::V2c, b"public", 1);
    for len in 0..good.len() {
        rig.receive(0, &agent(9), &good[..len]);
    }
    // GetBulk does not exist in version 1.
    let mut bulk = Pdu::new(PduKind::GetBulkRequest, 1, VarBindList::new());
    bulk.error_index = 10;
    let mut datagram = Vec::new();
    CommunityMessage::new(Version::V1, b"public", &bulk).encode(&mut datagram);
    rig.receive(0, &agent(9), &datagram);
    assert!(!rig.engine.has_output());
    let expected = good.len() as u64 + 1;
    assert_eq!(rig.engine.statistics().in_asn_parse_errs, expected);
    assert_eq!(rig.engine.statistics().in_pkts, expected);
}

#[test]
fn an_engine_serves_while_it_asks() {
    let mut rig = Rig::new(config());
    rig.submit(0, util::rig::get(agent(1)));
    rig.receive(0, &agent(1), &request(Version::V2c, b"public", 1));
    let served = incoming(rig.engine.poll_event());
    assert!(rig.engine.respond(rig.now, served.state, response(b"x")));
    let sent = rig.sent();
    assert!(
        sent[0].request.is_some() && sent[1].request.is_none(),
        "in order"
    );
}

#[test]
fn requests_that_are_never_answered_give_their_places_back_after_a_minute() {
    let mut rig = Rig::new(config());
    for number in 0..4096 {
        rig.receive(1000, &agent(9), &request(Version::V2c, b"public", number));
    }
    let states: Vec<_> = rig
        .events()
        .into_iter()
        .map(|it| incoming(Some(it)).state)
        .collect();
    assert_eq!(states.len(), 4096);
    rig.receive(2000, &agent(9), &request(Version::V2c, b"public", 5000));
    assert_eq!(rig.engine.statistics().silent_drops, 1);
    assert_eq!(rig.deadline(), Some(61_000));
    rig.timeout(60_999);
    assert_eq!(rig.engine.statistics().unanswered_requests, 0);
    assert!(
        rig.engine
            .respond(rig.now, states[0], response(b"just in time"))
    );
    assert_eq!(rig.sent().len(), 1);
    rig.timeout(61_000);
    assert_eq!(rig.engine.statistics().unanswered_requests, 4095);
    assert_eq!(rig.deadline(), None);
    rig.receive(61_001, &agent(9), &request(Version::V2c, b"public", 6000));
    assert_eq!(rig.events().len(), 1, "it hears again");
    for state in &states[1..] {
        assert!(!rig.engine.respond(rig.now, *state, response(b"late")));
        assert!(
            !rig.engine
                .refuse_request(rig.now, *state, Refusal::UnknownContext)
        );
        assert!(!rig.engine.discard(*state));
    }
    assert!(!rig.engine.has_output());
}

/// An engine hears again although nobody calls `handle_timeout`.
#[test]
fn the_next_request_finds_the_places_of_those_whose_time_is_over() {
    let mut rig = Rig::new(
        config()
            .max_unanswered(1)
            .answer_within(Duration::from_secs(2)),
    );
    for (at, is_served) in [(0, true), (1999, false), (2000, true), (4000, true)] {
        rig.receive(at, &agent(9), &request(Version::V2c, b"public", 1));
        assert_eq!(rig.events().len(), usize::from(is_served), "at {at} ms");
    }
    assert_eq!(rig.engine.statistics().unanswered_requests, 2);
}

#[test]
fn an_answer_after_the_deadline_is_not_sent() {
    for (at, is_sent) in [(2999, true), (3000, false)] {
        let mut rig = Rig::new(config().answer_within(Duration::from_secs(3)));
        rig.receive(0, &agent(9), &request(Version::V2c, b"public", 1));
        let state = incoming(rig.engine.poll_event()).state;
        let now = rig.at(at);
        assert_eq!(rig.engine.respond(now, state, response(b"x")), is_sent);
        assert_eq!(rig.sent().len(), usize::from(is_sent));
        let unanswered = rig.engine.statistics().unanswered_requests;
        assert_eq!(unanswered, u64::from(!is_sent));
    }
}

/// What has not been fetched in time is not handed out, and takes its place until then.
#[test]
fn requests_whose_time_is_over_are_not_handed_out() {
    let mut rig = Rig::new(config().max_unanswered(2));
    for number in 0..2 {
        rig.receive(0, &agent(9), &request(Version::V2c, b"public", number));
    }
    rig.timeout(60_000);
    for number in 2..100 {
        rig.receive(60_000, &agent(9), &request(Version::V2c, b"public", number));
    }
    assert_eq!(rig.engine.statistics().silent_drops, 98, "nothing piles up");
    assert!(rig.events().is_empty());
    rig.receive(60_001, &agent(9), &request(Version::V2c, b"public", 100));
    assert_eq!(rig.events().len(), 1);
}

#[test]
fn what_a_cancelled_request_lets_through_has_its_time_from_then_on() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(1));
    let first = rig.submit(0, util::rig::get(agent(1)));
    let second = rig.submit(0, util::rig::get(agent(1)));
    assert_eq!(rig.sent_one().request, Some(first));
    assert!(rig.engine.cancel(rig.at(900), first));
    assert_eq!(rig.sent_one().request, Some(second));
    assert_eq!(
        rig.deadline(),
        Some(1900),
        "not a second after its submission"
    );
}

/// A request of version 2c in the name of "public": 36 octets, for a thousand of what follows 1.3.6.1.
const SMALL_BULK: &[u8] =
    b"\x30\x22\x02\x01\x01\x04\x06public\xa5\x15\x02\x01\x01\x02\x01\x00\x02\x02\x03\xe8\
    \x30\x09\x30\x07\x06\x03\x2b\x06\x01\x05\x00";
/// The same with seven times 1.3 besides: 85 octets.
const LARGER_BULK: &[u8] =
    b"\x30\x53\x02\x01\x01\x04\x06public\xa5\x46\x02\x01\x01\x02\x01\x00\x02\x02\x03\xe8\
    \x30\x3a\x30\x07\x06\x03\x2b\x06\x01\x05\x00\
    \x30\x05\x06\x01\x2b\x05\x00\x30\x05\x06\x01\x2b\x05\x00\x30\x05\x06\x01\x2b\x05\x00\
    \x30\x05\x06\x01\x2b\x05\x00\x30\x05\x06\x01\x2b\x05\x00\x30\x05\x06\x01\x2b\x05\x00\
    \x30\x05\x06\x01\x2b\x05\x00";

/// The length of the answer to `request` from an agent with ten thousand strings of 20 octets, and its bindings.
fn answered(config: EngineConfig, request: &[u8]) -> (usize, usize) {
    let mut table = Table::new([Column::new(1)]);
    for row in 1..=10_000 {
        table.insert(&[row], [(1, "twenty octets of it.")]);
    }
    let mut tree = MibTree::new();
    tree.register(oid!(1.3.6.1.2.1.99.1), table).unwrap();
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let mut rig = Rig::new(config.communities(communities));
    rig.receive(0, &agent(9), request);
    let asked = incoming(rig.engine.poll_event());
    let answer = CommandResponder::new(tree, OpenAccess)
        .process(&Asker::from(&asked), asked.pdu.as_ref(), asked.room)
        .unwrap();
    assert_eq!(answer.error_status, ErrorStatus::NO_ERROR);
    let bindings = answer.var_binds.len();
    assert!(rig.engine.respond(rig.now, asked.state, answer));
    (rig.sent_one().data.len(), bindings)
}

#[test]
fn a_small_get_bulk_cannot_make_an_answer_of_more_than_one_frame() {
    assert_eq!((SMALL_BULK.len(), LARGER_BULK.len()), (36, 85));
    for request in [SMALL_BULK, LARGER_BULK] {
        let config = || EngineConfig::with_seed(1);
        let (len, bindings) = answered(config(), request);
        assert!(len <= 1_472, "{len}");
        // A binding takes 36 octets, and the room is reckoned 40 octets too small at most.
        assert!(len + 36 + 40 > 1_472, "{len}");
        assert!(bindings > 30);
        // The program may raise and lower it, to the least that everybody takes.
        let (len, bindings) = answered(config().max_unauthenticated_bulk_size(20_000), request);
        assert!((20_000 - 76..=20_000).contains(&len), "{len}");
        assert!(bindings > 500);
        for least in [0, 484] {
            let (len, _) = answered(config().max_unauthenticated_bulk_size(least), request);
            assert!((484 - 76..=484).contains(&len), "{len}");
        }
        let smaller = config()
            .max_unauthenticated_bulk_size(20_000)
            .max_message_size(1_000);
        let (len, _) = answered(smaller, request);
        assert!((1_000 - 76..=1_000).contains(&len), "{len}");
    }
}

#[test]
fn get_get_next_and_set_have_the_room_of_any_message() {
    for kind in [
        PduKind::GetRequest,
        PduKind::GetNextRequest,
        PduKind::SetRequest,
    ] {
        let mut rig = Rig::new(config());
        let mut asked = get_pdu(Vec::new());
        asked.kind = kind;
        let mut datagram = Vec::new();
        CommunityMessage::new(Version::V2c, b"public", &asked).encode(&mut datagram);
        rig.receive(0, &agent(9), &datagram);
        let room = incoming(rig.engine.poll_event()).room;
        assert!((65_507 - 100..65_507).contains(&room), "{kind}: {room}");
    }
}

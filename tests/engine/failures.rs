//! Messages that the system did not send, and what the network says of those that it did.

use std::io::{self, ErrorKind};
use std::net::SocketAddrV6;
use std::time::Duration;

use deferred_snmp::engine::{
    Credentials, Endpoint, EngineConfig, ErrorIndication, Event, Peer, Request, RequestId,
    SendFailure, SystemError, Transmit, UsmCredentials,
};
use deferred_snmp::message::{CommunityMessage, Version};
use deferred_snmp::pdu::{Pdu, PduKind};
use deferred_snmp::security::usm::{User, UsmUser};
use deferred_snmp::security::{CommunityEntry, CommunityTable};
use deferred_snmp::smi::VarBindList;

use util::rig::{Rig, agent, answer, answer_by, get, get_pdu, only_response};

fn forbidden() -> SendFailure {
    SendFailure::Refused(ErrorKind::PermissionDenied.into())
}

fn no_route() -> SendFailure {
    SendFailure::Passing(ErrorKind::NetworkUnreachable.into())
}

fn shortage() -> SendFailure {
    SendFailure::Shortage(ErrorKind::OutOfMemory.into())
}

fn trap(peer: Peer) -> Request {
    let mut request = get(peer);
    request.pdu.kind = PduKind::TrapV2;
    request
}

fn poll(rig: &mut Rig) -> Transmit {
    let transmit = rig.engine.poll_transmit(rig.now, &mut Vec::new());
    transmit.expect("a message")
}

fn fail(rig: &mut Rig, transmit: &Transmit, failure: SendFailure) {
    rig.engine.handle_send_failure(rig.now, transmit, failure);
}

/// The requests that have failed, and with what words.
fn failures(rig: &mut Rig) -> Vec<(RequestId, String)> {
    let events = rig.events().into_iter();
    let failures = events.map(|event| match event {
        Event::Failed { id, error } => (id, error.to_string()),
        other => panic!("{other:?}"),
    });
    failures.collect()
}

#[test]
fn a_refused_request_ends_with_the_words_of_the_system() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = poll(&mut rig);
    fail(&mut rig, &sent, forbidden());
    let [Event::Failed { id: of, error }] = &rig.events()[..] else {
        panic!("one outcome");
    };
    let (address, refused) = (agent(1).address, ErrorKind::PermissionDenied.into());
    let expected = ErrorIndication::CannotSend {
        address,
        error: refused,
    };
    assert_eq!((*of, error), (id, &expected));
    assert_eq!(
        error.to_string(),
        "cannot send to 192.0.2.1:161: permission denied"
    );
    assert_eq!(rig.engine.outstanding(), 0);
    let counted = rig.engine.statistics();
    assert_eq!((counted.out_pkts, counted.send_failures), (0, 1));
}

#[test]
fn a_refused_request_lets_the_next_one_of_its_peer_go() {
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(1));
    let ids = [(); 3].map(|()| rig.submit(0, get(agent(1))));
    let other = rig.submit(0, get(agent(2)));
    for id in ids {
        let mut sent = poll(&mut rig);
        if sent.request == Some(other) {
            sent = poll(&mut rig);
        }
        assert_eq!(sent.request, Some(id));
        fail(&mut rig, &sent, forbidden());
    }
    let failed: Vec<_> = failures(&mut rig).into_iter().map(|(id, _)| id).collect();
    assert_eq!(failed, ids);
    assert_eq!(rig.engine.outstanding(), 1, "nobody else's request ends");
}

#[test]
fn a_request_without_a_way_goes_on_and_says_so_at_its_end() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)).patience(Duration::from_secs(1), 2));
    for at in [1000, 2000, 3000] {
        let sent = poll(&mut rig);
        fail(&mut rig, &sent, no_route());
        assert!(rig.events().is_empty());
        rig.timeout(at);
    }
    let counted = rig.engine.statistics();
    assert_eq!((counted.out_pkts, counted.retransmissions), (0, 0));
    let words = "No SNMP response received before timeout: 192.0.2.1:161, 3 tries of 1s; \
                 no message could be sent there: network unreachable";
    assert_eq!(failures(&mut rig), [(id, words.to_owned())]);
}

#[test]
fn a_request_without_a_way_at_first_is_answered_at_a_later_try() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = poll(&mut rig);
    fail(&mut rig, &sent, no_route());
    rig.timeout(1000);
    let sent = rig.sent_one();
    rig.receive(1001, &agent(1), &answer(&sent.data, 1));
    assert!(matches!(rig.events()[..], [Event::Response { id: of, .. }] if of == id));
}

/// Its only try comes again until the system has room, and nobody else waits for that.
#[test]
fn a_shortage_of_the_system_costs_a_request_no_try() {
    let mut rig = Rig::seeded();
    let once = |peer| get(peer).patience(Duration::from_secs(1), 0);
    let id = rig.submit(0, once(agent(1)));
    let other = rig.submit(0, once(agent(2)));
    for at in [250, 500, 750] {
        let sent = poll(&mut rig);
        assert_eq!(sent.request, Some(id));
        fail(&mut rig, &sent, shortage());
        if at == 250 {
            let sent = rig.sent_one();
            assert_eq!(sent.request, Some(other));
            rig.receive(1, &agent(2), &answer(&sent.data, 1));
            only_response(rig.events(), other);
        }
        assert!(rig.events().is_empty() && rig.sent().is_empty());
        assert_eq!(rig.deadline(), Some(at));
        rig.timeout(at);
    }
    let sent = rig.sent_one();
    rig.receive(751, &agent(1), &answer(&sent.data, 1));
    only_response(rig.events(), id);
    let counted = rig.engine.statistics();
    assert_eq!((counted.send_failures, counted.retransmissions), (3, 0));
    assert_eq!(counted.out_pkts, 2);
}

#[test]
fn a_patient_request_waits_a_second_at_most_for_the_end_of_a_shortage() {
    for request in [get(agent(1)), trap(agent(1))] {
        let mut rig = Rig::seeded();
        rig.submit(0, request.patience(Duration::from_secs(3600), 5));
        let sent = poll(&mut rig);
        fail(&mut rig, &sent, shortage());
        assert_eq!(rig.deadline(), Some(1000));
        rig.timeout(1000);
        assert_eq!(rig.sent().len(), 1);
    }
}

#[test]
fn a_shortage_that_lasts_ends_a_request_in_time_and_a_trap_with_its_words() {
    let mut rig = Rig::seeded();
    let once = |request: Request| request.patience(Duration::from_secs(1), 0);
    let id = rig.submit(0, once(get(agent(1))));
    for at in [250, 500, 750, 1000] {
        let sent = poll(&mut rig);
        fail(&mut rig, &sent, shortage());
        assert!(rig.events().is_empty());
        rig.timeout(at);
    }
    let words = "No SNMP response received before timeout: 192.0.2.1:161, 0 tries of 1s; \
                 no message could be sent there: out of memory";
    assert_eq!(failures(&mut rig), [(id, words.to_owned())]);

    let id = rig.submit(2000, once(trap(agent(2))));
    for at in [2250, 2500, 2750] {
        let sent = poll(&mut rig);
        fail(&mut rig, &sent, shortage());
        assert!(rig.events().is_empty());
        rig.timeout(at);
    }
    let sent = poll(&mut rig);
    fail(&mut rig, &sent, shortage());
    let words = "cannot send to 192.0.2.2:161: out of memory";
    assert_eq!(failures(&mut rig), [(id, words.to_owned())]);
    assert_eq!(rig.deadline(), None);
}

#[test]
fn a_question_for_a_name_comes_again_soon_after_a_shortage() {
    let user: User = UsmUser::new("joe").expect("a name").into();
    let mut rig = Rig::seeded();
    let credentials = Credentials::Usm(UsmCredentials::new(user));
    let asking = Request::new(agent(1), credentials, get_pdu(Vec::new()));
    rig.submit(0, asking.patience(Duration::from_secs(1), 0));
    for at in [250, 500] {
        let question = poll(&mut rig);
        assert_eq!(question.request, None);
        fail(&mut rig, &question, shortage());
        assert!(rig.sent().is_empty());
        rig.timeout(at);
    }
    assert_eq!(rig.sent_one().request, None);
    assert_eq!(rig.engine.statistics().discoveries, 1);
}

#[test]
fn an_answer_with_other_names_stands_when_the_next_try_is_refused() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = rig.sent_one();
    let other = answer_by(&sent.data, |pdu| {
        *pdu = Pdu::new(PduKind::Response, pdu.request_id, VarBindList::new());
        let name = deferred_snmp::oid!(1.3.6.1.2.1.1.1);
        pdu.var_binds
            .push(name.as_ref(), deferred_snmp::smi::ValueRef::Integer(1));
    });
    rig.receive(1, &agent(1), &other);
    let again = poll(&mut rig);
    fail(&mut rig, &again, forbidden());
    assert!(matches!(
        &rig.events()[..],
        [Event::Response { id: of, response }] if *of == id && response.names_differ
    ));
}

#[test]
fn a_trap_is_sent_or_fails_and_nothing_else() {
    let mut rig = Rig::seeded();
    let ids = [1, 2, 3].map(|number| rig.submit(0, trap(agent(number))));
    let sent = ids.map(|_| poll(&mut rig));
    fail(&mut rig, &sent[1], forbidden());
    assert_eq!(rig.engine.outstanding(), 0);
    let outcomes: Vec<_> = rig
        .events()
        .iter()
        .map(|event| format!("{event:?}"))
        .collect();
    let [first, second, third] = &outcomes[..] else {
        panic!("{outcomes:?}");
    };
    assert!(
        first.starts_with("Failed") && first.contains("PermissionDenied"),
        "{first}"
    );
    assert!(
        second.starts_with("Sent") && third.starts_with("Sent"),
        "{outcomes:?}"
    );
    assert_eq!(rig.deadline(), None);
}

#[test]
fn a_trap_without_a_way_is_tried_again_and_fails_with_the_words_of_the_system() {
    let mut rig = Rig::seeded();
    let patience = (Duration::from_secs(1), 2);
    let id = rig.submit(0, trap(agent(1)).patience(patience.0, patience.1));
    for at in [1000, 2000] {
        let sent = poll(&mut rig);
        fail(&mut rig, &sent, no_route());
        assert!(rig.events().is_empty());
        assert_eq!(rig.deadline(), Some(at));
        rig.timeout(at);
    }
    let sent = poll(&mut rig);
    fail(&mut rig, &sent, no_route());
    let words = "cannot send to 192.0.2.1:161: network unreachable".to_owned();
    assert_eq!(failures(&mut rig), [(id, words)]);

    // One for which there is a way in time is sent once.
    let id = rig.submit(3000, trap(agent(2)));
    let sent = poll(&mut rig);
    fail(&mut rig, &sent, no_route());
    rig.timeout(4000);
    assert_eq!(poll(&mut rig).request, Some(id));
    assert!(matches!(rig.events()[..], [Event::Sent { id: of }] if of == id));
    rig.timeout(60_000);
    assert!(!rig.engine.has_output());
}

#[test]
fn a_question_for_a_name_that_is_refused_ends_all_who_wait_for_it() {
    let user: User = UsmUser::new("joe").expect("a name").into();
    let mut rig = Rig::seeded();
    let asking = || {
        let credentials = Credentials::Usm(UsmCredentials::new(user.clone()));
        Request::new(agent(1), credentials, get_pdu(Vec::new()))
    };
    let ids = [(); 2].map(|()| rig.submit(0, asking()));
    let question = poll(&mut rig);
    assert_eq!(question.request, None);
    fail(&mut rig, &question, forbidden());
    let words = "cannot send to 192.0.2.1:161: permission denied".to_owned();
    assert_eq!(failures(&mut rig), ids.map(|id| (id, words.clone())));
    assert_eq!(rig.deadline(), None);

    // The next one asks at once, and goes on where there is no way yet.
    let id = rig.submit(10, asking().patience(Duration::from_secs(1), 0));
    let question = poll(&mut rig);
    fail(&mut rig, &question, no_route());
    rig.timeout(1010);
    let words = "No SNMP response received before timeout: 192.0.2.1:161, 1 try of 1s; \
                 no message could be sent there: network unreachable";
    assert_eq!(failures(&mut rig), [(id, words.to_owned())]);
}

#[test]
fn an_answer_that_is_refused_is_counted() {
    let mut communities = CommunityTable::default();
    communities.insert("public", CommunityEntry::new("reader"));
    let mut rig = Rig::new(EngineConfig::with_seed(1).communities(communities));
    let mut datagram = Vec::new();
    CommunityMessage::new(Version::V2c, b"public", &get_pdu(Vec::new())).encode(&mut datagram);
    rig.receive(0, &agent(9), &datagram);
    let Some(Event::Request(request)) = rig.engine.poll_event() else {
        panic!("a request");
    };
    let empty = Pdu::new(PduKind::Response, 0, VarBindList::new());
    assert!(rig.engine.respond(rig.now, request.state, empty));
    let sent = poll(&mut rig);
    fail(&mut rig, &sent, no_route());
    let counted = rig.engine.statistics();
    assert_eq!((counted.dropped_responses, counted.send_failures), (1, 1));
    assert_eq!(counted.out_pkts, 0);
    assert!(!rig.engine.has_output());
}

#[test]
fn a_failure_of_a_request_that_is_over_does_nothing() {
    let mut rig = Rig::seeded();
    let id = rig.submit(0, get(agent(1)));
    let sent = poll(&mut rig);
    assert!(rig.engine.cancel(rig.now, id));
    let later = rig.submit(0, get(agent(1)));
    fail(&mut rig, &sent, forbidden());
    assert!(rig.events().is_empty());
    assert_eq!(poll(&mut rig).request, Some(later));
}

#[test]
fn what_the_network_says_ends_nothing_and_is_told_at_the_end() {
    let no_host = SystemError::from(ErrorKind::HostUnreachable);
    for through in [Endpoint(0), Endpoint(1)] {
        let mut rig = Rig::seeded();
        let id = rig.submit(0, get(agent(1)).patience(Duration::from_secs(1), 0));
        assert_eq!(rig.sent().len(), 1);
        let mut peer = agent(1);
        peer.endpoint = through;
        rig.engine.handle_undelivered(rig.now, &peer, no_host);
        rig.engine.handle_undelivered(rig.now, &agent(2), no_host);
        assert!(rig.events().is_empty());
        rig.timeout(1000);
        let mut words =
            "No SNMP response received before timeout: 192.0.2.1:161, 1 try of 1s".to_owned();
        if through == Endpoint(0) {
            words += "; a message sent there was not delivered: host unreachable";
        }
        assert_eq!(failures(&mut rig), [(id, words)]);
    }
}

#[test]
fn a_question_for_a_name_that_is_refused_ends_those_who_wait_for_the_window_as_well() {
    let user: User = UsmUser::new("joe").expect("a name").into();
    let mut rig = Rig::new(EngineConfig::with_seed(1).window(2));
    let ids = [(); 5].map(|()| {
        let credentials = Credentials::Usm(UsmCredentials::new(user.clone()));
        rig.submit(0, Request::new(agent(1), credentials, get_pdu(Vec::new())))
    });
    let mut over = Vec::new();
    for ended in [2, 4, 5] {
        let question = poll(&mut rig);
        fail(&mut rig, &question, forbidden());
        over.extend(failures(&mut rig));
        assert_eq!(over.len(), ended);
    }
    let words = "cannot send to 192.0.2.1:161: permission denied".to_owned();
    assert_eq!(over, ids.map(|id| (id, words.clone())));
    assert!(!rig.engine.has_output());
    assert_eq!(rig.deadline(), None);
}

/// The system names the zone, whoever left it open.
#[test]
fn what_is_said_of_an_address_in_its_zone_is_told_of_it_without_one_too() {
    let no_host = SystemError::from(ErrorKind::HostUnreachable);
    let mut rig = Rig::seeded();
    let at = |zone| {
        let ip = "fe80::1".parse().expect("an address");
        Peer::udp(Endpoint(0), SocketAddrV6::new(ip, 161, 0, zone).into())
    };
    for zone in [0, 2, 3] {
        rig.submit(0, get(at(zone)).patience(Duration::from_secs(1), 0));
    }
    assert_eq!(rig.sent().len(), 3);
    rig.engine.handle_undelivered(rig.now, &at(2), no_host);
    rig.timeout(1000);
    let reason = "; a message sent there was not delivered: host unreachable";
    let is_told = failures(&mut rig)
        .into_iter()
        .map(|(_, words)| words.ends_with(reason));
    assert_eq!(is_told.collect::<Vec<_>>(), [true, true, false]);
}

#[cfg(target_os = "linux")]
#[test]
fn an_error_of_the_system_is_shown_in_its_words() {
    let error = SystemError::from(&io::Error::from_raw_os_error(13));
    assert_eq!(error.to_string(), "Permission denied (os error 13)");
    assert_eq!(
        (error.code(), error.kind()),
        (Some(13), ErrorKind::PermissionDenied)
    );
}

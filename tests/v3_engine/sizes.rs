//! msgMaxSize: answers fit exactly into what the asker takes, at every level and with names of every
//! length; what does not fit is not sent.

use deferred_snmp::access::OpenAccess;
use deferred_snmp::applications::CommandResponder;
use deferred_snmp::engine::{Context, Engine, EngineConfig, Event, Request, UsmCredentials};
use deferred_snmp::objects::{Asker, MibTree, Scalar};
use deferred_snmp::oid;
use deferred_snmp::pdu::{Bulk, ErrorStatus, Pdu, PduKind};
use deferred_snmp::security::SecurityLevel;
use deferred_snmp::security::usm::{
    AuthProtocol, PrivProtocol, User, UserEntry, UserTable, UsmUser,
};
use deferred_snmp::smi::{OctetString, ValueRef, VarBindList};

use crate::pair::{AUTH_PHRASE, PRIVACY_PHRASE, Pair, engine_id, request};

/// A user of each level, with the shortest and the longest digests and both kinds of cipher.
fn users(name: &str) -> Vec<User> {
    let named = || UsmUser::new(name).unwrap();
    let mut users = vec![named().into()];
    for auth in [AuthProtocol::Md5, AuthProtocol::Sha512] {
        let signing = named().auth(auth, AUTH_PHRASE).unwrap();
        users.push(signing.clone().into());
        for privacy in [PrivProtocol::Des, PrivProtocol::Aes128] {
            let private = signing.clone().privacy(privacy, PRIVACY_PHRASE);
            users.push(private.unwrap().into());
        }
    }
    users
}

/// A manager that takes `limit` octets, and an agent with `user`.
fn pair(user: &User, limit: usize) -> Pair {
    let mut users = UserTable::default();
    users.insert(UserEntry::new(user.clone())).unwrap();
    let agent = EngineConfig::with_seed(7)
        .engine_id(engine_id(7))
        .max_message_size(1 << 20)
        .boots(2_000_000_000);
    let mut pair = Pair::with(
        EngineConfig::with_seed(1).max_message_size(limit),
        agent.users(users),
    );
    // Numbers as long as they get.
    pair.pass(2_000_000_000_000);
    pair
}

/// The longest bindings of at most `room` octets, in one string.
fn filling(room: usize) -> VarBindList {
    let of = |len: usize| {
        let mut list = VarBindList::new();
        let octets = vec![0x5a; len];
        list.push(
            oid!(1.3.6.1.2.1.1.1.0).as_ref(),
            ValueRef::OctetString(&octets),
        );
        list
    };
    let fits = |len: &usize| of(*len).octets().len() <= room;
    of((0..=room)
        .rev()
        .find(fits)
        .expect("room for an empty string"))
}

/// Brings a request to the agent, by way of the discovery.
fn deliver(pair: &mut Pair, request: Request) -> Event {
    pair.submit_request(request);
    for _ in 0..3 {
        for datagram in pair.asked() {
            pair.give_agent(&datagram);
        }
        if let Some(event) = pair.agent.poll_event() {
            return event;
        }
        for datagram in pair.answered() {
            pair.give_manager(&datagram);
        }
    }
    panic!("it does not arrive");
}

#[test]
fn answers_that_fill_the_room_arrive_and_longer_ones_are_not_sent() {
    let long_context = "c".repeat(100);
    for (name, context) in [
        ("j", ""),
        ("joe", "east"),
        (&"n".repeat(32), &*long_context),
    ] {
        for user in users(name) {
            for limit in [484, 511, 1_472, 65_507, 70_000] {
                let case = format!("{user:?} in {context:?}, {limit} octets");
                let credentials = UsmCredentials::new(user.clone());
                let asked = || request(credentials.clone()).context(Context::named(context));
                let mut pair = pair(&user, limit);
                let Event::Request(incoming) = deliver(&mut pair, asked()) else {
                    panic!("{case}");
                };
                let mut answer = Pdu::new(PduKind::Response, 0, filling(incoming.room));
                answer.error_index = i32::MAX;
                assert!(
                    pair.agent.respond(pair.now(), incoming.state, answer),
                    "{case}"
                );
                let answer = pair.answered().remove(0);
                assert!(answer.len() <= limit, "{case}: {}", answer.len());
                assert!(answer.len() + 16 > limit, "{case}: {}", answer.len());
                pair.give_manager(&answer);
                assert!(pair.outcomes().remove(0).1.is_ok(), "{case}");

                let Event::Request(incoming) = deliver(&mut pair, asked()) else {
                    panic!("{case}");
                };
                let longer = Pdu::new(PduKind::Response, 0, filling(limit));
                assert!(
                    !pair.agent.respond(pair.now(), incoming.state, longer),
                    "{case}"
                );
                assert!(pair.answered().is_empty(), "{case}");
                assert_eq!(pair.agent.statistics().silent_drops, 1, "{case}");
            }
        }
    }
}

/// What the agent with ten strings of 100 octets answers to who takes 484 octets.
fn served(user: &User, pdu: Pdu) -> Pdu {
    let mut tree = MibTree::new();
    for number in 1..=10 {
        let name = oid!(1.3.6.1.4.1.99999.1).extend([number]).unwrap();
        let octets = OctetString::from(vec![0x5a; 100]);
        tree.register(name, Scalar::constant(octets)).unwrap();
    }
    let responder = CommandResponder::new(tree, OpenAccess);
    let mut pair = pair(user, 484);
    let mut asked = request(UsmCredentials::new(user.clone()));
    asked.pdu = pdu;
    let Event::Request(incoming) = deliver(&mut pair, asked) else {
        panic!("{user:?}");
    };
    let info = Asker::from(&incoming);
    let answer = responder.process(&info, incoming.pdu.as_ref(), incoming.room);
    assert!(
        pair.agent
            .respond(pair.now(), incoming.state, answer.unwrap())
    );
    let answer = pair.answered().remove(0);
    assert!(answer.len() <= 484, "{user:?}: {}", answer.len());
    pair.give_manager(&answer);
    match pair.manager.poll_event() {
        Some(Event::Response { response, .. }) => response.pdu,
        other => panic!("{user:?}: {other:?}"),
    }
}

#[test]
fn what_does_not_fit_is_too_big_or_has_fewer_bindings() {
    for user in users("joe") {
        let mut names = VarBindList::new();
        for number in 1..=4 {
            let name = oid!(1.3.6.1.4.1.99999.1).extend([number, 0]).unwrap();
            names.push(name.as_ref(), ValueRef::Null);
        }
        let answer = served(&user, Pdu::new(PduKind::GetRequest, 0, names));
        assert_eq!(answer.error_status, ErrorStatus::TOO_BIG, "{user:?}");
        assert!(answer.var_binds.is_empty());

        let mut start = VarBindList::new();
        start.push(oid!(1.3.6.1.4.1.99999.1).as_ref(), ValueRef::Null);
        let bulk = Bulk {
            non_repeaters: 0,
            max_repetitions: 10,
        };
        let answer = served(&user, Pdu::bulk_request(0, bulk, start));
        assert_eq!(answer.error_status, ErrorStatus::NO_ERROR, "{user:?}");
        assert!(
            (1..=3).contains(&answer.var_binds.len()),
            "{user:?}: {answer}"
        );
    }
}

#[test]
fn a_report_that_its_reader_does_not_take_is_not_sent() {
    let joe: User = UsmUser::new("joe").unwrap().into();
    for (context_len, is_reported) in [(300, true), (400, false), (60_000, false)] {
        let mut pair = pair(&joe, 70_000);
        let stranger = UsmCredentials::new(UsmUser::new("stranger").unwrap());
        let credentials = stranger.at_engine(engine_id(7));
        let context = Context::named("c".repeat(context_len));
        pair.submit_request(request(credentials).context(context));
        let mut asked = pair.asked().remove(0);
        // Its msgMaxSize becomes the least there is.
        let of_70_000 = [2, 3, 1, 0x11, 0x70];
        let at = asked
            .windows(5)
            .position(|octets| octets == of_70_000)
            .unwrap();
        asked[at + 2..at + 5].copy_from_slice(&484_u32.to_be_bytes()[1..]);
        pair.give_agent(&asked);
        let counted = *pair.agent.statistics();
        assert_eq!(counted.unknown_user_names, 1);
        assert_eq!(
            counted.silent_drops,
            u64::from(!is_reported),
            "{context_len}"
        );
        let reports = pair.answered();
        assert_eq!(reports.len(), usize::from(is_reported));
        assert!(reports.iter().all(|report| report.len() <= 484));
    }
}

#[test]
fn a_size_that_only_a_discovery_tells_refuses_one_request() {
    let joe: User = UsmUser::new("joe").unwrap().into();
    let small = |pair: &mut Pair| {
        let mut users = UserTable::default();
        users.insert(UserEntry::new(joe.clone())).unwrap();
        let agent = EngineConfig::with_seed(7)
            .engine_id(engine_id(7))
            .users(users);
        pair.replace_agent(agent.max_message_size(500));
    };
    let asked = |octets: usize| {
        let mut asked = request(UsmCredentials::new(joe.clone()));
        asked.pdu.var_binds = filling(octets);
        asked
    };
    // Somebody else answers the first question, in the name of an agent that takes more.
    let mut pair = pair(&joe, 1_472);
    let nobody = EngineConfig::with_seed(7).engine_id(engine_id(7));
    let nobody = Engine::new(nobody.max_message_size(484), pair.now());
    let large = std::mem::replace(&mut pair.agent, nobody);
    let (_, outcome) = pair.ask_request(asked(600));
    assert!(outcome.unwrap_err().ends_with("at most 484 are taken"));
    pair.agent = large;
    assert_eq!(pair.ask_request(asked(600)), (1, Ok(())));

    // What an answer has told holds.
    small(&mut pair);
    assert_eq!(pair.ask_request(asked(100)), (1, Ok(())));
    for _ in 0..3 {
        let (rounds, outcome) = pair.ask_request(asked(600));
        assert!(outcome.unwrap_err().ends_with("at most 500 are taken"));
        assert_eq!(rounds, 0);
    }
}

#[test]
fn a_get_bulk_has_less_room_unless_it_is_authenticated() {
    let kinds = [
        PduKind::GetRequest,
        PduKind::GetNextRequest,
        PduKind::GetBulkRequest,
        PduKind::SetRequest,
    ];
    for user in users("joe") {
        for kind in kinds {
            let mut pair = pair(&user, 60_000);
            let mut asked = request(UsmCredentials::new(user.clone()));
            asked.pdu.kind = kind;
            let Event::Request(incoming) = deliver(&mut pair, asked) else {
                panic!("{user:?}");
            };
            let is_open = incoming.security_level == SecurityLevel::NoAuthNoPriv;
            let limit = if is_open && kind == PduKind::GetBulkRequest {
                1_472
            } else {
                60_000
            };
            let answer = Pdu::new(PduKind::Response, 0, filling(incoming.room));
            assert!(pair.agent.respond(pair.now(), incoming.state, answer));
            let len = pair.answered().remove(0).len();
            let case = format!("{user:?} {kind}: {len}");
            assert!(len <= limit && len + 60 > limit, "{case}");
        }
    }
}

#[test]
fn a_user_with_keys_who_does_not_sign_has_the_room_of_one_without() {
    let signing = UsmUser::new("joe").unwrap();
    let signing: User = signing
        .auth(AuthProtocol::Sha256, AUTH_PHRASE)
        .unwrap()
        .into();
    let mut pair = pair(&signing, 65_507);
    let mut asked = request(UsmCredentials::new(UsmUser::new("joe").unwrap()));
    asked.pdu.kind = PduKind::GetBulkRequest;
    let Event::Request(incoming) = deliver(&mut pair, asked) else {
        panic!("no request");
    };
    assert_eq!(incoming.security_level, SecurityLevel::NoAuthNoPriv);
    assert!(incoming.room < 1_472, "{}", incoming.room);
}
